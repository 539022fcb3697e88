"""Footnotes whose markup is gone: typed as plain characters."""
