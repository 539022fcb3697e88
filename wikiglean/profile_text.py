"""A learned profile as TOML that a person can read and correct: each rule with the pages it was seen on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Example", "Mark", "ProfileDraft", "Seen", "report_of", "toml_of"]

_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """A selector, on how many of how many pages it matches, and words that it shows on one of them."""

    selector: str
    on: int
    of: int
    words: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one page: title, characters kept and removed, the first words."""

    title: str | None
    kept: int
    removed: int
    words: str


@dataclass(frozen=True, slots=True)
class Example:
    """One page without and with a profile."""

    page: str
    before: Seen
    after: Seen


@dataclass(slots=True)
class ProfileDraft:
    """A profile while it is being learned. `tables` are `chrome`, `furniture` and `forms`: reasons and their marks."""

    name: str
    pages: int
    recognise: tuple[str, ...] = ()
    generator: str | None = None
    root: Mark | None = None
    title: Mark | None = None
    site_name: Mark | None = None
    document_title: str | None = None
    edit_markers: list[Mark] = field(default_factory=list)
    tables: dict[str, dict[str, list[Mark]]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def toml_of(draft: ProfileDraft) -> str:
    """The profile's file."""
    lines = [
        f"# What {draft.pages} pages of one site have in common. Read it, correct it, keep it, use it with --profile.",
        "# docs/profiles.md explains every key.",
        *(f"# Note: {_comment(note)}" for note in draft.notes),
        f"name = {_quoted(draft.name)}",
        f"title = {_quoted(draft.name)}",
        "",
        "[recognise]",
    ]
    if draft.generator:
        lines.append(f"generator = [{_quoted(draft.generator)}]")
    if draft.recognise:
        lines += ["# all pages have these", f"any_of = [[{', '.join(map(_quoted, draft.recognise))}]]"]
    content: list[str] = []
    for key, mark in (("root", draft.root), ("title", draft.title), ("site_name", draft.site_name)):
        if mark is not None:
            content.append(f"{key} = [{_quoted(mark.selector)}]  # {_seen(mark)}")
    if draft.document_title:
        content.append(f"document_title = [{_quoted(draft.document_title)}]")
    if content:
        lines += ["", "[content]", *content]
    for table in ("chrome", "furniture", "forms"):
        if reasons := draft.tables.get(table):
            lines += ["", f"[{table}]"]
            for reason, marks in reasons.items():
                lines += [f"{_quoted(reason)} = [", *_listed(marks), "]"]
    if draft.edit_markers:
        lines += ["", "[article]", "edit_markers = [", *_listed(draft.edit_markers), "]"]
    return "\n".join(lines) + "\n"


def _listed(marks: Iterable[Mark]) -> list[str]:
    return [f"    {_quoted(mark.selector)},  # {_seen(mark)}" for mark in marks]


def _seen(mark: Mark) -> str:
    words = _comment(mark.words)
    excerpt = words[:_EXCERPT] + ("…" if len(words) > _EXCERPT else "")
    return f"{mark.on} of {mark.of} pages" + (f": {excerpt}" if excerpt else "")


def _comment(words: str) -> str:
    """Words that may stand in a comment: on one line, without control characters."""
    return "".join(char for char in " ".join(words.split()) if char.isprintable())


def _quoted(words: str) -> str:
    """A basic string of TOML."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in escaped) + '"'


def report_of(examples: tuple[Example, ...]) -> str:
    """What the profile changes on a few pages, for the terminal."""
    lines: list[str] = []
    for one in examples:
        lines.append(one.page)
        lines += _outcome("without", one.before)
        lines += _outcome("with", one.after)
    return "\n".join(lines)


def _outcome(how: str, seen: Seen) -> list[str]:
    title = seen.title or "no title"
    first = f"  {how + ':':8} {title}; {seen.kept:,} characters kept, {seen.removed:,} removed"
    return [first, f"           {seen.words}"]
