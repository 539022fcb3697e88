"""Footnotes that are joined by links: a short link to a block of the same page that answers it.

The block answers if it links back to the marker, or begins with the marker's label. That is how Pandoc, docutils,
Markdown, word processors and people who write HTML by hand do it, whatever names they use. Where a profile knows a
marker, or has found the note that a link leads to, that is answer enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wikiglean.cleaners.footnotes.anchors import Anchors
from wikiglean.cleaners.footnotes.extents import HEADINGS, Extents
from wikiglean.cleaners.footnotes.labels import BRACKETS, Label, label_of, label_start
from wikiglean.cleaners.page import Claim, Page
from wikiglean.cleaners.pieces import Pieces
from wikiglean.cleaners.reading.reader import BORDERS

__all__ = ["anchored_notes"]

_SIGNS = re.compile(r"[\s\[\]()^:.,;|↑↩⇑⤴⮌⏎←«‹▲△⬆↵🔙\ufe0e\ufe0f\u200b]*")
_NAME_OF_NOTE = re.compile(r"note|fn|ftn|foot|ref|cite|bib|anm|nota|voet", re.I)
_CODE = ("pre", "code", "kbd", "samp", "tt")
_NO_NOTES = ("figure", "figcaption", "caption", "math", "mjx-container")


@dataclass(slots=True)
class _Marker:
    """A link that may be a marker. `outer` is the element that shows nothing else; `known` says that markup says so."""

    link: int
    label: Label
    target: int
    outer: int
    raised: bool
    bracketed: bool
    known: Claim | None = None

    @property
    def stands_out(self) -> bool:
        """Whether it looks like a marker and not like a word of its sentence."""
        return self.raised or self.bracketed or self.label.kind in ("word", "sign") or self.known is not None


@dataclass(slots=True)
class _Note:
    """What an anchor may belong to: the parts of the page, and the markers that lead there."""

    target: int
    parts: Pieces
    markers: list[_Marker] = field(default_factory=list[_Marker])
    claim: Claim | None = None


def anchored_notes(page: Page) -> None:
    """Claims markers and notes that are joined by links, besides those that profiles have found."""
    if page.plain:
        return
    anchors = Anchors(page)
    markers = _markers(page, anchors)
    if not markers:
        return
    markers = _join_known(page, anchors, markers)
    notes = _notes(page, markers)
    shared = _shared_ways_back(page, anchors, notes)
    for note in notes:
        note.markers = [marker for marker in note.markers if _answers(page, anchors, note, marker, shared)]
    accepted = [note for note in notes if note.markers and _claim_note(page, note)]
    for note in accepted:
        _clear(page, anchors, note)
    _join_known(page, anchors, [marker for marker in markers if marker.link not in page.claims])
    _uncited(page, accepted)


# -- markers -------------------------------------------------------------------------------------------------------


def _markers(page: Page, anchors: Anchors) -> list[_Marker]:
    """All links that may be markers, and markers of profiles whose note was not found."""
    missing = {claim.at: claim for claim, name in page.footnotes.markers.items() if page.footnotes.notes[name].claim is None}
    markers: list[_Marker] = []
    for link in page.tagged("a", page.root):
        target = anchors.target(link)
        if target is None or page.contains(target, link) and target != page.parents[link]:
            continue
        known = next((missing[up] for up in (link, *page.ancestors(link)) if up in missing), None) if missing else None
        marker = _marker(page, link, target, known)
        if marker is not None:
            markers.append(marker)
    return markers


def _marker(page: Page, link: int, target: int, known: Claim | None) -> _Marker | None:
    label = label_of(page.words_of(link))
    if known is not None:
        label = label or Label(known.kind)
        return _Marker(link, label, target, known.at, raised=True, bracketed=False, known=known)
    claim = page.claimed(link)
    if label is None or (claim is not None and claim.kind != "note" and claim.destination != "text"):
        return None
    outer = _alone(page, link)
    marker = _Marker(link, label, target, outer, _is_raised(page, link), _is_bracketed(page, outer))
    return marker if _is_inline(page, marker) else None


def _alone(page: Page, at: int, outer: int = -1) -> int:
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
    """Whether a marker stands in square brackets, its own or those typed around it."""
    words = page.words_of(outer)
    if words[:1] in ("[", "［", "【", "〔"):
        return True
    before, after = outer - 1, page.ends[outer]
    is_typed = not page.tags[before] and after < len(page.tags) and not page.tags[after]
    return is_typed and page.text_of(before).endswith("[") and page.text_of(after).startswith("]")


def _is_inline(page: Page, marker: _Marker) -> bool:
    """Whether a link stands in running text: it is raised, or other words than those of links come before it."""
    block = next((up for up in page.ancestors(marker.link) if page.tags[up] in BORDERS or up == page.root), None)
    if block is None or page.tags[block] in ("nav", "dt"):
        return False
    if any(page.tags[up] in _CODE or page.tags[up] == "nav" for up in page.ancestors(marker.link)):
        return False
    if marker.raised:
        return True
    links = page.tagged("a", block)
    before = [at for at in range(block + 1, marker.link) if not page.tags[at] and not _is_in(page, at, links)]
    words = "".join(page.text_of(at) for at in before)
    letters = sum(1 for c in words if c.isalnum())
    # a row of links to chapters or to the letters of an index has no words between
    return letters > 1 and (len(links) < 4 or letters > 3 * len(links))


def _is_in(page: Page, at: int, links: list[int]) -> bool:
    return page.tags[page.parents[at]] == "a" or any(page.contains(link, at) for link in links)


# -- notes ---------------------------------------------------------------------------------------------------------


def _join_known(page: Page, anchors: Anchors, markers: list[_Marker]) -> list[_Marker]:
    """Joins markers that lead to notes which are known already; gives the others."""
    known = {note.claim: name for name, note in page.footnotes.notes.items() if note.claim is not None}
    if not known:
        return markers
    rest: list[_Marker] = []
    for marker in markers:
        claim = page.claims.get(marker.target) or page.claimed(marker.target)
        around = page.claimed(marker.link)
        name = known.get(claim) if claim is not None else None
        if name is None and claim is not None and claim.reason in ("backlink", "label of a note"):
            outer = next((page.claims[up] for up in page.ancestors(marker.target) if page.claims.get(up) in known), None)
            name, claim = (known[outer], outer) if outer is not None else (None, None)
        if name is None:
            rest.append(marker)
        elif around is not claim and (marker.stands_out or marker.link < marker.target):
            _join(page, marker, name)
    return rest


def _notes(page: Page, markers: list[_Marker]) -> list[_Note]:
    """What the markers lead to, once each. Notes come after what cites them first."""
    first: dict[int, _Marker] = {}
    for marker in markers:
        if marker.link < marker.target or marker.known is not None:
            first.setdefault(marker.target, marker)
    extents = Extents(page, {at: marker.label for at, marker in first.items()}, sorted(m.link for m in first.values()))
    notes: dict[int, _Note] = {}
    for target, marker in first.items():
        around = page.claimed(target)
        if around is None or around.destination == "text":
            parts = extents.of(target, marker.link)
            if parts and not any(at <= marker.link < page.ends[at] for at, _, _ in parts):
                notes[target] = _Note(target, parts)
    for marker in markers:
        if marker.target in notes:
            notes[marker.target].markers.append(marker)
    return sorted(notes.values(), key=lambda note: note.parts[0])


def _words(page: Page, parts: Pieces) -> str:
    pieces = [page.text_of(at) if page.tags[at] else page.text_of(at)[start:end] for at, start, end in parts]
    return " ".join(" ".join(pieces).split())


def _links_in(page: Page, parts: Pieces) -> list[int]:
    found: list[int] = []
    for at, _, _ in parts:
        if page.tags[at] == "a":
            found.append(at)
        if page.tags[at]:
            found += page.tagged("a", at)
    return found


def _shared_ways_back(page: Page, anchors: Anchors, notes: list[_Note]) -> set[int]:
    """Places that more than two notes lead to: the top of the page, or an index."""
    counts: dict[int, int] = {}
    for note in notes:
        for target in {anchors.target(back) for back in _links_in(page, note.parts)}:
            if target is not None:
                counts[target] = counts.get(target, 0) + 1
    return {target for target, count in counts.items() if count > 2}


def _answers(page: Page, anchors: Anchors, note: _Note, marker: _Marker, shared: set[int]) -> bool:
    """Whether a note is one of a marker's."""
    if marker.known is not None:
        return True
    words = _words(page, note.parts)
    start = label_start(words, marker.label)
    if not words[start:].strip(BRACKETS) or (marker.link > marker.target and not marker.stands_out):
        return False
    if _leads_back(page, anchors, note, marker, shared):
        return True
    if any(page.tags[at] and (page.tags[at] in _NO_NOTES or any(page.tagged(t, at) for t in _NO_NOTES)) for at, _, _ in note.parts):
        return False
    if marker.label.kind in ("letter", "alone", "roman") and not (marker.raised or marker.label.islower()):
        return False
    if start:
        is_year = len(marker.label) > 3 and marker.label.kind == "number" and not marker.raised
        return not is_year and (marker.stands_out or _is_last(page, note, marker))
    if any(other.link != marker.link and other.label == marker.label for other in note.markers) and marker.stands_out:
        return any(_leads_back(page, anchors, note, other, shared) for other in note.markers)
    return (marker.raised or marker.bracketed) and _is_named_so(page, anchors, note, marker)


def _is_named_so(page: Page, anchors: Anchors, note: _Note, marker: _Marker) -> bool:
    """Whether a note without a label is the item of that number, or its id says that it is a note."""
    item = note.parts[0][0]
    if page.tags[item] == "li" and page.tags[page.parents[item]] == "ol" and marker.raised:
        items = [at for at in page.tagged("li", page.parents[item]) if page.parents[at] == page.parents[item]]
        if marker.label == str(items.index(item) + 1):
            return True
    return marker.label.kind != "letter" and _NAME_OF_NOTE.search(anchors.fragment(marker.link)) is not None


def _leads_back(page: Page, anchors: Anchors, note: _Note, marker: _Marker, shared: set[int]) -> bool:
    """Whether a link in the note leads to the marker."""
    for back in _links_in(page, note.parts):
        target = anchors.target(back)
        if target is not None and _is_at(page, target, marker, shared):
            return True
    return False


def _is_at(page: Page, target: int, marker: _Marker, shared: set[int]) -> bool:
    """Whether a place is a marker's: its link, an element around that shows little else, or an anchor right beside."""
    if page.contains(marker.outer, target):
        return True
    if target in shared:
        return False
    if page.contains(target, marker.link):
        return page.tags[target] not in BORDERS or len(page.words_of(target)) < 12
    if not marker.outer - 4 <= target <= page.ends[marker.outer] + 1:
        return False
    return len(page.words_of(target)) < 12


def _is_last(page: Page, note: _Note, marker: _Marker) -> bool:
    """Whether nothing of the article comes between a note and the end of its section, but further notes."""
    at = max(page.ends[part] for part, _, _ in note.parts)
    stop = next((page.ends[up] for up in page.ancestors(marker.link) if page.contains(up, note.target)), at)
    while at < stop:
        tag = page.tags[at]
        if tag in HEADINGS or tag == "hr":
            return True
        if not tag and page.text_of(at).strip():
            block = next((up for up in page.ancestors(at) if page.tags[up] in BORDERS), at)
            words = page.words_of(block).lstrip("[(^↑ ")
            if not words[:1].isdigit() and not _SIGNS.fullmatch(words):
                return False
            at = page.ends[block]
        else:
            at += 1
    return True


# -- claims --------------------------------------------------------------------------------------------------------


def _claim_note(page: Page, note: _Note) -> bool:
    """Claims a note's parts and its markers."""
    claim: Claim | None = None
    for at, start, end in note.parts:
        if claim is not None:
            page.continue_claim(claim, at, start, end)
        elif page.tags[at]:
            claim = page.claim(at, "references", "note", kind="note")
        else:
            claim = page.claim_text(at, start, end, "references", "note", kind="note")
    if claim is None:
        return False
    note.claim = claim
    known = next((page.footnotes.markers[m.known] for m in note.markers if m.known in page.footnotes.markers), None)
    record = page.footnotes.notes.get(known) if known is not None else None
    if record is not None and record.claim is None:
        record.claim = claim
        name = record.identifier
    else:
        fragment = page.attribute(note.target, "id") or page.attribute(note.target, "name") or "note"
        name = page.footnotes.add(fragment, claim, page.cleaner).identifier
    for marker in note.markers:
        _join(page, marker, name)
    return True


def _join(page: Page, marker: _Marker, name: str) -> None:
    """Claims a marker with the brackets around it, and joins it to its note."""
    if marker.known is not None:
        page.footnotes.markers[marker.known] = name
        return
    claim = page.claim(marker.outer, "citations", "marker", kind=marker.label)
    if claim is None:
        return
    before, after = marker.outer - 1, page.ends[marker.outer]
    if not page.tags[before] and after < page.ends[page.root] and not page.tags[after]:
        opening, closing = page.text_of(before), page.text_of(after)
        if opening.endswith(("[", "(", "［", "（")) and closing.startswith(("]", ")", "］", "）")):
            page.continue_claim(claim, before, len(opening) - 1, len(opening))
            page.continue_claim(claim, after, 0, 1)
    page.footnotes.join(claim, marker.label, name, page.cleaner)


def _clear(page: Page, anchors: Anchors, note: _Note) -> None:
    """Removes what leads back to the text, and the label that the note begins with."""
    links = {up for marker in note.markers for up in (marker.link, marker.outer)}
    first = min(links)
    for back in _links_in(page, note.parts):
        target = anchors.target(back)
        if target is None or back in page.claims and page.claims[back] is not note.claim:
            continue
        words = page.words_of(back)
        leads = any(_is_at(page, target, marker, set()) or page.contains(target, marker.link) for marker in note.markers)
        if (leads and len(words) <= 40) or (target < note.parts[0][0] and _SIGNS.fullmatch(words)):
            _claim_way_back(page, back, note)
    _clear_label(page, note)
    _way_back_behind(page, anchors, note, first)


def _claim_way_back(page: Page, back: int, note: _Note) -> None:
    """Claims a link back, with the brackets typed around it."""
    around = next((at for at, _, _ in note.parts if page.contains(at, back)), -1)
    at = _alone(page, back, around) if around >= 0 else back
    if page.claims.get(at) is note.claim and note.claim is not None:
        for i in range(at, page.ends[at]):  # a part of the note that is nothing but the link
            if not page.tags[i]:
                page.claim_text(i, 0, len(page.nodes[i]), "removed", "backlink")
    else:
        page.claim(at, "removed", "backlink")
    before, after = at - 1, page.ends[at]
    if not page.tags[before] and after < len(page.tags) and not page.tags[after]:
        opening, closing = page.text_of(before).rstrip(), page.text_of(after)
        if opening.endswith(("(", "[")) and closing.lstrip()[:1] in (")", "]"):
            start = len(closing) - len(closing.lstrip())
            page.claim_text(before, len(opening) - 1, len(opening), "removed", "backlink")
            page.claim_text(after, start, start + 1, "removed", "backlink")


def _clear_label(page: Page, note: _Note) -> None:
    """Removes the label of a note, over as many text nodes as it is spread."""
    label = note.markers[0].label
    texts = [at for part, _, _ in note.parts for at in range(part, page.ends[part]) if not page.tags[at]]
    ranges = {at: (start, end) for at, start, end in note.parts if not page.tags[at]}
    is_met = False
    for at in texts:
        start, end = ranges.get(at, (0, len(page.nodes[at])))
        data = page.text_of(at)[start:end]
        claim = page.claimed(at)
        if not data.strip() or at in page.text_claims and any(c.destination == "removed" for _, _, c in page.text_claims[at]):
            is_met = is_met or label_start(data, label) >= len(data.rstrip())
            continue
        if claim is not None and claim.destination == "removed":
            is_met = is_met or label_start(page.text_of(at), label) > 0
            continue
        cut = 0 if is_met else label_start(data, label)
        if not cut:
            cut = _signs_before(data, is_met)
        else:
            is_met = True
        if not cut:
            return
        _remove_text(page, at, start, start + cut, note)
        if cut < len(data.rstrip()):
            return


def _signs_before(data: str, is_met: bool) -> int:
    match = re.match(r"[\s\[(^↑]*[\])]*[.:)\]]*[\s\u200b]*" if is_met else r"\s*[\[(^↑]+[\s\[(^↑]*", data)
    return match.end() if match is not None and match[0].strip() else 0


def _remove_text(page: Page, at: int, start: int, end: int, note: _Note) -> None:
    """Takes characters away from a note, also where they are claimed for it as such."""
    ranges = page.text_claims.get(at, [])
    for n, (first, last, claim) in enumerate(ranges):
        if claim is note.claim and first <= start and end <= last:
            ranges[n : n + 1] = [(a, b, claim) for a, b in ((first, start), (end, last)) if b > a]
            break
    page.claim_text(at, start, end, "removed", "label of a note")


def _way_back_behind(page: Page, anchors: Anchors, note: _Note, first: int) -> None:
    """Claims a block behind the note that holds nothing but a link back to its marker."""
    after = max(page.ends[part] for part, _, _ in note.parts)
    while after < page.ends[page.root] and not page.tags[after] and not page.text_of(after).strip():
        after += 1
    if after >= page.ends[page.root] or page.tags[after] not in ("p", "div") or after in page.claims:
        return
    links = page.tagged("a", after)
    if len(links) == 1 and page.words_of(links[0]) == page.words_of(after):
        target = anchors.target(links[0])
        if target is not None and any(_is_at(page, target, marker, set()) for marker in note.markers):
            page.claim(after, "removed", "backlink")


def _uncited(page: Page, notes: list[_Note]) -> None:
    """The other items of a list of notes are notes that nothing cites."""
    lists = {page.parents[note.parts[0][0]] for note in notes if page.tags[note.parts[0][0]] == "li"}
    cited = {note.parts[0][0] for note in notes}
    for listed in lists:
        items = [at for at in page.tagged("li", listed) if page.parents[at] == listed]
        if 2 * len(cited.intersection(items)) < len(items):
            continue
        for number, item in enumerate(items, 1):
            claim = page.claim(item, "references", "note", kind="note") if page.claimed(item) is None else None
            if claim is not None:
                label = str(number) if page.tags[listed] == "ol" else None
                page.footnotes.add(page.attribute(item, "id") or f"note-{number}", claim, page.cleaner, label)
