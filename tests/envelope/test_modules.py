from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
MODULES = sorted((SOURCE / "safepassage").rglob("*.py"))

LONGEST_MODULE = 450
LONGEST_FUNCTION = 60
LONGEST_KERNEL = 200  # a compiled kernel cannot be cut up without paying for the calls

# What is longer, and why it is let be. An entry that is no longer needed fails, too.
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def short(path: Path) -> str:
    return path.relative_to(SOURCE / "safepassage").as_posix()


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def long_functions(path: Path, tree: ast.Module) -> dict[str, int]:
    limit = LONGEST_KERNEL if path.name.startswith("kernel") else LONGEST_FUNCTION
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            body = node.body
            # A docstring that explains shapes and sources is no burden to a reader.
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                body = node.body[1:]
            lines = (node.end_lineno or 0) - (body[0].lineno if body else node.lineno) + 1
            if lines > limit:
                found[f"{short(path)}:{node.name}"] = lines
    return found


def says_nothing_but_its_docstring(tree: ast.Module) -> bool:
    return all(isinstance(node, ast.Expr | ast.ImportFrom) for node in tree.body) and not any(
        isinstance(node, ast.ImportFrom) and node.module != "__future__" for node in tree.body
    )


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def trouble_with_names(path: Path) -> str:
    module = importlib.import_module(module_name(path))
    names = getattr(module, "__all__", None)
    if names is None:
        return "add __all__"
    if len(names) != len(set(names)):
        return "names something twice"
    missing = [name for name in names if not hasattr(module, name)]
    return f"has no {missing}" if missing else ""


def test_every_module_says_what_it_gives(trees):
    speaking = [
        path
        for path, tree in trees.items()
        if not says_nothing_but_its_docstring(tree) and path.name != "__main__.py"
    ]
    assert len(speaking) > 100
    assert {short(path): said for path in speaking if (said := trouble_with_names(path))} == {}


def test_every_module_opens_with_a_docstring(trees):
    bare = [
        short(path) for path, tree in trees.items() if tree.body and not ast.get_docstring(tree)
    ]
    assert bare == []


def test_modules_stay_readable():
    lengths = {short(p): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    too_long = {name: n for name, n in lengths.items() if n > LONGEST_MODULE}
    assert set(too_long) == set(LONG_MODULES), too_long


def test_functions_stay_readable(trees):
    too_long: dict[str, int] = {}
    for path, tree in trees.items():
        too_long |= long_functions(path, tree)
    assert set(too_long) == set(LONG_FUNCTIONS), too_long
