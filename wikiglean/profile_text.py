"""A learned profile as TOML that a person can read and correct: each rule with the pages it was seen on."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Example", "Mark", "ProfileDraft", "report_of", "toml_of"]

_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """A selector, on how many of how many pages it matches, and words that it shows on one of them."""

    selector: str
    on: int
    of: int
    words: str


@dataclass(frozen=True, slots=True)
class Example:
    """One page without and with a profile: title, characters kept and removed, the first words."""

    page: str
    title_before: str | None
    kept_before: int
    removed_before: int
    words_before: str
    title_after: str | None
    kept_after: int
    removed_after: int
    words_after: str


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
    tables: dict[str, dict[str, list[Mark]]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def toml_of(draft: ProfileDraft) -> str:
    """The profile's file."""
    lines = [
        f"# What {draft.pages} pages of one site have in common. Read it, correct it, keep it: docs/profiles.md explains",
        "# every key. Use it with --profile.",
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
    lines += ["", "[content]"]
    for key, mark in (("root", draft.root), ("title", draft.title), ("site_name", draft.site_name)):
        if mark is not None:
            lines.append(f"{key} = [{_quoted(mark.selector)}]  # {_seen(mark)}")
    if draft.document_title:
        lines.append(f"document_title = [{_quoted(draft.document_title)}]")
    for table in ("chrome", "furniture", "forms"):
        if reasons := draft.tables.get(table):
            lines += ["", f"[{table}]"]
            for reason, marks in reasons.items():
                lines.append(f"{_quoted(reason)} = [")
                lines += [f"    {_quoted(mark.selector)},  # {_seen(mark)}" for mark in marks]
                lines.append("]")
    return "\n".join(lines) + "\n"


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
        lines += [
            one.page,
            f"  without: {one.title_before or 'no title'}; {one.kept_before:,} characters kept, {one.removed_before:,} removed",
            f"           {one.words_before}",
            f"  with:    {one.title_after or 'no title'}; {one.kept_after:,} characters kept, {one.removed_after:,} removed",
            f"           {one.words_after}",
        ]
    return "\n".join(lines)
