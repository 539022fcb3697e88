"""Lines of links to the page before and the page after, typed as the first or last line of a wiki's page.

    ＜Prev  Next＞        previous | TOC | next

What engines print, their profiles name; such lines are written by hand, page for page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.elements import BORDERS
from wikiglean.cleaners.unknown.names import TURNING

__all__ = ["page_turning"]

_SIGNS = re.compile(r"[\s|·•»›>«‹<＜＞≪≫←→⇐⇒↑:,–—\[\](){}*-]*")


def page_turning(page: Page) -> None:
    """Removes such a line from pages of known engines; unknown ones lose theirs in `unknown_edges`."""
    if page.profile is None or page.plain or page.blocks is not None:
        return
    inside = range(page.root + 1, page.ends[page.root])
    for order in (inside, reversed(inside)):
        block = _first_block(page, order)
        if block is not None and _turns(page, block):
            page.claim(block, "removed", "links to the pages before and after")


def _first_block(page: Page, order: Iterable[int]) -> int | None:
    """The block of the first words that are nobody's yet."""
    for at in order:
        if not page.tags[at] and page.nodes[at].strip() and page.claimed(at) is None:
            return next((up for up in page.ancestors(at) if page.tags[up] in BORDERS and up > page.root), None)
    return None


def _turns(page: Page, block: int) -> bool:
    """Whether a block is links and signs alone, and a link says "next" or "previous"."""
    links = page.tagged("a", block)
    if not 2 <= len(links) <= 6:
        return False
    linked = {at for link in links for at in range(link, page.ends[link])}
    rest = "".join(page.nodes[at] for at in range(block, page.ends[block]) if not page.tags[at] and at not in linked)
    words = [page.words_of(link) for link in links]
    return (
        _SIGNS.fullmatch(rest) is not None
        and all(len(each) < 60 for each in words)
        and any(_SIGNS.sub("", each).casefold() in TURNING for each in words)
    )
