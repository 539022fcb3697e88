"""Links that may be markers of footnotes: how they look, and where they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.footnotes.linked.anchors import Anchors
from wikiglean.cleaners.footnotes.linked.labels import BRACKETS, Label, label_of
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.reader import BORDERS

__all__ = ["CODE", "Marker", "alone", "is_around", "is_at", "markers_of", "places_near"]

_COMMAS = (",", ";", "،", "、")
CODE = ("pre", "code", "kbd", "samp", "tt")


@dataclass(slots=True)
class Marker:
    """A link that may be a marker. `outer` is the element that shows nothing else.

    `known` is the claim of a profile that knows it; `declared` says that its role is that of a marker.
    """

    link: int
    label: Label
    target: int
    outer: int
    raised: bool
    bracketed: bool
    known: Claim | None = None
    declared: bool = False

    @property
    def stands_out(self) -> bool:
        """Whether it looks like a marker and not like a word of its sentence."""
        return self.raised or self.bracketed or self.label.kind in ("word", "sign") or self.is_sure

    @property
    def is_sure(self) -> bool:
        """Whether markup says that it is a marker."""
        return self.known is not None or self.declared


@dataclass(slots=True)
class _Blocks:
    """What was found out of blocks with links: whether they are rows of links; where their first words are, or where
    those were not found yet.
    """

    rows: dict[int, bool] = field(default_factory=dict[int, bool])
    words: dict[int, int] = field(default_factory=dict[int, int])


def markers_of(page: Page, anchors: Anchors) -> list[Marker]:
    """All links that may be markers, and markers of profiles whose note was not found."""
    missing = {
        claim.at: claim for claim, name in page.footnotes.markers.items() if page.footnotes.notes[name].claim is None
    }
    markers: list[Marker] = []
    blocks = _Blocks()
    for link in anchors.links:
        target = anchors.target(link)
        if target is None:
            target = anchors.answer(link)
        if target is None:
            _claim_unresolved(page, anchors, link)
            continue
        if page.contains(target, link) and target != page.parents[link]:
            continue
        known = _known(page, missing, link) if missing else None
        marker = _marker(page, link, target, known, blocks)
        if marker is not None:
            markers.append(marker)
    return markers


def _claim_unresolved(page: Page, anchors: Anchors, link: int) -> None:
    """Claims a link that has the role of a marker, and whose note is not on the page."""
    if not _is_declared(page, link) or not (fragment := anchors.fragment(link)):
        return
    label = label_of(page.words_of(link))
    if label is not None and page.claimed(link) is None:
        claim = page.claim(alone(page, link), "citations", "marker", kind=str(label))
        if claim is not None:
            page.footnotes.join(claim, claim.kind, fragment, page.cleaner)


def _known(page: Page, missing: dict[int, Claim], link: int) -> Claim | None:
    """The marker of a profile that a link is, stands in, or holds."""
    around = (link, *page.ancestors(link), *range(link + 1, page.ends[link]))
    return next((missing[at] for at in around if at in missing), None)


def _marker(page: Page, link: int, target: int, known: Claim | None, blocks: _Blocks) -> Marker | None:
    if known is not None:
        own = label_of(page.words_of(link)) or Label(known.kind)
        return Marker(link, own, target, known.at, raised=True, bracketed=False, known=known)
    claim = page.claimed(link)
    if claim is not None and claim.kind != "note" and claim.destination != "text":
        return None
    words = page.words_of(link)
    label = label_of(words)
    if label is None and "," in words and page.attribute(link, "role") == "doc-biblioref":
        label = label_of(words.partition(",")[0])  # with a page of the work: [1, 12]
    if label is None:
        return None
    outer = alone(page, link)
    marker = Marker(link, label, target, outer, _is_raised(page, link), _is_bracketed(page, outer))
    marker.declared = _is_declared(page, link)
    return marker if marker.declared or _is_inline(page, marker, blocks) else None


def _is_declared(page: Page, link: int) -> bool:
    """Whether a link has the role of a marker: https://www.w3.org/TR/dpub-aria-1.0/#doc-noteref, EPUB's `noteref`."""
    attribute = page.nodes[link].attr
    return any(
        "noteref" in said and not {"doc-noteref", "noteref"}.isdisjoint(said.split())
        for name in ("role", "epub:type")
        if (said := attribute(name))
    )


def alone(page: Page, at: int, outer: int = -1) -> int:
    """The outermost inline element that has the same words, brackets aside."""
    words = page.words_of(at).strip(BRACKETS)
    while (
        (up := page.parents[at]) > max(outer, page.body)
        and up != page.root
        and page.tags[up] not in BORDERS
        and page.words_of(up).strip(BRACKETS) == words
    ):
        at = up
    return at


def _is_raised(page: Page, link: int) -> bool:
    if any(page.tagged("sup", link)):
        return True
    for up in page.ancestors(link):
        if page.tags[up] in BORDERS:
            return False
        if page.tags[up] == "sup" or "vertical-align" in (page.attribute(up, "style") or ""):
            return True
    return False


def _is_bracketed(page: Page, outer: int) -> bool:
    """Whether a marker stands in square brackets, its own or those typed around it or a row of them."""
    words = page.words_of(outer)
    if words[:1] in ("[", "［", "【", "〔"):
        return True
    after = page.ends[outer]
    if after >= len(page.tags) or page.tags[after]:
        return False
    closing = page.text_of(after)
    return (closing.startswith("]") or closing.strip()[:1] in _COMMAS) and _row_opens(page, outer)


def _row_opens(page: Page, at: int) -> bool:
    """Whether a square bracket stands before an element, or before others and commas: `[1, 2, 3]`."""
    parent = page.parents[at]
    while at > parent + 1 and not page.tags[at - 1]:
        opening = page.text_of(at - 1)
        if opening.endswith("["):
            return True
        at -= 2
        if opening.strip() not in _COMMAS or at <= parent:
            return False
        while page.parents[at] > parent:
            at = page.parents[at]
    return False


def _is_inline(page: Page, marker: Marker, blocks: _Blocks) -> bool:
    """Whether a link stands in running text: it is raised, or other words than those of links come before it."""
    block = next((up for up in page.ancestors(marker.link) if page.tags[up] in BORDERS or up == page.root), None)
    if block is None or page.tags[block] in ("nav", "dt"):
        return False
    if any(page.tags[up] in CODE or page.tags[up] == "nav" for up in page.ancestors(marker.link)):
        return False
    if marker.raised:
        return True
    at = blocks.words.get(block, block + 1)
    while at < marker.link and _letters(page, at, at + 1) <= 1:
        at += 1
    blocks.words[block] = at
    if at >= marker.link:
        return False
    rows = blocks.rows
    if block not in rows:
        # a row of links to chapters or to the letters of an index has no words between
        links = [at for at in page.tagged("a", block) if page.attribute(at, "href")]
        enough = 3 * len(links)
        rows[block] = len(links) > 3 and _letters(page, block + 1, page.ends[block], enough) <= enough
    return not rows[block]


def _letters(page: Page, start: int, stop: int, enough: int = 1) -> int:
    """How many letters and digits stand outside links, counted up to `enough` and a little more."""
    count, at = 0, start
    while at < stop and count <= enough:
        if page.tags[at] == "a" and page.attribute(at, "href"):
            at = page.ends[at]
            continue
        if not page.tags[at] and page.tags[page.parents[at]] != "a":
            count += sum(1 for c in page.nodes[at] if c.isalnum())
        at += 1
    return count


def places_near(page: Page, marker: Marker, places: list[int]) -> list[int]:
    """Those of the sorted places that a marker is in, or that are in it or right beside it: `is_at` tells the rest."""
    first = marker.outer - 4
    near = places[bisect_left(places, first) : bisect_right(places, page.ends[marker.outer] + 1)]
    if not places or places[0] >= first:
        return near
    found = ((up, bisect_left(places, up)) for up in page.ancestors(marker.link) if up < first)
    return near + [up for up, n in found if n < len(places) and places[n] == up]


def is_at(page: Page, target: int, marker: Marker, shared: set[int]) -> bool:
    """Whether a place is a marker's: its link, an element around that shows little else, or an anchor right beside."""
    if page.contains(marker.outer, target):
        return True
    if target in shared:
        return False
    is_near = marker.outer - 4 <= target <= page.ends[marker.outer] + 1 or page.contains(target, marker.link)
    return is_near and page.ends[target] - target < 20 and len(page.words_of(target)) < 12


def is_around(page: Page, target: int, marker: Marker) -> bool:
    """Whether a place is the paragraph of a marker."""
    return page.tags[target] in ("p", "li", "td", "dd", "blockquote") and page.contains(target, marker.link)
