"""Write whom a plan leaves behind, and how evenly it serves zones, as plain data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.plan.equity import FORMULA, equity
from safepassage.plan.left_behind import ALONE
from safepassage.plan.not_leaving import counted_as_not_leaving

if TYPE_CHECKING:
    from safepassage.plan.model import Plan

__all__ = ["equity_rows", "left_rows"]


def left_rows(plan: Plan) -> dict[str, Any]:
    """Tell whom schedule and optimum leave, by zone and group, and who is not planned for."""
    zones, groups = plan.city.zones, plan.case.groups
    sums: Counter[str] = Counter()
    for each in plan.left_behind:
        sums[each.schedule_reason] += each.by_schedule
    return {
        "note": ALONE,
        "schedule": [
            {"reason": reason, "people": people} for reason, people in sums.most_common() if people
        ],
        "not_leaving": [
            {
                "why": each.why, "people": people, "zone": each.zone or None,
                "source": each.source,
            }
            for each, people in zip(
                plan.case.not_leaving, counted_as_not_leaving(plan.case, plan.city), strict=True
            )
        ],
        "rows": [
            {
                "zone": zones.ids[each.zone], "zone_name": zones.names[each.zone],
                "group": groups[each.group].id, "people": each.people,
                "by_schedule": each.by_schedule, "schedule_reason": each.schedule_reason or None,
                "by_optimum": each.by_optimum, "optimum_reason": each.optimum_reason or None,
                "changes": [
                    {
                        "kind": change.kind, "amount": change.amount, "at": change.at or None,
                        "text": change.text, "moves": change.moves,
                        "lanes": change.extra.lanes, "later_min": change.extra.later_min,
                        "earlier_min": change.extra.earlier_min,
                    }
                    for change in each.changes
                ],
            }
            for each in sorted(plan.left_behind, key=lambda each: -each.by_schedule)
        ],
    }  # fmt: skip


def equity_rows(plan: Plan) -> dict[str, Any]:
    """Tell how evenly the schedule serves zones, the one worst served first."""
    found, zones = equity(plan), plan.city.zones
    some = np.flatnonzero(found.people > 0)
    left = found.people - plan.schedule.departed[:, -1]
    order = sorted(some.tolist(), key=lambda i: (found.share[i], -left[i]))
    return {
        "formula": FORMULA,
        "gini_schedule": _rounded(found.gini_schedule, 4),
        "gini_optimum": _rounded(found.gini_optimum, 4),
        "worst_zone": None if found.worst is None else zones.ids[found.worst],
        "zones": [
            {
                "zone": zones.ids[i], "zone_name": zones.names[i], "people": int(found.people[i]),
                "share_out": round(float(found.share[i]), 4),
                "mean_wait_min": _rounded(float(found.wait_min[i]), 1),
            }
            for i in order
        ],
    }  # fmt: skip


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None or np.isnan(value) else round(value, digits)
