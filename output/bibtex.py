"""The works that articles cite as BibTeX, in UTF-8, as BibTeX of today, biblatex and Pandoc read it.

Types and fields are those of BibTeX where it has them (https://ctan.org/pkg/bibtex, btxdoc), else of biblatex
(https://ctan.org/pkg/biblatex, chapter 2); styles that don't know a field leave it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from wikiglean.article import Article
from wikiglean.output.works import works_of

__all__ = ["to_bibtex"]

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "manuscript": "unpublished",
    "webpage": "online",
    "post": "online",
    "post-weblog": "online",
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    "motion_picture": "movie",
    "song": "audio",
    "graphic": "image",
    "periodical": "periodical",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "personal_communication": "letter",
}
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_IN_BOOK = frozenset({"incollection", "inproceedings"})
_NUMBERED = frozenset({"techreport", "patent", "legislation", "jurisdiction"})
"""Types whose own number is `number`; in others that is the number of the issue or in the series."""
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school", "thesis": "school"}
_PEOPLE = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
}
_TITLES = {"title": "title", "title-short": "shorttitle", "collection-title": "series", "event-title": "eventtitle"}
_WORDS = {
    "edition": "edition",
    "volume": "volume",
    "chapter-number": "chapter",
    "number-of-pages": "pagetotal",
    "publisher-place": "address",
    "event-place": "venue",
    "version": "version",
    "language": "langid",
    "keyword": "keywords",
    "abstract": "abstract",
}
_AS_THEY_ARE = {"DOI": "doi", "ISBN": "isbn", "ISSN": "issn", "PMID": "pmid", "PMCID": "pmcid", "URL": "url"}
"""biblatex and Pandoc read addresses and numbers without TeX's commands."""
_RANGE = re.compile(r"(?<=\w)\s*[-‐‑–—]+\s*(?=\w)")
_EPRINT = re.compile(r"^arXiv: *(\S+)$", re.IGNORECASE | re.MULTILINE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COMMANDS = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {special: f"\\{special}" for special in "&%$#_{}"}
)
# BibTeX counts braces behind a backslash too, so those that don't pair have to be named.
_LONE_BRACES = str.maketrans({"{": r"\textbraceleft{}", "}": r"\textbraceright{}"})


def to_bibtex(articles: Iterable[Article]) -> str:
    """The works of all articles, an entry each, with a blank line between; ends with a newline, or is empty."""
    return "\n".join(_entry(work) for work in works_of(articles))


def _entry(work: dict[str, Any]) -> str:
    kind = _TYPES.get(work.get("type", ""), "misc")
    if work.get("type") == "thesis":
        # @phdthesis alone would call it one; its `type` says what it is
        kind = "phdthesis" if work.get("genre") else "thesis"
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(work, kind))
    return f"@{kind}{{{work['id']},\n{fields}}}\n"


def _fields(work: dict[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    for name, field in _PEOPLE.items():
        if people := [_person(person) for person in work.get(name, ())]:
            yield field, _braced(" and ".join(people))
    for name, field in {**_TITLES, **({"container-title": "booktitle"} if kind in _IN_BOOK else {})}.items():
        if work.get(name):
            yield field, _title(work[name])
    for name, field in _names_of_words(work, kind):
        if work.get(name):
            yield field, _braced(_tex(work[name]))
    yield from _date(work.get("issued") or {})
    if pages := work.get("page"):
        yield "pages", _braced(_tex(_RANGE.sub("--", str(pages))))
    for name, field in _AS_THEY_ARE.items():
        if work.get(name):
            yield field, _braced(_verbatim(work[name]))
    if accessed := _edtf(work.get("accessed") or {}):
        yield "urldate", _braced(accessed)
    yield from _note(str(work.get("note") or ""))
    if work.get("type") in _SUBTYPES:
        yield "entrysubtype", _braced(_SUBTYPES[work["type"]])


def _names_of_words(work: dict[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    if kind not in _IN_BOOK:
        yield "container-title", "journal"
    yield "publisher", _PUBLISHERS.get(kind, "publisher")
    if kind in ("phdthesis", "techreport"):
        yield "genre", "type"
    if kind in _NUMBERED:
        yield "number", "number"
    else:
        yield ("issue" if "issue" in work else "collection-number"), "number"
    yield from _WORDS.items()


def _note(note: str) -> Iterator[tuple[str, str]]:
    """The note, and the number of a preprint that stands in a line of it."""
    if match := _EPRINT.search(note):
        yield "eprint", _braced(_verbatim(match[1]))
        yield "archiveprefix", "{arXiv}"
        note = _EPRINT.sub("", note, count=1)
    if lines := [line for line in note.splitlines() if line.strip()]:
        yield "note", _braced(_tex("; ".join(lines)))


# -- names and titles --------------------------------------------------------------------------------------------------


def _person(person: dict[str, Any]) -> str:
    """`von Family, Suffix, Given`; what BibTeX would take apart stands in braces: names of bodies, `and`, commas."""
    if literal := person.get("literal"):
        return _braced(_tex(literal))
    family, given = str(person.get("family") or ""), str(person.get("given") or "")
    if not (family and given):
        words = family or given
        return _braced(_tex(words)) if re.search(r"[\s,]", words) else _tex(words)
    particles = (str(person.get(name) or "") for name in ("dropping-particle", "non-dropping-particle"))
    last = " ".join(filter(None, [*map(_tex, particles), _part(family)]))
    suffix = person.get("suffix")
    return ", ".join([last, *([_part(str(suffix))] if suffix else []), _part(given)])


def _part(words: str) -> str:
    return _braced(_tex(words)) if re.search(r",|\band\b", words) else _tex(words)


def _title(words: object) -> str:
    """A title. The second pair of braces keeps its letters from styles that would make others small or large."""
    return _braced(_braced(_tex(words)))


def _braced(value: str) -> str:
    return f"{{{value}}}"


def _tex(words: object) -> str:
    """Words with TeX's special characters as commands, white space folded."""
    line = " ".join(str(words).split())
    return line.translate(_COMMANDS if _pairs(line) else {**_COMMANDS, **_LONE_BRACES})


def _pairs(words: str) -> bool:
    """Whether every brace that opens is closed, and none else."""
    depths = list(accumulate((character == "{") - (character == "}") for character in words))
    return not depths or (depths[-1] == 0 and min(depths) == 0)


def _verbatim(words: object) -> str:
    """An address or number as it is, but for what would end the field or be white space."""
    return re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", str(words).strip())


# -- dates -------------------------------------------------------------------------------------------------------------


def _date(date: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Year, month and day; where these don't say it all, biblatex' `date` does."""
    parts: list[list[int]] = date.get("date-parts") or []
    if not parts or not parts[0]:
        if words := date.get("literal") or date.get("raw"):
            yield "year", _braced(_tex(words))
        return
    years = dict.fromkeys(int(day[0]) for day in parts if day)
    yield "year", _braced("--".join(str(year) if year > 0 else f"{-year} BC" for year in years))
    if len(parts) > 1 or date.get("circa") or date.get("season") or min(years) <= 0:
        yield "date", _braced(_edtf(date))
        return
    _, month, day = [*(int(part) for part in parts[0]), 0, 0][:3]
    if 1 <= month <= len(_MONTHS):
        yield "month", _MONTHS[month - 1]
        if day:
            yield "day", _braced(str(day))


def _edtf(date: dict[str, Any]) -> str:
    """The date as biblatex writes it: `2001-03-05`, `1999/2001`, `1900~` (https://www.loc.gov/standards/datetime/)."""
    days: list[list[int]] = date.get("date-parts") or []
    circa = "~" if date.get("circa") else ""
    return "/".join(_day(parts, date.get("season")) + circa for parts in days if parts)


def _day(parts: list[int], season: object) -> str:
    year, *rest = (int(part) for part in parts)
    # There is no year 0 for CSL, but there is for EDTF.
    written = f"{year:04}" if year > 0 else f"-{-year - 1:04}"
    if not rest and isinstance(season, int) and 1 <= season <= 4:
        return f"{written}-{season + 20}"
    return "-".join([written, *(f"{part:02}" for part in rest)])
