"""Finds the things of a release by their names, however those are spelt."""
