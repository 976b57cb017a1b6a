"""Codebooks: the dimensions and codes that statements can get, as data.

What belongs here: reading, checking and extending codebooks, and their rows for the `codes` table. What does not: what
a change asks of the version (`codebook_versions`), cues (`lexicon`), the act of coding (`coder`), any code or label.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from pipeline.located import Located, read_located

Cardinality = Literal["one", "many"]
Status = Literal["draft", "released", "retired"]
STATUSES: tuple[Status, ...] = ("draft", "released", "retired")
_BOOK_KEYS = frozenset(
    ("id", "extends", "version", "status", "label_nl", "label_en", "unitizing", "order", "dimensions")
)
_BOOK_KEYS_FOR_PEOPLE = frozenset(("languages", "licence", "reliability_floor", "privacy"))
"""What a codebook may say of itself that no program goes by."""
_DIMENSION_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")  # a column of CSV, Parquet, SQLite and R alike
_CODE_NAME = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")  # no sign with which tables, weights or sheets join codes
_NO_DIMENSION = frozenset(("statement_id", "text", "source", "document", "section", "marks"))
"""Columns that stand beside the dimensions in `recommendations`, and what a lexicon calls cues of no dimension."""
_NO_CODE = frozenset(("abstain", "withdraw"))
"""What people answer in the place of a code."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a dimension.

    Attributes:
        id: Identifier, unique in the dimension, never used again for something else.
        parent: The code it is part of, if any.
        label_nl: Dutch name.
        label_en: English name.
        definition: What it means.
        includes: What is coded so, with examples.
        excludes: What is not, and where it goes instead.
        uri: The same concept elsewhere.
        status: Retired codes are kept, are not given any more and name their successor.
        replaced_by: The successor of a retired code.
        mappings: Notations in other schemes, by scheme.
    """

    id: str
    parent: str | None
    label_nl: str
    label_en: str
    definition: str
    includes: str | None
    excludes: str | None
    uri: str | None
    status: Status
    replaced_by: str | None
    mappings: Mapping[str, tuple[str, ...]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the code that a rule gives it."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision about doubtful cases, with at least one example."""

    rule: str
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Dimension:
    """A question that is asked about every statement.

    Attributes:
        id: Identifier.
        label_nl: Dutch name.
        label_en: English name.
        cardinality: Whether a statement gets one primary code or a set of them.
        secondary: How many secondary codes it may get beside the primary one.
        most: Greatest size of a set; None when there is no limit.
        default: Code given when nothing speaks for another; None when the coder abstains then.
        note: What coders must know.
        rules: How doubtful cases are settled.
        codes: In the order of the file, parents before children.
        external: Schemes that the codes are mapped to.
    """

    id: str
    label_nl: str
    label_en: str
    cardinality: Cardinality
    secondary: int
    most: int | None
    default: str | None
    note: str
    rules: tuple[Rule, ...]
    codes: tuple[Code, ...]
    external: Mapping[str, str] = field(hash=False)

    @cached_property
    def by_id(self) -> Mapping[str, Code]:
        """The codes by identifier."""
        return {code.id: code for code in self.codes}

    @property
    def code_ids(self) -> tuple[str, ...]:
        """Identifiers of the codes, parents before children."""
        return tuple(code.id for code in self.codes)

    def above(self, code: str) -> tuple[str, ...]:
        """Return the codes that a code is a part of, the nearest first."""
        parent = self.by_id[code].parent
        return (parent, *self.above(parent)) if parent else ()

    def ancestor(self, code: str) -> str:
        """Return the top-level code that a code belongs to (itself when it has no parent)."""
        parent = self.by_id[code].parent
        return self.ancestor(parent) if parent else code


@dataclass(frozen=True)
class Codebook:
    """A codebook with what it extends already in it.

    Attributes:
        id: Identifier.
        version: Semantic version.
        status: `draft` or `released`.
        label_nl: Dutch name.
        label_en: English name.
        path: The file it was read from.
        lineage: Identifiers of the codebooks that it extends, nearest first.
        dimensions: In the order in which they are published.
        unitizing: The rules by which texts are cut into statements, by identifier.
    """

    id: str
    version: str
    status: Status
    label_nl: str
    label_en: str
    path: Path
    lineage: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    unitizing: Mapping[str, str] = field(hash=False)

    @cached_property
    def by_id(self) -> Mapping[str, Dimension]:
        """The dimensions by identifier."""
        return {dimension.id: dimension for dimension in self.dimensions}

    def rows(self) -> list[dict[str, str | None]]:
        """Return a row per code in the columns of the published `codes` table."""
        return [
            {
                "codebook": self.id,
                "dimension": dimension.id,
                "code": code.id,
                "parent": code.parent,
                "label_nl": code.label_nl,
                "label_en": code.label_en,
                "definition": code.definition,
                "includes": code.includes,
                "excludes": code.excludes,
                "uri": code.uri,
                "status": code.status,
            }
            for dimension in self.dimensions
            for code in dimension.codes
        ]


_CODE_KEYS = frozenset(Code.__dataclass_fields__)
_DIMENSION_KEYS = frozenset(Dimension.__dataclass_fields__)
_DIMENSION_KEYS_FOR_PEOPLE = frozenset(("strength",))


def load_codebook(path: Path) -> Codebook:
    """Read a codebook and all that it extends (`extends: base` is `base.yaml` in the same folder).

    Raises:
        FileError: naming file, line and what to do.
    """
    return _load(path, ())


def _load(path: Path, heirs: tuple[str, ...]) -> Codebook:
    top = read_located(path)
    top.only(_BOOK_KEYS | _BOOK_KEYS_FOR_PEOPLE)
    book_id = top.text("id")
    if book_id != path.stem:
        raise top.fail(f"id '{book_id}' is not the name of this file; give one the name of the other", "id")
    if book_id in heirs:
        raise top.fail(
            f"codebook '{book_id}' extends itself by way of {' > '.join(heirs)}; break the circle", "extends"
        )
    base = _base(top, (*heirs, book_id))
    own = tuple(_dimension(item) for item in top.mappings("dimensions"))
    dimensions = _ordered(top, _merged(top, base.dimensions if base else (), own))
    return Codebook(
        id=book_id,
        version=_version(top),
        status=_status(top),
        label_nl=top.text("label_nl"),
        label_en=top.text("label_en"),
        path=path,
        lineage=(base.id, *base.lineage) if base else (),
        dimensions=dimensions,
        unitizing={**(base.unitizing if base else {}), **_unitizing(top)},
    )


def _base(top: Located, heirs: tuple[str, ...]) -> Codebook | None:
    name = top.optional_text("extends")
    if name is None:
        return None
    path = top.path.with_name(f"{name}.yaml")
    if not path.is_file():
        raise top.fail(
            f"extends '{name}', but there is no {path.name} beside this file; add it or mend the name", "extends"
        )
    return _load(path, heirs)


def _merged(top: Located, inherited: Iterable[Dimension], own: Iterable[Dimension]) -> dict[str, Dimension]:
    merged: dict[str, Dimension] = {}
    for dimension in (*inherited, *own):
        if dimension.id in merged:
            raise top.fail(f"dimension '{dimension.id}' is defined twice; rename it or remove one", "dimensions")
        merged[dimension.id] = dimension
    if not merged:
        raise top.fail("there is no dimension; add 'dimensions'")
    return merged


def _ordered(top: Located, dimensions: Mapping[str, Dimension]) -> tuple[Dimension, ...]:
    order = top.texts("order")
    if not order:
        return tuple(dimensions.values())
    if sorted(order) != sorted(dimensions):
        raise top.fail(f"'order' must name every dimension once: {', '.join(dimensions)}", "order")
    return tuple(dimensions[name] for name in order)


def _version(top: Located) -> str:
    version = top.text("version")
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        raise top.fail(f"version '{version}' is not of the form 1.2.3", "version")
    return version


def _status(item: Located) -> Status:
    given = item.text("status", "draft")
    for status in STATUSES:
        if given == status:
            return status
    raise item.fail(f"status '{given}' is not one of {', '.join(STATUSES)}", "status")


def _unitizing(top: Located) -> dict[str, str]:
    rules = top.mapping("unitizing").mapping("rules")
    return {key: rules.text(key) for key in rules}


def _dimension(item: Located) -> Dimension:
    item.only(_DIMENSION_KEYS | _DIMENSION_KEYS_FOR_PEOPLE)
    _check_dimension(item)
    codes = tuple(_code(code) for code in item.mappings("codes"))
    _check_codes(item, codes)
    cardinality = item.text("cardinality")
    if cardinality not in ("one", "many"):
        raise item.fail(f"cardinality '{cardinality}' must be one or many", "cardinality")
    ids = {code.id for code in codes}
    default = item.optional_text("default")
    if default is not None and default not in ids:
        raise item.fail(f"default '{default}' is no code of dimension '{item.text('id')}'; mend the name", "default")
    return Dimension(
        id=item.text("id"),
        label_nl=item.text("label_nl"),
        label_en=item.text("label_en"),
        cardinality="one" if cardinality == "one" else "many",
        secondary=int(item.number("secondary", 0)),
        most=int(item.number("most")) if "most" in item else None,
        default=default,
        note=item.text("note"),
        rules=tuple(_rule(rule, ids) for rule in item.mappings("rules")),
        codes=codes,
        external={key: item.mapping("external").text(key) for key in item.mapping("external")},
    )


def _check_dimension(item: Located) -> None:
    """Check what a dimension is called, since that names columns, and how many codes it may give."""
    name = item.text("id")
    if not _DIMENSION_NAME.fullmatch(name):
        raise item.fail(f"dimension '{name}' names a column; write it in small letters, digits and '_'", "id")
    if name in _NO_DIMENSION or name.endswith(("_label_nl", "_label_en")):
        raise item.fail(f"'{name}' is a name that no dimension can have; choose another", "id")
    for key, least in (("secondary", 0), ("most", 1)):
        given = item.number(key, least)
        if given < least or given != int(given):
            raise item.fail(f"'{key}' must be a whole number, {least} or more", key)


def _code(item: Located) -> Code:
    item.only(_CODE_KEYS)
    name = item.text("id")
    if not _CODE_NAME.fullmatch(name):
        raise item.fail(f"code '{name}' must be letters and digits, with '.', '-' or '_' between them; rename it", "id")
    if name in _NO_CODE:
        raise item.fail(f"'{name}' is an answer of people and can be no code; choose another", "id")
    mappings = item.mapping("mappings")
    return Code(
        id=name,
        parent=item.optional_text("parent"),
        label_nl=item.text("label_nl"),
        label_en=item.text("label_en"),
        definition=item.text("definition"),
        includes=item.optional_text("includes"),
        excludes=item.optional_text("excludes"),
        uri=item.optional_text("uri"),
        status=_status(item),
        replaced_by=item.optional_text("replaced_by"),
        mappings={key: mappings.texts(key) for key in mappings},
    )


def _rule(item: Located, codes: set[str]) -> Rule:
    examples = tuple(Example(example.text("text"), example.text("code")) for example in item.mappings("examples"))
    if not examples:
        raise item.fail("a rule needs an example; add 'examples'")
    for example in examples:
        if example.code not in codes and example.code != "none":
            raise item.fail(
                f"example has code '{example.code}', which the dimension does not have; mend the name", "examples"
            )
    return Rule(item.text("rule"), examples)


def _check_codes(item: Located, codes: tuple[Code, ...]) -> None:
    """Check what holds between the codes of a dimension; the item gives the lines."""
    places = item.mappings("codes")
    if not codes:
        raise item.fail("a dimension needs codes; add 'codes'")
    seen: dict[str, str] = {}
    statuses = {code.id: code.status for code in codes}
    earlier: set[str] = set()
    for code, place in zip(codes, places, strict=True):
        if code.id in earlier:
            raise place.fail(f"code '{code.id}' is there twice; identifiers are never used again", "id")
        for key, label in (("label_nl", code.label_nl), ("label_en", code.label_en)):
            name = f"{key} {label.casefold()}"
            if name in seen:
                raise place.fail(f"label '{label}' is already used by code '{seen[name]}'; choose another", key)
            seen[name] = code.id
        if code.parent is not None and code.parent not in earlier:
            raise place.fail(f"parent '{code.parent}' is no code above this one; add it or mend the name", "parent")
        _check_successor(place, code, statuses)
        earlier.add(code.id)


def _check_successor(place: Located, code: Code, statuses: Mapping[str, Status]) -> None:
    if code.status == "retired" and code.replaced_by is None:
        raise place.fail(f"code '{code.id}' is retired without a successor; add 'replaced_by'", "status")
    if code.replaced_by is not None and statuses.get(code.replaced_by, "retired") == "retired":
        raise place.fail(
            f"successor '{code.replaced_by}' is no code in use of this dimension; name one that is", "replaced_by"
        )
