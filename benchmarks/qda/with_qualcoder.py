"""Imports a project with QualCoder's own code, adds a coding and exports it again, without Qt and without its window.

Arguments: the task, QualCoder's `src/qualcoder/refi.py`, and the line ends that its export is to write (`unix`,
`windows`). What refi.py shows or asks is answered here; its database is made here, with the columns that it fills.
"""

import builtins
import importlib.util
import json
import os
import sqlite3
import sys
import tempfile
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

TABLES = """
create table project (date text, memo text);
create table source (id integer primary key, name text unique, fulltext text, mediapath text, memo text, owner text,
  date text);
create table code_cat (catid integer primary key, name text unique, memo text, owner text, date text,
  supercatid integer);
create table code_name (cid integer primary key, name text unique, memo text, catid integer, owner text, date text,
  color text, supercid integer);
create table code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
  owner text, date text, memo text, unique (cid, fid, pos0, pos1, owner));
create table code_image (id integer, owner text, cid integer);
create table code_av (id integer, owner text, cid integer);
create table annotation (fid integer, pos0 integer, pos1 integer, memo text, owner text, date text);
create table attribute_type (name text, date text, owner text, memo text, caseOrFile text, valuetype text);
create table attribute (name text, attr_type text, value text, id integer, date text, owner text);
create table cases (caseid integer primary key, name text, memo text, owner text, date text);
create table case_text (caseid integer, fid integer, pos0 integer, pos1 integer, owner text, date text, memo text);
create table journal (name text, jentry text, date text, owner text);
insert into project values ('2026-11-01 10:00:00', '');
"""
CODINGS = """select source.name, pos0, pos1, code_name.name, code_text.owner, substr(code_text.date, 1, 10),
  code_text.memo, seltext = substr(fulltext, pos0 + 1, pos1 - pos0)
from code_text join source on source.id = fid join code_name using (cid)"""
CODES = """select a.name, 1, ifnull(b.name, c.name) from code_name a
  left join code_name b on b.cid = a.supercid left join code_cat c on c.catid = a.catid
union all select a.name, 0, b.name from code_cat a left join code_cat b on b.catid = a.supercatid"""


class _Dialog:
    """Stands for a window."""

    def __init__(self, *_: Any) -> None:
        """Show nothing."""

    def __getattr__(self, _: str) -> Any:
        return MagicMock()


def load(path: Path, task: dict[str, Any], *, windows: bool) -> Any:
    """Return refi.py as a module, with answers in place of Qt and of QualCoder's other modules."""
    widgets = MagicMock(QDialog=_Dialog)
    widgets.QFileDialog.getOpenFileName.return_value = (task["project"], True)
    widgets.QFileDialog.getExistingDirectory.return_value = str(Path(task["again"]).parent)
    line_ends = MagicMock()
    line_ends.return_value.radioButton_maxqda.isChecked.return_value = windows
    colours = {"colors": ["#CCCCCC"] * 120, "color_matcher": str}
    stand_ins: dict[str, dict[str, Any]] = {
        "PyQt6": {"QtWidgets": widgets, "QtCore": MagicMock(), "QtGui": MagicMock()},
        "qualcoder": {"__path__": []},
        "qualcoder.color_selector": colours,
        "qualcoder.helpers": {"Message": MagicMock()},
        "qualcoder.GUI": {"__path__": []},
        "qualcoder.GUI.ui_dialog_refi_export_endings": {"Ui_Dialog_refi_export_line_endings": line_ends},
        "vlc": {},
    }
    for name, content in stand_ins.items():
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(content)
    vars(builtins)["_"] = str
    spec = importlib.util.spec_from_file_location("qualcoder.refi", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is no module; name QualCoder's src/qualcoder/refi.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Print what stands in QualCoder's database as JSON."""
    task, again = json.loads(sys.argv[1]), Path(json.loads(sys.argv[1])["again"])
    refi = load(Path(sys.argv[2]), task, windows=sys.argv[3] == "windows")
    again.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        for name in ("documents", ".qualcoder"):
            (Path(folder) / name).mkdir()
        app = MagicMock(
            conn=sqlite3.connect(":memory:"),
            settings={"directory": folder, "codername": "", "ai_enable": "False", "fontsize": 9, "font": "Sans"},
            project_path=folder,
            project_name=again.with_suffix(".qda").name,
            version="QualCoder",
        )
        app.get_annotations.return_value = []
        app.conn.executescript(TABLES)
        log = SimpleNamespace(append=lambda line: print(line, file=sys.stderr))
        refi.RefiImport(app, log, "qdpx")
        seen = _seen(app.conn)
        _add(app.conn, task["coding"])
        refi.RefiExport(app, log, "project")
    print(json.dumps(seen))


def _seen(base: sqlite3.Connection) -> dict[str, Any]:
    rows = base.execute(CODINGS).fetchall()
    if not all(row[-1] for row in rows):
        sys.exit("a coding quotes other words than those in its place")
    return {
        "texts": dict(base.execute("select name, fulltext from source").fetchall()),
        "codes": [[name, bool(codable), parent] for name, codable, parent in base.execute(CODES)],
        "codings": [row[:-1] for row in rows],
    }


def _add(base: sqlite3.Connection, coding: list[Any]) -> None:
    base.execute(
        "insert into code_text (cid, fid, seltext, pos0, pos1, owner, date, memo) select cid, id, "
        "substr(fulltext, :start + 1, :end - :start), :start, :end, :coder, :day || ' 12:00:00', :comment "
        "from source, code_name where source.name = :text and code_name.name = :code",
        dict(zip(("text", "start", "end", "code", "coder", "day", "comment"), coding, strict=True)),
    )


if __name__ == "__main__":
    main()
