"""The `wikiglean` command. Data goes to standard output, words to standard error; docs/cli.md documents it all.

What a command needs is imported when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from wikiglean.cli.clean import clean
from wikiglean.cli.crawl import crawl
from wikiglean.cli.inspect import inspect
from wikiglean.cli.profile import profile
from wikiglean.cli.status import status
from wikiglean.errors import WikigleanError

__all__ = ["cli", "main"]

_INTERRUPTED = 130
_BROKEN_PIPE = 141


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


for _command in (clean, inspect, crawl, status, profile):
    cli.add_command(_command)


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
