from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import safepassage

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def field(name: str) -> str:
    (value,) = re.findall(rf"^{name}: (.+)$", read("CITATION.cff"), re.MULTILINE)
    return value.strip("\"'")


@pytest.mark.parametrize(
    "name",
    ["LICENSE", "README.md", "CHANGELOG.md", "SECURITY.md", "CITATION.cff", "CONTRIBUTING.md",
     "docs/versioning.md", "src/safepassage/py.typed"],
)  # fmt: skip
def test_papers_are_there(name):
    assert (ROOT / name).is_file()


def test_version_is_semantic():
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?", safepassage.__version__)


def test_changelog_knows_the_version():
    heads = re.findall(r"^## \[(.+?)\](.*)$", read("CHANGELOG.md"), re.MULTILINE)
    names = [name for name, _ in heads]
    assert names[0] == "Unreleased"
    assert names[1] == safepassage.__version__
    assert all(re.fullmatch(r" - \d{4}-\d\d-\d\d", rest) for _, rest in heads[1:])


def test_changelog_uses_the_agreed_headings():
    agreed = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", read("CHANGELOG.md"), re.MULTILINE)) <= agreed


def test_citation_agrees_with_the_package():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert field("version") == safepassage.__version__
    assert field("license") == project["license"]
    assert field("title").startswith(project["name"])


def test_installed_version_is_the_one_in_the_source():
    try:
        installed = version("safepassage")
    except PackageNotFoundError:
        pytest.skip("run from a source tree that was never installed")
    assert installed == safepassage.__version__


def test_licence_is_the_one_named():
    assert tomllib.loads(read("pyproject.toml"))["project"]["license"] == "MIT"
    assert read("LICENSE").startswith("MIT License\n")
    assert "The safepassage team" in read("LICENSE")


def links(name: str) -> list[str]:
    found = re.findall(r"!?\[[^\]]*\]\(([^)#]+)[^)]*\)", read(name))
    return [link for link in found if "://" not in link]


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md", "docs/versioning.md"]
)
def test_papers_point_at_files_that_are_there(name):
    folder = (ROOT / name).parent
    assert [link for link in links(name) if not (folder / link).exists()] == []


def test_security_and_versions_promise_what_they_must():
    assert "report" in read("SECURITY.md").lower()
    versioning = read("docs/versioning.md")
    for promise in ("Semantic Versioning", "Deprecation", "safepassage.__all__", "case.toml"):
        assert promise in versioning
