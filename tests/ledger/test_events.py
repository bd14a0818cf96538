from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.ledgers import each_kind, said
from safepassage.base.errors import InputError
from safepassage.ledger.chain import canonical
from safepassage.ledger.events import KINDS, event_of, event_schema, payload_of

SCHEMA = json.loads(
    (files("safepassage.base") / "schemas" / "event.schema.json").read_text("utf-8")
)


def test_every_kind_is_tried():
    assert {row["kind"] for row in each_kind()} == set(KINDS) - {"withdrawal"}
    assert set(SCHEMA["discriminator"]["mapping"]) == set(KINDS)


@pytest.mark.parametrize("row", each_kind(), ids=lambda row: row["kind"])
def test_an_event_goes_through_json_and_back_and_fits_its_schema(row):
    event = event_of(row)
    text = canonical(payload_of(event))
    assert event_of(json.loads(text)) == event
    assert canonical(payload_of(event_of(json.loads(text)))) == text
    jsonschema.validate(json.loads(text), SCHEMA)


def test_the_schema_that_ships_is_that_of_the_models():
    assert event_schema() == SCHEMA


def test_times_are_kept_as_moments_in_utc():
    row = said(1, kind="note", text="x", happened_at="2016-11-04T09:00:00+02:00",
               known_at="2016-11-04T07:00:00.250000Z")  # fmt: skip
    event = event_of(row)
    assert event.happened_at == datetime(2016, 11, 4, 7, tzinfo=UTC)
    assert payload_of(event)["happened_at"] == "2016-11-04T07:00:00Z"
    assert payload_of(event)["known_at"] == "2016-11-04T07:00:00.250000Z"


@pytest.mark.parametrize(
    "moment",
    ["2016-11-04T09:00:00", "2016-11-04", "1478246400", 1478246400, 3.5, None, "soon",
     "0001-01-01T00:00:00+14:00", "1815-06-18T11:30:00Z"],
)  # fmt: skip
def test_a_time_that_is_no_moment_is_refused(moment):
    with pytest.raises(InputError, match=r"event\.happened_at"):
        event_of(said(1, kind="note", text="x", happened_at=moment))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"people": {"low": 5, "best": 4, "high": 6}}, "low ≤ best ≤ high"),
        ({"people": -1}, "greater than or equal to 0"),
        ({"people": 3.5}, "people"),
        ({"people": True}, "people"),
        ({"people": "40"}, "people"),
        ({"corridor": "Castello road"}, "corridor"),
        ({"counted": "over"}, "needs 'since'"),
        ({"since": "2016-11-05T09:00:00Z"}, "must not be after"),
        ({"source": "Jane Doe"}, "source"),
        ({"means": "gossip"}, "means"),
        ({"status": "certain"}, "status"),
        ({"phone": "x"}, "phone"),
        ({"id": "17"}, "id"),
        ({"kind": "rumour"}, "kind"),
        ({"text": "a\x1bb"}, "control"),
        ({"text": "19:00\u202e"}, "control"),
        ({"text": "  "}, "blank"),
        ({"text": "\ud800"}, "text"),
        ({"text": "x" * 2001}, "2000"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(change, message):
    row = said(1, kind="passage", corridor="castello", people=40, counted="in all")
    assert event_of(row).people.high == 40
    with pytest.raises(InputError, match=message):
        event_of({**row, **change})


def test_all_faults_of_an_event_are_told_together():
    with pytest.raises(InputError) as caught:
        event_of(said(1, kind="passage", corridor="X Y", people="4", counted="in all", means="?"))
    assert [fault.where for fault in caught.value.faults] == [
        "event.means", "event.corridor", "event.people",
    ]  # fmt: skip


def test_a_correction_is_of_another_event():
    row = each_kind()[10]
    with pytest.raises(InputError, match="three events"):
        event_of({**row, "corrects": row["id"]})


@pytest.mark.parametrize("junk", [None, 3, "x", [], {}, {"kind": ["note"]}, [1], {"kind": None}])
def test_what_is_no_event_is_told_so(junk):
    with pytest.raises(InputError):
        event_of(junk)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
))  # fmt: skip
def test_anything_put_for_a_field_is_kept_whole_or_refused(junk):
    for row in each_kind():
        for key in row:
            try:
                event = event_of({**row, key: junk})
            except InputError:
                continue
            again = event_of(json.loads(canonical(payload_of(event))))
            assert again == event
