"""Places on the globe: where a page shows them, and degrees read from whatever is machine readable beside the words."""

from __future__ import annotations

import re
from itertools import islice

from wikiglean.article import Coordinates
from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ArticleRules
from wikiglean.cleaners.reading.state import LocatedRecord
from wikiglean.cleaners.selectors import select

__all__ = ["claim_coordinates", "coordinates_of"]

_Degrees = tuple[float, float]
_PARAMS = re.compile(r"[?&]params=([0-9._NSEWO;-]+)")
_DECIMAL = re.compile(r"^\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[;,]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*$")
_DMS = re.compile(
    r"(\d{1,3}(?:[.,]\d+)?)\s*°\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”]|'')\s*)?([NSEWO])"
)
_O_IS_WEST = ("fr", "es", "it", "pt", "ca", "gl", "ro")
"""Languages in which O stands for west; in German and others it is the east."""
_AMONG_WORDS = ("p", "li", "td", "th", "dd", "figcaption", "caption")


def claim_coordinates(page: Page, rules: ArticleRules, outer: int | None) -> None:
    """Claims places that stand alone; those among other words, in tables and in infoboxes stay there and are noted."""
    end = -1
    sizes: dict[int, int] = {}  # of the blocks around
    found = sorted({at for selector in rules.coordinates for at in select(page, selector, outer)})
    for at in found:
        if at < end or page.contains(at, page.root):
            continue
        end = page.ends[at]
        if _stands_alone(page, at, sizes):
            page.claim(at, "coordinates", "coordinates")
        else:
            page.locate(at, "coordinates")


def _stands_alone(page: Page, at: int, sizes: dict[int, int]) -> bool:
    if page.attribute(at, "id") == "coordinates":
        return True
    claim = page.claimed(at)
    if claim is not None and claim.destination != "removed":
        return False
    around = next((up for up in islice(page.ancestors(at), 12) if page.tags[up] in _AMONG_WORDS), None)
    if around is None or around < page.root:
        return True
    if around not in sizes:
        sizes[around] = len(page.words_of(around))
    return page.tags[around] not in ("td", "th") and sizes[around] < 2 * len(page.words_of(at))


def coordinates_of(
    page: Page, claims: list[Claim], records: list[LocatedRecord], language: str | None
) -> tuple[Coordinates, ...]:
    """The places of an article, one that is shown twice only once: the one with its own words."""
    found: list[Coordinates] = []
    known: set[tuple[float, float]] = set()
    shown = [(claim.at, claim.text, None, None) for claim in claims if claim.text and not _inside_another(claim)]
    noted = [(record.at, "", record.start, record.end) for record in records if record.kind == "coordinates"]
    for at, words, start, end in [*shown, *noted]:
        degrees = _degrees(page, at, language)
        if degrees is None and not words:
            continue
        latitude, longitude = degrees or (None, None)
        if degrees is not None and not words:
            rounded = (round(degrees[0], 3), round(degrees[1], 3))
            if rounded in known:
                continue
            known.add(rounded)
        elif degrees is not None:
            known.add((round(degrees[0], 3), round(degrees[1], 3)))
        found.append(Coordinates(latitude=latitude, longitude=longitude, text=words, start=start, end=end))
    return tuple(found)


def _inside_another(claim: Claim) -> bool:
    return claim.within is not None and claim.within.destination == "coordinates"


def _degrees(page: Page, at: int, language: str | None) -> _Degrees | None:
    """Latitude and longitude of an element; the most exact source first."""
    for found in (_of_microformat(page, at), _of_links(page, at), _of_words(page.words_of(at), language)):
        if found is not None and abs(found[0]) <= 90 and abs(found[1]) <= 360:
            return found
    return None


def _of_microformat(page: Page, at: int) -> _Degrees | None:
    """The class `geo`: https://microformats.org/wiki/geo"""
    for geo in [at] * page.has_class(at, "geo") + page.classed("geo", at)[:3]:
        parts = [_value(page, i) for name in ("latitude", "longitude") for i in page.classed(name, geo)[:1]]
        match = _DECIMAL.match(";".join(parts) if len(parts) == 2 else _value(page, geo))
        if match:
            return float(match[1]), float(match[2])
    return None


def _value(page: Page, at: int) -> str:
    """The words of an element of a microformat; `<abbr title>` and `<data value>` carry them in the attribute."""
    return page.attribute(at, "title") or page.attribute(at, "value") or page.words_of(at)


def _of_links(page: Page, at: int) -> _Degrees | None:
    """`data-lat` and `data-lon` of Kartographer's maps, `params=` of GeoHack's links."""
    around = page.parents[at]
    near = [at, *range(at + 1, page.ends[at]), *([around] if around >= 0 and page.tags[around] == "a" else [])]
    for i in near:
        if not page.tags[i]:
            continue
        latitude, longitude = page.attribute(i, "data-lat"), page.attribute(i, "data-lon")
        match = _DECIMAL.match(f"{latitude};{longitude}") if latitude and longitude else None
        if match:
            return float(match[1]), float(match[2])
        params = _PARAMS.search(page.attribute(i, "href") or "")
        if params and (found := _of_params(params[1])):
            return found
    return None


def _of_params(params: str) -> _Degrees | None:
    """GeoHack's `48_12_30_N_16_22_E_…`, `48.2_N_16.4_E`, or `48.2;16.4`."""
    if match := _DECIMAL.match(params.split("_")[0]):
        return float(match[1]), float(match[2])
    numbers: list[float] = []
    latitude: float | None = None
    for part in params.split("_"):
        if part in ("N", "S"):
            latitude, numbers = _sum(numbers, negative=part == "S"), []
        elif part in ("E", "W", "O"):
            return None if latitude is None else (latitude, _sum(numbers, negative=part == "W"))
        else:
            try:
                numbers.append(float(part or 0))
            except ValueError:
                return None
    return None


def _of_words(words: str, language: str | None) -> _Degrees | None:
    """`48°12′30″N 16°22′E` as it is written."""
    latitude: float | None = None
    for degrees, minutes, seconds, side in _DMS.findall(words):
        numbers = [float((part or "0").replace(",", ".")) for part in (degrees, minutes, seconds)]
        if side in "NS":
            latitude = _sum(numbers, negative=side == "S")
        elif latitude is not None:
            west = side == "W" or (side == "O" and (language or "").partition("-")[0] in _O_IS_WEST)
            return latitude, _sum(numbers, negative=west)
    return None


def _sum(numbers: list[float], *, negative: bool) -> float:
    """Degrees, minutes and seconds as degrees, rounded to what a second's fraction can mean."""
    total: float = sum(number / 60**n for n, number in enumerate(numbers[:3]))
    return round(-total if negative else total, 6)
