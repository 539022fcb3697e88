"""A small wiki-style site on loopback: pages that this project wrote, a redirect, a dead link and a robots.txt."""

from __future__ import annotations

import http.server
import threading
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures"

PAGES = {
    "/wiki/Hovde_Light": ("mediawiki-vector-2022/hovde-light.html", "text/html; charset=utf-8"),
    "/wiki/Cord_counting": ("mediawiki-vector-2022/cord-counting.html", "text/html; charset=utf-8"),
    "/node/1": ("drupal6-fourseasons/keld-light.html", "text/html; charset=utf-8"),
    "/archive/ottoman-history.html": ("seed/ottoman-history.html", "text/html; charset=utf-8"),
    "/archive/storm-bell.txt": ("flat/storm-bell.txt", "text/plain; charset=utf-8"),
}
START = (
    "<!DOCTYPE html><html lang=en><head><title>Start | Hovde pages</title></head><body><main><h1>Start</h1>"
    "<p>These pages come from a wiki, from a site that copied articles out of one, and from a folder of flattened "
    "text. They show what wikiglean does with each.</p><ul>{links}</ul></main></body></html>"
)
ROBOTS = "User-agent: *\nDisallow: /private/\n"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers from the table above."""

    def do_GET(self) -> None:
        """One page, a redirect, or 404."""
        if self.path == "/":
            paths = [*PAGES, "/wiki/Old_name", "/wiki/No_such_page", "/private/draft"]
            links = "".join(f'<li><a href="{path}">{path}</a></li>' for path in paths)
            self._send(200, START.format(links=links).encode(), "text/html; charset=utf-8")
        elif self.path == "/robots.txt":
            self._send(200, ROBOTS.encode(), "text/plain")
        elif self.path == "/wiki/Old_name":
            self.send_response(301)
            self.send_header("Location", "/wiki/Hovde_Light")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path in PAGES:
            name, kind = PAGES[self.path]
            self._send(200, (FIXTURES / name).read_bytes(), kind)
        else:
            self._send(404, b"<!DOCTYPE html><title>Not found</title><p>Not found", "text/html")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silence: the demonstration prints what matters."""


def serve() -> tuple[http.server.ThreadingHTTPServer, str]:
    """The site, running on a free port of 127.0.0.1, and its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/"
