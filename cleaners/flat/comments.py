"""Readers' comments under a flattened article: "5 comments", "Name says:", "Submitted by Name on …", "Reply"."""

from __future__ import annotations

from wikiglean.cleaners.flat.lines import Row, rows_of
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.words import tables, width

__all__ = ["flat_comments"]

_LONGEST_HEAD = 120
_NEAR = 5
"""Lines between the heading of comments and the first commenter's name."""


def flat_comments(page: Page) -> None:
    """Removes readers' comments, from their heading or the first commenter to the end or to a list of notes.

    An article may have a heading "Comments" and quote what people said: two commenters are asked for, or one with a
    link to reply, or a heading that counts the comments.
    """
    rows = rows_of(page)
    first = next((n for n, row in enumerate(rows) if row.paragraph), len(rows))
    names = [n for n in range(first + 1, len(rows)) if _is_commenter(rows[n])]
    heads = [n for n in range(first + 1, len(rows)) if _is_head(rows[n])]
    if not names:
        return
    start = next((n for n in heads if n < names[0] <= n + _NEAR), names[0])
    counted = start in heads and any(c.isdigit() for c in rows[start].words)
    if not counted and len(names) < 2 and not _has_reply(rows, names[0]):
        return
    if start == names[0] and not _has_reply(rows, start):
        return
    start = _with_subjects(rows, names, start)
    for row in rows[start:]:
        if row.is_section_heading and not _is_head(row):
            break
        page.claim(row.at, "removed", "comments")


def _with_subjects(rows: list[Row], names: list[int], start: int) -> int:
    """The line that comments begin at, with the subject above the first name, and a link to the form above that."""
    if start == names[0] and len(names) > 1 and all(n and not rows[n - 1].paragraph for n in names):
        start -= 1
    while start and (phrase := rows[start - 1].phrase) and phrase.kind == "form":
        start -= 1
    return start


def _is_commenter(row: Row) -> bool:
    return row.tag == "p" and width(row.words) <= _LONGEST_HEAD and tables().commenter.find(row.words) is not None


def _is_head(row: Row) -> bool:
    return not row.bulleted and width(row.words) <= _LONGEST_HEAD and tables().comments.find(row.words) is not None


def _has_reply(rows: list[Row], start: int) -> bool:
    return any(
        row.phrase is not None and row.phrase.kind == "form" and " " not in row.words and not row.phrase.certain
        for row in rows[start:]
    )
