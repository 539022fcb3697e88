"""`wikiglean crawl`: the articles of all sources go into a corpus."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from wikiglean.cli.options import CONTACT, PROFILE, WITHOUT_PROFILE
from wikiglean.errors import WikigleanError

if TYPE_CHECKING:
    from wikiglean.output import Cleaning
    from wikiglean.output.messages import LogFormat, Messages
    from wikiglean.scraper import SourceOptions

__all__ = ["crawl"]


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--out", required=True, metavar="CORPUS", type=click.Path(), help="The corpus: a new folder, or an old one."
)
@CONTACT
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), metavar="N", help="Requests a second to one host.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after N pages of each source.")
@click.option("--depth", type=click.IntRange(min=0), metavar="N", help="Follow links at most N steps from the source.")
@click.option(
    "--include", multiple=True, metavar="REGEX", help="Only addresses that match. Can be given several times."
)
@click.option("--exclude", multiple=True, metavar="REGEX", help="No addresses that match. Can be given several times.")
@click.option(
    "--base-url", metavar="URL", help="The address of a folder's pages, for sources that are folders or files."
)
@PROFILE
@WITHOUT_PROFILE
@click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json writes a line for every page to standard error.",
)
def crawl(
    sources: tuple[str, ...],
    out: str,
    contact: str | None,
    rate: float | None,
    limit: int | None,
    depth: int | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    base_url: str | None,
    profiles: tuple[str, ...],
    without_profile: tuple[str, ...],
    quiet: bool,
    log_format: LogFormat,
) -> None:
    """Gather the articles of all sources into a corpus.

    A SOURCE is the address of a wiki or page, wayback: and an address, an archive, a folder, or a file.
    Running the same command again writes only what has changed.
    """
    from wikiglean.output import Cleaning
    from wikiglean.output.messages import Messages
    from wikiglean.scraper import SourceOptions

    messages = Messages(quiet=quiet, log_format=log_format)
    options = SourceOptions(
        contact=contact, limit=limit, depth=depth, include=include, exclude=exclude, base_url=base_url
    )
    # `None` would not be the default there, but no limit at all.
    options = options if rate is None else replace(options, rate=rate)
    try:
        code = _crawl(sources, out, options, Cleaning(profiles=profiles, without_profiles=without_profile), messages)
    except WikigleanError as error:
        messages.error(str(error))
        code = error.exit_code
    sys.exit(code)


def _crawl(sources: Sequence[str], out: str, options: SourceOptions, cleaning: Cleaning, messages: Messages) -> int:
    """Runs the crawl with what the user is to see of it; gives the exit code."""
    from wikiglean.crawl import crawl as run_crawl
    from wikiglean.output import Corpus, Outcome

    with messages.progress(options.limit) as bar:

        def tell(outcome: Outcome) -> None:
            messages.page(outcome)
            bar.advance(outcome)

        report = run_crawl(sources, Corpus(out), options, cleaning=cleaning, on_outcome=tell)
    messages.run(report.counts, report.skipped, report.failures)
    if report.stopped_by is not None:
        messages.error("stopped by a signal; run the same command again to go on, nothing is lost")
    elif report.counts.seen == 0:
        messages.error("the sources gave no page; is the address right, and do --include and --exclude allow any?")
    return report.exit_code
