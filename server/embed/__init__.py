"""Drawings by themselves: as pages to be framed elsewhere, and as pictures to be kept."""
