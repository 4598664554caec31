"""Saved queries as people and programs use them: forms, tables, files, an API."""
