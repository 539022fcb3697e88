"""The web page of `wikiglean inspect --html` in a real browser: what it does, and what a page can't make it do."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from wikiglean.capture import Capture, SourceRecord
from wikiglean.cleaners import inspect_capture
from wikiglean.inspection import Inspection
from wikiglean.output.inspection_html import to_html

if TYPE_CHECKING:
    from tests.browser.conftest import Browser, Listener

pytestmark = pytest.mark.browser

# What a page may try, as markup and once more as the text of it, which only a careless report would make markup of.
ATTACKS = """
<script>document.title = 'owned'; window.owned = 1; fetch('LISTENER/script')</script>
<script src="LISTENER/script.js"></script>
<img src="LISTENER/image" onerror="window.owned = 1" alt='"><img src=LISTENER/alt onerror="window.owned=1">'>
<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='window.owned=1'/>" alt="drawn" width=400>
<svg onload="window.owned = 1"><image href="LISTENER/svg"/><a href="javascript:window.owned=1"><text>s</text></a></svg>
<link rel="stylesheet" href="LISTENER/style.css"><link rel="prefetch" href="LISTENER/prefetch">
<link rel="icon" href="LISTENER/icon"><link rel="dns-prefetch" href="LISTENER">
<link rel="preload" as="image" href="LISTENER/preload">
<style>@import url(LISTENER/import); body { background: url(LISTENER/background) }</style>
<div style="background: url(LISTENER/inline)" class='"><script>window.owned=1</script>'>styled</div>
<div class="navbox" id='"><img src=LISTENER/id onerror=window.owned=1>'>named</div>
<iframe src="LISTENER/frame" srcdoc="<script>parent.owned=1</script>"></iframe><object data="LISTENER/object"></object>
<embed src="LISTENER/embed"><audio src="LISTENER/audio" autoplay></audio>
<video src="LISTENER/video" poster="LISTENER/poster" autoplay></video>
<base href="LISTENER/base/"><meta http-equiv="refresh" content="0; url=LISTENER/refresh">
<a href="javascript:window.owned=1">run</a> <a href="data:text/html,<script>1</script>">data</a>
<a href="LISTENER/link" ping="LISTENER/ping" title='" onmouseover="window.owned=1'>to the web</a>
<a href=" jav&#9;ascript:window.owned=1">tab</a>
<form action="LISTENER/form"><button formaction="javascript:window.owned=1">send</button>
<input autofocus onfocus="window.owned=1"></form>
<math alttext="</code><img src=LISTENER/math onerror=window.owned=1>"><mi>x</mi></math>
<details ontoggle="window.owned=1" open><summary>s</summary>d</details><body onload="window.owned=1">
</script></style></title></textarea><!-- --><![CDATA[ x ]]>
"""


def page_with_attacks(address: str) -> str:
    attacks = ATTACKS.replace("LISTENER", address)
    told = escape(attacks)
    note = f'<ol class="references"><li id="cite_note-1"><a href="#cite_ref-1">^</a> {attacks}{told}</li></ol>'
    return (
        f'<!doctype html><html lang=\'"><script>window.owned=1</script>\' dir="rtl"><head><title>Orra {told}</title>'
        f'<meta name="description" content="{told}"><meta name="author" content="{told}"></head>'
        f'<body class="mediawiki"><h1 id="firstHeading">Orra {told}</h1><div id="mw-content-text">'
        f'<p>{told}<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[{told}]</a></sup></p>{attacks}'
        f'<h2 id="{told}">{told}<span class="mw-editsection">[{told}]</span></h2>'
        f'<pre class="language-{told}">{told}</pre>'
        f'<table class="infobox"><tr><th>{told}</th><td>{told}</td></tr></table>'
        f'<table class="wikitable"><caption>{told}</caption>'
        f"<tr><th>{told}</th><td>{attacks}</td></tr></table><div class='hatnote'>{told}{attacks}</div>"
        f'{note}<div class="navbox">{told}{attacks}</div></div>'
        f'<div id="catlinks"><ul><li><a href="{address}/category">{told}</a></li></ul></div></body></html>'
    )


PAGE = """<!doctype html><html lang="en"><title>Orra</title><body class="mediawiki"><div id="content"><h1
id="firstHeading">Orra</h1><div id="mw-content-text"><div class="toc">Contents <ul><li>1 Streets</ul></div><p>Orra is a
town.<sup id="cite_ref-1_0" class="reference"><a href="#cite_note-1">[1]</a></sup> It has a wall.<sup id="cite_ref-1_1"
class="reference"><a href="#cite_note-1">[1]</a></sup></p><h2>Streets<span class="mw-editsection">[edit]</span></h2>
FILLER<h2>Bells<span class="mw-editsection">[edit]</span></h2><p>Old Ida weighs 10<sup>3</sup> pounds.<sup
id="cite_ref-2" class="reference"><a href="#cite_note-2">[2]</a></sup></p>
<ol class="references"><li id="cite_note-1"><a href="#cite_ref-1_0">a</a> <a href="#cite_ref-1_1">b</a> Ibe, Towns.
<li id="cite_note-2"><a href="#cite_ref-2">^</a> Sund, <i>Bells</i>.</ol></div></div>
<div id="mw-navigation"><ul><li>Main page<li>Random page</ul></div></body>""".replace(
    "FILLER", "<p>Long Row leads from the gate to the quay, and nobody knows why it bends.</p>" * 60
)


def inspected(page: str) -> Inspection:
    source = SourceRecord(kind="bytes")
    return inspect_capture(
        Capture(url=None, body=page.encode(), content_type="text/html; charset=utf-8", source=source)
    )


@pytest.fixture
def show(tmp_path: Path) -> Callable[[Browser, str], Inspection]:
    """Opens the inspection of a page."""

    def show(browser: Browser, page: str) -> Inspection:
        inspection = inspected(page)
        file = tmp_path / "inspection.html"
        file.write_text(to_html(inspection), encoding="utf-8")
        browser.open(file.as_uri())
        return inspection

    return show


Show = Callable[["Browser", str], Inspection]


def test_a_hostile_page_reaches_nothing_and_runs_nothing(
    browser: Browser, listener: Listener, show: Show, tmp_path: Path
) -> None:
    page = page_with_attacks(listener.url)
    (tmp_path / "raw.html").write_text(page.replace('http-equiv="refresh"', ""), encoding="utf-8")
    browser.open((tmp_path / "raw.html").as_uri())
    assert "/image" in listener.requests, "the page is not even dangerous as it is"
    assert browser.run("return window.owned") == 1
    browser.complaints()
    browser.open("about:blank")
    time.sleep(0.3)
    listener.requests.clear()

    show(browser, page)
    browser.run("for (const details of document.querySelectorAll('details')) details.open = true")
    for rule in range(3):
        browser.run("document.querySelectorAll('input[name=rule]')[arguments[0]].click()", rule)
    time.sleep(1)
    assert listener.requests == []
    assert browser.run("return window.owned === undefined")
    assert browser.run("return document.title").startswith("Orra <script>")
    foreign = (
        "img, image, iframe, object, embed, link, video, audio, form, base, math, textarea, meta[http-equiv=refresh]"
    )
    assert browser.run("return document.querySelectorAll(arguments[0]).length", foreign) == 0
    assert browser.run("return [document.scripts.length, document.styleSheets.length]") == [1, 1]
    assert browser.run("return document.location.protocol") == "file:"
    assert browser.complaints() == [], "the policy had to stop something"
    ways = "return [...document.links].map(a => a.protocol).filter(p => !['file:', 'http:', 'https:'].includes(p))"
    assert browser.run(ways) == []
    handlers = """return [...document.querySelectorAll('*')].filter(e =>
        [...e.attributes].some(a => /^on|^style$/.test(a.name)))"""
    assert browser.run(handlers) == []


def test_the_policy_stops_what_escaping_would_miss(browser: Browser, listener: Listener, tmp_path: Path) -> None:
    careless = to_html(inspected(PAGE)).replace(
        "</h1>", f"</h1><img src='{listener.url}/image' onerror='owned=1'><script>owned=1</script><p style='color:red'>"
    )
    (tmp_path / "careless.html").write_text(careless, encoding="utf-8")
    browser.open((tmp_path / "careless.html").as_uri())
    time.sleep(0.5)
    assert (listener.requests, browser.run("return window.owned")) == ([], None)
    assert len(browser.complaints()) >= 3


def test_markers_lead_to_notes_and_back(browser: Browser, show: Show) -> None:
    show(browser, PAGE)
    seen = """const element = document.querySelector(':target'), box = element.getBoundingClientRect();
        return [element.id, box.top >= 0 && box.bottom <= innerHeight]"""
    browser.click("#article #c2 a")
    assert wait_for(browser, seen, ["n1", True])
    browser.click("#n1 .back a")
    assert wait_for(browser, seen, ["c2", True])
    browser.run("document.querySelector('#n0').scrollIntoView()")
    browser.click("#n0 .back a:nth-of-type(2)")
    assert wait_for(browser, seen, ["c1", True])


def wait_for(browser: Browser, script: str, value: object) -> bool:
    """Whether a script gives a value, now or when the page has come to rest."""
    end = time.monotonic() + 5
    while (found := browser.run(script)) != value and time.monotonic() < end:
        time.sleep(0.05)
    assert found == value
    return True


def test_the_table_has_the_numbers_of_the_article(browser: Browser, show: Show) -> None:
    article = show(browser, PAGE).article
    rows = browser.run(
        """return [...document.querySelectorAll('.rules tbody tr:has(input)')].map(row => [
            row.closest('tbody').querySelector('.cleaner th')?.textContent ?? '',
            ...[...row.cells].map(cell => cell.textContent)])"""
    )
    pieces = {(cleaner, reason): int(number) for cleaner, reason, number, _ in rows if cleaner and number != "–"}
    assert pieces == Counter((entry.cleaner, entry.reason) for entry in article.removed)
    characters = Counter[str]()
    for cleaner, owner, _, number in rows:
        characters["removed" if cleaner else owner.partition(" ")[0]] += int(number.replace(",", ""))
    quality = article.quality
    assert characters.pop("everything") == quality.visible == characters.total()
    assert characters.pop("removed") == quality.removed
    assert characters.pop("text") == quality.in_text
    assert characters.pop("substituted") == quality.substituted
    assert characters.total() == quality.structured
    places = browser.run("return [...document.querySelectorAll('#original del[id]')].length")
    assert places == len(article.removed)


def test_the_page_has_all_its_words_in_order(browser: Browser, show: Show) -> None:
    inspection = show(browser, PAGE)
    words = browser.run(
        """const page = document.querySelector('#original .words').cloneNode(true);
        page.querySelectorAll('.label, .sep, .way').forEach(element => element.remove());
        return page.textContent"""
    )
    assert "".join(words.split()) == "".join("".join(piece.text for piece in inspection.pieces).split())


SHOWN = """const ground = getComputedStyle(document.querySelector('#original del')).backgroundColor;
    return [...document.querySelectorAll('#original .k')]
        .filter(e => getComputedStyle(e).outlineStyle === 'solid').map(e => e.textContent)"""


def choose(browser: Browser, name: str) -> None:
    """Chooses the rule of a name, as a person does."""
    rule = browser.run(
        "return [...document.querySelectorAll('.rule')].find(e => e.textContent === arguments[0]).firstChild.id", name
    )
    browser.run("document.getElementById(arguments[0]).scrollIntoView({block: 'center'})", rule)
    browser.click(f"#{rule}")


def test_a_rule_can_be_looked_at_alone(browser: Browser, show: Show) -> None:
    browser.resize(1400, 900)
    show(browser, PAGE)
    assert browser.run(SHOWN) == []
    choose(browser, "edit marker")
    assert browser.run(SHOWN) == ["[edit]", "[edit]"]
    where = """return [document.getElementById('where').textContent, (box =>
        box.top > 0 && box.bottom < innerHeight)(document.querySelector('.here').getBoundingClientRect())]"""
    assert wait_for(browser, where, ["1 of 2", True])
    browser.click("#next")
    assert wait_for(browser, where, ["2 of 2", True])
    browser.click("#next")
    assert wait_for(browser, where, ["1 of 2", True])
    browser.click("#previous")
    assert wait_for(browser, where, ["2 of 2", True])
    choose(browser, "everything")
    assert browser.run(SHOWN) == []
    assert browser.run("return document.getElementById('steps').offsetHeight") == 0


def test_the_keyboard_is_enough(browser: Browser, show: Show) -> None:
    show(browser, PAGE)
    browser.run("document.getElementById('r0').focus()")
    down, tab = "\ue015", "\ue004"
    browser.press(down * 2)
    assert browser.run("return document.activeElement.id") == "r2"
    assert browser.run(SHOWN) == ["Orra"]
    reached: list[Any] = []
    for _ in range(60):
        browser.press(tab)
        reached.append(
            browser.run(
                """const e = document.activeElement;
                return [e.closest('.pane')?.id, e.offsetWidth > 0, getComputedStyle(e).outlineStyle !== 'none']"""
            )
        )
    assert {pane for pane, *_ in reached} >= {"ledger", "original", "article"}
    assert all(wide and outlined for pane, wide, outlined in reached if pane)


def test_without_javascript(start: Callable[..., Browser], show: Show) -> None:
    browser = start(script=False)
    show(browser, PAGE)
    assert browser.run("return document.getElementById('steps').hidden"), "buttons that would do nothing"
    choose(browser, "edit marker")
    assert browser.run(SHOWN) == ["[edit]", "[edit]"]
    assert browser.run("return document.getElementById('steps').hidden"), "the script has run"


@pytest.mark.parametrize("width", [320, 420, 800, 1100, 1400, 2200])
def test_nothing_is_wider_than_the_window(browser: Browser, show: Show, width: int) -> None:
    long = "x" * 400
    table = "<table class=wikitable><tr>" + "<td>cell</td>" * 60 + "</table>"
    page = PAGE.replace("Long Row", f"{long} {table}<pre>{long}</pre><ul><li>{long}</ul>", 1).replace(
        "Orra</h1>", f"{long}</h1>"
    )
    browser.resize(width, 800)
    show(browser, page)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    wide = """return [...document.querySelectorAll('.words, .rules, h1, .head')].filter(e =>
        e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className)"""
    assert browser.run(wide) == []


def test_an_article_from_right_to_left(browser: Browser, show: Show) -> None:
    browser.resize(1400, 900)
    show(
        browser,
        '<!doctype html><html lang="fa" dir="rtl"><title>ده</title><body><main><h1>ده</h1><p>متن ده. 123</p></main>',
    )
    style = "const e = document.querySelector('#article .words'); return [getComputedStyle(e).direction, e.lang]"
    assert browser.run(style) == ["rtl", "fa"]
    assert browser.run("return getComputedStyle(document.querySelector('#ledger .body')).direction") == "ltr"


# Colours are asked of the browser itself, for they are written as oklch and color-mix.
CONTRAST = """
const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
const rgba = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
const linear = c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
const ground = e => {
    const colour = rgba(getComputedStyle(e).backgroundColor);
    return colour[3] > .99 || !e.parentElement ? colour : ground(e.parentElement);
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const poor = new Set();
let number = 0;
while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.offsetParent || e.closest('script, .way, .sep')) continue;
    number++;
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(ground(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
}
return [number, [...poor]];
"""


# One page alone never has a word of every cleaner.
EVERY_COLOUR = """
const names = 'c0 c1 c2 c3 c4 c5 c6 c7 c8 kept missing red error broken holds'.split(' ');
for (const pane of document.querySelectorAll('.pane .body')) for (const name of names) {
    const words = document.createElement('p');
    words.className = name;
    words.textContent = 'words';
    pane.append(words);
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("chosen", [False, True])
def test_every_word_has_contrast_enough(browser: Browser, show: Show, scheme: str, chosen: bool) -> None:
    browser.command("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    browser.resize(1400, 900)
    show(browser, PAGE)
    browser.run(EVERY_COLOUR)
    assert browser.run("return matchMedia(`(prefers-color-scheme: ${arguments[0]})`).matches", scheme)
    if chosen:
        choose(browser, "edit marker")
    number, poor = browser.run(CONTRAST)
    browser.command("Emulation.setEmulatedMedia", {"features": []})
    assert number > 100
    assert poor == []


def test_print_shows_all(browser: Browser, show: Show) -> None:
    browser.command("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    show(browser, PAGE)
    cut = "return [...document.querySelectorAll('.body')].filter(e => e.scrollHeight > e.clientHeight + 1).length"
    assert browser.run(cut) == 0
    browser.command("Emulation.setEmulatedMedia", {"media": "", "features": []})
