"""Lists of things that can be narrowed down: their facts, their facets, and their order."""
