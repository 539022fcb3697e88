"""From claims to fields: `references` and `citations` of the article."""

from __future__ import annotations

from bisect import bisect_right

from wikiglean.article import Block, Citation, Place, Reference, Span
from wikiglean.cleaners.links import Linker
from wikiglean.cleaners.page import Claim, Page
from wikiglean.cleaners.reading.state import Reading
from wikiglean.cleaners.sentences import sentence_at, sentence_borders
from wikiglean.cleaners.views import links_of

__all__ = ["citations_of", "group_of", "place_of", "references_of"]


def references_of(page: Page, reading: Reading, linker: Linker) -> tuple[tuple[Reference, ...], dict[Claim, str]]:
    """Notes in page order, then those that are cited and not there; the JSON pointers to their words."""
    order = {claim: n for n, claim in enumerate(reading.claims)}
    read_markers = {claim for claim in reading.claims if claim.destination == "citations"}
    cited = {name for claim, name in page.footnotes.markers.items() if claim in read_markers}
    first_cited: dict[str, int] = {}
    for marker, name in page.footnotes.markers.items():
        if marker in read_markers:
            first_cited[name] = min(first_cited.get(name, len(order)), order[marker])
    there = [note for note in page.footnotes.notes.values() if note.claim is not None and note.claim in order]
    there.sort(key=lambda note: order[note.claim] if note.claim is not None else 0)
    missing = [
        note
        for note in page.footnotes.notes.values()
        if (note.claim is None or note.claim not in order) and note.identifier in cited
    ]
    missing.sort(key=lambda note: first_cited[note.identifier])
    references: list[Reference] = []
    pointers: dict[Claim, str] = {}
    for note, claim in [*((note, note.claim) for note in there), *((note, None) for note in missing)]:
        links = links_of(claim.sink.links, linker) if claim is not None and claim.sink is not None else ()
        if claim is not None:
            pointers[claim] = f"/references/{len(references)}/text"
        external = [link.url for link in links if link.type == "external"]
        references.append(
            Reference(
                identifier=note.identifier,
                label=note.label,
                group=group_of(note.label),
                text=claim.text.rstrip() if claim is not None else None,  # a no-break space stood before the way back
                links=links,
                url=next((url for url in external if not _is_archive(url)), None),
                archive_url=next((url for url in external if _is_archive(url)), None),
                source=note.source,
                resolved=claim is not None,
                errors=tuple(note.errors),
            )
        )
    return tuple(references), pointers


def group_of(label: str | None) -> str | None:
    """The group that a label names: "note" of "note 2"."""
    head, _, last = (label or "").rpartition(" ")
    return head if head and last else None


def _is_archive(url: str) -> bool:
    return any(
        host in url for host in ("web.archive.org/", "archive.today/", "archive.is/", "archive.ph/", "webcitation.org/")
    )


def citations_of(
    page: Page, claims: list[Claim], text: str, blocks: tuple[Block, ...], pointers: dict[Claim, str]
) -> tuple[Citation, ...]:
    """The markers in page order, each with its place and the note that it points at."""
    starts = [block.start for block in blocks]
    sentences: dict[int, list[int]] = {}
    citations: list[Citation] = []
    for claim in claims:
        pointer, place = place_of(claim, pointers)
        offset = claim.offset if pointer is None else None
        citations.append(
            Citation(
                reference=page.footnotes.markers.get(claim),
                label=claim.kind,
                shown=claim.text,
                group=group_of(claim.kind),
                start=offset,
                end=offset,
                place=place,
                within=pointer,
                context=_context(text, blocks, starts, sentences, offset) if offset is not None else None,
                whitespace_removed=claim.whitespace if pointer is None else "",
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


def _context(
    text: str, blocks: tuple[Block, ...], starts: list[int], sentences: dict[int, list[int]], offset: int
) -> Span | None:
    """The sentence that carries a marker, inside its block; `sentences` remembers where those of a block begin."""
    n = bisect_right(starts, max(offset - 1, 0)) - 1
    if n < 0 or not blocks[n].start <= offset <= blocks[n].end:
        return None
    if n not in sentences:
        sentences[n] = sentence_borders(text, blocks[n].start, blocks[n].end)
    start, end = sentence_at(text, sentences[n], offset)
    return Span(start=start, end=end)
