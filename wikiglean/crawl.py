"""`crawl`: from sources to a corpus, one outcome for each page.

A page that is no article, is there already, or must not be fetched is skipped; a page that should have come and did not
has failed. No page ends a run: only the corpus itself can (disk full, locked), a wrong setting, or a signal.
"""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from urllib.parse import unquote, urlsplit

import msgspec

from wikiglean.article import Article
from wikiglean.capture import Capture
from wikiglean.cleaners import clean_capture
from wikiglean.errors import (
    CleanError,
    NotAllowed,
    PageMissing,
    SourceError,
    SourceUnavailable,
    WikigleanError,
)
from wikiglean.output import Cleaning, Corpus, Counts, Fetching, Manifest, Outcome, Scope, identifier_of
from wikiglean.output.report import unforeseen
from wikiglean.scraper import SourceOptions, open_source

__all__ = ["RunReport", "crawl"]

_NOTHING_CAME = 69
"""sysexits.h: a service is unavailable. Also for sources that give no page at all."""


class RunReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a run came to. `skipped` maps reasons to numbers of pages; `failures` are the first 1,000.

    `stopped_by` is the number of the signal that ended the run early. `exit_code` is what the command line ends with.
    """

    run: int
    counts: Counts
    skipped: dict[str, int]
    failures: tuple[Outcome, ...]
    stopped_by: int | None
    exit_code: int


def crawl(
    sources: Sequence[str],
    corpus: Corpus,
    options: SourceOptions,
    *,
    cleaning: Cleaning | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> RunReport:
    """Puts the articles of all `sources` into the corpus, and says what became of every page.

    `options` and `cleaning` go to `corpus.toml`; a contact that was given once need not be given again. SIGINT and
    SIGTERM end the run after the page in hand, with a report; a second one at once. `on_outcome` is called after each
    page. Raises `CorpusError`, `ConfigurationError` and `ProfileError`; whatever a single page raises is its outcome.
    """
    cleaning = cleaning or Cleaning()
    with corpus:
        options = replace(options, contact=options.contact or corpus.manifest.fetching.contact)
        run = _Run(
            corpus, frozenset(map(_place, sources)), cleaning, corpus.begin(_manifest(sources, options, cleaning))
        )
        with _signals() as signals:
            try:
                for source in sources:
                    _crawl_source(source, options, run, signals, on_outcome)
            except _Stopped:
                pass
        return run.report(signals.received)


def _crawl_source(
    source: str,
    options: SourceOptions,
    run: _Run,
    signals: _Signals,
    on_outcome: Callable[[Outcome], None] | None,
) -> None:
    for found in _captures(source, options):
        with signals.held():
            outcome = run.settle(found)
            if on_outcome is not None:
                on_outcome(outcome)


def _captures(source: str, options: SourceOptions) -> Iterator[Capture | SourceError]:
    """The pages of a source; an error of the source as a whole is one more of its pages."""
    try:
        yield from open_source(source, options)
    except SourceError as error:
        yield error
    except WikigleanError:
        raise
    except Exception as error:
        yield SourceUnavailable(unforeseen(error), url=source)


class _Run:
    """The policy of a run: which end each page comes to, and what that means for the whole."""

    def __init__(self, corpus: Corpus, named: frozenset[str], cleaning: Cleaning, run: int) -> None:
        """`named` are the sources themselves, as `_place` gives them."""
        self._corpus = corpus
        self._named = named
        self._cleaning = cleaning
        self._run = run
        self._kinds: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._blocked: int | None = None

    def settle(self, found: Capture | SourceError) -> Outcome:
        """Brings one page to its end."""
        outcome = self._unread(found) if isinstance(found, SourceError) else self._read(found)
        self._kinds[outcome.kind] += 1
        if outcome.kind == "skipped":
            self._reasons[(outcome.reason or "").partition(": ")[0]] += 1
        return outcome

    def _unread(self, error: SourceError) -> Outcome:
        """A page that could not be had."""
        named = self._is_named(error.url)
        if named:
            self._blocked = self._blocked or error.exit_code
        if isinstance(error, NotAllowed) and error.rule == "redirect":
            return self._reject("skipped", error.url, f"redirect: {error.message}", error)
        if isinstance(error, NotAllowed):
            return self._reject("skipped", error.url, f"not allowed: {error.rule}", error)
        if isinstance(error, PageMissing) and not named:
            return self._reject("skipped", error.url, "gone (410)" if error.gone else "missing (404)", error)
        return self._reject("failed", error.url, error.message, error)

    def _read(self, capture: Capture) -> Outcome:
        """A page that came: cleaned, looked at, and written."""
        url = capture.url or capture.source.path or "standard input"
        try:
            article = clean_capture(
                capture,
                profiles=[Path(profile) for profile in self._cleaning.profiles],
                without_profiles=self._cleaning.without_profiles,
            )
        except CleanError as error:
            named = self._is_named(url, capture.source.path, *capture.redirects)
            return self._reject("failed" if named else "skipped", url, f"not a page: {error}", error)
        except WikigleanError:
            raise
        except Exception as error:
            return self._reject("failed", url, unforeseen(error), error)
        reason = self._unwanted(article)
        return self._reject("skipped", url, reason) if reason else self._corpus.write(article)

    def _unwanted(self, article: Article) -> str | None:
        """Why the article does not belong into the corpus, if so."""
        if article.kind == "redirect":
            return "redirect"
        if "challenge-page" in article.quality.flags:
            return "challenge page"
        if not article.text.strip():
            return "no text"
        known = self._corpus.written_now(identifier_of(article))
        return f"duplicate: the same article as {known.url}" if known else None

    def _reject(self, kind: str, url: str, reason: str, error: Exception | None = None) -> Outcome:
        name = type(error).__name__ if error else None
        rejection = Outcome(kind="failed" if kind == "failed" else "skipped", url=url, reason=reason, error=name)
        return self._corpus.reject(rejection)

    def _is_named(self, *places: str | None) -> bool:
        return any(_place(place) in self._named for place in places if place)

    def report(self, stopped_by: int | None) -> RunReport:
        """The sums."""
        counts = Counts(**self._kinds)
        return RunReport(
            run=self._run,
            counts=counts,
            skipped=dict(self._reasons.most_common()),
            failures=self._corpus.failures(self._run),
            stopped_by=stopped_by,
            exit_code=self._exit_code(counts, stopped_by),
        )

    def _exit_code(self, counts: Counts, stopped_by: int | None) -> int:
        if stopped_by is not None:
            return 128 + stopped_by
        if counts.written + counts.unchanged == 0 and self._blocked is not None:
            return self._blocked
        if counts.seen == 0:
            return _NOTHING_CAME
        return 1 if counts.failed else 0


def _manifest(sources: Sequence[str], options: SourceOptions, cleaning: Cleaning) -> Manifest:
    """What `corpus.toml` is to remember of this run."""
    return Manifest(
        sources=tuple(sources),
        scope=Scope(
            limit=options.limit,
            depth=options.depth,
            include=tuple(options.include),
            exclude=tuple(options.exclude),
            base_url=options.base_url,
        ),
        fetching=Fetching(contact=options.contact, rate=options.rate),
        cleaning=cleaning,
    )


def _place(source: str) -> str:
    """A source as its pages and errors may name it; only for comparing, so that spellings of one address are equal."""
    try:
        parts = urlsplit(source)
        if parts.scheme not in ("http", "https"):
            return str(Path(source))
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except ValueError:
        return source
    return f"{parts.scheme}://{parts.hostname}:{port}{unquote(parts.path or '/')}?{unquote(parts.query)}"


class _Stopped(BaseException):
    """A signal asks the run to end. No `Exception`, so that nobody takes it for a page's."""


class _Signals:
    """SIGINT and SIGTERM while a run is at work: held back while a page is written, else they end it at once."""

    def __init__(self) -> None:
        """No signal yet."""
        self.received: int | None = None
        self._holding = False

    def arrive(self, number: int, _frame: FrameType | None) -> None:
        """The handler. A second signal doesn't wait: whoever sends it has seen the page hang."""
        again, self.received = self.received is not None, number
        if again or not self._holding:
            raise _Stopped

    @contextmanager
    def held(self) -> Generator[None]:
        """Lets the page in hand be finished."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
        if self.received is not None:
            raise _Stopped


@contextmanager
def _signals() -> Generator[_Signals]:
    """Takes the two signals over, unless they are ignored (nohup) or this is not the main thread, which gets them."""
    signals = _Signals()
    if threading.current_thread() is not threading.main_thread():
        yield signals
        return
    former = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number, handler in former.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, signals.arrive)
    try:
        yield signals
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
