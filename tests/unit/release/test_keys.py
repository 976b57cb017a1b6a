"""Keys of two states, compared outside memory: against the same questions asked of dictionaries."""

import errno
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.release.keys import AFTER, BEFORE, Keys, comparison
from pipeline.release.sqlite import written_once

KEYS = st.text("abc", min_size=1, max_size=2)
STATES = st.dictionaries(KEYS, st.sampled_from([b"1", b"2"]))


def _add(keys: Keys, side: int, state: dict[str, bytes], batch: int) -> None:
    rows = list(state.items())
    for begin in range(0, len(rows), batch):
        part = rows[begin : begin + batch]
        keys.add(AFTER if side else BEFORE, [key for key, _ in part], [value for _, value in part])


@given(before=STATES, after=STATES, batch=st.integers(1, 4), most=st.integers(0, 3))
def test_two_states_differ_as_their_dictionaries_do(
    before: dict[str, bytes], after: dict[str, bytes], batch: int, most: int
) -> None:
    old, new = list(before), list(after)
    added = [key for key in new if key not in before]
    removed = [key for key in old if key not in after]
    changed = [key for key in new if key in before and before[key] != after[key]]
    with comparison() as keys:
        _add(keys, BEFORE, before, batch)
        _add(keys, AFTER, after, batch)
        found = keys.only(AFTER, most)
        assert (found.count, found.keys) == (len(added), tuple(added[:most]))
        assert (found.before, found.after) == ((), tuple(new.index(key) for key in added[:most]))
        found = keys.only(BEFORE)
        assert (found.count, found.keys) == (len(removed), tuple(removed))
        assert (found.before, found.after) == (tuple(old.index(key) for key in removed), ())
        found = keys.changed(most)
        assert (found.count, found.keys) == (len(changed), tuple(changed[:most]))
        assert found.before == tuple(old.index(key) for key in changed[:most])
        assert found.after == tuple(new.index(key) for key in changed[:most])
        assert (keys.count(BEFORE), keys.count(AFTER)) == (len(old), len(new))


@given(rows=st.lists(KEYS))
def test_every_row_with_the_key_of_an_earlier_one_is_counted(rows: list[str]) -> None:
    with comparison() as keys:
        keys.add(AFTER, rows)
        assert keys.repeated() == len(rows) - len(set(rows))


@given(known=st.lists(KEYS), used=st.lists(KEYS))
def test_values_that_repeat_are_compared_as_sets(known: list[str], used: list[str]) -> None:
    with comparison() as keys:
        keys.add(BEFORE, known)
        keys.add(AFTER, used)
        assert set(keys.only(AFTER).keys) == set(used) - set(known)
        assert keys.changed().count == 0


def test_a_disk_without_room_is_an_error_of_the_disk() -> None:
    def fill() -> None:
        with written_once(None) as database:
            database.execute("PRAGMA max_page_count = 2")
            Keys(database).add(AFTER, (str(number).zfill(100) for number in range(1000)))

    with pytest.raises(OSError, match="full") as caught:
        fill()
    assert caught.value.errno == errno.ENOSPC


def test_a_mistake_of_ours_is_not_blamed_on_the_disk() -> None:
    def ask() -> None:
        with written_once(None) as database:
            database.execute("SELECT one FROM nowhere")

    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        ask()
