"""Turn the announcement of a humanitarian ceasefire into a plan that gets people out.

import safepassage as sp

plan = sp.plan("aleppo-2016-11-04")
print(plan.ceiling.total, plan.schedule.total)
sp.write(plan, "out")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.plan import plan

if TYPE_CHECKING:
    from safepassage.base.errors import InputError, NothingAnnounced, SafepassageError
    from safepassage.case import load_case
    from safepassage.declaration import read
    from safepassage.plan.ask import ask
    from safepassage.plan.estimate import estimate
    from safepassage.publish import write

__version__ = "0.1.0"

__all__ = [
    "InputError",
    "NothingAnnounced",
    "SafepassageError",
    "__version__",
    "ask",
    "estimate",
    "load_case",
    "plan",
    "read",
    "write",
]

_HOMES = {
    "InputError": "safepassage.base.errors",
    "NothingAnnounced": "safepassage.base.errors",
    "SafepassageError": "safepassage.base.errors",
    "ask": "safepassage.plan.ask",
    "estimate": "safepassage.plan.estimate",
    "load_case": "safepassage.case",
    "read": "safepassage.declaration",
    "write": "safepassage.publish",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'safepassage' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
