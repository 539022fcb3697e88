"""Where lists of notes may stand whose markup is gone: under headings that announce them, or where arrows lead back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from wikiglean.cleaners.footnotes.typed.lines import ARROWS, note_start
from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.pieces import free_pieces_of_text, free_words
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.words import is_note_heading

__all__ = ["blocks_after", "headings_of", "sections_of"]


def sections_of(page: Page) -> Iterator[tuple[str, bool, list[int]]]:
    """The words of headings, whether they announce notes, and the blocks below, where notes may stand."""
    announcing = _note_headings(page)
    starts = dict.fromkeys(announcing, True)
    arrows = _arrows(page)
    headings = sorted(headings_of(page)) if arrows else []
    for at in arrows:
        above = bisect_right(headings, at)
        heading = headings[above - 1] if above else page.root
        near = bisect_right(announcing, at)
        if not near or announcing[near - 1] < heading:
            starts.setdefault(heading, False)
    stops = sorted(starts)
    for at in stops:
        blocks = blocks_after(page, at, stops)
        if blocks:
            yield free_words(page, at) if at != page.root else "", starts[at], blocks


def _arrows(page: Page) -> list[int]:
    """The text nodes that begin like a note with an arrow, one of each run."""
    return [at for at in page.texts_with(*ARROWS) if page.claimed(at) is None and _begins_sure(page, at)]


def _begins_sure(page: Page, at: int) -> bool:
    """Whether a text node, less what was claimed of it, begins like a note with an arrow."""
    data = page.nodes[at]
    if not any(arrow in data[:99] for arrow in ARROWS):
        return False
    start = note_start("".join([data[first:last] for _, first, last in free_pieces_of_text(page, at)]))
    return start is not None and start.sure


def headings_of(page: Page) -> list[int]:
    """The headings of the article, and what is read as one."""
    found = [at for tag in HEADINGS for at in page.tagged(tag, page.root)]
    return found + [at for at, role in page.roles.items() if role in HEADINGS]


def _note_headings(page: Page) -> list[int]:
    candidates = [at for tag in HEADINGS for at in page.tagged(tag, page.root) if page.ends[at] - at < 60]
    candidates += [at for at, role in page.roles.items() if role in HEADINGS]
    candidates += [at for at in page.tagged("p", page.root) if page.ends[at] - at <= 4 and len(page.text_of(at)) < 60]
    return sorted({at for at in candidates if page.claimed(at) is None and is_note_heading(free_words(page, at))})


def blocks_after(page: Page, heading: int, headings: list[int]) -> list[int]:
    """The blocks between a heading and the next one, or the next one that announces notes."""
    blocks = []
    n = bisect_right(headings, heading)
    at, end = heading + 1 if heading == page.root else page.ends[heading], page.ends[page.root]
    end = headings[n] if n < len(headings) else end
    while at < end:
        tag = page.roles.get(at, page.tags[at])
        if tag in HEADINGS:
            break
        if tag and at in page.claims:
            at = page.ends[at]
        elif tag in ("p", "li", "div", "dt", "dd", "td") and _is_leaf_but_breaks(page, at):
            blocks.append(at)
            at = page.ends[at]
        else:
            at += 1
    return blocks


def _is_leaf_but_breaks(page: Page, at: int) -> bool:
    return not any(page.tags[i] in BORDERS and page.tags[i] != "br" for i in range(at + 1, page.ends[at]))
