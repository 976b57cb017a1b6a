from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from pipeline.identifiers import document_key, section_key, statement_key


def test_keys_do_not_change_between_versions_of_the_code():
    assert document_key("bron", "a.txt") == "doc-ca663834eca0771e"
    assert section_key("doc-1", "4.5", 1) == "sec-ceee02fdc10d5cab"
    assert statement_key("doc-1", "Meeropvang.", 0) == "stm-a19c67db33d9000a"
    assert statement_key("doc-1", "Cliënt’s één.", 0) == "stm-1c53f2956478ed96"


@given(st.lists(st.text(max_size=6), min_size=2, max_size=6, unique=True))
def test_no_two_lists_of_parts_run_together(parts):
    keys = {statement_key(one, other, n) for one, other in product(parts, parts) for n in (0, 1)}
    assert len(keys) == 2 * len(parts) ** 2


def test_kinds_are_told_apart():
    assert section_key("d", "t", 0)[4:] != statement_key("d", "t", 0)[4:]
