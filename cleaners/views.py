"""Views of the text: sections, blocks, links, tables, media, code. They repeat or locate what `text` owns."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from wikiglean.article import Block, Cell, Code, Link, Math, Media, Section, SectionKind, Table
from wikiglean.cleaners.links import Linker
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.sink import BlockRecord, LinkRecord
from wikiglean.cleaners.reading.state import MediaRecord, Reading
from wikiglean.cleaners.reading.tables import grid
from wikiglean.cleaners.words import section_kind

__all__ = ["code_of", "links_of", "math_of", "media_of", "sections_of", "tables_of"]

_LANGUAGE_CLASSES = ("mw-highlight-lang-", "language-", "lang-", "source-", "highlight-source-", "highlight-", "brush:")
_PLAIN = frozenset(
    [
        "code",
        "file",
        "text",
        "highlight",
        "codehilite",
        "sourceCode",
        "none",
        "plaintext",
        "default",
        "wrapper",
        "notranslate",
    ]
)
"""Classes of code blocks that name no language."""


def sections_of(text: str, records: list[BlockRecord]) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    """Sections from the headings, so that they tile the text, and the blocks with their section."""
    heads = [record for record in records if record.type == "Header" and record.end > record.start]
    sections: list[Section] = []
    if text and (not heads or heads[0].start > 0):
        end = heads[0].start if heads else len(text)
        sections.append(Section(identifier=None, title="", level=1, parent=None, start=0, end=end, kind="lead"))
    open_sections: list[tuple[int, int]] = []  # (level, index)
    for n, head in enumerate(heads):
        level = head.level or 2
        while open_sections and open_sections[-1][0] >= level:
            open_sections.pop()
        parent = open_sections[-1][1] if open_sections else None
        open_sections.append((level, len(sections)))
        words = " ".join(text[head.start : head.end].split())
        sections.append(
            Section(
                identifier=head.identifier,
                title=words,
                level=level,
                parent=parent,
                start=head.start,
                end=heads[n + 1].start if n + 1 < len(heads) else len(text),
                kind=_kind_of(words, sections, parent),
            )
        )
    return tuple(sections), _blocks(records, sections)


def _kind_of(title: str, sections: list[Section], parent: int | None) -> SectionKind:
    kind = section_kind(title)
    if kind == "body" and parent is not None and sections[parent].kind != "lead":
        return sections[parent].kind
    return kind


def _blocks(records: list[BlockRecord], sections: list[Section]) -> tuple[Block, ...]:
    blocks: list[Block] = []
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
                number=record.number,
                section=index,
            )
        )
    return tuple(blocks)


def links_of(records: Iterable[LinkRecord], linker: Linker) -> tuple[Link, ...]:
    """The links of some words, in order."""
    links = [link for record in records if (link := linker.link(record)) is not None]
    links.sort(key=lambda link: (link.start, link.end))
    return tuple(links)


def tables_of(page: Page, reading: Reading, text: str) -> tuple[Table, ...]:
    """The data tables, each cell with its place in the grid."""
    tables: list[Table] = []
    size = len(text)
    for record in reading.tables:
        rows = [(at, [cell.at for cell in cells]) for at, cells in record.rows if cells]
        if not rows:
            continue
        places = grid(page, rows)
        found = tuple(
            tuple(
                Cell(
                    start=min(cell.start, size),
                    end=min(cell.end, size),
                    row=places[cell.at].row,
                    column=places[cell.at].column,
                    row_span=places[cell.at].row_span,
                    col_span=places[cell.at].col_span,
                    is_header=page.tags[cell.at] == "th",
                )
                for cell in cells
            )
            for _, cells in record.rows
        )
        caption = text[slice(*record.caption)] if record.caption else None
        tables.append(Table(start=min(record.start, size), end=min(record.end, size), caption=caption, rows=found))
    return tuple(tables)


def math_of(reading: Reading) -> tuple[Math, ...]:
    """The formulas of the text."""
    return tuple(Math(start=m.start, end=m.end, tex=m.tex, display=m.display) for m in reading.math)


def media_of(page: Page, reading: Reading, text: str, linker: Linker) -> tuple[Media, ...]:
    """Pictures, sounds and videos of the article and of its infoboxes; ornaments are left out."""
    media: list[Media] = []
    for record in reading.media:
        attribute = page.element(record.at).attr
        alt = attribute("alt") or attribute("data-alt") or None
        caption = _caption(page, record)
        width, height = (attribute(name) or attribute(f"data-{name}") for name in ("width", "height"))
        if caption is None and alt is None and _is_small(width, height):
            continue
        start, end = record.caption or (record.start, record.start)
        if record.within is not None:
            start = end = _offset(record)
        tag = page.tags[record.at]
        source = _source(page, record.at)
        media.append(
            Media(
                type="audio" if tag == "audio" else "video" if tag == "video" else "image",
                url=linker.absolute(source) if source else None,
                alt=alt,
                caption=caption,
                start=min(start, len(text)),
                end=min(end, len(text)),
            )
        )
    return tuple(media)


def _offset(record: MediaRecord) -> int:
    """Where the outermost field around a medium stands in the text."""
    claim = record.within
    while claim is not None and claim.within is not None:
        claim = claim.within
    return claim.offset if claim is not None else record.start


def _caption(page: Page, record: MediaRecord) -> str | None:
    """The words of a caption; in an infobox those of the figure or of the row that the picture stands in."""
    if record.caption is not None:
        return record.sink.text[slice(*record.caption)]
    if record.within is None:
        return None
    figure = next((up for up in islice(page.ancestors(record.at), 6) if page.tags[up] == "figure"), None)
    for at in page.tagged("figcaption", figure)[:1] if figure is not None else []:
        if at in page.claims:
            return page.claims[at].text or None
    return record.within.text or None if record.within.kind in ("row", "value") else None


def _source(page: Page, at: int) -> str | None:
    """The address of a medium: lazy pictures keep it in `data-src`, sounds and videos in their `<source>`."""
    attribute = page.element(at).attr
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        address = attribute(name)
        if address and not address.startswith(("data:", "about:")):
            return address
    candidates = attribute("srcset") or attribute("data-srcset") or ""
    if candidates.strip():
        return candidates.split()[0].rstrip(",")
    return next((src for i in page.tagged("source", at) if (src := page.attribute(i, "src"))), None)


def _is_small(width: str | None, height: str | None) -> bool:
    """Whether an image is an ornament: bullets and spacers without words."""
    sizes = [int(value) for value in (width, height) if value and value.isdecimal() and len(value) < 9]
    return bool(sizes) and min(sizes) <= 32


def code_of(page: Page, reading: Reading) -> tuple[Code, ...]:
    """The blocks of code, with the language that their classes name."""
    return tuple(Code(start=c.start, end=c.end, language=_language(page, c.at)) for c in reading.code)


def _language(page: Page, at: int) -> str | None:
    """The language of a code block, from the class of its element or of one near it, or `data-lang`."""
    inside = [i for i in range(at, min(page.ends[at], at + 3)) if page.tags[i]]
    for n, position in enumerate([*inside, *islice(page.ancestors(at), 6)]):
        names = (page.classes.get(position) or "").split()
        language = _language_of_classes(names, own=n == 0)
        if language is None and n < len(inside) + 2:
            language = page.attribute(position, "data-lang") or page.attribute(position, "data-language")
        if language:
            return language
    return None


def _language_of_classes(names: list[str], *, own: bool) -> str | None:
    for n, name in enumerate(names):
        beginning = next((word for word in _LANGUAGE_CLASSES if name.startswith(word)), None)
        if beginning is not None:
            language = name[len(beginning) :] or (names[n + 1] if n + 1 < len(names) else "")
            if language.strip(";") and language not in _PLAIN:
                return language.strip(";")
    # Hexo's `figure.highlight.php`, Pandoc's `div.sourceCode.php`; only at the block itself DokuWiki's `pre.code.php`
    pair = len(names) == 2 and names[1] not in _PLAIN
    if pair and (names[0] in ("highlight", "sourceCode") or (own and names[0] in ("code", "file"))):
        return names[1]
    return None
