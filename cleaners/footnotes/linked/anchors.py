"""Links inside one page: where they lead."""

from __future__ import annotations

from urllib.parse import unquote

from wikiglean.cleaners.page import Page

__all__ = ["Anchors"]


class Anchors:
    """The links of an article that may lead to places on its page, and these places: elements with an id, `<a name>`.

    `links` are the positions of the links with a `#`, in order.
    """

    def __init__(self, page: Page) -> None:
        """Looks at each link once; the names of anchors are gathered when the first is asked for."""
        self.page = page
        nodes = page.nodes
        hrefs = [(at, nodes[at].attr("href")) for at in page.tagged("a", page.root)]
        self._hrefs: dict[int, str] = {at: href for at, href in hrefs if href is not None and "#" in href}
        self.links = list(self._hrefs)
        self._names: dict[str, int] | None = None
        self._here: str | None = None
        self._own: set[str] | None = None
        self._leading: dict[str, list[int]] | None = None
        self._met: dict[int, tuple[str, int | None]] = {}

    def named(self, fragment: str) -> int | None:
        """The position of the element of an id, or of the anchor of a name."""
        at = self.page.by_id.get(fragment)
        if at is not None or not fragment:
            return at
        if self._names is None:
            anchors = reversed(self.page.tagged("a"))
            self._names = {name: at for at in anchors if (name := self.page.attribute(at, "name"))}
        return self._names.get(fragment)

    def target(self, link: int) -> int | None:
        """The position on the page that a link leads to."""
        return self._found(link)[1]

    def answer(self, link: int) -> int | None:
        """The one link below that leads back to a link whose own end is lost: converters drop ids of items."""
        identifier = self.page.attribute(link, "id") or self.page.attribute(link, "name")
        if not identifier or self._hrefs[link][0] != "#":
            return None
        if self._leading is None:
            self._leading = {}
            for other in self.links:
                fragment, at = self._found(other)
                if at is not None and at < other:
                    self._leading.setdefault(fragment, []).append(other)
        back = self._leading.get(identifier, [])
        return back[0] if len(back) == 1 and self.target(back[0]) == link else None

    def fragment(self, link: int) -> str:
        """The part of a link behind `#`, also where it leads to no place of the page."""
        return self._found(link)[0]

    def _found(self, link: int) -> tuple[str, int | None]:
        found = self._met.get(link)
        if found is None:
            found = self._met[link] = self._find(link)
        return found

    def _find(self, link: int) -> tuple[str, int | None]:
        href = self._hrefs.get(link)
        if href is None:
            return "", None
        if href[0] == "#":
            address, fragment = "", href[1:].strip()
        else:
            address, _, fragment = self.page.original(href.strip()).partition("#")
        at = self.named(fragment)
        if at is None and "%" in fragment:
            at = self.named(unquote(fragment))
        return fragment, at if at is None or not address or self._is_here(address) else None

    def _is_here(self, address: str) -> bool:
        """Whether an address is that of the page, which saved pages may not know."""
        if self._here is None:
            self._here = (self.page.url or _canonical(self.page)).partition("#")[0]
        if not self._here and ":" not in address:
            return not address.startswith("//")
        if address == self._here or (self._here and self._here.endswith("/" + address.lstrip("./"))):
            return True
        return address in self._own_addresses()

    def _own_addresses(self) -> set[str]:
        """The addresses with which a copy of a page leads to places on it before and after its links."""
        if self._own is None:
            before, after = set[str](), set[str]()
            for link, href in self._hrefs.items():
                address, _, fragment = href.strip().partition("#")
                at = self.named(unquote(fragment)) if address else None
                if at is not None:
                    (before if at < link else after).add(self.page.original(address))
            self._own = before & after
        return self._own


def _canonical(page: Page) -> str:
    """The address that a saved page gives itself."""
    for at in page.tagged("link"):
        if (page.attribute(at, "rel") or "").lower() == "canonical":
            return page.original(page.attribute(at, "href") or "")
    return ""
