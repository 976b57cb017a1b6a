"""PDFs that are typeset here, so that their order is known."""

from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from pipeline.errors import UnreadableError
from pipeline.pdf.extract import CELL, COLUMN_BREAK, extract, text_of
from pipeline.pdf.paragraphs import paragraphs_of
from pipeline.pdf.rows import piece_of
from pipeline.pdf.words import Word
from pipeline.stages.extract import extract_source
from pipeline.text.document import read_lines, read_order
from pipeline.text.language import load_language
from pipeline.text.paragraphs import assemble

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=12, spaceAfter=9)
SENTENCES = [
    "Zorg voor meer opvang in elke regio en houd de deur open voor wie terug wil komen.",
    "Gemeenten moeten beter samenwerken met scholen, wijkteams en de politie in de buurt.",
    "De wachttijd voor hulp is te lang en dat kost op den duur meer dan het oplevert.",
]
TEXTS = [f"Punt {number}: {SENTENCES[number % 3]}" for number in range(36)]


def typeset(texts: list[str], columns: int, style: ParagraphStyle = BODY) -> bytes:
    buffer = BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4)
    width = (A4[0] - 100 - 20 * (columns - 1)) / columns
    frames = [Frame(50 + index * (width + 20), 90, width, A4[1] - 200) for index in range(columns)]

    def margins(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.drawString(50, A4[1] - 50, "Verslag van een raadpleging")
        canvas.drawCentredString(A4[0] / 2, 40, f"Pagina {template.page}")

    document.addPageTemplates(PageTemplate(frames=frames, onPage=margins))
    document.build([Paragraph(text, style) for text in texts])
    return buffer.getvalue()


def body(text: str) -> str:
    margins = ("Verslag van", "Pagina ")
    lines = [line.strip(COLUMN_BREAK) for page in text.split("\f") for line in page.split("\n")]
    return " ".join(" ".join(line for line in lines if not line.startswith(margins)).split())


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_every_paragraph_is_whole_and_in_order(columns):
    text = extract(typeset(TEXTS, columns))
    assert body(text) == " ".join(TEXTS)
    for page in text.split("\f"):
        assert page.count(COLUMN_BREAK) <= columns - 1
        assert page.lstrip(COLUMN_BREAK).startswith("Verslag van een raadpleging\n\n")
        assert page.rstrip().rpartition("\n\n")[2].startswith("Pagina ")


def test_paragraphs_are_parted_by_blank_lines():
    text = extract(typeset(TEXTS[:6], 2))
    blocks = [" ".join(block.split()) for block in text.replace(COLUMN_BREAK, "\n").split("\n\n")]
    assert set(TEXTS[:6]) <= set(blocks)


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_paragraphs_with_little_or_no_white_space_between_them_are_parted(gap):
    texts = [f"{text} {SENTENCES[0]}" for text in TEXTS[:20]]
    text = extract(typeset(texts, 1, ParagraphStyle("tight", BODY, spaceAfter=gap)))
    blocks = {" ".join(block.split()) for block in text.split("\n\n")}
    assert set(texts) <= blocks


def drawn(*lines: tuple[str, float, float]) -> str:
    """Each line is a text, its distance from the line above, and its size."""
    buffer = BytesIO()
    canvas, y = Canvas(buffer, pagesize=A4), 700.0
    for text, below, size in lines:
        y -= below
        canvas.setFont("Helvetica", size)
        canvas.drawString(50, y, text)
    canvas.save()
    return extract(buffer.getvalue())


FULL = "Deze regel is zo lang dat er aan het eind geen woord meer bij kan"


def test_a_line_with_room_for_the_next_word_ends_a_paragraph_unless_that_is_in_lower_case():
    assert drawn((FULL, 0, 10), ("en houdt op.", 12, 10), ("Meer opvang.", 12, 10), (FULL, 12, 10)) == (
        f"{FULL}\nen houdt op.\n\nMeer opvang.\n\n{FULL}\n"
    )
    assert drawn((FULL, 0, 10), ("Utrecht en", 12, 10), ("omstreken.", 12, 10)) == f"{FULL}\nUtrecht en\nomstreken.\n"


def test_a_line_of_another_size_is_a_paragraph_of_its_own():
    heading = FULL[:-8]
    assert drawn((heading, 0, 11.5), (FULL, 12, 10), ("en verder.", 12, 10)) == f"{heading}\n\n{FULL}\nen verder.\n"


def test_a_large_heading_over_two_lines_is_one_paragraph_and_parts_from_text_in_lower_case():
    lines = ((FULL[:-13], 0, 14), ("en hun ouders", 17, 14), ("geen bed vrij", 14, 10), ("en geen bus", 12, 10))
    assert drawn(*lines, (FULL, 12, 10), ("en zo.", 12, 10), ("en zo.", 12, 10)).startswith(
        f"{FULL[:-13]}\nen hun ouders\n\ngeen bed vrij\nen geen bus\n"
    )


def test_lines_over_both_columns_do_not_widen_the_column_above_which_they_stand():
    long, short = FULL + " want hij gaat over beide kolommen heen en verder", "De ene kolom is vol met"
    words = [Word(word, 50 + 30 * n, 74 + 30 * n, 50, 60) for n, word in enumerate(long.split())]
    for row in range(8):
        for left in (50, 350):
            words += [
                Word(word, left + 40 * n, left + 36 + 40 * n, 80 + 12 * row, 90 + 12 * row)
                for n, word in enumerate(("Zorg " + short).split() if row % 2 == 0 else short.split())
            ]
    assert "\n\nDe ene" not in text_of([words])


def test_a_hyphen_at_a_line_end_is_kept():
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawString(50, 700, "inzet van ervarings-")
    canvas.drawString(50, 686, "deskundigen")
    canvas.save()
    assert extract(buffer.getvalue()) == "inzet van ervarings-\ndeskundigen\n"


def test_what_has_no_words_is_refused():
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.rect(50, 50, 100, 100)
    canvas.save()
    with pytest.raises(UnreadableError, match="OCR") as caught:
        extract(buffer.getvalue())
    assert caught.value.kind == "no_text"
    with pytest.raises(UnreadableError, match="damaged"):
        extract(b"%PDF-1.4 en verder niets")


def test_a_title_across_both_columns_comes_first():
    words = [Word("Titel", 50, 500, 10, 20)]
    words += [
        Word(f"{side}-{row}", left, left + 150, 30 + 12 * row, 40 + 12 * row)
        for row in range(5)
        for side, left in (("links", 50), ("rechts", 300))
    ]
    left, right = (" ".join(f"{side}-{row}" for row in range(5)) for side in ("links", "rechts"))
    assert " ".join(text_of([words]).replace(COLUMN_BREAK, " ").split()) == f"Titel {left} {right}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bron").mkdir()
    return tmp_path / "bron"


def test_the_text_is_stored_beside_the_pdf_and_follows_it(folder):
    (folder / "a.PDF").write_bytes(typeset(TEXTS[:3], 1))
    (folder / "b.pdf").write_bytes(b"%PDF- kapot")
    (folder / "c.pdf").write_bytes(b"%PDF- kapot")
    (folder / "c.txt").write_text("Van een ander.\n")
    issues = extract_source(folder.parent, "bron")
    assert [(issue.path, issue.kind) for issue in issues] == [("bron/b.pdf", "bad_pdf")]
    stored = folder / "a.PDF.txt"
    first = stored.read_bytes()
    assert TEXTS[0][:20].encode() in first
    extract_source(folder.parent, "bron")
    assert stored.read_bytes() == first
    (folder / "a.PDF").write_bytes(typeset(TEXTS[3:6], 1))
    extract_source(folder.parent, "bron")
    assert stored.read_bytes() != first
    (folder / "a.PDF").write_bytes(b"")
    assert [issue.kind for issue in extract_source(folder.parent, "bron")] == ["empty", "bad_pdf"]
    assert not stored.exists()


def test_a_text_that_is_not_as_we_wrote_it_is_left_alone(folder):
    for name in ("goed", "stuk", "gewijzigd"):
        (folder / f"{name}.pdf").write_bytes(typeset(TEXTS[:3], 1))
    extract_source(folder.parent, "bron")
    (folder / ".goed.pdf.json").unlink()
    (folder / "stuk.pdf").write_bytes(b"%PDF- kapot")
    (folder / "gewijzigd.pdf").write_bytes(typeset(TEXTS[3:6], 1))
    for name in ("goed", "stuk", "gewijzigd"):
        (folder / f"{name}.pdf.txt").write_bytes(b"met de hand")
    issues = extract_source(folder.parent, "bron")
    assert [(issue.path, issue.kind, issue.severity) for issue in issues] == [
        ("bron/gewijzigd.pdf", "edited_text", "warning"),
        ("bron/stuk.pdf", "edited_text", "warning"),
    ]
    assert {path.read_bytes() for path in folder.glob("*.txt")} == {b"met de hand"}


def test_what_only_looks_like_a_pdf_stops_nothing(folder):
    (folder / "map.pdf").mkdir()
    (folder / "weg.pdf").symlink_to(folder / "nergens")
    (folder / "leeg.pdf").write_bytes(b"")
    assert [(issue.path, issue.kind) for issue in extract_source(folder.parent, "bron")] == [("bron/leeg.pdf", "empty")]


def test_columns_that_stand_close_together_are_told_by_their_many_rows():
    def line(left: float, row: int) -> list[Word]:
        return [word(f"woord{row}", left, left + 40, row), word("zin", left + 43, left + 92, row)]

    def word(text: str, left: float, right: float, row: int) -> Word:
        return Word(text, left, right, 100 + 12 * row, 110 + 12 * row)

    words = [one for row in range(12) for left in (50, 148) for one in line(left, row)]
    first, second = text_of([words]).split("\n" + COLUMN_BREAK)
    assert first.count("zin") == second.count("zin") == 12
    assert text_of([words[:16]]).count(COLUMN_BREAK) == 0


def test_the_order_and_the_paragraphs_of_a_pdf_are_kept():
    dutch = load_language("nl")
    texts = [text.replace("Punt", "Wens") for text in TEXTS]  # "Punt 12: ..." may be a heading
    _, lines = read_lines(extract(typeset(texts, 3)).encode(), dutch)
    reading = read_order(lines, dutch, ())
    assert reading.layout == "columns"
    read = [paragraph for paragraph in assemble(reading.segments, dutch) if "Verslag" not in paragraph.segments[0].text]
    assert [" ".join(segment.text for segment in paragraph.segments) for paragraph in read] == texts


def placed(*texts: tuple[str, float, float]) -> list[Word]:
    """Each is a text on one line, how far it stands from the left, and the number of its line."""
    words = []
    for text, start, row in texts:
        left = start
        for word in text.split():
            words.append(Word(word, left, left + 5 * len(word), 90 + 14 * row, 100 + 14 * row))
            left = words[-1].right + 3
    return words


def test_the_glyphs_and_numbers_of_a_list_are_no_column():
    for marks in ("••••••", [f"{n}." for n in range(1, 7)]):
        items = [((mark, 50, row), ("Meer bedden in de wijk", 70, row)) for row, mark in enumerate(marks)]
        text = text_of([placed(*(part for item in items for part in item))])
        assert [line for line in text.splitlines() if line] == [f"{mark} Meer bedden in de wijk" for mark in marks]


def test_lists_in_two_columns_are_two_columns():
    items = [
        part for row in range(6) for left in (50, 300) for part in (("•", left, row), (f"Wens {left}", left + 20, row))
    ]
    left, right = text_of([placed(*items)]).split("\n" + COLUMN_BREAK)
    assert left.count("• Wens 50") == right.count("• Wens 300") == 6


def test_the_page_numbers_of_a_table_of_contents_stand_behind_its_titles():
    items = [part for row in range(6) for part in (("Wonen in de wijk", 50, row), (f"{row + 3}", 400, row))]
    assert text_of([placed(*items)]).count("Wonen in de wijk ") == 6


def test_a_page_of_few_rows_has_the_columns_of_the_pages_before_it():
    full = placed(*((f"Kolom {left} telt mee", left, row) for row in range(9) for left in (50, 300)))
    few = placed(*((f"Kolom {left} telt mee", left, row) for row in range(2) for left in (50, 300)))
    assert text_of([few]).count(COLUMN_BREAK) == 0
    assert text_of([full, few]).count(COLUMN_BREAK) == 2


def ruled(*rows: tuple[str, ...], upright: bool, below: str = "") -> str:
    """Text above and below a table of rows that rules part; each cell is a line or more."""
    buffer = BytesIO()
    canvas, y, lefts = Canvas(buffer, pagesize=A4), 700.0, (50, 250, 400)
    canvas.setFont("Helvetica", 10)
    for row in range(6):
        canvas.drawString(50, 790 - 12 * row, FULL)
    canvas.line(50, y, 500, y)
    for row in rows:
        high = 12 * max(cell.count("\n") + 1 for cell in row) + 8
        for left, cell in zip(lefts, row, strict=False):
            for number, line in enumerate(cell.split("\n")):
                canvas.drawString(left + 4, y - 13 - 12 * number, line)
            if upright:
                canvas.line(left, y, left, y - high)
        y -= high
        canvas.line(50, y, 500, y)
    canvas.drawString(50, y - 20, below)
    canvas.save()
    return extract(buffer.getvalue())


@pytest.mark.parametrize("upright", [True, False])
def test_a_table_is_read_row_by_row_and_its_cells_are_no_headings(upright):
    rows = (
        ("Wens", "Wie", "Wanneer"),
        ("Meer bankjes\nin het park", "Gemeente", "Dit jaar"),
        ("1", "Scholen", "Later"),
    )
    text = ruled(*rows, upright=upright, below="Zo staat het er.")
    cells = [cell for cell in text.split("\n\n") if cell.startswith(CELL)]
    assert [" ".join(cell[1:].split()) for cell in cells] == [
        "Wens", "Wie", "Wanneer", "Meer bankjes in het park", "Gemeente", "Dit jaar", "1 Scholen", "Later",
    ]  # fmt: skip
    assert text.endswith("\n\nZo staat het er.\n")
    dutch = load_language("nl")
    _, lines = read_lines(text.encode(), dutch)
    read = assemble(read_order(lines, dutch, ()).segments, dutch)
    assert not any(paragraph.heading for paragraph in read)
    texts = [" ".join(segment.text for segment in paragraph.segments) for paragraph in read]
    assert texts[-6] == "Meer bankjes in het park"
    assert not {"Wens", "Wie", "Wanneer"} & set(texts), "names of columns"


def test_text_between_rules_as_wide_as_it_is_no_table():
    assert CELL not in ruled((FULL,), (FULL,), (FULL,), upright=False)


def test_what_is_underlined_is_a_heading():
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont("Helvetica", 10)
    for top, title in ((800, "Zo kan het anders"), (600, "Zo kan het beter")):
        canvas.drawString(50, top, title)
        canvas.line(50, top - 1, 50 + canvas.stringWidth(title, "Helvetica", 10), top - 1)
        for row in range(1, 12):
            canvas.drawString(50, top - 14 * row, FULL)
    canvas.save()
    assert extract(buffer.getvalue()).count("# Zo kan het ") == 2


def indented(*lines: tuple[str, float]) -> list[str]:
    """Each line is a text and how far it stands in; all fill their width."""
    pieces = [
        piece_of([Word(text, 50 + inward, 350, 12 * row, 12 * row + 10)], 350)
        for row, (text, inward) in enumerate(lines)
    ]
    return [paragraph.text for paragraph in paragraphs_of(pieces)]


def test_a_line_that_stands_in_opens_a_paragraph_where_several_do():
    rows = [("Meer opvang in de wijk", 0), ("en in het dorp.", 0)]
    into = [("Laat de bus vaker", 12), ("naar ons komen.", 0)]
    assert indented(*rows, *into, *into) == [
        "Meer opvang in de wijk en in het dorp.",
        "Laat de bus vaker naar ons komen.",
        "Laat de bus vaker naar ons komen.",
    ]
    assert len(indented(*rows, *into)) == 1, "one may be anything"
    item = [("• Meer opvang voor", 0), ("Utrecht en omstreken.", 12)]
    assert len(indented(*item, *rows, *item, *rows, *item, *rows)) == 1, "lines that hang below a glyph"
