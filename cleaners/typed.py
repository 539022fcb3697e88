"""Wiki text whose markup is gone: `[1]`, `[citation needed]`, `[edit]` and lists of notes, typed as plain characters.

It is found pasted into the articles of other systems, and in flattened pages (`wikiglean.cleaners.flat`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from wikiglean.cleaners.edit_markers import typed_edit_marker
from wikiglean.cleaners.page import Claim, Page
from wikiglean.cleaners.reader import BORDERS
from wikiglean.cleaners.words import ATTRIBUTION, FURNITURE, MAINTENANCE, is_note_heading

__all__ = ["Line", "lines_of", "typed_citations", "typed_furniture", "typed_headings", "typed_notes"]

_MARKER = re.compile(r"[\[［]\s*((?:(?:note|nb|n|anm\.?|not|注釈|注|註|ملاحظة)\s*)?\d{1,3}|[a-h])\s*[\]］]", re.I)
_NOTE_LINE = re.compile(
    r"\s*(?:[\[［]?((?:(?:note|nb|anm\.|not|注釈|注|註)\s*)?\d{1,3})[\]］]?[.:)\]]?\s*)?(?:[\^↑]\s*((?:[a-z]{1,2}(?:[,\s]+|$)|\d+\.\d+\s+)*)|(?<=[\]］])\s*|(?<=\.)\s+)"
)
_WORD_BEFORE = re.compile(r"\w{1,40}$")
_CODE = frozenset({"pre", "code", "tt", "kbd", "samp", "var", "math", "textarea", "listing", "xmp"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(slots=True)
class Line:
    """A line of a page as it is shown: pieces of text nodes, `(position, start, end)`, and its words."""

    pieces: list[tuple[int, int, int]]
    text: str


def lines_of(page: Page, block: int) -> list[Line]:
    """The lines of a block, divided at `<br>`; claimed elements are left out."""
    lines: list[Line] = []
    pieces: list[tuple[int, int, int]] = []
    words = ""
    at, end = block + 1, page.ends[block]
    while at < end:
        if page.tags[at] == "br":
            lines.append(Line(pieces, words))
            pieces, words = [], ""
        elif page.tags[at] and at in page.claims:
            at = page.ends[at]
            continue
        elif not page.tags[at]:
            data = page.text_of(at)
            pieces.append((at, 0, len(data)))
            words += data
        at += 1
    return [line for line in [*lines, Line(pieces, words)] if line.text.strip()]


def _bracketed_text(page: Page) -> Iterator[int]:
    """The text nodes of the article with a bracket in them that nobody claimed and that are no code."""
    tags, nodes = page.tags, page.nodes
    for at in range(page.root, page.ends[page.root] if tags else 0):
        if not tags[at] and ("[" in nodes[at] or "［" in nodes[at]):
            claim = page.claimed(at)
            in_text = claim is None or claim.destination == "text"
            if in_text and not any(tags[up] in _CODE for up in page.ancestors(at)):
                yield at


def typed_headings(page: Page) -> None:
    """Reads a short paragraph that ends in an edit marker as the heading that it was."""
    for tag in ("p", "div"):
        for at in page.tagged(tag, page.root):
            if page.ends[at] - at > 60 or not _is_leaf(page, at):
                continue
            if len(page.text_of(at)) < 200 and page.claimed(at) is None and typed_edit_marker(page, at):
                page.read_as(at, "h2")


def _is_leaf(page: Page, at: int) -> bool:
    return not any(page.tags[i] in BORDERS for i in range(at + 1, page.ends[at]))


def typed_furniture(page: Page) -> None:
    """Removes lines of a pasted page's own frame: "From …, the free encyclopedia", "Jump to: navigation, search"."""
    if page.profile is not None and page.profile.pasted:
        return
    _attributions(page)
    for tag in ("p", "div"):
        for at in page.tagged(tag, page.root):
            if page.ends[at] - at < 12 and _is_leaf(page, at):
                words = page.words_of(at)
                if not 0 < len(words) < 200 or _is_single_word(words) or page.claimed(at) is not None:
                    continue
                if FURNITURE.fullmatch(words):
                    page.claim(at, "removed", "pasted page furniture")


def _attributions(page: Page) -> None:
    """Removes what sites write below text of Wikipedia, its licence and authors."""
    for tag in ("p", "li", "div"):
        for at in page.tagged(tag, page.root):
            short = page.ends[at] - at < 40 and _is_leaf(page, at) and len(page.text_of(at)) < 600
            if short and ATTRIBUTION.fullmatch(page.words_of(at)) and page.claimed(at) is None:
                page.claim(at, "removed", "attribution of copied text")


def _is_single_word(words: str) -> bool:
    # a paragraph "Home" or "Navigation" may be anything
    return " " not in words


def typed_notes(page: Page) -> None:
    """Claims lists of notes typed under a heading that announces them: `1. ^ a b Author. Title.`"""
    if page.footnotes.notes and any(note.claim is not None for note in page.footnotes.notes.values()):
        return
    headings = _note_headings(page)
    text = page.text_of(page.root) if headings else ""
    groups = {words: _group(words, text) for words in {_free_words(page, heading) for heading in headings}}
    for heading in headings:
        blocks = _blocks_after(page, heading, headings)
        if any(_note_start(line) for block in blocks for line in lines_of(page, block)):
            _claim_notes(page, blocks, groups[_free_words(page, heading)])
        elif blocks and all(page.tags[block] == "li" and page.tags[page.parents[block]] == "ol" for block in blocks):
            _claim_items(page, blocks, text)
    page.footnotes.rejoin()


def _note_headings(page: Page) -> list[int]:
    candidates = [at for tag in _HEADINGS for at in page.tagged(tag, page.root) if page.ends[at] - at < 60]
    candidates += [at for at, role in page.roles.items() if role in _HEADINGS]
    candidates += [at for at in page.tagged("p", page.root) if page.ends[at] - at <= 4 and len(page.text_of(at)) < 60]
    return sorted({at for at in candidates if page.claimed(at) is None and is_note_heading(_free_words(page, at))})


def _free_words(page: Page, block: int) -> str:
    """A block's words without what was claimed in it."""
    words = ""
    for line in lines_of(page, block):
        for at, start, end in line.pieces:
            data = page.text_of(at)
            for claimed_start, claimed_end, _ in page.text_claims.get(at, ()):
                data = data[:claimed_start] + " " * (claimed_end - claimed_start) + data[claimed_end:]
            words += data[start:end]
    return " ".join(words.split())


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


def _note_start(line: Line) -> re.Match[str] | None:
    match = _NOTE_LINE.match(line.text)
    return match if match and (match[1] or "^" in match[0] or "↑" in match[0]) else None


def _group(words: str, text: str) -> str:
    """The group of the notes under a heading, where markers carry the heading's words: `[注釈 1]` under 注釈."""
    return words if re.search(rf"[\[［]\s*{re.escape(words)}\s*\d", text, re.I) else ""


def _claim_notes(page: Page, blocks: list[int], group: str) -> None:
    """Each line that begins like a note is one; a line that does not goes on with the note before."""
    claim: Claim | None = None
    number = 0
    for block in blocks:
        if page.tags[block] == "li" and page.claimed(block) is None:
            claim = None
        for line in lines_of(page, block):
            match = _note_start(line)
            if match is None and claim is None:
                continue
            if match is not None:
                number += 1
                label = _label(match[1] or str(number))
                label = f"{group} {label}" if group and label.isdigit() else label
                claim = _claim_line(page, line, match.end(), None)
                if claim is not None:
                    page.footnotes.add(f"note-{label}", claim, page.cleaner, label)
            else:
                claim = _claim_line(page, line, 0, claim)


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


def typed_citations(page: Page) -> None:
    """Claims `[1]` and `[citation needed]` in the text.

    Numbers in brackets are citations only where they count up as markers do, and only on pages whose markers are not
    marked up: elsewhere brackets mean what their author meant.
    """
    marked_up = bool(page.footnotes.markers)
    indexed = _indexed_words(page.text_of(page.root)) if page.tags else set()
    found: list[tuple[int, re.Match[str], str]] = []
    for at in _bracketed_text(page):
        data = page.text_of(at)
        for match in MAINTENANCE.finditer(data):
            white = len(match[0]) - len(match[0].lstrip())
            page.claim_text(at, match.start() + white, match.end(), "maintenance_tags", "maintenance tag")
        if not marked_up:
            found += [
                (at, match, _label(match[1]))
                for match in _MARKER.finditer(data)
                if _can_stand(page, at, match, indexed)
            ]
    if found and _count_up([label for _, _, label in found], page):
        for at, match, label in found:
            claim = page.claim_text(at, match.start(), match.end(), "citations", "marker", kind=label)
            note = page.footnotes.labelled(label)
            page.footnotes.join(claim, label, note.identifier if note else f"note-{label}", page.cleaner)
    _tags_in_elements(page)


def _indexed_words(text: str) -> set[str]:
    """Words with the index 0: arrays of some program, whose other indexes are no markers."""
    return {_word_before(text, match.start()) for match in re.finditer(r"\[0\]", text)} - {""}


def _word_before(text: str, end: int) -> str:
    match = _WORD_BEFORE.search(text, max(0, end - 40), end)
    return match[0] if match else ""


def _label(words: str) -> str:
    return " ".join("".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in word) for word in words.split())


def _can_stand(page: Page, at: int, match: re.Match[str], indexed: set[str]) -> bool:
    """A marker follows a word or a sign; a bracket inside a link, or one that a bracket follows, is none."""
    if page.tags[page.parents[at]] == "a":
        return False
    data = page.text_of(at)
    if indexed and (word := _word_before(data, match.start())) and word in indexed:
        return False
    return data[match.end() : match.end() + 1] != "("


def _count_up(labels: list[str], page: Page) -> bool:
    """Whether labels come in the order of footnotes: from 1 (or the notes' own), each new one the next."""
    numbers = [int(label) for label in dict.fromkeys(labels) if label.isdigit()]
    if not numbers:
        return bool(page.footnotes.notes) or len(labels) > 2
    if page.footnotes.notes:
        return True
    steps = sum(1 for a, b in zip([0, *numbers], numbers, strict=False) if 0 < b - a <= 3)
    return numbers[0] <= 3 and steps >= 0.7 * len(numbers)


def _tags_in_elements(page: Page) -> None:
    """Maintenance tags whose brackets and words stand in different elements: `<sup>[<i>citation needed</i>]</sup>`."""
    for at in page.tagged("sup", page.root):
        words = page.words_of(at)
        if page.claimed(at) is None and words[:1] in ("[", "［") and MAINTENANCE.fullmatch(words):
            page.claim(at, "maintenance_tags", "maintenance tag")
