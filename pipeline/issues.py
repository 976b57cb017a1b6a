"""What went wrong with an input, in words for the person who can mend it.

What belongs here: the one shape in which every stage reports a bad input. What does not: what is bad, and when a run
stops instead (the loudness rule, CONTRIBUTING.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["quarantined", "warning"]

_ALIKE = 3
"""Issues of one kind in one file that a list for people shows one by one."""


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


def folded(issues: Iterable[Issue]) -> Iterator[tuple[Severity, str]]:
    """Yield severity and line of issues for people; of many of one kind in one file the first, and how many more.

    A file of decisions may hold hundreds that two people disagree on, which would hide all that is below them.

    Args:
        issues: In the order in which they are to be shown.
    """
    alike: dict[tuple[str, Severity, str], list[Issue]] = defaultdict(list)
    for issue in issues:
        alike[issue.path, issue.severity, issue.kind].append(issue)
    for (_, severity, kind), found in alike.items():
        shown = found if len(found) <= _ALIKE + 1 else found[:_ALIKE]
        yield from ((severity, str(issue)) for issue in shown)
        if rest := found[len(shown) :]:
            yield severity, f"{rest[0].place}: and {len(rest)} more like it [{severity}: {kind}]"
