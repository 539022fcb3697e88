"""`wikiglean clean`: pages become articles on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, get_args

import click

from wikiglean.cli.options import CONTACT, CONTENT_TYPE, PROFILE, URL, WITHOUT_PROFILE, PageOptions
from wikiglean.cli.pages import articles_of
from wikiglean.errors import WikigleanError

if TYPE_CHECKING:
    from wikiglean.article import Article

__all__ = ["clean"]

OutputFormat = Literal["json", "text", "markdown", "csl-json", "bibtex"]


@click.command()
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True)
@click.option(
    "output_format",
    "--format",
    type=click.Choice(get_args(OutputFormat)),
    default="json",
    show_default=True,
    help="What to write: articles, json one line each, text and markdown with a blank line between; "
    "or the works that all of them cite, as csl-json or bibtex.",
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

    def cleaned() -> Iterator[Article]:
        for result in articles_of(pages, options):
            if isinstance(result, WikigleanError):
                messages.error(str(result))
                codes.append(result.exit_code)
            else:
                yield result
                codes.append(0)

    for piece in _formatted(cleaned(), output_format):
        sys.stdout.buffer.write(piece.encode())
        sys.stdout.buffer.flush()
    return codes[0] if len(set(codes)) == 1 else 1


def _formatted(articles: Iterator[Article], output_format: OutputFormat) -> Iterator[str]:
    """What is to be written, as soon as it is known."""
    from wikiglean.output import to_bibtex, to_csl_json, to_markdown, to_text

    match output_format:
        case "json":
            yield from (article.to_json() + "\n" for article in articles)
        case "text":
            yield from _apart(map(to_text, articles))
        case "markdown":
            yield from _apart(map(to_markdown, articles))
        case "csl-json":
            yield to_csl_json(articles)
        case "bibtex":
            yield to_bibtex(articles)


def _apart(texts: Iterator[str]) -> Iterator[str]:
    """The texts, a blank line before all but the first."""
    for number, text in enumerate(texts):
        yield f"\n{text}" if number else text
