"""A page for every thing: what is said of it and where, what leads to it, and the words that support it."""
