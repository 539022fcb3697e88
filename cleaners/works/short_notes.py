"""Short notes: "Smith 2001, p. 5", whose link leads to the work that the page lists elsewhere.

Wikipedia's templates {{sfn}} and {{harvnb}}, and what other wikis have like them, print a link into the page
(https://en.wikipedia.org/wiki/Help:Shortened_footnotes). What it leads to is a work if its id says so
(`CITEREFSmith2001`), if the element is marked up as one, or if it stands under a heading that announces a bibliography.
The rule is by links alone, so it holds for other engines too, and for `[[#Smith|Smith]]` typed in a note.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from urllib.parse import unquote

from wikiglean.cleaners.content import title_without_site
from wikiglean.cleaners.footnotes.fragments import plain_form, spellings
from wikiglean.cleaners.in_force import rules_in_force
from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.pieces import free_words
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.words import section_kind
from wikiglean.cleaners.works.markup import CITATION_CLASSES

__all__ = ["elder", "short_notes"]

_OF_PARSOID = re.compile(r"mw[\w-]{2,6}", re.ASCII)
_WORKS = (*CITATION_CLASSES, "csl-entry")
"""Classes of works in bibliographies: of MediaWiki's templates, and of citeproc (Pandoc)."""
_ENTRIES = ("li", "p", "dd", "dt", "td", "div", "blockquote")
"""Blocks that can be an entry of a bibliography as a whole."""
_BOXES = ("div", "td", "blockquote")


def short_notes(page: Page) -> None:
    """Finds the works that short notes point at and those that are marked up in the text; the reader locates them."""
    finder = _Finder(page)
    found = page.short_notes
    notes = [note.claim.at for note in page.footnotes.notes.values() if note.claim is not None]
    for note in notes:
        for link in page.tagged("a", note):
            href = page.attribute(link, "href") or ""
            if "#" in href and page.claimed(link) is page.claims.get(note):
                finder.follow(link, href)
    listed = {work for work in finder.marked if _is_free(page, work)}
    listed -= {work for work in listed if any(up in listed for up in page.ancestors(work))}
    for work in sorted({*found.cited.values(), *listed}):
        found.works[work] = finder.names.get(work) or _own_id(page, work)
        page.locate(work, "work")


def _is_free(page: Page, work: int) -> bool:
    """Whether a work stands in the text or in a box of facts: notes have theirs in `csl`."""
    claim = page.claimed(work)
    return claim is None or claim.destination == "infoboxes"


class _Finder:
    """Finds out where links of notes lead to. What costs something is looked up when the first link needs it."""

    def __init__(self, page: Page) -> None:
        """`marked` are the elements that are marked up as works, `names` the ids that links call works by."""
        self.page = page
        self.names: dict[int, str] = {}
        self.ids = tuple(name for profile, _ in rules_in_force(page) for name in profile.references.work_ids)
        self.marked = {at for name in _WORKS for at in page.classed(name, page.root)}
        self._headings: list[int] | None = None
        self._others: dict[str, int] | None = None
        self._here: set[str] | None = None
        self._sizes: dict[int, int] = {}
        self.marked.update(self._described())
        self.in_order = sorted(self.marked)

    def follow(self, link: int, href: str) -> None:
        """Notes the work that a link leads to, or that it is not there."""
        path, _, fragment = href.partition("#")
        name, target = self._target(fragment)
        named = name.startswith(self.ids)
        if target is None:
            if named and self._is_here(path):
                self.page.short_notes.missing[link] = name
            return
        work = self._entry(target)
        if work is None or (self.page.claimed(work) is not None and self.page.claimed(work) is self.page.claimed(link)):
            return  # a note is no short note on its own work
        if not named and "//" in path and not self._is_here(path):
            return  # another page that happens to have the same id
        if named or work in self.marked or self._is_listed(work):
            self.page.short_notes.cited[link] = work
            self.names.setdefault(work, name)

    def _target(self, fragment: str) -> tuple[str, int | None]:
        """The id that a fragment means and where it is, however engine and mirrors spelled the two."""
        for name in spellings(fragment):
            if (at := self.page.by_id.get(name)) is not None:
                return name, at
        if self._others is None:
            self._others = {plain_form(name): at for name, at in reversed(self.page.by_id.items())}
            for at in reversed(self.page.tagged("a")):
                if named := self.page.attribute(at, "name"):
                    self._others.setdefault(plain_form(named), at)
        name = plain_form(fragment)
        return name, self._others.get(name)

    def _is_here(self, path: str) -> bool:
        """Whether a link's path is that of the page itself, as far as that is known."""
        if not path:
            return True
        if self._here is None:
            addresses = (self.page.url, title_without_site(self.page))
            self._here = {_last(address) for address in addresses if address}
        return _last(path) in self._here

    def _described(self) -> set[int]:
        """Entries that end with a description for machines (COinS) and are not marked up as works besides.

        A description that has words of its own, as blogs write it, is an entry itself.
        """
        page = self.page
        blocks: list[int] = []
        worded: set[int] = set()
        for at in page.classed("Z3988"):
            if page.words_of(at).strip() and not any(up in self.marked for up in page.ancestors(at)):
                worded.add(at)
            elif page.claimed(page.parents[at]) is None and elder(page, at) not in self.marked:
                up = page.parents[at]
                while up >= 0 and page.tags[up] not in BORDERS and up not in self.marked:
                    up = page.parents[up]
                blocks.append(up)
        alone = [at for at, count in Counter(blocks).items() if count == 1 and at >= 0 and at not in self.marked]
        return worded | {
            at for at in alone if page.tags[at] in ("li", "dd") or (page.tags[at] == "p" and self._is_listed(at))
        }

    def _entry(self, target: int) -> int | None:
        """The element that holds the work whose id stands at `target`: marked up as one, else the block around."""
        page = self.page
        block, work = target, None
        while block >= 0 and page.tags[block] not in BORDERS:
            work = block if block in self.marked else work
            block = page.parents[block]
        if block < 0 or (work is None and page.tags[block] not in _ENTRIES):
            return work
        if work is not None or block == target:
            return block if work is None else work
        behind = bisect_left(self.in_order, target)
        inner = self.in_order[behind] if behind < len(self.in_order) else page.ends[block]
        if inner < page.ends[block] and inner == _first_words(page, target, inner):
            return inner  # an anchor right before the work
        if block not in self._sizes:
            among = page.tags[block] in _BOXES and any(
                tag in BORDERS for tag in page.tags[block + 1 : page.ends[block]]
            )
            self._sizes[block] = 0 if among else len(page.words_of(block))
        size = self._sizes[block]
        if not size:
            return None  # an anchor among blocks
        return target if 2 * len(page.words_of(target)) > size else block

    def _is_listed(self, work: int) -> bool:
        """Whether an element stands under a heading that announces a bibliography, and outside of notes."""
        page = self.page
        if page.claimed(work) is not None:
            return False
        if self._headings is None:
            self._headings = sorted(at for tag in HEADINGS for at in page.tagged(tag, page.root))
        level = "h7"
        for heading in reversed(self._headings[: bisect_left(self._headings, work)]):
            if page.tags[heading] < level:
                level = page.tags[heading]
                kind = section_kind(free_words(page, heading))
                if kind != "body":
                    return kind in ("bibliography", "references")
        return False


def elder(page: Page, at: int) -> int | None:
    """The element right before one, with nothing but white space between them."""
    parent, before = page.parents[at], at - 1
    while before > parent and not page.tags[before] and not page.nodes[before].strip():
        before -= 1
    while before > parent and page.parents[before] != parent:
        before = page.parents[before]
    return before if before > parent and page.tags[before] else None


def _own_id(page: Page, at: int) -> str:
    """The id of an element, "" for none and for the number that Parsoid gives every element of a revision."""
    identifier = page.attribute(at, "id") or ""
    return "" if _OF_PARSOID.fullmatch(identifier) else identifier


def _first_words(page: Page, start: int, stop: int) -> int:
    """The position of the first words between two positions, or `stop`."""
    return next((at for at in range(start, stop) if not page.tags[at] and page.nodes[at].strip()), stop)


def _last(address: str) -> str:
    """The last part of an address's path, or a title, as titles are compared."""
    words = unquote(address.partition("#")[0].partition("?")[0]).rstrip("/").rpartition("/")[2]
    return words.removesuffix(".html").replace("_", " ").strip()
