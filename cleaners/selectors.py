"""Selectors of engine profiles: CSS, answered from the page's index wherever that is possible.

`#id`, `.class`, `tag`, `tag.class.class`, `tag[attribute]` and `tag[attribute=value]` cost one look-up; anything else (a
space, `>`, `:not(…)`) is handed to turbohtml, only on pages that have the classes and ids it names.
"""

from __future__ import annotations

import re
from functools import lru_cache

from turbohtml import Element, SelectorSyntaxError, parse

from wikiglean.cleaners.page import Page

__all__ = ["check_selector", "select"]

_SIMPLE = re.compile(r"([a-z][a-z0-9-]*)?(#[\w:-]+)?((?:\.[\w-]+)*)(?:\[([\w:-]+)(?:=[\"']?([^\"'\]]*)[\"']?)?\])?")
_NAMES = re.compile(r"[.#]([\w-]+)")
_EMPTY = parse("")


def check_selector(selector: str) -> str | None:
    """What is wrong with a selector, or `None`."""
    if not selector.strip():
        return "an empty selector"
    try:
        _EMPTY.select(selector)
    except (SelectorSyntaxError, ValueError) as error:
        return str(error)
    return None


@lru_cache(maxsize=4096)
def _parsed(selector: str) -> tuple[str | None, str | None, tuple[str, ...], str | None, str | None] | None:
    match = _SIMPLE.fullmatch(selector)
    if match is None or not (match[1] or match[2] or match[3]):
        return None
    tag, identifier, classes, attribute, value = match.groups()
    return tag, identifier[1:] if identifier else None, tuple(classes.split(".")[1:]), attribute, value


def select(page: Page, selector: str, outer: int | None = None) -> list[int]:
    """The positions of the elements that a selector matches, in order; only those inside `outer` where it is given."""
    parsed = _parsed(selector)
    if parsed is None:
        return _select_in_tree(page, selector, outer)
    tag, identifier, classes, attribute, value = parsed
    if identifier is not None:
        at = page.by_id.get(identifier)
        found = [] if at is None else [at]
    elif classes:
        found = page.by_class.get(classes[0], [])
    else:
        found = page.by_tag.get(tag or "", [])
    if not found:
        return []
    if outer is not None:
        found = page.within(found, outer)
    if tag and (identifier or classes):
        found = [at for at in found if page.tags[at] == tag]
    for name in classes if identifier else classes[1:]:
        found = [at for at in found if page.has_class(at, name)]
    if attribute is not None:
        found = [at for at in found if _has_attribute(page, at, attribute, value)]
    return found


def _has_attribute(page: Page, at: int, attribute: str, value: str | None) -> bool:
    have = page.attribute(at, attribute)
    return have is not None and (value is None or have == value)


def _select_in_tree(page: Page, selector: str, outer: int | None) -> list[int]:
    # `:not(.x)` names a class that need not be there
    if ":not(" not in selector and "," not in selector:
        for name in _NAMES.findall(selector.split("[")[0]):
            if name not in page.by_class and name not in page.by_id:
                return []
    found = [
        position
        for node in page.tree.select(selector)
        if isinstance(node, Element) and (position := page.find_position(node)) is not None
    ]
    return sorted(found) if outer is None else page.within(sorted(found), outer)
