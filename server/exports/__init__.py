"""Results as files: CSV, a workbook, one HTML page; each says which question it answers and from what."""
