"""What operators ask: whether the service is well, and its numbers."""
