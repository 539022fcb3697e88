"""What `trafilatura` takes for content on a page: the second opinion where nothing on the page says where it is.

https://trafilatura.readthedocs.io/. Its `deduplicate` is never used: it remembers pages, and the next one changes.
"""

from __future__ import annotations

import re

from lxml import etree, html

from wikiglean.cleaners.page import INVISIBLE, Page
from wikiglean.cleaners.unknown.blocks import Blocks

__all__ = ["weights_by_trafilatura"]

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML can't hold."""
_NAME = re.compile(r"[a-z][a-z0-9]*")
_DEEPEST = 200
_MOST_NODES = 100_000
_MOST_BLOCKS = 2000
"""With more, justext is not asked as well: it looks along rows of short blocks anew for each of them."""
_ATTRIBUTES = ("class", "id", "role", "href", "itemprop", "type", "name")


def weights_by_trafilatura(page: Page, blocks: Blocks) -> list[int] | None:
    """For each block its characters, if trafilatura keeps them, else 0. `None` where it finds nothing or fails."""
    tree = _tree(page)
    if tree is None:
        return None
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            tree,
            fast=len(blocks.all) > _MOST_BLOCKS,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            favor_recall=True,
            with_metadata=False,
        )
    except Exception:  # a page that it can't take must not cost the page
        page.flag("trafilatura-failed")
        return None
    body = getattr(found, "body", None)
    if body is None:
        return None
    kept = "".join("".join(body.itertext()).split())
    weights = [_kept(block.words, kept) * (block.chars - block.linked) for block in blocks.all]
    return weights if sum(weights) else None


def _kept(words: str, kept: str) -> bool:
    """Whether a block's words are among the kept; the ends of a long one tell, since trafilatura drops inline parts."""
    squeezed = "".join(words.split())
    if len(squeezed) < 20:
        return False
    return squeezed[:40] in kept or squeezed[-40:] in kept


def _tree(page: Page) -> html.HtmlElement | None:
    """The page as an lxml tree; `None` for one that lxml would not take."""
    if len(page.tags) > _MOST_NODES:
        return None
    root: html.HtmlElement = html.Element("html")
    elements: dict[int, html.HtmlElement] = {}
    depths: dict[int, int] = {}
    body = html.Element("body")
    root.append(body)
    elements[page.body], depths[page.body] = body, 0
    for at in range(page.body + 1, page.ends[page.body]):
        parent = elements.get(page.parents[at])
        if parent is None:
            continue
        tag = page.tags[at]
        if not tag:
            _append_text(parent, _FORBIDDEN.sub("", page.text_of(at)))
            continue
        depth = depths[page.parents[at]] + 1
        if depth > _DEEPEST:
            return None
        if tag in INVISIBLE:
            continue
        element = etree.SubElement(parent, tag if _NAME.fullmatch(tag) else "span")
        for name in _ATTRIBUTES:
            if value := page.attribute(at, name):
                element.set(name, _FORBIDDEN.sub("", value))
        elements[at], depths[at] = element, depth
    return root


def _append_text(parent: html.HtmlElement, words: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words
