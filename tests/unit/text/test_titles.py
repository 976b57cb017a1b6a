"""Titles of documents, chapters and questions as extractors leave them, and glyphs on lines of their own."""

from pipeline.text.model import Heading
from tests.reading import read, texts

LETTERED = """III. Advies
De raad verzoekt het college:
a. binnen drie dagen langs te gaan;
b. een fonds in te stellen;
c. na afloop nazorg te bieden.
IV. Vervolg
De raad hoort graag binnen zes weken wat het college besluit.
"""
BELOW = """Huren is te duur geworden voor wie alleen woont en weinig verdient.
Bouw eerst op lege terreinen en pas daarna in het weiland.
Herstel de conciërge in de buurt, want die kent iedereen.
Betrek bewoners bij het plan voordat de tekening er ligt.
"""


def titles(text: str) -> list[str]:
    return [section.heading.title for section in read(text).sections]


def test_a_roman_number_goes_on_below_a_list_with_letters() -> None:
    assert titles(LETTERED) == ["Advies", "Vervolg"]


def test_a_chapter_stands_above_its_first_heading() -> None:
    found = [section.heading for section in read(f"2 Wonen\n2.1 Huren\n{BELOW}").sections]
    assert found == [Heading("2", "Wonen", 1), Heading("2.1", "Huren", 2)]


def test_what_names_a_topic_at_the_top_is_a_title() -> None:
    assert titles(f"Ongevraagd advies\nschuldhulpverlening\n1. Wonen\n{BELOW}") == [
        "Ongevraagd advies schuldhulpverlening",
        "Wonen",
    ]
    assert titles(f"Zorg dat er meer woningen komen\n1. Wonen\n{BELOW}") == ["Wonen"], "a wish"


def test_questions_above_quotations_are_headings() -> None:
    answers = [f'"{line}"' for line in BELOW.strip().split("\n")]
    survey = "\n".join(["Wat gaat goed?", *answers[:2], "Wat kan beter?", *answers[2:]])
    assert titles(survey) == ["Wat gaat goed?", "Wat kan beter?"]


def test_dashes_on_lines_of_their_own_are_those_of_items() -> None:
    items = ["Haal de wachtlijst weg.", "Praat met ons.", "Zet er iemand neer die niet ook lesgeeft."]
    assert texts("".join(f"-\n{item}\n" for item in items)) == items


def test_glyphs_apart_from_their_items_are_no_statements() -> None:
    assert texts("• Haal de wachtlijst weg.\n\n•\n\n•\n\n•\n\nPraat met ons.\n\n•\n") == [
        "Haal de wachtlijst weg.",
        "Praat met ons.",
    ]


def test_a_glyph_above_an_item_with_one_of_its_own_is_no_statement() -> None:
    items = ["Haal de wachtlijst weg.", "Praat met ons."]
    assert texts("• Haal de wachtlijst weg.\n•\n• Praat met ons.\n") == items
    assert texts("• \n• Haal de wachtlijst weg.\n\n•\n\n• Praat met ons.\n") == items
    assert texts("1. Wonen\n\n•\n• Haal de wachtlijst weg\n• \n• Praat met ons\n") == [one[:-1] for one in items]


def test_a_letter_to_a_college_has_a_greeting() -> None:
    letter = f"Bewonersgroep Achter de Vest\nPostbus 300\nGeacht college,\n{BELOW}"
    assert (texts(letter)[0], titles(letter)) == (BELOW.split("\n", maxsplit=1)[0], [])


def test_questions_that_stand_in_turn_above_groups_of_answers_are_headings() -> None:
    first, second, third = ("Wat gaat goed?", "Wat kan er beter?", "Hoe wilt u meedenken?")
    lead = "In mei spraken bewoners met elkaar over hun straat.\n"
    answers = BELOW.strip().split("\n")
    groups = ["\n".join([asked, *answers[:2], *answers[2:]]) for asked in (first, second, third)]
    assert titles(lead + "\n".join(groups)) == [first, second, third]
    assert titles(lead + "\n".join([first, second, third, *answers])) == [], "a list of questions"
    assert titles("\n".join([*answers, *answers, *groups])) == [], "questions that come up on the way"
    assert titles("\n".join([first, answers[0], second, *answers, third, *answers])) == [], "of no one size"
    assert titles(lead + "\n".join(groups[:2])) == [], "two are no turn"


def test_lines_that_are_one_question_each_stand_apart_from_the_paragraphs_around_them() -> None:
    asked = ("Waarom duurt dat zo lang?", "Wat kan er beter?", "Wie helpt ons verder?")
    full = "Bewoners van de straat vertelden op een avond in mei wat hen jaren\ndwarszit op het plein en in winkels.\n"
    answers = "De vuilnis ligt er dagen. De lantaarns op de hoek zijn al lang stuk.\n" * 2
    text = full * 2 + answers.join(f"{answers}{question}\n" for question in asked) + answers
    placed = {one.statement.text: one.bullet for one in read(text).statements}
    bullets = [one.bullet for one in read(text).statements]
    assert all(bullets.count(placed[question]) == 1 for question in asked)


SLIDES = """Wat valt op?
Formulieren blijven weken liggen bij de balie
Een nummer zonder naam aan de lijn
Eten en huur gaan voor
Wat doet u zelf?
Een spreekuur bij de sporthal
Bezoek aan huis na een eerste brief
Uitleg in eigen woorden op papier
Wie helpt daarbij?
Cursisten van de avondschool
Een oud medewerker van de bank
Buurtbewoners met tijd op maandag
"""


def test_lines_of_slides_that_never_go_on_in_small_letters_are_a_paragraph_each() -> None:
    lines = [*SLIDES.strip().split("\n"), "Ook de kerk doet mee"]
    found = read("\n".join(lines))
    assert [section.heading.title for section in found.sections] == [lines[0], lines[4], lines[8]], "answers are none"
    assert {placed.statement.text for placed in found.statements} == {line for line in lines if line[-1] != "?"}
    wrapped = read("\n".join([*lines, "en de school aan de overkant"]))
    assert any("kerk doet mee en de school" in placed.statement.text for placed in wrapped.statements)


def test_a_title_behind_headings_that_a_keyword_counts_needs_no_number() -> None:
    paid = "De gemeente moet dat betalen, ook als het\nmeer kost dan er is."
    wishes = [f"Bouw in elke wijk {what} en laat bewoners\nmeepraten over wat er komt." for what in ("hofjes", "flats")]
    parts = [f"Aanbeveling {number}: Bouw meer\n{wish}\n{paid}" for number, wish in enumerate(wishes * 2, 1)]
    found = read("\n".join([*parts, "Uitvoering en kosten", "Het plan kost samen tien miljoen\neuro per jaar."]))
    assert [section.heading.title for section in found.sections] == [*["Bouw meer"] * 4, "Uitvoering en kosten"]
