"""Footnotes that are joined by links: a short link to a block of the same page that answers it.

The block answers if it links back to the marker, or begins with the marker's label. That is how Pandoc, docutils,
Markdown, word processors and people who write HTML by hand do it, whatever names they use. Where a profile knows a
marker, or has found the note that a link leads to, that is answer enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wikiglean.cleaners.footnotes.anchors import Anchors
from wikiglean.cleaners.footnotes.extents import HEADINGS, NAME_OF_NOTE, Extents
from wikiglean.cleaners.footnotes.labels import BRACKETS, Label, label_of, label_start
from wikiglean.cleaners.footnotes.records import NoteRecord
from wikiglean.cleaners.page import Claim, Page
from wikiglean.cleaners.pieces import Pieces
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.reading.sink import WHITE

__all__ = ["anchored_notes"]

_SIGNS = re.compile(r"[\s\[\]()^:.,;|↑↩⇑⤴⮌⏎←«‹▲△⬆↵🔙\ufe0e\ufe0f\u200b]*")
_NUMBER = re.compile(r"[\[［(]\s*(\d{1,4})\s*[\]］)]|(\d{1,3})[.:)](?=\s)")
_CODE = ("pre", "code", "kbd", "samp", "tt")
_NO_NOTES = ("figure", "figcaption", "caption", "math", "mjx-container")


@dataclass(slots=True)
class _Marker:
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
    _join_beside(page)
    markers = _markers(page, anchors)
    if markers:
        _find_notes(page, anchors, markers)
    if page.footnotes.markers:
        _ways_back(page, anchors)


def _find_notes(page: Page, anchors: Anchors, markers: list[_Marker]) -> None:
    """Joins markers to notes that are known, finds the others, and what goes with them."""
    markers, joined = _join_known(page, anchors, markers)
    notes = _notes(page, markers)
    shared = _shared_ways_back(page, anchors, notes)
    for note in notes:
        note.markers = [marker for marker in note.markers if _answers(page, anchors, note, marker, shared)]
    accepted = [note for note in notes if note.markers and _claim_note(page, note)]
    for note in accepted:
        _clear(page, anchors, note)
    _, again = _join_known(page, anchors, [marker for marker in markers if marker.outer not in page.claims])
    _uncited(page, [*accepted, *joined, *again])
    _separators(page)


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


def _separators(page: Page) -> None:
    """Gives markers that stand in a row the commas between them, and the brackets around all of them."""
    claims = sorted((claim for claim in page.footnotes.markers if page.tags[claim.at]), key=lambda claim: claim.at)
    rows: list[list[Claim]] = []
    for claim in claims:
        if rows and _is_next(page, rows[-1][-1], claim):
            rows[-1].append(claim)
        else:
            rows.append([claim])
    for row in rows:
        for left, right in zip(row, row[1:], strict=False):
            for at in range(page.ends[left.at], right.at):
                page.continue_claim(right, at)
        before, after = row[0].at - 1, page.ends[row[-1].at]
        if len(row) > 1 and not page.tags[before] and after < page.ends[page.root] and not page.tags[after]:
            _brackets(page, row[0], row[-1])


def _is_next(page: Page, left: Claim, right: Claim) -> bool:
    """Whether nothing but a comma stands between two markers."""
    between = range(page.ends[left.at], right.at)
    words = "".join(page.nodes[at] for at in between if not page.tags[at]).strip()
    return (
        page.parents[left.at] == page.parents[right.at]
        and len(between) == 1
        and words in (",", ";", "،", "、")
        and between[0] not in page.text_claims
    )


def _brackets(page: Page, first: Claim, last: Claim) -> None:
    """Gives the brackets typed around markers to the first and the last of them."""
    before, after = first.at - 1, page.ends[last.at]
    opening, closing = page.text_of(before), page.text_of(after)
    if opening.endswith(("[", "(", "［", "（")) and closing.startswith(("]", ")", "］", "）")):
        page.continue_claim(first, before, len(opening) - 1, len(opening))
        page.continue_claim(last, after, 0, 1)


def _ways_back(page: Page, anchors: Anchors) -> None:
    """Claims what leads from notes back to markers, whoever found them."""
    claims = {claim for claim in page.footnotes.markers}
    for back in page.tagged("a", page.root):
        target = anchors.target(back)
        if target is None or target > back:
            continue
        note = page.claimed(back)
        if note is not None and note.kind == "note" and back not in page.claims:
            around = page.claimed(target)
            if around in claims or any(
                page.claims.get(at) in claims for at in range(target, min(page.ends[target], target + 4))
            ):
                _claim_way_back(page, back, _Note(note.at, [(note.at, 0, 0)], [], note))


# -- markers -------------------------------------------------------------------------------------------------------


def _markers(page: Page, anchors: Anchors) -> list[_Marker]:
    """All links that may be markers, and markers of profiles whose note was not found."""
    missing = {
        claim.at: claim for claim, name in page.footnotes.markers.items() if page.footnotes.notes[name].claim is None
    }
    markers: list[_Marker] = []
    for link in page.tagged("a", page.root):
        target = anchors.target(link)
        if target is None or page.contains(target, link) and target != page.parents[link]:
            continue
        known = _known(page, missing, link) if missing else None
        marker = _marker(page, link, target, known)
        if marker is not None:
            markers.append(marker)
    return markers


def _known(page: Page, missing: dict[int, Claim], link: int) -> Claim | None:
    """The marker of a profile that a link is, stands in, or holds."""
    around = (link, *page.ancestors(link), *range(link + 1, page.ends[link]))
    return next((missing[at] for at in around if at in missing), None)


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
    marker.declared = _is_declared(page, link)
    return marker if marker.declared or _is_inline(page, marker) else None


def _is_declared(page: Page, link: int) -> bool:
    """Whether a link has the role of a marker: https://www.w3.org/TR/dpub-aria-1.0/#doc-noteref, EPUB's `noteref`."""
    roles = f"{page.attribute(link, 'role') or ''} {page.attribute(link, 'epub:type') or ''}".split()
    return "doc-noteref" in roles or "noteref" in roles


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
    if not any(_letters(page, at, at + 1) > 1 for at in range(block + 1, marker.link)):
        return False
    # a row of links to chapters or to the letters of an index has no words between
    links = [at for at in page.tagged("a", block) if page.attribute(at, "href")]
    return len(links) < 4 or _letters(page, block + 1, page.ends[block], 3 * len(links)) > 3 * len(links)


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


# -- notes ---------------------------------------------------------------------------------------------------------


def _join_known(page: Page, anchors: Anchors, markers: list[_Marker]) -> tuple[list[_Marker], list[_Note]]:
    """Joins markers that lead to notes which are known already; gives the other markers, and these notes."""
    known = {note.claim: name for name, note in page.footnotes.notes.items() if note.claim is not None}
    rest: list[_Marker] = []
    joined: dict[Claim, _Note] = {}
    for marker in markers if known else ():
        claim = next(
            (c for at in (marker.target, *page.ancestors(marker.target)) if (c := page.claims.get(at)) in known), None
        )
        if claim is None:
            rest.append(marker)
        elif page.claimed(marker.link) is not claim and (marker.stands_out or marker.link < marker.target):
            _join(page, marker, known[claim])
            if page.footnotes.notes[known[claim]].source != page.cleaner:
                joined.setdefault(claim, _Note(marker.target, [(claim.at, 0, 0)], claim=claim)).markers.append(marker)
    for note in joined.values():
        _clear(page, anchors, note)
    return rest if known else markers, list(joined.values())


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
        if any(page.tags[up] in _CODE for up in page.ancestors(target)):
            continue
        if around is None or around.destination == "text":
            parts = extents.of(target, marker.link)
            if parts and not any(at <= marker.link < page.ends[at] for at, _, _ in parts):
                notes[target] = _Note(target, parts)
    for marker in markers:
        if marker.target in notes:
            notes[marker.target].markers.append(marker)
    return sorted(notes.values(), key=lambda note: note.parts[0])


def _words(page: Page, parts: Pieces) -> str:
    """The words of a note, blocks and cells apart."""
    words: list[str] = []
    for part, start, end in parts:
        for at in range(part, page.ends[part]):
            data = page.text_of(at) if not page.tags[at] else " " * (page.tags[at] in BORDERS)
            words.append(data if page.tags[part] else data[start:end])
        words.append(" " * (page.tags[part] in BORDERS))
    return " ".join("".join(words).split())


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
    if marker.is_sure:
        return True
    words = _words(page, note.parts)
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
        return not is_year and (marker.stands_out or _is_last(page, note, marker))
    if any(other.link != marker.link and other.label == marker.label for other in note.markers) and marker.stands_out:
        return any(_leads_back(page, anchors, note, other, shared) for other in note.markers)
    return (marker.raised or marker.bracketed) and _is_named_so(page, anchors, note, marker)


def _is_named_so(page: Page, anchors: Anchors, note: _Note, marker: _Marker) -> bool:
    """Whether a note without a label is the item of that number, or its id says that it is a note."""
    item = note.parts[0][0]
    if page.tags[item] == "li" and page.tags[page.parents[item]] == "ol" and marker.raised:
        items = [at for at in page.tagged("li", page.parents[item]) if page.parents[at] == page.parents[item]]
        if marker.label.ordinal == items.index(item) + 1:
            return True
    return marker.label.kind != "letter" and NAME_OF_NOTE.search(anchors.fragment(marker.link)) is not None


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
        _brackets(page, claim, claim)
    page.footnotes.join(claim, marker.label, name, page.cleaner)


def _clear(page: Page, anchors: Anchors, note: _Note) -> None:
    """Removes what leads back to the text, and the label that the note begins with."""
    for back in _links_in(page, note.parts):
        target = anchors.target(back)
        if target is None or back in page.claims and page.claims[back] is not note.claim:
            continue
        words = page.words_of(back)
        leads = any(
            _is_at(page, target, marker, set()) or page.contains(target, marker.link) for marker in note.markers
        )
        if (leads and len(words) <= 40) or (target < note.parts[0][0] and _SIGNS.fullmatch(words)):
            _claim_way_back(page, back, note)
    _clear_label(page, note, note.markers[0].label)
    _way_back_behind(page, anchors, note)


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


def _clear_label(page: Page, note: _Note, label: str) -> None:
    """Removes the label of a note, over as many text nodes as it is spread, and the bracket that closes it at the end."""
    first = note.parts[0][0]
    if page.tags[first] == "dt" and len(note.parts) > 1 and page.words_of(first).startswith("..."):
        # LaTeX2HTML repeats the words before the marker
        for at in range(first, page.ends[first]):
            if not page.tags[at]:
                page.claim_text(at, 0, len(page.nodes[at]), "removed", "label of a note")
    opened, is_met = 0, False
    texts = _texts(page, note)
    for at, start, end in texts:
        data = page.nodes[at][start:end]
        if not data.strip(WHITE):
            continue
        if _is_removed(page, at, start):
            is_met = is_met or label_start(data, label) > 0
            opened += data.count("[") - data.count("]")
            continue
        cut = 0 if is_met else label_start(data, label)
        is_met = is_met or cut > 0
        cut = cut or _signs_before(data, is_met)
        if cut:
            opened += data[:cut].count("[") - data[:cut].count("]")
            _remove_text(page, at, start, start + cut, note)
        if cut < len(data.rstrip()):
            break
    at, start, end = texts[-1]
    data = page.nodes[at][start:end].rstrip()
    if opened > 0 and data.endswith("]"):
        _remove_text(page, at, start + len(data) - 1, start + len(data), note)


def _texts(page: Page, note: _Note) -> Pieces:
    """The text nodes of a note, each with its part that is the note's."""
    found: Pieces = []
    for part, start, end in note.parts:
        if page.tags[part]:
            found += [(at, 0, len(page.nodes[at])) for at in range(part, page.ends[part]) if not page.tags[at]]
        else:
            found.append((part, start, end))
    return found


def _is_removed(page: Page, at: int, start: int) -> bool:
    claim = next((c for first, end, c in page.text_claims.get(at, ()) if first <= start < end), page.claimed(at))
    return claim is not None and claim.destination == "removed"


def _signs_before(data: str, is_met: bool) -> int:
    """How many characters of signs and white space are left of a label, or stand before it."""
    match = re.match(r"[\s\[(^↑]*[\])]*[.:)\]]*[\s\u200b]*" if is_met else r"\s*[\[(^↑]+[\s\[(^↑]*", data)
    return match.end() if match is not None and match[0].strip(WHITE) else 0


def _remove_text(page: Page, at: int, start: int, end: int, note: _Note) -> None:
    """Takes characters away from a note, also where they are claimed for it as such."""
    ranges = page.text_claims.get(at, [])
    for n, (first, last, claim) in enumerate(ranges):
        if claim is note.claim and first <= start and end <= last:
            ranges[n : n + 1] = [(a, b, claim) for a, b in ((first, start), (end, last)) if b > a]
            break
    page.claim_text(at, start, end, "removed", "label of a note")


def _way_back_behind(page: Page, anchors: Anchors, note: _Note) -> None:
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
    lists |= {page.parents[note.parts[0][0]] for note in notes}
    for record in page.footnotes.notes.values():
        if record.label is None and record.claim is not None and page.parents[record.claim.at] in lists:
            _own_label(page, record)


def _own_label(page: Page, record: NoteRecord) -> None:
    """The number that a note has before its words, where no marker tells its label."""
    claim = record.claim
    if claim is None or not page.tags[claim.at]:
        return
    match = _NUMBER.match(_words(page, [(claim.at, 0, 0)]))
    if match is not None:
        note = _Note(claim.at, [(claim.at, 0, 0)], [], claim)
        record.label = match[1] or match[2]
        _clear_label(page, note, record.label)
