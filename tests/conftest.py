"""Set what holds for all tests."""

import pytest
from hypothesis import settings

from safepassage import plan

# Machines that run tests are shared and slow at times; a deadline would fail good code.
settings.register_profile("safepassage", deadline=None)
settings.load_profile("safepassage")


@pytest.fixture(scope="session")
def aleppo_plan():
    """Plan the founding case once; nobody changes it."""
    return plan("aleppo-2016-11-04")
