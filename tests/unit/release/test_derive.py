"""What other formats say of a column is what its pandera model says."""

import re

import pandera.pandas as pandera
import pyarrow as pa
import pytest

from benchmarks.release.constructed import codebook
from schemas import derive
from schemas.tables import TABLES, foreign_keys, primary_key, table_schema

DIMENSIONS = codebook().dimensions


def fields(name: str, **options: bool) -> dict[str, dict[str, object]]:
    described = derive.table_descriptor(name, DIMENSIONS, **options)["fields"]
    assert isinstance(described, list)
    return {field["name"]: field for field in described}


@pytest.mark.parametrize("name", TABLES)
def test_columns_have_the_order_of_the_model(name: str) -> None:
    model = list(table_schema(name, DIMENSIONS).columns)
    assert [column.name for column in derive.columns(name, DIMENSIONS)] == model
    assert derive.arrow_schema(name, DIMENSIONS).names == model
    assert list(fields(name)) == model
    assert [row["column"] for row in derive.dictionary_rows(name, DIMENSIONS)] == model


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described_in_two_languages(name: str) -> None:
    for column in derive.columns(name, DIMENSIONS):
        assert column.title
        assert column.title_nl
        assert column.description.endswith(".")


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_those_of_the_model(name: str) -> None:
    described = derive.table_descriptor(name, DIMENSIONS)
    assert described["primaryKey"] == list(primary_key(name))
    keys = described.get("foreignKeys", [])
    assert isinstance(keys, list)
    assert {key["fields"][0]: key["reference"]["resource"] for key in keys} == {
        column: table for column, (table, _) in foreign_keys(name).items()
    }


def test_columns_of_parquet_have_the_types_of_the_schema() -> None:
    schema = derive.arrow_schema("statements")
    assert schema.field("text").type == pa.string()
    assert schema.field("page").type == pa.int64()
    assert schema.field("reading_confidence").type == pa.float64()


def test_constraints_of_the_schema_are_those_of_the_data_package() -> None:
    statements, codings = fields("statements"), fields("codings")
    assert statements["statement_id"]["constraints"] == {
        "required": True,
        "unique": True,
        "pattern": "stm-[0-9a-f]{16}",
    }
    assert statements["reading_confidence"]["constraints"] == {"required": True, "minimum": 0, "maximum": 1}
    assert statements["text"]["constraints"] == {"minLength": 1}
    assert "constraints" not in statements["section_id"]
    assert codings["rank"]["constraints"] == {"required": True, "enum": ["primary", "secondary"]}


def test_codes_are_labelled_in_dutch() -> None:
    theme = next(dimension for dimension in DIMENSIONS if dimension.id == "theme")
    categories = fields("codings")["code"]["categories"]
    assert isinstance(categories, list)
    labels = {category["value"]: category["label"] for category in categories}
    assert labels["prevention.awareness"] == theme.by_id["prevention.awareness"].label_nl


def test_a_code_of_two_dimensions_has_both_labels() -> None:
    codes = [code.id for dimension in DIMENSIONS for code in dimension.codes]
    shared = next(code for code in codes if codes.count(code) > 1)
    labels = {dimension.by_id[shared].label_nl for dimension in DIMENSIONS if shared in dimension.by_id}
    assert set(derive.code_labels("codings", DIMENSIONS)["code"][shared].split(" / ")) == labels


def test_only_numbers_are_missing_as_nan() -> None:
    described = fields("statements", parquet=True)
    assert described["page"]["missingValues"] == ["", "NaN", "nan"]
    assert "missingValues" not in described["text"]


@pytest.mark.parametrize(
    ("pattern", "value", "accepted"),
    [
        (r"^stm-[0-9a-f]{4}$", "stm-00ff", True),
        (r"^stm-[0-9a-f]{4}$", "stm-00ff0", False),
        (r"^https?://", "https://voorbeeld.test/pad", True),
        (r"^https?://", "ftp://voorbeeld.test", False),
    ],
)
def test_patterns_mean_the_same_for_a_whole_value(pattern: str, value: str, accepted: bool) -> None:
    assert (re.match(pattern, value) is not None) is accepted
    assert (re.fullmatch(derive.whole_pattern(pattern), value) is not None) is accepted


def test_a_pattern_with_alternatives_is_refused() -> None:
    with pytest.raises(ValueError, match="alternatives"):
        derive.whole_pattern("^a|b$")


def test_a_check_that_no_format_can_express_is_refused() -> None:
    with pytest.raises(ValueError, match="in_range"):
        derive.check_facts(pandera.Check.in_range(0, 1))


def test_a_greatest_length_is_refused() -> None:
    with pytest.raises(ValueError, match="str_length"):
        derive.check_facts(pandera.Check.str_length(1, 5))


def test_descriptions_of_tables_are_one_sentence() -> None:
    for name in TABLES:
        assert "\n" not in derive.table_description(name)
        assert derive.table_description(name).endswith(".")
