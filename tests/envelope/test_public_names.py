"""Pin what may be relied upon; docs/versioning.md says how a name may go."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import safepassage

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = {
    "InputError": "class",
    "NothingAnnounced": "class",
    "SafepassageError": "class",
    "__version__": "text",
    "ask": "function",
    "estimate": "function",
    "load_case": "function",
    "plan": "function",
    "read": "function",
    "write": "function",
}


def test_public_names_are_these_and_no_others():
    assert set(safepassage.__all__) == set(PUBLIC)
    assert len(safepassage.__all__) == len(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_names_are_what_they_were(name):
    value = getattr(safepassage, name)
    kinds = {"class": inspect.isclass(value), "function": inspect.isfunction(value),
             "text": isinstance(value, str)}  # fmt: skip
    assert kinds[PUBLIC[name]]


@pytest.mark.parametrize("name", [n for n, kind in PUBLIC.items() if kind != "text"])
def test_public_names_explain_themselves(name):
    assert len(inspect.getdoc(getattr(safepassage, name)) or "") > 20


@pytest.mark.parametrize("name", [n for n, kind in PUBLIC.items() if kind == "function"])
def test_options_of_public_functions_are_named_by_the_caller(name):
    parameters = inspect.signature(getattr(safepassage, name)).parameters.values()
    by_place = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD and
                p.default is not p.empty]  # fmt: skip
    assert by_place == []


def test_no_other_name_is_given_away():
    with pytest.raises(AttributeError, match="no attribute 'nothing_like_it'"):
        _ = safepassage.nothing_like_it


def test_type_checkers_see_every_public_name():
    tree = ast.parse((ROOT / "src" / "safepassage" / "__init__.py").read_text(encoding="utf-8"))
    seen = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert {name for name, kind in PUBLIC.items() if kind != "text"} <= seen


def test_importing_the_package_imports_nothing_heavy():
    code = (
        "import sys, safepassage; "
        "print(*sorted({'numba', 'scipy', 'pydantic', 'numpy', 'rich', 'osmium', 'jinja2'} "
        "& sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert done.stdout.split() == []
