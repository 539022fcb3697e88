"""What a site puts around and into an article: navigation, tool boxes, widgets, forms. By the profiles' selectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.pieces import has_words
from wikiglean.cleaners.profiles import EngineProfile
from wikiglean.cleaners.reading.tables import is_data_table
from wikiglean.cleaners.selectors import possible, select

__all__ = ["chrome", "forms", "furniture"]

CONTROLS = ("select", "textarea", "button", "datalist", "input")
_WORDS_OF_A_CONTROL = 150
"""The characters that stand beside a control of a form, at most, with its help."""
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
    for at in page.classed("Z3988"):  # COinS; blogs write it around the words of the citation
        if not page.words_of(at).strip():
            page.claim(at, "removed", "description for machines")
    for tag in FALLBACKS:
        for at in page.tagged(tag):
            page.claim(at, "removed", "shown where the medium can't be")


def forms(page: Page) -> None:
    """Removes forms with all their help texts and CAPTCHAs, and readers' comments, but not a form around an article."""
    for profile in _in_force(page):
        _claim_all(page, profile.forms)
    for at in [at for at, claim in page.claims.items() if claim.cleaner == page.cleaner]:
        _heading_of_comments(page, at)
    for form in page.tagged("form"):
        at = _reach(page, form)
        if not page.contains(at, page.root) and not _holds_an_article(page, at) and not _holds_data(page, at):
            page.claim(at, "removed", "form")
        if at in page.claims:
            _heading_of_form(page, at)
    for tag in CONTROLS:
        for at in page.tagged(tag):
            page.claim(at, "removed", "form control")


def _reach(page: Page, form: int) -> int:
    """The form, or the table around it: browsers close a form at once that opens between a table and its rows."""
    if page.ends[form] > form + 1 or page.tags[page.parents[form]] not in ("table", "tbody", "tr"):
        return form
    table = next((up for up in page.ancestors(form) if page.tags[up] == "table"), form)
    controls = sum(len(page.tagged(tag, table)) for tag in CONTROLS)
    return table if len(page.words_of(table)) <= controls * _WORDS_OF_A_CONTROL else form


def _heading_of_form(page: Page, form: int) -> None:
    """A heading right before a form ("Post new comment") belongs to it; looked for beside its wrappers too."""
    heading, _ = _before(page, form)
    if heading is not None and page.tags[heading] in HEADINGS[1:5]:
        page.claim(heading, "removed", "heading of a form")


def _heading_of_comments(page: Page, comments: int) -> None:
    """A heading right before comments belongs to them, unless words of the article follow under it."""
    heading, inner = _before(page, comments)
    if heading is None or page.tags[heading] not in HEADINGS:
        return
    start, end = page.ends[inner], page.ends[page.parents[heading]]
    stop = start
    while stop < end and not (page.tags[stop] in HEADINGS and page.tags[stop] <= page.tags[heading]):
        stop = page.ends[stop]
    if not has_words(page, start, stop):
        page.claim(heading, "removed", "heading of a form")


def _before(page: Page, at: int) -> tuple[int | None, int]:
    """The elder sibling with words that is nearest to an element or to what wraps it, and the wrapper beside it."""
    start = at
    while at > page.body and not page.contains(at, page.root) and start - at < 100:
        if before := [i for i in _elder_siblings(page, at) if page.text_of(i).strip()]:
            return before[-1], at
        at = page.parents[at]
    return None, at


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
