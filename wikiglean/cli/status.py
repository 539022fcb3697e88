"""`wikiglean status`: how a corpus stands."""

from __future__ import annotations

import sys

import click

__all__ = ["status"]


@click.command()
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
