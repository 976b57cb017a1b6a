"""Python calls only those compiled functions that are made for it: calling another one ends the process."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[3]
LAYOUT = "pipeline/text/layout"
COMPILERS = {"njit", "inner", "inlined", "uncounted"}


def compiled(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and bool(COMPILERS & {name for name, _ in decorators(node)})


def decorators(node: ast.FunctionDef) -> list[tuple[str, set[str | None]]]:
    return [
        (call.func.id, {keyword.arg for keyword in call.keywords})
        for call in node.decorator_list
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    ]


def closed(node: ast.stmt) -> bool:
    """Return whether a function cannot be called from Python."""
    return compiled(node) and not any(name == "njit" or "from_python" in given for name, given in decorators(node))


def calls_from_python(tree: ast.Module, known: dict[str, set[str]], module: str) -> set[str]:
    """Return the functions without a way in from Python that a module calls outside compiled functions."""
    names = set(known.get(module, ()))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {alias.name for alias in node.names} & known.get(node.module or "", set())
    within = {id(inner) for node in tree.body if compiled(node) for inner in ast.walk(node)}
    return {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and id(node) not in within
    } & names


def trees(*folders: str) -> dict[str, ast.Module]:
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text()) for path in paths}


def test_python_calls_only_compiled_functions_that_are_made_for_it() -> None:
    known = {
        module: {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and closed(node)}
        for module, tree in trees(LAYOUT).items()
    }
    assert known["pipeline.text.layout.beam"]
    for module, tree in trees("pipeline", "benchmarks", "tests").items():
        assert not calls_from_python(tree, known, module), module


def test_a_call_from_python_is_found() -> None:
    known = {"pipeline.text.layout.score": {"bin_of"}}
    line = "from pipeline.text.layout.score import bin_of\nprint(bin_of(edges, 1.0))\n"
    assert calls_from_python(ast.parse(line), known, "benchmarks.some") == {"bin_of"}
