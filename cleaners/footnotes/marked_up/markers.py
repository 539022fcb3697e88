"""Markers that profiles describe, and the note that each points at."""

from __future__ import annotations

import re
from itertools import accumulate

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.footnotes.brackets import take_brackets
from wikiglean.cleaners.footnotes.fragments import fragment_of, raw_fragment
from wikiglean.cleaners.footnotes.marked_up.backlinks import BRACKETS
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ReferenceRules
from wikiglean.cleaners.selectors import select

__all__ = ["find_markers", "without_brackets"]

_QUOTED = re.compile(r"['\"]([^'\"]+)['\"]")
_OPENING = ("[", "［", "【", "〔", "(")
_CLOSING = ("]", "］", "】", "〕", ")")
_BLANKS = " \t\n\u00a0\u200b"
_BRACKETED = re.compile(r"[\[［【〔(].+[\]］】〕)]")
_BETWEEN = BRACKETS + ",;"
_COUNTER = re.compile(r"counter-reset:\s*mw-Ref (\d+)")
_COUNTED = re.compile(r"_(\d+)-\d+$")
"""The end of the id of a marker of a named note, `cite_ref-peat_4-0`; the note's is `cite_note-peat-4`."""


def find_markers(page: Page, rules: ReferenceRules, outer: int | None, marked: set[int]) -> None:
    """Claims markers and joins them to their notes; `:15` right behind one is the page in it, as in `[4]:15`."""
    hidden = {at for selector in rules.hidden for at in select(page, selector, outer)}
    for at in hidden:
        page.claim(at, "removed", "marker that no reader sees")
    found = marked | {
        sup for sup in page.tagged("sup", outer) if any(_leads(page, rules, a) for a in page.tagged("a", sup))
    }
    found |= _led_to(page)
    _take(page, rules, found - hidden, found | hidden)
    uncited = any(note.claim is not None and note.label is None for note in page.footnotes.notes.values())
    if uncited or not all(page.words_of(at) for at in marked):
        _take(page, rules, _links_in_brackets(page, rules, outer), found | hidden)


def _take(page: Page, rules: ReferenceRules, positions: set[int], known: set[int]) -> None:
    """Claims what stands at the positions, unless it is inside of what is known already."""
    previous: Claim | None = None
    for at in sorted(positions):
        links = _fragments(page, at)
        if any(fragment.startswith(rules.marker_ids) for _, fragment in links):
            continue  # it leads back
        if any(up in known for up in page.ancestors(at)) or _is_marked(page, at):
            continue
        if len(links) > 1 and all(fragment.startswith(rules.note_ids) for _, fragment in links):
            previous = _several(page, rules, at, links) or previous
        elif previous is not None and not links and _goes_with(page, at, previous):
            page.continue_claim(previous, at)
        else:
            previous = _marker(page, rules, at, links) or previous


def _fragments(page: Page, at: int) -> list[tuple[int, str]]:
    """The links in an element, or itself, that lead to places of a page, each with the place as written."""
    links = [at] if page.tags[at] == "a" else page.tagged("a", at)
    found = [(link, raw_fragment(page.attribute(link, "href") or "")) for link in links]
    return [(link, fragment) for link, fragment in found if fragment]


def _marker(page: Page, rules: ReferenceRules, at: int, links: list[tuple[int, str]]) -> Claim | None:
    words = page.words_of(at)
    label = without_brackets(words.partition("]:")[0]) if words else _counted(page, links)
    if not label or words.lstrip().startswith(":") or (not links and not _looks_like_one(page, at, words)):
        return None
    claim = page.claim(at, "citations", "marker", kind=label)
    if claim is not None:
        _join(page, rules, claim, links)
        take_brackets(page, claim, claim, "[")
    return claim


def without_brackets(words: str) -> str:
    """A label without the brackets around it; those inside stay: `[(i) 1]` is of a group `(i)`."""
    label = words.strip(_BLANKS).rstrip(",")
    while label:
        depths = list(accumulate((sign in _OPENING) - (sign in _CLOSING) for sign in label))
        if depths[-1] != 0 or min(depths) < 0:
            return label.strip(BRACKETS)
        if label[0] not in _OPENING or depths.index(0) < len(depths) - 1:
            return label
        label = label[1:-1].strip(_BLANKS)
    return label


def _several(page: Page, rules: ReferenceRules, at: int, links: list[tuple[int, str]]) -> Claim | None:
    """One element with the links of several markers, `[1][2]` or `[1, 2]`: signs between go with the one before."""
    claims = [claim for link in links if (claim := _marker(page, rules, link[0], [link])) is not None]
    for i in range(at, page.ends[at]):
        if claims and not page.tags[i] and page.claimed(i) not in claims and not page.text_of(i).strip(_BETWEEN):
            before = [claim for claim in claims if claim.at < i]
            page.continue_claim(before[-1] if before else claims[0], i)
    return claims[-1] if claims else None


def _goes_with(page: Page, at: int, marker: Claim) -> bool:
    """Whether an element without a link belongs to the marker right before: `:15`, the page of a note, or a comma."""
    words = page.words_of(at).strip(BRACKETS)
    if not (words.startswith(":") or words == ","):
        return False
    between = (i for i in range(page.ends[marker.at], at) if not page.tags[i] and page.text_of(i).strip())
    return page.ends[marker.at] <= at and all(page.claimed(i) is marker for i in between)


def _counted(page: Page, links: list[tuple[int, str]]) -> str:
    """The label of a marker that only a style sheet shows: Parsoid's `style="counter-reset: mw-Ref 2;"`."""
    for link, _ in links:
        if number := _COUNTER.search(page.attribute(link, "style") or ""):
            group = page.attribute(link, "data-mw-group")
            return f"{group} {number[1]}" if group else number[1]
    return ""


def _links_in_brackets(page: Page, rules: ReferenceRules, outer: int | None) -> set[int]:
    """Links to notes that are markers by their brackets alone, where nothing raised is around."""
    found: set[int] = set()
    for link in page.tagged("a", outer):
        first = page.nodes[link + 1] if page.ends[link] > link + 1 and not page.tags[link + 1] else ""
        if first.lstrip()[:1] in _OPENING and _leads(page, rules, link) and _BRACKETED.fullmatch(page.words_of(link)):
            found.add(link)
    return found


def _led_to(page: Page) -> set[int]:
    """Raised or bracketed labels that lost their links, and that notes lead back to: `<sup id="fnref1">1</sup>`."""
    places = (page.by_id.get(fragment) for fragment in page.footnotes.led_back)
    return {
        at
        for at in places
        if at is not None
        and page.tags[at] in ("sup", "span")
        and page.claimed(at) is None
        and not any(page.attribute(link, "href") for link in page.tagged("a", at))
        and (page.tags[at] == "sup" or _BRACKETED.fullmatch(page.words_of(at)))
        and 0 < len(page.words_of(at).strip(BRACKETS)) <= 3
    }


def _leads(page: Page, rules: ReferenceRules, link: int) -> bool:
    return fragment_of(page.attribute(link, "href") or "").startswith(rules.note_ids)


def _looks_like_one(page: Page, at: int, words: str) -> bool:
    """Whether words without a link are a marker's: in brackets, or a label of a few characters."""
    return page.tags[at] == "a" or bool(_BRACKETED.match(words)) or len(words) <= 3 or bool(_anchors(page, at))


def _anchors(page: Page, at: int) -> list[int]:
    return [i for i in range(at, page.ends[at]) if page.tags[i] == "a" or (page.tags[i] and page.attribute(i, "id"))]


def _is_marked(page: Page, at: int) -> bool:
    """Whether another profile took the marker, or its link, for one already."""
    around = page.claimed(at)
    claims = [around, *(page.claims.get(i) for i in range(at + 1, page.ends[at]))]
    return any(claim is not None and claim.destination == "citations" for claim in claims)


def _join(page: Page, rules: ReferenceRules, claim: Claim, links: list[tuple[int, str]]) -> None:
    """Joins a marker to the note that it means, or to a note that the page does not have."""
    at, footnotes = claim.at, page.footnotes
    fragment = links[0][1] if links else ""
    target = footnotes.find(fragment, at) if fragment else None
    target = target or _named(page, at) or _led_back(page, at) or _paired(page, rules, at)
    missing = fragment_of(f"#{fragment}") or f"note-{claim.kind}"
    record = footnotes.join(claim, claim.kind, target or missing, page.cleaner)
    if record.group is None:
        record.group = page.attribute(links[0][0], "data-mw-group") if links else None


def _named(page: Page, marker: int) -> str:
    """The note that a marker names to a script (`onclick="scroll('note-1')"`) or to a screen reader."""
    for at in range(marker, page.ends[marker]):
        if page.tags[at]:
            names: list[str] = _QUOTED.findall(page.attribute(at, "onclick") or "")
            names += (page.attribute(at, "aria-describedby") or "").split()
            for name in names:
                if name in page.footnotes.notes:
                    return name
    return ""


def _paired(page: Page, rules: ReferenceRules, marker: int) -> str:
    """The note whose id ends as the marker's does: `footnoteref-1` and `footnote-1`, where a script joins the two."""
    for at in range(marker, page.ends[marker]):
        identifier = (page.attribute(at, "id") or "") if page.tags[at] else ""
        beginning = max((b for b in rules.marker_ids if identifier.startswith(b)), key=len, default=None)
        if beginning is not None:
            end = identifier[len(beginning) :]
            ends = dict.fromkeys((end, _COUNTED.sub(r"-\1", end)))
            names = (page.footnotes.find(b + one, marker) for one in ends for b in rules.note_ids)
            return next((name for name in names if name), "")
    return ""


def _led_back(page: Page, marker: int) -> str:
    """The note that leads back to an anchor in the marker or right behind it: `<sup>[1]</sup><a name="ref_1"></a>`."""
    end = page.ends[marker]
    while end < len(page.tags) and not page.tags[end] and not page.text_of(end).strip():
        end += 1
    for at in (*range(marker, page.ends[marker]), end):
        if at < len(page.tags) and page.tags[at]:
            for name in (page.attribute(at, "id"), page.attribute(at, "name")):
                if name and name in page.footnotes.led_back:
                    return page.footnotes.led_back[name]
    return ""
