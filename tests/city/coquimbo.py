"""Find the model of La Serena and Coquimbo that the wheel of AequilibraE ships."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def coquimbo() -> Path:
    """Give the path of ``coquimbo.zip``; skip the test where the data is not installed.

    Looked for where ``SAFEPASSAGE_COQUIMBO`` says, in an installed package, and in
    ``.venv/data``, where the page says to put it.
    """
    if said := os.environ.get("SAFEPASSAGE_COQUIMBO"):
        return Path(said)
    found = find_spec("aequilibrae")
    folders = [*(found.submodule_search_locations or [] if found else [])]
    folders.append(str(ROOT / ".venv" / "data" / "aequilibrae"))
    for folder in folders:
        path = Path(folder) / "reference_files" / "coquimbo.zip"
        if path.is_file():
            return path
    pytest.skip("the model of Coquimbo is not installed: docs/examples-coquimbo.md says how")
