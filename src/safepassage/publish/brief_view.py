"""Prepare what the brief's sections show of a plan, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safepassage.publish.announced import statements
from safepassage.publish.brief_sums import (
    behind,
    consent_sum,
    left_by_schedule,
    made_for,
    made_for_told,
    not_leaving,
    scenarios,
    schedule_spread,
    schedule_total,
)
from safepassage.publish.chart import Step, steps
from safepassage.publish.left_view import left_rows, left_sum
from safepassage.publish.plan_curve import plan_curve, road_curve
from safepassage.publish.plan_map import LETTERS, plan_map
from safepassage.publish.safety import safety_chart, safety_rows
from safepassage.publish.svg import for_both
from safepassage.publish.wording import clock, moment

if TYPE_CHECKING:
    from safepassage.publish.spoken import Spoken

__all__ = ["brief_view"]

_FIRST_WAVES = 12
_FIRST_ASSUMPTIONS = 6
_FIRST_LIMITS = 4
_FIRST_LEFT = 12
_STATUS_SIGNS = {"approved": "✓", "rejected": "✕", "silent": "?", "not asked": "–"}


def brief_view(plan: dict[str, Any], map_: dict[str, Any], say: Spoken) -> dict[str, Any]:
    """Give what the templates of the brief show beside the plan itself.

    Parameters
    ----------
    plan
        A plan as ``plan.schema.json`` has it.
    map_
        The streets to draw.
    say
        The language.

    """
    return {
        "schematic": map_["schematic"],
        "drawn": bool(map_.get("zone_areas")),
        "place": say.retold(say.name(plan["case"]["place"])),
        "tags": LETTERS,
        "map": plan_map(plan, map_, say),
        "curve": plan_curve(plan, say),
        "road": road_curve(plan, say),
        "day_parts": _day_parts(plan["window"]),
        "announced_min": _minutes(plan["window"]["announced"]),
        "usable_min": _minutes(plan["window"]["usable"]),
        "limits": _main_limits(plan["bottleneck"]),
        "main_assumptions": _main_assumptions(plan["assumptions"]),
        **_named(plan, say),
        **_page_one(plan, say),
        **_corridors(plan, say),
        **_sections(plan, say),
        **_left(plan, say),
    }


def _named(plan: dict[str, Any], say: Spoken) -> dict[str, Any]:
    return {
        "corridors": {c["id"]: c for c in plan["corridors"]},
        "corridor_names": {c["id"]: say.name(c) for c in plan["corridors"]},
        "zone_names": {zone["id"]: say.name(zone) for zone in plan["zones"]},
        "group_names": {g["id"]: say.retold(g["name"]) for g in plan["optimum"]["groups"]},
    }


def _page_one(plan: dict[str, Any], say: Spoken) -> dict[str, Any]:
    total = plan["ceiling"]["total"]
    conflicts = [_conflict(each) for each in plan["conflicts"]]
    return {
        "ceiling_range": Markup('<span data-test="ceiling-interval">{}</span>').format(
            say.between(total["low"], total["high"])
        ),
        "made_for": made_for(plan),
        "made_for_told": made_for_told(plan, say),
        "schedule_total": schedule_total(plan, say),
        "schedule_spread": schedule_spread(plan, say),
        "consent": [
            {**each, "sign": _STATUS_SIGNS.get(each["status"], "–"),
             "party_told": say.own(say.retold(each["party"])),
             "by_told": say.own(say.retold(each["stated_by"]))}
            for each in plan["consent"]
        ],
        "consent_sum": consent_sum(plan["consent"], say),
        "conflicts": conflicts,
        "conflicts_told": _conflicts_told(len(conflicts), say),
    }  # fmt: skip


def _corridors(plan: dict[str, Any], say: Spoken) -> dict[str, Any]:
    corridors = plan["corridors"]
    names = {c["id"]: say.name(c) for c in corridors}
    by_name = {c["name"]: say.name(c) for c in corridors}
    return {
        "served": [c for c in corridors if c["users"] == "civilian" and c["located"]],
        "unlocated": [c for c in corridors if not c["located"]],
        "armed": [c for c in corridors if c["users"] == "armed"],
        "hours_of": _hours_of(plan, say),
        "scenarios": scenarios(plan, names, say),
        "without_card": say.listed(
            say.own(by_name.get(each, each)) for each in plan["go_stop"]["without_card"]
        ),
        "means": {
            "walk": say("on foot"), "stretcher": say("carried on stretchers"),
            "car": say("private car"), "ambulance": say("ambulance"), "bus": say("bus"),
        },
    }  # fmt: skip


def _sections(plan: dict[str, Any], say: Spoken) -> dict[str, Any]:
    waves, safety = plan["schedule"]["waves"], plan["safety"]
    return {
        "first_waves": waves[:_FIRST_WAVES],
        "waves_people": sum(wave["people"] for wave in waves),
        "unserved": [each for each in plan["equity"]["zones"] if not each["share_out"]],
        "safety_chart": safety_chart(safety, say) if safety else "",
        "safety_rows": safety_rows(safety) if safety else [],
        "setback_from": say.joined(map(say.retold, safety["setback_from"])) if safety else "",
        "equity_chart": _equity_chart(plan["equity"]["zones"], say),
        "statements": statements(plan["declarations"], say),
        "not_usable": _not_usable(plan["window"]["cuts"], say),
        "behind": behind(plan["schedule"], say),
        "whom_link": say.to("left-behind", say("whom it leaves behind")),
    }


def _left(plan: dict[str, Any], say: Spoken) -> dict[str, Any]:
    left = left_rows(plan, say)
    return {
        "left_rows": left[:_FIRST_LEFT],
        "left_many": len(left),
        "left_sum": left_sum(left, groups=len(plan["optimum"]["groups"]), say=say),
        "left_by_schedule": left_by_schedule(plan["left_behind"]["schedule"], say),
        "not_leaving": not_leaving(plan, say),
        "most_not_moved": max((each["people"] for each in plan["not_moved"]), default=0),
    }


def _equity_chart(zones: list[dict[str, Any]], say: Spoken) -> Markup:
    """Draw each zone's share out, as wide as its people are many, the worst served first."""
    rows = [
        Step(say.names.get(each["zone_name"], each["zone_name"]), each["people"],
             each["share_out"] * 100)
        for each in zones
    ]  # fmt: skip
    return for_both(
        lambda width: steps(
            rows, name="equity", width=width, say=say,
            title=say("Share of each zone's people out by closing, by the schedule"),
            across=say("people inside, zones from worst to best served"),
            up=say("% out by closing"),
        )
    )  # fmt: skip


def _minutes(span: dict[str, str]) -> int:
    return int((moment(span["end"]) - moment(span["start"])).total_seconds() // 60)


def _day_parts(window: dict[str, Any]) -> list[dict[str, Any]]:
    """Cut the announced hours into used and lost parts, in order of time."""
    usable = window["usable"]
    parts = [
        {"from": cut["from"], "until": cut["until"], "minutes": cut["minutes"],
         "reason": cut["reason"], "usable": False}
        for cut in window["cuts"]
    ]  # fmt: skip
    parts.append(
        {"from": usable["start"], "until": usable["end"], "minutes": _minutes(usable),
         "reason": "usable", "usable": True}
    )  # fmt: skip
    return sorted((part for part in parts if part["minutes"] > 0), key=lambda part: part["from"])


def _hours_of(plan: dict[str, Any], say: Spoken) -> dict[str, Markup]:
    hours: dict[str, list[Markup]] = {}
    for block in plan["blocks"]:
        hours.setdefault(block["corridor"], []).append(say.span(block["from"], block["until"]))
    return {corridor: say.joined(spans) for corridor, spans in hours.items()}


def _not_usable(cuts: list[dict[str, Any]], say: Spoken) -> Markup:
    listed = [
        Markup('{} (<bdi dir="ltr">{}–{}</bdi>)').format(
            say.retold(cut["reason"]), clock(cut["from"]), clock(cut["until"])
        )
        for cut in cuts
    ]
    return say("announced, not usable: {list}", list=say.listed(listed) or say("none"))


def _main_limits(bottleneck: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take the limits that last longest, in order of time."""

    def lasting(each: dict[str, Any]) -> float:
        return (moment(each["until"]) - moment(each["from"])).total_seconds()

    chosen = sorted(bottleneck, key=lasting, reverse=True)[:_FIRST_LIMITS]
    return sorted(chosen, key=lambda each: str(each["from"]))


def _main_assumptions(assumptions: list[dict[str, str]]) -> list[dict[str, str]]:
    """Take the first of those that rest on no source."""
    return [each for each in assumptions if not each["source"]][:_FIRST_ASSUMPTIONS]


def _conflict(conflict: Any) -> str:
    """Tell a conflict in its own sentence."""
    if isinstance(conflict, str):
        return conflict
    return conflict.get("text") or f"Statements differ on {conflict.get('field', 'their terms')}."


def _conflicts_told(many: int, say: Spoken) -> Markup | None:
    if not many:
        return None
    points = say("{n} point" if many == 1 else "{n} points", n=many)
    return say("The statements contradict each other on {points}.",
               points=say.to("statements", points))  # fmt: skip
