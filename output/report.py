"""What the command line says of a run and of a corpus, in words that add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wikiglean.output.outcome import CorpusStatus, Counts, Outcome

__all__ = ["counts_line", "failure_lines", "printable", "reasons_line", "status_lines", "unforeseen"]

_FAILURES_SHOWN = 20

# Pages and servers choose these words; a terminal must not take orders from them. Line ends and tabs may stay.
_CONTROLS = {code: "\N{REPLACEMENT CHARACTER}" for code in [*range(32), *range(127, 160)] if chr(code) not in "\n\t"}


def printable(words: str) -> str:
    """`words` without the control characters that a terminal would obey."""
    return words.translate(_CONTROLS)


def unforeseen(error: Exception) -> str:
    """What to say of an error that nobody foresaw while a page was at work."""
    return f"unexpected {type(error).__name__}: {error}; please report this page"


def counts_line(counts: Counts) -> str:
    """All pages, and how many came to which end: the four add up to the first number."""
    pages = "1 page" if counts.seen == 1 else f"{counts.seen:,} pages"
    return (
        f"{pages}: {counts.written:,} written, {counts.unchanged:,} unchanged, "
        f"{counts.skipped:,} skipped, {counts.failed:,} failed"
    )


def reasons_line(reasons: Mapping[str, int]) -> str:
    """The reasons for skipping with their numbers, most frequent first."""
    ranked = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return printable(", ".join(f"{reason} {number:,}" for reason, number in ranked))


def failure_lines(failures: Sequence[Outcome], total: int) -> Iterator[str]:
    """Which pages failed and why, a line each; of many the first, and how many more there are."""
    for failure in failures[:_FAILURES_SHOWN]:
        yield printable(f"failed: {failure.url}: {failure.reason}").replace("\n", " ")
    if total > _FAILURES_SHOWN:
        yield f"failed: {total - _FAILURES_SHOWN:,} more"


def status_lines(status: CorpusStatus) -> Iterator[str]:
    """How a corpus stands, for people."""
    yield f"corpus     {status.path}"
    for source in status.sources:
        yield f"source     {source}"
    yield f"articles   {status.articles:,}"
    yield f"last seen  {counts_line(status.pages)}"
    if status.skipped:
        yield f"skipped    {reasons_line(status.skipped)}"
    if status.last_run is None:
        yield "last run   none"
    else:
        run = status.last_run
        end = f"to {run.finished}" if run.finished else "and not finished: at work now, or killed"
        yield f"last run   {run.run}, wikiglean {run.tool_version}, from {run.started} {end}"
        yield f"           {counts_line(run.counts)}"
    yield from failure_lines(status.failures, status.pages.failed)
