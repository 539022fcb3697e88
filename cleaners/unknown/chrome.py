"""What an unknown site prints around and into an article: by tag, role and name, by what links lead to, by its lines.

Each rule has a guard: what holds a good part of the article's prose is no chrome, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.pieces import has_words, holds_markers
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.unknown.blocks import Block, Blocks, is_sentence
from wikiglean.cleaners.unknown.names import chrome_by_name, reason_of_line
from wikiglean.cleaners.unknown.root import elements
from wikiglean.cleaners.words import fold, tables

__all__ = ["contents_alone", "unknown_chrome", "unknown_edges"]

_PARTS = frozenset({"body", "tbody", "thead", "tfoot", "tr", "dt", "caption", "figcaption"})
_UNDER_HEADINGS = (
    "advertisement",
    "attribution of copied text",
    "beside the article",
    "comment form",
    "form",
    "licence",
    "login form",
    "reader comments",
    "related posts",
    "search form",
    "share buttons",
    "side bar",
    "site navigation",
    "tags",
)
"""What has a heading of its own, which goes with it."""

_TURNING = re.compile(
    r"(?:[<«‹←⇐]+[\s-]*.{0,60}|.{0,60}[\s-]*[>»›→⇒]+|(?:previous|prev|next|up|back)\b.{0,3})", re.I | re.DOTALL
)
"""The words of a link to the page before or after."""

_SMALL = ("edit marker", "skip link")
"""What is never long, and holds no heading."""

_OF_ARTICLES = frozenset({"dl", "dd", "dt", "blockquote", "pre", "figure", "details"})
"""Elements that only a name for certain makes chrome."""
_SEPARATED = re.compile(r"[|·•»›>/:\-–—\[\]()\s]+")


def unknown_chrome(page: Page) -> None:
    """Removes elements of a page without a profile that are chrome by tag, role or name, and tables of contents."""
    if page.blocks is None:
        return
    _tables_of_contents(page)
    for link in page.tagged("a", page.root) if not page.blocks.fragment else ():
        if page.ends[link] == link + 2 and page.text_of(link).strip() == "?":
            page.claim(link, "removed", "link to a page that is not there")
    first, last = (page.root, page.ends[page.root]) if page.blocks.fragment else _edges(page, page.blocks)
    done = -1
    for at in elements(page, page.root):
        if at < done or at in page.claims:
            if at >= done and page.claims[at].destination == "references":
                done = page.ends[at]  # nothing in a note is of the site's frame
            continue
        if reason := _reason(page, page.blocks, at, edge=not first < at < last):
            _remove(page, at, reason)
            done = page.ends[at]


def _edges(page: Page, blocks: Blocks) -> tuple[int, int]:
    """Where the first and the last block of prose inside the root are."""
    found = (blocks.all[n].first for n in blocks.inside(page, page.root) if blocks.weights[n])
    prose = [at for at in found if page.claimed(at) is None]
    return (prose[0], prose[-1]) if prose else (page.ends[page.root], page.root)


def _reason(page: Page, blocks: Blocks, at: int, *, edge: bool) -> str | None:
    """Why an element is chrome, or `None`."""
    tag = page.tags[at]
    never, perhaps = blocks.chrome.get(at), chrome_by_name(page, at)[1] if edge else None
    if not (never or perhaps) or tag in HEADINGS or tag in _PARTS or tag == "pre":
        return None
    chars = blocks.chars(page, at) or len(page.words_of(at))
    if not chars or (tag not in BORDERS and not _stands_alone(page, at)):
        return None
    if never in _SMALL and (chars > 60 or any(page.tagged(heading, at) for heading in HEADINGS)):
        never = None
    if never:
        return never
    if tag in ("td", "th", "li") and blocks.density(page, at) < 0.5:
        perhaps = None
    if perhaps and tag in BORDERS - _OF_ARTICLES and _is_short(page, blocks, at, chars):
        return None if holds_markers(page, at, page.ends[at]) else perhaps
    return None


def _stands_alone(page: Page, at: int) -> bool:
    """Whether an inline element is all that its block has: not a word in a sentence or in code."""
    block = next((up for up in page.ancestors(at) if page.tags[up] in BORDERS), page.root)
    return page.tags[block] not in ("pre", "td", "th", "li", "dt") and page.words_of(block) == page.words_of(at)


def _is_short(page: Page, blocks: Blocks, at: int, chars: int) -> bool:
    """Whether an element has no prose, and few words or mostly links."""
    if blocks.prose(page, at) > 100 or _has_heading(page, at):
        return False
    return chars < 200 or (blocks.density(page, at) > 0.5 and chars < 2000)


def _has_heading(page: Page, at: int) -> bool:
    return any(page.tagged(tag, at) for tag in ("h2", "h3"))


def _remove(page: Page, at: int, reason: str) -> None:
    """Claims an element; one that holds the title, in the pieces around it."""
    title = page.title_at
    if title is None or not page.contains(at, title):
        page.claim(at, "removed", reason)
        return
    if title == at:
        return
    child = at + 1
    while child < page.ends[at]:
        if not page.contains(child, title):
            _remove_node(page, child, reason)
        elif child != title:
            _remove(page, child, reason)
        child = page.ends[child]


def _remove_node(page: Page, at: int, reason: str) -> None:
    if page.tags[at]:
        page.claim(at, "removed", reason)
    elif page.text_of(at).strip():
        page.claim_text(at, 0, len(page.text_of(at)), "removed", reason)


# -- tables of contents ----------------------------------------------------------------------------------------------


def _tables_of_contents(page: Page) -> None:
    """Removes lists of links to the page's own headings, with the heading above them."""
    targets = _anchors_of_headings(page)
    if len(targets) < 2:
        return
    assert page.blocks is not None
    for tag in ("ul", "ol", "dl", "table", "div", "p"):
        for at in page.tagged(tag, page.root):
            if page.claimed(at) is None and _leads_to(page, at, targets):
                _remove(page, _with_its_heading(page, at), "table of contents")


def _anchors_of_headings(page: Page) -> set[str]:
    """The ids and names that lead to a heading: its own, those inside it, and the one right before it."""
    found: set[str] = set()
    for tag in HEADINGS:
        for heading in page.tagged(tag, page.root):
            for at in range(max(page.root, heading - 4), page.ends[heading]):
                if page.tags[at] and (at >= heading or not page.words_of(at) or page.parents[heading] == at):
                    found.update(filter(None, (page.attribute(at, "id"), page.attribute(at, "name"))))
    return found


def _leads_to(page: Page, at: int, targets: set[str]) -> bool:
    links = [page.attribute(link, "href") or "" for link in page.tagged("a", at)]
    links = [href for href in links if href]
    if len(links) < 2:
        return False
    hits = sum("#" in href and unquote(href.partition("#")[2]) in targets for href in links)
    assert page.blocks is not None
    return hits >= 2 and hits >= 0.8 * len(links) and page.blocks.density(page, at) > 0.6


def _with_its_heading(page: Page, at: int) -> int:
    """The element around a table of contents that has nothing besides but its heading."""
    own = len(page.words_of(at))
    while page.parents[at] > page.root and len(page.words_of(page.parents[at])) - own < 40:
        at = page.parents[at]
    before = _block_before(page, at)
    if (
        before is not None
        and page.claimed(before.first) is None
        and fold(before.words).strip(" :[]") in tables().contents
    ):
        _remove_block(page, before, "table of contents")
    return at


def _block_before(page: Page, at: int) -> Block | None:
    blocks = page.blocks
    assert blocks is not None
    n = blocks.between(page.root, at).stop - 1
    return blocks.all[n] if n >= 0 and blocks.all[n].first > page.root else None


# -- lines at the beginning and the end ------------------------------------------------------------------------------


def unknown_edges(page: Page) -> None:
    """Removes what stands before the title and the first prose, and after the last, and reads like a page's frame."""
    if page.blocks is None:
        return
    blocks = page.blocks
    inside = blocks.inside(page, page.root)
    title = page.root if page.title_at is None else page.title_at
    first, last = _edges(page, blocks)
    if first > last:
        return  # without prose nothing is a frame
    if title > first:
        title = page.root
    for n in inside:
        block = blocks.all[n]
        if page.claimed(block.first) is not None or blocks.weights[n] or (blocks.fragment and not block.links):
            continue  # nothing but links is certainly not the author's where no site is around
        if holds_markers(page, block.first, block.stop):
            continue  # who cites writes the article
        if block.first < first and _names_the_site(page, block):
            _remove_block(page, block, "name of the site")
        elif block.first < title and _is_before_title(page, block):
            _remove_block(page, block, "before the title")
        elif not first < block.first < last and (reason := _reason_of_block(page, block, n)):
            _remove_block(page, block, reason)
    _emptied_headings(page, blocks)


def contents_alone(page: Page) -> None:
    """Gives back a table of contents that is all of an unknown page: the chapter of a manual, the index of a book."""
    if page.profile is not None or page.plain or has_words(page, page.root, page.ends[page.root]):
        return
    for at in [at for at, claim in page.claims.items() if claim.reason == "table of contents"]:
        if page.contains(page.root, at):
            del page.claims[at]


def _is_before_title(page: Page, block: Block) -> bool:
    """Whether a block above the title is of the frame: no heading and no sentence."""
    assert page.blocks is not None
    return not (page.blocks.fragment or page.tags[block.owner] in HEADINGS or is_sentence(block.words))


def _names_the_site(page: Page, block: Block) -> bool:
    """A line like "From PostgreSQL wiki" under the title."""
    site = page.site_name
    return bool(site) and block.words.endswith(site or "") and len(block.words) - len(site or "") < 15


def _emptied_headings(page: Page, blocks: Blocks) -> None:
    """Removes headings under which there was nothing but chrome: "Comments", "Related posts"."""
    inside = [blocks.all[n] for n in blocks.inside(page, page.root)]
    heading: Block | None = None
    removed = False
    for block in [*inside, None]:
        if block is not None and page.tags[block.owner] not in HEADINGS:
            claim = page.claimed(block.first)
            if claim is None or claim.destination != "removed":
                heading = None
            removed = removed or (claim is not None and claim.reason in _UNDER_HEADINGS)
            continue
        if heading is not None and removed:
            _remove_block(page, heading, "heading of what was removed")
        heading = block if block is not None and page.claimed(block.first) is None else None
        if heading is not None and holds_markers(page, heading.first, heading.stop):
            heading = None
        removed = False


def _reason_of_block(page: Page, block: Block, number: int) -> str | None:
    if page.tags[block.owner] in HEADINGS:
        return None
    reason = reason_of_line(block.words)
    if reason and (block.links or " " in block.words or not block.words.isalpha()):
        return reason  # a lone word that is no link may be anything
    assert page.blocks is not None
    before = page.blocks.all[number - 1].owner if number else page.root
    # links right under a heading are what the heading announces
    is_announced = page.tags[before] in HEADINGS and page.title_at != before
    if block.links >= 2 and block.chars < 1000 and not is_announced and _is_row_of_links(page, block):
        return "row of links"
    return None


def _is_row_of_links(page: Page, block: Block) -> bool:
    """Links with signs between and nothing else, `Home | Help`, perhaps after a label, or links that turn the page."""
    links = [at for at in page.tagged("a", block.owner) if block.first - 3 <= at < block.stop]
    if any(_TURNING.fullmatch(page.words_of(at)) for at in links):
        return True
    inside = {at for link in links for at in range(link, page.ends[link])}
    rest = [page.text_of(at).strip() for at in range(block.first, block.stop) if not page.tags[at] and at not in inside]
    rest = [words for words in rest if words]
    if rest and len(links) > 2 and rest[0][-1] in ":：" and len(rest[0]) < 30:
        rest = rest[1:]
    return bool(rest) and all(_SEPARATED.fullmatch(words) for words in rest)


def _remove_block(page: Page, block: Block, reason: str) -> None:
    """Claims a block: its element where that has nothing else, else its nodes."""
    at = block.owner
    if at > page.root and len(page.words_of(at)) == block.chars and page.title_at != at:
        page.claim(at, "removed", reason)
        return
    for node in _nodes(page, block):
        _remove_node(page, node, reason)


def _nodes(page: Page, block: Block) -> Iterator[int]:
    """The largest nodes that lie inside a block."""
    at = block.first
    while at < block.stop:
        while (
            at > block.owner + 1
            and page.parents[at] >= block.owner
            and page.parents[at] == at - 1
            and (page.ends[page.parents[at]] <= block.stop and page.parents[at] > block.owner)
        ):
            at = page.parents[at]
        yield at
        at = page.ends[at]
