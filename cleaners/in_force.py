"""Which profiles' rules hold on a page, and where."""

from __future__ import annotations

from collections.abc import Iterator

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ArticleRules, EngineProfile

__all__ = ["article_rules", "rules_in_force"]


def rules_in_force(page: Page) -> Iterator[tuple[EngineProfile, int | None]]:
    """The profiles in force, each with the position that its rules hold inside: pasted engines only in the article."""
    if page.profile is not None:
        yield page.profile, None
    for profile in page.profiles:
        if profile.everywhere and profile is not page.profile:
            yield profile, None
    for profile in page.pasted:
        yield profile, page.root


def article_rules(page: Page) -> Iterator[tuple[ArticleRules, int | None]]:
    """The rules in force for markup inside the article."""
    for profile, outer in rules_in_force(page):
        yield profile.article, outer
