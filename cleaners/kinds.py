"""What kind of page it is, where the page tells: by the profile's selectors and titles, by MediaWiki's namespaces."""

from __future__ import annotations

import re
from typing import get_args

from wikiglean.article import Kind
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.selectors import select

__all__ = ["kind_of"]

_ORDER: tuple[Kind, ...] = ("redirect", "disambiguation", "category", "talk", "index", "other", "article")
assert set(_ORDER) == set(get_args(Kind))

_NO_ARTICLES = (2, 6, 8, 10, 274, 486, 500, 710, 828, 1200, 2300, 2302, 2600)
"""Users, files, messages, templates, widgets, data, blogs, subtitles, modules, message walls, gadgets, topics. What a
wiki adds to MediaWiki's own namespaces are articles as a rule."""


def kind_of(page: Page, title: str | None, namespace: str | None) -> Kind:
    """The kind of a page; "article" where nothing tells otherwise. `namespace` is the number that MediaWiki gives."""
    number = namespace or _namespace_of_classes(page)
    if number is not None and number.lstrip("-").isdecimal() and (kind := _kind_of_namespace(int(number))) != "article":
        return kind
    if page.profile is None:
        return "article"
    rules = page.profile.kinds
    for kind in _ORDER:
        if any(select(page, selector) for selector in getattr(rules, kind)):
            return kind
    for kind, patterns in rules.titles.items():
        if number is None and title and any(re.fullmatch(pattern, title) for pattern in patterns):
            return kind
    return "article"


def _namespace_of_classes(page: Page) -> str | None:
    """The number of `ns-4` among the classes of the body, or of MediaWiki's content."""
    body = (page.classes.get(page.body) or "").split() if page.tags else []
    return next((name[3:] for name in body if name.startswith("ns-") and name[3:].lstrip("-").isdecimal()), None)


def _kind_of_namespace(number: int) -> Kind:
    """https://www.mediawiki.org/wiki/Manual:Namespace: odd numbers are talk pages, below 0 is made up by the wiki."""
    if number < 0:
        return "index"
    if number == 14:
        return "category"
    if number % 2 == 1:
        return "talk"
    return "other" if number in _NO_ARTICLES else "article"
