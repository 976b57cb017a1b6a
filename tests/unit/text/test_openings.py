"""Lines of a single column that open a paragraph by a mark of their own."""

from pipeline.text.language import load_language
from pipeline.text.model import Line, Segment
from pipeline.text.openings import Column, continuations, marked, openings
from pipeline.text.page_order import comes_in_order

DUTCH = load_language("nl")


def lines_of(*texts: str) -> list[Line]:
    return [Line(n, 1, text, range(n * 1000, n * 1000 + len(text) + 1)) for n, text in enumerate(texts, 1)]


def segments_of(*texts: str, column: int = 1) -> list[Segment]:
    return [Segment(line, 0, len(line.text), column, False, 1.0) for line in lines_of(*texts) if line.text]


def opened(*texts: str) -> list[str]:
    segments = segments_of(*texts)
    texts = {place: segment.text for place, segment in enumerate(segments)}
    found = openings(Column.of(segments), DUTCH) | marked(texts, DUTCH)
    return [segment.text for place, segment in enumerate(segments) if place in found]


def test_a_glyph_counts_where_it_comes_again() -> None:
    assert opened("Wij vragen", "- meer opvang", "in de wijk", "- minder regels") == [
        "- meer opvang",
        "- minder regels",
    ]
    assert opened("de gemeente", "- en dat is nieuw", "betaalt mee") == []


def test_a_list_counts_from_its_first_item() -> None:
    assert opened("Wij vragen", "a. opvang", "voor wie", "b. zorg", "c. rust") == ["a. opvang", "b. zorg", "c. rust"]
    assert opened("Zie lid", "4. dat geldt hier ook") == []
    letters = [f"{letter}) wens" for letter in "abcdefghijk"]
    assert opened("Wij vragen", *letters) == letters
    assert opened("(i) opvang", "(ii) zorg", "(iii) rust") == ["(i) opvang", "(ii) zorg", "(iii) rust"]


def test_speakers_count_where_there_are_several() -> None:
    said = ["Ouder: Meer rust.", "Agent: Meld het.", "Docent: Kijk beter."]
    assert opened(*said) == said
    assert opened(said[0], said[1]) == []


def test_blank_lines_part_where_sentences_begin_below_them() -> None:
    tidy = ["Een wens", "van ons.", "", "Meer rust", "in huis", "", "Meer geld", "voor ons."]
    assert opened(*tidy) == ["Meer rust", "Meer geld"]
    torn = ["Een wens", "", "van ons", "in huis", "", "en meer geld", "voor ons", "", "Klaar"]
    assert opened(*torn) == []


def test_of_woven_columns_nothing_is_told_by_the_line_above() -> None:
    segments = segments_of("a. een", "b. twee", column=2)
    assert openings(Column.of(segments), DUTCH) == frozenset()


def test_a_number_that_is_missing_between_two_others_opens() -> None:
    numbered = {0: "5.5 Wonen", 4: "5.7 Werk"}
    assert marked({**numbered, 1: "ook van", 2: "5.6 Zorg"}, DUTCH) == {2}
    assert marked({**numbered, 2: "5.6 Zorg", 3: "5.6 Zorg"}, DUTCH) == frozenset(), "one of them may be a reference"
    assert marked({0: numbered[0], 2: "5.6 Zorg"}, DUTCH) == frozenset()


def test_a_full_line_goes_on_where_blank_lines_part_paragraphs() -> None:
    texts = ["Wij willen dat er hulp komt.", "Hulp voor wie haar nodig.", "", "Kort.", "Nieuw.", "", "Klaar is klaar."]
    segments = segments_of(*texts)
    assert [segments[place].text for place in continuations(Column.of(segments))] == ["Hulp voor wie haar nodig."]
    assert continuations(Column.of(segments_of(*(text for text in texts if text)))) == frozenset()


def test_a_flip_chart_is_a_list() -> None:
    flap = ["Wat kan weg", "- formulieren", "- wachten", "", "Wat moet erbij", "- tolken", "- rust", "", "- hulp"]
    assert comes_in_order(lines_of(*flap), DUTCH)
    assert not comes_in_order(lines_of(*(text for text in flap if text)), DUTCH)
    assert not comes_in_order(lines_of("- meer rust - meer geld", "", "- hulp - zorg", "", "- tolken - tijd"), DUTCH)


def test_blank_lines_between_paragraphs_tell_that_nothing_is_woven() -> None:
    letter = [
        "Wij willen hulp",
        "voor wie dat vraagt.",
        "",
        "Meer rust",
        "in huis.",
        "",
        "Meer geld.",
        "",
        "Klaar is",
        "klaar.",
    ]
    assert comes_in_order(lines_of(*letter), DUTCH)
    assert not comes_in_order(lines_of(*(text.lower().rstrip(".") for text in letter)), DUTCH)
    assert not comes_in_order(lines_of(*(text for text in letter if text)), DUTCH)


WISHES = ("bouw huizen.", "plant bomen.", "maak haast.", "luister beter.", "open een loket.", "kort de wachtlijst in.")
LETTERED = [f"{letter}. {wish.capitalize()}" for letter, wish in zip("abcdef", WISHES, strict=True)]


def test_a_list_that_counts_below_complete_lines_is_in_order() -> None:
    assert comes_in_order(lines_of("Wij vragen", *LETTERED), DUTCH)
    alone = [part for line in LETTERED for part in line.split(" ", 1)]
    assert comes_in_order(lines_of(*alone), DUTCH)


def test_a_list_beside_another_column_is_not_in_order() -> None:
    assert not comes_in_order(lines_of(*(f"{line} Zorg voor rust." for line in LETTERED)), DUTCH)
    assert not comes_in_order(lines_of(*(f"{line} en wij willen meer" for line in LETTERED)), DUTCH)
    numbers = [f"{line} {letter}. meer rust." for line, letter in zip(LETTERED, "ghijkl", strict=True)]
    assert not comes_in_order(lines_of(*numbers), DUTCH)


def test_an_enumerator_on_a_line_of_its_own_opens_its_item() -> None:
    assert opened("Wij vragen", "a.", "opvang", "b.", "zorg", "c.", "rust") == ["a.", "b.", "c."]


def test_the_first_heading_below_another_one_shows_that_one() -> None:
    assert opened("Wij spraken velen.", "1 Wonen", "1.1 Huren", "Meer woningen.") == ["1 Wonen"]
    assert opened("Wij spraken velen.", "2 Wonen", "1.1 Huren", "Meer woningen.") == []


def test_a_title_above_items_would_have_fitted_on_the_line_above() -> None:
    lines = (
        "- Later dicht",
        "Collectie",
        "- Boeken in meer talen en een kast voor de streek",
        "en de stad",
        "Gebouw",
        "- Spreekuur van de bank en voorlezen voor peuters",
    )
    assert [line for line in opened(*lines) if line[0] != "-"] == ["Collectie", "Gebouw"]
    full = ("- Meer aandacht voor gemeente", "Amsterdam", "- Boeken in meer talen")
    assert "Amsterdam" not in opened(*full), "there was no room for it"


def test_a_title_below_a_sentence_leaves_room() -> None:
    long = "Behoud de bomen langs de vaart, want die zijn ouder dan de fabriek zelf."
    assert opened(long, "Geef het park terug.", "Verkeer", "Sluit de weg voor vrachtverkeer.") == ["Verkeer"]
    assert opened(long, "Geef het park terug.", "Daarna vlogen ze", "Verder weg.") == [], "it tells something"


def test_where_lines_do_not_wrap_each_is_a_paragraph() -> None:
    short = [f"Punt van zorg {number}" for number in range(9)]
    long = (
        "Geef huurders die kleiner willen gaan wonen hun oude huurprijs mee, en leg het vast in een afspraak met allen."
    )
    assert len(opened(*short, long)) == len(short)
    assert opened(*short, long, "die dat willen.") == [], "a line that goes on in small letters"


def test_a_glyph_on_a_line_of_its_own_opens_its_item() -> None:
    assert opened("Online", "-", "Geef ouders uitleg.", "-", "Verbied reclame.") == ["-", "-"]


def test_a_name_between_complete_paragraphs_is_parted_where_these_end_in_a_mark() -> None:
    complete = ["De wachttijd voor een gesprek is te lang.", "Geef bewoners een stem in hun", "wijk."] * 7
    rows = [*complete, "De wachttijd voor een gesprek is te lang.", "Wonen en zorg", "Houd de school open."]
    assert "Wonen en zorg" in opened(*rows)
    assert "Wonen en zorg" not in opened(*(row.rstrip(".") for row in rows))


def test_where_no_sentence_ends_inside_a_line_each_is_a_paragraph() -> None:
    wishes = [f"Geef wijk {letter} een huis" for letter in "ABCDEFGHI"]
    lines = [line for wish in wishes for line in (wish, "voor wie er nooit een had.")]
    assert opened(*lines) == wishes[1:]
    assert opened(*lines, "Dat helpt. Wij weten het zeker.") == [], "sentences end inside lines, so two may be one wish"
    assert opened(*lines[:16]) == [], "too few to tell"


def test_a_heading_opens_below_a_line_without_end_where_its_number_follows_that_of_another() -> None:
    lines = ["3.4 Wonen", "Meer huizen", "3.5 Zorg voor jongeren", "Meer artsen"]
    assert opened(*lines) == ["3.4 Wonen", "3.5 Zorg voor jongeren"]
    assert opened("4.1 Wonen", *lines[1:]) == [], "3.5 follows nothing"
    assert opened(lines[0], "Wij lazen in", *lines[2:]) == ["3.4 Wonen"], "a line that waits for more"
