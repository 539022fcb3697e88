"""What wikis, sites and forms print in many languages, where only the words can tell: tables read from `phrases/`.

A phrase is a whole line. It is compared folded (`fold`): without case, accents of the dotted I, marks of direction,
kinds of spaces and quotation marks. In a phrase, "…" stands for any words and "#" for a number (docs/phrases.md).
The tables are read when they are first needed, and a pattern is compiled when a line begins like it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Generic, Literal, TypeVar

import msgspec

from wikiglean.article import SectionKind

__all__ = [
    "Phrase",
    "Tables",
    "Templates",
    "fold",
    "is_note_heading",
    "section_kind",
    "tables",
    "width",
]

Kind = Literal["page", "navigation", "form", "captcha", "login", "widget", "cookies", "share", "rating"]
"""Parts of a page's frame that are known by their words."""
T = TypeVar("T")


class Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lines of a page's frame, by kind; one phrase a line."""

    page: str = ""
    navigation: str = ""
    form: str = ""
    captcha: str = ""
    login: str = ""
    widget: str = ""
    cookies: str = ""
    share: str = ""
    rating: str = ""


class PhraseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `phrases/`: a language, or what MediaWiki prints in all of them. See docs/phrases.md."""

    edit: str = ""
    notes: str = ""
    bibliography: str = ""
    see_also: str = ""
    external_links: str = ""
    contents: str = ""
    toggles: str = ""
    languages: str = ""
    jump_up: str = ""
    cite_error: str = ""
    categories: str = ""
    tags: str = ""
    attribution: str = ""
    hatnotes: str = ""
    messages: str = ""
    comments: str = ""
    commenter: str = ""
    certain: Lines = Lines()
    possible: Lines = Lines()


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a line is: the part of a frame that it belongs to, and whether only machines print it."""

    kind: str
    certain: bool


_UNSEEN = dict.fromkeys([0x00AD, 0x0307, 0x0640, 0x061C, 0x200B, 0x2060, 0xFEFF, *range(0x200C, 0x2010)])
_UNSEEN.update(dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
_SAME = {
    **_UNSEEN,
    **dict.fromkeys(map(ord, "’‘ʼ´`′"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»「」『』＂″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("ı"): "i",
}
_GAPS = re.compile("[…#]")
_LONGEST = 600
_KEY = 4  # letters at the start of a phrase with gaps that it is looked up by
_ENDS = " \t.:*·•…!：。！"


def fold(words: str) -> str:
    """Words as they are compared: compatible forms joined, no case, no marks that nobody sees, single spaces.

    The Turkish İ and ı become i: pages are written in capitals by style sheets that know no Turkish.
    """
    folded = words if words.isascii() else unicodedata.normalize("NFKC", words.replace("\u00b4", "'"))
    folded = folded.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", folded.translate(_SAME))
    elif "`" in folded:
        folded = folded.replace("`", "'")
    return " ".join(folded.split())


def width(words: str) -> int:
    """How many columns words take: two for a character of Chinese, Japanese or Korean."""
    return len(words) if words.isascii() else len(words) + sum(unicodedata.east_asian_width(c) in "WF" for c in words)


@dataclass(slots=True)
class Templates(Generic[T]):
    """Phrases with what each one means: whole lines by a dictionary, those with gaps by their first letters."""

    whole: dict[str, T] = field(default_factory=dict)
    starts: dict[str, list[tuple[str, str, T]]] = field(default_factory=dict)
    others: list[tuple[str, str, T]] = field(default_factory=list)

    def add(self, templates: str, meaning: T) -> None:
        """Adds phrases, one a line, that mean the same; the first meaning of a phrase stands."""
        for template in templates.splitlines():
            if "…" not in template and "#" not in template:
                self.whole.setdefault(fold(template).strip(_ENDS), meaning)
                continue
            folded = fold(template.replace("…", "\0")).replace("\0", "…")
            first = _GAPS.split(folded, maxsplit=1)[0]
            key = first[: _KEY if len(first) >= _KEY else 1]
            longest = max(_GAPS.split(folded), key=len).strip(_ENDS)
            (self.starts.setdefault(key, []) if key else self.others).append((longest, folded, meaning))

    def find(self, words: str) -> T | None:
        """The meaning of a line, or `None`. The signs around a phrase are no part of it."""
        folded = fold(words)
        found = self.whole.get(folded.strip(_ENDS))
        if found is not None or len(folded) > _LONGEST:
            return found
        label = _is_label(folded)
        for listed in (self.starts.get(folded[:_KEY], ()), self.starts.get(folded[:1], ()), self.others):
            for longest, template, meaning in listed:
                if longest in folded and (label or not _is_short(template)) and _pattern(template).fullmatch(folded):
                    return meaning
        return None


@lru_cache(maxsize=4096)
def _is_short(template: str) -> bool:
    """Whether a phrase says so little that a sentence could begin like it: "Retrieved from …"."""
    said = re.sub("[…#]", " ", template)
    return ":" not in said and '"' not in said and len(said.split()) < 4 and width(said) < 14 + 2 * said.count(" ")


def _is_label(folded: str) -> bool:
    """Whether a line is no sentence of its own, by its length and end; with an address in it, it is none."""
    return "://" in folded or (width(folded) <= 80 and not (folded.endswith((".", "。")) and folded.count(" ") > 5))


@lru_cache(maxsize=4096)
def _pattern(template: str) -> re.Pattern[str]:
    source = "".join({"…": ".{1,500}?", "#": r"\d[\d.,]*"}.get(part) or re.escape(part) for part in _parts(template))
    return re.compile(source + r"[\s.:*!。：]*")


def _parts(template: str) -> list[str]:
    return [part for part in re.split("([…#])", template.rstrip(". ")) if part]


class Tables:
    """All tables, each made when it is first asked."""

    def __init__(self, files_: Iterable[PhraseFile]) -> None:
        """`files_` are the files in the order of their importance."""
        self._files = tuple(files_)

    @cached_property
    def lines(self) -> Templates[Phrase]:
        """Lines of a page's frame."""
        return self._lines(Lines.__struct_fields__)

    @cached_property
    def frame(self) -> Templates[Phrase]:
        """Those lines that a wiki prints around an article, and that are pasted with it."""
        return self._lines(("page",))

    def _lines(self, kinds: tuple[str, ...]) -> Templates[Phrase]:
        lines: Templates[Phrase] = Templates()
        for certain in (True, False):
            for one in self._files:
                for kind in kinds:
                    lines.add(getattr(one.certain if certain else one.possible, kind), Phrase(kind, certain))
        return lines

    @cached_property
    def headings(self) -> dict[str, SectionKind]:
        """The kinds of sections by their headings, folded."""
        kinds: dict[str, SectionKind] = {}
        for one in self._files:
            by_kind: dict[SectionKind, str] = {
                "references": one.notes,
                "bibliography": one.bibliography,
                "see_also": one.see_also,
                "external_links": one.external_links,
            }
            for kind, words in by_kind.items():
                kinds.update((fold(line), kind) for line in words.splitlines() if fold(line) not in kinds)
        return kinds

    @cached_property
    def notes(self) -> Templates[str]:
        """Hatnotes and message boxes."""
        notes: Templates[str] = Templates()
        for one in self._files:
            notes.add(one.hatnotes, "hatnote")
            notes.add(one.messages, "message")
        return notes

    @cached_property
    def attribution(self) -> Templates[bool]:
        """What sites write below text that they took from Wikipedia."""
        return self._templates("attribution")

    @cached_property
    def tags(self) -> Templates[bool]:
        """Maintenance tags, without their brackets."""
        return self._templates("tags")

    @cached_property
    def comments(self) -> Templates[bool]:
        """Headings over readers' comments."""
        return self._templates("comments")

    @cached_property
    def commenter(self) -> Templates[bool]:
        """Lines that name who wrote a comment."""
        return self._templates("commenter")

    def _templates(self, name: str) -> Templates[bool]:
        found: Templates[bool] = Templates()
        for one in self._files:
            found.add(getattr(one, name), True)
        return found

    @cached_property
    def edit(self) -> frozenset[str]:
        """What section-edit links say, folded."""
        return self._folded("edit")

    @cached_property
    def common_edit(self) -> frozenset[str]:
        """The same in the languages that have a file of their own."""
        return frozenset(fold(line) for one in self._files if one.notes for line in one.edit.splitlines())

    @cached_property
    def contents(self) -> frozenset[str]:
        """Headings of tables of contents, folded."""
        return self._folded("contents")

    @cached_property
    def toggles(self) -> frozenset[str]:
        """What hides and shows a table of contents, folded."""
        return self._folded("toggles")

    @cached_property
    def languages(self) -> frozenset[str]:
        """The names of languages in themselves, folded."""
        return self._folded("languages")

    @cached_property
    def jump_up(self) -> frozenset[str]:
        """What screen readers say for the arrow from a note back to the text, folded."""
        return self._folded("jump_up")

    @cached_property
    def cite_error(self) -> tuple[str, ...]:
        """What complaints of MediaWiki's Cite extension begin with."""
        return tuple(line.rstrip(" :：") for one in self._files for line in one.cite_error.splitlines())

    @cached_property
    def categories(self) -> frozenset[str]:
        """What stands before the categories of a page, folded."""
        return self._folded("categories")

    def _folded(self, name: str) -> frozenset[str]:
        return frozenset(fold(line).rstrip(" :") for one in self._files for line in getattr(one, name).splitlines())


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The bundled tables; read once, when they are first needed."""
    folder = files("wikiglean.cleaners").joinpath("phrases")
    names = sorted(entry.name for entry in folder.iterdir())
    found = [name for name in names if name == "mediawiki.toml" or re.fullmatch(r"[a-z]{2}\.toml", name)]
    texts = [folder.joinpath(name).read_text(encoding="utf-8") for name in found]
    return Tables(msgspec.convert(tomllib.loads(text), PhraseFile) for text in texts)


def is_note_heading(words: str) -> bool:
    """Whether a heading's words announce notes."""
    return section_kind(words) == "references"


def section_kind(title: str) -> SectionKind:
    """What a section is, by its heading in the languages of the tables."""
    return tables().headings.get(fold(title).strip(" :"), "body")
