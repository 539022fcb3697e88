"""A server that misbehaves on request, and a clock that does not make anybody wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

Page = Callable[["Exchange"], None]


class Exchange(BaseHTTPRequestHandler):
    """One connection to the server; a page is a function of it."""

    protocol_version = "HTTP/1.1"
    server: Server  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers.items())))
        page = self.server.pages.get(self.path) or self.server.pages.get("*")
        try:
            if page is None:
                self.give(b"no such page", status=404)
            else:
                page(self)
        except OSError:
            self.close_connection = True

    def give(self, body: bytes, kind: str | None = "text/html", status: int = 200, **headers: str) -> None:
        """An ordinary answer."""
        self.send_response(status)
        if kind is not None:
            self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


class Server(ThreadingHTTPServer):
    """Pages by path, `*` for all others; `seen` are the requests, path and headers."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), Exchange)

    def handle_error(self, request: object, client_address: object) -> None:
        """Connections that the client cuts are what these tests are about."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [path for path, _ in self.seen if path != "/robots.txt"]

    def html(self, path: str, *links: str) -> None:
        """A page of links."""
        body = "".join(f'<p><a href="{link}">x</a></p>' for link in links).encode()
        self.pages[path] = lambda exchange: exchange.give(body)

    def text(self, path: str, body: bytes, kind: str | None = "text/plain", status: int = 200, **headers: str) -> None:
        self.pages[path] = lambda exchange: exchange.give(body, kind, status, **headers)


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.time

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def clock() -> Clock:
    return Clock()
