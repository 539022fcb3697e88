"""Links inside one page: where they lead."""

from __future__ import annotations

from urllib.parse import unquote

from wikiglean.cleaners.page import Page

__all__ = ["Anchors"]


class Anchors:
    """The links of a page that lead to places on it, and these places: elements with an id, and `<a name>`."""

    def __init__(self, page: Page) -> None:
        """Names of anchors are gathered when the first is asked for."""
        self.page = page
        self._names: dict[str, int] | None = None
        self._here = (page.url or _canonical(page)).partition("#")[0]
        self._own: set[str] | None = None
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

    def fragment(self, link: int) -> str:
        """The part of a link behind `#`, also where it leads to no place of the page."""
        return self._found(link)[0]

    def _found(self, link: int) -> tuple[str, int | None]:
        if link not in self._met:
            self._met[link] = self._find(link)
        return self._met[link]

    def _find(self, link: int) -> tuple[str, int | None]:
        href = self.page.attribute(link, "href")
        if not href or "#" not in href:
            return "", None
        address, _, fragment = self.page.original(href.strip()).partition("#")
        if not fragment or (address and not self._is_here(address)):
            return fragment, None
        at = self.named(fragment)
        return (fragment, at) if at is not None or "%" not in fragment else (fragment, self.named(unquote(fragment)))

    def _is_here(self, address: str) -> bool:
        """Whether an address is that of the page, which saved pages may not know."""
        if not self._here:
            return address in self._own_addresses() if ":" in address else not address.startswith("//")
        return address == self._here or self._here.endswith("/" + address.lstrip("./"))

    def _own_addresses(self) -> set[str]:
        """The addresses with which a page that does not know its own leads to places before and after its links."""
        if self._own is None:
            before, after = set[str](), set[str]()
            for link in self.page.tagged("a"):
                address, sign, fragment = (self.page.attribute(link, "href") or "").strip().partition("#")
                at = self.named(fragment) if sign and ":" in address else None
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
