"""Markers whose markup is gone, and what only looks like one: `[1]`, `[note 2]`, `[1, 2]`, `[4]:15`, `[a]`, `¹`.

A bracket says little by itself: `a[1]`, `[0, 1]`, `[sic]`, `[t]he`, "[1] yes [2] no". What tells are the notes that a
page has, and, where it has none, how the labels count up and where they stand: behind a word or a sign.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from wikiglean.cleaners.footnotes.typed.labels import LETTERS, NAMES, NUMBERS, ROMANS, SIGNS, Label, label_of
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.pieces import is_free_text
from wikiglean.cleaners.reading.reader import BORDERS

__all__ = ["CLOSING", "OPENING", "Marker", "among", "bracketed_text", "markers_of"]

OPENING, CLOSING = r"(?:\\?[\[［【〔]|&#91;|&#x5[bB];)", r"(?:\\?[\]］】〕]|&#93;|&#x5[dD];)"
_PAGES = r"(?:[\u200a\u2009]?[:：]\s?(?:pp?\.\s?)?\d{1,4}(?:\s?[–,-]\s?\d{1,4})*(?!\d)[\u200a\u2009]?)"
_MARKER = re.compile(rf"{OPENING}\s*([^\[\]［］【】〔〕\\]{{1,32}}?)\s*{CLOSING}({_PAGES})?")
_LIST = re.compile(r"\d{1,3}(?:\s*[,،、;；]\s*\d{1,3}|\s?[–—-]\s?\d{1,3}(?!\s?[–—-])){1,12}")
_RAISED = re.compile("[¹²³⁰⁴-⁹]{1,3}")
_LINE_END = re.compile(r"\s*(?:$|[\n.,;:!?。、，)\[(A-ZÀ-Þ\u0400-\u042f\u0590-\uffff])")
_INDEXED = re.compile(r"(\w{1,40})\[0\]")
"""A word with the index 0 is an array of some program, and its other indexes are no markers."""
_NAME = re.compile(r"(?:(?<!\w)(?<!\d\s)[a-zA-Z]|\w*_\w*|\b[a-z]+[A-Z]\w*)$")
"""What programs and formulas call things: `x`, `row_count`, `rowCount`."""
_INDEX = re.compile(r"\[(?:\d+|[a-z])\]$")
_STRING = re.compile(r"(?<![\w.,])(['\"])[^\s'\"]{1,40}\1$")
_INDEX_OF = r"(?<!\w)%s\[(\d{1,3})\]"
_UNIT = re.compile(r"(?<![^\W\d])(?:[kcdmµnh]?m|[kmµ]?g|in|ft|yd|mi|s|mile|inch|[a-z]|км|м|см|мм|га)$", re.I)
_CODE = frozenset({"pre", "code", "tt", "kbd", "samp", "var", "math", "textarea", "listing", "xmp"})
_QUOTES = frozenset("\"'“”„«»‘’`「」『』")
_FARTHEST = 10
"""How far a number may be ahead of those before it on a page without notes: some markers may be lost."""


@dataclass(slots=True)
class Marker:
    """What may be a marker: characters of a text node and their label.

    `attached` says that it stands right behind a word or a sign, `leading` that it begins its block, before words,
    `listed` that others share its brackets, `quoted` that it stands behind a word in quotation
    marks, as the index of a string does.
    """

    at: int
    start: int
    end: int
    label: Label
    attached: bool
    leading: bool
    listed: bool = False
    quoted: bool = False


def bracketed_text(page: Page) -> list[int]:
    """The text nodes of the article with a bracket in them that nobody claimed and that are no code."""
    tags, texts = page.tags, page.texts_with("[", "［", "【", "〔", "&#")
    return [at for at in texts if is_free_text(page, at) and not any(tags[up] in _CODE for up in page.ancestors(at))]


def markers_of(page: Page, texts: Iterable[int]) -> list[Marker]:
    """All that may be markers in these text nodes, in order."""
    texts = list(texts)
    nodes = page.nodes
    indexed = {word for at in texts if "[0]" in nodes[at] for word in _INDEXED.findall(nodes[at])}
    found: list[Marker] = []
    for at in texts:
        done = -1
        for match in _MARKER.finditer(nodes[at]):
            made = list(_made(page, at, match, indexed, behind=match.start() == done))
            found += made
            done = match.end() if made and made[-1].label.shown != "0" else -1
    return _romans(found)


def _made(page: Page, at: int, match: re.Match[str], indexed: set[str] | None, *, behind: bool) -> Iterator[Marker]:
    data, start, end = page.nodes[at], match.start(), match.end()
    label = label_of(match[1])
    if label is None and (not _LIST.fullmatch(match[1]) or match[1].lstrip().startswith("0")):
        return  # "[0-9]" are the digits
    if match[2] and not (match[2][-1] in "\u200a\u2009" or match[2][1].isdigit() or _LINE_END.match(data, end)):
        end = match.start(2)  # "as follows[4]: 15 men came" goes on with the sentence
    indexed = indexed if label is None or label.series == NUMBERS else None
    if not _can_stand(page, at, (start, end), indexed) or (
        not behind and _is_index(data, start) and not _is_claimed(page, at, start - 1)
    ):
        return
    before = data[:start].rstrip("\\^(") if data[:start].endswith(("^", "^(")) else data[:start]
    leading = not behind and not before.strip() and _begins_block(page, at)
    leading = leading and (bool(data[end:].strip()) or _goes_on(page, at))
    attached = behind or not before[-1:].isspace() or (before.rstrip()[-1:] in '.,;:!?)”’»"。，、！？；：।॥؟،؛')
    if label is not None:
        quoted = before[-1:] in "'\"" and _STRING.search(before[-42:]) is not None
        yield Marker(at, start, end, label, attached, leading, quoted=quoted)
    for number, (first, last) in _parts(match[1], match.start(1), (start, end)) if label is None else ():
        yield Marker(at, first, last, Label(str(number), NUMBERS, number), attached, leading, listed=True)


def _parts(words: str, offset: int, span: tuple[int, int]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The numbers of `[1, 3]` with their characters; the one that a dash stands for, in `[1–3]`, has the dash."""
    done = span[0]
    before = 0
    for match in re.finditer(r"\d{1,3}", words):
        number = int(match[0])
        dash = re.search(r"[–—-]\s?$", words[: match.start()])
        if dash is not None and number == before + 2:
            yield before + 1, (done, offset + dash.start() + 1)
            done = offset + dash.start() + 1
        end = offset + match.end() if match.end() < len(words.rstrip()) else span[1]
        yield number, (done, end)
        done, before = end, number


def _can_stand(page: Page, at: int, span: tuple[int, int], indexed: set[str] | None) -> bool:
    """Whether what is in brackets can be a marker by what stands around it: no index, no part of a word, no quotation.

    A bracket inside a link is none, unless the link leads to a note. `indexed` are words that have an index elsewhere,
    `None` for what can be no index.
    """
    data, (start, end) = page.nodes[at], span
    for first, last, claim in page.text_claims_in(at, start, end):
        if claim.destination != "references" or start < first or last < end:
            return False
    if page.tags[page.parents[at]] == "a" and not _leads_to_note(page, page.parents[at]):
        return False
    after = _free_after(page, at, end)
    before = data[start - 1 : start]
    if after == "(" or (after.isascii() and after.isalpha() and after.islower()) or (after == "=" and before.isalnum()):
        return False
    if before.isalnum() and (after.isdecimal() or after == "*"):
        return False  # "sx[12]000", "tee[1]*"
    if before in _QUOTES and after in _QUOTES and before and after:
        return False
    if not start and indexed is not None and _follows_variable(page, at):
        return False
    if before in "$/=([{<@" and before and not data[:start].endswith("^("):
        return _is_claimed(page, at, start - 1)
    word = data[max(0, start - 40) : start] if before.isalnum() or before == "_" else ""
    if indexed is None or not word:
        return True
    if _NAME.search(word):
        return False
    return not (indexed and (match := re.search(r"\w+$", word)) and match[0] in indexed)


def _follows_variable(page: Page, at: int) -> bool:
    """Whether a text node goes on right behind the name of a variable: `<var>x</var>[1]`."""
    before = at - 1
    while before > page.parents[at] and page.parents[before] != page.parents[at]:
        before = page.parents[before]
    return before > page.parents[at] and page.tags[before] == "var"


def _is_index(data: str, start: int) -> bool:
    """Whether a bracket is the index of what stands before it: `f()[1]`, `m[0][1]`, `'abc'[1]`."""
    before = data[max(0, start - 42) : start]
    if match := _STRING.search(before):
        return len(set(re.findall(_INDEX_OF % re.escape(match[0]), data))) > 1
    return before.endswith("()") or _INDEX.search(before) is not None


def _free_after(page: Page, at: int, end: int) -> str:
    """The first character behind a place that is not claimed, in the same text node."""
    while claims := page.text_claims_in(at, end, end + 1):
        if claims[0][0] != end:
            break
        end = claims[0][1]
    after: str = page.nodes[at][end : end + 1]
    return after


def _is_claimed(page: Page, at: int, offset: int) -> bool:
    return bool(page.text_claims_in(at, offset, offset + 1))


def _leads_to_note(page: Page, link: int) -> bool:
    """Whether a link leads where a pasted page's notes were: `…/wiki/Title#cite_note-1`."""
    fragment = (page.attribute(link, "href") or "").partition("#")[2]
    profiles = [*page.pasted, *([page.profile] if page.profile is not None else [])]
    return bool(fragment) and any(
        fragment.startswith(tuple(profile.references.note_ids)) for profile in profiles if profile.references.note_ids
    )


def _begins_block(page: Page, at: int) -> bool:
    """Whether no words stand before a text node in its block."""
    before = at - 1
    while before >= 0 and page.tags[before] not in BORDERS:
        if not page.tags[before] and page.nodes[before].strip():
            return False
        before -= 1
    return True


def _goes_on(page: Page, at: int) -> bool:
    """Whether words follow a text node in its block, or in the cell or definition beside."""
    after = at + 1
    cell = next((up for up in page.ancestors(at) if page.tags[up] in BORDERS), at)
    if page.tags[cell] in ("dt", "td"):
        beside = page.ends[cell]
        while beside < len(page.tags) and not page.tags[beside] and not page.nodes[beside].strip():
            beside += 1
        if beside < len(page.tags) and page.tags[beside] in ("dd", "td") and page.words_of(beside):
            return True
    while after < len(page.tags) and page.tags[after] not in BORDERS and page.parents[after] >= page.parents[at]:
        if not page.tags[after] and page.nodes[after].strip():
            return True
        after += 1
    return False


def _romans(found: list[Marker]) -> list[Marker]:
    """Reads `i`, `v` and `x` as numbers where others of their kind are, or no other letter is there."""
    letters = {marker.label.key for marker in found if marker.label.series == LETTERS}
    romans = any(marker.label.series == ROMANS for marker in found)
    if not letters & {"i", "v", "x"} or not (romans or letters <= {"i", "v", "x"}):
        return found
    values = {"i": 1, "v": 5, "x": 10}
    for marker in found:
        if marker.label.series == LETTERS and (value := values.get(marker.label.key)):
            marker.label = replace(marker.label, series=ROMANS, number=value)
    return found


# -- which of them are markers -----------------------------------------------------------------------------------------


def among(found: list[Marker], notes: set[str]) -> list[Marker]:
    """Those that are markers. `notes` are the keys of the notes that the page has."""
    series: dict[str, list[Marker]] = {}
    for marker in found:
        series.setdefault(marker.label.series, []).append(marker)
    kept: list[Marker] = []
    numbered = False
    for name in sorted(series, key=lambda name: (name != NUMBERS, name in (LETTERS, ROMANS, SIGNS))):
        mine = _of_series(name, series[name], notes, numbered=numbered)
        numbered = numbered or bool(mine)
        kept += mine
    kept.sort(key=lambda marker: (marker.at, marker.start))
    return kept


def _of_series(name: str, found: list[Marker], notes: set[str], *, numbered: bool) -> list[Marker]:
    """The markers of one series, or none. `numbered` says that another series has some."""
    free = [marker for marker in found if not marker.leading]
    resolved = [marker for marker in free if marker.label.key in notes]
    if name in (SIGNS, NAMES):
        return resolved
    if name in (LETTERS, ROMANS):
        if resolved:
            return [marker for marker in resolved if _is_glued(marker)]
        glued = [marker for marker in free if _is_glued(marker)]
        return glued if numbered and glued and _count_up(glued, name) else []
    if not resolved:
        if all(marker.quoted for marker in free):
            return []
        if not _stand_alone(found, free) or not _count_up([marker for marker in free if not marker.listed], name):
            return []
        known = all(marker.label.known for marker in free)
        if name and not known and not (all(map(_is_glued, free)) and len({marker.label.key for marker in free}) > 1):
            return []
    return list(_in_reach(found, notes))


def _is_glued(marker: Marker) -> bool:
    return marker.attached


def _stand_alone(found: list[Marker], free: list[Marker]) -> bool:
    """Whether they stand as markers do: not before what they number, and not all in the midst of words."""
    lowest = min(marker.label.number for marker in found)
    leading = [marker.label.number for marker in found if marker.leading]
    if lowest in leading or len(leading) >= len(free):
        return False
    return 2 * sum(map(_is_glued, free)) >= len(free) > 0


def _count_up(markers: list[Marker], name: str) -> bool:
    """Whether labels come in the order of footnotes: from the first ones on, each new one the next."""
    numbers = list(dict.fromkeys(marker.label.number for marker in markers))
    if not numbers or numbers[0] < 1:
        return False
    if numbers[0] > 1 and len(numbers) == 1 and not (name and numbers[0] <= 3):
        return False
    if numbers[0] > 3:  # an extract from the midst of an article
        return len(numbers) > 2 and all(0 < b - a <= 2 for a, b in itertools.pairwise(numbers))
    steps = sum(1 for a, b in zip([0, *numbers], numbers, strict=False) if 0 < b - a <= 3)
    return steps >= 0.7 * len(numbers)


def _in_reach(found: list[Marker], notes: set[str]) -> Iterator[Marker]:
    """Those that the count can have come to: of "[2] in [476]" the second is a year."""
    reached = next((marker.label.number for marker in found if not marker.leading), 0)
    for marker in found:
        if marker.leading and marker.label.key not in notes:
            continue
        if marker.listed and not marker.attached and marker.label.key not in notes:
            continue
        near = 0 < marker.label.number <= reached + _FARTHEST
        if marker.label.key in notes or near:
            reached = max(reached, marker.label.number)
            yield marker
