"""The ledger of an inspection as HTML: who owns how much, what is doubtful, and where it all came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from wikiglean.article import Article, Quality
from wikiglean.output.inspection_rules import Ledger, Rule
from wikiglean.output.markup import Html, element, joined, web_address

__all__ = ["FLAGS", "ledger_html"]

FLAGS = {
    "empty": "the article has no text",
    "unknown-engine": "no profile recognised the page",
    "content-root-not-found": "the engine was recognised, its content root was not on the page",
    "content-root-by-landmark": "the article was found by `main`, `article`, `#content` or the like, and most of "
    "the page's prose is in it",
    "content-root-by-trafilatura": "no landmark holds: it is the smallest element around what `trafilatura` takes "
    "for content",
    "content-root-by-density": "`trafilatura` finds nothing either: the smallest element around the page's prose",
    "content-root-is-body": "nothing says where the article is, so the whole body was read",
    "trafilatura-failed": "`trafilatura` could not take the page; the page is cleaned without it",
    "bad-bytes": "bytes that the page's charset does not have: they stand as U+FFFD (�) in the text",
    "charset-not-as-declared": "the bytes are of another charset than the page or its server said: UTF-8 under "
    "another label, or none under UTF-8's",
    "ledger-mismatch": "the sum above does not hold: a mistake of ours, please report the page",
}
"""What docs/quality.md says of each flag; a test compares the two."""


def ledger_html(article: Article, ledger: Ledger) -> Html:
    """All of the ledger. The page's words have to be written before, for the rules know their places then."""
    return joined(
        [
            _sum(article.quality),
            _table(article.quality, ledger),
            _doubts(article.quality),
            _details("About the article", _facts(article), opened=True),
            _details("Provenance", _provenance(article)),
        ]
    )


def _sum(quality: Quality) -> Html:
    """The promise that nothing was lost, as a picture and in numbers."""
    shares = [
        ("text", "in the text", quality.in_text),
        ("fields", "in fields", quality.structured),
        ("swapped", "substituted", quality.substituted),
        ("gone", "removed", quality.removed),
    ]
    owned = sum(number for _, _, number in shares)
    terms = [
        element("li", element("b", f"{number:,}"), " ", words, class_=f"share {kind}") for kind, words, number in shares
    ]
    if owned == quality.visible:
        verdict = element("p", f"✓ Together {quality.visible:,}, every visible character of the page.", class_="holds")
    else:
        missing = f"✗ Together {owned:,}, but the page has {quality.visible:,} visible characters."
        verdict = element("p", missing, class_="broken")
    return joined([_bar(shares, owned), element("ul", *terms, class_="shares"), verdict])


def _bar(shares: list[tuple[str, str, int]], owned: int) -> Html:
    """The shares side by side. Attributes of SVG are no styles, so the page's policy allows them."""
    parts: list[Html] = []
    x = 0.0
    for kind, _, number in shares:
        width = 1000 * number / owned if owned else 0
        parts.append(element("rect", x=f"{x:.1f}", y=0, width=f"{width:.1f}", height=10, class_=kind))
        x += width
    return element("svg", *parts, viewBox="0 0 1000 10", preserveAspectRatio="none", class_="bar", aria_hidden="true")


def _table(quality: Quality, ledger: Ledger) -> Html:
    """A row for each rule: choosing one shows its pieces alone, its number leads to the first of them."""
    heads = [
        element("th", words, scope="col", class_=class_)
        for words, class_ in (("Owner", None), ("Pieces", "n"), ("Characters", "n"))
    ]
    everything = element("label", _choice(0, checked=True), "everything", class_="rule")
    total = element("tr", element("th", everything, scope="row"), element("td", class_="n"), _number(quality.visible))
    bodies = [element("tbody", total)]
    for removed, group in groupby(ledger.rules, key=lambda rule: rule.destination == "removed"):
        if not removed:
            bodies.append(element("tbody", *(_row(rule, rule.name) for rule in group)))
            continue
        for cleaner, rules in groupby(group, key=lambda rule: rule.cleaner):
            bodies.append(element("tbody", *_cleaner(cleaner, list(rules), ledger.removed_by[cleaner])))
    caption = element("caption", "Who owns the characters of the page")
    return element("table", caption, element("thead", element("tr", *heads)), *bodies, class_="rules")


def _cleaner(cleaner: str, rules: list[Rule], characters: int) -> Iterator[Html]:
    name = element("th", element("span", cleaner, class_=f"label {rules[0].colour}"), scope="rowgroup")
    yield element("tr", name, _number(sum(rule.entries for rule in rules)), _number(characters), class_="cleaner")
    yield from (_row(rule, rule.reason) for rule in rules)


def _row(rule: Rule, name: str) -> Html:
    bare = rule.destination == "removed" and not rule.entries
    aside = element("span", " white space", class_="aside") if bare else None
    words = element("span", element("span", name, class_=f"swatch {rule.colour}"), aside)
    label = element("label", _choice(rule.number), words, class_="rule")
    count = f"{rule.entries or rule.places:,}" if rule.places else "–"
    way = element("a", count, href=f"#k{rule.number}-1", title="to the first") if rule.places else count
    return element("tr", element("th", label, scope="row"), element("td", way, class_="n"), _number(rule.characters))


def _choice(number: int, *, checked: bool = False) -> Html:
    # without `autocomplete` Firefox would remember the choice of another page at the same address
    fixed = {"type": "radio", "name": "rule", "autocomplete": "off"}
    return element("input", id=f"r{number}", value=number, checked=checked, **fixed)


def _number(number: int) -> Html:
    return element("td", f"{number:,}", class_="n")


def _doubts(quality: Quality) -> Html:
    """What a reader should know before trusting the article."""
    entries = [(flag, FLAGS.get(flag, "see docs/quality.md")) for flag in quality.flags]
    if quality.unresolved_citations:
        number = f"{quality.unresolved_citations:,}"
        entries.append(("unresolved citations", f"{number} markers whose note the page does not have"))
    entries += [("residue", words) for words in quality.residue]
    if not entries:
        return joined([element("h3", "Quality"), element("p", "Nothing is doubtful: no flags, no residue.")])
    terms = [joined([element("dt", name), element("dd", _explained(words), dir="auto")]) for name, words in entries]
    return joined([element("h3", "Quality"), element("dl", *terms, class_="doubts")])


def _explained(words: str) -> Html:
    """Words of which those between back-ticks are code."""
    return joined(element("code", part) if n % 2 else part for n, part in enumerate(words.split("`")))


def _facts(article: Article) -> Iterator[tuple[str, str | None]]:
    """What the page says about itself."""
    site, language = article.is_part_of, article.in_language
    yield "kind", article.kind
    yield "url", article.url
    yield "identifier", article.identifier if article.identifier != article.url else None
    yield "canonical", article.canonical_url if article.canonical_url != article.url else None
    yield from (("redirected from", url) for url in article.redirects)
    yield "site", site.name
    yield "site address", site.url
    yield "engine", _words(site.engine, site.engine_version)
    yield "language", _words(language.identifier, language.direction)
    yield "revision", article.version.identifier
    yield "created", article.date_created
    yield "modified", article.date_modified
    yield "dates from", article.date_source
    yield from (("licence", _words(licence.name, licence.url)) for licence in article.license)
    yield from (("author", author) for author in article.authors)
    yield "description", article.description
    yield "Wikidata", article.main_entity.identifier if article.main_entity else None
    yield "schema", article.schema_version


def _provenance(article: Article) -> Iterator[tuple[str, str | None]]:
    """Where the bytes came from, and what made the article of them."""
    provenance = article.provenance
    yield "source", _words(provenance.source, provenance.source_path)
    yield "requested", provenance.requested_url
    yield "archive", provenance.archive_url
    yield "captured", provenance.captured_at
    yield from (("wrapper taken off", wrapper) for wrapper in provenance.wrappers)
    yield "etag", provenance.etag
    yield "last modified", provenance.last_modified
    yield "charset", _words(provenance.charset, f"({provenance.charset_source})" if provenance.charset_source else None)
    yield "sha256", provenance.sha256
    yield "wikiglean", provenance.tool_version
    yield from ((f"profile {name}", digest) for name, digest in provenance.profiles.items())


def _words(*words: str | None) -> str | None:
    return " ".join(filter(None, words)) or None


def _details(heading: str, facts: Iterable[tuple[str, str | None]], *, opened: bool = False) -> Html:
    terms = [joined([element("dt", name), element("dd", _value(value), dir="auto")]) for name, value in facts if value]
    return element("details", element("summary", heading), element("dl", *terms, class_="facts"), open=opened)


def _value(value: str) -> Html:
    address = web_address(value)
    return element("a", value, href=address, rel="noreferrer noopener nofollow") if address else joined([value])
