"""Everything that wikiglean raises, in one small tree.

    WikigleanError
    ├── CleanError            a page can't be made into an article at all
    ├── ProfileError          an engine profile has a wrong key, value or selector
    ├── SourceError           a source can't be read
    │   ├── PageMissing       404 or 410
    │   ├── NotAllowed        robots.txt, the scope or the address forbids it
    │   ├── TooManyRequests   429 or 503: the host asks for a pause
    │   ├── PageTooLarge      beyond the size limit, before or after decompression
    │   └── SourceUnavailable no answer, cut off, past the deadline, broken archive
    ├── CorpusError           the corpus on disk can't be used as it is
    │   └── CorpusLocked      another process is at work on it
    └── ConfigurationError    a setting is missing or wrong

A message says what happened, where, and what to do. The page that a rejection concerns is a result, not an error:
see `wikiglean.crawl`. `exit_code` is what the command line ends with when the error reaches it (sysexits.h).
"""

from __future__ import annotations

__all__ = [
    "CleanError",
    "ConfigurationError",
    "CorpusError",
    "CorpusLocked",
    "NotAllowed",
    "PageMissing",
    "PageTooLarge",
    "ProfileError",
    "SourceError",
    "SourceUnavailable",
    "TooManyRequests",
    "WikigleanError",
]


class WikigleanError(Exception):
    """Base of all errors that wikiglean raises on purpose."""

    exit_code = 1


class CleanError(WikigleanError):
    """The input is no page (a picture, an archive, not text). Skip it; trying again gives the same."""

    exit_code = 1


class ProfileError(WikigleanError):
    """An engine profile is wrong. Correct the named key of the named file."""

    exit_code = 78

    def __init__(self, message: str, *, file: str, key: str | None = None) -> None:
        """Name the profile's `file` and, where one is to blame, its `key`."""
        super().__init__(f"{file}: {key}: {message}" if key else f"{file}: {message}")
        self.file = file
        self.key = key


class SourceError(WikigleanError):
    """A source, or one page of it, can't be read."""

    exit_code = 69

    def __init__(self, message: str, *, url: str) -> None:
        """Name the `url` (or path) that the message is about."""
        super().__init__(f"{url}: {message}")
        self.url = url
        self.message = message


class PageMissing(SourceError):
    """The server says that the page does not exist. Don't ask again soon; `gone` (410) means never."""

    def __init__(self, message: str, *, url: str, gone: bool = False) -> None:
        """`gone` is true for 410."""
        super().__init__(message, url=url)
        self.gone = gone


class NotAllowed(SourceError):
    """robots.txt, the scope or the address forbids the request. `rule` says which; nothing was sent."""

    def __init__(self, message: str, *, url: str, rule: str) -> None:
        """`rule` is the line of robots.txt, or the name of our own rule."""
        super().__init__(message, url=url)
        self.rule = rule


class TooManyRequests(SourceError):
    """The host asks for a pause. Wait `retry_after` seconds, then go on; the whole host is paused meanwhile."""

    exit_code = 75

    def __init__(self, message: str, *, url: str, retry_after: float) -> None:
        """`retry_after` is in seconds from now."""
        super().__init__(message, url=url)
        self.retry_after = retry_after


class PageTooLarge(SourceError):
    """The answer is larger than the limit (or decompresses to more). Raise the limit if the page is worth it."""


class SourceUnavailable(SourceError):
    """No answer, a cut connection, a deadline passed, or an archive that can't be read. Try later."""


class CorpusError(WikigleanError):
    """The corpus can't be read or written: disk full, read-only, not a corpus, from a newer version."""

    exit_code = 74

    def __init__(self, message: str, *, path: str) -> None:
        """Name the `path` of the corpus or of the file in it."""
        super().__init__(f"{path}: {message}")
        self.path = path


class CorpusLocked(CorpusError):
    """Another process is at work on the corpus. Wait until it ends; nothing was changed."""

    exit_code = 75


class ConfigurationError(WikigleanError):
    """A setting is missing or wrong; the message names it and says how to set it."""

    exit_code = 78
