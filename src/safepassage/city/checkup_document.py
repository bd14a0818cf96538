"""Write a check-up as plain data, and as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.provenance import stamp

if TYPE_CHECKING:
    from safepassage.case import Corridor
    from safepassage.city.checkup import CheckUp
    from safepassage.city.model import Flags, Floats

__all__ = ["SCHEMA_VERSION", "checkup_document"]

SCHEMA_VERSION = "1.0"
MOST_PARTS = 12
"""More parts of a network than a person looks at."""


def checkup_document(found: CheckUp) -> dict[str, Any]:
    """Give a check-up as the document that ``checkup.schema.json`` describes."""
    case, city = found.loaded.case, found.city
    zones = _zones(found)
    crossings = [_crossing(found, corridor) for corridor in case.corridors]
    parts = _parts(found)
    return {
        **stamp("checkup", SCHEMA_VERSION, found.inputs, city.attribution),
        "case": {"id": case.id, "title": case.title, "place": {"name": case.place.name}},
        "schematic": city.schematic,
        "mode": city.mode,
        "setback_m": case.options.setback_m,
        "look_first": _look_first(found, zones, crossings, parts),
        "counts": _counts(found, crossings, parts),
        "people": {**_whole(city.zones.low, city.zones.best, city.zones.high, _all(found)),
                   "source": city.people.source},
        "zones": zones,
        "crossings": crossings,
        "parts": parts[:MOST_PARTS],
        "classes": _classes(found),
        "left_out": [{"what": w, "count": n} for w, n in city.streets.left_out.items()],
        "hazards": _hazards(found),
        "cleared": [
            {"by": each.by, "on": each.on.isoformat(), "source": each.source,
             **_length(found, each.streets)}
            for each in city.cleared
        ],
        "assumptions": _assumptions(found),
    }  # fmt: skip


def _all(found: CheckUp) -> Flags:
    return np.ones(len(found.city.zones), np.bool_)


def _whole(low: Floats, best: Floats, high: Floats, chosen: Flags) -> dict[str, int]:
    ends = {"low": low, "best": best, "high": high}
    return {end: round(float(people[chosen].sum())) for end, people in ends.items()}


def _length(found: CheckUp, chosen: Flags) -> dict[str, Any]:
    """Count streets, each once, and their length."""
    streets = found.city.streets
    once = chosen & streets.once
    return {"streets": int(once.sum()), "km": round(float(streets.length_m[once].sum()) / 1000, 3)}


def _counts(
    found: CheckUp, crossings: list[dict[str, Any]], parts: list[dict[str, Any]]
) -> dict[str, Any]:
    city = found.city
    streets = city.streets
    every = np.ones(streets.n_streets, np.bool_)
    return {
        "junctions": streets.n_nodes, **_length(found, every),
        "one_way": int((streets.oneway & streets.once).sum()),
        "bridges": int((streets.bridge & streets.once).sum()),
        "tunnels": int((streets.tunnel & streets.once).sum()),
        "parts": len(parts),
        "zones": len(city.zones), "doors": len(city.zones.door_zone),
        "zones_without_a_way_out": int(found.no_way.sum()),
        "zones_cut_off": int(found.cut_off.sum()),
        "corridors": len(crossings),
        "located": sum(each["located"] for each in crossings),
    }  # fmt: skip


def _zones(found: CheckUp) -> list[dict[str, Any]]:
    zones, city = found.city.zones, found.city
    civilian = np.flatnonzero(found.civilian)
    metres = found.metres[civilian]
    doors = np.bincount(zones.door_zone, minlength=len(zones))
    rows = []
    for i in range(len(zones)):
        nearest = int(metres[:, i].argmin()) if len(civilian) else -1
        away = float(metres[nearest, i]) if len(civilian) else np.inf
        way = "none" if found.no_way[i] else "closed" if found.cut_off[i] else "open"
        rows.append(
            {
                "id": zones.ids[i], "name": zones.names[i], "name_ar": zones.names_ar[i],
                "pcode": zones.pcodes[i], "lat": float(zones.lat[i]), "lon": float(zones.lon[i]),
                "people": {
                    "low": round(zones.low[i]), "best": round(zones.best[i]),
                    "high": round(zones.high[i]),
                },
                "doors": int(doors[i]), "door_m": round(float(zones.access_m[i])),
                "way": way if len(civilian) else "unknown",
                "corridor": city.crossings[civilian[nearest]].corridor
                if np.isfinite(away) else None,
                "metres": round(away) if np.isfinite(away) else None,
            }
        )  # fmt: skip
    return rows


def _crossing(found: CheckUp, corridor: Corridor) -> dict[str, Any]:
    at, city = corridor.position, found.city
    row = next((i for i, c in enumerate(city.crossings) if c.corridor == corridor.id), None)
    rate = corridor.people_per_min
    served = row is not None and corridor.users == "civilian"
    osm = None if row is None else int(city.streets.node_id[city.crossings[row].node])
    return {
        "id": corridor.id, "name": corridor.name, "name_ar": corridor.name_ar,
        "users": corridor.users, "located": row is not None,
        "assumed": bool(at and at.is_assumption),
        "lat": at.lat if at else None, "lon": at.lon if at else None,
        "accuracy_m": at.accuracy_m if at else None,
        "snapped_m": None if row is None else round(city.crossings[row].snapped_m, 1),
        "osm_node": osm if osm is not None and osm >= 0 else None,
        "people_per_min": None if rate is None or not served else rate.as_json(),
        "reach": _reach(found, row) if served and row is not None else None,
        "source": at.source if at else "",
    }  # fmt: skip


def _reach(found: CheckUp, row: int) -> dict[str, Any]:
    """Tell from where a crossing is reached; never asked of armed groups' crossings."""
    best, mine = found.city.zones.best, found.metres[row]
    reached = np.isfinite(mine)
    civilian = np.flatnonzero(found.civilian)
    # of two as near as each other, the first, as in the rows of zones: nobody is counted twice
    nearest = reached & (civilian[found.metres[civilian].argmin(axis=0)] == row)
    told: dict[str, Any] = {
        "zones": int(reached.sum()), "people": round(float(best[reached].sum())),
        "nearest_to": round(float(best[nearest].sum())),
        "nearest_m": None, "half_within_m": None, "farthest_m": None,
    }  # fmt: skip
    if best[reached].sum() > 0:
        order = np.argsort(mine[reached], kind="stable")
        people = np.cumsum(best[reached][order])
        half = int(np.searchsorted(people, people[-1] / 2))
        told |= {
            "nearest_m": round(float(mine[reached].min())),
            "half_within_m": round(float(mine[reached][order][half])),
            "farthest_m": round(float(mine[reached].max())),
        }
    return told


def _parts(found: CheckUp) -> list[dict[str, Any]]:
    """List the parts that the open streets fall into; junctions alone are no part."""
    city, part = found.city, found.part
    number = int(part.max()) + 1
    junctions = np.bincount(part, minlength=number)
    once = found.open_streets & city.streets.once
    home = part[city.streets.tail[once]]
    metres = np.bincount(home, weights=city.streets.length_m[once], minlength=number)
    streets = np.bincount(home, minlength=number)
    doors = city.zones
    lives = doors.best[doors.door_zone] * doors.door_share
    people = np.bincount(part[doors.door_node], weights=lives, minlength=number)
    zones = np.bincount(part[doors.node], minlength=number)
    gates = np.bincount([part[c.node] for c in city.crossings], minlength=number)
    return [
        {
            "junctions": int(junctions[k]), "streets": int(streets[k]),
            "km": round(float(metres[k]) / 1000, 3), "zones": int(zones[k]),
            "people": round(float(people[k])), "crossings": int(gates[k]),
        }
        for k in np.flatnonzero((junctions > 1) | (zones > 0) | (gates > 0)).tolist()
    ]  # fmt: skip


def _classes(found: CheckUp) -> list[dict[str, Any]]:
    """Tell of each class of street how much there is, and how much of its width is known."""
    streets = found.city.streets
    rows = []
    for k, name in enumerate(streets.highway_names):
        mine = streets.once & (streets.highway == k)
        if not mine.any():
            continue
        length = streets.length_m[mine]
        tagged = float(length[streets.width_tagged[mine]].sum() / max(length.sum(), 1e-9))
        width, lanes = streets.width_m[mine], streets.lanes[mine]
        rows.append(
            {
                "highway": name,
                "streets": int(mine.sum()),
                "km": round(float(length.sum()) / 1000, 3),
                "width_m": [round(float(width.min()), 2), round(float(width.max()), 2)],
                "lanes": [round(float(lanes.min()), 2), round(float(lanes.max()), 2)],
                "width_tagged": round(tagged, 3),
            }
        )
    return sorted(rows, key=lambda row: (-row["km"], row["highway"]))


def _hazards(found: CheckUp) -> list[dict[str, Any]]:
    return [
        {
            **each.as_row(), **_length(found, each.taken),
            "cleared": _length(found, each.cleared)["streets"],
        }
        for each in found.city.hazards
    ]  # fmt: skip


def _look_first(
    found: CheckUp, zones: list[dict[str, Any]], crossings: list[dict[str, Any]],
    parts: list[dict[str, Any]],
) -> list[str]:  # fmt: skip
    """Say in sentences what stands in the way of a plan, the worst first."""
    said = []
    for way, why in (
        ("none", "no street leads from there to a civilian crossing, so that no plan is made"),
        (
            "closed",
            "streets that are closed or not cleared lie between; a plan moves nobody from there",
        ),
    ):
        lost = [zone for zone in zones if zone["way"] == way]
        if lost:
            people = sum(zone["people"]["best"] for zone in lost)
            have = "zone has" if len(lost) == 1 else "zones have"
            said.append(f"{len(lost):,} {have} no way out ({people:,} people): {why}.")
    if not any(each["reach"] for each in crossings):
        said.append("No civilian crossing is located, so that nobody can be planned for.")
    said += [
        f"Nobody gets to {each['name']} over streets that are open."
        for each in crossings
        if each["reach"] and not each["reach"]["people"]
    ]
    missing = [each["name"] for each in crossings if not each["located"]]
    if missing:
        said.append(f"Announced, not located, and on no map here: {', '.join(missing)}.")
    assumed = [each["name"] for each in crossings if each["assumed"]]
    if assumed:
        said.append(f"Where these cross is an assumption: {', '.join(assumed)}.")
    if len(parts) > 1:
        rest = sum(part["people"] for part in parts[1:])
        said.append(
            f"The streets fall into {len(parts):,} parts that no open street joins; "
            f"{rest:,} people live outside the largest."
        )
    if found.city.schematic:
        said.append("This city is schematic: lines join neighbourhoods and are no streets.")
    return said


def _assumptions(found: CheckUp) -> list[dict[str, str]]:
    """List what the city rests on; without a source it is an assumption."""
    case, city = found.loaded.case, found.city
    lines = [{"text": note.text, "source": note.source} for note in case.assumptions]
    lines += [{"text": f"{text}.", "source": source} for text, source in city.assumptions]
    lines.append({"text": f"People inside: {city.people}.", "source": city.people.source})
    lines += [
        {"text": f"Position of {c.name}, known to {c.position.accuracy_m:g} m.",
         "source": "" if c.position.assumed else c.position.source}
        for c in case.corridors
        if c.position
    ]  # fmt: skip
    lines += [
        {"text": f"{c.name}: {rate} people a minute.", "source": rate.source}
        for c in case.corridors
        if (rate := c.people_per_min) is not None
    ]
    streets = city.streets
    if not city.schematic:
        once = streets.once
        tagged = streets.length_m[once & streets.width_tagged].sum()
        share = float(tagged / max(streets.length_m[once].sum(), 1e-9))
        lines.append(
            {
                "text": f"Widths: {share:.1%} of the streets' length has a tagged width; the rest "
                "has the default of its class.",
                "source": "",
            }
        )
    return lines
