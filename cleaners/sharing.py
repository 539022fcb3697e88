"""Buttons that share or print the page, told by where they lead: themes print them under names of their own."""

from __future__ import annotations

import re

from wikiglean.cleaners.page import Page

__all__ = ["sharing"]

_SERVICE = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)*(?:facebook\.com/(?:sharer|share\.php|dialog/(?:share|feed))|(?:twitter|x)\.com/(?:share\b|intent/(?:tweet|post)|home/?\?status=)"
    r"|plus\.google\.com/share|linkedin\.com/(?:sharearticle|sharing/share)|pinterest\.[\w.]+/pin/create|reddit\.com/submit\?"
    r"|(?:digg|stumbleupon)\.com/submit|(?:delicious\.com|del\.icio\.us)/(?:post|save)|tumblr\.com/(?:share|widgets/share)"
    r"|vk\.com/share\.php|connect\.ok\.ru/offer|connect\.mail\.ru/share|xing\.com/(?:spi/shares|app/user\?op=share)"
    r"|(?:t|telegram)\.me/share|getpocket\.com/(?:save|edit)\?|addtoany\.com/(?:share|add_to)|addthis\.com/bookmark"
    r"|api\.whatsapp\.com/send\?|wa\.me/\?text=|line\.me/(?:r/msg|lineit/share)|hatena\.ne\.jp/(?:add|append)|service\.weibo\.com/share"
    r"|google\.com/bookmarks/mark|sns\.qzone\.qq\.com|flipboard\.com/bookmarklet|technorati\.com/faves)"
    r"|(?:whatsapp|viber|fb-messenger|tg):|javascript:\s*(?:window\.)?print\(",
    re.I,
)
_COMPANY = re.compile(r"^(?:mailto:(?:\?|%3f)|sms:[?&])", re.I)
_LONGEST_WORDS, _LONGEST_LABEL = 40, 60


def sharing(page: Page) -> None:
    """Removes links to the forms of social networks, and the bar around them with its label ("Share this:").

    A link with a sentence for its words ("click to tweet") stays.
    """
    for at in page.tagged("a", page.root):
        href = page.attribute(at, "href") or ""
        if _SERVICE.match(href) and len(page.words_of(at)) <= _LONGEST_WORDS and page.claimed(at) is None:
            page.claim(_bar(page, at), "removed", "share buttons")


def _bar(page: Page, link: int) -> int:
    """The largest element around a link that has nothing but such links and a label."""
    bar = link
    for up in page.ancestors(link):
        if page.contains(up, page.root):
            break
        links = page.tagged("a", up)
        if not all(_shares(page, at) for at in links):
            break
        label = len(page.words_of(up)) - sum(len(page.words_of(at)) for at in links)
        if label > (_LONGEST_LABEL if len(links) > 1 else 0):
            break
        bar = up
    return bar


def _shares(page: Page, link: int) -> bool:
    href = page.attribute(link, "href") or ""
    return bool(_SERVICE.match(href) or _COMPANY.match(href) or not page.words_of(link))
