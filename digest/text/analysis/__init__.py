"""Turning text into search terms: the same code for index and query, on every database. No Django."""
