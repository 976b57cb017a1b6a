"""Lists whose items start in small letters and end in no mark."""

from pipeline.text.document import Segmentation, read_lines, read_order, segment
from pipeline.text.language import load_language
from pipeline.text.paragraphs import assemble
from pipeline.text.small_letters import WHOLE, in_small_letters

DUTCH = load_language("nl")
NOTES = """Wonen met zorg
maak de drempel voor hulp lager
bouw kleine woningen bij elkaar
geef huurders meer zekerheid en een vaste con-
tactpersoon
Leefbare dorpen
houd de school en de winkel open
laat de bus ook 's avonds rijden
zorg voor een plek om elkaar te ontmoeten
"""


def read(text: str) -> Segmentation:
    encoding, lines = read_lines(text.encode(), DUTCH)
    return segment(text.encode(), encoding, "notes", lines, read_order(lines, DUTCH, ()), DUTCH)


def titles_of(text: str) -> list[str]:
    return [section.heading.title for section in read(text).sections]


def bullets_of(text: str) -> list[str]:
    _, lines = read_lines(text.encode(), DUTCH)
    paragraphs = assemble(read_order(lines, DUTCH, ()).segments, DUTCH)
    return [" ".join(part.text for part in paragraph.segments) for paragraph in paragraphs if not paragraph.heading]


def test_items_open_where_their_first_word_would_have_fitted_above() -> None:
    found = bullets_of(NOTES)
    assert "maak de drempel voor hulp lager" in found
    assert "houd de school en de winkel open" in found


def test_an_item_that_wraps_stays_whole() -> None:
    assert "geef huurders meer zekerheid en een vaste con- tactpersoon" in bullets_of(NOTES)


def test_names_with_a_capital_head_the_items_below_them() -> None:
    assert titles_of(NOTES) == ["Wonen met zorg", "Leefbare dorpen"]


def test_a_wish_with_a_capital_is_no_heading() -> None:
    assert titles_of(NOTES.replace("Leefbare dorpen", "Rotterdam wacht op hulp")) == ["Wonen met zorg"]


def test_headings_with_a_number_are_parted_from_the_items_around_them() -> None:
    numbered = NOTES.replace("Wonen", "3. Wonen").replace("Leefbare", "4. Leefbare")
    assert titles_of(numbered) == ["Wonen met zorg", "Leefbare dorpen"]


def test_running_text_is_no_such_list() -> None:
    lines = ["De gemeente wil dat bewoners", "mee kunnen praten. Dat lukt", "nu nog niet. Wie werkt kan", "niet komen."]
    assert not in_small_letters(lines * 3)
    assert in_small_letters([line for line in NOTES.splitlines() if line])


def test_statements_of_such_a_list_are_less_sure() -> None:
    whole = NOTES.title()
    assert (
        max(s.confidence for s in read(NOTES).statements) <= WHOLE < max(s.confidence for s in read(whole).statements)
    )


def test_a_title_that_fills_its_line_is_parted_from_the_item_below_it_by_its_words() -> None:
    full = "Opvang en onderdak voor jonge ouders"
    assert titles_of(NOTES.replace("Leefbare dorpen", full)) == ["Wonen met zorg", full]
    wrapped = "Leefbare dorpen voor ouderen en hun\nhuisgenoten"
    assert titles_of(NOTES.replace("Leefbare dorpen", wrapped)) == ["Wonen met zorg", " ".join(wrapped.split())]


def test_a_keyword_that_is_counted_in_words_waits_for_nothing() -> None:
    assert titles_of(NOTES.replace("Wonen met zorg", "Tafel een")) == ["Tafel een", "Leefbare dorpen"]
