"""Measure schedules that can be announced against the exact optimum on the same grid.

    python benchmarks/bench_schedule.py [--csv FILE] [--only NAME ...]

For East Aleppo, La Serena and Coquimbo (where the data of ``docs/examples-coquimbo.md`` is
installed) and a street grid of 5,000 junctions with crossings and with streets binding: how
many people are out at closing, and how many person-minutes past the crossings there are, as
shares of the optimum's; the minute at which the schedule is farthest behind; and the seconds
of one core that it took, after compilation and without the optimum. ``close_bound`` and
``area_bound`` are what no schedule with one route for each zone can pass: the optimum, where
each zone's people leave no faster than the widest route lets them. Every schedule is checked
by ``plan/check.py``.

Ends with an error where a schedule falls short of what is promised (``PROMISED``).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from places import coquimbo_folder, of_case, of_grid
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from table import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from places import Place

NODES = 5_000
SECONDS = 30.0
PROMISED = {
    "Aleppo": 0.97,
    "Coquimbo": 0.95,
    "grid, crossings bind": 0.95,
    "grid, streets bind": 0.95,
    "grid, streets alone bind": 0.95,
}
COLUMNS = (
    "place", "zones", "people", "out_optimum", "out_schedule", "close", "close_bound", "area",
    "area_bound", "worst_from_min", "worst_behind", "worst_share", "waves", "seconds", "missed",
)  # fmt: skip

Row = dict[str, Any]


def measured(place: Place, **options: Any) -> Row:
    """Make a schedule, check it, and compare it with the optimum."""
    from safepassage.plan.check import check_movements
    from safepassage.plan.movement import minutes_of, spread_of
    from safepassage.plan.schedule import schedule_waves

    start = time.process_time()
    waves = schedule_waves(
        place.gate, place.flows, place.steps, place.slot_min,
        reserved=place.reserved, **options,
    )  # fmt: skip
    seconds = time.process_time() - start
    check_movements(
        waves, [flow.ways for flow in place.flows],
        speeds_m_per_s=[flow.group.speed_m_per_s.best for flow in place.flows],
        supply=place.supply, gate_nodes=place.gate.nodes,
        people_per_min=place.gate.per_min("best", place.steps), minutes=place.steps + 1,
        reserved=place.reserved,
    )  # fmt: skip
    passed = np.zeros(place.steps + 1, np.int64)
    for wave in waves:
        passed[minutes_of(wave, wave.arrive)] += spread_of(wave)
    out = np.cumsum(passed)
    optimum = np.cumsum(sum(flow.arrival.arrivals for flow in place.flows))
    behind, bound = optimum - out, one_route(place)
    worst = int(behind.argmax())
    return {
        "place": place.name,
        "zones": place.supply.shape[1],
        "people": int(place.supply.sum()),
        "out_optimum": int(optimum[-1]),
        "out_schedule": int(out[-1]),
        "close": _share(out[-1], optimum[-1]),
        "close_bound": _share(bound[-1], optimum[-1]),
        "area": _share(out.sum(), optimum.sum()),
        "area_bound": _share(bound.sum(), optimum.sum()),
        "worst_from_min": worst // 60 * 60,
        "worst_behind": int(behind[worst]),
        "worst_share": _share(out[worst], optimum[worst]),
        "waves": len(waves),
        "seconds": round(seconds, 2),
    }


def _share(part: int, whole: int) -> float:
    """Give a share, rounded down: what is short of all never reads as all."""
    return int(part) * 10_000 // int(whole) / 10_000 if whole else 1.0


def one_route(place: Place) -> np.ndarray:
    """Bound the people out by each minute where a zone has one route: (steps + 1,).

    For the first group, which is the only one here.
    """
    from safepassage.flow import Network, earliest_arrival

    (flow,) = place.flows
    network = flow.arrival.network
    widest = np.minimum(_widest(place), max(rate.best for rate in place.gate.rates))
    own = network.n_nodes + np.arange(len(flow.zones))
    homes = flow.ways.zone_node[flow.zones]
    doors = np.ceil(widest).astype(np.int64)
    if network.capacity.ndim == 2:
        doors = np.repeat(doors[:, None], network.capacity.shape[1], axis=1)
    wider = Network(
        network.n_nodes + len(own),
        np.concatenate([network.tail, own]),
        np.concatenate([network.head, homes]),
        np.concatenate([network.transit, np.zeros(len(own), np.int64)]),
        np.concatenate([network.capacity, doors]),
    )
    arrival = earliest_arrival(
        wider, own, flow.supply[flow.zones], flow.arrival.sinks, flow.arrival.sink_capacity,
        place.steps,
    )  # fmt: skip
    return np.cumsum(arrival.arrivals)


def _widest(place: Place) -> np.ndarray:
    """Find the most that one route from each zone lets through a minute: (zones with people,)."""
    (flow,) = place.flows
    ways, capacity = flow.ways, flow.ways.whole_capacity()
    wide = np.zeros(ways.n_nodes)
    for most in np.unique(capacity)[::-1].tolist():
        arcs = capacity >= max(most, 1)
        back = coo_array(
            (np.ones(int(arcs.sum())), (ways.head[arcs], ways.tail[arcs])),
            shape=(ways.n_nodes,) * 2,
        ).tocsr()
        away = dijkstra(back, indices=place.gate.nodes, min_only=True, unweighted=True)
        wide[np.isfinite(away) & (wide == 0)] = most
        if (wide[ways.zone_node[flow.zones]] > 0).all():
            break
    return wide[ways.zone_node[flow.zones]]


def places(folder: Path) -> dict[str, Callable[[], Place | None]]:
    """Name what is measured, and how it is made."""

    def coquimbo() -> Place | None:
        case = coquimbo_folder(folder)
        return case and of_case("Coquimbo", str(case))

    return {
        "Aleppo": lambda: of_case("Aleppo", "aleppo-2016-11-04"),
        "Coquimbo": coquimbo,
        "grid, crossings bind": lambda: of_grid("grid, crossings bind", NODES, 40),
        "grid, streets bind": lambda: of_grid("grid, streets bind", NODES, 400),
        "grid, streets alone bind": lambda: of_grid("grid, streets alone bind", NODES, 1_000),
    }


def missed(row: Row) -> list[str]:
    """List what a row promises and does not hold."""
    floor = PROMISED[row["place"]]
    found = [f"{what} is below {floor}" for what in ("close", "area") if row[what] < floor]
    if row["seconds"] >= SECONDS:
        found.append(f"took {row['seconds']} s, not under {SECONDS:g}")
    return found


def told(row: Row) -> str:
    """Tell a row in one line of Markdown."""
    return (
        f"| {row['place']} | {row['close']:.1%} | {row['area']:.1%} | {row['area_bound']:.1%} | "
        f"{row['worst_from_min'] // 60 + 1}: {row['worst_share']:.1%} | {row['waves']:,} | "
        f"{row['seconds']:.1f} |"
    )


def main() -> int:
    """Measure and print; write the table where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--only", nargs="*", default=list(PROMISED))
    given = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        make = places(Path(folder))
        measured(of_grid("to compile", 100, 40))
        print("| place | at close | area | bound, one route | worst hour | waves | seconds |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for name in given.only:
            place = make[name]()
            if place is None:
                print(f"{name}: its data is not installed", file=sys.stderr)
                continue
            row = measured(place)
            row["missed"] = "; ".join(missed(row))
            rows.append(row)
            print(told(row), flush=True)
    return kept(rows, COLUMNS, given.csv, lambda row: row["place"])


if __name__ == "__main__":
    sys.exit(main())
