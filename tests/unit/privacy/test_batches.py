"""The form of the gold of the privacy gate. No gate is asked, so a batch can be checked before it is judged."""

import re

import pytest

from benchmarks.privacy.gold import BATCHES, GOLD, HELD, UNJUDGED, read_clean, read_identifying

KINDS = {
    *("name", "contact", "number", "address", "place", "shelter", "age", "date", "combination", "withheld"),
    *("staff", "email", "telephone", "postcode", "iban", "profile", "birth_date"),
    *("village", "nickname", "small_name", "other"),
}
WHOLE = {"withheld", "combination", "other"}  # may have no braces: the sentence as it stands must not stay clear
BRACES = set("{}")
REASONED = BATCHES[BATCHES.index("seventy_second") :]
"""Batches that say of every sentence why it must go or may stay."""


@pytest.mark.parametrize("batch", BATCHES)
def test_a_batch_is_written_as_its_readme_says(batch):
    # Counts and kinds only: a failure must not show the sentences of a held batch.
    sentences = read_identifying(batch)
    assert {sentence.kind for sentence in sentences} <= KINDS
    assert not sum(bool(BRACES & set(sentence.text)) for sentence in sentences)
    assert not sum(not sentence.details for sentence in sentences if sentence.kind not in WHOLE)
    assert not sum(start >= end for sentence in sentences for start, end in sentence.details)
    assert not sum(not text.strip() or bool(BRACES & set(text)) for text in read_clean(batch))


def test_every_file_is_of_a_batch_and_held_and_unjudged_are_some_of_them():
    files = {path.stem.rsplit("_", 1)[0] for path in GOLD.glob("*_identifying.yaml")}
    assert files == set(BATCHES)
    assert len(BATCHES) == len(files)
    assert set(BATCHES) >= HELD | UNJUDGED
    assert not HELD & UNJUDGED


@pytest.mark.parametrize("batch", REASONED)
def test_a_reason_stands_beside_every_sentence(batch):
    identifying = (GOLD / f"{batch}_identifying.yaml").read_text(encoding="utf-8").splitlines()
    clean = (GOLD / f"{batch}_clean.txt").read_text(encoding="utf-8").splitlines()
    assert sum(bool(re.search(r"\"  # \S", line)) for line in identifying) == len(read_identifying(batch))
    assert sum(bool(line.partition("\t")[2].strip()) for line in clean) == len(read_clean(batch))
    assert not sum("\t" in text for text in read_clean(batch))
