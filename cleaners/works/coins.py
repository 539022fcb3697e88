"""COinS: what a `<span class="Z3988">` says of a work, as CSL-JSON.

Its `title` is a context object of OpenURL (ANSI/NISO Z39.88-2004) in the format of keys and values, with the metadata
formats `book`, `journal`, `dissertation`, `patent` and `dc`: http://ocoins.info/cobg.html. The fields are mapped as
Zotero maps them (https://github.com/zotero/utilities, openurl.js), with what Wikipedia's citation templates write of
their own: `#id-name=` in addresses, `rft.ssn`, `rft.quarter`, `rft.chron`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wikiglean.cleaners.works.context_objects import Fields, first
from wikiglean.cleaners.works.dates import date_of, season_of
from wikiglean.cleaners.works.identifiers import identifier, identifier_of_address, typed_identifiers
from wikiglean.cleaners.works.names import Name, name_of, names_in, without_doubles
from wikiglean.cleaners.works.wikitext import hyphenated

__all__ = ["chapter_is_book", "csl_of", "identifiers_of"]

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
    if publisher := first(fields, "pub") or first(fields, "publisher") or first(fields, "inst"):
        csl["publisher"] = publisher
    for name in ("title", "container-title", "publisher", "publisher-place"):
        if name in csl:
            csl[name] = _PUNCTUATION.sub("", csl[name]) or csl[name]
    if (short := first(fields, "stitle")) and csl.get("container-title", short) != short:
        csl["container-title-short"] = short
    if pages := _pages(fields):
        csl["page"] = pages
    if subjects := fields.get("subject"):
        csl["keyword"] = ", ".join(subjects)
    if assignee := first(fields, "assignee"):
        csl["note"] = f"Assignee: {assignee}"
    return csl


def _type(fields: Fields) -> str | None:
    """The CSL type of the format and the genre; `None` where neither is known."""
    form = first(fields, "rft_val_fmt").rstrip("/").rpartition(":")[2].lower()
    genre = first(fields, "genre").lower()
    kind = _FORMATS.get(form)
    if form in ("dissertation", "patent"):
        return kind
    if form == "dc":
        return _DC_TYPES.get(first(fields, "type").lower().replace(" ", ""), kind)
    if form == "journal":
        return _type_in_journals(fields, genre)
    if genre == "bookitem" and not first(fields, "atitle"):  # so the templates before 2013 wrote of all web pages
        genre = "unknown"
    if genre == "unknown" and "isbn" in fields:
        genre = "book"
    found = kind if form == "book" and genre in _OF_JOURNALS else _GENRES.get(genre, kind)
    return "chapter" if found == "book" and first(fields, "atitle") else found


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
    part = first(fields, "atitle")
    whole = first(fields, "btitle") or first(fields, "jtitle") or first(fields, "title")
    if not part and whole and (source := first(fields, "source")):
        part, whole = whole, source
    if not part and kind == "article-journal":
        titles = {"container-title": whole or first(fields, "stitle")}
    elif not part:
        titles = {"title": whole or first(fields, "stitle")}
    else:
        titles = {"title": part, "container-title": whole if whole != part else ""}
    return {name: title for name, title in titles.items() if title}


def chapter_is_book(fields: Fields) -> bool:
    """Whether the titles of a part and of its book may have changed places.

    Wikipedia's {{Citation/core}}, up to 2013, wrote `rft.btitle` for a chapter or a page and `rft.atitle` behind it for
    the book or site. No other program is known that writes them in this order.
    """
    if first(fields, "genre") != "bookitem" or "atitle" not in fields or "btitle" not in fields:
        return False
    keys = list(fields)
    return keys.index("btitle") < keys.index("atitle")


def _authors(fields: Fields) -> list[Name]:
    """The authors: the first has fields of their own for the parts of the name, the others are whole names."""
    given = fields.get("aufirst", [])
    given = (given if any(given) else _initials(fields)) + fields.get("invfirst", [])
    families = fields.get("aulast", []) + fields.get("invlast", [])
    suffix = first(fields, "ausuffix")
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
    initials = first(fields, "auinit") or " ".join(filter(None, (first(fields, "auinit1"), first(fields, "auinitm"))))
    return [initials] if initials else []


def _dates(csl: dict[str, Any], fields: Fields, language: str | None) -> None:
    words = first(fields, "date")
    if match := re.fullmatch(r"(\d{4})([a-z])", words):
        words, csl["year-suffix"] = match[1], match[2]
    issued = date_of(words, language)
    if issued is not None and "date-parts" in issued:
        if season := first(fields, "ssn") or first(fields, "chron"):
            issued.setdefault("season", season_of(season))
        elif (quarter := first(fields, "quarter")) in ("1", "2", "3", "4"):
            issued["edtf"] = f"{issued['date-parts'][0][0]:04}-{32 + int(quarter)}"
    if issued is not None:
        csl["issued"] = issued
    if submitted := date_of(first(fields, "appldate"), language):
        csl["submitted"] = submitted


def _pages(fields: Fields) -> str:
    pages = _PAGES.sub("", first(fields, "pages"))
    begin, end = first(fields, "spage"), first(fields, "epage")
    if not pages:
        pages = f"{begin}-{end}" if begin and end and begin != end else begin or end
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
