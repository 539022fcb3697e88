"""From claims to fields: `references` and `citations` of the article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from wikiglean.article import Block, Citation, Place, Reference, Span
from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.links import Linker
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.state import MathRecord, Reading
from wikiglean.cleaners.sentences import sentence_at, sentence_borders
from wikiglean.cleaners.views import links_of
from wikiglean.cleaners.works.locators import range_of_marker
from wikiglean.cleaners.works.of_notes import Cited, cited_by_note

__all__ = ["Contexts", "citations_of", "group_of", "place_of", "references_of"]


def references_of(page: Page, reading: Reading, linker: Linker) -> tuple[tuple[Reference, ...], dict[Claim, str]]:
    """Notes in page order, then those that are cited and not there; the JSON pointers to their words."""
    order = {claim: n for n, claim in enumerate(reading.claims)}
    read_markers = {claim for claim in reading.claims if claim.destination == "citations"}
    read = {name for claim, name in page.footnotes.markers.items() if claim in read_markers}
    first_cited: dict[str, int] = {}
    for marker, name in page.footnotes.markers.items():
        if marker in read_markers:
            first_cited[name] = min(first_cited.get(name, len(order)), order[marker])
    there = [note for note in page.footnotes.notes.values() if note.claim is not None and note.claim in order]
    there.sort(key=lambda note: order[note.claim] if note.claim is not None else 0)
    missing = [
        note
        for note in page.footnotes.notes.values()
        if (note.claim is None or note.claim not in order) and note.identifier in read
    ]
    missing.sort(key=lambda note: first_cited[note.identifier])
    parts: dict[Claim, list[int]] = {note.claim: [] for note in there if note.claim is not None}
    for at, claimed in page.claims.items():
        if claimed in parts:
            parts[claimed].append(at)
    references: list[Reference] = []
    pointers: dict[Claim, str] = {}
    for note, claim in [*((note, note.claim) for note in there), *((note, None) for note in missing)]:
        links = links_of(claim.sink.links, linker) if claim is not None and claim.sink is not None else ()
        if claim is not None:
            pointers[claim] = f"/references/{len(references)}/text"
        cited = cited_by_note(page, claim, parts[claim], note.identifier, links) if claim is not None else Cited()
        references.append(
            Reference(
                identifier=note.identifier,
                label=note.label,
                group=note.group or group_of(note.label),
                text=claim.text.rstrip() if claim is not None else None,  # a no-break space stood before the way back
                links=links,
                csl=cited.csl,
                further_works=cited.further_works,
                identifiers=cited.identifiers,
                url=cited.url,
                archive_url=cited.archive_url,
                parent_reference=note.parent,
                follows=note.follows,
                source=note.source,
                resolved=claim is not None and bool(claim.text or not note.errors),
                errors=tuple(note.errors),
            )
        )
    return tuple(references), pointers


def group_of(label: str | None) -> str | None:
    """The group that a label names: "note" of "note 2"."""
    head, _, last = (label or "").rpartition(" ")
    return head if head and last else None


class Contexts:
    """The sentences that carry markers. Only blocks with markers are divided, each once."""

    def __init__(
        self, text: str, blocks: tuple[Block, ...], formulas: Sequence[MathRecord], language: str | None
    ) -> None:
        """`language` is the BCP 47 tag of the text, if it is known."""
        self.text, self.blocks, self.language = text, blocks, language
        self.starts = [block.start for block in blocks]
        self.formulas = [(formula.start, formula.end) for formula in formulas]
        self.borders: dict[int, list[int]] = {}

    def at(self, offset: int) -> Span | None:
        """The sentence at an offset, inside its block; `None` where a cell holds nothing but markers."""
        n = bisect_right(self.starts, offset) - 1
        if n < 0 or offset > self.blocks[n].end:
            return None
        if n not in self.borders:
            self.borders[n] = self._borders(self.blocks[n])
        sentence = sentence_at(self.text, self.borders[n], offset)
        return Span(*sentence) if sentence is not None else None

    def _borders(self, block: Block) -> list[int]:
        """The borders of a block's sentences; none is inside a formula."""
        borders = sentence_borders(self.text, block.start, block.end, self.language, block.type)
        inside = self.formulas[bisect_right(self.formulas, (block.start,)) : bisect_right(self.formulas, (block.end,))]
        return [at for at in borders if not any(start < at < end for start, end in inside)] if inside else borders


def citations_of(
    page: Page, claims: list[Claim], pointers: dict[Claim, str], contexts: Contexts
) -> tuple[Citation, ...]:
    """The markers in page order, each with its place, its sentence, and the note that it points at."""
    citations: list[Citation] = []
    for claim in claims:
        pointer, place = place_of(claim, pointers)
        offset = claim.offset if pointer is None else None
        note = page.footnotes.notes.get(page.footnotes.markers.get(claim, ""))
        citations.append(
            Citation(
                reference=page.footnotes.markers.get(claim),
                label=claim.kind,
                shown=claim.text,
                group=(note.group if note is not None else None) or group_of(claim.kind),
                start=offset,
                end=offset,
                place=place,
                within=pointer,
                context=contexts.at(offset) if offset is not None else None,
                whitespace_removed=claim.whitespace if pointer is None else "",
                cited_range=range_of_marker(claim.kind, claim.text),
            )
        )
    return tuple(citations)


def place_of(claim: Claim, pointers: dict[Claim, str]) -> tuple[str | None, Place]:
    """The JSON pointer of the field around a claim (`None` for the text), and the kind of place."""
    outer = claim.within
    if outer is None:
        places: dict[str, Place] = {"table": "table", "TableRow": "table", "Caption": "caption"}
        return None, places.get(claim.context, "text")
    where: dict[str, Place] = {"infoboxes": "infobox", "references": "reference"}
    place = where.get(outer.destination, "text")
    while outer is not None and outer not in pointers:
        outer = outer.within
    return (pointers[outer] if outer is not None else ""), place
