"""Argument links by rule U7 of the codebook, on codes that are given: which wish, and for it or against."""

import pytest

from pipeline.coding.model import Coding, CodingInput
from pipeline.coding.relations import related


def coded(at: int, rank: str = "primary", **codes: str) -> list[Coding]:
    return [Coding(str(at), name, code, "hand", rank, "explicit", 1.0, None, None) for name, code in codes.items()]


def links(*statements: tuple[int, list[Coding]]) -> list[tuple[str, str, str]]:
    """Return the links of statements, given the bullet and the codes of each."""
    items = [CodingInput(str(at), "", (), "", bullet) for at, (bullet, _) in enumerate(statements)]
    given = related(items, [codes for _, codes in statements])
    return [(link.statement_id, link.related_id, link.type) for link in given]


def typed(*pairs: tuple[int, str]) -> list[tuple[str, str, str]]:
    return links(*[(bullet, coded(at, statement_type=kind)) for at, (bullet, kind) in enumerate(pairs)])


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(1, "measure"), (1, "measure"), (1, "argument")], [("2", "1")]),
        ([(1, "measure"), (1, "argument"), (1, "outcome")], [("1", "0")]),
        ([(1, "argument"), (1, "outcome"), (1, "measure")], [("0", "1")]),
        ([(1, "measure"), (1, "problem"), (1, "argument"), (1, "argument")], [("2", "0"), ("3", "0")]),
        ([(1, "measure"), (2, "argument"), (3, "measure")], []),
        ([(1, "measure"), (2, "argument"), (2, "measure")], [("1", "2")]),
        ([(1, "problem"), (1, "argument")], []),
        ([(1, "measure"), (1, "problem")], []),
    ],
    ids=[
        "the nearest before it",
        "one before it rather than one behind it",
        "the nearest behind it where none is before it",
        "what stands between takes nothing away",
        "none of another bullet, though it is nearer",
        "its own bullet's behind it rather than another's before it",
        "none where nobody wishes anything",
        "nothing but an argument",
    ],
)
def test_an_argument_belongs_to_a_wish_of_its_bullet(pairs, expected):
    assert [link[:2] for link in typed(*pairs)] == expected


@pytest.mark.parametrize(
    ("wish", "argument", "kind"),
    [
        ("more", "less", "attacks"),
        ("start", "stop", "attacks"),
        ("maintain", "less", "attacks"),
        ("more", "more", "supports"),
        ("less", "less", "supports"),
        ("less", "more", "supports"),
    ],
)
def test_less_of_what_a_wish_wants_more_of_is_against_it(wish, argument, kind):
    wished = coded(0, statement_type="measure", theme="a", direction=wish)
    assert links((1, wished), (1, coded(1, statement_type="argument", theme="a", direction=argument))) == [
        ("1", "0", kind)
    ]
    # Of another theme it argues for the wish all the same: less of one thing is a reason for more of the other.
    other = coded(1, statement_type="argument", theme="b", direction=argument)
    assert links((1, wished), (1, other)) == [("1", "0", "supports")]


def test_a_second_code_is_not_what_a_statement_is():
    wish = coded(0, statement_type="measure")
    second = coded(1, statement_type="problem") + coded(1, "secondary", statement_type="argument")
    assert links((1, wish), (1, second)) == []
