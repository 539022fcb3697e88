"""Notes that profiles describe: items of lists, elements with the id of a note, notes inside notes."""

from __future__ import annotations

from wikiglean.cleaners.footnotes.fragments import fragment_of
from wikiglean.cleaners.footnotes.marked_up.backlinks import backlinks
from wikiglean.cleaners.footnotes.records import NoteRecord
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ReferenceRules
from wikiglean.cleaners.selectors import select

__all__ = ["find_notes"]

_ANCHORS = ("a", "cite", "span")


def find_notes(page: Page, rules: ReferenceRules, outer: int | None, marked: set[int]) -> None:
    """Claims the notes of the lists, then those that the profile names, then items with the id of a note."""
    for selector in rules.lists:
        for listed in select(page, selector, outer):
            # `div.references` of other software is a box of links
            if page.tags[listed] == "ol" or marked or _ids_in(page, rules, listed, page.ends[listed]):
                _listed_notes(page, rules, listed, marked)
    for selector in rules.notes:
        for at in select(page, selector, outer):
            _note(page, rules, at, marked)
    for item in page.tagged("li", outer):
        identifier = page.attribute(item, "id")
        if identifier is None and item + 1 < page.ends[item] and page.tags[item + 1] in _ANCHORS:
            identifier = page.attribute(item + 1, "id")
        if identifier and identifier.startswith(rules.note_ids) and item not in page.claims:
            _note(page, rules, item, marked)


def _listed_notes(page: Page, rules: ReferenceRules, listed: int, marked: set[int], parent: str | None = None) -> None:
    """The items of a list, and the paragraphs between: they go on with a note of another page (`follow=` of Cite)."""
    group = page.attribute(listed, "data-mw-group")
    numbers: dict[int, int] = {}
    at, end = listed + 1, page.ends[listed]
    while at < end:
        if page.tags[at] == "li":
            record = _note(page, rules, at, marked, parent)
            if record is not None:
                record.group, record.number = group, _number(page, at, numbers)
            at = page.ends[at]
        elif page.tags[at] == "p" and page.parents[at] == listed and page.words_of(at):
            _note(page, rules, at, marked, continued=True)
            at = page.ends[at]
        else:
            at += 1


def _number(page: Page, item: int, numbers: dict[int, int]) -> int | None:
    """The number of an item in its list; `numbers` are those that come next in the lists around."""
    listed = page.parents[item]
    if page.tags[listed] != "ol":
        return None
    value = page.attribute(item, "value") or ("" if listed in numbers else page.attribute(listed, "start")) or ""
    number = int(value) if value.isdecimal() else numbers.get(listed, 1)
    numbers[listed] = number + 1
    return number


def _note(
    page: Page, rules: ReferenceRules, at: int, marked: set[int], parent: str | None = None, *, continued: bool = False
) -> NoteRecord | None:
    known = page.footnotes.notes.get(page.attribute(at, "id") or "")
    if known is not None and known.claim is not None and page.words_of(known.claim.at) == page.words_of(at):
        page.claim(at, "removed", "note printed again")
        return None
    claim = page.claim(at, "references", "note", kind="note")
    if claim is None:
        return None
    ids = _note_ids(page, rules, at)
    made = f"note-{len(page.footnotes.notes) + 1}"
    first, *others = [made] if continued or not ids else ids
    record = page.footnotes.add(first, claim, page.cleaner)
    record.parent = parent
    if continued and ids:
        record.follows = ids[0]
    page.footnotes.aliases.update(dict.fromkeys(others, record.identifier))
    for selector in rules.sublists if parent is None else ():  # Cite has no details of details
        for listed in select(page, selector, at):
            _listed_notes(page, rules, listed, marked, record.identifier)
    for link in page.tagged("a", at):
        fragment = fragment_of(page.attribute(link, "href") or "")
        if fragment.startswith(rules.marker_ids) and page.claimed(link) is claim:
            page.footnotes.led_back.setdefault(fragment, record.identifier)
    backlinks(page, rules, at, marked)
    return record


def _note_ids(page: Page, rules: ReferenceRules, note: int) -> list[str]:
    """The id of a note, else of the anchors inside it that markers point at, else of the element before it."""
    if own := page.attribute(note, "id"):
        return [own]
    return (
        _ids_in(page, rules, note + 1, _own_end(page, rules, note))
        or _ids_in(page, rules, _elder(page, note), note)[:1]
        or _first_anchor(page, note)
    )


def _first_anchor(page: Page, note: int) -> list[str]:
    """The name of an anchor before the words of a note, whatever it is: `<li><a name="moe1902"></a> Moe, 1902`."""
    at = note + 1
    while at < page.ends[note] and not page.text_of(at).strip():
        name = page.attribute(at, "name") if page.tags[at] == "a" else None
        if name:
            return [name]
        at = page.ends[at]
    return []


def _own_end(page: Page, rules: ReferenceRules, note: int) -> int:
    """Where the notes inside a note begin, else its end."""
    inner = [at for selector in rules.sublists for at in select(page, selector, note)]
    return min(inner, default=page.ends[note])


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
