"""The main job on bundled pages: crawl a small site, show one article beside what was removed, crawl again.

    python3 demo/run.py

Needs Python 3.11 or newer and nothing else: it makes its own virtual environment in `.venv`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from environment import ROOT, prepared_python
from site_pages import serve

CORPUS = ROOT / "demo-corpus"


def main() -> int:
    """0 if both crawls did what they should."""
    python = prepared_python()
    shutil.rmtree(CORPUS, ignore_errors=True)
    server, address = serve()
    crawl = [python, "-m", "wikiglean", "crawl", address, "--out", str(CORPUS), "--rate", "50"]
    try:
        print(f"$ wikiglean crawl {address} --out demo-corpus\n", flush=True)
        first = subprocess.run(crawl, check=False, stdin=subprocess.DEVNULL)
        articles_before = contents_of_articles()
        page = address + "archive/ottoman-history.html"
        print(f"\n$ wikiglean inspect {page}\n", flush=True)
        shown = subprocess.run([python, "-m", "wikiglean", "inspect", page], check=False, stdin=subprocess.DEVNULL)
        print("\nThe same crawl again: nothing has changed, so nothing is written.\n", flush=True)
        second = subprocess.run(crawl, check=False, stdin=subprocess.DEVNULL)
        print("\n$ wikiglean status demo-corpus\n", flush=True)
        status = subprocess.run(
            [python, "-m", "wikiglean", "status", str(CORPUS)], check=False, stdin=subprocess.DEVNULL
        )
    finally:
        server.shutdown()
        server.server_close()
    print(f"\n{len(articles_before)} articles, one JSON file each:")
    for article in articles_before:
        print(f"  {article}")
    if not articles_before:
        print("The crawl wrote no article.", file=sys.stderr)
        return 1
    if articles_before != contents_of_articles():
        print("The second crawl changed an article, and should not have.", file=sys.stderr)
        return 1
    return max(first.returncode, shown.returncode, second.returncode, status.returncode)


def contents_of_articles() -> dict[str, tuple[bytes, int]]:
    """Every article of the corpus: its bytes, and when they were written, in nanoseconds."""
    files = sorted((CORPUS / "articles").rglob("*.json"))
    return {str(file.relative_to(ROOT)): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


if __name__ == "__main__":
    sys.exit(main())
