"""Words on standard error: lines for people or JSON for machines, and a progress bar where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from wikiglean.output.outcome import Counts, Outcome
from wikiglean.output.report import counts_line, failure_lines, printable, reasons_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["LogFormat", "LogLine", "Messages", "ProgressBar"]

LogFormat = Literal["text", "json"]


class LogLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of `--log-format json`. `at` is RFC 3339 in UTC; which of the other fields are there tells `event`."""

    at: str
    level: Literal["info", "error"]
    event: Literal["page", "run", "message"]
    message: str | None = None
    outcome: Outcome | None = None
    counts: Counts | None = None
    skipped: dict[str, int] | None = None


class Messages:
    """What a command says beside its data. `quiet` leaves out all that is not an error."""

    def __init__(self, *, quiet: bool = False, log_format: LogFormat = "text") -> None:
        """Choose how much to say, and how."""
        self._quiet = quiet
        self._json = log_format == "json"

    def error(self, words: str) -> None:
        """Something went wrong; one line."""
        if self._json:
            self._line(LogLine(at=_now(), level="error", event="message", message=words))
        else:
            _say(f"wikiglean: {words}")

    def page(self, outcome: Outcome) -> None:
        """What became of a page; said of each to machines only, people get the sum."""
        wrong = outcome.kind == "failed"
        if self._json and (wrong or not self._quiet):
            self._line(LogLine(at=_now(), level="error" if wrong else "info", event="page", outcome=outcome))

    def run(self, counts: Counts, skipped: dict[str, int], failures: tuple[Outcome, ...]) -> None:
        """The end of a run: sums, why pages were skipped, which failed and why."""
        wrong = counts.failed > 0 or counts.seen == 0
        if self._quiet and not wrong:
            return
        if self._json:
            self._line(
                LogLine(at=_now(), level="error" if wrong else "info", event="run", counts=counts, skipped=skipped)
            )
            return
        _say(counts_line(counts))
        if skipped:
            _say(f"skipped: {reasons_line(skipped)}")
        for line in failure_lines(failures, counts.failed):
            _say(line)

    @contextmanager
    def progress(self, total: int | None) -> Generator[ProgressBar]:
        """A bar on standard error, if that is a terminal and nobody asked for quiet or for JSON."""
        if self._quiet or self._json or not sys.stderr.isatty():
            yield ProgressBar(None)
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            MofNCompleteColumn(),
            BarColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            yield ProgressBar(bar, total)

    def _line(self, line: LogLine) -> None:
        sys.stderr.write(msgspec.json.encode(line).decode() + "\n")
        sys.stderr.flush()


class ProgressBar:
    """How far a run is, or nothing where nobody watches."""

    def __init__(self, bar: Progress | None, total: int | None = None) -> None:
        """`total` is the number of pages, where a limit tells it."""
        self._bar = bar
        self._task: TaskID | None = bar.add_task("", total=total) if bar else None

    def advance(self, outcome: Outcome) -> None:
        """One more page came to its end."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, description=printable(f"{outcome.kind} {outcome.url}"))


def _say(line: str) -> None:
    print(printable(line), file=sys.stderr, flush=True)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
