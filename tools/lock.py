"""Write the lock files anew: every version, every hash, no host.

The widest set is locked first and the smaller ones are held to it, so that a
package has one version however it is installed. Hashes of every platform's
files are taken, for Python 3.11 and later.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("dev.txt", ("--extra", "dev", "--group", "build", "pyproject.toml")),
    ("run.txt", ("--constraints", "requirements/dev.txt", "pyproject.toml")),
    ("docs.txt", ("--constraints", "requirements/dev.txt", "--group", "docs", "pyproject.toml")),
    ("build.txt", ("--constraints", "requirements/dev.txt", "--group", "build")),
    ("node.txt", ("--group", "node")),
    ("data.txt", ("--no-deps", "--group", "data")),
)


def lock_python(*, upgrade: bool) -> None:
    """Resolve pyproject.toml into the files of requirements/."""
    for name, what in LOCKS:
        print(f"==> requirements/{name}", flush=True)
        subprocess.run(
            [
                str(Path(sys.executable).with_name("uv")), "pip", "compile", "--quiet",
                "--universal", "--python-version", "3.11", "--generate-hashes",
                "--no-emit-index-url", "--no-emit-find-links", "--no-annotate",
                "--custom-compile-command", "make lock",
                *(["--upgrade"] if upgrade else []),
                "--output-file", f"requirements/{name}", *what,
            ],
            cwd=ROOT, check=True,
        )  # fmt: skip


def lock_web(*, upgrade: bool) -> None:
    """Bring web/package-lock.json up to package.json and take every address out of it."""
    lock = ROOT / "web" / "package-lock.json"
    print("==> web/package-lock.json", flush=True)
    subprocess.run(
        ["npm", "update" if upgrade else "install", "--package-lock-only",
         "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=lock.parent, check=True,
        env={**os.environ, "npm_config_omit_lockfile_registry_resolved": "true"},
    )  # fmt: skip
    content = json.loads(lock.read_text(encoding="utf-8"))
    for package in content["packages"].values():
        for key in ("resolved", "funding"):
            package.pop(key, None)
    lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Lock Python's packages, then the web's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")
    upgrade = parser.parse_args().upgrade
    lock_python(upgrade=upgrade)
    lock_web(upgrade=upgrade)


if __name__ == "__main__":
    main()
