"""Lines joined into one, and every hyphen at a line end judged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.statements.gold import paragraph
from pipeline.text.joining import LINE_END_KINDS, Joined, habits_of, join, judge_line_end
from pipeline.text.language import load_language
from pipeline.text.model import Fragment
from tests.examples import examples

DUTCH = load_language("nl")


def join_lines(*lines: str) -> Joined:
    return join([Fragment(s.line, s.start, s.end) for s in paragraph(lines).segments], DUTCH)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("minder slacht-", "offers van geweld", "join"),
        ("inzet ervarings-", "deskundigen", "join"),
        ("de schuldhulp-", "verlening", "join"),
        ("het beschikbaarheids-", "onderzoek", "join"),
        ("MENSEN-", "HANDEL", "join"),
        ("finan-", "cieel", "join"),
        ("boven AVG-", "regels", "keep"),
        ("een niet-", "westerse achtergrond", "keep"),
        ("oud-", "leerlingen", "keep"),
        ("een ggz-", "instelling", "keep"),
        ("jeugd-", "ggz", "keep"),
        ("Noord-", "Holland", "keep"),
        ("COVID-", "19", "keep"),
        ("zee-", "eend", "keep"),
        ("door om-", "standigheden", "join"),
        ("de ex-", "ploitanten", "join"),
        ("een ex-", "partner", "keep"),
        ("het om-", "beleid", "keep"),
        ("een e-", "mail", "keep"),
        ("een-", "op-een", "keep"),
        ("stap-", "voor-stap", "keep"),
        ("een-op-", "een begeleiding", "keep"),
        ("aan Jan-Wil-", "lem gevraagd", "join"),
        ("de processen-", "verbaal", "keep"),
        ("de kop-", "staartbotsing", "keep"),
        ("een om-", "budsdienst", "join"),
        ("sterk-", "te-zwakteanalyse", "join"),
        ("de eige-", "naar van het pand", "join"),
        ("alle partij-", "en.", "join"),
        ("vrijdag-", "en zaterdagavond", "suspend"),
        ("in-", "en uitstroom", "suspend"),
        ("zorg-", "of welzijnswerk", "suspend"),
        ("survivors/", "ervaringsdeskundigen", "slash"),
        ("de opvang -", "vooral in de stad", "space"),
        ("meer", "opvang", "space"),
        ("eerste-,", "tweede- en derdelijns", "space"),
    ],
)
def test_a_hyphen_at_a_line_end_is_judged_by_both_words(before: str, after: str, expected: str) -> None:
    assert judge_line_end(before, after, DUTCH) == expected


def test_a_document_that_breaks_no_words_keeps_its_hyphens() -> None:
    plain = habits_of(["Dit is een gewone regel", "zonder enig streepje aan het eind"] * 30, DUTCH)
    broken = habits_of(["de samen-", "werking van de verant-", "woordelijke instel-", "lingen"] * 10, DUTCH)
    assert judge_line_end("het zwakke expo-", "beleid", DUTCH, plain) == "keep"
    assert judge_line_end("het zwakke expo-", "beleid", DUTCH, broken) == "join"
    assert judge_line_end("minder slacht-", "offers", DUTCH, plain) == "join"


def test_the_same_compound_inside_a_line_tells() -> None:
    lines = ["een waterig expo-beleid werd hier", "de samen-", "werking van de verant-", "woordelijke man"] * 5
    assert judge_line_end("het zwakke expo-", "beleid", DUTCH, habits_of(lines, DUTCH)) == "keep"


def test_every_hyphen_and_space_that_joining_changes_is_a_repair() -> None:
    joined = join_lines(
        "minder slacht- ", "offers in  de eerste-, ", "tweede- en derdelijns, boven AVG-", "regels, in-", "en uit"
    )
    assert joined.text == "minder slachtoffers in de eerste-, tweede- en derdelijns, boven AVG-regels, in- en uit"
    assert [(repair.kind, repair.before, repair.after) for repair in joined.repairs] == [
        (LINE_END_KINDS["join"], "-", ""),
        ("white_space", "  ", " "),
        (LINE_END_KINDS["keep"], "-", "-"),
        (LINE_END_KINDS["suspend"], "-", "- "),
    ]
    assert (joined.repairs[0].start, joined.repairs[0].end) == (13, 14)


@given(st.lists(st.text(alphabet="aAbeën-/ \t,.\u00a0", max_size=20), min_size=0, max_size=5))
@examples(300)
def test_every_character_knows_where_it_stands(lines: list[str]) -> None:
    fragments = [Fragment(s.line, s.start, s.end) for s in paragraph(tuple(lines)).segments if s.text.strip()]
    joined = join(fragments, DUTCH)
    origins = [joined.origin(position) for position in range(len(joined.text))]
    assert origins == sorted(origins)
    for character, (index, position) in zip(joined.text, origins, strict=True):
        assert character == " " or character == fragments[index].line.text[position]
    kept = {origin for character, origin in zip(joined.text, origins, strict=True) if character != " "}
    removed = sum(repair.kind == LINE_END_KINDS["join"] for repair in joined.repairs)
    assert len(kept) + removed == sum(not c.isspace() for fragment in fragments for c in fragment.text)


def test_nothing_joins_to_nothing() -> None:
    assert join([], DUTCH) == Joined("", (), ())
