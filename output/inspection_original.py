"""The page of an inspection as HTML: all its words in its own order, each shown as what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from wikiglean.article import Article
from wikiglean.inspection import Inspection, Piece
from wikiglean.output.inspection_rules import Ledger, Rule
from wikiglean.output.markup import Html, element, joined

__all__ = ["original_html"]

# Fields whose entries are long lists on the page; like removed blocks they are set one behind the other.
_FLOWING = ("categories", "langlinks")


def original_html(inspection: Inspection, ledger: Ledger) -> Html:
    """The page's words. Counts the places of each rule in the ledger, so that one can go from one to the next."""
    return _Original(inspection.article, ledger).html(inspection.pieces)


@dataclass(slots=True)
class _Block:
    """Pieces that stand in one block of the page."""

    pieces: list[Piece] = field(default_factory=list[Piece])

    @property
    def role(self) -> str:
        return next((piece.role for piece in self.pieces if piece.text.strip()), "")


class _Original:
    """Writes blocks one after the other."""

    def __init__(self, article: Article, ledger: Ledger) -> None:
        self._article = article
        self._ledger = ledger
        self._entered: set[tuple[int, int]] = set()
        self._last: Rule | None = None
        self._labelled: Rule | None = None
        self._block = 0

    def html(self, pieces: Sequence[Piece]) -> Html:
        parts: list[Html] = []
        for rule, group in groupby(_blocks(pieces), key=self._alone):
            blocks = list(group)
            if rule is None:
                parts += [self._block_html(block) for block in blocks]
            else:
                parts.append(self._flow(rule, blocks))
        return joined(parts)

    def _alone(self, block: _Block) -> Rule | None:
        """The rule that has all words of a block, where such blocks are set one behind the other."""
        rules = {self._ledger.rule_of(p).number: self._ledger.rule_of(p) for p in block.pieces if p.text.strip()}
        if len(rules) != 1:
            return None
        rule = next(iter(rules.values()))
        return rule if rule.destination == "removed" or rule.destination in _FLOWING else None

    def _flow(self, rule: Rule, blocks: Sequence[_Block]) -> Html:
        """Blocks that one rule took, one behind the other."""
        self._last = None
        self._labelled = rule
        words = [joined(self._pieces(block)) for block in blocks]
        between = element("span", " · ", class_="sep")
        return element("p", _label(rule), joined(words, between), class_="flow", dir="auto")

    def _block_html(self, block: _Block) -> Html:
        self._last = None
        way = self._way(block)
        words = joined(self._pieces(block))
        first = next((piece for piece in block.pieces if piece.text.strip()), None)
        rule = self._ledger.rule_of(first) if first is not None else None
        named = rule is not None and rule.destination not in ("text", "citations", "maintenance_tags", "substituted")
        label = _label(rule) if rule is not None and named and rule is not self._labelled else None
        self._labelled = rule if named else None
        name = "pre" if block.role == "code" else "p"
        return element(name, label, words, way, class_=block.role or None, dir="auto")

    def _way(self, block: _Block) -> Html | None:
        """The way to the first block of the article that has words of this one, and the anchor for the way back."""
        blocks = self._article.blocks
        first = self._block
        for piece in block.pieces:
            if piece.destination == "text" and piece.text.strip():
                # the block whose words these are ends behind their place
                while self._block < len(blocks) and blocks[self._block].end <= piece.place:
                    self._block += 1
                if self._block < len(blocks) and blocks[self._block].start >= piece.place:
                    self._block += 1
        if first == self._block:
            return None
        anchors = [element("span", id=f"o{n}") for n in range(first, self._block)]
        way = element(
            "a", "↦", href=f"#b{first}", class_="way", title="show in the article", aria_label="show in the article",
            tabindex=None if block.role == "heading" else -1,
        )  # fmt: skip
        return joined([*anchors, way])

    def _pieces(self, block: _Block) -> Iterator[Html]:
        for piece in block.pieces:
            if piece.border == "line":
                yield element("br")
            elif piece.border == "cell":
                yield element("span", " │ ", class_="sep")
            yield self._piece(piece)

    def _piece(self, piece: Piece) -> Html:
        rule = self._ledger.rule_of(piece)
        if not piece.text.strip():
            return Html(" ") if piece.role != "code" else joined([piece.text])
        # White space at either end stays outside, or it would be struck and coloured too.
        words = piece.text.strip()
        before, _, after = piece.text.partition(words)
        if piece.role != "code":
            before, after = before and " ", after and " "
        place = self._place(piece, rule)
        if rule.destination == "text":
            shown = element("span", words, class_=f"k k{rule.number}", id=place)
        else:
            title = " · ".join(filter(None, [rule.name, piece.selector]))
            name = "del" if rule.destination == "removed" else "mark"
            shown = element(name, words, class_=f"k k{rule.number} {rule.colour}", id=place, title=title)
        return joined([before, shown, after])

    def _place(self, piece: Piece, rule: Rule) -> str | None:
        """An anchor where an entry of a rule begins, or another rule's words came before."""
        again = (rule.number, piece.entry) in self._entered if piece.entry is not None else self._last is rule
        self._last = rule
        if again:
            return None
        if piece.entry is not None:
            self._entered.add((rule.number, piece.entry))
        rule.places += 1
        return f"k{rule.number}-{rule.places}"


def _label(rule: Rule) -> Html:
    return element("span", rule.name, class_=f"label {rule.colour}")


def _blocks(pieces: Sequence[Piece]) -> Iterator[_Block]:
    """Pieces by the blocks of the page; white space between two blocks is not shown."""
    block = _Block()
    for piece in pieces:
        if piece.border == "block" and block.pieces:
            yield block
            block = _Block()
        if block.pieces or piece.text.strip():
            block.pieces.append(piece)
    if block.pieces:
        yield block
