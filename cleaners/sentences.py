"""Borders of sentences, for the context of a marker."""

from __future__ import annotations

import re
from bisect import bisect_left

__all__ = ["sentence_at", "sentence_borders"]

_END = re.compile(r"(?:[.!?؟।…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”）]*)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|e\.g|i\.e|cf|vs|ca|approx|etc|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|Nr|Vol|vol|p|pp|ed|eds|fig|Fig|op|cit|z\.B|d\.h|bzw|usw|u\.a|v|Chr|ff|Bd|Hrsg|vb|örn|bkz|yy|т|г|гг|в|вв|им|др))\.$"
)


def sentence_borders(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of `text[start:end]` begin, and `end`.

    A point after an initial or a common abbreviation, or before a small letter, ends none.
    """
    borders = [start]
    for match in _END.finditer(text, start, end):
        after = match.end()
        while after < end and text[after].isspace():
            after += 1
        if after >= end:
            break
        if match[0][0] == "." and (
            text[after].islower() or _ABBREVIATION.search(text, max(start, match.start() - 8), match.start() + 1)
        ):
            continue
        borders.append(after)
    borders.append(end)
    return borders


def sentence_at(text: str, borders: list[int], offset: int) -> tuple[int, int]:
    """The sentence that ends at or holds `offset`: a marker behind a full stop belongs to the sentence before it."""
    n = max(0, bisect_left(borders, offset) - 1)
    while n + 1 < len(borders):
        first, stop = borders[n], borders[n + 1]
        while stop > first and text[stop - 1].isspace():
            stop -= 1
        if offset <= stop:
            return first, stop
        n += 1
    return borders[-2], borders[-1]
