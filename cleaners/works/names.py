"""Names of people and organisations, as CSL-JSON has them: `{family, given, suffix}`, or `{literal}`.

Nothing is guessed: only a comma, or fields of their own, tell a family name from the others.
"""

from __future__ import annotations

import re
from typing import TypeAlias

__all__ = ["Name", "name_of", "names_in", "without_doubles"]

Name: TypeAlias = dict[str, str]

_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV|VI{0,3}|Esq\.?)", re.I)
_YEARS = r"(?:b\.|born|d\.|ca\.?)?\s*\d{3,4}\??\s*(?:[-–]\s*(?:ca\.?\s*)?(?:\d{3,4}\??)?)?"
_ROLES = r"(?:author|auth|editor|ed|translator|illustrator|compiler|contributor|creator)"
_OF_CATALOGUES = re.compile(rf",\s*(?:{_YEARS}(?:\s{_ROLES})?|{_ROLES})\.?(?=,|$)", re.I)
"""Years of life and roles, which catalogues write behind a name: `Berg, Eva, 1950- author`."""
_VANCOUVER = re.compile(r"[^\W\d_][\w'’-]*(?: [\w'’-]+)* [A-Z]{1,4}")
_PAIR = re.compile(r"([^,;]+, ?(?:[A-Z]\.[ -]?)+),? ?(?:and|&) ([^,;]+, ?(?:[A-Z]\.[ -]?)+)")
"""`Berg, E. and Lund, P.`: initials show that a name ends."""
_OTHERS = re.compile(r"[\s,;]*(?:\bet[\s\u00a0]al\b\.?|\band others\b|\bu\.[\s\u00a0]?a\.)[\s,;.]*$", re.I)


def name_of(family: str, given: str = "", suffix: str = "") -> Name | None:
    """The name of fields of its own. A lone family name of several words may be an organisation's: it is literal."""
    family, given = _without_others(family), _without_others(given)
    if not given:
        if not family or "," in family or suffix:
            return _with_suffix(_split(family), suffix) if family else None
        return {"literal": family} if " " in family else {"family": family}
    if not family:
        return {"literal": given}
    return _with_suffix({"family": family, "given": given}, suffix)


def names_in(words: str, *, apart: bool = True) -> list[Name]:
    """The names of one field: `Smith, John`, `World Weaving Institute`, or several with semicolons between.

    `apart` says that a comma stands between the parts of a name. Where that is not sure, `Max Muster, Erika Muster` may
    be two: both sides must not have more than a word then.
    """
    pair = _PAIR.fullmatch(words) if " and " in words or "&" in words else None
    parts = words.split(";") if ";" in words else list(pair.groups()) if pair else [words]
    names: list[Name] = []
    for part in parts:
        if name := _without_others(part):
            name = _OF_CATALOGUES.sub("", name) if name.count(",") > 1 else name
            names += [_split(name)] if apart else _split_unsure(name)
    return names


def _split_unsure(words: str) -> list[Name]:
    parts = [part.strip() for part in words.split(",") if part.strip()]
    if len(parts) > 1 and all(_VANCOUVER.fullmatch(part) for part in parts):
        return [{"family": family, "given": given} for family, _, given in (part.rpartition(" ") for part in parts)]
    named_so = len(parts) == 2 and (" " not in parts[0] or " " not in parts[1] or "." in parts[1])
    return [_split(words)] if len(parts) < 2 or named_so else [{"literal": words}]


def without_doubles(names: list[Name]) -> list[Name]:
    """The names without those that are written twice: as fields of their own, and in full.

    Where one is the beginning of the other, `Smith, J` and `Smith, John`, the longer one stays.
    """
    if len({name.get("family") for name in names if "literal" not in name}) == len(names):
        return names
    kept: list[Name] = []
    for name in names:
        for n, other in enumerate(kept):
            if _same(name, other):
                if len(name.get("given", "")) > len(other.get("given", "")):
                    kept[n] = name
                break
        else:
            kept.append(name)
    return kept


def _same(one: Name, other: Name) -> bool:
    if "literal" in one or "literal" in other:
        return bool(_forms(one) & _forms(other))
    given, known = one.get("given", ""), other.get("given", "")
    return one.get("family") == other.get("family") and (given.startswith(known) or known.startswith(given))


def _forms(name: Name) -> set[str]:
    family, given = name.get("family", ""), name.get("given", "")
    forms = (name.get("literal", ""), f"{given} {family}", f"{family} {given}", family if not given else "")
    return {" ".join(form.split()).casefold() for form in forms if form.strip()}


def _split(words: str) -> Name:
    family, _, given = words.partition(",")
    family, given = family.strip(), given.strip()
    if not family or not given:
        return {"literal": words.strip(" ,")}
    head, comma, tail = given.rpartition(",")
    if comma and _SUFFIX.fullmatch(tail.strip()):
        return {"family": family, "given": head.strip(), "suffix": tail.strip()}
    if _SUFFIX.fullmatch(given):
        return {"literal": words.strip()}
    return {"family": family, "given": given}


def _with_suffix(name: Name, suffix: str) -> Name:
    return {**name, "suffix": suffix} if suffix and "family" in name else name


def _without_others(words: str) -> str:
    tail = words[-9:]
    if "al" in tail or "others" in tail or "a." in tail:
        words = _OTHERS.sub("", words)
    return words.strip(" ,;")
