"""What people coded in a REFI-QDA project (`.qdpx`), as decisions.

What belongs here: reading a project that `qdpx` wrote, also after another program wrote it again. Then GUIDs differ:
codes and coders are known by name, statements by their place in the text. What does not: writing it (`qdpx`), finding
statements in a text (`qdpx_places`).

What a decision cannot hold is a problem, and then nothing is taken in.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree as ET

from pipeline.coding.codebook import Codebook, Dimension
from pipeline.coding.decisions import ABSTAIN, Decision, Given, checked_coder, given_problem
from pipeline.coding.programs import PROGRAMS
from pipeline.coding.qdpx import FOLDER, INTERNAL, WHOLE, countable
from pipeline.coding.qdpx_places import Placed, Texts, as_counted, trimmed
from pipeline.coding.refi import CodeKey, CodeNames, code_guid
from pipeline.coding.review import Returned, Review, ReviewStatement

_MOST_BYTES = 200_000_000
_KEYS = ("rank", "basis", "confidence", "evidence", "reason")


@dataclass(frozen=True, slots=True)
class _Coded:
    """A coding by a person, found in a project.

    Attributes:
        place: Where it is, for messages.
        rank: As its description says; empty when it does not.
    """

    place: str
    statement: ReviewStatement
    key: CodeKey
    coder: str
    day: str
    rank: str
    reason: str
    evidence: tuple[int, int] | None


@dataclass(eq=False)
class _Reader:
    """Reads what people coded in a project.

    Attributes:
        review: What the project is compared with: the newest release.
        today: Day of codings that have none.
        coder: Name for codings without a user, or None.
    """

    review: Review
    today: str
    coder: str | None
    problems: list[str] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, CodeKey] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def read(self, archive: zipfile.ZipFile) -> Iterator[_Coded]:
        """Yield every coding by a person that a decision can hold; what cannot be held is a problem."""
        root = _project(archive)
        self.users = {_id(user, "guid"): user.get("name", "") for user in root.iter("User")}
        self._read_codes(root)
        self.notes.extend(self._strays(root))
        atlas = "atlas" in root.get("origin", "").casefold()
        for source in root.iter("TextSource"):
            yield from self._source(archive, source, atlas=atlas)
        for other in ("PictureSource", "PDFSource", "AudioSource", "VideoSource"):
            for source in root.iter(other):
                if next(source.iter("Coding"), None) is not None:
                    name = source.get("name")
                    self.problems.append(f"{other} '{name}' has codings; only texts of the dataset can be decided on")

    def _read_codes(self, root: ET.Element) -> None:
        names = CodeNames.of(self.review.codebooks, with_abstention=True).names
        by_guid = {code_guid(*key): key for key in names}
        by_name = {name.casefold(): key for key, name in names.items()}
        for code in root.iter("Code"):
            own = _id(code, "guid")
            key = by_guid.get(own) or by_name.get(code.get("name", "").casefold())
            if key is not None:
                self.codes[own] = key
        self.names = {_id(code, "guid"): code.get("name", "") for code in root.iter("Code")}

    def _strays(self, root: ET.Element) -> Iterator[str]:
        """Yield notes of codings under a program's name that a person may have given: later than those written here."""
        moments: dict[str, list[str]] = {}
        for selection in root.iter("PlainTextSelection"):
            for coding in selection.findall("Coding"):
                moments.setdefault(self._name(selection, coding), []).append(_moment(selection, coding))
        for name in sorted(PROGRAMS & moments.keys()):
            later = sum(moment > min(moments[name]) for moment in moments[name])
            if later:
                yield (
                    f"{later} x coding under the name of {name}, a program, made after it coded: was not taken in; "
                    "if a person made them, give them that person's name and import again"
                )

    def _source(self, archive: zipfile.ZipFile, source: ET.Element, *, atlas: bool) -> Iterator[_Coded]:
        name = source.get("name", "")
        made = [one for one in source.findall("PlainTextSelection") if self._people(one)]
        if source.find("Coding") is not None:
            self.problems.append(f"text '{name}' is coded as a whole; code its statements")
        if not made:
            return
        text = _text(archive, source)
        if text is None:
            self.problems.append(f"text '{name}' is not inside the project; export it with its sources")
            return
        text = as_counted(countable(text), source, atlas=atlas)
        placed = self._texts.find(text)
        for selection in made:
            start, end = int(selection.get("startPosition", 0)), int(selection.get("endPosition", 0))
            span = (start, end) if placed and placed.line((start, end)) else trimmed(text, start, end)
            place = f"text '{name}', characters {start} to {end}"
            for coding in selection.findall("Coding"):
                if self._name(selection, coding) in PROGRAMS:
                    continue
                found = self._coded(place, span, placed, selection, coding)
                if isinstance(found, str):
                    self.problems.append(f"{place}: {found}")
                else:
                    yield found

    @cached_property
    def _texts(self) -> Texts:
        return Texts(self.review.documents)

    def _people(self, selection: ET.Element) -> bool:
        return any(self._name(selection, coding) not in PROGRAMS for coding in selection.findall("Coding"))

    def _name(self, selection: ET.Element, coding: ET.Element) -> str:
        user = _id(coding, "creatingUser") or _id(selection, "creatingUser") or _id(selection, "modifyingUser")
        return self.users.get(user) or self.coder or ""

    def _coded(
        self,
        place: str,
        span: tuple[int, int],
        placed: Placed | None,
        selection: ET.Element,
        coding: ET.Element,
    ) -> _Coded | str:
        """Return a coding, or what is wrong with it and what to do."""
        line = placed.line(span) if placed else None
        if placed is None or line is None:
            return "is not inside one statement of the newest release; code a part of one line, or export again"
        book = placed.document.codebook
        reference = coding.find("CodeRef")
        own = _id(reference, "targetGUID") if reference is not None else ""
        key = self.codes.get(own)
        if key is None or not key.code or key.codebook != book.id:
            return f"code '{self.names.get(own, own)}' is no code of codebook {book.id}; give one of its codes"
        coder = checked_coder(self._name(selection, coding))
        if coder is None:
            return "has no coder whose name can be published; name one with --coder"
        moment = _moment(selection, coding) or self.today
        said = _said(selection.findtext("Description") or "")
        marked: tuple[int, int] | None = (span[0] - line.start, span[1] - line.start)
        if marked == (0, len(line.statement.text)) and said.get("evidence") != WHOLE:
            marked = None
        rank, reason = said.get("rank", ""), said.get("reason", "")
        return _Coded(place, line.statement, key, coder, moment[:10], rank, reason, marked)


def read_qdpx(content: bytes, review: Review, today: str, coder: str | None = None) -> Returned:
    """Return what people decided in a project.

    Codings of programs are left alone. Codes by one person on one statement are one decision per dimension.

    Args:
        content: The file.
        review: The newest release, by whose texts the codings are placed.
        today: Day of codings that have none (ISO 8601).
        coder: Name for codings without a user.
    """
    reader = _Reader(review, today, coder)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = list(reader.read(archive))
            notes = (*reader.notes, *_notes(_project(archive)))
    except (zipfile.BadZipFile, ET.ParseError, KeyError, UnicodeDecodeError, ValueError) as error:
        return Returned((), problems=(f"is no REFI-QDA project ({error}); export it again as .qdpx",))
    books = {book.id: book for book in review.codebooks}
    groups: dict[tuple[str, str, str], list[_Coded]] = {}
    for one in found:
        groups.setdefault((one.statement.statement_id, one.key.dimension, one.coder), []).append(one)
    made = []
    for group in groups.values():
        decision = _decision(group, books[group[0].key.codebook])
        if isinstance(decision, str):
            reader.problems.append(f"{group[0].place}: {decision}")
        else:
            made.append(decision)
    return Returned(tuple(made), problems=tuple(reader.problems), notes=notes)


def _decision(group: Sequence[_Coded], book: Codebook) -> Decision | str:
    """Return the decision that codings of one person on one statement and dimension make, or what is wrong."""
    dimension = book.by_id[group[0].key.dimension]
    codes = _ranked(group, dimension)
    if codes is None:
        return (
            f"gives several codes of {dimension.id} and does not say which is the primary one; "
            "write 'rank: secondary' in the comment of the others"
        )
    problem = given_problem(dimension, codes)
    if problem:
        return problem
    statement = group[0].statement
    return Decision(
        statement.statement_id,
        dimension.id,
        tuple(Given(code, _evidence(group, code)) for code in codes if code != ABSTAIN),
        group[0].coder,
        max(one.day for one in group),
        "; ".join(dict.fromkeys(one.reason for one in group if one.reason)),
        statement.text,
    )


def _ranked(group: Sequence[_Coded], dimension: Dimension) -> list[str] | None:
    """Return the codes, the primary one first; None when it cannot be told which that is."""
    codes = list(dict.fromkeys(one.key.code for one in group))
    first = list(dict.fromkeys(one.key.code for one in group if one.rank != "secondary"))
    if dimension.cardinality == "many" or len(codes) == 1:
        return codes
    return [first[0], *(code for code in codes if code != first[0])] if len(first) == 1 else None


def _evidence(group: Sequence[_Coded], code: str) -> tuple[int, int] | None:
    """Return the range that holds all that was marked for a code; None when a whole statement was."""
    marked = [one.evidence for one in group if one.key.code == code]
    ranges = [one for one in marked if one is not None]
    return (min(start for start, _ in ranges), max(end for _, end in ranges)) if len(ranges) == len(marked) else None


def _moment(selection: ET.Element, coding: ET.Element) -> str:
    return coding.get("creationDateTime") or selection.get("creationDateTime") or ""


def _project(archive: zipfile.ZipFile) -> ET.Element:
    name = next((name for name in archive.namelist() if name.casefold().endswith(".qde")), None)
    if name is None:
        raise ValueError("it holds no .qde file")
    root = ET.fromstring(_content(archive, name))  # noqa: S314  the user's own file; expat limits what entities may do
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _MOST_BYTES:
        raise ValueError(f"{name} is larger than {_MOST_BYTES:,} bytes")
    return archive.read(name)


def _text(archive: zipfile.ZipFile, source: ET.Element) -> str | None:
    """Return the text of a source with its line ends as they are, or None when it is not in the project."""
    inline = source.findtext("PlainTextContent")
    if inline is not None:
        return inline
    wanted = source.get("plainTextPath", "").removeprefix(INTERNAL).casefold()
    name = next((one for one in archive.namelist() if wanted and one.casefold() == f"{FOLDER}{wanted}"), None)
    return _content(archive, name).decode("utf-8").removeprefix("\ufeff") if name else None


def _said(description: str) -> dict[str, str]:
    """Return what a description says of a coding; a comment in words of the coder's own is the reason."""
    said: dict[str, str] = {}
    lines = description.split("\n")
    for number, line in enumerate(lines):
        name, colon, value = line.partition(": ")
        if not colon or name not in _KEYS or name == "reason":
            rest = "\n".join(lines[number:]).strip()
            return said | {"reason": rest.removeprefix("reason: ")}
        said[name] = value
    return said


def _notes(root: ET.Element) -> Iterator[str]:
    """Yield what a project also holds and decisions do not."""
    for kind in ("Case", "Variable", "Set", "Graph", "Link", "Note"):
        number = sum(1 for _ in root.iter(kind))
        if number:
            yield f"{number} x {kind}: is no coding and was not taken in"


def _id(element: ET.Element, name: str) -> str:
    return element.get(name, "").strip("{}").casefold()
