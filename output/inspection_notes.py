"""The notes of an article as HTML, their markers, and what else stands outside its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from wikiglean.article import Article, BibliographyEntry, Citation, Coordinates, LangLink, Media, Reference
from wikiglean.output.inspection_inline import InlineHtml, link_to
from wikiglean.output.markup import Html, element, joined, language_tag

__all__ = ["Notes"]


class Notes:
    """References with a way to each marker, and markers with a way to their note."""

    def __init__(self, article: Article) -> None:
        """Number the notes and find where each marker stands."""
        self._article = article
        self._numbers = {reference.identifier: n for n, reference in enumerate(article.references)}
        self._cited: dict[str, list[int]] = defaultdict(list)
        self._within: dict[str, list[Html]] = defaultdict(list)
        for n, citation in enumerate(article.citations):
            if citation.reference is not None:
                self._cited[citation.reference].append(n)
            if citation.start is None:
                self._within[citation.within or ""].append(self._marker(n, citation))
        for tag in article.maintenance_tags:
            if tag.start is None:
                self._within[tag.within or ""].append(_tag(tag.text))

    def marks_in_text(self) -> list[tuple[int, Html]]:
        """Markers and maintenance tags with their places in the text."""
        marks = [(c.start, self._marker(n, c)) for n, c in enumerate(self._article.citations) if c.start is not None]
        return marks + [(tag.start, _tag(tag.text)) for tag in self._article.maintenance_tags if tag.start is not None]

    def marks_within(self, pointer: str) -> list[Html]:
        """Markers and tags that stand in another field, each given once."""
        return self._within.pop(pointer, [])

    def _marker(self, number: int, citation: Citation) -> Html:
        note = self._numbers.get(citation.reference or "")
        shown = citation.shown or f"[{citation.label}]"
        inside = element("a", shown, href=f"#n{note}") if note is not None else shown
        missing = note is None or not self._article.references[note].resolved
        return element("sup", inside, id=f"c{number}", class_="cite missing" if missing else "cite")

    def parts(self) -> Iterator[Html]:
        """The references, then the fields that hold what the page shows beside its text."""
        article = self._article
        notes = [self._reference(n, reference) for n, reference in enumerate(article.references)]
        yield from self._part("References", notes, "ol", "notes")
        yield from self._part("Bibliography", [self._work(entry) for entry in article.bibliography])
        yield from self._flow("Categories", [link_to(entry.url, entry.name) for entry in article.categories])
        yield from self._flow("Other languages", [_langlink(entry) for entry in article.langlinks])
        yield from self._flow("Coordinates", [_coordinates(article.text, c) for c in article.coordinates])
        yield from self._pictures()
        left = [html for pointer in sorted(self._within) for html in self._within[pointer]]
        yield from self._flow("Markers in other fields", left)

    def _pictures(self) -> Iterator[Html]:
        """Pictures by name, without those whose caption is in the text; closed, for they can be many and say little."""
        bare = [media for media in self._article.media if media.start == media.end]
        if bare:
            names = [_picture(media) for media in bare]
            summary = element("summary", "Other pictures ", _count(len(bare)))
            yield element("details", summary, element("ul", *names, class_="small"), class_="part")

    def _part(self, heading: str, items: list[Html], list_: str = "ul", class_: str | None = None) -> Iterator[Html]:
        if items:
            head = element("h4", heading, " ", _count(len(items)))
            yield element("div", head, element(list_, *items, class_=class_), class_="part")

    def _flow(self, heading: str, items: list[Html]) -> Iterator[Html]:
        if items:
            words = joined((element("bdi", item) for item in items), " · ")
            head = element("h4", heading, " ", _count(len(items)))
            yield element("div", head, element("p", words, class_="small"), class_="part")

    def _reference(self, number: int, reference: Reference) -> Html:
        """A note: its label, the ways back to its markers, its words."""
        label = element("span", reference.label or "•", class_="no", dir="auto")
        marks = self.marks_within(f"/references/{number}/text")
        if reference.text is None:
            words = element("em", "The page does not have the text of this note.")
        else:
            words = element("span", InlineHtml(reference.text, reference.links).html(), *marks, dir="auto")
        errors = [element("span", error, class_="error") for error in reference.errors]
        back = self._back(reference)
        return element("li", label, element("div", back, words, *errors), id=f"n{number}")

    def _back(self, reference: Reference) -> Html | None:
        """One arrow to the only marker, or a letter for each of several."""
        markers = self._cited.get(reference.identifier, [])
        if not markers:
            return element("span", "not cited ", class_="back")
        if len(markers) == 1:
            return element("span", _way_back(markers[0], "↑"), " ", class_="back")
        letters = [_way_back(marker, _letters(n)) for n, marker in enumerate(markers)]
        return element("span", "↑ ", joined(letters, " "), " ", class_="back")

    def _work(self, entry: BibliographyEntry) -> Html:
        """A work that short notes point at, with the ways to them."""
        cited_by = [self._numbers[name] for name in entry.cited_by if name in self._numbers]
        ways = [element("a", f"note {n + 1}", href=f"#n{n}") for n in cited_by]
        words = self._article.text[entry.start : entry.end] if entry.start is not None else "(in a note)"
        return element("li", words, " ", joined(ways, ", "), dir="auto")


def _way_back(marker: int, shown: str) -> Html:
    return element("a", shown, href=f"#c{marker}", aria_label=f"to marker {shown}" if shown != "↑" else "to the marker")


def _letters(number: int) -> str:
    """a to z, then aa, ab …"""
    first, last = divmod(number, 26)
    return (_letters(first - 1) if first else "") + chr(ord("a") + last)


def _tag(words: str) -> Html:
    return element("span", words, class_="tag")


def _count(number: int) -> Html:
    return element("span", f"{number:,}", class_="count")


def _langlink(entry: LangLink) -> Html:
    tag = language_tag(entry.identifier)
    return element("span", link_to(entry.url, entry.name), lang=tag, title=tag)


def _coordinates(text: str, entry: Coordinates) -> Html:
    """A place on the globe: the words that showed it, in the text or not, and its degrees."""
    words = entry.text or (text[entry.start : entry.end] if entry.start is not None else "")
    degrees = f" ({entry.latitude}, {entry.longitude})" if entry.latitude is not None else ""
    return element("span", words, degrees)


def _picture(media: Media) -> Html:
    caption = f" – {media.caption}" if media.caption else None
    return element("li", link_to(media.url, media.alt or media.url or media.type), caption, dir="auto")
