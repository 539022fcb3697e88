"""What a site puts around and into an article: navigation, tool boxes, widgets, forms. By the profiles' selectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import EngineProfile
from wikiglean.cleaners.selectors import possible, select
from wikiglean.cleaners.tables import is_data_table

__all__ = ["chrome", "forms", "furniture"]

CONTROLS = ("select", "textarea", "button", "datalist", "input")
FALLBACKS = ("iframe", "object", "embed", "audio", "video", "canvas", "noframes", "applet")


def _in_force(page: Page) -> Iterator[EngineProfile]:
    if page.profile is not None:
        yield page.profile
    for profile in page.profiles:
        if profile.everywhere and profile is not page.profile:
            yield profile


def _claim_all(page: Page, rules: Mapping[str, tuple[str, ...]], outer: int | None = None) -> None:
    for reason, selectors in rules.items():
        for selector in possible(page, selectors):
            for at in select(page, selector, outer):
                if not page.contains(at, page.root):
                    page.claim(at, "removed", reason)


def chrome(page: Page) -> None:
    """Removes what the site's skins print around the article."""
    for profile in _in_force(page):
        _claim_all(page, profile.chrome)


def furniture(page: Page) -> None:
    """Removes what engines print inside the article: tables of contents, navigation boxes, line numbers.

    Also that of engines whose pages are pasted into other sites, inside the content root only.
    """
    for profile in _in_force(page):
        _claim_all(page, profile.furniture)
    for profile in page.pasted:
        _claim_all(page, profile.furniture, page.root)
    for tag in FALLBACKS:
        for at in page.tagged(tag):
            page.claim(at, "removed", "shown where the medium can't be")


def forms(page: Page) -> None:
    """Removes forms with all their help texts and CAPTCHAs, and readers' comments, but not a form around an article."""
    for profile in _in_force(page):
        _claim_all(page, profile.forms)
    for at in page.tagged("form"):
        if not page.contains(at, page.root) and not _holds_an_article(page, at) and not _holds_data(page, at):
            page.claim(at, "removed", "form")
        if at in page.claims:
            _heading_of_form(page, at)
    for tag in CONTROLS:
        for at in page.tagged(tag):
            page.claim(at, "removed", "form control")


def _heading_of_form(page: Page, form: int) -> None:
    """A heading right before a form ("Post new comment") belongs to it; looked for beside its wrappers too."""
    at = form
    while at > page.body and not page.contains(at, page.root):
        before = [i for i in _elder_siblings(page, at) if page.text_of(i).strip()]
        if before:
            if page.tags[before[-1]] in ("h2", "h3", "h4", "h5"):
                page.claim(before[-1], "removed", "heading of a form")
            return
        at = page.parents[at]


def _elder_siblings(page: Page, at: int) -> list[int]:
    """The siblings right before an element, back to the nearest one that has words."""
    siblings: list[int] = []
    parent, before = page.parents[at], at - 1
    while before > parent and len(siblings) < 50:
        while page.parents[before] != parent:
            before = page.parents[before]
        siblings.insert(0, before)
        if page.text_of(before).strip():
            break
        before -= 1
    return siblings


def _holds_an_article(page: Page, form: int) -> bool:
    """Whether a form is only the frame of a page: paragraphs with more words than a form's help texts have."""
    words = sum(len(page.text_of(at)) for at in page.tagged("p", form))
    return words > 1500 or (words > 300 and bool(page.tagged("h2", form)))


def _holds_data(page: Page, form: int) -> bool:
    """Whether a form stands around a table to be read: some wikis put an edit button below their tables."""
    return any(
        is_data_table(page, table) and not any(page.tagged(tag, table) for tag in CONTROLS)
        for table in page.tagged("table", form)
    )
