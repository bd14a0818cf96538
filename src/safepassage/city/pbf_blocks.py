"""Unpack a ``.osm.pbf`` file into its blocks.

The format: blobs, each behind a header that names its kind and size; the first tells what
the file holds, the others hold strings and groups of nodes, ways or relations (OpenStreetMap
wiki, "PBF Format").
"""

from __future__ import annotations

import os
import zlib
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from safepassage.city.kernel_pbf import BROKEN, fields

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from numpy.typing import NDArray

    from safepassage.city.model import Ints

__all__ = ["DENSE_NODES", "NODES", "WAYS", "Block", "BrokenPbf", "Group", "OtherForm", "blocks"]

NODES, DENSE_NODES, WAYS = 1, 2, 3
"""What a group holds, by the number of its fields."""

_KNOWN = {b"OsmSchema-V0.6", b"DenseNodes"}
_MOST_HEADER = 64 * 1024
_MOST_BLOCK = 32 * 1024 * 1024
"""Limits that the format sets [bytes]."""

_AHEAD = 8  # blocks unpacked before they are needed


class BrokenPbf(Exception):
    """Say that a file is damaged; becomes an ``InputError``."""


class OtherForm(Exception):
    """Say that a file is whole, and in a form that is left to osmium."""


@dataclass(frozen=True, slots=True)
class Group:
    """Hold where a group's bytes begin and end, and what it holds."""

    begin: int
    end: int
    kind: int


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one unpacked block.

    Attributes
    ----------
    number
        Which of the file's blobs it is.
    data, strings, groups
        Its bytes, its strings, and its groups that are not empty.
    granularity, lat_offset, lon_offset
        How it counts positions [1e-9 degrees].
    done
        How much of the file lies before it, from 0 to 1.

    """

    number: int
    data: NDArray[np.uint8]
    strings: list[bytes]
    groups: list[Group]
    granularity: int
    lat_offset: int
    lon_offset: int
    done: float

    def places(self, raw: Ints, offset: int) -> Ints:
        """Give latitudes or longitudes in 1e-7 degrees, cut towards zero as osmium does."""
        if self.granularity == 100 and offset == 0:
            return raw
        value = offset + self.granularity * raw
        return np.asarray(np.sign(value) * (np.abs(value) // 100), np.int64)


def _fields(data: NDArray[np.uint8], begin: int, end: int) -> list[tuple[int, int, int]]:
    found, count = fields(data, begin, end)
    if count == BROKEN:
        raise BrokenPbf("a message in it is cut short")
    return [(number, value, first) for number, value, first in found[:count].tolist()]


def _of(data: bytes) -> list[tuple[int, int, int]]:
    return _fields(np.frombuffer(data, np.uint8), 0, len(data))


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise BrokenPbf("it ends in the middle of a block")
    return data


def _blobs(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Give the kind and the packed bytes of each blob."""
    while head := file.read(4):
        size = int.from_bytes(head, "big")
        if len(head) < 4 or not 0 < size <= _MOST_HEADER:
            raise BrokenPbf("no block begins where one is due")
        header = _exactly(file, size)
        kind, length = b"", -1
        for number, value, first in _of(header):
            if number == 1:
                kind = header[first : first + value]
            elif number == 3:
                length = value
        if not kind or not 0 <= length <= _MOST_BLOCK:
            raise BrokenPbf("a block in it has no size")
        yield kind, _exactly(file, length)


def _unpacked(blob: bytes) -> bytes:
    """Unpack a blob that is plain or compressed by zlib."""
    for number, value, first in _of(blob):
        if number == 1:
            return blob[first : first + value]
        if number == 3:
            unpacker = zlib.decompressobj()
            try:
                data = unpacker.decompress(blob[first : first + value], _MOST_BLOCK)
            except zlib.error as error:
                raise BrokenPbf("a block in it cannot be unpacked") from error
            if not unpacker.eof:
                raise BrokenPbf("a block in it cannot be unpacked")
            return data
        if number != 2:  # the size when unpacked
            raise OtherForm
    raise BrokenPbf("a block in it is empty")


def _check_header(data: bytes) -> None:
    needed = {data[first : first + size] for number, size, first in _of(data) if number == 4}
    if not needed:
        raise BrokenPbf("it does not say what it holds")
    if needed - _KNOWN:
        raise OtherForm


def _block(number: int, packed: bytes, done: float) -> Block:
    raw = _unpacked(packed)
    data = np.frombuffer(raw, np.uint8)
    strings: list[bytes] = []
    groups = []
    scale = {17: 100, 19: 0, 20: 0}
    for field, value, first in _fields(data, 0, len(data)):
        if field == 1:
            table = _fields(data, first, first + value)
            strings = [raw[at : at + size] for _, size, at in table]
        elif field == 2 and value:
            groups.append(Group(first, first + value, raw[first] >> 3))
        elif field in scale:
            scale[field] = value
    return Block(number, data, strings, groups, scale[17], scale[19], scale[20], done)


def blocks(path: Path, wanted: set[int] | None = None) -> Generator[Block, None, None]:
    """Unpack the blocks of a file in order, or some of them, a few ahead on other cores.

    Raises
    ------
    BrokenPbf
        If the file is damaged.
    OtherForm
        If it says that it holds more than nodes, ways and relations as they are now, or is
        compressed otherwise.

    """
    size = max(1, path.stat().st_size)
    number = -1
    with path.open("rb") as file, ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        coming: deque[Future[Block]] = deque()
        for number, (kind, packed) in enumerate(_blobs(file)):
            if number == 0:
                if kind != b"OSMHeader":
                    raise BrokenPbf("it does not begin as one does")
                _check_header(_unpacked(packed))
            elif kind == b"OSMData" and (wanted is None or number in wanted):
                coming.append(pool.submit(_block, number, packed, file.tell() / size))
                if len(coming) > _AHEAD:
                    yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
    if number < 0:
        raise BrokenPbf("it is empty")
