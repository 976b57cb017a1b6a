"""Tables and columns that have another name in a later release.

What belongs here: telling a rename from a removal and an addition, and reading the old release under the new names.
What does not: what a rename means for the version (`pipeline.release.versions`).

A table was renamed when exactly one that is gone and one that is new have the same columns. A column was renamed when
exactly one that is gone and one that is new bear the same title or description, and are alike in type and constraints.
Whether its values are the same is not asked: rows are compared under the new name, and say so themselves.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, object]
_Named = tuple[str, Json]
_ALIKE = ("type", "format", "constraints")
_WORDS = ("title", "description")


@dataclass(frozen=True)
class Renames:
    """What is called otherwise, each as the old name and the new one.

    Attributes:
        tables: Of tables.
        columns: Of columns, by the new name of their table.
        rows: Of the only column of a primary key, by table: rows that have another identifier.
    """

    tables: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def applied(self, old: Json) -> Json:
        """Return the descriptor of the older release with the new names, and no other change."""
        renamed: Any = deepcopy(dict(old))
        for resource in renamed["resources"]:
            resource["name"] = self.tables.get(resource["name"], resource["name"])
            names = self.columns.get(resource["name"], {})
            schema = resource["schema"]
            for column in schema["fields"]:
                column["name"] = names.get(column["name"], column["name"])
            schema["primaryKey"] = [names.get(name, name) for name in schema.get("primaryKey", [])]
            for key in schema.get("foreignKeys", []):
                self._apply_to_key(key, resource["name"], names)
        return dict(renamed)

    def _apply_to_key(self, key: Any, table: str, names: Mapping[str, str]) -> None:
        reference = key["reference"]
        target = self.tables.get(reference["resource"], reference["resource"])
        there = self.columns.get(target or table, {})
        key["fields"] = [names.get(name, name) for name in key["fields"]]
        key["reference"] = {"resource": target, "fields": [there.get(name, name) for name in reference["fields"]]}

    def before(self, table: str) -> str:
        """Return what a table was called."""
        return next((was for was, name in self.tables.items() if name == table), table)


def renames(old: Json, new: Json) -> Renames:
    """Return what was renamed between two data package descriptors."""
    before, after = csv_resources(old), csv_resources(new)
    tables = dict(_pairs(_only(before, after), _only(after, before), _same_columns))
    columns = {}
    for name, resource in after.items():
        was = next((one for one, renamed in tables.items() if renamed == name), name)
        if was in before:
            found = _column_renames(columns_of(before[was]["schema"]), columns_of(resource["schema"]))
            if found:
                columns[name] = found
    return Renames(tables, columns)


def csv_resources(descriptor: Json) -> dict[str, Json]:
    """Return the CSV resource of every table of a descriptor; its Parquet twin has the same schema."""
    resources = descriptor["resources"]
    assert isinstance(resources, Sequence)
    return {str(resource["name"]): resource for resource in resources if resource["format"] == "csv"}


def columns_of(schema: object) -> dict[str, Json]:
    """Return the columns of a Table Schema by name."""
    assert isinstance(schema, Mapping)
    return {str(column["name"]): column for column in schema["fields"]}


def _column_renames(before: Mapping[str, Json], after: Mapping[str, Json]) -> dict[str, str]:
    def alike(old: _Named, new: _Named) -> bool:
        same_words = any(old[1].get(key) is not None and old[1].get(key) == new[1].get(key) for key in _WORDS)
        return same_words and all(old[1].get(key) == new[1].get(key) for key in _ALIKE)

    return dict(_pairs(_only(before, after), _only(after, before), alike))


def _same_columns(old: _Named, new: _Named) -> bool:
    return list(columns_of(old[1]["schema"])) == list(columns_of(new[1]["schema"]))


def _pairs(
    gone: Sequence[_Named], added: Sequence[_Named], alike: Callable[[_Named, _Named], bool]
) -> Iterable[tuple[str, str]]:
    """Yield the names that belong together, where neither has another partner."""
    for old in gone:
        partners = [new for new in added if alike(old, new)]
        if len(partners) == 1 and sum(alike(other, partners[0]) for other in gone) == 1:
            yield old[0], partners[0][0]


def _only(these: Mapping[str, Json], others: Mapping[str, Json]) -> list[_Named]:
    return [(name, value) for name, value in these.items() if name not in others]
