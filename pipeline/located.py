"""YAML that people write: read without guesses, every mapping with the lines of its keys, so that errors name them.

What belongs here: reading a file into plain values, and taking checked values out of them. What does not: which keys
and values there are (`pipeline.coding.codebook`, `pipeline.coding.lexicon`, and by way of models `pipeline.metadata`).

Nothing is guessed: a date stays the text that it was, and a key that is given twice is an error.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from yaml.constructor import SafeConstructor

from pipeline.errors import FileError
from pipeline.text.language import YAML_LOADER

Value: TypeAlias = "str | int | float | bool | list[Value] | Located | None"

_DEEPEST = 50
_DATE = "tag:yaml.org,2002:timestamp"


class Located(dict[str, Value]):
    """A mapping of a YAML file with the place it stands.

    Attributes:
        path: The file.
        line: 1-based line where the mapping starts.
        lines: The line of each key.
    """

    def __init__(self, values: Mapping[str, Value], path: Path, line: int, lines: Mapping[str, int]) -> None:
        super().__init__(values)
        self.path, self.line, self.lines = path, line, lines

    def fail(self, message: str, key: str | None = None) -> FileError:
        """Return the error to raise about this mapping, or about one of its keys."""
        return FileError(message, self.lines.get(key, self.line) if key else self.line, self.path)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a non-empty text.

        Raises:
            FileError: when the key is missing without a default, or holds something else.
        """
        value = self.get(key, default)
        if value is None:
            raise self.fail(f"'{key}' is missing; add it")
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"'{key}' must be a text that is not empty (quote it), not {value!r}", key)
        return value

    def optional_text(self, key: str) -> str | None:
        """Return a text, or None when the key is not there."""
        return self.text(key) if key in self else None

    def number(self, key: str, default: float | None = None) -> float:
        """Return a number.

        Raises:
            FileError: when the key is missing without a default, or holds something else; likewise below.
        """
        value = self.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fail(f"'{key}' must be a number, not {value!r}", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty when the key is not there."""
        value = self.get(key, [])
        if not isinstance(value, list):
            raise self.fail(f"'{key}' must be a list of texts", key)
        for item in value:
            if not isinstance(item, str) or not item.strip():
                raise self.fail(f"'{key}' holds {item!r}; every item must be a text (quote it)", key)
        return tuple(item for item in value if isinstance(item, str))

    def mapping(self, key: str) -> "Located":
        """Return a nested mapping; an empty one when the key is not there."""
        value = self.get(key)
        if value is None:
            return Located({}, self.path, self.line, {})
        if not isinstance(value, Located):
            raise self.fail(f"'{key}' must be a mapping", key)
        return value

    def mappings(self, key: str) -> tuple["Located", ...]:
        """Return a list of mappings; empty when the key is not there."""
        value = self.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, Located) for item in value):
            raise self.fail(f"'{key}' must be a list of mappings", key)
        return tuple(item for item in value if isinstance(item, Located))

    def only(self, known: frozenset[str]) -> None:
        """Check that no key is there but the known ones: a misspelt key must not be ignored in silence.

        Raises:
            FileError: naming the first unknown key.
        """
        for key in self:
            if key not in known:
                raise self.fail(f"'{key}' is not known here; use one of {', '.join(sorted(known))}", key)


def read_located(path: Path, example: str = "") -> Located:
    """Read a YAML file whose top is a mapping.

    Args:
        path: The file.
        example: Where a right one is to be seen, after "mend that line".

    Raises:
        FileError: when the file is no UTF-8, no YAML or no mapping, or repeats a key.
        OSError: when it cannot be read.
    """
    mend = f"mend that line, {example}" if example else "mend that line"
    try:
        text = path.read_bytes().decode()
        _check_depth(text, path)
        node = yaml.compose(text, Loader=YAML_LOADER)
        value = _Converter(path).value(node) if node else None
    except UnicodeDecodeError as error:
        raise FileError(f"is not UTF-8 (byte {error.start}); save it as UTF-8", None, path) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise FileError(f"is not YAML: {error.problem}; {mend}", line, path) from error
    except yaml.YAMLError as error:
        raise FileError(f"is not YAML: {str(error).splitlines()[0]}; {mend}", None, path) from error
    except RecursionError as error:
        raise FileError("holds a value that is part of itself; write it out", None, path) from error
    if not isinstance(value, Located):
        raise FileError(f"must hold keys and values, each with a colon; {mend}", 1, path)
    return value


def _check_depth(text: str, path: Path) -> None:
    """Refuse what is nested so deeply that the fast loader, which is compiled, would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=YAML_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise FileError("holds a value that cannot be read: it is nested too deeply; write it as text", None, path)


class _Converter:
    """Makes values of the nodes of one file; what an alias stands for is made once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._made: dict[int, Value] = {}

    def value(self, node: yaml.Node) -> Value:
        """Return what a node holds."""
        if id(node) not in self._made:
            self._made[id(node)] = self._make(node)
        return self._made[id(node)]

    def _make(self, node: yaml.Node) -> Value:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode) -> Located:
        values: dict[str, Value] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in values:
                raise FileError(f"'{key}' is given twice; remove one", line, self.path)
            values[key], lines[key] = self.value(value_node), line
        return Located(values, self.path, node.start_mark.line + 1, lines)

    def _scalar(self, node: yaml.Node) -> Value:
        if node.tag == _DATE:
            return str(node.value)
        line = node.start_mark.line + 1
        try:
            value: Any = SafeConstructor().construct_object(node, deep=True)
        except (ValueError, yaml.YAMLError) as error:
            why = str(getattr(error, "problem", None) or error).splitlines()[0]
            raise FileError(f"holds a value that cannot be read: {why}; write it in quotes", line, self.path) from error
        return value if value is None or isinstance(value, str | int | float | bool) else str(node.value)
