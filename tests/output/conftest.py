"""Articles to write and render."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wikiglean.article import (
    Article,
    Block,
    Cell,
    Citation,
    Code,
    Link,
    Math,
    Provenance,
    Quality,
    Reference,
    Removed,
    Section,
    Table,
)

MakeArticle = Callable[..., Article]


@pytest.fixture
def make_article() -> MakeArticle:
    """A small article of one paragraph, with a title and an address of its own."""

    def make(name: str = "Ankara", text: str = "Ankara is a city.", **fields: object) -> Article:
        url = f"https://wiki.example.org/{name}"
        settings: dict[str, object] = {
            "identifier": url,
            "title": name,
            "url": url,
            "text": text,
            "blocks": (Block(type="Para", start=0, end=len(text), section=0),),
            "provenance": Provenance(source="http", captured_at="2024-01-01T00:00:00Z"),
        }
        return Article(**(settings | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def full_article() -> Article:
    """An article with a structure of every kind that Markdown can show."""
    parts: list[tuple[str, dict[str, object]]] = [
        ("Para", {}),
        ("Header", {"level": 2}),
        ("ListItem", {"level": 1, "ordered": False}),
        ("ListItem", {"level": 2, "ordered": True}),
        ("ListItem", {"level": 2, "ordered": True}),
        ("ListItem", {"level": 1, "ordered": False}),
        ("BlockQuote", {"level": 1}),
        ("CodeBlock", {}),
        ("TableRow", {}),
        ("TableRow", {}),
        ("Math", {}),
    ]
    words = [
        "Water, H2O, boils at $T_b$ under pressure.",
        "Uses",
        "drinking",
        "cold",
        "hot",
        "washing",
        "Water is life.",
        "if x:\n    print('``` *x*')",
        "Name\tDegrees",
        "Boiling | freezing\t100",
        "$E = mc^2$",
    ]
    text = "\n\n".join(words)
    blocks: list[Block] = []
    start = 0
    for (kind, more), word in zip(parts, words, strict=True):
        section = 0 if not blocks else 1
        blocks.append(Block(type=kind, start=start, end=start + len(word), section=section, **more))  # type: ignore[arg-type]
        start += len(word) + 2
    row, second = blocks[8], blocks[9]
    after_boils = text.index(" at ")
    return Article(
        identifier="https://wiki.example.org/Water",
        title="Water *(H2O)*",
        url="https://wiki.example.org/Water",
        text=text,
        blocks=tuple(blocks),
        sections=(
            Section(identifier=None, title="", level=1, parent=None, start=0, end=blocks[1].start, kind="lead"),
            Section(
                identifier="Uses", title="Uses", level=2, parent=0, start=blocks[1].start, end=len(text), kind="body"
            ),
        ),
        links=(Link(type="internal", url="https://wiki.example.org/H2O_(gas)", title=None, start=7, end=10),),
        citations=(
            Citation(reference="a", label="1", shown="[1]", start=after_boils, end=after_boils, place="text"),
            Citation(reference="b", label="1", shown="[1]", start=blocks[0].end, end=blocks[0].end, place="text"),
            Citation(reference="a", label="1", shown="[1]", start=blocks[6].end, end=blocks[6].end, place="text"),
            Citation(
                reference="c", label="n1", shown="[n1]", start=None, end=None, place="reference", within="/references/0"
            ),
        ),
        references=(
            Reference(identifier="a", label="1", text="Smith, Water_works, p. 5.", resolved=True),
            Reference(identifier="b", label="1", group="note", text=None, resolved=False),
            Reference(identifier="c", label="n1", text="As he says.", resolved=True),
        ),
        tables=(
            Table(
                start=row.start,
                end=second.end,
                caption=None,
                rows=(
                    (
                        Cell(start=row.start, end=row.start + 4, is_header=True),
                        Cell(start=row.start + 5, end=row.end, is_header=True),
                    ),
                    (
                        Cell(start=second.start, end=second.start + 18),
                        Cell(start=second.start + 19, end=second.end),
                    ),
                ),
            ),
        ),
        code=(Code(start=blocks[7].start, end=blocks[7].end, language="python"),),
        math=(
            Math(start=text.index("$T_b$"), end=text.index("$T_b$") + 5, tex="T_b"),
            Math(start=blocks[10].start, end=blocks[10].end, tex="E = mc^2", display=True),
        ),
        removed=(Removed(cleaner="chrome", reason="navigation", selector="nav", text="Home"),),
        quality=Quality(visible=len(text) + 17, in_text=len(text), structured=13, removed=4),
    )
