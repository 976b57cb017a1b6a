"""What stands before a sentence in a transcript or in an export of a survey, and is nobody's."""

import pytest

from benchmarks.privacy.notes import STYLES, load_scribe, part_of
from pipeline.privacy.gate import Gate
from pipeline.text.language import load_language

GATE = Gate(load_language("nl"))
FRAMES = [
    "[00:07:51] R3: ",
    "[09.18] I: ",
    "#00:31:02-7# Moderator: ",
    "0:44 Resp. 6: ",
    "Interviewer: ehm... ",
    "ID 0417 | ",
    "Stelling 2 (1-7): ",
    "c. anders, nl. ",
    "Q8: ",
    "31;",
]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    "text",
    [
        "De wijkteams hebben te weinig tijd.",
        "Korting op de bus zou al veel schelen.",
        "hier is gewoon te weinig opvang",
    ],
)
def test_what_stands_before_a_clean_sentence_makes_no_detail_of_it(frame, text):
    assert GATE.judge(frame + text).text == frame + text


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bel Gerlof Nijenhuis op 06-00112233.", "Bel [NAAM] op [TELEFOON]."),
        ("Volgens mevrouw Zandvliet is er geen plek.", "Volgens mevrouw [NAAM] is er geen plek."),
        ("Tjitske vertelt dat het niet werkt.", "[NAAM] vertelt dat het niet werkt."),
    ],
)
def test_details_behind_what_stands_before_still_go(frame, text, left):
    assert GATE.judge(frame + text).text == frame + left


def test_a_story_behind_what_stands_before_is_still_withheld():
    text = "[00:07:51] R3: mijn man sloeg mij elke avond en ik mocht de deur niet uit."
    assert GATE.judge(text).privacy == "withheld"


def test_places_of_findings_are_those_of_the_whole_text():
    text = "[09.18] I: Bel 06-00112233."
    assert [text[one.start : one.end] for one in GATE.judge(text).findings] == ["06-00112233"]


@pytest.mark.parametrize(
    "text",
    [
        "A. meer bussen  B. meer treinen  C. niets",
        "goed contact: n = 12 v. 30",
        "eens 4 v/d 9",
        "leeftijdsgrens 18 -> 23",
    ],
)
def test_options_and_counts_of_notes_are_no_details(text):
    assert GATE.judge(text).text == text


@pytest.mark.parametrize("style", STYLES)
def test_details_stay_marked_when_a_sentence_is_written_as_notes_are(style):
    text = "De gemeente belt niet terug en Gerlof wacht al drie maanden op een antwoord."
    start = text.index("Gerlof")
    written, details = load_scribe("measured").write(text, [(start, start + 6)], style)
    assert written != text
    assert [written[one:other] for one, other in details] == ["Gerlof"]
    assert load_scribe("measured").write(text, [(start, start + 6)], style) == (written, details)


def test_batches_are_in_one_part_each():
    assert {part_of(name) for name in ("dev", "second", "third", "fourth", "fifth", "sixth", "seventh")} == {
        "learned",
        "measured",
    }
