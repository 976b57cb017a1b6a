"""The generator: lines break as word processors break them, and no character is lost on the way to the bytes."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.reading_order import pages, texts, truth
from benchmarks.reading_order.breaking import broken_lines, unbroken
from benchmarks.reading_order.documents import build
from benchmarks.reading_order.extract import extract
from benchmarks.reading_order.faces import BUILT_IN, measure
from benchmarks.reading_order.running import NUMBERS, Mark, draw_marks, standing
from benchmarks.reading_order.settings import CASES

TEXT = "Verbeter de informatie-uitwisseling, en/of het toezicht, tussen de eerste- en tweedelijns hulpverlening."


@pytest.mark.parametrize("hyphenated", [True, False])
@pytest.mark.parametrize("width", [60.0, 90.0, 150.0, 1000.0])
def test_broken_lines_are_the_text_and_fit(width: float, *, hyphenated: bool) -> None:
    pieces = broken_lines(TEXT, width, "Helvetica", 10.0, hyphenated=hyphenated)
    assert unbroken(pieces) == TEXT
    assert all(measure(p.text, "Helvetica", 10.0) <= width or " " not in p.text for p in pieces)
    assert hyphenated or all(piece.end != "broken" for piece in pieces)


def test_a_hyphen_in_a_word_takes_a_line_end_and_keeps_no_space() -> None:
    width = measure("Verbeter de informatie-", "Helvetica", 10.0)
    assert broken_lines(TEXT, width, "Helvetica", 10.0)[0].end == "glued"


@pytest.mark.parametrize("seed", range(12))
def test_drawn_paragraphs_are_what_was_set(seed: int) -> None:
    rng = random.Random(seed)
    setting = pages.draw_setting(rng, 1 + seed % 3, statements=True)
    if setting.face not in BUILT_IN:  # fonts need not be installed where tests run
        setting = replace(setting, face="Times-Roman", bullets="")
    book = pages.typeset(setting, list(texts.statements("develop")), texts.headings("develop", 1, 12), rng, 3)
    rows = truth.ordered(book, 0, tail=False)
    wanted = build([rows], book).wanted
    last = max(line.paragraph for line in book.lines)
    assert [text for text, _ in book.paragraphs[:last]] == list(wanted[:last])
    assert book.paragraphs[last][0].startswith(wanted[last])


def test_a_table_of_contents_is_furniture_on_a_page_of_its_own() -> None:
    setting = pages.Setting(contents=True, furniture=False)
    book = pages.typeset(setting, list(texts.statements("develop")) * 2, ["Wonen", "Werk"], random.Random(2), 3)
    contents = [line for line in book.lines if line.page == 0]
    assert contents[0].text == "Inhoud"
    assert all(line.kind == "furniture" and line.text.split()[-1].isdigit() for line in contents[1:])
    assert {line.page for line in book.lines if line.kind == "text"} == {1, 2}
    single = pages.typeset(setting, list(texts.statements("develop")), ["Wonen"], random.Random(2), 1)
    assert single.lines[0].kind != "furniture"


def test_pages_follow_each_other_in_reading_order() -> None:
    book = pages.typeset(pages.Setting(), list(texts.statements("develop")) * 2, ["Wonen"], random.Random(2), 3)
    body = [line for line in book.lines if line.kind != "furniture"]
    assert [(line.page, line.column) for line in body] == sorted((line.page, line.column) for line in body)
    assert {line.page for line in body} == {0, 1, 2}


@pytest.mark.parametrize("extractor", ["pdfplumber", "pypdf", "pypdfium2", "bloemlezing"])
@pytest.mark.parametrize("by", ["columns", "rows"])
def test_every_drawn_line_is_found_in_what_is_extracted(extractor: str, by: str, tmp_path: Path) -> None:
    setting = pages.Setting(hyphenated=True, justified=True, fill=0.4)
    book = pages.typeset(setting, list(texts.statements("develop")), ["Wonen en zorg"], random.Random(4), 2)
    pages.draw(book, tmp_path / "book.pdf", by)
    for number, lines in enumerate(extract(tmp_path / "book.pdf", extractor)):
        aligned = truth.align(lines, book, number)
        book = aligned.book
        assert truth.complete(aligned) or (extractor, by) == ("pypdf", "rows")
        for line, parts in zip(aligned.lines, aligned.parts, strict=True):
            assert truth.bare(line.text) == "".join(truth.bare(part.text) for part in parts) or not parts


def test_lines_that_an_extractor_put_together_become_one() -> None:
    drawn = [
        pages.Drawn(0, 1, 0, 0, "Zorg voor samen-", 0, True, "broken", "text"),
        pages.Drawn(0, 1, 0, 9, "werking in de", 0, True, "space", "text"),
        pages.Drawn(0, 1, 0, 18, "regio.", 0, False, "space", "text"),
    ]
    book = pages.Book(pages.Setting(), tuple(drawn), (("Zorg voor samenwerking in de regio.", "text"),))
    for joint in ("", truth.DROPPED):
        page = truth.align([f"Zorg voor samen{joint}werking in de", "regio."], book, 0)
        assert truth.complete(page)
        assert [line.text for line in page.book.lines] == [f"Zorg voor samen{joint}werking in de", "regio."]
        assert page.book.lines[0].spaced


def test_marks_stand_on_every_page_with_its_number() -> None:
    mark = Mark("{page} | Links", "Rechts | {page}", "bottom", "outer")
    assert list(standing(mark, 0, 3, 8)) == [("8 | Links", "left")]
    assert list(standing(mark, 1, 3, 8)) == [("Rechts | 9", "right")]
    assert not list(standing(Mark("x", "x", later=True), 0, 3, 8))
    assert all(draw_marks(random.Random(seed)) for seed in range(50))
    assert all("{page}" in template for template in NUMBERS)


def test_parts_share_no_sentence() -> None:
    found = {
        part: {sentence for text in texts.statements(part) for sentence in text.rstrip(".").split(". ")}
        for part in ("train", "develop", "test")
    }
    assert not found["train"] & found["test"]
    assert not found["develop"] & found["test"]
    assert not found["train"] & found["develop"]


def test_parts_share_no_long_sentence_with_the_reports_of_another() -> None:
    found = {
        part: {
            sentence
            for text in (
                *texts.statements(part),
                *(bullet for report in texts.reports(part) for bullet in report.bullets),
            )
            for sentence in text.rstrip(".").split(". ")
            if len(sentence.split()) > 8  # sayings come to more than one mind
        }
        for part in ("train", "develop", "test")
    }
    assert all(len(some) > 700 for some in found.values())
    assert not found["train"] & found["test"]
    assert not found["develop"] & found["test"]
    assert not found["train"] & found["develop"]


def test_titles_are_learned_from_none_of_development_or_test() -> None:
    learned = {title.casefold() for title in texts.further_titles()}
    assert len(learned) > 1000
    for part in ("develop", "test"):
        held = {title.casefold() for report in texts.reports(part) for title in report.titles}
        assert not learned & held
        assert not learned & {title.casefold() for title in texts.headings(part, 1, 40)}


def test_words_are_learned_from_no_sentence_of_development_or_test() -> None:
    learned = {sentence for text in texts.further() for sentence in text.rstrip(".").split(". ")}
    assert len(learned) > 14_000
    for part in ("develop", "test"):
        judged = (*texts.statements(part), *(bullet for report in texts.reports(part) for bullet in report.bullets))
        shared = learned & {sentence for text in judged for sentence in text.rstrip(".").split(". ")}
        assert not [sentence for sentence in shared if len(sentence.split()) > 8]  # sayings come to more than one mind


def test_a_report_keeps_its_sections() -> None:
    report = texts.outline("develop", 3, 100)
    assert report == texts.outline("develop", 3, 100)
    assert len(report.bullets) >= 100
    assert len(report.titles) == len(report.opens)
    assert report.opens[0] == 0
    setting = pages.as_report(pages.Setting(numbering="none"), random.Random(1))
    book = pages.typeset(
        replace(setting, numbering="none"), report.bullets, report.titles, random.Random(1), 1, report.opens
    )
    drawn = [(text, kind) for text, kind in book.paragraphs]
    assert drawn[0] == (report.titles[0], "heading")
    assert drawn[1] == (report.bullets[0], "text")
    assert [text for text, kind in drawn if kind == "heading"] == list(
        report.titles[: sum(k == "heading" for _, k in drawn)]
    )


def test_parts_share_no_title() -> None:
    found = [set(texts.headings(part, 1, 40)) for part in ("train", "develop", "test")]
    assert not found[0] & found[2]
    assert not found[1] & found[2]


def test_settings_can_be_typeset() -> None:
    assert all(set(case.changes) <= set(pages.Setting.__dataclass_fields__) for case in CASES.values())
