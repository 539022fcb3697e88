"""MathML that carries no TeX, put into TeX: enough that a fraction stays one and an exponent does not join its base.

https://www.w3.org/TR/mathml-core/
"""

from __future__ import annotations

from wikiglean.cleaners.page import Page

__all__ = ["tex_of_mathml"]

_TWO = {
    "mfrac": r"\frac{%s}{%s}",
    "mroot": r"\sqrt[%s]{%s}",
    "msub": "%s_{%s}",
    "msup": "%s^{%s}",
    "munder": r"\underset{%s}{%s}",
    "mover": r"\overset{%s}{%s}",
}
_THREE = {"msubsup": "%s_{%s}^{%s}", "munderover": "%s_{%s}^{%s}"}
_BIG = frozenset("∑∏∫⋃⋂⨁∐∮")
_LEAVES = ("mi", "mn", "mo", "mtext", "ms")
_DEEPEST = 200
"""Formulas nested deeper are read as their characters, side by side."""


def tex_of_mathml(page: Page, at: int) -> str:
    """The TeX of a `<math>` element, characters of its signs kept as they are."""
    return " ".join(_tex(page, at, 0).split())


def _children(page: Page, at: int) -> list[int]:
    children: list[int] = []
    child = at + 1
    while child < page.ends[at]:
        if page.tags[child] and page.tags[child] not in ("annotation", "annotation-xml"):
            children.append(child)
        child = page.ends[child]
    return children


def _tex(page: Page, at: int, depth: int) -> str:
    tag = page.tags[at]
    if tag in _LEAVES or depth > _DEEPEST:
        words = " ".join(page.text_of(at).split())
        return rf"\text{{{words}}}" if tag == "mtext" and words else words
    parts = [_tex(page, child, depth + 1) for child in _children(page, at)]
    if len(parts) == 2 and tag in _TWO:
        return _of_two(tag, *parts)
    if len(parts) == 3 and tag in _THREE:
        return _THREE[tag] % (_base(parts[0]), parts[1], parts[2])
    if tag == "msqrt":
        return rf"\sqrt{{{' '.join(parts)}}}"
    if tag == "mfenced":
        return (page.attribute(at, "open") or "(") + ", ".join(parts) + (page.attribute(at, "close") or ")")
    if tag == "mtable":
        return r"\begin{matrix}" + r" \\ ".join(parts) + r"\end{matrix}"
    return " & ".join(parts) if tag in ("mtr", "mlabeledtr") else " ".join(filter(None, parts))


def _of_two(tag: str, first: str, second: str) -> str:
    if tag in ("munder", "mover") and first in _BIG:
        tag = "msub" if tag == "munder" else "msup"
    if tag in ("msub", "msup"):
        first = _base(first)
    elif tag != "mfrac":
        first, second = second, first
    return _TWO[tag] % (first, second)


def _base(tex: str) -> str:
    """What an index or exponent belongs to, in braces where it is more than one sign."""
    return tex if len(tex) == 1 or tex.isalnum() else f"{{{tex}}}"
