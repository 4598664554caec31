"""What the graph says."""
