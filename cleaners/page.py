"""`Page`: one capture while it is being cleaned, as arrays in document order, and the claims on its parts.

A *position* is the number of a node in document order. `tags[at]` is "" for a text node; `nodes[at]` is its string, or
the element; the subtree of `at` is `range(at, ends[at])`, so "is inside" is a comparison of numbers. The arrays are
made in one walk, which is all the index that cleaners need: no selector ever walks the tree again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urljoin

from turbohtml import Comment, Document, Element, Node, Text

from wikiglean.cleaners.archived import Archived
from wikiglean.cleaners.claims import DESTINATIONS, Claim, Destination
from wikiglean.cleaners.footnotes.records import Footnotes
from wikiglean.cleaners.works.records import ShortNotes
from wikiglean.errors import CleanError

if TYPE_CHECKING:
    from wikiglean.cleaners.profiles import EngineProfile
    from wikiglean.cleaners.unknown.blocks import Blocks

__all__ = ["HEADINGS", "INVISIBLE", "Cleaner", "Page"]

Cleaner: TypeAlias = Callable[["Page"], None]
"""A step of the pipeline: looks at the page and claims parts of it."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

INVISIBLE = frozenset({"script", "style", "template", "noscript"})
"""Elements whose text no reader sees. They are in the arrays, their content is not."""

MOST_NODES = 5_000_000
"""Ten times what a page of 20 MB has. Broken markup can make as many out of some hundred kilobytes: see
`wikiglean.cleaners.parsing`. Each takes about 400 bytes of memory.
"""


def _start(item: tuple[int, int, Claim]) -> int:
    return item[0]


class Page:
    """One capture while it is being cleaned: the only mutable thing of the pipeline. Cleaners claim parts of it.

    `tree` is the parsed page, to be read only; `root` the position that the article is read from, `body` that of the
    page's body; `profile` the site's engine, if one was recognised; `pasted` the engines whose own markup may stand
    inside the article besides; `flags` become `quality.flags`; `comments` are those of the source, each with the
    position that it stands before; `archived` is what wrappers around the page say of it. `title_at` is where its title
    was found. `blocks` are there where no profile could tell the content root, `document_title` is the title then,
    where only the head has it.
    """

    def __init__(self, tree: Node, *, url: str | None = None, plain: bool = False) -> None:
        """`plain` says that the page is flattened text, a line each paragraph."""
        self.tree = tree
        self.url = url
        self.plain = plain
        self.cleaner = ""
        self.profile: EngineProfile | None = None
        self.pasted: tuple[EngineProfile, ...] = ()
        self.profiles: tuple[EngineProfile, ...] = ()
        self.flags: list[str] = []
        self.claims: dict[int, Claim] = {}
        self.text_claims: dict[int, list[tuple[int, int, Claim]]] = {}
        self.roles: dict[int, str] = {}
        self.located: dict[int, str] = {}
        self.footnotes = Footnotes()
        self.short_notes = ShortNotes()
        self.site_name: str | None = None
        self.archived: Archived | None = None
        self.comments: list[tuple[int, str]] = []
        self.blocks: Blocks | None = None
        self.document_title: str | None = None
        self.title_at: int | None = None
        self._positions: dict[Element, int] | None = None
        self._asked: tuple[int, int, int] | None = None
        self._answer: Claim | None = None
        self._texts: tuple[int, list[int], str] | None = None
        self._index()
        self.base_url = self.find_base()

    # -- the index ---------------------------------------------------------------------------------------------

    def _index(self) -> None:
        """Fills the arrays in one walk. Written flat: this loop and the reader's are the speed of the program."""
        self.tags: list[str] = []
        # str for a text node, else the element; `Any`, for a cast in the loops below would cost more than they do
        self.nodes: list[Any] = []
        self.parents: list[int] = []
        self.ends: list[int] = []
        self.by_id: dict[str, int] = {}
        self.by_tag: dict[str, list[int]] = {}
        self.classes: dict[int, str] = {}
        self.visible = 0
        self.body = 0
        by_class_attribute: dict[str, list[int]] = {}
        tags, nodes, parents, ends = self.tags, self.nodes, self.parents, self.ends
        comments = self.comments
        by_id, by_tag, classes = self.by_id, self.by_tag, self.classes
        start = self.tree.root if isinstance(self.tree, Document) else self.tree
        stack: list[tuple[Iterator[Any], int]] = []
        walk: Iterator[Any] = iter((start,)) if start is not None else iter(())
        parent, at, visible = -1, 0, 0
        while True:
            for node in walk:
                kind = type(node)
                if kind is Text:
                    data = node.data
                    tags.append("")
                    nodes.append(data)
                    parents.append(parent)
                    at += 1
                    ends.append(at)
                    visible += len(data)
                elif kind is Element:
                    tag = node.tag
                    attribute = node.attr
                    tags.append(tag)
                    nodes.append(node)
                    parents.append(parent)
                    same = by_tag.get(tag)
                    if same is None:
                        by_tag[tag] = [at]
                    else:
                        same.append(at)
                    value = attribute("class")
                    if value:
                        classes[at] = value
                        same = by_class_attribute.get(value)
                        if same is None:
                            by_class_attribute[value] = [at]
                        else:
                            same.append(at)
                    value = attribute("id")
                    if value and value not in by_id:
                        by_id[value] = at
                    if tag in INVISIBLE:
                        at += 1
                        ends.append(at)
                        continue
                    if (tag == "body" or tag == "frameset") and not self.body:
                        self.body = at
                        visible = 0  # what stands before, in the head, nobody sees
                    if at > MOST_NODES:
                        raise CleanError(f"the page has more than {MOST_NODES:,} elements and texts")
                    ends.append(0)
                    stack.append((walk, parent))
                    parent = at
                    at += 1
                    walk = iter(node.children)
                    break
                elif kind is Comment:
                    comments.append((at, node.data))
            else:
                if not stack:
                    break
                ends[parent] = at
                walk, parent = stack.pop()
        if isinstance(self.tree, Document):  # comments before and after the document's element
            comments += [(at, node.data) for node in self.tree.children if isinstance(node, Comment)]
        self.visible = visible
        self.root = self.body
        self.by_class: dict[str, list[int]] = {}
        self._index_classes(by_class_attribute)

    def _index_classes(self, by_attribute: dict[str, list[int]]) -> None:
        """Splits each distinct class attribute once, however many elements have it."""
        by_class = self.by_class
        shared: set[str] = set()
        for attribute, positions in by_attribute.items():
            for name in set(attribute.split()):
                if name in shared:
                    by_class[name] += positions
                elif name in by_class:
                    by_class[name] = by_class[name] + positions
                    shared.add(name)
                else:
                    by_class[name] = positions
        for name in shared:
            by_class[name].sort()
        self.names = frozenset((*by_class, *self.by_id, *self.by_tag))

    def find_base(self) -> str | None:
        """The address that relative links are relative to."""
        for at in self.by_tag.get("base", ()):
            if href := self.attribute(at, "href"):
                try:
                    base = urljoin(self.url or "", self.original(href.strip()))
                    return f"https:{base}" if base.startswith("//") else base
                except ValueError:
                    return self.url
        return self.url

    def original(self, href: str) -> str:
        """A link as the page had it before an archive rewrote it."""
        return href if self.archived is None else self.archived.original(href)

    # -- looking -----------------------------------------------------------------------------------------------

    def element(self, at: int) -> Element:
        """The element at a position."""
        element: Element = self.nodes[at]
        return element

    def attribute(self, at: int, name: str) -> str | None:
        """An attribute of the element at a position, as written, or `None`."""
        value: str | None = self.nodes[at].attr(name)
        return value

    def has_class(self, at: int, name: str) -> bool:
        """Whether the element has the class, as a whole word."""
        attribute = self.classes.get(at)
        return attribute is not None and name in attribute.split()

    def position(self, element: Element) -> int:
        """The position of an element of `tree`, for cleaners that look with `tree.select`.

        Raises `KeyError` for an element of another tree, or inside invisible ones.
        """
        at = self.find_position(element)
        if at is None:
            raise KeyError(f"<{element.tag}> is no visible element of this page")
        return at

    def find_position(self, element: Element) -> int | None:
        """The position of an element of `tree`, or `None` for one of another tree, or inside invisible ones."""
        if self._positions is None:
            self._positions = {node: at for at, node in enumerate(self.nodes) if not isinstance(node, str)}
        return self._positions.get(element)

    def within(self, positions: Iterable[int], outer: int) -> list[int]:
        """Those of the sorted positions that lie inside the subtree of `outer`, itself left out."""
        listed = positions if isinstance(positions, list) else list(positions)
        return listed[bisect_left(listed, outer + 1) : bisect_left(listed, self.ends[outer])]

    def tagged(self, tag: str, outer: int | None = None) -> list[int]:
        """The positions of all elements of a tag, in order; only those inside `outer` where it is given."""
        positions = self.by_tag.get(tag, [])
        return positions if outer is None else self.within(positions, outer)

    def classed(self, name: str, outer: int | None = None) -> list[int]:
        """The positions of all elements of a class, in order; only those inside `outer` where it is given."""
        positions = self.by_class.get(name, [])
        return positions if outer is None else self.within(positions, outer)

    def contains(self, outer: int, at: int) -> bool:
        """Whether `at` is `outer` or inside its subtree."""
        return outer <= at < self.ends[outer]

    def ancestors(self, at: int) -> Iterator[int]:
        """The positions of the elements around `at`, innermost first."""
        parents = self.parents
        at = parents[at]
        while at >= 0:
            yield at
            at = parents[at]

    def text_of(self, at: int) -> str:
        """The visible characters of a subtree, as they stand in the source."""
        tags, nodes = self.tags, self.nodes
        if self.ends[at] == at + 1:
            return "" if tags[at] else str(nodes[at])
        return "".join([nodes[i] for i in range(at, self.ends[at]) if not tags[i]])

    def texts_with(self, *signs: str) -> list[int]:
        """The text nodes of the article that hold one of these signs, in order.

        All the article's words are searched at once: most pages have none of the signs that are looked for.
        """
        if self._texts is None or self._texts[0] != self.root:
            inside = range(self.root, self.ends[self.root] if self.tags else 0)
            found = [at for at in inside if not self.tags[at]]
            self._texts = (self.root, found, "".join([self.nodes[at] for at in found]))
        _, texts, words = self._texts
        nodes = self.nodes
        there = [sign for sign in signs if sign in words]
        if len(there) == 1:
            sign = there[0]
            return [at for at in texts if sign in nodes[at]]
        return sorted({at for sign in there for at in texts if sign in nodes[at]})

    def words_of(self, at: int) -> str:
        """`text_of` with white space folded."""
        return " ".join(self.text_of(at).split())

    def comments_that_begin(self, beginning: str) -> list[int]:
        """The positions right after the comments that begin so: `<!--PageText-->`, white space at the ends aside."""
        words = beginning.removeprefix("<!--").removesuffix("-->").strip()
        return [at for at, data in self.comments if data.strip().startswith(words)]

    # -- claiming ----------------------------------------------------------------------------------------------

    def claim(self, element: Element | int, destination: Destination, reason: str, *, kind: str = "") -> Claim | None:
        """Claims an element (or a position) and all inside it for a field of the article, or for `removed`.

        The first claim on an element stands; a later one on the same element gives `None`. Claims inside it are
        independent: within text and fields the innermost wins; what is inside `removed` stays removed, except the
        content root, reference lists and infoboxes.
        """
        if destination not in DESTINATIONS:
            raise ValueError(f"no such destination: {destination!r}; one of {', '.join(sorted(DESTINATIONS))}")
        at = element if isinstance(element, int) else self.position(element)
        if at in self.claims or at == self.root or not self.tags[at]:
            return None
        claim = Claim(at, destination, self.cleaner, reason, kind)
        self.claims[at] = claim
        return claim

    def claim_text(
        self, at: int, start: int, end: int, destination: Destination, reason: str, *, kind: str = ""
    ) -> Claim:
        """Claims the characters `[start, end)` of the text node at a position."""
        claim = Claim(at, destination, self.cleaner, reason, kind)
        self.continue_claim(claim, at, start, end)
        return claim

    def claim_inside(
        self, at: int, start: int, end: int, destination: Destination, reason: str, *, kind: str = ""
    ) -> Claim:
        """Claims characters that may be part of another claim on characters: a marker inside a typed note."""
        ranges = self.text_claims.get(at, [])
        n = bisect_right(ranges, start, key=_start) - 1
        if n < 0 or end > ranges[n][1]:
            return self.claim_text(at, start, end, destination, reason, kind=kind)
        first, last, outer = ranges[n]
        claim = Claim(at, destination, self.cleaner, reason, kind)
        claim.outer = outer
        parts = [(first, start, outer), (start, end, claim), (end, last, outer)]
        ranges[n : n + 1] = [part for part in parts if part[0] < part[1]]
        return claim

    def text_claims_in(self, at: int, start: int, end: int) -> list[tuple[int, int, Claim]]:
        """The claims on characters of a text node that overlap `[start, end)`, in order, with their characters."""
        ranges = self.text_claims.get(at)
        if ranges is None:
            return []
        n = bisect_right(ranges, start, key=_start)
        stop = bisect_left(ranges, end, key=_start)
        return ranges[n - 1 if n and ranges[n - 1][1] > start else n : stop]

    def continue_claim(self, claim: Claim, at: int, start: int | None = None, end: int | None = None) -> None:
        """Gives one more part to a claim: an element, or a range of characters of a text node."""
        if self.tags[at]:
            self.claims.setdefault(at, claim)
            return
        start, end = start or 0, len(self.nodes[at]) if end is None else end
        ranges = self.text_claims.setdefault(at, [])
        n = bisect_left(ranges, start, key=_start)
        free = (n == 0 or ranges[n - 1][1] <= start) and (n == len(ranges) or end <= ranges[n][0])
        if end > start and free:
            ranges.insert(n, (start, end, claim))

    def claimed(self, at: int) -> Claim | None:
        """The innermost claim on the element or one around it, up to the content root."""
        if at < 0 or at == self.root:
            return None
        claim = self.claims.get(at)
        if claim is not None:
            return claim
        # neighbours are asked about in a row: what holds for their parent is remembered until something is claimed
        outer = self.parents[at]
        asked = (outer, len(self.claims), self.root)
        if asked != self._asked:
            self._asked, self._answer = asked, self._claim_around(outer)
        return self._answer

    def _claim_around(self, at: int) -> Claim | None:
        claims, parents, root = self.claims, self.parents, self.root
        while at >= 0 and at != root:
            claim = claims.get(at)
            if claim is not None:
                return claim
            at = parents[at]
        return None

    def read_as(self, at: int, tag: str) -> None:
        """Lets the reader take an element for one of another tag: a paragraph for the heading that it is."""
        self.roles[at] = tag

    def locate(self, at: int, kind: str) -> None:
        """Asks the reader where an element stands in the text; `kind` says what for."""
        self.located.setdefault(at, kind)

    def flag(self, name: str) -> None:
        """Adds a flag to the article's `quality.flags`, once."""
        if name not in self.flags:
            self.flags.append(name)
