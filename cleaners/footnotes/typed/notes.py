"""Lists of notes whose markup is gone: `1. ^ a b Author. Title.` on lines under a heading that announces them.

An arrow back to the text tells a note under any heading. Numbers alone tell one under a heading of notes, or at the end
of a page that cites them. Where lines have no label, their order is that of the labels that the text cites.
"""

from __future__ import annotations

import itertools
import re

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.flat.layout import SENTENCE_END
from wikiglean.cleaners.footnotes.typed.bare import MOIN_BACK, are_many, bare_markers, raised_markers
from wikiglean.cleaners.footnotes.typed.labels import LETTERS, NAMES, NUMBERS, SIGNS, Label
from wikiglean.cleaners.footnotes.typed.lines import Line, NoteStart, lines_of, note_start, notes_of
from wikiglean.cleaners.footnotes.typed.lists import Entry, NoteList, labelled
from wikiglean.cleaners.footnotes.typed.markers import Marker, bracketed_text, markers_of
from wikiglean.cleaners.footnotes.typed.sections import blocks_after, headings_of, sections_of
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.pieces import free_words
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.words import section_kind, tables, width

__all__ = ["NAME", "notes_without_heading", "typed_notes"]

NAME = "typed_notes"
"""The cleaner that notes found here name as their source."""

_BACK = re.compile(r"\s*(?:\\?[↩⏎⤴][\ufe0e\ufe0f]?(?:\^?\d+)?\s*)+$")
_NO_ARROW = re.compile(
    r"(?:\s*[a-z]\s+|\s*)\^(?:[A-Z@\[\]\\_?](?=\s|$)|[=&]|\w{1,2}(?=\W))|\s*\d+\s*\^\s*\(?\d+\s*(?:\W|$)"
)
"""A key that is pressed with Control, `^X`, or an operator: `a ^= b`, `2 ^ 3`."""
_FEWEST_UNNAMED = 3
"""Notes with an arrow that nothing announces, on a page without markers."""
_LONGEST_TITLE = 40
_MOST_TRIES = 3
"""Numbered lists without a heading that are looked at."""
_MOST_LINES = 8
"""Lines that a note between two others may have."""


def typed_notes(page: Page) -> None:
    """Claims lists of notes typed as plain characters: `1. ^ a b Author. Title.`"""
    if any(note.claim is not None for note in page.footnotes.notes.values()):
        return
    sections = list(sections_of(page))
    found = markers_of(page, bracketed_text(page)) if sections or page.plain else []
    cited = _citing(found)
    raised = raised_markers(page) if not cited and not page.plain else []
    cited = cited or raised
    lists = [made for heading, named, blocks in sections for made in _lists(page, heading, blocks, cited, named=named)]
    if not lists and cited and (last := _at_the_end(page, cited)):
        lists = [last]
    bare: list[Marker] = []
    if page.plain and not cited:
        lists, bare = _with_bare_markers(page, lists)
    elif raised and (lists or are_many(raised)):
        bare = raised
    _add(page, lists, cited)
    for marker in bare:
        label = marker.label
        marked = page.claim_text(marker.at, marker.start, marker.end, "citations", "marker", kind=label.shown)
        page.footnotes.join(marked, label.shown, f"note-{label.key}", page.cleaner)
    page.footnotes.rejoin()


def _citing(found: list[Marker]) -> list[Marker]:
    """The markers that can cite: not those before a note, nor those of other notes on its line, "[1] … [2] …"."""
    labels: dict[int, list[int]] = {}
    for marker in found:
        labels.setdefault(marker.at, []).append(marker.label.number)
    leading = {marker.at for marker in found if marker.leading}
    lists = {at for at in leading if len(labels[at]) > 1 and labels[at] == list(range(1, len(labels[at]) + 1))}
    free = [marker for marker in found if not marker.leading and marker.at not in lists]
    return free or [marker for marker in found if not marker.leading]


def notes_without_heading(page: Page, found: list[Marker]) -> bool:
    """Claims notes that nothing announces: paragraphs `[1] https://…`, `[2] …`, below the text that cites them."""
    numbers = [marker for marker in found if marker.label.series == NUMBERS]
    first = next((marker for marker in reversed(numbers) if marker.leading and marker.label.number == 1), None)
    if first is None:
        return False
    cited = [marker for marker in numbers if not marker.leading and marker.at < first.at]
    keys = {marker.label.key for marker in cited}
    block = next((up for up in page.ancestors(first.at) if page.tags[up] in BORDERS), page.root)
    if not cited or block == page.root:
        return False
    lists = _runs(page, "", [block, *blocks_after(page, block, [])], keys, named=True)
    if not lists or not _are_cited(lists[0].entries, keys):
        return False
    _add(page, lists[:1], cited)
    return True


def _are_cited(entries: list[Entry], keys: set[str]) -> bool:
    """Whether these are the notes of most markers, and not many more."""
    labels = {entry.label.key for entry in entries if entry.label is not None}
    return 2 * len(keys & labels) >= len(keys) and len(entries) <= 2 * len(keys)


def _add(page: Page, lists: list[NoteList], cited: list[Marker]) -> None:
    for one, labels in labelled(lists, cited):
        for entry, label in zip(one.entries, labels, strict=True):
            claim = _claim(page, entry)
            if claim is not None:
                page.footnotes.add(f"note-{label.key}", claim, NAME, label.shown)


def _with_bare_markers(page: Page, lists: list[NoteList]) -> tuple[list[NoteList], list[Marker]]:
    """The notes whose markers have no brackets, under their heading or at the end of the page, and these markers."""
    for one in lists:
        if bare := bare_markers(page, one.entries):
            return lists, bare
    blocks = blocks_after(page, page.root, []) if not lists else []
    firsts = [n for n in range(len(blocks) - 1, -1, -1) if _is_first(page, blocks[n])]
    for n in firsts[:_MOST_TRIES]:
        found = _runs(page, "", blocks[n:], set(), named=True)
        bare = bare_markers(page, found[0].entries) if found else []
        if bare:
            return found[:1], bare
    if not lists and (answered := _answered(page, blocks)) and (bare := bare_markers(page, answered.entries)):
        return [answered], bare
    return lists, []


def _answered(page: Page, blocks: list[int]) -> NoteList | None:
    """MoinMoin's notes, the last lines of a page: "Author. (1)", "Another. (2, 3)"; the numbers lead to the markers."""
    runs: list[list[Entry]] = [[]]
    for block, line in _lines(page, blocks):
        match = MOIN_BACK.search(line.text)
        numbers = [int(number) for number in re.findall(r"\d+", match[0])] if match is not None else []
        due = sum(entry.times for entry in runs[-1]) + 1
        if numbers[:1] != [due]:
            runs, due = [*runs, []] if runs[-1] else runs, 1
        if numbers == list(range(due, due + len(numbers))) != []:
            start, number = note_start(line.text), len(runs[-1]) + 1
            words = (line, start.end if start is not None else 0)
            label = Label(str(number), NUMBERS, number)
            runs[-1].append(Entry(label, [words], block, len(numbers), answered=True))
    last = next((run for run in reversed(runs) if len(run) > 1), None)
    return NoteList("", last) if last is not None else None


def _is_first(page: Page, block: int) -> bool:
    """Whether a block begins like the first of numbered notes."""
    start = next((note_start(line.text) for line in lines_of(page, block)), None)
    return start is not None and start.label is not None and start.label.number == 1


# -- which of their lines are notes ------------------------------------------------------------------------------------


def _lists(page: Page, heading: str, blocks: list[int], cited: list[Marker], *, named: bool) -> list[NoteList]:
    """The notes among the lines of these blocks; more than one list where another begins without a known heading."""
    keys = {marker.label.key for marker in cited}
    lists = _runs(page, heading, blocks, keys, named=named)
    entries = [entry for one in lists for entry in one.entries]
    if not named:
        entries = [entry for entry in entries if not _is_of_table(page, entry)]
        if len(entries) < (1 if cited else _FEWEST_UNNAMED):
            return []  # "↑ Top", a table of signs
    elif (
        entries
        and not cited
        and not page.plain
        and (entries[0].block not in blocks[:2] or _text_follows(page, entries))
    ):
        return []  # remarks on what is above, numbers of what is below
    if not lists and named and (entries := _by_order(page, blocks, cited)):
        lists = [NoteList(heading, entries)]
    return lists


def _is_of_table(page: Page, entry: Entry) -> bool:
    """Whether a line that begins like a note is a sign in a table, or a key or an operator in a list of such."""
    line = entry.lines[0][0]
    if page.plain or _NO_ARROW.match(line.text):
        return _NO_ARROW.match(line.text) is not None
    cell = next((up for up in page.ancestors(line.pieces[0][0]) if page.tags[up] in ("td", "th", "dt")), None)
    before = range(cell + 1, line.pieces[0][0]) if cell is not None else range(0)
    return cell is not None and not any(not page.tags[at] and page.nodes[at].strip() for at in before)


def _text_follows(page: Page, entries: list[Entry]) -> bool:
    """Whether notes that nothing cites and nothing leads back from are followed by further sections of the article."""
    if any(entry.times or (entry.label is not None and entry.label.series == NAMES) for entry in entries):
        return False
    last = entries[-1].block
    return any(at > last and section_kind(free_words(page, at)) == "body" for at in headings_of(page))


def _runs(page: Page, heading: str, blocks: list[int], keys: set[str], *, named: bool) -> list[NoteList]:
    """Each line that begins like a note is one; lines between two notes belong to the first.

    Behind the last note only what cannot begin something new is of it: what is indented, or begins with a small letter.
    """
    lists: list[NoteList] = []
    entries: list[Entry] = []
    waiting: list[tuple[int, Line]] = []
    ended = False
    for block, line in _lines(page, blocks):
        start = note_start(line.text)
        if start is not None and _is_next(start, entries, keys, named=named):
            title = _title(page, waiting if entries else waiting[-1:]) if entries or not named else ""
            again = start.label is not None and entries and start.label.number == 1 and entries[-1].label is not None
            if not entries or title or again:
                entries = []
                lists.append(NoteList(title or heading, entries))
            elif len(waiting) <= _MOST_LINES:
                entries[-1].lines += [(more, 0) for _, more in waiting]
            entries.append(Entry(start.label, [(line, start.end)], block, start.times))
            waiting, ended = [], False
            continue
        if entries and not ended and not waiting and _goes_on(page, entries[-1], line, block):
            entries[-1].lines.append((line, 0))
            continue
        ended = True
        waiting.append((block, line))
    return lists


def _lines(page: Page, blocks: list[int]) -> list[tuple[int, Line]]:
    return [(block, one) for block in blocks for line in lines_of(page, block) for one in notes_of(line)]


def _title(page: Page, waiting: list[tuple[int, Line]]) -> str:
    """The heading that a line between two notes is, in a language that is not known: short, without an end."""
    if len(waiting) != 1 or not page.plain:
        return ""
    block, line = waiting[0]
    words = line.text.strip()
    if line.text[:1].isspace() or width(words) > _LONGEST_TITLE or SENTENCE_END.search(words) or words[:1].islower():
        return ""
    page.read_as(block, "h2")
    return words


def _is_next(start: NoteStart, entries: list[Entry], keys: set[str], *, named: bool) -> bool:
    """Whether a line that begins like a note is the next one of a list: numbers alone have to count up."""
    if start.sure:
        return True
    label = start.label
    if label is None or not (named or entries):
        return named or bool(entries)
    if label.series == SIGNS:
        return label.key in keys
    last = entries[-1].label if entries else None
    if last is not None:
        return label.series == last.series and label.number == last.number + 1
    if entries:
        return False
    return label.key in keys or (label.number == 1 and label.series != LETTERS)


def _goes_on(page: Page, entry: Entry, line: Line, block: int) -> bool:
    """Whether a line goes on with the note before it."""
    first, prefix = entry.lines[0]
    if not first.text[prefix:].strip() and len(entry.lines) == 1:
        return True  # the words of a note whose label has a line of its own
    if block == entry.block:
        return True
    if page.tags[entry.block] == "dt":
        listed = page.parents[entry.block]
        return any(page.tags[up] == "dd" and page.parents[up] == listed for up in (block, *page.ancestors(block)))
    words = line.text.lstrip()
    if page.plain and "hr" in page.tags[page.ends[entry.block] : block]:
        return False
    if page.roles.get(block, page.tags[block]) == "li":
        return False
    if words[:1].islower():
        return True
    return page.plain and len(line.text) - len(words) > len(first.text) - len(first.text.lstrip()) + 1


def _by_order(page: Page, blocks: list[int], cited: list[Marker]) -> list[Entry]:
    """Lines without labels, if they are as many as one series of markers has; a numbered list if its first is cited."""
    lines = list(
        itertools.takewhile(
            lambda pair: tables().lines.find(pair[1].text) is None,
            _lines(page, blocks),
        )
    )
    numbered = all(page.tags[block] == "li" and page.tags[page.parents[block]] == "ol" for block in blocks)
    counts: dict[str, set[int]] = {}
    for marker in cited:
        counts.setdefault(marker.label.series, set()).add(marker.label.number)
    fitting = [name for name, numbers in counts.items() if numbers == set(range(1, len(lines) + 1)) and name != NAMES]
    if fitting:
        return [Entry(None, [(line, 0)], block) for block, line in lines]
    if numbered and 1 in counts.get(NUMBERS, ()):
        items = [[(line, 0) for line in lines_of(page, block)] for block in blocks]
        return [Entry(None, item, block) for block, item in zip(blocks, items, strict=True) if item]
    return []


def _at_the_end(page: Page, cited: list[Marker]) -> NoteList | None:
    """A list without a heading at the end of the page: numbered lines that the text cites, behind the last marker."""
    last = max(marker.at for marker in cited)
    above = next((up for up in page.ancestors(last) if page.tags[up] in BORDERS), page.root)
    blocks = [at for at in blocks_after(page, page.root, []) if at > above] if page.plain else []
    if not page.plain:
        blocks = blocks_after(page, above, []) if above != page.root else []
    keys = {marker.label.key for marker in cited}
    firsts = [n for n, block in enumerate(blocks) if _is_first(page, block)]
    for n in firsts[:_MOST_TRIES]:
        entries = _runs(page, "", blocks[n:], keys, named=True)[0].entries
        if _are_cited(entries, keys):
            return NoteList("", entries)
    return None


# -- claims ----------------------------------------------------------------------------------------------------------


def _claim(page: Page, entry: Entry) -> Claim | None:
    """Claims the words of a note, and what leads back from it to the text as its backlink."""
    row = _row(page, entry)
    claim = page.claim(row, "references", "note", kind="note") if row is not None else None
    for line, prefix in entry.lines:
        back = _BACK.search(line.text) or (MOIN_BACK.search(line.text) if entry.answered else None)
        claim = _claim_line(page, line, prefix, back.start() if back else len(line.text), claim)
    return claim


def _row(page: Page, entry: Entry) -> int | None:
    """The row of a table that a note with its label in the first cell is all of."""
    if page.tags[entry.block] != "td":
        return None
    row = page.parents[entry.block]
    pieces = {at for line, _ in entry.lines for at, _, _ in line.pieces}
    words = {at for at in range(row, page.ends[row]) if not page.tags[at] and page.text_of(at).strip()}
    return (
        row if page.tags[row] == "tr" and words <= pieces and all(row < at < page.ends[row] for at in pieces) else None
    )


def _claim_line(page: Page, line: Line, prefix: int, end: int, claim: Claim | None) -> Claim | None:
    offset = 0
    for at, first, last in line.pieces:
        inner = (max(first, first + prefix - offset), min(last, first + end - offset))
        offset += last - first
        if first < min(inner[0], last):
            page.claim_text(at, first, min(inner[0], last), "removed", "backlink")
        if inner[0] < inner[1]:
            if claim is None:
                claim = page.claim_text(at, *inner, "references", "note", kind="note")
            else:
                page.continue_claim(claim, at, *inner)
        if max(inner[1], first) < last:
            page.claim_text(at, max(inner[1], first, inner[0]), last, "removed", "backlink")
    return claim
