"""Holds the house to its floor plan: packages, names, the shape of functions, one of each thing."""
