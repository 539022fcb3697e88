"""Flattened text as a page: how lines are laid out tells blocks, before any word is read.

Each line is a paragraph and an empty line a rule (`<hr>`), whatever tool made the text: text of a browser, `lynx -dump`
and `w3m -dump` (indented, cut at a column), pandoc's plain text, Markdown of html2text. Lines that a tool cut are put
together again, lines with tabs or bars are tables, lines between fences are code.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from wikiglean.cleaners.words import fold, tables, width

__all__ = ["BULLET", "SENTENCE_END", "markup_of"]

SENTENCE_END = re.compile(
    r"[.!?:;,…。！？：；，、।॥؟،؛۔։።᙮။។༎]['\"”’»›」』）)\]]*(?:\s*[\[［][^\]］]{1,20}[\]］])*\s*$"
)
"""The end of a line that is a sentence, or goes on below; markers may follow."""
BULLET = re.compile(r"\s*[•*·▪◦‣○●■□⁃+-]\s+|\s{2,}o\s+")
_NUMBER = re.compile(r"\s*(?:[\[［]\d{1,3}[\]］]|\d{1,3}[.)](?!\d)|\^(?!\s?\[)|↑)\s*\S")
_MARKER = re.compile(r"\s*(?:[\[［][^\[\]［］]{1,12}[\]］])+([^\s\[［])")
_HEADING = re.compile(r"(#{1,6})\s+\S|(={2,6}|=(?=\s))\s*[^=\s].*?\s*\2\s*$")
_UNDERLINE = re.compile(r"=+|-+|~+")
_RULE = re.compile(r"\s*(?:[-_*=~]\s?){3,}\s*")
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)[\w+#-]*\s*")
_BARS = re.compile(r"\s*\|.*\|\s*")
_BAR_RULE = re.compile(r"\s*\|?[\s:|+=-]*-[\s:|+=-]*\|?\s*")
_LABEL = re.compile(r"\s*(?:\[\d+\])?[^\W\d_]+\s?[:：]")
_ADDRESS = re.compile(r"\]\(|://")
_NO_TEXT = re.compile(r"://|\]\(|\[\s{3,}\]|_{5,}|[\u2500-\u257f]|\t")
_GLUED = re.compile(
    r"(?:^|[.!?…。！？][\"”’»」』）)]*\s+|\]\s+)(?P<heading>(?P<words>[^\W_a-z][^.!?…。！？\[\]]{0,80}(?<=\S))\[(?P<label>[^\[\]]{2,60})\])"
    r"(?=\s*$|\s+[^\sa-z])"
)
"""A heading with its marker, at the beginning of a line or behind a sentence or a marker."""
_TOKEN = re.compile(r"\s*(?:[^\W\d_][\u0300-\u036f]?|\d{1,2}(?:[.,٫]\d{1,2})?)\s*")
"""What leads from a note back to one of its markers: `a`, `1.0`."""
_CONTINUED = re.compile(r"\s+\S|[.,;:!?…)»”。，、；：]|[^\W\d_A-ZÀ-Þ]")
"""How the rest of a paragraph begins behind a marker that had lines of its own."""
_LONGEST_LABEL = 12
_GLUED_NOTE = re.compile(r"(?:(?<!\d)\d{1,3}\.?\s?)?↑(?=\s|\d)")
_FEWEST_GLUED = 2
_LONGEST_GLUED = 80
_TOP = 12  # lines above the first heading of a page in Markdown at most
_WIDEST = 100
_NARROWEST = 45


@dataclass(slots=True)
class _Line:
    """A line: its characters, the column that its words start at, and the columns that it (or its last part) takes."""

    text: str
    indent: int
    width: int

    @property
    def is_blank(self) -> bool:
        return not self.width


def markup_of(text: str) -> str:
    """The body of an HTML page that shows the text; every character of the text is in it, or was white space."""
    text = re.sub("\r\n?|[\u2028\u2029\f\v]", "\n", text.replace("\x00", "\ufffd").removeprefix("\ufeff"))
    lines = list(_whole_links([_line(line) for line in _apart(text.split("\n"))]))
    return "".join(_blocks(lines, _cut_at(lines), _is_indented(lines)))


def _apart(lines: list[str]) -> Iterator[str]:
    """Puts headings on lines of their own that a tool ran together with the text: "… ends. History[edit] In 1823 …".

    Their markers tell, glued to them, if there are several of them on the page. So do the arrows of notes.
    """
    lines = list(itertools.chain.from_iterable(_notes_apart(line) for line in _together(lines)))
    spans = [list(_glued_headings(line)) if "[" in line else [] for line in lines]
    if sum(map(len, spans)) < _FEWEST_GLUED:
        return iter(lines)
    return itertools.chain.from_iterable(itertools.starmap(_divided, zip(lines, spans, strict=True)))


def _together(lines: list[str]) -> list[str]:
    """Puts markers and arrows together again whose every element a tool wrote on a line of its own: `[`, `1`, `]`."""
    if "[" not in lines and "^" not in lines and "↑" not in lines:
        return lines
    made: list[str] = []
    n, behind = 0, False
    while n < len(lines):
        line, end = lines[n], n + 1
        if line == "[" and lines[n + 2 : n + 3] == ["]"] and len(lines[n + 1]) <= _LONGEST_LABEL:
            marker = f"[{lines[n + 1].strip()}]"
            made[-1:] = [made[-1] + marker] if made and made[-1].strip() else [*made[-1:], marker]
            n, behind = n + 3, True
            continue
        if line in ("^", "↑"):
            while end < len(lines) and _TOKEN.fullmatch(lines[end]):
                end += 1
            end = end + 1 if n + 1 < end < len(lines) else n + 1
        if behind and _CONTINUED.match(line):
            made[-1] += line
        else:
            made.append(" ".join(lines[n:end]))
        n, behind = end, False
    return made


def _notes_apart(line: str) -> Iterable[str]:
    """A line in which a tool ran several notes together, at their arrows: "↑ Author. Title.↑ Another one."."""
    if line.count("↑") < _FEWEST_GLUED:
        return (line,)
    starts = [match.start() for match in _GLUED_NOTE.finditer(line)]
    if len(starts) < _FEWEST_GLUED:
        return (line,)
    borders = [*starts, len(line)] if not line[: starts[0]].strip() else [0, *starts, len(line)]
    return (line[start:end] for start, end in itertools.pairwise(borders))


def _glued_headings(line: str) -> Iterator[tuple[int, int]]:
    """Where the headings of a line are, markers and all."""
    known = tables().edit
    for match in _GLUED.finditer(line):
        parts = re.split(r"\s*[|/]\s*", fold(match["label"]))
        if match["words"][0].islower():
            continue  # "См. также[править]"
        if all(part in known for part in parts) and width(match["words"]) <= _LONGEST_GLUED:
            yield match.span("heading")


def _divided(line: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    done = 0
    for start, end in spans:
        yield from (part for part in (line[done:start], line[start:end]) if part.strip())
        done = end
    if line[done:].strip() or not spans:
        yield line[done:]


def _line(text: str) -> _Line:
    stripped = text.rstrip()
    words = stripped.lstrip()
    return _Line(stripped, len(stripped) - len(words), width(stripped) if words else 0)


def _whole_links(lines: list[_Line]) -> Iterator[_Line]:
    """Puts lines together in which Markdown's `[words](address "title")` was cut."""
    held: _Line | None = None
    for line in lines:
        if held is not None and not line.is_blank and _is_link_open(held.text, line.text):
            held = _Line(f"{held.text}\n{line.text}", held.indent, line.width)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _is_link_open(text: str, following: str) -> bool:
    start = text.rfind("](")
    if start >= 0 and text.count("(", start) - text.count("\\(", start) > text.count(")", start) - text.count(
        "\\)", start
    ):
        return True
    words = text.rfind("[")
    return words > text.rfind("]") and len(text) - words < 80 and "](" in following[:80]


def _cut_at(lines: list[_Line]) -> int:
    """The column at which a tool cut the lines, 0 if none did.

    A line that was cut had no room for the first word of the next one. The column is the one that most pairs of lines
    fit and few do not. Lines that are sentences of their own end in signs, cut ones do not.
    """
    pairs = [
        (line, _needed(line, following)) for line, following in itertools.pairwise(lines) if _may_go_on(line, following)
    ]
    widths = Counter(line.width for line, _ in pairs)
    needs = Counter(needed for _, needed in pairs)
    too_wide = Counter(min(line.width, 400) for line in lines if not _is_left_whole(line))
    best, column = 0, 0
    for candidate in range(_NARROWEST, _WIDEST + 1):
        fitting = sum(count for size, count in widths.items() if size <= candidate)
        roomy = sum(count for size, count in needs.items() if size <= candidate)
        short = sum(count for size, count in widths.items() if size <= 0.7 * candidate)
        over = sum(count for size, count in too_wide.items() if size > candidate)
        full, others = fitting - roomy, max(0, roomy - short)
        if full >= 2 and full >= 2 * others and over <= max(1, full // 5) and full - 2 * others - over > best:
            best, column = full - 2 * others - over, candidate
    cut = [line for line, needed in pairs if line.width <= column < needed]
    open_ends = sum(not SENTENCE_END.search(line.text) for line in cut)
    return column if 2 * open_ends >= len(cut) else 0


def _is_left_whole(line: _Line) -> bool:
    """Whether tools leave a line as it is however long: html2text does not cut links, items and headings."""
    if _ADDRESS.search(line.text):
        return True
    return line.width > _WIDEST and any(pattern.match(line.text) for pattern in (BULLET, _NUMBER, _HEADING))


def _may_go_on(line: _Line, following: _Line) -> bool:
    """Whether a tool may have cut a text between two lines: not between items, notes, fields of forms, addresses."""
    if line.is_blank or following.is_blank or _starts_anew(following.text) or _NO_TEXT.search(line.text):
        return False
    is_item = _NUMBER.match(following.text) and not _is_marker(line, following)
    return not (is_item and SENTENCE_END.search(line.text))


def _is_marker(line: _Line, following: _Line) -> bool:
    """Whether a line begins with a marker that was cut off: Chinese and Japanese can be cut before a bracket."""
    match = _MARKER.match(following.text)
    return match is not None and _is_wide(match[1]) and _is_wide(line.text[-1])


def _needed(line: _Line, following: _Line) -> int:
    """The columns that a line would take with the next one's first word; Chinese can be cut nearly everywhere."""
    words = following.text.split()
    if _is_wide(line.text[-1]) and _is_wide(words[0][0]):
        return line.width + 6
    return line.width + 1 + width(words[0])


def _is_full(line: _Line, following: _Line, column: int) -> bool:
    return line.width <= column < _needed(line, following)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7a3"


def _starts_anew(text: str) -> bool:
    return (
        "\t" in text.strip()
        or _LABEL.fullmatch(text) is not None
        or any(pattern.match(text) for pattern in (BULLET, _HEADING, _RULE, _BARS, _FENCE))
    )


def _is_indented(lines: list[_Line]) -> bool:
    """Whether all text is indented, as lynx does it: what is not is a heading."""
    filled = [line for line in lines if not line.is_blank]
    return len(filled) >= 8 and sum(line.indent >= 3 for line in filled) >= 0.75 * len(filled)


def _blocks(lines: list[_Line], column: int, indented: bool) -> Iterator[str]:
    n = 0
    while n < len(lines):
        if lines[n].is_blank:
            yield "<hr>"
            n += 1
            continue
        for block in (_code, _tabbed, _barred, _underlined):
            if found := block(lines, n):
                break
        else:
            found = _heading(lines, n) or (_outdented(lines, n) if indented else None) or _paragraph(lines, n, column)
        yield found[0]
        n += found[1]


_Block = tuple[str, int]
"""The markup of a block and the number of its lines."""


def _code(lines: list[_Line], n: int) -> _Block | None:
    fence = _FENCE.fullmatch(lines[n].text)
    if fence is None:
        return None
    for end in range(n + 1, len(lines)):
        if lines[end].text.strip() == fence[1]:
            code = "\n".join(line.text for line in lines[n + 1 : end])
            language = lines[n].text.strip(" `~")
            name = f' class="language-{escape(language)}"' if language else ""
            return (
                f"{_p(lines[n].text)}<pre{name}>\n{escape(code, quote=False)}</pre>{_p(lines[end].text)}",
                end + 1 - n,
            )
    return None


def _tabbed(lines: list[_Line], n: int) -> _Block | None:
    end = n
    while end < len(lines) and "\t" in lines[end].text.strip():
        end += 1
    if end - n < 2:
        return None
    rows = [[escape(cell, quote=False) for cell in line.text.split("\t")] for line in lines[n:end]]
    return _table(rows, 0), end - n


def _barred(lines: list[_Line], n: int) -> _Block | None:
    """A table with bars; the bars stay in its cells for a cleaner to take."""
    end = n
    while end < len(lines) and (_BARS.fullmatch(lines[end].text) or (end > n and _BAR_RULE.fullmatch(lines[end].text))):
        end += 1
    rules = [line.text for line in lines[n:end] if _BAR_RULE.fullmatch(line.text)]
    rows = [line.text.strip() for line in lines[n:end] if not _BAR_RULE.fullmatch(line.text)]
    if len(rows) < 2 or min(row.count("|") for row in rows) < 3:
        return None
    cells = [[escape(f"|{cell}", quote=False) for cell in row.strip("|").split("|")] for row in rows]
    cells = [[*row[:-1], row[-1] + "|"] for row in cells]
    return _table(cells, 1 if rules else 0) + "".join(_p(rule) for rule in rules), end - n


def _table(rows: list[list[str]], heads: int) -> str:
    parts = []
    for n, row in enumerate(rows):
        tag = "th" if n < heads else "td"
        parts.append("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>")
    return f"<table>{''.join(parts)}</table>"


def _underlined(lines: list[_Line], n: int) -> _Block | None:
    """A heading with a line of signs under it; the line becomes a paragraph for a cleaner to take."""
    if n + 1 >= len(lines) or (n and not lines[n - 1].is_blank and not _RULE.fullmatch(lines[n - 1].text)):
        return None
    line, under = lines[n], lines[n + 1].text.strip()
    if len(under) < 3 or not _UNDERLINE.fullmatch(under) or line.width > _WIDEST or _RULE.fullmatch(line.text):
        return None
    if 2 * len(under) < line.width - line.indent or SENTENCE_END.search(line.text) or "\t" in line.text:
        return None
    level = {"=": 1, "-": 2}.get(under[0], 3)
    return f"<h{level}>{escape(line.text, quote=False)}</h{level}>{_p(under)}", 2


def _heading(lines: list[_Line], n: int) -> _Block | None:
    """A heading of Markdown or wiki text; several lines in a row that begin with "#" are a list."""
    line = lines[n]
    match = None if line.indent else _HEADING.match(line.text)
    if match is None or line.width > 2 * _WIDEST:
        return None
    if match[1] == "#" and n > _TOP and not any(other.text.startswith("## ") for other in lines[n:]):
        return None  # "# make install" is a command
    near = [lines[i].text for i in (n - 1, n + 1) if 0 <= i < len(lines)]
    if match[1] and any(text.startswith(f"{match[1]} ") for text in near):
        return None
    level = len(match[1] or match[2])
    return f"<h{level}>{escape(line.text, quote=False)}</h{level}>", 1


def _outdented(lines: list[_Line], n: int) -> _Block | None:
    alone = (not n or lines[n - 1].is_blank) and (n + 1 == len(lines) or lines[n + 1].is_blank)
    if not alone or lines[n].indent or SENTENCE_END.search(lines[n].text) or BULLET.match(lines[n].text):
        return None
    return f"<h2>{escape(lines[n].text, quote=False)}</h2>", 1


def _paragraph(lines: list[_Line], n: int, column: int) -> _Block:
    end = n + 1
    while column and end < len(lines) and _goes_on(lines, n, end, column):
        end += 1
    text = lines[n].text
    for before, line in zip(lines[n:end], lines[n + 1 : end], strict=False):
        # no space belongs between two characters of Chinese or Japanese
        joined = _is_wide(before.text[-1]) and _is_wide(line.text.lstrip()[0])
        text += line.text.lstrip() if joined else "\n" + line.text
    return _p(text), end - n


def _goes_on(lines: list[_Line], first: int, at: int, column: int) -> bool:
    before, line = lines[at - 1], lines[at]
    if line.is_blank or _starts_anew(line.text) or not _is_full(before, line, column):
        return False
    if (
        _NUMBER.match(line.text)
        and not _is_marker(before, line)
        and (_NUMBER.match(lines[first].text) or SENTENCE_END.search(before.text))
    ):
        return False
    if SENTENCE_END.search(before.text) and _is_alone(lines, at, column):
        return False  # a heading below a paragraph whose last line is full
    return line.indent <= lines[first].indent + 6


def _is_alone(lines: list[_Line], at: int, column: int) -> bool:
    """Whether a line that is no sentence has nothing that goes on with it."""
    if at + 1 == len(lines) or SENTENCE_END.search(lines[at].text):
        return False
    below = lines[at + 1]
    return not below.is_blank and not _is_full(lines[at], below, column)


def _p(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"
