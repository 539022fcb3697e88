"""`wikiglean clean`: pages become articles on standard output."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import click

from wikiglean.cli.options import CONTACT, CONTENT_TYPE, PROFILE, URL, WITHOUT_PROFILE, PageOptions
from wikiglean.cli.pages import articles_of
from wikiglean.errors import WikigleanError

if TYPE_CHECKING:
    from wikiglean.article import Article

__all__ = ["clean"]

OutputFormat = Literal["json", "text", "markdown"]


@click.command()
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True)
@click.option(
    "output_format",
    "--format",
    type=click.Choice(["json", "text", "markdown"]),
    default="json",
    show_default=True,
    help="How to write articles: json is one line each, the others are separated by a blank line.",
)
@URL
@CONTENT_TYPE
@PROFILE
@WITHOUT_PROFILE
@CONTACT
def clean(
    pages: tuple[str, ...],
    output_format: OutputFormat,
    url: str | None,
    content_type: str | None,
    profiles: tuple[str, ...],
    without_profile: tuple[str, ...],
    contact: str | None,
) -> None:
    """Clean pages and write the articles to standard output.

    A PAGE is a file, an address, or - for standard input. Folders and archives give all their pages.
    """
    options = PageOptions(
        url=url, content_type=content_type, contact=contact, profiles=profiles, without_profiles=without_profile
    )
    sys.exit(_clean_pages(pages, options, output_format))


def _clean_pages(pages: Sequence[str], options: PageOptions, output_format: OutputFormat) -> int:
    """Writes what can be cleaned, says what can not; gives the exit code."""
    from wikiglean.output.messages import Messages

    messages, codes = Messages(), list[int]()
    stdout = sys.stdout.buffer
    separator = b""
    for result in articles_of(pages, options):
        if isinstance(result, WikigleanError):
            messages.error(str(result))
            codes.append(result.exit_code)
            continue
        stdout.write(separator + _formatted(result, output_format))
        stdout.flush()
        separator = b"" if output_format == "json" else b"\n"
        codes.append(0)
    if len(set(codes)) == 1:
        return codes[0]
    return 1


def _formatted(article: Article, output_format: OutputFormat) -> bytes:
    from wikiglean.output.render import to_markdown, to_text

    match output_format:
        case "json":
            return article.to_json().encode() + b"\n"
        case "text":
            return to_text(article).encode()
        case "markdown":
            return to_markdown(article).encode()
