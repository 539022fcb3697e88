"""Footnotes that are joined by links, whatever made them."""
