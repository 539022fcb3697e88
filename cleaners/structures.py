"""Parts of an article that become fields of their own, and what the reader has to know of elements that look plain."""

from __future__ import annotations

import re
from itertools import islice

from wikiglean.cleaners.coordinates import claim_coordinates
from wikiglean.cleaners.in_force import article_rules
from wikiglean.cleaners.infoboxes import claim_infoboxes
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ArticleRules
from wikiglean.cleaners.reading.tables import cells_of, rows_of
from wikiglean.cleaners.selectors import select

__all__ = ["article_rules", "structures"]

_DRAWN_BY_MATHJAX = (
    "MathJax_Preview",
    "MathJax_Display",
    "MathJax_SVG_Display",
    "MathJax",
    "MathJax_SVG",
    "MathJax_CHTML",
)
_NEAR = 8
"""So many elements up the table of a block of code is looked for."""
_LONGEST_TAG = 200
"""More characters are a message, no "[citation needed]"."""


def structures(page: Page) -> None:
    """Claims what becomes a field of its own, and tells the reader of formulas, poems, code, figures and captions."""
    _line_numbers(page)
    for rules, outer in article_rules(page):
        claim_infoboxes(page, rules, outer)
        _notes(page, rules, outer)
        _maintenance_tags(page, rules, outer)
        claim_coordinates(page, rules, outer)
        _lists(page, rules, outer)
        for selector in rules.missing_links:
            for at in select(page, selector, outer):
                _question_mark(page, at)
        if rules.category_names or rules.category_links:
            _last_line(page, rules)
        _roles(page, rules, outer)
    _displays(page)
    _mathjax(page)


def _notes(page: Page, rules: ArticleRules, outer: int | None) -> None:
    for kind, selectors in (("hatnote", rules.hatnotes), ("message", rules.messages)):
        for selector in selectors:
            for at in select(page, selector, outer):
                if not page.contains(at, page.root):
                    page.claim(at, "notes", kind, kind=kind)


def _maintenance_tags(page: Page, rules: ArticleRules, outer: int | None) -> None:
    for selector in rules.maintenance_tags:
        for at in select(page, selector, outer):
            if page.words_of(at)[:1] in ("[", "［", "【", "〔") and len(page.text_of(at)) < _LONGEST_TAG:
                page.claim(at, "maintenance_tags", "maintenance tag")


def _lists(page: Page, rules: ArticleRules, outer: int | None) -> None:
    for selector in rules.categories:
        for at in select(page, selector, outer):
            if page.words_of(at) and not _is_label(page, at):
                page.claim(at, "categories", "category")
    for selector in rules.category_boxes:
        for at in select(page, selector, outer):
            if not page.contains(at, page.root) and page.tags[at] != "table":
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


def _roles(page: Page, rules: ArticleRules, outer: int | None) -> None:
    """Tells the reader what plain elements are; the outermost formula or block of code is the whole one."""
    for role, selectors in (
        ("math", rules.formulas),
        ("figcaption", rules.captions),
        ("figure", rules.figures),
        ("lines", rules.poems),
        ("code", rules.code),
        ("img", rules.images),
        ("table", rules.tables),
    ):
        for selector in selectors:
            end = -1
            for at in select(page, selector, outer):
                if at >= end or role != "math":
                    page.read_as(at, role)
                    end = page.ends[at]


def _displays(page: Page) -> None:
    """Elements that a `style` shows otherwise than their tag says: spans that are blocks, `<div>` in a line.

    A hidden span is set apart: sort keys of tables stand right before the words that they sort.
    """
    for tag in ("span", "div"):
        for at in page.tagged(tag, page.root):
            style = page.nodes[at].attr("style")
            if style and "display" in style and at not in page.roles:
                shown = style.partition("display")[2].lstrip(": ").split(";")[0].strip().lower()
                if tag == "div":
                    if shown == "inline":
                        page.read_as(at, "span")
                elif shown == "block":
                    page.read_as(at, "div")
                elif shown == "none":
                    page.read_as(at, "apart")


def _mathjax(page: Page) -> None:
    """MathJax 2 keeps the TeX in a script and draws the formula beside it, which is then there twice."""
    formulas = [at for at in page.tagged("script") if (page.attribute(at, "type") or "").startswith("math/tex")]
    for at in formulas:
        page.read_as(at, "math")
    for name in _DRAWN_BY_MATHJAX:
        end = -1
        for at in page.classed(name):
            if not formulas and at >= end:
                page.read_as(at, "math")
                end = page.ends[at]
            elif formulas and not page.within(formulas, at):
                page.claim(at, "removed", "formula drawn a second time")


def _line_numbers(page: Page) -> None:
    """Numbers in a cell beside code are no part of it: a table of one row, numbers left, code right."""
    done: set[int] = set()
    for code in page.tagged("pre", page.root):
        table = next((up for up in islice(page.ancestors(code), _NEAR) if page.tags[up] == "table"), None)
        if table is None or table in done:
            continue
        done.add(table)
        rows = rows_of(page, table)
        cells = cells_of(page, rows[0]) if len(rows) == 1 else []
        if len(cells) == 2 and page.tagged("pre", cells[1]) and _are_numbers(page.text_of(cells[0]).split()):
            page.claim(cells[0], "removed", "line numbers")


def _are_numbers(words: list[str]) -> bool:
    return bool(words) and all(word.rstrip(".:").isdecimal() for word in words)
