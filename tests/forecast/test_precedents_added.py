"""A row is added to a table of precedents whole and sound, or not at all."""

import pytest

from safepassage.base.errors import InputError
from safepassage.forecast.precedents import read_precedents
from safepassage.forecast.precedents_added import table_with, with_precedent

ROW = {"id": "town", "place": "Town", "start_local": "2020-01-01T09:00", "kind": "voluntary",
       "left": "5", "people_inside_low": "10", "people_inside_high": "20",
       "sources": "a council, said so"}  # fmt: skip
OTHER = "id,place,start_local,kind,sources\nfirst,Place,2019-01-01,flight,press\n"


def test_a_table_begins_with_it():
    (row,) = read_precedents(with_precedent(None, ROW, "new"), "new")
    assert (row.id, row.share.low, row.texts["sources"]) == ("town", 0.25, "a council, said so")


def test_what_stood_in_the_table_stays():
    few = {key: ROW[key] for key in ("id", "place", "start_local", "kind", "sources")}
    made = with_precedent(OTHER.encode(), few, "t")
    assert made.decode().startswith(OTHER)
    assert [row.id for row in read_precedents(made, "t")] == ["first", "town"]
    without_end = with_precedent(OTHER.strip().encode(), few, "t")
    assert without_end == made


def test_columns_that_the_table_lacks_are_put_in():
    first, second = read_precedents(with_precedent(OTHER.encode(), ROW, "t"), "t")
    assert (first.id, first.left, second.left.high) == ("first", None, 5)


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        (OTHER, {**ROW, "id": "first"}, "has a precedent 'first' already"),
        ("", ROW, "is empty"),
        ("a,b\n1,2\n", ROW, "no column 'id'"),
        (OTHER.replace("flight", "fled"), ROW, "'fled' is not in the codebook"),
        (OTHER, {**ROW, "left": "50"}, "more than were inside"),
    ],
)
def test_what_is_not_sound_is_refused(table, row, said):
    with pytest.raises(InputError, match=said):
        with_precedent(table.encode(), row, "t.csv")


def test_all_faults_are_told():
    with pytest.raises(InputError) as caught:
        with_precedent(None, {**ROW, "kind": "x", "left": "y"}, "t")
    assert len(caught.value.faults) == 2


def test_a_folder_is_no_table(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        table_with(tmp_path, ROW)
