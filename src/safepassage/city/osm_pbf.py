"""Take the streets out of a ``.osm.pbf`` file, block by block.

Without an area the ways are read first, and then only the nodes they need; with one the
nodes of the area first, and then only the ways that touch them. Either way memory grows
with the streets that are kept and not with the file.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.jit import is_compiled
from safepassage.city.highways import KEYS, barrier_closes
from safepassage.city.kernel_pbf import (
    BROKEN,
    OTHER_FORM,
    dense_nodes,
    find_ways,
    tagged_nodes,
)
from safepassage.city.memory import NODE_BYTES, POINT_BYTES, room
from safepassage.city.osm_ways import (
    NOWHERE,
    PER_DEGREE,
    Extract,
    Judge,
    Ways,
    bounds_of,
    in_sorted,
)
from safepassage.city.pbf_blocks import DENSE_NODES, NODES, WAYS, BrokenPbf, OtherForm, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from safepassage.base.progress import Progress
    from safepassage.city.clip import Area, Box
    from safepassage.city.highways import Mode
    from safepassage.city.model import Ints
    from safepassage.city.pbf_blocks import Block, Group

__all__ = ["pays", "read_pbf"]

_COLUMNS = (*KEYS, "name", "ref")
_WEIGHTS = np.random.default_rng(0).integers(-(2**62), 2**62, len(_COLUMNS))
_KEEP_BYTES = 256 * 1024 * 1024
"""Unpacked blocks that are kept for the second pass rather than unpacked again."""
_LARGE_BYTES = 8 * 1024 * 1024
"""From here on it pays to compile the kernels, once, which takes some ten seconds."""


def pays(path: Path) -> bool:
    """Tell whether compiled kernels pay for a file: it is large, or they are compiled."""
    return path.stat().st_size > _LARGE_BYTES or is_compiled(find_ways)


def read_pbf(path: Path, mode: Mode, area: Area | None, progress: Progress) -> Extract:
    """Read the streets of a file that a mode may use.

    Raises
    ------
    BrokenPbf, OtherForm
        See `pbf_blocks.blocks`.
    InputError
        If the streets would not fit into memory.

    """
    reader = _Reader(path, mode, progress)
    bounds = None
    if area is None:
        ways = reader.ways(reader.first_pass(DENSE_NODES), None, "")
        node_id, point = np.unique(ways.ref, return_inverse=True)
        x, y = np.full(len(node_id), NOWHERE), np.full(len(node_id), NOWHERE)
        for ids, xs, ys in reader.nodes(reader.second_pass(reader.with_nodes)):
            found, place = in_sorted(ids, node_id)
            x[place[found]], y[place[found]] = xs[found], ys[found]
    else:
        known, bounds = reader.within(area)
        outside = f"streets outside the {area.kind}"
        ways = reader.ways(reader.second_pass(reader.with_ways), known[0], outside)
        node_id, point = np.unique(ways.ref, return_inverse=True)
        x, y = np.full(len(node_id), NOWHERE), np.full(len(node_id), NOWHERE)
        found, place = in_sorted(node_id, known[0])
        x[found], y[found] = known[1:, place[found]]
    barriers = np.array(sorted(reader.barriers), np.int64)
    return Extract(ways, reader.judge, point, node_id, x, y, barriers, bounds)


def _distinct(rows: Ints) -> tuple[Ints, Ints]:
    """Give the first of each sort of row, in their order, and the sort of every row."""
    key = rows @ _WEIGHTS[: rows.shape[1]]
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    if not np.array_equal(rows[first][which], rows):  # two sorts with one key
        _, first, which = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    return first[order], number[which]


def _whole(count: int) -> None:
    if count == BROKEN:
        raise BrokenPbf("a block in it holds nonsense")
    if count == OTHER_FORM:
        raise OtherForm


class _Reader:
    """Read one file for one mode, in two passes."""

    def __init__(self, path: Path, mode: Mode, progress: Progress) -> None:
        self.path, self.progress, self.judge = path, progress, Judge(mode)
        self.with_nodes: set[int] = set()
        self.with_ways: set[int] = set()
        self.kept: dict[int, Block] = {}
        self.kept_bytes = 0
        self.barriers: set[int] = set()
        self.room = room(path)
        self.progress(f"Reading {path.name}", None)

    def first_pass(self, again: int) -> Iterator[Block]:
        """Unpack all blocks, note which hold what, and keep some of those needed again."""
        for block in self._unpacked(None, 0.0):
            kinds = {group.kind for group in block.groups}
            if NODES in kinds:
                raise OtherForm
            if DENSE_NODES in kinds:
                self.with_nodes.add(block.number)
            if WAYS in kinds:
                self.with_ways.add(block.number)
            if again in kinds and self.kept_bytes + len(block.data) < _KEEP_BYTES:
                self.kept[block.number] = block
                self.kept_bytes += len(block.data)
            yield block

    def second_pass(self, wanted: set[int]) -> Iterator[Block]:
        """Give some of the blocks again, not always in their order."""
        yield from (block for number, block in self.kept.items() if number in wanted)
        rest = wanted - self.kept.keys()
        self.kept.clear()
        if rest:
            yield from self._unpacked(rest, 0.35)

    def _unpacked(self, wanted: set[int] | None, since: float) -> Iterator[Block]:
        with closing(blocks(self.path, wanted)) as unpacked:
            for block in unpacked:
                self.progress(f"Reading {self.path.name}", since + 0.35 * block.done)
                yield block

    def ways(self, unpacked: Iterator[Block], known: Ints | None, outside: str) -> Ways:
        """Read the open ways: all, or those with a node among the known.

        Where they do not fit they are counted to the end, to tell how much they need.
        """
        parts: list[Ways] = []
        points = 0
        for block in unpacked:
            for group in block.groups:
                if group.kind == WAYS:
                    parts.append(self._ways(block, group, known, outside))
                    points += len(parts[-1].ref)
            if not self.room.holds(points * POINT_BYTES):
                parts.clear()
        self.room.needs(points * POINT_BYTES)
        return Ways.joined(parts)

    def _ways(self, block: Block, group: Group, known: Ints | None, outside: str) -> Ways:
        column = np.full(len(block.strings), -1, np.int64)
        numbers = {text: i for i, text in enumerate(block.strings)}
        for i, key in enumerate(_COLUMNS):
            if (number := numbers.get(key.encode())) is not None:
                column[number] = i
        ids, rows, size, refs, count = find_ways(
            block.data, group.begin, group.end, column, len(_COLUMNS)
        )
        _whole(count)
        if rows.max(initial=-1) >= len(block.strings):
            raise BrokenPbf("a block in it holds nonsense")
        ways = Ways(ids, np.zeros_like(ids), np.full_like(ids, -1), size, refs)
        if known is not None:
            near = ways.any_of(in_sorted(refs, known)[0])
            self.judge.left_out[outside] += len(near) - int(near.sum())
            ways, rows = ways.take(near), rows[near]
        verdict, name = self._judged(block.strings, rows)
        return self.judge.open_ways(Ways(ways.way_id, verdict, name, ways.size, ways.ref))

    def _judged(self, strings: list[bytes], rows: Ints) -> tuple[Ints, Ints]:
        """Give each way the numbers of its verdict and of its name."""
        used = np.zeros(len(strings) + 1, np.bool_)
        used[rows] = True
        texts = {i: strings[i].decode() for i in np.flatnonzero(used[:-1]).tolist()}
        n = len(KEYS)
        first, which = _distinct(rows[:, :n])
        tags = [tuple(texts.get(i) for i in row) for row in rows[first, :n].tolist()]
        verdict = np.array([self.judge.verdict(each) for each in tags], np.int64)[which]
        closed = np.array([bool(v.left_out) for v in self.judge.verdicts], np.bool_)
        rows[closed[verdict], n:] = -1
        first, which = _distinct(rows[:, n:])
        called = [texts.get(name) or texts.get(ref) for name, ref in rows[first, n:].tolist()]
        name = np.array([self.judge.name(each) for each in called], np.int64)[which]
        return verdict, name

    def nodes(self, unpacked: Iterator[Block]) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Read the ids and positions of nodes, and note the barriers."""
        for block in unpacked:
            for group in block.groups:
                if group.kind != DENSE_NODES:
                    continue
                ids, lat, lon, tags, count = dense_nodes(block.data, group.begin, group.end)
                _whole(count)
                if not count:
                    continue
                self._note_barriers(block, ids, *tags.tolist())
                yield ids, block.places(lon, block.lon_offset), block.places(lat, block.lat_offset)

    def within(self, area: Area) -> tuple[Ints, Box | None]:
        """Read ids, x and y of the nodes in an area, ids rising, and what the file covers."""
        parts, corners, nodes = [np.empty((3, 0), np.int64)], [], 0
        for ids, xs, ys in self.nodes(self.first_pass(WAYS)):
            corners.append([[xs.min(), ys.min()], [xs.max(), ys.max()]])
            inside = area.holds(xs / PER_DEGREE, ys / PER_DEGREE)
            parts.append(np.stack([ids[inside], xs[inside], ys[inside]]))
            nodes += parts[-1].shape[1]
            self.room.needs(nodes * NODE_BYTES, at_least=True)
        known = np.concatenate(parts, axis=1)
        spread = np.array(corners).reshape(-1, 2) / PER_DEGREE
        return known[:, np.argsort(known[0], kind="stable")], bounds_of(*spread.T)

    def _note_barriers(self, block: Block, ids: Ints, begin: int, end: int) -> None:
        if b"barrier" not in block.strings:
            return
        key = block.strings.index(b"barrier")
        found, count = tagged_nodes(block.data, begin, end, key)
        _whole(count)
        if found[:count, 1:].max(initial=0) >= len(block.strings):
            raise BrokenPbf("a block in it holds nonsense")
        if found[:count, 0].max(initial=0) >= len(ids):
            raise BrokenPbf("a block in it holds nonsense")
        tags: dict[int, dict[str, str]] = {}
        for place, name, value in found[:count].tolist():
            words = tags.setdefault(place, {})
            words.setdefault(block.strings[name].decode(), block.strings[value].decode())
        self.barriers.update(
            int(ids[place])
            for place, words in tags.items()
            if barrier_closes(words, self.judge.mode)
        )
