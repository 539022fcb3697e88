"""Lists of typed notes, and which markers of the text theirs are: `[1]`, or `[note 1]`, or `[a]`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from wikiglean.cleaners.footnotes.typed.labels import NAMES, NUMBERS, SIGNS, Label
from wikiglean.cleaners.footnotes.typed.lines import Line
from wikiglean.cleaners.footnotes.typed.markers import Marker
from wikiglean.cleaners.words import fold

__all__ = ["Entry", "NoteList", "labelled"]


@dataclass(slots=True)
class Entry:
    """A note: its label, if it shows one, its lines with the characters before its words, and its first block.

    `times` says how many markers it leads back to, 0 where it does not tell; `answered` that their numbers end it.
    """

    label: Label | None
    lines: list[tuple[Line, int]]
    block: int
    times: int = 0
    answered: bool = False


@dataclass(slots=True)
class NoteList:
    """The notes under one heading."""

    heading: str
    entries: list[Entry]


def labelled(lists: list[NoteList], cited: list[Marker]) -> list[tuple[NoteList, list[Label]]]:
    """The lists with the label of each of their notes.

    A browser numbers all lists from 1, whatever group they are of: a list of plain numbers belongs to the markers that
    its heading names, or that are as many as its notes.
    """
    known: dict[str, dict[int, Label]] = {}
    for marker in cited:
        known.setdefault(marker.label.series, {}).setdefault(marker.label.number, marker.label)
    counts = Counter(marker.label.key for marker in cited)
    lists = [part for one in lists for part in _divided(one, known, counts)]
    bare = [n for n, one in enumerate(lists) if all(_is_bare(entry.label) for entry in one.entries)]
    names = [NUMBERS, *(name for name in known if name not in (NUMBERS, NAMES, SIGNS))]
    scores = sorted(
        ((-_fit(lists[n], name, known.get(name, {})), n, i, name) for n in bare for i, name in enumerate(names)),
    )
    series: dict[int, str] = {}
    for score, n, _, name in scores:
        if score < 0 and n not in series and name not in series.values():
            series[n] = name
    return [(one, _labels(one, series.get(n, NUMBERS), known)) for n, one in enumerate(lists)]


def _divided(one: NoteList, known: dict[str, dict[int, Label]], counts: Counter[str]) -> list[NoteList]:
    """Two lists that run into each other, if they are as many as two series of markers and lead back to them."""
    if len(known) != 2 or any(entry.label is not None for entry in one.entries):
        return [one]
    sizes = {name: max(labels) for name, labels in known.items()}
    if len(one.entries) != sum(sizes.values()):
        return [one]
    names = sorted(sizes, key=lambda name: name == NUMBERS)  # notes of a group stand before the sources
    for order in (names, names[::-1]):
        labels = [known[name].get(n) for name in order for n in range(1, sizes[name] + 1)]
        if all(
            not entry.times or label is None or entry.times == counts[label.key]
            for entry, label in zip(one.entries, labels, strict=True)
        ):
            cut = sizes[order[0]]
            return [NoteList(order[0], one.entries[:cut]), NoteList(order[1], one.entries[cut:])]
    return [one]


def _is_bare(label: Label | None) -> bool:
    return label is None or label.series == NUMBERS


def _fit(one: NoteList, name: str, known: dict[int, Label]) -> int:
    """How well a list fits to the markers of a series."""
    if not known:
        return 1 if name == NUMBERS else -1
    count, highest = len(one.entries), max(known)
    score = 5 if count == highest else -6 if count < highest else -1
    heading = fold(one.heading)
    if name and (name in heading or heading.startswith(name[:4])):
        score += 3
    return score + (1 if name == NUMBERS else 0)


def _labels(one: NoteList, series: str, known: dict[str, dict[int, Label]]) -> list[Label]:
    labels: list[Label] = []
    for n, entry in enumerate(one.entries, 1):
        label = entry.label
        if label is None or (label.series == NUMBERS and label.key.isdigit()):
            number = label.number if label is not None else n
            made = known.get(series, {}).get(number)
            label = made if made is not None and made.key.rpartition(".")[0] == "" else _made(series, number, known)
        labels.append(label)
    return labels


def _made(series: str, number: int, known: dict[str, dict[int, Label]]) -> Label:
    """The label of a note that nothing cites, after the others of its series."""
    other = next(iter(known.get(series, {}).values()), None)
    if series in (NUMBERS, NAMES, SIGNS) or other is None or " " not in other.shown:
        return Label(str(number), NUMBERS, number)
    return Label(f"{other.shown.rpartition(' ')[0]} {number}", series, number)
