"""Words out of wiki text: what the value of a template's parameter says, and what templates let slip into COinS."""

from __future__ import annotations

import re
from html import unescape

__all__ = ["address_in", "hyphenated", "plain"]

_MARKUP = re.compile(r"[\[\]<{'\x7f&\u00ad\u200b]|UNIQ")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
_REFERENCE = re.compile(r"<ref\b[^>]*?(?:/>|>.*?(?:</ref>|$))", re.S | re.I)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.I)
_STRIP_MARKER = re.compile(r"\x7f?['\"`]*UNIQ-*[0-9a-z-]+-QINU[`'\"]*\x7f?", re.I)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_EXTERNAL = re.compile(r"\[(?:https?:)?//[^\s\]]+(?:\s+([^\]]*))?\]")
_TEMPLATE = re.compile(r"\{\{([^{}]*)\}\}")
_ADDRESS = re.compile(r"(?:https?:|ftp:)?//[^\s\[\]<>{}|\"]+")


def plain(value: str) -> str:
    """A value without links, quotes of emphasis, tags, comments and templates, white space folded."""
    if _MARKUP.search(value) is not None:
        value = _REFERENCE.sub("", _COMMENT.sub("", _STRIP_MARKER.sub("", value)))
        value = _EXTERNAL.sub(lambda match: match[1] or "", _LINK.sub(r"\1", value))
        while "{{" in value and value != (value := _TEMPLATE.sub(_said, value)):
            pass
        value = re.sub(r"'{2,}", "", _TAG.sub("", value))
        value = unescape(value) if "&" in value else value
        value = value.replace("\u00ad", "").replace("\u200b", "")
    return " ".join(value.split())


def _said(match: re.Match[str]) -> str:
    """The words of a small template: its last parameter, `{{lang|fr|mot}}`, or nothing."""
    name, *parameters = match[1].split("|")
    if name.strip() in ("!", "="):
        return {"!": "|", "=": "="}[name.strip()]
    unnamed = [p for p in parameters if "=" not in p]
    return unnamed[-1].strip() if unnamed else ""


def address_in(value: str) -> str | None:
    """The address that a value is, or the first one in it: `[https://… online]`."""
    match = _ADDRESS.search(value)
    return unescape(match[0]) if match else None


def hyphenated(pages: str) -> str:
    """Page numbers with the hyphens that CSL writes between them."""
    return pages.replace("–", "-").replace("—", "-")
