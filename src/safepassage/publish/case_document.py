"""Give what a case says by itself, hours and corridors, for pages without a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.base.provenance import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from safepassage.ledger.expected import Expected

__all__ = ["case_document"]


def case_document(expected: Expected, *, exercise: bool = False) -> dict[str, Any]:
    """Give a case's title, announced hours and corridors.

    Parameters
    ----------
    expected
        What the case, or a plan of it, leads one to expect.
    exercise
        Mark it, and all that is made of it, as an exercise.

    """
    return {
        **stamp("case", "1.0", (), expected.attribution),
        "exercise": exercise,
        "case": {"id": expected.case_id, "title": expected.title, "tz": expected.tz},
        "window": {"start": _iso(expected.start), "end": _iso(expected.end)},
        "corridors": [
            {
                "id": each.id, "name": each.name, "name_ar": each.name_ar, "users": each.users,
                "located": each.located,
            }
            for each in expected.corridors
        ],
    }  # fmt: skip


def _iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
