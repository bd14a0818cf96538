"""Make the brief: one page that tells the plan, works from disk and asks nothing of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.base.signs import all_without_controls
from safepassage.publish.announced import statements
from safepassage.publish.ask_page import ask_view
from safepassage.publish.chart import Step, steps
from safepassage.publish.forecast_view import forecast_view, with_forecast
from safepassage.publish.left_view import left_rows, left_sum
from safepassage.publish.page import clean_map, map_parts, template
from safepassage.publish.safety import safety_chart, safety_rows
from safepassage.publish.svg import for_both
from safepassage.publish.wording import moment

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["brief_html"]

_FIRST_WAVES = 12
_FIRST_ASSUMPTIONS = 6
_FIRST_LIMITS = 4
_FIRST_LEFT = 12
_STATUS_SIGNS = {"approved": "✓", "rejected": "✕", "silent": "?", "not asked": "–"}


def brief_html(
    plan: dict[str, Any],
    map_: dict[str, Any],
    *,
    asked: dict[str, Any] | None = None,
    forecast: dict[str, Any] | None = None,
) -> str:
    """Make one self-contained HTML page of a plan.

    Page one reads without JavaScript. The map, the slider and the curve come from the
    web bundle, which stands in the page; its security policy forbids every connection.

    Parameters
    ----------
    plan
        A plan as ``plan.schema.json`` has it.
    map_
        The streets to draw: ``schematic``, ``nodes``, ``streets``, ``bounds``.
    asked
        What changes to this plan's case are worth, as ``ask.schema.json`` has it, if known.
    forecast
        Who is likely to come, as ``forecast.schema.json`` has it, if known.

    Raises
    ------
    InputError
        If the package was installed without its web bundle.

    """
    plan, map_ = all_without_controls(plan), clean_map(map_)
    asked, forecast = all_without_controls(asked), all_without_controls(forecast)
    plan = with_forecast(plan, forecast)
    parts = map_parts(plan=plan, city=map_)
    return template("brief.html.j2").render(
        plan=plan, view=_view(plan, map_), asked=asked, asked_view=asked and ask_view(asked),
        forecast=forecast, forecast_view=forecast and forecast_view(forecast),
        **parts,
    )  # fmt: skip


def _view(plan: dict[str, Any], map_: dict[str, Any]) -> dict[str, Any]:
    corridors = plan["corridors"]
    civilian = [c for c in corridors if c["users"] == "civilian"]
    waves = plan["schedule"]["waves"]
    left = left_rows(plan)
    return {
        "schematic": map_["schematic"],
        "drawn": bool(map_.get("zone_areas")),
        "served": [c for c in civilian if c["located"]],
        "unlocated": [c for c in corridors if not c["located"]],
        "armed": [c for c in corridors if c["users"] == "armed"],
        "hours_of": _hours_of(plan),
        "rates_of": lambda scenario: _rates_of(scenario["rates"], corridors),
        "scenarios": _scenarios(plan),
        "made_for": _made_for(plan),
        "schedule_spread": _schedule_spread(plan),
        "corridors": {c["id"]: c for c in corridors},
        "corridor_names": {c["id"]: c["name"] for c in corridors},
        "group_names": {g["id"]: g["name"] for g in plan["optimum"]["groups"]},
        "day_parts": _day_parts(plan["window"]),
        "announced_min": _minutes(plan["window"]["announced"]),
        "usable_min": _minutes(plan["window"]["usable"]),
        "consent": [
            {**each, "sign": _STATUS_SIGNS.get(each["status"], "–")} for each in plan["consent"]
        ],
        "consent_sum": _consent_sum(plan["consent"]),
        "limits": _main_limits(plan["bottleneck"]),
        "main_assumptions": _main_assumptions(plan["assumptions"]),
        "first_waves": waves[:_FIRST_WAVES],
        "waves_people": sum(wave["people"] for wave in waves),
        "zone_names": {zone["id"]: zone["name"] for zone in plan["zones"]},
        "left_rows": left[:_FIRST_LEFT],
        "left_many": len(left),
        "left_sum": left_sum(left, groups=len(plan["optimum"]["groups"])),
        "unserved": [each for each in plan["equity"]["zones"] if not each["share_out"]],
        "safety_chart": safety_chart(plan["safety"]) if plan["safety"] else "",
        "safety_rows": safety_rows(plan["safety"]) if plan["safety"] else [],
        "equity_chart": _equity_chart(plan["equity"]["zones"]),
        "most_not_moved": max((each["people"] for each in plan["not_moved"]), default=0),
        "statements": statements(plan["declarations"]),
        "conflicts": [_conflict(each) for each in plan["conflicts"]],
    }


def _equity_chart(zones: list[dict[str, Any]]) -> Markup:
    """Draw each zone's share out, as wide as its people are many, the worst served first."""
    rows = [Step(each["zone_name"], each["people"], each["share_out"] * 100) for each in zones]
    return for_both(
        lambda width: steps(
            rows, name="equity", width=width,
            title="Share of each zone's people out by closing, by the schedule",
            across="people inside, zones from worst to best served", up="% out by closing",
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


def _hours_of(plan: dict[str, Any]) -> dict[str, str]:
    hours: dict[str, list[str]] = {}
    for block in plan["blocks"]:
        span = f"{block['from'][11:16]} to {block['until'][11:16]}"
        hours.setdefault(block["corridor"], []).append(span)
    return {corridor: " and ".join(spans) for corridor, spans in hours.items()}


def _rates_of(rates: list[dict[str, str]], corridors: list[dict[str, Any]]) -> str:
    """Tell which figure crossings serve in a scenario: one for all, or one that is odd."""
    if len({each["figure"] for each in rates}) == 1:
        return rates[0]["figure"]
    names = {each["id"]: each["name"] for each in corridors}
    odd = ", ".join(
        f"{names.get(each['corridor'], each['corridor'])} {each['figure']}"
        for each in rates
        if each["figure"] != "best"
    )
    return f"best, but {odd}"


def _made_for(plan: dict[str, Any]) -> dict[str, str]:
    """Tell for which figures the schedule in use is made: the best, unless others were tried."""
    tried = plan["robust"]["schedules"] if plan["robust"] else []
    best = {"people": "best", "rates": "best"}
    return next((each["made_for"] for each in tried if each["in_use"]), best)


def _scenarios(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """List what the plan was tried over; figures of people that are the same count once."""
    tried = plan["robust"]["scenarios"] if plan["robust"] else []
    best = plan["people"]["best"]
    return [
        each for each in tried if each["people"] == "best" or plan["people"][each["people"]] != best
    ]


def _schedule_spread(plan: dict[str, Any]) -> dict[str, int] | None:
    """Tell between which counts the schedule ends where other figures turn out to be so."""
    ends = [each["out"] for each in _scenarios(plan)]
    if not ends or min(ends) == max(ends):
        return None
    return {"low": min(ends), "high": max(ends)}


def _consent_sum(consent: list[dict[str, Any]]) -> str:
    if not consent:
        return (
            "No party's consent was read from the text or given by the case. Check the text itself."
        )
    approving = sum(each["status"] == "approved" for each in consent)
    if approving == len(consent):
        return "Every party listed is said to have approved. Whether it has is not verified here."
    rejecting = sum(each["status"] == "rejected" for each in consent)
    others = len(consent) - approving - rejecting
    counts = (
        (approving, "said to have approved"),
        (rejecting, "rejected it" if rejecting else ""),
        (others, "silent or not asked"),
    )
    return (
        "Not every party has agreed: " + ", ".join(f"{n} {what}" for n, what in counts if n) + "."
    )


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
