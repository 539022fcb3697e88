"""An article as plain text, and as Markdown: CommonMark, with the tables, footnotes and TeX of Pandoc and GitHub."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wikiglean.article import Article, Block, Table
from wikiglean.output.footnotes import Footnotes
from wikiglean.output.inline import InlineText

__all__ = ["to_markdown", "to_text"]

# Grids are clamped, because a page may claim any number: https://html.spec.whatwg.org/#attributes-common-to-td-and-th-elements
_WIDEST = 1000


def to_text(article: Article) -> str:
    """The title, a blank line, and `text` as it is; ends with a newline."""
    return "\n\n".join(part for part in (article.title, article.text) if part).rstrip("\n") + "\n"


def to_markdown(article: Article) -> str:
    """The article in Markdown: its title, the blocks of its text, its notes; ends with a newline.

    Infoboxes and notes about the page are not in it, because they are not in `text`. A note that the page does not
    have says so. Cells that another one spans are blank.
    """
    notes = Footnotes(article)
    body = _Body(article, InlineText(article.text, article.links, article.math, notes.marks_in_text(article)))
    title = [f"# {InlineText(article.title).markdown(lines='one')}"] if article.title else []
    # A page of nothing but markers has no block to put them in.
    marks = [] if article.blocks else [mark.mark for mark in notes.marks_in_text(article)]
    return "\n\n".join(filter(None, [*title, *body.parts(), "".join(marks), *notes.definitions()])) + "\n"


class _Item(NamedTuple):
    """A list item; `room` is how many characters its marker takes."""

    level: int
    ordered: bool
    number: int
    room: int


class _Lists:
    """The list items that are open, outermost first."""

    def __init__(self) -> None:
        self._open: list[_Item] = []

    def close(self) -> None:
        self._open.clear()

    def marker(self, level: int, ordered: bool) -> tuple[str, str]:
        """The indentation and the marker of the next item."""
        while self._open and self._open[-1].level > level:
            self._open.pop()
        number = 1
        if self._open and self._open[-1].level == level:
            before = self._open.pop()
            number = before.number + 1 if before.ordered == ordered else 1
        indent = " " * sum(item.room for item in self._open)
        marker = f"{number}. " if ordered else "- "
        self._open.append(_Item(level, ordered, number, len(marker)))
        return indent, marker


class _Body:
    """The blocks of an article, one after the other."""

    def __init__(self, article: Article, inline: InlineText) -> None:
        self._article = article
        self._inline = inline
        self._tables = sorted(article.tables, key=lambda table: table.start)
        self._languages = {code.start: code.language for code in article.code}
        self._lists = _Lists()
        self._table_end = -1
        self._has_term = False

    def parts(self) -> Iterator[str]:
        """The parts of the document that a blank line separates."""
        tight: list[str] = []
        before: Block | None = None
        for block in self._article.blocks:
            part = self._block(block)
            if part is None:
                continue
            if tight and not _joined(before, block):
                yield "\n".join(tight)
                tight.clear()
            elif tight and block.type == "BlockQuote":
                tight.append(("> " * (block.level or 1)).rstrip())
            tight.append(part)
            before = block
        if tight:
            yield "\n".join(tight)

    def _block(self, block: Block) -> str | None:
        """The block in Markdown, or `None` where the table it is in was already written."""
        if block.type != "ListItem":
            self._lists.close()
        # Wikis indent with definitions of nothing. Pandoc would take what stands before them for the term or, after a
        # table, the words for its caption.
        self._has_term = block.type == "DefinitionTerm" or (block.type == "Definition" and self._has_term)
        match block.type:
            case "TableRow":
                return self._row(block)
            case "ListItem":
                indent, marker = self._lists.marker(block.level or 1, bool(block.ordered))
                return indent + marker + self._words(block).replace("\n", "\n" + indent + " " * len(marker))
            case "CodeBlock":
                return self._code(block)
            case "Header":
                return f"{'#' * min(block.level or 2, 6)} {self._inline.markdown(block.start, block.end, lines='one')}"
            case "BlockQuote":
                return re.sub("^", "> " * (block.level or 1), self._words(block), flags=re.MULTILINE)
            case "DefinitionTerm":
                return self._inline.markdown(block.start, block.end, lines="one")
            case "Definition" if self._has_term:
                return ":   " + self._words(block).replace("\n", "\n    ")
            case "LineBlock":
                return self._inline.markdown(block.start, block.end, lines="verse")
            case "Math":
                return self._formula(block)
            case _:
                return self._words(block)

    def _words(self, block: Block) -> str:
        return self._inline.markdown(block.start, block.end)

    def _formula(self, block: Block) -> str:
        words = self._words(block)
        return re.sub(r"^\$(?!\$)(.+?)(?<![\\$])\$(?!\$)", r"$$\1$$", words, count=1)

    def _code(self, block: Block) -> str:
        """Code between fences longer than any run of back-ticks in it. Its notes stand below: inside is no markup."""
        code = self._article.text[block.start : block.end]
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
        language = re.sub(r"[\s`{}]+", "-", self._languages.get(block.start) or "")
        marks = self._inline.marks(block.start, block.end)
        return f"{fence}{language}\n{code}\n{fence}" + (f"\n\n{marks}" if marks else "")

    def _row(self, block: Block) -> str | None:
        if block.start < self._table_end:
            return None
        table = next((t for t in self._tables if t.start < block.end and block.start < t.end), None)
        if table is None:
            return self._words(block)
        self._table_end = table.end
        return "\n".join(self._table(table))

    def _table(self, table: Table) -> Iterator[str]:
        """A pipe table. Markdown has no table without a header, so one of blank cells stands in."""
        grid = [[self._cell(place) for place in row] for row in _grid(table)]
        width = max((len(row) for row in grid), default=0)
        first = [cell for cell in table.rows[0] if cell.end > cell.start] if table.rows else []
        if not (first and all(cell.is_header for cell in first)):
            grid.insert(0, [])
        for number, row in enumerate(grid):
            yield f"| {' | '.join(row + [''] * (width - len(row)))} |"
            if number == 0:
                yield "|" + " --- |" * width

    def _cell(self, place: tuple[int, int] | None) -> str:
        return self._inline.markdown(*place, lines="one", in_cell=True).strip() if place else ""


def _joined(before: Block | None, block: Block) -> bool:
    """Whether two blocks are parts of one list or quote, with no blank line between."""
    if before is None:
        return False
    if block.type == "Definition":
        return before.type in ("DefinitionTerm", "Definition")
    if block.type == "BlockQuote":
        return before.type == "BlockQuote" and before.level == block.level
    return block.type == before.type == "ListItem"


def _grid(table: Table) -> Iterator[list[tuple[int, int] | None]]:
    """The rows of a table as places in `text`; `None` for a cell that is spanned by another."""
    spanned: dict[int, int] = {}
    for cells in table.rows:
        row: list[tuple[int, int] | None] = []
        for cell in cells:
            while spanned.get(len(row), 0) > 0:
                row.append(None)
            columns = max(1, min(cell.col_span, _WIDEST))
            for column in range(len(row), len(row) + columns):
                spanned[column] = max(1, cell.row_span)
            row += [(cell.start, cell.end), *[None] * (columns - 1)]
        yield row
        spanned = {column: rows - 1 for column, rows in spanned.items() if rows > 1}
