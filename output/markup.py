"""Building HTML so that nothing of a page can become markup: every string is escaped, but for what was built here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

__all__ = ["Attribute", "Html", "element", "joined", "language_tag", "text", "visible", "web_address"]

Attribute: TypeAlias = str | int | bool | None

_VOID = frozenset({"br", "input", "meta"})

# Characters that draw nothing, or turn the order of those around them. A page could hide words with them, or show
# other ones than there are: https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings. The marks for
# joining and for direction (U+200C to U+200F) stay, because scripts need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_OTHER_WHITE = str.maketrans("\r\f", "  ")

# Only what leads to the web may be followed, and only where nothing in it deceives the eye.
_WEB = re.compile(
    r"https?://[^\s<>\"'\\^`{|}\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+",
    re.IGNORECASE,
)


class Html(str):
    """Markup that is ready to stand on a page. Any other string is text."""

    __slots__ = ()


def visible(words: str) -> str:
    """`words` with the characters that nobody sees written as their number: `⟨U+202E⟩`."""
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", words.translate(_OTHER_WHITE))


def text(words: str) -> Html:
    """Words of a page, as text."""
    return words if isinstance(words, Html) else Html(escape(visible(words), quote=False))


def joined(parts: Iterable[str], between: str = "") -> Html:
    """All parts, one after the other."""
    return Html(text(between).join(text(part) for part in parts))


def element(tag: str, /, *children: str | None, **attributes: Attribute) -> Html:
    """An element. Attributes that are `None` or false are left out; `class_` is `class`, `data_x` is `data-x`."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if tag in _VOID:
        return Html(f"<{tag}{written}>")
    inside = joined(child for child in children if child is not None)
    # The first line end inside <pre> is not part of it, so it gets one that can go.
    return Html(f"<{tag}{written}>{chr(10) if tag == 'pre' else ''}{inside}</{tag}>")


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'


def web_address(url: str | None) -> str | None:
    """`url`, if a reader can be sent there."""
    return url if url and _WEB.fullmatch(url) else None


def language_tag(tag: str | None) -> str | None:
    """`tag`, if it has the form of one (https://www.rfc-editor.org/rfc/rfc5646#section-2.1)."""
    return tag if tag and re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", tag) else None
