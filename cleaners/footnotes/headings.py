"""Headings of lists of notes, which go with their lists."""

from __future__ import annotations

from bisect import bisect_right

from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.pieces import has_words, holds_markers

__all__ = ["emptied_headings"]


def emptied_headings(page: Page) -> None:
    """Removes headings under which nothing but notes stood. One that carries a marker itself says more than that."""
    notes = [claim.at for claim in page.claims.values() if claim.kind == "note"]
    notes += [at for at, ranges in page.text_claims.items() if any(claim.kind == "note" for _, _, claim in ranges)]
    if not notes:
        return
    headings = sorted(
        [(at, int(tag[1])) for tag in HEADINGS for at in page.tagged(tag, page.root) if at not in page.claims]
        + [(at, int(role[1])) for at, role in page.roles.items() if role in HEADINGS]
    )
    notes.sort()
    following: list[tuple[int, int]] = []  # headings below that end the section of one above, nearest last
    for at, level in reversed(headings):
        while following and following[-1][1] > level:
            following.pop()
        stop = following[-1][0] if following else page.ends[page.root]
        following.append((at, level))
        first = bisect_right(notes, at)
        if (
            first < len(notes)
            and notes[first] < stop
            and page.claimed(at) is None
            and not holds_markers(page, at, page.ends[at])
            and not has_words(page, page.ends[at], stop)
        ):
            page.claim(at, "removed", "heading of the notes")
