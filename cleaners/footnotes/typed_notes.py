"""Lists of notes whose markup is gone: `1. ^ a b Author. Title.` on lines under a heading that announces them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from wikiglean.cleaners.page import Claim, Page
from wikiglean.cleaners.pieces import Pieces, free_pieces, free_words
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.words import fold, is_note_heading, tables

__all__ = ["GROUPS", "Line", "lines_of", "plain_label", "typed_notes"]

GROUPS = (
    r"note|nb|nt|n|nota|notas|notes|noot|anm\.?|anmerkung|not|hinweis|uwaga|pozn\.|megj|jegyzet|huom|"
    r"注釈|注|註|註釋|注释|备注|備註|주|내용주|прим\.?|комм\.?|к|ком|ملاحظة|یادداشت|הערה|ghi chú|gc|catatan|σημ"
)
"""What stands before the number in the markers of a group of notes, in the big wikis."""
_LETTERS = (
    r"(?:\^?[a-z]{1,2}(?:[,\s]+(?:(?:et|und|and|y|e|и|en)\s+)?|$)|\^?\d+[.,]\d+\s+)*"
    r"(?:(?:\d{1,2}\s+){2,}|(?:(?:الف|[\u05d0-\u05ea\u0621-\u06cc])\s+){2,}|(?:[가나다라마바사아자차카타파하]\s+){2,})?"
)
"""What leads back from a note to each of its markers: `a b`, `1.0 1.1`, `1 2`, `a et b`, letters of other scripts."""
_NOTE_LINE = re.compile(
    rf"\s*(?:[\[［]?((?:(?:{GROUPS})\s*)?\d{{1,3}})[\]］]?[.:)\]]?\s*)?"
    rf"(?:[\^↑]\s*({_LETTERS})|(?<=[\]］])\s*|(?<=\.)\s+)",
    re.I,
)
_BACKLINKS = re.compile(rf"\s*{_LETTERS}")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(slots=True)
class Line:
    """A line of a page as it is shown: pieces of text nodes, `(position, start, end)`, and its words."""

    pieces: Pieces
    text: str


def lines_of(page: Page, block: int) -> list[Line]:
    """The lines of a block, divided at `<br>`; what is claimed in it is left out."""
    lines = [Line([], "")]
    breaks = [at for at in page.tagged("br", block) if at not in page.claims]
    for at, start, end in free_pieces(page, block):
        while breaks and breaks[0] < at:
            breaks.pop(0)
            lines.append(Line([], ""))
        lines[-1].pieces.append((at, start, end))
        lines[-1].text += page.nodes[at][start:end]
    return [line for line in lines if line.text.strip()]


def typed_notes(page: Page) -> None:
    """Claims lists of notes typed under a heading that announces them: `1. ^ a b Author. Title.`"""
    if page.footnotes.notes and any(note.claim is not None for note in page.footnotes.notes.values()):
        return
    headings = _note_headings(page)
    text = page.text_of(page.root) if headings else ""
    groups = {words: _group(words, text) for words in {free_words(page, heading) for heading in headings}}
    for heading in headings:
        blocks = _blocks_after(page, heading, headings)
        if any(_note_start(line) for block in blocks for line in lines_of(page, block)):
            _claim_notes(page, blocks, groups[free_words(page, heading)])
        elif blocks and all(page.tags[block] == "li" and page.tags[page.parents[block]] == "ol" for block in blocks):
            _claim_items(page, blocks, text)
    page.footnotes.rejoin()


def _note_headings(page: Page) -> list[int]:
    candidates = [at for tag in _HEADINGS for at in page.tagged(tag, page.root) if page.ends[at] - at < 60]
    candidates += [at for at, role in page.roles.items() if role in _HEADINGS]
    candidates += [at for at in page.tagged("p", page.root) if page.ends[at] - at <= 4 and len(page.text_of(at)) < 60]
    return sorted({at for at in candidates if page.claimed(at) is None and is_note_heading(free_words(page, at))})


def _blocks_after(page: Page, heading: int, headings: list[int]) -> list[int]:
    """The blocks between a heading and the next one, or the next one that announces notes."""
    blocks = []
    n = bisect_right(headings, heading)
    at, end = page.ends[heading], headings[n] if n < len(headings) else page.ends[page.root]
    while at < end:
        tag = page.roles.get(at, page.tags[at])
        if tag in _HEADINGS:
            break
        if tag and at in page.claims:
            at = page.ends[at]
        elif tag in ("p", "li", "div", "dd", "td") and _is_leaf_but_breaks(page, at):
            blocks.append(at)
            at = page.ends[at]
        else:
            at += 1
    return blocks


def _is_leaf_but_breaks(page: Page, at: int) -> bool:
    return not any(page.tags[i] in BORDERS and page.tags[i] != "br" for i in range(at + 1, page.ends[at]))


def _note_start(line: Line) -> tuple[str | None, int] | None:
    """The label of the note that a line begins, or `None` for one, and where its words start."""
    match = _NOTE_LINE.match(line.text)
    if match is None or not (match[1] or "^" in match[0] or "↑" in match[0]):
        return None
    end = match.end()
    if "^" in match[0] or "↑" in match[0]:
        end = _behind_jump_words(line.text, end)
    return match[1], end


def _behind_jump_words(text: str, start: int) -> int:
    """Where a note goes on after the words that screen readers say for the arrow, and the letters behind them."""
    head, colon, _ = text[start : start + 60].partition(":")
    if colon and fold(head) in tables().jump_up:
        match = _BACKLINKS.match(text, start + len(head) + 1)
        return match.end() if match else start + len(head) + 1
    return start


def _group(words: str, text: str) -> str:
    """The group of the notes under a heading, where markers carry the heading's words: `[注釈 1]` under 注釈."""
    return words if re.search(rf"[\[［]\s*{re.escape(words)}\s*\d", text, re.I) else ""


def _claim_notes(page: Page, blocks: list[int], group: str) -> None:
    """Each line that begins like a note is one; a line that does not goes on with the note before.

    In flattened text an empty line, or a line of a list, ends the notes.
    """
    claim: Claim | None = None
    number = 0
    for n, block in enumerate(blocks):
        if page.tags[block] == "li" and page.claimed(block) is None:
            claim = None
        for line in lines_of(page, block):
            start = _note_start(line)
            if start is None:
                if claim is not None and page.plain and "hr" in page.tags[blocks[n - 1] : block]:
                    return
                if claim is not None:
                    claim = _claim_line(page, line, 0, claim)
                continue
            number += 1
            label = plain_label(start[0] or str(number))
            label = f"{group} {label}" if group and label.isdigit() else label
            claim = _claim_line(page, line, start[1], None)
            if claim is not None:
                page.footnotes.add(f"note-{label}", claim, page.cleaner, label)


def _claim_items(page: Page, items: list[int], text: str) -> None:
    """A numbered list under such a heading is one of notes if the text cites its numbers in brackets."""
    if "[1]" not in text and "［1］" not in text:
        return
    for number, item in enumerate(items, 1):
        claim = page.claim(item, "references", "note", kind="note")
        if claim is not None:
            page.footnotes.add(f"note-{number}", claim, page.cleaner, str(number))


def _claim_line(page: Page, line: Line, prefix: int, claim: Claim | None) -> Claim | None:
    """Claims a line's words for a note, and the `1. ^ a b` before them as its backlink."""
    left = prefix
    for at, start, end in line.pieces:
        cut = min(end - start, left)
        if cut:
            page.claim_text(at, start, start + cut, "removed", "backlink")
            left -= cut
        if start + cut < end:
            if claim is None:
                claim = page.claim_text(at, start + cut, end, "references", "note", kind="note")
            else:
                page.continue_claim(claim, at, start + cut, end)
    return claim


def plain_label(words: str) -> str:
    """A marker's label with the digits of any script as ours."""
    return " ".join("".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in word) for word in words.split())
