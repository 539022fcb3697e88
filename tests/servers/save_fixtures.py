#!/usr/bin/env python3
"""Save the fixtures from running wikis: four MediaWikis, one a language, and other engines.

usage: save_fixtures.py [en=URL tr=URL ar=URL ja=URL] [FOLDER=URL ...]     (URLs as the scripts print them)

The address of the test server becomes https://wiki.example (or https://tr.wiki.example, ...), and what differs at every
request or build (times, request ids, the parser's report) is cut out, so that saving again shows real changes only.
"""

from __future__ import annotations

import re
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
TITLES = {
    "hovde-light": "Hovde Light",
    "peace-of-hovde": "Peace of Hovde",
    "cord-counting": "Cord counting",
    "human-check": "Human check",
    "hovde": "Hovde",
    "kavakdere": "Kavakdere",
    "wadi-al-rayhan": "وادي الريحان",
    "shiranezawa": "白根沢町",
}
DOKUWIKI = ("net_knots", "bell_buoys", "towns:skarn", "towns:kirazli")
OTHERS = {
    "dokuwiki-export": {"knots": "net_knots?do=export_xhtml"},
    "moinmoin-modern": {"ferry": "TernFerry", "tolls": "TernFerry/Tolls", "buoys": "BellBuoys"},
    "moinmoin-classic": {"ferry": "TernFerry"},
    "moinmoin-rightsidebar": {"tolls": "TernFerry/Tolls"},
    "moinmoin-modernized": {"ferry": "TernFerry", "tolls": "TernFerry/Tolls", "print": "TernFerry?action=print"},
    "moinmoin-2": {"ferry": "TernFerry", "tolls": "TernTolls", "buoys": "BellBuoys"},
    "trac-012": {"ferry": "wiki/TernFerry", "tolls": "wiki/TernTolls"},
    "trac-10": {"ferry": "wiki/TernFerry"},
    "trac-16": {"ferry": "wiki/TernFerry", "tolls": "wiki/TernTolls", "version": "wiki/TernFerry?version=1"},
    "otterwiki": {"ferry": "TernFerry", "tolls": "TernTolls", "buoys": "BellBuoys"},
}
"""Folder, page name and path, for the engines with one script each; the first part of a folder names the engine."""
LANGUAGES = {"kavakdere": "tr", "wadi-al-rayhan": "ar", "shiranezawa": "ja"}
VIEWS = {
    "vector-2022": ("hovde-light", "cord-counting", "kavakdere", "hovde"),
    "vector": ("peace-of-hovde", "human-check", "wadi-al-rayhan"),
    "monobook": ("hovde-light", "cord-counting", "shiranezawa"),
    "timeless": ("peace-of-hovde", "human-check", "kavakdere"),
    "minerva": ("hovde-light", "cord-counting", "wadi-al-rayhan"),
    "printable": ("peace-of-hovde", "human-check", "shiranezawa"),
    "parsoid": ("hovde-light", "peace-of-hovde", "cord-counting", "wadi-al-rayhan"),
}
UNSTABLE = (
    (r"<!-- ?\nNewPP limit report.*?-->", "", re.DOTALL),
    (r"<!--\nTransclusion expansion.*?-->", "", re.DOTALL),
    (r"<!-- Saved in parser cache.*?-->", "", re.DOTALL),
    (r"<script>[^<]*\bmw\.config\.set\(\{\"wgPageParseReport.*?</script>", "", re.DOTALL),
    (r'"wgRequestId":"[0-9a-f]+"', '"wgRequestId":"0"', 0),
    (r"(lib/exe/(?:css|js)\.php\?[^\"]*tseed=)[0-9a-f]+", r"\g<1>0", 0),
    (r"(lib/exe/taskrunner\.php\?[^\"]*&amp;)\d+", r"\g<1>0", 0),
    (r'"wgBackendResponseTime":\d+', '"wgBackendResponseTime":0', 0),
    (r"\b\d+ seconds?( ago)?</a>", r"7 seconds\g<1></a>", 0),
    (r"\d\d/\d\d/\d\d \d\d:\d\d:\d\d", "01/01/20 00:00:00", 0),
    (r"from=\d{4}-\d\d-\d\dT[0-9A-Za-z%:.+-]+", "from=2020-01-01T00%3A00%3A00Z", 0),
    (r"(ticket=)[0-9a-f.]{20,}", r"\g<1>0", 0),
    (r"\(cached \d{4}-\d\d-\d\d [\d:]+\)", "(cached 2020-01-01 00:00:00)", 0),
    (r"(csrf[_-]token\" (?:value|content)=\")[^\"]+", r"\g<1>0", 0),
    (r"Page: [\d.]+ ?ms", "Page: 1 ms", 0),
    (r"modified \d{4}-\d\d-\d\d [\d:]+z", "modified 2020-01-01 00:00:00z", 0),
    (r"__FORM_TOKEN[^>]*>|form_token\s*=\s*\"[0-9a-f]+\"", "", 0),
)  # fmt: skip


def address(base: str, view: str, title: str) -> str:
    """Where the wiki shows this page in this view."""
    name = quote(title.replace(" ", "_"), safe="")
    if view == "parsoid":
        return f"{base}rest.php/v1/page/{name}/html"
    if view == "printable":
        return f"{base}index.php?title={name}&printable=yes"
    return f"{base}index.php?title={name}&useskin={view}"


def settle(page: str, base: str, language: str) -> str:
    """The page without the test server's address and without what changes at every request."""
    host = "wiki.example" if language == "en" else f"{language}.wiki.example"
    port = base.rstrip("/").rpartition(":")[2]
    page = page.replace(f"http://127.0.0.1:{port}", f"https://{host}").replace(f"//127.0.0.1:{port}", f"//{host}")
    for pattern, new, flags in UNSTABLE:
        page = re.sub(pattern, new, page, flags=flags)
    return page


def save(folder: str, name: str, url: str, base: str, language: str) -> None:
    """One page; an answer that is not 200 ends the run."""
    target = FIXTURES / folder / f"{name}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    with urllib.request.urlopen(url, timeout=60) as answer:
        target.write_text(settle(answer.read().decode("utf-8"), base, language), encoding="utf-8")


def main(bases: dict[str, str]) -> None:
    """Save every view of the wikis that were named."""
    for view, names in VIEWS.items():
        for name in names:
            language = LANGUAGES.get(name, "en")
            if language in bases:
                url = address(bases[language], view, TITLES[name])
                save(f"mediawiki-{view}", name, url, bases[language], language)
    for folder, paths in OTHERS.items():
        if folder in bases:
            for name, path in paths.items():
                save(folder, name, bases[folder] + path, bases[folder], "en")
    if "dokuwiki" in bases:
        for page in DOKUWIKI:
            save("dokuwiki", page.rpartition(":")[2], bases["dokuwiki"] + page, bases["dokuwiki"], "en")


if __name__ == "__main__":
    main(dict(argument.split("=", 1) for argument in sys.argv[1:]))
