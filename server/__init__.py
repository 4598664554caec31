"""Serves the current release over HTTP: SPARQL 1.1 Protocol, Graph Store Protocol, saved queries."""
