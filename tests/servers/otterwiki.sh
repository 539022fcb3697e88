#!/bin/bash
# A real An Otter Wiki 2.26 (pip; Markdown pages in a git repository) on
# 127.0.0.1, for tests.
#
#   otterwiki.sh start PORT DIR   install into DIR/venv and build (first time
#                                 only), serve, print the base URL
#   otterwiki.sh edit DIR PAGE    save standard input as a new commit of PAGE
#   otterwiki.sh stop DIR         end the server; DIR stays (rm -r to reset)
#
# Pages: content/otterwiki/name.md. URLs: /Name, /Name/source?raw, /Name/history,
# /-/index. Needs git.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CONTENT=${WIKI_CONTENT:-$HERE/content}

die() { echo "otterwiki.sh: $*" >&2; exit 1; }
alive() { [ -s "$1/server.pid" ] && kill -0 "$(cat "$1/server.pid")" 2>/dev/null; }

commit() {      # DIR MESSAGE: dates are fixed unless GIT_*_DATE is set
    git -C "$1/repo" -c user.name=Test -c user.email=test@example.com add -A
    git -C "$1/repo" -c user.name=Test -c user.email=test@example.com commit -q -m "$2"
}

build() {       # DIR
    rm -rf "$1/venv" "$1/repo" "$1/db.sqlite"
    python3 -m venv "$1/venv"
    "$1/venv/bin/pip" install -q --disable-pip-version-check otterwiki==2.26.1 gunicorn
    mkdir "$1/repo"; git -C "$1/repo" init -q
    cp "$CONTENT"/otterwiki/*.md "$1/repo/"
    GIT_AUTHOR_DATE=2020-01-01T00:00:00Z GIT_COMMITTER_DATE=2020-01-01T00:00:00Z commit "$1" "First version"
}

case "${1:-}/$#" in
start/3)
    mkdir -p "$3"; port=$2; dir=$(cd "$3" && pwd)
    if ! alive "$dir"; then
        if [ ! -e "$dir/built" ]; then
            exec 3>&2
            trap '[ -e "$dir/built" ] || echo "otterwiki.sh: build failed, see $dir/build.log" >&3' EXIT
            build "$dir" >"$dir/build.log" 2>&1
            touch "$dir/built"; exec 3>&-      # the server must not inherit it
        fi
        echo "$port" >"$dir/port"
        cat >"$dir/settings.cfg" <<CFG
REPOSITORY = '$dir/repo'
SQLALCHEMY_DATABASE_URI = 'sqlite:///$dir/db.sqlite'
SECRET_KEY = '00000000000000000000000000000000'
READ_ACCESS = WRITE_ACCESS = ATTACHMENT_ACCESS = 'ANONYMOUS'
SITE_URL = 'http://127.0.0.1:$port'
SITE_NAME = 'Sound Wiki'
CFG
        OTTERWIKI_SETTINGS=$dir/settings.cfg setsid "$dir/venv/bin/gunicorn" -w 2 --preload --no-control-socket \
            -b "127.0.0.1:$port" otterwiki.server:app >"$dir/server.log" 2>&1 </dev/null &
        echo $! >"$dir/server.pid"
        ok=
        for _ in $(seq 150); do
            if curl -sf -o /dev/null "http://127.0.0.1:$port/Home"; then ok=1; break; fi
            alive "$dir" || break
            sleep 0.1
        done
        [ -n "$ok" ] || die "no answer, see $dir/server.log"
    fi
    echo "http://127.0.0.1:$(cat "$dir/port")/" ;;
edit/3)
    cat >"$2/repo/$3.md"; commit "$2" edit ;;
stop/2)
    if alive "$2"; then kill -- "-$(cat "$2/server.pid")"; fi
    rm -f "$2/server.pid" ;;
*)  die "usage: start PORT DIR | edit DIR PAGE | stop DIR" ;;
esac
