"""Where the article is on a page that no profile knows: by landmarks that hold, else as trafilatura sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wikiglean.cleaners.page import HEADINGS, INVISIBLE, Page
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.unknown.blocks import Block, Blocks, blocks_of
from wikiglean.cleaners.unknown.names import CONTENT, NEVER, chrome_by_name, names_of, reason_of_line
from wikiglean.cleaners.unknown.titles import titles_of_document

__all__ = ["children", "elements", "find_root", "kept_by_trafilatura", "smallest_around"]

_MOST = {"reader comments": 0.9}
"""The share of a page's prose that its chrome may have. Readers write more than authors."""

_ROOTS = BORDERS.difference(HEADINGS)
_ROOTS -= {"p", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "caption"}
_ROOTS -= {"blockquote", "figure", "figcaption", "address", "details", "summary"}
"""Elements that can hold an article. An inline one can hold the beginning of a block at most."""
_OF_AUTHORS = frozenset({"aside", "footer", "header"})
"""Elements that authors use in their articles too: nothing else tells in a fragment."""
_ENOUGH = 200
"""Characters of prose, below which a page is no text but a list or a table, and all its words count."""


def find_root(page: Page) -> None:
    """Sets `page.root` and `page.blocks`; the flag says how the root was found.

    Prose counts that does not stand in what its names call navigation, a side bar, comments, a footer. An element that
    says it is the article is believed if most of the prose is inside. Where none is, the smallest element around what
    trafilatura takes for content.
    """
    blocks = page.blocks = blocks_of(page)
    telling = _discount(page, blocks)
    total = blocks.prose(page, page.body)
    strong, named = _landmarks(page)
    shares = (0.7, 0.94) if blocks.prose(page, page.body) >= _ENOUGH and not blocks.sparse else (0.5, 0.6)
    for candidates, least in zip((strong, named), shares, strict=True):
        if found := _holding(page, blocks, candidates, total * least):
            page.root = _narrowed(page, blocks, found, named)
            page.flag("content-root-by-landmark")
            return
    if telling and (found := _by_trafilatura(page, blocks)):
        page.root = found
        page.flag("content-root-by-trafilatura")
        return
    page.root = smallest_around(page, blocks, page.body, 0.97, careful=True)
    page.flag("content-root-is-body" if page.root == page.body else "content-root-by-density")


def elements(page: Page, outer: int) -> Iterator[int]:
    """The visible elements inside another, in order."""
    tags = page.tags
    return (at for at in range(outer + 1, page.ends[outer]) if tags[at] and tags[at] not in INVISIBLE)


def _discount(page: Page, blocks: Blocks) -> bool:
    """Takes the weight off blocks inside elements that are chrome by their tag, role or names, small ones only.

    Returns whether names tell the article from what is around it: where all the prose is in what they call chrome, the
    chrome that holds most of it counts after all, and trafilatura, which goes by names too, is not to be asked.
    """
    total = blocks.prose(page, page.body)
    weights = list(blocks.weights)
    titles = titles_of_document(page)
    done = -1
    for at in elements(page, page.body):
        if at < done:
            continue
        prose = blocks.prose(page, at)
        reason = chrome_by_name(page, at)[0]
        if blocks.fragment and (page.tags[at] in _OF_AUTHORS or len(blocks.inside(page, at)) == len(blocks.all)):
            continue
        if reason is None or prose > total * _MOST.get(reason, 0.5) or _opens_article(page, blocks, at, titles):
            continue
        blocks.chrome[at] = reason
        for n in blocks.inside(page, at):
            weights[n] = 0
            blocks.framed.add(n)
        done = page.ends[at]
    telling = not total or any(weights)
    if not telling:
        weights = _released(page, blocks)
    if sum(weights) < _ENOUGH:
        blocks.sparse = True
        left = [0 if _is_frame(page, block) else block.chars - block.linked for block in blocks.all]
        weights = [0 if n in blocks.framed else max(weight, left[n]) for n, weight in enumerate(weights)]
    blocks.weigh(weights)
    return telling


def _released(page: Page, blocks: Blocks) -> list[int]:
    """The weights once the chrome that holds most of the prose is none: all of a page cannot stand around its text."""
    prose: Counter[str] = Counter()
    for at, reason in blocks.chrome.items():
        prose[reason] += blocks.prose(page, at)
    (most, _), *_ = prose.most_common(1)
    blocks.chrome = {at: reason for at, reason in blocks.chrome.items() if reason != most}
    blocks.framed = {n for at in blocks.chrome for n in blocks.inside(page, at)}
    return [0 if n in blocks.framed else weight for n, weight in enumerate(blocks.weights)]


def _is_frame(page: Page, block: Block) -> bool:
    return (
        block.control or block.density > 0.6 or page.tags[block.owner] in HEADINGS or bool(reason_of_line(block.words))
    )


def _opens_article(page: Page, blocks: Blocks, at: int, titles: list[int]) -> bool:
    """Whether an element has the page's title and words after it, so that its names lie."""
    return any(
        sum(blocks.all[n].chars - blocks.all[n].linked for n in blocks.between(page.ends[title], page.ends[at])) > 80
        for title in page.within(titles, at)
    )


def _landmarks(page: Page) -> tuple[list[int], list[int]]:
    """Elements that say they are the article: by tag, role and property, and by names alone."""
    strong: list[int] = []
    named: list[int] = []
    for at in elements(page, page.body):
        if page.tags[at] not in _ROOTS:
            continue
        if (
            page.tags[at] in ("main", "article")
            or page.attribute(at, "role") in ("main", "article")
            or page.attribute(at, "itemprop") in ("articleBody", "text")
        ):
            strong.append(at)
        else:
            words = names_of(page, at)
            if any(word in CONTENT for word in words) and not any(word in NEVER for word in words):
                named.append(at)
    return strong, named


def _holding(page: Page, blocks: Blocks, candidates: list[int], least: float) -> int | None:
    """The smallest of the elements that hold as much prose, or nearly as much as the best of them."""
    found = [(blocks.prose(page, at), at) for at in candidates]
    best = max((prose for prose, _ in found), default=0)
    if best < least or not best:
        return None
    near = [at for prose, at in found if prose >= max(least, best * 0.96)]
    return min(near, key=lambda at: (blocks.chars(page, at), -at))


def _narrowed(page: Page, blocks: Blocks, root: int, named: list[int]) -> int:
    """The smallest element of a landmark that is named for content and has all of the landmark's."""
    inside = [at for at in page.within(named, root) if _has_all(page, blocks, root, at)]
    return min(inside, key=lambda at: (blocks.chars(page, at), -at), default=root)


def _has_all(page: Page, blocks: Blocks, outer: int, inner: int) -> bool:
    """Whether an element has nearly all prose, headings and other words of one around it."""
    return (
        blocks.prose(page, inner) >= 0.97 * blocks.prose(page, outer)
        and blocks.headings(page, inner) >= 0.9 * blocks.headings(page, outer)
        and blocks.plain(page, inner) >= 0.85 * blocks.plain(page, outer)
    )


def smallest_around(page: Page, blocks: Blocks, root: int, share: float, *, careful: bool = False) -> int:
    """The smallest element that holds a share of the prose inside another; `careful`: its headings and words too."""
    least = blocks.prose(page, root) * share
    at = root
    while least:
        child = next((i for i in children(page, at) if blocks.prose(page, i) >= least), None)
        if careful and child is not None and not _has_all(page, blocks, at, child):
            return at
        if child is None or page.tags[child] not in _ROOTS:
            return at
        at = child
    return at


def children(page: Page, outer: int) -> Iterator[int]:
    """The elements right inside another."""
    at = outer + 1
    while at < page.ends[outer]:
        if page.tags[at]:
            yield at
        at = page.ends[at]


def _by_trafilatura(page: Page, blocks: Blocks) -> int | None:
    """The smallest element around the blocks that trafilatura keeps, those in chrome left out."""
    weights = kept_by_trafilatura(page, blocks)
    if weights is None:
        return None
    weights = [0 if n in blocks.framed else weight for n, weight in enumerate(weights)]
    if not sum(weights):
        return None
    own = blocks.weights
    blocks.weigh(weights)
    found = smallest_around(page, blocks, page.body, 0.95, careful=True)
    blocks.weigh(own)
    return found if found != page.body else None


def kept_by_trafilatura(page: Page, blocks: Blocks) -> list[int] | None:
    """For each block its characters if trafilatura keeps them, else 0; `None` without its opinion. Asked once."""
    if not blocks.is_asked:
        from wikiglean.cleaners.unknown.extraction import weights_by_trafilatura

        blocks.is_asked, blocks.kept = True, weights_by_trafilatura(page, blocks)
    return blocks.kept
