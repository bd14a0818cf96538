"""Gather what a leaflet tells each zone, in the words of one language."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from safepassage.publish.leaflet_route import Ground, passed, steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from safepassage.publish.leaflet_route import Step
    from safepassage.publish.tongue import Tongue

__all__ = ["View", "slugs", "told_zones"]

_ROUND_MIN = 5
_ON_FOOT = frozenset({"walk", "stretcher"})
_STATUSES = {
    "proposed": "proposed", "open": "another choice", "too far": "too far for these hours",
    "no way": "no way from here is known",
}  # fmt: skip
_TURNS = {
    "start": "along {street}, {n} m", "on": "straight on along {street}, {n} m",
    "left": "left into {street}, {n} m", "right": "right into {street}, {n} m",
}  # fmt: skip


class View(NamedTuple):
    """Hold what every zone's leaflet shares: the documents, the map, the language."""

    plan: Mapping[str, Any]
    ground: Ground
    say: Tongue
    missing: set[str]
    """What had no name in this language, and stands as the case has it."""

    def at(self, moment: str) -> datetime:
        """Read a moment of the plan, which is local."""
        return datetime.fromisoformat(moment).replace(tzinfo=self.say.zone)

    def clock(self, moment: str | datetime) -> str:
        """Write hour and minute, with the day where it is another than the pause's first."""
        when = self.at(moment) if isinstance(moment, str) else moment
        start = self.at(self.plan["window"]["announced"]["start"])
        return self.say.when(when.isoformat(), start.isoformat())

    def word(self, text: str | None) -> str:
        """Say a name or words of the case in this language, if the catalogue has them."""
        return self._said(str(text)) if text and text.strip() else self.say("not known")

    def name(self, thing: Mapping[str, Any]) -> str:
        """Name a zone, corridor or group."""
        own = thing.get(f"name_{self.say.language}")
        return str(own) if own else self._said(str(thing["name"]))

    def _said(self, text: str) -> str:
        if self.say.language != "en" and text not in self.say.catalogue:
            self.missing.add(text)
        return self.say(text)


def slugs(plan: Mapping[str, Any]) -> dict[str, str]:
    """Give each zone a name that every file system takes, by its id."""
    found: dict[str, str] = {}
    for zone in plan["zones"]:
        plain = re.sub(r"[^\w-]+", "-", str(zone["id"])).strip("-")[:60] or "zone"
        name, number = plain, 2
        while name.casefold() in map(str.casefold, found.values()):
            name, number = f"{plain}-{number}", number + 1
        found[zone["id"]] = name
    return found


def told_zones(view: View, only: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """Give what is told to each zone with people, or only to those named."""
    corridors = {each["id"]: each for each in view.plan["corridors"]}
    waves: dict[str, list[Mapping[str, Any]]] = {}
    for wave in view.plan["schedule"]["waves"]:
        waves.setdefault(wave["zone"], []).append(wave)
    names = slugs(view.plan)
    for zone in view.plan["zones"]:
        if zone["people"]["high"] and (not only or zone["id"] in only):
            view.missing.clear()
            told = [_row(view, corridors[row["id"]], row) for row in zone["corridors"]]
            proposals = list(_proposals(view, waves.get(zone["id"], []), told))
            told_here = {
                "id": zone["id"], "slug": names[zone["id"]], "zone": zone,
                "name": view.name(zone), "other": _other_name(view, zone),
                "rows": [row for row in told if row["located"]],
                "lost": [row["name"] for row in told if not row["located"]],
                "armed": _armed(view), "proposals": proposals, "unknown": _unknown(view, told),
            }  # fmt: skip
            yield {**told_here, "unnamed": bool(view.missing)}


def _other_name(view: View, zone: Mapping[str, Any]) -> str:
    other = zone["name"] if view.say.language != "en" else zone["name_ar"]
    return str(other) if other != view.name(zone) else ""


def _armed(view: View) -> list[str]:
    return [view.name(each) for each in view.plan["corridors"] if each["users"] == "armed"]


def _row(view: View, corridor: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Tell a corridor as it is from one zone."""
    latest, slow = _latest(view, row)
    groups = {each["id"]: each for each in view.plan["groups"]}
    return {
        "id": corridor["id"], "name": view.name(corridor), "corridor": corridor,
        "destination": view.word(corridor["destination"]),
        "near": view.word(corridor["controlled_near"]),
        "far": view.word(corridor["controlled_far"]),
        "status": row["status"], "said": view.say(_STATUSES.get(row["status"], row["status"])),
        "located": bool(corridor["located"]), "walk_min": row["walk_min"], "latest": latest,
        "slow": slow,
        "only": [view.name(groups[each]) for each in corridor["groups"] if each in groups],
    }  # fmt: skip


def _latest(view: View, row: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    """Tell when who walks at the plan's pace, and who walks slowest, must have set out.

    Both reach the crossing as the usable hours end, with no queue before it; the walk is as
    the plan has it for its quickest group, the slowest pace the least of any group on foot.
    """
    if row["walk_min"] is None or row["status"] not in {"proposed", "open"}:
        return None, None
    usable = view.plan["window"]["usable"]
    start, end = view.at(usable["start"]), view.at(usable["end"])
    paces = [
        each["speed_m_per_s"] for each in view.plan["groups"]
        if each["means"] in _ON_FOOT and (not row["groups"] or each["id"] in row["groups"])
    ]  # fmt: skip
    slower = max(p["best"] for p in paces) / min(p["low"] for p in paces) if paces else 1.0
    latest, slow = (
        _floor(end - timedelta(minutes=row["walk_min"] * by)) for by in (1.0, slower)
    )  # fmt: skip
    return (latest if latest >= start else None), (slow if slow >= start else None)


def _floor(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // _ROUND_MIN * _ROUND_MIN, second=0, microsecond=0)


def _proposals(
    view: View, waves: Sequence[Mapping[str, Any]], rows: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Give what the schedule proposes to a zone: each corridor and way with its hours."""

    def way(wave: Mapping[str, Any]) -> tuple[str, str, tuple[int, ...]]:
        return wave["corridor"], wave["shuttle"] or "", tuple(wave["streets"])

    by_id = {row["id"]: row for row in rows}
    buses = {each["id"]: each for each in view.plan["shuttles"]}
    groups = {each["id"]: view.name(each) for each in view.plan["groups"]}
    for (corridor, bus, _), found in groupby(sorted(waves, key=way), key=way):
        same = list(found)
        sketchy = bool(view.ground.map["schematic"])
        walked = steps(view.ground, same[0])
        via = passed(view.ground, same[0], view.plan["zones"]) if sketchy else []
        yield {
            "row": by_id[corridor], "hours": _hours(view, same),
            "groups": list(dict.fromkeys(groups.get(w["group"], w["group"]) for w in same))
            if len(groups) > 1 else [],
            "bus": view.name(buses[bus]) if bus else "",
            "steps": [] if sketchy else [_step(view, each) for each in walked],
            "via": [view.name(each) for each in via], "passed": via, "sketchy": sketchy,
            "lines": [each.line for each in walked],
        }  # fmt: skip


def _hours(view: View, waves: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Join the hours to set out where one wave follows on another."""
    spans: list[list[str]] = []
    for wave in sorted(waves, key=lambda each: str(each["from"])):
        if spans and wave["from"] <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], wave["until"])
        else:
            spans.append([wave["from"], wave["until"]])
    return [(view.clock(start), view.clock(until)) for start, until in spans]


def _step(view: View, step: Step) -> str:
    street = step.name or view.say("a street without a name on the map")
    return view.say(_TURNS[step.turn], street=street, n=max(10, int(round(step.length_m, -1))))


def _unknown(view: View, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """List what nobody has said, or what is only assumed."""
    say = view.say
    here = [row for row in rows if row["located"]]

    def lacking(key: str) -> list[str]:
        return [row["name"] for row in here if not str(row["corridor"][key] or "").strip()]

    asked = [
        ("Where these really are, which is assumed: {names}.",
         [row["name"] for row in here if row["corridor"]["assumed"]]),
        ("Who controls the near side: {names}.", lacking("controlled_near")),
        ("Who controls the far side: {names}.", lacking("controlled_far")),
        ("Where they lead: {names}.", lacking("destination")),
        ("How people are checked: {names}.", lacking("screening")),
        ("Whether people may come back: {names}.", lacking("returning")),
    ]  # fmt: skip
    every = len(here)
    told = [
        say(text, names=say("all of them") if len(names) == every > 1 else say.listed(names))
        for text, names in asked if names
    ]  # fmt: skip
    return [
        *told, say("How long people wait at a crossing."),
        say("Whether every street is free of mines, remnants of war and rubble."),
        say("Whether the pause holds."),
    ]  # fmt: skip
