"""What helps a curator to begin: files with what is known, and a note for what is still to be said."""
