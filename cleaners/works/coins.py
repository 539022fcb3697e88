"""COinS: what a `<span class="Z3988">` says of a work, as CSL-JSON.

Its `title` is a context object of OpenURL (ANSI/NISO Z39.88-2004) in the format of keys and values, with the metadata
formats `book`, `journal`, `dissertation`, `patent` and `dc`: http://ocoins.info/cobg.html. The fields are mapped as
Zotero maps them (https://github.com/zotero/utilities, openurl.js), with what Wikipedia's citation templates write of
their own: `#id-name=` in addresses, `rft.ssn`, `rft.quarter`, `rft.chron`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any, TypeAlias
from urllib.parse import unquote_to_bytes

from wikiglean.cleaners.works.dates import date_of, season_of
from wikiglean.cleaners.works.identifiers import identifier, identifier_of_address, typed_identifiers
from wikiglean.cleaners.works.names import Name, name_of, names_in, without_doubles
from wikiglean.cleaners.works.wikitext import hyphenated, plain

__all__ = ["Fields", "chapter_is_book", "csl_of", "fields_of", "identifiers_of"]

Fields: TypeAlias = dict[str, list[str]]
"""The values of a context object by their keys, without `rft.`, in their order."""

_KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_OTHER_KEY = re.compile(r"[a-z][a-z0-9]*(?:\.[a-z0-9_]+)+")
"""Keys of single programs, as `bpr3.included`."""
_MARKED = re.compile(r"[\[<{&%\x7f\u00ad\u200b]|''|UNIQ")
"""Signs of what is left in values by mistake. Most context objects have none."""
_BORDER = "\x1f"
_LAST_BYTES = b"\x93\x94\x98\x99\x9c\x9d\xa6"
"""The last bytes, in UTF-8, of dashes, quotation marks and the ellipsis."""
_NEEDLESS = frozenset(["ctx_ver", "ctx_enc", "ctx_id", "ctx_tim", "rfr_id", "url_ver"])
"""Keys that tell of the context object and of the page that it is on, not of the work."""
_PAIRED = frozenset(["aulast", "aufirst", "invlast", "invfirst"])
"""Keys whose values belong together by their order, the empty ones too."""
_OF_PAGE = ("ctx_ver", "rfr_id=")
_ESCAPED_TWICE = re.compile(r"%(?:20|[c-f][0-9a-f]%[89ab][0-9a-f])", re.I)
_PREFIXES = ("rft.", "rft_", "rfr_", "rfe_", "ctx_", "url_", "req_", "svc_", "res_")
_CUT_ESCAPE = re.compile(r"%[0-9a-f]?$", re.I)
_FORMATS = {
    "journal": "article-journal",
    "book": "book",
    "dissertation": "thesis",
    "patent": "patent",
    "dc": "webpage",
}
_GENRES = {
    "article": "article-journal",
    "bookitem": "chapter",
    "book": "book",
    "conference": "paper-conference",
    "proceeding": "paper-conference",
    "report": "report",
    "document": "document",
    "preprint": "article",
    "dissertation": "thesis",
    "issue": "periodical",
    "journal": "periodical",
    "unknown": "document",
}
_OF_JOURNALS = frozenset(["article", "issue", "journal", "preprint"])
_DC_TYPES = {
    "book": "book",
    "booksection": "chapter",
    "journalarticle": "article-journal",
    "article": "article-journal",
    "magazinearticle": "article-magazine",
    "newspaperarticle": "article-newspaper",
    "blogpost": "post-weblog",
    "forumpost": "post",
    "thesis": "thesis",
    "report": "report",
    "conferencepaper": "paper-conference",
    "preprint": "article",
    "dataset": "dataset",
    "software": "software",
    "computerprogram": "software",
    "map": "map",
    "image": "graphic",
    "stillimage": "graphic",
    "artwork": "graphic",
    "movingimage": "motion_picture",
    "film": "motion_picture",
    "videorecording": "motion_picture",
    "sound": "song",
    "audiorecording": "song",
    "podcast": "broadcast",
    "radiobroadcast": "broadcast",
    "tvbroadcast": "broadcast",
    "interview": "interview",
    "letter": "personal_communication",
    "manuscript": "manuscript",
    "presentation": "speech",
    "encyclopediaarticle": "entry-encyclopedia",
    "dictionaryentry": "entry-dictionary",
    "statute": "legislation",
    "case": "legal_case",
    "patent": "patent",
    "document": "document",
}
"""`rft.type` of Dublin Core: the types of Zotero, which it writes here, and those of DCMI."""
_SINGLE = {
    "volume": "volume",
    "issue": "issue",
    "part": "part",
    "edition": "edition",
    "place": "publisher-place",
    "series": "collection-title",
    "tpages": "number-of-pages",
    "degree": "genre",
    "artnum": "number",
    "number": "number",
    "cc": "jurisdiction",
    "description": "abstract",
    "language": "language",
}
"""Keys whose value is a CSL variable as it is."""
_PAGES = re.compile(r"(?:pp?|[sSсС]|стр|págs?)\.\s*(?=\d)")
"""What stands before page numbers; styles of CSL write their own."""
_PUNCTUATION = re.compile(r"(?:\s[/:;,=]|,)$")
"""What catalogues write behind an element, for the next one: `Nets /`, `Keld :` (ISBD)."""
_INFO = re.compile(
    r"(?:info:|urn:)?(doi|pmid|pmc|pmcid|oclcnum|oclc|lccn|bibcode|hdl|arxiv|isbn|issn)[:/](.+)", re.I | re.S
)
_INFO_NAMES = {
    "doi": "DOI",
    "pmid": "PMID",
    "pmc": "PMCID",
    "pmcid": "PMCID",
    "oclcnum": "OCLC",
    "oclc": "OCLC",
    "lccn": "LCCN",
    "bibcode": "bibcode",
    "hdl": "hdl",
    "arxiv": "arXiv",
    "isbn": "ISBN",
    "issn": "ISSN",
}


_NAMED = (
    ("isbn", "ISBN"),
    ("eisbn", "ISBN"),
    ("issn", "ISSN"),
    ("eissn", "ISSN"),
    ("jstor", "JSTOR"),
    ("eprint", "arXiv"),
    ("doi", "DOI"),
    ("pmid", "PMID"),
    ("oclcnum", "OCLC"),
    ("lccn", "LCCN"),
)
"""Identifiers that have keys of their own, in the standard or in catalogues."""


def fields_of(context: str, *, cut: bool = False) -> Fields:
    """The keys and values of a context object. `cut` says that its end is missing: its last value is not whole then."""
    if cut or _CUT_ESCAPE.search(context):
        context = context.rpartition("&")[0]
    fields: Fields = {}
    # all is decoded at once, but for what tells of the page: that costs a third of decoding each value
    pieces = [piece if piece[:7] not in _OF_PAGE else f"{piece[:7]}=" for piece in context.split("&")]
    whole = _unquoted(_BORDER.join(pieces).replace("+", " "))
    marked = _MARKED.search(whole) is not None
    for key, value in _parts(whole):
        value = _without_marks(value) if marked else " ".join(value.split())
        if (value or key in _PAIRED) and key not in _NEEDLESS:
            fields.setdefault(key, []).append(value)
    return fields


def _parts(whole: str) -> list[tuple[str, str]]:
    """Keys and values. A piece that begins with no key belongs to the value before it: a bare `&`, as in an address."""
    prefixed = "rft." in whole
    parts: list[tuple[str, str]] = []
    for piece in whole.split(_BORDER):
        name, sign, value = piece.partition("=")
        key = _key(name, prefixed)
        if sign and key:
            parts.append((key, value))
        elif parts and piece.strip() and not (sign and _OTHER_KEY.fullmatch(name)):
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}&{piece}")
    return parts


@lru_cache(maxsize=512)
def _key(name: str, prefixed: bool) -> str:
    """A key as the fields have it, "" for what can't be one; `amp;` is left of an ampersand that was escaped twice.

    OpenURL 0.1 had no prefix: such keys count where none has one.
    """
    name = name.strip().removeprefix("amp;").removeprefix("#38;").lower()
    known = name.startswith(_PREFIXES) or not prefixed
    return name.removeprefix("rft.") if known and _KEY.fullmatch(name) else ""


def _unquoted(words: str) -> str:
    """Words without their escapes."""
    if "%" not in words:
        return words
    data = unquote_to_bytes(words.encode("utf-8", "replace"))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _BORDER.join(_decoded(piece) for piece in data.split(_BORDER.encode()))


def _decoded(data: bytes) -> str:
    """Bytes that may be no UTF-8: those of Windows-1252, or what a fault of Wikipedia's templates left.

    For years these took the bytes E2 and 80 out of dashes and quotation marks, and out of other letters too. Of the
    former the third byte tells what they were; what other letters were nobody knows, and "" is given.
    """
    key, sign, value = data.partition(b"=")
    try:
        return data.decode()
    except UnicodeDecodeError:
        if any(ord(character) > 127 for character in value.decode("utf-8", "ignore")):
            return key.decode("ascii", "ignore") + "="
        if all(byte < 0x80 or byte in _LAST_BYTES for byte in value):
            value = b"".join(bytes([byte]) if byte < 0x80 else bytes([0xE2, 0x80, byte]) for byte in value)
            return (key + sign + value).decode("utf-8", "replace")
        return data.decode("cp1252", "replace")


def _without_marks(value: str) -> str:
    """A value without what should not be in it: escapes of escapes, entities, wiki text."""
    if "%" in value and "://" not in value and _ESCAPED_TWICE.search(value):
        value = _unquoted(value)
    return plain(unescape(value) if "&" in value else value)


# -- CSL ---------------------------------------------------------------------------------------------------------------


def csl_of(fields: Fields, language: str | None = None) -> dict[str, Any] | None:
    """The work of a context object as CSL-JSON without `id`, or `None` where it is none.

    A context object counts if it says of what format or genre the work is and what it is called; names alone, an
    address alone, are not enough. `language` is that of the page, for dates in words.
    """
    kind = _type(fields)
    titles = _titles(fields, kind) if kind else {}
    if kind is None or not titles:
        return None
    csl: dict[str, Any] = {"type": kind, **titles}
    if authors := _authors(fields):
        csl["author"] = authors
    if others := without_doubles([name for words in fields.get("contributor", ()) for name in names_in(words)]):
        csl["contributor"] = others
    _dates(csl, fields, language)
    csl.update((_SINGLE[key], values[0]) for key, values in fields.items() if key in _SINGLE and "://" not in values[0])
    if publisher := _first(fields, "pub") or _first(fields, "publisher") or _first(fields, "inst"):
        csl["publisher"] = publisher
    for name in ("title", "container-title", "publisher", "publisher-place"):
        if name in csl:
            csl[name] = _PUNCTUATION.sub("", csl[name]) or csl[name]
    if (short := _first(fields, "stitle")) and csl.get("container-title", short) != short:
        csl["container-title-short"] = short
    if pages := _pages(fields):
        csl["page"] = pages
    if subjects := fields.get("subject"):
        csl["keyword"] = ", ".join(subjects)
    if assignee := _first(fields, "assignee"):
        csl["note"] = f"Assignee: {assignee}"
    return csl


def _first(fields: Fields, key: str) -> str:
    values = fields.get(key)
    return values[0] if values else ""


def _type(fields: Fields) -> str | None:
    """The CSL type of the format and the genre; `None` where neither is known."""
    form = _first(fields, "rft_val_fmt").rstrip("/").rpartition(":")[2].lower()
    genre = _first(fields, "genre").lower()
    kind = _FORMATS.get(form)
    if form in ("dissertation", "patent"):
        return kind
    if form == "dc":
        return _DC_TYPES.get(_first(fields, "type").lower().replace(" ", ""), kind)
    if form == "journal":
        return _type_in_journals(fields, genre)
    if genre == "bookitem" and not _first(fields, "atitle"):  # so the templates before 2013 wrote of all web pages
        genre = "unknown"
    if genre == "unknown" and "isbn" in fields:
        genre = "book"
    found = kind if form == "book" and genre in _OF_JOURNALS else _GENRES.get(genre, kind)
    return "chapter" if found == "book" and _first(fields, "atitle") else found


def _type_in_journals(fields: Fields, genre: str) -> str:
    """The CSL type in the format of journals. Wikipedia's templates write of a page of a website there too."""
    if genre == "unknown" and any("://" in value for value in fields.get("rft_id", ())):
        numbered = any(key in fields for key in ("volume", "issue", "issn", "pages", "spage"))
        return "article-journal" if numbered else "webpage"
    kind = _GENRES.get(genre) if genre not in ("unknown", "bookitem", "book") else None
    if kind == "periodical" and "atitle" in fields:
        kind = None
    return kind or "article-journal"


def _titles(fields: Fields, kind: str) -> dict[str, str]:
    """`title` and `container-title`: an article's or chapter's own title and what it is a part of."""
    part = _first(fields, "atitle")
    whole = _first(fields, "btitle") or _first(fields, "jtitle") or _first(fields, "title")
    if not part and whole and (source := _first(fields, "source")):
        part, whole = whole, source
    if not part and kind == "article-journal":
        titles = {"container-title": whole or _first(fields, "stitle")}
    elif not part:
        titles = {"title": whole or _first(fields, "stitle")}
    else:
        titles = {"title": part, "container-title": whole if whole != part else ""}
    return {name: title for name, title in titles.items() if title}


def chapter_is_book(fields: Fields) -> bool:
    """Whether the titles of a part and of its book may have changed places.

    Wikipedia's {{Citation/core}}, up to 2013, wrote `rft.btitle` for a chapter or a page and `rft.atitle` behind it for
    the book or site. No other program is known that writes them in this order.
    """
    if _first(fields, "genre") != "bookitem" or "atitle" not in fields or "btitle" not in fields:
        return False
    keys = list(fields)
    return keys.index("btitle") < keys.index("atitle")


def _authors(fields: Fields) -> list[Name]:
    """The authors: the first has fields of their own for the parts of the name, the others are whole names."""
    given = fields.get("aufirst", [])
    given = (given if any(given) else _initials(fields)) + fields.get("invfirst", [])
    families = fields.get("aulast", []) + fields.get("invlast", [])
    suffix = _first(fields, "ausuffix")
    named = [
        name_of(families[n] if n < len(families) else "", given[n] if n < len(given) else "", suffix if n == 0 else "")
        for n in range(max(len(families), len(given)))
    ]
    names = [name for name in named if name]
    for key in ("au", "creator", "inventor"):
        # who writes the first name in parts writes the others with a comma
        names += [name for words in fields.get(key, ()) for name in names_in(words, apart=any(families))]
    names += [{"literal": words} for words in fields.get("aucorp", ())]
    return without_doubles(names)


def _initials(fields: Fields) -> list[str]:
    initials = _first(fields, "auinit") or " ".join(
        filter(None, (_first(fields, "auinit1"), _first(fields, "auinitm")))
    )
    return [initials] if initials else []


def _dates(csl: dict[str, Any], fields: Fields, language: str | None) -> None:
    words = _first(fields, "date")
    if match := re.fullmatch(r"(\d{4})([a-z])", words):
        words, csl["year-suffix"] = match[1], match[2]
    issued = date_of(words, language)
    if issued is not None and "date-parts" in issued:
        if season := _first(fields, "ssn") or _first(fields, "chron"):
            issued.setdefault("season", season_of(season))
        elif (quarter := _first(fields, "quarter")) in ("1", "2", "3", "4"):
            issued["edtf"] = f"{issued['date-parts'][0][0]:04}-{32 + int(quarter)}"
    if issued is not None:
        csl["issued"] = issued
    if submitted := date_of(_first(fields, "appldate"), language):
        csl["submitted"] = submitted


def _pages(fields: Fields) -> str:
    pages = _PAGES.sub("", _first(fields, "pages"))
    first, last = _first(fields, "spage"), _first(fields, "epage")
    if not pages:
        pages = f"{first}-{last}" if first and last and first != last else first or last
    return hyphenated(pages) if pages != "0" else ""


# -- identifiers -------------------------------------------------------------------------------------------------------


def identifiers_of(fields: Fields) -> tuple[dict[str, str], list[str]]:
    """The identifiers that a context object names, and the addresses that are no identifiers."""
    found: dict[str, str] = {}
    addresses: list[str] = []
    for name, value in _named_identifiers(fields):
        if name == "URL":
            addresses.append(value)
        elif checked := identifier(name, value):
            found.setdefault(name, checked)
    return found, addresses


def _named_identifiers(fields: Fields) -> Iterator[tuple[str, str]]:
    for value in (*fields.get("rft_id", ()), *fields.get("id", ()), *fields.get("identifier", ())):
        address, sign, _ = value.partition("#id-name=")
        if address.startswith(("http://", "https://", "//", "ftp://")):
            if pair := identifier_of_address(address):
                yield pair
            if not sign:
                yield "URL", f"https:{address}" if address.startswith("//") else address
        elif match := _INFO.fullmatch(value.replace("ISBN ", "isbn:").replace("ISSN ", "issn:")):
            yield _INFO_NAMES[match[1].lower()], match[2]
    for key, name in _NAMED:
        for value in fields.get(key, ()):
            yield name, value
            if " " in value:  # two numbers, or words behind the number
                yield from typed_identifiers(f"{name} {value}")
