"""Serve one town to all attacks of a file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from attack.house import served, town


@pytest.fixture(scope="session")
def told(tmp_path_factory):
    return town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def house(tmp_path_factory, told):
    with served(tmp_path_factory.mktemp("house"), told) as running:
        yield running
