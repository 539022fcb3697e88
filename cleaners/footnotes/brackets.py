"""Brackets that are typed around markers, outside of their elements."""

from __future__ import annotations

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.page import Page

__all__ = ["take_brackets"]

_CLOSING = {"[": "]", "(": ")", "［": "］", "（": "）"}


def take_brackets(page: Page, first: Claim, last: Claim, opening: str = "[(［（") -> None:
    """Gives the brackets right around one marker, or a row of them, to the first and the last."""
    before, after = first.at - 1, page.ends[last.at]
    if page.tags[before] or after >= len(page.tags) or page.tags[after]:
        return
    left, right = page.text_of(before), page.text_of(after)
    if left.endswith(tuple(opening)) and right.startswith(tuple(_CLOSING[sign] for sign in opening)):
        page.continue_claim(first, before, len(left) - 1, len(left))
        page.continue_claim(last, after, 0, 1)
