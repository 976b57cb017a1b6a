"""Modules, names and files that documentation, docstrings and comments mention: each must be there.

What belongs here: finding what is mentioned with its whole path, and looking it up without running it. What does not:
links of Markdown (`docs.check`), and names without a path, which only a reader can place.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
_PAGES = ("README.md", "CONTRIBUTING.md", "docs/**/*.md", "tests/gold/**/*.md")
_CODE = ("pipeline", "schemas", "benchmarks", "docs")
_NAME = re.compile(rf"\b(?:{'|'.join(_CODE)})(?:\.[A-Za-z_]\w*)+")
_FILE = re.compile(rf"\b(?:{'|'.join(_CODE)}|tests)/[\w./-]*\w\.[a-z]+\b")


def faults() -> Iterator[str]:
    """Yield every mention of what is not there as file, line and name."""
    pages = [page for pattern in _PAGES for page in ROOT.glob(pattern)]
    code = [path for part in _CODE for end in ("py", "yaml", "jinja") for path in (ROOT / part).rglob(f"*.{end}")]
    for path in sorted([*pages, *code]):
        for line, name in missing(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT)}:{line}: {name} is not there; name what is meant"


def missing(text: str) -> Iterator[tuple[int, str]]:
    """Yield the 1-based line and the name of everything that a text mentions and that is not there."""
    for pattern, is_there in ((_NAME, _is_defined), (_FILE, _is_file)):
        for match in pattern.finditer(text):
            if not is_there(match[0]):
                yield text.count("\n", 0, match.start()) + 1, match[0]


def _is_file(name: str) -> bool:
    return (ROOT / name).is_file()


@cache
def _is_defined(name: str) -> bool:
    """Return whether a dotted name is a package, a module, or something that a module defines."""
    place, parts = ROOT, name.split(".")
    while parts and (place / parts[0]).is_dir():
        place /= parts.pop(0)
    if not parts:
        return True
    module = place / f"{parts[0]}.py"
    if module.is_file():
        parts.pop(0)
    else:
        module = place / "__init__.py"
    return module.is_file() and set(parts) <= _defined(module)


@cache
def _defined(module: Path) -> set[str]:
    """Return every name that a module defines, at whatever depth."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in node.names}
    return found
