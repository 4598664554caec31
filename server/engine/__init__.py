"""Answers queries and takes writes, in processes that may die without anybody else noticing."""
