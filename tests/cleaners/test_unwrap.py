"""What archives put around a page is taken off, and what they say goes to `provenance`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
import turbohtml

from wikiglean.article import Article
from wikiglean.capture import Capture, SourceRecord
from wikiglean.cleaners import clean, clean_capture
from wikiglean.cleaners.archived import archived_address, moment_of, original_of

STAMP = "20150102030405"
SITE = "http://wiki.orra.example"
PAGE = f"{SITE}/wiki/Velmora"
REPLAY = f"https://web.archive.org/web/{STAMP}"
ARTICLE = (
    "<div id='content'><h1 id='firstHeading'>Velmora</h1><div id='mw-content-text'><div class='mw-parser-output'>"
    "<p>Velmora lies on the <a href='{sund}'>Sund</a>, says the guide."
    "<sup class='reference' id='cite_ref-1'><a href='{note}'>[1]</a></sup> <a href='{far}'>Boats</a> go there.</p>"
    "<p><img src='{image}' alt='The quay'></p>"
    "<ol class='references'><li id='cite_note-1'><a href='{mark}'>^</a> Aske, "
    "<a class='external' href='{cited}'>Guide</a>, <a class='external' href='{archive}'>archived</a>.</li></ol>"
    "</div></div></div><div id='catlinks'><ul><li><a href='{category}' title='Category:Towns'>Towns</a></li></ul></div>"
)
OWN = "https://web.archive.org/web/20090807060504/http://guide.example/velmora"
"""An address in an archive that the page itself cites."""


def body(rewrite: Callable[[str], str]) -> str:
    return ARTICLE.format(
        sund=rewrite(f"{SITE}/wiki/Sund"),
        note=rewrite(f"{PAGE}#cite_note-1"),
        mark=rewrite(f"{PAGE}#cite_ref-1"),
        far=rewrite("https://boats.example/"),
        image=rewrite(f"{SITE}/quay.jpg").replace(f"{STAMP}/", f"{STAMP}im_/"),
        cited=rewrite("http://guide.example/velmora"),
        archive=OWN,
        category=rewrite(f"{SITE}/wiki/Category:Towns"),
    )


def document(inside: str, head: str = "", after: str = "", attributes: str = "") -> str:
    return (
        f"<!DOCTYPE html><html{attributes}><head>{head}<title>Velmora - Orra Wiki</title>"
        "<meta name='generator' content='MediaWiki 1.23'></head>"
        f"<body class='mediawiki'>{inside}</body></html>{after}"
    )


def is_unwrapped(article: Article) -> None:
    """The links of the page are those that it had, and no word of a frame is left."""
    assert article.text == "Velmora lies on the Sund, says the guide. Boats go there."
    assert article.title == "Velmora"
    assert [(link.type, link.url) for link in article.links] == [
        ("internal", f"{SITE}/wiki/Sund"),
        ("external", "https://boats.example/"),
    ]
    (note,) = article.references
    assert (note.text, note.resolved) == ("Aske, Guide, archived.", True)
    assert [link.url for link in note.links] == ["http://guide.example/velmora", OWN]
    assert [citation.reference for citation in article.citations] == ["cite_note-1"]
    assert [medium.url for medium in article.media] == [f"{SITE}/quay.jpg"]
    assert [category.url for category in article.categories] == [f"{SITE}/wiki/Category:Towns"]
    quality = article.quality
    assert quality.visible == quality.in_text + quality.structured + quality.removed + quality.substituted


TOOLBAR_2015 = (
    '<!-- BEGIN WAYBACK TOOLBAR INSERT -->\n<script>var wbCurrentUrl = "' + PAGE + '";</script>'
    '<div id="wm-ipp" lang="en" style="display:none;"><div id="wm-ipp-inside"><table><tr><td><form id="wmtb">'
    f'<input type="text" name="url" id="wmtbURL" value="{PAGE}"><input type="hidden" name="date" value="{STAMP}">'
    '</form></td><td>11 captures<div class="r">16 Jul 10 - 22 Mar 15</div></td><td><a href="#x">Close</a></td></tr>'
    "</table>"
    "</div></div>\n<!-- END WAYBACK TOOLBAR INSERT -->"
)
TOOLBAR_2020 = (
    "<!-- BEGIN WAYBACK TOOLBAR INSERT -->\n<style>body {margin-top:0}</style>\n"
    '<div id="wm-ipp-base" lang="en"><div id="wm-ipp"><a href="/web/">Wayback Machine</a>11 captures</div>'
    '<div id="donato"><div id="donato-base">Please donate</div></div></div>'
    f'<div id="wm-ipp-print">The Wayback Machine - {REPLAY}/{PAGE}</div>'
    "<p>Loading...</p>stray words"
    f'<script>__wm.bt(775,27,25,2,"web","{PAGE}","{STAMP}",1996,"https://web-static.archive.org/_static/",[], false);'
    "</script>\n<!-- END WAYBACK TOOLBAR INSERT -->"
)
ARCHIVED_ON = (
    "<!--\n     FILE ARCHIVED ON 03:04:05 Jan 02, 2015 AND RETRIEVED FROM THE\n"
    "     INTERNET ARCHIVE ON 12:00:00 Feb 03, 2021.\n     JAVASCRIPT APPENDED BY WAYBACK MACHINE\n-->\n"
)
WOMBAT = f'<script>__wm.wombat("{PAGE}","{STAMP}","https://web.archive.org/","web","/_static/","1420167845");</script>'
OLD_SCRIPT = (
    '<script language="Javascript">\n<!--\n// FILE ARCHIVED ON ' + STAMP + " AND RETRIEVED FROM THE\n"
    '// INTERNET ARCHIVE ON 20080530011358.\n var sWayBackCGI = "http://web.archive.org/web/' + STAMP + '/";\n'
    " function xLateUrl(aCollection, sProp) {}\n//-->\n</script>"
)


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda url: f"/web/{STAMP}/{url}",
        lambda url: f"//web.archive.org/web/{STAMP}/{url}",
        lambda url: f"{REPLAY}/{url}",
        lambda url: f"http://web.archive.org/web/{STAMP}/{url.replace('://', ':/')}",
        lambda url: url,
    ],
    ids=["path", "no scheme", "whole", "one slash", "as they were"],
)
@pytest.mark.parametrize(
    ("frame", "head", "after"),
    [
        (TOOLBAR_2015, "", ARCHIVED_ON),
        (TOOLBAR_2020, WOMBAT, ARCHIVED_ON),
        ("", WOMBAT, ""),
        (TOOLBAR_2015, "", ""),
        (TOOLBAR_2020, "", ""),
        (OLD_SCRIPT, f"<base href='{PAGE}'>", ""),
    ],
    ids=["2015", "2020", "head only", "2015 without comment", "2020 without head", "2003"],
)
def test_wayback_machine(rewrite: Callable[[str], str], frame: str, head: str, after: str) -> None:
    page = document(frame + body(rewrite), head, after)
    article = clean(page, url=PAGE if frame == OLD_SCRIPT else None)
    is_unwrapped(article)
    assert article.url == PAGE
    provenance = article.provenance
    assert provenance.wrappers == ("wayback",)
    assert provenance.captured_at == "2015-01-02T03:04:05Z"
    if "archive.org" in head + after + frame and frame != OLD_SCRIPT:
        assert provenance.archive_url == f"{REPLAY}/{PAGE}"
    assert {entry.cleaner for entry in article.removed if "captures" in entry.text or "donate" in entry.text} <= {
        "unwrap"
    }


def test_pywb_and_its_kin() -> None:
    asked = "20160708091011"  # the archive shows what it has nearest to that
    copy = f"http://archive.example/coll/{asked}/{PAGE}"
    insert = (
        f'<!-- WB Insert --><script>wbinfo = {{}};\n wbinfo.top_url = "{copy}";\n wbinfo.url = "{PAGE}";\n'
        f' wbinfo.timestamp = "{STAMP}";\n wbinfo.request_ts = "{asked}";</script>'
        "<script src='http://archive.example/static/wombat.js'></script><!-- End WB Insert -->"
    )
    page = document(body(lambda url: f"http://archive.example/coll/{asked}mp_/{url}"), insert)
    article = clean(page.replace(f"{STAMP}im_", f"{asked}im_"))
    is_unwrapped(article)
    provenance = article.provenance
    assert (article.url, provenance.archive_url, provenance.captured_at) == (PAGE, copy, "2015-01-02T03:04:05Z")


def test_every_word_of_the_toolbar_is_in_the_ledger() -> None:
    article = clean(document(TOOLBAR_2020 + body(lambda url: f"/web/{STAMP}/{url}")))
    words = " ".join(entry.text for entry in article.removed if entry.cleaner == "unwrap")
    for word in ("Wayback Machine", "11 captures", "Please donate", "Loading...", "stray words"):
        assert word in words
    assert {entry.reason for entry in article.removed if entry.cleaner == "unwrap"} == {"toolbar of a web archive"}


def test_relative_links_of_an_archived_page() -> None:
    page = "<html><head></head><body><p>To the <a href='Sund'>Sund</a> and <a href='/up'>up</a>.</p></body></html>"
    article = clean(page, url=f"{REPLAY}/{PAGE}")
    assert [link.url for link in article.links] == [f"{SITE}/wiki/Sund", f"{SITE}/up"]
    assert (article.url, article.provenance.archive_url) == (PAGE, f"{REPLAY}/{PAGE}")
    assert article.provenance.captured_at == "2015-01-02T03:04:05Z"


def test_a_rewritten_base() -> None:
    page = document("<p><a href='Sund'>Sund</a></p>", f"<base href='/web/{STAMP}/{SITE}/wiki/'>" + WOMBAT)
    assert [link.url for link in clean(page).links] == [f"{SITE}/wiki/Sund"]


def test_a_page_of_which_only_rewritten_links_are_left() -> None:
    head = (
        f"<link rel='stylesheet' href='/web/{STAMP}cs_/{SITE}/main.css'><link rel='canonical' href='{REPLAY}/{PAGE}'>"
    )
    article = clean(document(body(lambda url: f"/web/{STAMP}/{url}"), head))
    is_unwrapped(article)
    assert (article.url, article.canonical_url) == (PAGE, PAGE)


def test_a_live_page_that_cites_the_archive_keeps_its_links() -> None:
    page = document(body(lambda url: url), f"<link rel='canonical' href='{PAGE}'>")
    article = clean(page, url=PAGE)
    is_unwrapped(article)
    assert article.provenance.wrappers == ()
    assert clean("<p>See <a href='" + OWN + "'>it</a>.</p>").links[0].url == OWN


def test_an_address_that_the_caller_gave_stands() -> None:
    article = clean(document(TOOLBAR_2015 + body(lambda url: f"/web/{STAMP}/{url}"), "", ARCHIVED_ON), url=f"{SITE}/x")
    assert article.url == f"{SITE}/x"
    assert article.provenance.archive_url == f"{REPLAY}/{PAGE}"


@pytest.mark.parametrize(
    ("address", "wrapper", "original", "stamp"),
    [
        (f"https://web.archive.org/web/{STAMP}/{PAGE}", "wayback", PAGE, STAMP),
        (f"http://web.archive.org/web/{STAMP}id_/{PAGE}", "wayback", PAGE, STAMP),
        (f"https://web.archive.org/web/2015/{PAGE}", "wayback", PAGE, "2015"),
        (f"https://web.archive.org/web/{STAMP}/wiki.orra.example/wiki/Velmora", "wayback", PAGE, STAMP),
        (f"https://arquivo.pt/wayback/{STAMP}/{PAGE}", "wayback", PAGE, STAMP),
        (f"https://arquivo.pt/noFrame/replay/{STAMP}mp_/{PAGE}", "wayback", PAGE, STAMP),
        (f"https://www.webarchive.org.uk/wayback/archive/{STAMP}mp_/{PAGE}", "wayback", PAGE, STAMP),
        (f"https://wayback.archive-it.org/123/{STAMP}/{PAGE}", "wayback", PAGE, STAMP),
        (f"https://webarchive.nationalarchives.gov.uk/{STAMP}/{PAGE}", "wayback", PAGE, STAMP),
        (f"https://webarchive.loc.gov/all/{STAMP}/{PAGE}", "wayback", PAGE, STAMP),
        (f"https://wayback.vefsafn.is/wayback/{STAMP}/{PAGE}", "wayback", PAGE, STAMP),
        (f"http://localhost:8080/coll/{STAMP}mp_/{PAGE}?a=b#c", "wayback", f"{PAGE}?a=b#c", STAMP),
        (f"https://archive.today/{STAMP}/{PAGE}", "archive.today", PAGE, STAMP),
        (f"http://archive.is/2015.01.02-030405/{PAGE}", "archive.today", PAGE, STAMP),
        (f"https://archive.ph/o/AbCdE/{PAGE}", "archive.today", PAGE, None),
        (
            f"http://webcache.googleusercontent.com/search?q=cache:abcdefgh-123:{PAGE}+orra&hl=en",
            "google-cache",
            PAGE,
            None,
        ),
        (f"https://www.google.com/search?q=cache:{PAGE}", "google-cache", PAGE, None),
        (
            "http://cc.bingj.com/cache.aspx?q=orra&d=1&u=http%3A%2F%2Fwiki.orra.example%2Fwiki%2FVelmora",
            "bing-cache",
            PAGE,
            None,
        ),
    ],
)
def test_addresses_in_archives(address: str, wrapper: str, original: str, stamp: str | None) -> None:
    found = archived_address(address)
    assert found is not None
    assert (found.wrapper, found.url, found.stamp) == (wrapper, original, stamp)


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        "https://web.archive.org/",
        "https://archive.org/details/x",
        "https://x.example/2015/http",
        "mailto:a@b.c",
        "",
        "http://[",
        "https://x.example/?u=/2015/http://y",
    ],
)
def test_addresses_in_no_archive(address: str) -> None:
    assert archived_address(address) is None


def test_moments() -> None:
    assert moment_of("20120105041233") == "2012-01-05T04:12:33Z"
    assert [moment_of(stamp) for stamp in (None, "2012", "20121305041233", "20120105991233")] == [None] * 4


def test_links_of_other_moments_are_the_pages_own() -> None:
    assert original_of(f"/web/2009/{PAGE}", STAMP) == PAGE
    assert original_of(OWN, STAMP) == OWN
    assert original_of(f"{REPLAY}/http://guide.example:80/velmora", STAMP) == "http://guide.example/velmora"
    assert original_of(f"{REPLAY}/https:/guide.example:443", STAMP) == "https://guide.example"


SAVED = [
    (
        "Mirrored from wiki.orra.example/wiki/Velmora by HTTrack Website Copier/3.x [XR&CO'2014], "
        "Mon, 01 Aug 2022 00:56:40 GMT",
        ("httrack",),
        None,
        "2022-08-01T00:56:40Z",
    ),
    (f"saved from url=(0035){PAGE}", ("saved-page",), None, None),
    (
        f"saved from url=(0079){REPLAY}/{PAGE}",
        ("saved-page", "wayback"),
        f"{REPLAY}/{PAGE}",
        "2015-01-02T03:04:05Z",
    ),
    (
        f"\n Page saved with SingleFile \n url: {PAGE} \n saved date: Wed Mar 03 2021 10:10:10 GMT+0100 (CET)\n",
        ("singlefile",),
        None,
        "2021-03-03T09:10:10Z",
    ),
    (
        f"Saved from {PAGE} at 2020-01-15T10:05:06Z using monolith v2.1.1",
        ("monolith",),
        None,
        "2020-01-15T10:05:06Z",
    ),
]


@pytest.mark.parametrize(("comment", "wrappers", "archive_url", "moment"), SAVED, ids=[case[1][-1] for case in SAVED])
def test_saving_programs(comment: str, wrappers: tuple[str, ...], archive_url: str | None, moment: str | None) -> None:
    for page in (
        document(body(lambda url: url)).replace("<html", f"<!-- {comment} --><html"),
        document(body(lambda url: url)).replace("<head>", f"<!-- {comment} --><head>"),
        document(body(lambda url: url), after=f"<!-- {comment} -->"),
    ):
        article = clean(page)
        is_unwrapped(article)
        assert article.url == PAGE
        provenance = article.provenance
        assert (provenance.wrappers, provenance.archive_url, provenance.captured_at) == (wrappers, archive_url, moment)


def test_links_that_a_mirror_does_not_follow() -> None:
    mirrored = "<!-- Mirrored from wiki.orra.example/x by HTTrack Website Copier/3.x, Mon, 01 Aug 2022 00:56:40 GMT -->"
    article = clean(
        f"{mirrored}<p><a href='../external.html?link=https://boats.example/?a=b'>Boats</a> <a href='{OWN}'>a</a>"
    )
    assert [link.url for link in article.links] == ["https://boats.example/?a=b", OWN]


def test_programs_that_leave_attributes() -> None:
    scrapbook = document(
        "<p>x", attributes=f' data-scrapbook-source="{PAGE}" data-scrapbook-create="20210303091010123"'
    )
    article = clean(scrapbook)
    assert (article.url, article.provenance.captured_at) == (PAGE, "2021-03-03T09:10:10Z")
    assert clean(document("<p>x", f'<meta name="savepage-url" content="{PAGE}">')).url == PAGE


@pytest.mark.parametrize("comment", ["saved from url=(0014)about:internet", "saved from nowhere", "Mirrored from x"])
def test_comments_that_say_nothing(comment: str) -> None:
    article = clean(document("<p>x").replace("<head>", f"<!-- {comment} --><head>"))
    assert article.url is None


def google(header: str) -> str:
    inner = document(body(lambda url: url)).replace("<html", '<html lang="en"')
    return (
        f'<!DOCTYPE html><meta charset=utf-8><base href="{PAGE}">{header}<div style="position:relative;">{inner}</div>'
    )


GOOGLE_2018 = (
    f'<div id="bN015htcoyT__google-cache-hdr"><div><span>This is Google\'s cache of <a href="{PAGE}">{PAGE}</a>.</span>'
    "<span>It is a snapshot of the page as it appeared on Jan 2, 2015 03:04:05 GMT.</span> "
    f'<a href="http://webcache.googleusercontent.com/search?q=cache:{PAGE}&amp;strip=1">Text-only</a></div></div>'
)
GOOGLE_2010 = (
    '<div style="margin:-1px"><div style="background:#ddd">This is Google\'s '
    '<a href="http://www.google.com/intl/en/help/features_list.html#cached">cache</a> of '
    f'<a href="{PAGE}">{PAGE}</a>. It is a snapshot of the page as it appeared on 2 Jan 2015 03:04:05 GMT.</div></div>'
)
GOOGLE_2006 = (
    "<table border=1 width=100%><tr><td><table><tr><td><font size=-1>This is <b>G o o g l e</b>'s "
    f'<a href="http://www.google.com/help/features.html#cached">cache</a> of <A HREF="{PAGE}">{PAGE}</A> '
    "as retrieved on 2 Jan 2015 03:04:05 GMT.</font></td></tr></table></td></tr></table><hr>"
)


@pytest.mark.parametrize("header", [GOOGLE_2018, GOOGLE_2010, GOOGLE_2006], ids=["2018", "2010", "2006"])
def test_google_cache(header: str) -> None:
    article = clean(google(header))
    is_unwrapped(article)
    provenance = article.provenance
    assert (article.url, provenance.wrappers, provenance.captured_at) == (
        PAGE,
        ("google-cache",),
        "2015-01-02T03:04:05Z",
    )
    assert article.in_language.identifier == "en"
    assert ("unwrap", "title of the document", "Velmora - Orra Wiki") in {
        (entry.cleaner, entry.reason, entry.text) for entry in article.removed
    }


def test_bing_cache() -> None:
    header = (
        '<table width="100%" border="1"><tr><td><span id="b_cpb"><div>You have reached the cached page for <strong>'
        f'<a href="{PAGE}" h="ID=SERP">{PAGE}</a></strong></div><div>Below is a snapshot of the page as it appeared on '
        "<strong>1/2/2015</strong> (the last time our crawler visited it).</div></span></td></tr></table>"
    )
    article = clean(f'<base href="{PAGE}"/>{header}{document(body(lambda url: url))}')
    is_unwrapped(article)
    assert (article.url, article.provenance.wrappers) == (PAGE, ("bing-cache",))


def test_archive_today() -> None:
    words = "A paragraph of an article, with enough words in it to be one, and a full stop. " * 4
    page = (
        f'<html><head><link rel="canonical" href="https://archive.ph/AbCdE">'
        f'<link rel="bookmark" href="http://archive.today/{STAMP}/{PAGE}"><title>Velmora</title></head>'
        f'<body><center><div id="HEADER"><form><input name="q" value="{PAGE}"></form>'
        'archive.today webpage capture Saved from <time datetime="2015-01-02T03:04:05Z">2 Jan 2015</time></div>'
        f'<div id="SOLID"><div id="CONTENT"><div class="html"><div class="body"><h1>Velmora</h1><p>{words}'
        f'<a href="https://archive.ph/o/AbCdE/{SITE}/wiki/Sund">Sund</a></p></div></div></div></div></center></body></html>'
    )
    article = clean(page)
    assert article.text.startswith(("A paragraph", "Velmora\n\nA paragraph"))
    assert [link.url for link in article.links] == [f"{SITE}/wiki/Sund"]
    assert (article.url, article.provenance.wrappers) == (PAGE, ("archive.today",))
    assert article.provenance.archive_url == f"http://archive.today/{STAMP}/{PAGE}"
    assert article.provenance.captured_at == "2015-01-02T03:04:05Z"
    assert "archive.today" not in article.text


def test_a_page_with_parts_of_these_names_is_no_archive() -> None:
    article = clean('<div id="HEADER">The head</div><div id="CONTENT"><p>The words.</p></div>')
    assert article.provenance.wrappers == ()
    assert [entry.cleaner for entry in article.removed if entry.cleaner == "unwrap"] == []


def test_a_toolbar_without_end_swallows_nothing() -> None:
    page = document("<!-- BEGIN WAYBACK TOOLBAR INSERT -->" + body(lambda url: url))
    is_unwrapped(clean(page, url=PAGE))
    long = "<p>" + "words " * 2000 + "</p>"
    both = document("<!-- BEGIN WAYBACK TOOLBAR INSERT -->" + long + "<!-- END WAYBACK TOOLBAR INSERT -->")
    assert len(clean(both, url=PAGE).text) > 10_000


def test_what_a_capture_knows_besides() -> None:
    record = SourceRecord(kind="http")
    page = document(TOOLBAR_2015 + body(lambda url: f"/web/{STAMP}/{url}"), after=ARCHIVED_ON).encode()
    capture = Capture(url=f"{REPLAY}/{PAGE}", body=page, source=record, captured_at="2024-05-06T07:08:09Z")
    article = clean_capture(capture)
    assert (article.url, article.provenance.archive_url) == (PAGE, f"{REPLAY}/{PAGE}")
    assert article.provenance.captured_at == "2015-01-02T03:04:05Z"
    plain = Capture(url=PAGE, body=b"<p>x", source=record, captured_at="2024-05-06T07:08:09Z")
    assert clean_capture(plain).provenance.captured_at == "2024-05-06T07:08:09Z"


def test_masked_mail_addresses_stay_masked() -> None:
    # whoever runs the site masked them against programs like this one
    link = '<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="543">[email&#160;protected]</a>'
    article = clean(f"<p>Write to {link}.")
    assert article.text == "Write to [email\xa0protected]."
    assert article.citations == ()


def test_names_of_drawings_are_not_read() -> None:
    article = clean("<p>One <svg><title>Icon</title><text>Label</text></svg> two.</p>")
    assert "Icon" not in article.text
    assert article.text == "One Label two."


FIXTURES = sorted((Path(__file__).parents[1] / "fixtures").glob("mediawiki-*/*.html"))


def archived(markup: str, address: str) -> str:
    """A page as the Wayback Machine shows it: toolbar, comments, every link rewritten."""
    tree = turbohtml.parse(markup)
    base = next((tag.attr("href") for tag in tree.select("base")), None) or address
    for name in ("href", "src"):
        for element in tree.select(f"[{name}]"):
            link = element.attr(name) or ""
            if not link.startswith(("#", "javascript:", "data:", "mailto:")):
                mode = "" if name == "href" else "im_"
                element.attrs[name] = f"/web/{STAMP}{mode}/{urljoin(base, link)}"
    head, _, rest = tree.html.replace("</head>", WOMBAT.replace(PAGE, address) + "</head>", 1).partition("<body")
    opening, _, inside = rest.partition(">")
    return f"{head}<body{opening}>{TOOLBAR_2020.replace(PAGE, address)}{inside}{ARCHIVED_ON}"


@pytest.mark.parametrize("fixture", FIXTURES, ids=[f"{page.parent.name}/{page.stem}" for page in FIXTURES])
def test_an_archived_page_gives_the_article_of_the_page_itself(fixture: Path) -> None:
    address = f"{SITE}/wiki/{fixture.stem}"
    markup = turbohtml.parse(fixture.read_text(encoding="utf-8")).html
    plain, wrapped = clean(markup, url=address), clean(archived(markup, address))
    assert wrapped.provenance.wrappers == ("wayback",)
    different = [
        name
        for name in plain.__struct_fields__
        if name not in ("removed", "quality", "provenance") and getattr(plain, name) != getattr(wrapped, name)
    ]
    assert different == []
