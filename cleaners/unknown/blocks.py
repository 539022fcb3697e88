"""The blocks of text of a page that no profile knows, and sums over them: how much prose, how much of it is links."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from wikiglean.cleaners.page import HEADINGS, INVISIBLE, Page
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.unknown.names import reason_of_line

__all__ = ["Block", "Blocks", "blocks_of", "is_sentence"]

_CONTROLS = frozenset({"select", "option", "textarea", "button", "datalist", "optgroup"})
_HEAD = frozenset({"title", "meta", "link", "script", "style", "base"})
_SMALL = 2000
"""Characters up to which a page without a head is a fragment."""
_SENTENCE = re.compile(r"[.!?。！？؟।։…][\"'”’»)\]\d]*\s*$|[,;:]\s+\S+\s+\S+\s+\S+")
# scripts without spaces say as much with half the characters
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


@dataclass(slots=True)
class Block:
    """Text between two borders: the nodes `[first, stop)`, the block element that holds them, and what is in them.

    `chars` are characters with white space folded, `linked` those inside links; `links` counts the links.
    """

    first: int
    stop: int
    owner: int
    words: str
    chars: int
    linked: int
    links: int
    control: bool

    @property
    def density(self) -> float:
        """The share of the block's text that is links, 0 to 1."""
        return self.linked / self.chars if self.chars else 0.0


class Blocks:
    """All blocks of a page in order, and sums of what lies between two of them."""

    def __init__(self, blocks: list[Block], weights: list[int]) -> None:
        """`weights` say how much prose each block has.

        `chrome` maps elements that are chrome by their names to the reason, `framed` are the numbers of the blocks in
        them; `sparse` says that the page has so little prose that all its words count, `fragment` that no site is
        around it: a few blocks, no head.
        `kept` is trafilatura's opinion, if it was asked.
        """
        self.all = blocks
        self.chrome: dict[int, str] = {}
        self.framed: set[int] = set()
        self.sparse = False
        self.fragment = False
        self.is_asked = False
        self.kept: list[int] | None = None
        self.starts = [block.first for block in blocks]
        self.weigh(weights)
        self._chars = [0, *accumulate(block.chars for block in blocks)]
        self._linked = [0, *accumulate(block.linked for block in blocks)]

    def weigh(self, weights: list[int]) -> None:
        """Sets how much prose each block has."""
        self.weights = weights
        self._prose = [0, *accumulate(weights)]

    def between(self, start: int, stop: int) -> range:
        """The numbers of the blocks that begin between two positions."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, stop))

    def inside(self, page: Page, at: int) -> range:
        """The numbers of the blocks in an element."""
        return self.between(at, page.ends[at])

    def prose(self, page: Page, at: int) -> int:
        """Characters of prose in an element."""
        found = self.inside(page, at)
        return self._prose[found.stop] - self._prose[found.start]

    def chars(self, page: Page, at: int) -> int:
        """Characters in an element."""
        found = self.inside(page, at)
        return self._chars[found.stop] - self._chars[found.start]

    def headings(self, page: Page, at: int) -> int:
        """The number of headings in an element, the page's own and those of chrome left out."""
        return sum(
            n not in self.framed and page.tags[self.all[n].owner] in HEADINGS and page.tags[self.all[n].owner] != "h1"
            for n in self.inside(page, at)
        )

    def plain(self, page: Page, at: int) -> int:
        """Characters in an element that are no link and not inside chrome."""
        found = (self.all[n] for n in self.inside(page, at) if n not in self.framed)
        return sum(block.chars - block.linked for block in found if not block.control)

    def density(self, page: Page, at: int) -> float:
        """The share of an element's characters that is links."""
        found = self.inside(page, at)
        chars = self._chars[found.stop] - self._chars[found.start]
        return (self._linked[found.stop] - self._linked[found.start]) / chars if chars else 0.0


def is_sentence(words: str) -> bool:
    """Whether words read like a sentence: they end like one, or have the commas of one."""
    return _SENTENCE.search(words) is not None


def blocks_of(page: Page) -> Blocks:
    """The blocks of the page's body. A line that ends in `<br>` is a block of its own."""
    found: list[Block] = []
    owner = page.body
    parts: list[str] = []
    first, links, linked = -1, 0, 0
    link_end = control_end = -1
    closing = [(page.ends[page.body], page.body)]  # ends of the block elements that we are in

    def close(stop: int) -> None:
        nonlocal first, parts, links, linked
        words = " ".join("".join(parts).split())
        if words:
            chars = len(words)
            found.append(Block(first, stop, owner, words, chars, min(linked, chars), links, first < control_end))
        first, parts, links, linked = -1, [], 0, 0

    for at in range(page.body + 1, page.ends[page.body]):
        while at >= closing[-1][0] and len(closing) > 1:
            close(at)
            closing.pop()
            owner = closing[-1][1]
        tag = page.tags[at]
        if not tag:
            data = page.nodes[at]
            if first < 0 and not data.strip():
                continue
            first = at if first < 0 else first
            parts.append(data)
            if at < link_end:
                linked += len(" ".join(data.split()))
        elif tag in BORDERS:
            close(at)
            if page.ends[at] > at + 1:
                closing.append((page.ends[at], at))
                owner = at
        elif tag == "a" and at >= link_end and page.attribute(at, "href") is not None:
            link_end = page.ends[at]
            links += 1
        if tag in _CONTROLS and page.ends[at] > control_end:
            close(at)
            control_end = page.ends[at]
        elif tag in INVISIBLE:
            continue
    close(page.ends[page.body])
    blocks = Blocks(found, [_prose(page, block) for block in found])
    small = sum(block.chars for block in found) < _SMALL
    blocks.fragment = small and _HEAD.isdisjoint(page.tags[: page.body])
    return blocks


def _prose(page: Page, block: Block) -> int:
    """How much prose a block has: enough words that are no link."""
    if block.control or page.tags[block.owner] in HEADINGS or block.density > 0.6:
        return 0
    plain = block.chars - block.linked
    if block.chars < 300 and reason_of_line(block.words):
        return 0
    size = block.chars * 2 if _DENSE.search(block.words[:40]) else block.chars
    if size >= 100 or (size >= 40 and is_sentence(block.words)):
        return plain
    return plain // 2 if page.tags[block.owner] in ("p", "dd", "pre", "td") and size >= 25 else 0
