"""The measure itself: it must tell a right reading from a wrong one."""

import random

from benchmarks.reading_order import measure, pages, truth
from pipeline.text.model import Segment

TEXTS = ["De gemeente zorgt voor betere opvang van jongeren in de wijk.", "Meer geld voor hulp aan ouders."] * 12


def page() -> truth.Page:
    setting = pages.Setting(columns=2, headings=False, fill=0.3)
    return truth.woven(pages.typeset(setting, TEXTS, ["Opvang"], random.Random(1)), 0, tail=False)


def true_segments(made: truth.Page) -> list[Segment]:
    found = []
    for line, parts in zip(made.lines, made.parts, strict=True):
        at = 0
        for part in parts:
            at = line.text.index(part.text, at)
            found.append((part, Segment(line, at, at + len(part.text), max(part.column, 1), False, 0.9)))
            at += len(part.text)
    order = {id(line): n for n, line in enumerate(made.book.lines)}
    found.sort(key=lambda pair: order[id(pair[0])])
    seen: set[int] = set()
    segments = []
    for part, segment in found:
        opens = part.paragraph not in seen
        seen.add(part.paragraph)
        segments.append(Segment(segment.line, segment.start, segment.end, segment.column, opens, 0.9))
    return segments


def test_the_truth_scores_full_marks() -> None:
    made = page()
    score, _ = measure.judge(made, true_segments(made))
    assert score.bullets > 3
    assert score.recovered == score.in_order == score.bullets
    assert score.right == score.pairs
    assert all(right for _, right in score.marks)
    assert abs(score.calibration_error() - 0.1) < 1e-9


def test_the_woven_order_does_not() -> None:
    made = page()
    score, _ = measure.judge(made, measure.naive(made))
    assert score.in_order < score.bullets
    assert score.right < score.pairs


def test_false_openings_cost_bullets_but_no_order() -> None:
    made = page()
    segments = [Segment(s.line, s.start, s.end, s.column, True, 0.9) for s in true_segments(made)]
    score, _ = measure.judge(made, segments)
    assert score.recovered < score.in_order == score.bullets


def test_extracted_lines_are_aligned_with_what_was_drawn() -> None:
    made = page()
    aligned = truth.align([line.text for line in made.lines], made.book, 0)
    assert [[p.text for p in parts] for parts in aligned.parts] == [[p.text for p in parts] for parts in made.parts]
