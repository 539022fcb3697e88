"""`Inspection`: an article, and beside it the page's visible characters in page order, each with its owner."""

from __future__ import annotations

from typing import Literal

import msgspec

from wikiglean.article import Article

__all__ = ["Border", "Inspection", "Piece", "Role"]

Border = Literal["", "line", "cell", "block"]
"""What stands between a piece and the one before it on the page: nothing, a new line, the next cell, a new block."""

Role = Literal["", "heading", "item", "code"]
"""What a piece is on the page, as far as it helps to find one's way."""


class Piece(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A stretch of the page's visible characters, as they stand in its source, that has one owner.

    `destination` is `text`, a field of the article, or `removed`. `cleaner` and `reason` say who decided so ("" for
    the text, which nobody claimed); `selector` leads to the element that was claimed. `entry` is the index of the
    piece's entry in `Article.removed` or `Article.citations`, and `None` for other fields and for mere white space;
    an entry can have several pieces. `substituted` says that the article shows other characters for these. `place`
    is how long `Article.text` was when the piece came: where it is text, its words begin there or after what stands
    between blocks.
    """

    text: str
    destination: str
    cleaner: str = ""
    reason: str = ""
    selector: str = ""
    entry: int | None = None
    substituted: bool = False
    place: int = 0
    border: Border = ""
    role: Role = ""


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """An article and the ledger in page order: the pieces one after the other are the page's visible characters."""

    article: Article
    pieces: tuple[Piece, ...]
