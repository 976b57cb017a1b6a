"""The published tables: a pandera model each, the one definition of every column.

What belongs here: names, order, types, titles, descriptions, keys and constraints of columns. What does not: anything
derived from them (Arrow, Table Schema, the data dictionary: `schemas.derive`), and the enumerations that a codebook
holds (they are added to the model when the codebooks are known, by `table_schema`).

The order of the columns is part of the schema. A class's `Config.unique` is the table's primary key;
`Config.metadata["foreign_keys"]` maps its own columns to `(table, column)` of another.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any, Protocol

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

Text = Series[pd.StringDtype]
Integer = Series[pd.Int64Dtype]
Number = Series[pd.Float64Dtype]

LAYOUTS = ("single", "columns")
PRIVACY = ("clear", "redacted", "withheld")
ROLES = ("statement", "heading", "furniture", "quarantine")
RANKS = ("primary", "secondary")
BASES = ("explicit", "inferred")
RELATIONS = ("supports", "attacks")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "windows-1252", "mac-roman", "cp850")


def _column(title: str, nl: str, description: str, **constraints: Any) -> Any:
    """Return a pandera field with an English and a Dutch title; constraints as in `pandera.Field`."""
    return pa.Field(title=title, description=description, metadata={"title_nl": nl}, **constraints)


def _text(title: str, nl: str, description: str, **constraints: Any) -> Any:
    return _column(title, nl, description, dtype_kwargs={"storage": "pyarrow"}, **constraints)


def _share(title: str, nl: str, description: str, **constraints: Any) -> Any:
    """Return a column of numbers from 0 to 1."""
    return _column(title, nl, description, ge=0, le=1, **constraints)


class _Table(pa.DataFrameModel):
    """What all tables share: these columns, no others, in this order."""

    class Config:
        """Strict in names, order and types."""

        strict = True
        ordered = True
        coerce = True


class Sources(_Table):
    """A collection of documents from one programme and publisher, with its metadata."""

    source_id: Text = _text(
        "Source", "Bron", "Name of the source: its folder under `raw/`.", str_matches=r"^[a-z0-9][a-z0-9._-]*$"
    )
    title: Text = _text("Title", "Titel", "Title of the source as its publisher gives it.", str_length={"min_value": 1})
    publisher: Text = _text(
        "Publisher", "Uitgever", "Name of the publisher, or `unknown`.", str_length={"min_value": 1}
    )
    publisher_uri: Text = _text(
        "Publisher URI",
        "Uitgever (URI)",
        "TOOI or ROR identifier of the publisher.",
        nullable=True,
        str_matches=r"^https?://",
    )
    licence: Text = _text(
        "Licence",
        "Licentie",
        "URI of the licence of the raw texts, from the Dutch licence list.",
        str_matches=r"^https?://",
    )
    language: Text = _text("Language", "Taal", "ISO 639-1 code of the texts' language.", str_matches=r"^[a-z]{2}$")
    issued: Text = _text(
        "Issued",
        "Uitgegeven",
        "Date of publication, as precise as it is known: year, month or day (ISO 8601).",
        nullable=True,
        str_matches=r"^\d{4}(-\d{2}(-\d{2})?)?$",
    )
    homepage: Text = _text(
        "Homepage", "Webpagina", "Where the source can be found.", nullable=True, str_matches=r"^https?://"
    )
    codebook: Text = _text("Codebook", "Codeboek", "Identifier of the codebook its statements are coded with.")

    class Config(_Table.Config):
        """Key."""

        title = "Sources"
        unique = ["source_id"]
        metadata = {"title_nl": "Bronnen", "foreign_keys": {}}


class Documents(_Table):
    """A raw file that was taken in, also when it was quarantined."""

    document_id: Text = _text(
        "Document",
        "Document",
        "Stable identifier, from the source and the file's name.",
        str_matches=r"^doc-[0-9a-f]{16}$",
    )
    source_id: Text = _text("Source", "Bron", "The source it belongs to.")
    path: Text = _text("Path", "Pad", "Path of the raw file below `raw/`, with forward slashes.")
    sha256: Text = _text("SHA-256", "SHA-256", "Checksum of the raw file.", str_matches=r"^[0-9a-f]{64}$")
    bytes: Integer = _column("Bytes", "Bytes", "Size of the raw file in bytes.", ge=0)
    encoding: Text = _text(
        "Encoding", "Codering", "Character encoding found; empty when quarantined.", nullable=True, isin=ENCODINGS
    )
    pages: Integer = _column("Pages", "Pagina's", "Number of pages; a form feed starts a new one.", ge=0)
    lines: Integer = _column("Lines", "Regels", "Number of lines, blank ones included.", ge=0)
    layout: Text = _text(
        "Layout",
        "Opmaak",
        "`columns` when any page was read as columns; empty when quarantined.",
        nullable=True,
        isin=LAYOUTS,
    )
    reading_confidence: Number = _share(
        "Reading confidence",
        "Zekerheid leesvolgorde",
        "Mean confidence in the reading order over the document's characters.",
        nullable=True,
    )

    class Config(_Table.Config):
        """Keys."""

        title = "Documents"
        unique = ["document_id"]
        metadata = {"title_nl": "Documenten", "foreign_keys": {"source_id": ("sources", "source_id")}}


class Sections(_Table):
    """A heading, with what follows it in reading order."""

    section_id: Text = _text("Section", "Paragraaf", "Stable identifier.", str_matches=r"^sec-[0-9a-f]{16}$")
    document_id: Text = _text("Document", "Document", "The document it stands in.")
    position: Integer = _column("Position", "Volgnummer", "Reading order in the document, from 1.", ge=1)
    number: Text = _text("Number", "Nummer", "Number as printed; empty when it has none.", nullable=True)
    title: Text = _text("Title", "Titel", "Words of the heading without its number.", nullable=True)
    level: Integer = _column("Level", "Niveau", "Depth, from 1 for the highest.", ge=1)

    class Config(_Table.Config):
        """Keys."""

        title = "Sections"
        unique = ["section_id"]
        metadata = {"title_nl": "Paragrafen", "foreign_keys": {"document_id": ("documents", "document_id")}}


class Statements(_Table):
    """The unit of analysis: the smallest part of a bullet that makes one claim or request."""

    statement_id: Text = _text(
        "Statement",
        "Uitspraak",
        "Stable identifier, from the document and the text.",
        str_matches=r"^stm-[0-9a-f]{16}$",
    )
    document_id: Text = _text("Document", "Document", "The document it stands in.")
    section_id: Text = _text(
        "Section", "Paragraaf", "The section it stands in; empty before the first heading.", nullable=True
    )
    position: Integer = _column("Position", "Volgnummer", "Reading order in the document, from 1.", ge=1)
    page: Integer = _column("Page", "Pagina", "Page on which it begins, from 1.", ge=1)
    column: Integer = _column("Column", "Kolom", "Column in which it begins, from 1 at the left.", ge=1)
    bullet: Integer = _column("Bullet", "Alinea", "The paragraph of the original it is part of, from 1.", ge=1)
    text: Text = _text(
        "Text",
        "Tekst",
        "What it says, repaired and on one line; empty when withheld.",
        nullable=True,
        str_length={"min_value": 1},
    )
    privacy: Text = _text("Privacy", "Privacy", "What the privacy gate decided.", isin=PRIVACY)
    reading_confidence: Number = _share(
        "Reading confidence",
        "Zekerheid leesvolgorde",
        "Lowest confidence in the reading order among the lines it is made of.",
    )

    class Config(_Table.Config):
        """Keys."""

        title = "Statements"
        unique = ["statement_id"]
        metadata = {
            "title_nl": "Uitspraken",
            "foreign_keys": {
                "document_id": ("documents", "document_id"),
                "section_id": ("sections", "section_id"),
            },
        }


class Codings(_Table):
    """One code given to one statement by one coder."""

    statement_id: Text = _text("Statement", "Uitspraak", "The statement that is coded.")
    dimension: Text = _text("Dimension", "Dimensie", "Dimension of the codebook.")
    code: Text = _text(
        "Code", "Code", "Code of that dimension, in the codebook of the statement's source (`sources.codebook`)."
    )
    coder: Text = _text("Coder", "Codeur", "Who coded: a person's or a program's name with its version.")
    rank: Text = _text("Rank", "Rang", "Whether it is the statement's main code in the dimension.", isin=RANKS)
    basis: Text = _text(
        "Basis",
        "Grond",
        "`explicit` when words of the statement name the code: they are its evidence. `inferred` when the words that "
        "are marked only let it be inferred, or none are: then it rests on the form of the whole statement, or stands "
        "because nothing names another (`none`, `unspecified`).",
        isin=BASES,
    )
    confidence: Number = _share("Confidence", "Zekerheid", "Probability that the code is right, as the coder sees it.")
    evidence_start: Integer = _column(
        "Evidence start",
        "Begin bewijsplaats",
        "First character of the evidence in `statements.text`, from 0; empty for a code that stands because no words "
        "name another (`none`, `unspecified`), or that rests on the whole statement.",
        nullable=True,
        ge=0,
    )
    evidence_end: Integer = _column(
        "Evidence end", "Einde bewijsplaats", "One past the evidence's last character.", nullable=True, ge=1
    )

    class Config(_Table.Config):
        """Keys."""

        title = "Codings"
        unique = ["statement_id", "dimension", "code", "coder"]
        metadata = {"title_nl": "Coderingen", "foreign_keys": {"statement_id": ("statements", "statement_id")}}


class Recommendations(_Table):
    """A statement whose type is measure or outcome, wide, for people.

    After these columns follow one per dimension with the codes (joined with `;`, the primary one first), then one per
    dimension and language with their labels; `table_schema` adds them from the codebooks.
    """

    statement_id: Text = _text("Statement", "Uitspraak", "The statement that it is.")
    text: Text = _text("Text", "Tekst", "What is recommended; empty when withheld.", nullable=True)
    source: Text = _text("Source", "Bron", "Title of the source, with its identifier where another has the same title.")
    document: Text = _text(
        "Document",
        "Document",
        "Title of the document, or its file name; both where another has the same title.",
    )
    section: Text = _text("Section", "Paragraaf", "Number and title of the section.", nullable=True)

    class Config(_Table.Config):
        """Keys."""

        title = "Recommendations"
        unique = ["statement_id"]
        metadata = {"title_nl": "Aanbevelingen", "foreign_keys": {"statement_id": ("statements", "statement_id")}}


class Relations(_Table):
    """An argument link between two statements."""

    statement_id: Text = _text("Statement", "Uitspraak", "The argument.")
    related_id: Text = _text("Related statement", "Betrokken uitspraak", "What it argues for or against.")
    type: Text = _text("Type", "Soort", "Whether the argument supports or attacks it.", isin=RELATIONS)

    class Config(_Table.Config):
        """Keys."""

        title = "Relations"
        unique = ["statement_id", "related_id"]
        metadata = {
            "title_nl": "Verbanden",
            "foreign_keys": {
                "statement_id": ("statements", "statement_id"),
                "related_id": ("statements", "statement_id"),
            },
        }


class Codes(_Table):
    """A code of a codebook."""

    codebook: Text = _text("Codebook", "Codeboek", "Identifier of the codebook.")
    dimension: Text = _text("Dimension", "Dimensie", "Identifier of the dimension.")
    code: Text = _text("Code", "Code", "Identifier of the code, unique in its dimension.")
    parent: Text = _text("Parent", "Bovenliggende code", "The code it is part of.", nullable=True)
    label_nl: Text = _text("Dutch label", "Nederlands label", "Name of the code in Dutch.")
    label_en: Text = _text("English label", "Engels label", "Name of the code in English.")
    definition: Text = _text("Definition", "Definitie", "What the code means.")
    includes: Text = _text("Includes", "Omvat", "What is coded so, with examples.", nullable=True)
    excludes: Text = _text("Excludes", "Omvat niet", "What is not, and where it goes instead.", nullable=True)
    uri: Text = _text("URI", "URI", "Identifier of the same concept elsewhere.", nullable=True)
    status: Text = _text("Status", "Status", "Whether the code may be given.", isin=("draft", "released", "retired"))

    class Config(_Table.Config):
        """Keys."""

        title = "Codes"
        unique = ["codebook", "dimension", "code"]
        metadata = {"title_nl": "Codes", "foreign_keys": {}}


class Spans(_Table):
    """A range of raw bytes and what it is; together they hold every non-space byte of every document once."""

    document_id: Text = _text("Document", "Document", "The document whose bytes are counted.")
    start: Integer = _column("Start", "Begin", "First byte in the raw file, from 0.", ge=0)
    end: Integer = _column("End", "Einde", "One past the last byte.", ge=1)
    page: Integer = _column("Page", "Pagina", "Page, from 1.", ge=1)
    line: Integer = _column("Line", "Regel", "Line of the document, from 1.", ge=1)
    role: Text = _text("Role", "Rol", "What the bytes are.", isin=ROLES)
    statement_id: Text = _text("Statement", "Uitspraak", "The statement they are part of.", nullable=True)
    section_id: Text = _text("Section", "Paragraaf", "The section whose heading they are part of.", nullable=True)

    class Config(_Table.Config):
        """Keys."""

        title = "Spans"
        unique = ["document_id", "start"]
        metadata = {
            "title_nl": "Vindplaatsen",
            "foreign_keys": {
                "document_id": ("documents", "document_id"),
                "statement_id": ("statements", "statement_id"),
                "section_id": ("sections", "section_id"),
            },
        }


class Repairs(_Table):
    """A repaired range of raw bytes."""

    document_id: Text = _text("Document", "Document", "The document that was repaired.")
    start: Integer = _column("Start", "Begin", "First byte in the raw file, from 0.", ge=0)
    kind: Text = _text("Kind", "Soort", "Name of the repair.")
    end: Integer = _column("End", "Einde", "One past the last byte.", ge=1)
    before: Text = _text("Before", "Voor", "The characters as decoded.")
    after: Text = _text("After", "Na", "What stands in the text instead; empty when removed.", nullable=True)

    class Config(_Table.Config):
        """Keys."""

        title = "Repairs"
        unique = ["document_id", "start", "kind"]
        metadata = {"title_nl": "Herstellingen", "foreign_keys": {"document_id": ("documents", "document_id")}}


class Reliability(_Table):
    """A measured figure about a coder on a dimension."""

    codebook: Text = _text("Codebook", "Codeboek", "The codebook that was applied.")
    dimension: Text = _text("Dimension", "Dimensie", "The dimension that was measured.")
    coder: Text = _text("Coder", "Codeur", "Whose codes were measured.")
    reference: Text = _text(
        "Reference", "Maatstaf", "A gold (`gold-…`, constructed, measured offline) or a coder of this release."
    )
    metric: Text = _text(
        "Metric",
        "Maat",
        "`accuracy`: share with the same primary codes as the reference; `majority`: the same of always giving its "
        "commonest codes; `macro_f1`: mean F1 over codes; `alpha`: Krippendorff's; `coverage`: share that was coded; "
        "`calibration_error`: mean gap of confidence and accuracy; `…_level_1`: of codes at their first level.",
    )
    value: Number = _column("Value", "Waarde", "The figure.")
    low: Number = _column("Low", "Ondergrens", "Lower end of the 95 percent interval.", nullable=True)
    high: Number = _column("High", "Bovengrens", "Upper end of the 95 percent interval.", nullable=True)
    n: Integer = _column("Statements", "Uitspraken", "Number of statements it was measured on.", ge=0)

    class Config(_Table.Config):
        """Keys."""

        title = "Reliability"
        unique = ["codebook", "dimension", "coder", "reference", "metric"]
        metadata = {"title_nl": "Betrouwbaarheid", "foreign_keys": {}}


TABLES: Mapping[str, type[pa.DataFrameModel]] = {
    "sources": Sources,
    "documents": Documents,
    "sections": Sections,
    "statements": Statements,
    "codings": Codings,
    "recommendations": Recommendations,
    "relations": Relations,
    "codes": Codes,
    "spans": Spans,
    "repairs": Repairs,
    "reliability": Reliability,
}
"""Every published table by name, in the order of the data package."""


def primary_key(name: str) -> tuple[str, ...]:
    """Return the columns of a table's primary key."""
    return tuple(TABLES[name].Config.unique or ())


def foreign_keys(name: str) -> Mapping[str, tuple[str, str]]:
    """Return a table's foreign keys: its own column, and the table and column that it refers to."""
    keys: Mapping[str, tuple[str, str]] = (TABLES[name].Config.metadata or {})["foreign_keys"]
    return keys


class Labelled(Protocol):
    """What has an identifier and a name in both languages: a code, a dimension."""

    @property
    def id(self) -> str:
        """Identifier."""

    @property
    def label_nl(self) -> str:
        """Dutch name."""

    @property
    def label_en(self) -> str:
        """English name."""


class DimensionLike(Labelled, Protocol):
    """What `table_schema` needs to know of a dimension of a codebook."""

    @property
    def code_ids(self) -> Sequence[str]:
        """Identifiers of the codes, parents before children."""


def table_schema(name: str, dimensions: Iterable[DimensionLike] = ()) -> pa.DataFrameSchema:
    """Return the pandera schema of a table, with what the codebooks add to it.

    Args:
        name: A key of `TABLES`.
        dimensions: The dimensions of all codebooks in use. They give `codings` the enumerations of `dimension` and
            `code`, and `recommendations` its columns per dimension; a dimension that two codebooks share counts once.
    """
    # pandera keeps one schema object per model; a caller that changes its own must not change everybody's.
    schema = deepcopy(TABLES[name].to_schema())
    merged = _merge(dimensions)
    if name == "recommendations":
        return schema.add_columns(_dimension_columns(merged))
    if name == "codings" and merged:
        codes = sorted({code for _, ids in merged.values() for code in ids})
        return schema.update_columns(
            {
                "dimension": {"checks": [pa.Check.isin(sorted(merged))]},
                "code": {"checks": [pa.Check.isin(codes)]},
            }
        )
    return schema


def _merge(dimensions: Iterable[DimensionLike]) -> dict[str, tuple[DimensionLike, set[str]]]:
    merged: dict[str, tuple[DimensionLike, set[str]]] = {}
    for dimension in dimensions:
        _, codes = merged.setdefault(dimension.id, (dimension, set()))
        codes.update(dimension.code_ids)
    return merged


def _dimension_columns(merged: Mapping[str, tuple[DimensionLike, set[str]]]) -> dict[str, pa.Column]:
    columns = {}
    for dimension, _ in merged.values():
        columns[dimension.id] = _wide_column(
            dimension.label_en, dimension.label_nl, f"Codes of `{dimension.id}`, joined with `;`, primary first."
        )
    for language, word in (("nl", "Dutch"), ("en", "English")):
        for dimension, _ in merged.values():
            columns[f"{dimension.id}_label_{language}"] = _wide_column(
                f"{dimension.label_en} ({word})",
                f"{dimension.label_nl} ({language})",
                f"{word} labels of `{dimension.id}`, joined with `;`.",
            )
    return columns


def _wide_column(title: str, nl: str, description: str) -> pa.Column:
    return pa.Column(
        pd.StringDtype("pyarrow"),
        nullable=True,
        coerce=True,
        title=title,
        description=description,
        metadata={"title_nl": nl},
    )
