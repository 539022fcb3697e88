"""The lines of a flattened page as cleaners look at them: words, neighbours, and what the phrase tables say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wikiglean.cleaners.edit_markers import without_markers
from wikiglean.cleaners.flat.layout import BULLET, SENTENCE_END
from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.pieces import free_words
from wikiglean.cleaners.typed import category_label
from wikiglean.cleaners.words import Phrase, fold, section_kind, tables, width

__all__ = ["LONGEST_HEADING", "Row", "claim_bullet", "is_paragraph", "rows_of"]

LONGEST_HEADING = 100
_SHORTEST_SENTENCE = 26
_PARTS = re.compile(r"\s*[|•·»›→►▸]\s*|\s+[>/-]\s+|\s{3,}|\t")
_GLUED = re.compile(r"(?<=[^\W\d_A-ZÀ-ÞА-ЯΑ-Ω])(?=[A-ZÀ-ÞА-ЯΑ-Ω])")
_FIELD = re.compile(r"\[\s*\]|_{4,}|\(\s\)")
_BUTTON = re.compile(r"[\[<]\s*([^\[\]<>]{2,30}?)\s*[\]>]")
_TAGS = re.compile(r"[^<>]{3,80}(?:</?[a-z][a-z0-9]*(?:\s[^<>]*)?>[\s,]*){2,}", re.I)
_LEAVES = ("p", *HEADINGS, "table", "pre")


@dataclass(slots=True)
class Row:
    """A line: its position and tag, its words, the phrase that it is, and whether an empty line stands before it."""

    at: int
    tag: str
    words: str
    phrase: Phrase | None
    paragraph: bool
    bulleted: bool
    apart: bool
    framed: bool = False

    @property
    def is_section_heading(self) -> bool:
        """Whether the line announces a part of an article that is no running text: notes, see also, links."""
        return self.tag == "p" and not self.framed and section_kind(without_markers(self.words)) != "body"


def rows_of(page: Page) -> list[Row]:
    """The lines that nobody claimed, in order."""
    positions = sorted(at for tag in _LEAVES for at in page.tagged(tag) if at not in page.claims)
    rows = []
    for at in positions:
        words = free_words(page, at)
        if not words:
            continue
        bullet = BULLET.match(page.text_of(at)) if page.tags[at] == "p" else None
        shown = BULLET.sub("", f" {words} ", count=1).strip() if bullet else words
        phrase = phrase_of(shown) if page.tags[at] in ("p", *HEADINGS) else None
        rows.append(
            Row(
                at,
                page.tags[at],
                words,
                phrase,
                phrase is None
                and (page.tags[at] in ("table", "pre") or (is_paragraph(words) and not category_label(words))),
                bullet is not None,
                page.tags[at - 1] == "hr" or at == page.body + 1,
            )
        )
    for before, row, after in zip(rows, rows[1:], rows[2:], strict=False):
        # a wiki's menu may have "References" too: what links here
        row.framed = None not in (before.phrase, row.phrase, after.phrase)
    return rows


def is_paragraph(words: str) -> bool:
    """Whether a line is running text: long, or a sentence."""
    size = width(words)
    return size > LONGEST_HEADING or (size >= _SHORTEST_SENTENCE and SENTENCE_END.search(words) is not None)


def phrase_of(words: str) -> Phrase | None:
    """What the tables know of a line: as a whole, as a row of words ("View | Edit | History"), as tags allowed."""
    known = tables().lines
    found = known.find(words)
    if found is not None or len(words) > 300:
        return found
    if "<" in words and _TAGS.fullmatch(words):
        return Phrase("form", certain=True)
    if _FIELD.search(words):
        label = " ".join(_BUTTON.sub(r"\1", _FIELD.sub(" ", words)).split())
        if not label or label.endswith((":", "*", "：")) or known.find(label):
            return Phrase("form", certain=True)
    if (button := _BUTTON.fullmatch(words)) and (found := known.find(button[1])):
        return Phrase(found.kind, certain=False)
    if fold(words) in tables().edit:
        return Phrase("navigation", certain=False)
    parts = [part for part in _PARTS.split(words) if part]
    if 1 < len(parts) < 4 and any(
        (found := known.find(part)) and found.certain and found.kind == "page" for part in parts
    ):
        return Phrase("page", certain=True)
    if len(parts) == 1 and len(glued := _GLUED.split(words)) > 1:
        parts = glued  # "ReadEditView history", as programs put words of a menu together
    if len(parts) > 1 and all(len(part) <= 40 for part in parts):
        named = sum(known.find(part) is not None for part in parts)
        if named >= max(2, 0.6 * len(parts)):
            return Phrase("navigation", certain=named > 2)
        spoken = sum(part.casefold() in tables().languages for part in parts)
        if spoken > 2 and spoken >= 0.8 * len(parts):
            return Phrase("navigation", certain=True)
        if named and re.search("[»›→►▸>]", words):
            return Phrase("navigation", certain=False)
    return None


def claim_bullet(page: Page, at: int) -> None:
    """Claims the bullet that a line begins with."""
    match = BULLET.match(page.nodes[at + 1]) if not page.tags[at + 1] else None
    if match is not None:
        page.claim_text(at + 1, 0, match.end(), "removed", "bullet")
