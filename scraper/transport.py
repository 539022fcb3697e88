"""The one module that opens sockets.

It sends one request, follows nothing, decodes nothing. Two promises hold here because nothing above could keep them:
the address is checked on the connection itself (names may resolve differently a moment later), and the deadline cuts
the connection, wherever it is (requests' own timeout begins anew with every few bytes that arrive).
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from wikiglean.errors import NotAllowed, SourceUnavailable
from wikiglean.scraper.address import host_of, is_public

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

__all__ = ["Answer", "RequestsTransport", "Transport"]

_CHUNK = 64 * 1024


class Answer(Protocol):
    """One response: its head is there, its body is still to come."""

    status: int
    headers: tuple[tuple[str, str], ...]

    def chunks(self) -> Iterator[bytes]:
        """The body as sent, content encoding not undone. Raises `SourceUnavailable`."""
        ...

    def close(self) -> None:
        """Ends the exchange, read or not."""
        ...


class Transport(Protocol):
    """Sends one GET request."""

    def send(self, url: str, headers: Mapping[str, str], seconds: float) -> Answer:
        """The answer, all of it within `seconds`. Raises `SourceUnavailable`, `NotAllowed`."""
        ...

    def addresses(self, host: str, seconds: float) -> tuple[str, ...]:
        """The IP addresses of `host`, none where the name is unknown."""
        ...

    def close(self) -> None:
        """Closes the connections."""
        ...


class RequestsTransport:
    """The real thing: a `requests` session with pooled connections. One exchange at a time."""

    def __init__(self, *, named_hosts: frozenset[str] = frozenset(), use_environment_proxies: bool = False) -> None:
        """`named_hosts` are the hosts that may be private ones."""
        self._named = frozenset(map(host_of, named_hosts))
        self._proxies = use_environment_proxies
        self._watch = _Watch()
        self._session: Session | None = None

    def send(self, url: str, headers: Mapping[str, str], seconds: float) -> Answer:
        """The answer to one GET request. Raises `SourceUnavailable` and `NotAllowed`."""
        import requests
        import urllib3

        session = self._session = self._session or _session(self._admits, self._watch, self._proxies)
        self._watch.begin(seconds)
        try:
            response = session.get(
                url, headers=dict(headers), stream=True, allow_redirects=False, timeout=max(seconds, 0.001)
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            expired = self._watch.end()
            refused = _refusal(error)
            if refused is not None:
                raise NotAllowed(
                    f"{refused}; name the host yourself if you mean it", url=url, rule="private address"
                ) from error
            raise SourceUnavailable(_sentence(error, expired, seconds), url=url) from error
        except BaseException:
            self._watch.end()
            raise
        return _RequestsAnswer(response, self._watch, seconds, url)

    def addresses(self, host: str, seconds: float) -> tuple[str, ...]:
        """The IP addresses of `host`, none where the name is unknown or nobody answers in `seconds`."""
        try:
            return tuple(str(place[4][0]) for place in _lookup(host_of(host), 0, seconds))
        except OSError:
            return ()

    def close(self) -> None:
        """Closes the connections."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _admits(self, host: str, address: str) -> bool:
        return host_of(host) in self._named or is_public(address)


class _RequestsAnswer:
    """An answer whose deadline goes on running until it is read or closed."""

    def __init__(self, response: Response, watch: _Watch, seconds: float, url: str) -> None:
        self._response = response
        self._watch = watch
        self._seconds = seconds
        self._url = url
        self.status = response.status_code
        self.headers = tuple((name.lower(), value) for name, value in response.raw.headers.items())

    def chunks(self) -> Iterator[bytes]:
        """The body as sent."""
        from urllib3.exceptions import HTTPError

        try:
            yield from self._response.raw.stream(_CHUNK, decode_content=False)
        except (HTTPError, OSError, ValueError) as error:
            raise SourceUnavailable(_sentence(error, self._watch.expired, self._seconds), url=self._url) from error
        if self._watch.expired:
            # To a body without a length the cut looks like its end.
            raise SourceUnavailable(_late(self._seconds), url=self._url)

    def close(self) -> None:
        """Ends the exchange."""
        self._watch.end()
        self._response.close()


class _RefusedError(OSError):
    """The address of the connection is none that may be asked."""


class _Watch:
    """Cuts the connection in use when time is up.

    It holds a duplicate of the socket, because TLS takes the original over, and the cut must work during its
    handshake too; and a duplicate of its own, because a connection that ends with its body is closed by `http.client`
    as soon as the head has come, while the body is still read.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._timer: threading.Timer | None = None
        self._turn = 0
        self.expired = False

    def begin(self, seconds: float) -> None:
        """Time runs from now."""
        self.end()
        self.expired = False
        self._timer = threading.Timer(seconds, self._cut, (self._turn,))
        self._timer.daemon = True
        self._timer.start()

    def on(self, guard: socket.socket) -> None:
        """This is the connection in use."""
        with self._lock:
            self._let_go()
            self._socket = guard.dup()
            turn, late = self._turn, self.expired
        if late:
            self._cut(turn)

    def end(self) -> bool:
        """Time stops; says whether it was up."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        with self._lock:
            self._let_go()
            # A timer that went off a moment ago and waits for the lock must not cut the next page's connection.
            self._turn += 1
        return self.expired

    def _let_go(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _cut(self, turn: int) -> None:
        with self._lock:
            if turn != self._turn:
                return
            self.expired = True
            if self._socket is not None:
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)


def _session(admits: Callable[[str, str], bool], watch: _Watch, proxies: bool) -> Session:
    """A session that connects through `_guarded` connections, keeps no cookies and reads no `.netrc`."""
    from http.cookiejar import DefaultCookiePolicy

    import requests

    session = requests.Session()
    session.trust_env = proxies
    # Whoever asks for the environment's proxies does not ask to log in with the names of `.netrc`.
    session.auth = _no_login
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("http://", "https://"):
        session.mount(scheme, _adapter(admits, watch))
    return session


def _no_login(request: PreparedRequest) -> PreparedRequest:
    return request


def _adapter(admits: Callable[[str, str], bool], watch: _Watch) -> Any:
    """An adapter of `requests` whose pools make guarded connections."""
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = _guarded(HTTPConnection, admits, watch)

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = _guarded(HTTPSConnection, admits, watch)

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
            self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **kwargs)
            self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": TlsPool}

    return Adapter()


def _guarded(base: Any, admits: Callable[[str, str], bool], watch: _Watch) -> Any:
    """A connection class that checks the address it connects to, and can be cut off at any moment."""

    class Guarded(base):  # type: ignore[misc]
        _guard: socket.socket | None = None

        def _new_conn(self) -> socket.socket:
            from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

            try:
                sock = _connect(self.host, self.port, self.timeout, admits)
            except _RefusedError:
                raise
            except TimeoutError as error:
                raise ConnectTimeoutError(self, "no connection in time") from error
            except OSError as error:
                raise NewConnectionError(self, f"no connection ({error})") from error
            for option in self.socket_options or ():
                sock.setsockopt(*option)
            self._guard = sock.dup()
            watch.on(self._guard)
            return sock

        def request(self, *args: Any, **kwargs: Any) -> None:
            if self._guard is not None:
                watch.on(self._guard)
            super().request(*args, **kwargs)  # pyright: ignore[reportUnknownMemberType]

        def close(self) -> None:
            super().close()  # pyright: ignore[reportUnknownMemberType]
            if self._guard is not None:
                self._guard.close()
                self._guard = None

    return Guarded


def _connect(host: str, port: int, seconds: Any, admits: Callable[[str, str], bool]) -> socket.socket:
    """A connection to the first admitted address of `host` that answers. Raises `OSError`."""
    wait = float(seconds) if isinstance(seconds, (int, float)) else 60.0
    failure: OSError = OSError(f"{host} has no address")
    for family, kind, protocol, _, place in _lookup(host_of(host), port, wait):
        if not admits(host, str(place[0])):
            failure = _RefusedError(f"{host} leads to {place[0]}, which is not a public address")
            continue
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(wait)
            sock.connect(place)
            return sock
        except OSError as error:
            sock.close()
            failure = error
    raise failure


def _lookup(host: str, port: int, seconds: float) -> list[tuple[Any, Any, int, str, Any]]:
    """`getaddrinfo` that gives up after `seconds`; it knows no timeout, so it runs on a thread of its own."""
    found: queue.SimpleQueue[list[tuple[Any, Any, int, str, Any]] | Exception] = queue.SimpleQueue()

    def look() -> None:
        try:
            found.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            found.put(error)

    threading.Thread(target=look, daemon=True).start()
    try:
        answer = found.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise TimeoutError(f"the name {host} was not looked up in time") from None
    if isinstance(answer, Exception):
        raise OSError(f"the name {host} is unknown ({answer})")
    return answer


def _refusal(error: BaseException) -> _RefusedError | None:
    """The refused address that `error` came from; the libraries wrap errors, also as arguments of others."""
    todo: list[object] = [error]
    for item in todo:
        if isinstance(item, _RefusedError):
            return item
        if isinstance(item, BaseException) and len(todo) < 50:
            todo += [item.__cause__, item.__context__, getattr(item, "reason", None), *item.args]
    return None


def _late(seconds: float) -> str:
    return f"no complete answer within {seconds:g} seconds; try later or raise the deadline"


def _sentence(error: BaseException, expired: bool, seconds: float) -> str:
    """What to tell of a failed exchange."""
    if expired or "timed out" in str(error).lower():
        return _late(seconds)
    return f"the connection failed ({error})"
