"""Results as rows: read from the engine, laid out in the columns of a reader, and written again."""
