"""Flattened pages: text without markup, line by line, with the same claims as any page.

What a line is, its words and its neighbours tell: a heading is short, has no final punctuation and stands alone
before a paragraph; the frame of the site stands before the title, forms after the article.
"""

from __future__ import annotations

import re

from wikiglean.cleaners.edit_markers import typed_edit_marker
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.words import CAPTCHA, CONTENTS, FORM, FURNITURE, WIDGET, is_note_heading

__all__ = ["flat_chrome", "flat_headings", "flat_title"]

_SENTENCE_END = re.compile(r"[.!?:;,…。！？：；，、।؟]['\"”’»)\]]*(?:\s*[\[［][^\]］]{1,20}[\]］])*\s*$")
_CITED_END = re.compile(r"[\[［]\d{1,3}[\]］]\s*$")
_BULLET = re.compile(r"\s*[•*·▪◦‣-]\s+")
_TOGGLE = re.compile(r"\s*\[[^\]]{1,20}\]$")
_ENTRY = re.compile(r"\d+(?:\.\d+)*\.?\s+\S")
_LONGEST_HEADING = 100


def _lines(page: Page) -> list[int]:
    return page.tagged("p")


def _free(page: Page) -> list[int]:
    return [at for at in _lines(page) if at not in page.claims]


def _is_paragraph(words: str) -> bool:
    return len(words) > _LONGEST_HEADING or (len(words) > 25 and _SENTENCE_END.search(words) is not None)


def flat_chrome(page: Page) -> None:
    """Removes lines of widgets, forms and CAPTCHAs.

    Words that may be an article's own ("Search", "Comment:") count only in a run of such lines at either end.
    """
    if not page.plain:
        return
    _tables_of_contents(page)
    lines = _free(page)
    words = [page.words_of(at) for at in lines]
    reasons = [_reason(text) for text in words]
    first = next((n for n, text in enumerate(words) if _is_paragraph(text) and reasons[n] is None), len(lines))
    last = max((n for n, text in enumerate(words) if _is_paragraph(text) and reasons[n] is None), default=-1)
    for n, at in enumerate(lines):
        reason = reasons[n]
        if reason is None or typed_is_heading(words[n]):
            continue
        certain = len(words[n].split()) > 3 or reason in ("widget", "CAPTCHA")
        if n < first or n > last or certain:
            page.cleaner = {"widget": "chrome", "furniture": "chrome"}.get(reason, "forms")
            page.claim(at, "removed", reason)


def _tables_of_contents(page: Page) -> None:
    """A line "Contents" and the numbered lines right below it."""
    inside = False
    for at in _lines(page):
        words = page.words_of(at)
        if CONTENTS.fullmatch(_TOGGLE.sub("", words)):
            inside = True
        elif inside and not _ENTRY.match(words):
            inside = False
        if inside:
            page.claim(at, "removed", "table of contents")


def typed_is_heading(words: str) -> bool:
    """Whether a line announces notes: such a line is never a form's label."""
    return is_note_heading(words)


def _reason(words: str) -> str | None:
    for reason, pattern in (("widget", WIDGET), ("CAPTCHA", CAPTCHA), ("form", FORM), ("furniture", FURNITURE)):
        if pattern.fullmatch(words):
            return reason
    return None


def flat_title(page: Page) -> None:
    """Finds the title among the lines before the first paragraph; what stands before it is the site's name."""
    if not page.plain:
        return
    lines = _free(page)
    first = next((n for n, at in enumerate(lines) if _is_paragraph(page.words_of(at))), None)
    if first is None:
        first = min(1, len(lines))
    before = lines[:first]
    if not before:
        return
    # a line right above the paragraph is its heading, if another one can be the title
    if (
        len(before) > 1 and not _blank_between(page, before[-1], lines[first] if first < len(lines) else before[-1])
    ) or (len(before) > 1 and typed_edit_marker(page, before[-1])):
        before = before[:-1]
    alone = [at for at in before if _stands_alone(page, at)]
    repeated = [at for at in before if sum(page.words_of(at) == page.words_of(other) for other in before) > 1]
    candidates = [at for at in alone if at not in repeated] or [at for at in before if at not in repeated] or before
    chosen = candidates[0]
    page.claim(chosen, "title", "title")
    for at in before:
        if at < chosen:
            page.site_name = page.site_name or page.words_of(at)
            page.claim(at, "removed", "site header")


def _blank_between(page: Page, at: int, other: int) -> bool:
    return "hr" in page.tags[at:other]


def _stands_alone(page: Page, at: int) -> bool:
    before = at == page.body + 1 or page.tags[at - 1] == "hr"
    after = page.ends[at] >= len(page.tags) or page.tags[page.ends[at]] == "hr"
    return before and after


def flat_headings(page: Page) -> None:
    """Reads lines as headings and list items."""
    if not page.plain:
        return
    lines = _free(page)
    for n, at in enumerate(lines):
        words = page.words_of(at)
        if _BULLET.match(words):
            data_at = at + 1
            page.claim_text(
                data_at,
                0,
                len(page.text_of(data_at)) - len(_BULLET.sub("", page.text_of(data_at), count=1)),
                "removed",
                "bullet",
            )
            page.read_as(at, "li")
        elif typed_edit_marker(page, at) or _is_heading(page, lines, n):
            page.read_as(at, "h2")


def _is_heading(page: Page, lines: list[int], n: int) -> bool:
    words = page.words_of(lines[n])
    if len(words) > _LONGEST_HEADING or _SENTENCE_END.search(words) or _CITED_END.search(words):
        return False
    if is_note_heading(words):
        return True
    if n + 1 == len(lines) or not _is_paragraph(page.words_of(lines[n + 1])):
        return False
    # of several short lines in a row none is a heading: they are a list
    above = page.words_of(lines[n - 1]) if n else ""
    return not above or _is_paragraph(above) or _blank_between(page, lines[n - 1], lines[n])
