"""Claims on notes that links join, on their labels and ways back, and on markers with their brackets and commas."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.footnotes.brackets import take_brackets
from wikiglean.cleaners.footnotes.linked.anchors import Anchors
from wikiglean.cleaners.footnotes.linked.labels import label_start
from wikiglean.cleaners.footnotes.linked.markers import Marker, alone, is_around, is_at, places_near
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.pieces import Pieces
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.reading.sink import WHITE

__all__ = [
    "SIGNS",
    "AnchoredNote",
    "claim_note",
    "claim_separators",
    "claim_ways_back",
    "clear",
    "clear_label",
    "join",
    "links_in",
    "ways_back",
    "words_of_parts",
]

_BETWEEN = (",", ";", "،", "、", "–", "-", "—")
_NUMBERED = re.compile(r"[↑↩⇑⤴⮌][\ufe0e\ufe0f]?\s?\d{1,3}")
SIGNS = re.compile(r"[\s\[\]()^:.,;|↑↩⇑⤴⮌⏎←«‹▲△⬆↵🔙\ufe0e\ufe0f\u200b]*")

_ENDS = ".。．!！?？)）]］([（［"
"""Signs behind which something else may begin."""


@dataclass(slots=True)
class AnchoredNote:
    """What an anchor may belong to: the parts of the page, and the markers that lead there.

    `known` says that another cleaner has found the note, and has cleared what leads back before its words. `ways_back`
    are the places that its links lead to, once that was asked for.
    """

    target: int
    parts: Pieces
    markers: list[Marker] = field(default_factory=list[Marker])
    claim: Claim | None = None
    known: bool = False
    ways_back: list[int] | None = None


def words_of_parts(page: Page, parts: Pieces) -> str:
    """The words of a note, blocks and cells apart."""
    words: list[str] = []
    for part, start, end in parts:
        for at in range(part, page.ends[part]):
            data = page.text_of(at) if not page.tags[at] else " " * (page.tags[at] in BORDERS)
            words.append(data if page.tags[part] else data[start:end])
        words.append(" " * (page.tags[part] in BORDERS))
    return " ".join("".join(words).split())


def links_in(page: Page, parts: Pieces) -> list[int]:
    """The links of a note."""
    found: list[int] = []
    for at, _, _ in parts:
        if page.tags[at] == "a":
            found.append(at)
        if page.tags[at]:
            found += page.tagged("a", at)
    return found


def ways_back(page: Page, anchors: Anchors, note: AnchoredNote) -> list[int]:
    """The places on the page that links of a note lead to, in order, once each."""
    if note.ways_back is None:
        targets = {anchors.target(back) for back in links_in(page, note.parts)}
        note.ways_back = sorted(target for target in targets if target is not None)
    return note.ways_back


def claim_note(page: Page, note: AnchoredNote) -> bool:
    """Claims a note's parts and its markers."""
    claim: Claim | None = None
    there = next((c for at, _, _ in note.parts if (c := page.claims.get(at)) is not None and c.kind == "note"), None)
    name = next((n for n, record in page.footnotes.notes.items() if record.claim is there), None) if there else None
    if there is not None and name is not None:
        return _claim_label_before(page, note, there, name)
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
        join(page, marker, name)
    return True


def _claim_label_before(page: Page, note: AnchoredNote, claim: Claim, name: str) -> bool:
    """Joins the markers of a label to the note behind it, which a profile has found."""
    label = note.parts[0][0]
    if not page.tags[label] or page.claims.get(label) is claim:
        return False
    page.claim(label, "removed", "label of a note")
    for marker in note.markers:
        join(page, marker, name)
        record = page.footnotes.notes[name]
        record.label = record.label or str(marker.label)
    return False


def join(page: Page, marker: Marker, name: str) -> None:
    """Claims a marker with the brackets around it, and joins it to its note."""
    if marker.known is not None:
        page.footnotes.markers[marker.known] = name
        return
    claim = page.claim(marker.outer, "citations", "marker", kind=str(marker.label))
    if claim is None:
        return
    take_brackets(page, claim, claim)
    page.footnotes.join(claim, claim.kind, name, page.cleaner)


def claim_separators(page: Page) -> None:
    """Gives markers that stand in a row the commas between them, and the brackets around all of them."""
    claims = sorted((claim for claim in page.footnotes.markers if page.tags[claim.at]), key=lambda claim: claim.at)
    rows: list[list[Claim]] = []
    for claim in claims:
        if rows and _is_next(page, rows[-1][-1], claim):
            rows[-1].append(claim)
        else:
            rows.append([claim])
    for row in rows:
        for left, right in itertools.pairwise(row):
            for at in range(page.ends[left.at], right.at):
                page.continue_claim(right, at)
        if len(row) > 1:
            take_brackets(page, row[0], row[-1])


def _is_next(page: Page, left: Claim, right: Claim) -> bool:
    """Whether nothing but a comma, or the dash of a range, stands between two markers; either may be raised too."""
    between = range(page.ends[left.at], right.at)
    texts = [at for at in between if not page.tags[at] and page.nodes[at].strip()]
    return (
        page.parents[left.at] == page.parents[right.at]
        and 0 < len(between) < 5
        and all(page.tags[at] in ("", "sup") for at in between)
        and len(texts) == 1
        and page.nodes[texts[0]].strip() in _BETWEEN
        and texts[0] not in page.text_claims
    )


def clear(page: Page, anchors: Anchors, note: AnchoredNote) -> None:
    """Removes what leads back to the text, and the label that the note begins with."""
    answered = {
        target
        for marker in note.markers
        for target in places_near(page, marker, ways_back(page, anchors, note))
        if is_at(page, target, marker, set()) or is_around(page, target, marker)
    }
    for back in links_in(page, note.parts):
        target = anchors.target(back)
        words = page.words_of(back)
        if target is None and anchors.fragment(back) == "top" and words and SIGNS.fullmatch(words):
            _claim_way_back(page, back, note)  # the top needs no id
            continue
        if target is None or (back in page.claims and page.claims[back] is not note.claim):
            continue
        if note.known and note.claim is not None and not _is_at_edge(page, note.claim, back):
            continue
        if (target in answered and len(words) <= 40) or (target < note.parts[0][0] and SIGNS.fullmatch(words)):
            _claim_way_back(page, back, note)
    clear_label(page, note, note.markers[0].label)
    _way_back_behind(page, anchors, note)


def _claim_way_back(page: Page, back: int, note: AnchoredNote) -> None:
    """Claims a link back, with the brackets typed around it."""
    around = next((at for at, _, _ in note.parts if page.contains(at, back)), -1)
    at = alone(page, back, around) if around >= 0 else back
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


def claim_ways_back(page: Page, anchors: Anchors) -> None:
    """Claims what leads from notes back to markers, whoever found them."""
    claims = set(page.footnotes.markers)
    for back in anchors.links:
        target = anchors.target(back)
        if target is None or target > back:
            continue
        note = page.claimed(back)
        if note is not None and note.kind == "note" and back not in page.claims and _is_at_edge(page, note, back):
            around = page.claimed(target)
            if around in claims or any(
                page.claims.get(at) in claims for at in range(target, min(page.ends[target], target + 4))
            ):
                _claim_way_back(page, back, AnchoredNote(note.at, [(note.at, 0, 0)], [], note))


def _is_at_edge(page: Page, note: Claim, back: int) -> bool:
    """Whether a link is nothing but signs, or stands before all other words of a note, or behind its last sentence."""
    if any(up in page.footnotes.texts for up in page.ancestors(back)):
        return False
    if SIGNS.fullmatch(page.words_of(back)) or _NUMBERED.fullmatch(page.words_of(back)):
        return True
    texts = [at for at in range(note.at, page.ends[note.at]) if not page.tags[at] and page.claimed(at) is note]
    words = [at for at in texts if not page.contains(back, at) and not SIGNS.fullmatch(page.nodes[at])]
    before = [at for at in words if at < back]
    return not before or (len(before) == len(words) and page.nodes[before[-1]].rstrip()[-1] in _ENDS)


def _way_back_behind(page: Page, anchors: Anchors, note: AnchoredNote) -> None:
    """Claims a block behind the note that holds nothing but a link back to its marker."""
    after = max(page.ends[part] for part, _, _ in note.parts)
    while after < page.ends[page.root] and not page.tags[after] and not page.text_of(after).strip():
        after += 1
    if after >= page.ends[page.root] or page.tags[after] not in ("p", "div") or after in page.claims:
        return
    links = page.tagged("a", after)
    if len(links) == 1 and page.words_of(links[0]) == page.words_of(after):
        target = anchors.target(links[0])
        if target is not None and any(is_at(page, target, marker, set()) for marker in note.markers):
            page.claim(after, "removed", "backlink")


def clear_label(page: Page, note: AnchoredNote, label: str) -> None:
    """Removes the label of a note, over as many text nodes as it is spread, and a bracket around all that it opens."""
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


def _texts(page: Page, note: AnchoredNote) -> Pieces:
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


def _remove_text(page: Page, at: int, start: int, end: int, note: AnchoredNote) -> None:
    """Takes characters away from a note, also where they are claimed for it as such."""
    ranges = page.text_claims.get(at, [])
    for n, (first, last, claim) in enumerate(ranges):
        if claim is note.claim and first <= start and end <= last:
            ranges[n : n + 1] = [(a, b, claim) for a, b in ((first, start), (end, last)) if b > a]
            break
    page.claim_text(at, start, end, "removed", "label of a note")
