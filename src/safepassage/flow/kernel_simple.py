"""Send people later by straighter ways, and let walks that meet change places; see ``simple.py``.

Walk r goes along ``arcs[base[r]:end[r]]``, entered at the steps in ``enter``; its last arc
leads through a crossing to the goal. A state is ``node * width + step``; each source has
one more, its hub.
"""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit
from safepassage.flow.kernel_bits import grown

__all__ = ["circles", "later", "uncross"]

_HUB = 1 << 29
"""Moves from here on: whoever a source sent at another step is taken back."""

_FAR = 1 << 28
"""Steps to where nobody comes."""

_CIRCLING = 1 << 20
"""One walk with a circle counts as much as so many nodes come back to."""

_TRIES = 200
"""Walks tried for one that circles, in each round."""


@jit
def _circle(arcs, base, end, tail, head, seen, mark):
    """Count how often a walk comes back to a node; find its first circle, as positions.

    Who waits in a loop stays where they are.
    """
    back = 0
    first = 0
    last = 0
    for i in range(base, end):
        v = tail[arcs[i]]
        if v == head[arcs[i]]:
            continue
        if seen[v, 0] == mark:
            if back == 0:
                first, last = seen[v, 1], i - base
            back += 1
        else:
            seen[v, 0], seen[v, 1] = mark, i - base
    return back, first, last


@jit
def circles(base, end, arcs, tail, head, n_nodes):
    """Find, for each walk, how often it comes back to a node, and its first circle."""
    n = base.shape[0]
    seen = np.full((n_nodes, 2), -1, np.int64)
    back, first, last = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64)
    for r in range(n):
        back[r], first[r], last[r] = _circle(arcs, base[r], end[r], tail, head, seen, r)
    return back, first, last


@jit
def _append(arcs, enter, used, low, high):
    """Copy a part of a walk behind what is used."""
    for i in range(low, high):
        arcs[used], enter[used] = arcs[i], enter[i]
        used += 1
    return used


@jit
def _exchanged(arcs, enter, used, r0, r, r1, q0, q, q1):
    """Write down two walks with their tails exchanged; give where each one ends."""
    middle = _append(arcs, enter, _append(arcs, enter, used, r0, r), q, q1)
    return middle, _append(arcs, enter, _append(arcs, enter, middle, q0, q), r, r1)


@jit
def _on_circles(keys, base, end, arcs, enter, tail, width, n_nodes):
    """List the walks through each of some states, and where on the walk: start, walk, place."""
    wanted = np.zeros(n_nodes, np.bool_)
    for x in keys:
        wanted[x // width] = True
    start = np.zeros(keys.shape[0] + 2, np.int64)
    walk = np.empty(0, np.int64)
    place = np.empty(0, np.int64)
    for turn in range(2):
        for r in range(base.shape[0]):
            for i in range(base[r], end[r]):
                v = np.int64(tail[arcs[i]])
                if wanted[v]:
                    x = v * width + enter[i]
                    j = np.searchsorted(keys, x)
                    if j < keys.shape[0] and keys[j] == x:
                        if turn:
                            walk[start[j + 1]], place[start[j + 1]] = r, i - base[r]
                            start[j + 1] += 1
                        else:
                            start[j + 2] += 1
        if turn == 0:
            start = np.cumsum(start)
            walk, place = np.empty(start[-1], np.int64), np.empty(start[-1], np.int64)
    return start, walk, place


@jit
def uncross(people, base, end, source, depart, arcs, enter, tail, head, n_nodes, width, rounds):
    """Let walks that circle exchange their tails with walks they meet, if fewer circle then.

    The flow stays as it is. Returns people, base, end, source, depart, arcs, enter anew.
    """
    n = base.shape[0]
    used = arcs.shape[0]
    seen = np.full((n_nodes, 2), -1, np.int64)
    mark = 0
    for _ in range(rounds):
        back, first, last = circles(base[:n], end[:n], arcs, tail, head, n_nodes)
        n_keys = 0
        for r in range(n):
            n_keys += last[r] - first[r]
        if n_keys == 0:
            break
        keys = np.empty(n_keys, np.int64)
        for r in range(n):
            for i in range(base[r] + first[r], base[r] + last[r]):
                n_keys -= 1
                keys[n_keys] = np.int64(tail[arcs[i]]) * width + enter[i]
        keys = np.unique(keys)
        start, walk, place = _on_circles(
            keys, base[:n], end[:n], arcs, enter, tail, width, n_nodes
        )  # fmt: skip
        worth = back + _CIRCLING * (back > 0)
        done = np.zeros(n, np.bool_)
        before = n
        gained = 0
        for r in range(before):
            if back[r] == 0 or done[r]:
                continue
            best, best_q, best_p, best_o = 0, 0, 0, 0
            tries = 0
            for p in range(first[r], last[r]):
                x = np.int64(tail[arcs[base[r] + p]]) * width + enter[base[r] + p]
                j = np.searchsorted(keys, x)
                for i in range(start[j], start[j + 1]):
                    q, o = walk[i], place[i]
                    if q == r or done[q] or tries == _TRIES:
                        continue
                    tries += 1
                    while used + end[r] - base[r] + end[q] - base[q] > arcs.shape[0]:
                        arcs, enter = grown(arcs), grown(enter)
                    middle, over = _exchanged(
                        arcs, enter, used, base[r], base[r] + p, end[r],
                        base[q], base[q] + o, end[q],
                    )  # fmt: skip
                    mark += 2
                    one, _, _ = _circle(arcs, used, middle, tail, head, seen, mark)
                    two, _, _ = _circle(arcs, middle, over, tail, head, seen, mark + 1)
                    gain = worth[r] + worth[q] - one - two
                    gain -= _CIRCLING * ((one > 0) + np.int64(two > 0))
                    gain *= min(people[r], people[q])
                    if gain > best:
                        best, best_q, best_p, best_o = gain, q, p, o
            if best == 0:
                continue
            q, p, o = best_q, best_p, best_o
            gained += best
            few = min(people[r], people[q])
            if people[r] != people[q]:  # some of the larger group walk on as before
                old = r if people[r] > few else q
                if n == base.shape[0]:
                    base, end, people = grown(base), grown(end), grown(people)
                    source, depart = grown(source), grown(depart)
                base[n], end[n], people[n] = base[old], end[old], people[old] - few
                source[n], depart[n] = source[old], depart[old]
                n += 1
            middle, over = _exchanged(
                arcs, enter, used, base[r], base[r] + p, end[r], base[q], base[q] + o, end[q]
            )  # fmt: skip
            base[r], end[r], base[q], end[q] = used, middle, middle, over
            used = over
            people[r] = people[q] = few
            done[r] = done[q] = True
        if gained == 0:
            break
    return people[:n], base[:n], end[:n], source[:n], depart[:n], arcs[:used], enter[:used]


@jit
def _quickest(start, head, quick, out_start, out_arc, steps):
    """Find the fewest steps from a node to each other one."""
    steps[:] = _FAR
    steps[start] = 0
    n = steps.shape[0]
    queue = np.empty(n, np.int64)
    waits = np.zeros(n, np.bool_)
    queue[0] = start
    low, many = 0, 1
    while many > 0:
        v = queue[low]
        low, many = (low + 1) % n, many - 1
        waits[v] = False
        for i in range(out_start[v], out_start[v + 1]):
            w = head[out_arc[i]]
            if steps[v] + quick[out_arc[i]] < steps[w]:
                steps[w] = steps[v] + quick[out_arc[i]]
                if not waits[w]:
                    waits[w] = True
                    queue[(low + many) % n] = w
                    many += 1


@jit
def _send(found, hub, people, least, state, parent, code, net, free, flow, sent, left):
    """Send as many as fit along a way found that takes few enough person-steps, or nobody.

    Returns how many were sent. ``least`` is the most that the way may take for each.
    """
    transit, capacity = net.transit, net.capacity
    changing_transit, changing_capacity = transit.shape[1] > 1, capacity.shape[1] > 1
    width = flow.shape[1]
    few = min(people, left[hub])
    takes = np.int64(0)
    i = found
    while parent[i] >= 0:
        c, k, t = code[i], state[i] % width, state[parent[i]] % width
        if c >= _HUB:
            few = min(few, np.int64(sent[c - _HUB, k]))
        elif c >= 0:
            few = min(few, np.int64(capacity[c, k if changing_capacity else 0] - flow[c, k]))
            takes += 0 if free[c] else transit[c, k if changing_transit else 0]
        else:
            few = min(few, np.int64(flow[-1 - c, t]))
            takes -= 0 if free[-1 - c] else transit[-1 - c, t if changing_transit else 0]
        i = parent[i]
    if few <= 0 or takes > least:
        return np.int64(0)
    sent[hub, state[found] % width] += few
    left[hub] -= few
    i = found
    while parent[i] >= 0:
        c, k, t = code[i], state[i] % width, state[parent[i]] % width
        if c >= _HUB:
            sent[c - _HUB, k] -= few
            sent[c - _HUB, t] += few
        elif c >= 0:
            flow[c, k] += few
        else:
            flow[-1 - c, t] -= few
        i = parent[i]
    return few


@jit
def later(
    walks, upto, people, base, end, source, depart, arcs, enter, net, free, quick, same,
    flow, sent, left, stamp, mark, most,
):  # fmt: skip
    """Find for each of some walks a way that takes fewer person-steps, others making room.

    A walk is taken out as far as position ``upto``; then somebody is looked for, backwards
    along residual moves, who can leave home later and be there at the same step. First come
    those states from which the quickest way from the walk's home would leave latest.

    Parameters
    ----------
    walks, upto
        Which walks, and as far as where, shapes (some,).
    people, base, end, source, depart, arcs, enter
        All walks.
    net, free, quick
        The network; arcs that cost nothing; the fewest steps each arc takes.
    same
        Whether a way that takes as many person-steps will do.
    flow, sent, left
        Shapes (arcs, width), (sources, width), (sources,).
    stamp, mark
        Room to work in, shape (states + sources,); it holds nothing above ``mark``.
    most
        States looked at for one walk.

    Returns
    -------
    The mark, how many people were sent another way, and the states looked at.

    """
    (
        tail, head, transit, capacity, in_start, in_arc, out_start, out_arc,
        at_start, at_source, source_node, release, arrived, following,
    ) = net  # fmt: skip
    changing_transit, changing_capacity = transit.shape[1] > 1, capacity.shape[1] > 1
    width = flow.shape[1]
    hubs = (in_start.shape[0] - 1) * width
    from_home = np.empty(in_start.shape[0] - 1, np.int64)
    home = -1
    state = np.empty(1 << 12, np.int64)
    parent = np.empty(1 << 12, np.int32)
    code = np.empty(1 << 12, np.int32)
    below = np.empty(1 << 12, np.int32)
    top = np.full(width + 1, -1, np.int32)
    moved, looked = 0, 0
    for turn in range(walks.shape[0]):
        r = walks[turn]
        s, leaves, low, high = source[r], depart[r], base[r], base[r] + upto[turn]
        if home != source_node[s]:
            home = source_node[s]
            _quickest(home, head, quick, out_start, out_arc, from_home)
        if high < end[r]:
            goal, now = np.int64(tail[arcs[high]]), enter[high]
        else:
            goal, now = np.int64(head[arcs[high - 1]]), enter[high - 1]
        took = 0
        few = min(np.int64(people[r]), np.int64(sent[s, leaves]))
        for i in range(low, high):
            a, k = arcs[i], enter[i]
            few = min(few, np.int64(flow[a, k]))
            took += 0 if free[a] else transit[a, k if changing_transit else 0]
        if took + same <= from_home[goal]:
            continue  # there is no quicker way
        bound = now - leaves + same
        while few > 0:
            sent[s, leaves] -= few
            left[s] += few
            for i in range(low, high):
                flow[arcs[i], enter[i]] -= few
            mark += 1
            state[0], parent[0], code[0], below[0] = goal * width + now, -1, 0, -1
            stamp[state[0]] = mark
            n, pops = 1, 0
            lowest = highest = from_home[goal]
            top[lowest] = 0
            found, hub = -1, 0
            while pops < most and found < 0:
                while lowest <= highest and top[lowest] < 0:
                    lowest += 1
                if lowest > highest:
                    break
                i = top[lowest]
                top[lowest] = below[i]
                pops += 1
                v = state[i] // width
                t = state[i] - v * width
                # lists of neighbours, one after another: hubs here, arcs out, arcs in
                kinds = 0
                j, stop = np.int64(at_start[v]), np.int64(at_start[v + 1])
                k = np.int64(-1)
                q = 0
                while True:
                    c = 0
                    if kinds == 0:
                        if k < 0:
                            if j >= stop:
                                kinds, j, stop = 1, np.int64(out_start[v]), out_start[v + 1]
                                continue
                            q = at_source[j]
                            j += 1
                            if release[q] > t:
                                continue
                            if left[q] > 0 and t > leaves - same:
                                found, hub = i, q
                                break
                            if stamp[hubs + q] == mark:
                                continue
                            stamp[hubs + q] = mark
                            k = t
                        k -= 1
                        if k < release[q]:
                            k = np.int64(-1)
                            continue
                        if sent[q, k] == 0:
                            continue
                        w, at, c = v, k, _HUB + q
                    elif kinds == 1:
                        if j >= stop:
                            kinds, j, stop = 2, np.int64(in_start[v]), in_start[v + 1]
                            k = np.int64(-1)
                            continue
                        a = out_arc[j]
                        j += 1
                        if flow[a, t] == 0:
                            continue
                        w, c = np.int64(head[a]), -1 - a
                        at = t + transit[a, t if changing_transit else 0]
                    else:
                        if k < 0:
                            if j >= stop:
                                break
                            a = in_arc[j]
                            j += 1
                            k = np.int64(arrived[a, t] if changing_transit else t - transit[a, 0])
                            if k < 0:
                                continue
                        w, at, c = np.int64(tail[a]), k, a
                        room = flow[a, k] < capacity[a, k if changing_capacity else 0]
                        k = np.int64(following[a, k] if changing_transit else -1)
                        if not room:
                            continue
                    y = w * width + at
                    ahead = now - at + from_home[w]
                    if stamp[y] == mark or ahead >= bound or ahead < 0:
                        continue
                    stamp[y] = mark
                    if n == state.shape[0]:
                        state, parent = grown(state), grown(parent)
                        code, below = grown(code), grown(below)
                    state[n], parent[n], code[n], below[n] = y, i, c, top[ahead]
                    top[ahead] = n
                    lowest, highest = min(lowest, ahead), max(highest, ahead)
                    n += 1
            top[: highest + 1] = -1
            looked += pops
            went = np.int64(0)
            if found >= 0:
                went = _send(
                    found, hub, few, took - 1 + same, state, parent, code, net, free,
                    flow, sent, left,
                )  # fmt: skip
            moved += went
            few -= went
            sent[s, leaves] += few
            left[s] -= few
            for i in range(low, high):
                flow[arcs[i], enter[i]] += few
            if went == 0:
                break
    return mark, moved, looked
