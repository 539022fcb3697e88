"""An inspection as one web page that stands alone: the page as it was, the article, and the ledger between them.

Nothing is loaded from anywhere and nothing of the inspected page can become markup (see `markup`). Should that fail,
the policy of the page still allows no script, style, picture or connection but our own style and script, by their
hashes: https://www.w3.org/TR/CSP3/#security-considerations
"""

from __future__ import annotations

import base64
import hashlib
import os
from importlib.resources import files
from pathlib import Path

from wikiglean.article import Article
from wikiglean.errors import CorpusError
from wikiglean.inspection import Inspection
from wikiglean.output.atomic import explained, write_atomically
from wikiglean.output.inspection_article import article_html
from wikiglean.output.inspection_ledger import ledger_html
from wikiglean.output.inspection_original import original_html
from wikiglean.output.inspection_rules import Ledger
from wikiglean.output.markup import Html, element, language_tag

__all__ = ["save_html", "to_html"]


def to_html(inspection: Inspection) -> str:
    """The web page. The same inspection gives the same characters."""
    article = inspection.article
    ledger = Ledger(inspection)
    original = original_html(inspection, ledger)
    style = _resource("inspection.css") + _filters(len(ledger.rules))
    script = _resource("inspection.js")
    body = element(
        "body",
        _header(article),
        element(
            "main",
            _pane("ledger", "Ledger", "every character has one owner", ledger_html(article, ledger)),
            _pane("original", "The page", "all its words, in its own order", _in_language(article, original)),
            _pane("article", "The article", _size(article), _in_language(article, article_html(article))),
        ),
        # Between the tags stands our own file; the hash is of these very characters.
        Html(f"<script>{script}</script>"),
    )
    return f'<!doctype html>\n<html lang="en">{_head(article, style, script)}{body}</html>\n'


def save_html(path: Path, data: bytes) -> None:
    """Writes the web page to a file, whole or not at all. Raises `CorpusError`, which says what to do."""
    if not path.parent.is_dir():
        raise CorpusError("there is no such folder; make it, or name another", path=str(path.parent))
    with explained(path):
        if path.exists() and not path.is_file():  # a device or a pipe can't be replaced
            path.write_bytes(data)
        else:
            path = path.resolve()
            # Several may be written at once, so each has a temporary file of its own.
            write_atomically(path, data, f".{path.name}.{os.getpid()}.partial")


def _resource(name: str) -> str:
    return (files("wikiglean.output") / name).read_text(encoding="utf-8")


def _filters(rules: int) -> str:
    """The style that shows the pieces of a chosen rule alone; no script is needed for it."""
    lines: list[str] = []
    for n in range(1, rules + 1):
        chosen = f"body:has(#r{n}:checked) #original"
        lines.append(f"{chosen} .words{{color:var(--faint)}}")
        lines.append(f"{chosen} .k:not(.k{n}){{background:none;color:inherit;border-color:transparent}}")
        lines.append(f"{chosen} .k{n}{{outline:2px solid var(--accent);outline-offset:1px;color:var(--ink)}}")
    return "\n".join(lines) + "\n"


def _head(article: Article, style: str, script: str) -> Html:
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", http_equiv="x-dns-prefetch-control", content="off"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{article.title or '(no title)'} – inspected by wikiglean"),
        Html(f"<style>{style}</style>"),
    )


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _header(article: Article) -> Html:
    panes = (("ledger", "Ledger"), ("original", "The page"), ("article", "The article"))
    ways = [element("a", words, href=f"#{name}") for name, words in panes]
    title = element("h1", element("bdi", article.title or "(no title)"))
    where = article.url or article.provenance.source_path or ""
    address = element("p", element("bdi", where), class_="where")
    return element("header", element("div", title, address), element("nav", *ways, aria_label="Parts of this page"))


def _pane(name: str, heading: str, words: str, inside: Html) -> Html:
    tools: Html | None = None
    if name == "original":
        # For the script, which shows it; without it the numbers in the table lead to the first piece.
        tools = element(
            "div",
            element("button", "‹ previous", type="button", id="previous"),
            element("output", id="where", aria_live="polite"),
            element("button", "next ›", type="button", id="next"),
            id="steps",
            hidden=True,
        )
    head = element("div", element("h2", heading, id=f"{name}-head"), element("p", words), tools, class_="head")
    # A pane scrolls, so the keyboard has to be able to reach it.
    body = element("div", inside, class_="body", tabindex=0, role="group", aria_label=heading)
    return element("section", head, body, id=name, class_="pane", aria_labelledby=f"{name}-head")


def _in_language(article: Article, inside: Html) -> Html:
    language = article.in_language
    return element("div", inside, class_="words", lang=language_tag(language.identifier), dir=language.direction)


def _size(article: Article) -> str:
    sizes = [
        (len(article.sections), "section"),
        (len(article.references), "note"),
        (len(article.citations), "marker"),
        (len(article.tables), "table"),
    ]
    return ", ".join(f"{number:,} {word}{'' if number == 1 else 's'}" for number, word in sizes if number)
