import pytest

from pipeline.text.document import read_lines
from pipeline.text.markdown import is_markdown
from pipeline.text.repair import MARKS_KIND
from tests.reading import NL, read, texts

SIGNS = "\n\n![](een.png)\n"  # below what is tested, so that the document is Markdown


def titles(text: str) -> list[tuple[str, int]]:
    return [(section.heading.title, section.heading.level) for section in read(text).sections]


@pytest.mark.parametrize(
    "text",
    [
        "## Wonen\n\n## Zorg\n\nDe bus rijdt.",  # of a PDF, too
        "Reken 2 * 3 * 4 en a_b_c | d\n- een\n* twee\n> drie",
        "De wet** geldt.\n\n** Zie de toelichting.",
        "De [klant](en) en [optie](s) vraagt.\n\nDe [klant](en).",
        "Naam: ______  Plaats: ______",
        "kolom een | kolom twee\nwaarde | waarde",
        "Wonen\n-------------\nDe bus rijdt.",
    ],
)
def test_plain_text_is_no_markdown(text):
    assert not is_markdown(text)
    assert read_lines(text.encode(), NL)[1].marked is None


@pytest.mark.parametrize(
    "text",
    [
        "**Wonen**\n\nDe bus rijdt.\n\n**Zorg**\n",
        "# Wonen\n\nDe **bus** rijdt.",
        "# Wonen\n\nDe bus\\_dienst rijdt 1\\. keer.",
        "| a | b |\n|---|---|\n| c | d |",
        "De bus rijdt.\n\n<!-- image -->",
        "Wonen\n=====\n\nDe bus rijdt.\n\nZorg\n----\n",
        "Zie [dit](https://example.org) en [dat](bijlage.pdf).",
    ],
)
def test_markdown_is_told_by_signs_that_leave_no_doubt_or_by_two_kinds(text):
    assert is_markdown(text)


def test_text_that_marks_its_columns_is_that_of_a_pdf():
    assert read_lines(b"**een** **twee** **drie**\n\x0evier", NL)[1].marked is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De **bus** rijdt *niet* of __te__ _laat_.", "De bus rijdt niet of te laat."),
        ("De ***grote*** ~~oude~~ bus rijdt `nu`.", "De grote oude bus rijdt nu."),
        ("Reken op 2 * 3 * 4 plaatsen in naam_van_veld.", "Reken op 2 * 3 * 4 plaatsen in naam_van_veld."),
        ("De **grote\nbus** rijdt.", "De grote bus rijdt."),
        ("**Vervoer: **de bus rijdt niet.", "Vervoer: de bus rijdt niet."),
        ("De bus**dienst** rijdt.", "De busdienst rijdt."),
        ("Lees [het **verslag**](https://example.org/a_(b)_c) van de bus.", "Lees het verslag van de bus."),
        ("De [klant](en) rijdt <https://example.org> voorbij.", "De [klant](en) rijdt https://example.org voorbij."),
        ("De \\*bus\\* van R&amp;D rijdt\\_niet.", "De *bus* van R&D rijdt_niet."),
        ("De bus rijdt ![foto](bus.png) niet.", "De bus rijdt niet."),
        ("De bus<br>rijdt <b>niet</b>.", "De bus rijdt niet."),
        ("De bus rijdt niet.[^1]", "De bus rijdt niet."),
        ("De bus rijdt niet.<sup>2</sup>", "De bus rijdt niet."),
        ("- [x] Laat de bus rijden.", "Laat de bus rijden."),
        ("* *Laat* de bus rijden.", "Laat de bus rijden."),
        ("> De bus rijdt\n> nooit op tijd.", "De bus rijdt nooit op tijd."),
        ("De bus rijdt\\\nnooit op tijd.", "De bus rijdt nooit op tijd."),
        ("```\nDe *bus* rijdt.\n```", "De *bus* rijdt."),
        ("De **bus rijdt.", "De **bus rijdt."),
    ],
)
def test_marks_are_taken_out_of_a_statement(text, expected):
    assert texts(text + SIGNS) == [expected]


def test_each_mark_is_on_record():
    found = read("De **bus** rijdt naar [de haven](haven.html)." + SIGNS)
    marks = [(repair.before, repair.after) for repair in found.repairs if repair.kind == MARKS_KIND]
    assert marks == [("**", ""), ("**", ""), ("[", ""), ("](haven.html)", "")]


def test_marks_beside_characters_that_are_mended_are_on_record_once():
    assert texts("De \u200b**of\ufb01ciële\u200b** bus\u00ad**dienst** rijdt." + SIGNS) == [
        "De officiële busdienst rijdt."
    ]


@pytest.mark.parametrize(
    "line", ["---", "* * *", "<!-- image -->", "![](een.png)", "**==> picture [9 x 9] intentionally omitted <==**"]
)
def test_what_holds_no_text_is_furniture(line):
    found = read(f"De bus rijdt.\n\n{line}\n\nDe trein rijdt.{SIGNS}")
    assert [placed.statement.text for placed in found.statements] == ["De bus rijdt.", "De trein rijdt."]
    assert [span.role for span in found.spans] == ["statement", "furniture", "statement", "furniture"]


def test_a_sentence_goes_on_past_a_page_end():
    assert texts("De bus rijdt in de\n\n-----\n\nwinter niet." + SIGNS) == ["De bus rijdt in de winter niet."]


def test_lines_in_bold_and_underlined_ones_are_headings():
    body = "De bus rijdt in de winter niet, en de trein rijdt in de zomer niet. Dat moet anders.\n\n"
    assert titles(f"**Vervoer**\n\n{body}**Zorg in de wijk**\n\n{body}") == [("Vervoer", 1), ("Zorg in de wijk", 1)]
    assert titles(f"## Wonen\n\n**Huur**\n\n{body}{body}") == [("Wonen", 1), ("Huur", 2)]
    assert titles(f"Vervoer\n=======\n\n{body}Bus\n---\n\n{body}") == [("Vervoer", 1), ("Bus", 2)]


def test_sentences_in_bold_are_no_headings():
    demands = "**Laat de bus ook in de winter rijden.**\n\n**Bouw een halte bij de haven.**\n\n"
    assert titles(demands + "De bus rijdt.\n") == []


def test_cells_of_a_table_are_paragraphs_and_no_headings():
    table = "## Vervoer\n\n| Nr | Thema | Wat nodig is |\n|---|:--|--:|\n| 1 | Bus | Laat de bus rijden. |\n"
    found = read(table + "| 2 | Trein<br>en tram | **Bouw** een halte. |\n\nDe trein rijdt.\n")
    assert [placed.statement.text for placed in found.statements] == [
        *("Bus", "Laat de bus rijden.", "Trein en tram", "Bouw een halte.", "De trein rijdt."),
    ]
    assert len({placed.bullet for placed in found.statements}) == 5
    assert len(found.sections) == 1
    rows = [(span.start, span.end) for span in found.spans if span.line == 5]
    assert rows[0][0] == table.index("| 1")  # the pipe before the first cell is that cell's


def test_a_first_row_that_says_something_stays():
    assert texts("| Bus | Laat de bus in de winter rijden. |\n|---|---|\n") == [
        "Bus",
        "Laat de bus in de winter rijden.",
    ]


def test_metadata_is_left_out():
    assert texts("---\ntitle: Wonen\ndate: 2025\n---\n\nDe bus rijdt." + SIGNS) == ["De bus rijdt."]
