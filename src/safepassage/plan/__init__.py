"""Say what should happen: a checked plan from an announcement and a city."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepassage.base.progress import Progress
    from safepassage.case import LoadedCase
    from safepassage.plan.model import Plan
    from safepassage.plan.readiness import Readiness

__all__ = ["check_readiness", "plan"]


def plan(
    case: str | LoadedCase, *, ignore_daylight: bool = False, progress: Progress | None = None
) -> Plan:
    """Plan a case and check the plan; see ``safepassage.plan.make.make_plan``.

    Parameters
    ----------
    case
        A built-in case's name, a folder, a file, or a case already loaded.
    ignore_daylight
        Plan in the dark as well.
    progress
        Told of each stage.

    """
    from safepassage.base.progress import silent  # noqa: PLC0415 - the solver takes a second
    from safepassage.plan.make import make_plan  # noqa: PLC0415

    return make_plan(case, ignore_daylight=ignore_daylight, progress=progress or silent)


def check_readiness(case: str | LoadedCase, *, progress: Progress | None = None) -> Readiness:
    """Ask what must be known before people walk; see ``safepassage.plan.readiness``.

    Parameters
    ----------
    case
        A built-in case's name, a folder, a file, or a case already loaded.
    progress
        Told of each stage.

    """
    from safepassage.base.progress import silent  # noqa: PLC0415
    from safepassage.plan import readiness  # noqa: PLC0415

    return readiness.check_readiness(case, progress=progress or silent)
