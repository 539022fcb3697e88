"""From what was read to the `Article`: claims become fields, records become offsets into the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TypeVar

from wikiglean.article import (
    Article,
    Block,
    Category,
    Cell,
    Citation,
    Code,
    Coordinates,
    Infobox,
    InfoboxField,
    LangLink,
    Link,
    MaintenanceTag,
    Math,
    Media,
    Note,
    Place,
    Provenance,
    Quality,
    Reference,
    Removed,
    Section,
    SectionKind,
    Span,
    Table,
)
from wikiglean.cleaners.content import title_without_site
from wikiglean.cleaners.links import Linker
from wikiglean.cleaners.metadata import metadata_of
from wikiglean.cleaners.page import Claim, Page
from wikiglean.cleaners.reader import Reading
from wikiglean.cleaners.sentences import sentence_around
from wikiglean.cleaners.sink import BlockRecord, LinkRecord
from wikiglean.cleaners.tables import span
from wikiglean.cleaners.words import section_kind

__all__ = ["article_of"]

T = TypeVar("T")


def article_of(page: Page, reading: Reading, provenance: Provenance) -> Article:
    """The article that a page was read into."""
    text = reading.sink.text
    linker = Linker(page)
    by_field: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        by_field.setdefault(claim.destination, []).append(claim)
    sections, blocks = _sections(text, reading.sink.blocks)
    infoboxes, pointers = _infoboxes(by_field.get("infoboxes", []), linker)
    references, note_pointers = _references(page, reading, linker)
    pointers.update(note_pointers)
    citations = _citations(page, by_field.get("citations", []), text, blocks, pointers)
    notes, hatnote_pointers = _notes(by_field.get("notes", []), linker, len(text))
    pointers.update(hatnote_pointers)
    shown_titles = (" ".join(c.text.split()) for c in by_field.get("title", []) if c.text)
    title = next(shown_titles, None) or title_without_site(page)
    data = metadata_of(page, title, linker)
    return Article(
        identifier=data.identifier,
        kind=data.kind,
        title=title,
        url=page.url,
        canonical_url=data.canonical_url,
        is_part_of=data.site,
        in_language=data.language,
        version=data.version,
        date_created=data.date_created,
        date_modified=data.date_modified,
        date_source=data.date_source,
        license=data.license,
        authors=data.authors,
        description=data.description,
        text=text,
        sections=sections,
        blocks=blocks,
        links=_links(reading.sink.links, linker),
        citations=citations,
        references=references,
        infoboxes=infoboxes,
        tables=_tables(page, reading, text),
        math=tuple(Math(start=m.start, end=m.end, tex=m.tex, display=m.display) for m in reading.math),
        media=_media(page, reading, text, linker),
        code=tuple(Code(start=start, end=end, language=_language(page, at)) for start, end, at in reading.code),
        notes=notes,
        maintenance_tags=_maintenance_tags(page, by_field.get("maintenance_tags", []), pointers),
        categories=tuple(
            Category(name=c.text, url=_address(page, c, linker)) for c in by_field.get("categories", []) if c.text
        ),
        langlinks=_langlinks(page, by_field.get("langlinks", []), linker),
        coordinates=tuple(
            _coordinates(page, c) for c in by_field.get("coordinates", []) if c.text and not _inside(c, "coordinates")
        ),
        main_entity=data.main_entity,
        removed=_removed(page, reading),
        quality=_quality(page, reading, references, citations, text),
        provenance=provenance,
    )


def _inside(claim: Claim, destination: str) -> bool:
    return claim.within is not None and claim.within.destination == destination


def _sections(text: str, records: list[BlockRecord]) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    """Sections from the headings, so that they tile the text, and the blocks with their section."""
    sections: list[Section] = []
    blocks: list[Block] = []
    open_sections: list[tuple[int, int]] = []  # (level, index)
    heads = [record for record in records if record.type == "Header" and record.end > record.start]
    if text and (not heads or heads[0].start > 0):
        end = heads[0].start if heads else len(text)
        sections.append(Section(identifier=None, title="", level=1, parent=None, start=0, end=end, kind="lead"))
    kinds: list[SectionKind] = []
    for n, head in enumerate(heads):
        level = head.level or 2
        while open_sections and open_sections[-1][0] >= level:
            open_sections.pop()
        parent = open_sections[-1][1] if open_sections else None
        words = text[head.start : head.end]
        kind = section_kind(words)
        if kind == "body" and parent is not None:
            kind = sections[parent].kind if sections[parent].kind != "lead" else kind
        kinds.append(kind)
        open_sections.append((level, len(sections)))
        end = heads[n + 1].start if n + 1 < len(heads) else len(text)
        sections.append(
            Section(
                identifier=head.identifier,
                title=words,
                level=level,
                parent=parent,
                start=head.start,
                end=end,
                kind=kind,
            )
        )
    index = 0
    for record in records:
        if record.end <= record.start:
            continue
        while index + 1 < len(sections) and sections[index + 1].start <= record.start:
            index += 1
        blocks.append(
            Block(
                type=record.type,  # type: ignore[arg-type]
                start=record.start,
                end=record.end,
                level=record.level,
                ordered=record.ordered,
                section=index,
            )
        )
    return tuple(sections), tuple(blocks)


def _links(records: Iterable[LinkRecord], linker: Linker) -> tuple[Link, ...]:
    links = [link for record in records if (link := linker.link(record)) is not None]
    links.sort(key=lambda link: (link.start, link.end))
    return tuple(links)


def _infoboxes(claims: list[Claim], linker: Linker) -> tuple[tuple[Infobox, ...], dict[Claim, str]]:
    """Infoboxes with their rows, and the JSON pointer of each claim's words."""
    boxes: list[tuple[Claim, list[Claim]]] = []
    for claim in claims:
        if claim.kind == "box" and not _inside(claim, "infoboxes"):
            boxes.append((claim, []))
        elif boxes:
            boxes[-1][1].append(claim)
    found: list[Infobox] = []
    pointers: dict[Claim, str] = {}
    for n, (box, parts) in enumerate(boxes):
        name: str | None = None
        fields: list[InfoboxField] = []
        label: Claim | None = None
        pointers[box] = f"/infoboxes/{n}"
        for part in parts:
            pointers[part] = f"/infoboxes/{n}/fields/{len(fields)}"
            if part.kind == "name":
                label = part
                continue
            if part.kind == "title" and name is None and part.text and not fields:
                name = part.text
                pointers[part] = f"/infoboxes/{n}/name"
            elif part.kind == "value" or part.text:
                words = label.text or None if label is not None and part.kind == "value" else None
                if words or part.text:
                    links = _links(part.sink.links, linker) if part.sink is not None else ()
                    fields.append(InfoboxField(name=words, value=part.text, links=links))
                label = None
        if box.text:
            fields.append(
                InfoboxField(name=None, value=box.text, links=_links(box.sink.links, linker) if box.sink else ())
            )
        found.append(Infobox(name=name, fields=tuple(fields)))
    return tuple(found), pointers


def _references(page: Page, reading: Reading, linker: Linker) -> tuple[tuple[Reference, ...], dict[Claim, str]]:
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
        links = _links(claim.sink.links, linker) if claim is not None and claim.sink is not None else ()
        if claim is not None:
            pointers[claim] = f"/references/{len(references)}/text"
        external = [link.url for link in links if link.type == "external"]
        references.append(
            Reference(
                identifier=note.identifier,
                label=note.label,
                group=group_of(note.label),
                text=claim.text if claim is not None else None,
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


def _citations(
    page: Page, claims: list[Claim], text: str, blocks: tuple[Block, ...], pointers: dict[Claim, str]
) -> tuple[Citation, ...]:
    starts = [block.start for block in blocks]
    citations: list[Citation] = []
    for claim in claims:
        pointer, place = _place(claim, pointers)
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
                context=_context(text, blocks, starts, offset) if offset is not None else None,
                whitespace_removed=claim.whitespace if pointer is None else "",
            )
        )
    return tuple(citations)


def _place(claim: Claim, pointers: dict[Claim, str]) -> tuple[str | None, Place]:
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


def _context(text: str, blocks: tuple[Block, ...], starts: list[int], offset: int) -> Span | None:
    """The sentence that carries a marker, inside its block."""
    n = bisect_right(starts, max(offset - 1, 0)) - 1
    if n < 0 or not blocks[n].start <= offset <= blocks[n].end:
        return None
    start, end = sentence_around(text, blocks[n].start, blocks[n].end, offset)
    return Span(start=start, end=end)


def _notes(claims: list[Claim], linker: Linker, length: int) -> tuple[tuple[Note, ...], dict[Claim, str]]:
    notes: list[Note] = []
    pointers: dict[Claim, str] = {}
    for claim in claims:
        if claim.text:
            pointers[claim] = f"/notes/{len(notes)}/text"
            links = _links(claim.sink.links, linker) if claim.sink is not None else ()
            notes.append(
                Note(
                    type="message" if claim.kind == "message" else "hatnote",
                    text=claim.text,
                    start=min(claim.offset, length),
                    links=links,
                )
            )
    return tuple(notes), pointers


def _maintenance_tags(page: Page, claims: list[Claim], pointers: dict[Claim, str]) -> tuple[MaintenanceTag, ...]:
    tags: list[MaintenanceTag] = []
    for claim in claims:
        if not claim.text:
            continue
        pointer, _ = _place(claim, pointers)
        tags.append(
            MaintenanceTag(
                text=claim.text,
                start=claim.offset if pointer is None else None,
                within=pointer,
                date=_tag_date(page, claim.at),
                whitespace_removed=claim.whitespace if pointer is None else "",
            )
        )
    return tuple(tags)


def _tag_date(page: Page, at: int) -> str | None:
    """The month that Wikipedia's tags carry in a title: "… (March 2019)"."""
    for i in range(at, page.ends[at]):
        if page.tags[i] and (title := page.attribute(i, "title")) and "(" in title:
            inner = title.rpartition("(")[2].rstrip(") ")
            if inner[-4:].isdigit():
                return inner
    return None


def _tables(page: Page, reading: Reading, text: str) -> tuple[Table, ...]:
    tables: list[Table] = []
    for record in reading.tables:
        rows = tuple(
            tuple(
                Cell(
                    start=min(cell.start, len(text)),
                    end=min(cell.end, len(text)),
                    row_span=span(page.attribute(cell.at, "rowspan")),
                    col_span=span(page.attribute(cell.at, "colspan")),
                    is_header=page.tags[cell.at] == "th",
                )
                for cell in row
            )
            for row in record.rows
        )
        if any(rows):
            caption = text[slice(*record.caption)] if record.caption else None
            tables.append(Table(start=record.start, end=record.end, caption=caption, rows=rows))
    return tuple(tables)


def _media(page: Page, reading: Reading, text: str, linker: Linker) -> tuple[Media, ...]:
    media: list[Media] = []
    for record in reading.media:
        attribute = page.element(record.at).attr
        source = attribute("src") or attribute("data-src")
        alt = attribute("alt") or None
        if record.caption is None and alt is None and _is_small(attribute("width"), attribute("height")):
            continue
        start, end = record.caption or (min(record.start, len(text)),) * 2
        media.append(
            Media(
                type="image",
                url=linker.absolute(source) if source and not source.startswith("data:") else None,
                alt=alt,
                caption=text[start:end] if record.caption else None,
                start=start,
                end=end,
            )
        )
    return tuple(media)


def _is_small(width: str | None, height: str | None) -> bool:
    """Whether an image is an ornament: bullets and spacers without words."""
    sizes = [int(value) for value in (width, height) if value and value.isdigit()]
    return bool(sizes) and min(sizes) <= 32


def _language(page: Page, at: int) -> str | None:
    """The language of a code block, from the class of its element or of one near it."""
    near = [at, *range(at + 1, min(page.ends[at], at + 3)), *list(page.ancestors(at))[:2]]
    for position in near:
        for name in (page.classes.get(position) or "").split():
            for beginning in ("mw-highlight-lang-", "language-", "lang-", "source-", "highlight-source-"):
                if name.startswith(beginning) and len(name) > len(beginning):
                    return name[len(beginning) :]
    return None


def _address(page: Page, claim: Claim, linker: Linker) -> str | None:
    href = page.attribute(claim.at, "href") if page.tags[claim.at] == "a" else None
    return linker.absolute(href) if href else None


def _langlinks(page: Page, claims: list[Claim], linker: Linker) -> tuple[LangLink, ...]:
    return tuple(
        LangLink(
            identifier=page.attribute(claim.at, "hreflang") or page.attribute(claim.at, "lang"),
            name=claim.text,
            url=_address(page, claim, linker),
        )
        for claim in claims
        if claim.text
    )


def _coordinates(page: Page, claim: Claim) -> Coordinates:
    """Degrees from the microformat `geo` (https://microformats.org/wiki/geo), where the words show one."""
    latitude = longitude = None
    for at in page.classed("geo", claim.at):
        parts = page.words_of(at).replace(",", ";").split(";")
        if len(parts) == 2:
            try:
                latitude, longitude = float(parts[0]), float(parts[1])
            except ValueError:
                continue
            break
    return Coordinates(latitude=latitude, longitude=longitude, text=claim.text)


def _removed(page: Page, reading: Reading) -> tuple[Removed, ...]:
    return tuple(
        Removed(cleaner=claim.cleaner, reason=claim.reason, selector=_selector(page, claim.at), text=claim.text)
        for claim in reading.claims
        if claim.destination == "removed" and claim.text
    )


def _selector(page: Page, at: int) -> str:
    """A short selector for people: tag, id, first class; the parent's for a text node."""
    if not page.tags:
        return ""
    prefix = ""
    if not page.tags[at]:
        at, prefix = page.parents[at], "text of "
    identifier = page.attribute(at, "id")
    classes = (page.classes.get(at) or "").split()
    return prefix + page.tags[at] + (f"#{identifier}" if identifier else f".{classes[0]}" if classes else "")


def _quality(
    page: Page, reading: Reading, references: tuple[Reference, ...], citations: tuple[Citation, ...], text: str
) -> Quality:
    main = reading.sink
    removed = structured = 0
    substituted = main.substituted
    for claim in reading.claims:
        if claim.sink is None or claim.destination == "text":
            continue
        substituted += claim.sink.substituted
        spent = claim.sink.seen - claim.sink.substituted
        if claim.destination == "removed":
            removed += spent
        else:
            structured += spent
    in_text = main.seen - main.substituted
    flags = list(page.flags)
    if page.visible != in_text + structured + removed + substituted:
        flags.append("ledger-mismatch")
    if not text:
        flags.append("empty")
    missing = {note.identifier for note in references if not note.resolved}
    return Quality(
        visible=page.visible,
        in_text=in_text,
        structured=structured,
        removed=removed,
        substituted=substituted,
        unresolved_citations=sum(1 for citation in citations if citation.reference in missing),
        flags=tuple(flags),
    )
