"""Send people along the ways that cost least time on the road; see ``exposure.py``.

The residual network over time stands in arrays of flow, as in ``kernel.py``; nothing is
written out. A state is ``node * width + step``; each source has one more, its hub. Each
state keeps a *price*: a lower bound on the person-steps that one more person there
costs. A search runs backwards from where a person arrives, cheapest first.
"""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit
from safepassage.flow.kernel_bits import grown
from safepassage.flow.kernel_prices import NEVER, find_prices

__all__ = ["entries_by_arrival", "fill", "put_back", "take_out"]

_HUB = -3
"""Move from a source's hub to its node."""

_BACK = -2
"""Move from a source's node to its hub: people sent at that step are taken back."""


@jit
def entries_by_arrival(transit, width):
    """List, per arc and step of arrival, the steps of entry (for changing transits)."""
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
def _send(
    found, state, parent, code, wanted, flow, own, moved, own_sent, left, capacity, stamp, hubs
):
    """Send as many as fit along the way that ends at a hub; free what lies behind its neck."""
    n_arcs, width = flow.shape
    changing = capacity.shape[1] > 1
    s = state[found] - hubs
    people = min(wanted, left[s])
    for turn in range(2):
        i = found
        while parent[i] >= 0:
            c = code[i]
            if c == _HUB:
                if turn == 1:
                    own_sent[state[i] - hubs, state[parent[i]] % width] += people
            elif c == _BACK:
                q = state[parent[i]] - hubs
                t = state[i] % width
                if turn == 0:
                    people = min(people, own_sent[q, t])
                else:
                    own_sent[q, t] -= people
            elif c < n_arcs:
                k = state[i] % width
                if turn == 0:
                    people = min(people, capacity[c, k if changing else 0] - flow[c, k])
                else:
                    flow[c, k] += people
                    own[c, k] += people
                    moved[c] = True
            else:
                t = state[parent[i]] % width
                if turn == 0:
                    people = min(people, own[c - n_arcs, t])
                else:
                    flow[c - n_arcs, t] -= people
                    own[c - n_arcs, t] -= people
            i = parent[i]
        if people == 0:  # what lies between has been used up since
            stamp[state[found]] = 0
            return 0
    left[s] -= people
    # a search may come again to what lies behind the last full move (nearest the goal)
    i = found
    free = found
    while parent[i] >= 0:
        c = code[i]
        full = False
        if c == _BACK:
            full = own_sent[state[parent[i]] - hubs, state[i] % width] == 0
        elif 0 <= c < n_arcs:
            k = state[i] % width
            full = flow[c, k] == capacity[c, k if changing else 0]
        elif c >= n_arcs:
            full = own[c - n_arcs, state[parent[i]] % width] == 0
        if full:
            free = i
        i = parent[i]
    i = found
    while True:
        stamp[state[i]] = 0
        if i == free:
            break
        i = parent[i]
    return people


@jit
def fill(
    net,
    cost_free,
    order,
    steps,
    wanted,
    price,
    flow,
    own,
    moved,
    own_sent,
    left,
    at_cost,
    stamp,
    mark,
    since,
    often,
    most,
):
    """Bring in the people wanted at some steps, each by the cheapest residual way.

    Only people brought in here (``own``, ``own_sent``: none at first) may be moved again;
    ``flow`` counts them and all others. Prices are lower bounds at first and are raised.

    Parameters
    ----------
    net
        The network's arrays; its last node stands behind the crossings.
    cost_free
        Arcs that cost nothing, shape (arcs,): loops, and those behind the crossings.
    steps, wanted
        Steps of arrival, and people to arrive at each, shape (width,), counted down.
    price
        Shape (nodes * width + sources,).
    flow, own, own_sent, left
        Shapes (arcs, width) twice, (sources, width), (sources,).
    at_cost, stamp, mark
        Room to work in; ``stamp`` holds nothing above ``mark`` + 1.
    since
        Nobody sets out before this step.
    often, most
        States looked at before prices are found anew, and before it is given up.

    Returns
    -------
    Outcome (1 where everybody was brought in, 0 where it was given up, -1 where somebody
    cannot arrive), the mark, and how many states were looked at.

    """
    (
        tail, head, transit, capacity, in_start, in_arc, out_start, out_arc,
        at_start, at_source, source_node, release, first, following,
    ) = net  # fmt: skip
    changing_transit = transit.shape[1] > 1
    changing_capacity = capacity.shape[1] > 1
    n_arcs = tail.shape[0]
    goal_node = in_start.shape[0] - 2
    width = flow.shape[1]
    hubs = (in_start.shape[0] - 1) * width
    state = np.empty(1 << 12, np.int64)
    parent = np.empty(1 << 12, np.int32)
    code = np.empty(1 << 12, np.int32)
    below = np.empty(1 << 12, np.int32)
    settled = np.empty(1 << 12, np.int32)
    top = np.full(1 << 10, -1, np.int32)
    pops = 0
    pops_priced = 0
    for now in steps:
        while wanted[now] > 0:
            if pops > most:
                return 0, mark, pops
            if pops - pops_priced > often:
                pops_priced = pops
                find_prices(
                    net, cost_free, order, flow, own, moved, own_sent, left, since, steps[-1],
                    price,
                )  # fmt: skip
            mark += 2  # mark: waiting; mark + 1: settled
            n = 1
            n_settled = 0
            state[0], parent[0], code[0], below[0] = goal_node * width + now, -1, 0, -1
            at_cost[state[0]] = 0
            stamp[state[0]] = mark
            cost = 0
            highest = 0
            top[0] = 0
            reached = False
            pops_before = pops
            patience = 1 << 60
            while wanted[now] > 0:
                while cost <= highest and top[cost] < 0 and not reached:
                    cost += 1
                if cost > highest or top[cost] < 0 or pops > patience:
                    break
                i = top[cost]
                top[cost] = below[i]
                x = state[i]
                if stamp[x] != mark or at_cost[x] != cost:
                    continue
                stamp[x] = mark + 1
                pops += 1
                if x >= hubs and left[x - hubs] > 0:
                    if not reached:
                        reached = True
                        for j in range(n_settled):
                            y = state[settled[j]]
                            price[y] += cost - at_cost[y]
                    people = _send(
                        i, state, parent, code, wanted[now],
                        flow, own, moved, own_sent, left, capacity,
                        stamp, hubs,
                    )  # fmt: skip
                    wanted[now] -= people
                    if people > 0:
                        patience = pops + 2 * (pops - pops_before) + 200
                        pops_before = pops
                    continue
                if n_settled == settled.shape[0]:
                    settled = grown(settled)
                settled[n_settled] = i
                n_settled += 1
                here = price[x]
                if x >= hubs:
                    s = x - hubs
                    v, t = np.int64(0), np.int64(0)
                    kinds = 3
                    base = source_node[s] * width
                else:
                    s = 0
                    v = x // width
                    t = x - v * width
                    kinds = 0
                    base = 0
                # one list of neighbours after another; what is pushed last is popped first
                j = 0
                if kinds == 3:
                    j = np.int64(max(since, release[s]))
                    end = np.int64(steps[-1] + 1)
                else:
                    j, end = np.int64(out_start[v]), np.int64(out_start[v + 1])
                k = -1
                while True:
                    # find the next neighbour: y, the move's code, its cost
                    y = np.int64(-1)
                    move = 0
                    step = 0
                    if kinds == 0:  # arcs out of the node that carry people: take back
                        if j >= end:
                            kinds, j, end = 1, np.int64(at_start[v]), np.int64(at_start[v + 1])
                            continue
                        a = out_arc[j]
                        j += 1
                        if own[a, t] > 0:
                            tau = transit[a, t if changing_transit else 0]
                            y = head[a] * width + t + tau
                            move = n_arcs + a
                            step = 0 if cost_free[a] else -tau
                    elif kinds == 1:  # the hubs of sources here
                        if j >= end:
                            kinds, j, end = 2, np.int64(in_start[v]), np.int64(in_start[v + 1])
                            k = -1
                            continue
                        q = at_source[j]
                        j += 1
                        if release[q] <= t:
                            y = hubs + q
                            move = _HUB
                    elif kinds == 2:  # arcs into the node with room
                        if k < 0:
                            if j >= end:
                                break
                            a = in_arc[j]
                            j += 1
                            k = first[a, t] if changing_transit else t - transit[a, 0]
                            if k < 0:
                                continue
                        if k >= since and (flow[a, k] < capacity[a, k if changing_capacity else 0]):
                            y = tail[a] * width + k
                            move = a
                            step = 0 if cost_free[a] else t - k
                        k = following[a, k] if changing_transit else -1
                    else:  # the steps at which a hub has sent people
                        if j >= end:
                            break
                        if own_sent[s, j] > 0:
                            y = base + j
                            move = _BACK
                        j += 1
                    if y < 0 or price[y] >= NEVER or stamp[y] == mark + 1:
                        continue
                    there = cost + step + price[y] - here
                    if stamp[y] == mark and at_cost[y] <= there:
                        continue
                    stamp[y] = mark
                    at_cost[y] = there
                    if n == state.shape[0]:
                        state, parent = grown(state), grown(parent)
                        code, below = grown(code), grown(below)
                    while there >= top.shape[0]:
                        longer = np.full(2 * top.shape[0], -1, np.int32)
                        longer[: top.shape[0]] = top
                        top = longer
                    state[n], parent[n], code[n] = y, i, move
                    below[n] = top[there]
                    top[there] = n
                    highest = max(highest, there)
                    n += 1
            for c in range(highest + 1):
                top[c] = -1
            if not reached:
                return -1, mark, pops
    return 1, mark, pops


@jit
def take_out(net, steps, flow, sent, left, stamp, mark):
    """Take out everybody who arrives at some steps, back to their homes.

    Returns the mark; the people taken out of each step, shape (width,); the first step at
    which any of them set out; and what was taken, for ``put_back``: arcs (sources from
    the number of arcs on), steps, people.
    """
    tail, head, transit, in_start, in_arc, at_start, at_source, first, following = net
    changing = transit.shape[1] > 1
    width = flow.shape[1]
    goal = in_start.shape[0] - 2
    wanted = np.zeros(width, np.int64)
    arcs = np.empty(1 << 10, np.int64)
    enter = np.empty(1 << 10, np.int64)
    what = np.empty(1 << 10, np.int64)
    when = np.empty(1 << 10, np.int64)
    many = np.empty(1 << 10, np.int64)
    taken = 0
    soonest = np.int64(width)
    for now in steps:
        while True:
            mark += 1
            v = np.int64(goal)
            t = np.int64(now)
            n = 0
            s = -1
            while True:
                x = v * width + t
                if stamp[x] == mark:  # people who go round and round within a step
                    people = np.int64(2**31 - 1)
                    i = n
                    while True:
                        i -= 1
                        people = min(people, np.int64(flow[arcs[i], enter[i]]))
                        if head[arcs[i]] == v:
                            break
                    for j in range(i, n):
                        flow[arcs[j], enter[j]] -= people
                    s = -2
                    break
                stamp[x] = mark
                for i in range(at_start[v], at_start[v + 1]):
                    if sent[at_source[i], t] > 0:
                        s = at_source[i]
                        break
                if s >= 0:
                    break
                a = -1
                k = np.int64(-1)
                for i in range(in_start[v], in_start[v + 1]):
                    b = in_arc[i]
                    k = first[b, t] if changing else t - transit[b, 0]
                    while k >= 0 and flow[b, k] == 0:
                        k = following[b, k] if changing else -1
                    if k >= 0:
                        a = b
                        break
                if a < 0:
                    break
                if n == arcs.shape[0]:
                    arcs, enter = grown(arcs), grown(enter)
                arcs[n], enter[n] = a, k
                n += 1
                v = np.int64(tail[a])
                t = k
            if s == -2:
                continue
            if s == -1:
                break  # n == 0: nobody arrives here any more
            people = np.int64(sent[s, t])
            for i in range(n):
                people = min(people, np.int64(flow[arcs[i], enter[i]]))
            while taken + n + 1 > what.shape[0]:
                what, when, many = grown(what), grown(when), grown(many)
            for i in range(n):
                flow[arcs[i], enter[i]] -= people
                what[taken], when[taken], many[taken] = arcs[i], enter[i], people
                taken += 1
            what[taken], when[taken], many[taken] = flow.shape[0] + s, t, people
            taken += 1
            soonest = min(soonest, t)
            sent[s, t] -= people
            left[s] += people
            wanted[now] += people
    return mark, wanted, soonest, what[:taken], when[:taken], many[:taken]


@jit
def put_back(what, when, many, flow, sent, left):
    """Put back what ``take_out`` took."""
    n_arcs = flow.shape[0]
    for i in range(what.shape[0]):
        if what[i] < n_arcs:
            flow[what[i], when[i]] += many[i]
        else:
            sent[what[i] - n_arcs, when[i]] += many[i]
            left[what[i] - n_arcs] -= many[i]
