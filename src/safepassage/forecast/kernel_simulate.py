"""Let households move through a network with queues: arrays in, arrays out.

A household walks an arc for its own time and then stands at the end of it, behind those who
came before. From there it goes on when the arc lets it out, the next one lets it in and has
room to stand: where there is none, queues spill back. Where arcs meet, the one that had least
for its capacity goes first. What is let through a minute may be overdrawn by the last household,
which the next minutes make good: rates hold, and no family is split. Seats are never overdrawn.

Arrays that stand for one thing are passed on together, as tuples; "units" are thousandths of a
person of the means that an arc carries most of.

``net``
    ``head`` (arcs + zones,): the node an arc leads to, then each zone's own, where people wait
    at home; ``served`` the node with whose queues its own is served; ``base, into``: node n
    serves ``into[base[n]:base[n + 1]]``; ``road``: both directions of a street share one number,
    its capacity and its room; ``cap`` units a minute; ``room`` units that can stand on a road;
    ``turn`` what a person is charged where arcs meet (1 / capacity); ``shut_row`` (groups, arcs)
    and ``shut`` (rows, minutes): when nobody may enter, row -1 never; ``seat_row`` (arcs,) and
    ``seats`` (rows, minutes): people whom a timetable takes.
``pace``
    ``transit`` (kinds, arcs) in minutes, ``use`` and ``fill`` (groups, arcs): units of
    capacity and of room that a person takes.
``ways``
    ``end`` (groups, crossings): the node where a group passes; ``onward`` (groups, crossings,
    nodes): the arc of the quickest way, or -1; ``away``: its minutes, ``inf`` where there is
    none; ``base, arcs`` of the routes that people are told.
``gates``
    ``serves`` (crossings, minutes) in units, ``receives`` (crossings,) in people.
``who``
    ``size, kind, group, zone, route, gate, depart, delay, turning``, (households,), by rising
    ``depart``; route -1 is the quickest way.
``events``
    ``collapse`` (a minute, or -1), and ``gate, first, last`` of closures, (closures,).
"""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit

__all__ = ["BACK", "NEARER", "ON", "UNITS", "run"]

UNITS = 1000
BACK, ON, NEARER = 0, 1, 2
"""What a household does that learns of a collapse: turn back, go on, or whichever is nearer."""

_HOME, _ROAD, _OUT, _BACK = 0, 1, 2, 3
_PASS, _STAY = -1, -2


@jit
def run(net, pace, ways, gates, who, events, minutes):
    """Move everybody for so many minutes.

    Returns
    -------
    by_minute
        People past the crossings, on the road, and back at home, at the end of each
        minute; the first and last cumulative; shape (3, minutes).
    passed, queued
        People past each crossing, cumulative, and standing on the way to it: (crossings,
        minutes) each.
    caught
        People on the road as it collapses, and who set out later and did not know, (2,).
    status
        Where each household is at the end: at home, on the road, out, back; (households,).

    """
    n = len(who[0])
    crossings = gates[0].shape[0]
    by_minute = np.zeros((3, minutes), np.int64)
    passed = np.zeros((crossings, minutes), np.int64)
    queued = np.zeros((crossings, minutes), np.int64)
    caught = np.zeros(2, np.int64)
    state = _state(net, who, gates, minutes)
    people, tally, gate_state = state[0], state[1], state[4]
    status, collapse = people[0], events[0]
    longest = 0
    for h in range(n):
        longest = max(longest, who[7][h])
    following = 0
    for k in range(minutes):
        _begin(k, net, gates, events, state)
        if collapse >= 0 and k >= collapse:
            if k == collapse:
                caught[0] = tally[1]
            if k <= collapse + longest:
                _learn(k, net, pace, ways, who, events, state)
        tally[2] += state[6][k]
        tally[1] -= state[6][k]
        _ready(k, net, who, events, state)
        while following < n and who[6][following] <= k:
            _set_out(following, k, net, who, events, state)
            following += 1
        before = tally[3]
        _serve_all(k, net, pace, ways, who, events, state)
        if collapse >= 0 and k >= collapse:
            caught[1] += tally[3] - before
        for i in range(3):
            by_minute[i, k] = tally[i]
        for e in range(crossings):
            passed[e, k], queued[e, k] = gate_state[3][e], gate_state[4][e]
    return by_minute, passed, queued, caught, status


@jit
def _state(net, who, gates, minutes):
    """Make what changes: households, tallies, queues, roads, crossings, work, returns, walks."""
    n, queues, nodes, crossings = len(who[0]), len(net[0]), len(net[2]) - 1, len(gates[1])
    people = (
        np.zeros(n, np.int8),  # status
        np.full(n, -1, np.int64),  # arc or home it is on
        np.zeros(n, np.int64),  # minute it entered
        np.zeros(n, np.int64),  # minutes walked before
        np.zeros(n, np.int64),  # place on its route
        np.zeros(n, np.bool_),  # whether it stands
        np.full(n, -1, np.int64),  # who comes behind it in its list
        who[4].copy(),  # route
        who[5].copy(),  # crossing
    )
    tally = np.zeros(4, np.int64)  # out, on the road, back, set out
    lines = (
        np.full(queues, -1, np.int64), np.full(queues, -1, np.int64),  # first and last in line
        np.zeros(queues, np.float64), np.zeros(nodes, np.float64),  # turns: had, and by now
        np.zeros(len(net[3]), np.bool_),  # tried in this visit
    )  # fmt: skip
    roads = (
        np.zeros(queues, np.int64), np.full(queues, -1, np.int64),  # let out: left, as of
        np.zeros(queues, np.int64), np.full(queues, -1, np.int64),  # let in
        np.zeros(queues, np.int64),  # standing or walking on it
        np.zeros(len(net[11]), np.int64),  # seats left this minute
    )  # fmt: skip
    gate_state = (
        np.zeros(crossings, np.int64),  # what it may still serve this minute
        gates[1].copy(),  # what its far end may still receive
        np.full(crossings, -1, np.int64),  # closed since
        np.zeros(crossings, np.int64), np.zeros(crossings, np.int64),  # passed, queued
    )  # fmt: skip
    work = (
        np.zeros(nodes + 1, np.int64), np.zeros(nodes, np.bool_),  # ring of nodes to visit
        np.zeros(nodes, np.int64), np.zeros(nodes, np.bool_),  # to visit again next minute
        np.zeros(3, np.int64),  # ring: begin, count; again: count
    )  # fmt: skip
    walking = np.full((2, minutes + 1), -1, np.int64)
    return people, tally, lines, roads, gate_state, work, np.zeros(minutes, np.int64), walking


@jit
def _begin(k, net, gates, events, state):
    """Begin a minute: what crossings serve, which are closed, where people wait."""
    gate_state, work = state[4], state[5]
    for e in range(len(gates[1])):
        closed = False
        for i in range(len(events[1])):
            closed |= events[1][i] == e and events[2][i] <= k < events[3][i]
        if not closed:
            gate_state[2][e] = -1
        elif gate_state[2][e] < 0:
            gate_state[2][e] = k
        gate_state[0][e] = min(gate_state[0][e], 0) + (0 if closed else gates[0][e, k])
    for row in range(len(net[11])):
        state[3][5][row] = net[11][row, k]
    again = work[4][2]
    work[4][2] = 0
    for i in range(again):
        work[3][work[2][i]] = False
        _visit(work[2][i], work)


@jit
def _visit(node, work):
    ring, listed, _, _, counts = work
    if not listed[node]:
        listed[node] = True
        ring[(counts[0] + counts[1]) % len(ring)] = node
        counts[1] += 1


@jit
def _first(q, k, who, events, people, lines):
    """Give the first in a line, or -1; who turned back or will not set out is no longer in it."""
    h = lines[0][q]
    while h >= 0:
        at_home = people[0][h] == _HOME
        if people[0][h] != _BACK and not (at_home and 0 <= events[0] <= k - who[7][h]):
            break
        h = people[6][h]
    lines[0][q] = h
    return h


@jit
def _stand(h, q, k, net, who, events, state):
    """Put a household at the end of a line."""
    people, lines = state[0], state[2]
    node = net[1][q]
    people[6][h] = -1
    if _first(q, k, who, events, people, lines) < 0:
        lines[0][q] = h
        lines[2][q] = max(lines[2][q], lines[3][node])
    else:
        people[6][lines[1][q]] = h
    lines[1][q] = h
    if people[0][h] == _ROAD:
        people[5][h] = True
        state[4][4][people[8][h]] += who[0][h]
    _visit(node, state[5])


@jit
def _ready(k, net, who, events, state):
    """Let those who have walked their arc stand at its end."""
    people, walking = state[0], state[7]
    h = walking[0, k]
    while h >= 0:
        behind = people[6][h]
        if people[0][h] == _ROAD:
            _stand(h, people[1][h], k, net, who, events, state)
        h = behind


@jit
def _set_out(h, k, net, who, events, state):
    """Let a household leave home, unless it knows of a collapse."""
    if 0 <= events[0] <= k - who[7][h]:
        return
    q = len(net[4]) + who[3][h]
    people = state[0]
    people[1][h] = q
    people[4][h] = -1
    _stand(h, q, k, net, who, events, state)


@jit
def _learn(k, net, pace, ways, who, events, state):
    """Let those who now learn of the collapse turn back, or go on."""
    people, roads, gate_state = state[0], state[3], state[4]
    for h in range(len(who[0])):
        if people[0][h] != _ROAD or events[0] + who[7][h] != k:
            continue
        a, g = people[1][h], who[2][h]
        on_arc = min(k - people[2][h], pace[0][who[1][h], a])
        back = people[3][h] + on_arc
        if who[8][h] == ON:
            continue
        if who[8][h] == NEARER:
            e = _nearest(g, net[0][a], h, k, ways, who, gate_state)
            ahead = pace[0][who[1][h], a] - on_arc
            if e >= 0 and ahead + ways[2][g, e, net[0][a]] <= back:
                _go_to(h, e, who, state)
                continue
        people[0][h] = _BACK
        roads[4][net[4][a]] -= pace[2][g, a] * who[0][h]
        if people[5][h]:
            gate_state[4][people[8][h]] -= who[0][h]
        if k + back < len(state[6]):
            state[6][k + back] += who[0][h]


@jit
def _nearest(g, node, h, k, ways, who, gate_state):
    """Find the nearest crossing of which the household does not know that it is closed."""
    best = -1
    for e in range(len(gate_state[0])):
        since = gate_state[2][e]
        known = since >= 0 and since + who[7][h] <= k
        if known or not np.isfinite(ways[2][g, e, node]):
            continue
        if best < 0 or ways[2][g, e, node] < ways[2][g, best, node]:
            best = e
    return best


@jit
def _go_to(h, e, who, state):
    """Send a household to another crossing by the quickest way."""
    people, gate_state = state[0], state[4]
    if people[5][h]:
        gate_state[4][people[8][h]] -= who[0][h]
        gate_state[4][e] += who[0][h]
    people[8][h] = e
    people[7][h] = -1


@jit
def _serve_all(k, net, pace, ways, who, events, state):
    work = state[5]
    ring, listed, again, again_listed, counts = work
    while counts[1] > 0:
        node = ring[counts[0]]
        counts[0] = (counts[0] + 1) % len(ring)
        counts[1] -= 1
        listed[node] = False
        if _serve(node, k, net, pace, ways, who, events, state) and not again_listed[node]:
            again_listed[node] = True
            again[counts[2]] = node
            counts[2] += 1


@jit
def _serve(node, k, net, pace, ways, who, events, state):
    """Let people go on from a node, as many as can; tells whether any are left standing."""
    people, lines = state[0], state[2]
    first, last, into = net[2][node], net[2][node + 1], net[3]
    for i in range(first, last):
        lines[4][i] = False
    left = False
    while True:
        best = -1
        for i in range(first, last):
            if lines[4][i]:
                continue
            q = into[i]
            h = _first(q, k, who, events, people, lines)
            if h >= 0 and (best < 0 or lines[2][q] < lines[2][into[best]]):
                best = i
        if best < 0:
            return left
        q = into[best]
        h = lines[0][q]
        to = _onward(h, q, k, net, ways, who, state)
        if _may(h, q, to, k, net, pace, who, state):
            lines[0][q] = people[6][h]
            lines[3][node] = lines[2][q]
            lines[2][q] += who[0][h] * net[7][q]
            _move(h, q, to, k, net, pace, who, events, state)
        else:
            lines[4][best] = True
            left = True


@jit
def _onward(h, q, k, net, ways, who, state):
    """Choose the next arc of the first in line, or to pass its crossing, or to stay."""
    people, gate_state = state[0], state[4]
    g, node, e = who[2][h], net[0][q], people[8][h]
    since = gate_state[2][e]
    if since >= 0 and since + who[7][h] <= k:
        other = _nearest(g, node, h, k, ways, who, gate_state)
        if other >= 0:
            _go_to(h, other, who, state)
            e = other
    if node == ways[0][g, e]:
        return _PASS
    r = people[7][h]
    if r >= 0:
        return ways[4][ways[3][r] + people[4][h] + 1]
    a = ways[1][g, e, node]
    return a if a >= 0 else _STAY


@jit
def _left(now, as_of, i, cap, k):
    """Give what may still pass in this minute: debts are carried over, what was not used is not."""
    if as_of[i] < 0:
        now[i] = cap
    elif as_of[i] < k:
        now[i] = min(cap, min(now[i], 0) + cap * (k - as_of[i]))
    as_of[i] = k
    return now[i]


@jit
def _may(h, q, to, k, net, pace, who, state):
    roads, gate_state = state[3], state[4]
    arcs, size, g = len(net[4]), who[0][h], who[2][h]
    if q < arcs and _left(roads[0], roads[1], q, net[5][q], k) <= 0:
        return False
    if to == _PASS:
        e = state[0][8][h]
        return gate_state[0][e] > 0 and gate_state[1][e] >= size
    if to < 0:
        return False
    row = net[8][g, to]
    if row >= 0 and net[9][row, k]:
        return False
    r, seat = net[4][to], net[10][to]
    if seat >= 0:
        if roads[5][seat] < size:
            return False
    elif _left(roads[2], roads[3], r, net[5][r], k) <= 0:
        return False
    return roads[4][r] == 0 or roads[4][r] + pace[2][g, to] * size <= net[6][r]


@jit
def _move(h, q, to, k, net, pace, who, events, state):
    """Let the first in line pass its crossing, or walk on."""
    people, tally, roads, gate_state = state[0], state[1], state[3], state[4]
    arcs, size, g = len(net[4]), who[0][h], who[2][h]
    if q < arcs:
        roads[0][q] -= pace[1][g, q] * size
        roads[4][net[4][q]] -= pace[2][g, q] * size
        gate_state[4][people[8][h]] -= size
        people[3][h] += pace[0][who[1][h], q]
    else:
        people[0][h] = _ROAD
        tally[1] += size
        tally[3] += size
    people[5][h] = False
    if to == _PASS:
        e = people[8][h]
        people[0][h] = _OUT
        gate_state[0][e] -= size * UNITS
        gate_state[1][e] -= size
        gate_state[3][e] += size
        tally[0] += size
        tally[1] -= size
        return
    if net[10][to] >= 0:
        roads[5][net[10][to]] -= size
    else:
        roads[2][net[4][to]] -= pace[1][g, to] * size
    roads[4][net[4][to]] += pace[2][g, to] * size
    people[1][h], people[2][h] = to, k
    people[4][h] += 1
    _walk(h, to, k + pace[0][who[1][h], to], k, net, who, events, state)


@jit
def _walk(h, to, until, k, net, who, events, state):
    """Note when a household will have walked an arc."""
    people, walking = state[0], state[7]
    if until == k:
        _stand(h, to, k, net, who, events, state)
        return
    people[6][h] = -1
    if until < walking.shape[1] - 1:
        if walking[0, until] < 0:
            walking[0, until] = h
        else:
            people[6][walking[1, until]] = h
        walking[1, until] = h
