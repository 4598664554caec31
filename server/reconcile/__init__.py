"""Matches names of other people's tables with our things, by the Reconciliation Service API 0.2."""
