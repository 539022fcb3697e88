#!/bin/bash
# A real MoinMoin 2.0 beta wiki (pip) on 127.0.0.1, for tests.
#
#   moin2.sh start PORT DIR     install into DIR/venv and build (first time
#                              only), serve, print the base URL
#   moin2.sh edit DIR PAGE      save standard input as a new version of PAGE
#   moin2.sh stop DIR           end the server; DIR stays (rm -r to reset)
#
# Pages: content/moin2/NAME.txt (Moin wiki markup). URLs: /NAME, /+get/NAME (source),
# /+history/NAME, /+index, /Home (the welcome page that Moin brings).
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CONTENT=${WIKI_CONTENT:-$HERE/content}

die() { echo "moin2.sh: $*" >&2; exit 1; }
alive() { [ -s "$1/server.pid" ] && kill -0 "$(cat "$1/server.pid")" 2>/dev/null; }

put() {         # DIR NAME FILE: a revision; the item id is made from the name
    local meta; meta=$(mktemp)
    python3 - "$2" "$meta" "$3" <<'PY'
import json, os, sys, uuid
json.dump({"name": [sys.argv[1]], "namespace": "", "itemtype": "default", "rev_number": 1,
           "itemid": uuid.uuid5(uuid.NAMESPACE_URL, sys.argv[1]).hex, "revid": uuid.uuid4().hex,
           "contenttype": "text/x.moin.wiki;charset=utf-8", "mtime": 1577836800, "action": "SAVE",
           "size": len(open(sys.argv[3], "rb").read().replace(b"\n", b"\r\n"))},   # Moin stores CRLF
          open(sys.argv[2], "w"))
PY
    ( cd "$1/wiki" && "$1/venv/bin/moin" item-put -m "$meta" -d "$3" ); rm -f "$meta"
}

build() {       # DIR
    rm -rf "$1/venv" "$1/wiki"
    python3 -m venv "$1/venv"
    "$1/venv/bin/pip" install -q --disable-pip-version-check --pre moin==2.0.0b5
    "$1/venv/bin/moin" create-instance --path "$1/wiki"
    ( cd "$1/wiki" && "$1/venv/bin/moin" index-create && "$1/venv/bin/moin" welcome )
    for page in "$CONTENT"/moin2/*.txt; do put "$1" "$(basename "$page" .txt)" "$page"; done
}

case "${1:-}/$#" in
start/3)
    mkdir -p "$3"; port=$2; dir=$(cd "$3" && pwd)
    if ! alive "$dir"; then
        if [ ! -e "$dir/built" ]; then
            exec 3>&2
            trap '[ -e "$dir/built" ] || echo "moin2.sh: build failed, see $dir/build.log" >&3' EXIT
            build "$dir" >"$dir/build.log" 2>&1
            touch "$dir/built"; exec 3>&-      # the server must not inherit it
        fi
        echo "$port" >"$dir/port"
        cd "$dir/wiki"
        setsid "$dir/venv/bin/moin" run -h 127.0.0.1 -p "$port" >"$dir/server.log" 2>&1 </dev/null &
        echo $! >"$dir/server.pid"
        ok=
        for _ in $(seq 200); do
            if curl -sf -o /dev/null "http://127.0.0.1:$port/Home"; then ok=1; break; fi
            alive "$dir" || break
            sleep 0.1
        done
        [ -n "$ok" ] || die "no answer, see $dir/server.log"
    fi
    echo "http://127.0.0.1:$(cat "$dir/port")/" ;;
edit/3)
    dir=$(cd "$2" && pwd); text=$(mktemp); cat >"$text"; put "$dir" "$3" "$text"; rm -f "$text" ;;
stop/2)
    if alive "$2"; then kill -- "-$(cat "$2/server.pid")"; fi
    rm -f "$2/server.pid" ;;
*)  die "usage: start PORT DIR | edit DIR PAGE | stop DIR" ;;
esac
