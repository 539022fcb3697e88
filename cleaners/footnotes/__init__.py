"""Footnotes: markers, notes, what leads back, and how they become `citations` and `references`."""
