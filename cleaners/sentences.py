"""Borders of sentences, for the context of a marker."""

from __future__ import annotations

import itertools
import re

__all__ = ["sentence_around"]

_END = re.compile(r"(?:[.!?؟।…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”）]*)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|e\.g|i\.e|cf|vs|ca|approx|etc|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|Nr|Vol|vol|p|pp|ed|eds|fig|Fig|op|cit|z\.B|d\.h|bzw|usw|u\.a|v|Chr|ff|Bd|Hrsg|vb|örn|bkz|yy|т|г|гг|в|вв|им|др))\.$"
)


def sentence_around(text: str, start: int, end: int, offset: int) -> tuple[int, int]:
    """The sentence of `text[start:end]` that ends at or holds `offset`.

    A marker behind a full stop belongs to the sentence before it. A point after an initial or a common abbreviation, or
    before a small letter, ends none.
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
    for first, last in itertools.pairwise(borders):
        stop = last
        while stop > first and text[stop - 1].isspace():
            stop -= 1
        if offset <= stop:
            return first, stop
    return borders[-2], end
