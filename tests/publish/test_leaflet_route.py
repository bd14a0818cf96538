"""A route in steps: known answers on a small map."""

from __future__ import annotations

import pytest

from safepassage.publish.leaflet_route import MOST_STEPS, Ground, passed, steps

M = 1 / 111_194.9
"""A metre in degrees, near the equator."""


def ground(*streets, schematic=False):
    """Lay streets (name, east, north of each point in metres), end to end, from the origin."""
    nodes, lines = [[0.0, 0.0]], []
    for i, (name, *points) in enumerate(streets):
        line = [nodes[-1], *[[east * M, north * M] for east, north in points]]
        nodes.append(line[-1])
        # each street is drawn once: odd ones the other way round
        tail, head, drawn = (i, i + 1, line) if i % 2 == 0 else (i + 1, i, line[::-1])
        lines.append({"i": 2 * i, "also": [2 * i + 1], "name": name, "tail": tail, "head": head,
                      "line": drawn, "way_id": 1})  # fmt: skip
    wave = {"zone": "home", "streets": [2 * i + i % 2 for i in range(len(lines))],
            "nodes": list(range(len(nodes)))}  # fmt: skip
    made = {"nodes": nodes, "streets": lines, "bounds": [-1.0, -1.0, 1.0, 1.0],
            "schematic": schematic}  # fmt: skip
    return Ground(made), wave


def told(*streets):
    return [(s.name, s.turn, round(s.length_m)) for s in steps(*ground(*streets))]


def test_stretches_of_one_name_are_one_step_and_turns_are_told():
    assert told(
        ("Old Street", (100, 0)), ("Old Street", (250, 0)), ("Mill Lane", (250, 300)),
        ("", (250, 320)), ("Gate Road", (400, 330)), ("High Road", (500, 335)),
    ) == [
        ("Old Street", "start", 250), ("Mill Lane", "left", 320), ("Gate Road", "right", 150),
        ("High Road", "on", 100),
    ]  # fmt: skip


def test_a_bend_within_a_street_does_not_hide_the_turn_at_its_end():
    found = told(("A", (100, 0), (100, 100)), ("B", (200, 100)))
    assert found == [("A", "start", 200), ("B", "right", 100)]


def test_a_long_nameless_street_is_a_step_of_its_own():
    assert told(("A", (100, 0)), ("", (100, -80)))[1] == ("", "right", 80)


def test_nameless_streets_are_one_step_only_where_they_go_straight_on():
    found = told(("", (100, 0)), ("", (200, 0)), ("", (200, 100)))
    assert found == [("", "start", 200), ("", "left", 100)]


def test_where_there_are_too_many_steps_the_shortest_nameless_go():
    streets, east, north = [], 0, 0
    for i in range(10):
        east += 100
        streets.append((f"Named {i}", (east, north)))
        north += 50 + i
        streets.append(("", (east, north)))
    found = told(*streets)
    assert len(found) == MOST_STEPS
    assert [name for name, _, _ in found if name] == [f"Named {i}" for i in range(10)]
    assert [length for name, _, length in found if not name] == [58, 59]
    assert sum(length for _, _, length in found) == pytest.approx(east + north, abs=6)


def test_on_a_sketch_the_neighbourhoods_passed_are_named():
    area, wave = ground(("", (500, 0)), ("", (900, 0)), schematic=True)
    zones = [{"id": "home", "lon": 0.0, "lat": 0.0}, {"id": "next", "lon": 500 * M, "lat": 0.0},
             {"id": "aside", "lon": 500 * M, "lat": 300 * M}]  # fmt: skip
    assert [each["id"] for each in passed(area, wave, zones)] == ["next"]
