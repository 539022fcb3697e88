"""Section-edit links: `[edit]`, `[edit | edit source]`, in every language. By markup, or by their words."""

from __future__ import annotations

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.selectors import select
from wikiglean.cleaners.structures import article_rules
from wikiglean.cleaners.words import EDIT_MARKER

__all__ = ["edit_markers", "typed_edit_marker"]

_SIGNS = ("¶", "#", "†", "§", "_", "∞", "⚓", "🔗")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def edit_markers(page: Page) -> None:
    """Removes edit markers by their markup, and those typed as text at the end of a heading."""
    for rules, outer in article_rules(page):
        for selector in rules.edit_markers:
            for at in select(page, selector, outer):
                page.claim(at, "removed", "edit marker")
    for tag in _HEADINGS:
        for at in page.tagged(tag):
            typed_edit_marker(page, at)
            _permalinks(page, at)


def _permalinks(page: Page, heading: int) -> None:
    """Removes links that show nothing but a sign, which lead from a heading to itself: `¶`, `#`, `†`."""
    for link in page.tagged("a", heading):
        if page.words_of(link) in _SIGNS and page.words_of(heading) not in _SIGNS:
            page.claim(link, "removed", "permalink")


def typed_edit_marker(page: Page, at: int) -> bool:
    """Claims an edit marker typed at the end of a block, and says whether there was one."""
    last = page.ends[at] - 1
    while last > at and (page.tags[last] or not page.text_of(last).strip()):
        last -= 1
    if last <= at or page.claimed(last) is not None:
        return False
    match = EDIT_MARKER.search(page.text_of(last))
    if match is None:
        return False
    page.claim_text(last, match.start(), match.end(), "removed", "edit marker")
    return True
