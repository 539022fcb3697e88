"""Section-edit links: `[edit]`, `[edit | edit source]`, pencils and permalinks, in every language.

By markup, or by their words where such a marker can stand: at the end of a heading, and before it, as MediaWiki
printed it up to 1.21. A marker may be spread over several elements, its brackets in one and its words in another.
A heading that talks of "[edit]" keeps it, if the page shows its own markers in another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.pieces import claim_pieces, free_pieces, free_words
from wikiglean.cleaners.selectors import select
from wikiglean.cleaners.structures import article_rules
from wikiglean.cleaners.words import fold, tables

__all__ = [
    "edit_markers",
    "is_edit_marker",
    "leads_with_markers",
    "marker_spans",
    "typed_edit_marker",
    "without_markers",
]

_CLOSING = dict(zip("]］)）】〕›", "[［(（【〔‹", strict=True))
_OPENING = {opening: closing for closing, opening in _CLOSING.items() if opening not in "(（"}
_PENCILS = "✎✏🖉✐🖊🖋📝"
_PERMALINKS = "¶🔗⚓"
"""The permalinks of Sphinx, Trac and Instiki: no heading of an article ends in one."""
_LINK_SIGNS = re.compile(r"[\s¶†#§🔗⚓∞↩^_\[\](){}|✎✏\ufe0e\ufe0f\ue000-\uf8ff]+")
"""What permalinks and icons show; only as a link of its own."""
_SIGNS = frozenset([*_CLOSING, *_PENCILS, *_PERMALINKS])
_UNSEEN = " \t\r\n\f\u00a0\u200b\u200e\u200f\u202f\u2060\u3000\ufe0e\ufe0f"
_BETWEEN = re.compile(r"\s*[|·•/¦∣]\s*")
_EDITING = re.compile(r"edit", re.I)
_ARTICLE_ON_EDITING = re.compile(r"(?:[a-z]+://[^/]*)?(?:/wiki)?/?edit(?:\.html?)?", re.I)
_LONGEST = 200


def is_edit_marker(words: str) -> bool:
    """Whether words are nothing but edit markers in brackets."""
    return bool(words.strip(_UNSEEN)) and not without_markers(words, leading=True)


def without_markers(words: str, *, leading: bool = False) -> str:
    """A heading's words without the markers behind them, and without those before them if asked."""
    start, end = _inner(words, leading)
    return words[start:end].strip(_UNSEEN)


def marker_spans(words: str, *, leading: bool = False) -> list[tuple[int, int]]:
    """Where the markers behind a heading's words are, the white space between included, and those before if asked."""
    start, end = _inner(words, leading)
    return [span for span in ((0, start), (end, len(words))) if words[span[0] : span[1]].strip(_UNSEEN)]


def leads_with_markers(headings: Iterable[str]) -> bool:
    """Whether a page prints its markers before its headings: several times, or once and before a capital."""
    rests = [words[start:].lstrip() for words in headings if (start := _inner(words, leading=True)[0])]
    return len(rests) > 1 or (len(rests) == 1 and not rests[0][:1].islower())


def _inner(words: str, leading: bool) -> tuple[int, int]:
    """Start and end of the words between the markers. No marker comes twice: "The word [edit] [edit]" has one."""
    stripped = words.rstrip(_UNSEEN)
    end, start = len(stripped), 0
    seen: set[str] = set()
    while end and (stripped[end - 1] in _CLOSING or stripped[end - 1] in _PENCILS + _PERMALINKS):
        begin = _begin_of_marker(stripped, end, seen)
        if begin is None:
            break
        end = len(stripped[:begin].rstrip(_UNSEEN))
    seen.clear()
    while leading and start < end:
        first = start + len(words[start:end]) - len(words[start:end].lstrip(_UNSEEN))
        stop = _end_of_marker(words, first, end, seen)
        if stop is None:
            break
        start = stop
    return start, len(words) if end == len(stripped) else end


def _begin_of_marker(words: str, end: int, seen: set[str]) -> int | None:
    """Where a marker at the end of the words begins."""
    last = words[end - 1]
    if last not in _CLOSING:
        return end - 1
    begin = words.rfind(_CLOSING[last], max(0, end - _LONGEST), end)
    if begin < 0 or not _is_new_label(words[begin + 1 : end - 1], seen, common=last in ")）"):
        return None
    return begin


def _end_of_marker(words: str, start: int, end: int, seen: set[str]) -> int | None:
    """Where a marker at the beginning of the words ends."""
    if start >= end:
        return None
    if words[start] in _PENCILS:
        return start + 1
    stop = words.find(_OPENING[words[start]], start, min(end, start + _LONGEST)) if words[start] in _OPENING else -1
    if stop < 0 or not _is_new_label(words[start + 1 : stop], seen, common=False):
        return None
    return stop + 1


def _is_new_label(words: str, seen: set[str], *, common: bool) -> bool:
    """Whether words in brackets are a label of which no part was there before."""
    parts = _parts(words)
    if not _is_label(words, common=common) or not seen.isdisjoint(parts):
        return False
    seen.update(parts)
    return True


def _parts(words: str) -> list[str]:
    """The labels in the words of a marker, folded: "edit | edit source"."""
    folded = fold(unescape(words)).rstrip(":")
    if folded in tables().edit:
        return [folded]
    parts = [part.rstrip(":").strip(_PENCILS + _UNSEEN) for part in _BETWEEN.split(folded)]
    return [part for part in parts if part]


def _is_label(words: str, *, common: bool) -> bool:
    """Whether words are those of edit links, all of them.

    `common` asks for the languages with a file of their own: "(…)" behind a heading may be anything.
    """
    known = tables().common_edit if common else tables().edit
    parts = _parts(words)
    return bool(parts) and all(part in known for part in parts)


def edit_markers(page: Page) -> None:
    """Removes edit markers by their markup, and those typed as text around a heading's words."""
    for rules, outer in article_rules(page):
        for selector in rules.edit_markers:
            for at in select(page, selector, outer):
                page.claim(at, "removed", "edit marker")
    headings = [at for tag in HEADINGS for at in page.tagged(tag)]
    bare = [at for at in headings if not _has_marker(page, at)]
    leading = len(bare) == len(headings) and leads_with_markers(free_words(page, at) for at in _bracketed(page, bare))
    for at in bare:
        if not typed_edit_marker(page, at, leading=leading) and page.ends[at] - at > 2:
            _marker_elements(page, at)
    for at in headings:
        _permalinks(page, at)


def _bracketed(page: Page, headings: list[int]) -> list[int]:
    """The headings that begin with a bracket or a pencil."""
    return [at for at in headings if page.text_of(at).lstrip()[:1] in (*_OPENING, *_PENCILS)]


def _has_marker(page: Page, heading: int) -> bool:
    """Whether a marker of the heading was found by its markup already."""
    return any(
        at in page.claims and page.claims[at].reason == "edit marker" for at in range(heading + 1, page.ends[heading])
    )


def typed_edit_marker(page: Page, at: int, *, leading: bool = False) -> bool:
    """Claims edit markers typed behind the words of a block (and before), and says whether there were any.

    A block of markers alone keeps them: what it is, its neighbours tell.
    """
    if not leading and not _may_end_in_marker(page, at):
        return False
    pieces = free_pieces(page, at)
    words = "".join([page.nodes[node][start:end] for node, start, end in pieces])
    spans = marker_spans(words, leading=leading)
    if not spans or not without_markers(words, leading=leading):
        return False
    for span in spans:
        claim_pieces(page, pieces, span, "removed", "edit marker")
    return True


def _may_end_in_marker(page: Page, at: int) -> bool:
    """Whether the last sign of a block is that of a marker, or is claimed, so that another one is the last."""
    last = page.ends[at] - 1
    while last > at and (page.tags[last] or not page.nodes[last].strip(_UNSEEN)):
        last -= 1
    if page.tags[last] or page.nodes[last].rstrip(_UNSEEN)[-1] in _SIGNS or last in page.text_claims:
        return True
    return page.claimed(last) not in (None, page.claims.get(at))


def _marker_elements(page: Page, heading: int) -> None:
    """Claims links and buttons of a heading that are an edit link by themselves."""
    for tag in ("a", "button"):
        for at in page.tagged(tag, heading):
            words = page.words_of(at).strip(_UNSEEN)
            if not words or len(words) > _LONGEST or page.claimed(at) not in (None, page.claims.get(heading)):
                continue
            if words in _PENCILS or (_leads_to_editing(page, at) and _is_label(words, common=False)):
                _claim_with_sign(page, heading, at)


def _permalinks(page: Page, heading: int) -> None:
    """Removes links that show nothing but a sign, which lead from a heading to itself: `¶`, `#`, an icon."""
    for link in page.tagged("a", heading):
        words = page.words_of(link)
        if words and _LINK_SIGNS.fullmatch(words) and not _LINK_SIGNS.fullmatch(page.words_of(heading)):
            page.claim(link, "removed", "link to a heading")


def _leads_to_editing(page: Page, at: int) -> bool:
    """Whether an element is a button, or its address that of an editor and not of an article "Edit"."""
    address = page.attribute(at, "href") or ""
    named = "edit" in (page.classes.get(at) or "").lower()
    editor = _EDITING.search(address) is not None and not _ARTICLE_ON_EDITING.fullmatch(address)
    return page.tags[at] == "button" or named or editor or "section=" in address


def _claim_with_sign(page: Page, heading: int, at: int) -> None:
    """Claims an edit link, and the dot or bar that parts it from the heading."""
    before = at - 1
    head = page.nodes[before] if before > heading and not page.tags[before] else ""
    kept = head.rstrip(_UNSEEN + "·•|-–—")
    if kept.strip() and kept != head.rstrip(_UNSEEN):
        page.claim_text(before, len(kept), len(head), "removed", "edit marker")
    page.claim(at, "removed", "edit marker")
