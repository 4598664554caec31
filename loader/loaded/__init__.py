"""What data sets that were loaded say otherwise than our own files do."""
