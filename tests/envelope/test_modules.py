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


def long_functions(path: Path) -> dict[str, int]:
    limit = LONGEST_KERNEL if path.name.startswith("kernel") else LONGEST_FUNCTION
    found = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_every_module_says_what_it_gives(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if says_nothing_but_its_docstring(tree) or path.name == "__main__.py":
        return
    module = importlib.import_module(module_name(path))
    names = getattr(module, "__all__", None)
    assert names is not None, "add __all__"
    assert len(names) == len(set(names))
    missing = [name for name in names if not hasattr(module, name)]
    assert not missing


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_every_module_opens_with_a_docstring(path):
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)) or not text.strip()


def test_modules_stay_readable():
    lengths = {short(p): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    too_long = {name: n for name, n in lengths.items() if n > LONGEST_MODULE}
    assert set(too_long) == set(LONG_MODULES), too_long


def test_functions_stay_readable():
    too_long: dict[str, int] = {}
    for path in MODULES:
        too_long |= long_functions(path)
    assert set(too_long) == set(LONG_FUNCTIONS), too_long
