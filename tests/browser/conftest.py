"""A real browser, headless, driven by the WebDriver protocol (https://www.w3.org/TR/webdriver2/): Debian's chromium."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    # no name is ever asked for: what a page would load from elsewhere fails at once
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


class Browser:
    """A session of chromedriver."""

    def __init__(self, driver: str, profile: Path, *arguments: str, script: bool = True) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        options: dict[str, Any] = {"args": [*_ARGUMENTS, f"--user-data-dir={profile}", *arguments]}
        if not script:
            options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        answer = self._send("POST", f"{driver}/session", {"capabilities": {"alwaysMatch": wanted}})
        self._url = f"{driver}/session/{answer['sessionId']}"

    def _send(self, method: str, url: str, body: dict[str, Any] | None = None) -> Any:
        answer = self._session.request(method, url, json=body, timeout=120)
        value = answer.json()["value"]
        assert answer.ok, value
        return value

    def open(self, url: str) -> None:
        """Loads a page, to its end."""
        self._send("POST", f"{self._url}/url", {"url": url})

    def run(self, script: str, *arguments: object) -> Any:
        """What the body of a function gives in the page."""
        return self._send("POST", f"{self._url}/execute/sync", {"script": script, "args": list(arguments)})

    def click(self, selector: str) -> None:
        """Clicks the first such element, as a person would: it has to be in sight."""
        found = self._send("POST", f"{self._url}/element", {"using": "css selector", "value": selector})
        self._send("POST", f"{self._url}/element/{next(iter(found.values()))}/click", {})

    def press(self, keys: str) -> None:
        """Presses keys, one after the other."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self._send("POST", f"{self._url}/actions", {"actions": [source]})

    def resize(self, width: int, height: int) -> None:
        """Gives the page a size, below the least one of a window too."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.command("Emulation.setDeviceMetricsOverride", size)

    def command(self, name: str, parameters: dict[str, Any]) -> Any:
        """A command of chromium's own protocol."""
        return self._send("POST", f"{self._url}/goog/cdp/execute", {"cmd": name, "params": parameters})

    def complaints(self) -> list[str]:
        """What the browser's console says of the pages so far."""
        return [entry["message"] for entry in self._send("POST", f"{self._url}/se/log", {"type": "browser"})]

    def close(self) -> None:
        """Ends the browser."""
        self._send("DELETE", self._url)


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a chromedriver of our own."""
    chromedriver = shutil.which("chromedriver")
    if chromedriver is None or not (shutil.which("chromium") or shutil.which("google-chrome")):
        pytest.skip("no browser: install Debian's chromium and chromium-driver")
    log = tmp_path_factory.mktemp("chromedriver") / "log"
    with log.open("wb") as output:
        process = subprocess.Popen([chromedriver, "--port=0"], stdout=output, stderr=subprocess.STDOUT)
    try:
        yield f"http://127.0.0.1:{_port(process, log)}"
    finally:
        process.terminate()
        process.wait(30)


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    """The port that chromedriver chose; it says so when it is ready."""
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        words = log.read_text(encoding="utf-8", errors="replace").partition("successfully on port ")[2]
        if "." in words:
            return int(words.partition(".")[0])
        time.sleep(0.05)
    raise AssertionError(f"chromedriver did not start: {log.read_text(encoding='utf-8', errors='replace')}")


@pytest.fixture(scope="session")
def start(driver: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Browser]]:
    """Starts browsers that end with the tests."""
    started: list[Browser] = []

    def start(*arguments: str, script: bool = True) -> Browser:
        browser = Browser(driver, tmp_path_factory.mktemp("profile"), *arguments, script=script)
        started.append(browser)
        return browser

    yield start
    for browser in started:
        browser.close()


@pytest.fixture(scope="session")
def browser(start: Callable[..., Browser]) -> Browser:
    """One browser for all tests that don't need one of their own."""
    return start()


class Listener:
    """A server that remembers what it was asked for, and gives an empty answer."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.requests.append(self.path)
                self.send_response(204)
                self.end_headers()

            do_POST = do_GET  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def url(self) -> str:
        """The server's address, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Ends the server."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A server that pages may try to reach."""
    listener = Listener()
    yield listener
    listener.close()
