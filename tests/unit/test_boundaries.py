"""The layers of the design and the length of its functions, held by tests."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHORT = 40  # lines that no function reaches, from its `def` to its end
COMPILED = re.compile(r"\b(njit|inner|uncounted|inlined)\b")  # decorators: numba's, and ours around it
DAGSTER_LAYER = {"assets", "checks", "resources", "automation", "definitions.py"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""}
    return found


def long_functions(path: Path) -> list[str]:
    """Return name and length of each function that is too long, whatever it stands in; decorators do not count."""
    functions = (
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    lengths = ((one.name, one.lineno, (one.end_lineno or 0) - one.lineno + 1) for one in functions)
    return [f"{path.name}:{line} {name}: {length} lines" for name, line, length in lengths if length >= SHORT]


def products(path: Path) -> list[str]:
    """Return where a compiled function multiplies matrices, with `@` or a function of numpy."""
    functions = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    ]
    compiled = [one for one in functions if any(COMPILED.search(ast.unparse(mark)) for mark in one.decorator_list)]
    inside = [(one.name, node) for one in compiled for node in ast.walk(one)]
    return [
        f"{path.name}:{node.lineno} {name}"
        for name, node in inside
        if (isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult))
        or (isinstance(node, ast.Attribute) and node.attr in {"dot", "vdot", "linalg"})
    ]


def modules(*parts: str) -> list[Path]:
    return sorted(path for part in parts for path in (ROOT / part).rglob("*.py"))


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


PURE = [path for path in modules("pipeline", "schemas") if not DAGSTER_LAYER & set(path.relative_to(ROOT).parts)]


@pytest.mark.parametrize("path", PURE, ids=names(PURE))
def test_only_the_dagster_layer_imports_dagster(path):
    assert not {name for name in imports(path) if name.split(".")[0].startswith("dagster")}


@pytest.mark.parametrize("package", ["text", "coding", "privacy", "release"])
def test_the_cores_know_nothing_of_the_stages_and_of_frames_between_them(package):
    above = ("pipeline.stages", "pipeline.assets", "pipeline.automation", "pipeline.checks", "pipeline.cli")
    for path in modules(f"pipeline/{package}"):
        assert not {name for name in imports(path) if name.startswith(above)}, path


def test_the_text_core_knows_no_codes_and_the_coder_no_layout():
    for path in modules("pipeline/text"):
        assert not {name for name in imports(path) if name.startswith(("pipeline.coding", "pipeline.privacy"))}, path
    for path in modules("pipeline/coding"):
        assert not {name for name in imports(path) if name.startswith("pipeline.text.layout")}, path


@pytest.mark.parametrize("path", modules("pipeline", "schemas"), ids=names(modules("pipeline", "schemas")))
def test_every_module_says_what_it_is_for(path):
    words = " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split()).lower()
    assert words
    if path.name != "__init__.py":
        assert "what belongs here" in words
        assert "what does not" in words


@pytest.mark.parametrize("path", modules("pipeline", "schemas"), ids=names(modules("pipeline", "schemas")))
def test_every_function_has_fewer_than_forty_lines(path):
    assert not long_functions(path), "split it where one idea ends"


def test_a_function_of_forty_lines_is_found_inside_a_class_too(tmp_path):
    path = tmp_path / "long.py"
    body = "        pass\n"
    path.write_text("class A:\n    @property\n    def b(self):\n" + body * 38)
    assert long_functions(path) == []
    path.write_text("class A:\n    @property\n    def b(self):\n" + body * 39)
    assert long_functions(path) == ["long.py:3 b: 40 lines"]


def test_every_third_party_import_is_a_declared_dependency():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = {re.split(r"[\[<>=]", line)[0].lower() for line in declared["dependencies"]}
    known = packages_distributions()
    for path in modules("pipeline", "schemas"):
        for name in (
            {name.split(".")[0] for name in imports(path)} - set(sys.stdlib_module_names) - {"pipeline", "schemas"}
        ):
            assert {found.lower() for found in known[name]} & needed, f"{path}: {name}"


@pytest.mark.parametrize("path", modules("pipeline"), ids=names(modules("pipeline")))
def test_no_compiled_function_needs_scipy(path):
    assert not products(path), "numba multiplies matrices with SciPy, which comes with the development tools alone"


def test_a_product_of_matrices_is_found_where_it_is_compiled(tmp_path):
    path = tmp_path / "product.py"
    path.write_text("@njit(cache=True)\ndef a(b, c):\n    return np.dot(b, c)\n\n\ndef d(b, c):\n    return b @ c\n")
    assert products(path) == ["product.py:3 a"]
    path.write_text("@inner()\ndef a(b, c):\n    return b @ c\n")
    assert products(path) == ["product.py:3 a"]
