"""Selectors of engine profiles: CSS, answered from the page's index wherever that is possible.

`#id`, `.class`, `tag`, `tag.class.class`, `tag[attribute]`, `tag[attribute=value]` (also `^=`, `$=`, `*=`), and these
joined by a space or ` > `, cost one look-up; anything else (`:not(…)`, a bare `[attribute]`, a comma) is handed to
turbohtml, which walks the page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from turbohtml import Element, SelectorSyntaxError, parse

from wikiglean.cleaners.page import Page

__all__ = ["check_selector", "name_needed", "possible", "select"]

_SIMPLE = re.compile(
    r"([a-z][a-z0-9-]*)?(#[\w:-]+)?((?:\.[\w-]+)*)(?:\[([\w:-]+)(?:([\^$*]?=)[\"']?([^\"'\]]*)[\"']?)?\])?"
)
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


_Simple: TypeAlias = tuple[str | None, str | None, tuple[str, ...], str | None, str | None, str]
"""tag, id, classes, attribute, how it is compared, with what"""
_Steps: TypeAlias = tuple[tuple[bool, _Simple], ...]
"""Each step of a path, and whether it is a child (`>`) of the one before."""


_NAMES = re.compile(r"[.#]([\w-]+)")
_WORDS = re.compile(r"(?:\[[^\]]*\]|[^\s\[])+")
"""The steps of a path; the value of an attribute may hold spaces."""
_CHOICES = (":not(", ":is(", ":where(", ",")


@lru_cache(maxsize=8192)
def _compiled(selector: str) -> tuple[frozenset[str], _Steps | None]:
    """The classes, ids and tags without which the selector matches nothing, and its steps.

    A profile has hundreds of selectors of which a page knows a dozen: the names are what makes the rest cost nothing.
    """
    steps = _steps(selector)
    if steps is not None:
        needed = {name for _, (tag, identifier, classes, *_) in steps for name in (tag, identifier, *classes) if name}
    elif any(sign in selector for sign in _CHOICES):
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
    tag, identifier, classes, attribute, comparison, value = match.groups()
    name = identifier[1:] if identifier else None
    return tag, name, tuple(classes.split(".")[1:]), attribute, comparison, value or ""


def name_needed(selector: str) -> str:
    """A class, an id or a tag without which a selector matches nothing, the least common kind; "" if it needs none."""
    needed, steps = _compiled(selector)
    tags = {tag for _, (tag, *_) in steps or () if tag}
    return min(needed, key=lambda name: (name in tags, -len(name), name), default="")


@lru_cache(maxsize=2048)
def _by_name(selectors: tuple[str, ...]) -> tuple[dict[str, list[int]], list[int]]:
    """The numbers of selectors by one name that each needs, the least common kind; and of those that need none."""
    by_name: dict[str, list[int]] = {}
    always: list[int] = []
    for number, selector in enumerate(selectors):
        if name := name_needed(selector):
            by_name.setdefault(name, []).append(number)
        else:
            always.append(number)
    return by_name, always


def possible(page: Page, selectors: tuple[str, ...]) -> list[str]:
    """Those of the selectors that can match on the page, in order: a few of the hundreds that a profile has."""
    by_name, always = _by_name(selectors)
    names = page.names
    found = [number for name, numbers in by_name.items() if name in names for number in numbers]
    return [selectors[number] for number in sorted([*found, *always])]


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
        inner = _listed(page, simple)
        found = _children(page, inner, found) if child_only else _descendants(page, inner, found)
        found = _matching(page, found, simple)
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
    tag, identifier, classes, attribute, comparison, value = simple
    return (
        (not tag or page.tags[at] == tag)
        and (not identifier or page.attribute(at, "id") == identifier)
        and all(page.has_class(at, name) for name in classes)
        and (attribute is None or _has_attribute(page, at, attribute, comparison, value))
    )


def _match(page: Page, simple: _Simple, outer: int | None = None) -> list[int]:
    found = _listed(page, simple)
    return _matching(page, found if outer is None else page.within(found, outer), simple)


def _listed(page: Page, simple: _Simple) -> list[int]:
    """The shortest list of the index that holds all elements of the selector."""
    tag, identifier, classes, *_ = simple
    if identifier is not None:
        at = page.by_id.get(identifier)
        return [] if at is None else [at]
    return page.by_class.get(classes[0], []) if classes else page.by_tag.get(tag or "", [])


def _matching(page: Page, found: list[int], simple: _Simple) -> list[int]:
    """Those of the listed elements that have the rest of what the selector asks for."""
    tag, identifier, classes, attribute, *_ = simple
    asked = (tag is not None) + (identifier is not None) + len(classes) + (attribute is not None)
    return found if asked == 1 else [at for at in found if _is(page, at, simple)]


def _has_attribute(page: Page, at: int, attribute: str, comparison: str | None, value: str) -> bool:
    have = page.attribute(at, attribute)
    if have is None or comparison is None:
        return have is not None
    if comparison == "=":
        return have == value
    if not value:  # as in CSS: nothing begins with, ends with, or holds the empty value
        return False
    if comparison == "^=":
        return have.startswith(value)
    return have.endswith(value) if comparison == "$=" else value in have


def _select_in_tree(page: Page, selector: str, outer: int | None) -> list[int]:
    found = [
        position
        for node in page.tree.select(selector)
        if isinstance(node, Element) and (position := page.find_position(node)) is not None
    ]
    return sorted(found) if outer is None else page.within(sorted(found), outer)
