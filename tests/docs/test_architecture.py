"""docs/architecture.md names every room, every module and the contract as it is."""

import re
import tomllib

import pytest

from docs.papers import ROOT, text

SOURCE = ROOT / "src" / "safepassage"
PAGE = text("architecture.md")
ROOMS = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))


def section(room):
    """Give what stands under a room's own heading."""
    return re.split(r"^##", PAGE.split(f"\n### {room}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def test_every_room_is_described():
    assert sorted(re.findall(r"^### (\w+)$", PAGE, re.MULTILINE)) == ROOMS
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|[^|]+→[^|]+\|$", PAGE, re.MULTILINE)
    assert sorted([*rows, "base"]) == ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_is_named(room):
    modules = {path.stem for path in (SOURCE / room).glob("*.py") if not path.stem.startswith("_")}
    named = set(re.findall(r"`(\w+)`", section(room)))
    assert modules <= named, modules - named


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_in_a_table_is_there(room):
    for name in re.findall(r"^\| `(\w+)` \|", section(room), re.MULTILINE):
        assert (SOURCE / room / f"{name}.py").exists(), name


def test_the_import_rule_is_the_contract():
    (line,) = re.findall(r"^    (base \|.*)$", PAGE, re.MULTILINE)
    told = [[room.strip() for room in part.split("|")] for part in line.split("→")]
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = [
        each["layers"] for each in contract["tool"]["importlinter"]["contracts"]
        if each["type"] == "layers"
    ]  # fmt: skip
    held = [[room.strip().removeprefix("safepassage.") for room in layer.split("|")]
            for layer in reversed(layers)]  # fmt: skip
    flat = [held[0] + held[1], *held[2:]]  # base and case stand together on the page
    assert told == flat
