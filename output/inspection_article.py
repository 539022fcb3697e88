"""The article of an inspection as HTML: what a reader of the corpus gets, with its notes linked both ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from wikiglean.article import Article, Block, Cell, Infobox, Media, Note, Table
from wikiglean.output.inspection_inline import InlineHtml, Mark
from wikiglean.output.inspection_notes import Notes
from wikiglean.output.markup import Html, element, joined

__all__ = ["article_html"]

# Browsers stop nesting at some depth, and nobody can read lists as deep.
_DEEPEST = 12
# https://html.spec.whatwg.org/#attributes-common-to-td-and-th-elements
_WIDEST, _HIGHEST = 1000, 65534


def article_html(article: Article) -> Html:
    """All that the article says, in the order of its text."""
    notes = Notes(article)
    return joined(
        [
            element("h3", article.title or "(no title)", class_="title", dir="auto"),
            *(_infobox(n, box, notes) for n, box in enumerate(article.infoboxes)),
            *_Body(article, notes).parts(),
            *notes.parts(),
        ]
    )


def _infobox(number: int, box: Infobox, notes: Notes) -> Html:
    """A box of facts. A row without a name takes the whole width."""
    pointer = f"/infoboxes/{number}"
    rows: list[Html] = []
    for n, field in enumerate(box.fields):
        row = f"{pointer}/fields/{n}"
        words = joined([InlineHtml(field.value, field.links).html(), *notes.marks_within(f"{row}/value")])
        marks = notes.marks_within(f"{row}/name")
        name = element("th", field.name, *marks, scope="row", dir="auto") if field.name is not None else None
        rows.append(element("tr", name, element("td", words, colspan=None if name else 2, dir="auto")))
    caption = element("caption", box.name or "Infobox", *notes.marks_within(f"{pointer}/name"), dir="auto")
    table = element("table", caption, element("tbody", *rows), class_="facts")
    return _wide("infobox", table, *notes.marks_within(pointer))


class _Body:
    """The blocks of the text, with what stands between them."""

    def __init__(self, article: Article, notes: Notes) -> None:
        self._article = article
        self._notes = notes
        marks = [Mark(place, html) for place, html in notes.marks_in_text()]
        self._inline = InlineHtml(article.text, article.links, article.math, marks)
        self._tables = list(article.tables)
        self._pictures = {media.start: media for media in article.media if media.start < media.end}
        self._hatnotes = list(enumerate(article.notes))
        self._table_end = -1
        self._row_blocks = 0

    def parts(self) -> Iterator[Html]:
        """The blocks as HTML, lists and quotes put together."""
        numbered = enumerate(self._article.blocks)
        for kind, group in groupby(numbered, key=lambda item: _family(item[1])):
            items = list(group)
            if kind == "list":
                yield from self._before(items[0][1].start)
                yield self._list(items)
                continue
            for n, block in items:
                yield from self._before(block.start)
                if block.start >= self._table_end:
                    yield self._block(n, block)
        yield from self._before(len(self._article.text) + 1)

    def _before(self, place: int) -> Iterator[Html]:
        """Notes and markers whose place comes before a block and is in none."""
        while self._hatnotes and self._hatnotes[0][1].start <= place:
            yield self._hatnote(*self._hatnotes.pop(0))
        if alone := list(self._inline.left_before(place)):
            yield element("p", *alone)

    def _hatnote(self, number: int, note: Note) -> Html:
        words = InlineHtml(note.text, note.links).html()
        marks = self._notes.marks_within(f"/notes/{number}/text")
        return element("p", words, *marks, class_=f"note {note.type}", dir="auto", role="note")

    def _block(self, number: int, block: Block) -> Html:
        words = self._words(block)
        match block.type:
            case "Header":
                level = block.level or 2
                return element(
                    f"h{min(level + 2, 6)}", words, self._way(number), id=f"b{number}", class_=f"lv{level}", dir="auto"
                )
            case "TableRow" | "Caption" if table := self._table_at(block):
                return self._outer_table(number, table)
            case "Caption" if picture := self._pictures.get(block.start):
                caption = element("figcaption", words, dir="auto")
                return element("figure", self._way(number), _named(picture), caption, id=f"b{number}")
            case "CodeBlock":
                return element("pre", words, self._way(number), id=f"b{number}", class_="code")
            case "BlockQuote":
                quote = element("p", words, self._way(number), id=f"b{number}", dir="auto")
                return element("blockquote", quote, class_=f"in{min(block.level or 1, _DEEPEST)}")
            case "DefinitionTerm" | "Definition":
                kind = "term" if block.type == "DefinitionTerm" else "definition"
                class_ = f"{kind} in{min(block.level or 1, _DEEPEST)}"
            case "LineBlock":
                class_ = "verse"
            case "Math":
                class_ = "formula"
            case "Caption":
                class_ = "caption"
            case _:
                class_ = ""
        return element("p", words, self._way(number), id=f"b{number}", class_=class_ or None, dir="auto")

    def _words(self, block: Block) -> Html:
        if block.type in ("TableRow", "Caption") and self._table_at(block):
            return Html("")
        if block.type == "CodeBlock":
            return joined([self._article.text[block.start : block.end], *self._inline.marks(block.start, block.end)])
        return self._inline.html(block.start, block.end)

    def _way(self, number: int) -> Html:
        """The way to the block's place on the page. By the keyboard there is one at each heading."""
        heading = self._article.blocks[number].type == "Header"
        return element(
            "a", "↤", href=f"#o{number}", class_="way", title="show on the page", aria_label="show on the page",
            tabindex=None if heading else -1,
        )  # fmt: skip

    def _list(self, items: Sequence[tuple[int, Block]]) -> Html:
        """Items as nested lists."""
        parts: list[str] = []
        opened: list[tuple[int, str]] = []
        for n, block in items:
            level, tag = min(block.level or 1, _DEEPEST), "ol" if block.ordered else "ul"
            while opened and (opened[-1][0] > level or opened[-1] == (level, "ul" if tag == "ol" else "ol")):
                parts.append(f"</li></{opened.pop()[1]}>")
            if opened and opened[-1] == (level, tag):
                parts.append("</li>")
            else:
                parts.append(f"<{tag}>")
                opened.append((level, tag))
            words = element("span", self._words(block), self._way(n), id=f"b{n}", dir="auto")
            # the number is shown where it is not the one that follows
            parts += [f'<li value="{block.number}">' if block.number is not None else "<li>", words]
        parts += [f"</li></{tag}>" for _, tag in reversed(opened)]
        return Html("".join(parts))

    def _table_at(self, block: Block) -> Table | None:
        """The outermost table that begins where the block does."""
        while self._tables and self._tables[0].end <= block.start:
            self._tables.pop(0)
        table = self._tables[0] if self._tables else None
        return table if table is not None and table.start <= block.start < table.end else None

    def _outer_table(self, number: int, table: Table) -> Html:
        """A table that is no part of another; all its blocks have their anchor in it."""
        blocks = self._article.blocks
        self._table_end = max(table.end, blocks[number].end)
        self._row_blocks = number + 1
        written = self._table(table)
        left: list[Html] = []
        while self._row_blocks < len(blocks) and blocks[self._row_blocks].start < self._table_end:
            left.append(element("span", id=f"b{self._row_blocks}"))
            self._row_blocks += 1
        return element("div", self._way(number), _wide("table", written), *left, id=f"b{number}")

    def _row(self, row: Sequence[Cell]) -> Html:
        blocks, number = self._article.blocks, self._row_blocks
        anchor = None
        if number < len(blocks) and row[0].start <= blocks[number].start <= row[-1].end:
            anchor = f"b{number}"
            self._row_blocks += 1
        return element("tr", *(self._cell(cell) for cell in row), id=anchor)

    def _table(self, table: Table) -> Html:
        """A table with its caption; tables inside its cells are tables there."""
        self._tables.remove(table)
        caption = None
        if table.caption:
            place = self._article.text.find(table.caption, table.start, table.end)
            words = table.caption if place < 0 else self._inline.html(place, place + len(table.caption))
            caption = element("caption", words, dir="auto")
        rows = [self._row(row) for row in table.rows if row]
        return element("table", caption, element("tbody", *rows))

    def _cell(self, cell: Cell) -> Html:
        parts: list[Html] = []
        here = cell.start
        while self._tables and cell.start <= self._tables[0].start < cell.end:
            inner = self._tables[0]
            if here <= inner.start < inner.end <= cell.end:
                parts += [self._inline.html(here, inner.start), self._table(inner)]
                here = inner.end
            else:
                self._tables.pop(0)
        parts.append(self._inline.html(here, cell.end))
        return element(
            "th" if cell.is_header else "td",
            *parts,
            colspan=min(cell.col_span, _WIDEST) if cell.col_span > 1 else None,
            rowspan=min(cell.row_span, _HIGHEST) if cell.row_span > 1 else None,
            dir="auto",
        )


def _wide(kind: str, *children: str) -> Html:
    """What may be wider than the pane: it scrolls by itself, so the keyboard has to be able to reach it."""
    return element("div", *children, class_=f"wide {kind}", tabindex=0, role="group", aria_label=kind)


def _family(block: Block) -> str:
    return "list" if block.type == "ListItem" else block.type


def _named(picture: Media) -> Html:
    """A picture's name in its stead: nothing of the page is loaded."""
    name = (picture.url or "").rstrip("/").rpartition("/")[2] or picture.type
    alt = element("span", picture.alt, class_="alt") if picture.alt else None
    label = element("span", picture.type, class_="label")
    return element("span", label, f" {name} ", alt, class_="picture", dir="auto")
