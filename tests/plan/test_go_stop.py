"""Cards say what the case says, missing where it is silent; readiness answers from the same."""

import numpy as np
import pytest

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.plan.go_stop import ABORT, CARD

SAID = """
[corridors.go_stop]
confirmed_by = ["The water board's engineer", "A delegate of the Red Crescent"]
test_movement = "Two empty ambulances, passed when the second is back"
go = ["The joint operations room"]
stop = ["The joint operations room", "Any monitor at the crossing"]
source = "minutes of the meeting of 3 November"
"""
ABORTED = "".join(f'{key} = "Known: {key}"\n' for key in ABORT)


def with_card(card):
    return LINE.replace("\n[[groups]]", f"{card}\n[[groups]]")


def test_a_silent_case_misses_everything(tmp_path):
    found = plan(line_town(tmp_path)).as_json()["go_stop"]
    (card,) = found["cards"]
    assert [each["id"] for each in card["items"]] == list(CARD)
    assert all(each["answer"] is None for each in card["items"])
    assert card["missing"] == len(CARD)
    assert found["route_check"] is None  # this town keeps no time for it


def test_a_card_says_what_the_case_says(tmp_path):
    text = with_card(SAID).replace("test_min = 0", "test_min = 30")
    found = plan(line_town(tmp_path, text)).as_json()["go_stop"]
    (card,) = found["cards"]
    answers = {each["id"]: each["answer"] for each in card["items"]}
    assert answers["stop"] == "The joint operations room; Any monitor at the crossing"
    assert answers["shelter"] is None
    assert card["missing"] == len(ABORT)
    assert found["route_check"] == {"from": "2016-11-04T09:00", "until": "2016-11-04T09:30"}


def test_times_and_people_on_the_road_are_those_of_the_schedule(tmp_path):
    made = plan(line_town(tmp_path))
    (card,) = made.as_json()["go_stop"]["cards"]
    assert card["first_wave"] == "2016-11-04T09:00"
    assert card["most_on_the_road"]["people"] == int(made.schedule.on_the_road.max())
    last = int(np.flatnonzero(np.diff(made.schedule.cumulative, prepend=0))[-1]) + 1
    assert card["last_passes"] == f"2016-11-04T{9 + last // 60:02}:{last % 60:02}"


def test_readiness_answers_from_the_same_keys(tmp_path):
    silent = plan(line_town(tmp_path)).readiness
    assert silent["go-stop"].status == silent["abort"].status == "open"
    said = plan(line_town(tmp_path / "said", with_card(SAID))).readiness
    assert said["go-stop"].status == "settled"
    assert said["abort"].status == "open"
    whole = plan(line_town(tmp_path / "whole", with_card(SAID + ABORTED))).readiness
    assert whole["abort"].status == "settled"
    half = SAID.replace('go = ["The joint operations room"]\n', "")
    half = plan(line_town(tmp_path / "half", with_card(half))).readiness
    assert half["go-stop"].status == "partly"
    assert "The gate: may say go" in half["go-stop"].text


def test_without_a_source_nothing_is_settled(tmp_path):
    text = with_card(SAID.replace('source = "minutes of the meeting of 3 November"\n', ""))
    assert plan(line_town(tmp_path, text)).readiness["go-stop"].status == "partly"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (with_card('[corridors.go_stop]\nstop = [" "]\n'), "empty role"),
        (with_card('[corridors.go_stop]\nphone = "1"\n'), "phone"),
        (
            with_card(
                '\n[[corridors]]\nid = "armed"\nname = "Armed"\nusers = "armed"\n'
                '[corridors.go_stop]\nstop = ["A guard"]\n'
            ),
            "are for civilian corridors",
        ),
    ],
)
def test_bad_cards_are_refused(tmp_path, text, says):
    with pytest.raises(InputError, match=says):
        plan(line_town(tmp_path, text))
