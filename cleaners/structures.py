"""Parts of an article that become fields of their own: infoboxes, notes, tags, categories, language links, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ArticleRules
from wikiglean.cleaners.selectors import select
from wikiglean.cleaners.tables import cells_of, rows_of

__all__ = ["article_rules", "structures"]


def article_rules(page: Page) -> Iterator[tuple[ArticleRules, int | None]]:
    """The rules in force, each with the position that they hold inside of: pasted engines only in the article."""
    if page.profile is not None:
        yield page.profile.article, None
    for profile in page.pasted:
        yield profile.article, page.root


def structures(page: Page) -> None:
    """Claims what becomes a field of its own, and tells the reader of formulas, poems, figures and captions."""
    for rules, outer in article_rules(page):
        _infoboxes(page, rules, outer)
        _notes(page, rules, outer)
        for selector in rules.maintenance_tags:
            for at in select(page, selector, outer):
                if page.words_of(at)[:1] in ("[", "［", "【") and len(page.text_of(at)) < 200:
                    page.claim(at, "maintenance_tags", "maintenance tag")
        _lists(page, rules, outer)
        for selector in rules.missing_links:
            for at in select(page, selector, outer):
                _question_mark(page, at)
        if rules.category_names or rules.category_links:
            _last_line(page, rules)
        for role, selectors in (
            ("math", rules.formulas),
            ("figcaption", rules.captions),
            ("figure", rules.figures),
            ("lines", rules.poems),
        ):
            for selector in selectors:
                for at in select(page, selector, outer):
                    page.read_as(at, role)
    for at in page.tagged("script"):
        if (page.attribute(at, "type") or "").startswith("math/tex"):
            page.read_as(at, "math")


def _infoboxes(page: Page, rules: ArticleRules, outer: int | None) -> None:
    for selector in rules.infoboxes:
        for at in select(page, selector, outer):
            if not page.contains(at, page.root) and page.claim(at, "infoboxes", "infobox", kind="box"):
                for table in [at] if page.tags[at] == "table" else page.tagged("table", at)[:1]:
                    for row in rows_of(page, table):
                        _infobox_row(page, row)


def _infobox_row(page: Page, row: int) -> None:
    """A header cell beside a data cell is a name and its value; a row of one cell is a value without a name."""
    cells = cells_of(page, row)
    if len(cells) == 2 and not any(page.tagged("table", cell) for cell in cells):
        page.claim(cells[0], "infoboxes", "infobox", kind="name")
        page.claim(cells[1], "infoboxes", "infobox", kind="value")
    else:
        for cell in cells:
            page.claim(cell, "infoboxes", "infobox", kind="title" if page.tags[cell] == "th" else "row")


def _notes(page: Page, rules: ArticleRules, outer: int | None) -> None:
    for kind, selectors in (("hatnote", rules.hatnotes), ("message", rules.messages)):
        for selector in selectors:
            for at in select(page, selector, outer):
                if not page.contains(at, page.root):
                    page.claim(at, "notes", kind, kind=kind)
    for selector in rules.coordinates:
        for at in select(page, selector, outer):
            page.claim(at, "coordinates", "coordinates")


def _lists(page: Page, rules: ArticleRules, outer: int | None) -> None:
    for selector in rules.categories:
        for at in select(page, selector, outer):
            if page.words_of(at) and not _is_label(page, at):
                page.claim(at, "categories", "category")
    for selector in rules.category_boxes:
        for at in select(page, selector, outer):
            if not page.contains(at, page.root):
                page.claim(at, "removed", "category list")
    for selector in rules.langlinks:
        for at in select(page, selector, outer):
            if page.attribute(at, "href") and page.words_of(at):
                page.claim(at, "langlinks", "language link")


def _is_label(page: Page, at: int) -> bool:
    """Whether a link is what names the list ("Categories:"), because a colon follows."""
    after = page.ends[at]
    return after < page.ends[page.parents[at]] and page.text_of(after).lstrip()[:1] in (":", "：")


def _question_mark(page: Page, link: int) -> None:
    """Removes the question mark that a wiki puts to the words of a link to nowhere."""
    last = page.ends[link] - 1
    while last > link and (page.tags[last] or not page.text_of(last).strip()):
        last -= 1
    words = page.text_of(last).rstrip() if last > link else ""
    if words.endswith("?"):
        page.claim_text(last, len(words) - 1, len(words), "removed", "sign of a missing page")


_BETWEEN_CATEGORIES = re.compile(r"[\s|,;.:•·/-]*(?:(?:categor|kategor|catégor|tag)\w*\s*:)?\s*", re.I)


def _last_line(page: Page, rules: ArticleRules) -> None:
    """Claims the links to categories that an article ends with, and what stands between them."""
    pattern = re.compile("|".join(f"(?:{name})" for name in rules.category_names) or "(?!)")
    marked = {at for selector in rules.category_links for at in select(page, selector, page.root)}
    links: list[int] = []
    between: list[int] = []
    at = page.ends[page.root] - 1
    while at > page.root:
        if page.tags[at] or page.claimed(at) is not None or not page.text_of(at).strip():
            at -= 1
            continue
        link = next((up for up in page.ancestors(at) if page.tags[up] == "a"), None)
        if link is not None and (link in marked or pattern.fullmatch(page.words_of(link))):
            links.append(link)
            at = link - 1
        elif link is None and _BETWEEN_CATEGORIES.fullmatch(page.text_of(at)):
            between.append(at)
            at -= 1
        else:
            break
    for link in links:
        page.claim(link, "categories", "category")
    for position in between if links else ():
        page.claim_text(position, 0, len(page.text_of(position)), "removed", "category list")
