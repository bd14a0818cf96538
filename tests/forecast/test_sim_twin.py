"""The kernel moves people exactly as its slow twin does, and loses nobody on the way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.sim_nets import Net
from lengths import at_length
from oracles import simulate_plain


@st.composite
def towns(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    nodes, minutes = int(rng.integers(2, 8)), int(rng.integers(5, 50))
    groups, zones, ends = (int(rng.integers(1, top)) for top in (3, 4, 4))
    arcs = [(i, i + 1, int(rng.integers(0, 4)), int(rng.integers(1, 15))) for i in range(nodes - 1)]
    for _ in range(int(rng.integers(0, 10))):
        tail, head = rng.choice(nodes, 2, replace=False).tolist()
        arcs.append((tail, head, int(rng.integers(0, 4)), int(rng.integers(1, 15))))
    m = len(arcs)
    options = {"groups": groups}
    if rng.random() < 0.5:  # both directions share a road
        pairs = {}
        options["road"] = np.array(
            [pairs.setdefault(frozenset(arc[:2]), i) for i, arc in enumerate(arcs)]
        )
    if rng.random() < 0.4:
        options["shut_row"] = rng.integers(-1, 2, (groups, m))
        options["shut"] = rng.random((2, minutes)) < 0.3
    if rng.random() < 0.4:
        options["seat_row"] = np.where(np.arange(m) == rng.integers(m), 0, -1)
        options["seats"] = rng.integers(0, 9, (1, minutes)) * (rng.random((1, minutes)) < 0.4)
    room = rng.integers(3, 40, m) if rng.random() < 0.7 else None
    homes = rng.integers(0, nodes, zones)
    net = Net(
        nodes, arcs, sorted(rng.integers(0, nodes, ends).tolist()),
        homes=homes, minutes=minutes, room=room, routes=routes_from(arcs, homes, rng),
        serves=rng.integers(0, 9, (ends, minutes)),
        receives=rng.integers(10, 200, ends), **options,
    )  # fmt: skip
    net.pace = (net.pace[0], *(_still(rng.integers(500, 2500, (groups, m))) for _ in range(2)))
    households = [
        {"size": int(rng.integers(1, 7)), "zone": int(rng.integers(zones)),
         "group": (g := int(rng.integers(groups))), "kind": g, "gate": int(rng.integers(ends)),
         "depart": int(rng.integers(0, minutes)), "delay": int(rng.integers(0, 6)),
         "turning": int(rng.integers(3))}
        | ({"zone": (z := int(rng.integers(zones))), "route": z, "gate": 0} if told else {})
        for told in (rng.random() < 0.4 for _ in range(int(rng.integers(0, 60))))
    ]  # fmt: skip
    events = {
        "collapse": int(rng.integers(0, minutes)) if rng.random() < 0.6 else -1,
        "closures": [
            (int(rng.integers(ends)), first := int(rng.integers(minutes)), first + 8)
            for _ in range(int(rng.integers(0, 3)))
        ],
    }
    return net, households, events


def routes_from(arcs, homes, rng):
    """Give each zone a walk along streets as they come, which need not end at a crossing."""
    routes = []
    for node in homes.tolist():
        here, route = node, []
        for _ in range(400):  # longer than anybody can walk
            onward = [a for a, arc in enumerate(arcs) if arc[0] == here]
            if not onward:
                break
            route.append(int(rng.choice(onward)))
            here = arcs[route[-1]][1]
        routes.append(route)
    return routes


def _still(array):
    array.setflags(write=False)
    return array


@settings(max_examples=at_length(100, 300), deadline=None)
@given(towns())
def test_kernel_and_twin_agree(town):
    net, households, events = town
    fast = net.run(households, **events)
    slow = net.run(households, by=simulate_plain.run, **events)
    for one, other in zip(fast, slow, strict=True):
        np.testing.assert_array_equal(one, other)


@settings(max_examples=at_length(20, 60), deadline=None)
@given(towns())
def test_nobody_is_lost_in_any_minute(town):
    net, households, events = town
    sizes = np.array([row["size"] for row in sorted(households, key=lambda row: row["depart"])])
    whole, *_ = net.run(households, **events)
    for minutes in {1, net.minutes // 2 + 1, net.minutes}:
        by_minute, passed, queued, _, status = net.run(households, minutes=minutes, **events)
        np.testing.assert_array_equal(by_minute, whole[:, :minutes])  # nothing looks ahead
        home, road, out, back = (int(sizes[status == s].sum()) if len(sizes) else 0
                                 for s in range(4))  # fmt: skip
        assert out == by_minute[0, -1] == passed[:, -1].sum()
        assert road + back == by_minute[1, -1] + by_minute[2, -1]  # who turned back is under way
        assert home + road + out + back == sizes.sum()
        assert queued[:, -1].sum() <= road
    assert (np.diff(whole[0]) >= 0).all()
    assert (np.diff(whole[2]) >= 0).all()


@pytest.mark.parametrize("by", [None, simulate_plain.run])
def test_an_empty_town_stays_empty(by):
    by_minute, *_ = Net(2, [(0, 1, 1, 5)], [1], minutes=5).run([], by=by)
    assert not by_minute.any()
