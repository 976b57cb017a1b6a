"""YAML that people write: read strictly, with what is wrong in words.

What belongs here: loading it without guesses, the line of a key, and pydantic's errors as what is wrong and what to do.
What does not: which keys there are (`pipeline.sources`, `pipeline.release.description`); codebooks and lexicons, whose
every value knows its line (`pipeline.coding.located`).
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

_SHOWN = 5
"""Problems that a message names."""

Model = TypeVar("Model", bound=BaseModel)

Place = tuple[int | str, ...]
"""Keys and positions that lead to a value."""


class MetadataError(ValueError):
    """A file cannot be used.

    Attributes:
        line: 1-based line of what is wrong first, or None.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class _Loader(yaml.SafeLoader):
    """Reads YAML without guessing: dates stay text, and a key that is given twice is an error."""

    yaml_implicit_resolvers = {  # noqa: RUF012  as PyYAML declares it
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping; its keys must differ."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"'{key.value}' is given twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_mapping(content: bytes, example: str, keys: str) -> tuple[dict[str, Any], yaml.Node]:
    """Return a mapping, and the node that knows its lines.

    Args:
        content: The file.
        example: Where a right one is to be seen, after "mend that line".
        keys: Those that it must have, for who wrote something else.

    Raises:
        MetadataError: when it is no UTF-8, no YAML or no mapping.
    """
    try:
        text = content.decode()
        node = yaml.compose(text, Loader=_Loader)
        loaded = yaml.load(text, Loader=_Loader)  # noqa: S506  a kind of SafeLoader
    except UnicodeDecodeError as error:
        raise MetadataError(f"is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "cannot be read"
        message = f"is not YAML: {problem}; mend that line, {example}"
        raise MetadataError(message, mark.line + 1 if mark else None) from error
    except (ValueError, RecursionError) as error:
        why = str(error).splitlines()[0]
        raise MetadataError(f"holds a value that cannot be read: {why}; write it as text") from error
    if not isinstance(loaded, dict) or node is None:
        raise MetadataError(f"must hold keys and values: {keys}", 1)
    return loaded, node


def validated(model: type[Model], loaded: Mapping[str, Any], node: yaml.Node) -> Model:
    """Return what a file says.

    Raises:
        MetadataError: with all problems in one message: the line of the first beside it, those of the others inside it.
    """
    try:
        return model.model_validate(loaded)
    except ValidationError as error:
        problems = list(_problems(model, error, node))
        more = [f"and {len(problems) - _SHOWN} more"] if len(problems) > _SHOWN else []
        raise MetadataError("; ".join([*problems[:_SHOWN], *more]), _line_of(node, error.errors()[0]["loc"])) from error


def _problems(model: type[BaseModel], error: ValidationError, node: yaml.Node) -> Iterator[str]:
    for number, found in enumerate(error.errors()):
        line = _line_of(node, found["loc"]) if number else None
        where = ".".join(map(str, found["loc"])) + (f" (line {line})" if line else "")
        yield f"{where}: {_problem(model, found)}"


def _problem(model: type[BaseModel], found: Mapping[str, Any]) -> str:
    """Return what is wrong with a value, and what to do."""
    value, place, context = found["input"], found["loc"], found.get("ctx", {})
    message = found["msg"].removeprefix("Value error, ")
    words = _REMEDIES | {
        "extra_forbidden": f"is no key here; use one of: {', '.join(_model_at(model, place[:-1]).model_fields)}",
        "model_type": f"must have keys of its own, below it: {', '.join(_model_at(model, place).model_fields)}",
        "string_pattern_mismatch": f"'{value}' has not the form {context.get('pattern')}; mend it",
        "literal_error": f"'{value}' is not known; use {context.get('expected')}",
    }
    kind = found["type"]
    if value is None and kind.endswith("_type"):
        kind = "string_too_short"
    return words.get(kind, f"{message[0].lower()}{message[1:]}")


_REMEDIES = {
    "missing": "field required; add it",
    "invalid_key": "is no text; write the key in quotes",
    "string_too_short": "is empty; give it a value, or remove the key when it may be left out",
    "string_type": "is no text; write it in quotes",
    "dict_type": "must have keys of its own, below it, each with a colon",
    "mapping_type": "must have keys of its own, below it, each with a colon",
    "tuple_type": "must be a list; write it in square brackets",
    "too_short": "must hold at least one value; add it",
}


def _model_at(model: type[BaseModel], place: Place) -> type[BaseModel]:
    """Return the model of what stands at a place; names that people choose and positions are no steps in it."""
    for step in place:
        field = model.model_fields.get(str(step))
        model = (_model_in(field.annotation) if field else None) or model
    return model


def _model_in(annotation: object) -> type[BaseModel] | None:
    """Return the model that a field holds, be it in a list, under names, or as something that may be missing."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _line_of(node: yaml.Node | None, place: Place) -> int | None:
    """Return the line of the key at a place, or of the deepest one above it that is there."""
    line = None
    for step in place:
        if not isinstance(node, yaml.MappingNode):
            break
        for key, value in node.value:
            if key.value == str(step):
                line, node = key.start_mark.line + 1, value
                break
        else:
            break
    return line
