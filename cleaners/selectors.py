"""Selectors of engine profiles: CSS, answered from the page's index wherever that is possible.

`#id`, `.class`, `tag`, `tag.class.class`, `tag[attribute]`, `tag[attribute=value]`, and these joined by a space or
` > `, cost one look-up; anything else (`:not(…)`, a bare `[attribute]`, a comma) is handed to turbohtml,
which walks the page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from turbohtml import Element, SelectorSyntaxError, parse

from wikiglean.cleaners.page import Page

__all__ = ["check_selector", "select"]

_SIMPLE = re.compile(r"([a-z][a-z0-9-]*)?(#[\w:-]+)?((?:\.[\w-]+)*)(?:\[([\w:-]+)(?:=[\"']?([^\"'\]]*)[\"']?)?\])?")
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


_Simple: TypeAlias = tuple[str | None, str | None, tuple[str, ...], str | None, str | None]
"""tag, id, classes, attribute, its value"""
_Steps: TypeAlias = tuple[tuple[bool, _Simple], ...]
"""Each step of a path, and whether it is a child (`>`) of the one before."""


_NAMES = re.compile(r"[.#]([\w-]+)")
_WORDS = re.compile(r"(?:\[[^\]]*\]|[^\s\[])+")
"""The steps of a path; the value of an attribute may hold spaces."""


@lru_cache(maxsize=8192)
def _compiled(selector: str) -> tuple[frozenset[str], _Steps | None]:
    """The classes, ids and tags without which the selector matches nothing, and its steps.

    A profile has hundreds of selectors of which a page knows a dozen: the names are what makes the rest cost nothing.
    """
    steps = _steps(selector)
    if steps is not None:
        needed = {name for _, (tag, identifier, classes, _, _) in steps for name in (tag, identifier, *classes) if name}
    elif ":" in selector or "," in selector:
        needed = set()  # `:not(.x)` names a class that need not be there
    else:
        needed = set(_NAMES.findall(selector.split("[")[0]))
    return frozenset(needed), steps


def _steps(selector: str) -> _Steps | None:
    """A selector as steps that the index can answer, or `None` where turbohtml has to."""
    steps: list[tuple[bool, _Simple]] = []
    child = False
    for word in _WORDS.findall(selector):
        if word == ">":
            child = True
            continue
        simple = _parsed(word)
        if simple is None:
            return None
        steps.append((child, simple))
        child = False
    return tuple(steps) or None


def _parsed(selector: str) -> _Simple | None:
    match = _SIMPLE.fullmatch(selector)
    if match is None or not (match[1] or match[2] or match[3]):
        return None
    tag, identifier, classes, attribute, value = match.groups()
    return tag, identifier[1:] if identifier else None, tuple(classes.split(".")[1:]), attribute, value


def select(page: Page, selector: str, outer: int | None = None) -> list[int]:
    """The positions of the elements that a selector matches, in order; only those inside `outer` where it is given."""
    needed, steps = _compiled(selector)
    if not needed <= page.names:
        return []
    if steps is None:
        return _select_in_tree(page, selector, outer)
    found = _match(page, steps[0][1], outer if len(steps) == 1 else None)
    for child_only, simple in steps[1:]:
        if not found:
            return []
        inner = _match(page, simple)
        found = _children(page, inner, found) if child_only else _descendants(page, inner, found)
    return found if outer is None or len(steps) == 1 else page.within(found, outer)


def _children(page: Page, inner: list[int], outer: list[int]) -> list[int]:
    parents = set(outer)
    return [at for at in inner if page.parents[at] in parents]


def _descendants(page: Page, inner: list[int], outer: list[int]) -> list[int]:
    found: list[int] = []
    end = -1
    for at in outer:
        if at >= end:  # else inside the one before, whose descendants are in the list
            found += page.within(inner, at)
            end = page.ends[at]
    return found


def _is(page: Page, at: int, simple: _Simple) -> bool:
    tag, identifier, classes, attribute, value = simple
    return (
        (not tag or page.tags[at] == tag)
        and (not identifier or page.attribute(at, "id") == identifier)
        and all(page.has_class(at, name) for name in classes)
        and (attribute is None or _has_attribute(page, at, attribute, value))
    )


def _match(page: Page, simple: _Simple, outer: int | None = None) -> list[int]:
    tag, identifier, classes, attribute, _value = simple
    if identifier is not None:
        at = page.by_id.get(identifier)
        found = [] if at is None else [at]
    else:
        found = page.by_class.get(classes[0], []) if classes else page.by_tag.get(tag or "", [])
    if not found:
        return []
    if outer is not None:
        found = page.within(found, outer)
    if (tag and (identifier or classes)) or len(classes) > 1 or (identifier and classes) or attribute is not None:
        found = [at for at in found if _is(page, at, simple)]
    return found


def _has_attribute(page: Page, at: int, attribute: str, value: str | None) -> bool:
    have = page.attribute(at, attribute)
    return have is not None and (value is None or have == value)


def _select_in_tree(page: Page, selector: str, outer: int | None) -> list[int]:
    found = [
        position
        for node in page.tree.select(selector)
        if isinstance(node, Element) and (position := page.find_position(node)) is not None
    ]
    return sorted(found) if outer is None else page.within(sorted(found), outer)
