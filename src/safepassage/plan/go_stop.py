"""Lay out go and stop: one card per civilian corridor, with what is missing shown as missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.window import iso_minute
from safepassage.plan.hours import ROUTE_CHECK
from safepassage.plan.movement import minutes_of, spread_of

if TYPE_CHECKING:
    from safepassage.case import Corridor
    from safepassage.case.go_stop import GoStop
    from safepassage.plan.model import Plan

__all__ = ["ABORT", "CARD", "go_stop_rows", "said"]

CARD = {
    "confirmed_by": "Route confirmed end to end by",
    "test_movement": "Test movement: who goes, when it has passed",
    "go": "May say go",
    "stop": "May say stop",
    "calls": "On stop, who calls whom",
    "means": "By what means",
    "shelter": "Nearest shelter",
    "water": "Nearest water",
    "weather": "Heat or cold",
    "stuck_vehicle": "A stuck vehicle",
    "wounded": "Wounded on the way",
}
"""What a card asks, in the order of the card; keys of ``corridors[].go_stop`` in a case."""

ABORT = ("calls", "means", "shelter", "water", "weather", "stuck_vehicle", "wounded")
"""Which of them are the abort card's."""

_NOTE = (
    "No wave starts before its route is confirmed end to end by named sources and a test movement "
    "has passed. Cards hold roles and duty lines, never names of persons. Missing: the case does "
    "not say it; ask before anybody walks."
)


def go_stop_rows(plan: Plan) -> dict[str, Any]:
    """Give every card as ``plan.json`` holds it."""
    cut = next((each for each in plan.hours.cuts if each.reason == ROUTE_CHECK), None)
    civilian = [each for each in plan.case.corridors if each.users == "civilian"]
    return {
        "note": _NOTE,
        "route_check": cut and {"from": iso_minute(cut.start), "until": iso_minute(cut.end)},
        "cards": [_card(plan, each) for each in civilian if each.id in plan.gate.corridors],
        "without_card": [each.name for each in civilian if each.id not in plan.gate.corridors],
    }


def _card(plan: Plan, corridor: Corridor) -> dict[str, Any]:
    items = [
        {"id": key, "asks": asks, "answer": said(corridor.go_stop, key)}
        for key, asks in CARD.items()
    ]
    return {
        "corridor": corridor.id,
        **_movement(plan, plan.gate.corridors.index(corridor.id)),
        "items": items,
        "missing": sum(each["answer"] is None for each in items),
        "source": corridor.go_stop.source,
    }


def said(card: GoStop, key: str) -> str | None:
    """Give what a corridor's card says on a key, roles joined; None where it is silent."""
    value = getattr(card, key)
    return (value if isinstance(value, str) else "; ".join(value)).strip() or None


def _movement(plan: Plan, gate: int) -> dict[str, Any]:
    """Tell when the schedule uses a crossing, and how many are on the road to it at most."""
    waves = [wave for wave in plan.schedule.waves if wave.gate == gate]
    if not waves:
        return {"first_wave": None, "last_passes": None, "most_on_the_road": None}
    moving = np.zeros(plan.hours.steps + 1, np.int64)
    for wave in waves:
        people = spread_of(wave)
        moving[minutes_of(wave, wave.depart)] += people
        moving[minutes_of(wave, wave.arrive)] -= people
    on_the_road = np.cumsum(moving)
    usable, worst = plan.hours.usable, int(on_the_road.argmax())
    last = max(minutes_of(wave, wave.arrive).stop for wave in waves)
    return {
        "first_wave": iso_minute(usable.at(int(min(wave.depart for wave in waves) + 1e-9))),
        "last_passes": iso_minute(usable.at(last)),
        "most_on_the_road": {
            "people": int(on_the_road[worst]), "at": iso_minute(usable.at(worst))
        },
    }  # fmt: skip
