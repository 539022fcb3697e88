"""The title of a page that no profile knows: what headings, `<title>` and the page's metadata agree on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from turbohtml import Namespace

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.unknown.blocks import Block
from wikiglean.cleaners.unknown.names import SITE, names_of

__all__ = ["DocumentTitle", "document_title_of", "titles_of_document", "unknown_title"]

_SEPARATOR = re.compile(
    r"\s+(?:[|\-–—:·•»«›‹<>/~]|::|&[lg]t;)\s+|\s*[|»«—]\s*|:\s+|\s+\[(?=[^\[\]]+\]$)|\s+\((?=[^()]+\)$)"
)
_NAMES_OF_TITLES = frozenset({"title", "pagetitle", "pagename", "headline"})
_NAMES_OF_LOGOS = frozenset({"logo", "sitename", "brand", "branding", "site name", "site title"})
_HEADINGS = ("h1", "h2", "h3")
_NOT_IN_TITLES = frozenset({"p", "table", "ul", "ol", "form", "h1", "h2", "h3", "h4", "div"})
_HOME = re.compile(r"(?:\.{0,2}/|(?:\.{0,2}/)?(?:index|home|main|default|welcome)\.(?:html?|php|aspx?|jsp))", re.I)
_NUMBER = re.compile(r"^\s*(?:\d+\.)+\d*\.?\s+(?=\w)")
_LONGEST = 200

_SURE = 3.0
"""The score of a heading from which on it is the title: an `<h1>` that opens the article has 3.5."""


@dataclass(frozen=True, slots=True)
class DocumentTitle:
    """What a page says of its title apart from headings.

    `document` is `<title>`, `whole` are that, `og:title` and the like, `parts` what their separators divide, `sites`
    names of the site.
    """

    document: str
    whole: tuple[str, ...]
    parts: tuple[str, ...]
    sites: frozenset[str]


def document_title_of(page: Page) -> str:
    """The text of `<title>`, white space folded; that of a document inside the page where the page has none itself."""
    for at in page.tagged("title"):
        if at < page.body or page.element(at).namespace is not Namespace.SVG:
            return page.words_of(at)
    return ""


def _key(words: str) -> str:
    """Words so that `FishersExactTest` and `Fisher's Exact Test` are equal, `2.4 Rope` and `Rope` too."""
    return re.sub(r"[\W_]+", "", _NUMBER.sub("", words.casefold()))


def what_the_head_says(page: Page) -> DocumentTitle:
    """The titles that the page's head and its structured data name, in parts."""
    whole: list[str] = []
    sites: set[str] = set()
    for at in page.tagged("meta"):
        name = (page.attribute(at, "property") or page.attribute(at, "name") or "").lower()
        content = " ".join((page.attribute(at, "content") or "").split())
        if name in ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title") and content:
            whole.append(content)
        elif name in ("og:site_name", "application-name", "apple-mobile-web-app-title") and content:
            sites.add(_key(content))
    document = document_title_of(page)
    whole = [document, *whole] if document else whole
    sites.update(_names_of_the_site(page))
    parts = dict.fromkeys(part for words in whole for part in _parts(words))
    return DocumentTitle(document, tuple(dict.fromkeys(whole)), tuple(parts), frozenset(sites - {""}))


def _parts(words: str) -> list[str]:
    parts = (part.strip(" []") for part in _SEPARATOR.split(words))
    return [part.rstrip(")") if "(" not in part else part for part in parts if part]


def _names_of_the_site(page: Page) -> set[str]:
    """The words of links home, and of short elements that are named for a logo or banner."""
    found = set()
    origin = "/".join((page.url or "").split("/")[:3]) or None
    for link in page.tagged("a"):
        href = page.attribute(link, "href") or ""
        if "home" in (page.attribute(link, "rel") or "").split() or _HOME.fullmatch(href) or href.rstrip("/") == origin:
            found.add(_key(page.words_of(link)))
            found.add(_key(page.attribute(link, "title") or ""))
    for at in page.classes:
        if not _NAMES_OF_LOGOS.isdisjoint(names_of(page, at)):
            found.add(_key(page.words_of(at)[:_LONGEST]))
    return found


def titles_of_document(page: Page) -> list[int]:
    """Headings that show what `<title>` says, its first part or all of it."""
    words = document_title_of(page)
    keys = {_key(words), _key(next(iter(_parts(words)), ""))} - {""}
    return [at for at in sorted(at for tag in _HEADINGS for at in page.tagged(tag)) if _key(page.words_of(at)) in keys]


def unknown_title(page: Page) -> None:
    """Claims the heading that is the title, if one is, and what repeats it; notes the name of the site."""
    head = what_the_head_says(page)
    best, most = None, _SURE
    headings = _candidates(page, head)
    main = [at for at in headings if page.tags[at] == "h1" and not _is_of_the_site(page, at, head)]
    in_root = [at for at in headings if page.contains(page.root, at)]
    for at in headings:
        score = _score(page, at, head) + (1.0 if in_root[:1] == [at] else 0.0) + (1.5 if main == [at] else 0.0)
        if score > most or (best is None and score >= most):
            best, most = at, score
    best = best if best is not None else _unmarked(page, head)
    if best is None:
        page.document_title, page.site_name = _best_part(head)
        return
    page.claim(best, "title", "title")
    page.title_at = best
    _strip_site(page, best, head)
    _again(page, best, headings)
    words = page.words_of(best)
    rest = [part for part in head.parts if _key(part) != _key(words)]
    page.site_name = next((part for part in rest if _key(part) in head.sites), None)
    if page.site_name is None:
        page.site_name = _rest_of(head.document, words)


def _rest_of(document: str, title: str) -> str | None:
    """What `<title>` has besides the title, at its end or beginning: the name of the site."""
    if document.startswith(title):
        rest = document.removeprefix(title)
    elif document.endswith(title):
        rest = document.removesuffix(title)
    else:
        return None
    words = rest.strip(" |-–—:·»«<>[]()")
    return words if words and words != rest and len(words) < 80 else None


def _unmarked(page: Page, head: DocumentTitle) -> int | None:
    """An element before the article's first prose that is no heading and shows what `<title>` says: `<b>`, `<font>`.

    The last one that shows a part of it: the name of the site stands above the title.
    """
    keys = {_key(words) for words in (head.document, *head.parts)} - {"", *head.sites}
    blocks = page.blocks
    assert blocks is not None
    found: int | None = None
    for n in blocks.inside(page, page.root):
        block = blocks.all[n]
        if _key(block.words) in keys and not block.linked:
            inside = (at for at in range(block.first - 1, block.stop) if page.tags[at] and at != page.root)
            around = (at for at in (*_inline_around(page, block), *inside) if page.words_of(at) == block.words)
            found = next(around, found)
        if blocks.weights[n] > _LONGEST // 2:
            break
    return found


def _inline_around(page: Page, block: Block) -> list[int]:
    """The elements around a block's first words, up to the one that the block is in, outermost first."""
    around = [at for at in page.ancestors(block.first) if block.owner <= at and at != page.root]
    return around[::-1]


def _candidates(page: Page, head: DocumentTitle) -> list[int]:
    """Headings up to the first prose of the article, others that agree with the head, and what is named for a title."""
    assert page.blocks is not None
    blocks = page.blocks
    prose = next((n for n in blocks.inside(page, page.root) if blocks.weights[n]), None)
    first = blocks.all[prose].first if prose is not None else page.ends[page.root]
    found = {
        at
        for tag in _HEADINGS
        for at in page.tagged(tag, page.body)
        if at < first or tag == "h1" or _agreement(page.words_of(at), head) >= 3
    }
    for at in page.classes.keys() | set(page.by_id.values()):
        if page.body < at < first and not _NAMES_OF_TITLES.isdisjoint(names_of(page, at)):
            found.add(at)
    return sorted(at for at in found if _may_be_title(page, at))


def _may_be_title(page: Page, at: int) -> bool:
    if page.ends[at] - at > 40 or page.claimed(at) is not None:
        return False
    words = page.words_of(at)
    inner = any(page.tags[i] in _NOT_IN_TITLES for i in range(at + 1, page.ends[at]))
    return bool(_key(words)) and len(words) <= _LONGEST and not inner


def _score(page: Page, at: int, head: DocumentTitle) -> float:
    """How likely a heading is the page's title; the reasons for the numbers are in the order of their weight."""
    tag, names = page.tags[at], names_of(page, at)
    score = _agreement(page.words_of(at), head)
    score += {"h1": 1.5, "h2": 0.5}.get(tag, 0.0)
    if "title" in names or "pagetitle" in names or "headline" in names or page.attribute(at, "itemprop") == "headline":
        score += 1.0
    if page.contains(page.root, at):
        score += 1.0
    if _is_of_the_site(page, at, head):
        score -= 3.0
        if _in_header(page, at) and _agreement(page.words_of(at), head) < 4:
            return 0.0  # `<title>` begins with something else: the page's title, whether a heading shows it or not
    return score


def _in_header(page: Page, at: int) -> bool:
    """Whether an element stands in the header of the whole page."""
    tags = {page.tags[up] for up in page.ancestors(at)}
    return "header" in tags and tags.isdisjoint({"main", "article"})


def _agreement(words: str, head: DocumentTitle) -> float:
    """How well a heading fits what the head of the page says."""
    key = _key(words)
    if not key:
        return 0.0
    if key in (_key(head.document), _key(head.parts[0] if head.parts else "")):
        return 4.0
    if any(key == _key(title) for title in head.whole):
        return 3.5
    if any(key == _key(part) for part in head.parts):
        return 3.0
    if any(words.casefold() in title.casefold() for title in head.whole) and len(key) > 3:
        return 2.0
    mine = set(re.findall(r"\w+", words.casefold()))
    for part in head.parts:
        if _key(part) in head.sites:
            continue
        theirs = set(re.findall(r"[a-z0-9]+|\w+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part).casefold()))
        if theirs and len(mine & theirs) >= 0.6 * min(len(mine), len(theirs)):
            return 2.0
    return 0.0


def _is_of_the_site(page: Page, at: int, head: DocumentTitle) -> bool:
    """Whether a heading names the site: by its words, its link home, or what the elements around it are named."""
    if _key(page.words_of(at)) in head.sites and len(head.parts) > 1:
        return True
    for up in (at, *page.ancestors(at)):
        if up == page.root or up <= page.body:
            break
        names = names_of(page, up)
        if any(word in SITE for word in names) and "title" not in names_of(page, at):
            return True
        if up == at and "site" in names:
            return True
    return False


def _strip_site(page: Page, at: int, head: DocumentTitle) -> None:
    """Takes the name of the site out of a title that shows it: "Site : Title"."""
    words = page.words_of(at)
    parts = [part for part in _SEPARATOR.split(words) if part]
    if len(parts) != 2 or not any(_key(words) == _key(title) for title in head.whole):
        return
    named = [_key(part) in head.sites or _is_crumb(page, part) for part in parts]
    if named.count(True) != 1:
        return
    title = parts[named.index(False)]
    nodes = [i for i in range(at, page.ends[at]) if not page.tags[i] and page.text_of(i).strip()]
    if len(nodes) != 1:
        return
    data = page.text_of(nodes[0])
    start = data.find(title)
    if start >= 0:
        page.claim_text(nodes[0], 0, start, "removed", "name of the site in the title")
        page.claim_text(nodes[0], start + len(title), len(data), "removed", "name of the site in the title")


def _is_crumb(page: Page, words: str) -> bool:
    """Whether words are a link among the first ones of the page: the site's front page, or a breadcrumb."""
    links = page.tagged("a")[:8]
    return any(page.words_of(link) == words for link in links)


def _again(page: Page, title: int, headings: list[int]) -> None:
    """Removes headings that repeat the title before the article's first prose."""
    key = _key(page.words_of(title))
    for at in headings:
        if at != title and page.contains(page.root, at) and _key(page.words_of(at)) == key and at > title:
            page.claim(at, "removed", "the title again")


def _best_part(head: DocumentTitle) -> tuple[str | None, str | None]:
    """Title and site as `<title>` has them, where no heading shows the title."""
    if not head.whole:
        return None, None
    own = [part for part in head.parts if _key(part) not in head.sites]
    site = next((part for part in head.parts if _key(part) in head.sites), None)
    if not own:
        return head.whole[0], None
    return own[0], site
