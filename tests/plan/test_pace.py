"""Steps slow people down and let fewer through; the high end takes them for level ground."""

from dataclasses import replace

import numpy as np
import pytest

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.case import load_case
from safepassage.city import build_city
from safepassage.plan.make import make_plan
from safepassage.plan.walkways import walkways


@pytest.fixture
def steep(tmp_path):
    """A town of three zones in a line, all its streets steps at half the pace and width."""
    loaded = load_case(line_town(tmp_path, LINE))
    city = build_city(loaded)
    n = city.streets.n_streets
    steps = replace(city.streets, walk_factor=np.full(n, 0.5), flow_factor=np.full(n, 0.25))
    return loaded, city, replace(city, streets=steps)


def test_minutes_and_room_follow_the_class_of_the_street(steep):
    loaded, flat, steps = steep
    movement = loaded.case.movement
    for end, slower in (("low", 2), ("best", 2), ("high", 1)):
        level, steep_ways = walkways(flat, movement, end=end), walkways(steps, movement, end=end)
        on_street = level.street >= 0
        ratio = steep_ways.minutes(1.0)[on_street] / level.minutes(1.0)[on_street]
        assert ratio == pytest.approx(np.full(on_street.sum(), slower))
        assert np.array_equal(steep_ways.minutes(1.0)[~on_street], level.minutes(1.0)[~on_street])
        share = 0.25 if slower == 2 else 1
        assert steep_ways.people_per_min[on_street] == pytest.approx(
            share * level.people_per_min[on_street]
        )


def test_a_plan_over_steps_is_checked_and_no_quicker(steep):
    loaded, _, steps = steep
    level, steep_plan = plan(str(loaded.folder)), make_plan(loaded, city=steps)
    assert (steep_plan.optimum.cumulative <= level.optimum.cumulative).all()
    assert steep_plan.optimum.cumulative.sum() < level.optimum.cumulative.sum()
    assert (steep_plan.schedule.cumulative <= steep_plan.optimum.cumulative).all()
    assert (steep_plan.optimum.cumulative <= steep_plan.ceiling.cumulative).all()
