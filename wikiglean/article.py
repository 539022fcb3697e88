"""`Article`: what a page says, as immutable typed data. The published JSON Schema is generated from these types.

Offsets are `[start, end)` in Unicode code points of `Article.text`, unless a field says otherwise. Names follow
Wikimedia Enterprise Structured Contents where it has one (https://enterprise.wikimedia.com/docs/data-dictionary/),
Pandoc for block types (https://pandoc.org/lua-filters.html#type-block), CSL-JSON for citations
(https://docs.citationstyles.org/). Every field is always present; empty means that the page has nothing of the kind.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

__all__ = [
    "SCHEMA_VERSION",
    "Article",
    "BibliographyEntry",
    "Block",
    "BlockType",
    "Category",
    "Cell",
    "Citation",
    "Code",
    "Coordinates",
    "Infobox",
    "InfoboxField",
    "Kind",
    "LangLink",
    "Language",
    "License",
    "Link",
    "LinkType",
    "MainEntity",
    "MaintenanceTag",
    "Math",
    "Media",
    "Note",
    "Place",
    "Provenance",
    "Quality",
    "Reference",
    "Removed",
    "Section",
    "SectionKind",
    "Site",
    "Span",
    "Table",
    "Version",
]

SCHEMA_VERSION = "1.2.0"

Kind = Literal["article", "category", "talk", "disambiguation", "redirect", "index", "other"]
SectionKind = Literal["lead", "body", "references", "bibliography", "see_also", "external_links"]
BlockType = Literal[
    "Para",
    "Header",
    "ListItem",
    "DefinitionTerm",
    "Definition",
    "BlockQuote",
    "CodeBlock",
    "LineBlock",
    "TableRow",
    "Caption",
    "Math",
]
LinkType = Literal["internal", "interwiki", "external"]
Place = Literal["text", "table", "caption", "infobox", "reference"]


class Span(msgspec.Struct, frozen=True, gc=False):
    """A stretch of `Article.text`."""

    start: int
    end: int


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """The site that the page is a part of; `engine` is the name of the profile that recognised it."""

    name: str | None = None
    url: str | None = None
    engine: str | None = None
    engine_version: str | None = None


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """`identifier` is a BCP 47 tag as the page declares it; `direction` is how its text runs."""

    identifier: str | None = None
    direction: Literal["ltr", "rtl"] | None = None


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """The revision that the page says it shows."""

    identifier: str | None = None


class License(msgspec.Struct, frozen=True, kw_only=True):
    """A licence that the page names by its address."""

    name: str | None = None
    url: str | None = None


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and all up to the next one; sections follow one another and tile `text`.

    `identifier` is the anchor. The lead has level 1 and the title "". `parent` is an index into `sections`.
    """

    identifier: str | None
    title: str
    level: int
    parent: int | None
    start: int
    end: int
    kind: SectionKind


class Block(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A leaf of the page's layout; blocks are in order and don't overlap.

    `level` is the heading's (1 to 6), or the depth of a list item or a quote (from 1); `ordered` is of list items, and
    `number` what a browser writes before an item of an ordered list. `section` is an index into `sections`.
    """

    type: BlockType
    start: int
    end: int
    level: int | None = None
    ordered: bool | None = None
    number: int | None = None
    section: int


class Link(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A link around words. Inside a reference or a note the offsets are into that note's own text."""

    type: LinkType
    url: str
    title: str | None
    start: int
    end: int
    redlink: bool = False


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """A marker, `[1]`, and the place in `text` where it stood.

    It takes no room in `text`: `start == end`. Where it stands in another field, both are `None` and `within` is a
    JSON pointer (RFC 6901) to it. `reference` is the `identifier` of an entry of `references`. `label` is the marker
    without brackets, `shown` the whole marker; `cited_range` the page that it names itself, "15" of `[4]:15`. Putting
    `whitespace_removed + shown` back at every offset, last one first, gives the text with its markers.
    """

    reference: str | None
    label: str
    shown: str
    group: str | None = None
    start: int | None
    end: int | None
    place: Place
    within: str | None = None
    context: Span | None = None
    whitespace_removed: str = ""
    cited_range: str | None = None


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A note. `text` is plain, without backlinks; `None` with `resolved: false` where the page does not have it, ""
    where the wiki's software has only complaints in its place: `errors`.

    `label` is that of its first marker; of a note without one, its number as the list shows it. `parent_reference` is
    the note that it details, `follows` the one that it goes on with, by the id that it has, perhaps on another page.
    `csl` is the work that the note cites, as CSL-JSON; `null` where nothing but words tells of it. `further_works` are
    the others of a note that cites several. `identifiers` are those of the first: `DOI`, `ISBN` and `ISSN` (with the
    right check digit), `PMID`, `PMCID`, `arXiv`, `OCLC`, `JSTOR`, `bibcode`, `hdl`, `LCCN`, `S2CID`. `url` is the
    work's own address, `archive_url` that of a copy in an archive. docs/references.md says where each comes from.
    `source` says which rule found the note. `cited_range` is what a short note cites of its work, "p. 5"; of several
    works, in order, apart by "; ". `errors` are what the wiki's own software complained of, and works that a short note
    points at and the page lacks.
    """

    identifier: str
    label: str | None
    group: str | None = None
    text: str | None
    links: tuple[Link, ...] = ()
    csl: dict[str, Any] | None = None
    further_works: tuple[dict[str, Any], ...] = ()
    identifiers: dict[str, str] = {}
    url: str | None = None
    archive_url: str | None = None
    parent_reference: str | None = None
    follows: str | None = None
    source: str | None = None
    cited_range: str | None = None
    resolved: bool
    errors: tuple[str, ...] = ()


class BibliographyEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A work that the article lists: one that short notes point at, or one in `text` that is marked up as a work.

    `identifier` is its id on the page. `text[start:end]` are its words, which stay in `text`. Where it stands in
    another field (an infobox, or a note that cites it in full and that others point at), both are `None` and `within`
    is a JSON pointer (RFC 6901) to the field. `csl` is CSL-JSON. `cited_by` are identifiers of references, in order.
    """

    identifier: str
    start: int | None
    end: int | None
    within: str | None = None
    csl: dict[str, Any] | None = None
    cited_by: tuple[str, ...] = ()


class InfoboxField(msgspec.Struct, frozen=True, kw_only=True):
    """A row of an infobox. `name` is `None` for a row without a label; `source` is the template's parameter behind it,
    where the page tells. The cells of a row that is no name and value are apart by tabs.
    """

    name: str | None
    value: str
    links: tuple[Link, ...] = ()
    source: str | None = None


class Infobox(msgspec.Struct, frozen=True, kw_only=True):
    """A box of facts beside the article. Its words are here and not in `text`."""

    name: str | None
    fields: tuple[InfoboxField, ...] = ()


class Cell(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A cell of a table; its words are `text[start:end]`.

    `row` and `column` are its place in the grid that the HTML standard makes of rows and spans, from 0; the cell covers
    `row_span` rows and `col_span` columns from there. Rows of a table's foot come last in the grid.
    """

    start: int
    end: int
    row: int = 0
    column: int = 0
    row_span: int = 1
    col_span: int = 1
    is_header: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A data table; `start` and `end` enclose its rows, `caption` repeats its caption."""

    start: int
    end: int
    caption: str | None
    rows: tuple[tuple[Cell, ...], ...]


class Math(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A formula; `text[start:end]` is `tex` between dollar signs."""

    start: int
    end: int
    tex: str
    display: bool = False


class Media(msgspec.Struct, frozen=True, kw_only=True):
    """A picture, sound or video; `start` and `end` locate its caption in `text`, where it has one.

    For a picture of an infobox both are the place of the infobox, and `caption` is what the infobox says under it.
    """

    type: Literal["image", "audio", "video"]
    url: str | None
    alt: str | None
    caption: str | None
    start: int
    end: int


class Code(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A block of code; `text[start:end]` has its white space exactly."""

    start: int
    end: int
    language: str | None = None


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A note about the page, not of it: a hatnote or a message box. `start` is its place in `text`."""

    type: Literal["hatnote", "message"]
    text: str
    start: int
    links: tuple[Link, ...] = ()


class MaintenanceTag(msgspec.Struct, frozen=True, kw_only=True):
    """ "[citation needed]" and its like, as shown, with its place in `text` and its date where the page tells.

    Where it stands in another field, `start` is `None` and `within` a JSON pointer to it.
    """

    text: str
    start: int | None
    within: str | None = None
    date: str | None = None
    whitespace_removed: str = ""


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """A category of the page."""

    name: str
    url: str | None = None


class LangLink(msgspec.Struct, frozen=True, kw_only=True):
    """The same article in another language; `name` is the link as shown."""

    identifier: str | None
    name: str
    url: str | None = None


class Coordinates(msgspec.Struct, frozen=True, kw_only=True):
    """A place on a globe, degrees north and east, and the words that showed it.

    Where these stand among other words they are left there: `text` is "", and `start` and `end` locate them in the
    article's text, unless they are in another field.
    """

    latitude: float | None
    longitude: float | None
    text: str
    start: int | None = None
    end: int | None = None


class MainEntity(msgspec.Struct, frozen=True, kw_only=True):
    """The Wikidata item that the page is about."""

    identifier: str
    url: str | None = None


class Removed(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the page that are in no field: who took them, and why. `selector` leads to the element."""

    cleaner: str
    reason: str
    selector: str
    text: str


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """How the page's visible characters were spent. All five are numbers of code points, white space included.

    `visible == in_text + structured + removed + substituted`; where that fails, `flags` has `ledger-mismatch`.
    `substituted` are characters that `text` shows as others: digits of `<sup>`, MathML read as TeX.
    `residue` lists what looks like chrome and is still in `text`. `flags` are short names that
    docs/quality.md explains.
    """

    visible: int = 0
    in_text: int = 0
    structured: int = 0
    removed: int = 0
    substituted: int = 0
    unresolved_citations: int = 0
    residue: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """Where the bytes came from, and what made the article of them. Left out when two articles are compared.

    `sha256` is of the body, in hexadecimal. `profiles` maps the names of the profiles in force to their digests.
    `wrappers` names what was taken off the page, outermost first: `wayback`, `archive.today`, `google-cache`,
    `httrack`, `singlefile` …; then `archive_url` and `captured_at` are as these say.
    """

    source: str | None = None
    source_path: str | None = None
    requested_url: str | None = None
    archive_url: str | None = None
    captured_at: str | None = None
    wrappers: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    charset: str | None = None
    charset_source: str | None = None
    sha256: str | None = None
    tool_version: str | None = None
    profiles: dict[str, str] = {}


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A page as data: its text, the structures in it, its references, and a ledger of all that was removed."""

    schema_version: str = SCHEMA_VERSION
    identifier: str | None = None
    kind: Kind = "article"
    title: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    redirects: tuple[str, ...] = ()
    is_part_of: Site = Site()
    in_language: Language = Language()
    version: Version = Version()
    date_created: str | None = None
    date_modified: str | None = None
    date_source: str | None = None
    license: tuple[License, ...] = ()
    authors: tuple[str, ...] = ()
    description: str | None = None
    text: str = ""
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    bibliography: tuple[BibliographyEntry, ...] = ()
    infoboxes: tuple[Infobox, ...] = ()
    tables: tuple[Table, ...] = ()
    math: tuple[Math, ...] = ()
    media: tuple[Media, ...] = ()
    code: tuple[Code, ...] = ()
    notes: tuple[Note, ...] = ()
    maintenance_tags: tuple[MaintenanceTag, ...] = ()
    categories: tuple[Category, ...] = ()
    langlinks: tuple[LangLink, ...] = ()
    coordinates: tuple[Coordinates, ...] = ()
    main_entity: MainEntity | None = None
    removed: tuple[Removed, ...] = ()
    quality: Quality = Quality()
    provenance: Provenance = Provenance()

    def to_dict(self) -> dict[str, Any]:
        """The article as plain dictionaries, lists, strings and numbers, as `json.loads(self.to_json())` gives it."""
        return msgspec.json.decode(msgspec.json.encode(self))  # type: ignore[no-any-return]

    def to_json(self) -> str:
        """The article as one line of JSON, keys in the order of the fields, characters unescaped."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, data: str | bytes) -> Article:
        """The article that `to_json` wrote. Raises `msgspec.ValidationError` where `data` is none."""
        return msgspec.json.decode(data, type=cls)
