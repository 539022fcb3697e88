"""An article for the eye: what was kept, with its citations, and what was removed, by which rule."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from wikiglean.article import Article, Block, Removed
from wikiglean.output.report import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["inspect_article"]

_EXCERPTS = 3
_EXCERPT_LENGTH = 90
# Where nobody can ask how wide the reader's screen is.
_PIPED_WIDTH = 100


def inspect_article(article: Article) -> None:
    """Prints the article to standard output; in colours on a terminal, unless `NO_COLOR` is set."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=_PIPED_WIDTH)
    console.print(printable(article.title or "(no title)"), style="bold underline")
    for line in _facts(article):
        console.print(printable(line), style="dim")
    _print_text(console, article)
    _print_references(console, article)
    _print_removed(console, article)
    _print_ledger(console, article)


def _facts(article: Article) -> Iterable[str]:
    """What the page says about itself, as far as it does."""
    site, language = article.is_part_of, article.in_language
    facts = {
        "kind": article.kind,
        "url": article.url,
        "identifier": article.identifier if article.identifier != article.url else None,
        "site": site.name or site.url,
        "engine": " ".join(filter(None, [site.engine, site.engine_version])),
        "language": " ".join(filter(None, [language.identifier, language.direction])),
        "revision": article.version.identifier,
        "modified": article.date_modified,
        "licence": ", ".join(licence.name or licence.url or "" for licence in article.license),
        "charset": article.provenance.charset,
    }
    return (f"{name}: {value}" for name, value in facts.items() if value)


def _print_text(console: Console, article: Article) -> None:
    _heading(console, f"Kept: {len(article.text):,} characters, {len(article.blocks):,} blocks")
    for block in article.blocks:
        indent = "  " * ((block.level or 1) - 1) if block.type == "ListItem" else ""
        mark = {"ListItem": "- ", "BlockQuote": "> ", "Header": "#" * (block.level or 2) + " "}.get(block.type, "")
        line = _with_citations(article, block)
        line.stylize("bold" if block.type == "Header" else "")
        # An empty line before all but the items of a list and the rows of a table, as on the page.
        gap = "" if block.type in ("ListItem", "TableRow") else "\n"
        console.print(gap + indent + mark, line, sep="", soft_wrap=False)


def _with_citations(article: Article, block: Block) -> Text:
    """A block's words with the citations' markers where they stood."""
    from rich.text import Text

    line = Text()
    here = block.start
    for citation in article.citations:
        if citation.start is not None and block.start <= citation.start <= block.end:
            line.append(printable(article.text[here : citation.start]) + citation.whitespace_removed)
            line.append(printable(citation.shown), style="cyan")
            here = citation.start
    return line.append(printable(article.text[here : block.end]))


def _print_references(console: Console, article: Article) -> None:
    from rich.table import Table

    _heading(console, f"References: {len(article.references):,}, cited {len(article.citations):,}×")
    if not article.references:
        return
    table = Table("Label", "Cited", "Text", box=None, pad_edge=False)
    for reference in article.references:
        cited = sum(citation.reference == reference.identifier for citation in article.citations)
        words = reference.text if reference.text is not None else "(the page does not have this note)"
        table.add_row(printable(reference.label or ""), str(cited), printable(words))
    console.print(table)


def _print_removed(console: Console, article: Article) -> None:
    _heading(console, f"Removed: {article.quality.removed:,} characters")
    rule = _rule
    for (cleaner, reason), group in groupby(sorted(article.removed, key=rule), key=rule):
        pieces = list(group)
        size = sum(len(piece.text) for piece in pieces)
        console.print(f"{cleaner}: {reason} ({len(pieces):,}×, {size:,} characters)", style="yellow")
        for excerpt in list(dict.fromkeys(_excerpt(piece.text) for piece in pieces))[:_EXCERPTS]:
            console.print(f"    {excerpt}", style="dim", no_wrap=True, overflow="ellipsis")


def _rule(piece: Removed) -> tuple[str, str]:
    return piece.cleaner, piece.reason


def _excerpt(words: str) -> str:
    line = printable(" ".join(words.split()))
    return line if len(line) <= _EXCERPT_LENGTH else f"{line[:_EXCERPT_LENGTH]}…"


def _print_ledger(console: Console, article: Article) -> None:
    """The promise that nothing was lost, with its numbers."""
    quality = article.quality
    owned = quality.in_text + quality.structured + quality.removed + quality.substituted
    _heading(console, "Ledger")
    console.print(
        f"{quality.visible:,} visible characters = {quality.in_text:,} in text + {quality.structured:,} in other fields"
        f" + {quality.removed:,} removed + {quality.substituted:,} substituted"
    )
    if owned != quality.visible:
        console.print(
            f"The sum is {owned:,}: {abs(quality.visible - owned):,} characters are unaccounted for", style="red"
        )
    console.print(f"unresolved citations: {quality.unresolved_citations:,}")
    console.print(f"flags: {', '.join(quality.flags) or 'none'}")
    for residue in quality.residue:
        console.print(f"residue: {_excerpt(residue)}", style="red")


def _heading(console: Console, words: str) -> None:
    console.print(f"\n== {words}", style="bold green")
