from __future__ import annotations

from datetime import UTC, datetime

import pytest

from safepassage.publish.distribution import obstacles

NOW = datetime(2016, 11, 4, 8, 0, tzinfo=UTC)
WEST = {
    "name": "West road", "users": "civilian", "located": True, "assumed": False,
    "controlled_near": "City Council", "controlled_far": "Government",
}  # fmt: skip
BOTH = [
    {"party": "City Council", "status": "approved", "stated_by": "City Council"},
    {"party": "Government", "status": "approved", "stated_by": "Government"},
]


def test_nothing_stands_against_it_where_every_actor_agreed_in_its_own_words():
    assert obstacles([WEST], BOTH) == ()


def test_an_approval_told_by_another_is_a_claim():
    told = [BOTH[0], {**BOTH[1], "stated_by": "City Council"}]
    assert obstacles([WEST], told) == ("No consent is confirmed in its own words: Government.",)


def test_names_are_compared_without_regard_to_capitals_and_blanks():
    assert obstacles([{**WEST, "controlled_far": " government  "}], BOTH) == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"located": False}, "Not located: West road."),
        ({"assumed": True}, "The position is an assumption: West road."),
        ({"controlled_far": ""}, "Who controls the far side is not known: West road."),
        ({"controlled_near": None}, "Who controls the near side is not known: West road."),
        ({"users": "armed"}, "No corridor is open to civilians."),
    ],
)
def test_each_obstacle_is_told(change, sentence):
    assert obstacles([{**WEST, **change}], BOTH) == (sentence,)


def test_a_refusal_stands_against_it_whatever_else_is_agreed():
    refused = {"party": "Armed groups", "status": "rejected", "stated_by": None}
    assert obstacles([WEST], [*BOTH, refused]) == ("Rejected by Armed groups.",)


@pytest.mark.parametrize(
    ("expires", "now", "holds"),
    [
        (None, None, True),
        (datetime(2016, 11, 4, 17, tzinfo=UTC), NOW, True),
        (datetime(2016, 11, 4, 8, tzinfo=UTC), NOW, False),
        (datetime(2016, 11, 4, 17, tzinfo=UTC), None, False),
    ],
)
def test_an_assurance_confirms_until_it_expires(expires, now, holds):
    given = [{"party": "Government", "expires_at": expires}]
    assert (obstacles([WEST], BOTH[:1], assurances=given, now=now) == ()) is holds


def test_aleppo_may_not_be_handed_out(plan):
    told = obstacles(plan["corridors"], plan["consent"])
    assert any(each.startswith("Rejected by") for each in told)
    assert any(each.startswith("Not located") for each in told)
    assert any(each.startswith("The position is an assumption") for each in told)
