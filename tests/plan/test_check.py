"""The checker finds each planted fault, with code that shares nothing with the solver."""

from dataclasses import replace

import numpy as np
import pytest

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.errors import Defect
from safepassage.plan.blocks import Reserved
from safepassage.plan.check import check_movements


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return plan(line_town(tmp_path_factory.mktemp("line"), LINE))


def check(made, movements, **changes):
    arguments = {
        "speeds_m_per_s": [1.0],
        "supply": made.optimum.flows[0].supply[None],
        "gate_nodes": made.gate.nodes,
        "people_per_min": np.array([10.0]),
        "minutes": made.hours.usable.minutes,
        "reserved": (),
        **changes,
    }
    return check_movements(movements, arguments.pop("ways", made.ways), **arguments)


def test_a_good_plan_passes(made):
    checked = check(made, made.schedule.waves)
    assert checked.people == made.schedule.total
    assert checked.worst_crossing_use == 1.0
    assert 0 < checked.worst_street_use <= 1


def planted(made, fault):  # noqa: C901
    waves = list(made.schedule.waves)
    first, last = waves[0], waves[-1]
    if fault == "past closing":
        late = made.hours.usable.minutes - last.arrive
        waves[-1] = replace(
            last, depart=last.depart + late, arrive=last.arrive + late,
            enter=tuple(t + late for t in last.enter),
        )  # fmt: skip
    elif fault == "before opening":
        waves[0] = replace(first, depart=-1.0)
    elif fault == "too fast":
        waves[-1] = replace(last, arrive=last.arrive - 2)
    elif fault == "not there yet":
        waves[-1] = replace(last, enter=(last.enter[0], *(t - 3 for t in last.enter[1:])))
    elif fault == "from nothing":
        waves[0] = replace(first, people=first.people + 1)
    elif fault == "jump":
        waves[-1] = replace(last, arcs=last.arcs[1:], enter=last.enter[1:])
    elif fault == "wrong end":
        waves[-1] = replace(last, arcs=last.arcs[:-1], enter=last.enter[:-1])
    elif fault == "twice":
        waves.append(first)
    elif fault == "over the crossing":
        waves[0] = replace(first, people_per_min=first.people_per_min + 1)
    elif fault == "nobody":
        waves[0] = replace(first, people=0)
    return waves


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("past closing", "passes the crossing after closing"),
        ("before opening", "leaves before the usable window opens"),
        ("too fast", "passes the crossing before it can be there"),
        ("not there yet", "before it can be there"),
        ("from nothing", "moves .* people"),
        ("jump", "jumps to arc"),
        ("wrong end", "does not end at its crossing"),
        ("twice", "people and has|people pass crossing"),
        ("over the crossing", "people pass crossing|serves more people"),
        ("nobody", "moves 0 people"),
    ],
)
def test_each_planted_fault_is_found(made, fault, says):
    with pytest.raises(Defect, match=says):
        check(made, planted(made, fault))


def test_a_street_over_capacity_is_found(made):
    thin = replace(made.ways, people_per_min=np.where(made.ways.street >= 0, 4.0, np.inf))
    with pytest.raises(Defect, match=r"is used 2\.50 times over"):
        check(made, made.schedule.waves, ways=thin)


def test_a_closed_street_is_found(made):
    arc = made.schedule.waves[0].arcs[-1]
    closed = made.ways.closed.copy()
    closed[arc] = True
    with pytest.raises(Defect, match="which is closed"):
        check(made, made.schedule.waves, ways=replace(made.ways, closed=closed))


def test_a_street_kept_free_for_others_is_found(made):
    wave = made.schedule.waves[0]
    streets = np.zeros(made.city.streets.n_streets, bool)
    streets[made.ways.street[wave.arcs[-1]]] = True
    nothing = np.zeros(1, bool)
    first = wave.enter[-1]
    check(made, made.schedule.waves, reserved=[Reserved(streets, nothing, -60.0, first)])
    with pytest.raises(Defect, match="while it is kept free"):
        check(made, made.schedule.waves, reserved=[Reserved(streets, nothing, first, first + 1)])


def test_a_mixed_crossing_is_found(made):
    nothing = np.zeros(made.city.streets.n_streets, bool)
    block = Reserved(nothing, np.ones(1, bool), 30.0, 60.0)
    with pytest.raises(Defect, match="people pass crossing 0 in minute 30"):
        check(made, made.schedule.waves, reserved=[block])


def test_the_checker_imports_nothing_of_the_solver():
    import subprocess
    import sys

    code = (
        "import sys; sys.modules['safepassage.flow.arrival'] = None;"
        "import ast, inspect, pathlib, safepassage;"
        "p = pathlib.Path(safepassage.__file__).parent / 'plan' / 'check.py';"
        "tree = ast.parse(p.read_text());"
        "names = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)];"
        "assert not any('flow' in (n or '') for n in names), names"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
