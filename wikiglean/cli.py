"""The `wikiglean` command. Data goes to standard output, words to standard error; docs/cli.md documents it all.

What a command needs is imported when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, TypeVar

import click

from wikiglean.errors import WikigleanError

if TYPE_CHECKING:
    from wikiglean.article import Article
    from wikiglean.capture import Capture
    from wikiglean.errors import SourceError
    from wikiglean.output import Cleaning
    from wikiglean.output.messages import LogFormat, Messages
    from wikiglean.scraper import SourceOptions

__all__ = ["cli", "main"]

OutputFormat = Literal["json", "text", "markdown"]
T = TypeVar("T")

_INTERRUPTED = 130
_BROKEN_PIPE = 141

_PROFILE = click.option(
    "profiles",
    "--profile",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Use this engine profile too (a TOML file). Can be given several times.",
)
_WITHOUT_PROFILE = click.option(
    "--without-profile",
    multiple=True,
    metavar="NAME",
    help="Don't use this built-in engine profile. Can be given several times.",
)
_URL = click.option("--url", metavar="URL", help="The address of a page that is read from a file or standard input.")
_CONTENT_TYPE = click.option(
    "--content-type", metavar="TYPE", help="The page's media type and charset, instead of what its source says."
)
_CONTACT = click.option(
    "--contact",
    metavar="WHO",
    envvar="WIKIGLEAN_CONTACT",
    show_envvar=True,
    help="A mail address or page where a site's operator can reach you. No public host is asked without.",
)


@dataclass(frozen=True, kw_only=True)
class PageOptions:
    """What `clean` and `inspect` are told about the pages they read."""

    url: str | None
    content_type: str | None
    contact: str | None
    profiles: Sequence[str]
    without_profiles: Sequence[str]


class _Group(click.Group):
    """All commands. click itself ends with 1 where the reader of standard output has left, as if a page had failed."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Python flushes standard output once more at its end, and would complain then.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(_BROKEN_PIPE)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wikiglean", message="%(prog)s %(version)s")
def cli() -> None:
    """Gather wiki-style pages and glean clean, cited articles from them."""


@cli.command()
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True)
@click.option(
    "output_format",
    "--format",
    type=click.Choice(["json", "text", "markdown"]),
    default="json",
    show_default=True,
    help="How to write articles: json is one line each, the others are separated by a blank line.",
)
@_URL
@_CONTENT_TYPE
@_PROFILE
@_WITHOUT_PROFILE
@_CONTACT
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
    for result in _articles(pages, options):
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


def _articles(pages: Sequence[str], options: PageOptions) -> Iterator[Article | WikigleanError]:
    """The article of every page, or what was wrong with it."""
    from wikiglean.cleaners import clean_capture

    return _results(pages, options, clean_capture)


def _results(pages: Sequence[str], options: PageOptions, work: Callable[..., T]) -> Iterator[T | WikigleanError]:
    """What `work` makes of the capture of every page, or what was wrong with it."""
    from wikiglean.errors import CleanError
    from wikiglean.output.report import unforeseen

    for page in pages:
        for found in _captures(page, options):
            if isinstance(found, WikigleanError):
                yield found
                continue
            name = found.url or found.source.path or "standard input"
            try:
                yield work(
                    found,
                    profiles=[Path(profile) for profile in options.profiles],
                    without_profiles=options.without_profiles,
                )
            except CleanError as error:
                yield CleanError(f"{name}: {error}")
            except WikigleanError:
                raise
            except Exception as error:
                # A mistake of ours in one page must not cost the others.
                yield CleanError(f"{name}: {unforeseen(error)}")


def _captures(page: str, options: PageOptions) -> Iterator[Capture | SourceError]:
    """What is to be read at `page`, as the options correct it."""
    from wikiglean.capture import Capture, SourceRecord
    from wikiglean.errors import SourceError
    from wikiglean.scraper import SourceOptions, open_source

    if page == "-":
        body = sys.stdin.buffer.read()
        yield _corrected(Capture(url=None, body=body, source=SourceRecord(kind="bytes")), options)
        return
    try:
        for found in open_source(page, SourceOptions(contact=options.contact, follow_links=False)):
            yield found if isinstance(found, SourceError) else _corrected(found, options)
    except SourceError as error:
        yield error


def _corrected(capture: Capture, options: PageOptions) -> Capture:
    """The capture with what the user knows better. Only what was not fetched can have another address."""
    from msgspec import structs

    if options.content_type is not None:
        capture = structs.replace(capture, content_type=options.content_type)
    if options.url is not None and capture.source.kind in ("bytes", "file"):
        capture = structs.replace(capture, url=options.url)
    return capture


@cli.command()
@click.argument("page", metavar="PAGE")
@click.option("as_html", "--html", is_flag=True, help="Write a web page: what was removed beside what was kept.")
@click.option(
    "--out", metavar="FILE", type=click.Path(dir_okay=False), help="Where --html writes, instead of standard output."
)
@_URL
@_CONTENT_TYPE
@_PROFILE
@_WITHOUT_PROFILE
@_CONTACT
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
    for result in _articles([page], options):
        if isinstance(result, WikigleanError):
            raise result
        inspect_article(result)


def _write_inspection(page: str, options: PageOptions, out: str | None) -> None:
    """Writes the one page at `page` as a web page that shows what became of it."""
    from wikiglean.cleaners import inspect_capture
    from wikiglean.output.inspection_html import save_html, to_html

    results = list(islice(_results([page], options, inspect_capture), 2))
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


@cli.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--out", required=True, metavar="CORPUS", type=click.Path(), help="The corpus: a new folder, or an old one."
)
@_CONTACT
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
@_PROFILE
@_WITHOUT_PROFILE
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


@cli.command()
@click.argument("corpus", metavar="CORPUS", type=click.Path())
@click.option("as_json", "--json", is_flag=True, help="One line of JSON instead of words.")
def status(corpus: str, as_json: bool) -> None:
    """Show how a corpus stands: its articles, its last run, what failed and why."""
    import msgspec

    from wikiglean.output import Corpus
    from wikiglean.output.report import status_lines

    found = Corpus(corpus).status()
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    else:
        for line in status_lines(found):
            click.echo(line)


@cli.command()
@click.argument("source", metavar="SOURCE")
@click.option(
    "--pages", type=click.IntRange(min=3), default=20, show_default=True, metavar="N", help="Look at N pages."
)
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False), help="Write the profile to this file.")
@click.option("--force", is_flag=True, help="Let --out replace a file.")
@click.option("--name", metavar="NAME", help="The profile's name; else it is made of the host.")
@click.option("--base-url", metavar="URL", help="The address of a folder's pages.")
@_WITHOUT_PROFILE
@_CONTACT
def profile(
    source: str,
    pages: int,
    out: str | None,
    force: bool,
    name: str | None,
    base_url: str | None,
    without_profile: tuple[str, ...],
    contact: str | None,
) -> None:
    """Learn a site's profile from its own pages.

    SOURCE is a folder of saved pages, an archive, or the address of a site. The profile is written to standard output,
    what it changes on three pages to standard error. Read it, correct it, and use it with --profile.
    """
    from wikiglean.learn import learn_profile
    from wikiglean.output.atomic import write_atomically
    from wikiglean.output.messages import Messages
    from wikiglean.profile_text import report_of

    if out is not None and Path(out).exists() and not force:
        raise click.UsageError(f"{out} is there already; --force replaces it")
    messages = Messages()
    captures = list(_pages_to_learn_from(source, pages, base_url, contact, messages))
    learned = learn_profile(captures, name=name, without_profiles=without_profile)
    if out is None:
        sys.stdout.write(learned.toml)
    else:
        write_atomically(Path(out), learned.toml.encode())
    click.echo(report_of(learned.examples), err=True)
    for note in learned.notes:
        messages.error(note)


def _pages_to_learn_from(
    source: str, pages: int, base_url: str | None, contact: str | None, messages: Messages
) -> Iterator[Capture]:
    """The first pages of a source that can be had; the others are said."""
    from wikiglean.errors import ConfigurationError, SourceError
    from wikiglean.scraper import SourceOptions, open_source

    if (Path(source) / "corpus.toml").exists():
        raise ConfigurationError(
            f"{source}: a corpus keeps no raw pages yet; give the site's address, or a folder of saved pages"
        )
    for found in open_source(source, SourceOptions(contact=contact, limit=pages, base_url=base_url)):
        if isinstance(found, SourceError):
            messages.error(str(found))
        else:
            yield found


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command and ends the process with its exit code (`sys.argv` where no arguments are given)."""
    try:
        code = cli.main(arguments, prog_name="wikiglean", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except WikigleanError as error:
        print(f"wikiglean: {error}", file=sys.stderr)
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        code = _INTERRUPTED
    sys.exit(code)
