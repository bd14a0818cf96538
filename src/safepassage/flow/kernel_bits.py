"""Keep the steps of a node or a lane as bits of a few words."""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit

__all__ = ["first_bits", "grown", "lowest"]

_SEQUENCE = np.uint64(0x03F79D71B4CB0A89)
_PLACE = np.zeros(64, np.int64)
_PLACE[[((1 << i) * int(_SEQUENCE) % 2**64) >> 58 for i in range(64)]] = np.arange(64)


@jit
def grown(array):
    """Give a copy with twice the room."""
    out = np.empty(2 * array.shape[0], array.dtype)
    out[: array.shape[0]] = array
    return out


@jit
def lowest(bits):
    """Give the place of the lowest bit that is set.

    Multiplied by a sequence in which every six neighbouring bits are others (de Bruijn),
    a single bit shows its place in the topmost six.
    """
    return _PLACE[((bits & (~bits + np.uint64(1))) * _SEQUENCE) >> np.uint64(58)]


@jit
def first_bits(earliest, runs, since, people, width):
    """Make the bits of an empty network.

    Returns ``blocked``, shape (words, nodes): states nobody can reach in time, and steps
    past the last; and ``room``, shape (words, lanes): steps at which anybody may enter.
    """
    words = (width + 63) // 64
    n_nodes, n_lanes = earliest.shape[0], runs.shape[0] - 1
    full = ~np.uint64(0)
    blocked = np.zeros((words, n_nodes), np.uint64)
    for w in range(words):
        for v in range(n_nodes):
            early = earliest[v] - 64 * w
            if early >= 64:
                blocked[w, v] = full
            elif early > 0:
                blocked[w, v] = (np.uint64(1) << np.uint64(early)) - np.uint64(1)
    if width % 64:
        for v in range(n_nodes):
            blocked[words - 1, v] |= full << np.uint64(width % 64)
    room = np.zeros((words, n_lanes), np.uint64)
    for a in range(n_lanes):
        for j in range(runs[a], runs[a + 1]):
            if people[j] <= 0:
                continue
            end = since[j + 1] if j + 1 < runs[a + 1] else width
            k = since[j]
            while k < end and k < width:
                w = k >> 6
                stop = min(end, 64 * (w + 1), width)
                bits = full << np.uint64(k & 63)
                if stop < 64 * (w + 1):
                    bits &= (np.uint64(1) << np.uint64(stop & 63)) - np.uint64(1)
                room[w, a] |= bits
                k = stop
    return blocked, room
