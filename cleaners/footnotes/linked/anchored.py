"""Footnotes that are joined by links: a short link to a block of the same page that answers it.

The block answers if it links back to the marker, or begins with the marker's label. That is how Pandoc, docutils,
Markdown, word processors and people who write HTML by hand do it, whatever names they use. Where a profile knows a
marker, or has found the note that a link leads to, that is answer enough.
"""

from __future__ import annotations

import re

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.footnotes.linked.anchors import Anchors
from wikiglean.cleaners.footnotes.linked.extents import NAME_OF_NOTE, Extents
from wikiglean.cleaners.footnotes.linked.labels import BRACKETS, label_start
from wikiglean.cleaners.footnotes.linked.markers import CODE, Marker, is_at, markers_of, places_near
from wikiglean.cleaners.footnotes.linked.noting import (
    SIGNS,
    AnchoredNote,
    claim_note,
    claim_separators,
    claim_ways_back,
    clear,
    clear_label,
    join,
    ways_back,
    words_of_parts,
)
from wikiglean.cleaners.footnotes.records import NoteRecord
from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.words import is_note_heading

__all__ = ["anchored_notes"]

_NUMBER = re.compile(r"[\[［(]\s*(\d{1,4})\s*[\]］)]|(\d{1,3})[.:)](?=\s)")
_NO_NOTES = ("figure", "figcaption", "caption", "math", "mjx-container")


def anchored_notes(page: Page) -> None:
    """Claims markers and notes that are joined by links, besides those that profiles have found."""
    if page.plain:
        return
    anchors = Anchors(page)
    _join_beside(page)
    if not anchors.links:
        return
    markers = markers_of(page, anchors)
    if markers:
        _find_notes(page, anchors, markers)
    if page.footnotes.markers:
        claim_ways_back(page, anchors)


def _find_notes(page: Page, anchors: Anchors, markers: list[Marker]) -> None:
    """Joins markers to notes that are known, finds the others, and what goes with them."""
    markers, joined = _join_known(page, anchors, markers)
    notes = _notes(page, markers)
    shared = _shared_ways_back(page, anchors, notes)
    last: dict[tuple[int, int], bool] = {}
    for note in notes:
        note.markers = [marker for marker in note.markers if _answers(page, anchors, note, marker, shared, last)]
        _keep_one_label(page, anchors, note, shared)
    accepted = [note for note in notes if note.markers and claim_note(page, note)]
    for note in accepted:
        clear(page, anchors, note)
    _, again = _join_known(page, anchors, [marker for marker in markers if marker.outer not in page.claims])
    _uncited(page, [*accepted, *joined, *again])
    _heading(page, accepted)
    claim_separators(page)


def _join_beside(page: Page) -> None:
    """Joins markers of profiles that lead nowhere to the note that stands right behind them."""
    known = {note.claim: name for name, note in page.footnotes.notes.items() if note.claim is not None}
    for claim, name in list(page.footnotes.markers.items()) if known else ():
        if page.footnotes.notes[name].claim is None:
            at, stop = page.ends[claim.at], page.ends[page.parents[claim.at]]
            while at < stop and not page.text_of(at).strip():
                at = page.ends[at]
            if at < stop and page.claims.get(at) in known:
                page.footnotes.join(claim, claim.kind, known[page.claims[at]], page.cleaner)


def _join_known(page: Page, anchors: Anchors, markers: list[Marker]) -> tuple[list[Marker], list[AnchoredNote]]:
    """Joins markers that lead to notes which are known already; gives the other markers, and these notes."""
    known = {note.claim: name for name, note in page.footnotes.notes.items() if note.claim is not None}
    rest: list[Marker] = []
    joined: dict[Claim, AnchoredNote] = {}
    for marker in markers if known else ():
        claim = next(
            (c for at in (marker.target, *page.ancestors(marker.target)) if (c := page.claims.get(at)) in known), None
        )
        if claim is None:
            rest.append(marker)
        elif page.claimed(marker.link) is not claim and (marker.stands_out or marker.link < marker.target):
            join(page, marker, known[claim])
            if page.footnotes.notes[known[claim]].source != page.cleaner:
                note = AnchoredNote(marker.target, [(claim.at, 0, 0)], claim=claim, known=True)
                joined.setdefault(claim, note).markers.append(marker)
    for note in joined.values():
        clear(page, anchors, note)
    return rest if known else markers, list(joined.values())


def _notes(page: Page, markers: list[Marker]) -> list[AnchoredNote]:
    """What the markers lead to, once each. Notes come after what cites them first."""
    first: dict[int, Marker] = {}
    for marker in markers:
        if marker.link < marker.target or marker.known is not None:
            first.setdefault(marker.target, marker)
    extents = Extents(page, {at: marker.label for at, marker in first.items()}, sorted(m.link for m in first.values()))
    notes: dict[int, AnchoredNote] = {}
    for target, marker in first.items():
        around = page.claimed(target)
        if any(page.tags[up] in CODE for up in page.ancestors(target)):
            continue
        if around is None or around.destination == "text":
            parts = extents.of(target, marker.link)
            if parts and not any(at <= marker.link < page.ends[at] for at, _, _ in parts):
                notes[target] = AnchoredNote(target, parts)
    for marker in markers:
        if marker.target in notes:
            notes[marker.target].markers.append(marker)
    return sorted(notes.values(), key=lambda note: note.parts[0])


def _shared_ways_back(page: Page, anchors: Anchors, notes: list[AnchoredNote]) -> set[int]:
    """Places that more than two notes lead to: the top of the page, or an index."""
    counts: dict[int, int] = {}
    for note in notes:
        for target in ways_back(page, anchors, note):
            counts[target] = counts.get(target, 0) + 1
    return {target for target, count in counts.items() if count > 2}


def _answers(
    page: Page,
    anchors: Anchors,
    note: AnchoredNote,
    marker: Marker,
    shared: set[int],
    last: dict[tuple[int, int], bool],
) -> bool:
    """Whether a note is one of a marker's; `last` remembers behind which places nothing but notes follows."""
    if marker.is_sure:
        return True
    words = words_of_parts(page, note.parts)
    start = label_start(words, marker.label)
    if not words[start:].strip(BRACKETS) or (marker.link > marker.target and not marker.stands_out):
        return False
    if _leads_back(page, anchors, note, marker, shared):
        return True
    if any(
        page.tags[at] and (page.tags[at] in _NO_NOTES or any(page.tagged(t, at) for t in _NO_NOTES))
        for at, _, _ in note.parts
    ):
        return False
    if marker.label.kind in ("letter", "alone", "roman") and not (marker.raised or marker.label.islower()):
        return False
    if start:
        is_year = len(marker.label) > 3 and marker.label.kind == "number" and not marker.raised
        return not is_year and (marker.stands_out or _is_last(page, note, marker, last))
    others = [other for other in note.markers if other.link != marker.link and other.label == marker.label]
    if marker.stands_out and any(_leads_back(page, anchors, note, other, shared) for other in others):
        return True
    return (marker.raised or marker.bracketed) and _is_named_so(page, anchors, note, marker)


def _keep_one_label(page: Page, anchors: Anchors, note: AnchoredNote, shared: set[int]) -> None:
    """Drops markers of other labels, where all lead to one list: `1` and `2` have not the same note."""
    labels = {marker.label.partition(":")[0].casefold() for marker in note.markers}
    if len(labels) > 1:
        note.markers = [
            marker for marker in note.markers if marker.is_sure or _leads_back(page, anchors, note, marker, shared)
        ]


def _is_named_so(page: Page, anchors: Anchors, note: AnchoredNote, marker: Marker) -> bool:
    """Whether a note without a label is the item of that number, or its id says that it is a note."""
    item = note.parts[0][0]
    if page.tags[item] == "li" and page.tags[page.parents[item]] == "ol" and marker.raised:
        number = marker.label.ordinal
        if number is not None and _is_item(page, item, number):
            return True
    return marker.label.kind != "letter" and NAME_OF_NOTE.search(anchors.fragment(marker.link)) is not None


def _is_item(page: Page, item: int, number: int) -> bool:
    """Whether an item is the one of that number in its list."""
    listed, at = page.parents[item], page.parents[item] + 1
    while number > 1 and at < item:
        number -= page.tags[at] == "li"
        at = page.ends[at]
    while at < item and page.tags[at] != "li":
        at = page.ends[at]
    return number == 1 and at == item and page.tags[listed] == "ol"


def _leads_back(page: Page, anchors: Anchors, note: AnchoredNote, marker: Marker, shared: set[int]) -> bool:
    """Whether a link in the note leads to the marker."""
    near = places_near(page, marker, ways_back(page, anchors, note))
    return any(is_at(page, target, marker, shared) for target in near)


def _is_last(page: Page, note: AnchoredNote, marker: Marker, known: dict[tuple[int, int], bool]) -> bool:
    """Whether nothing of the article comes between a note and the end of its section, but further notes."""
    at = max(page.ends[part] for part, _, _ in note.parts)
    stop = next((page.ends[up] for up in page.ancestors(marker.link) if page.contains(up, note.target)), at)
    asked: list[tuple[int, int]] = []
    answer: bool | None = None
    while answer is None:
        asked.append((at, stop))
        answer = known.get((at, stop))
        if answer is None and (at >= stop or page.tags[at] in HEADINGS or page.tags[at] == "hr"):
            answer = True
        elif answer is None and not page.tags[at] and page.nodes[at].strip():
            block = next((up for up in page.ancestors(at) if page.tags[up] in BORDERS), at)
            words = page.words_of(block).lstrip("[(^↑ ")
            if not words[:1].isdigit() and not SIGNS.fullmatch(words):
                answer = False
            at = page.ends[block]
        else:
            at += 1
    known.update(dict.fromkeys(asked, answer))
    return answer


def _uncited(page: Page, notes: list[AnchoredNote]) -> None:
    """Elements of the same kind beside notes are notes that nothing cites."""
    firsts = {note.parts[0][0] for note in notes if page.tags[note.parts[0][0]]}
    kinds: dict[tuple[int, str, str], list[int]] = {}
    for at in sorted(firsts):
        if page.tags[at] in ("li", "p", "div", "aside", "tr"):
            kinds.setdefault((page.parents[at], page.tags[at], page.classes.get(at, "")), []).append(at)
    for (parent, tag, names), found in kinds.items():
        sisters = [at for at in page.tagged(tag, parent) if page.parents[at] == parent]
        alike = (
            [at for at in sisters if page.classes.get(at, "") == names and at > found[0]] if tag != "li" else sisters
        )
        if 2 * len(found) < len(alike):
            continue
        numbers = {at: number for number, at in enumerate(sisters, 1)}
        shapes = {_shape(page.attribute(at, "id")) for at in found} - {""}
        for at in alike:
            named = _shape(page.attribute(at, "id")) in shapes
            if page.claimed(at) is None and (tag == "li" or named or _NUMBER.match(page.words_of(at))):
                claim = page.claim(at, "references", "note", kind="note")
                label = str(numbers[at]) if page.tags[parent] == "ol" else None
                if claim is not None:
                    page.footnotes.add(page.attribute(at, "id") or "note", claim, page.cleaner, label)
    parents = {page.parents[at] for at in firsts}
    for record in page.footnotes.notes.values():
        is_other = record.label is None or record.source != page.cleaner
        if is_other and record.claim is not None and page.parents[record.claim.at] in parents:
            _own_label(page, record)


def _shape(identifier: str | None) -> str:
    """An id with its numbers left out: `n1` and `n2` are alike. Empty where it has none."""
    shape = re.sub(r"\d+", "0", identifier or "")
    return shape if "0" in shape else ""


def _heading(page: Page, notes: list[AnchoredNote]) -> None:
    """Claims a line before the notes that announces them and is no heading: `<p><b>Notes:</b></p>`."""
    first = min((note.parts[0][0] for note in notes), default=page.root)
    at = first
    while at > page.root + 1 and not (not page.tags[at - 1] and page.nodes[at - 1].strip()):
        at -= 1
    if at <= page.root + 1:
        return
    block = next(up for up in page.ancestors(at - 1) if page.tags[up] in BORDERS or up == page.root)
    if page.ends[block] > first or page.tags[block] in HEADINGS or page.claimed(block) is not None:
        return
    if page.ends[block] - block < 12 and is_note_heading(page.words_of(block)):
        page.claim(block, "removed", "heading of the notes")


def _own_label(page: Page, record: NoteRecord) -> None:
    """The number that a note has before its words, where no marker tells its label."""
    claim = record.claim
    if claim is None or not page.tags[claim.at]:
        return
    words = words_of_parts(page, [(claim.at, 0, 0)])
    match = _NUMBER.match(words)
    number = (match[1] or match[2]) if match is not None else None
    named = re.search(r"\d{1,3}$", page.attribute(claim.at, "id") or "")
    if named is not None and re.match(rf"{named[0]}\s", words):
        number = named[0]
    if number is not None and record.label in (None, number):
        record.label = number
        clear_label(page, AnchoredNote(claim.at, [(claim.at, 0, 0)], [], claim), number)
