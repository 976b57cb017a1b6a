"""YAML that remembers its lines, so that an error can name file and line.

What belongs here: reading a YAML file into plain values with the line of every mapping, and taking checked values out
of them. What does not: what a codebook or lexicon must hold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml
from yaml.constructor import SafeConstructor

from pipeline.text.language import YAML_LOADER

Value: TypeAlias = "str | int | float | bool | list[Value] | Located | None"


class DataFileError(ValueError):
    """A data file is not what it must be; the message names file, line and what to do."""


@dataclass(frozen=True)
class Located(Mapping[str, Value]):
    """A mapping of a YAML file with the place it stands.

    Attributes:
        values_by_key: The entries.
        path: The file.
        line: 1-based line where the mapping starts.
        lines: The line of each key.
    """

    values_by_key: dict[str, Value]
    path: Path
    line: int
    lines: dict[str, int] = field(repr=False)

    def __getitem__(self, key: str) -> Value:
        """Return the value of a key."""
        return self.values_by_key[key]

    def __iter__(self) -> Iterator[str]:
        """Return the keys in the order of the file."""
        return iter(self.values_by_key)

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self.values_by_key)

    def fail(self, message: str, key: str | None = None) -> DataFileError:
        """Return the error to raise about this mapping, or about one of its keys."""
        line = self.lines.get(key, self.line) if key else self.line
        return DataFileError(f"{self.path}:{line}: {message}")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a non-empty text.

        Raises:
            DataFileError: when the key is missing without a default, or holds something else.
        """
        value = self.values_by_key.get(key, default)
        if value is None:
            raise self.fail(f"'{key}' is missing; add it")
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"'{key}' must be a text that is not empty (quote it), not {value!r}", key)
        return value

    def optional_text(self, key: str) -> str | None:
        """Return a text, or None when the key is not there."""
        return self.text(key) if key in self.values_by_key else None

    def number(self, key: str, default: float | None = None) -> float:
        """Return a number.

        Raises:
            DataFileError: when the key is missing without a default, or holds something else; likewise below.
        """
        value = self.values_by_key.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fail(f"'{key}' must be a number, not {value!r}", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty when the key is not there."""
        value = self.values_by_key.get(key, [])
        if not isinstance(value, list):
            raise self.fail(f"'{key}' must be a list of texts", key)
        for item in value:
            if not isinstance(item, str) or not item.strip():
                raise self.fail(f"'{key}' holds {item!r}; every item must be a text (quote it)", key)
        return tuple(item for item in value if isinstance(item, str))

    def mapping(self, key: str) -> "Located":
        """Return a nested mapping; an empty one when the key is not there."""
        value = self.values_by_key.get(key)
        if value is None:
            return Located({}, self.path, self.line, {})
        if not isinstance(value, Located):
            raise self.fail(f"'{key}' must be a mapping", key)
        return value

    def mappings(self, key: str) -> tuple["Located", ...]:
        """Return a list of mappings; empty when the key is not there."""
        value = self.values_by_key.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, Located) for item in value):
            raise self.fail(f"'{key}' must be a list of mappings", key)
        return tuple(item for item in value if isinstance(item, Located))

    def only(self, known: frozenset[str]) -> None:
        """Check that no key is there but the known ones: a misspelt key must not be ignored in silence.

        Raises:
            DataFileError: naming the first unknown key.
        """
        for key in self.values_by_key:
            if key not in known:
                raise self.fail(f"'{key}' is not known here; use one of {', '.join(sorted(known))}", key)


def read_located(path: Path) -> Located:
    """Read a YAML file whose top is a mapping.

    Raises:
        DataFileError: when the file cannot be read, is no YAML, repeats a key or is no mapping.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=YAML_LOADER)
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(f"{path}:1: cannot be read ({error}); give a UTF-8 YAML file") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataFileError(f"{path}:{line}: is no YAML ({error.problem}); mend the line") from error
    if not isinstance(node, yaml.MappingNode):
        raise DataFileError(f"{path}:1: must be a mapping of keys to values")
    value = _convert(node, path)
    assert isinstance(value, Located)
    return value


def _convert(node: yaml.Node, path: Path) -> Value:
    if isinstance(node, yaml.MappingNode):
        return _convert_mapping(node, path)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, path) for item in node.value]
    return _scalar(node, path)


def _convert_mapping(node: yaml.MappingNode, path: Path) -> Located:
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in values:
            raise DataFileError(f"{path}:{line}: key '{key}' stands here twice; remove one")
        values[key] = _convert(value_node, path)
        lines[key] = line
    return Located(values, path, node.start_mark.line + 1, lines)


def _scalar(node: yaml.Node, path: Path) -> str | int | float | bool | None:
    try:
        value = SafeConstructor().construct_object(node, deep=True)
    except (ValueError, yaml.YAMLError) as error:
        raise DataFileError(f"{path}:{node.start_mark.line + 1}: cannot be read ({error}); quote the value") from error
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(node.value)
