"""What can be counted on one page of a site, so that many pages together say what is chrome."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from wikiglean.capture import Capture
from wikiglean.cleaners.page import INVISIBLE, Page
from wikiglean.cleaners.parsing import page_of
from wikiglean.cleaners.pipeline import DEFAULT_CLEANERS, run
from wikiglean.cleaners.profiles import EngineProfile
from wikiglean.cleaners.recognise import generator_of, recognise
from wikiglean.cleaners.unknown.titles import document_title_of

__all__ = ["PageFacts", "facts_of", "selectors_of", "skeleton"]

_NAME = re.compile(r"[A-Za-z_][A-Za-z_-]*(?:\d[A-Za-z_-]+)*(?<![_-])\d?")
"""Names that a person chose, `col2`. `node-123`, `fn__1` and `css-1k9z30` are made up by a program."""

_ATTRIBUTES = ("role", "itemprop", "width", "bgcolor")
"""Attributes that tell apart what has no name, in pages of before style sheets too."""


@dataclass(slots=True)
class PageFacts:
    """One page as the cleaners see it without a profile of its site.

    `selectors` map a selector to the elements that it matches, `removed` an element to the reason why it is chrome.
    `kept` are elements that hold fields of the article: notes, markers, the title. `engine` is the bundled profile that
    would know the page.
    """

    page: Page
    engine: str | None
    generator: str | None
    title: str
    selectors: dict[str, list[int]] = field(default_factory=dict)
    kept: list[int] = field(default_factory=list)
    removed: dict[int, str] = field(default_factory=dict)


def facts_of(capture: Capture, profiles: Iterable[EngineProfile]) -> PageFacts | None:
    """The facts of a page; `None` for one that is flattened text. Raises `CleanError` for what is no page."""
    page = page_of(capture.body, capture.url, capture.content_type).page
    if page.plain or not page.tags:
        return None
    page.profiles = tuple(profiles)
    recognise(page)
    engine = page.profile.name if page.profile is not None else None
    # what is learned must not lean on another profile: it may replace that one
    page.profiles = tuple(profile for profile in page.profiles if profile.everywhere)
    page.profile, page.flags = None, []
    run(page, DEFAULT_CLEANERS)
    facts = PageFacts(page, engine, generator_of(page), document_title_of(page))
    for at in range(page.body, page.ends[page.body]):
        if page.tags[at] and page.tags[at] not in INVISIBLE:
            for selector in selectors_of(page, at):
                facts.selectors.setdefault(selector, []).append(at)
    for at, claim in page.claims.items():
        if claim.destination != "removed":
            facts.kept.append(at)
        elif claim.cleaner not in ("outside", "anchored_notes", "emptied_headings"):
            facts.removed[at] = claim.reason
    return facts


def selectors_of(page: Page, at: int) -> list[str]:
    """The selectors that may stand for an element in a profile, the surest first."""
    tag = page.tags[at]
    found: list[str] = []
    identifier = page.attribute(at, "id")
    if identifier and _NAME.fullmatch(identifier):
        found.append(f"#{identifier}")
    for name in (page.classes.get(at) or "").split():
        if _NAME.fullmatch(name):
            found.append(f"{tag}.{name}")
    if tag in ("main", "article", "nav", "header", "footer", "aside"):
        found.append(tag)
    for attribute in _ATTRIBUTES:
        value = page.attribute(at, attribute)
        if value and re.fullmatch(r"[\w#%-]+", value) and tag not in ("img", "hr", "input"):
            found.append(f'{tag}[{attribute}="{value}"]')
    return found


def skeleton(words: str) -> str:
    """Words with what changes from page to page left out: numbers, and all after the first of them in a short line."""
    if len(words) < 200 and (match := re.search(r"\d|: ", words)):
        return words[: match.start()] + "…"
    return re.sub(r"\d+", "0", words)
