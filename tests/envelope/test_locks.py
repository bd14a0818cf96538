from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["run", "dev", "docs", "build", "node"]
ENTRY = re.compile(
    r"^(?P<requirement>[^\s#][^\\\n]*?)(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n", re.MULTILINE
)


def read(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")


def entries(lock: str) -> list[Requirement]:
    return [Requirement(match["requirement"]) for match in ENTRY.finditer(read(lock))]


def versions(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in entries(lock):
        (pin,) = entry.specifier
        found.setdefault(canonicalize_name(entry.name), set()).add(f"{pin.version}; {entry.marker}")
    return found


def ranges() -> dict[str, list[Requirement]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = project["project"]["dependencies"]
    dev = project["project"]["optional-dependencies"]["dev"]
    groups = project["dependency-groups"]
    wanted = {
        "run": run,
        "dev": [*run, *dev, *groups["build"]],
        "docs": [*run, *groups["docs"]],
        "build": [*groups["build"], *project["build-system"]["requires"]],
        "node": groups["node"],
    }
    return {lock: [Requirement(line) for line in lines] for lock, lines in wanted.items()}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_belongs_to_a_pinned_and_hashed_package(lock):
    rest = ENTRY.sub("", read(lock))
    assert all(line.startswith("#") for line in rest.splitlines() if line.strip()), rest[:400]
    for entry in entries(lock):
        assert re.fullmatch(r"==[0-9][0-9A-Za-z.+!-]*", str(entry.specifier)), entry


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_address_and_no_folder(lock):
    assert not re.search(r"://|index-url|find-links|file:|(?:^|\s)/", read(lock))


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_keeps_to_the_ranges_of_pyproject(lock):
    locked = versions(lock)
    for requirement in ranges()[lock]:
        pins = locked.get(canonicalize_name(requirement.name), set())
        assert pins, f"{requirement} is not locked; run make lock"
        for pin in pins:
            version = pin.partition(";")[0]
            assert requirement.specifier.contains(version), f"{requirement}: {pin}; run make lock"


def test_tests_run_on_the_versions_that_users_run_on():
    run, dev = versions("run"), versions("dev")
    assert {name: dev.get(name) for name in run} == run


def test_build_tools_have_the_same_versions_everywhere():
    build, dev = versions("build"), versions("dev")
    assert {name: dev.get(name) for name in build} == build


def test_web_lock_holds_a_hash_for_every_package_and_no_address():
    text = (ROOT / "web" / "package-lock.json").read_text(encoding="utf-8")
    assert not re.search(r"[a-z]://", text), "run make lock: it takes addresses out"
    packages = json.loads(text)["packages"]
    assert len(packages) > 1
    for name, package in packages.items():
        if name:
            assert package.get("integrity", "").startswith("sha512-"), name


def test_web_lock_belongs_to_package_json():
    wanted = json.loads((ROOT / "web" / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    for kind in ("dependencies", "devDependencies"):
        assert locked["packages"][""].get(kind) == wanted.get(kind), "run make lock"
