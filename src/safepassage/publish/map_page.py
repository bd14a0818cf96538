"""Make the map page: a city as it is before a plan, drawn, with what is wrong told first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.base.files import write_together
from safepassage.base.signs import all_without_controls
from safepassage.publish.page import clean_map, map_parts, template

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["map_html", "write_map"]

_FARTHEST = 8
_MOST_STUCK = 50
_MOST_LISTED = 2_000
_WAYS = {
    "open": "", "closed": "cut off by what is closed or not cleared",
    "none": "no street leads to a crossing", "unknown": "no crossing is located",
}  # fmt: skip
_MARKS = (
    ("closed", "street that is closed"),
    ("not cleared", "street that nobody has cleared"),
    ("narrowed", "street that damage narrows or blocks"),
    ("apart", "street that leads to no crossing"),
)


def map_html(checkup: dict[str, Any], map_: dict[str, Any]) -> str:
    """Make one self-contained HTML page of a check-up.

    All but the map reads without JavaScript; the page's policy forbids every connection.

    Parameters
    ----------
    checkup
        A check-up as ``checkup.schema.json`` has it.
    map_
        What to draw: ``schematic``, ``nodes``, ``streets``, ``bounds``, ``areas``,
        ``zone_areas``.

    Raises
    ------
    InputError
        If the package was installed without its web bundle.

    """
    checkup, map_ = all_without_controls(checkup), clean_map(map_)
    parts = map_parts(checkup=checkup, city=map_)
    return template("map.html.j2").render(checkup=checkup, view=_view(checkup, map_), **parts)


def write_map(checkup: dict[str, Any], map_: dict[str, Any], path: Path) -> Path:
    """Write the page; a file of that name is replaced.

    Raises
    ------
    InputError
        If it cannot be written, or the web bundle is not there.

    """
    (written,) = write_together(path.parent, {path.name: map_html(checkup, map_)})
    return written


def _view(checkup: dict[str, Any], map_: dict[str, Any]) -> dict[str, Any]:
    crossings, zones = checkup["crossings"], checkup["zones"]
    served = [c for c in crossings if c["reach"]]
    return {
        "names": {c["id"]: c["name"] for c in crossings},
        "ways": _WAYS,
        "served": served,
        "others": [c for c in crossings if not c["reach"]],
        "armed": [c for c in crossings if c["users"] == "armed" and c["located"]],
        "stuck": _largest(z for z in zones if z["way"] in ("none", "closed")),
        "all_out": "all with a way out" if served else "no crossing to get to",
        "farthest": sorted(
            (z for z in zones if z["metres"] is not None), key=lambda z: -z["metres"]
        )[:_FARTHEST],
        "marks": _marks(map_),
        "drawn": bool(map_["zone_areas"]),
        "most": _MOST_STUCK,
        "most_listed": _MOST_LISTED,
    }


def _largest(zones: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(zones, key=lambda zone: -zone["people"]["best"])


def _marks(map_: dict[str, Any]) -> list[tuple[str, str]]:
    """List the marks that are on the map, for its legend."""
    drawn = {street.get("mark", "") for street in map_["streets"]}
    return [(mark.replace(" ", "-"), words) for mark, words in _MARKS if mark in drawn]
