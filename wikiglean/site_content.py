"""Where a site has its articles and their titles, and what it is called: what its pages agree on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import mean, median

from wikiglean.site_facts import PageFacts

__all__ = [
    "NEARLY_ALL",
    "Site",
    "rank_of",
    "root_of",
    "share_of_prose",
    "site_name_of",
    "title_of",
    "title_pattern_of",
    "varying_blocks",
]

NEARLY_ALL = 0.8
"""The share of pages on which a rule must hold."""
_TITLE_TAGS = ("h1", "h2", "h3")


@dataclass(slots=True)
class Site:
    """The pages of one host, and what of their text changes from page to page."""

    pages: list[PageFacts]
    varying: list[set[int]] = field(default_factory=list)

    def holding(self, selector: str) -> list[tuple[PageFacts, list[int]]]:
        """The pages that have a selector, with its elements."""
        return [(facts, facts.selectors[selector]) for facts in self.pages if selector in facts.selectors]


def varying_blocks(site: Site) -> list[set[int]]:
    """For each page the numbers of its blocks of prose that few other pages have."""
    seen: Counter[str] = Counter()
    for facts in site.pages:
        assert facts.page.blocks is not None
        seen.update({block.words for block in facts.page.blocks.all})
    most = max(1, len(site.pages) // 3)
    found: list[set[int]] = []
    for facts in site.pages:
        blocks = facts.page.blocks
        assert blocks is not None
        found.append({n for n, block in enumerate(blocks.all) if blocks.weights[n] and seen[block.words] <= most})
    return found


def share_of_prose(site: Site, number: int, positions: Sequence[int]) -> float:
    """The share of a page's own prose that lies in some elements."""
    facts = site.pages[number]
    blocks = facts.page.blocks
    assert blocks is not None
    total = sum(blocks.weights[n] for n in site.varying[number])
    inside = {n for at in positions for n in blocks.inside(facts.page, at)} & site.varying[number]
    return sum(blocks.weights[n] for n in inside) / total if total else 0.0


def root_of(site: Site) -> str | None:
    """The selector of the smallest element that is on nearly all pages, once, and holds what changes."""
    best: tuple[float, str] | None = None
    for selector in sorted({selector for facts in site.pages for selector in facts.selectors}):
        holding = [(n, facts.selectors.get(selector, [])) for n, facts in enumerate(site.pages)]
        single = [(n, found[0]) for n, found in holding if len(found) == 1]
        if len(single) < NEARLY_ALL * len(site.pages):
            continue
        shares = [share_of_prose(site, n, [at]) for n, at in single if site.varying[n]]
        if not shares or median(shares) < 0.93 or sorted(shares)[len(shares) // 5] < 0.7:
            continue
        size = mean(len(site.pages[n].page.text_of(at)) for n, at in single)
        # of equal ones an id, then the element of fewest words
        rank = size * (1 + rank_of(selector) / 1000)
        if best is None or rank < best[0]:
            best = (rank, selector)
    return best[1] if best else None


def title_of(site: Site, root: str | None) -> str | None:
    """The selector of the element that shows the title on nearly all pages that show one."""
    titled = [facts for facts in site.pages if facts.page.title_at is not None]
    if len(titled) < 0.5 * len(site.pages):
        return None
    votes: Counter[str] = Counter()
    for facts in titled:
        for selector, positions in _with_tags(facts, root).items():
            if positions and positions[0] == facts.page.title_at:
                votes[selector] += 1
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], rank_of(vote[0]), " " not in vote[0], vote[0]))
    return ranked[0][0] if ranked and ranked[0][1] >= NEARLY_ALL * len(titled) else None


def _with_tags(facts: PageFacts, root: str | None) -> dict[str, list[int]]:
    """The selectors of a page, and those of its headings, all of them and those inside the root."""
    found = {**facts.selectors, **{tag: facts.page.tagged(tag) for tag in _TITLE_TAGS}}
    if root is not None and (outer := facts.selectors.get(root)):
        found.update({f"{root} {tag}": facts.page.tagged(tag, outer[0]) for tag in _TITLE_TAGS})
    return found


def site_name_of(site: Site) -> tuple[str, str] | None:
    """The selector of an element that shows the site's name on all pages, and the name."""
    names = Counter(facts.page.site_name for facts in site.pages if facts.page.site_name)
    if not names:
        return None
    name = names.most_common(1)[0][0]
    assert name is not None
    votes = Counter(
        selector
        for facts in site.pages
        for selector, positions in facts.selectors.items()
        if facts.page.words_of(positions[0]) == name
    )
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], not vote[0].startswith("#"), vote[0]))
    return (ranked[0][0], name) if ranked and ranked[0][1] >= NEARLY_ALL * len(site.pages) else None


def title_pattern_of(site: Site) -> str | None:
    """The pattern of `<title>`: what all pages' titles end or begin with is the site's name."""
    titles = [facts.title for facts in site.pages if facts.title]
    if len(titles) < NEARLY_ALL * len(site.pages) or len(set(titles)) < 2:
        return None
    for ends in (True, False):
        texts = [title[::-1] if ends else title for title in titles]
        common = texts[0]
        for text in texts[1:]:
            while not text.startswith(common):
                common = common[:-1]
        common = common[::-1] if ends else common
        match = re.search(r"\s+[|\-–—:·•»«<>]+\s+|\s*[|»«—]\s*|:\s+|\s+\[", common)
        if match is None:
            continue
        if ends:
            sign, site_name = _escaped(common[match.start() : match.end()]), common[match.end() :]
            closing = "]" if sign.endswith("[") and site_name.endswith("]") else ""
            named = _escaped(site_name.removesuffix("]") if closing else site_name)
            return f"^(?P<title>.+?){sign}(?P<site>{named}){_escaped(closing)}$" if site_name.strip() else None
        last = list(re.finditer(r"\s+[|\-–—:·•»«<>]+\s+|\s*[|»«—]\s*|:\s+", common))[-1]
        sign, site_name = _escaped(common[last.start() : last.end()]), common[: last.start()]
        return f"^(?P<site>{_escaped(site_name)}){sign}(?P<title>.+)$" if site_name.strip() else None
    return None


def _escaped(words: str) -> str:
    return re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", words)


def rank_of(selector: str) -> int:
    """Ids before classes, these before attributes, bare tags last."""
    return 0 if selector.startswith("#") else 1 if "." in selector else 2 if "[" in selector else 3
