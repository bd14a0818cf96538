"""Tables of precedents: what is read, what is refused, and what gives a share."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.rows import precedents, shared, table
from safepassage.base.errors import InputError
from safepassage.forecast.counted import Span
from safepassage.forecast.precedents import load_precedents, read_precedents

NAMES = ("id", "place", "start_local", "kind", "sources")


def faults(data):
    with pytest.raises(InputError) as error:
        read_precedents(data, "test.csv")
    assert error.value.exit_code == 2
    return [str(fault) for fault in error.value.faults]


def one_fault(data):
    (fault,) = faults(data)
    return fault


# what is read


def test_every_cell_is_read():
    (row,) = precedents(
        {
            "id": "x-1", "start_local": "2016-10-20T08:00", "end_local": "2016-10-22T19:00",
            "window_hours": 11, "corridors_total": 8, "corridors_armed": 2,
            "corridors_civilian": 6, "people_inside_low": 1000, "people_inside_high": 2000,
            "left": "100..150", "left_by_day": "D:2016-10-20=50|C:2016-10-22=100..150@Observer",
            "consent": "rejected", "first_incident_hours": "0..11", "ended": "held",
            "ended_hours": 59, "outcome": "fighting resumed",
        }
    )  # fmt: skip
    assert (str(row.start), str(row.end)) == ("2016-10-20 08:00:00", "2016-10-22 19:00:00")
    assert (row.days, row.window_hours, row.corridors) == (3, 11, (8, 2, 6))
    assert row.inside == Span(1000, 2000)
    assert row.left == Span(100, 150)
    assert row.codes == {"kind": "voluntary", "consent": "rejected", "ended": "held"}
    assert (row.first_incident_h, row.ended_h) == (Span(0, 11), Span(59, 59))
    assert row.texts["outcome"] == "fighting resumed"
    assert row.share == Span(0.05, 0.15)
    assert row.out_by_day() == pytest.approx([0.4, 0.7, 1.0])


def test_a_row_needs_no_more_than_five_cells():
    (row,) = read_precedents(table({}, columns=NAMES), "test.csv")
    assert (row.start, row.end, row.days) == (date(2020, 1, 1), date(2020, 1, 1), 1)
    assert (row.share, row.inside, row.left, row.window_hours) == (None, None, None, None)
    assert row.corridors == (None, None, None)
    assert row.codes == {"kind": "voluntary"}
    assert not row.pooled


def test_a_count_after_the_end_lengthens_it():
    (row,) = precedents({"left_by_day": "D:2020-01-03=5"})
    assert row.days == 3


def test_columns_stand_in_any_order_after_a_byte_order_mark():
    data = table({"id": "a"}, columns=NAMES[::-1])
    (row,) = read_precedents(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"), "test.csv")
    assert row.id == "a"


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers():
    lines = table({"id": "a"}, columns=NAMES).decode().splitlines()
    data = "\n".join([*lines, "", ",,,,", lines[1].replace('"a"', '"b"') + ",too,long"])
    assert "row 5: has more or fewer cells" in one_fault(data.encode())


def test_arabic_places_are_read():
    (row,) = precedents({"place": "حلب الشرقية، سوريا"})
    assert row.place == "حلب الشرقية، سوريا"


# shares


@pytest.mark.parametrize(
    ("cells", "share"),
    [
        ({**shared(0.5)}, Span(0.5, 0.5)),
        ({**shared(0.0)}, Span(0, 0)),
        ({"people_inside_low": 100, "people_inside_high": 400, "left": "50..80"}, Span(0.125, 0.8)),
        ({"people_inside_low": 100, "people_inside_high": 400, "left": "200"}, Span(0.5, 1.0)),
        ({**shared(0.5), "no_share": "leavers of months"}, None),
        ({"left": "50"}, None),
        ({"people_inside_low": 100, "people_inside_high": 400}, None),
    ],
)
def test_shares_run_from_fewest_of_most_to_most_of_fewest(cells, share):
    (row,) = precedents(cells)
    assert row.share == share
    assert row.pooled == (share is not None)


@pytest.mark.parametrize("kind", ["flight", "after defeat", "convoy"])
def test_only_voluntary_ones_are_pooled(kind):
    rows = precedents({**shared(0.5), "kind": kind}, shared(0.1))
    assert [row.pooled for row in rows] == [False, True]


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_shares_lie_between_nothing_and_all(low, more, left, others):
    cells = {"people_inside_low": low, "people_inside_high": low + more,
             "left": f"{left}..{left + others}"}  # fmt: skip
    if left > low + more:
        assert "share above one" in one_fault(table(cells))
        return
    (row,) = precedents(cells)
    assert 0 <= row.share.low <= row.share.high <= 1


# what is refused


@pytest.mark.parametrize(
    ("cells", "where", "said"),
    [
        ({"kind": "voluntry"}, "kind", "'voluntry' is not in the codebook. Codes: voluntary, "),
        ({"kind": "Voluntary"}, "kind", "not in the codebook"),
        ({"consent": "maybe"}, "consent", "Codes: all, in principle, one, rejected; empty where"),
        ({"under_fire": "1"}, "under_fire", "Codes: yes, no"),
        ({**shared(0.5), "left": "1001"}, "left", "(1,001 of 1,000): a share above one"),
        ({"left": "inf"}, "left", "no number"),
        ({"left": "-3"}, "left", "no number"),
        ({"left": "nan"}, "left", "no number"),
        ({"left": "9..3"}, "left", "wrong way round"),
        ({"left": "9" * 30}, "left", "no number"),
        ({"first_incident_hours": "-1"}, "first_incident_hours", "no number"),
        ({"ended_hours": "soon"}, "ended_hours", "no number"),
        ({"window_hours": "25"}, "window_hours", "no hours of a day"),
        ({"window_hours": "0"}, "window_hours", "no hours of a day"),
        ({"window_hours": "5..7"}, "window_hours", "must be one number"),
        ({"corridors_total": "1.5"}, "corridors_total", "no whole number"),
        ({"corridors_total": "many"}, "corridors_total", "no number"),
        ({"people_inside_low": "5"}, "people_inside_low", "has one end alone"),
        ({"people_inside_low": "9", "people_inside_high": "5"}, "people_inside_high", "low ≤ high"),
        ({"people_inside_low": "0", "people_inside_high": "5"}, "people_inside_high", "0 < low"),
        ({"start_local": "4 November"}, "start_local", "is no date"),
        ({"start_local": "2016-02-30"}, "start_local", "is no date"),
        ({"start_local": "2016-11-04T09:00+02:00"}, "start_local", "has a zone"),
        ({"end_local": "2019-12-31"}, "end_local", "before the start"),
        ({"start_local": "2020-01-01T10:00", "end_local": "2020-01-01T09:00"}, "end_local",
         "before the start"),
        ({"end_local": "2021-06-01"}, "end_local", "A year is the most"),
        ({"left_by_day": "D:2020-01-01"}, "left_by_day", "none of `D:day=n`"),
        ({"left_by_day": "D:2020-01-01=inf"}, "left_by_day", "no number"),
        ({"left_by_day": "D:2020-02-31=1"}, "left_by_day", "whose day is none"),
        ({"left_by_day": "D:2023-01-01=1"}, "left_by_day", "more than a year"),
        ({"confidence": "certain"}, "confidence", "starts with none of high"),
        ({"id": "a b"}, "id", "is no id"),
        ({"id": "a\x00b"}, "id", "is no id"),
        ({"place": " "}, "place", "is empty"),
        ({"sources": ""}, "sources", "is empty"),
        ({"id": ""}, "id", "is empty"),
    ],
)  # fmt: skip
def test_a_cell_that_breaks_the_codebook_is_told_by_row_and_column(cells, where, said):
    fault = one_fault(table({}, {"id": "second", **cells}))
    assert fault.startswith(f"test.csv, row 3, {where}: ")
    assert said in fault


def test_all_faults_are_told_together():
    told = faults(table({"kind": "x", "consent": "y", "left": "-1"}, {}, {"start_local": "no"}))
    assert [fault.split(":")[0] for fault in told] == [
        "test.csv, row 2, kind", "test.csv, row 2, consent", "test.csv, row 2, left",
        "test.csv, row 4, start_local",
    ]  # fmt: skip


def test_ids_stand_once():
    assert "row 3, id: 'a' stands twice" in one_fault(table({"id": "a"}, {"id": "a"}))


@pytest.mark.parametrize("missing", NAMES)
def test_columns_that_are_needed_must_be_there(missing):
    columns = [name for name in NAMES if name != missing]
    assert f"has no column '{missing}'" in one_fault(table({}, columns=columns))


def test_columns_outside_the_codebook_are_refused_and_so_is_one_twice():
    told = faults(table({}, columns=[*NAMES, "colour", "kind"]))
    assert len(told) == 2
    assert "column 'colour' is not in the codebook" in told[0]
    assert "has a column twice" in told[1]


@pytest.mark.parametrize("data", [b"", b"\n", b"id;place;kind\n1;2;3\n"])
def test_what_has_no_columns_is_refused_in_one_message(data):
    assert "is empty, or its columns are not parted by commas" in one_fault(data)


@pytest.mark.parametrize(
    "data", ["id,place\nقال".encode("utf-16"), b"id,\xff\xfe", b'id,place\n"open']
)
def test_what_is_no_table_is_refused(data):
    assert "is no CSV table in UTF-8" in one_fault(data)


@pytest.mark.parametrize("row", ["a,b", "a,b,2020-01-01,voluntary,s,more"])
def test_a_row_too_short_or_too_long_is_refused(row):
    data = ",".join(NAMES) + f"\n{row}\n"
    assert "row 2: has more or fewer cells than the header" in one_fault(data.encode())


@given(st.binary(max_size=300))
def test_bytes_are_read_or_refused_and_nothing_else(data):
    with suppress(InputError):
        read_precedents(data, "test.csv")


@given(st.lists(st.text(max_size=30), min_size=5, max_size=5))
def test_text_is_read_or_refused_and_nothing_else(cells):
    data = ",".join(NAMES) + "\n" + ",".join('"' + c.replace('"', '""') + '"' for c in cells)
    with suppress(InputError):
        read_precedents(data.encode("utf-8", "surrogatepass"), "test.csv")


# tables together


def test_the_precedents_that_ship_are_sound():
    rows = load_precedents()
    assert len(rows) >= 17
    assert len({row.id for row in rows}) == len(rows)
    assert all("://" in row.texts["sources"] for row in rows)
    assert all(row.texts["confidence"] for row in rows)
    assert len(rows.pooled()) >= 7
    assert {row.codes["kind"] for row in rows.pooled()} == {"voluntary"}
    (source,) = rows.inputs
    assert source.name == "precedents.csv"


def test_what_is_known_of_the_founding_case():
    (row,) = [row for row in load_precedents() if row.id == "aleppo_pause_20161104"]
    assert row.left == Span(0, 0)
    assert row.share == Span(0, 0)
    assert row.pooled
    assert row.codes["consent"] == "rejected"
    assert row.first_incident_h == Span(6, 6)


def test_a_table_of_ones_own_adds_rows_and_replaces_those_of_the_same_id(tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_bytes(table({"id": "new"}, {"id": "homs_oldcity_2014", **shared(0.9)}))
    before, after = load_precedents(), load_precedents(mine)
    assert len(after) == len(before) + 1
    (homs,) = [row for row in after if row.id == "homs_oldcity_2014"]
    assert homs.share == Span(0.9, 0.9)
    assert [source.name for source in after.inputs] == ["precedents.csv", "mine.csv"]


def test_a_file_that_is_not_there_and_one_too_large_are_told_together(tmp_path):
    large = tmp_path / "large.csv"
    large.write_bytes(b"")
    with large.open("r+b") as file:
        file.truncate(20_000_001)
    with pytest.raises(InputError) as error:
        load_precedents(tmp_path / "none.csv", large, tmp_path)
    told = [str(fault) for fault in error.value.faults]
    assert "none.csv: cannot be read (No such file" in told[0]
    assert "too large for a table" in told[1]
    assert "cannot be read (Is a directory)" in told[2]
    assert len(told) == 3


def test_rows_are_left_out_by_id():
    rows = load_precedents()
    fewer = rows.without("homs_oldcity_2014")
    assert len(fewer) == len(rows) - 1
    assert "homs_oldcity_2014" not in {row.id for row in fewer}
    assert fewer.inputs == rows.inputs
    with pytest.raises(InputError, match="no precedent is called 'x'") as error:
        rows.without("x", "homs_oldcity_2014", "y")
    assert len(error.value.faults) == 2
