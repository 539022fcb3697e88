"""Every marker stands exactly where the page has it: an independent reading by lxml says where that is."""

from __future__ import annotations

import gzip
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html

from wikiglean.article import Article
from wikiglean.cleaners import clean
from wikiglean.cleaners.reading.sink import is_closing

HERE = Path(__file__).resolve().parent
CASES = tomllib.loads((HERE / "cases" / "markers.toml").read_text(encoding="utf-8"))
FIXTURES = sorted(HERE.parent.glob("fixtures/*/*.html"))
# fmt: off
BORDERS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
# fmt: on
NEAR = 14
"""Characters on each side of a marker that are compared, white space left out."""


def page_of(case: dict[str, Any]) -> str:
    marker = r'<sup id="cite_ref-\1" class="reference"><a href="#cite_note-\1">[\1]</a></sup>'
    body = case["html"] if "cite_ref" in case["html"] else re.sub(r"\[([1-9])\]", marker, case["html"])
    notes = "".join(f'<li id="cite_note-{n}"><a href="#cite_ref-{n}">^</a> Note {n}.</li>' for n in range(1, 6))
    return (
        f'<!doctype html><html lang="{case.get("lang", "en")}"><title>T</title><body class="mediawiki">'
        f'<div id="mw-content-text">{body}<ol class="references">{notes}</ol></div>'
    )


def with_markers(article: Article) -> str:
    text = article.text
    for citation in reversed(article.citations):
        if citation.start is not None:
            text = text[: citation.start] + citation.whitespace_removed + citation.shown + text[citation.start :]
    return text


@pytest.mark.parametrize("name", CASES)
def test_marker_stands_in_its_place_and_sentence(name: str) -> None:
    case = CASES[name]
    article = clean(page_of(case))
    assert with_markers(article) == case["text"]
    have = [
        [
            citation.whitespace_removed,
            citation.within or citation.place,
            *([article.text[citation.context.start : citation.context.end]] if citation.context else []),
        ]
        for citation in article.citations
    ]
    assert have == case["places"]


def test_marker_in_the_title() -> None:
    page = page_of({"html": "<p>x</p>"}).replace("<div", '<h1 id="firstHeading">Skarn [1]</h1><div', 1)
    page = page.replace("[1]", '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup>', 1)
    article = clean(page)
    assert article.title == "Skarn"
    assert [(c.start, c.within, c.context) for c in article.citations] == [(None, "/title", None)]


# -- an independent reading ------------------------------------------------------------------------------------------


def words(element: html.HtmlElement) -> Iterator[str]:
    """The text of a tree in page order, with a line break at each border of a block."""
    if isinstance(element.tag, str) and element.tag not in ("script", "style", "template", "noscript", "head"):
        border = "\n" if element.tag in BORDERS else ""
        yield border + (element.text or "").replace("\n", " ")
        for child in element:
            yield from words(child)
        yield border
    yield (element.tail or "").replace("\n", " ")


class Characters:
    """Characters without white space, and before each what parts it from the last: nothing, a space, a border."""

    def __init__(self, text: str) -> None:
        self.at: list[int] = []  # for each position of the text, how many characters stand before it
        self.gaps: list[str] = []
        found: list[str] = []
        gap = ""
        for character in text:
            self.at.append(len(found))
            plain = unicodedata.normalize("NFKC", character).replace("−", "-").replace("–", "-").strip()
            if not plain:
                gap = "\n" if character in "\n\t" else gap or " "
            for one in plain:
                found.append(one)
                self.gaps.append(gap)
                gap = ""
        self.at.append(len(found))
        self.gaps.append("\n")
        self.text = "".join(found)

    def beside(self, start: int, end: int) -> tuple[int, int]:
        """How many characters of the same block stand before and after `[start, end)`, at most `NEAR`."""
        before = sum(1 for _ in takewhile(lambda n: self.gaps[n] != "\n", range(start, max(start - NEAR, 0), -1)))
        after = sum(1 for _ in takewhile(lambda n: self.gaps[n] != "\n", range(end, end + NEAR)))
        return before, after


def parsed(body: str) -> html.HtmlElement:
    return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", body))


def misplaced(article: Article, body: str) -> list[str]:
    """The markers beside which the page has other words, or other white space, than the text has."""
    page = Characters("".join(words(parsed(body))))
    tags = [(tag.start, tag.whitespace_removed + tag.text) for tag in article.maintenance_tags if tag.start is not None]
    inserts = [
        (c.start, n, c.whitespace_removed, c.shown) for n, c in enumerate(article.citations) if c.start is not None
    ]
    inserts += [(start, len(article.citations), "", shown) for start, shown in tags]
    text, done, spans = "", 0, []
    for start, n, space, shown in sorted(inserts, key=lambda item: item[:2]):
        text += article.text[done:start] + space
        done = start
        if n < len(article.citations):
            spans.append((len(text), len(text) + len(shown)))
        text += shown
    own = Characters(text + article.text[done:])
    wrong: list[str] = []
    reached = 0
    for first, last in spans:
        start, end = own.at[first], own.at[last]
        before, after = own.beside(start, end)
        # what else was taken out beside the marker is on one side of it only
        for left, right in ((before, after), (before, 0), (0, after)):
            found = page.text.find(own.text[start - left : end + right], max(0, reached - left))
            if found >= 0:
                break
        place = found + left
        same_before = not left or own.gaps[start] == page.gaps[place]
        after_gap = page.gaps[place + end - start]
        # white space at the end of a marker's own element goes before a closing sign
        same_after = not right or own.gaps[end] == after_gap or (after_gap == " " and is_closing(own.text[end]))
        if found < 0 or not same_before or not same_after:
            wrong.append(text[max(0, first - 30) : last + 30])
        else:
            reached = place + 1
    return wrong


def resolved(article: dict[str, Any], pointer: str) -> Any:
    """What a JSON pointer leads to. Raises where it leads nowhere."""
    value: Any = article
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def astray(article: Article) -> list[object]:
    """Markers out of order, pointers that lead nowhere, sentences that are not of the marker's block."""
    data = article.to_dict()
    wrong: list[object] = []
    reached = 0
    for citation in article.citations:
        if citation.start is None:
            resolved(data, citation.within or "")
            wrong += [citation] * (citation.context is not None or not citation.within)
            continue
        context = citation.context
        block = next((b for b in reversed(article.blocks) if b.start <= citation.start), None)
        wrong += [citation] * (citation.start < reached or citation.within is not None)
        reached = citation.start
        if context is None:
            wrong += [citation] * (citation.place == "text" and block is not None and citation.start <= block.end)
            continue
        inside = block is not None and block.start <= context.start <= citation.start <= context.end <= block.end
        wrong += [citation] * (not inside or "\t" in article.text[context.start : context.end])
    shown = tuple(citation.shown for citation in article.citations if citation.shown != citation.label)
    return wrong + [section for section in article.sections if section.title.endswith(shown)]


@pytest.mark.parametrize("page", FIXTURES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_markers_of_fixtures_stand_where_the_page_has_them(page: Path) -> None:
    body = page.read_bytes()
    article = clean(body, url=f"https://fixtures.example/{page.parent.name}/{page.name}")
    assert astray(article) == []
    assert misplaced(article, body.decode(article.provenance.charset or "utf-8", "replace")) == []
    assert Article.from_json(article.to_json()) == article


def test_the_comparison_sees_a_marker_one_character_off() -> None:
    page = page_of({"html": "<p>Skarn has one bell [1]. It is loud.[2]</p>"})
    article = clean(page)
    assert misplaced(article, page) == []
    for change in ({"start": 17, "end": 17}, {"whitespace_removed": ""}):
        citations = (msgspec.structs.replace(article.citations[0], **change), article.citations[1])
        assert misplaced(msgspec.structs.replace(article, citations=citations), page) != []


@pytest.mark.shared
@pytest.mark.slow
def test_markers_of_real_pages_stand_where_the_page_has_them(shared: Path) -> None:
    pages = [*shared.glob("data/pages/*/*.html.gz"), *shared.glob("data/rendered/*/*.html")]
    wrong: dict[str, object] = {}
    counted = 0
    for path in pages:
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        article = clean(body)
        if article.citations and not path.name.endswith(".source.html"):
            found = astray(article), misplaced(article, body.decode(article.provenance.charset or "utf-8", "replace"))
            counted += len(article.citations)
            wrong.update({path.name: found} if found != ([], []) else {})
    assert counted > 600
    assert wrong == {}
