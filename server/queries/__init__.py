"""Saved queries as people and programs use them: forms, pages, results, an API, feeds."""
