"""The service over HTTP, through its addresses."""
