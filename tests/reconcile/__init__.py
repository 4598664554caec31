"""Names of other people's tables matched with things, as the Reconciliation Service API 0.2 has it."""
