"""Formulas, read as their TeX: where pages keep it, and how it is written into the text."""

from __future__ import annotations

import json
import re

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.mathml import tex_of_mathml
from wikiglean.cleaners.reading.sink import WHITE, is_closing
from wikiglean.cleaners.reading.state import MathRecord, Reader

__all__ = ["math", "tex_of"]

_DISPLAY_STYLE = re.compile(r"^\{\\(?:display|text|script)style\s+(.*)\}$", re.S)
_DELIMITERS = re.compile(r"^(?:\$\$?|\\\(|\\\[)\s*(.*?)\s*(?:\$\$?|\\\)|\\\])$", re.S)
_TYPED = re.compile(r"\\([(\[])(.+)\\[)\]]", re.S)
"""TeX as MathJax finds it in a page's text: `\\(x\\)`, `\\[x\\]`."""
_DISPLAYED = frozenset(
    {
        "katex-display",
        "MathJax_Display",
        "MathJax_SVG_Display",
        "mwe-math-element-block",
        "mwe-math-mathml-display",
        "mwe-math-fallback-image-display",
        "mwe-math-fallback-source-display",
        "display",
    }
)
"""Classes of formulas that stand on a line of their own: KaTeX, MathJax 2, MediaWiki, Pandoc (`math display`)."""


_INLINE = ("span", "a", "i", "b", "em", "strong", "font", "small")
_MOST_NODES = 200
"""A block with more nodes around a formula has words among them; keeps the look into it cheap."""


def math(r: Reader, at: int, stop: int, _tag: str) -> int:
    """Writes a formula as TeX between dollar signs; one without any is read as the words that it has."""
    page = r.page
    tex, display = ("", False) if r.removed else tex_of(page, at)
    if not tex:
        return at + 1
    seen = len(page.text_of(at))
    sink, outer = r.sink, r.sink.context
    own_block = display and r.flows() and at != page.root and _is_alone(page, at)
    if own_block:
        sink.end_block(2)
        sink.context = ("Math", None, None, None, None)
    elif display and r.flows() and sink.block is not None:
        sink.line = True
    sink.write_exactly(f"${tex}$", seen)
    sink.substituted += seen
    sink.context = outer
    if r.sink is r.main:
        r.reading.math.append(MathRecord(sink.length - len(tex) - 2, sink.length, tex, display))
    if own_block:
        sink.end_block(2)
    elif display and r.flows() and not is_closing(_following(page, stop)):
        sink.line = True
    return stop


def _is_alone(page: Page, at: int) -> bool:
    """Whether an element holds all the words of the block that it stands in."""
    while page.tags[page.parents[at]] in _INLINE:
        at = page.parents[at]
    parent = page.parents[at]
    if page.ends[parent] - parent > page.ends[at] - at + _MOST_NODES:
        return False
    i = parent + 1
    while i < page.ends[parent]:
        claim = page.claims.get(i)
        if i == at or (claim is not None and claim.destination == "removed"):
            i = page.ends[i]
            continue
        if not page.tags[i] and page.nodes[i].strip():
            return False
        i += 1
    return True


def _following(page: Page, at: int) -> str:
    """The first character behind a formula; a letter where no text follows at once."""
    words = page.nodes[at].strip(WHITE) if at < len(page.tags) and not page.tags[at] else ""
    return words[0] if words else "a"


def tex_of(page: Page, at: int) -> tuple[str, bool]:
    """The TeX of a formula and whether it stands on a line of its own; "" where there is none to be found.

    Looked for in this order: a TeX annotation of the MathML, `alttext`, `alt` of the image, a MathJax script or what
    Parsoid keeps of the wiki text; MathML that has none of them is put into TeX; last, the words themselves, where
    they stand in MathJax's signs.
    """
    classes = (page.classes.get(at) or "").split()
    display = page.attribute(at, "display") in ("block", "true") or not _DISPLAYED.isdisjoint(classes)
    annotation = alternative = image = script = ""
    element = -1
    for i in range(at, page.ends[at]):
        tag = page.tags[i]
        if tag == "annotation" and "tex" in (page.attribute(i, "encoding") or "").lower():
            annotation = annotation or page.text_of(i)
        elif tag == "math":
            element = i if element < 0 else element
            display = display or page.attribute(i, "display") == "block"
            alternative = alternative or page.attribute(i, "alttext") or ""
        elif tag == "img":
            image = image or page.attribute(i, "alt") or ""
        elif tag == "link":
            script = script or _source_of_extension(page.attribute(i, "data-mw") or "")
        elif tag == "script":
            script = script or page.element(i).text
            display = display or "mode=display" in (page.attribute(i, "type") or "")
        if tag and i in page.classes:
            display = display or not _DISPLAYED.isdisjoint(page.classes[i].split())
    tex = _bare(annotation) or _bare(alternative) or _bare(image) or _bare(script)
    if not tex and element >= 0:
        tex = tex_of_mathml(page, element)
    if not tex and (match := _TYPED.fullmatch(page.text_of(at).strip())):
        tex, display = " ".join(match[2].split()), display or match[1] == "["
    return tex, display


def _source_of_extension(data: str) -> str:
    """What was typed between the tags of an extension of MediaWiki, as Parsoid keeps it where it draws nothing.

    https://www.mediawiki.org/wiki/Specs/HTML#Extension_tags
    """
    try:
        source = json.loads(data)["body"]["extsrc"] if data else ""
    except (ValueError, KeyError, TypeError):
        return ""
    return source if isinstance(source, str) else ""


def _bare(tex: str) -> str:
    """TeX without what wikis put around it: dollar signs, `{\\displaystyle …}`."""
    tex = " ".join(tex.split())
    for pattern in (_DELIMITERS, _DISPLAY_STYLE):
        if match := pattern.match(tex):
            tex = match[1].strip()
    return tex.strip("$").strip()
