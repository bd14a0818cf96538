"""Lay a schematic town and walk its people out: a toy that needs no solver.

Each zone walks to its nearest crossing and the crossings bind.
"""

from __future__ import annotations

import csv
import heapq
import itertools
import math
import random
import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "sample_words.toml").read_text(encoding="utf-8")
)
FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"
START = datetime(2016, 11, 4, 10, 0)  # noqa: DTZ001 - local clock of the case
MINUTES = 392
STEPS = MINUTES - 1
SLOT = 15
WALK_M_PER_MIN = 66.0
INSIDE = 200_000
RATE = {"low": 25.0, "best": 40.0, "high": 55.0, "source": ""}
CIVILIAN: list[dict[str, Any]] = WORDS["civilian"]
GROUPS = (("wounded", "Wounded and sick", 0.02), ("families", "Families on foot", 0.98))


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
                row
                for row in csv.DictReader(file)
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
    for lat, lon in ((c["lat"], c["lon"]) for c in CIVILIAN):
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
        drawn.append(
            {"i": i, "also": [i + 1], "name": "", "way_id": -1, "tail": a, "head": b, "line": line}
        )
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
                waves.append(
                    {
                        "id": f"w{len(waves) + 1:03d}",
                        "zone": f"z{zone:02d}",
                        "zone_name": place.names[zone][0],
                        "group": "families",
                        "corridor": corridor["id"],
                        "from": clock(opens - walk),
                        "until": clock(opens - walk + SLOT),
                        "people": going,
                        "people_per_min": round(going / SLOT, 2),
                        "walk_min": walk,
                        "passes_from": clock(opens),
                        "passes_until": clock(opens + SLOT),
                        "shuttle": None,
                        "streets": [by_ends[pair] for pair in itertools.pairwise(nodes)],
                        "nodes": nodes,
                    }
                )
                add(departed[zone], ramp(opens - walk, opens - walk + SLOT, going))
                add(passed[c], ramp(opens, opens + SLOT, going))
    out = [sum(column) for column in zip(*passed, strict=True)]
    gone = [sum(column) for column in zip(*departed, strict=True)]
    return {
        "waves": waves,
        "departed": departed,
        "passed": passed,
        "cumulative": out,
        "on_the_road": [g - o for g, o in zip(gone, out, strict=True)],
        "own": own,
        "first": [min(reach[c][0][z] for z in range(64)) for c in range(len(CIVILIAN))],
    }


def best(first: float, rate: float, head_start: float = 0.0) -> list[int]:
    """Count people past a crossing that is busy from the first arrival on."""
    return [
        int(rate * max(0, m + 1 - max(0, math.ceil(first - head_start)))) for m in range(MINUTES)
    ]
