"""What the head of a page says in machine-readable form: `<meta>`, JSON-LD, MediaWiki's variables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from wikiglean.cleaners.page import Page

__all__ = ["Head", "head_of", "listed"]

_MW_NUMBER = re.compile(r'wg(ArticleId|CurRevisionId|RevisionId|NamespaceNumber)"?\s*[:=]\s*"?(-?\d+)')
_MW_FLAG = re.compile(r'wg(IsRedirect|WikibaseItemId|RedirectedFrom)"?\s*[:=]\s*(true|"[^"]*")')
_MOST_LINKED_DATA = 500_000
"""A longer script of linked data is not of one article."""


@dataclass(slots=True)
class Head:
    """`metas` by lower-case name; `linked` the JSON-LD objects; `variables` MediaWiki's, without wg."""

    metas: dict[str, str] = field(default_factory=dict[str, str])
    linked: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    variables: dict[str, str] = field(default_factory=dict[str, str])

    def first(self, *names: str) -> str | None:
        """The first of the named metas that is there."""
        return next((self.metas[name] for name in names if name in self.metas), None)

    def linked_value(self, name: str) -> str | None:
        """The first text of a property of the JSON-LD objects."""
        return next((value for one in self.linked if isinstance(value := one.get(name), str) and value), None)


def head_of(page: Page) -> Head:
    """Reads the metas and scripts of a page."""
    head = Head()
    for at in page.tagged("meta"):
        name = page.attribute(at, "name") or page.attribute(at, "property") or page.attribute(at, "http-equiv")
        content = (page.attribute(at, "content") or "").strip()
        if name and content:
            head.metas.setdefault(name.lower(), content)
    for at in page.tagged("script"):
        kind = page.attribute(at, "type") or ""
        if "ld+json" in kind:
            head.linked += _objects(page.element(at).text)
        elif not head.variables and not page.attribute(at, "src"):
            script = page.element(at).text
            if "wgArticleId" in script or "wgCurRevisionId" in script or "wgNamespaceNumber" in script:
                head.variables = _variables(script)
    return head


def _variables(script: str) -> dict[str, str]:
    """The variables of MediaWiki's configuration script; 0 means that there is none, but for a namespace."""
    found: dict[str, str] = {}
    for name, value in _MW_NUMBER.findall(script):
        if name == "NamespaceNumber" or int(value) > 0:
            found.setdefault(name, value)
    for name, value in _MW_FLAG.findall(script):
        found.setdefault(name, value.strip('"'))
    return found


def _objects(script: str) -> Iterator[dict[str, object]]:
    """The objects of a script of linked data that say what they are, graphs unpacked; nothing where it is broken."""
    if len(script) > _MOST_LINKED_DATA:
        return
    try:
        data: object = json.loads(script)
    except (ValueError, RecursionError):
        return
    for one in listed(data):
        if isinstance(one, dict):
            entry = cast("dict[str, object]", one)
            for item in listed(entry.get("@graph") or entry):
                if isinstance(item, dict):
                    yield cast("dict[str, object]", item)


def listed(value: object) -> list[object]:
    """The entries of a list; anything else alone."""
    return cast("list[object]", value) if isinstance(value, list) else [value]
