"""Wiki text whose markup is gone: `[edit]` and a page's frame, typed as plain characters.

It is found pasted into the articles of other systems, and in flattened pages (`wikiglean.cleaners.flat`). Footnotes
of that kind are found by `typed_citations` and `typed_notes`, in `wikiglean.cleaners.footnotes`.
"""

from __future__ import annotations

import re

from wikiglean.cleaners.edit_markers import is_edit_marker, typed_edit_marker
from wikiglean.cleaners.flat.layout import SENTENCE_END
from wikiglean.cleaners.page import HEADINGS, Page
from wikiglean.cleaners.pieces import Pieces, claim_pieces, free_pieces, holds_markers, is_free_text
from wikiglean.cleaners.reading.reader import BORDERS
from wikiglean.cleaners.words import fold, tables, width

__all__ = ["category_label", "claim_categories", "typed_furniture", "typed_headings"]

_QUOTES = frozenset({"blockquote", "q", "cite", "li", "dd", "td", "figure", "details"})
_WIKIPEDIA = ("ikipedia", "ikipédia", "ウィキペディア", "Википеди", "维基百科", "維基百科")
_BOLD = frozenset({"b", "strong", "span", "font", "u", "big", "i", "em"})
_LONGEST_LINE = 300
_PARAGRAPH = 80
"""Characters from which a paragraph is taken for one of the article."""


def typed_headings(page: Page) -> None:
    """Reads a short paragraph with an edit marker at its end as the heading that it was.

    A block that is nothing but a marker goes where it stands beside a heading.
    """
    tags, nodes = page.tags, page.nodes
    found: list[int] = []
    for at in page.texts_with("]"):
        if "]" not in nodes[at][-3:]:
            continue
        block = next((up for up in page.ancestors(at) if tags[up] in BORDERS), page.root)
        if _is_line(page, at, block) and is_free_text(page, at):
            typed_edit_marker(page, page.parents[at])
            continue
        if tags[block] not in ("p", "div", "span") or block == page.root or block in page.roles:
            continue
        if page.ends[block] - block > 60:
            continue
        words = page.text_of(block)
        if len(words) > 200 or not is_leaf(page, block) or not is_free_text(page, block):
            continue
        if is_edit_marker(words):
            if _is_beside_heading(page, block):
                page.claim(block, "removed", "edit marker")
        elif typed_edit_marker(page, block):
            page.read_as(block, "h2")
            found.append(block)
    if found and not any(page.tagged(tag, page.root) for tag in HEADINGS[1:]):
        _headings_beside(page)


def _headings_beside(page: Page) -> None:
    """Reads the other headings of pasted wiki text, which lost their markup: short lines between two paragraphs."""
    blocks = [at for tag in ("p", "div") for at in page.tagged(tag, page.root) if is_leaf(page, at)]
    blocks = [at for at in sorted(blocks) if page.claimed(at) is None and page.text_of(at).strip()]
    texts = [_is_paragraph(page.words_of(at)) for at in blocks]
    for n in range(1, len(blocks) - 1):
        at = blocks[n]
        words = page.words_of(at)
        if texts[n - 1] and texts[n + 1] and at not in page.roles and _could_be_heading(words):
            page.read_as(at, "h2")


def _could_be_heading(words: str) -> bool:
    return (
        width(words) < _PARAGRAPH and words[:1].isalpha() and not words[:1].islower() and not SENTENCE_END.search(words)
    )


def _is_paragraph(words: str) -> bool:
    return width(words) >= _PARAGRAPH and SENTENCE_END.search(words) is not None


def _is_line(page: Page, at: int, block: int) -> bool:
    """Whether a text is a line of its own in a larger block, in bold or the like: `<br><b>History[edit]</b><br>`."""
    up = page.parents[at]
    if up == block or page.ends[up] != at + 1 or up + 1 != at or page.tags[up] not in _BOLD:
        return False
    before, after = up - 1, page.ends[up]
    while before > block and not page.tags[before] and not page.nodes[before].strip():
        before -= 1
    while after < page.ends[block] and not page.tags[after] and not page.nodes[after].strip():
        after += 1
    return (before == block or page.tags[before] == "br") and after < page.ends[block] and page.tags[after] == "br"


def _is_beside_heading(page: Page, block: int) -> bool:
    after = page.ends[block]
    while after < page.ends[page.root] and not page.tags[after]:
        after += 1
    before = block - 1
    while before > page.root and not page.contains(page.parents[before], block):
        before = page.parents[before]
    return any(
        at < len(page.tags) and page.roles.get(at, page.tags[at]) in HEADINGS
        for at in (after, before, page.parents[before])
    )


def is_leaf(page: Page, at: int, but: str = "") -> bool:
    """Whether a block has no other block inside, but perhaps those of a tag."""
    return not any(page.tags[i] in BORDERS and page.tags[i] != but for i in range(at + 1, page.ends[at]))


def typed_furniture(page: Page) -> None:
    """Removes lines of a pasted page's own frame: "From …, the free encyclopedia", "Jump to: navigation, search".

    Only where a frame stands: before the article's first paragraph, behind its last one, or several together. An
    article that talks of such lines keeps them.
    """
    if page.plain or (page.profile is not None and page.profile.pasted):
        return
    _attributions(page)
    found = [at for at in [*page.tagged("p", page.root), *page.tagged("div", page.root)] if _is_frame(page, at)]
    found = [at for at in found if not holds_markers(page, at, page.ends[at])]
    if not found or (page.blocks is not None and page.blocks.fragment and len(found) >= len(page.blocks.all)):
        return
    texts = [at for at in page.tagged("p", page.root) if len(page.text_of(at)) >= _PARAGRAPH and at not in found]
    texts = [at for at in texts if page.claimed(at) is None]
    for at in found:
        after = bool(texts) and at > texts[0]
        before = bool(texts) and at < texts[-1]
        beside = any(at != other and min(abs(other - page.ends[at]), abs(at - page.ends[other])) < 6 for other in found)
        if after and before and not beside:
            continue
        if before or not claim_categories(page, at):
            page.claim(at, "removed", "pasted page furniture")


def _attributions(page: Page) -> None:
    """Removes what sites write below text of Wikipedia: its licence and authors."""
    for at in page.texts_with(*_WIKIPEDIA):
        block = next((up for up in page.ancestors(at) if page.tags[up] in BORDERS), page.root)
        short = page.ends[block] - block < 40 and len(page.text_of(block)) < 600 and is_leaf(page, block, but="hr")
        if short and page.claimed(block) is None and tables().attribution.find(page.words_of(block)):
            page.claim(block, "removed", "attribution of copied text")


def _is_frame(page: Page, at: int) -> bool:
    size = page.ends[at] - at
    if not 1 < size < 12 or len(page.nodes[at + 1] if not page.tags[at + 1] else "") >= _LONGEST_LINE:
        return False
    words = page.words_of(at)
    if not 0 < len(words) < _LONGEST_LINE or " " not in words:  # a paragraph "Home" may be anything
        return False
    phrase = tables().frame.find(words)
    if (phrase is None or not phrase.certain) and not category_label(words):
        return False
    around = [up for up in page.ancestors(at) if up > page.root]
    return is_leaf(page, at) and page.claimed(at) is None and not any(page.tags[up] in _QUOTES for up in around)


def category_label(words: str) -> int:
    """How many characters of a line say that categories follow: "Categories:"; 0 for any other line."""
    head, colon, rest = words.partition("：" if "：" in words[:20] else ":")
    return len(head) + 1 if colon and rest.strip() and fold(head) in tables().categories else 0


def claim_categories(page: Page, at: int) -> bool:
    """Claims the names of a line "Categories: A | B" as categories, and says whether it was one."""
    pieces = free_pieces(page, at)
    words = "".join([page.nodes[node][start:end] for node, start, end in pieces])
    label = category_label(words)
    if not label:
        return False
    claim_pieces(page, pieces, (0, label), "removed", "category list")
    border = re.compile(r"[|•·∙‧]|\s\|\s") if re.search(r"[|•·∙‧]", words) else re.compile(r"[,،、;]")
    for start, end in _between(words, label, border):
        name = words[start:end]
        inner = (start + len(name) - len(name.lstrip()), end - len(name) + len(name.rstrip()))
        if inner[0] < inner[1]:
            claim_pieces(page, pieces, inner, "categories", "category")
    _claim_rest(page, at)
    page.claim(at, "text", "line of categories")  # so that no later cleaner takes the whole
    return True


def _between(words: str, start: int, border: re.Pattern[str]) -> list[tuple[int, int]]:
    spans = []
    for match in border.finditer(words, start):
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, len(words))]


def _claim_rest(page: Page, at: int) -> None:
    """What is left of a line of categories: its separators."""
    rest: Pieces = free_pieces(page, at)
    for piece in rest:
        claim_pieces(page, [piece], (0, piece[2] - piece[1]), "removed", "category list")
