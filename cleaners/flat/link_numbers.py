"""The numbers that text browsers and mail programs give to links: "[12]History", with a list of addresses at the end.

They look like markers and are none. A browser's number stands before the words of its link, a marker behind what it
proves; mail programs put it behind the words, and call the list "Links". Under any other heading addresses are notes.
"""

from __future__ import annotations

import re

from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.words import fold

__all__ = ["link_numbers"]

_NUMBER = re.compile(r"\[(\d{1,4})\]")
_BEFORE_WORDS = re.compile(r"\[(\d{1,4})\](?=[^\s.,;:!?)\]])")
_LONGEST_STEP = 40  # numbers that the next link may be ahead: lynx counts links without words too
_ADDRESS_LINE = re.compile(
    r"\s*(?:(\d{1,4})\.|\[(\d{1,4})\])\s+(?:[a-z][a-z0-9+.-]*://|mailto:|javascript:|file:|LYNX)\S*\s*", re.I
)
_BROWSER, _MAIL = ("visible links", "hidden links", "references"), ("links", "links:")


def link_numbers(page: Page, lines: list[int]) -> None:
    """Claims the numbers of links and the list of their addresses, if one stands at the end."""
    addresses, heads = _addresses(page, lines)
    if "1" not in addresses and len(addresses) < 3:
        return
    listed = set(addresses.values())
    texts = sorted([*lines, *(at for tag in (*HEADINGS, "td") for at in page.tagged(tag))])
    texts = [at for at in texts if at not in page.claims and at not in listed and not page.tags[at + 1]]
    heading = next((fold(page.words_of(at)) for at in heads), "")
    if _stand_before_words(page, texts, addresses):
        _claim_before_words(page, texts, addresses)
    elif heading in _MAIL:
        _claim_all(page, texts, addresses)
    elif any(_NUMBER.search(page.nodes[at + 1]) for at in texts):
        return
    for at in [*addresses.values(), *heads]:
        page.claim(at, "removed", "list of addresses")


def _addresses(page: Page, lines: list[int]) -> tuple[dict[str, int], list[int]]:
    """The lines of addresses by their numbers, and the headings over them."""
    addresses: dict[str, int] = {}
    heads: list[int] = []
    for at in reversed(lines):
        words = page.words_of(at)
        match = _ADDRESS_LINE.fullmatch(words)
        if match is not None:
            addresses[match[1] or match[2]] = at
        elif addresses and fold(words).strip(":") in (*_BROWSER, *_MAIL):
            heads.append(at)
            if fold(words) in ("references", *_MAIL):
                break
        elif addresses and not re.search(r"\w", words):
            continue
        elif addresses or len(words) > 200:
            break
    return addresses, heads


def _stand_before_words(page: Page, texts: list[int], addresses: dict[str, int]) -> bool:
    """Whether most numbers stand at the beginning of words, as those of links do."""
    before = behind = 0
    for data in (page.nodes[at + 1] for at in texts):
        for match in _NUMBER.finditer(data):
            if match[1] not in addresses:
                continue
            glued = data[match.start() - 1 : match.start()].strip() not in ("", "(", "[", "]", "^", "“", '"', "|")
            if glued or _BEFORE_WORDS.match(data, match.start()) is None:
                behind += 1
            else:
                before += 1
    return before > behind or (before == behind == 0)


def _claim_before_words(page: Page, texts: list[int], addresses: dict[str, int]) -> None:
    last = 0
    for at in texts:
        data = page.nodes[at + 1]
        if data.lstrip().startswith("#["):
            page.claim(at, "removed", "links of the head")
            last = max([last, *(int(number) for number in _NUMBER.findall(data))])
            continue
        for match in _BEFORE_WORDS.finditer(data):
            if match[1] in addresses and 0 < int(match[1]) - last <= _LONGEST_STEP:
                last = int(match[1])
                page.claim_text(at + 1, match.start(), match.end(), "removed", "number of a link")


def _claim_all(page: Page, texts: list[int], addresses: dict[str, int]) -> None:
    for at in texts:
        for match in _NUMBER.finditer(page.nodes[at + 1]):
            if match[1] in addresses:
                page.claim_text(at + 1, match.start(), match.end(), "removed", "number of a link")
