"""Golden articles: what `clean` makes of each fixture page, in a file beside it, so that a diff shows what changed.

    python tests/golden.py --write      cleans every page again and writes its golden file
    python tests/golden.py --check      says which golden files differ, are missing or left over; exit code 1 if any

Read the diff before committing it: a golden file says what the cleaners do, `NAME.expect.toml` what they should do.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from wikiglean.article import Article
from wikiglean.cleaners import clean

FIXTURES = Path(__file__).resolve().parent / "fixtures"
PARTS = ("drupal-bodies", "drupal-frames")
"""Folders of parts that pages are put together from."""
SUFFIX = ".article.json"


def pages() -> list[Path]:
    """The fixture pages, sorted."""
    found = [*FIXTURES.glob("*/*.html"), *FIXTURES.glob("*/*.txt")]
    return sorted(page for page in found if page.parent.name not in PARTS)


def golden_of(page: Path) -> Path:
    """The golden file of a page; its whole name is kept, for `x.html` and `x.txt` may stand side by side."""
    return page.with_name(page.name + SUFFIX)


def leftover() -> list[Path]:
    """Golden files whose page is gone."""
    return sorted(set(FIXTURES.rglob("*" + SUFFIX)) - {golden_of(page) for page in pages()})


def article_of(page: Path) -> Article:
    """The page's article, under an address that is the same on every machine."""
    return clean(
        page.read_bytes(),
        url=f"https://fixtures.example/{page.parent.name}/{page.name}",
        content_type="text/plain; charset=utf-8" if page.suffix == ".txt" else "text/html; charset=utf-8",
    )


def golden_text(page: Path) -> str:
    """What the golden file of a page has to hold. Provenance is left out: it changes with every version."""
    fields = article_of(page).to_dict()
    del fields["provenance"]
    return json.dumps(fields, indent=1, ensure_ascii=False) + "\n"


def write() -> int:
    """Writes all golden files and deletes those whose page is gone; gives the number that changed."""
    changed = 0
    for page in pages():
        golden, text = golden_of(page), golden_text(page)
        if not golden.exists() or golden.read_text(encoding="utf-8") != text:
            golden.write_text(text, encoding="utf-8", newline="\n")
            changed += 1
    for stray in leftover():
        stray.unlink()
        changed += 1
    return changed


def complaints() -> list[str]:
    """One line for each golden file that is not as it should be."""
    lines = [f"{stray.relative_to(FIXTURES)}: its page is gone" for stray in leftover()]
    for page in pages():
        golden = golden_of(page)
        if not golden.exists():
            lines.append(f"{golden.relative_to(FIXTURES)}: missing")
        elif golden.read_text(encoding="utf-8") != golden_text(page):
            lines.append(f"{golden.relative_to(FIXTURES)}: differs")
    return lines


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true", help="write the golden files")
    mode.add_argument("--check", action="store_true", help="compare them")
    if parser.parse_args().write:
        print(f"{write()} golden files changed", file=sys.stderr)
        return 0
    lines = complaints()
    print("\n".join(lines) or "all golden files are as written", file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
