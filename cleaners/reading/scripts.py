"""What stands above the line or below it and still means something there: 10², H₂O, readings of ideographs."""

from __future__ import annotations

import re
from collections.abc import Callable

from wikiglean.cleaners.reading.sink import Sink
from wikiglean.cleaners.reading.state import Reader

__all__ = ["reading", "ruby", "script"]

_SUPERSCRIPTS = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPTS = str.maketrans("0123456789+-−–=()ni", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₙᵢ")
_SCRIPTABLE = re.compile(r"[0-9+\-−–=()ni\s]+")
_MOST_NODES = 16
"""A longer superscript is no exponent. Keeps the look into it cheap."""


def script(r: Reader, at: int, stop: int, tag: str) -> int:
    """`<sup>` or `<sub>`: raised or lowered if Unicode has all its characters, else read as it stands (19th)."""
    if stop - at > _MOST_NODES or not _is_scriptable(r, at, stop, tag):
        return at + 1
    table = _SUPERSCRIPTS if tag == "sup" else _SUBSCRIPTS
    r.frames.append((stop, _leave, (r.write, r.page.text_of(at)[-1].isspace())))
    r.write = _writer(r.sink, table)
    return at + 1


def _is_scriptable(r: Reader, at: int, stop: int, tag: str) -> bool:
    words = r.page.text_of(at).strip()
    if not words or not _SCRIPTABLE.fullmatch(words):
        return False
    other = "sub" if tag == "sup" else "sup"
    return not r.holds_claims(at, stop) and {other, "img", "math", "br"}.isdisjoint(r.tags[at + 1 : stop])


def _leave(r: Reader, data: tuple[Callable[[str], None], bool]) -> None:
    r.write, spaced = data
    if spaced:
        r.sink.space = True


def _writer(sink: Sink, table: dict[int, int]) -> Callable[[str], None]:
    def write(data: str) -> None:
        words = "".join(data.split())
        if words:
            sink.write(words.translate(table))
        sink.seen += len(data) - len(words)
        sink.substituted += len(data)

    return write


def ruby(r: Reader, at: int, stop: int, _tag: str) -> int:
    """Ideographs with readings: as written where the page has brackets for them (`<rp>`), else base, space, readings.

    Brackets are not made up. Readings given sign by sign are joined behind the whole word.
    """
    page = r.page
    base: list[str] = []
    readings: list[str] = []
    reading_end = at
    if r.holds_claims(at, stop):
        return at + 1
    for i in range(at + 1, stop):
        tag = page.tags[i]
        if tag in ("rp", "a", "img"):
            return at + 1
        if tag == "rt":
            reading_end = page.ends[i]
        elif not tag:
            (readings if i < reading_end else base).append(page.nodes[i])
    words = f"{''.join(map(str.strip, base))} {''.join(map(str.strip, readings))} "
    r.write(words)
    r.sink.seen += sum(map(len, base)) + sum(map(len, readings)) - len(words)
    return stop


def reading(r: Reader, at: int, stop: int, _tag: str) -> int:
    """`<rt>` in a ruby that is read in order: apart by spaces where the page has no brackets."""
    if "rp" not in r.page.by_tag:
        r.sink.space = True
        r.frames.append((stop, _leave_reading, None))
    return at + 1


def _leave_reading(r: Reader, _: None) -> None:
    r.sink.space = True
