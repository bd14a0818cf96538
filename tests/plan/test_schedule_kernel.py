"""Waves laid by the kernel are those of a slow twin, and routes tried leave nothing behind."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from oracles import waves_plain
from safepassage.plan.kernel_schedule import (
    PAST_WEIGHT,
    exchange,
    improve,
    lay,
    order_slots,
    scored,
    take_back,
)

SHORTEST = np.array([5, 1])


@st.composite
def questions(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    steps, slot = draw(st.integers(3, 40)), draw(st.integers(1, 15))
    streets, gates, zones = (
        draw(st.integers(1, 6)),
        draw(st.integers(1, 2)),
        draw(st.integers(1, 4)),
    )
    units = draw(st.sampled_from([1, 10]))
    routes = []
    for _ in range(draw(st.integers(1, 6))):
        order = rng.permutation(streets)[: rng.integers(0, streets + 1)]
        times = np.cumsum(rng.integers(0, 4, len(order) + 1))
        routes.append(
            waves_plain.Route(
                tuple(order.tolist()), (0, *times.tolist())[: len(order)],
                int(rng.integers(gates)), int(times[-1]),
            )
        )  # fmt: skip
    twin = np.full(streets, -1)
    if streets > 1 and draw(st.booleans()):
        twin[:2] = 1, 0
    room = (
        np.repeat(rng.integers(0, 30, (streets, 1)), steps + 1, axis=1).astype(np.int32),
        twin, rng.integers(0, 40, (gates, steps + 1)), rng.integers(0, 900, gates),
    )  # fmt: skip
    if draw(st.booleans()):  # a street that is closed for some minutes
        room[0][0, steps // 3 : steps // 2] = 0
    people = rng.integers(0, 60, zones) * units
    return routes, room, people, slot, units, int(draw(st.booleans())), rng


def as_arrays(routes):
    base = np.cumsum([0, *(len(route.streets) for route in routes)])
    flat = [np.array([x for r in routes for x in part(r)], np.int64) for part in
            (lambda r: r.streets, lambda r: r.after)]  # fmt: skip
    ends = [np.array([getattr(r, name) for r in routes]) for name in ("walk", "gate")]
    return base, *flat, *ends


def asked(question):
    routes, room, people, slot, units, ranked, rng = question
    zones = len(people)
    zone_of = np.tile(np.arange(zones), 2)
    entries = rng.permutation(2 * zones)
    chosen = rng.integers(-1, len(routes), 2 * zones)
    in_time = np.array([route.walk < room[2].shape[1] for route in routes])
    chosen[(chosen >= 0) & ~in_time[chosen]] = -1
    slots = 2 * zones * room[2].shape[1]
    space = np.zeros(slots, np.int64), np.zeros(slots, np.int64), np.zeros((2 * slots, 5), np.int64)
    used = np.zeros_like(room[0]), np.zeros_like(room[2])
    return entries, chosen, zone_of, people, as_arrays(routes), room, used, (
        slot, units, ranked, 0,
    ), SHORTEST, space  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(questions())
def test_waves_are_those_of_the_slow_twin(question):
    routes, room = question[:2]
    entries, chosen, zone_of, people, arrays, _, used, rule, shortest, space = asked(question)
    steps = room[2].shape[1] - 1
    n = order_slots(entries, chosen, arrays, rule, steps, *space[:2])
    laid, score, left, _ = lay(
        *space[:2], n, chosen, zone_of, people, arrays, room, used, rule, shortest, space[2]
    )
    told = [(int(zone_of[e]), routes[chosen[e]] if chosen[e] >= 0 else None) for e in entries]
    plain = waves_plain.lay(
        told, people.tolist(), room[0].tolist(), room[1].tolist(), room[2].tolist(),
        room[3].tolist(), slot=rule[0], units=rule[1], shortest=SHORTEST.tolist(), ranked=rule[2],
    )  # fmt: skip
    found = [(int(np.flatnonzero(entries == w[0])[0]), *w[1:]) for w in space[2][:laid].tolist()]
    assert found == plain
    gone = np.zeros_like(people)
    area = walked = 0
    for place, first, minutes, strength, moved in plain:
        zone, route = told[place]
        gone[zone] += moved
        walked += moved * route.walk
        for i in range(minutes):
            passing = min(strength, moved - i * strength)
            area += passing * (steps + 1 - first - route.walk - i)
    assert (left == people - gone).all()
    assert score == PAST_WEIGHT * area - walked
    take_back(laid, chosen, arrays, used, space[2])
    assert not used[0].any()
    assert not used[1].any()


@settings(deadline=None, max_examples=60)
@given(questions())
def test_a_route_is_changed_only_for_a_better_one(question):
    entries, chosen, *rest = asked(question)
    routes = rest[2]
    before, _ = scored(entries, chosen, *rest)
    options = np.tile(
        [0, int((routes[3] < rest[3][2].shape[1]).all() * len(routes[3]))], (len(chosen), 1)
    )
    best, looks = improve(entries, options, before, 10**9, entries, chosen, *rest)
    after, _ = scored(entries, chosen, *rest)
    assert best == after >= before
    assert looks >= 0
    kept = chosen.copy()
    again, _ = improve(entries, options, best, 0, entries, chosen, *rest)
    assert again == best
    assert (kept == chosen).all()  # nothing is tried once the budget is spent
    assert not rest[4][0].any()


@settings(deadline=None, max_examples=60)
@given(questions())
def test_crossings_are_exchanged_only_for_the_better(question):
    entries, chosen, *rest = asked(question)
    routes = rest[2]
    before, _ = scored(entries, chosen, *rest)
    had = sorted(routes[4][chosen[chosen >= 0]].tolist())
    in_time = int((routes[3] < rest[3][2].shape[1]).all() * len(routes[3]))
    options = np.tile([0, in_time], (len(chosen), 1))
    best, _ = exchange(entries, options, before, 10**9, entries, chosen, *rest)
    after, _ = scored(entries, chosen, *rest)
    assert best == after >= before
    assert sorted(routes[4][chosen[chosen >= 0]].tolist()) == had
    assert not rest[4][0].any()
