"""Flattened pages: text without markup, line by line, with the same claims as any page.

What a line is, its words and its neighbours tell: a heading is short, has no final punctuation and stands alone
before a paragraph; the frame of the site stands before the title, forms and readers' comments after the article.
A line of a frame goes only where a frame can stand, for an article may talk of such lines: before the first paragraph,
behind the last one, or as one of several in a row that nothing announces.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from wikiglean.cleaners.edit_markers import (
    is_edit_marker,
    marker_spans,
    without_markers,
)
from wikiglean.cleaners.flat.comments import flat_comments
from wikiglean.cleaners.flat.contents import flat_contents
from wikiglean.cleaners.flat.layout import BULLET, SENTENCE_END
from wikiglean.cleaners.flat.lines import LONGEST_HEADING, Row, claim_bullet, rows_of
from wikiglean.cleaners.flat.marks import flat_marks
from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.pieces import free_words
from wikiglean.cleaners.typed import category_label, claim_categories
from wikiglean.cleaners.words import fold, tables, width

__all__ = ["flat_chrome"]

_REASONS = {
    "page": "page frame",
    "captcha": "CAPTCHA",
    "login": "log-in form",
    "cookies": "cookie banner",
    "share": "share buttons",
}
_OF_FORMS = ("form", "captcha", "login", "rating", "comments")
_LONGEST_EXAMPLE = 8
"""Lines that a sentence ending in a colon may announce as examples; a whole form is longer."""
_LONGEST_FRAME = 7
"""Words of the frame that a tool put before other words on a line."""


def flat_chrome(page: Page) -> None:
    """Removes the marks of the tool that flattened the page, tables of contents, comments, and lines of the frame."""
    if not page.plain:
        return
    flat_marks(page)
    _lone_markers(page)
    flat_contents(page)
    _run_together(page)
    _notes(page)
    page.cleaner = "forms"
    flat_comments(page)
    rows = rows_of(page)
    first, last = _extent(rows)
    taken = [*_at_the_top(rows, first), *_in_the_middle(rows, first, last), *_at_the_bottom(page, rows, last)]
    for n in taken:
        _remove(page, rows[n])
    page.cleaner = "flat_chrome"


def _remove(page: Page, row: Row) -> None:
    kind = row.phrase.kind if row.phrase is not None else "frame"
    page.cleaner = "forms" if kind in _OF_FORMS else "chrome"
    page.claim(row.at, "removed", _REASONS.get(kind, kind) if row.phrase is not None else "below the article")


def _lone_markers(page: Page) -> None:
    """A line that is only `[edit]` belongs to the heading above it, or below, as old MediaWiki printed it."""
    lines = [at for at in page.tagged("p") if at not in page.claims]
    for n, at in enumerate(lines):
        words = free_words(page, at)
        if not is_edit_marker(words):
            continue
        above = lines[n - 1] if n and lines[n - 1] not in page.roles else None
        below = lines[n + 1] if n + 1 < len(lines) else None
        for near in (above, below):
            if near is not None and near not in page.claims and _could_be_heading(free_words(page, near)):
                page.claim(at, "removed", "edit marker")
                page.read_as(near, "h2")
                break


def _could_be_heading(words: str) -> bool:
    if not words or width(words) > LONGEST_HEADING or BULLET.match(words) or is_edit_marker(words):
        return False
    return not SENTENCE_END.search(words)


def _run_together(page: Page) -> None:
    """Removes the frame's words where a tool put them and a note on one line: "From …, the free encyclopedia For …"."""
    for row in rows_of(page)[:_LONGEST_EXAMPLE]:
        if row.tag != "p" or row.phrase is not None or page.tags[row.at + 1] or row.at + 1 in page.text_claims:
            continue
        words = list(re.finditer(r"\S+", page.nodes[row.at + 1]))
        done = title = _words_of_title([word[0] for word in words[: 2 * _LONGEST_FRAME]])
        if title:
            page.claim_text(row.at + 1, words[0].start(), words[title - 1].end(), "title", "title")
        while (end := _end_of_frame([word[0] for word in words[done:]])) and done + end < len(words):
            done += end
        if done > title:
            page.claim_text(row.at + 1, words[title].start(), words[done - 1].end(), "removed", _REASONS["page"])


def _words_of_title(words: list[str]) -> int:
    """How many words are a title that the frame follows: "Fog oven From Wikipedia, the free encyclopedia The …"."""
    for start in range(1, len(words) - 2):
        if "ikip" in words[start + 1] and _end_of_frame(words[start:]):
            return start
    return 0


def _end_of_frame(words: list[str]) -> int:
    """How many of a line's first words are a phrase that only wikis print, 0 if none is."""
    for end in range(2, min(_LONGEST_FRAME, len(words)) + 1):
        phrase = tables().frame.find(" ".join(words[:end]))
        if phrase is not None and phrase.certain:
            return end
    return 0


def _notes(page: Page) -> None:
    """Lines "Main article: …" and message boxes become notes."""
    for row in rows_of(page):
        if row.tag == "p" and not row.bulleted and (kind := tables().notes.find(row.words)):
            page.claim(row.at, "notes", kind, kind=kind)


# -- where the article is ------------------------------------------------------------------------------------------


def _extent(rows: list[Row]) -> tuple[int, int]:
    """The first and the last paragraph of the article.

    Behind a run of lines that only forms and footers print, a few sentences of the site's own are no article.
    """
    content = [n for n, row in enumerate(rows) if row.paragraph]
    if not content:
        return len(rows), -1
    sizes = [len(row.words) if row.paragraph else 0 for row in rows]
    for start, stop in _runs(rows):
        certain = sum(_is_certain(rows[n]) for n in range(start, stop))
        if stop - start < 3 or certain < 2 or start < content[0] or _is_announced(rows, start, stop):
            continue
        behind = rows[stop:]
        if sum(sizes[stop:]) <= 0.3 * sum(sizes[:start]) and not any(
            marker_spans(row.words) or row.is_section_heading for row in behind
        ):
            return content[0], max(n for n in content if n < start)
    return content[0], content[-1]


def _runs(rows: list[Row]) -> list[tuple[int, int]]:
    """The runs of lines that are phrases."""
    runs: list[tuple[int, int]] = []
    for n, row in enumerate(rows):
        if row.phrase is None or row.is_section_heading:
            continue
        if runs and runs[-1][1] == n:
            runs[-1] = (runs[-1][0], n + 1)
        else:
            runs.append((n, n + 1))
    return runs


def _is_certain(row: Row) -> bool:
    return row.phrase is not None and row.phrase.certain


def _is_announced(rows: list[Row], start: int, stop: int) -> bool:
    """Whether a sentence that ends in a colon announces these lines as examples."""
    if not start or stop - start > _LONGEST_EXAMPLE:
        return False
    above = rows[start - 1]
    return above.phrase is None and above.words.endswith((":", "：", "؛")) and width(above.words) > 25


def _at_the_top(rows: list[Row], first: int) -> Iterable[int]:
    """Lines of the frame before the first paragraph, but not a title or a heading whose words are also a frame's."""
    unknown = [rows[n] for n in range(first) if rows[n].phrase is None and not rows[n].is_section_heading]
    lead = fold(rows[first].words)[:200] if first < len(rows) else ""
    named = any(fold(without_markers(row.words)) in lead for row in unknown)
    for start, stop in _runs(rows[:first]):
        for n in range(start, stop):
            row = rows[n]
            weak = not _is_certain(row)
            if weak and not named and fold(row.words) in lead and row.phrase and row.phrase.kind != "navigation":
                continue
            if weak and row.tag in HEADINGS:
                continue
            if weak and stop - start == 1 and not _names_the_site(rows, n):
                continue
            yield n


def _names_the_site(rows: list[Row], n: int) -> bool:
    """Whether a line "From Shore Pages" ends in a name that other lines of the frame have too."""
    name = rows[n].words.partition(" ")[2]
    phrase = rows[n].phrase
    if phrase is None or phrase.kind != "page" or not name:
        return False
    return any(name in row.words for i, row in enumerate(rows) if i != n)


def _in_the_middle(rows: list[Row], first: int, last: int) -> Iterable[int]:
    """Runs of several lines between paragraphs; of single ones only those that no article has by itself."""
    for start, stop in _runs(rows):
        if start < first or start >= last or _is_announced(rows, start, stop):
            continue
        certain = [n for n in range(start, stop) if _is_certain(rows[n])]
        if stop - start > 1 and certain:
            yield from (n for n in range(start, stop) if n in certain or len(certain) > 1 or stop - start > 2)
        elif certain and not rows[start].bulleted and _tells_enough(rows[start]):
            yield start


def _tells_enough(row: Row) -> bool:
    kind = row.phrase.kind if row.phrase is not None else ""
    return kind in ("page", "cookies", "share", "rating", "widget") and width(row.words) > 18


def _at_the_bottom(page: Page, rows: list[Row], last: int) -> Iterable[int]:
    """Lines of the frame behind the last paragraph. From the first certain one on, short lines belong to the frame."""
    below = False  # the article has ended
    listing = False  # in a list of the article: see also, external links, notes
    runs = {n: (start, stop) for start, stop in _runs(rows) for n in range(start, stop)}
    for n in range(last + 1, len(rows)) if last >= 0 else ():
        row = rows[n]
        if row.at in page.claims:
            continue
        if category_label(row.words):
            page.cleaner = "chrome"
            claim_categories(page, row.at)
            continue
        if fold(row.words).strip(" :") in tables().categories and n + 1 < len(rows) and rows[n + 1].bulleted:
            _claim_category_list(page, rows, n)
            continue
        if row.phrase is None or row.is_section_heading:
            if row.is_section_heading or marker_spans(row.words) or page.roles.get(row.at) in HEADINGS:
                below, listing = False, True
            elif below and row.tag == "p":
                yield n
            continue
        start, stop = runs[n]
        if _is_announced(rows, start, stop) and not below:
            continue
        whole = stop == len(rows) and stop - start > 1
        if (
            below
            or _is_certain(row)
            or (not listing and (stop - start > 2 or whole))
            or (listing and any(_is_certain(rows[i]) for i in range(n, min(stop, n + 3))) and stop - n > 2)
        ):
            below = True
            yield n


def _claim_category_list(page: Page, rows: list[Row], head: int) -> None:
    """A line "Categories:" and the items of the list below it."""
    page.cleaner = "chrome"
    page.claim(rows[head].at, "removed", "category list")
    for n, row in enumerate(itertools.takewhile(lambda row: row.bulleted, rows[head + 1 :])):
        if (n and row.apart) or width(row.words) > LONGEST_HEADING:
            break
        claim_bullet(page, row.at)
        page.claim(row.at, "categories", "category")
