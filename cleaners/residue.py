"""What looks like a page's frame and is still in the text: told in `quality.residue`, never removed."""

from __future__ import annotations

from collections.abc import Iterator

from wikiglean.cleaners.edit_markers import marker_spans
from wikiglean.cleaners.reading.sink import BlockRecord
from wikiglean.cleaners.words import tables

__all__ = ["residue_of"]

_EDGE = 6
"""Blocks looked at on either end of the text; a frame stands nowhere else, and a look at every block would be dear."""
_LONGEST = 200


def residue_of(text: str, blocks: list[BlockRecord]) -> tuple[str, ...]:
    """Lines on either end of the text that only wikis, sites and forms print, and edit markers at headings.

    What an author wrote about such things may be among it: it is a doubt, not a finding.
    """
    return tuple(dict.fromkeys(_residue(text, blocks)))


def _residue(text: str, blocks: list[BlockRecord]) -> Iterator[str]:
    edges = {*range(min(_EDGE, len(blocks))), *range(max(0, len(blocks) - _EDGE), len(blocks))}
    for number, block in enumerate(blocks):
        if block.type == "Header" and text[block.end - 1 : block.end] in ("]", "］", "】", ")"):
            words = text[block.start : block.end]
            yield from (words[start:end] for start, end in marker_spans(words))
        elif number in edges and block.type in ("Para", "ListItem") and block.end - block.start <= _LONGEST:
            words = text[block.start : block.end]
            phrase = tables().lines.find(words)
            if phrase is not None and phrase.certain:
                yield words
