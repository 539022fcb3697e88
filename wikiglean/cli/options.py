"""The options that several commands have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click

__all__ = ["CONTACT", "CONTENT_TYPE", "PROFILE", "URL", "WITHOUT_PROFILE", "PageOptions"]

PROFILE = click.option(
    "profiles",
    "--profile",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Use this engine profile too (a TOML file). Can be given several times.",
)
WITHOUT_PROFILE = click.option(
    "--without-profile",
    multiple=True,
    metavar="NAME",
    help="Don't use this built-in engine profile. Can be given several times.",
)
URL = click.option("--url", metavar="URL", help="The address of a page that is read from a file or standard input.")
CONTENT_TYPE = click.option(
    "--content-type", metavar="TYPE", help="The page's media type and charset, instead of what its source says."
)
CONTACT = click.option(
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
