"""The characters of a block that nobody claimed yet, however many elements they are spread over, and claims on them."""

from __future__ import annotations

from typing import TypeAlias

from wikiglean.cleaners.claims import Claim, Destination
from wikiglean.cleaners.page import Page

__all__ = [
    "Pieces",
    "claim_pieces",
    "free_pieces",
    "free_pieces_of_text",
    "free_words",
    "has_words",
    "holds_markers",
    "is_free_text",
]

Pieces: TypeAlias = list[tuple[int, int, int]]
"""Stretches of text nodes: position, start, end."""


def free_pieces(page: Page, block: int) -> Pieces:
    """The pieces of a block that are in no claim, neither of an element inside the block nor of characters."""
    if page.ends[block] == block + 2 and not page.tags[block + 1] and block + 1 not in page.text_claims:
        return [(block + 1, 0, len(page.nodes[block + 1]))]
    pieces: Pieces = []
    at, end = block + 1, page.ends[block]
    while at < end:
        if page.tags[at]:
            at = page.ends[at] if at in page.claims else at + 1
            continue
        pieces += free_pieces_of_text(page, at)
        at += 1
    return pieces


def free_pieces_of_text(page: Page, at: int) -> Pieces:
    """The pieces of a text node of which no characters were claimed."""
    pieces: Pieces = []
    done = 0
    for start, stop, _ in page.text_claims.get(at, ()):
        if start > done:
            pieces.append((at, done, start))
        done = stop
    if done < len(page.nodes[at]):
        pieces.append((at, done, len(page.nodes[at])))
    return pieces


def free_words(page: Page, block: int) -> str:
    """A block's words without what was claimed in it, white space folded."""
    return " ".join("".join([page.nodes[at][start:end] for at, start, end in free_pieces(page, block)]).split())


def claim_pieces(
    page: Page, pieces: Pieces, span: tuple[int, int], destination: Destination, reason: str, *, kind: str = ""
) -> Claim | None:
    """Makes one claim on the characters `[start, end)` of pieces laid end to end."""
    claim: Claim | None = None
    offset = 0
    for at, first, last in pieces:
        start, end = max(first, first + span[0] - offset), min(last, first + span[1] - offset)
        offset += last - first
        if start >= end:
            continue
        if claim is None:
            claim = page.claim_text(at, start, end, destination, reason, kind=kind)
        else:
            page.continue_claim(claim, at, start, end)
    return claim


def has_words(page: Page, start: int, stop: int) -> bool:
    """Whether unclaimed words stand between two positions."""
    at = start
    while at < stop:
        if page.tags[at]:
            at = page.ends[at] if at in page.claims and page.claims[at].destination != "text" else at + 1
            continue
        data = page.text_of(at)
        ranges = page.text_claims.get(at)
        if ranges is not None:
            done, rest = 0, ""
            for range_start, range_end, _ in ranges:
                rest += data[done:range_start]
                done = range_end
            data = rest + data[done:]
        if data.strip() and page.claimed(at) is None:
            return True
        at += 1
    return False


def holds_markers(page: Page, start: int, stop: int) -> bool:
    """Whether markers of notes stand between two positions."""
    claims = page.claims
    return any(at in claims and claims[at].destination == "citations" for at in range(start, stop))


def is_free_text(page: Page, at: int) -> bool:
    """Whether nobody claimed an element or a text node for anything but `text`."""
    claim = page.claimed(at)
    return claim is None or claim.destination == "text"
