"""The marks that a tool writes into flattened text: signs of headings, rules, bars of tables, numbers of links.

`lynx -dump` numbers links ("[12]History") and lists their addresses at the end; Markdown writes `[words](address)`.
The words stay, the marks go to the ledger.
"""

from __future__ import annotations

import re

from wikiglean.cleaners.edit_markers import HEADINGS
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.words import fold

__all__ = ["flat_marks"]

_RULE = re.compile(r"(?:[-_*=~━─]\s?){3,}|__?|\\?_|\|?[\s:|+=-]*-[\s:|+=-]*\|?")
_FENCE = re.compile(r"(?:```+|~~~+)[\w+#-]*")
_HEADING_MARK = re.compile(r"\s*(?:#+|=+)\s+|\s+#+\s*$|\s*=+\s*$|^=+")
_LINK = re.compile(
    r"(!?\[)((?:[^\[\]]|\\.|\[(?:[^\[\]]|\\.)*\])*)(\]\(\s*<?(?:[^()\s]|\n(?=\S)|\([^()\s]*\))*>?(?:\s+\"[^\"]*\")?\s*\))"
)
_EMPHASIS = re.compile(r"(\*\*|(?<![\w_*])[_*])(?=\S)((?:(?!\1)[^\n])+?)(?<=\S)(\1)(?![\w*])")
_ESCAPE = re.compile(r"\\\[\d{1,3}\\\]|\\(?=[\[\]().*_#+!`>~-])")
"""A backslash before a sign; those of an escaped marker, `\\[1\\]`, are part of it."""
_RAISED_MARKER = re.compile(r"<sup>(?=\\?\[)|(?<=\])</sup>")
_QUOTE = re.compile(r"^\s*>+ ?", re.M)
_LINK_NUMBER = re.compile(r"\[(\d{1,4})\](?=[^\s.,;:!?)\]])")
_LONGEST_STEP = 40  # numbers that the next link may be ahead: lynx counts links without words too
_RAISED = re.compile(r"\^\s*(?=\[)")
_RAISED_GROUP = re.compile(r"(\^\()(?:\[[^\[\]]{1,40}\])+(\))")
"""Pandoc's plain superscript: "1388.^([2])"."""
_ADDRESS_LINE = re.compile(r"\s*(\d{1,4})\.\s+(?:[a-z][a-z0-9+.-]*://|mailto:|javascript:|file:|LYNX)\S*\s*", re.I)


def flat_marks(page: Page) -> None:
    """Claims the marks of the tool that flattened the page."""
    lines = page.tagged("p")
    for tag in HEADINGS:
        for at in page.tagged(tag):
            _claim_all(page, at + 1, _HEADING_MARK, "heading mark")
    for tag in ("td", "th"):
        for at in page.tagged(tag):
            _claim_all(page, at + 1, re.compile(r"^\||\|$"), "border of a cell")
        for at in page.tagged(tag):
            if "^" in page.text_of(at):
                _claim_raised(page, at)
    for n, at in enumerate(lines):
        words = page.words_of(at)
        if n == 0 and re.match(r"\s+#\S", page.text_of(at)):
            page.claim(at, "removed", "links of the head")
        if "^" in words:
            _claim_raised(page, at)
        if _RULE.fullmatch(words) or _FENCE.fullmatch(words):
            page.claim(at, "removed", "rule")
    _link_numbers(page, lines)
    if _is_markdown(page, lines):
        _markdown(page)


def _claim_raised(page: Page, at: int) -> None:
    """The sign of a superscript before a marker: "1388.^[2]". At the start of a line it is that of a note."""
    data = page.nodes[at + 1] if not page.tags[at + 1] else ""
    for match in _RAISED_GROUP.finditer(data):
        for group in (1, 2):
            page.claim_text(at + 1, match.start(group), match.end(group), "removed", "sign of a superscript")
    for match in _RAISED.finditer(data):
        before = data[: match.start()]
        if before[-1:].strip() and not before[:-1].strip().isdigit():
            page.claim_text(at + 1, match.start(), match.end(), "removed", "sign of a superscript")


def _claim_all(page: Page, at: int, pattern: re.Pattern[str], reason: str) -> None:
    if at < len(page.tags) and not page.tags[at]:
        for match in pattern.finditer(page.nodes[at]):
            page.claim_text(at, match.start(), match.end(), "removed", reason)


def _link_numbers(page: Page, lines: list[int]) -> None:
    """The numbers of lynx, if its list of addresses stands at the end."""
    addresses: dict[str, int] = {}
    for at in reversed(lines):
        words = page.words_of(at)
        match = _ADDRESS_LINE.fullmatch(words)
        if match is not None:
            addresses[match[1]] = at
        elif addresses and fold(words).strip(":") in ("visible links", "hidden links", "references"):
            page.claim(at, "removed", "list of addresses")
            if fold(words) == "references":
                break
        elif addresses or len(words) > 200:
            break
    if "1" not in addresses and len(addresses) < 3:
        return
    for at in addresses.values():
        page.claim(at, "removed", "list of addresses")
    last = 0
    for at in sorted([*lines, *(at for tag in (*HEADINGS, "td") for at in page.tagged(tag))]):
        if at in page.claims or page.tags[at + 1]:
            continue
        if page.nodes[at + 1].lstrip().startswith("#["):
            page.claim(at, "removed", "links of the head")
            last = max([last, *(int(number) for number in re.findall(r"\[(\d{1,4})\]", page.nodes[at + 1]))])
            continue
        for match in _LINK_NUMBER.finditer(page.nodes[at + 1]):
            if match[1] in addresses and 0 < int(match[1]) - last <= _LONGEST_STEP:
                last = int(match[1])
                page.claim_text(at + 1, match.start(), match.end(), "removed", "number of a link")


def _is_markdown(page: Page, lines: list[int]) -> bool:
    headings = [at for tag in ("h1", "h2", "h3", "h4") for at in page.tagged(tag)]
    if any(page.nodes[at + 1].startswith("#") for at in headings):
        return True
    texts = [text for at in lines if "](" in (text := page.text_of(at))]
    if any("](#" in text for text in texts):
        return True
    return sum(map(_has_address, (match for text in texts for match in _LINK.finditer(text)))) > 2


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


def _markdown(page: Page) -> None:
    for at, tag in enumerate(page.tags):
        parent = page.tags[page.parents[at]]
        if tag or parent in ("pre", "hr") or page.parents[at] in page.claims:
            continue
        data = page.nodes[at]
        if ">" in data and _QUOTE.match(data):
            _claim_all(page, at, _QUOTE, "quote mark")
            page.read_as(page.parents[at], "blockquote")
        if "](" in data:
            _links(page, at, 0, len(data))
        if "*" in data or "_" in data:
            _emphasis(page, at, 0, len(data))
        if "<sup>" in data:
            _claim_all(page, at, _RAISED_MARKER, "sign of a superscript")
        if "\\" in data:
            for match in _ESCAPE.finditer(data):
                if match.end() - match.start() == 1:
                    page.claim_text(at, match.start(), match.end(), "removed", "escape")
