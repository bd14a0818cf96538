"""Lay waves along given routes, and try other routes: arrays in, arrays out.

What is counted is units: people, or tenths where a crossing serves part of a person.

Arrays that stand for one thing are passed on together, as tuples:

``routes``
    ``base, row, after, walk, gate``: route r uses the street rows ``row[base[r]:base[r + 1]]``,
    entered ``after`` steps after setting out, and passes crossing ``gate[r]`` after
    ``walk[r]`` steps.
``room``
    ``streets`` (rows, steps + 1), ``twin`` (the row of the same street walked the other way,
    or -1), ``crossings`` (crossings, steps + 1) and ``received`` (crossings,), in units.
``used``
    ``streets`` and ``crossings``, as in ``room``: what the waves laid so far take of them.
``rule``
    ``slot`` minutes of a slot, ``units`` to a person, ``by_rank``: whether who comes first in
    ``entries`` has every slot first, or whoever would pass a crossing first, ``begin``: the
    first step of the first slot.
``rows``
    Waves that stand: route, first step, minutes, units per minute, units.
"""

from __future__ import annotations

import numpy as np

from safepassage.base.jit import jit

__all__ = [
    "PAST_WEIGHT", "exchange", "fits", "improve", "lay", "order_slots", "put", "scored",
    "take_back", "worth",
]  # fmt: skip

PAST_WEIGHT = 50
"""A minute past the crossings counts as much as so many fewer on the road: an assumption. It
gives up next to nobody, and halves the time on the road where crossings bind (docs/plan.md)."""


@jit
def order_slots(entries, chosen, routes, rule, steps, entry, start):
    """List every entry's slots in the order in which they are laid; gives how many."""
    walk, slot, begin = routes[3], rule[0], rule[3]
    n = 0
    if rule[2]:
        for e in entries:
            if chosen[e] >= 0:
                for k in range(begin, steps + 1 - walk[chosen[e]], slot):
                    entry[n], start[n] = e, k
                    n += 1
        return n
    behind = np.zeros(steps + 2, np.int64)
    for e in entries:
        if chosen[e] >= 0:
            for k in range(begin, steps + 1 - walk[chosen[e]], slot):
                behind[k + walk[chosen[e]] + 1] += 1
                n += 1
    behind = np.cumsum(behind)
    for e in entries:
        if chosen[e] >= 0:
            for k in range(begin, steps + 1 - walk[chosen[e]], slot):
                i = behind[k + walk[chosen[e]]]
                behind[k + walk[chosen[e]]] += 1
                entry[i], start[i] = e, k
    return n


@jit
def _room_over(r, first, minutes, routes, room, used, out):
    """Find the room for each minute of setting out; gives the most, and what was looked at."""
    base, row, after, walk, gate = routes
    streets, twin, crossings, _ = room
    steps = crossings.shape[1] - 1
    most = 0
    for i in range(minutes):
        k = first + walk[r] + i
        out[i] = max(crossings[gate[r], k] - used[1][gate[r], k], 0)
        most = max(most, out[i])
    looks = 1
    for j in range(base[r], base[r + 1]):
        if most <= 0:
            break
        looks += 1
        most = 0
        a, b = row[j], twin[row[j]]
        for i in range(minutes):
            if out[i] <= 0:
                continue
            k = first + after[j] + i
            left = streets[a, k] - used[0][a, k]
            if b >= 0:  # clocks at the two ends differ by up to a minute
                facing = used[0][b, k]
                if k > 0:
                    facing = max(facing, used[0][b, k - 1])
                if k < steps:
                    facing = max(facing, used[0][b, k + 1])
                left -= facing
            out[i] = max(min(out[i], left), 0)
            most = max(most, out[i])
    return most, looks


@jit
def _largest_stream(out, minutes, most, shortest, units):
    """Choose the steady stream that moves most: first minute, length, strength, units moved.

    One shorter than ``shortest`` counts only where it takes all of ``most``.
    """
    best, begin, lasting, stream = 0, 0, 0, 0
    shortest = min(shortest, minutes)
    for first in range(minutes):
        least = out[first]
        for length in range(1, minutes - first + 1):
            least = min(least, out[first + length - 1])
            if least <= 0:
                break
            strength = min(least, -(-most // length))
            moved = min(most, strength * length) // units * units
            if moved > best and (length >= shortest or moved == most):
                best, begin, lasting, stream = moved, first, length, strength
    return begin, min(lasting, -(-best // stream)) if best else 0, stream, best


@jit
def _add(r, first, lasting, stream, routes, used):
    base, row, after, walk, gate = routes
    for j in range(base[r], base[r + 1]):
        for k in range(first + after[j], first + after[j] + lasting):
            used[0][row[j], k] += stream
    for k in range(first + walk[r], first + walk[r] + lasting):
        used[1][gate[r], k] += stream


@jit
def lay(entry, start, slots, chosen, zone_of, supply, routes, room, used, rule, shortest, waves):
    """Lay waves in the order of slots, once for each of ``shortest``, into what is free.

    Parameters
    ----------
    entry, start, slots
        As ``order_slots`` lists them, and how many.
    chosen, zone_of
        Route of each entry, or -1; its zone. A zone with two routes has two entries.
    supply
        Units in each zone.
    shortest
        The least minutes of a wave, for each round.
    waves
        Filled: entry, first step, minutes, units per minute, units; as many as are laid.

    Returns
    -------
    waves laid, score, units left in each zone, looks

    The score counts unit-minutes past the crossings, each as much as ``PAST_WEIGHT`` of them on
    the road, which are taken off: of choices that are nearly as good, the shorter ways.

    """
    walk, gate = routes[3], routes[4]
    steps, slot, units = room[2].shape[1] - 1, rule[0], rule[1]
    left, received = supply.copy(), room[3].copy()
    out = np.zeros(slot, np.int64)
    n, score, looks = 0, 0, 0
    for least in shortest:
        for i in range(slots):
            e = entry[i]
            r, z = chosen[e], zone_of[e]
            most = min(left[z], received[gate[r]])
            if most <= 0:
                continue
            minutes = min(slot, steps + 1 - walk[r] - start[i])
            some, seen = _room_over(r, start[i], minutes, routes, room, used, out)
            looks += seen
            if some <= 0:
                continue
            begin, lasting, stream, moved = _largest_stream(out, minutes, most, least, units)
            if moved <= 0:
                continue
            first = start[i] + begin
            _add(r, first, lasting, stream, routes, used)
            looks += routes[0][r + 1] - routes[0][r]
            left[z] -= moved
            received[gate[r]] -= moved
            full = moved // stream
            passes = steps + 1 - first - walk[r]
            past = stream * (full * passes - full * (full - 1) // 2)
            past += (moved - stream * full) * (passes - full)
            score += PAST_WEIGHT * past - moved * walk[r]
            waves[n, 0], waves[n, 1], waves[n, 2] = e, first, lasting
            waves[n, 3], waves[n, 4] = stream, moved
            n += 1
    return n, score, left, looks


@jit
def take_back(n, chosen, routes, used, waves):
    """Take waves out again."""
    for i in range(n):
        _add(chosen[waves[i, 0]], waves[i, 1], waves[i, 2], -waves[i, 3], routes, used)


@jit
def scored(entries, chosen, zone_of, supply, routes, room, used, rule, shortest, space):
    """Tell how good a choice of routes is, and what it cost to tell; nothing stays laid."""
    entry, start, waves = space
    slots = order_slots(entries, chosen, routes, rule, room[2].shape[1] - 1, entry, start)
    n, score, _, looks = lay(
        entry, start, slots, chosen, zone_of, supply, routes, room, used, rule, shortest, waves
    )
    take_back(n, chosen, routes, used, waves)
    return score, looks


@jit
def improve(
    visits, options, best, budget, entries, chosen, zone_of, supply, routes, room, used, rule,
    shortest, space,
):  # fmt: skip
    """Give each visited entry in turn the route with which most people are out soonest.

    ``chosen`` is changed. Entry e may take the routes ``options[e, 0]`` to ``options[e, 1]``.
    Ends once ``budget`` looks are spent.

    Returns
    -------
    best score, looks

    """
    looks = 0
    for e in visits:
        keep = chosen[e]
        for r in range(options[e, 0], options[e, 1]):
            if r == keep or looks >= budget:
                continue
            chosen[e] = r
            score, seen = scored(
                entries, chosen, zone_of, supply, routes, room, used, rule, shortest, space
            )
            looks += seen
            if score > best:
                best, keep = score, r
        chosen[e] = keep
        if looks >= budget:
            break
    return best, looks


@jit
def _first_to(gate, first, last, wanted):
    for r in range(first, last):
        if gate[r] == wanted:
            return r
    return -1


@jit
def exchange(
    visits, options, best, budget, entries, chosen, zone_of, supply, routes, room, used, rule,
    shortest, space,
):  # fmt: skip
    """Let two entries exchange their crossings where most people are out sooner by that.

    Where both crossings are full no entry does better by itself at the other one; both at
    once may. Tried are those who leave people at home with those who send some. Parameters
    and results are those of ``improve``.
    """
    entry, start, waves = space
    slots = order_slots(entries, chosen, routes, rule, room[2].shape[1] - 1, entry, start)
    n, _, left, looks = lay(
        entry, start, slots, chosen, zone_of, supply, routes, room, used, rule, shortest, waves
    )
    take_back(n, chosen, routes, used, waves)
    gate = routes[4]
    for a in visits:
        for b in visits:
            r, s = chosen[a], chosen[b]
            if looks >= budget or r < 0 or s < 0 or gate[r] == gate[s]:
                continue
            if not left[zone_of[a]] or left[zone_of[b]] == supply[zone_of[b]]:
                continue
            there = _first_to(gate, options[a, 0], options[a, 1], gate[s])
            back = _first_to(gate, options[b, 0], options[b, 1], gate[r])
            if there < 0 or back < 0:
                continue
            chosen[a], chosen[b] = there, back
            score, seen = scored(
                entries, chosen, zone_of, supply, routes, room, used, rule, shortest, space
            )
            looks += seen
            if score > best:
                best = score
            else:
                chosen[a], chosen[b] = r, s
    return best, looks


@jit
def put(rows, sign, routes, used):
    """Put waves on their streets and crossings, or take them off with ``sign`` -1."""
    for w in range(rows.shape[0]):
        _add(rows[w, 0], rows[w, 1], rows[w, 2], sign * rows[w, 3], routes, used)


@jit
def fits(wave, routes, room, used):
    """Tell whether a wave has room in each of its minutes beside what is laid."""
    base, row, after, walk, gate = routes
    streets, twin, crossings, _ = room
    steps = crossings.shape[1] - 1
    r, first, lasting, stream = wave[0], wave[1], wave[2], wave[3]
    if first + walk[r] + lasting > steps + 1:
        return False
    for i in range(lasting):
        k = first + walk[r] + i
        if crossings[gate[r], k] - used[1][gate[r], k] < stream:
            return False
        for j in range(base[r], base[r + 1]):
            a, b, k = row[j], twin[row[j]], first + after[j] + i
            left = streets[a, k] - used[0][a, k]
            if b >= 0:  # clocks at the two ends differ by up to a minute
                facing = used[0][b, k]
                if k > 0:
                    facing = max(facing, used[0][b, k - 1])
                if k < steps:
                    facing = max(facing, used[0][b, k + 1])
                left -= facing
            if left < stream:
                return False
    return True


@jit
def worth(entries, chosen, zone_of, supply, routes, room, used, rule, shortest, space):
    """Tell what entries come to on their routes beside what is laid; nothing stays laid.

    Returns
    -------
    units moved, score, looks

    """
    entry, start, waves = space
    slots = order_slots(entries, chosen, routes, rule, room[2].shape[1] - 1, entry, start)
    n, score, _, looks = lay(
        entry, start, slots, chosen, zone_of, supply, routes, room, used, rule, shortest, waves
    )
    moved = 0
    for i in range(n):
        moved += waves[i, 4]
    take_back(n, chosen, routes, used, waves)
    return np.int64(moved), score, looks
