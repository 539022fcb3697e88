"""Cited ranges: what follows a short citation, in many languages."""

from __future__ import annotations

import pytest

from wikiglean.cleaners.works.locators import cited_range, range_of_marker

RANGES = {
    ", p. 5.": "p. 5",
    ", pp.\u00a012–14.": "pp. 12–14",
    ", pp. 5, 7, 9–12.": "pp. 5, 7, 9–12",
    ", pp. 5 and 7.": "pp. 5 and 7",
    ", p. xii.": "p. xii",
    ", p. A12.": "p. A12",
    ", p.23-5, fig. 2.": "p.23-5, fig. 2",
    ", p. 5 n. 3.": "p. 5 n. 3",
    ", pg. 702)": "pg. 702",
    ", vol. 2, p. 4.": "vol. 2, p. 4",
    ", chap. 3": "chap. 3",
    ", Ch. 14.": "Ch. 14",
    ", loc. 123.": "loc. 123",
    ", Kindle location 2345.": "Kindle location 2345",
    ", p. 5, n. 3; pp. 7–8, fig. 2.": "p. 5, n. 3; pp. 7–8, fig. 2",
    ", p. 5; 2003, p. 7.": "p. 5",
    ", pp. 5–9, esp. p. 7.": "pp. 5–9, esp. p. 7",
    ", p. 5, also Jones.": "p. 5",
    ", S. 23 ff., hier S. 25.": "S. 23 ff., hier S. 25",
    ", p. 5-9 et chap. 3.": "p. 5-9 et chap. 3",
    ", t. 2, fol. 4 vº.": "t. 2, fol. 4 vº",
    ", fol. 4r.": "fol. 4r",
    ", § 3.": "§ 3",
    ", p. 253, Note 18.": "p. 253, Note 18",
    ", passim.": "passim",
    " (2001), p. 5.": "p. 5",
    " (2001b): 5.": "5",
    ", 2001, p. 5.": "p. 5",
    ": 23–25.": "23–25",
    ", 2.45–47.": "2.45–47",
    ", p. 5; see also the map.": "p. 5",
    ', p. 7: "It rang."': "p. 7",
    ", p. 1). There are other bells": "p. 1",
    ", S. 23 f.": "S. 23 f.",
    ", S. 23 ff., 45.": "S. 23 ff., 45",
    ", Bd. II, S. 5–7.": "Bd. II, S. 5–7",
    ", p. 12 et suiv.": "p. 12 et suiv.",
    ", t. I, p. 5.": "t. I, p. 5",
    ", pp. 12 y ss.": "pp. 12 y ss.",
    ", vol. II, c. 5.": "vol. II, c. 5",
    ", с. 5.": "с. 5",
    ", стб. 233—234.": "стб. 233—234",
    ", Т. 2, с. 5 и далее.": "Т. 2, с. 5 и далее",
    ", стор. 5.": "стор. 5",
    ", s. 5–7.": "s. 5–7",
    ", str. 5.": "str. 5",
    ", blz. 5.": "blz. 5",
    ", lk 5.": "lk 5",
    ", 5. o.": "5. o.",
    ", σελ. 5.": "σελ. 5",
    ", ص. ۱۲.": "ص. ۱۲",
    ", ص ١٢–١٤.": "ص ١٢–١٤",
    ", עמ' 5.": "עמ' 5",
    ", पृ. ५.": "पृ. ५",
    ", tr. 5.": "tr. 5",
    ", hlm. 5.": "hlm. 5",
    "，第5頁。": "第5頁",
    "、5–7頁。": "5–7頁",
    ", 第三章。": "第三章",
    ", 5–7쪽.": "5–7쪽",
    "، ص. ۱۲–۱۴.": "ص. ۱۲–۱۴",
    " ↓, s. 5.": "s. 5",
    ", Bells of Skarn, p. 5.": "p. 5",
    ", “Loud Things,” pp. 5–6.": "pp. 5–6",
    ": Glocken. S. 5.": "S. 5",
}


@pytest.mark.parametrize("rest", RANGES)
def test_a_range_ends_where_its_words_end(rest: str) -> None:
    assert cited_range(rest) == RANGES[rest]


@pytest.mark.parametrize(
    "rest",
    [
        "",
        ".",
        " (2001).",
        ", for another view see the map, p. 5.",
        ", quoted by Holt, p. 5.",
        ". Also Holt, p. 5.",
        ", Bells of Skarn.",
        ", no one knows.",
        ", pl. ",
        ", loc. cit.",
        ", 1905 edition, see above.",
        " who climbed 5 towers.",
    ],
)
def test_words_that_are_no_range_give_none(rest: str) -> None:
    assert cited_range(rest) is None


@pytest.mark.parametrize(
    ("label", "shown", "page"),
    [("4", "[4]:15", "15"), ("4", "[4]", None), ("note 2", "[note 2]: 203 ", "203"), ("1:23", "1:23", None)],
)
def test_markers_may_name_a_page(label: str, shown: str, page: str | None) -> None:
    assert range_of_marker(label, shown) == page
