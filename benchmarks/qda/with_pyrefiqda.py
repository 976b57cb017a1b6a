"""Reads a project with pyrefiqda, adds a coding and writes it again; runs where that is, and nothing of ours."""

import json
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyrefiqda import RefiProject
from pyrefiqda.models.project import CodeRefType, CodingType, PlainTextSelectionType, UserType
from xsdata.models.datatype import XmlDateTime


def main() -> None:
    """Print what is read as JSON."""
    task = json.loads(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        project = RefiProject.load(task["project"], extract_dir=folder)
        sources = project.sources.text_source
        users = {one.guid: one.name for one in project.users.user}
        codes = [row for one in project.code_book.codes.code for row in _rows(one, None)]
        names = {guid: name for guid, name, _, _ in codes}
        seen = {
            "texts": {one.name: _text(one, folder) for one in sources},
            "codes": [row[1:] for row in codes],
            "codings": [
                _coding(source, one, users, names) for source in sources for one in source.plain_text_selection
            ],
        }
        _add(project, task["coding"], {name: guid for guid, name in names.items()})
        RefiProject.save(project, task["again"], source_media_dir=Path(folder) / "sources")
    print(json.dumps(seen))


def _rows(code: Any, parent: str | None) -> Iterator[list[Any]]:
    yield [code.guid, code.name, code.is_codable, parent]
    for one in code.code:
        yield from _rows(one, code.name)


def _text(source: Any, folder: str) -> str:
    path: Path = RefiProject.resolve_source_path(source.plain_text_path, folder)
    return path.read_bytes().decode()


def _coding(source: Any, one: Any, users: dict[str, str], names: dict[str, str]) -> list[Any]:
    code = names[one.coding[0].code_ref.target_guid]
    place = [source.name, one.start_position, one.end_position]
    return [*place, code, users[one.creating_user], str(one.creation_date_time)[:10], one.description or ""]


def _add(project: Any, coding: list[Any], codes: dict[str, str]) -> None:
    text, start, end, code, coder, day, comment = coding
    user = UserType(guid=str(uuid.uuid4()), name=coder)
    project.users.user.append(user)
    by = {"creating_user": user.guid, "creation_date_time": XmlDateTime.from_string(f"{day}T12:00:00Z")}
    given = CodingType(guid=str(uuid.uuid4()), code_ref=CodeRefType(target_guid=codes[code]), **by)
    selection = PlainTextSelectionType(
        guid=str(uuid.uuid4()), start_position=start, end_position=end, description=comment, coding=[given], **by
    )
    next(one for one in project.sources.text_source if one.name == text).plain_text_selection.append(selection)


if __name__ == "__main__":
    main()
