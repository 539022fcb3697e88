"""Footnotes that no profile knows: a short link to a block of the same page that answers it.

The block answers if it links back to the marker, or begins with the marker's label. That is how Pandoc, docutils,
Markdown, word processors and people who write HTML by hand do it, whatever names they use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from wikiglean.cleaners.page import Claim, Page
from wikiglean.cleaners.reading.reader import BORDERS

__all__ = ["anchored_notes"]

_LABEL = re.compile(
    r"[\[(]?\s*((?:(?:note|notes|nb|fn|n|ref)\.?\s?)?\d{1,3}|[a-z]|[ivxlc]{1,6}|[*†‡§¶#]{1,4})\s*[\])]?[.):]?", re.I
)
_BRACKETS = "[]()［］（） .:\u200b\n\t"
_BACK = re.compile(r"[\s\[\]()↑↩⇑⤴^*:.,a-z\d️︎]*", re.I)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST = 4000
"""Characters of the longest note; what is longer is a section."""


@dataclass(slots=True)
class _Pair:
    """A marker's link, its label, and the element that is its note."""

    link: int
    label: str
    note: int
    identifier: str


def anchored_notes(page: Page) -> None:
    """Claims markers and notes that are joined by links alone, on pages where no profile has found notes."""
    if page.plain or page.footnotes.notes:
        return
    names = {name: at for at in page.tagged("a") if (name := page.attribute(at, "name"))}
    pairs = [pair for link in page.tagged("a", page.root) if (pair := _pair(page, names, link)) is not None]
    pairs += _again(page, pairs)
    notes: dict[int, str] = {}
    for pair in pairs:
        if pair.note not in notes:
            claim = page.claim(pair.note, "references", "note", kind="note")
            if claim is None:
                continue
            notes[pair.note] = page.footnotes.add(pair.identifier, claim, page.cleaner).identifier
            _words_of_label(page, pair, claim)
            _clear_label(page, pair, names)
    for pair in pairs:
        if pair.note in notes:
            _mark(page, pair, notes[pair.note])


def _again(page: Page, pairs: list[_Pair]) -> list[_Pair]:
    """Markers of notes that answer another marker only, the first."""
    known = {(pair.identifier, pair.label): pair.note for pair in pairs}
    met = {pair.link for pair in pairs}
    found: list[_Pair] = []
    for link in page.tagged("a", page.root) if known else ():
        match = _LABEL.fullmatch(page.words_of(link)) if link not in met else None
        note = known.get((_fragment(page, link), match[1])) if match else None
        if match and note is not None and link < note and page.claimed(link) is None:
            found.append(_Pair(link, match[1], note, _fragment(page, link)))
    return found


def _fragment(page: Page, link: int) -> str:
    """The part of a link after `#`, if it leads to the page itself."""
    href = (page.attribute(link, "href") or "").strip()
    address, sign, fragment = href.partition("#")
    if not sign or not fragment:
        return ""
    here = (page.url or "").partition("#")[0]
    is_here = not address or address == here or (address.lstrip("./") and here.endswith("/" + address.lstrip("./")))
    return unquote(fragment) if is_here else ""


def _resolved(page: Page, names: dict[str, int], fragment: str) -> int | None:
    return page.by_id.get(fragment, names.get(fragment))


def _pair(page: Page, names: dict[str, int], link: int) -> _Pair | None:
    """The marker that a link is, with its note; `None` for any other link."""
    fragment = _fragment(page, link)
    if not fragment or page.claimed(link) is not None:
        return None
    words = page.words_of(link)
    match = _LABEL.fullmatch(words)
    target = _resolved(page, names, fragment) if match else None
    # notes come after what cites them: else a note's link back would be a marker of the paragraph
    if match is None or target is None or target < link or page.contains(link, target) or not _is_inline(page, link):
        return None
    note = _block_of(page, target)
    if note is None or page.contains(note, link) or not _is_note(page, note):
        return None
    label = match[1]
    if _leads_back(page, names, note, link) or _begins_with(page, note, label):
        return _Pair(link, label, note, fragment)
    return None


def _is_inline(page: Page, link: int) -> bool:
    """Whether a link stands in running text: other words come before it in its block, or it is raised."""
    block = next((up for up in page.ancestors(link) if page.tags[up] in BORDERS), None)
    if block is None or page.tags[block] in ("nav", "dt"):
        return False
    before = any(not page.tags[at] and len(page.text_of(at).strip()) > 2 for at in range(block + 1, link))
    return before or any(page.tags[up] == "sup" for up in page.ancestors(link) if up > block)


def _block_of(page: Page, target: int) -> int | None:
    """The block that an anchor belongs to; a row for a cell."""
    at = target
    while at > page.body and page.tags[at] not in BORDERS:
        at = page.parents[at]
    if page.tags[at] in ("td", "th"):
        at = page.parents[at]
    # an empty anchor before its note
    if at == target and not page.words_of(at):
        return None
    return at if at > page.body and at != page.root and not page.contains(at, page.root) else None


def _is_note(page: Page, note: int) -> bool:
    if page.tags[note] in _HEADINGS:
        return _LABEL.fullmatch(page.words_of(note)) is not None
    return (
        page.tags[note] not in ("body", "main", "article", "ul", "ol", "dl", "tbody")
        and len(page.text_of(note)) <= _LONGEST
        and not any(page.tagged(tag, note) for tag in _HEADINGS)
    )


def _leads_back(page: Page, names: dict[str, int], note: int, link: int) -> bool:
    """Whether a link in the note leads to the marker: to itself, around it, into it, or right beside it."""
    near = set(range(max(link - 4, 0), page.ends[link] + 1))
    for back in page.tagged("a", note):
        fragment = _fragment(page, back)
        target = _resolved(page, names, fragment) if fragment else None
        if target is not None and (target in near or (page.contains(target, link) and len(page.words_of(target)) < 12)):
            return True
    return False


def _begins_with(page: Page, note: int, label: str) -> bool:
    words = page.words_of(note).lstrip("[(^↑ ")
    if not words.casefold().startswith(label.casefold()):
        return False
    rest = words[len(label) :]
    is_label = page.tags[note] == "dt" and not rest.strip(_BRACKETS)
    return is_label or (len(rest.strip()) > 3 and not rest[:1].isalnum())


def _words_of_label(page: Page, pair: _Pair, claim: Claim) -> None:
    """Where the target holds nothing but the label, the note is what follows: `<dt>` and `<dd>`, `<h5>` and `<p>`."""
    note, parent = pair.note, page.parents[pair.note]
    if page.words_of(note).strip(_BRACKETS).casefold() != pair.label.casefold():
        return
    after, begun = page.ends[note], False
    while after < page.ends[parent] and page.tags[after] != page.tags[note] and page.tags[after] not in _HEADINGS:
        if page.tags[after] in ("dd", "p", "div", "blockquote", "ul", "ol", "pre", "td"):
            page.continue_claim(claim, after)
            begun = True
        elif begun and page.words_of(after):
            return
        after = page.ends[after]


def _clear_label(page: Page, pair: _Pair, names: dict[str, int]) -> None:
    """Removes what leads back to the text, and the label that the note begins with."""
    note = pair.note
    for back in page.tagged("a", note):
        fragment = _fragment(page, back)
        target = _resolved(page, names, fragment) if fragment else None
        if target is not None and target < note and _BACK.fullmatch(page.words_of(back)):
            page.claim(_alone(page, back, note), "removed", "backlink")
    for at in range(note + 1, page.ends[note]):
        if page.tags[at] or not page.text_of(at).strip() or page.claimed(at) is not page.claims.get(note):
            continue
        data = page.text_of(at)
        match = re.match(rf"[\s\[(^↑]*(?:{re.escape(pair.label)}(?![^\W_])\s*)?[\])]*[.:)]*\s*", data, re.I)
        if match is not None and match.end() and match[0].strip():
            page.claim_text(at, 0, match.end(), "removed", "label of a note")
            if match.end() < len(data):
                return
            continue
        return


def _alone(page: Page, at: int, outer: int) -> int:
    """The outermost inline element that has the same words."""
    while (
        page.parents[at] > outer
        and page.tags[page.parents[at]] not in BORDERS
        and (page.words_of(page.parents[at]).strip(_BRACKETS) == page.words_of(at).strip(_BRACKETS))
    ):
        at = page.parents[at]
    return at


def _mark(page: Page, pair: _Pair, identifier: str) -> None:
    """Claims a marker with the brackets around it, and joins it to its note."""
    at = _alone(page, pair.link, page.root)
    claim = page.claim(at, "citations", "marker", kind=pair.label)
    if claim is None:
        return
    before, after = at - 1, page.ends[at]
    if at == pair.link and not page.tags[before] and after < page.ends[page.root] and not page.tags[after]:
        opening, closing = page.text_of(before), page.text_of(after)
        if opening.endswith(("[", "(")) and closing.startswith(("]", ")")):
            page.continue_claim(claim, before, len(opening) - 1, len(opening))
            page.continue_claim(claim, after, 0, 1)
    page.footnotes.join(claim, pair.label, identifier, page.cleaner)
