"""Build the wheel from tracked files, install it where there is no node, and run the main job."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import distribution
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import safepassage
from envelope.test_readme import blocks

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "src/safepassage/"

pytestmark = pytest.mark.slow


def call(*command: str | Path, **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory):
    """A PATH with nothing on it: no node above all."""
    return {**os.environ, "PATH": str(tmp_path_factory.mktemp("nothing"))}


@pytest.fixture(scope="module")
def source_package(tracked, tmp_path_factory):
    """The sdist, unpacked; made from a copy with tracked files only and nothing built before."""
    copy = tmp_path_factory.mktemp("copy")
    for path in tracked:
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    out = tmp_path_factory.mktemp("sdist")
    call(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", out, cwd=copy)
    (packed,) = out.glob("*.tar.gz")
    call("tar", "-xzf", packed, "-C", out)
    return out / f"safepassage-{safepassage.__version__}"


@pytest.fixture(scope="module")
def wheel(source_package, nowhere, tmp_path_factory):
    """The wheel, built from the source package where there is no node."""
    out = tmp_path_factory.mktemp("dist")
    call(
        sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet",
        "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", out, source_package,
        env=nowhere,
    )  # fmt: skip
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def contents(wheel):
    with zipfile.ZipFile(wheel) as file:
        return {info.filename: info.file_size for info in file.infolist()}


def test_source_package_holds_what_its_tests_and_verbs_need(source_package):
    for name in ("Makefile", "tools/setup", "requirements/dev.txt", "tests/envelope", "web/src"):
        assert (source_package / name).exists(), name


def test_wheel_serves_every_machine(wheel):
    assert wheel.name == f"safepassage-{safepassage.__version__}-py3-none-any.whl"


def test_wheel_holds_every_tracked_file_of_the_package(contents, tracked):
    ours = {
        name.removeprefix("src/")
        for path in tracked
        if (name := path.relative_to(ROOT).as_posix()).startswith(PACKAGE)
    }
    assert {"safepassage/py.typed", "safepassage/__init__.py"} <= ours
    assert ours <= contents.keys()


@pytest.mark.parametrize(
    ("folder", "suffix"),
    [
        ("base/schemas/", ".json"),
        ("case/builtin/aleppo-2016-11-04/", "case.toml"),
        ("city/data/", ".csv"),
        ("publish/bundle/", ".js"),
        ("publish/bundle/", ".css"),
    ],
)
def test_wheel_holds_what_the_program_reads(contents, folder, suffix):
    found = {
        name: size
        for name, size in contents.items()
        if name.startswith(f"safepassage/{folder}") and name.endswith(suffix)
    }
    assert found
    assert all(found.values()), "an empty file"


def test_wheel_holds_nothing_else(contents):
    strays = [
        name
        for name in contents
        if not name.startswith(
            ("safepassage/", f"safepassage-{safepassage.__version__}.dist-info/")
        )
        or "node_modules" in name
        or name.endswith((".ts", ".map", ".pyc", ".nbi", ".nbc"))
    ]
    assert strays == []
    assert any(name.endswith("/licenses/LICENSE") for name in contents)


def locked() -> set[str]:
    """Give the names of what users get; `make test` installed the same, hash for hash."""
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    wanted = [Requirement(line) for line in re.findall(r"^[^\s#][^\\\n]*", text, re.MULTILINE)]
    return {each.name for each in wanted if each.marker is None or each.marker.evaluate()}


def link(name: str, site: Path) -> None:
    """Put a package that stands in this environment into another, by links to its files."""
    for file in distribution(name).files or ():
        if ".." in file.parts:  # a script: nobody calls it here
            continue
        source = Path(file.locate())
        compiled = Path(cache_from_source(str(source))) if source.suffix == ".py" else source
        for path in {source, compiled}:
            target = site / path.relative_to(distribution(name).locate_file(""))
            if path.is_file() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(path)


class Clean:
    """A virtual environment with the locked packages alone, the wheel, and no node in reach."""

    def __init__(self, folder: Path, path: str) -> None:
        self.folder = folder
        self.path = path
        self.home = folder / "home"
        self.home.mkdir()
        venv.create(folder / "env", with_pip=False, symlinks=True)
        (self.site,) = (folder / "env").rglob("site-packages")
        for name in locked():
            link(name, self.site)

    def pip(self, *arguments: str | Path, **options: object) -> str:
        python = ("--python", self.folder / "env" / "bin" / "python")
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
        return call(*pip, *python, *arguments, **options)

    def run(self, program: str, *arguments: str) -> str:
        bare = {"PATH": self.path, "HOME": str(self.home), "LANG": "C.UTF-8"}
        return call(self.folder / "env" / "bin" / program, *arguments, env=bare, cwd=self.home)

    def safepassage(self, *arguments: str) -> str:
        return self.run("safepassage", *arguments)


@pytest.fixture(scope="module")
def clean(wheel, nowhere, tmp_path_factory):
    assert shutil.which("node", path=nowhere["PATH"]) is None
    made = Clean(tmp_path_factory.mktemp("clean"), nowhere["PATH"])
    made.pip("install", "--quiet", "--no-compile", "--no-index", "--no-deps", wheel, env=nowhere)
    made.pip("check")
    return made


def test_only_what_is_locked_for_users_can_be_imported(clean):
    code = "from importlib.metadata import distributions as d; print(*(x.name for x in d()))"
    found = {canonicalize_name(name) for name in clean.run("python", "-c", code).split()}
    assert found == {canonicalize_name(name) for name in locked()} | {"safepassage"}


def test_installed_program_tells_its_version(clean):
    assert safepassage.__version__ in clean.safepassage("--version")


def test_installed_program_lists_its_cases(clean):
    assert "aleppo-2016-11-04" in json.dumps(json.loads(clean.safepassage("cases", "--json")))


def test_installed_program_does_the_main_job_in_one_line_of_shell(clean, request):
    (line,) = [
        line for block in blocks("sh") for line in block.splitlines() if "safepassage plan" in line
    ]
    words = shlex.split(line, comments=True)
    assert words[:3] == ["safepassage", "plan", "aleppo-2016-11-04"]
    clean.safepassage(*words[1:])
    out = clean.home / words[words.index("--to") + 1]
    assert {"brief.html", "plan.json", "curve.csv", "waves.csv"} <= {p.name for p in out.iterdir()}
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    assert plan["tool"] == {"name": "safepassage", "version": safepassage.__version__}
    assert plan["optimum"]["total"] > 0
    brief = (out / "brief.html").read_text(encoding="utf-8")
    assert "maplibre" in brief.lower()
    assert len(brief) > 500_000

    # The same case gives the same schedule in whichever process it is planned.
    here = request.getfixturevalue("aleppo_plan")  # by now another worker may have made it
    assert plan["schedule"] == json.loads(json.dumps(here.as_json()["schedule"]))

    # Compiled kernels go to the user's cache and never beside the package.
    assert list((clean.home / ".cache" / "safepassage").rglob("*.nbi"))
    assert not list((clean.folder / "env").rglob("*.nbi"))
