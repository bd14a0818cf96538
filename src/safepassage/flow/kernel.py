"""Find earliest-arrival flows: shortest augmenting paths with labels that are kept.

Nothing is written out: the residual network over time stands in three arrays of
flow. A state is (node, step), numbered ``node * width + step``; each source has
one more state, its hub, which holds the people not yet sent. Searches run
backwards from a crossing at step θ to a hub with people left. ``docs/flow.md``
has the proof; the names here follow it.
"""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit

__all__ = ["DEAD", "arcs_by_arrival", "solve"]

DEAD = 1 << 29
"""Label of a state that no person still at home can ever reach again."""

_CANCEL = -2  # from a hub: take back people sent at a minute
_INJECT = -3  # from a state at a source: its hub


@jit
def arcs_by_arrival(transit, width):
    """List, per arc and step of arrival, the steps of departure (for changing transits)."""
    n_arcs = transit.shape[0]
    first = np.full((n_arcs, width), -1, np.int32)
    following = np.full((n_arcs, width), -1, np.int32)
    for a in range(n_arcs):
        for k in range(width - 1, -1, -1):
            t = k + transit[a, k]
            if t < width:
                following[a, k] = first[a, t]
                first[a, t] = k
    return first, following


@jit
def _grown(array):
    out = np.empty(2 * array.shape[0], array.dtype)
    out[: array.shape[0]] = array
    return out


@jit
def _climb(
    labels, flow, sent, left, net, width, hubs, now, died, path, code, length, budget
):  # one function, nothing called: numba counts references at every call
    """Follow falling labels from a crossing, raising those that turn out too low.

    The path stands in ``path`` and ``code``, ``length`` states long; it may be taken
    up again. Returns (outcome, length, raises, path, code): outcome 1 where a hub
    with people left was reached, -1 where the crossing is cut off, 0 where ``budget``
    raises did not tell.
    """
    (
        tail, head, transit, capacity, in_start, in_arc, out_start, out_arc,
        at_start, at_source, source_node, release, first, following,
    ) = net  # fmt: skip
    changing_transit = transit.shape[1] > 1
    changing_capacity = capacity.shape[1] > 1
    n_arcs = tail.shape[0]
    raises = 0
    while raises < budget:
        x = path[length - 1]
        if x >= hubs and left[x - hubs] > 0:
            return 1, length, raises, path, code
        label = labels[x]
        want = label - 1
        least = DEAD
        best = -1
        move = 0
        if x >= hubs:
            s = x - hubs
            base = source_node[s] * width
            for k in range(release[s], now + 1):
                if sent[s, k] > 0 and labels[base + k] < least:
                    least = labels[base + k]
                    best, move = base + k, _CANCEL
                    if least <= want:
                        break
        else:
            v = x // width
            t = x - v * width
            for i in range(in_start[v], in_start[v + 1]):
                a = in_arc[i]
                k = first[a, t] if changing_transit else t - transit[a, 0]
                while k >= 0:
                    y = tail[a] * width + k
                    if labels[y] < least and (
                        flow[a, k] < capacity[a, k if changing_capacity else 0]
                    ):
                        least = labels[y]
                        best, move = y, a
                        if least <= want:
                            break
                    k = following[a, k] if changing_transit else -1
                if least <= want:
                    break
            if least > want:
                for i in range(out_start[v], out_start[v + 1]):
                    a = out_arc[i]
                    if flow[a, t] > 0:
                        y = head[a] * width + t + transit[a, t if changing_transit else 0]
                        if labels[y] < least:
                            least = labels[y]
                            best, move = y, n_arcs + a
            if least > want:
                for i in range(at_start[v], at_start[v + 1]):
                    s = at_source[i]
                    if release[s] <= t and labels[hubs + s] < least:
                        least = labels[hubs + s]
                        best, move = hubs + s, _INJECT
        if least <= want:
            if length == path.shape[0]:
                path, code = _grown(path), _grown(code)
            path[length], code[length] = best, move
            length += 1
            continue
        raises += 1
        if least >= DEAD:
            labels[x] = DEAD
            died[x] = now
        else:
            labels[x] = max(label, least + 1)
        if length > 1:
            length -= 1
        elif labels[x] >= DEAD:
            return -1, length, raises, path, code
    return 0, length, raises, path, code


@jit
def _augment(path, code, length, room, flow, sent, left, net, width, hubs):
    """Send as many people as fit along a path (crossing first, hub last)."""
    capacity = net[3]
    changing = capacity.shape[1] > 1
    n_arcs = net[0].shape[0]
    people = min(room, left[path[length - 1] - hubs])
    for i in range(1, length):
        c = code[i]
        if c >= n_arcs:
            people = min(people, flow[c - n_arcs, path[i - 1] % width])
        elif c >= 0:
            k = path[i] % width
            people = min(people, capacity[c, k if changing else 0] - flow[c, k])
        elif c == _CANCEL:
            people = min(people, sent[path[i - 1] - hubs, path[i] % width])
    for i in range(1, length):
        c = code[i]
        if c >= n_arcs:
            flow[c - n_arcs, path[i - 1] % width] -= people
        elif c >= 0:
            flow[c, path[i] % width] += people
        elif c == _CANCEL:
            sent[path[i - 1] - hubs, path[i] % width] -= people
        else:
            sent[path[i] - hubs, path[i - 1] % width] += people
    left[path[length - 1] - hubs] -= people
    return people


@jit
def _prove(
    x0, labels, stamp, mark, flow, sent, left, net, width, hubs, now, most, queue, parent, code
):
    """Look breadth first at everything alive behind a state.

    Returns (hub's position in the queue, states seen, queue, parent, code): a shortest
    path stands in the queue; or position -1, and all that was seen is cut off; or -2
    where more than ``most`` states would have to be seen to tell.
    """
    (
        tail, head, transit, capacity, in_start, in_arc, out_start, out_arc,
        at_start, at_source, source_node, release, first, following,
    ) = net  # fmt: skip
    changing_transit = transit.shape[1] > 1
    changing_capacity = capacity.shape[1] > 1
    n_arcs = tail.shape[0]
    queue[0], parent[0], code[0] = x0, -1, 0
    stamp[x0] = mark
    seen = 1
    i = 0
    while i < seen:
        if seen > most:
            return -2, seen, queue, parent, code
        x = queue[i]
        if x >= hubs and left[x - hubs] > 0:
            return i, seen, queue, parent, code
        if x >= hubs:
            s = x - hubs
            degree = now + 1
        else:
            v = x // width
            t = x - v * width
            degree = 0
            s = 0
        # room for every predecessor there can be: arcs in (all departures), arcs out, hubs
        if x < hubs:
            degree = (in_start[v + 1] - in_start[v]) * (width if changing_transit else 1)
            degree += out_start[v + 1] - out_start[v] + at_start[v + 1] - at_start[v]
        while seen + degree > queue.shape[0]:
            queue, parent, code = _grown(queue), _grown(parent), _grown(code)
        if x >= hubs:
            base = source_node[s] * width
            for k in range(release[s], now + 1):
                y = base + k
                if sent[s, k] > 0 and stamp[y] != mark and labels[y] < DEAD:
                    stamp[y] = mark
                    queue[seen], parent[seen], code[seen] = y, i, _CANCEL
                    seen += 1
        else:
            for j in range(in_start[v], in_start[v + 1]):
                a = in_arc[j]
                k = first[a, t] if changing_transit else t - transit[a, 0]
                while k >= 0:
                    y = tail[a] * width + k
                    if (
                        stamp[y] != mark
                        and labels[y] < DEAD
                        and flow[a, k] < capacity[a, k if changing_capacity else 0]
                    ):
                        stamp[y] = mark
                        queue[seen], parent[seen], code[seen] = y, i, a
                        seen += 1
                    k = following[a, k] if changing_transit else -1
            for j in range(out_start[v], out_start[v + 1]):
                a = out_arc[j]
                if flow[a, t] > 0:
                    y = head[a] * width + t + transit[a, t if changing_transit else 0]
                    if stamp[y] != mark and labels[y] < DEAD:
                        stamp[y] = mark
                        queue[seen], parent[seen], code[seen] = y, i, n_arcs + a
                        seen += 1
            for j in range(at_start[v], at_start[v + 1]):
                s = at_source[j]
                y = hubs + s
                if release[s] <= t and stamp[y] != mark and labels[y] < DEAD:
                    stamp[y] = mark
                    queue[seen], parent[seen], code[seen] = y, i, _INJECT
                    seen += 1
        i += 1
    return -1, seen, queue, parent, code


@jit
def solve(net, sinks, sink_capacity, supply, labels, width, patience):
    """Solve for every step in turn; see the module's docstring.

    Parameters
    ----------
    net
        The network's arrays, as ``arrival.py`` packs them.
    sinks, sink_capacity
        Crossing nodes, shape (sinks,), and people per step, (sinks, 1) or (sinks, width).
    supply
        People per source, shape (sources,).
    labels
        First lower bounds, shape (nodes * width + sources,); changed in place.
    width
        Steps + 1.
    patience
        How many label raises a search may take before a first look at everything.

    Returns
    -------
    flow (arcs, width), sent (sources, width), passed (sinks, width), left (sources,),
    died (states,): the step at which a state was proven cut off, or ``width``;
    finished: the step at which nobody was left, or ``width``; augmentations, proofs.

    """
    n_arcs = net[0].shape[0]
    hubs = labels.shape[0] - supply.shape[0]
    flow = np.zeros((n_arcs, width), np.int32)
    sent = np.zeros((supply.shape[0], width), np.int32)
    passed = np.zeros((sinks.shape[0], width), np.int32)
    left = supply.copy()
    died = np.full(labels.shape[0], width, np.int32)
    stamp = np.zeros(labels.shape[0], np.int32)
    for x in range(labels.shape[0]):
        if labels[x] >= DEAD:
            died[x] = -1
    path = np.empty(1024, np.int64)
    code = np.empty(1024, np.int32)
    queue = np.empty(1024, np.int64)
    parent = np.empty(1024, np.int32)
    queue_code = np.empty(1024, np.int32)
    waiting = left.sum()
    finished = 0 if waiting == 0 else width
    augmentations = 0
    proofs = 0
    mark = 0
    changing_sink = sink_capacity.shape[1] > 1
    for now in range(width):
        if waiting == 0:
            break
        for e in range(sinks.shape[0]):
            x0 = sinks[e] * width + now
            limit = sink_capacity[e, now if changing_sink else 0]
            while passed[e, now] < limit and labels[x0] < DEAD and waiting > 0:
                length = 1
                path[0] = x0
                climbed = 0
                enough = patience
                while True:
                    outcome, length, raises, path, code = _climb(
                        labels, flow, sent, left, net, width, hubs, now, died,
                        path, code, length, enough,
                    )  # fmt: skip
                    if outcome != 0:
                        break
                    # labels that climb and climb: look at everything, but no longer than
                    # the climbing took, and climb on where that does not tell
                    climbed += raises
                    enough = climbed
                    proofs += 1
                    mark += 1
                    hub, seen, queue, parent, queue_code = _prove(
                        x0, labels, stamp, mark, flow, sent, left, net, width, hubs, now,
                        climbed, queue, parent, queue_code,
                    )  # fmt: skip
                    if hub == -1:
                        for i in range(seen):
                            labels[queue[i]] = DEAD
                            died[queue[i]] = now
                        outcome = -1
                        break
                    if hub >= 0:
                        length = 0
                        i = hub
                        while i >= 0:
                            if length == path.shape[0]:
                                path, code = _grown(path), _grown(code)
                            path[length] = queue[i]
                            code[length] = queue_code[i]
                            length += 1
                            i = parent[i]
                        for i in range(length // 2):
                            j = length - 1 - i
                            path[i], path[j] = path[j], path[i]
                            code[i], code[j] = code[j], code[i]
                        outcome = 1
                        break
                if outcome == 1:
                    augmentations += 1
                    people = _augment(
                        path, code, length, limit - passed[e, now],
                        flow, sent, left, net, width, hubs,
                    )  # fmt: skip
                    passed[e, now] += people
                    waiting -= people
                    hub_state = path[length - 1]
                    if left[hub_state - hubs] == 0:
                        labels[hub_state] = max(labels[hub_state], 1)
        if waiting == 0:
            finished = now
    return flow, sent, passed, left, died, finished, augmentations, proofs
