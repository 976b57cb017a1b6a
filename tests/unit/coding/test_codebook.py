"""Codebooks: what the shipped ones hold, what breaks them, and how their version must move."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from wordfreq import zipf_frequency

from pipeline.coding.codebook import load_codebook
from pipeline.coding.codebook_versions import required_bump, version_fault
from pipeline.errors import FileError

CODEBOOKS = Path(__file__).parents[3] / "schemas" / "codebooks"

GOOD = """\
id: mini
version: 1.0.0
label_nl: Klein
label_en: Small
dimensions:
- id: colour
  label_nl: Kleur
  label_en: Colour
  cardinality: one
  default: none
  note: Any colour.
  codes:
  - {id: red, label_nl: Rood, label_en: Red, definition: "Like blood."}
  - {id: red.dark, parent: red, label_nl: Donkerrood, label_en: Dark red, definition: "Like wine."}
  - {id: none, label_nl: Geen, label_en: No colour, definition: "Default."}
"""


@pytest.fixture(scope="module")
def book():
    return load_codebook(CODEBOOKS / "mensenhandel.yaml")


def written(folder, text, name="mini.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_programme_extends_the_base_in_its_own_order(book):
    assert book.lineage == ("base",)
    assert [dimension.id for dimension in book.dimensions] == [
        "statement_type", "theme", "actor", "target_group", "exploitation",
        "instrument", "direction", "modality", "horizon", "sdg",
    ]  # fmt: skip
    rules = {f"U{number}" for number in range(1, 10)}
    assert rules <= set(book.unitizing)
    assert {name[:2] for name in book.unitizing} == rules


def test_every_code_has_a_definition_and_both_labels_and_rows_hold_them_all(book):
    rows = book.rows()
    assert len(rows) == sum(len(dimension.codes) for dimension in book.dimensions)
    assert all(row["definition"] and row["label_nl"] and row["label_en"] for row in rows)
    assert list(rows[0]) == [
        "codebook", "dimension", "code", "parent", "label_nl", "label_en", "definition", "includes", "excludes",
        "uri", "status",
    ]  # fmt: skip


def test_what_a_code_includes_is_dutch_as_the_codebook_page_and_skos_say(book):
    """Words in a row of which none is commoner in Dutch are English, but for what Dutch texts write so."""
    borrowed = {"due diligence", "victim centred"}
    parts = [part.strip() for row in book.rows() for part in re.split("[,;]", row["includes"] or "")]
    words = {part: re.findall(r"\w+", part.lower()) for part in parts}
    english = {
        part
        for part, found in words.items()
        if len(found) > 1 and all(zipf_frequency(word, "en") > zipf_frequency(word, "nl") for word in found)
    }
    assert len(words) > 50
    assert english <= borrowed


def test_themes_have_two_levels(book):
    theme = book.by_id["theme"]
    assert theme.ancestor("protection.care") == "protection"
    assert theme.ancestor("other") == "other"
    assert theme.secondary == 2


def test_every_doubtful_case_has_a_rule_with_an_example(book):
    rules = [rule for dimension in book.dimensions for rule in dimension.rules]
    assert len(rules) >= 20
    assert all(rule.examples for rule in rules)


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ("id: red.dark, parent: red", "id: red.dark, parent: blue", 14, "parent 'blue'"),
        ("id: red.dark", "id: red", 14, "there twice"),
        ("label_nl: Donkerrood", "label_nl: ROOD", 14, "already used by code 'red'"),
        ('definition: "Like wine."', 'definition: ""', 14, "'definition' must be a text"),
        ("label_en: Dark red, ", "", 14, "'label_en' is missing"),
        ('definition: "Like blood."', 'definition: "Like blood.", status: retired', 13, "without a successor"),
        ('definition: "Like blood."', 'definition: "B.", replaced_by: pink', 13, "successor 'pink'"),
        ("cardinality: one", "cardinality: two", 9, "must be one or many"),
        ("default: none", "default: green", 10, "default 'green'"),
        ("version: 1.0.0", "version: one", 2, "not of the form"),
        ("note: Any", "nota: Any", 11, "'nota' is not known"),
        ("id: mini", "id: mini\nid: mini", 2, "is given twice"),
        ("label_en: Small", "label_en: Small\nextends: nowhere", 5, "there is no nowhere.yaml"),
        ("label_en: Small", "label_en: [Small", 5, "is not YAML"),
        ("id: mini", "id: minor", 1, "not the name of this file"),
        ("id: colour", "id: main colour", 6, "names a column"),
        ("id: colour", "id: Colour", 6, "names a column"),
        ("id: colour", "id: text", 6, "no dimension can have"),
        ("id: colour", "id: actor_label_nl", 6, "no dimension can have"),
        ("cardinality: one", "cardinality: many\n  most: 0", 10, "'most' must be a whole number"),
        ("cardinality: one", "cardinality: one\n  secondary: 1.5", 10, "'secondary' must be a whole number"),
        ("id: red,", "id: 're;d',", 13, "must be letters and digits"),
        ("id: red,", "id: red+blue,", 13, "must be letters and digits"),
        ("id: red,", "id: abstain,", 13, "an answer of people"),
        ("id: red,", "id: withdraw,", 13, "an answer of people"),
    ],
)
def test_an_error_names_file_line_and_what_is_wrong(tmp_path, before, after, line, says):
    path = written(tmp_path, GOOD.replace(before, after, 1))
    with pytest.raises(FileError) as error:
        load_codebook(path)
    assert f"{path}:{line}: " in str(error.value)
    assert says in str(error.value)


def test_a_label_cut_at_a_comma_is_an_error(tmp_path):
    path = written(tmp_path, GOOD.replace("label_nl: Rood", "label_nl: Rood, helder", 1))
    with pytest.raises(FileError, match="'helder' is not known"):
        load_codebook(path)


def test_a_circle_of_codebooks_is_an_error(tmp_path):
    written(tmp_path, GOOD.replace("id: mini", "id: other\nextends: mini", 1), "other.yaml")
    path = written(tmp_path, GOOD.replace("id: mini", "id: mini\nextends: other", 1))
    with pytest.raises(FileError, match="extends itself"):
        load_codebook(path)


def test_the_version_moves_by_rule(tmp_path):
    old = load_codebook(written(tmp_path, GOOD))
    colour = old.dimensions[0]
    red = colour.codes[0]

    def changed(**change):
        return replace(old, dimensions=(replace(colour, **change),))

    assert required_bump(old, old) == "none"
    assert required_bump(old, changed(note="Other words.")) == "patch"
    assert (
        required_bump(old, changed(codes=(*colour.codes, replace(red, id="blue", label_nl="B", label_en="B"))))
        == "minor"
    )
    assert required_bump(old, changed(codes=(replace(red, definition="Like roses."), *colour.codes[1:]))) == "major"
    assert required_bump(old, changed(codes=colour.codes[:2])) == "major"
    assert required_bump(old, changed(cardinality="many")) == "major"


def test_the_codebooks_moved_their_versions_since_they_were_last_looked_at():
    """`tests/gold/codebooks` holds an earlier state; put a state there when it is published."""
    for name in ("base", "mensenhandel"):
        old = load_codebook(CODEBOOKS.parents[1] / "tests" / "gold" / "codebooks" / f"{name}.yaml")
        assert version_fault(old, load_codebook(CODEBOOKS / f"{name}.yaml")) is None


def test_a_version_that_stayed_behind_is_named(tmp_path):
    old = load_codebook(written(tmp_path, GOOD))
    new = load_codebook(written(tmp_path, GOOD.replace("definition: ", "definition: Not ", 1)))
    assert required_bump(old, new) == "major"
    fault = version_fault(old, new)
    assert fault is not None
    assert "major change" in fault
    assert version_fault(old, replace(new, version="9.0.0")) is None
