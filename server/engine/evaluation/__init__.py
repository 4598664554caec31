"""Evaluates queries and applies writes on a store that is open in this process."""
