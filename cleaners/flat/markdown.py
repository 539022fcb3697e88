"""Markdown, as programs write it: links, emphasis, escapes, raw HTML and pandoc's attributes; the words stay."""

from __future__ import annotations

import re

from wikiglean.cleaners.footnotes.typed.labels import label_of
from wikiglean.cleaners.page import HEADINGS, Page

__all__ = ["claim_all", "is_markdown", "markdown"]

_LINK = re.compile(
    r"(!?\[)((?:[^\[\]]|\\.|\[(?:[^\[\]]|\\.)*\])*)(\]\(\s*<?(?:[^()\s]|\n(?=\S)|\([^()\s]*\))*>?(?:\s+\"[^\"]*\")?\s*\))"
)
_EMPHASIS = re.compile(r"(\*\*|(?<![\w_*])[_*])(?=\S)((?:(?!\1)[^\n])+?)(?<=\S)(\1)(?![\w*])")
_ESCAPE = re.compile(r"\\(?=[\[\]().*_#+!`<>|~^'\"$@-])")
_ESCAPED_LABEL = re.compile(r"\\\[([^\[\]]{1,40}?)\\\]")
"""An escaped marker, `\\[1\\]`, whose backslashes are part of it."""
_RAISED_MARKER = re.compile(r"<sup>(?=\\?\[)|(?<=\])</sup>")
_QUOTE = re.compile(r"^\s*>+ ?", re.M)
_TAG = re.compile(r"<(?:span|a|sup|sub|div|img|font|small|cite)\s[^<>]*>")
_ANY_TAG = re.compile(r"</?(?:span|a|sup|sub|div|img|font|small|cite)(?:\s[^<>]*)?/?>|<br\s?/?>")
"""Tags that Markdown keeps; an article that talks of tags has them without attributes."""
_ATTRIBUTES = re.compile(r"\s?\{(?:[#.][\w:%-]+|[\w-]+=\"[^\"{}]*\"|\s)+\}")
_FENCED = re.compile(r"^:::+[^\n]*$")
_CLOSING_RAISED = re.compile(r"(?<=[\])])\^(?!\[)")


def claim_all(page: Page, at: int, pattern: re.Pattern[str], reason: str) -> None:
    """Removes all that a pattern matches in a text node."""
    if at < len(page.tags) and not page.tags[at]:
        for match in pattern.finditer(page.nodes[at]):
            page.claim_text(at, match.start(), match.end(), "removed", reason)


def is_markdown(page: Page, lines: list[int]) -> bool:
    """Whether the signs of Markdown are on a page: headings with `#`, links, or several escaped markers."""
    headings = [at for tag in ("h1", "h2", "h3", "h4") for at in page.tagged(tag)]
    if any(page.nodes[at + 1].startswith("#") for at in headings):
        return True
    texts = [text for at in lines if "](" in (text := page.text_of(at))]
    if any("](#" in text for text in texts):
        return True
    if sum(map(_has_address, (match for text in texts for match in _LINK.finditer(text)))) > 2:
        return True
    escaped = [
        match[1] for at in lines if "\\[" in page.text_of(at) for match in _ESCAPED_LABEL.finditer(page.text_of(at))
    ]
    return sum(label_of(label) is not None for label in escaped) > 2


def _emphasis(page: Page, at: int, start: int, end: int) -> None:
    for match in _EMPHASIS.finditer(page.nodes[at], start, end):
        for group in (1, 3):
            page.claim_text(at, match.start(group), match.end(group), "removed", "emphasis mark")
        _emphasis(page, at, match.start(2), match.end(2))


def _links(page: Page, at: int, start: int, end: int) -> None:
    for match in filter(_has_address, _LINK.finditer(page.nodes[at], start, end)):
        page.claim_text(at, match.start(1), match.end(1), "removed", "link mark")
        page.claim_text(at, match.start(3), match.end(3), "removed", "link address")
        if "](" in match[2]:  # a picture that is a link
            _links(page, at, match.start(2), match.end(2))


def _has_address(match: re.Match[str]) -> bool:
    """Whether what stands in the round brackets can be an address: "[5](6)" may mean anything."""
    address = match[3][2:-1].split()[0] if match[3][2:-1].split() else ""
    return (
        "/" in address
        or address.startswith(("#", "<", "mailto:", "javascript:"))
        or address.endswith((".md", ".html", ".htm"))
    )


def markdown(page: Page) -> None:
    """Claims the signs of Markdown in paragraphs, headings and cells; the words stay."""
    tags = page.tags
    for at, tag in enumerate(tags):
        parent = page.tags[page.parents[at]]
        if tag or parent in ("pre", "hr") or page.parents[at] in page.claims:
            continue
        data = page.nodes[at]
        if ">" in data and _QUOTE.match(data):
            claim_all(page, at, _QUOTE, "quote mark")
            page.read_as(page.parents[at], "blockquote")
        if "<" in data and _TAG.search(data):
            claim_all(page, at, _ANY_TAG, "tag")
        if "]{" in data or ("{" in data and tags[page.parents[at]] in HEADINGS):
            _attributes(page, at, data)
        if data.startswith(":::"):
            claim_all(page, at, _FENCED, "mark of a division")
        if "](" in data:
            _links(page, at, 0, len(data))
        if "*" in data or "_" in data:
            _emphasis(page, at, 0, len(data))
        if "<sup>" in data:
            claim_all(page, at, _RAISED_MARKER, "sign of a superscript")
        if "\\" in data:
            _escapes(page, at, data)


def _escapes(page: Page, at: int, data: str) -> None:
    """Removes backslashes before signs, but those of an escaped marker."""
    kept: set[int] = set()
    for match in _ESCAPED_LABEL.finditer(data):
        if label_of(match[1].replace("\\", "")) is not None:
            kept |= {match.start(), match.end() - 2}
    for match in _ESCAPE.finditer(data):
        if match.start() not in kept:
            page.claim_text(at, match.start(), match.end(), "removed", "escape")


def _attributes(page: Page, at: int, data: str) -> None:
    """Removes pandoc's `[words]{.class}`: the brackets and the attributes, and the attributes of a heading."""
    opened: list[int] = []
    n = 0
    while n < len(data):
        if data[n] == "\\":
            n += 1
        elif data[n] == "[":
            opened.append(n)
        elif data[n] == "]" and opened:
            start = opened.pop()
            match = _ATTRIBUTES.match(data, n + 1)
            if match is not None:
                page.claim_text(at, start, start + 1, "removed", "attributes")
                page.claim_text(at, n, match.end(), "removed", "attributes")
                n = match.end() - 1
        n += 1
    if page.tags[page.parents[at]] in HEADINGS and (match := re.search(_ATTRIBUTES.pattern + r"$", data)):
        page.claim_text(at, match.start(), match.end(), "removed", "attributes")
    for match in _CLOSING_RAISED.finditer(data) if "^[" in data else ():
        page.claim_text(at, match.start(), match.end(), "removed", "sign of a superscript")
