"""Version numbers by rule.

What belongs here: comparing two descriptors, and the number that a set of changes asks for. What does not: telling
renames (`pipeline.release.renames`) and finding changed rows (`pipeline.release.diff`).

The rules are those of the Data Package standard's recipe for versions; `docs/releases.md` holds them as a table, each
with its test. The first release is 1.0.0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import semver

from pipeline.release.renames import Json, columns_of, csv_resources, renames

Level = Literal["major", "minor", "patch"]
LEVELS: tuple[Level, ...] = ("patch", "minor", "major")
FIRST = "1.0.0"

_LOWER_BOUNDS = ("minimum", "minLength")
_UPPER_BOUNDS = ("maximum", "maxLength")
_FLAGS = ("required", "unique")
_DESCRIPTIVE = ("title", "title_nl", "description", "categories")
_RESOURCE_PROPERTIES = ("dialect", "encoding", "format", "mediatype")


@dataclass(frozen=True, slots=True)
class Change:
    """One change that counts for the version.

    Attributes:
        level: How far it moves the version.
        rule: Short name of the rule.
        where: Table and column, or what part of the description.
        text: What changed, for people.
    """

    level: Level
    rule: str
    where: str
    text: str


def highest(changes: Iterable[Change]) -> Level:
    """Return the level of the gravest change; `patch` when there is none to name."""
    return max((change.level for change in changes), key=LEVELS.index, default="patch")


def next_version(version: str | None, level: Level) -> str:
    """Return the version after one, or the first one.

    Args:
        version: The last version, or None.
        level: What the changes since ask for.
    """
    if version is None:
        return FIRST
    last = semver.Version.parse(version)
    return str({"major": last.bump_major, "minor": last.bump_minor, "patch": last.bump_patch}[level]())


def described_changes(old: Json, new: Json) -> list[Change]:
    """Return the changes between two data package descriptors, their data apart.

    Args:
        old: The descriptor of the last release.
        new: That of the one to be.
    """
    changes = []
    if old.get("name") != new.get("name"):
        changes.append(Change("major", "package renamed", "package", f"{old.get('name')} is now {new.get('name')}"))
    found = renames(old, new)
    changes += [
        Change("major", "table renamed", name, f"table {was} is now {name}") for was, name in found.tables.items()
    ]
    changes += [
        Change("major", "column renamed", f"{name}.{column}", f"column {was} of {name} is now {column}")
        for name, columns in found.columns.items()
        for was, column in columns.items()
    ]
    before, after = csv_resources(found.applied(old)), csv_resources(new)
    changes += [Change("major", "table removed", name, f"table {name} is gone") for name in before if name not in after]
    changes += [Change("minor", "table added", name, f"table {name} is new") for name in after if name not in before]
    for name in before:
        if name in after:
            changes += _resource_changes(name, before[name], after[name])
    return changes + _descriptive_changes(old, new)


def _resource_changes(name: str, old: Json, new: Json) -> list[Change]:
    changes = [
        Change("major", "format changed", name, f"{key} of {name} changed")
        for key in _RESOURCE_PROPERTIES
        if old.get(key) != new.get(key)
    ]
    if any(old.get(key) != new.get(key) for key in ("title", "description")):
        changes.append(Change("patch", "description changed", name, f"title or description of {name} changed"))
    before, after = _mapping(old["schema"]), _mapping(new["schema"])
    return changes + _column_changes(name, before, after) + _key_changes(name, before, after)


def _column_changes(name: str, old: Json, new: Json) -> list[Change]:
    before, after = columns_of(old), columns_of(new)
    changes = [
        Change("major", "column removed", f"{name}.{column}", f"column {column} of {name} is gone")
        for column in before
        if column not in after
    ]
    changes += [
        Change("major", "column added", f"{name}.{column}", f"column {column} of {name} is new")
        for column in after
        if column not in before
    ]
    kept = [column for column in before if column in after]
    if kept != [column for column in after if column in before]:
        changes.append(Change("major", "columns reordered", name, f"columns of {name} stand in another order"))
    for column in kept:
        changes += _field_changes(f"{name}.{column}", before[column], after[column])
    return changes


def _field_changes(where: str, old: Json, new: Json) -> list[Change]:
    changes = []
    if any(old.get(key) != new.get(key) for key in ("type", "format")):
        changes.append(Change("major", "type changed", where, f"{where}: {old.get('type')} is now {new.get('type')}"))
    before, after = _mapping(old.get("constraints")), _mapping(new.get("constraints"))
    for key in sorted(before.keys() | after.keys()):
        level = _constraint_level(key, before.get(key), after.get(key))
        if level is not None:
            rule = "constraint tightened" if level == "major" else "constraint loosened"
            changes.append(Change(level, rule, where, f"{where}: {key} changed"))
    if any(old.get(key) != new.get(key) for key in _DESCRIPTIVE):
        changes.append(
            Change("patch", "description changed", where, f"title, description or labels of {where} changed")
        )
    return changes


def _constraint_level(key: str, old: object, new: object) -> Level | None:
    """Return how far a constraint's change moves the version; None when it says the same."""
    if key == "enum" and isinstance(old, Sequence) and isinstance(new, Sequence):
        gone, added = set(old) - set(new), set(new) - set(old)
        return "major" if gone else "minor" if added else None
    if old == new:
        return None
    return "major" if _tighter(key, old, new) else "minor"


def _tighter(key: str, old: object, new: object) -> bool:
    """Return whether a constraint that changed now refuses values that it took before."""
    if old is None or new is None:
        return old is None
    if key in _FLAGS:
        return bool(new)
    if key in _LOWER_BOUNDS:
        return _number(new) > _number(old)
    if key in _UPPER_BOUNDS:
        return _number(new) < _number(old)
    return True  # of two patterns nobody can tell which one is tighter


def _key_changes(name: str, old: Json, new: Json) -> list[Change]:
    changes = []
    if old.get("primaryKey") != new.get("primaryKey"):
        changes.append(Change("major", "key changed", name, f"primary key of {name} changed"))
    if old.get("missingValues") != new.get("missingValues"):
        changes.append(Change("major", "type changed", name, f"missing values of {name} are written otherwise"))
    before, after = _references(old), _references(new)
    if after - before:
        changes.append(Change("major", "constraint tightened", name, f"{name} has a new foreign key"))
    if before - after:
        changes.append(Change("minor", "constraint loosened", name, f"{name} has lost a foreign key"))
    return changes


def _references(schema: Json) -> set[str]:
    keys = schema.get("foreignKeys") or []
    assert isinstance(keys, Sequence)
    return {repr(key) for key in keys}


def _descriptive_changes(old: Json, new: Json) -> list[Change]:
    varying = {"resources", "version", "created", "content", "id", "name", "$schema", "profile"}
    keys = (old.keys() | new.keys()) - varying
    return [
        Change("patch", "description changed", "package", f"{key} of the package changed")
        for key in sorted(keys)
        if old.get(key) != new.get(key)
    ]


def _mapping(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return value
