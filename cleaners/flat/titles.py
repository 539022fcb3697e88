"""Titles, headings and list items of flattened pages."""

from __future__ import annotations

import itertools
import re
from urllib.parse import unquote, urlsplit

from wikiglean.cleaners.content import title_without_site
from wikiglean.cleaners.edit_markers import (
    is_edit_marker,
    leads_with_markers,
    marker_spans,
    typed_edit_marker,
    without_markers,
)
from wikiglean.cleaners.flat.layout import SENTENCE_END
from wikiglean.cleaners.flat.lines import LONGEST_HEADING, Row, claim_bullet, is_paragraph, rows_of
from wikiglean.cleaners.footnotes.typed.lines import note_start
from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.pieces import claim_pieces, free_pieces
from wikiglean.cleaners.words import fold, is_note_heading, section_kind, tables, width

__all__ = ["flat_headings", "flat_title"]

_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_SITE = re.compile(r"\s+[-–—|:·]\s+\S")
_START = 200
_NEAR_START = 40  # letters at the start of a paragraph after which its subject is named at last
_LONGEST_FRAME = 60  # lines above a title at most
_FEWEST_BARE = 3
"""Headings that end in a word without brackets, "HistoryEdit", as mobile pages print it."""
_FEWEST_MARKED = 3
"""Headings with a sign or a marker, from which on the others of a page have one too."""


def flat_title(page: Page) -> None:
    """Finds the title among the lines before the first paragraph; what stands before it is the site's name."""
    if not page.plain:
        return
    rows = [row for row in rows_of(page) if row.tag not in ("table", "pre")]
    first = next((n for n, row in enumerate(rows) if row.paragraph), None)
    starts = [fold(row.words)[:_START] for row in rows if row.paragraph][:3]
    before = rows[: min(1, len(rows)) if first is None else first]
    before = [row for row in before if not row.is_section_heading and not is_edit_marker(row.words)]
    if len(before) > 1 and first is not None and _is_first_heading(page, before[-1], rows[first]):
        before = before[:-1]
    said = fold(title_without_site(page) or "")  # by the head of a page whose body was flattened
    named = any(fold(row.words) == said for row in before)
    if said and not named and any(said in start for start in starts):
        return
    if not before:
        _title_among_paragraphs(page, rows)
        return
    chosen = _title_of(page, before, starts, said)
    typed_edit_marker(page, chosen.at)
    page.claim(chosen.at, "title", "title")
    frame = _end_of_frame(page, rows[first].at) if first is not None else 0
    for row in before:
        if row.at < chosen.at:
            if row.phrase is None:
                page.site_name = page.site_name or row.words
            page.claim(row.at, "removed", "site header")
        elif chosen.at < row.at < frame:
            page.claim(row.at, "removed", "site header")


def _end_of_frame(page: Page, stop: int) -> int:
    """Where the last line of the frame above the first paragraph is: "From …, the free encyclopedia"."""
    return max((at for at, claim in page.claims.items() if at < stop and claim.reason == "page frame"), default=0)


def _title_among_paragraphs(page: Page, rows: list[Row]) -> None:
    """A title below sentences of the site: a short line that the paragraph behind it begins with."""
    for row, below in itertools.pairwise(rows[:_LONGEST_FRAME]):
        if (
            not row.paragraph
            and row.phrase is None
            and below.paragraph
            and _subject([row], [fold(below.words)[:_START]])
        ):
            page.claim(row.at, "title", "title")
            return


def _is_first_heading(page: Page, row: Row, paragraph: Row) -> bool:
    """Whether the line above the first paragraph is a heading already: close to it, or marked as one."""
    if page.roles.get(row.at) in HEADINGS or row.tag in HEADINGS[1:] or marker_spans(row.words):
        return True
    return not paragraph.apart and row.tag == "p"


def _title_of(page: Page, rows: list[Row], starts: list[str], said: str) -> Row:
    """The line that is the title: not one that stands there twice, which is the site's name.

    One that the head of the page or its address names, a heading of the first level, the one that the first sentence
    names first, a heading, one that stands alone.
    """

    def once(row: Row) -> bool:
        return not row.bulleted and sum(row.words == other.words for other in rows) == 1

    labels = [n for n, row in enumerate(rows) if row.words.endswith((":", "："))]
    rows = [row for n, row in enumerate(rows) if n not in labels and n - 1 not in labels] or rows
    rows = [row for row in rows if not any(_has_the_site_too(row.words, other.words) for other in rows)] or rows
    name = fold(unquote(urlsplit(page.url or "").path).rstrip("/").rpartition("/")[2].replace("_", " "))
    subject = _subject(rows, starts)
    for wanted in (
        lambda row: fold(row.words) == said,
        lambda row: fold(row.words) == name,
        lambda row: row.tag == "h1",
        lambda row: row.at == subject,
        lambda row: row.tag in HEADINGS and row.phrase is None,
        lambda row: row.phrase is None and once(row) and _stands_alone(page, row.at),
        lambda row: once(row) and _stands_alone(page, row.at),
        once,
    ):
        if found := [row for row in rows if wanted(row)]:
            return found[0]
    return rows[0]


def _has_the_site_too(words: str, title: str) -> bool:
    """Whether a line is the title with the site's name behind it, as `<title>` has it: "Title - Wikipedia"."""
    return words.startswith(title) and _SITE.match(words, len(title)) is not None


def _subject(rows: list[Row], starts: list[str]) -> int | None:
    """The position of the line that a paragraph names first, the longest and last of several; without "(kind)"."""
    found: list[tuple[int, int, int]] = []
    for row in rows:
        name = _IN_BRACKETS.sub("", fold(row.words))
        places = [place for start in starts if len(name) > 1 and 0 <= (place := start.find(name)) <= _NEAR_START]
        found += [(place, -len(name), -row.at) for place in places]
    return -min(found)[2] if found else None


def _stands_alone(page: Page, at: int) -> bool:
    after = page.ends[at]
    before = at == page.body + 1 or page.tags[at - 1] == "hr" or at - 2 in page.claims
    return before and (after >= len(page.tags) or page.tags[after] == "hr")


def flat_headings(page: Page) -> None:
    """Reads lines as headings and list items."""
    if not page.plain:
        return
    rows = rows_of(page)
    short = [row for row in rows if width(row.words) <= LONGEST_HEADING and not row.paragraph]
    leading = not any(marker_spans(row.words) for row in short) and leads_with_markers(row.words for row in short)
    _bare_markers(page, short)
    marked = _shows_its_headings(page, rows, short, leading)
    for n, row in enumerate(rows):
        if row.tag in HEADINGS or page.roles.get(row.at) in HEADINGS:
            typed_edit_marker(page, row.at, leading=leading)
        elif row.tag != "p" or row.at in page.roles:
            continue
        elif row.bulleted:
            claim_bullet(page, row.at)
            page.read_as(row.at, "li")
        elif (_can_carry_marker(row, leading) and typed_edit_marker(page, row.at, leading=leading)) or (
            _is_heading(rows, n) and (not marked or section_kind(row.words) != "body")
        ):
            page.read_as(row.at, "h2")


def _shows_its_headings(page: Page, rows: list[Row], short: list[Row], leading: bool) -> bool:
    """Whether the page's headings have a sign or a marker each, so that a line without is a caption or a picture."""
    signs = sum(row.tag in HEADINGS[1:] and page.text_of(row.at).startswith(("#", "=")) for row in rows)
    markers = sum(bool(marker_spans(row.words, leading=leading)) for row in short if row.tag == "p")
    return signs + markers >= _FEWEST_MARKED


def _bare_markers(page: Page, rows: list[Row]) -> None:
    """Claims an edit link's word that several headings end in: no list of an article does."""
    labels = tuple(label for label in tables().common_edit if label)
    ending = [row for row in rows if not row.bulleted and fold(row.words).endswith(labels)]
    found = [(row, _bare_label(row.words)) for row in ending]
    for label in {label for _, label in found if label}:
        same = [row for row, other in found if other == label]
        if len(same) < _FEWEST_BARE:
            continue
        for row in same:
            pieces = free_pieces(page, row.at)
            words = "".join([page.nodes[at][start:end] for at, start, end in pieces])
            end = len(words.rstrip())
            claim_pieces(page, pieces, (len(words[: end - len(label)].rstrip()), end), "removed", "edit marker")
            page.read_as(row.at, "h2")


def _bare_label(words: str) -> str:
    """The word of edit links that a heading ends in, as it is written; "" if nothing stands before it."""
    known = tables().common_edit
    labels = [words[-size:] for size in range(min(30, len(words) - 1), 0, -1) if fold(words[-size:]) in known]
    return next((label for label in labels if label[:1].strip()), "")


def _can_carry_marker(row: Row, leading: bool) -> bool:
    """Whether a line can be a heading with a marker: a sentence that ends in "[edit]" talks of it."""
    rest = without_markers(row.words, leading=leading)
    return width(rest) <= LONGEST_HEADING and (not SENTENCE_END.search(rest) or rest[-1] in "?!…？！")


def _is_heading(rows: list[Row], n: int) -> bool:
    words = rows[n].words
    if (start := note_start(words)) is not None and start.sure:
        return False  # a note, however short
    if width(words) > LONGEST_HEADING or SENTENCE_END.search(words) or words[-1] in "]］" or n + 1 == len(rows):
        return is_note_heading(words) and width(words) < 60
    if is_note_heading(words):
        return True
    below = rows[n + 1]
    alone = n == 0 or rows[n - 1].paragraph or rows[n].apart or rows[n - 1].tag not in ("p",)
    if section_kind(words) != "body":
        return alone
    if not is_paragraph(below.words) and not (below.tag in ("table", "pre") or below.bulleted):
        return False
    # of several short lines in a row none is a heading: they are a list
    return alone and not (below.bulleted and not rows[n].apart)
