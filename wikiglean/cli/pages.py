"""Reading the pages that `clean` and `inspect` are given: each comes to a result, or to what was wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from wikiglean.cli.options import PageOptions
from wikiglean.errors import WikigleanError

if TYPE_CHECKING:
    from wikiglean.article import Article
    from wikiglean.capture import Capture
    from wikiglean.errors import SourceError

__all__ = ["articles_of", "results_of"]

T = TypeVar("T")


def articles_of(pages: Sequence[str], options: PageOptions) -> Iterator[Article | WikigleanError]:
    """The article of every page, or what was wrong with it."""
    from wikiglean.cleaners import clean_capture

    return results_of(pages, options, clean_capture)


def results_of(pages: Sequence[str], options: PageOptions, work: Callable[..., T]) -> Iterator[T | WikigleanError]:
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
