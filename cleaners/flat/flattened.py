"""Text that was flattened before it was put into HTML: in a `<pre>`, or with nothing but paragraphs and line breaks."""

from __future__ import annotations

import re

from turbohtml import Document, Element, Text

from wikiglean.cleaners.flat.layout import markup_of
from wikiglean.cleaners.words import width

__all__ = ["flattened_text", "lay_out_prose"]

_LINES = frozenset({"p", "div", "br", "pre", "hr"})
_BLOCKS = frozenset({"p", "div", "pre", "hr"})
_PLAIN_ATTRIBUTES = frozenset({"style", "dir", "lang"})
_FEWEST_LETTERS = 600
_FEWEST_LINES = 8
_NARROW = 45
"""Columns that lines of prose have at least; those of poems, tables and code are shorter."""
_SPACES = re.compile(r"[ \t\r\n\f]+")


def flattened_text(page: Document) -> str | None:
    """The text of a page whose body has no markup but lines, as browsers show a text file; `None` for other pages."""
    body = page.find("body")
    if body is None:
        return None
    parts: list[str] = []
    if not _flatten(body, parts, exact=False):
        return None
    text = "".join(parts)
    lines = [line for line in text.split("\n") if line.strip()]
    return text if len(lines) >= _FEWEST_LINES and _is_prose(text) else None


def _flatten(element: Element, parts: list[str], *, exact: bool) -> bool:
    """Gathers the lines of an element; says whether it has no other markup. In a `<pre>` white space is `exact`."""
    for child in element.children:
        if isinstance(child, Text):
            parts.append(child.data if exact else _SPACES.sub(" ", child.data))
        elif isinstance(child, Element):
            if child.tag not in _LINES or set(child.attrs) - _PLAIN_ATTRIBUTES:
                return False
            parts.append("\n\n" if child.tag in _BLOCKS else "\n")
            if not _flatten(child, parts, exact=exact or child.tag == "pre"):
                return False
            parts.append("\n\n" if child.tag in _BLOCKS else "")
    return True


def lay_out_prose(page: Document) -> None:
    """Makes paragraphs of the `<pre>` that has most of a page's text, if it is prose and has no markup inside."""
    found = [pre for pre in page.find_all("pre") if not any(isinstance(child, Element) for child in pre.children)]
    longest = max(found, key=lambda pre: len(pre.text), default=None)
    body = page.find("body")
    text = longest.text if longest is not None else ""
    if longest is None or body is None or len(text) < _FEWEST_LETTERS:
        return
    unseen = sum(len(element.text) for tag in ("script", "style") for element in body.find_all(tag))
    if 2 * len(text) > len(body.text) - unseen and _is_prose(text):
        longest.tag = "div"
        longest.set_inner_html(markup_of(text).replace("<hr>", "\n"))


def _is_prose(text: str) -> bool:
    """Whether text is written in sentences: nearly all of it letters, on lines longer than those of poems and code."""
    words = "".join(text.split())
    letters = sum(map(str.isalpha, words))
    if letters < _FEWEST_LETTERS or letters < 0.8 * len(words):
        return False
    wide = sum(len(line) for line in map(str.strip, text.split("\n")) if width(line) >= _NARROW)
    return wide >= 0.6 * sum(len(line.strip()) for line in text.split("\n"))
