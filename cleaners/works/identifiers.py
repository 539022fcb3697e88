"""Identifiers of works: DOI, ISBN, ISSN, PMID, PMCID, arXiv, OCLC, JSTOR, bibcode, hdl, LCCN, S2CID.

They are found in COinS, in the addresses that links lead to, and in the words of a note; each is checked and brought to
one form (docs/references.md). The check digits are those of ISO 2108 (ISBN) and ISO 3297 (ISSN).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

__all__ = [
    "NAMES",
    "identifier",
    "identifier_of_address",
    "identifiers_in",
    "is_identifier_address",
    "typed_identifiers",
]

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_FORMS: dict[str, re.Pattern[str]] = {
    "PMID": re.compile(r"[1-9]\d{0,8}"),
    "PMCID": re.compile(r"(?:PMC)?([1-9]\d{1,8})(?:\.\d+)?", re.I),
    "arXiv": re.compile(r"((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)", re.I),
    "OCLC": re.compile(r"(?:\(OCoLC\)|oc[mn]|on)?\s*0*([1-9]\d{0,13})", re.I),
    "JSTOR": re.compile(r"(?:10\.2307/)?([a-z0-9][\w.:/-]*)", re.I),
    "bibcode": re.compile(r"(\d{4}[\w.&]{9,14}[A-Z.])", re.I | re.A),
    "hdl": re.compile(r"([\w.]+/\S+)"),
    "LCCN": re.compile(r"([a-z]{0,3}\d[\d-]{5,11})", re.I),
    "S2CID": re.compile(r"([1-9]\d{0,11})"),
}
NAMES = ("DOI", "ISBN", "ISSN", *_FORMS)
"""The names of identifiers: those of CSL's variables, else as Wikipedia writes them."""
_TRAILING = ".,;:'\"»”’"


def identifier(name: str, value: str) -> str | None:
    """An identifier in the form that it is kept in, or `None` where it can't be one."""
    value = value.strip()
    if name == "DOI":
        return _doi(value)
    if name == "ISBN":
        return _isbn(value)
    if name == "ISSN":
        return _issn(value)
    match = _FORMS[name].fullmatch(value)
    if match is None:
        return None
    found = match[match.lastindex or 0]
    return f"PMC{found}" if name == "PMCID" else found


def _doi(value: str) -> str | None:
    match = _DOI.search(value)
    if match is None:
        return None
    doi = match[0].rstrip(_TRAILING)
    for opening, closing in ("()", "[]", "<>", "{}"):
        while doi.endswith(closing) and doi.count(closing) > doi.count(opening):
            doi = doi[:-1].rstrip(_TRAILING)
    return doi if len(doi) > doi.index("/") + 1 else None


def _isbn(value: str) -> str | None:
    """Ten or thirteen digits with the right check digit, without hyphens."""
    digits = re.sub(r"[\s\u2010-\u2015\u2212-]", "", value).upper()
    if re.fullmatch(r"97[89]\d{10}", digits, re.A):
        return digits if sum(int(d) * (1, 3)[n % 2] for n, d in enumerate(digits)) % 10 == 0 else None
    if re.fullmatch(r"\d{9}[\dX]", digits, re.A):
        return digits if sum((10 - n) * _digit(d) for n, d in enumerate(digits)) % 11 == 0 else None
    return None


def _issn(value: str) -> str | None:
    match = re.fullmatch(r"(\d{4})[\s\u2010-\u2015\u2212-]?(\d{3}[\dXx])", value.strip(), re.A)
    if match is None:
        return None
    digits = (match[1] + match[2]).upper()
    right = sum((8 - n) * _digit(d) for n, d in enumerate(digits)) % 11 == 0
    return f"{digits[:4]}-{digits[4:]}" if right and digits != "00000000" else None


def _digit(sign: str) -> int:
    return 10 if sign == "X" else int(sign)


# -- addresses -------------------------------------------------------------------------------------------------------

_ADDRESSES: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "doi.org": (("DOI", re.compile(r"/(.+)")),),
    "ncbi.nlm.nih.gov": (
        ("PMCID", re.compile(r"/(?:pmc|pubmed)/(?:articles/)?(PMC\d+)", re.I)),
        ("PMCID", re.compile(r"/pmc/articles/(?:pmid/)?(\d+)$", re.I)),
        ("PMID", re.compile(r"/(?:m/)?pubmed/(\d+)", re.I)),
        ("PMID", re.compile(r"/entrez/.*[?&](?:list_uids|term)=(\d+)", re.I)),
    ),
    "pubmed.ncbi.nlm.nih.gov": (("PMID", re.compile(r"/(\d+)")),),
    "pmc.ncbi.nlm.nih.gov": (("PMCID", re.compile(r"/articles/(PMC\d+)", re.I)),),
    "europepmc.org": (
        ("PMCID", re.compile(r"/(?:articles?)/(?:PMC/)?(PMC\d+)", re.I)),
        ("PMID", re.compile(r"/(?:abstract|article)/MED/(\d+)", re.I)),
    ),
    "arxiv.org": (("arXiv", re.compile(r"/(?:abs|pdf|html)/(.+?)(?:\.pdf)?$")),),
    "worldcat.org": (
        ("OCLC", re.compile(r"/(?:[a-z]{2}/)?(?:title/)?(?:[^/]+/)?oclc/(\d+)")),
        ("ISSN", re.compile(r"/issn/(.+)")),
        ("ISBN", re.compile(r"/isbn/(.+)")),
        ("OCLC", re.compile(r"/title/(?:[^/]+/)?(\d+)")),
    ),
    "search.worldcat.org": (
        ("OCLC", re.compile(r"/(?:[a-z]{2}/)?title/(?:[^/]+/)?(\d+)")),
        ("OCLC", re.compile(r"/oclc/(\d+)")),
        ("ISSN", re.compile(r"/issn/(.+)")),
    ),
    "jstor.org": (("JSTOR", re.compile(r"/(?:stable|pss)/(?:pdf/|view/|info/)?(.+?)(?:\.pdf)?$")),),
    "ui.adsabs.harvard.edu": (("bibcode", re.compile(r"/(?:#?abs|link_gateway)/([^/]+)")),),
    "adsabs.harvard.edu": (("bibcode", re.compile(r"/(?:abs|full)/([^/]+)")),),
    "hdl.handle.net": (("hdl", re.compile(r"/(.+)")),),
    "lccn.loc.gov": (("LCCN", re.compile(r"/(.+)")),),
    "api.semanticscholar.org": (("S2CID", re.compile(r"/CorpusID:(\d+)", re.I)),),
    "portal.issn.org": (("ISSN", re.compile(r"/resource/ISSN/(.+)", re.I)),),
}
_ADDRESSES["dx.doi.org"] = _ADDRESSES["doi.org"]
_ADDRESSES.update({f"www.{host}": forms for host, forms in _ADDRESSES.items()})
_LAST_DIGITS = frozenset("0123456789Xx")
_RESOLVERS = frozenset(
    [
        "ams.org",
        "arxiv.org",
        "citeseerx.ist.psu.edu",
        "doi.org",
        "dx.doi.org",
        "hdl.handle.net",
        "lccn.loc.gov",
        "mathscinet.ams.org",
        "openlibrary.org",
        "search.worldcat.org",
        "ui.adsabs.harvard.edu",
        "worldcat.org",
        "zbmath.org",
    ]
)
"""Hosts of resolvers and catalogues: what they show is about works."""
_BOOK_SOURCES = re.compile(
    r"(?:/|title=|^)[^/?&=]+:(?P<page>[^/?&=:]+)/(?P<isbn>(?:97[89][\d-]{10,14}|[\d-]{9,12}[\dXx]))$"
)


def identifier_of_address(url: str) -> tuple[str, str] | None:
    """The identifier that an address is made of, with its name: `("DOI", "10.1000/1")` of `https://doi.org/10.1000/1`."""
    host, slash, path = url.partition("//")[2].partition("/")
    forms = _ADDRESSES.get(host.lower())
    if forms is None:
        return _book_source(url) if url[-1:] in _LAST_DIGITS else None
    path = slash + path.partition("#")[0]
    if "%" in path:
        path = unquote(path)
    for name, form in forms:
        if found := form.match(path.partition("?")[0] if name not in ("DOI", "PMID") else path):
            value = identifier(name, found[1].rstrip("/"))
            if value is not None:
                return name, value
    return None


def is_identifier_address(url: str) -> bool:
    """Whether an address is nothing but an identifier's: a resolver's or a catalogue's."""
    host = url.partition("//")[2].partition("/")[0].lower()
    return host.removeprefix("www.") in _RESOLVERS or identifier_of_address(url) is not None


def _book_source(url: str) -> tuple[str, str] | None:
    """The number in a link to MediaWiki's page for books, `Special:BookSources/…`, in any language.

    A page after a colon that is named like a number with the right check digit is nothing else.
    """
    match = _BOOK_SOURCES.search(unquote(url))
    isbn = _isbn(match["isbn"]) if match is not None else None
    return ("ISBN", isbn) if isbn else None


# -- words -----------------------------------------------------------------------------------------------------------

_GAP = r"[\s\u00a0:=]*"
_DASH = r"[\s\u00a0\u2010-\u2015-]?"
_TYPED = {
    sign: (name, re.compile(form, re.I))
    for name, sign, form in (
        ("DOI", "10.", r"\b(10\.\d{4,9}(?:\.\d+)*/[^\s\"<>|]+)"),
        ("ISBN", "ISBN", rf"ISBN(?:[-\s]?1[03])?{_GAP}((?:97[89]{_DASH})?\d(?:{_DASH}\d){{8}}{_DASH}[\dXx])\b"),
        ("ISSN", "ISSN", rf"ISSN{_GAP}(\d{{4}}[\u2010-\u2015-]?\d{{3}}[\dXx])\b"),
        ("PMID", "PMID", rf"\bPMID{_GAP}(\d{{1,9}})\b"),
        ("PMCID", "PMC", rf"\bPMC(?:ID)?{_GAP}((?:PMC)?\d{{3,9}})\b"),
        ("arXiv", "ARXIV", rf"\barXiv{_GAP}((?:\d{{4}}\.\d{{4,5}}|[a-z-]+(?:\.[A-Z]{{2}})?/\d{{7}})(?:v\d+)?)\b"),
        ("OCLC", "OCLC", rf"\bOCLC(?:[\s\u00a0]*(?:number|no\.?|\#))?{_GAP}(\d{{2,14}})\b"),
        ("JSTOR", "JSTOR", rf"\bJSTOR{_GAP}((?:10\.2307/)?\d[\w.]*\w)\b"),
        ("bibcode", "BIBCODE", rf"\bbibcode{_GAP}(\d{{4}}[\w.&]{{14}}[A-Z.])"),
        ("hdl", "HDL", rf"\bhdl{_GAP}(\d[\w.]*/[^\s\"<>|]+)"),
        ("LCCN", "LCCN", rf"\bLCCN{_GAP}([a-z]{{0,3}}\d[\d-]{{5,11}})\b"),
        ("S2CID", "S2CID", rf"\bS2CID{_GAP}(\d{{2,12}})\b"),
    )
}
"""Names and forms of identifiers by what is in all words that name one, in capitals."""


def typed_identifiers(words: str) -> Iterator[tuple[str, str]]:
    """The identifiers that words name: `doi:10.1000/1`, `ISBN 978-…`, `arXiv:1512.01655`."""
    capitals = words.upper()
    for sign, (name, form) in _TYPED.items():
        if sign in capitals:
            for match in form.finditer(words):
                if value := identifier(name, match[1]):
                    yield name, value


def identifiers_in(addresses: Iterable[str], words: str) -> dict[str, str]:
    """The first identifier of each kind that addresses, then words, name."""
    found: dict[str, str] = {}
    for address in addresses:
        if pair := identifier_of_address(address):
            found.setdefault(*pair)
    for name, value in typed_identifiers(words):
        found.setdefault(name, value)
    return found
