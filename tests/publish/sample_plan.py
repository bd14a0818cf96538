"""Make a plan and a map of the agreed shape, so that the brief is tested without a solver.

The town is schematic and the plan is a toy (each zone walks to its nearest crossing, crossings
bind), but every total follows from the waves, so that a page can be checked against it.
"""

from __future__ import annotations

import csv
import heapq
import json
import math
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"
START = datetime(2016, 11, 4, 10, 0)  # noqa: DTZ001 - local clock of the case
MINUTES = 392
STEPS = MINUTES - 1
SLOT = 15
WALK_M_PER_MIN = 66.0
INSIDE = 200_000
RATE = {"low": 25.0, "best": 40.0, "high": 55.0, "source": ""}
GROUPS = (("wounded", "Wounded and sick", 0.02), ("families", "Families on foot", 0.98))

CIVILIAN = (
    ("bustan-al-qasr", "Bustan al-Qasr to Mashariqa", "بستان القصر", 36.1977, 37.1445, 300),
    ("salah-al-din", "Salah al-Din to Hamdaniyah", "صلاح الدين", 36.1910, 37.1236, 400),
    ("sheikh-saeed", "Sheikh Saeed", "الشيخ سعيد", 36.1602, 37.1436, 600),
)
ARMED = (
    ("castello", "Castello Road", "الكاستيلو", 36.2470, 37.1640, 500),
    ("souk-al-hal", "Souk al-Hal to Mashariqa", "سوق الهال", 36.1987, 37.1449, 300),
)
CONSENT = (
    ("Government of Syria", "approved", "Ministry of Defence of the Russian Federation"),
    ("Armed opposition groups in east Aleppo", "rejected", "middleeastobserver.org, 2 Nov 2016"),
    ("United Nations", "not asked", "rferl.org, 4 Nov 2016"),
)
PROTECTION = (
    "Leaving is a choice. Nobody may be forced or pressed to leave, and nobody kept from leaving.",
    "Those who stay remain civilians and keep their protection under international humanitarian "
    "law, during the pause and after it.",
    "Past a crossing is not yet safe: people may wait there, be screened, turned back or held. "
    "Who controls each side is listed with each corridor.",
    "A family stays together and people choose their destination; a schedule only proposes.",
    "No wave starts before its route is confirmed end to end by named sources and a test movement "
    "has passed. This plan is neither permission nor protection.",
    "Corridors for armed groups are kept free of everybody else. Nothing about fighters is "
    "computed. The wounded include anyone who is out of the fight.",
)
WARNINGS = (
    "No street is confirmed as cleared. The author of this sample chose to plan as if all were: no "
    "survey of 4 November 2016 is known.",
    "The position of 3 corridors is an assumption: Bustan al-Qasr to Mashariqa, Salah al-Din to "
    "Hamdaniyah and Sheikh Saeed. Every number here is conditional on it.",
    "Bustan al-Qasr to Mashariqa and Souk al-Hal to Mashariqa lie 117 m apart by positions that "
    "may be wrong by 600 m together: they cannot be shown to be apart. Ask how civilians and armed "
    "groups are kept apart there.",
    "Rejected by: Armed opposition groups in east Aleppo. A pause that one side rejects may not "
    "hold.",
)
ASSUMPTIONS = (
    ("Three corridors stand where three were named in July 2016; no source names the six of "
     "November.", ""),
    ("A crossing screens 40 people a minute (25 to 55).", ""),
    ("People inside: 126,500 to 275,000.", "UN planning figure, autumn 2016; registered afterwards"),
    ("People walk 1.1 m/s; a family walks at its slowest member's speed.",
     "Weidmann 1993, lowered for children and the old"),
    ("The first hour is kept for confirming routes and a test movement.", ""),
    ("Nobody sets out after sunset.", ""),
    ("Walks are 1.3 times the straight line between neighbourhoods.", ""),
    ("Wounded and sick: 2 % of the people, moved at 0.6 m/s.", ""),
    ("Families on foot: 98 % of the people.", ""),
    ("100 m around armed groups' crossings are kept free, and 30 minutes before and after their "
     "hours.", ""),
    ("A metre of street lets 0.6 (0.4 to 0.8) people through a second.",
     "Weidmann 1993; lowered for crowds with luggage"),
)


@dataclass
class Town:
    """Hold zones, crossings and the links between them."""

    names: list[tuple[str, str]] = field(default_factory=list)
    at: list[tuple[float, float]] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    known: bool = False


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Measure between two (lat, lon) points on a flat earth."""
    east = (a[1] - b[1]) * math.cos(math.radians(a[0])) * 111_195
    return math.hypot(east, (a[0] - b[0]) * 111_195)


def town(facts: Path | None) -> Town:
    """Lay 64 zones: from the table of places where it is at hand, else a made-up grid."""
    made, rng = Town(), random.Random(4)  # noqa: S311 - a sample, not a secret
    table = facts / "aleppo_2016_places.csv" if facts else None
    if table and table.is_file():
        made.known = True
        with table.open(encoding="utf-8", newline="") as file:
            rows = [
                row for row in csv.DictReader(file)
                if row["controlled_by_2016_11_04"].startswith(("armed opposition", "front line"))
            ][:64]
        for row in rows:
            made.names.append((row["name"], row["alt_names"].split(";")[0]))
            made.at.append((float(row["lat"]), float(row["lon"])))
            made.people.append(round(float(row["area_km2"] or 0.3) ** 0.6 * 9000 / 10) * 10)
    else:
        for i in range(64):
            made.names.append((f"Quarter {i + 1}", f"الحي {i + 1}"))
            lat = 36.164 + (i // 8) * 0.0075 + rng.uniform(-0.002, 0.002)
            made.at.append((lat, 37.130 + (i % 8) * 0.009 + rng.uniform(-0.002, 0.002)))
            made.people.append(rng.randrange(600, 7000, 10))
    scale = INSIDE / sum(made.people)
    made.people = [round(n * scale) for n in made.people]
    near = set()
    for i, a in enumerate(made.at):
        order = sorted(range(len(made.at)), key=lambda j, a=a: metres(a, made.at[j]))
        near |= {(min(i, j), max(i, j)) for j in order[1:5]}
    for _, _, _, lat, lon, _ in CIVILIAN:
        order = sorted(range(64), key=lambda j, a=(lat, lon): metres(a, made.at[j]))
        near |= {(j, len(made.at)) for j in order[:3]}
        made.at.append((lat, lon))
    made.links = sorted(near)
    return made


def walks(place: Town, crossing: int) -> tuple[list[float], list[int]]:
    """Walk from every node to a crossing: minutes, and the next node on the way."""
    beside: dict[int, list[tuple[int, float]]] = {}
    for a, b in place.links:
        minutes = metres(place.at[a], place.at[b]) * 1.3 / WALK_M_PER_MIN
        beside.setdefault(a, []).append((b, minutes))
        beside.setdefault(b, []).append((a, minutes))
    far = [math.inf] * len(place.at)
    onward = [-1] * len(place.at)
    far[crossing] = 0.0
    queue = [(0.0, crossing)]
    while queue:
        so_far, node = heapq.heappop(queue)
        for other, minutes in beside.get(node, []):
            if so_far + minutes < far[other] and (other < 64 or other == crossing):
                far[other], onward[other] = so_far + minutes, node
                heapq.heappush(queue, (far[other], other))
    return far, onward


def clock(minute: float) -> str:
    """Write a minute of the plan as local time."""
    return (START + timedelta(minutes=minute)).isoformat(timespec="minutes")


def streets(place: Town) -> list[dict[str, Any]]:
    """Draw every link once; its way back has the next index."""
    drawn: list[dict[str, Any]] = []
    for a, b in place.links:
        line = [[place.at[n][1], place.at[n][0]] for n in (a, b)]
        i = 2 * len(drawn)
        drawn.append({"i": i, "also": [i + 1], "name": "", "way_id": -1, "tail": a, "head": b,
                      "line": line})
    return drawn


def ramp(begin: int, until: int, people: int) -> list[int]:
    """Count people up evenly from one minute to another; cumulative, whole people."""
    span = max(1, until - begin)
    return [round(people * min(max(m + 1 - begin, 0), span) / span) for m in range(MINUTES)]


def add(total: list[int], more: list[int]) -> None:
    """Add a list to another in place."""
    for m, value in enumerate(more):
        total[m] += value


def schedule(place: Town, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Send every zone to its nearest crossing, in slots that the crossing can take."""
    by_ends = {(s["tail"], s["head"]): s["i"] for s in lines}
    by_ends |= {(s["head"], s["tail"]): s["i"] + 1 for s in lines}
    reach = [walks(place, 64 + c) for c in range(len(CIVILIAN))]
    own = [min(range(len(CIVILIAN)), key=lambda c, z=z: reach[c][0][z]) for z in range(64)]
    left = list(place.people)
    waves: list[dict[str, Any]] = []
    departed = [[0] * MINUTES for _ in range(64)]
    passed = [[0] * MINUTES for _ in CIVILIAN]
    for c, corridor in enumerate(CIVILIAN):
        far, onward = reach[c]
        order = sorted((z for z in range(64) if own[z] == c), key=lambda z: far[z])
        first = math.ceil(far[order[0]]) + 3
        for opens in range(first, MINUTES - SLOT + 1, SLOT):
            room = int(RATE["best"] * SLOT)
            ready = [z for z in order if left[z] and far[z] <= opens][:2]
            for share, zone in zip((0.6, 1.0) if len(ready) > 1 else (1.0,), ready, strict=True):
                going = min(left[zone], int(room * share))
                room -= going
                left[zone] -= going
                walk = math.ceil(far[zone])
                nodes = [zone]
                while nodes[-1] != 64 + c:
                    nodes.append(onward[nodes[-1]])
                waves.append({
                    "id": f"w{len(waves) + 1:03d}", "zone": f"z{zone:02d}",
                    "zone_name": place.names[zone][0], "group": "families",
                    "corridor": corridor[0], "from": clock(opens - walk),
                    "until": clock(opens - walk + SLOT), "people": going,
                    "people_per_min": round(going / SLOT, 2), "walk_min": walk,
                    "passes_from": clock(opens), "passes_until": clock(opens + SLOT),
                    "streets": [by_ends[pair] for pair in zip(nodes, nodes[1:], strict=False)],
                    "nodes": nodes,
                })
                add(departed[zone], ramp(opens - walk, opens - walk + SLOT, going))
                add(passed[c], ramp(opens, opens + SLOT, going))
    out = [sum(column) for column in zip(*passed, strict=True)]
    gone = [sum(column) for column in zip(*departed, strict=True)]
    return {"waves": waves, "departed": departed, "passed": passed, "cumulative": out,
            "on_the_road": [g - o for g, o in zip(gone, out, strict=True)], "own": own,
            "first": [min(reach[c][0][z] for z in range(64)) for c in range(len(CIVILIAN))]}


def best(first: float, rate: float, head_start: float = 0.0) -> list[int]:
    """Count people past a crossing that is busy from the first arrival on."""
    return [int(rate * max(0, m + 1 - max(0, math.ceil(first - head_start))))
            for m in range(MINUTES)]


def corridors(sched: dict[str, Any], optimum: list[list[int]]) -> list[dict[str, Any]]:
    """List eight corridors: three assumed, three not located, two for the armed."""
    common = {"assumed": False, "optimum_passed": None, "schedule_passed": None,
              "people_per_min": None, "controlled_near": "armed opposition groups",
              "controlled_far": "Government of Syria"}
    rows = []
    for c, (key, name, name_ar, lat, lon, accuracy) in enumerate(CIVILIAN):
        rows.append({**common, "id": key, "name": name, "name_ar": name_ar, "users": "civilian",
                     "located": True, "assumed": True, "lat": lat, "lon": lon,
                     "position_accuracy_m": accuracy, "people_per_min": dict(RATE),
                     "destination": "government-held west Aleppo", "source":
                     "named by SOHR, 28 Jul 2016; position inferred",
                     "optimum_passed": optimum[c], "schedule_passed": sched["passed"][c]})
    for n in (4, 5, 6):
        rows.append({**common, "id": f"civilian-{n}", "name": f"Civilian corridor {n}",
                     "name_ar": "", "users": "civilian", "located": False, "lat": None,
                     "lon": None, "position_accuracy_m": None, "destination": "",
                     "source": "announced 2 Nov 2016; no source names it"})
    for key, name, name_ar, lat, lon, accuracy in ARMED:
        rows.append({**common, "id": key, "name": name, "name_ar": name_ar, "users": "armed",
                     "located": True, "lat": lat, "lon": lon, "position_accuracy_m": accuracy,
                     "destination": "Idlib or the Turkish border", "source":
                     "Interfax, TASS, 19 to 21 Oct 2016; position inferred"})
    return rows


def declaration() -> dict[str, Any]:
    """Give one declaration in the pinned shape."""
    words = {"quote": "on Nov. 4 from 9 am to 7 pm", "start": 0, "end": 27, "confidence": 0.97}
    return {
        "kind": "humanitarian pause", "issuer": "Ministry of Defence of the Russian Federation",
        "on_order_of": "the President", "reported_by": ["RBC"], "announced_on": "2016-11-02",
        "place": {"name": "Aleppo", "lat": 36.2, "lon": 37.16}, "place_status": "besieged",
        "tz": "Asia/Damascus", "weapons": "keep", "guarantors": [],
        "windows": [{"start": "2016-11-04T09:00", "end": "2016-11-04T19:00", "recurrence": None}],
        "corridors": {"total": 8, "civilian": 6, "armed": 2},
        "consent": [{"party": CONSENT[0][0], "status": "approved", "stated_by": CONSENT[0][2]}],
        "previous": {"kind": "ceasefire", "days_before": 14, "around": "2016-10-20",
                     "outcome": "collapsed"},
        "evidence": {"windows": words},
    }


def sample(facts: Path | None = FACTS) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make the plan and the map."""
    place = town(facts)
    lines = streets(place)
    sched = schedule(place, lines)
    optimum = [best(first, RATE["best"]) for first in sched["first"]]
    out_best = [sum(column) for column in zip(*optimum, strict=True)]
    ceiling = [sum(best(f, RATE["best"], 2)[m] for f in sched["first"]) for m in range(MINUTES)]
    rows = corridors(sched, optimum)
    names = [row["name"] for row in rows[:3]]
    total, inside = sched["cumulative"][-1], sum(place.people)
    behind = [b - s for b, s in zip(out_best, sched["cumulative"], strict=True)]
    worst = max(range(MINUTES - 60), key=lambda m: behind[m + 60] - behind[m])
    plan: dict[str, Any] = {
        "schema_version": "1.0", "kind": "plan",
        "tool": {"name": "safepassage", "version": "0.1.0"},
        "inputs": [{"name": "case.toml", "sha256": "3f" * 32},
                   {"name": "announcement.txt", "sha256": "a7" * 32}],
        "attribution": ["Neighbourhoods: Columbia CSR Conflict Urbanism: Aleppo (MIT)"],
        "case": {"id": "sample", "title": "Aleppo, 4 November 2016 (sample)",
                 "place": {"name": "Aleppo", "lat": 36.2, "lon": 37.16}, "tz": "Asia/Damascus"},
        "conditional": True,
        "headline": [
            "The Russian Defence Ministry announced on 2 November 2016 a pause in Aleppo on "
            "4 November from 09:00 to 19:00, with six corridors for unarmed civilians and two for "
            "armed groups who may keep their weapons.",
            "The ministry says that the Government of Syria approves. The armed groups rejected it.",
            "From 10:14 the limit is screening at three crossings, not the streets: after sunset "
            "at 16:32 nobody sets out, so 6 h 32 min of the announced 10 hours can be used.",
        ],
        "assumptions": [{"text": text, "source": source} for text, source in ASSUMPTIONS],
        "warnings": list(WARNINGS),
        "declarations": [declaration()],
        "conflicts": [{
            "field": "weapons", "text": "Statements differ on weapons.",
            "values": [
                {"issuer": "Ministry of Defence of the Russian Federation", "value": "keep"},
                {"issuer": "General Staff of the Syrian Arab Army", "value": "surrender"},
            ],
        }],
        "consent": [{"party": p, "status": s, "stated_by": by, "source": ""}
                    for p, s, by in CONSENT],
        "protection": list(PROTECTION), "likely_to_come": "not estimated",
        "ceiling_note": "A ceiling is not evidence that anyone was prevented from leaving or chose "
                        "to stay.",
        "window": {
            "announced": {"start": "2016-11-04T09:00", "end": "2016-11-04T19:00"},
            "usable": {"start": clock(0), "end": clock(MINUTES)},
            "sunrise": "2016-11-04T05:58", "sunset": "2016-11-04T16:32",
            "civil_dusk": "2016-11-04T16:59", "step_min": 1, "steps": STEPS,
            "cuts": [
                {"reason": "route confirmation and a test movement", "minutes": 60,
                 "from": "2016-11-04T09:00", "until": "2016-11-04T10:00"},
                {"reason": "after sunset", "minutes": 148, "from": "2016-11-04T16:32",
                 "until": "2016-11-04T19:00"},
            ],
        },
        "people": {"low": 126500, "best": inside, "high": 275000,
                   "source": "UN planning figure; registered afterwards"},
        "ceiling": {"total": {"low": round(ceiling[-1] * 25 / 40), "best": ceiling[-1],
                              "high": round(ceiling[-1] * 55 / 40)}, "cumulative": ceiling},
        "optimum": {
            "total": out_best[-1], "cumulative": out_best,
            "on_the_road": [round(v * 1.02) for v in sched["on_the_road"]],
            "groups": [{"id": key, "name": name, "people": round(inside * share),
                        "total": round(out_best[-1] * share),
                        "cumulative": [round(v * share) for v in out_best]}
                       for key, name, share in GROUPS],
            "certificate": {"holds": True, "steps_checked": MINUTES, "text":
                            "At each of 392 minutes a cut shows that no plan could have had more "
                            "people past the crossings by then, given these streets, crossings "
                            "and hours."},
        },
        "schedule": {
            "total": total, "cumulative": sched["cumulative"], "on_the_road": sched["on_the_road"],
            "share_of_optimum_at_close": round(total / out_best[-1], 4),
            "worst_hour": {"from": clock(worst), "until": clock(worst + 60),
                           "behind": behind[worst + 60] - behind[worst],
                           "share": round(sched["cumulative"][worst + 60]
                                          / max(1, out_best[worst + 60]), 4)},
            "waves": sorted(sched["waves"], key=lambda w: (w["from"], w["id"])),
        },
        "corridors": rows,
        "blocks": [{"corridor": "souk-al-hal", "from": "2016-11-04T13:00",
                    "until": "2016-11-04T14:30", "setback_m": 100, "gap_min": 30},
                   {"corridor": "castello", "from": clock(0), "until": clock(MINUTES),
                    "setback_m": 300, "gap_min": 30}],
        "zones": [{
            "id": f"z{z:02d}", "name": place.names[z][0], "name_ar": place.names[z][1],
            "lat": place.at[z][0], "lon": place.at[z][1],
            "people": {"low": round(n * 126500 / inside), "best": n,
                       "high": round(n * 275000 / inside)},
            "out_optimum": min(n, round(sched["departed"][z][-1] * 1.02)),
            "out_schedule": sched["departed"][z][-1],
            "corridor": CIVILIAN[sched["own"][z]][0] if sched["departed"][z][-1] else None,
            "departed": sched["departed"][z],
        } for z, n in enumerate(place.people)],
        "not_moved": [
            {"reason": reason, "text": f"{count:,} people: {why}.", "people": count}
            for reason, why, count in (
                ("crossing full", "the crossings are full until closing",
                 inside - out_best[-1] - 2600),
                ("too far", "too far to reach a crossing within the usable hours", 2600),
            )
        ],
        "bottleneck": [
            {"from": clock(0), "until": clock(14), "corridors": [], "streets": [],
             "text": "From 10:00 to 10:14 the limit is walking time: more people cannot have "
                     "arrived yet."},
            {"from": clock(14), "until": clock(200), "corridors": ["bustan-al-qasr",
             "salah-al-din"], "streets": sched["waves"][0]["streets"][-1:],
             "text": f"From 10:14 the limit is screening at {names[0]} and {names[1]}, "
                     "not the streets."},
            {"from": clock(200), "until": clock(MINUTES), "streets": [],
             "corridors": [row["id"] for row in rows[:3]],
             "text": "From 13:20 the limit is screening at all three crossings, not the streets."},
        ],
        "check": {"routes": len(sched["waves"]), "waves": len(sched["waves"]),
                  "worst_street_use": 0.71, "worst_crossing_use": 1.0},
    }
    lons, lats = [p[1] for p in place.at], [p[0] for p in place.at]
    map_ = {"schematic": True, "nodes": [[lon, lat] for lat, lon in place.at], "streets": lines,
            "bounds": [min(lons), min(lats), max(lons), max(lats)]}
    return json.loads(json.dumps(plan)), json.loads(json.dumps(map_))
