"""Count the fewest moves along streets from hubs that still have people."""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit
from safepassage.flow.kernel_bits import grown

__all__ = ["hops_from", "hops_without"]

_FAR = np.int32(1 << 28)


@jit
def hops_from(hops, owner, sources, left, near_start, near):
    """Count the fewest moves from a hub with people, along streets in either direction.

    No residual way is shorter, whatever flows: a way moves along streets, or back along
    them. ``near[near_start[v]:near_start[v + 1]]`` are the ends of the streets at v;
    ``owner`` tells the source that is nearest.
    """
    queue = np.empty(hops.shape[0], np.int32)
    hops[:] = _FAR
    owner[:] = -1
    n = 0
    for s in range(sources.shape[0]):
        v = sources[s]
        if left[s] > 0 and hops[v] > 1:
            hops[v] = 1
            owner[v] = s
            queue[n] = v
            n += 1
    i = 0
    while i < n:
        v = queue[i]
        i += 1
        for j in range(near_start[v], near_start[v + 1]):
            u = near[j]
            if hops[u] == _FAR:
                hops[u], owner[u] = hops[v] + 1, owner[v]
                queue[n] = u
                n += 1


@jit
def hops_without(s, hops, owner, sources, left, near_start, near):
    """Mend the fewest moves once source ``s`` has nobody left: only where it was nearest."""
    v = sources[s]
    if owner[v] != s:
        return
    lost = np.empty(64, np.int32)
    queue = np.empty(64, np.int32)
    lost[0] = v
    owner[v] = -1
    n = 1
    i = 0
    while i < n:  # what it was nearest to
        v = lost[i]
        hops[v] = _FAR
        i += 1
        while n + near_start[v + 1] - near_start[v] > lost.shape[0]:
            lost = grown(lost)
        for j in range(near_start[v], near_start[v + 1]):
            u = near[j]
            if owner[u] == s:
                owner[u] = -1
                lost[n] = u
                n += 1
    while queue.shape[0] < n:
        queue = grown(queue)
    m = 0
    for other in range(sources.shape[0]):  # another source at the same place
        u = sources[other]
        if left[other] > 0 and owner[u] == -1 and hops[u] == _FAR:
            hops[u], owner[u] = 1, other
    for i in range(n):  # from its rim inwards, again and again until nothing falls
        v = lost[i]
        for j in range(near_start[v], near_start[v + 1]):
            u = near[j]
            if hops[u] + 1 < hops[v]:
                hops[v], owner[v] = hops[u] + 1, owner[u]
        if hops[v] < _FAR:
            queue[m] = v
            m += 1
    i = 0
    while i < m:
        v = queue[i]
        i += 1
        h = hops[v] + 1
        for j in range(near_start[v], near_start[v + 1]):
            u = near[j]
            if hops[u] > h:
                hops[u], owner[u] = h, owner[v]
                if m == queue.shape[0]:
                    queue = grown(queue)
                queue[m] = u
                m += 1
