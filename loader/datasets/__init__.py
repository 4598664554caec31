"""Data sets from elsewhere, each in a named graph of its own."""
