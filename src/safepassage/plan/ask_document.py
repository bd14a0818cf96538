"""Write what each change is worth as plain data, with sentences for whoever reads it first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.base.phrases import signed
from safepassage.base.provenance import stamp
from safepassage.base.window import hhmm
from safepassage.plan.words import (
    CEILING_NOTE,
    NOT_ESTIMATED,
    PROTECTION,
    consent_entries,
    limit_text,
)

if TYPE_CHECKING:
    from safepassage.plan.ask import Gain, Worth

__all__ = ["SCHEMA_VERSION", "ask_document", "change_rows"]

SCHEMA_VERSION = "1.0"

MEANING = (
    (
        "Each number is the difference of two optima, each solved whole: with the change and "
        "without it. It says what becomes possible, not how many people will come."
    ),
    (
        "People gained are past the crossings by closing, with the best figures of what crossings "
        "serve. Low and high are for the fewest and the most people inside."
    ),
    (
        "Gains do not add up. Two changes together may be worth more or less than apart; only the "
        "combinations that are listed were solved."
    ),
    "No number says that a change is safe, or that anybody has agreed to it.",
)

_BELOW_NOTHING = (
    "Where something added shows a small loss, the search has sent people other ways through "
    "streets walked one way, or an earlier group has taken room from a later one. What was "
    "possible without it still is: read such a number as nothing gained."
)


def ask_document(worth: Worth) -> dict[str, Any]:
    """Give it as the document that ``ask.schema.json`` describes."""
    used = any(
        corridor.position is not None and corridor.position.is_assumption
        for corridor in worth.case.corridors
        if corridor.users == "civilian"
    )
    return {
        **stamp("ask", SCHEMA_VERSION, worth.inputs, worth.city.attribution),
        "case": worth.case.as_row(),
        "complete": worth.complete,
        "asked": worth.asked,
        "answered": len(worth.gains) + len(worth.refused),
        "conditional": used or any(gain.assumed for gain in worth.gains),
        "window": {
            "announced": worth.hours.announced.as_json(), "usable": worth.hours.usable.as_json(),
            "usable_min": worth.hours.usable.minutes,
        },
        "people": {**worth.people.whole(), "source": worth.people.source},
        "out": worth.out.as_json(),
        "likely_to_come": NOT_ESTIMATED,
        "ceiling_note": CEILING_NOTE,
        "consent": consent_entries(worth),
        "headline": _headline(worth),
        "changes": change_rows(worth),
        "refused": [{"change": name, "reason": reason} for name, reason in worth.refused],
        "places": _places(worth),
        "zones": _zones(worth),
        "limits": [limit_text(worth, limit) for limit in worth.limits],
        "meaning": [*MEANING, *([_BELOW_NOTHING] if _some_below(worth) else [])],
        "protection": list(PROTECTION),
    }  # fmt: skip


def change_rows(worth: Worth) -> list[dict[str, Any]]:
    """Give the changes as ``safepassage ask --json`` prints them, most people per unit first."""
    return [
        {
            "change": gain.change, "unit": gain.unit,
            "people_gained": gain.people_gained.as_json(), "per_unit": round(gain.per_unit, 4),
            "units": gain.units, "kind": gain.kind, "parts": list(gain.parts),
            "beyond_sum": gain.beyond_sum.as_json() if gain.beyond_sum else None,
            "assumed": gain.assumed, "note": gain.note,
        }
        for gain in worth.gains
    ]  # fmt: skip


def _places(worth: Worth) -> list[dict[str, Any]]:
    """List where civilian corridors cross, and where others might."""
    found: list[dict[str, Any]] = []
    for corridor in worth.case.corridors:
        at = corridor.position
        if corridor.users == "civilian" and at is not None:
            found.append(
                {
                    "name": corridor.name, "kind": "crossing", "lat": at.lat, "lon": at.lon,
                    "assumed": at.is_assumption, "source": at.source,
                }
            )  # fmt: skip
        found += [
            {
                "name": f"{corridor.name} at {place.name}", "kind": "plausible",
                "lat": place.lat, "lon": place.lon, "assumed": True, "source": place.source,
            }
            for place in corridor.plausible
        ]  # fmt: skip
    return found


def _zones(worth: Worth) -> list[dict[str, Any]]:
    zones = worth.city.zones
    return [
        {"name": name, "lat": float(lat), "lon": float(lon), "people": round(float(people))}
        for name, lat, lon, people in zip(
            zones.names, zones.lat, zones.lon, zones.best, strict=True
        )
    ]


def _headline(worth: Worth) -> list[str]:
    end = hhmm(worth.hours.usable.end)
    said = [
        (
            f"With nothing changed, at best {worth.out.best:,} of {round(worth.people.best):,} "
            f"people are past the crossings by {end}."
        )
    ]
    gains = [g for g in worth.gains if g.kind not in ("lost", "both") and g.people_gained.best > 0]
    if gains:
        most = max(gains, key=lambda gain: (gain.people_gained.best, gain.people_gained.high))
        said.append(
            f"Of single changes this makes most possible: {most.change}, "
            f"{signed(most.people_gained.best)} people."
        )
    lost = [gain for gain in worth.gains if gain.kind == "lost"]
    if lost:
        worst = min(lost, key=lambda gain: gain.people_gained.best)
        said.append(f"Worst loss: {worst.change}, {signed(worst.people_gained.best)} people.")
    return [*said, *_steady(worth), *_nothing(worth)]


def _steady(worth: Worth) -> list[str]:
    """Say that numbers do not depend on how many people are inside, where none does."""
    figures = [worth.out, *(gain.people_gained for gain in worth.gains)]
    people = worth.people
    if people.low == people.high or any(len({f.low, f.best, f.high}) > 1 for f in figures):
        return []
    few, many = f"{people.low:,.0f}", f"{people.high:,.0f}"
    return [f"All numbers are the same whether {few} people are inside or {many}."]


def _nothing(worth: Worth) -> list[str]:
    """Say which changes gain nothing, and what the limit is then."""
    idle = [g for g in worth.gains if g.kind not in ("lost", "both") and g.people_gained.best <= 0]
    why: dict[str, list[str]] = {}
    for gain in idle:
        if gain.note:
            why.setdefault(gain.note, []).append(gain.change)
    said = [
        f"Gains nothing: {'; '.join(names)}. The reason: {note}." for note, names in why.items()
    ]
    solved = [gain for gain in idle if not gain.note]
    if solved:
        last = [limit for limit in worth.limits if not limit.done][-1:]
        limits = "".join(f" {limit_text(worth, limit)}" for limit in last)
        if worth.out.best >= round(worth.people.best):
            limits = " Everybody is out without it."
        names = "; ".join(gain.change for gain in solved)
        said.append(f"Gains nothing: {names}.{limits}")
    return said


def _some_below(worth: Worth) -> bool:
    def below(gain: Gain) -> bool:
        figures = gain.people_gained
        return gain.kind != "lost" and min(figures.low, figures.best, figures.high) < 0

    return any(below(gain) for gain in worth.gains)
