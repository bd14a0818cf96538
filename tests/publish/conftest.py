from __future__ import annotations

import copy
from typing import Any

import pytest

from publish.sample_plan import sample


@pytest.fixture(scope="session")
def sample_pair() -> tuple[dict[str, Any], dict[str, Any]]:
    return sample()


@pytest.fixture
def plan(sample_pair) -> dict[str, Any]:
    return copy.deepcopy(sample_pair[0])


@pytest.fixture
def city(sample_pair) -> dict[str, Any]:
    return copy.deepcopy(sample_pair[1])
