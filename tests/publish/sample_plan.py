"""Make a plan and a map of the agreed shape, so that the brief is tested without a solver.

Every total follows from the waves, so that a page can be checked against it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from publish.sample_otherwise import collapse, robust, safety
from publish.sample_town import (
    CIVILIAN,
    FACTS,
    GROUPS,
    MINUTES,
    RATE,
    STEPS,
    WORDS,
    best,
    clock,
    schedule,
    streets,
    town,
)  # fmt: skip
from safepassage.plan.document import SCHEMA_VERSION
from safepassage.plan.go_stop import CARD
from safepassage.plan.schedule_document import FAMILIES

if TYPE_CHECKING:
    from pathlib import Path


def corridors(sched: dict[str, Any], optimum: list[list[int]]) -> list[dict[str, Any]]:
    """List eight corridors: three assumed, three not located, two for the armed."""
    common = {
        "located": True, "assumed": False, "optimum_passed": None, "schedule_passed": None,
        "people_per_min": None, "controlled_near": "armed opposition groups",
        "controlled_far": "Government of Syria", "destination": "", "users": "civilian",
        "screening": "", "returning": "",
        "groups": [], "means": [], "shares": [], "onward": None, "reception": None,
        "schedule_received": None,
    }  # fmt: skip
    nowhere = {"name_ar": "", "located": False, "lat": None, "lon": None}
    rows = [
        {
            **common, **corridor, "assumed": True, "people_per_min": dict(RATE),
            "destination": "government-held west Aleppo",
            "source": "named by SOHR, 28 Jul 2016; position inferred",
            "optimum_passed": optimum[c], "schedule_passed": sched["passed"][c],
        }
        for c, corridor in enumerate(CIVILIAN)
    ]  # fmt: skip
    rows += [
        {
            **common, **nowhere, "id": f"civilian-{n}", "name": f"Civilian corridor {n}",
            "position_accuracy_m": None, "source": "announced 2 Nov 2016; no source names it",
        }
        for n in (4, 5, 6)
    ]  # fmt: skip
    rows += [
        {
            **common, **corridor, "users": "armed", "destination": "Idlib or the Turkish border",
            "source": "Interfax, TASS, 19 to 21 Oct 2016; position inferred",
        }
        for corridor in WORDS["armed"]
    ]  # fmt: skip
    return rows


def told(own: int | None) -> list[dict[str, Any]]:
    """List every corridor for civilians as a zone has it, the proposed one first."""
    rows = [
        {
            "id": each["id"], "status": "proposed" if c == own else "open",
            "walk_min": 40 + 10 * c, "groups": [GROUPS[0][0]],
        }
        for c, each in enumerate(CIVILIAN)
    ]  # fmt: skip
    rows += [
        {"id": f"civilian-{n}", "status": "not located", "walk_min": None, "groups": []}
        for n in (4, 5, 6)
    ]
    return sorted(rows, key=lambda row: row["status"] != "proposed")


def declaration() -> dict[str, Any]:
    """Give one declaration in the pinned shape."""
    words = {"quote": "on Nov. 4 from 9 am to 7 pm", "start": 0, "end": 27, "confidence": 0.97}
    return {
        "kind": "humanitarian pause",
        "issuer": "Ministry of Defence of the Russian Federation",
        "on_order_of": "the President",
        "reported_by": ["RBC"],
        "announced_on": "2016-11-02",
        "place": {"name": "Aleppo", "lat": 36.2, "lon": 37.16},
        "place_status": "besieged",
        "tz": "Asia/Damascus",
        "weapons": "keep",
        "guarantors": [],
        "windows": [{"start": "2016-11-04T09:00", "end": "2016-11-04T19:00", "recurrence": None}],
        "corridors": {"total": 8, "civilian": 6, "armed": 2},
        "consent": WORDS["consent"][:1],
        "previous": {
            "kind": "ceasefire",
            "days_before": 14,
            "around": "2016-10-20",
            "outcome": "collapsed",
        },
        "evidence": {"windows": words},
    }


def left_behind(place: Any, sched: dict[str, Any]) -> dict[str, Any]:
    """Leave those of each zone whom the schedule does not move, one lane short."""
    rows = [
        {
            "zone": f"z{z:02d}", "zone_name": place.names[z][0], "group": GROUPS[0][0],
            "people": n, "by_schedule": n - out, "schedule_reason": "crossing full",
            "by_optimum": n - out, "optimum_reason": "crossing full",
            "changes": [
                {
                    "kind": kind, "amount": amount, "at": CIVILIAN[0]["id"], "text": text,
                    "moves": n - out, "lanes": lanes, "later_min": later, "earlier_min": 0,
                }
                for kind, amount, text, lanes, later in (
                    ("lanes", 1, "1 more lane.", 1, 0), ("minutes", 9, "9 min more.", 0, 9),
                )
            ],
        }
        for z, n in enumerate(place.people)
        if n > (out := sched["departed"][z][-1])
    ]  # fmt: skip
    return {
        "note": "Each change is the smallest for these people alone.",
        "schedule": [
            {"reason": "crossing full", "people": sum(row["by_schedule"] for row in rows)}
        ],
        "not_leaving": [
            {"why": "chose to stay", "people": {"low": 90, "best": 100, "high": 110},
             "zone": "z00", "source": "a council"},
        ],
        "rows": sorted(rows, key=lambda row: -row["by_schedule"]),
    }  # fmt: skip


def equity(place: Any, sched: dict[str, Any]) -> dict[str, Any]:
    """Tell the share of each zone's people who get out."""
    zones = [
        {
            "zone": f"z{z:02d}", "zone_name": place.names[z][0], "people": n,
            "share_out": round(out / n, 4), "mean_wait_min": 12.5 if out else None,
        }
        for z, n in enumerate(place.people)
        for out in [sched["departed"][z][-1]]
    ]  # fmt: skip
    zones.sort(key=lambda row: (row["share_out"], -row["people"]))
    return {
        "formula": "A formula, with its source.", "gini_schedule": 0.91, "gini_optimum": 0.92,
        "worst_zone": zones[0]["zone"], "zones": zones,
    }  # fmt: skip


def go_stop() -> dict[str, Any]:
    """Give each located corridor a card that says one thing and misses the others."""
    return {
        "note": "No wave starts before its route is confirmed.",
        "route_check": {"from": "2016-11-04T09:00", "until": "2016-11-04T10:00"},
        "without_card": ["Civilian corridor 4"],
        "cards": [
            {
                "corridor": each["id"], "first_wave": clock(0), "last_passes": clock(MINUTES - 1),
                "most_on_the_road": {"people": 120, "at": clock(90)},
                "items": [
                    {"id": key, "asks": asks,
                     "answer": "The duty officer" if key == "stop" else None}
                    for key, asks in CARD.items()
                ],
                "missing": len(CARD) - 1, "source": "a meeting",
            }
            for each in CIVILIAN
        ],
    }  # fmt: skip


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
        "schema_version": SCHEMA_VERSION,
        "kind": "plan",
        "tool": {"name": "safepassage", "version": "0.1.0"},
        "inputs": [
            {"name": "case.toml", "sha256": "3f" * 32},
            {"name": "announcement.txt", "sha256": "a7" * 32},
        ],
        "attribution": ["Neighbourhoods: Columbia CSR Conflict Urbanism: Aleppo (MIT)"],
        "case": {
            "id": "sample",
            "title": "Aleppo, 4 November 2016 (sample)",
            "place": {"name": "Aleppo", "lat": 36.2, "lon": 37.16},
            "tz": "Asia/Damascus",
        },
        "protection_check": WORDS["protection_check"],
        "conditional": True,
        "headline": WORDS["headline"],
        "assumptions": WORDS["assumptions"],
        "warnings": WORDS["warnings"],
        "declarations": [declaration()],
        "conflicts": [
            {
                "field": "weapons",
                "text": "On weapons the statements differ: one says keep, the other surrender.",
                "values": [
                    {"issuer": "Ministry of Defence of the Russian Federation", "value": "keep"},
                    {"issuer": "General Staff of the Syrian Arab Army", "value": "surrender"},
                ],
            }
        ],
        "consent": WORDS["consent"],
        "protection": WORDS["protection"],
        "likely_to_come": "not estimated",
        "ceiling_note": "A ceiling is not evidence that anyone was prevented from leaving or chose "
        "to stay.",
        "window": {
            "announced": {"start": "2016-11-04T09:00", "end": "2016-11-04T19:00"},
            "usable": {"start": clock(0), "end": clock(MINUTES)},
            "sunrise": "2016-11-04T05:58",
            "sunset": "2016-11-04T16:32",
            "civil_dusk": "2016-11-04T16:59",
            "step_min": 1,
            "steps": STEPS,
            "cuts": [
                {
                    "reason": "route confirmation and a test movement",
                    "minutes": 60,
                    "from": "2016-11-04T09:00",
                    "until": "2016-11-04T10:00",
                },
                {
                    "reason": "after sunset",
                    "minutes": 148,
                    "from": "2016-11-04T16:32",
                    "until": "2016-11-04T19:00",
                },
            ],
        },
        "people": {
            "low": 126500,
            "best": inside,
            "high": 275000,
            "source": "UN planning figure; registered afterwards",
        },
        "ceiling": {
            "total": {
                "low": round(ceiling[-1] * 25 / 40),
                "best": ceiling[-1],
                "high": round(ceiling[-1] * 55 / 40),
            },
            "cumulative": ceiling,
        },
        "optimum": {
            "total": out_best[-1],
            "cumulative": out_best,
            "on_the_road": [round(v * 1.02) for v in sched["on_the_road"]],
            "groups": [
                {
                    "id": key,
                    "name": name,
                    "people": round(inside * share),
                    "total": round(out_best[-1] * share),
                    "cumulative": [round(v * share) for v in out_best],
                }
                for key, name, share in GROUPS
            ],
            "certificate": {
                "holds": True,
                "steps_checked": MINUTES,
                "text": "At each of 392 minutes a cut shows that no plan could have had more "
                "people past the crossings by then, given these streets, crossings "
                "and hours.",
            },
        },
        "schedule": {
            "total": total,
            "cumulative": sched["cumulative"],
            "on_the_road": sched["on_the_road"],
            "share_of_optimum_at_close": round(total / out_best[-1], 4),
            "share_of_optimum_area": round(sum(sched["cumulative"]) / sum(out_best), 4),
            "order": {"choice": "most people", "text": "Most people soonest.", "cost": None},
            "corridors_per_zone": 1,
            "families": FAMILIES,
            "worst_hour": {
                "from": clock(worst),
                "until": clock(worst + 60),
                "behind": behind[worst + 60] - behind[worst],
                "share": round(sched["cumulative"][worst + 60] / max(1, out_best[worst + 60]), 4),
            },
            "waves": sorted(sched["waves"], key=lambda w: (w["from"], w["id"])),
        },
        "groups": [
            {
                "id": key,
                "name": name,
                "means": "walk",
                "slowest": None,
                "share": share,
                "speed_m_per_s": {"low": 0.6, "best": 0.8, "high": 1.0, "source": ""},
                "excluded": None,
                "vehicles_at_once": None,
            }
            for key, name, share in GROUPS
        ],
        "shuttles": [],
        "timetable": [],
        "beyond": {
            "reached_crossing": total,
            "reached_cumulative": sched["cumulative"],
            "passed_before_closing": total,
            "received_before_closing": None,
            "on_the_way_beyond_at_closing": None,
            "way_beyond_not_stated": total,
        },
        "corridors": rows,
        "hazards": [
            {
                "name": "The front line",
                "kind": "front line",
                "effect": "not cleared",
                "overridden": False,
                "within_m": 200,
                "from": None,
                "until": None,
                "as_of": "2016-11-01",
                "reason": "",
                "source": "a survey",
                "streets": [0],
                "cleared": [2],
                "length_km": 1.25,
                "people_per_min": 288,
            },
            {
                "name": "The convoy",
                "kind": "closed",
                "effect": "closed",
                "overridden": False,
                "within_m": 0,
                "from": "2016-11-04T11:00",
                "until": "2016-11-04T12:00",
                "as_of": None,
                "reason": "aid goes in",
                "source": "",
                "streets": [],
                "cleared": [],
                "length_km": 0,
                "people_per_min": 0,
            },
        ],
        "cleared": [
            {
                "by": "the water board",
                "on": "2016-11-02",
                "source": "its report of that day",
                "streets": [2],
                "older_than": [],
            }
        ],
        "blocks": [
            {
                "corridor": "souk-al-hal",
                "from": "2016-11-04T12:30",
                "until": "2016-11-04T15:00",
                "setback_m": 100,
                "gap_min": 30,
            },
            {
                "corridor": "castello",
                "from": "2016-11-04T08:30",
                "until": "2016-11-04T19:30",
                "setback_m": 300,
                "gap_min": 30,
            },
        ],
        "zones": [
            {
                "id": f"z{z:02d}",
                "name": place.names[z][0],
                "name_ar": place.names[z][1],
                "lat": place.at[z][0],
                "lon": place.at[z][1],
                "people": {
                    "low": round(n * 126500 / inside),
                    "best": n,
                    "high": round(n * 275000 / inside),
                },
                "out_optimum": min(n, round(sched["departed"][z][-1] * 1.02)),
                "out_schedule": sched["departed"][z][-1],
                "corridor": CIVILIAN[sched["own"][z]]["id"] if sched["departed"][z][-1] else None,
                "corridors": told(sched["own"][z] if sched["departed"][z][-1] else None),
                "departed": sched["departed"][z],
            }
            for z, n in enumerate(place.people)
        ],
        "not_moved": [
            {"reason": reason, "text": f"{count:,} people: {why}.", "people": count}
            for reason, why, count in (
                (
                    "crossing full",
                    "the crossings are full until closing",
                    inside - out_best[-1] - 2600,
                ),
                ("too far", "too far to reach a crossing within the usable hours", 2600),
            )
        ],
        "left_behind": left_behind(place, sched),
        "equity": equity(place, sched),
        "go_stop": go_stop(),
        "collapse": collapse(sched, out_best, inside),
        "robust": robust(total, out_best[-1]),
        "safety": safety(total),
        "bottleneck": [
            {
                "from": clock(0),
                "until": clock(14),
                "corridors": [],
                "streets": [],
                "text": "From 10:00 to 10:14 the limit is walking time: more people cannot have "
                "arrived yet.",
            },
            {
                "from": clock(14),
                "until": clock(200),
                "corridors": ["bustan-al-qasr", "salah-al-din"],
                "streets": sched["waves"][0]["streets"][-1:],
                "text": f"From 10:14 the limit is screening at {names[0]} and {names[1]}, "
                "not the streets.",
            },
            {
                "from": clock(200),
                "until": clock(MINUTES),
                "streets": [],
                "corridors": [row["id"] for row in rows[:3]],
                "text": "From 13:20 the limit is screening at all crossings, not the streets.",
            },
        ],
        "check": {
            "routes": len(sched["waves"]),
            "waves": len(sched["waves"]),
            "worst_street_use": 0.71,
            "worst_crossing_use": 1.0,
        },
    }
    lons, lats = [p[1] for p in place.at], [p[0] for p in place.at]
    map_ = {
        "schematic": True,
        "nodes": [[lon, lat] for lat, lon in place.at],
        "streets": lines,
        "bounds": [min(lons), min(lats), max(lons), max(lats)],
    }
    return json.loads(json.dumps(plan)), json.loads(json.dumps(map_))
