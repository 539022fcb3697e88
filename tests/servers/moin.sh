#!/bin/bash
# A real MoinMoin 1.9.11 wiki (pip, Python 2.7) on 127.0.0.1, for tests.
#
#   moin.sh start PORT DIR [THEME]   unpack and build in DIR (first time only),
#                                    serve in the theme modernized, modern,
#                                    classic or rightsidebar, print the base URL
#   moin.sh stop DIR                 end the server; DIR stays (rm -r to reset)
#
# PYTHON2 names a Python 2.7. Pages: content/moin/NAME.txt, where (2f) in a name
# is a slash. URLs: /NAME, ?action=print.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CONTENT=${WIKI_CONTENT:-$HERE/content}
VERSION=1.9.11

die() { echo "moin.sh: $*" >&2; exit 1; }
alive() { [ -s "$1/server.pid" ] && kill -0 "$(cat "$1/server.pid")" 2>/dev/null; }

build() {       # DIR
    rm -rf "$1/app"
    ( cd "$1" && "${PYTHON2:-python2.7}" -m pip download -q --no-deps --no-binary :all: "moin==$VERSION" )
    tar xzf "$1/moin-$VERSION.tar.gz" -C "$1" && mv "$1/moin-$VERSION" "$1/app"
    cat >"$1/app/wikiconfig_local.py" <<'PY'
import os
from wikiconfig import LocalConfig


class Config(LocalConfig):
    theme_default = os.environ["MOINTHEME"]
    theme_force = True
    sitename = logo_string = u"Sound Wiki"
    page_front_page = u"TernFerry"
    acl_rights_default = u"All:read"
    DesktopEdition = False
    navi_bar = [u"TernFerry", u"RecentChanges", u"FindPage", u"HelpContents"]
PY
    cat >"$1/app/wikiserverconfig_local.py" <<'PY'
import os
from wikiserverconfig import LocalConfig


class Config(LocalConfig):
    hostname = "127.0.0.1"
    port = int(os.environ["MOINPORT"])
PY
    for page in "$CONTENT"/moin/*.txt; do
        local name; name=$(basename "$page" .txt)
        mkdir -p "$1/app/wiki/data/pages/$name/revisions"
        echo 00000001 >"$1/app/wiki/data/pages/$name/current"
        sed 's/$/\r/' "$page" >"$1/app/wiki/data/pages/$name/revisions/00000001"
        printf '1262304000000000\t00000001\tSAVE\t%s\t127.0.0.1\t127.0.0.1\t\t\t\n' "$name" >"$1/app/wiki/data/pages/$name/edit-log"
    done
}

case "${1:-}/$#" in
start/3|start/4)
    mkdir -p "$3"; port=$2; dir=$(cd "$3" && pwd)
    if ! alive "$dir"; then
        if [ ! -e "$dir/built" ]; then build "$dir" >"$dir/build.log" 2>&1 || die "build failed, see $dir/build.log"; touch "$dir/built"; fi
        echo "$port" >"$dir/port"
        cd "$dir/app"
        MOINPORT=$port MOINTHEME=${4:-modernized} setsid "${PYTHON2:-python2.7}" wikiserver.py >"$dir/server.log" 2>&1 </dev/null &
        echo $! >"$dir/server.pid"
        ok=
        for _ in $(seq 200); do
            if curl -sf -o /dev/null "http://127.0.0.1:$port/TernFerry"; then ok=1; break; fi
            alive "$dir" || break
            sleep 0.1
        done
        [ -n "$ok" ] || die "no answer, see $dir/server.log"
    fi
    echo "http://127.0.0.1:$(cat "$dir/port")/" ;;
stop/2)
    if alive "$2"; then kill -- "-$(cat "$2/server.pid")"; fi
    rm -f "$2/server.pid" ;;
*)  die "usage: start PORT DIR [THEME] | stop DIR" ;;
esac
