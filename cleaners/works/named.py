"""Short notes that lead nowhere, joined to works by author and year: "Aske 2001, p. 5" in text that lost its links.

Only notes that are nothing but such citations count, and only where exactly one line of a bibliography begins with the
first author, names the others and the year: author and year are what such notes are told apart by, `2001a` and `2001b`
where one author has two. All else stays unjoined.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import count
from typing import NamedTuple

from msgspec.structs import replace

from wikiglean.article import BibliographyEntry, Block, Reference, Section
from wikiglean.cleaners.words import fold
from wikiglean.cleaners.works.locators import cited_range

__all__ = ["joined_by_names"]

_Joined = tuple[tuple[Reference, ...], tuple[BibliographyEntry, ...]]
_LONGEST = 200
_SHORT = re.compile(
    r"(?:(?:cf|vgl|see|voir|siehe|ver|vedi|vid|zie|см|див|por|patrz|zob)\b[.:]?\s+)?"
    r"(?P<names>[^\W\d_][^\d;:]{1,60}?),?\s*[(\[（]?(?P<year>(?:1\d|20)\d\d[a-z]?)[)\]）]?(?P<rest>(?!\w).*)",
    re.I | re.S,
)
_AND = re.compile(r"\s*(?:[,;&/，、]|\b(?:and|und|et|y|e|i|en|og|och|ja|ve|и|та|і)\b)\s*", re.I)
_OTHERS = re.compile(r"\b(?:et al|и др|u\. ?a|y otros|e altri|m\.fl|i in|та ін|ve diğerleri)\b\.?|ほか|等", re.I)
_YEAR = re.compile(r"(?<!\w)(?:1\d|20)\d\d[a-z]?(?!\w)", re.I)
_WORD = re.compile(r"\w+")
_BEFORE_NAME = re.compile(r"[\W\d_]*")


class _Line(NamedTuple):
    """A line of a bibliography, its words folded."""

    block: Block
    words: str


def joined_by_names(
    text: str,
    sections: tuple[Section, ...],
    blocks: tuple[Block, ...],
    references: tuple[Reference, ...],
    bibliography: tuple[BibliographyEntry, ...],
) -> _Joined:
    """The references and the bibliography, with what author and year join."""
    pointing = {name for entry in bibliography for name in entry.cited_by}
    unjoined = [(n, note) for n, note in enumerate(references) if note.identifier not in pointing]
    notes = [(n, parts) for n, note in unjoined if (parts := _parts(note))]
    lines = _lines(text, sections, blocks) if notes else {}
    if not lines:
        return references, bibliography
    joined = list(references)
    cited_by: dict[Block, list[str]] = {}
    known: dict[tuple[str, str], Block | None] = {}
    for n, parts in notes:
        for part in parts:
            name = (part["names"], part["year"])
            if name not in known:
                known[name] = _work_of(*name, lines)
        works = [block for part in parts if (block := known[part["names"], part["year"]]) is not None]
        if len(works) < len(parts):
            continue
        ranges = [cited_range(part["rest"], year=False) for part in parts]
        joined[n] = replace(joined[n], cited_range="; ".join(filter(None, ranges)) or None)
        for block in dict.fromkeys(works):
            cited_by.setdefault(block, []).append(joined[n].identifier)
    return tuple(joined), _with_entries(bibliography, cited_by)


def _parts(note: Reference) -> list[re.Match[str]] | None:
    """The short citations that a note consists of, or `None` where it is anything else besides."""
    if not note.text or len(note.text) > _LONGEST or note.csl:
        return None
    parts = [_SHORT.fullmatch(part.strip()) for part in note.text.split(";")]
    whole = [part for part in parts if part is not None and _is_range(part["rest"])]
    return whole if len(whole) == len(parts) else None


def _is_range(rest: str) -> bool:
    """Whether nothing but a cited range stands behind the year."""
    words = " ".join(rest.split()).lstrip(" ,:，、：").rstrip(".。")
    return not words or (cited_range(rest, year=False) or "").rstrip(".") == words


def _lines(text: str, sections: tuple[Section, ...], blocks: tuple[Block, ...]) -> dict[tuple[str, str], list[_Line]]:
    """The lines under headings that announce a bibliography or references, by their first word and each year."""
    kinds = [section.kind in ("bibliography", "references") for section in sections]
    lines: dict[tuple[str, str], list[_Line]] = {}
    for block in blocks:
        if kinds[block.section] and block.type not in ("Header", "Caption"):
            words = _BEFORE_NAME.sub("", fold(text[block.start : block.end]), count=1)
            for year in dict.fromkeys(_YEAR.findall(words)):
                lines.setdefault((_first_word(words), year), []).append(_Line(block, words))
    return lines


def _first_word(words: str) -> str:
    match = _WORD.match(words)
    return match[0] if match else ""


def _work_of(names: str, year: str, lines: dict[tuple[str, str], list[_Line]]) -> Block | None:
    """The only line that begins with the first author, and names the others and the year."""
    first, *others = [name for name in _AND.split(fold(_OTHERS.sub("", names)).strip(" ,.")) if name] or [""]
    found = [
        line.block
        for line in lines.get((_first_word(first), year.lower()), ())
        if _stands_at(line.words, first, 0) and all(_is_named(line.words, name) for name in others)
    ]
    return found[0] if len(found) == 1 else None


def _is_named(words: str, name: str) -> bool:
    """Whether a name is among words, as a whole."""
    at = words.find(name)
    while at >= 0 and not _stands_at(words, name, at):
        at = words.find(name, at + 1)
    return at >= 0


def _stands_at(words: str, name: str, at: int) -> bool:
    """Whether a name stands at a place among words, and is no part of a longer word."""
    around = words[max(0, at - 1) : at], words[at + len(name) : at + len(name) + 1]
    return words.startswith(name, at) and not any(sign.isalnum() or sign == "_" for sign in around)


def _with_entries(
    bibliography: tuple[BibliographyEntry, ...], cited_by: dict[Block, list[str]]
) -> tuple[BibliographyEntry, ...]:
    """The bibliography with the blocks that are cited: entries that stand in one are cited, others are added."""
    entries, places = list(bibliography), [_place(entry) for entry in bibliography]
    known = sorted((place, n) for n, place in enumerate(places))
    taken = {entry.identifier for entry in entries}
    numbers = (n for n in count(1) if f"work-{n}" not in taken)
    added: list[BibliographyEntry] = []
    for block, names in sorted(cited_by.items(), key=lambda item: item[0].start):
        inside = known[bisect_left(known, (block.start,)) : bisect_left(known, (block.end,))]
        if inside:
            n = min(n for _, n in inside)
            entries[n] = replace(entries[n], cited_by=(*entries[n].cited_by, *names))
            continue
        name = f"work-{next(numbers)}"
        added.append(BibliographyEntry(identifier=name, start=block.start, end=block.end, cited_by=tuple(names)))
    for entry in added:
        at = bisect_left(places, _place(entry))
        entries.insert(at, entry)
        places.insert(at, _place(entry))
    return tuple(entries)


def _place(entry: BibliographyEntry) -> int:
    return -1 if entry.start is None else entry.start
