"""What leads from a note back to the text: `^ a b`, `↑ Jump up to: 1.0 1.1`, `↩`, before the note's words or after."""

from __future__ import annotations

import re

from wikiglean.cleaners.footnotes.fragments import fragment_of
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ReferenceRules
from wikiglean.cleaners.selectors import select
from wikiglean.cleaners.words import fold, tables

__all__ = ["backlinks"]

BRACKETS = "[]［］【】〔〕() \t\n\u200b"
_SIGNS = " \t\r\n\u00a0\u200b\u200e\u200f^↑↩↥⇑⤴⏎,;:.()[]|·•–-\ufe0e\ufe0f"
_ARROWS = ("^", "↑", "↩", "⇑", "⤴")
_SIGN = re.compile(r"[.):,;](?=\s|$)")
_INLINE = ("b", "i", "sup", "strong", "em", "small", "span")
_PLACES = re.compile(r"\s*[\^↑](?:\s+a\s+b(?:\s+[c-z])*(?=\s|$)|(?:\s+\d+[.,٫]\d+){2,}(?=\s|$))?\s*")
"""The sign and the places of a note that is cited twice or more: one place alone has no letter."""
_LABEL = re.compile(r"[\^↑↩⇑]|[a-z]{1,2}|\w{1,4}[.,٫]\w{1,3}")


def backlinks(page: Page, rules: ReferenceRules, note: int, marked: set[int]) -> None:
    """Claims what leads back: elements made for it, links to markers, the signs and words between."""
    own = page.claims[note]
    for selector in rules.backlinks:
        for at in select(page, selector, note):
            if page.claimed(at) is own:
                _claim(page, at, note)
    text = _text_element(page, rules, note)
    links = [
        at
        for at in page.tagged("a", note)
        if (text is None or not page.contains(text, at))
        and page.claimed(at) is own
        and _leads_to_marker(page, rules, page.attribute(at, "href") or "", marked)
    ]
    if text is not None:
        page.footnotes.texts.add(text)
        _all_before(page, note, text)
        for at in links:
            if at > text:
                _claim(page, _wrapped(page, at), note)
        return
    last = _leading(page, note, links)
    for at in links:
        if at > last and _leads_back_only(page, at, note):
            _claim(page, _wrapped(page, at), note)


def _text_element(page: Page, rules: ReferenceRules, note: int) -> int | None:
    """The element that holds the words of a note and nothing else, where the engine prints one."""
    own = page.claims[note]
    return next(
        (at for selector in rules.texts for at in select(page, selector, note) if page.claimed(at) is own), None
    )


def _all_before(page: Page, note: int, text: int) -> None:
    """Claims all that stands in a note before the element with its words."""
    at = note + 1
    while at < text:
        if at in page.claims:
            at = page.ends[at]
        elif page.tags[at]:
            if page.ends[at] <= text and page.words_of(at):
                _claim(page, at, note)
                at = page.ends[at]
            else:
                at += 1
        else:
            if page.text_of(at).strip():
                page.claim_text(at, 0, len(page.text_of(at)), "removed", "backlink")
            at += 1


def _leading(page: Page, note: int, links: list[int]) -> int:
    """Claims the backlinks before the words of a note; gives the position of the last one, `note` where none is."""
    last, pending = note, list[int]()
    wanted = {_wrapped(page, at): at for at in links}
    at = note + 1
    while at < page.ends[note]:
        if at in wanted or page.claims.get(at) is not None:
            if at not in wanted and page.claims[at].destination != "removed":
                break
            for before in pending:
                page.claim_text(before, 0, len(page.text_of(before)), "removed", "backlink")
            pending.clear()
            _claim(page, at, note)
            last = wanted.get(at, at)
            at = page.ends[at]
            continue
        if not page.tags[at]:
            if not _connects(page.text_of(at), between=last > note):
                break
            pending.append(at)
        at += 1
    if last == note:
        _signs_alone(page, note)
    return last


def _connects(words: str, *, between: bool) -> bool:
    """Whether words are signs, what screen readers say for them, or an "and" between two backlinks."""
    plain = words.strip(_SIGNS)
    if not plain or _is_jump(words):
        return True
    return between and len(plain) <= 3 and plain.isalpha() and plain == plain.lower() and plain == words.strip()


def _is_jump(words: str) -> bool:
    """Whether words are what screen readers say for the arrow."""
    return fold(words).strip(" ^↑:") in tables().jump_up


def _signs_alone(page: Page, note: int) -> None:
    """The sign, and labels of places, before the words of a note whose backlinks are no links any more."""
    first = next((at for at in range(note, page.ends[note]) if not page.tags[at] and page.text_of(at).strip()), None)
    if first is None or page.claimed(first) is not page.claims[note]:
        return
    data = page.text_of(first)
    match = _PLACES.match(data)
    if match is None:
        return
    end = match.end()
    page.claim_text(first, 0, end, "removed", "backlink")
    if end < len(data.rstrip()):
        return
    at = first + 1
    while at < page.ends[note]:
        if page.tags[at] == "sup" and _LABEL.fullmatch(page.words_of(at)):
            _claim(page, at, note)
            at = page.ends[at]
        elif page.tags[at] or page.text_of(at).strip():
            return
        else:
            at += 1


def _wrapped(page: Page, at: int) -> int:
    """The outermost element around a link that has no other words."""
    while page.tags[page.parents[at]] in _INLINE and page.words_of(page.parents[at]) == page.words_of(at):
        at = page.parents[at]
    return at


def _leads_back_only(page: Page, link: int, note: int) -> bool:
    """Whether a link to a marker says no more than that, or ends the note; "see above" is of the note."""
    words = page.words_of(link).strip(_SIGNS)
    if len(words) <= 3 or any(sign in page.text_of(link) for sign in _ARROWS) or _is_jump(page.text_of(link)):
        return True
    after = range(page.ends[link], page.ends[note])
    return not any(not page.tags[at] and page.text_of(at).strip() for at in after)


def _claim(page: Page, at: int, note: int) -> None:
    if page.claim(at, "removed", "backlink") is not None:
        _space_before(page, at)
        _brackets_beside(page, at)
        _sign_after(page, at, note)


def _space_before(page: Page, backlink: int) -> None:
    """Claims the no-break space that ties a backlink to the note's last word."""
    before = backlink - 1
    if not page.tags[before]:
        data = page.text_of(before)
        end = len(data.rstrip(" \n\t"))
        start = len(data[:end].rstrip("\u00a0\u202f"))
        if start < end:
            page.claim_text(before, start, end, "removed", "backlink")


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


def _sign_after(page: Page, backlink: int, note: int) -> None:
    """The dot or bracket of `1.` where the number alone leads back."""
    at = page.ends[backlink]
    if at < page.ends[note] and not page.tags[at] and page.words_of(backlink).strip(BRACKETS).isalnum():
        sign = _SIGN.match(page.text_of(at))
        if sign is not None:
            page.claim_text(at, 0, sign.end(), "removed", "backlink")


def _leads_to_marker(page: Page, rules: ReferenceRules, href: str, marked: set[int]) -> bool:
    if "#" not in href:
        return False
    fragment = fragment_of(href)
    if fragment.startswith(rules.marker_ids):
        return True
    at = page.by_id.get(fragment)
    return at is not None and (at in marked or any(up in marked for up in page.ancestors(at)))
