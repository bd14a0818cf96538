"""Read a solved flow: its first labels, its cuts, its routes."""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit

__all__ = ["count_cut", "decompose", "earliest", "fill_cut", "first_labels"]


@jit
def earliest(n_nodes, out_start, out_arc, head, quickest, source_node, release):
    """Find moves and steps from the nearest source to each node, waiting ignored.

    Returns two arrays of shape (nodes,): fewest moves (0 where none leads there)
    and a lower bound of the earliest step (2**30 where none leads there).
    """
    never = 1 << 30
    hops = np.zeros(n_nodes, np.int32)
    queue = np.empty(n_nodes, np.int64)
    tail_of_queue = 0
    for s in range(source_node.shape[0]):
        v = source_node[s]
        if hops[v] == 0:
            hops[v] = 1
            queue[tail_of_queue] = v
            tail_of_queue += 1
    i = 0
    while i < tail_of_queue:
        v = queue[i]
        i += 1
        for j in range(out_start[v], out_start[v + 1]):
            w = head[out_arc[j]]
            if hops[w] == 0:
                hops[w] = hops[v] + 1
                queue[tail_of_queue] = w
                tail_of_queue += 1
    step = np.full(n_nodes, never, np.int64)
    heap = [(np.int64(0), np.int64(0))]
    heap.pop()
    for s in range(source_node.shape[0]):
        v = source_node[s]
        if release[s] < step[v]:
            step[v] = release[s]
            _push(heap, np.int64(release[s]), np.int64(v))
    while len(heap) > 0:
        t, v = _pop(heap)
        if t > step[v]:
            continue
        for j in range(out_start[v], out_start[v + 1]):
            a = out_arc[j]
            w = head[a]
            if t + quickest[a] < step[w]:
                step[w] = t + quickest[a]
                _push(heap, step[w], np.int64(w))
    return hops, step


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
def first_labels(hops, step, width, n_sources, dead):
    """Give each state its first label: moves from a source, dead where it is too early."""
    n_nodes = hops.shape[0]
    labels = np.empty(n_nodes * width + n_sources, np.int32)
    for v in range(n_nodes):
        for t in range(width):
            labels[v * width + t] = dead if hops[v] == 0 or t < step[v] else hops[v]
    labels[n_nodes * width :] = 0
    return labels


@jit
def count_cut(step, died, tail, head, transit, width):
    """Count the arcs over time that lead into what is cut off by a step."""
    n = 0
    changing = transit.shape[1] > 1
    for a in range(tail.shape[0]):
        for k in range(step + 1):
            t = k + transit[a, k if changing else 0]
            if t <= step and died[head[a] * width + t] <= step < died[tail[a] * width + k]:
                n += 1
    return n


@jit
def fill_cut(step, died, tail, head, transit, width, n):
    """List those arcs and their steps of entry."""
    arcs = np.empty(n, np.int64)
    steps = np.empty(n, np.int64)
    i = 0
    changing = transit.shape[1] > 1
    for a in range(tail.shape[0]):
        for k in range(step + 1):
            t = k + transit[a, k if changing else 0]
            if t <= step and died[head[a] * width + t] <= step < died[tail[a] * width + k]:
                arcs[i], steps[i] = a, k
                i += 1
    return arcs, steps


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
