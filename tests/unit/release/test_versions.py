"""Each version rule with a test that makes exactly that change and sees exactly that number.

`docs/releases.md` holds the same rules as a table; `test_docs_name_every_rule` keeps the two together.
"""

import copy
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.release.constructed import DAY, Row, Rows, codebook, constructed, inputs
from pipeline.coding.codebook import Codebook
from pipeline.release.description import load_dataset
from pipeline.release.diff import MEANING, referenced_tables
from pipeline.release.publish import Published, publish
from pipeline.release.versions import Change, described_changes, highest, next_version
from tests.descriptors import Descriptor, field, table

Edit = Callable[[Descriptor], None]
DOCS = Path(__file__).parents[3] / "docs" / "releases.md"


@pytest.fixture(scope="module")
def described(twenty: Path) -> Descriptor:
    descriptor: Descriptor = json.loads((twenty / "releases" / "1.0.0" / "datapackage.json").read_bytes())
    return descriptor


def make(outputs: Path, rows: Mapping[str, Rows], book: Codebook | None = None, **more: Any) -> Published:
    books = [book or codebook()]
    if book is not None:
        rows = {**rows, "codes": lambda: iter(book.rows())}
    return publish(inputs(rows, books, **more), outputs, DAY)


def constrain(name: str, column: str, **constraints: object) -> Edit:
    def edit(descriptor: Descriptor) -> None:
        target = field(descriptor, name, column).setdefault("constraints", {})
        for key, value in constraints.items():
            if value is None:
                del target[key]
            else:
                target[key] = value

    return edit


def rename_package(descriptor: Descriptor) -> None:
    descriptor["name"] = "ander"


def remove_table(descriptor: Descriptor) -> None:
    descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] != "relations"]


def add_table(descriptor: Descriptor) -> None:
    descriptor["resources"].append({**copy.deepcopy(table(descriptor, "codes")), "name": "extra"})


def rename_table(descriptor: Descriptor) -> None:
    table(descriptor, "relations")["name"] = "links"


def remove_column(descriptor: Descriptor) -> None:
    table(descriptor, "statements")["schema"]["fields"].pop()


def add_column(descriptor: Descriptor) -> None:
    table(descriptor, "statements")["schema"]["fields"].append({"name": "extra", "type": "string"})


def rename_column(descriptor: Descriptor) -> None:
    field(descriptor, "statements", "text")["name"] = "words"


def reorder_columns(descriptor: Descriptor) -> None:
    table(descriptor, "statements")["schema"]["fields"].reverse()


def change_type(descriptor: Descriptor) -> None:
    field(descriptor, "statements", "page")["type"] = "string"


def change_dialect(descriptor: Descriptor) -> None:
    table(descriptor, "statements")["dialect"]["delimiter"] = ";"


def change_missing(descriptor: Descriptor) -> None:
    table(descriptor, "statements")["schema"]["missingValues"] = ["", "-"]


def change_key(descriptor: Descriptor) -> None:
    table(descriptor, "statements")["schema"]["primaryKey"] = ["document_id", "position"]


def add_reference(descriptor: Descriptor) -> None:
    key = {"fields": ["codebook"], "reference": {"resource": "sources", "fields": ["codebook"]}}
    table(descriptor, "codes")["schema"]["foreignKeys"] = [key]


def remove_reference(descriptor: Descriptor) -> None:
    table(descriptor, "statements")["schema"]["foreignKeys"].pop()


def describe_column(descriptor: Descriptor) -> None:
    field(descriptor, "statements", "text")["description"] = "Anders beschreven."


def describe_table(descriptor: Descriptor) -> None:
    table(descriptor, "statements")["title"] = "Anders"


def describe_package(descriptor: Descriptor) -> None:
    descriptor["keywords"] = ["anders"]


def relabel(descriptor: Descriptor) -> None:
    field(descriptor, "codings", "code")["categories"][0]["label"] = "Anders"


def drop_enum(descriptor: Descriptor) -> None:
    field(descriptor, "statements", "privacy")["constraints"]["enum"].remove("withheld")


def extend_enum(descriptor: Descriptor) -> None:
    field(descriptor, "statements", "privacy")["constraints"]["enum"].append("blurred")


def reverse_enum(descriptor: Descriptor) -> None:
    field(descriptor, "statements", "privacy")["constraints"]["enum"].reverse()


RULES: list[tuple[str, Edit, str | None, set[tuple[str, str]]]] = [
    ("rename the package", rename_package, "2.0.0", {("major", "package renamed")}),
    ("rename a table", rename_table, "2.0.0", {("major", "table renamed")}),
    ("remove a table", remove_table, "2.0.0", {("major", "table removed")}),
    ("add a table", add_table, "1.3.0", {("minor", "table added")}),
    ("rename a column", rename_column, "2.0.0", {("major", "column renamed")}),
    ("remove a column", remove_column, "2.0.0", {("major", "column removed")}),
    ("add a column", add_column, "2.0.0", {("major", "column added")}),
    ("reorder columns", reorder_columns, "2.0.0", {("major", "columns reordered")}),
    ("change a type", change_type, "2.0.0", {("major", "type changed")}),
    ("write missing values otherwise", change_missing, "2.0.0", {("major", "type changed")}),
    ("change a file's format", change_dialect, "2.0.0", {("major", "format changed")}),
    ("change a primary key", change_key, "2.0.0", {("major", "key changed")}),
    ("add a foreign key", add_reference, "2.0.0", {("major", "constraint tightened")}),
    ("remove a foreign key", remove_reference, "1.3.0", {("minor", "constraint loosened")}),
    ("require a value", constrain("statements", "text", required=True), "2.0.0", {("major", "constraint tightened")}),
    ("allow none", constrain("statements", "privacy", required=None), "1.3.0", {("minor", "constraint loosened")}),
    ("require unique", constrain("statements", "text", unique=True), "2.0.0", {("major", "constraint tightened")}),
    ("raise a minimum", constrain("statements", "page", minimum=2), "2.0.0", {("major", "constraint tightened")}),
    ("lower a minimum", constrain("statements", "page", minimum=0), "1.3.0", {("minor", "constraint loosened")}),
    ("drop a minimum", constrain("statements", "page", minimum=None), "1.3.0", {("minor", "constraint loosened")}),
    ("add a maximum", constrain("statements", "page", maximum=9), "2.0.0", {("major", "constraint tightened")}),
    (
        "lower a maximum",
        constrain("statements", "reading_confidence", maximum=0.5),
        "2.0.0",
        {("major", "constraint tightened")},
    ),
    (
        "raise a maximum",
        constrain("statements", "reading_confidence", maximum=2),
        "1.3.0",
        {("minor", "constraint loosened")},
    ),
    (
        "change a pattern",
        constrain("sources", "language", pattern="[a-z]{3}"),
        "2.0.0",
        {("major", "constraint tightened")},
    ),
    ("drop a pattern", constrain("sources", "language", pattern=None), "1.3.0", {("minor", "constraint loosened")}),
    ("drop an enumerated value", drop_enum, "2.0.0", {("major", "constraint tightened")}),
    (
        "add an enumerated value",
        extend_enum,
        "1.3.0",
        {("minor", "constraint loosened")},
    ),
    ("reorder enumerated values", reverse_enum, None, set()),
    ("describe a column otherwise", describe_column, "1.2.4", {("patch", "description changed")}),
    ("describe a table otherwise", describe_table, "1.2.4", {("patch", "description changed")}),
    ("describe the package otherwise", describe_package, "1.2.4", {("patch", "description changed")}),
    ("relabel a code", relabel, "1.2.4", {("patch", "description changed")}),
]


@pytest.mark.parametrize(("edit", "number", "expected"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_a_change_of_the_description_moves_the_version_by_its_rule(
    described: Descriptor, edit: Edit, number: str | None, expected: set[tuple[str, str]]
) -> None:
    changed = copy.deepcopy(described)
    edit(changed)
    found = described_changes(described, changed)
    assert {(change.level, change.rule) for change in found} == expected
    # Without any change there is no new version, which is `publish`'s to see.
    assert (next_version("1.2.3", highest(found)) if found else None) == number


def test_the_same_description_is_no_change(described: Descriptor) -> None:
    assert described_changes(described, copy.deepcopy(described)) == []


def test_what_names_a_version_is_no_change(described: Descriptor) -> None:
    later = {**described, "version": "9.9.9", "created": "2030-01-01T00:00:00Z", "id": "x", "content": "y"}
    assert described_changes(described, later) == []


@pytest.mark.parametrize(
    ("last", "level", "following"),
    [
        (None, "patch", "1.0.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "major", "2.0.0"),
        ("1.9.9", "minor", "1.10.0"),
    ],
)
def test_the_next_version_follows_the_level(last: str | None, level: Any, following: str) -> None:
    assert next_version(last, level) == following


def test_the_gravest_change_decides() -> None:
    levels = [Change(level, "", "", "") for level in ("patch", "major", "minor")]  # type: ignore[arg-type]
    assert (highest(levels), highest(levels[::2]), highest(levels[:1]), highest([])) == (
        "major",
        "minor",
        "patch",
        "patch",
    )


def without(rows: Mapping[str, Rows], name: str, *numbers: int) -> dict[str, Rows]:
    def fewer() -> Iterator[Row]:
        return (row for number, row in enumerate(rows[name]()) if number not in numbers)

    return {**rows, name: fewer}


def with_value(rows: Mapping[str, Rows], name: str, column: str, value: object, at: int = 0) -> dict[str, Rows]:
    def other() -> Iterator[Row]:
        return ({**row, column: value} if number == at else row for number, row in enumerate(rows[name]()))

    return {**rows, name: other}


def reversed_rows(rows: Mapping[str, Rows], name: str) -> dict[str, Rows]:
    return {**rows, name: lambda: iter(list(rows[name]())[::-1])}


FULL = constructed(20)
LESS = without(FULL, "relations", 1)
UNRELATED = without(without(FULL, "relations", 0, 1), "codings", *range(57, 60))
UNUSED = without(without(UNRELATED, "recommendations", 9), "spans", 19)

ROW_RULES: list[tuple[str, Mapping[str, Rows], Mapping[str, Rows], str, str]] = [
    ("add rows", LESS, FULL, "1.1.0", "rows added"),
    ("remove rows that none refers to", FULL, LESS, "1.0.1", "rows removed"),
    (
        "remove rows that others may refer to",
        UNUSED,
        without(UNUSED, "statements", 19),
        "2.0.0",
        "referenced rows removed",
    ),
    ("correct a value", FULL, with_value(FULL, "statements", "text", "Anders."), "1.0.1", "values corrected"),
    ("empty a value", FULL, with_value(FULL, "statements", "text", None, 1), "1.0.1", "values corrected"),
    ("redefine a code", FULL, with_value(FULL, "codes", "definition", "Anders."), "2.0.0", "meaning changed"),
    ("relabel a row of codes", FULL, with_value(FULL, "codes", "label_nl", "Anders"), "1.0.1", "values corrected"),
    ("reorder rows", FULL, reversed_rows(FULL, "relations"), "1.0.1", "description changed"),
]


@pytest.mark.parametrize(
    ("before", "after", "version", "rule"), [rule[1:] for rule in ROW_RULES], ids=[rule[0] for rule in ROW_RULES]
)
def test_a_change_of_rows_moves_the_version_by_its_rule(
    twenty: Path, tmp_path: Path, before: Mapping[str, Rows], after: Mapping[str, Rows], version: str, rule: str
) -> None:
    outputs = tmp_path / "outputs"
    if before is FULL:
        shutil.copytree(twenty, outputs)
    else:
        make(outputs, before)
    made = make(outputs, after)
    assert (made.version, made.created) == (version, True)
    diff = json.loads((made.path / "diff.json").read_bytes())
    assert (diff["from"], diff["to"]) == ("1.0.0", version)
    assert {change["rule"] for change in diff["changes"]} == {rule}


def test_a_new_code_is_minor(begun: Path) -> None:
    book = codebook()
    first = book.dimensions[0]
    new = replace(first.codes[-1], id="verzonnen", label_nl="Verzonnen", label_en="Made up")
    grown = replace(book, dimensions=(replace(first, codes=(*first.codes, new)), *book.dimensions[1:]))
    assert make(begun, FULL, grown).version == "1.1.0"


def test_a_new_dimension_is_major(tmp_path: Path) -> None:
    book = codebook()
    make(tmp_path, FULL, replace(book, dimensions=book.dimensions[:-1]))
    assert make(tmp_path, FULL, book).version == "2.0.0"


def test_a_new_description_is_a_patch(begun: Path) -> None:
    dataset = load_dataset()
    renamed = dataset.model_copy(update={"technique": dataset.title})
    assert make(begun, FULL, dataset=renamed).version == "1.0.1"


def test_the_tables_that_others_refer_to_are_told() -> None:
    assert referenced_tables() == {"sources", "documents", "sections", "statements", "codes"}
    assert "codes" in MEANING


def documented() -> list[list[str]]:
    """Return the rows of the table of rules: change, rule, level, tests."""
    table = DOCS.read_text(encoding="utf-8").partition("| change | rule in `diff.json` |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in table.splitlines()[2:]]


def test_docs_hold_every_rule_with_its_tests() -> None:
    tests = {name: {rule for _, rule in expected} for name, _, _, expected in RULES if expected}
    tests |= {name: {rule} for name, *_, rule in ROW_RULES}
    levels = {rule: level for _, _, _, expected in RULES for level, rule in expected}
    numbers = {"1.1.0": "minor", "1.0.1": "patch", "2.0.0": "major"}
    levels |= {rule: numbers[number] for *_, number, rule in ROW_RULES}
    named = set()
    for change, rule, level, ids in documented():
        assert levels[rule] == level, change
        for name in ids.split(", "):
            assert rule in tests[name], (change, name)
            named.add(name)
    assert named == tests.keys()
    assert {rule for _, rule, _, _ in documented()} == levels.keys()
