#!/usr/bin/env python3
"""Pack saved pages into a WARC under any URL and date, so that an archive of any site can be replayed.

usage: pack.py OUT.warc.gz < LIST        (needs warcio: DIR/venv/bin/python of pywb.sh has it)

LIST has one capture a line: TIMESTAMP<TAB>URL<TAB>STATUS<TAB>TYPE<TAB>FILE, for instance
20090214120000  http://en.wiki.example/wiki/Hovde  200  text/html; charset=utf-8  hovde.html
FILE is "-" for no body; with status 301 or 302 it is the URL that the redirect leads to.
"""
# pyright: basic
# warcio has no types

from __future__ import annotations

import io
import sys
from datetime import datetime
from pathlib import Path
from typing import TextIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

REASONS = {
    "200": "OK",
    "301": "Moved Permanently",
    "302": "Found",
    "404": "Not Found",
    "500": "Internal Server Error",
}


def pack(out: Path, lines: TextIO) -> None:
    """Write one response record for each line."""
    with out.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for line in lines:
            stamp, url, status, kind, name = line.rstrip("\n").split("\t")
            headers, body = [("Content-Type", kind)], b""
            if status in ("301", "302"):
                headers.append(("Location", name))
            elif name != "-":
                body = Path(name).read_bytes()
            headers.append(("Content-Length", str(len(body))))
            moment = datetime.strptime(stamp, "%Y%m%d%H%M%S")
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                warc_headers_dict={"WARC-Date": moment.strftime("%Y-%m-%dT%H:%M:%SZ")},
                http_headers=StatusAndHeaders(f"{status} {REASONS.get(status, 'Other')}", headers, protocol="HTTP/1.1"),
            )
            writer.write_record(record)


if __name__ == "__main__":
    pack(Path(sys.argv[1]), sys.stdin)
