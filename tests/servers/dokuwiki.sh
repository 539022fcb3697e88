#!/bin/bash
# A real DokuWiki 2022-07-31a (Debian 12) on 127.0.0.1 for tests.
#
#   dokuwiki.sh start PORT DIR   install what is missing, copy the wiki into
#                                DIR (first time only), serve it, print the base
#                                URL; a second start does nothing
#   dokuwiki.sh edit DIR PAGE    save standard input as a new revision of PAGE
#   dokuwiki.sh stop DIR         end the server; DIR stays (rm -r to reset)
#
# Needs root for apt, and to read Debian's data folder. Pages come from
# content/dokuwiki/ beside this file and are dated 2020-01-01T00:00:00Z.
# URLs: /PAGE or /NAMESPACE:PAGE, also /doku.php?id=PAGE; ?do=export_xhtml,
# ?do=export_raw, ?do=revisions, /feed.php, /lib/exe/xmlrpc.php (off).
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CONTENT=${WIKI_CONTENT:-$HERE/content}
PACKAGES="dokuwiki php-cli php-xml php-mbstring php-intl php-gd curl"

die() { echo "dokuwiki.sh: $*" >&2; exit 1; }
alive() { [ -s "$1/server.pid" ] && kill -0 "$(cat "$1/server.pid")" 2>/dev/null; }

packages() {    # apt only when a package is missing
    dpkg -s $PACKAGES >/dev/null 2>&1 && return
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # first what satisfies "httpd" and "php", so that apt brings no Apache
    apt-get install -qq -y --no-install-recommends nginx-light php-fpm
    apt-get install -qq -y --no-install-recommends $PACKAGES
}

build() {       # DIR: Debian spreads DokuWiki over /etc, /usr and /var; put the
                # upstream layout together again in DIR/app
    local app=$1/app
    rm -rf "$app"; mkdir -p "$app"
    cp -rL /usr/share/dokuwiki/{doku,feed,index}.php /usr/share/dokuwiki/{VERSION,bin,inc,lib,vendor} "$app/"
    rm -f "$app/inc/preload.php"
    mkdir "$app/conf"
    find /etc/dokuwiki -maxdepth 1 -type f \( -name '*.conf' -o -name '*.php' -o -name '*.css' -o -name '*.json' \) \
        ! -name apache.conf ! -name lighttpd.conf ! -name local.php -exec cp {} "$app/conf/" \;
    cp "$HERE/dokuwiki/local.php" "$app/conf/local.php"
    mkdir -p "$app"/data/{attic,cache,index,locks,log,media,media_attic,media_meta,meta,pages,tmp}
    cp -r "$CONTENT/dokuwiki/." "$app/data/pages/"
    find "$app/data" -exec touch -d 2020-01-01T00:00:00Z {} +
    ( cd "$app/bin" && php indexer.php -q )
}

serve() {       # PORT DIR; setsid: stop ends the workers with the server
    PHP_CLI_SERVER_WORKERS=${WORKERS:-4} setsid php -d display_errors=0 -d log_errors=1 -d expose_php=0 \
        -d date.timezone=UTC -S "127.0.0.1:$1" -t "$2/app" "$HERE/dokuwiki/router.php" \
        >"$2/server.log" 2>&1 </dev/null &
    echo $! >"$2/server.pid"
    for _ in $(seq 100); do
        curl -sf -o /dev/null "http://127.0.0.1:$1/start" && return
        alive "$2" || break
        sleep 0.1
    done
    die "no answer, see $2/server.log"
}

case "${1:-}/$#" in
start/3)
    mkdir -p "$3"; port=$2; dir=$(cd "$3" && pwd)
    if ! alive "$dir"; then
        packages >"$dir/apt.log" 2>&1 || die "apt failed, see $dir/apt.log"
        if [ ! -e "$dir/built" ]; then
            exec 3>&2
            trap '[ -e "$dir/built" ] || echo "dokuwiki.sh: build failed, see $dir/build.log" >&3' EXIT
            build "$dir" >"$dir/build.log" 2>&1
            touch "$dir/built"; exec 3>&-      # the server must not inherit it
        fi
        echo "$port" >"$dir/port"
        serve "$port" "$dir"
    fi
    echo "http://127.0.0.1:$(cat "$dir/port")/" ;;
edit/3)
    dir=$(cd "$2" && pwd); text=$(mktemp); cat >"$text"
    php "$dir/app/bin/dwpage.php" commit -m edit "$text" "$3"; rm -f "$text" ;;
stop/2)
    if alive "$2"; then kill -- "-$(cat "$2/server.pid")"; fi
    rm -f "$2/server.pid" ;;
*)  die "usage: start PORT DIR | edit DIR PAGE | stop DIR" ;;
esac
