"""Footnotes that are marked up as such, by the rules of profiles."""
