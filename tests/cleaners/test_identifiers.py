"""Identifiers: their forms and check digits, the addresses and words that name them."""

from __future__ import annotations

import pytest

from wikiglean.cleaners.works.identifiers import identifier, identifier_of_address, identifiers_in


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("ISBN", "978-0-306-40615-7", "9780306406157"),
        ("ISBN", "0-306-40615-2", "0306406152"),
        ("ISBN", "0‐8044‐2957‐x", "080442957X"),
        ("ISBN", "978-0-306-40615-8", None),
        ("ISBN", "0-306-40615-3", None),
        ("ISBN", "123", None),
        ("ISSN", "03785955", "0378-5955"),
        ("ISSN", "0378-5954", None),
        ("ISSN", "2434-561x", "2434-561X"),
        ("DOI", "10.1000/182.", "10.1000/182"),
        ("DOI", "doi:10.1000/(SICI)1097(199808)", "10.1000/(SICI)1097(199808)"),
        ("DOI", "10.1000/182)", "10.1000/182"),
        ("DOI", "11.1000/182", None),
        ("PMCID", "2807447", "PMC2807447"),
        ("PMCID", "PMC2807447", "PMC2807447"),
        ("PMID", "0", None),
        ("arXiv", "hep-th/9901001", "hep-th/9901001"),
        ("arXiv", "1512.01655v2", "1512.01655v2"),
        ("OCLC", "(OCoLC)0012345", "12345"),
        ("JSTOR", "10.2307/123", "123"),
    ],
)
def test_forms(name: str, value: str, found: str | None) -> None:
    assert identifier(name, value) == found


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://doi.org/10.1000%2F182", ("DOI", "10.1000/182")),
        ("https://doi.org/10.2307/27700001", ("DOI", "10.2307/27700001")),
        ("//dx.doi.org/10.1000/182", ("DOI", "10.1000/182")),
        ("http://www.ncbi.nlm.nih.gov/pubmed/20175497", ("PMID", "20175497")),
        ("https://pubmed.ncbi.nlm.nih.gov/20175497/", ("PMID", "20175497")),
        ("//www.ncbi.nlm.nih.gov/pmc/articles/PMC2807447", ("PMCID", "PMC2807447")),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC2807447/", ("PMCID", "PMC2807447")),
        ("https://arxiv.org/abs/1512.01655", ("arXiv", "1512.01655")),
        ("https://arxiv.org/pdf/1512.01655.pdf", ("arXiv", "1512.01655")),
        ("http://arxiv.org/abs/hep-th/9901001", ("arXiv", "hep-th/9901001")),
        ("https://www.worldcat.org/oclc/12345", ("OCLC", "12345")),
        ("https://search.worldcat.org/oclc/12345", ("OCLC", "12345")),
        ("//www.worldcat.org/issn/0378-5955", ("ISSN", "0378-5955")),
        ("https://www.jstor.org/stable/27700001", ("JSTOR", "27700001")),
        ("https://ui.adsabs.harvard.edu/abs/2002PNAS...99.7536T", ("bibcode", "2002PNAS...99.7536T")),
        ("https://hdl.handle.net/2027%2Fabc", ("hdl", "2027/abc")),
        ("https://lccn.loc.gov/98012345", ("LCCN", "98012345")),
        ("https://api.semanticscholar.org/CorpusID:14682572", ("S2CID", "14682572")),
        ("/wiki/Special:BookSources/978-0-306-40615-7", ("ISBN", "9780306406157")),
        ("/wiki/Spezial:ISBN-Suche/0306406152", ("ISBN", "0306406152")),
        ("./Sp%C3%A9cial:Ouvrages_de_r%C3%A9f%C3%A9rence/9780306406157", ("ISBN", "9780306406157")),
        ("https://ru.wiki.example/wiki/Служебная:Источники_книг/0306406152", ("ISBN", "0306406152")),
        ("/w/index.php?title=Special:BookSources/0306406152", ("ISBN", "0306406152")),
        ("/wiki/Talk:Phone/0306406153", None),
        ("https://nets.example/doi.org/10.1000/182", None),
        ("https://arxiv.org/archive/cs.LG", None),
        ("/wiki/Nets", None),
    ],
)
def test_addresses(url: str, found: tuple[str, str] | None) -> None:
    assert identifier_of_address(url) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("doi:10.1000/182.", {"DOI": "10.1000/182"}),
        ("(https://doi.org/10.1000/182)", {"DOI": "10.1000/182"}),
        ("ISBN 978-0-306-40615-7; ISBN-10: 0-306-40615-2", {"ISBN": "9780306406157"}),
        ("ISBN: 0 306 40615 2", {"ISBN": "0306406152"}),
        ("ISBN 0-306-40615-3", {}),
        ("ISSN 0378-5955, OCLC 12345", {"ISSN": "0378-5955", "OCLC": "12345"}),
        ("PMID 20175497. PMC 2807447", {"PMID": "20175497", "PMCID": "PMC2807447"}),
        ("PMID:20175497 PMCID: PMC2807447", {"PMID": "20175497", "PMCID": "PMC2807447"}),
        ("arXiv:1512.01655 [cs.LG]", {"arXiv": "1512.01655"}),
        ("JSTOR 27700001. S2CID 14682572. hdl:2027/abc", {"JSTOR": "27700001", "S2CID": "14682572", "hdl": "2027/abc"}),
        ("Bibcode:2002PNAS...99.7536T", {"bibcode": "2002PNAS...99.7536T"}),
        ("Version 10.5 of the nets, page 1234567890", {}),
    ],
)
def test_words(words: str, found: dict[str, str]) -> None:
    assert identifiers_in((), words) == found
