"""How far a note reaches that an anchor stands in: a block, blocks in a row, or lines of a block with other notes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from wikiglean.cleaners.footnotes.linked.labels import BRACKETS, label_of, label_start
from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.pieces import Pieces
from wikiglean.cleaners.reading.reader import BORDERS

__all__ = ["NAME_OF_NOTE", "Extents"]

NAME_OF_NOTE = re.compile(r"note|fn|ftn|foot(?!er)|ref|cite|bib|anm|nota|voet", re.I)
"""What ids and classes of notes have in them."""
_BREAKS = ("br", "hr", "img")
_ENDS = (*HEADINGS, "hr", "nav", "footer", "form", "table")
"""What a note that has no end of its own does not go beyond."""
_NO_NOTES = ("main", "article", "ul", "ol", "dl", "tbody", "table", "nav", "footer", "header", "form")
_OUTER = ("li", "dd", "aside", "div", "section", "blockquote", "details", "p")
_FOLLOWING = ("dd", "p", "div", "blockquote", "ul", "ol", "pre")
_LONGEST = 6000
"""Characters of the longest note; what is longer is a section."""


class Extents:
    """Finds the parts of notes on a page: elements, and stretches of text nodes.

    `labels` are those of the markers, by the positions that they lead to; `links` the positions of the markers.
    """

    def __init__(self, page: Page, labels: dict[int, str], links: list[int]) -> None:
        """All markers are known before the first note is measured: each bounds the notes around it."""
        self.page = page
        self.labels = labels
        self.targets = sorted(labels)
        self.links = links

    def of(self, target: int, link: int) -> Pieces:
        """The parts of the note that an anchor belongs to, none where it belongs to no note of the marker `link`."""
        page = self.page
        block = self._block(target)
        if self._is_shared(block, target, link):
            return self._lines(block, target)
        if not self._can_be(block, link):
            return []
        if not page.words_of(block).strip(BRACKETS):
            return self._after_anchor(block, target)
        if page.tags[block] == "dt" or self._is_label(block, target):
            return [(at, 0, 0) for at in (block, *self._after_label(block))]
        block = self._grown(block, target, link)
        label = self.labels[target]
        following = str(int(label) + 1) if label.isdecimal() else None
        return [(at, 0, 0) for at in (block, *self._going_on(block, following))]

    def _block(self, target: int) -> int:
        page, at = self.page, target
        while at > page.body and (page.tags[at] not in BORDERS or page.tags[at] in _BREAKS):
            at = page.parents[at]
        return page.parents[at] if page.tags[at] in ("td", "th") else at

    def _can_be(self, block: int, link: int) -> bool:
        page = self.page
        if block <= page.body or page.contains(block, page.root) or page.contains(block, link):
            return False
        if page.tags[block] in HEADINGS:
            return label_of(page.words_of(block)) is not None
        if page.tags[block] in _NO_NOTES:
            return False
        return len(page.text_of(block)) <= _LONGEST and not any(page.tagged(tag, block) for tag in HEADINGS)

    def _is_label(self, block: int, target: int) -> bool:
        words = self.page.words_of(block)
        return label_start(words, self.labels[target]) >= len(words)

    def _between(self, positions: list[int], start: int, stop: int) -> list[int]:
        return positions[bisect_left(positions, start) : bisect_left(positions, stop)]

    # -- several notes in one block -----------------------------------------------------------------------------

    def _is_shared(self, block: int, target: int, link: int) -> bool:
        """Whether the block of an anchor holds more than its note: the marker, or other notes."""
        page = self.page
        if page.tags[block] in ("tr", "dt", *HEADINGS) or target == block:
            return False
        if page.contains(block, link) or block <= page.body or page.contains(block, page.root):
            return True
        return any(self._begins_line(at) for at in self._between(self.targets, block + 1, page.ends[block]))

    def _begins_line(self, target: int) -> bool:
        """Whether a note begins at an anchor: behind a line break or a block, and not at its block's beginning."""
        page = self.page
        block = self._block(target)
        at, _ = self._line_start(target)
        if not any(not page.tags[i] and page.text_of(i).strip(BRACKETS) for i in range(block + 1, at + 1)):
            return False
        before = at - 1
        while before > block and not page.tags[before] and not page.text_of(before).strip():
            before -= 1
        return page.tags[before] in ("br", "hr") or label_start(self._rest(target, 40), self.labels[target]) > 0

    def _rest(self, target: int, most: int) -> str:
        """The words from an anchor on."""
        page, text = self.page, ""
        for at in range(target, page.ends[self._block(target)]):
            if not page.tags[at]:
                text += page.text_of(at)
                if len(text) > most:
                    break
        return text.lstrip()

    def _line_start(self, target: int) -> tuple[int, int]:
        """Where the line of an anchor starts: position and offset. Brackets and a number before it are of the line."""
        page, at = self.page, target
        while page.tags[page.parents[at]] not in BORDERS and page.parents[at] == at - 1:
            at -= 1
        before = at - 1
        if page.tags[before]:
            return at, 0
        data = page.text_of(before)
        if not data.strip(BRACKETS) or (label_of(data) is not None and page.tags[before - 1] in BORDERS):
            return before, 0
        core = data.rstrip(" \n\t[(")
        return (before, len(core)) if core != data else (at, 0)

    def _lines(self, block: int, target: int) -> Pieces:
        """The part of a block from an anchor to the next one, or to what ends the last note."""
        page = self.page
        start = self._line_start(target)
        stop = (page.ends[block], 0)
        others = self._between(self.targets, target + 1, page.ends[block])
        following = next((at for at in others if self._block(at) == block and self._begins_line(at)), None)
        is_last = following is None or bool(self._between(self.links, target, following))
        if following is not None and not is_last:
            stop = self._line_start(following)
        return self._parts(start, stop, is_last)

    def _parts(self, start: tuple[int, int], stop: tuple[int, int], is_last: bool) -> Pieces:
        page = self.page
        parts: Pieces = []
        breaks = 0
        at = start[0]
        while at < stop[0] or (at == stop[0] and stop[1]):
            tag = page.tags[at]
            if tag in _ENDS:
                break
            if not tag:
                first, last = (start[1] if at == start[0] else 0), (stop[1] if at == stop[0] else len(page.nodes[at]))
                if page.nodes[at][first:last].strip():
                    breaks = 0
                parts.append((at, first, last))
                at += 1
            elif page.ends[at] <= stop[0]:
                breaks += tag == "br"
                if is_last and breaks == 2:
                    break
                parts.append((at, 0, 0))
                words = tag != "br" and page.words_of(at)
                breaks = 0 if words else breaks
                if is_last and words and tag in BORDERS:
                    break
                at = page.ends[at]
            else:
                at += 1
        return self._trimmed(parts)

    def _trimmed(self, parts: Pieces) -> Pieces:
        while parts and not self.page.text_of(parts[-1][0]).strip():
            parts.pop()
        return parts

    # -- blocks in a row ----------------------------------------------------------------------------------------

    def _after_anchor(self, block: int, target: int) -> Pieces:
        """The block behind an empty anchor that is a block of its own."""
        page = self.page
        after = page.ends[block]
        if after >= page.ends[page.parents[block]]:
            return []
        while not page.tags[after] and not page.text_of(after).strip() and after + 1 < page.ends[page.parents[block]]:
            after += 1
        found = page.tags[after] in ("p", "div", "li", "blockquote") and self._can_be(after, target)
        return [(block, 0, 0), (after, 0, 0)] if found else []

    def _after_label(self, block: int) -> list[int]:
        """What follows a block that holds nothing but a note's label: `<dt>` and `<dd>`, `<h5>` and `<p>`."""
        page = self.page
        after, stop = page.ends[block], page.ends[page.parents[block]]
        only = ("dd",) if page.tags[block] == "dt" else _FOLLOWING
        found: list[int] = []
        while after < stop and page.tags[after] != page.tags[block]:
            if self._between(self.targets, after, page.ends[after]) or page.tags[after] in _ENDS:
                break
            if page.tags[after] in only:
                found.append(after)
                if page.tags[block] in ("p", "div") and page.words_of(after):
                    break
            elif found and page.words_of(after):
                break
            after = page.ends[after]
        if not found and page.tags[block] in ("p", "div") and after < stop and page.tags[after] == page.tags[block]:
            found = [] if self._between(self.targets, after, page.ends[after]) else [after]
        return found

    def _grown(self, block: int, target: int, link: int) -> int:
        """The outermost element that holds nothing but the note."""
        page = self.page
        while True:
            outer = page.parents[block]
            if page.tags[outer] not in _OUTER or not self._can_be(outer, link):
                return block
            if any(not page.tags[at] and page.text_of(at).strip() for at in range(outer + 1, block)):
                return block
            if len(self._between(self.targets, outer, page.ends[outer])) > 1:
                return block
            alone = not any(
                not page.tags[i] and page.text_of(i).strip() for i in range(page.ends[block], page.ends[outer])
            )
            if not alone and page.tags[outer] in ("div", "section", "p") and not self._is_one_note(outer):
                return block
            block = outer

    def _is_one_note(self, outer: int) -> bool:
        """Whether an element of several blocks is named as a note, or has other notes beside it."""
        page, around = self.page, self.page.parents[outer]
        names = f"{page.attribute(outer, 'id') or ''} {page.classes.get(outer, '')}"
        sisters = self._between(self.targets, around, page.ends[around])
        return len(sisters) > 1 or NAME_OF_NOTE.search(names) is not None

    def _going_on(self, block: int, following_label: str | None) -> list[int]:
        """The blocks between a note and the next one, which may be one that nobody cites."""
        page = self.page
        parent = page.parents[block]
        n = bisect_right(self.targets, page.ends[block] - 1)
        following = self.targets[n] if n < len(self.targets) else None
        found: list[int] = []
        after = page.ends[block]
        while after < page.ends[parent] and page.tags[after] not in _ENDS:
            if following is not None and page.contains(after, following):
                return found
            if self._between(self.links, after, page.ends[after]):
                return []
            if following_label is not None and label_start(page.words_of(after), following_label):
                return found
            if page.tags[after] in _FOLLOWING:
                found.append(after)
            elif page.text_of(after).strip():
                return []
            after = page.ends[after]
        return []
