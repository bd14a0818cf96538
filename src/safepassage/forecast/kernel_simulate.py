"""Let households move through a network with queues: arrays in, arrays out.

A household walks an arc for its own time and then stands at the end of it, behind those who
came before. From there it goes on when the arc lets it out, the next one lets it in and has
room to stand: where there is none, queues spill back. Where arcs meet, the one that had least
for its capacity goes first. What is let through a minute may be overdrawn by the last household,
which the next minutes make good: rates hold, and no family is split. Seats are never overdrawn.
Who turns back goes the way they came, in as many minutes as it takes to walk, in nobody's way.

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

# columns of households: the nine of ``who``, then where they are
_SIZE, _KIND, _GROUP, _ZONE, _ROUTE, _GATE, _DEPART, _DELAY, _TURNING = range(9)
_STATUS, _AT, _ENTERED, _WALKED, _PLACE, _STANDS, _BEHIND, _WIDTH = range(9, 17)
# columns of arcs and, after them, homes: where who is first stands in ``line``, who is last, what
# may go out and in, what is on it
_SLOT, _LAST, _OUT_LEFT, _OUT_AT, _IN_LEFT, _IN_AT, _ON_IT = range(7)
_HEAD, _SERVED, _ROAD_NO, _CAP, _ROOM, _SEAT, _ARC_WIDTH = range(7, 14)
# what a kind of household needs of an arc, side by side: they are looked up together
_TRANSIT, _USE, _FILL, _SHUT, _NEEDS = range(5)
# columns of crossings
_MAY, _RECEIVES, _CLOSED, _PASSED, _QUEUED = range(5)
# tallies
_N_OUT, _N_ROAD, _N_BACK, _N_SET_OUT = range(4)


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
    head, served, base, into, road, cap, room, turn, shut_row, shut, seat_row, seats = net
    transit, use, fill = pace
    end, onward, away, route_base, route_arcs = ways
    serves, receives = gates
    collapse, closed_gate, closed_first, closed_last = events
    n, n_arcs, n_queues, n_nodes, crossings = (
        len(who[0]), len(road), len(head), len(base) - 1, len(receives),
    )  # fmt: skip
    people, needs = _households(who), _needs(transit, use, fill, shut_row)
    arcs = _arcs(head, served, into, road, cap, room, seat_row)
    line = np.full(len(into), -1, np.int32)
    gate = np.zeros((crossings, 5), np.int64)
    gate[:, _RECEIVES], gate[:, _CLOSED] = receives, -1
    had, by_now = np.zeros(n_queues), np.zeros(n_nodes)
    tried = np.zeros(len(into), np.bool_)
    walking = np.full((minutes + 1, 2), -1, np.int64)
    returns = np.zeros(minutes + 1, np.int64)
    ring, again = np.zeros(n_nodes + 1, np.int64), np.zeros(n_nodes, np.int64)
    listed, counts = np.zeros((n_nodes, 2), np.bool_), np.zeros(3, np.int64)
    seats_left = np.zeros(len(seats), np.int64)
    tally, caught = np.zeros(4, np.int64), np.zeros(2, np.int64)
    by_minute = np.zeros((3, minutes), np.int64)
    passed = np.zeros((crossings, minutes), np.int64)
    queued = np.zeros((crossings, minutes), np.int64)
    longest, following = 0, 0
    for h in range(n):
        longest = max(longest, people[h, _DELAY])
    for k in range(minutes):
        _open(k, gate, serves, closed_gate, closed_first, closed_last)
        seats_left[:] = seats[:, k]
        for i in range(counts[2]):
            listed[again[i], 1] = False
            _visit(again[i], ring, listed, counts)
        counts[2] = 0
        if k == collapse:
            caught[0] = tally[_N_ROAD]
        if 0 <= collapse <= k <= collapse + longest:
            _learn(k, collapse, people, arcs, gate, needs, away, returns)
        tally[_N_BACK] += returns[k]
        tally[_N_ROAD] -= returns[k]
        h = walking[k, 0]
        while h >= 0:
            behind = people[h, _BEHIND]
            if people[h, _STATUS] == _ROAD:
                _stand(
                    h, people[h, _AT], k, collapse, people, line, arcs, gate, had, by_now, ring,
                    listed, counts,
                )  # fmt: skip
            h = behind
        while following < n and people[following, _DEPART] <= k:
            if not 0 <= collapse <= k - people[following, _DELAY]:
                people[following, _AT] = n_arcs + people[following, _ZONE]
                _stand(
                    following, people[following, _AT], k, collapse, people, line, arcs, gate, had,
                    by_now, ring, listed, counts,
                )  # fmt: skip
            following += 1
        before = tally[_N_SET_OUT]
        _serve_all(
            k, n_arcs, collapse, people, line, arcs, gate, base, into, turn, had, by_now, tried,
            needs, end, onward, away, route_base, route_arcs, shut, seats_left, walking, ring,
            again, listed, counts, tally,
        )  # fmt: skip
        if 0 <= collapse <= k:
            caught[1] += tally[_N_SET_OUT] - before
        by_minute[:, k] = tally[:3]
        passed[:, k], queued[:, k] = gate[:, _PASSED], gate[:, _QUEUED]
    return by_minute, passed, queued, caught, people[:, _STATUS].copy()


@jit
def _households(who):
    people = np.zeros((len(who[0]), _WIDTH), np.int32)
    for column, each in enumerate(who):
        people[:, column] = each
    people[:, _PLACE], people[:, _BEHIND] = -1, -1
    return people


@jit
def _needs(transit, use, fill, shut_row):
    kinds, arcs = transit.shape
    levels = kinds // len(use)
    needs = np.zeros((kinds, arcs, _NEEDS), np.int32)
    for kind in range(kinds):
        g = kind // levels
        needs[kind, :, _TRANSIT], needs[kind, :, _SHUT] = transit[kind], shut_row[g]
        needs[kind, :, _USE], needs[kind, :, _FILL] = use[g], fill[g]
    return needs


@jit
def _arcs(head, served, into, road, cap, room, seat_row):
    arcs = np.zeros((len(head), _ARC_WIDTH), np.int64)
    arcs[:, _LAST], arcs[:, _OUT_AT], arcs[:, _IN_AT] = -1, -1, -1
    arcs[into, _SLOT] = np.arange(len(into))
    arcs[:, _HEAD], arcs[:, _SERVED], arcs[:, _SEAT] = head, served, -1
    n = len(road)
    arcs[:n, _ROAD_NO], arcs[:n, _CAP], arcs[:n, _ROOM] = road, cap, room
    arcs[:n, _SEAT] = seat_row
    return arcs


@jit
def _open(k, gate, serves, closed_gate, closed_first, closed_last):
    """Begin a minute at the crossings: which are closed, what they serve."""
    for e in range(len(gate)):
        closed = False
        for i in range(len(closed_gate)):
            closed |= closed_gate[i] == e and closed_first[i] <= k < closed_last[i]
        if not closed:
            gate[e, _CLOSED] = -1
        elif gate[e, _CLOSED] < 0:
            gate[e, _CLOSED] = k
        gate[e, _MAY] = min(gate[e, _MAY], 0) + (0 if closed else serves[e, k])


@jit
def _visit(node, ring, listed, counts):
    """Put a node at the end of those to be visited in this minute."""
    if not listed[node, 0]:
        listed[node, 0] = True
        at = counts[0] + counts[1]
        ring[at if at < len(ring) else at - len(ring)] = node
        counts[1] += 1


@jit
def _first(slot, k, collapse, people, line):
    """Give the first in a line, or -1; who turned back or will not set out is no longer in it."""
    h = line[slot]
    while h >= 0:
        status = people[h, _STATUS]
        if status != _BACK and not (status == _HOME and 0 <= collapse <= k - people[h, _DELAY]):
            break
        h = people[h, _BEHIND]
    line[slot] = h
    return h


@jit
def _stand(h, q, k, collapse, people, line, arcs, gate, had, by_now, ring, listed, counts):
    """Put a household at the end of a line."""
    node = arcs[q, _SERVED]
    people[h, _BEHIND] = -1
    if _first(arcs[q, _SLOT], k, collapse, people, line) < 0:
        line[arcs[q, _SLOT]] = h
        had[q] = max(had[q], by_now[node])
    else:
        people[arcs[q, _LAST], _BEHIND] = h
    arcs[q, _LAST] = h
    if people[h, _STATUS] == _ROAD:
        people[h, _STANDS] = 1
        gate[people[h, _GATE], _QUEUED] += people[h, _SIZE]
    _visit(node, ring, listed, counts)


@jit
def _learn(k, collapse, people, arcs, gate, needs, away, returns):
    """Let those who now learn of the collapse turn back, or go on."""
    for h in range(len(people)):
        if people[h, _STATUS] != _ROAD or collapse + people[h, _DELAY] != k:
            continue
        if people[h, _TURNING] == ON:
            continue
        a, size = people[h, _AT], people[h, _SIZE]
        whole = needs[people[h, _KIND], a, _TRANSIT]
        walked = min(k - people[h, _ENTERED], whole)
        back = people[h, _WALKED] + walked
        if people[h, _TURNING] == NEARER:
            node = arcs[a, _HEAD]
            e = _nearest(h, node, k, people, gate, away)
            if e >= 0 and whole - walked + away[people[h, _GROUP], e, node] <= back:
                _go_to(h, e, people, gate)
                continue
        people[h, _STATUS] = _BACK
        arcs[arcs[a, _ROAD_NO], _ON_IT] -= needs[people[h, _KIND], a, _FILL] * size
        if people[h, _STANDS]:
            gate[people[h, _GATE], _QUEUED] -= size
        returns[min(k + back, len(returns) - 1)] += size


@jit
def _nearest(h, node, k, people, gate, away):
    """Find the nearest crossing of which the household does not know that it is closed."""
    best, least = -1, np.inf
    for e in range(len(gate)):
        since = gate[e, _CLOSED]
        if since >= 0 and since + people[h, _DELAY] <= k:
            continue
        if away[people[h, _GROUP], e, node] < least:
            best, least = e, away[people[h, _GROUP], e, node]
    return best


@jit
def _go_to(h, e, people, gate):
    """Send a household to another crossing by the quickest way."""
    if people[h, _STANDS]:
        gate[people[h, _GATE], _QUEUED] -= people[h, _SIZE]
        gate[e, _QUEUED] += people[h, _SIZE]
    people[h, _GATE] = e
    people[h, _ROUTE] = -1


@jit
def _let(arcs, i, left, at, cap, k):
    """Give what may still pass in this minute: debts are carried over, what was not used is not."""
    since = arcs[i, at]
    if since < k:
        now = min(arcs[i, left], 0) + cap * (k - since) if since >= 0 else cap
        arcs[i, left], arcs[i, at] = min(cap, now), k
    return arcs[i, left]


@jit
def _next(h, node, k, people, gate, end, onward, away, route_base, route_arcs):
    """Choose the next arc of the first in line, or to pass its crossing, or to stay."""
    e, g = people[h, _GATE], people[h, _GROUP]
    since = gate[e, _CLOSED]
    if since >= 0 and since + people[h, _DELAY] <= k:
        other = _nearest(h, node, k, people, gate, away)
        if other >= 0:
            _go_to(h, other, people, gate)
            e = other
    if node == end[g, e]:
        return _PASS
    r = people[h, _ROUTE]
    if r >= 0:
        at = route_base[r] + people[h, _PLACE] + 1
        if at < route_base[r + 1]:
            return route_arcs[at]
    a = onward[g, e, node]
    return a if a >= 0 else _STAY


@jit
def _serve_all(
    k, n_arcs, collapse, people, line, arcs, gate, base, into, turn, had, by_now, tried, needs,
    end, onward, away, route_base, route_arcs, shut, seats_left, walking, ring, again, listed,
    counts, tally,
):  # fmt: skip
    """Visit nodes while there are any to visit, and let people go on from each."""
    last_minute = len(walking) - 1
    while counts[1] > 0:
        node = ring[counts[0]]
        counts[0] = counts[0] + 1 if counts[0] + 1 < len(ring) else 0
        counts[1] -= 1
        listed[node, 0] = False
        for i in range(base[node], base[node + 1]):
            tried[i] = False
        left = False
        while True:
            best = -1
            for i in range(base[node], base[node + 1]):
                if line[i] < 0 or tried[i]:
                    continue
                if best >= 0 and had[into[i]] >= had[into[best]]:
                    continue
                if _first(i, k, collapse, people, line) >= 0:
                    best = i
            if best < 0:
                break
            q = into[best]
            h = line[best]
            size, kind = people[h, _SIZE], people[h, _KIND]
            to = _next(
                h, arcs[q, _HEAD], k, people, gate, end, onward, away, route_base, route_arcs
            )
            e = people[h, _GATE]
            may = to != _STAY and (
                q >= n_arcs or _let(arcs, q, _OUT_LEFT, _OUT_AT, arcs[q, _CAP], k) > 0
            )
            if may and to == _PASS:
                may = gate[e, _MAY] > 0 and gate[e, _RECEIVES] >= size
            elif may:
                row, seat, r = needs[kind, to, _SHUT], arcs[to, _SEAT], arcs[to, _ROAD_NO]
                on_it = arcs[r, _ON_IT]
                may = on_it == 0 or on_it + needs[kind, to, _FILL] * size <= arcs[r, _ROOM]
                if row >= 0 and shut[row, k]:
                    may = False
                if seat >= 0:
                    may &= seats_left[seat] >= size
                elif may:
                    may = _let(arcs, r, _IN_LEFT, _IN_AT, arcs[r, _CAP], k) > 0
            if not may:
                tried[best] = True
                left = True
                continue
            line[best] = people[h, _BEHIND]
            by_now[node] = had[q]
            had[q] += size * turn[q]
            if q < n_arcs:
                arcs[q, _OUT_LEFT] -= needs[kind, q, _USE] * size
                arcs[arcs[q, _ROAD_NO], _ON_IT] -= needs[kind, q, _FILL] * size
                gate[e, _QUEUED] -= size
                people[h, _WALKED] += needs[kind, q, _TRANSIT]
                people[h, _STANDS] = 0
            else:
                people[h, _STATUS] = _ROAD
                tally[_N_ROAD] += size
                tally[_N_SET_OUT] += size
            if to == _PASS:
                people[h, _STATUS] = _OUT
                gate[e, _MAY] -= size * UNITS
                gate[e, _RECEIVES] -= size
                gate[e, _PASSED] += size
                tally[_N_OUT] += size
                tally[_N_ROAD] -= size
                continue
            if arcs[to, _SEAT] >= 0:
                seats_left[arcs[to, _SEAT]] -= size
            else:
                arcs[arcs[to, _ROAD_NO], _IN_LEFT] -= needs[kind, to, _USE] * size
            arcs[arcs[to, _ROAD_NO], _ON_IT] += needs[kind, to, _FILL] * size
            people[h, _AT], people[h, _ENTERED] = to, k
            people[h, _PLACE] += 1
            until = k + needs[kind, to, _TRANSIT]
            if until == k:
                _stand(
                    h, to, k, collapse, people, line, arcs, gate, had, by_now, ring, listed, counts
                )  # fmt: skip
                continue
            people[h, _BEHIND] = -1
            if until < last_minute:
                if walking[until, 0] < 0:
                    walking[until, 0] = h
                else:
                    people[walking[until, 1], _BEHIND] = h
                walking[until, 1] = h
        if left and not listed[node, 1]:
            listed[node, 1] = True
            again[counts[2]] = node
            counts[2] += 1
