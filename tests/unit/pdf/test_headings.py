"""Headings told by the type they are set in."""

from dataclasses import replace
from itertools import count

from pipeline.pdf.extract import text_of
from pipeline.pdf.words import Type, Word
from pipeline.text.document import read_lines, read_order
from pipeline.text.language import load_language
from pipeline.text.paragraphs import assemble

BODY, BOLD, LARGE = Type(10.0, bold=False), Type(10.0, bold=True), Type(14.0, bold=False)
FULL = "Deze regel is zo lang dat er aan het eind van de kolom geen woord meer bij past"
WISHES = (
    "Zorg voor meer opvang in de regio.",
    "gewoon een bed",
    "Laat gemeenten beter samenwerken.",
    "Luister naar ons.",
)
CHARACTER = 5.0  # points


def page(*lines: tuple[str, Type]) -> list[Word]:
    """Lines below each other at even leading; a tab is as wide as a column of a table."""
    words = []
    for row, (text, kind) in enumerate(lines):
        left = 50.0
        for part in text.replace("\t", " \t ").split(" "):
            if part == "\t":
                left += 60
                continue
            right = left + CHARACTER * len(part)
            words.append(Word(part, left, right, 60 + 12 * row, 70 + 12 * row, kind))
            left = right + CHARACTER
    return words


def marked(*pages: list[Word]) -> list[str]:
    return [line for line in text_of(pages).splitlines() if line.startswith("#")]


def body(number: int = 4) -> list[tuple[str, Type]]:
    return [(text, BODY) for text, _ in zip([FULL, *WISHES] * number, count(), strict=False)]


def test_a_line_in_bold_is_a_heading_whatever_follows():
    text = text_of([page(*body(), ("Meer bedden", BOLD), ("bij elke gemeente een bed", BODY), *body())])
    assert "\n\n# Meer bedden\n\nbij elke gemeente een bed" in text


def test_types_give_the_levels_and_the_numbers_stay():
    lines = [
        ("Verslag", Type(20.0, bold=True)),
        ("2 Opvang", LARGE),
        ("Bedden", BOLD),
        *body(),
        ("3 Zorg", LARGE),
        *body(),
    ]
    found = marked(page(*lines))
    assert found == ["# Verslag", "## 2 Opvang", "### Bedden", "## 3 Zorg"]
    dutch = load_language("nl")
    _, read = read_lines(text_of([page(*lines)]).encode(), dutch)
    headings = [paragraph.heading for paragraph in assemble(read_order(read, dutch, ()).segments, dutch)]
    assert [(one.number, one.title, one.level) for one in headings if one] == [
        ("", "Verslag", 1),
        ("2", "Opvang", 2),
        ("", "Bedden", 3),
        ("3", "Zorg", 2),
    ]


def test_a_heading_over_two_lines_is_one_line_but_for_a_broken_word():
    whole = page(*body(), ("Opvang in de regio voor wie", LARGE), ("geen huis heeft", LARGE), *body())
    assert marked(whole) == ["# Opvang in de regio voor wie geen huis heeft"]
    broken = page(*body(), ("Opvang in de regio voor wie samen-", LARGE), ("woont", LARGE), *body())
    assert "# Opvang in de regio voor wie samen-\nwoont\n" in text_of([broken])


def test_what_is_set_apart_and_no_title_is_no_heading():
    quote = ("Ik heb een jaar gewacht op een bed.", LARGE)
    lead = ("Wij vragen de gemeente om:", BOLD)
    cells = ("Thema\tActie\tWie", BOLD)
    contents = ("Opvang . . . . . . . . 12", BOLD)
    small = ("Bron van de cijfers", Type(8.0, bold=True))
    for other in (quote, lead, cells, contents, small):
        assert marked(page(*body(), other, *body())) == []


def test_bold_type_that_holds_much_of_a_document_is_no_heading():
    lines = [
        (text, BOLD) for text in ("Meer bedden in de regio", "Minder regels voor gemeenten", "Meer geld voor hulp")
    ]
    assert marked(page(*body(1), *lines)) == []


def test_what_opens_every_page_is_no_heading():
    pages = [
        page(("Verslag van de avond", BOLD), *body(), (f"Tafel {name}", BOLD), *body()) for name in ("Noord", "Zuid")
    ]
    assert marked(*pages) == ["# Tafel Noord", "# Tafel Zuid"]


def test_words_of_unknown_type_mark_nothing():
    assert marked([Word(one.text, one.left, one.right, one.top, one.bottom) for one in page(*body())]) == []


def test_what_is_set_in_italic_another_face_or_colour_is_a_heading_above_text():
    for kind in (
        Type(10.0, bold=False, italic=True),
        Type(10.0, bold=False, face="Lato"),
        Type(10.0, bold=False, colour=0x0060A8),
    ):
        titled = page(*body(), ("Zo kan het beter", kind), *body(), ("Doe mee met ons", kind), *body())
        assert marked(titled) == ["# Zo kan het beter", "# Doe mee met ons"]
        assert marked(page(*body(), ("Zo kan het beter", kind), *body())) == []
        captions = page(*body(), ("Figuur 1: de wijk", kind), *body(), ("Figuur 2: de stad", kind), *body())
        assert marked(captions) == []
        items = page(*body(), ("Zo kan het beter", kind), ("Doe mee met ons", kind), ("Op het plein", kind), *body())
        assert marked(items) == []


def test_a_title_may_end_in_a_mark_or_be_quoted_where_its_type_is_that_of_headings():
    titles = ("Doe mee!", "Veiligheid.", "“Gewoon doen”", "School:", "En wat dan…")
    lines = [line for title in titles for line in ((title, LARGE), *body())]
    assert marked(page(*lines)) == [f"# {title}" for title in titles]
    assert marked(page(*body(), ("Veiligheid.", LARGE), *body())) == []
    names = [line for name in ("Sanne:", "Karim:") for line in ((name, BOLD), *body())]
    assert marked(page(*names)) == []


def test_names_of_speakers_are_no_headings_but_what_comes_back_below_each_chapter_is():
    def spoken(*names: str) -> list[str]:
        lines = [line for name in names for line in ((name, LARGE if name.isupper() else BOLD), *body(1))]
        return marked(page(*lines))

    assert spoken("WONEN", "Sanne", "Karim", "Wethouder", "Sanne", "ZORG", "Karim", "Sanne") == ["# WONEN", "# ZORG"]
    chapters = ("WONEN", "Knelpunten", "Oplossingen", "ZORG", "Knelpunten", "Oplossingen")
    assert [line.strip("# ") for line in spoken(*chapters)] == list(chapters)


def test_small_capitals_are_as_large_as_their_capitals():
    words = page(*body(), ("Zorg in de Wijk", LARGE), *body())
    small = Type(9.8, bold=False)
    title = [replace(word, type=small) if word.type == LARGE and word.text.islower() else word for word in words]
    assert marked(title) == ["# Zorg in de Wijk"]


def test_a_date_is_no_heading():
    title = ("Wensen van de wijk", Type(20.0, bold=False))
    for date in ("12 maart 2025", "Utrecht, maart 2025", "12-3-2025"):
        assert marked(page(title, (date, LARGE), *body())) == ["# Wensen van de wijk"]


def test_a_title_that_stands_apart_at_the_top_is_no_running_header():
    top = [Word("Wensen", 50, 120, 10, 30, Type(20.0, bold=True))]
    assert marked([*top, *page(*body())]) == ["# Wensen"]
    header = [Word("Wensen", 50, 120, 20, 30, BOLD)]
    assert marked([*header, *page(*body())]) == []


def test_the_spaces_of_a_large_title_are_no_gutter():
    rows = [
        Word(f"woord{row}", left, left + 100, 100 + 12 * row, 110 + 12 * row, BODY)
        for row in range(8)
        for left in (50, 170)
    ]
    title = [
        Word("Wensen", 50, 160, 60, 80, Type(20.0, bold=True)),
        Word("van", 166, 200, 60, 80, Type(20.0, bold=True)),
    ]
    assert marked([*title, *rows]) == ["# Wensen van"]
