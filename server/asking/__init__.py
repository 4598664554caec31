"""Asks queries of ours on behalf of a request: rows, pages, labels, evidence, snippets."""
