"""Give what a case says by itself, hours and corridors, for pages without a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.base.provenance import stamp
from safepassage.ledger.expected import Expected

if TYPE_CHECKING:
    from datetime import datetime

    from safepassage.case import LoadedCase

__all__ = ["case_document"]


def case_document(loaded: LoadedCase, *, exercise: bool = False) -> dict[str, Any]:
    """Give a case's title, announced hours and corridors.

    Parameters
    ----------
    loaded
        The case, as it was read.
    exercise
        Mark it, and all that is made of it, as an exercise.

    Raises
    ------
    InputError
        If neither the case nor its announcements say the hours.

    """
    expected, case = Expected.of_case(loaded), loaded.case
    return {
        **stamp("case", "1.0", loaded.inputs, ()),
        "exercise": exercise,
        "case": {"id": case.id, "title": case.title, "tz": case.place.tz},
        "window": {"start": _iso(expected.start), "end": _iso(expected.end)},
        "corridors": [
            {
                "id": each.id, "name": each.name, "name_ar": each.name_ar, "users": each.users,
                "located": each.position is not None,
                "assumed": bool(each.position and each.position.is_assumption),
                "destination": each.destination,
            }
            for each in case.corridors
        ],
    }  # fmt: skip


def _iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
