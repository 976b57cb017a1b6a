"""Whether programs that we did not write read a review's QDA project, and write it again without loss.

    python -m benchmarks.qda [--outputs DIR] [--python PYTHON] [--qualcoder src/qualcoder/refi.py]

Each program gets the example and, where there is one, the newest release with made decisions. It tells what it reads:
texts, codes, and codings with their places, coders, days and comments. Then it adds a coding by a new coder and writes
the project again. Our reader must find the same decisions and that one. A program that cannot be had here is skipped,
with the reason.

What belongs here: getting programs and comparing. What does not: driving them (`with_*`), which runs in an environment
of their own, and the example (`example`).
"""

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from benchmarks.options import parser_of
from benchmarks.qda.example import decided, example
from pipeline.coding.decisions import Decision, Given
from pipeline.coding.qdpx import FOLDER, INTERNAL, NAMESPACE, PROJECT, layout, project_qdpx
from pipeline.coding.qdpx_reader import read_qdpx
from pipeline.coding.refi import CodeNames
from pipeline.coding.review import Review
from pipeline.reviewing import read_review

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CODER, DAY = "lezer", "2026-11-03"

Seen = Mapping[str, Any]
"""What is read of a project: `texts` by name, `codes` (name, codable, parent), and `codings` (text, start, end, code,
coder, day, comment)."""


class UnavailableError(Exception):
    """A program cannot be had here; the message says why."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program to try.

    Attributes:
        name: Its name.
        script: What drives it.
        package: What to install, exactly; empty for nothing.
        least: Oldest Python that it runs on.
        options: Further arguments of the script.
    """

    name: str
    script: str
    package: str
    least: tuple[int, int]
    options: tuple[str, ...] = ()

    def python(self, wanted: str | None, folder: Path) -> Path:
        """Return an interpreter that has the program, in an environment made for it.

        Raises:
            UnavailableError: when there is no such Python, or the program is not to be had.
        """
        names = [sys.executable, *(f"python3.{minor}" for minor in range(self.least[1], self.least[1] + 4))]
        found = next((name for name in ([wanted] if wanted else names) if _version(name) >= self.least), None)
        if found is None:
            raise UnavailableError(f"needs Python {'.'.join(map(str, self.least))}; name one with --python")
        if not self.package and not self.options[0]:
            raise UnavailableError("is in no package index; name its file src/qualcoder/refi.py with --qualcoder")
        if not self.package:
            return Path(found)
        environment = folder / self.name
        subprocess.run([found, "-m", "venv", environment], check=True)
        python = environment / "bin" / "python"
        done = _run([str(python), "-m", "pip", "install", "--quiet", self.package])
        if done.returncode:
            raise UnavailableError(f"{self.package} cannot be installed: {done.stderr.strip().splitlines()[-1]}")
        return python


def programs(qualcoder: Path | None) -> list[Program]:
    """Return the programs, QualCoder with either line end that it offers."""
    found = [
        Program("pyqdpx", "with_pyqdpx.py", "pyqdpx==0.1.8", (3, 12)),
        Program("pyrefiqda", "with_pyrefiqda.py", "pyrefiqda==0.3.1", (3, 11)),
    ]
    for name, ends in (("qualcoder", "unix"), ("qualcoder, MAXQDA line ends", "windows")):
        found.append(Program(name, "with_qualcoder.py", "", (3, 11), (str(qualcoder or ""), ends)))
    return found


def reviews(outputs: Path) -> Iterator[Review]:
    """Yield what to exchange."""
    yield decided(example())
    pointer = outputs / "latest.json"
    if pointer.is_file():
        release = outputs / json.loads(pointer.read_text(encoding="utf-8"))["path"]
        yield decided(read_review(release, ROOT / "raw"))


def exchanged(program: Program, python: Path, review: Review, folder: Path) -> list[str]:
    """Return how what a program reads and writes differs from what it was given; empty when in nothing."""
    given, again = folder / "review.qdpx", folder / "again.qdpx"
    given.write_bytes(project_qdpx(review))
    ours = read(given)
    new, decision = new_coding(review, ours)
    task = json.dumps({"project": str(given), "again": str(again), "coding": new})
    done = _run([str(python), str(HERE / program.script), task, *program.options])
    if done.returncode:
        return [f"fails: {done.stderr.strip().splitlines()[-1]}"]
    theirs = json.loads(done.stdout.splitlines()[-1])
    found = [f"reads other {part}: {what}" for part, what in differences(ours, theirs)]
    back = read_qdpx(again.read_bytes(), review, DAY)
    found += [f"cannot be taken back: {problem}" for problem in back.problems]
    wanted = {one.key: one for one in (*review.decisions, decision)}
    taken = {one.key: one for one in back.decisions}
    found += [f"decision {key}: {taken.get(key)} for {wanted.get(key)}" for key in _unlike(wanted, taken)]
    written = {**ours, "codings": [*ours["codings"], new]}
    return found + [f"writes other {part}: {what}" for part, what in differences(written, read(again))]


def new_coding(review: Review, ours: Seen) -> tuple[list[Any], Decision]:
    """Return a coding to add, of the last words of the first text, and the decision that it is."""
    document = review.documents[0]
    text, lines = layout(document)
    line = next(one for one in reversed(lines) if " " in one.statement.text)
    start = text.rindex(" ", line.start, line.end) + 1
    dimension = document.codebook.dimensions[0]
    code = next(one.id for one in dimension.codes if one.status != "retired")
    names = CodeNames.of(review.codebooks, with_abstention=True)
    named = names.name(document.codebook.id, dimension.id, code)
    place = (start - line.start, line.end - line.start)
    statement = line.statement
    decision = Decision(
        statement.statement_id, dimension.id, (Given(code, place),), CODER, DAY, "nieuw, é 🙂", statement.text
    )
    return [next(iter(ours["texts"])), start, line.end, named, CODER, DAY, "nieuw, é 🙂"], decision


def read(path: Path) -> Seen:
    """Return what a project says, in plain terms."""
    with zipfile.ZipFile(path) as archive:
        files = {name.casefold(): archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    root = ET.fromstring(files[PROJECT])
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    users = {user.get("guid"): user.get("name") for user in root.iter("User")}
    names = {code.get("guid"): code.get("name") for code in root.iter("Code")}
    parents = {child: parent.get("name") for parent in root.iter("Code") for child in parent.findall("Code")}
    codes = [[one.get("name"), one.get("isCodable") == "true", parents.get(one)] for one in root.iter("Code")]
    texts = {}
    for source in root.iter("TextSource"):
        text = files[FOLDER + source.get("plainTextPath", "").removeprefix(INTERNAL)]
        texts[source.get("name")] = text.replace("\r\n", "\n")
    codings = [
        [
            source.get("name"),
            int(one.get("startPosition", "")),
            int(one.get("endPosition", "")),
            names[reference.get("targetGUID")],
            users[one.get("creatingUser")],
            one.get("creationDateTime", "")[:10],
            one.findtext("Description") or "",
        ]
        for source in root.iter("TextSource")
        for one in source.findall("PlainTextSelection")
        for reference in one.iter("CodeRef")
    ]
    return {"texts": texts, "codes": codes, "codings": codings}


def differences(ours: Seen, theirs: Seen) -> Iterator[tuple[str, str]]:
    """Yield every part that differs, with what is missing and what is new in it."""
    for part in ("texts", "codes", "codings"):
        rows = [one[part].items() if part == "texts" else one[part] for one in (ours, theirs)]
        left, right = (sorted(json.dumps(row, ensure_ascii=False) for row in one) for one in rows)
        missing, more = [row for row in left if row not in right], [row for row in right if row not in left]
        if missing or more or len(left) != len(right):
            yield part, f"{len(missing)} missing, as {missing[:1]}; {len(more)} more, as {more[:1]}"


def _unlike(wanted: Mapping[Any, Decision], taken: Mapping[Any, Decision]) -> list[Any]:
    # Codes of one decision come back in the order of the project.
    plain = [{key: replace(one, given=()) for key, one in given.items()} for given in (wanted, taken)]
    codes = [{key: set(one.given) for key, one in given.items()} for given in (wanted, taken)]
    keys = sorted(wanted.keys() | taken.keys())
    return [key for key in keys if plain[0].get(key) != plain[1].get(key) or codes[0].get(key) != codes[1].get(key)]


def _version(python: str) -> tuple[int, int]:
    if shutil.which(python) is None:
        return 0, 0
    done = _run([python, "-c", "import sys; print(*sys.version_info[:2])"])
    return (0, 0) if done.returncode else (int(done.stdout.split()[0]), int(done.stdout.split()[1]))


def _run(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def main() -> int:
    """Print what every program makes of every review, and return 1 when anything differs."""
    parser = parser_of("benchmarks.qda", __doc__)
    parser.add_argument("--outputs", type=Path, default=ROOT / "outputs")
    parser.add_argument("--python", help="interpreter for the programs")
    parser.add_argument("--qualcoder", type=Path, help="its file src/qualcoder/refi.py")
    parser.add_argument("--quick", action="store_true", help="only the example")
    arguments = parser.parse_args()
    given = [decided(example())] if arguments.quick else list(reviews(arguments.outputs))
    different = False
    with tempfile.TemporaryDirectory() as folder:
        for program in programs(arguments.qualcoder):
            try:
                python = program.python(arguments.python, Path(folder))
            except UnavailableError as error:
                print(f"{program.name}: skipped, {error}")
                continue
            for review in given:
                found = exchanged(program, python, review, Path(folder))
                different = different or bool(found)
                print(f"{program.name}, {_size(review)}: {'; '.join(found[:3]) or 'all the same'}", flush=True)
    return 1 if different else 0


def _size(review: Review) -> str:
    codings = sum(map(len, review.codings.values())) + sum(len(one.given) or 1 for one in review.decisions)
    return f"{len(review.documents)} texts, {codings} codings, {len(review.decisions)} decisions"


if __name__ == "__main__":
    sys.exit(main())
