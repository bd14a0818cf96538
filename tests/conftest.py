"""Set what holds for all tests."""

import fcntl
import os
import pickle
import signal

import pytest
from hypothesis import settings

from safepassage import plan

# Machines that run tests are shared and slow at times; a deadline would fail good code.
settings.register_profile("safepassage", deadline=None)
settings.load_profile("safepassage")

# Where a shell started us in the background Ctrl-C is ignored, and so by the programs we start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# Workers take files in this order, these first: else one is left alone with a long one at the end.
# The wheel compiles kernels for itself; meanwhile the other worker compiles them for all tests.
LONG = (
    "envelope/test_wheel.py", "docs/test_blocks.py", "browser/", "plan/test_random_towns.py",
    "plan/test_ask.py", "flow/test_exposure.py", "benchmarks/", "plan/", "forecast/", "cli/",
)  # fmt: skip


def pytest_configure(config):
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False  # by number of tests, which says little of time


def pytest_collection_modifyitems(items):
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: next(
            (n for n, name in enumerate(LONG) if item.nodeid.startswith(f"tests/{name}")), len(LONG)
        ))  # fmt: skip


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Give a function that makes something costly once for all workers; nobody changes it."""

    def made(name, make):
        if "PYTEST_XDIST_WORKER" not in os.environ:
            return make()
        kept = tmp_path_factory.getbasetemp().parent / f"{name}.pickle"
        with kept.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes second waits for the first
            if not kept.exists():
                kept.write_bytes(pickle.dumps(make()))
        return pickle.loads(kept.read_bytes())  # noqa: S301 - ours

    return made


@pytest.fixture(scope="session")
def aleppo_plan(once):
    """Plan the founding case once; nobody changes it."""
    return once("aleppo-2016-11-04", lambda: plan("aleppo-2016-11-04"))
