"""`learn_profile`: what the pages of a site have in common, as an engine profile.

Chrome is what a site repeats, the article what changes from page to page. Each element that has a name (id, class) is
counted over the pages: on how many it is, how often its words are the same. What the cleaners take for chrome on single
pages is counted too. A rule is learned only where it holds on nearly all pages and takes nothing from an article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean
from urllib.parse import urlsplit

from wikiglean.article import Article
from wikiglean.capture import Capture
from wikiglean.cleaners import clean_capture
from wikiglean.cleaners.page import HEADINGS
from wikiglean.cleaners.profiles import EngineProfile, parse_profile, profiles_in_force
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.unknown.names import chrome_by_name, reason_of_line
from wikiglean.errors import CleanError, ConfigurationError
from wikiglean.profile_text import Example, Mark, ProfileDraft, Seen, toml_of
from wikiglean.site_content import (
    NEARLY_ALL,
    Site,
    rank_of,
    root_of,
    share_of_prose,
    site_name_of,
    title_of,
    title_pattern_of,
    varying_blocks,
)
from wikiglean.site_facts import PageFacts, facts_of, skeleton

__all__ = ["LEAST_PAGES", "LearnedProfile", "learn_profile"]

LEAST_PAGES = 3
"""Fewer pages can't tell what a site repeats from what two articles share by chance."""

_REPEATED = 0.6
"""The share of pages on which an element's words must be the same."""
_REPEATS = "repeated on every page"
_FORMS = ("CAPTCHA", "comment form", "form", "login form", "reader comments", "search form")
_EDIT_MARKERS = ("edit marker", "link to a heading")
_BLOCKS = BORDERS - {"td", "th", "tr", "tbody", "li", "dt", "dd", "caption", "br", "hr"}
_LOSS = 0.05
"""The share of a page's article that a rule may hold before it is dropped."""


@dataclass(frozen=True, slots=True)
class LearnedProfile:
    """What was learned: `toml` is the profile's text with comments, `profile` the same, loaded.

    `pages` is the number of pages it was learned from, `examples` show pages without and with it, `notes` say what a
    person should know: several hosts or engines, a root that was not found.
    """

    profile: EngineProfile
    toml: str
    pages: int
    examples: tuple[Example, ...]
    notes: tuple[str, ...]


def learn_profile(
    captures: Iterable[Capture],
    *,
    name: str | None = None,
    without_profiles: Iterable[str] = (),
) -> LearnedProfile:
    """Learns the profile of the site that the captures are pages of; the host with most pages if they are of several.

    `name` is the profile's, else made of the host. `without_profiles` are bundled profiles that are switched off in the
    examples. Raises `ConfigurationError` where fewer than three pages are left.
    """
    without = tuple(without_profiles)
    kept, notes = _of_one_host(captures)
    profiles = profiles_in_force((), without)
    found: list[tuple[Capture, PageFacts]] = []
    for capture in kept:
        try:
            facts = facts_of(capture, profiles)
        except CleanError:
            continue
        if facts is not None:
            found.append((capture, facts))
    if len(found) < LEAST_PAGES:
        raise ConfigurationError(
            f"{len(found)} pages of one site are too few to learn from; give {LEAST_PAGES} at least, better 20"
        )
    found, more = _of_one_engine(found)
    site = Site([facts for _, facts in found])
    site.varying = varying_blocks(site)
    draft = _draft(site, name or _name(found[0][0]))
    draft.notes = (*notes, *more, *draft.notes)
    toml = toml_of(draft)
    profile = parse_profile(toml.encode(), f"{draft.name}.toml")
    examples = tuple(_example(capture, profile, without) for capture, _ in found[:LEAST_PAGES])
    return LearnedProfile(profile, toml, len(found), examples, draft.notes)


def _of_one_host(captures: Iterable[Capture]) -> tuple[list[Capture], tuple[str, ...]]:
    hosts: dict[str, list[Capture]] = {}
    for capture in captures:
        hosts.setdefault(urlsplit(capture.url or "").netloc, []).append(capture)
    if not hosts:
        return [], ()
    host = max(hosts, key=lambda key: len(hosts[key]))
    others = sum(len(pages) for key, pages in hosts.items() if key != host)
    notes = (f"learned from {host or 'pages without an address'} only; {others} pages are of other hosts",)
    return hosts[host], notes if others else ()


def _of_one_engine(
    found: list[tuple[Capture, PageFacts]],
) -> tuple[list[tuple[Capture, PageFacts]], tuple[str, ...]]:
    """The pages of the engine that made most of them."""
    engines = Counter(facts.engine or facts.generator for _, facts in found)
    (engine, most), *others = engines.most_common()
    notes: list[str] = []
    if known := next((facts.engine for _, facts in found if facts.engine == engine and engine), None):
        notes.append(f"these pages are known already: the profile {known!r} is used where this one is not")
    if others and most >= LEAST_PAGES and sum(n for _, n in others) >= LEAST_PAGES:
        listed = ", ".join(f"{other or 'unknown'}: {n}" for other, n in others)
        known = engine or "an unknown engine"
        notes.append(f"two engines on one host: learned from the {most} pages of {known}, not from {listed}")
        found = [(c, facts) for c, facts in found if (facts.engine or facts.generator) == engine]
    return found, tuple(notes)


def _name(capture: Capture) -> str:
    host = urlsplit(capture.url or "").hostname or "site"
    return re.sub(r"[^a-z0-9]+", "-", host.removeprefix("www.")).strip("-") or "site"


# -- the profile -----------------------------------------------------------------------------------------------------


def _draft(site: Site, name: str) -> ProfileDraft:
    draft = ProfileDraft(name=name, pages=len(site.pages))
    root = root_of(site)
    title = title_of(site, root)
    if root is None:
        draft.notes = (
            "no named element holds what changes from page to page: the content root is left to the cleaner",
        )
    else:
        draft.root = Mark(root, len(site.holding(root)), len(site.pages), "")
    if title is not None:
        shown = next(facts.page.words_of(at) for facts in site.pages if (at := facts.page.title_at) is not None)
        draft.title = Mark(title, len(site.holding(title)) or len(site.pages), len(site.pages), shown)
    if named := site_name_of(site):
        draft.site_name = Mark(named[0], len(site.holding(named[0])), len(site.pages), named[1])
    draft.document_title = title_pattern_of(site)
    _learn_chrome(site, draft, root)
    draft.recognise = _recognition(site, draft)
    generators = {facts.generator for facts in site.pages}
    if len(generators) == 1 and (generator := generators.pop()):
        draft.generator = generator
    if not draft.recognise and not draft.generator:
        draft.notes = (
            *draft.notes,
            "nothing named is on all pages: add marks to recognise.any_of, else it is never used",
        )
    return draft


def _learn_chrome(site: Site, draft: ProfileDraft, root: str | None) -> None:
    """Fills the draft's tables with the outermost elements that are chrome."""
    claimed: dict[int, set[int]] = {n: set() for n in range(len(site.pages))}
    for selector in _by_size(site):
        new = {
            n: [at for at in found if not any(facts.page.contains(outer, at) for outer in claimed[n])]
            for n, facts in enumerate(site.pages)
            if (found := facts.selectors.get(selector))
        }
        if sum(map(len, new.values())) < NEARLY_ALL * sum(len(found) for _, found in site.holding(selector)):
            continue  # inside what is removed already
        reason = _reason(site, selector, root)
        if reason is None:
            continue
        for n, found in new.items():
            claimed[n].update(found)
        if reason in _EDIT_MARKERS:
            draft.edit_markers.append(_mark(site, selector))
            continue
        mark = _mark(site, selector)
        table = _table(site, selector, root, reason)
        draft.tables.setdefault(table, {}).setdefault(reason, []).append(mark)


def _mark(site: Site, selector: str) -> Mark:
    holding = site.holding(selector)
    words = (_words(facts, at) for facts, found in holding for at in found)
    return Mark(selector, len(holding), len(site.pages), next((shown for shown in words if shown), ""))


def _words(facts: PageFacts, at: int) -> str:
    """An element's words with a space between its blocks."""
    blocks = facts.page.blocks
    assert blocks is not None
    return " ".join(blocks.all[n].words for n in blocks.inside(facts.page, at))


def _by_size(site: Site) -> list[str]:
    """All selectors, those of the largest elements first, ids before classes."""
    sizes: dict[str, list[int]] = {}
    for facts in site.pages:
        for selector, positions in facts.selectors.items():
            sizes.setdefault(selector, []).append(facts.page.ends[positions[0]] - positions[0])
    least = max(2, round(len(site.pages) * 0.2))
    common = {selector: mean(found) for selector, found in sizes.items() if len(found) >= least}
    return sorted(common, key=lambda selector: (-common[selector], rank_of(selector), selector))


def _reason(site: Site, selector: str, root: str | None) -> str | None:
    """Why what a selector matches is chrome, or `None` where it is not, or not always."""
    holding = [
        (n, facts, facts.selectors[selector]) for n, facts in enumerate(site.pages) if selector in facts.selectors
    ]
    if any(_is_needed(site, n, facts, positions, root) for n, facts, positions in holding):
        return None
    shown = [" ".join(facts.page.words_of(at) for at in positions).strip() for _, facts, positions in holding]
    if sum(map(bool, shown)) < _REPEATED * len(shown):
        return None
    seen_removed = [
        any(facts.page.contains(outer, at) for outer in facts.removed) for _, facts, found in holding for at in found
    ]
    is_removed = sum(seen_removed) >= NEARLY_ALL * len(seen_removed)
    same = Counter(skeleton(words) for words in shown).most_common(1)[0][1]
    is_repeated = (
        all(_may_repeat(facts, found) for _, facts, found in holding)
        and len(holding) >= max(LEAST_PAGES, len(site.pages) // 2)
        and same >= _REPEATED * len(holding)
    )
    if not is_removed and not is_repeated:
        return None
    return _name_of_reason(holding[0][1], holding[0][2][0])


def _may_repeat(facts: PageFacts, positions: list[int]) -> bool:
    """Whether elements are blocks: a heading "See also" and a word in a sentence repeat in articles too."""
    page = facts.page
    return not any(
        not (page.tags[at] in _BLOCKS or (page.tags[at] == "td" and len(page.tagged("a", at)) > 1))
        or any(page.tags[up] in HEADINGS for up in (at, *page.ancestors(at)))
        for at in positions
    )


def _is_needed(site: Site, number: int, facts: PageFacts, positions: list[int], root: str | None) -> bool:
    """Whether elements hold the content root, the title, or more of the article than a rule may take."""
    page = facts.page
    kept = [*facts.kept, page.root] if root is None else [*facts.kept, *facts.selectors.get(root, [page.root])]
    if any(page.contains(one, at) for at in positions for one in facts.kept):
        return True
    return (
        any(page.contains(at, one) for at in positions for one in kept)
        or share_of_prose(site, number, positions) > _LOSS
    )


def _name_of_reason(facts: PageFacts, at: int) -> str:
    certain, perhaps = chrome_by_name(facts.page, at)
    claimed = next((reason for outer, reason in facts.removed.items() if facts.page.contains(outer, at)), None)
    return certain or claimed or reason_of_line(facts.page.words_of(at)) or perhaps or _REPEATS


def _table(site: Site, selector: str, root: str | None, reason: str) -> str:
    """`forms`, `furniture` (inside the article) or `chrome`."""
    if reason in _FORMS:
        return "forms"
    facts, positions = site.holding(selector)[0]
    page, at = facts.page, positions[0]
    kept = page.root if root is None else facts.selectors.get(root, [page.root])[0]
    return "furniture" if page.contains(kept, at) else "chrome"


def _recognition(site: Site, draft: ProfileDraft) -> tuple[str, ...]:
    """Marks that all pages have together: the root, and up to three ids of chrome."""
    marks = [draft.root.selector] if draft.root is not None else []
    for reasons in draft.tables.values():
        for found in reasons.values():
            marks += [m.selector for m in found if m.on == len(site.pages) and m.selector not in marks]
    everywhere = [
        selector
        for selector in marks
        if rank_of(selector) < 2 and all(selector in facts.selectors for facts in site.pages)
    ]
    return tuple(sorted(everywhere, key=lambda selector: (rank_of(selector), marks.index(selector)))[:4])


# -- examples --------------------------------------------------------------------------------------------------------


def _example(capture: Capture, profile: EngineProfile, without: Iterable[str]) -> Example:
    """What the profile changes on one page."""
    before = clean_capture(capture, without_profiles=without)
    after = clean_capture(capture, profiles=[profile], without_profiles=without)
    page = capture.url or capture.source.path or "page"
    return Example(page, _seen(before), _seen(after))


def _seen(article: Article) -> Seen:
    removed = sum(len(entry.text) for entry in article.removed)
    return Seen(article.title, len(article.text), removed, " ".join(article.text[:160].split()))
