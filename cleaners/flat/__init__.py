"""Flattened pages: text without markup, line by line."""
