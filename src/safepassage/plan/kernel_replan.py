"""Put waves on streets, take them off, and tell what others come to beside them: arrays only.

What stands for what is told in ``kernel_schedule``. A row of ``rows`` is a wave that was told
before: route, first step, minutes, units per minute, units.
"""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit
from safepassage.plan.kernel_schedule import lay, order_slots, take_back

__all__ = ["fits", "put", "worth"]


@jit
def put(rows, sign, routes, used):
    """Put waves on their streets and crossings, or take them off with ``sign`` -1."""
    base, row, after, walk, gate = routes
    for w in range(rows.shape[0]):
        r, first, lasting, stream = rows[w, 0], rows[w, 1], rows[w, 2], sign * rows[w, 3]
        for j in range(base[r], base[r + 1]):
            for k in range(first + after[j], first + after[j] + lasting):
                used[0][row[j], k] += stream
        for k in range(first + walk[r], first + walk[r] + lasting):
            used[1][gate[r], k] += stream


@jit
def fits(wave, routes, room, used):
    """Tell whether a wave has room in each of its minutes beside what is laid."""
    base, row, after, walk, gate = routes
    streets, twin, crossings, _ = room
    steps = crossings.shape[1] - 1
    r, first, lasting, stream = wave[0], wave[1], wave[2], wave[3]
    if first + walk[r] + lasting > steps + 1:
        return False
    for i in range(lasting):
        k = first + walk[r] + i
        if crossings[gate[r], k] - used[1][gate[r], k] < stream:
            return False
        for j in range(base[r], base[r + 1]):
            a, b, k = row[j], twin[row[j]], first + after[j] + i
            left = streets[a, k] - used[0][a, k]
            if b >= 0:  # clocks at the two ends differ by up to a minute
                facing = used[0][b, k]
                if k > 0:
                    facing = max(facing, used[0][b, k - 1])
                if k < steps:
                    facing = max(facing, used[0][b, k + 1])
                left -= facing
            if left < stream:
                return False
    return True


@jit
def worth(entries, chosen, zone_of, supply, routes, room, used, rule, shortest, space):
    """Tell what entries come to on their routes beside what is laid; nothing stays laid.

    Returns
    -------
    units moved, score, looks

    """
    entry, start, waves = space
    slots = order_slots(entries, chosen, routes, rule, room[2].shape[1] - 1, entry, start)
    n, score, _, looks = lay(
        entry, start, slots, chosen, zone_of, supply, routes, room, used, rule, shortest, waves
    )
    moved = 0
    for i in range(n):
        moved += waves[i, 4]
    take_back(n, chosen, routes, used, waves)
    return np.int64(moved), score, looks
