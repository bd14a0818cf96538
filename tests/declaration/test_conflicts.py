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
