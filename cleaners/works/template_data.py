"""What Parsoid tells of citation templates: their names and parameters, in `data-mw`, as CSL-JSON.

https://www.mediawiki.org/wiki/Specs/HTML#Transclusion_content. Which templates cite works, and what their parameters
mean in each language, is in `templates.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec

from wikiglean.cleaners.works.dates import date_of
from wikiglean.cleaners.works.identifiers import NAMES, identifier
from wikiglean.cleaners.works.languages import language_code
from wikiglean.cleaners.works.names import Name, name_of, names_in
from wikiglean.cleaners.works.tables import folded, inverted, table
from wikiglean.cleaners.works.wikitext import address_in, hyphenated, plain

__all__ = ["TemplateWork", "work_of", "works_of"]

_NUMBER = re.compile(r"\d+")
_PEOPLE = ("author", "editor", "translator", "illustrator", "interviewer")
_SINGLE = {
    "series": "collection-title",
    "publisher": "publisher",
    "place": "publisher-place",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "total_pages": "number-of-pages",
    "edition": "edition",
    "number": "number",
    "degree": "genre",
    "genre": "genre",
    "event": "event",
    "via": "source",
}


@dataclass(frozen=True, slots=True)
class TemplateWork:
    """A work as a template's parameters tell of it."""

    csl: dict[str, Any]
    identifiers: dict[str, str] = field(default_factory=dict[str, str])
    url: str | None = None
    archive_url: str | None = None


class _WikiText(msgspec.Struct):
    """Words as an editor typed them."""

    wt: str | None = None


class _Template(msgspec.Struct):
    """A template, and what it was given; PHP writes an empty list where nothing was."""

    target: _WikiText
    params: dict[str, _WikiText] | list[Any] = {}


class _Part(msgspec.Struct):
    """A part of what a transclusion printed; parts that are no templates have other keys."""

    template: _Template | None = None


class _Data(msgspec.Struct):
    """A `data-mw` attribute."""

    parts: list[str | _Part] = []


_DECODER = msgspec.json.Decoder(_Data)


@dataclass(slots=True)
class _Values:
    """The values of a template's parameters by their fields; of people by the numbers that the parameters count."""

    one: dict[str, str] = field(default_factory=dict[str, str])
    people: dict[str, dict[int, str]] = field(default_factory=dict[str, dict[int, str]])


@lru_cache(maxsize=16)
def works_of(data: str, language: str | None = None) -> tuple[TemplateWork, ...]:
    """The works that the citation templates of a `data-mw` attribute cite; none where it is no such data.

    A list of a hundred works has one such attribute, and each of them asks for it.
    """
    works = (work_of(name, parameters, language) for name, parameters in _templates(data))
    return tuple(work for work in works if work is not None)


def _templates(data: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        decoded = _DECODER.decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return
    for part in decoded.parts:
        if not isinstance(part, str) and (template := part.template) is not None:
            given = template.params if isinstance(template.params, dict) else {}
            yield template.target.wt or "", {key: value.wt for key, value in given.items() if value.wt}


def work_of(name: str, parameters: dict[str, str], language: str | None = None) -> TemplateWork | None:
    """The work that a template cites, or `None` where the template is none for citations, or names no title."""
    kind = inverted("types").get(folded(plain(name).rpartition(":")[2]))
    if kind is None:
        return None
    values = _values(kind, parameters)
    titles = _titles(values.one)
    if not titles:
        return None
    csl: dict[str, Any] = {"type": _type(kind, titles, values), **titles}
    for who in _PEOPLE:
        if names := _names(values, who):
            csl[who] = names
    _dates(csl, values.one, language)
    for key, variable in _SINGLE.items():
        if value := plain(values.one.get(key, "")):
            csl[variable] = hyphenated(value) if key == "page" else value
    if spoken := plain(values.one.get("language", "")):
        csl["language"] = language_code(spoken, language)
    named = ((n, identifier(n, plain(values.one.get(n, "")))) for n in NAMES)
    identifiers = {n: checked for n, checked in named if checked}
    # the address of a chapter before that of its book, as CS1 has it in COinS
    addresses = (address_in(values.one.get(name, "")) for name in ("part_url", "url"))
    return TemplateWork(
        csl, identifiers, next(filter(None, addresses), None), address_in(values.one.get("archive_url", ""))
    )


def _values(kind: str, parameters: dict[str, str]) -> _Values:
    known, instead = inverted("parameters"), table().instead.get(kind, {})
    values = _Values()
    for name, value in parameters.items():
        if not value.strip():
            continue
        key, number = folded(name), 1
        if key not in known and (match := _NUMBER.search(key)):
            key, number = key[: match.start()] + key[match.end() :], int(match[0])
        what = instead.get(key) or known.get(key)
        if what is None:
            continue
        if what.partition("_")[0] in _PEOPLE or what in ("last", "first"):
            values.people.setdefault(what, {}).setdefault(number, value)
        elif number == 1:
            values.one.setdefault(what, value)
    return values


def _titles(one: dict[str, str]) -> dict[str, str]:
    title = plain(one.get("title", "")) or re.sub(r"^[a-z]{2,3}(?:-\w+)?:\s*", "", plain(one.get("script_title", "")))
    part, container = plain(one.get("part", "")), plain(one.get("container", ""))
    if part and title:
        return {"title": part, "container-title": title}
    titles = {"title": title or part, "container-title": container}
    return {name: words for name, words in titles.items() if words} if titles["title"] else {}


def _type(kind: str, titles: dict[str, str], values: _Values) -> str:
    if kind == "book" and "container-title" in titles:
        return "article-journal" if {"issue", "ISSN"} & set(values.one) and "part" not in values.one else "chapter"
    if kind == "document":
        if "container-title" in titles:
            return "chapter" if "part" in values.one else "article-journal"
        return "book" if {"publisher", "ISBN"} & set(values.one) else "webpage" if "url" in values.one else kind
    if kind == "entry-encyclopedia" and "container-title" not in titles:
        return "book"
    return kind


def _names(values: _Values, who: str) -> list[Name]:
    """The people of one part in the work, in the order of their numbers."""
    prefix = "" if who == "author" else f"{who}_"
    last, first = values.people.get(f"{prefix}last", {}), values.people.get(f"{prefix}first", {})
    whole = values.people.get(who, {})
    names: list[Name] = []
    for number in sorted({*last, *first, *whole}):
        if number in last or number in first:
            family = plain(last.get(number, "")) or plain(whole.get(number, ""))
            name = name_of(family, plain(first.get(number, "")))
            names += [name] if name else []
        else:
            names += names_in(plain(whole[number]), apart=False)
    return names


def _dates(csl: dict[str, Any], one: dict[str, str], language: str | None) -> None:
    words = plain(one.get("date", ""))
    if not words:
        words = " ".join(plain(one[part]) for part in ("day", "month", "year") if part in one)
    others = ("original_date", "accessed")
    for variable, said in (("issued", words), *((name.replace("_", "-"), plain(one.get(name, ""))) for name in others)):
        if date := date_of(said, language):
            csl[variable] = date
