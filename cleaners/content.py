"""Where the article is: its root, its limits, its title, and everything outside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from wikiglean.cleaners.footnotes.reach import with_footnotes
from wikiglean.cleaners.page import INVISIBLE, Page
from wikiglean.cleaners.selectors import select
from wikiglean.cleaners.unknown.root import find_root
from wikiglean.cleaners.unknown.titles import document_title_of, unknown_title

__all__ = ["content_root", "limits", "outside", "title"]

_SUFFIX = re.compile(r"\s+[|\-–—:·»«]\s+|\s*[|»—]\s*")


def content_root(page: Page) -> None:
    """Sets `page.root` by the engine's profile, else as `find_root` sees it; says so in the flags."""
    if page.plain:
        return
    selectors = page.profile.content.root if page.profile is not None else ()
    for selector in selectors:
        if found := _fullest(page, select(page, selector)):
            page.root = found
            return
    if page.profile is not None:
        page.flag("content-root-not-found")
    find_root(page)
    page.root = with_footnotes(page, page.root)


def _fullest(page: Page, positions: list[int]) -> int | None:
    """The first of the elements that has words or pictures; where several have, the one that has by far the most."""
    best, most = None, 0
    for at in positions[:20]:
        size = len(page.text_of(at).strip())
        if size > most * 3:
            best, most = at, size
    return best


def limits(page: Page) -> None:
    """Removes what stands inside the root before and after the article, where the profile says how to tell."""
    if page.profile is None:
        return
    rules = page.profile.content
    if found := _limits(page, rules.starts_after):
        _claim_between(page, page.root + 1, found[0][1])
    if found := _limits(page, rules.ends_before):
        _claim_between(page, found[-1][0], page.ends[page.root])


def _limits(page: Page, rules: Iterable[str]) -> list[tuple[int, int]]:
    """Start and end of what the first rule that matches finds inside the root."""
    for rule in rules:
        if rule.startswith("<!--"):
            found = [(at, at) for at in page.comments_that_begin(rule) if page.contains(page.root, at - 1)]
        else:
            found = [(at, page.ends[at]) for at in select(page, rule, page.root)]
        if found:
            return found
    return []


def _claim_between(page: Page, start: int, stop: int) -> None:
    """Removes the nodes from one position to another, in the largest pieces that lie between and hold no title."""
    kept = [at for at, claim in page.claims.items() if claim.destination == "title"]
    at = start
    while at < stop:
        if at in kept:
            at = page.ends[at]
            continue
        if page.ends[at] > stop or any(page.contains(at, title) for title in kept):
            at += 1
            continue
        if not page.tags[at]:
            page.claim_text(at, 0, len(page.text_of(at)), "removed", "outside the article")
        elif page.tags[at] not in INVISIBLE and page.text_of(at).strip():
            page.claim(at, "removed", "outside the article")
        at = page.ends[at]


def title(page: Page) -> None:
    """Claims the element that shows the title, and finds the site's name."""
    if page.plain:
        return
    if page.profile is None:
        unknown_title(page)
        return
    rules = page.profile.content
    for selector in rules.site_name:
        for at in select(page, selector):
            if words := page.words_of(at):
                page.site_name = page.site_name or words
    document_title = document_title_of(page)
    if match := _first_match(rules.document_title, document_title):
        _note_site(page, match)
    candidates = [at for selector in rules.title for at in select(page, selector)]
    candidates += _headings_that_say(page, title_without_site(page))
    candidates.sort(key=lambda at: at >= page.ends[page.root])  # what stands below the article heads the comments
    for at in candidates + _first_heading(page, document_title):
        is_heading = not any(page.tags[i] in ("p", "table", "ul") for i in range(at, page.ends[at]))
        if is_heading and page.words_of(at) and page.claim(at, "title", "title") is not None:
            page.title_at = at
            _claim_site_in_title(page, at, rules.shown_title)
            return


def _headings_that_say(page: Page, words: str | None) -> list[int]:
    """Headings before the text that say what the document's title says: themes mark them as they like.

    "Tern Ferry" says TernFerry, the name of a page in many wikis.
    """
    said = _squeezed(words or "")
    headings = (at for tag in ("h1", "h2", "h3") for at in page.tagged(tag))
    found = [at for at in headings if said and _squeezed(page.text_of(at)) == said]
    first = next(
        (at for at in range(page.root, page.ends[page.root]) if not page.tags[at] and page.nodes[at].strip()), 0
    )
    return [at for at in found if at < first]


def _first_heading(page: Page, document_title: str) -> list[int]:
    """The article's own `h1`, if the document's title agrees, or where the engine has titles there.

    A page of such an engine without any title, cut out of its frame, has that of the heading that it begins with.
    """
    found = page.tagged("h1", page.root)
    if document_title and (len(found) > 2 or (page.profile is not None and not page.profile.content.own_heading)):
        named = _squeezed(document_title)
        found = [at for at in found if (words := _squeezed(page.text_of(at))) and words in named]
    if not found and not document_title and page.profile is not None and page.profile.content.own_heading:
        at = next(
            (at for at in range(page.root + 1, page.ends[page.root]) if not page.tags[at] and page.nodes[at].strip()), 0
        )
        found = [up for up in page.ancestors(at) if page.tags[up] in ("h2", "h3", "h4")][:1]
    return found


def _squeezed(words: str) -> str:
    """Letters and digits only: "Wiki Processors" is WikiProcessors."""
    return "".join(c for c in words.casefold() if c.isalnum())


def _claim_site_in_title(page: Page, at: int, patterns: Iterable[str]) -> None:
    """Takes the name of the site, or what else a skin prints there, out of the title's element."""
    match = _first_match(patterns, page.words_of(at))
    if match is None:
        return
    document = document_title_of(page)
    if "site" in match.re.groupindex and document.startswith(match.string) and document != match.string:
        return  # the document's title names the site after these words: they are the title
    _note_site(page, match)
    # where the folded words begin and end in the text nodes: each word is found in turn
    before, after = len(match.string[: match.start("title")].split()), len(match["title"].split())
    number = 0
    for i in range(at, page.ends[at]):
        if page.tags[i]:
            continue
        for word in re.finditer(r"\S+\s*", page.text_of(i)):
            if not before <= number < before + after:
                page.claim_text(i, word.start(), word.end(), "removed", "name of the site in the title")
            number += 1


def _first_match(patterns: Iterable[str], words: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := re.search(pattern, words)) and match["title"]), None)


def _note_site(page: Page, match: re.Match[str]) -> None:
    if not page.site_name and "site" in match.re.groupindex:
        page.site_name = match["site"]


def title_without_site(page: Page) -> str | None:
    """The document's title without the name of the site, for pages that show no title."""
    words = page.document_title or document_title_of(page)
    if not words or page.document_title:
        return words or None
    if page.profile is not None and (match := _first_match(page.profile.content.document_title, words)):
        _note_site(page, match)
        return _less_site(match["title"].strip(), page.site_name)
    if (rest := _less_site(words, page.site_name)) != words:
        return rest
    parts = _SUFFIX.split(words)
    return parts[0] or words


def _less_site(words: str, site: str | None) -> str:
    """Words without the name of the site that they end with, which some sites print twice, and what divides them."""
    if not site or not words.endswith(site):
        return words
    rest = words[: -len(site)]
    return rest.rstrip(" |-–—:·»«") or words if rest[-1:] in " |-–—:·»«" else words


def outside(page: Page) -> None:
    """Claims what stands around the content root, in pieces, so that the ledger shows where each came from."""
    if page.root == page.body or page.plain:
        return
    path = [page.root, *page.ancestors(page.root)]
    for outer in path[1:]:
        if outer < page.body:
            break
        _claim_children(page, outer, set(path))


def _claim_children(page: Page, outer: int, path: set[int]) -> None:
    claimed = sorted(page.claims)
    at, end = outer + 1, page.ends[outer]
    while at < end:
        stop = page.ends[at]
        if page.tags[at] and at not in path and page.tags[at] not in INVISIBLE and at not in page.claims:
            n = bisect_left(claimed, at + 1)
            if n < len(claimed) and claimed[n] < stop:
                at += 1  # something inside has a destination of its own: its surroundings are claimed apart
                continue
            if page.text_of(at).strip():
                page.claim(at, "removed", "outside the article")
        at = stop
