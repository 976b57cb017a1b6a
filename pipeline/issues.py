"""What went wrong with an input, in words for the person who can mend it.

What belongs here: the one shape in which every stage reports a bad input. What does not: what is bad, and when a run
stops instead (the loudness rule, CONTRIBUTING.md).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["quarantined", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One thing that is wrong with one input.

    Attributes:
        source: Name of the source's folder.
        path: Path below `raw/`, with forward slashes.
        line: 1-based line of that file, when there is one to point at.
        severity: `quarantined` when it was kept out of the release, `warning` when it was taken in all the same.
        kind: Short name of the kind of problem, for counting.
        message: What is wrong and what to do, without the path.
        document: Identifier of the document, when it has one.
    """

    source: str
    path: str
    line: int | None
    severity: Severity
    kind: str
    message: str
    document: str | None = None

    @property
    def place(self) -> str:
        """File and line, fit to be printed."""
        path = "".join(char if char.isprintable() else repr(char)[1:-1] for char in self.path)
        return path if self.line is None else f"{path}:{self.line}"

    def __str__(self) -> str:
        """Return one line for a terminal or a log."""
        return f"{self.place}: {self.message} [{self.severity}: {self.kind}]"

    def row(self) -> Mapping[str, object]:
        """Return it as a row of the issues table and of `issues.json`."""
        return asdict(self)
