"""The sources: their texts as they stand, with every quotation at its place and what it supports."""
