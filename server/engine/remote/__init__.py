"""Asks a SPARQL store that is somebody else's, and brings releases there."""
