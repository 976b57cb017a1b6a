"""The measure of the whole text core: the truth scores full marks, and every kind of fault is seen."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from benchmarks.reading_order import documents, pages, texts, truth, whole
from benchmarks.reading_order.running import Mark
from pipeline.text.document import Reading
from pipeline.text.language import Language, load_language
from pipeline.text.lines import Lines
from pipeline.text.model import Segment

NL = load_language("nl")
SPECIAL = [
    "Ouderen met coëliakie krijgen een diëtiste in de buurt.",
    "Verbeter de informatie-uitwisseling tussen scholen en de leerplichtambtenaar.",
    "Hulpverleners herkennen signalen van huwelijksuitbuiting en arbeidsuitbuiting en maken risico-inschattingen.",
]
TEXTS = [text for pair in zip(SPECIAL * 20, texts.statements("develop")[:60], strict=True) for text in pair][5:]
MARKS = (Mark("Samen verder", "Samen verder", "top", "left", 36.0), Mark("{page}", "{page}"))
Change = Callable[[list[Segment]], list[Segment]]


def book(columns: int = 2, count: int = 2, **changes: object) -> pages.Book:
    drawn = replace(pages.Setting(columns=columns, fill=0.3, marks=MARKS), **changes)  # type: ignore[arg-type]
    return pages.typeset(drawn, TEXTS, ["Wonen en zorg", "Werk"], random.Random(5), count)


def document(
    drawn: pages.Book, characters: documents.Characters = "clean", *, woven: bool = True
) -> documents.Document:
    """Return the document that a book makes when rows are told by their height, or line by line as drawn."""
    found = []
    for page in range(max(line.page for line in drawn.lines) + 1):
        rows: dict[tuple[float, int], list[pages.Drawn]] = {}
        for number, line in enumerate(drawn.lines):
            if line.page == page:
                rows.setdefault((line.y, 0 if woven else number), []).append(line)
        ordered = [sorted(row, key=lambda line: line.x) for _, row in (sorted(rows.items()) if woven else rows.items())]
        lines = tuple(truth.make_line(n + 1, " ".join(part.text for part in row)) for n, row in enumerate(ordered))
        found.append(truth.Page(lines, tuple(map(tuple, ordered)), drawn, page))
    return documents.build(found, drawn, characters)


def reader(made: documents.Document, change: Change = lambda segments: segments) -> whole.Order:
    """Return a reading order that knows the truth, changed."""
    owner = [line for line in made.book.lines for _ in truth.bare(line.text)]
    rank = {id(line): number for number, line in enumerate(made.book.lines)}

    def order(lines: Lines, language: Language, titles: Sequence[str]) -> Reading:
        parts: dict[int, Segment] = {}
        for line in lines.lines:
            for n, char in enumerate(line.text):
                number = made.owners[line.offsets[n]]
                if char.isspace() or number < 0:
                    continue
                at = rank[id(owner[number])]
                start = parts[at].start if at in parts else n
                parts[at] = Segment(line, start, n + 1, max(owner[number].column, 1), False, 0.9)
        furniture = frozenset(s.line.number for at, s in parts.items() if made.book.lines[at].kind == "furniture")
        seen = {-1}
        segments = []
        for at in sorted(parts):
            paragraph = made.book.lines[at].paragraph
            if paragraph >= 0:
                segments.append(replace(parts[at], opens=paragraph not in seen))
                seen.add(paragraph)
        return Reading(furniture, tuple(change(segments)), "columns", 0.9)

    return order


@pytest.mark.parametrize("characters", ["clean", "mac-roman", "windows-1252"])
def test_the_truth_scores_full_marks(characters: documents.Characters) -> None:
    made = document(book(), characters)
    counts = whole.judge(made, NL, reader(made)).counts
    assert counts["pages"] == 2
    assert counts["bullets"] > 12
    assert counts["verbatim"] == counts["equal"] == counts["placed"] == counts["bullets"]
    assert counts["right"] == counts["pairs"] > 20
    assert counts["headings_found"] == counts["headings"] == counts["sections"] > 0
    assert counts["furniture_found"] == counts["furniture"] == counts["taken"] == counts["taken_rightly"] == 4
    assert counts["harm"] == counts["uncovered"] == 0


def test_statements_of_the_truth_stand_right() -> None:
    made = document(book())
    tally = whole.judge(made, NL, reader(made))
    assert len(tally.marks) >= tally.counts["bullets"]
    assert all(right for _, right in tally.marks)
    assert {confidence for confidence, _ in tally.marks} == {0.9}


def test_the_order_given_of_woven_columns_scores_low() -> None:
    made = document(book())
    counts = whole.judge(made, NL, reader(made)).counts
    assert counts["verbatim_naive"] < 0.6 * counts["bullets"]
    assert counts["right_naive"] < 0.5 * counts["pairs"]


def test_the_order_given_of_one_column_scores_full_marks() -> None:
    made = document(book(1, 1, furniture=False), woven=False)
    counts = whole.judge(made, NL, reader(made)).counts
    assert counts["verbatim_naive"] == counts["bullets"]
    assert counts["right_naive"] == counts["pairs"]


def test_a_swapped_line_is_punished_everywhere() -> None:
    made = document(book())

    def swapped(segments: list[Segment]) -> list[Segment]:
        at = next(n for n, s in enumerate(segments) if n > 2 and not s.opens)
        return [*segments[: at - 1], segments[at], segments[at - 1], *segments[at + 1 :]]

    right = whole.judge(made, NL, reader(made))
    wrong = whole.judge(made, NL, reader(made, swapped))
    assert wrong.counts["verbatim"] < right.counts["verbatim"]
    assert wrong.counts["equal"] < right.counts["equal"]
    assert wrong.counts["right"] < right.counts["right"]
    assert not all(stands for _, stands in wrong.marks)


def test_harm_is_what_the_given_order_had_and_the_reading_lost() -> None:
    made = document(book(1, 1, furniture=False, margin=180.0), woven=False)
    counts = whole.judge(made, NL, reader(made, lambda segments: segments[::-1])).counts
    assert counts["harm"] > 0
    assert counts["harm"] == counts["bullets"] - counts["verbatim"]


def test_bullets_put_together_stand_verbatim_but_equal_none() -> None:
    made = document(book(headings=False))
    counts = whole.judge(made, NL, reader(made, lambda s: [replace(x, opens=n == 0) for n, x in enumerate(s)])).counts
    assert counts["verbatim"] == counts["bullets"]
    assert counts["equal"] < counts["bullets"] / 2


def test_a_heading_taken_for_text_costs_the_sections_below_it() -> None:
    made = document(book(numbering="none"))

    def glued(segments: list[Segment]) -> list[Segment]:
        headings = {line.text for line in made.book.lines if line.kind == "heading"}
        above = ("", *(s.text for s in segments))
        return [replace(s, opens=s.opens and text not in headings) for s, text in zip(segments, above, strict=False)]

    counts = whole.judge(made, NL, reader(made, glued)).counts
    assert counts["headings_found"] < counts["headings"]
    assert counts["placed"] < counts["bullets"]


def test_furniture_left_in_costs_recall_and_text_taken_costs_precision() -> None:
    made = document(book())
    true = reader(made)
    left = whole.judge(made, NL, lambda *given: replace(true(*given), furniture=frozenset())).counts
    assert left["furniture_found"] == 0 < left["furniture"]

    def greedy(lines: Lines, language: Language, titles: Sequence[str]) -> Reading:
        reading = true(lines, language, titles)
        first = reading.segments[0].line.number
        kept = tuple(s for s in reading.segments if s.line.number != first)
        return replace(reading, furniture=reading.furniture | {first}, segments=kept)

    taken = whole.judge(made, NL, greedy).counts
    assert taken["taken"] > taken["taken_rightly"] == taken["furniture"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Zorg voor de verantwoordelijkheid van gemeenten bij samenwerking.", "broken"),
        ("Zorg voor de informatie-uitwisseling van mbo-scholen.", "glued"),
        ("Zorg voor de eerste- en derdelijns hulp.", "space"),
    ],
)
def test_hyphens_at_line_ends_are_counted_as_they_were_meant(text: str, kind: str) -> None:
    found: Counter[str] = Counter()
    for gutter in (100.0, 150.0, 190.0, 230.0, 270.0, 290.0):
        drawn = pages.Setting(hyphenated=kind == "broken", gutter=gutter, headings=False, marks=MARKS)
        made = document(pages.typeset(drawn, [text] * 9, [], random.Random(5)))
        ends = [line.end for line in made.book.lines if line.wraps and line.text.endswith("-")]
        counts = whole.judge(made, NL, reader(made)).counts
        assert counts["joins"] == counts["joined"] == len(ends)
        found.update(ends)
    assert found[kind] > 0


def test_what_was_drawn_twice_must_be_read_twice() -> None:
    made = document(
        pages.typeset(pages.Setting(headings=False, marks=MARKS, fill=0.2), SPECIAL * 9, [], random.Random(5))
    )
    counts = whole.judge(made, NL, reader(made, lambda segments: segments[4:])).counts
    assert 0 < counts["verbatim"] < counts["bullets"]
