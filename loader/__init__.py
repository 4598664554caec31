"""Turns ontology/, data/ and queries/ into an immutable release of the graph."""
