"""Places where a corridor that nobody located might cross, and what is wrong with them."""

import pytest

from plan.towns import LINE, line_town
from safepassage import load_case
from safepassage.base.errors import InputError

CORRIDOR = """
[[corridors]]
id = "somewhere"
name = "Somewhere"
"""
PLACE = """
[[corridors.plausible]]
name = "the east"
lat = 36.2
lon = 37.21
"""
RATE = "people_per_min_per_lane = 4\n"


def loaded(folder, *tables):
    at = LINE.index("[movement]")
    return load_case(line_town(folder, LINE[:at] + "\n".join(tables) + "\n" + LINE[at:])).case


def test_a_place_may_give_what_it_serves_or_leave_it_to_the_corridor(tmp_path):
    (own,) = loaded(tmp_path, CORRIDOR, PLACE + RATE).corridors[1].plausible
    assert own.people_per_min_per_lane.best == 4
    (theirs,) = loaded(tmp_path, CORRIDOR + RATE, PLACE).corridors[1].plausible
    assert theirs.people_per_min_per_lane is None


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ((CORRIDOR, PLACE), "need people_per_min_per_lane, theirs or the corridor's: the east"),
        ((CORRIDOR + RATE, PLACE, PLACE), "use the same name twice: the east"),
        ((CORRIDOR + 'users = "armed"\n', PLACE + RATE), "are for civilian corridors"),
        (
            (CORRIDOR + RATE + "position = { lat = 36.2, lon = 37.2 }\n", PLACE),
            "are for a corridor without position, look_up or way",
        ),
        ((CORRIDOR + RATE, PLACE.replace("36.2", "136.2")), "plausible[0].lat"),
        ((CORRIDOR + RATE, PLACE.replace("the east", "")), "plausible[0].name"),
        ((CORRIDOR + RATE, PLACE + "lanes = 0\n"), "plausible[0].lanes"),
        ((CORRIDOR, PLACE + "people_per_min_per_lane = -1\n"), "must not be negative"),
        ((CORRIDOR + RATE, PLACE + "colour = 1\n"), "plausible[0].colour"),
    ],
)
def test_what_cannot_be_meant_is_told(tmp_path, tables, says):
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, *tables)
    assert says in str(caught.value)
