"""A wiki on loopback, and the command as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

COMMAND = [sys.executable, "-m", "wikiglean"]


class Wiki:
    """A web server whose pages are in `pages`: path to HTML, or to the status of an error."""

    def __init__(self) -> None:
        self.pages: dict[str, str | int] = {"/robots.txt": "User-agent: *\nDisallow: /wiki/Private\n"}
        self.requests: list[str] = []
        self.seconds = 0.0
        self._closing = threading.Event()
        wiki = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wiki.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def url(self) -> str:
        """The address of the server, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def page(self, name: str, *links: str, text: str = "") -> None:
        """A page at `/wiki/NAME`, with links to other pages."""
        anchors = " ".join(f'<a href="/wiki/{link}">{link}</a>' for link in links)
        words = text or f"The article about {name} has a sentence or two of its own, and says so."
        self.pages[f"/wiki/{name}"] = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title></head>'
            f"<body><main><h1>{name}</h1><p>{words}</p><p>See {anchors}</p></main></body></html>"
        )

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.requests.append(handler.path)
        page = self.pages.get(handler.path, 404)
        if handler.path != "/robots.txt":
            self._closing.wait(self.seconds)
        body = b"" if isinstance(page, int) else page.encode()
        handler.send_response(page if isinstance(page, int) else 200)
        kind = "text/plain" if handler.path.endswith(".txt") else "text/html; charset=utf-8"
        handler.send_header("Content-Type", "image/png" if handler.path.endswith(".png") else kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    wiki = Wiki()
    yield wiki
    wiki.close()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `wikiglean` with the arguments given, in `tmp_path`."""

    def run(*arguments: str | Path, stdin: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        result = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            input=stdin or b"",
            capture_output=True,
            timeout=120,
            check=False,
            cwd=tmp_path,
            env=os.environ | {"COLUMNS": "100", "PYTHONWARNINGS": "error"} | environment,
        )
        stdout, stderr = result.stdout.decode(), result.stderr.decode()
        assert "Traceback" not in stderr, stderr
        return subprocess.CompletedProcess(result.args, result.returncode, stdout, stderr)

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page of a wiki with an edit link, a note and a search form."""
    path = tmp_path / "page.html"
    path.write_text(
        """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hovde – Sund Wiki</title>
        <meta name="generator" content="MediaWiki 1.39.17"></head><body class="mediawiki">
        <div id="content" class="mw-body" role="main"><h1 id="firstHeading" class="firstHeading">Hovde</h1>
        <div id="bodyContent"><div id="mw-content-text"><div class="mw-parser-output">
        <p>Hovde is a <a href="/wiki/Town">town</a> by the sea.<sup id="cite_ref-1" class="reference"><a
        href="#cite_note-1">[1]</a></sup></p>
        <h2><span class="mw-headline" id="History">History</span><span class="mw-editsection">[<a
        href="/w/index.php?action=edit">edit</a>]</span></h2>
        <p>It burned in 1833, and was built again.</p>
        <ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><a href="#cite_ref-1">↑</a></span>
        <span class="reference-text">Ibe, K. <i>Towns</i>, 2009.</span></li></ol>
        </div></div></div></div><div id="mw-navigation"><form id="searchform"><label>Search</label></form></div>
        </body></html>""",
        encoding="utf-8",
    )
    return path
