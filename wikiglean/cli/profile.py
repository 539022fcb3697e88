"""`wikiglean profile`: a site's profile, learned from its own pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikiglean.cli.options import CONTACT, WITHOUT_PROFILE

if TYPE_CHECKING:
    from wikiglean.capture import Capture
    from wikiglean.output.messages import Messages

__all__ = ["profile"]


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option(
    "--pages", type=click.IntRange(min=3), default=20, show_default=True, metavar="N", help="Look at N pages."
)
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False), help="Write the profile to this file.")
@click.option("--force", is_flag=True, help="Let --out replace a file.")
@click.option("--name", metavar="NAME", help="The profile's name; else it is made of the host.")
@click.option("--base-url", metavar="URL", help="The address of a folder's pages.")
@WITHOUT_PROFILE
@CONTACT
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
