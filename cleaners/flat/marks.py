"""The marks that a tool writes into flattened text: signs of headings, rules, bars of tables, numbers of links.

`lynx -dump` numbers links ("[12]History") and lists their addresses at the end; Markdown writes `[words](address)`.
The words stay, the marks go to the ledger.
"""

from __future__ import annotations

import re

from wikiglean.cleaners.flat.link_numbers import link_numbers
from wikiglean.cleaners.flat.markdown import claim_all, is_markdown, markdown
from wikiglean.cleaners.page import HEADINGS, Page

__all__ = ["flat_marks"]

_RULE = re.compile(r"(?:[-_*=~━─]\s?){3,}|__?|\\?_|\|?[\s:|+=-]*-[\s:|+=-]*\|?")
_FENCE = re.compile(r"(?:```+|~~~+)[\w+#-]*")
_HEADING_MARK = re.compile(r"\s*(?:#+|=+)\s+|\s+#+\s*$|\s*=+\s*$|^=+")
_RAISED = re.compile(r"\^\s*(?=\[)")
_RAISED_GROUP = re.compile(r"(\^\()(?:\[[^\[\]]{1,40}\])+(\))")
"""Pandoc's plain superscript: "1388.^([2])"."""


def flat_marks(page: Page) -> None:
    """Claims the marks of the tool that flattened the page."""
    lines = page.tagged("p")
    for tag in HEADINGS:
        for at in page.tagged(tag):
            claim_all(page, at + 1, _HEADING_MARK, "heading mark")
    for tag in ("td", "th"):
        for at in page.tagged(tag):
            claim_all(page, at + 1, re.compile(r"^\||\|$"), "border of a cell")
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
    link_numbers(page, lines)
    if is_markdown(page, lines):
        markdown(page)


def _claim_raised(page: Page, at: int) -> None:
    """The sign of a superscript before a marker: "1388.^[2]". At the start of a line it is that of a note."""
    data = page.nodes[at + 1] if not page.tags[at + 1] else ""
    for match in _RAISED_GROUP.finditer(data):
        for group in (1, 2):
            page.claim_text(at + 1, match.start(group), match.end(group), "removed", "sign of a superscript")
    for match in _RAISED.finditer(data):
        before = data[: match.start()]
        if before.strip() and not before.strip(" .)\n").isdigit():
            page.claim_text(at + 1, match.start(), match.end(), "removed", "sign of a superscript")
