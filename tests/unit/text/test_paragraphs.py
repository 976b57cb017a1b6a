"""Segments put together into headings and bullets."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.document import Segmentation, read_lines, read_order, segment
from pipeline.text.language import load_language
from pipeline.text.model import Line, Paragraph, Segment
from pipeline.text.paragraphs import assemble
from tests.examples import examples

DUTCH = load_language("nl")
Row = tuple[str, bool] | tuple[str, bool, int, int]


def segments_of(*rows: Row) -> list[Segment]:
    """Rows hold the text, whether it opens a paragraph, and perhaps the page and column."""
    result = []
    for number, row in enumerate(rows, 1):
        text, opens = row[0], row[1]
        page, column = (row[2], row[3]) if len(row) == 4 else (1, 1)
        line = Line(number, page, text, range(number * 1000, number * 1000 + len(text) + 1))
        result.append(Segment(line, 0, len(text), column, opens, 1.0))
    return result


def parts(*rows: Row) -> list[tuple[str, str]]:
    return [_described(paragraph) for paragraph in assemble(segments_of(*rows), DUTCH)]


def _described(paragraph: Paragraph) -> tuple[str, str]:
    kind = "bullet" if paragraph.heading is None else f"{paragraph.heading.number}|{paragraph.heading.level}"
    return kind, " ".join(segment.text for segment in paragraph.segments)


def test_bullets_and_a_numbered_heading() -> None:
    assert parts(("Meer opvang.", True), ("4.5 Opvang", True), ("Zet vrijwilligers", True), ("in.", False)) == [
        ("bullet", "Meer opvang."),
        ("4.5|2", "4.5 Opvang"),
        ("bullet", "Zet vrijwilligers in."),
    ]


def test_a_heading_is_parted_from_the_text_that_the_layout_left_with_it() -> None:
    assert parts(("4.5 Opvang en zorg", True), ("Nederland loopt voorop.", False)) == [
        ("4.5|2", "4.5 Opvang en zorg"),
        ("bullet", "Nederland loopt voorop."),
    ]


@pytest.mark.parametrize("elided", ["'s Nachts", "’t Loket", "’n Tolk"])
def test_a_sentence_that_opens_with_a_letter_and_an_apostrophe_ends_a_heading(elided: str) -> None:
    assert parts(("4.5 Opvang en zorg", True), (f"{elided} is open.", False)) == [
        ("4.5|2", "4.5 Opvang en zorg"),
        ("bullet", f"{elided} is open."),
    ]
    assert parts(("4.5 Opvang die", True), (f"{elided.lower()} open is", False)) == [
        ("4.5|2", f"4.5 Opvang die {elided.lower()} open is")
    ]


def test_what_a_heading_adds_in_brackets_is_its_second_line() -> None:
    assert parts(("4.5 Muur bij de koffie", True), ("(vrijwilligers)", False), ("Meer bedden.", True)) == [
        ("4.5|2", "4.5 Muur bij de koffie (vrijwilligers)"),
        ("bullet", "Meer bedden."),
    ]


def test_a_heading_over_two_lines() -> None:
    rows = (("4.5.1 Opvang voor slachtoffers en", True), ("hun kinderen", False), ("Er is te weinig opvang.", True))
    assert parts(*rows) == [
        ("4.5.1|3", "4.5.1 Opvang voor slachtoffers en hun kinderen"),
        ("bullet", "Er is te weinig opvang."),
    ]


def test_a_numbered_sentence_over_two_lines_is_a_bullet() -> None:
    assert parts(("4.5 De gemeente zorgt voor", True), ("voldoende opvang.", False)) == [
        ("bullet", "4.5 De gemeente zorgt voor voldoende opvang."),
    ]


def test_a_heading_that_the_layout_took_for_the_end_of_a_bullet() -> None:
    assert parts(("Meer opvang.", True), ("4.6 Meer maatwerk", False), ("Niet alles.", True)) == [
        ("bullet", "Meer opvang."),
        ("4.6|2", "4.6 Meer maatwerk"),
        ("bullet", "Niet alles."),
    ]


def test_a_paragraph_goes_on_across_a_column_and_a_page() -> None:
    rows = (
        ("Wij willen meer", True, 1, 1),
        ("opvang in de", True, 1, 2),
        ("Achterhoek.", True, 2, 1),
        ("Nu.", True, 2, 1),
    )
    assert parts(*rows) == [("bullet", "Wij willen meer opvang in de Achterhoek."), ("bullet", "Nu.")]


def test_a_paragraph_goes_on_from_lines_over_the_full_width_into_a_column() -> None:
    rows = [
        ("Er komt meer kennis over het thema", True, 1, 1),
        ("waardoor er meer kan.", True, 1, 1),
        ("Hulp.", True, 1, 2),
    ]
    assert parts(*rows) == [
        ("bullet", "Er komt meer kennis over het thema waardoor er meer kan."),
        ("bullet", "Hulp."),
    ]
    assert len(parts(*rows[:2])) == 2, "on a page without columns these may be items of a list"


def test_a_new_paragraph_opens_at_a_column() -> None:
    rows = (("Wij willen meer opvang.", True, 1, 1), ("meer geld", True, 1, 2), ("Meer tijd", True, 2, 1))
    assert [text for _, text in parts(*rows)] == ["Wij willen meer opvang.", "meer geld", "Meer tijd"]


def test_items_of_a_list_are_bullets_and_chapters_with_text_are_headings() -> None:
    assert [kind for kind, _ in parts(("1. Opvang", True), ("2. Zorg", True), ("3. Wonen", True), ("Slot.", True))] == [
        "bullet"
    ] * 4
    chapters = parts(("1. Opvang", True), ("Er is te weinig.", True), ("2. Zorg", True), ("Er is genoeg.", True))
    assert [kind for kind, _ in chapters] == ["1|1", "bullet", "2|1", "bullet"]


def test_numbered_questions_above_their_answers_are_headings_and_a_list_of_them_is_none() -> None:
    questions = ("1. Wat gaat er goed?", "2. Wat moet er beter?")
    answers = [("De medewerkers nemen de tijd.", True), ("Er is altijd iemand.", True)]
    asked = parts((questions[0], True), *answers, (questions[1], True), *answers)
    assert [kind for kind, text in asked if text.startswith(("1.", "2."))] == ["1|1", "2|1"]
    listed = parts(("Wij zien het volgende.", True), *((text, True) for text in questions), *answers)
    assert {kind for kind, _ in listed} == {"bullet"}


def test_a_line_without_number_is_a_heading_in_a_tidy_text_only() -> None:
    tidy = parts(("Er is te weinig opvang.", True), ("Wonen en zorg", True), ("Bouw meer huizen.", True))
    assert [kind for kind, _ in tidy] == ["bullet", "|1", "bullet"]
    untidy = parts(("Te weinig opvang", True), ("Wonen en zorg", True), ("Bouw meer huizen", True))
    assert [kind for kind, _ in untidy] == ["bullet"] * 3


def test_a_wish_is_no_heading_and_a_heading_may_have_a_verb_where_bullets_end_in_a_full_stop() -> None:
    rows = (("Er is te weinig opvang.", True), ("Preventie begint thuis", True), ("Bouw meer huizen.", True))
    assert [kind for kind, _ in parts(*rows)] == ["bullet", "|1", "bullet"]
    rows = (("Er is te weinig opvang.", True), ("Geef gemeenten meer ruimte", True), ("Bouw meer huizen.", True))
    assert [kind for kind, _ in parts(*rows)] == ["bullet"] * 3


def test_short_lines_below_each_other_are_a_list_where_bullets_have_no_end_mark() -> None:
    rows = [(text, True) for text in ("Kennis delen", "Een veilig thuis", "Regie bij de gemeente", "Zorg op maat")]
    assert [kind for kind, _ in parts(*rows)] == ["bullet"] * 4


def test_a_heading_without_number_stands_alone_at_the_top_or_among_few_bullets_only() -> None:
    bullets = [(f"Zorg voor {n} plekken in de opvang.", True) for n in range(30)]
    title = ("Wonen en zorg", True)

    def headings(*rows: Row) -> int:
        return sum(kind != "bullet" for kind, _ in parts(*rows))

    assert headings(*bullets[:5], title, *bullets[5:10]) == 1
    assert headings(*bullets[:5], title, *bullets[5:]) == 0
    assert headings(title, *bullets) == 1
    assert headings(*bullets[:5], title, *bullets[5:], ("Werk en inkomen", True), bullets[0]) == 2
    assert headings(*bullets[:5], title, *bullets[5:], ("Werk en inkomen", True), *bullets) == 0


def test_a_heading_without_a_glyph_may_be_rare_where_bullets_have_one() -> None:
    bullets = [(f"• Zorg voor {n} plekken in de opvang.", True) for n in range(30)]
    title = ("Wonen en zorg", True)
    assert [kind for kind, _ in parts(*bullets[:5], title, *bullets[5:])] == [*5 * ["bullet"], "|1", *25 * ["bullet"]]
    doubtful = ("Vrouwenopvang in elke provincie", True)
    assert [kind for kind, _ in parts(*bullets[:5], doubtful, *bullets[5:])] == 31 * ["bullet"]
    over = [(text, True, 2, 1) for text, _ in (title, *bullets[5:])]
    assert [kind for kind, _ in parts(*bullets[:5], *over)] == 31 * ["bullet"], "it may be a running header"


def test_a_glyph_opens_in_woven_columns_too() -> None:
    rows = (
        ("Wonen en zorg", True, 1, 1),
        ("• Meer geld voor de opvang van gezinnen.", False, 1, 1),
        ("• Er is te weinig plek voor jongeren in de stad.", True, 1, 2),
    )
    assert [kind for kind, _ in parts(*rows)] == ["|1", "bullet", "bullet"]
    dashes = [(text.replace("•", "–"), opens, page, column) for text, opens, page, column in rows]
    assert [kind for kind, _ in parts(*dashes)] == ["bullet", "bullet"], "a dash may part a sentence"


def test_a_question_without_a_glyph_is_a_heading_above_bullets_that_all_have_one() -> None:
    bullets = [f"• {text}" for text in ("De opvang werkt.", "Buren kennen elkaar.", "Er is een vast loket.")]
    rows = [(text, True) for text in ("Wat gaat goed?", *bullets, "Wat kan er beter?", *bullets)]
    assert [kind for kind, _ in parts(*rows)] == ["|1", *3 * ["bullet"]] * 2
    plain = [(text.removeprefix("• "), opens) for text, opens in rows]
    assert [kind for kind, _ in parts(*plain)] == ["bullet"] * 8
    answered = (
        *rows[1:4],
        ("Wie betaalt dat?", True),
        ("De gemeente.", True),
    )  # no heading: nothing with a glyph below
    assert [kind for kind, _ in parts(*answered)] == ["bullet"] * 5


def test_the_end_of_a_quotation_is_no_heading() -> None:
    tidy = ("Meer opvang voor jongeren.", True)
    assert parts(tidy, ('Wonen en zorg"', True), tidy)[1][0] == "bullet"
    assert parts(tidy, ("Wonen en zorg", True), tidy)[1][0] != "bullet"


def test_a_line_without_number_stands_below_the_number_above_it() -> None:
    rows = (("4.5 Opvang", True), ("Wonen en zorg", True), ("Bouw meer huizen.", True))
    assert [kind for kind, _ in parts(*rows)] == ["4.5|2", "|3", "bullet"]


def test_a_part_that_every_report_has_is_a_heading_in_an_untidy_text_too() -> None:
    rows = (("Te weinig opvang", True), ("Conclusies en aanbevelingen", True), ("Bouw meer huizen", True))
    assert [kind for kind, _ in parts(*rows)] == ["bullet", "|1", "bullet"]
    shouted = (("Te weinig opvang", True), ("WONEN EN ZORG", True), ("BOUW MEER HUIZEN", True), ("Nu graag", True))
    assert [kind for kind, _ in parts(*shouted)] == ["bullet", "|1", "bullet", "bullet"]


@pytest.mark.parametrize(
    ("numbers", "levels"),
    [
        (["A.", "B.", "C."], [1, 1, 1]),
        (["A.", "1.", "2.", "B.", "1."], [1, 2, 2, 1, 2]),
        (["I.", "II.", "A.", "B.", "III."], [1, 1, 2, 2, 1]),
        (["1.", "1.1", "A.", "1.2", "2."], [1, 2, 3, 2, 1]),
        (["H.", "I.", "J."], [1, 1, 1]),
        (["A.", "1.", "1.1", "B."], [1, 2, 3, 1]),
        (["4.5", "3."], [2, 1]),
        (["Hoofdstuk 4", "A.", "4.1"], [1, 2, 2]),
    ],
)
def test_levels_of_headings_follow_from_those_above_them(numbers: list[str], levels: list[int]) -> None:
    rows = [row for number in numbers for row in ((f"{number} Opvang en zorg", True), ("Er is te weinig.", True))]
    kinds = [kind for kind, _ in parts(*rows)]
    assert [int(kind.split("|")[1]) for kind in kinds if kind != "bullet"] == levels


def test_a_sentence_that_wraps_before_a_number_goes_on() -> None:
    assert parts(("Dat geldt voor de", True), ("120 gemeenten die meedoen.", True)) == [
        ("bullet", "Dat geldt voor de 120 gemeenten die meedoen.")
    ]
    assert len(parts(("Dat geldt voor de gemeenten.", True), ("120 gemeenten doen mee.", True))) == 2


def test_glyphs_open_bullets_and_a_glyph_alone_goes_with_what_follows() -> None:
    rows = (
        ("Wij vragen:", True),
        ("•", True),
        ("meer opvang.", True),
        ("• meer geld.", False),
        ("- minder regels.", False),
    )
    assert [text for _, text in parts(*rows)] == [
        "Wij vragen:",
        "• meer opvang.",
        "• meer geld.",
        "- minder regels.",
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["4.5 Opvang", "A. Zorg", "1.", "•", "meer", "Slot.", "Wonen", "- ja", "4.6 de", "x-", "Hoofdstuk 1"]
            ),
            st.booleans(),
            st.integers(1, 2),
            st.integers(1, 2),
        ),
        max_size=12,
    )
)
@examples(300)
def test_every_segment_is_in_one_paragraph_and_in_order(rows: list[tuple[str, bool, int, int]]) -> None:
    segments = segments_of(*rows)
    kept = [segment for paragraph in assemble(segments, DUTCH) for segment in paragraph.segments]
    assert kept == segments


def test_headings_that_follow_each_other_are_told_apart_when_the_layout_did_not() -> None:
    rows = (
        ("Hoofdstuk 4 Opvang", True),
        ("4.1 Meer maatwerk", False),
        ("4.2 Regie", False),
        ("Zorg voor hulp.", False),
    )
    assert parts(*rows) == [
        ("Hoofdstuk 4|1", "Hoofdstuk 4 Opvang"),
        ("4.1|2", "4.1 Meer maatwerk"),
        ("4.2|2", "4.2 Regie"),
        ("bullet", "Zorg voor hulp."),
    ]


def test_a_blank_line_parts_a_title_from_the_sentence_above_it() -> None:
    first, second, third = segments_of(("Dit is klaar.", True), ("Inleiding", False), ("Wij willen zorg.", True))
    moved = replace(second, line=replace(second.line, number=3))
    after = replace(third, line=replace(third.line, number=5))
    assert [_described(one)[0] for one in assemble([first, moved, after], DUTCH)] == ["bullet", "|1", "bullet"]
    other = replace(after, column=2)
    assert len(assemble([first, moved, other], DUTCH)) == 2


def test_a_numbered_line_opens_after_a_sentence_whatever_the_layout_says() -> None:
    rows = (("Dit is klaar.", True), ("1. Inleiding", False), ("Wij willen zorg.", True))
    assert [kind for kind, _ in parts(*rows)] == ["bullet", "1|1", "bullet"]
    going_on = (("Wij willen er", True), ("1. Inleiding", False), ("Wij willen zorg.", True))
    assert [kind for kind, _ in parts(*going_on)] == ["bullet", "bullet"]


def test_a_line_without_number_among_bullets_is_a_bullet_where_headings_are_numbered() -> None:
    rows = (("4.5 Opvang", True), ("Bouw meer huizen.", True), ("Vrouwenopvang in elke provincie", True), ("Nu.", True))
    assert [kind for kind, _ in parts(*rows)] == ["4.5|2", "bullet", "bullet", "bullet"]
    below = (("4.5 Opvang", True), ("Vrouwenopvang in elke provincie", True), ("Bouw huizen.", True), ("Nu.", True))
    assert [kind for kind, _ in parts(*below)] == ["4.5|2", "bullet", "bullet", "bullet"]
    letters = (("Nu.", True), ("A. Opvang", True), ("Bouw huizen.", True), ("Vrouwenopvang", True), ("Nu.", True))
    assert [kind for kind, _ in parts(*letters)] == ["bullet", "A|1", "bullet", "bullet", "bullet"]


def test_what_is_counted_is_written_small() -> None:
    assert parts(("4.5 Slachtoffers", True), ("Nu.", True))[0][0] == "4.5|2"
    assert parts(("4.5 slachtoffers", True), ("Nu.", True))[0][0] == "bullet"


def apart(*rows: str) -> list[tuple[str, str]]:
    """Rows as paragraphs of one line; an empty one is a blank line."""
    segments = segments_of(*((text, True) for text in rows))
    return [_described(paragraph) for paragraph in assemble([s for s in segments if s.text], DUTCH)]


@pytest.mark.parametrize("lead", ["Verzoekt het college:", "Constaterende dat:", "Drie dingen:", "Verder:"])
def test_a_line_that_introduces_a_list_is_no_heading(lead: str) -> None:
    found = parts(("Er is iets mis met de opvang.", True), (lead, True), ("- meer hulp;", True), ("- meer geld.", True))
    assert found[1] == ("bullet", lead)


SENTENCES = [
    f"Wij willen dat de gemeente {wish} voor iedereen beter regelt." for wish in ("zorg", "opvang", "werk", "hulp")
]


def test_a_line_that_stands_alone_amid_complete_paragraphs_is_a_title() -> None:
    found = apart(
        "Wat bewoners vragen van de stad",
        "",
        SENTENCES[0],
        "",
        SENTENCES[1],
        "",
        "Iedereen kan ook iets doen",
        "",
        *SENTENCES[2:],
    )
    assert [text for kind, text in found if kind != "bullet"] == [
        "Wat bewoners vragen van de stad",
        "Iedereen kan ook iets doen",
    ]


def test_questions_above_their_answers_are_headings() -> None:
    asked = ["Wat gaat goed?", "Wat kan beter?", "Wat moet weg?"]
    rows = [row for question, answer in zip(asked, SENTENCES, strict=False) for row in ("", question, answer)]
    assert [text for kind, text in apart(*rows[1:]) if kind != "bullet"] == asked
    assert [text for kind, text in apart(SENTENCES[3], *rows[:3]) if kind != "bullet"] == []


def test_a_numbered_heading_below_a_lettered_list_is_no_item_of_it() -> None:
    rows = [
        "1. Opvang",
        "Wij vragen het college om",
        "a. plekken te betalen;",
        "b. wachten te voorkomen.",
        "2. Politie",
        "Werk samen.",
    ]
    assert [kind for kind, _ in parts(*((row, True) for row in rows))] == ["1|1", *["bullet"] * 3, "2|1", "bullet"]


def test_headings_that_an_extractor_marked_are_the_only_ones_without_number() -> None:
    rows = (
        ("# Verslag", True),
        ("## Meer geld", False),  # no blank lines: Markdown does without
        ("Gemeenten krijgen te weinig", False),
        ("om het goed te doen.", False),
        ("### Rijk", False),
        ("Wonen en zorg", True),
        ("Zorg voor meer huizen.", True),
        ("## Huizen en samen-", True),
        ("werking", False),
        ("## Te doen", True),
        ("De wachttijd is te lang.", True),
    )
    assert parts(*rows) == [
        ("|1", "# Verslag"),
        ("|2", "## Meer geld"),
        ("bullet", "Gemeenten krijgen te weinig om het goed te doen."),
        ("|3", "### Rijk"),
        ("bullet", "Wonen en zorg"),
        ("bullet", "Zorg voor meer huizen."),
        ("|2", "## Huizen en samen- werking"),
        ("|2", "## Te doen"),
        ("bullet", "De wachttijd is te lang."),
    ]
    unmarked = [(text.lstrip("# "), opens or text.startswith("#")) for text, opens in rows]
    assert ("|1", "Wonen en zorg") in parts(*unmarked)


def test_a_numbered_heading_that_is_marked_needs_no_neighbours() -> None:
    items = (("1. Opvang", True), ("2. Wonen", True), ("Meer huizen.", True))
    assert [kind for kind, _ in parts(*items)] == ["bullet", "bullet", "bullet"]
    marked = (("## 1. Opvang", True), ("## 2. Wonen", True), ("Meer huizen.", True))
    assert [kind for kind, _ in parts(*marked)] == ["1|1", "2|1", "bullet"]


def test_names_of_speakers_with_a_colon_are_no_headings_but_what_comes_back_below_each_chapter_is() -> None:
    def read(*lines: str) -> list[str]:
        rows = [row for line in lines for row in ((line, True), ("Er moeten meer bedden komen in elke regio.", True))]
        return [text for kind, text in parts(*rows) if kind != "bullet"]

    assert read("1.1 Wonen", "Sanne:", "Karim:", "Sanne:", "1.2 Zorg", "Karim:") == ["1.1 Wonen", "1.2 Zorg"]
    chapters = ["1.1 Wonen", "Knelpunten:", "Oplossingen:", "1.2 Zorg", "Knelpunten:", "Oplossingen:"]
    assert read(*chapters) == chapters


GROUPS = (
    ("Wonen", "Meer betaalbare huizen voor starters", "Minder regels bij splitsen van panden"),
    ("Zorg en welzijn", "Kortere wachtlijsten bij de ggz", "Een wijkverpleegkundige in elke buurt"),
    ("Vervoer", "De bus ook na acht uur laten rijden", "Veilige fietspaden naar de school in het dorp"),
)


def titled(text: str) -> list[str]:
    return [section.heading.title for section in read_text(text).sections]


def read_text(text: str) -> Segmentation:
    raw = text.encode()
    encoding, lines = read_lines(raw, DUTCH)
    return segment(raw, encoding, "x", lines, read_order(lines, DUTCH, ()), DUTCH)


@pytest.mark.parametrize("below", ["\n", "\n\n"])
def test_a_topic_above_each_group_is_a_heading_where_no_line_has_an_end_mark(below: str) -> None:
    text = "\n\n".join(below.join((title, "\n".join(lines))) for title, *lines in GROUPS)
    assert titled(text) == [title for title, *_ in GROUPS]


def test_groups_whose_first_lines_are_like_the_others_have_no_headings() -> None:
    assert titled("\n\n".join("\n".join(lines) for _, *lines in GROUPS)) == []
    assert titled("Rust\n\nMeer groen\nMinder steen\n\nBankjes in het park\n\nMeer bussen\n\nGoede zorg") == []


def test_of_two_lines_of_one_form_words_tell_which_is_a_title() -> None:
    bullets = [("Er is te weinig opvang voor jongeren.", True), ("Buren kennen elkaar niet.", True)]
    titled = (*bullets, ("Samenwerking en regie", True), *bullets, ("Opvang en onderdak", True), *bullets)
    assert [kind for kind, _ in parts(*titled)].count("|1") == 2
    asked = (*bullets, ("Koffie en koekjes graag", True), *bullets, ("Soep en brood elke avond", True), *bullets)
    assert [kind for kind, _ in parts(*asked)].count("|1") == 0
