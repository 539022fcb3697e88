"""Notes that are no elements of their own: what stands in a paragraph after the number that begins it.

JSPWiki prints `[#1] words<br>[#2] words` in one paragraph, Foswiki's FootNotePlugin `1,3: words` between two rules,
MoinMoin until 1.2 an anchor, a raised number and words.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ReferenceRules
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.selectors import select

__all__ = ["started_notes"]

_SIGNS = re.compile(r"[\s,:.)\]]*")
"""What stands between the numbers of a note, and between the last and its words."""


def started_notes(page: Page, rules: ReferenceRules, outer: int | None) -> None:
    """Claims the notes that `note_starts` begin; numbers with nothing but signs between them begin one together."""
    starts = sorted({at for selector in rules.note_starts for at in select(page, selector, outer)})
    names: list[str] = []
    claims: set[Claim] = set()
    for start, following in zip_longest(starts, starts[1:], fillvalue=len(page.tags)):
        if start in page.claims:
            continue
        page.claim(start, "removed", "number of the note")
        names += _names(page, start)
        claim = _claim_words(page, start, following)
        if claim is not None:
            first, *others = names or [f"note-{len(page.footnotes.notes) + 1}"]
            identifier = page.footnotes.add(first, claim, page.cleaner).identifier
            page.footnotes.aliases.update(dict.fromkeys(others, identifier))
            names = []
            claims.add(claim)
    for selector in rules.backlinks if claims else ():
        for at in select(page, selector, outer):
            if page.claimed(at) in claims:
                page.claim(at, "removed", "backlink")


def _names(page: Page, start: int) -> list[str]:
    """The ids of the element that begins a note, of those in it, and of empty ones right before it."""
    before, at = start, start - 1
    while at > page.parents[start] and not page.text_of(at).strip():
        before, at = at, at - 1
    found = [page.attribute(i, key) for i in range(before, page.ends[start]) if page.tags[i] for key in ("id", "name")]
    return [name for name in dict.fromkeys(found) if name]


def _claim_words(page: Page, start: int, following: int) -> Claim | None:
    """Claims what comes after a number, up to the one that follows or a block; `None` where no words do."""
    claim: Claim | None = None
    at, end = page.ends[start], page.ends[page.parents[start]]
    while at < end and page.ends[at] <= following:
        tag, words = page.tags[at], page.text_of(at)
        if claim is not None and tag in BORDERS and tag != "br":
            break
        signs = _SIGNS.match(words) if claim is None else None
        skipped = signs.end() if signs is not None else 0
        if claim is not None:
            page.continue_claim(claim, at)
        elif tag and skipped < len(words):
            claim = page.claim(at, "references", "note", kind="note")
        elif not tag:
            if words[:skipped].strip():
                page.claim_text(at, 0, skipped, "removed", "number of the note")
            if skipped < len(words):
                claim = page.claim_text(at, skipped, len(words), "references", "note", kind="note")
        at = page.ends[at]
    return claim
