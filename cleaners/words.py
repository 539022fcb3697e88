"""What wikis and forms print in many languages, where only the words can tell: tables read from `phrases/`."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import msgspec

from wikiglean.article import SectionKind

__all__ = [
    "ATTRIBUTION",
    "CAPTCHA",
    "CONTENTS",
    "EDIT_MARKER",
    "EDIT_WORDS",
    "FORM",
    "FURNITURE",
    "MAINTENANCE",
    "NOTE_HEADINGS",
    "WIDGET",
    "is_note_heading",
    "section_kind",
]


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of phrases. `widget`, `form`, `captcha`, `furniture` and `attribution` are expressions of whole lines."""

    edit: tuple[str, ...]
    maintenance: tuple[str, ...]
    note_headings: tuple[str, ...]
    bibliography_headings: tuple[str, ...]
    see_also_headings: tuple[str, ...]
    external_links_headings: tuple[str, ...]
    contents: tuple[str, ...]
    widget: tuple[str, ...]
    form: tuple[str, ...]
    captcha: tuple[str, ...]
    furniture: tuple[str, ...]
    attribution: tuple[str, ...]


def _load() -> Phrases:
    data = files("wikiglean.cleaners").joinpath("phrases").joinpath("phrases.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(data), Phrases)


PHRASES = _load()


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


def _lines(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"[•*·\-\s]*(?:" + "|".join(patterns) + r")\s*", re.I)


EDIT_MARKER = re.compile(
    rf"\s*[\[［\(【]\s*(?:{_alternatives(PHRASES.edit)})(?:\s*[|·]\s*(?:{_alternatives(PHRASES.edit)}))*\s*[\]］\)】]\s*$",
    re.I,
)
"""An edit marker at the end of a line, the white space before it included."""

EDIT_WORDS = frozenset(word.casefold() for word in PHRASES.edit)
"""What edit links say, small."""

MAINTENANCE = re.compile(rf"\s*[\[［]\s*(?:{_alternatives(PHRASES.maintenance)})\s*[\]］]", re.I)
"""A maintenance tag anywhere in a line."""

NOTE_HEADINGS = re.compile(rf"(?:{_alternatives(PHRASES.note_headings)})\s*:?", re.I)
"""A heading over notes, as a whole."""

WIDGET = _lines(PHRASES.widget)
FORM = _lines(PHRASES.form)
CAPTCHA = _lines(PHRASES.captcha)
FURNITURE = _lines(PHRASES.furniture)
ATTRIBUTION = _lines(PHRASES.attribution)
CONTENTS = re.compile(rf"(?:{_alternatives(PHRASES.contents)})", re.I)


def is_note_heading(words: str) -> bool:
    """Whether a heading's words, folded, announce notes."""
    return NOTE_HEADINGS.fullmatch(words.strip()) is not None


def section_kind(title: str) -> SectionKind:
    """What a section is, by its heading in the languages of the tables."""
    folded = title.strip().strip(":").casefold()
    if is_note_heading(folded):
        return "references"
    return _KINDS.get(folded, "body")


_HEADINGS: tuple[tuple[SectionKind, tuple[str, ...]], ...] = (
    ("bibliography", PHRASES.bibliography_headings),
    ("see_also", PHRASES.see_also_headings),
    ("external_links", PHRASES.external_links_headings),
)
_KINDS: dict[str, SectionKind] = {word.casefold(): kind for kind, words in _HEADINGS for word in words}
