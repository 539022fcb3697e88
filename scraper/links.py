"""The links of a page, as a crawl needs them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from wikiglean.capture import Capture
from wikiglean.scraper.urls import normalized

if TYPE_CHECKING:
    import turbohtml

__all__ = ["PageLinks", "page_links"]

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class PageLinks:
    """Where a page leads to: normalised URLs, each once, in the order of the page; and its canonical URL."""

    urls: tuple[str, ...] = ()
    canonical: str | None = None


def page_links(capture: Capture) -> PageLinks:
    """The links of a captured page; none of plain text.

    `rel=nofollow` on a link is advice to search engines about ranking, and is not heeded; a page whose
    `<meta name=robots>` says `nofollow` asks that its links be left alone, and they are.
    """
    content_type = (capture.content_type or "text/html").lower()
    if capture.url is None or content_type.startswith("text/plain"):
        return PageLinks()
    import turbohtml

    try:
        charset = _CHARSET.search(content_type)
        tree = turbohtml.parse(capture.body, encoding=charset[1] if charset else None)
    except (LookupError, ValueError):
        tree = turbohtml.parse(capture.body)
    base = _joined(capture.url, _first_href(tree, "base[href]")) or capture.url
    canonical = _joined(base, _first_href(tree, "link[rel~=canonical][href]"))
    robots = " ".join(str(meta.attrs.get("content") or "") for meta in tree.select('meta[name="robots" i]')).lower()
    if "nofollow" in robots or re.search(r"\bnone\b", robots):
        return PageLinks(canonical=canonical)
    found = (_joined(base, str(link.attrs.get("href") or "")) for link in tree.select("a[href], area[href]"))
    return PageLinks(tuple(dict.fromkeys(url for url in found if url)), canonical)


def _first_href(tree: turbohtml.Node, selector: str) -> str:
    """The address in the first element that `selector` finds, "" without one."""
    element = tree.select_one(selector)
    return str(element.attrs.get("href") or "") if element is not None else ""


def _joined(base: str, href: str) -> str | None:
    """The absolute, normalised address that `href` means, `None` where it is none of the web."""
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    try:
        url = urljoin(base, href)
        return normalized(url) if url.lower().startswith(("http://", "https://")) else None
    except ValueError:
        return None
