"""What people wrote beside the raw files and of the dataset, checked by models, with what is wrong in words.

What belongs here: pydantic's errors as what is wrong, in which line, and what to do. What does not: reading the file
(`pipeline.located`), and which keys there are (`pipeline.source_metadata`, `pipeline.release.description`).
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from pipeline.errors import FileError, listed
from pipeline.located import Located, Value

_SHOWN = 5
"""Problems that a message names."""

Model = TypeVar("Model", bound=BaseModel)

Place = tuple[int | str, ...]
"""Keys and positions that lead to a value."""


def validated(model: type[Model], written: Located) -> Model:
    """Return what a file says.

    Raises:
        FileError: with all problems in one message: the line of the first beside it, those of the others inside it.
    """
    try:
        return model.model_validate(written)
    except ValidationError as error:
        problems = list(_problems(model, error, written))
        line = _line_of(written, error.errors()[0]["loc"])
        raise FileError(listed(problems, _SHOWN), line, written.path) from error


def _problems(model: type[BaseModel], error: ValidationError, written: Located) -> Iterator[str]:
    for number, found in enumerate(error.errors()):
        line = _line_of(written, found["loc"]) if number else None
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


def _line_of(value: Value, place: Place) -> int | None:
    """Return the line of the key at a place, or of the deepest one above it that is there."""
    line = None
    for step in map(str, place):
        if not isinstance(value, Located) or step not in value:
            break
        line, value = value.lines[step], value[step]
    return line
