"""Read a solved flow: its cuts, its bounds, its routes."""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit
from safepassage.flow.kernel_bits import grown

__all__ = ["cut_arcs", "decompose", "earliest", "stretched_cut"]


@jit
def earliest(n_nodes, out_start, head_out, transit_out, sources, release):
    """Find the earliest step at which anybody can be at each node: shape (nodes,).

    A lower bound: every lane is taken as open at all steps. 2**30 where nobody comes.
    """
    step = np.full(n_nodes, 1 << 30, np.int64)
    heap = [(np.int64(0), np.int64(0))]
    heap.pop()
    for s in range(sources.shape[0]):
        v = sources[s]
        if release[s] < step[v]:
            step[v] = release[s]
            _push(heap, np.int64(release[s]), np.int64(v))
    while len(heap) > 0:
        t, v = _pop(heap)
        if t > step[v]:
            continue
        for j in range(out_start[v], out_start[v + 1]):
            w = head_out[j]
            if t + transit_out[j] < step[w]:
                step[w] = t + transit_out[j]
                _push(heap, step[w], np.int64(w))
    return step


@jit
def _push(heap, key, value):
    heap.append((key, value))
    i = len(heap) - 1
    while i > 0 and heap[(i - 1) // 2][0] > heap[i][0]:
        heap[i], heap[(i - 1) // 2] = heap[(i - 1) // 2], heap[i]
        i = (i - 1) // 2


@jit
def _pop(heap):
    top = heap[0]
    last = heap.pop()
    if len(heap) > 0:
        heap[0] = last
        i = 0
        while True:
            least = i
            for child in (2 * i + 1, 2 * i + 2):
                if child < len(heap) and heap[child][0] < heap[least][0]:
                    least = child
            if least == i:
                break
            heap[i], heap[least] = heap[least], heap[i]
            i = least
    return top


@jit
def _cut_off(v, t, died, early, by, width, pivot, shift):
    """Tell whether a state counts as cut off by a step, columns after a pivot repeated."""
    if t < early[v]:
        return True
    column = t if t <= pivot else max(pivot, t - shift)
    when = died[np.int64(v) * width + column]
    return 0 < when <= by + 1


@jit
def cut_arcs(step, died, early, arc, tail, head, transit, runs, since, people, width):
    """List the arcs over time that lead into what is cut off by a step, and their capacity.

    Nobody comes to a head before its early step along an arc whose tail has reached its own.
    """
    touched = np.zeros(early.shape[0], np.bool_)
    for v in range(early.shape[0]):
        base = np.int64(v) * width
        for t in range(early[v], step + 1):
            if 0 < died[base + t] <= step + 1:
                touched[v] = True
                break
    arcs = np.empty(1024, np.int64)
    steps = np.empty(1024, np.int64)
    n = 0
    value = np.int64(0)
    for a in range(arc.shape[0]):
        u, v, tau = tail[a], head[a], transit[a]
        if not touched[v]:
            continue
        base, end_base = np.int64(u) * width, np.int64(v) * width + tau
        for j in range(runs[a], runs[a + 1]):
            end = since[j + 1] if j + 1 < runs[a + 1] else width
            if people[j] < 0:
                continue
            for k in range(max(since[j], early[u]), min(end, step + 1 - tau)):
                when = died[end_base + k]
                if 0 < when <= step + 1:
                    when = died[base + k]
                    if when == 0 or when > step + 1:
                        if n == arcs.shape[0]:
                            arcs, steps = grown(arcs), grown(steps)
                        arcs[n], steps[n] = arc[a], k
                        value += people[j]
                        n += 1
    return arcs[:n], steps[:n], value


@jit
def stretched_cut(
    step, by, pivot, died, hub_died, early, tail, head, transit, runs, since, people,
    sources, release, supply, sinks, sink_capacity, width,
):  # fmt: skip
    """Sum up a cut for ``step`` made from the one for ``by``, an earlier step.

    What was cut off by then is taken apart at ``pivot``, and its column there repeated as
    often as there are steps between: near the truth where minutes repeat each other. Any
    set of states is a cut, so that the sum bounds the people arrived by ``step``.
    """
    shift = step - by
    value = np.int64(0)
    for a in range(tail.shape[0]):
        for j in range(runs[a], runs[a + 1]):
            if people[j] <= 0:
                continue
            end = since[j + 1] if j + 1 < runs[a + 1] else width
            for k in range(since[j], min(end, step + 1 - transit[a])):
                if _cut_off(
                    head[a], k + transit[a], died, early, by, width, pivot, shift
                ) and not _cut_off(tail[a], k, died, early, by, width, pivot, shift):
                    value += people[j]
    for e in range(sinks.shape[0]):
        for k in range(step + 1):
            if not _cut_off(sinks[e], k, died, early, by, width, pivot, shift):
                value += sink_capacity[e, k if sink_capacity.shape[1] > 1 else 0]
    for s in range(sources.shape[0]):
        inside = 0 < hub_died[s] <= by + 1
        for k in range(release[s], step + 1):
            inside = inside or _cut_off(sources[s], k, died, early, by, width, pivot, shift)
        if inside:
            value += supply[s]
    return value


@jit
def decompose(
    tail,
    head,
    transit,
    out_start,
    out_arc,
    source_node,
    sinks_at_start,
    sinks_at,
    flow,
    sent,
    passed,
):
    """Take a flow apart into routes without loops; the arrays of flow are used up.

    Returns source, sink, depart, arrive, people (each (routes,)), and the arcs of
    route r as ``arcs[start[r]:start[r + 1]]`` with their steps of entry ``enter``.
    """
    changing = transit.shape[1] > 1
    width = flow.shape[1]
    source = [np.int64(0)]
    sink = [np.int64(0)]
    depart = [np.int64(0)]
    arrive = [np.int64(0)]
    people = [np.int64(0)]
    start = [np.int64(0)]
    arcs = [np.int64(0)]
    enter = [np.int64(0)]
    for each in (source, sink, depart, arrive, people, arcs, enter):
        each.pop()
    at = np.full(sinks_at_start.shape[0], -1, np.int64)  # node -> where the walk left it last
    for s in range(source_node.shape[0]):
        for k0 in range(width):
            while sent[s, k0] > 0:
                base = len(arcs)
                v = source_node[s]
                t = k0
                while True:
                    e = -1
                    for i in range(sinks_at_start[v], sinks_at_start[v + 1]):
                        if passed[sinks_at[i], t] > 0:
                            e = sinks_at[i]
                            break
                    if e >= 0:
                        break
                    at[v] = len(arcs)
                    a = -1
                    for i in range(out_start[v], out_start[v + 1]):
                        if flow[out_arc[i], t] > 0:
                            a = out_arc[i]
                            break
                    if a < 0:  # cannot be while the flow is conserved
                        raise RuntimeError("flow is not conserved")
                    arcs.append(np.int64(a))
                    enter.append(np.int64(t))
                    t += transit[a, t if changing else 0]
                    v = head[a]
                    # a loop within a minute carries nobody anywhere: take it out
                    back = at[v]
                    if base <= back < len(arcs) and enter[back] == t and tail[arcs[back]] == v:
                        least = flow[arcs[back], t]
                        for i in range(back, len(arcs)):
                            least = min(least, flow[arcs[i], enter[i]])
                        while len(arcs) > back:
                            flow[arcs.pop(), enter.pop()] -= least
                n = min(sent[s, k0], passed[e, t])
                for i in range(base, len(arcs)):
                    n = min(n, flow[arcs[i], enter[i]])
                for i in range(base, len(arcs)):
                    flow[arcs[i], enter[i]] -= n
                sent[s, k0] -= n
                passed[e, t] -= n
                source.append(np.int64(s))
                sink.append(np.int64(e))
                depart.append(np.int64(k0))
                arrive.append(np.int64(t))
                people.append(np.int64(n))
                start.append(np.int64(len(arcs)))
    return (
        np.array(source), np.array(sink), np.array(depart), np.array(arrive),
        np.array(people), np.array(start), np.array(arcs), np.array(enter),
    )  # fmt: skip
