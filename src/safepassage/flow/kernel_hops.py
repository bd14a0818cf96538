"""Count the fewest moves along streets from hubs that still have people."""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit
from safepassage.flow.kernel_bits import grown

__all__ = ["hops_from", "hops_without"]

_FAR = np.int32(1 << 28)


@jit
def hops_from(hops, owner, sources, left, tail, in_start, out_start, head_out):
    """Count the fewest moves from a hub with people, along streets in either direction.

    No residual way is shorter, whatever flows: a way moves along streets, or back along
    them. ``owner`` tells the source that is nearest.
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
        for a in range(in_start[v], in_start[v + 1]):
            u = tail[a]
            if hops[u] == _FAR:
                hops[u], owner[u] = hops[v] + 1, owner[v]
                queue[n] = u
                n += 1
        for j in range(out_start[v], out_start[v + 1]):
            u = head_out[j]
            if hops[u] == _FAR:
                hops[u], owner[u] = hops[v] + 1, owner[v]
                queue[n] = u
                n += 1


@jit
def hops_without(s, hops, owner, sources, left, tail, in_start, out_start, head_out):
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
        while (
            n + (in_start[v + 1] - in_start[v]) + (out_start[v + 1] - out_start[v])
            > (lost.shape[0])
        ):
            lost = grown(lost)
        for a in range(in_start[v], in_start[v + 1]):
            u = tail[a]
            if owner[u] == s:
                owner[u] = -1
                lost[n] = u
                n += 1
        for j in range(out_start[v], out_start[v + 1]):
            u = head_out[j]
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
        for a in range(in_start[v], in_start[v + 1]):
            u = tail[a]
            if hops[u] + 1 < hops[v]:
                hops[v], owner[v] = hops[u] + 1, owner[u]
        for j in range(out_start[v], out_start[v + 1]):
            u = head_out[j]
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
        for side in range(2):
            first = in_start[v] if side == 0 else out_start[v]
            last = in_start[v + 1] if side == 0 else out_start[v + 1]
            for j in range(first, last):
                u = tail[j] if side == 0 else head_out[j]
                if hops[u] > h:
                    hops[u], owner[u] = h, owner[v]
                    if m == queue.shape[0]:
                        queue = grown(queue)
                    queue[m] = u
                    m += 1
