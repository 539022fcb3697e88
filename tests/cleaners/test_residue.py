"""`quality.residue`: what looks like a frame and stays in the text is told."""

from __future__ import annotations

from wikiglean.cleaners import EngineProfile, clean
from wikiglean.cleaners.content import content_root
from wikiglean.cleaners.profiles import ContentRules, Recognition
from wikiglean.cleaners.recognise import recognise

FERRY = EngineProfile(
    name="ferry", title="Ferry", recognise=Recognition(any_of=("main",)), content=ContentRules(root=("main",))
)
PROSE = "<p>The ferry of Varsk crosses the sound six times a day, and its crew knows every rock of it.</p>"


def residue(inner: str) -> tuple[str, ...]:
    # without the cleaners that would take such lines away
    return clean(f"<main>{inner}</main>", profiles=[FERRY], cleaners=[recognise, content_root]).quality.residue


def test_lines_of_a_frame_at_the_ends_and_edit_markers_at_headings() -> None:
    last = "<p>Enter the characters shown in the image.</p>"
    assert residue(f"<h2>Crew[edit]</h2>{PROSE * 8}{last}") == ("[edit]", "Enter the characters shown in the image.")


def test_the_same_words_in_the_middle_are_the_author_s() -> None:
    line = "<p>Enter the characters shown in the image.</p>"
    assert residue(PROSE * 8 + line + PROSE * 8) == ()
    assert residue("<h2>Crew (1904)</h2>" + PROSE) == ()


def test_what_cleaners_took_is_no_residue() -> None:
    page = f"<main><h2>Crew[edit]</h2>{PROSE * 8}<p>Enter the characters shown in the image.</p></main>"
    assert clean(page, profiles=[FERRY]).quality.residue == ("Enter the characters shown in the image.",)
