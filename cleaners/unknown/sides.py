"""What stands beside the article in a content root that is too large: columns of links, boxes, teasers."""

from __future__ import annotations

from collections.abc import Iterator

from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.unknown.blocks import Blocks
from wikiglean.cleaners.unknown.root import children, kept_by_trafilatura, smallest_around

__all__ = ["unknown_sides"]

_HEART = 0.9
"""The share of the prose that the article's innermost element holds."""
_WORTH_ASKING = 150
"""Characters beside it, from which on trafilatura is asked about them."""


def unknown_sides(page: Page) -> None:
    """Removes elements outside the one that holds nearly all prose, where trafilatura keeps nothing of them either."""
    blocks = page.blocks
    if blocks is None or blocks.sparse:
        return
    heart = smallest_around(page, blocks, page.root, _HEART)
    pieces = [at for at in _beside(page, heart) if _is_open(page, blocks, at)]
    if sum(blocks.chars(page, at) for at in pieces) < _WORTH_ASKING:
        return
    kept = kept_by_trafilatura(page, blocks)
    if kept is None:
        return
    for at in pieces:
        if not any(kept[n] for n in blocks.inside(page, at)):
            page.claim(at, "removed", "beside the article")


def _beside(page: Page, heart: int) -> Iterator[int]:
    """The elements between the root and its heart that do not hold the heart."""
    path = {heart, *page.ancestors(heart)}
    for outer in [up for up in page.ancestors(heart) if page.contains(page.root, up)] if heart != page.root else []:
        before = outer
        for at in children(page, outer):
            # what a heading announces is a section: wikis wrap each of them
            if at not in path and page.tags[before] not in HEADINGS:
                yield at
            before = at


def _is_open(page: Page, blocks: Blocks, at: int) -> bool:
    """Whether an element is an unclaimed one of links or scraps: no heading, no title, little prose."""
    if page.tags[at] in HEADINGS or page.claimed(at) is not None:
        return False
    if page.title_at is not None and page.contains(at, page.title_at):
        return False
    chars = blocks.chars(page, at)
    return chars >= 20 and blocks.prose(page, at) * 10 < blocks.prose(page, page.root)
