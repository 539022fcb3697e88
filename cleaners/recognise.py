"""Which engine made the page."""

from __future__ import annotations

from functools import lru_cache

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import EngineProfile
from wikiglean.cleaners.selectors import name_needed, select

__all__ = ["engine_version", "generator_of", "recognise"]


def generator_of(page: Page) -> str | None:
    """What `<meta name=generator>` says."""
    for at in page.tagged("meta"):
        if (page.attribute(at, "name") or "").lower() == "generator":
            return (page.attribute(at, "content") or "").strip() or None
    return None


def engine_version(page: Page) -> str | None:
    """The version that the generator names, `1.39.17`, if it names the engine that was recognised."""
    generator = generator_of(page)
    if generator is None or page.profile is None:
        return None
    for beginning in page.profile.recognise.generator:
        if generator.startswith(beginning):
            words = generator[len(beginning) :].split()
            return words[0] if words and words[0][0].isdigit() else None
    return None


def recognise(page: Page) -> None:
    """Finds the page's engine by what it says of itself, then by its marks; unknown is a valid answer.

    Engines whose pages are pasted elsewhere are put into `page.pasted`, unless they made this page.
    """
    if not page.plain:
        page.profile = _by_generator(page) or _by_marks(page)
        if page.profile is None:
            page.flag("unknown-engine")
    page.pasted = tuple(p for p in page.profiles if p.pasted and p is not page.profile)


def _by_generator(page: Page) -> EngineProfile | None:
    generator = generator_of(page)
    if not generator:
        return None
    return next(
        (p for p in page.profiles if any(generator.startswith(word) for word in p.recognise.generator)),
        None,
    )


def _by_marks(page: Page) -> EngineProfile | None:
    """The profile with most evidence on the page, the first of those that have as much."""
    marks = _marks(tuple(profile.recognise.any_of for profile in page.profiles))
    counts = [0] * len(page.profiles)
    for name in marks.keys() & {*page.names, ""}:
        for number, evidence in marks[name]:
            counts[number] += all(_is_there(page, one) for one in evidence)
    most = max(counts, default=0)
    return page.profiles[counts.index(most)] if most else None


@lru_cache(maxsize=64)
def _marks(evidence: tuple[tuple[str | tuple[str, ...], ...], ...]) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Each profile's evidence, with the profile's number, by a name that it needs; "" for what needs none."""
    marks: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for number, any_of in enumerate(evidence):
        for one in any_of:
            parts = (one,) if isinstance(one, str) else one
            names = [name_needed(part) for part in parts if not part.startswith("<!--")]
            marks.setdefault(max(names, key=len, default=""), []).append((number, parts))
    return marks


def _is_there(page: Page, evidence: str) -> bool:
    if evidence.startswith("<!--"):
        return bool(page.comments_that_begin(evidence))
    return bool(select(page, evidence))
