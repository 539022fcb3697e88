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
    """Makes paragraphs of the `<pre>`, or of the lines between `<br>`, that are most of a page's text.

    They are if they are prose and no other markup is inside.
    """
    body = page.find("body")
    pre = max(filter(_has_lines_only, page.find_all("pre")), key=lambda at: len(at.text), default=None)
    parents = {id(at.parent): at.parent for at in page.find_all("br")}.values()
    broken = [at for at in parents if isinstance(at, Element) and at.tag != "pre" and _has_lines_only(at)]
    for places in ([pre] if pre is not None else [], broken):
        size = sum(len(at.text) for at in places)
        if body is None or size < _FEWEST_LETTERS:
            continue
        unseen = sum(len(element.text) for tag in ("script", "style") for element in body.find_all(tag))
        texts = [_text_of(at) for at in places]
        if 2 * size > len(body.text) - unseen and _is_prose("\n".join(texts)):
            for at, text in zip(places, texts, strict=True):
                at.tag = "div" if at.tag in ("pre", "p") else at.tag
                at.set_inner_html(markup_of(text).replace("<hr>", "\n"))
            return


def _text_of(element: Element) -> str:
    parts: list[str] = []
    _flatten(element, parts, exact=element.tag == "pre")
    return "".join(parts)


def _has_lines_only(element: Element) -> bool:
    if element.tag not in ("pre", "p", "div", "td", "article", "section"):
        return False
    return all(child.tag == "br" for child in element.children if isinstance(child, Element))


def _is_prose(text: str) -> bool:
    """Whether text is written in sentences: nearly all of it letters, on lines longer than those of poems and code."""
    words = "".join(text.split())
    letters = sum(map(str.isalpha, words))
    if letters < _FEWEST_LETTERS or letters < 0.8 * len(words):
        return False
    wide = sum(len(line) for line in map(str.strip, text.split("\n")) if width(line) >= _NARROW)
    return wide >= 0.6 * sum(len(line.strip()) for line in text.split("\n"))
