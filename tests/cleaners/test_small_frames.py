"""Skins and versions whose frames are too small for fixtures of their own: a page of a few lines each."""

from __future__ import annotations

import pytest

from wikiglean.cleaners import clean

DOKUWIKI_2008 = """<title>ferry:oars [Sound Guide]</title><meta name="generator" content="DokuWiki Release 2008-05-05">
<div id="header">Sound</div><div id="body" class="dokuwiki clearfix"><!-- wikipage start -->
<div class="toc"><div class="tocheader" id="toc__header">Table of Contents</div></div>
<table class="inline"><tr><th>Status</th><td>Draft</td></tr><tr><th>Due</th><td>May</td></tr></table>
<h1><a name="the_oars" id="the_oars">The Oars</a></h1><div class="level1"><p>Ash, not oak.</p></div>
<h2><a name="grips" id="grips">Grips</a></h2><div class="level2"><p>Tarred.</p></div>
<!-- wikipage stop --></div><div id="footer">Kirkholm</div>"""
"""A template without `div.page`; DokuWiki 2005 to 2010 print anchors inside headings, not ids on them."""

DOKUWIKI_CUT_OUT = """<table class="inline"><tr><td>Draft</td><td>May</td></tr></table>
<h1 class="sectionedit2" id="oars">The Oars</h1><div class="level1"><p>Ash.</p><ul>
<li class="level1"><div class="li"> not oak</div></li></ul></div>
<h5 class="sectionedit3" id="grips">Grips</h5><div class="level5"><p>Tarred.</p></div>"""
"""A page cut out of its frame, whose first heading is the second part that can be edited."""

MOINMOIN_DUMP = """<title>Ferry/Oars</title><table><tr><td class="noborder"><img src="logo.png"></td>
<td class="noborder"><ul class="pagetitle"><li class="pagetitle"><a class="backlink">Ferry/Oars</a></ul><br>
[<a href="FrontPage.html">FrontPage</a>]&nbsp;[<a href="TitleIndex.html">TitleIndex</a>]&nbsp;</td></tr></table><hr>
<div id="page"><div dir="ltr" id="content" lang="en"><span class="anchor" id="top"></span><p class="line867">
<h1 id="Of_ash">Of ash</h1><p class="line874">Not of oak. <span class="anchor" id="bottom"></span></div></div><hr>"""
"""What `moin export dump` prints."""

TWIKI_UDN = """<title> UDN | FerryOars </title><body id="webMain"><div id="webMain"><div id="head"><ul><li>
<a class="twikiLink" href="1">Main</a></ul></div><div id="pagedefault"><div id="maincol"><div id="tool">
<div id="tooltop">UDN</div><div id="tooltext">Search: <form><input name="q"></form></div><div id="tooltext">
<a class="twikiLink" href="FerryOarsJP">日本語訳</a><hr>Looking for jobs?</div></div><noautolink>
<div><b><a class="twikiLink" href="2">Home</a></b> &gt; Ferry Oars</div><hr>
<h1><a name="Ferry Oars"></a> Ferry Oars </h1><hr><div class="twikiToc"><ul><li><a href="#G">Grips</a></ul></div>
<p>Ash, not oak.</p><h2><a name="G"></a> Grips </h2><p>Tarred.</p></noautolink></div></div>
<div id="footer">Copyright</div></div></body>"""
"""The static pages of the Unreal Developer Network."""


@pytest.mark.parametrize(
    ("page", "engine", "title", "text"),
    [
        (DOKUWIKI_2008, "dokuwiki", "The Oars", "Status\tDraft\nDue\tMay\n\nAsh, not oak.\n\nGrips\n\nTarred."),
        (DOKUWIKI_CUT_OUT, "dokuwiki", "The Oars", "Draft\tMay\n\nAsh.\n\nnot oak\n\nGrips\n\nTarred."),
        (MOINMOIN_DUMP, "moinmoin", "Ferry/Oars", "Of ash\n\nNot of oak."),
        (TWIKI_UDN, "foswiki", "Ferry Oars", "Ash, not oak.\n\nGrips\n\nTarred."),
    ],
)
def test_article_of_a_skin(page: str, engine: str, title: str, text: str) -> None:
    article = clean(page)
    assert (article.is_part_of.engine, article.title, article.text) == (engine, title, text)
