"""`wikiglean inspect`: what was kept of a page, what was removed, and by which rule."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import click

from wikiglean.cli.options import CONTACT, CONTENT_TYPE, PROFILE, URL, WITHOUT_PROFILE, PageOptions
from wikiglean.cli.pages import articles_of, results_of
from wikiglean.errors import WikigleanError

__all__ = ["inspect"]


@click.command()
@click.argument("page", metavar="PAGE")
@click.option("as_html", "--html", is_flag=True, help="Write a web page: what was removed beside what was kept.")
@click.option(
    "--out", metavar="FILE", type=click.Path(dir_okay=False), help="Where --html writes, instead of standard output."
)
@URL
@CONTENT_TYPE
@PROFILE
@WITHOUT_PROFILE
@CONTACT
def inspect(
    page: str,
    as_html: bool,
    out: str | None,
    url: str | None,
    content_type: str | None,
    profiles: tuple[str, ...],
    without_profile: tuple[str, ...],
    contact: str | None,
) -> None:
    """Show what is kept of a page and what is removed, by which rule.

    PAGE is a file, an address, or - for standard input.
    """
    from wikiglean.output.inspection import inspect_article

    if out is not None and not as_html:
        raise click.UsageError("--out is for --html.")
    options = PageOptions(
        url=url, content_type=content_type, contact=contact, profiles=profiles, without_profiles=without_profile
    )
    if as_html:
        _write_inspection(page, options, out)
        return
    for result in articles_of([page], options):
        if isinstance(result, WikigleanError):
            raise result
        inspect_article(result)


def _write_inspection(page: str, options: PageOptions, out: str | None) -> None:
    """Writes the one page at `page` as a web page that shows what became of it."""
    from wikiglean.cleaners import inspect_capture
    from wikiglean.output.inspection_html import save_html, to_html

    results = list(islice(results_of([page], options, inspect_capture), 2))
    if len(results) > 1:
        raise click.UsageError(f"{page} holds several pages; --html shows one. Name a single one.")
    for result in results:
        if isinstance(result, WikigleanError):
            raise result
        written = to_html(result).encode()
        if out is None:
            sys.stdout.buffer.write(written)
        else:
            save_html(Path(out), written)
