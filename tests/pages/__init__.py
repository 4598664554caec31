"""The pages, as text and in a browser."""
