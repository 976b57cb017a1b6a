"""Reads a project with pyqdpx, adds a coding and writes it again; runs where that is, and nothing of ours."""

import json
import shutil
import sys
from typing import Any

from pyqdpx import QDPX, User


def main() -> None:
    """Print what is read as JSON."""
    task = json.loads(sys.argv[1])
    shutil.copyfile(task["project"], task["again"])
    archive = QDPX(task["again"])
    project = archive.get_project()
    seen = {
        "texts": {one.name: one.text_content for one in project.sources.values()},
        "codes": [row for one in _roots(project.codes) for row in _rows(one, None)],
        "codings": [
            _coding(source, one) for source in project.sources.values() for one in source.coded_selections.values()
        ],
    }
    text, start, end, code, coder, day, comment = task["coding"]
    user = User(coder)
    project.add_user(user)
    source = next(one for one in project.sources.values() if one.name == text)
    added = source.add_selection(start, end, project.find_code(code), user, comment)
    for tag in (added._xml_tag, added._xml_tag.Coding):
        tag["creationDateTime"] = f"{day}T12:00:00Z"
    archive.save_project()
    print(json.dumps(seen))


def _roots(codes: Any) -> list[Any]:
    return [one for one in codes.values() if one.parent is None]


def _rows(code: Any, parent: str | None) -> list[Any]:
    return [[code.name, code.is_codable, parent], *(row for one in code.children for row in _rows(one, code.name))]


def _coding(source: Any, one: Any) -> list[Any]:
    day = one._xml_tag["creationDateTime"][:10]
    return [source.name, one.start, one.end, one.code.name, one.user.name, day, one.description or ""]


if __name__ == "__main__":
    main()
