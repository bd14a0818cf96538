from __future__ import annotations

import json
import re
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "web"
ADDRESS = re.compile(r"[a-z]+://[^\s\"'`)]+")
NAMESPACES = {"http://www.w3.org/2000/svg"}


def test_npm_writes_no_registry_into_the_lock():
    lines = (WEB / ".npmrc").read_text(encoding="utf-8").splitlines()
    assert "omit-lockfile-registry-resolved=true" in lines
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        if name:
            assert "resolved" not in package, name
            assert package["integrity"].startswith("sha512-"), name


def test_versions_are_pinned():
    wanted = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    for version in {**wanted["dependencies"], **wanted["devDependencies"]}.values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_our_sources_name_no_address():
    found = {
        address
        for path in [*(WEB / "src").rglob("*.ts"), *(WEB / "src").rglob("*.css")]
        for address in ADDRESS.findall(path.read_text(encoding="utf-8"))
    }
    assert found <= NAMESPACES
