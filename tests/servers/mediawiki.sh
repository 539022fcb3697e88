#!/bin/bash
# A real MediaWiki 1.39 (Debian 12) on 127.0.0.1, with SQLite, for tests.
#
#   mediawiki.sh start PORT DIR [LANGUAGE]
#                                     install what is missing, build the wiki
#                                     in DIR (first time only), serve it, print
#                                     the base URL; a second start does nothing.
#                                     LANGUAGE is the content's, en without
#   mediawiki.sh edit DIR TITLE       save standard input as a new revision
#   mediawiki.sh stop DIR             end the server; DIR stays (rm -r to reset)
#
# Needs root for apt only. Beside this file: mediawiki/ (settings, router, stub
# of the formula renderer) and content/mediawiki/ (pages.tsv lists
# "slug<TAB>title", slug.wikitext is the text), content/images/.
# First revisions are dated 2020-01-01T00:00:00Z, page and revision ids are the
# same at every build. Articles are at /wiki/TITLE; index.php, api.php, rest.php
# and load.php at the root. Admin's password: test-wiki-admin-1.
# A test may write DIR/extra.php (more settings) and DIR/robots.txt.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CONTENT=${WIKI_CONTENT:-$HERE/content}
MW=/usr/share/mediawiki
SKINS=MinervaNeue,MonoBook,Timeless,Vector
EXTENSIONS=CategoryTree,Cite,CiteThisPage,ImageMap,InputBox,Interwiki,Math,PageImages,ParserFunctions,Poem,Scribunto,SyntaxHighlight_GeSHi,TemplateData,TextExtracts,WikiEditor
PACKAGES="mediawiki php-cli php-sqlite3 php-mbstring php-xml php-intl php-apcu php-gd php-curl python3-pygments lua5.1 curl sqlite3"

die() { echo "mediawiki.sh: $*" >&2; exit 1; }
alive() { [ -s "$1/server.pid" ] && kill -0 "$(cat "$1/server.pid")" 2>/dev/null; }

packages() {    # apt only when a package is missing
    dpkg -s $PACKAGES >/dev/null 2>&1 && return
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # nginx-light and php-fpm first: they satisfy "httpd" and "php", so that
    # apt does not bring Apache. Neither of them is started.
    apt-get install -qq -y --no-install-recommends nginx-light php-fpm
    apt-get install -qq -y --no-install-recommends $PACKAGES
}

maintain() { local script=$1; shift; php "$MW/maintenance/$script.php" "$@"; }

import() {      # files named TITLE.txt become pages
    maintain importTextFiles -u Admin -s import --use-timestamp --overwrite "$@"
}

build() {       # PORT DIR LANGUAGE: database, settings, pages, images
    local port=$1 dir=$2 language=$3 slug title other
    mkdir -p "$dir/data" "$dir/images" "$dir/cache" "$dir/import"
    echo "$port" >"$dir/port"
    maintain install --confpath="$dir" --dbtype=sqlite --dbpath="$dir/data" --dbname=wiki \
        --server="http://127.0.0.1:$port" --scriptpath="" --lang="$language" --pass=test-wiki-admin-1 \
        --extensions="$EXTENSIONS" --skins="$SKINS" "Sund Wiki" Admin
    printf '\n$dir = __DIR__;\nrequire %s;\n' "'$HERE/mediawiki/settings.php'" >>"$dir/LocalSettings.php"
    export MW_CONFIG_FILE=$dir/LocalSettings.php
    while IFS=$'\t' read -r slug title; do
        cp "$CONTENT/mediawiki/$slug.wikitext" "$dir/import/$title.txt"
    done <"$CONTENT/mediawiki/pages.tsv"
    touch -d 2020-01-01T00:00:00Z "$dir"/import/*
    for other in ar en ja tr; do    # [[tr:...]] is a language link only where the wiki knows tr
        sqlite3 "$dir/data/wiki.sqlite" "INSERT OR REPLACE INTO interwiki (iw_prefix, iw_url, iw_api, iw_wikiid, iw_local, iw_trans)
            VALUES ('$other', 'https://$other.wiki.example/wiki/\$1', '', '', 1, 0);"
    done
    echo "Main Page" | maintain deleteBatch -u Admin    # the installer's is newer
    ( cd "$dir/import"; export LC_ALL=C; shopt -s nullglob    # templates first
      import Template:* Module:* MediaWiki:*
      ls | grep -vE '^(Template|Module|MediaWiki):' | tr '\n' '\0' | xargs -0 \
          php "$MW/maintenance/importTextFiles.php" -u Admin -s import --use-timestamp --overwrite )
    [ ! -d "$CONTENT/images" ] || maintain importImages --user=Admin \
        --timestamp=20200101000000 --comment=import "$CONTENT/images"
    maintain runJobs --quiet
    sqlite3 "$dir/data/wiki.sqlite" "UPDATE page SET page_touched='20200101000000';"
    # pages were parsed while the pages and images that they link to were still missing
    sqlite3 "$dir/data/wikicache.sqlite" "DELETE FROM objectcache;"
}

serve() {       # PORT DIR
    # setsid: a process group of its own, so that stop ends the workers too
    MW_CONFIG_FILE=$2/LocalSettings.php WIKI_DIR=$2 PHP_CLI_SERVER_WORKERS=${WORKERS:-4} setsid php \
        -d apc.enabled=1 -d apc.enable_cli=1 -d memory_limit=256M -d display_errors=0 -d log_errors=1 \
        -d expose_php=0 -S "127.0.0.1:$1" -t "$MW" "$HERE/mediawiki/router.php" \
        >"$2/server.log" 2>&1 </dev/null &
    echo $! >"$2/server.pid"
    for _ in $(seq 100); do
        curl -sf -o /dev/null "http://127.0.0.1:$1/api.php?action=query&format=json" && return
        alive "$2" || break
        sleep 0.1
    done
    die "no answer, see $2/server.log"
}

case "${1:-}/$#" in
start/3|start/4)
    mkdir -p "$3"; port=$2; dir=$(cd "$3" && pwd)
    if ! alive "$dir"; then
        packages >"$dir/apt.log" 2>&1 || die "apt failed, see $dir/apt.log"
        if [ ! -e "$dir/built" ]; then
            rm -rf "$dir/LocalSettings.php" "$dir/data" "$dir/images" "$dir/cache" "$dir/import"
            exec 3>&2              # the log takes standard error from here
            trap '[ -e "$dir/built" ] || echo "mediawiki.sh: build failed, see $dir/build.log" >&3' EXIT
            build "$port" "$dir" "${4:-en}" >"$dir/build.log" 2>&1
            touch "$dir/built"; exec 3>&-      # the server must not inherit it
        fi
        echo "$port" >"$dir/port"
        serve "$port" "$dir"
    fi
    echo "http://127.0.0.1:$(cat "$dir/port")/" ;;
edit/3)
    MW_CONFIG_FILE=$(cd "$2" && pwd)/LocalSettings.php maintain edit -u Admin -s edit "$3" ;;
stop/2)
    if alive "$2"; then kill -- "-$(cat "$2/server.pid")"; fi
    rm -f "$2/server.pid" ;;
*)  die "usage: start PORT DIR [LANGUAGE] | edit DIR TITLE | stop DIR" ;;
esac
