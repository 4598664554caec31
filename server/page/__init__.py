"""What all pages share: how one is rendered, its links, its static files, and words as HTML."""
