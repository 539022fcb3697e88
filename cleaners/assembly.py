"""From what was read to the `Article`: claims become fields, records become offsets into the text."""

from __future__ import annotations

import re
from urllib.parse import unquote

from wikiglean.article import (
    Article,
    Category,
    Citation,
    LangLink,
    MaintenanceTag,
    Note,
    Provenance,
    Quality,
    Reference,
    Removed,
)
from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.content import title_without_site
from wikiglean.cleaners.coordinates import coordinates_of
from wikiglean.cleaners.footnotes.assembly import Contexts, citations_of, place_of, references_of
from wikiglean.cleaners.infoboxes import infoboxes_of
from wikiglean.cleaners.links import Linker
from wikiglean.cleaners.metadata import metadata_of
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.state import Reading
from wikiglean.cleaners.residue import residue_of
from wikiglean.cleaners.views import code_of, links_of, math_of, media_of, sections_of, tables_of
from wikiglean.cleaners.works.bibliography import bibliography_of, with_cited_ranges
from wikiglean.cleaners.works.named import joined_by_names

__all__ = ["article_of", "selector_of"]

_DATE_IN_TITLE = re.compile(r"[(（]([^()（）]*\d{4}[^()（）]*)[)）]\s*$")


def article_of(page: Page, reading: Reading, provenance: Provenance) -> Article:
    """The article that a page was read into."""
    text = reading.sink.text
    linker = Linker(page)
    by_field: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        by_field.setdefault(claim.destination, []).append(claim)
    sections, blocks = sections_of(text, reading.sink.blocks)
    infoboxes, pointers = infoboxes_of(page, by_field.get("infoboxes", []), linker)
    references, note_pointers = references_of(page, reading, linker)
    pointers.update(note_pointers)
    references = with_cited_ranges(page, references)
    bibliography = bibliography_of(page, reading, references, pointers)
    references, bibliography = joined_by_names(text, sections, blocks, references, bibliography)
    notes, hatnote_pointers = _notes(by_field.get("notes", []), linker, len(text))
    pointers.update(hatnote_pointers)
    shown_titles = (" ".join(c.text.split()) for c in by_field.get("title", []) if c.text)
    title = next(shown_titles, None) or title_without_site(page)
    data = metadata_of(page, title, linker)
    pointers.update(dict.fromkeys(by_field.get("title", []), "/title"))
    contexts = Contexts(text, blocks, reading.math, data.language.identifier)
    citations = citations_of(page, by_field.get("citations", []), pointers, contexts)
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
        links=links_of(reading.sink.links, linker),
        citations=citations,
        references=references,
        bibliography=bibliography,
        infoboxes=infoboxes,
        tables=tables_of(page, reading, text),
        math=math_of(reading),
        media=media_of(page, reading, text, linker),
        code=code_of(page, reading),
        notes=notes,
        maintenance_tags=_maintenance_tags(page, by_field.get("maintenance_tags", []), pointers),
        categories=_categories(page, by_field.get("categories", []), linker),
        langlinks=_langlinks(page, by_field.get("langlinks", []), linker),
        coordinates=coordinates_of(page, by_field.get("coordinates", []), reading.located, data.language.identifier),
        main_entity=data.main_entity,
        removed=_removed(page, reading),
        quality=_quality(page, reading, references, citations, text),
        provenance=provenance,
    )


def _notes(claims: list[Claim], linker: Linker, length: int) -> tuple[tuple[Note, ...], dict[Claim, str]]:
    notes: list[Note] = []
    pointers: dict[Claim, str] = {}
    for claim in claims:
        if claim.text:
            pointers[claim] = f"/notes/{len(notes)}/text"
            links = links_of(claim.sink.links, linker) if claim.sink is not None else ()
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
        pointer, _ = place_of(claim, pointers)
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
    """The month or day that Wikipedia's tags carry in a title, in brackets: "… (March 2019)"."""
    for i in range(at, page.ends[at]):
        if page.tags[i] and (title := page.attribute(i, "title")) and (match := _DATE_IN_TITLE.search(title)):
            return match[1].strip()
    return None


def _categories(page: Page, claims: list[Claim], linker: Linker) -> tuple[Category, ...]:
    """The categories that the page shows, else those that Parsoid keeps in the head of a section as `<link>`."""
    shown = tuple(Category(name=c.text, url=_address(page, c, linker)) for c in claims if c.text)
    if shown:
        return shown
    found: dict[str, str] = {}
    for at in page.tagged("link"):
        if page.attribute(at, "rel") == "mw:PageProp/Category" and (href := page.attribute(at, "href")):
            address = href.partition("#")[0]
            name = unquote(address).rpartition("/")[2].partition(":")[2].replace("_", " ")
            found.setdefault(name, linker.absolute(address))
    return tuple(Category(name=name, url=address) for name, address in found.items() if name)


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


def _removed(page: Page, reading: Reading) -> tuple[Removed, ...]:
    return tuple(
        Removed(cleaner=claim.cleaner, reason=claim.reason, selector=selector_of(page, claim.at), text=claim.text)
        for claim in reading.claims
        if claim.destination == "removed" and claim.text
    )


def selector_of(page: Page, at: int) -> str:
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
        residue=residue_of(text, reading.sink.blocks),
        flags=tuple(flags),
    )
