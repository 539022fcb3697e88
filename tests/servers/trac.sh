#!/bin/bash
# A real Trac wiki (pip) on 127.0.0.1, SQLite, for tests.
#
#   trac.sh start PORT DIR [VERSION]   install into DIR/venv and build (first
#                              time only), serve, print the base URL; 1.6, or
#                              one that needs PYTHON2 (1.0.20, 0.12.7)
#   trac.sh edit DIR PAGE      save standard input as a new version of PAGE
#   trac.sh stop DIR           end the server; DIR stays (rm -r to reset)
#
# Pages: content/trac/NAME.txt. URLs: /wiki/NAME, ?format=txt (source),
# ?action=history, ?version=1, /wiki/TitleIndex, /timeline?format=rss.
# Trac brings about 40 help pages of its own (WikiFormatting and so on).
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CONTENT=${WIKI_CONTENT:-$HERE/content}

die() { echo "trac.sh: $*" >&2; exit 1; }
alive() { [ -s "$1/server.pid" ] && kill -0 "$(cat "$1/server.pid")" 2>/dev/null; }

build() {       # DIR VERSION
    rm -rf "$1/venv" "$1/env"
    if [ "$2" = 1.6 ]; then
        python3 -m venv "$1/venv"
        # Trac 1.6 imports pkg_resources, which newer setuptools lack
        "$1/venv/bin/pip" install -q --disable-pip-version-check 'setuptools<70' "trac==$2" pygments
    else
        "${PYTHON2:-python2.7}" -m virtualenv -q "$1/venv"
        # older ones use features that setuptools 36 dropped
        "$1/venv/bin/pip" install -q --disable-pip-version-check 'setuptools<36' "Trac==$2" 'pygments<2.6'
    fi
    "$1/venv/bin/trac-admin" "$1/env" initenv "Sound Trac" sqlite:db/trac.db
    for page in "$CONTENT"/trac/*.txt; do
        "$1/venv/bin/trac-admin" "$1/env" wiki import "$(basename "$page" .txt)" "$page"
    done
}

case "${1:-}/$#" in
start/3|start/4)
    mkdir -p "$3"; port=$2; version=${4:-1.6}; dir=$(cd "$3" && pwd)
    if ! alive "$dir"; then
        if [ ! -e "$dir/built" ]; then
            exec 3>&2
            trap '[ -e "$dir/built" ] || echo "trac.sh: build failed, see $dir/build.log" >&3' EXIT
            build "$dir" "${version}" >"$dir/build.log" 2>&1
            touch "$dir/built"; exec 3>&-      # the server must not inherit it
        fi
        echo "$port" >"$dir/port"
        setsid "$dir/venv/bin/tracd" -s --hostname 127.0.0.1 -p "$port" "$dir/env" \
            >"$dir/server.log" 2>&1 </dev/null &
        echo $! >"$dir/server.pid"
        ok=
        for _ in $(seq 100); do
            if curl -sf -o /dev/null "http://127.0.0.1:$port/wiki"; then ok=1; break; fi
            alive "$dir" || break
            sleep 0.1
        done
        [ -n "$ok" ] || die "no answer, see $dir/server.log"
    fi
    echo "http://127.0.0.1:$(cat "$dir/port")/" ;;
edit/3)
    text=$(mktemp); cat >"$text"
    "$2/venv/bin/trac-admin" "$2/env" wiki import "$3" "$text"; rm -f "$text" ;;
stop/2)
    if alive "$2"; then kill -- "-$(cat "$2/server.pid")"; fi
    rm -f "$2/server.pid" ;;
*)  die "usage: start PORT DIR [VERSION] | edit DIR PAGE | stop DIR" ;;
esac
