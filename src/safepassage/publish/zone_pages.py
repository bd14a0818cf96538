"""Make ``zones.html``: for each zone what may be told there, every corridor with its terms."""

from __future__ import annotations

from typing import Any

from safepassage.base.signs import all_without_controls
from safepassage.publish.left_view import left_rows
from safepassage.publish.page import STILL_POLICY, template

__all__ = ["zone_pages_html"]

_STATUSES = {
    "proposed": "proposed by the schedule",
    "open": "open",
    "too far": "too far to pass in these hours",
    "no way": "no way to it from here",
    "not located": "announced; nobody says where",
}


def zone_pages_html(plan: dict[str, Any]) -> str:
    """Make one self-contained page, a sheet of paper for each zone, that needs no script.

    Parameters
    ----------
    plan
        A plan as ``plan.schema.json`` has it.

    """
    plan = all_without_controls(plan)
    return template("zones.html.j2").render(plan=plan, view=_view(plan), policy=STILL_POLICY)


def _view(plan: dict[str, Any]) -> dict[str, Any]:
    corridors = {each["id"]: each for each in plan["corridors"]}
    waves: dict[str, list[dict[str, Any]]] = {}
    for wave in plan["schedule"]["waves"]:
        waves.setdefault(wave["zone"], []).append(wave)
    left: dict[str, list[dict[str, Any]]] = {}
    for row in left_rows(plan):
        left.setdefault(row["zone"], []).append(row)
    return {
        "zones": [
            {
                **zone,
                "listed": [
                    {**row, "terms": corridors[row["id"]], "said": _STATUSES[row["status"]]}
                    for row in zone["corridors"]
                ],
                "waves": waves.get(zone["id"], []),
                "left": left.get(zone["id"], []),
            }
            for zone in plan["zones"]
            if zone["people"]["high"]
        ],
        "names": {id_: each["name"] for id_, each in corridors.items()},
        "groups": {group["id"]: group["name"] for group in plan["groups"]},
        "armed": [each["name"] for each in plan["corridors"] if each["users"] == "armed"],
        "several": len(plan["groups"]) > 1,
    }
