"""Tables of contents and lists of languages in flattened text."""

from __future__ import annotations

import re

from wikiglean.cleaners.edit_markers import marker_spans, without_markers
from wikiglean.cleaners.flat.layout import BULLET
from wikiglean.cleaners.flat.lines import Row, claim_bullet, is_paragraph, rows_of
from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.words import fold, tables, width

__all__ = ["flat_contents"]

_NUMBER = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})*\.?\)?\s*")
_LONGEST_ENTRY = 120
_FEWEST_ENTRIES = 3
"""Entries of a table of contents that no line announces."""


def flat_contents(page: Page) -> None:
    """Removes a line "Contents" with the entries below it, and lists of entries that all come again as headings.

    Names of languages, three in a row at least, are links to other languages.
    """
    rows = [row for row in rows_of(page) if row.tag != "pre"]
    names = [_entry(row.words) for row in rows]
    last = {name: n for n, name in enumerate(names)}
    n = 0
    while n < len(rows):
        end = _behind_contents(rows, names, last, n)
        for row in rows[n:end]:
            page.claim(row.at, "removed", "table of contents")
        n = max(end, n + 1)
    _languages(page, [row for row in rows if row.at not in page.claims])


def _entry(words: str) -> str:
    """A heading or an entry, as they are compared: without marker, bullet and number."""
    return fold(_NUMBER.sub("", _unbulleted(without_markers(words)), count=1))


def _unbulleted(words: str) -> str:
    return BULLET.sub("", f" {words}", count=1).strip()


def _behind_contents(rows: list[Row], names: list[str], last: dict[str, int], start: int) -> int:
    """The line behind the table of contents that begins at a line; that line itself if none does."""
    headed = _is_head(rows[start].words)
    at = start + headed
    entries: list[int] = []
    seen: set[str] = set()
    while at < len(rows) and (width(rows[at].words) <= _LONGEST_ENTRY or rows[at].tag == "table"):
        if headed and _is_toggle(rows[at].words):
            at += 1
            continue
        if names[at] in seen:
            if _opens_section(rows, at):
                break
            if not headed:
                return start  # no entry comes twice in a list that nothing announces
        if last[names[at]] == at and not (headed and _NUMBER.match(_unbulleted(rows[at].words))):
            break
        seen.add(names[at])
        entries.append(at)
        at += 1
    if headed:
        return at if entries else start
    return at if _all_come_again(rows, names, last, entries) else start


def _all_come_again(rows: list[Row], names: list[str], last: dict[str, int], entries: list[int]) -> bool:
    """Whether lines that nothing announces are a table of contents: each comes once more, in order, over a text."""
    later = [last[names[entry]] for entry in entries]
    if len(entries) < _FEWEST_ENTRIES or later != sorted(later) or later[0] <= entries[-1]:
        return False
    if any(is_paragraph(rows[entry].words) or not any(map(str.isalpha, names[entry])) for entry in entries):
        return False
    once = all(names.count(names[entry]) == 2 for entry in entries)
    return once and 3 * sum(_opens_section(rows, at) for at in later) >= 2 * len(entries)


def _opens_section(rows: list[Row], at: int) -> bool:
    """Whether a line that was an entry before is the heading itself."""
    heading = bool(marker_spans(rows[at].words)) or rows[at].tag in HEADINGS
    return heading or at + 1 == len(rows) or rows[at + 1].paragraph


def _is_head(words: str) -> bool:
    """Whether a line is "Contents", also with what hides it: "Contents [hide]", "Contents move to sidebar hide"."""
    known = tables()
    parts = fold(words).replace("[", " ").replace("]", " ").strip(" :").split()
    heads = [" ".join(parts[:n]) for n in range(1, min(len(parts), 5) + 1)]
    if len(parts) > 6 or not any(head in known.contents for head in heads):
        return False
    return heads[-1] in known.contents or parts[-1] in known.toggles or " ".join(parts[-2:]) in known.toggles


def _is_toggle(words: str) -> bool:
    folded = fold(words).strip("[]() ")
    return folded in tables().toggles or folded in ("top", "beginning", "move to sidebar") or folded[:7] == "toggle "


def _languages(page: Page, rows: list[Row]) -> None:
    known = tables().languages
    spoken = [fold(BULLET.sub("", f" {row.words}", count=1)) in known for row in rows]
    start = 0
    for n in range(len(rows) + 1):
        if n < len(rows) and spoken[n]:
            continue
        if n - start >= _FEWEST_ENTRIES:
            for row in rows[start:n]:
                if row.bulleted:
                    claim_bullet(page, row.at)
                page.claim(row.at, "langlinks", "language link")
        start = n + 1
