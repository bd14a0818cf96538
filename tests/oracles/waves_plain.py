"""Lay waves the slow way: dictionaries, every stream tried, nothing shared with the kernel."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

__all__ = ["Route", "lay"]


@dataclass(frozen=True)
class Route:
    """Hold streets by name, the steps at which they are entered, the crossing and the walk."""

    streets: tuple[int, ...]
    after: tuple[int, ...]
    gate: int
    walk: int


def lay(told, people, streets, twin, crossings, received, *, slot, units, shortest, ranked):
    """Lay waves for entries ``told``: (zone, route or None), in their order.

    Gives (entry, first, minutes, per minute, moved) in the order in which they are laid.
    """
    steps = len(crossings[0]) - 1
    on_street, at_gate = defaultdict(int), defaultdict(int)
    left, room_beyond = list(people), list(received)
    slots = []
    for place, (zone, route) in enumerate(told):
        if route is not None:
            slots += [
                ((place, k) if ranked else (k + route.walk, place, k), place, zone, route, k)
                for k in range(0, steps + 1 - route.walk, slot)
            ]
    slots.sort(key=lambda each: each[0])
    waves = []
    for least in shortest:
        for _, place, zone, route, start in slots:
            most = min(left[zone], room_beyond[route.gate])
            stop = min(start + slot, steps + 1 - route.walk)
            free = [
                _free(route, k, streets, twin, crossings, on_street, at_gate)
                for k in range(start, stop)
            ]
            best = _best(free, most, least, units)
            moved, begin, minutes, strength = best
            if not moved:
                continue
            minutes = min(minutes, -(-moved // strength))
            first = start + begin
            for k in range(first, first + minutes):
                at_gate[route.gate, k + route.walk] += strength
                for street, after in zip(route.streets, route.after, strict=True):
                    on_street[street, k + after] += strength
            left[zone] -= moved
            room_beyond[route.gate] -= moved
            waves.append((place, first, minutes, strength, moved))
    return waves


def _best(free, most, least, units):
    """Try every stream; gives what it moves, first minute, minutes and strength."""
    best = (0, 0, 0, 0)
    for begin in range(len(free)):
        for minutes in range(1, len(free) - begin + 1):
            strength = min(*free[begin : begin + minutes], -(-most // minutes))
            moved = min(most, strength * minutes) // units * units
            long_enough = minutes >= min(least, len(free)) or moved == most
            if strength > 0 and long_enough and moved > best[0]:
                best = (moved, begin, minutes, strength)
    return best


def _free(route, k, streets, twin, crossings, on_street, at_gate):
    rooms = [crossings[route.gate][k + route.walk] - at_gate[route.gate, k + route.walk]]
    for street, after in zip(route.streets, route.after, strict=True):
        facing = 0
        if twin[street] >= 0:
            facing = max(on_street[twin[street], k + after + d] for d in (-1, 0, 1))
        rooms.append(streets[street][k + after] - on_street[street, k + after] - facing)
    return max(min(rooms), 0)
