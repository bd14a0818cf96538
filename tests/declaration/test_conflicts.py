from __future__ import annotations

import pytest

from safepassage.declaration import conflicts, read

HEAD = (
    "2 November 2016\n\n"
    "The {issuer} announced a humanitarian pause in {place}, Syria, on {day} {hours}. "
)
RUSSIAN = {"issuer": "Russian Defence Ministry", "place": "Aleppo"}
SYRIAN = {"issuer": "General Staff of the Syrian army", "place": "Aleppo"}
DAY = "4 November 2016"


def said(who, more="", *, day=DAY, hours="from 9 am to 7 pm"):
    return read(HEAD.format(**who, day=day, hours=hours) + more)


def test_hours_that_differ_are_told_in_one_sentence_with_both_quotes():
    first, second = said(RUSSIAN), said(SYRIAN, hours="from 8 am to 4 pm")
    (found,) = conflicts([first, second])
    assert found.field == "windows"
    assert found.sentence == (
        "On hours the statements differ: Russian Defence Ministry says: 09:00 on 4 November 2016 "
        "to 19:00 (“4 November 2016 from 9 am to 7 pm”); Syrian General Staff says: 08:00 on "
        "4 November 2016 to 16:00 (“4 November 2016 from 8 am to 4 pm”)."
    )


@pytest.mark.parametrize(
    ("one", "other", "fields"),
    [
        ("Six corridors will be opened for civilians.",
         "Four corridors will be opened for civilians.",
         ["corridors.total", "corridors.civilian"]),
        ("Fighters may leave with their weapons.",
         "Fighters must hand over their weapons.", ["weapons"]),
        ("Fighters may leave with their weapons.",
         "Fighters may leave with light weapons.", ["weapons"]),
        ("Fighters may leave for Idlib.", "Civilians may leave.", []),
        ("Armed rebels have rejected the pause.",
         "Armed rebels have accepted the pause.", ["consent"]),
    ],
)  # fmt: skip
def test_fields_that_differ(one, other, fields):
    found = conflicts([said(RUSSIAN, one), said(SYRIAN, other)])
    assert [each.field for each in found] == fields


@pytest.mark.parametrize(
    ("one", "other", "topic", "says"),
    [
        ("Civilians may leave toward Idlib.", "Civilians may leave toward Hama.",
         "where civilians may go", "Russian Defence Ministry says: Idlib (“Idlib”)"),
        ("Civilians may carry light weapons. Fighters may leave.",
         "Civilians must not carry weapons.", "weapons of civilians",
         "Syrian General Staff says: no weapons may be carried (“must not carry weapons”)"),
        ("The Turkish government has approved the pause.",
         "The Turkish government has rejected the pause, the Qatari foreign ministry said.",
         "consent", "says: Government of Turkey rejected it, as stated by Qatari Foreign Ministry"),
    ],
)  # fmt: skip
def test_each_point_is_told_in_one_sentence_as_each_states_it(one, other, topic, says):
    found = conflicts([said(RUSSIAN, one), said(SYRIAN, other)])
    (sentence,) = [each.sentence for each in found if each.sentence.startswith(f"On {topic} ")]
    assert says in sentence


@pytest.mark.parametrize(
    ("hours", "other", "fields"),
    [
        ("from 9 am (0700 GMT) to 7 pm (1700 GMT)", "from 9 am (0600 GMT) to 7 pm (1600 GMT)",
         ["conversions", "conversions"]),
        ("from 9 am (0700 GMT) to 7 pm (1700 GMT)", "from 0700 GMT to 1700 GMT", []),
        ("from 9 am (0700 GMT) to 7 pm (1700 GMT)", "from 0600 GMT to 1600 GMT",
         ["windows", "conversions", "conversions"]),
        ("from 9 am (0700 GMT) to 7 pm (1700 GMT)", "from 9 am to 7 pm", []),
    ],
)  # fmt: skip
def test_clocks_that_do_not_go_together(hours, other, fields):
    found = conflicts([said(RUSSIAN, hours=hours), said(SYRIAN, hours=other)])
    assert [each.field for each in found] == fields
    if fields:
        assert "the start, 09:00 local time is 07:00 UTC (“9 am (0700 GMT)”)" in found[-2].sentence


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        ("every day from 4 November 2016 to 8 November 2016, from 9 am to 7 pm", []),
        ("every day from 4 November 2016 to 8 November 2016, from 9 am to 5 pm", ["windows"]),
        ("every day from 5 November 2016 to 8 November 2016, from 9 am to 7 pm", ["windows"]),
    ],
)
def test_hours_of_one_day_agree_with_daily_hours_that_hold_that_day(other, fields):
    daily = read(
        "2 November 2016\n\nThe General Staff of the Syrian army announced a humanitarian pause in "
        f"Aleppo, Syria, {other}."
    )
    assert daily.windows[0].recurrence == "daily"
    assert [each.field for each in conflicts([said(RUSSIAN), daily])] == fields


def test_two_places_near_each_other_with_the_same_hours_are_told():
    gaza = {"issuer": "Israeli army", "place": "Rafah"}
    one = read(HEAD.format(**gaza, day=DAY, hours="from 9 am to 7 pm").replace("Syria", "Gaza"))
    other = read(
        HEAD.format(issuer="Egyptian Foreign Ministry", place="Khan Yunis", day=DAY,
                    hours="from 9 am to 7 pm").replace("Syria", "Gaza")
    )  # fmt: skip
    (found,) = conflicts([one, other])
    assert found.field == "place"
    assert "On the place the statements differ:" in found.sentence


def test_what_one_side_leaves_unsaid_is_no_conflict():
    assert (
        conflicts([said(RUSSIAN, "Six corridors will be opened for civilians."), said(SYRIAN)])
        == ()
    )


def test_one_issuer_does_not_contradict_itself():
    assert conflicts([said(RUSSIAN), said(RUSSIAN, hours="from 8 am to 4 pm")]) == ()


@pytest.mark.parametrize(
    "other",
    [
        said({**SYRIAN, "place": "Homs"}, hours="from 8 am to 4 pm"),
        said(SYRIAN, day="20 November 2016", hours="from 8 am to 4 pm"),
    ],
    ids=["another place", "another day"],
)
def test_another_pause_is_no_conflict(other):
    assert conflicts([said(RUSSIAN), other]) == ()


def test_three_statements_are_compared_two_by_two():
    third = said(
        {"issuer": "Turkish Foreign Ministry", "place": "Aleppo"}, hours="from 7 am to 1 pm"
    )
    found = conflicts([said(RUSSIAN), said(SYRIAN, hours="from 8 am to 4 pm"), third])
    assert len(found) == 3


def test_nothing_to_compare():
    assert conflicts([]) == ()
    assert conflicts([said(RUSSIAN)]) == ()


def test_a_conflict_in_json_has_its_sentence_under_text():
    (found,) = conflicts([said(RUSSIAN), said(SYRIAN, hours="from 8 am to 4 pm")])
    document = found.as_json()
    assert document["text"] == found.sentence
    assert [value["issuer"] for value in document["values"]] == [
        "Russian Defence Ministry", "Syrian General Staff",
    ]  # fmt: skip
