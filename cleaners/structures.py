"""Parts of an article that become fields of their own: infoboxes, notes, tags, categories, language links, formulas."""

from __future__ import annotations

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
            # the label "Categories" is a link too, to the page of all categories
            if page.tags[page.parents[at]] == "li" or ":" in (page.attribute(at, "title") or ""):
                page.claim(at, "categories", "category")
    for selector in rules.category_boxes:
        for at in select(page, selector, outer):
            if not page.contains(at, page.root) and page.tags[at] == "div":
                page.claim(at, "removed", "category list")
    for selector in rules.langlinks:
        for at in select(page, selector, outer):
            if page.attribute(at, "href") and page.words_of(at):
                page.claim(at, "langlinks", "language link")
