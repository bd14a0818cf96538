"""Find what one more person costs in each state: prices for ``kernel_exposure.py``."""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit

__all__ = ["NEVER", "find_prices"]

NEVER = 1 << 29
"""Price of a state that nobody can reach."""


@jit
def _pass_on(x_row, y_row, carried, room, cost):
    """Lower a row of prices to another one's and a cost, where there is room."""
    lower = 0
    for i in range(x_row.shape[0]):
        value = x_row[i] + cost
        better = (carried[i] < room) & (value < y_row[i])
        y_row[i] = value if better else y_row[i]
        lower |= better
    return lower > 0


@jit
def _pass_on_changing(x_row, y_row, carried, room, cost):
    """Do the same where the room changes."""
    lower = 0
    for i in range(x_row.shape[0]):
        value = x_row[i] + cost
        better = (carried[i] < room[i]) & (value < y_row[i])
        y_row[i] = value if better else y_row[i]
        lower |= better
    return lower > 0


@jit
def find_prices(net, cost_free, order, flow, own, moved, own_sent, left, since, until, price):
    """Find what one more person costs in each state from step ``since`` to ``until``.

    Nobody sets out before ``since``. ``order`` lists the nodes, nearest to sources first.
    """
    (
        tail, head, transit, capacity, in_start, in_arc, out_start, out_arc,
        at_start, at_source, source_node, release, _first, _following,
    ) = net  # fmt: skip
    changing_transit = transit.shape[1] > 1
    changing_capacity = capacity.shape[1] > 1
    n_nodes = in_start.shape[0] - 1
    width = flow.shape[1]
    rows = price[: n_nodes * width].reshape((n_nodes, width))
    rows[:, since : until + 1] = NEVER
    price[n_nodes * width :] = NEVER
    waiting = np.zeros(n_nodes, np.bool_)
    for s in range(source_node.shape[0]):
        if left[s] > 0 and release[s] <= until:
            price[n_nodes * width + s] = 0
            rows[source_node[s], max(since, release[s]) : until + 1] = 0
            waiting[source_node[s]] = True
    busy = True
    while busy:
        busy = False
        for u in range(n_nodes):
            v = order[u]
            if not waiting[v]:
                continue
            waiting[v] = False
            for j in range(out_start[v], out_start[v + 1]):
                a = out_arc[j]
                w = head[a]
                lower = False
                cost = np.int32(0) if cost_free[a] else np.int32(transit[a, 0])
                if changing_transit:
                    for k in range(since, until + 1):
                        t = k + transit[a, k]
                        if t > until:
                            continue
                        value = rows[v, k] + (0 if cost_free[a] else t - k)
                        if value < rows[w, t] and (
                            flow[a, k] < capacity[a, k if changing_capacity else 0]
                        ):
                            rows[w, t] = value
                            lower = True
                else:
                    tau = transit[a, 0]
                    end = until + 1 - tau
                    if end <= since:
                        continue
                    if changing_capacity:
                        lower = _pass_on_changing(
                            rows[v, since:end], rows[w, since + tau : until + 1],
                            flow[a, since:end], capacity[a, since:end], cost,
                        )  # fmt: skip
                    else:
                        lower = _pass_on(
                            rows[v, since:end], rows[w, since + tau : until + 1],
                            flow[a, since:end], capacity[a, 0], cost,
                        )  # fmt: skip
                if lower:
                    waiting[w] = True
                    busy = True
            for j in range(in_start[v], in_start[v + 1]):
                a = in_arc[j]
                if not moved[a]:
                    continue
                w = tail[a]
                lower = False
                for k in range(since, until + 1):
                    if own[a, k] > 0:
                        t = k + transit[a, k if changing_transit else 0]
                        value = rows[v, t] - (0 if cost_free[a] else t - k)
                        if value < rows[w, k] and rows[v, t] < NEVER:
                            rows[w, k] = value
                            lower = True
                if lower:
                    waiting[w] = True
                    busy = True
            for j in range(at_start[v], at_start[v + 1]):
                s = at_source[j]
                least = price[n_nodes * width + s]
                for k in range(max(since, release[s]), until + 1):
                    if own_sent[s, k] > 0:
                        least = min(least, rows[v, k])
                if least < price[n_nodes * width + s]:
                    price[n_nodes * width + s] = least
                    for k in range(max(since, release[s]), until + 1):
                        if least < rows[v, k]:
                            rows[v, k] = least
                            waiting[v] = True
                            busy = True
