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
