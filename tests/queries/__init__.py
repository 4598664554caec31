"""Saved queries: binding, results, files, pages."""
