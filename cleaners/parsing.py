"""From whatever the caller has to a `Page`: bytes, a string, or a tree that was parsed already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from typing import Any, TypeAlias

import turbohtml

from wikiglean.cleaners.decoding import decoded
from wikiglean.cleaners.flat.flattened import flattened_text, lay_out_prose
from wikiglean.cleaners.flat.layout import markup_of
from wikiglean.cleaners.page import Page
from wikiglean.errors import CleanError

__all__ = ["Body", "Decoded", "page_of"]

Body: TypeAlias = Any
"""bytes, str, a turbohtml node, an lxml element or tree, or a BeautifulSoup object.

Not a union, for lxml and bs4 must not be imported to name their classes.
"""

MAGIC = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "gzip data",
    b"(\xb5/\xfd": "Zstandard data",
    b"BZh": "bzip2 data",
    b"\xfd7zXZ": "xz data",
    b"\x7fELF": "a program",
    b"OggS": "an Ogg recording",
    b"wOF2": "a font",
}
_TAG = re.compile(
    r"<!--|</?(?:!doctype|html|head|body|div|p|table|tr|td|h[1-6]|span|a|b|i|em|strong|br|hr|ul|ol|li|dl|dt|dd|pre|code|"
    r"blockquote|center|font|form|sup|sub|img|figure|main|nav|header|footer|aside|section|article|title|meta|link|script|"
    r"button|label|input|u|s|q|small|big|tt|kbd|var|samp|cite|abbr|ins|del|th|thead|tbody|caption|dir|menu|fieldset|legend|"
    r"style|details|summary|svg|math|xmp|plaintext|frameset|iframe|object|video|audio|noscript|template|select|textarea)\b",
    re.I,
)
_BEGINNING = 65536
"""Characters in which a page shows a tag."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page and how its bytes were read."""

    page: Page
    charset: str | None
    charset_source: str | None


def page_of(body: Body, url: str | None, content_type: str | None) -> Decoded:
    """Decodes and parses in one step, as browsers do (https://encoding.spec.whatwg.org/, https://html.spec.whatwg.org/).

    Raises `CleanError` for what is no page: pictures, archives, other types of content.
    """
    kind, charset = _content_type(content_type)
    if kind and not kind.startswith("text/") and "html" not in kind and "xml" not in kind:
        raise CleanError(f"this is {kind}, not a page; give HTML or plain text")
    if isinstance(body, (bytes, bytearray, memoryview)):
        data = bytes(body)
        for magic, what in MAGIC.items():
            if data.startswith(magic):
                raise CleanError(f"this is {what}, not a page; give HTML or plain text")
        return _from_bytes(data, url, kind, charset)
    if isinstance(body, str):
        if kind == "text/plain" or (not kind and _looks_plain(body)):
            return Decoded(_plain_page(body, url), None, None)
        return Decoded(_marked_up_page(body, url), None, None)
    if isinstance(body, turbohtml.Node):
        return Decoded(Page(body, url=url), None, None)
    return Decoded(_marked_up_page(_serialised(body), url), None, None)


def _content_type(value: str | None) -> tuple[str, str | None]:
    if not value:
        return "", None
    message = Message()
    message["content-type"] = value.replace("\r", " ").replace("\n", " ")
    charset = message.get_param("charset")
    return message.get_content_type() if "/" in value else "", charset if isinstance(charset, str) else None


def _from_bytes(data: bytes, url: str | None, kind: str, charset: str | None) -> Decoded:
    found = decoded(data, charset, markup=kind != "text/plain")
    if kind == "text/plain" or (not kind and _looks_plain(found.text)):
        page = _plain_page(found.text, url)
    else:
        page = _marked_up_page(found.text, url)
    for flag in found.flags:
        page.flag(flag)
    return Decoded(page, found.charset, found.source)


_FORMATTING = "b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
_OPENED = re.compile(rf"<(?:{_FORMATTING})\s", re.I)
_CLOSED = re.compile(rf"</(?:{_FORMATTING})\b", re.I)
_LARGE = 1_000_000
_MOST_UNCLOSED = 10_000


def _check_growth(text: str) -> None:
    """Refuses a large page that grows without bounds while it is parsed.

    Browsers open formatting elements that nothing closed anew in every paragraph, so that thousands of them make
    millions of elements out of a page of some megabytes. Elements without attributes are opened anew three times only.
    """
    if len(text) > _LARGE and sum(1 for _ in _OPENED.finditer(text)) - sum(1 for _ in _CLOSED.finditer(text)) > (
        _MOST_UNCLOSED
    ):
        raise CleanError("the page has thousands of formatting elements that nothing closes; repair its markup")


def _parsed(text: str) -> turbohtml.Document:
    _check_growth(text)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # halves of characters: pairs are put together, lone ones become U+FFFD
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return turbohtml.parse(text, positions=False)


def _marked_up_page(text: str, url: str | None) -> Page:
    """HTML as a page; what has no markup but lines is flattened text, with the head of its page."""
    document = _parsed(text)
    if (flattened := flattened_text(document)) is not None:
        head = document.find("head")
        body = _parsed(f"<!DOCTYPE html><body>{markup_of(flattened)}")
        if head is not None and (new := body.find("head")) is not None:
            new.set_inner_html(head.inner_html)
        return Page(body, url=url, plain=True)
    lay_out_prose(document)
    return Page(document, url=url)


def _looks_plain(text: str) -> bool:
    """Whether text has no tag of a page in it. Tags that are only talked about are seldom the first thing on a page."""
    beginning = text[:_BEGINNING]
    found = _TAG.search(beginning)
    return found is None or (found.start() > 500 and "</" not in beginning)


def _plain_page(text: str, url: str | None) -> Page:
    """Flattened text as a page: each line a paragraph, an empty line a rule; see `wikiglean.cleaners.flat.layout`."""
    return Page(_parsed(f"<!DOCTYPE html><body>{markup_of(text)}"), url=url, plain=True)


def _serialised(tree: Body) -> str:
    module = type(tree).__module__.split(".")[0]
    if module == "lxml":
        from lxml import etree

        return str(etree.tostring(tree, method="html", encoding="unicode", with_tail=False))
    if module == "bs4":
        return str(tree)
    raise CleanError(
        f"can't clean {type(tree).__name__}; "
        "give bytes, str, a turbohtml node, an lxml element or a BeautifulSoup object"
    )
