"""Footnotes that are marked up as such: markers, notes, backlinks. MediaWiki's Cite extension in both its dialects.

https://www.mediawiki.org/wiki/Extension:Cite, https://www.mediawiki.org/wiki/Specs/HTML/Extensions/Cite
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from wikiglean.cleaners.page import Claim, Page
from wikiglean.cleaners.profiles import ReferenceRules
from wikiglean.cleaners.selectors import select

__all__ = ["references"]

_BACKLINK_WORDS = re.compile(r"[\s\^↑↩⇑,;:.]*(?:jump up(?: to)?:?)?[\s\^↑,;]*", re.I)
_ANCHORS = ("a", "cite", "span")
_SIGN = re.compile(r"[.):](?=\s)")
_QUOTED = re.compile(r"['\"]([^'\"]+)['\"]")
_BRACKETS = "[]［］【】〔〕() \t\n\u200b"


def references(page: Page) -> None:
    """Claims notes, what leads back from them, and markers; joins each marker to its note."""
    rules = page.profile.references if page.profile is not None else ReferenceRules()
    sets = [(rules, None), *((profile.references, page.root) for profile in page.pasted)]
    for one, outer in sets:
        if one.note_ids or one.markers:
            marked = {at for selector in one.markers for at in select(page, selector, outer)}
            _notes(page, one, outer, marked)
            _markers(page, one, outer, marked)
    for note in page.footnotes.notes.values():
        if note.claim is not None and note.label:
            _number_of_note(page, note.claim.at, note.label)


def _notes(page: Page, rules: ReferenceRules, outer: int | None, marked: set[int]) -> None:
    for selector in rules.lists:
        for listed in select(page, selector, outer):
            at, end = listed + 1, page.ends[listed]
            while at < end:
                if page.tags[at] == "li":
                    _note(page, rules, at, marked)
                    at = page.ends[at]
                else:
                    at += 1
    for selector in rules.notes:
        for at in select(page, selector, outer):
            _note(page, rules, at, marked)
    for item in page.tagged("li", outer):
        identifier = page.attribute(item, "id")
        if identifier is None and item + 1 < page.ends[item] and page.tags[item + 1] in _ANCHORS:
            identifier = page.attribute(item + 1, "id")
        if identifier and identifier.startswith(rules.note_ids) and item not in page.claims:
            _note(page, rules, item, marked)
    for selector in rules.errors:
        for at in select(page, selector, outer):
            page.claim(at, "removed", "complaint of the wiki's software")


def _note(page: Page, rules: ReferenceRules, at: int, marked: set[int]) -> None:
    claim = page.claim(at, "references", "note", kind="note")
    if claim is None:
        return
    first, *others = [*_note_ids(page, rules, at), f"note-{len(page.footnotes.notes) + 1}"]
    identifier = page.footnotes.add(first, claim, page.cleaner).identifier
    for other in others[:-1]:
        page.footnotes.aliases[other] = identifier
    for link in page.tagged("a", at):
        fragment = _fragment(page.attribute(link, "href") or "")
        if fragment.startswith(rules.marker_ids):
            page.footnotes.led_back.setdefault(fragment, identifier)
    _backlinks(page, rules, at, marked)


def _note_ids(page: Page, rules: ReferenceRules, note: int) -> list[str]:
    """The id of a note, else of the anchors inside it that markers point at, else of the element before it."""
    if own := page.attribute(note, "id"):
        return [own]
    return _ids_in(page, rules, note + 1, page.ends[note]) or _ids_in(page, rules, _elder(page, note), note)[:1]


def _ids_in(page: Page, rules: ReferenceRules, start: int, stop: int) -> list[str]:
    names = [page.attribute(at, "id") or page.attribute(at, "name") for at in range(start, stop) if page.tags[at]]
    return [name for name in dict.fromkeys(names) if name and name.startswith(rules.note_ids)]


def _elder(page: Page, note: int) -> int:
    """The element right before a note that is no list item, which may have its id: `<a id="notefoot_1">*1</a> …`."""
    at = note - 1
    while at > page.parents[note] and not page.tags[at] and not page.text_of(at).strip():
        at -= 1
    while at > page.parents[note] and page.parents[at] != page.parents[note]:
        at = page.parents[at]
    return at if at > page.parents[note] else note


def _backlinks(page: Page, rules: ReferenceRules, note: int, marked: set[int]) -> None:
    """Claims `^ a b` before the note's words: elements made for it, else links to markers and signs between."""
    last = note
    for selector in rules.backlinks:
        for at in select(page, selector, note):
            _claim_backlink(page, at, note)
            last = max(last, page.ends[at] - 1)
    for at in page.tagged("a", note):
        if _leads_to_marker(page, rules, page.attribute(at, "href") or "", marked):
            while page.tags[page.parents[at]] in ("b", "i", "sup", "strong", "em", "small", "span") and (
                page.words_of(page.parents[at]) == page.words_of(at)
            ):
                at = page.parents[at]
            if page.claimed(at) is None or page.claimed(at) is page.claims.get(note):
                _claim_backlink(page, at, note)
            last = max(last, page.ends[at] - 1)
    at = note + 1
    while at < page.ends[note]:
        if at in page.claims:
            at = page.ends[at]
            continue
        if not page.tags[at]:
            data = page.text_of(at)
            match = _BACKLINK_WORDS.match(data)
            if match is None or not match[0]:
                if data.strip():
                    break
            elif match[0].strip():
                # a lone sign before the words counts only if it is one of a backlink's
                if at < last or "^" in match[0] or "↑" in match[0]:
                    page.claim_text(at, 0, match.end(), "removed", "backlink")
                if match.end() < len(data.rstrip()):
                    break
            elif data.strip():
                break
        at += 1


def _brackets_beside(page: Page, backlink: int) -> None:
    """Claims the brackets right around a backlink, as in `Author, Title. (1 2)`."""
    before, after = backlink - 1, page.ends[backlink]
    if before > page.parents[backlink] and not page.tags[before]:
        data = page.text_of(before).rstrip()
        if data.endswith(("(", "[")):
            page.claim_text(before, len(data) - 1, len(data), "removed", "backlink")
    if after < page.ends[page.parents[backlink]] and not page.tags[after]:
        data = page.text_of(after)
        if data.lstrip()[:1] in (")", "]"):
            start = len(data) - len(data.lstrip())
            page.claim_text(after, start, start + 1, "removed", "backlink")


def _claim_backlink(page: Page, at: int, note: int) -> None:
    if page.claim(at, "removed", "backlink") is not None:
        _brackets_beside(page, at)
        _sign_after_number(page, at, note)


def _leads_to_marker(page: Page, rules: ReferenceRules, href: str, marked: set[int]) -> bool:
    if "#" not in href:
        return False
    fragment = _fragment(href)
    if fragment.startswith(rules.marker_ids):
        return True
    at = page.by_id.get(fragment)
    return at is not None and (at in marked or any(up in marked for up in page.ancestors(at)))


def _sign_after_number(page: Page, backlink: int, note: int) -> None:
    """The dot or bracket of `1.` where the number alone leads back."""
    at = page.ends[backlink]
    if at < page.ends[note] and not page.tags[at] and page.words_of(backlink).strip(_BRACKETS).isalnum():
        sign = _SIGN.match(page.text_of(at))
        if sign is not None:
            page.claim_text(at, 0, sign.end(), "removed", "backlink")


def _markers(page: Page, rules: ReferenceRules, outer: int | None, marked: set[int]) -> None:
    found = set(marked)
    for at in page.tagged("sup", outer):
        if at not in found and any(
            _fragment(page.attribute(a, "href") or "").startswith(rules.note_ids) for a in page.tagged("a", at)
        ):
            found.add(at)
    previous: Claim | None = None
    for at in sorted(found):
        words = page.words_of(at)
        if not words or _is_backlink(page, rules, at) or any(up in found for up in page.ancestors(at)):
            continue
        if _is_marked(page, at):
            continue
        label = words.strip(_BRACKETS).rstrip(",").strip(_BRACKETS)
        target = _target(page, rules, at)
        if not target and label.startswith(":") and previous is not None and page.ends[previous.at] <= at:
            page.continue_claim(previous, at)  # the page of a note, as in [4]:15
            continue
        if not label:
            continue
        claim = page.claim(at, "citations", "marker", kind=label)
        if claim is not None:
            _join(page, claim, label, target)
            _brackets_around(page, claim)
            previous = claim


def _is_marked(page: Page, at: int) -> bool:
    """Whether another profile took the marker, or its link, for one already."""
    around = page.claimed(at)
    claims = [around, *(page.claims.get(i) for i in range(at + 1, page.ends[at]))]
    return any(claim is not None and claim.destination == "citations" for claim in claims)


def _brackets_around(page: Page, claim: Claim) -> None:
    """Gives a marker or a backlink the brackets that are typed on both sides of it."""
    before, after = claim.at - 1, page.ends[claim.at]
    if page.tags[before] or after >= len(page.tags) or page.tags[after]:
        return
    opening, closing = page.text_of(before), page.text_of(after)
    if opening.endswith("[") and closing.startswith("]"):
        page.continue_claim(claim, before, len(opening) - 1, len(opening))
        page.continue_claim(claim, after, 0, 1)


def _number_of_note(page: Page, note: int, label: str) -> None:
    """The number typed at the beginning of a note, `1.` or `[1]`, where it does not lead back."""
    at = next((i for i in range(note, page.ends[note]) if not page.tags[i] and page.text_of(i).strip()), None)
    if at is None or page.claimed(at) is not page.claims.get(note):
        return
    number = re.match(rf"\s*(?:\[{re.escape(label)}\]|{re.escape(label)}[.):])(?=\s)", page.text_of(at))
    if number is not None:
        page.claim_text(at, 0, number.end(), "removed", "number of the note")


def _is_backlink(page: Page, rules: ReferenceRules, at: int) -> bool:
    return any(_fragment(page.attribute(a, "href") or "").startswith(rules.marker_ids) for a in _links(page, at))


def _links(page: Page, at: int) -> list[int]:
    return [at] if page.tags[at] == "a" else page.tagged("a", at)


def _target(page: Page, rules: ReferenceRules, at: int) -> str:
    for link in _links(page, at):
        fragment = _fragment(page.attribute(link, "href") or "")
        if fragment:
            return fragment
    return _named(page, at) or _paired(page, rules, at) or _led_back(page, at)


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
            names = (b + identifier[len(beginning) :] for b in rules.note_ids)
            return next((name for name in names if name in page.footnotes.notes), "")
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


def _fragment(href: str) -> str:
    return unquote(href.partition("#")[2]) if "#" in href else ""


def _join(page: Page, claim: Claim, label: str, target: str) -> None:
    """Joins a marker to the note it points at, or to a note that the page does not have."""
    notes = page.footnotes.notes
    target = page.footnotes.aliases.get(target, target)
    known = next((name for name in (target, target.replace(" ", "_")) if name in notes), None)
    page.footnotes.join(claim, label, known or target or f"note-{label}", page.cleaner)
