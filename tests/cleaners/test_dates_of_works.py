"""Dates as citations write them."""

from __future__ import annotations

from typing import Any

import pytest

from wikiglean.cleaners.works.dates import date_of


def parts(*dates: list[int]) -> dict[str, Any]:
    return {"date-parts": list(dates)}


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ("2008", None, parts([2008])),
        ("2008-11", None, parts([2008, 11])),
        ("2008-11-05", None, parts([2008, 11, 5])),
        ("2009-00-00", None, parts([2009])),
        ("2001/2002", None, parts([2001], [2002])),
        ("2001-2002", None, parts([2001], [2002])),
        ("2001–02", None, parts([2001], [2002])),
        ("1914-18", None, parts([1914], [1918])),
        ("2017-01/2017-03", None, parts([2017, 1], [2017, 3])),
        ("May 5–7, 2006", None, parts([2006, 5, 5], [2006, 5, 7])),
        ("5–7 May 2006", None, parts([2006, 5, 5], [2006, 5, 7])),
        ("28 February – 3 March 2010", None, parts([2010, 2, 28], [2010, 3, 3])),
        ("January–March 2005", None, parts([2005, 1], [2005, 3])),
        ("December 2007–January 2008", None, parts([2007, 12], [2008, 1])),
        ("November 2008", None, parts([2008, 11])),
        ("March 3rd, 1999", None, parts([1999, 3, 3])),
        ("Spring 2006", None, {**parts([2006]), "season": 1}),
        ("Winter 1999–2000", None, {**parts([1999], [2000]), "season": 4}),
        ("2006-21", None, {**parts([2006]), "season": 1}),
        ("c. 1900", None, {**parts([1900]), "circa": True}),
        ("circa May 1900", None, {**parts([1900, 5]), "circa": True}),
        ("2006~", None, {**parts([2006]), "circa": True}),
        ("3. Mai 2020", "de", parts([2020, 5, 3])),
        ("3.5.2020", "de", parts([2020, 5, 3])),
        ("1er janvier 2003", "fr", parts([2003, 1, 1])),
        ("15 de mayo de 2010", "es", parts([2010, 5, 15])),
        ("12 мая 2014", "ru", parts([2014, 5, 12])),
        ("2010. május 3.", "hu", parts([2010, 5, 3])),
        ("2020年5月3日", "ja", parts([2020, 5, 3])),
        ("2020년 5월 3일", "ko", parts([2020, 5, 3])),
        ("۳ مه ۲۰۲۰", "fa", parts([2020, 5, 3])),
        ("3 May 2020", "xx-unknown", parts([2020, 5, 3])),
        ("20081105", None, parts([2008, 11, 5])),
        ("200811", None, parts([2008, 11])),
        ("27/02/2008", None, parts([2008, 2, 27])),
        ("2-27-2008", None, parts([2008, 2, 27])),
        ("2/2/2008", None, parts([2008, 2, 2])),
        ("n.d.", None, {"literal": "n.d."}),
        ("3/5/2020", None, {"literal": "3/5/2020"}),
        ("2002-02-30", None, {"literal": "2002-02-30"}),
        ("1998 [1945]", None, {"literal": "1998 [1945]"}),
        ("²", None, {"literal": "²"}),
        ("", None, None),
        ("—", None, None),
    ],
)
def test_dates(words: str, language: str | None, found: dict[str, Any] | None) -> None:
    assert date_of(words, language) == found
