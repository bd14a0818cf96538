"""What a situation says of a made-up day, where the answer is known."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from ledger.ledgers import chance
from ledger.small_day import (
    HEAD,
    entries_of,
    event,
    in_all,
    local,
    over,
    received,
    record,
    small_day,
    uid,
)  # fmt: skip
from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.ledger.chain import Entry
from safepassage.ledger.expected import Expected, ExpectedCorridor
from safepassage.ledger.fold import Fold
from safepassage.ledger.situation import situation_at
from safepassage.ledger.sqlite import SqliteLedger
from safepassage.ledger.store import Recorded

SCHEMA = json.loads(
    (files("safepassage.base") / "schemas" / "situation.schema.json").read_text("utf-8")
)
MINUTES = 600
PLANNED = np.array(  # from 10:00 on, 4 a minute past the gate; none past the others
    [[max(0, 4 * (minute - 60)) for minute in range(MINUTES + 1)], *[[0] * (MINUTES + 1)] * 2]
)


def expected(*, planned=True):
    """Give three corridors: with a plan, without, and for armed groups."""
    return Expected(
        case_id="three", title="Three corridors", tz="Asia/Damascus", start=local("09:00"),
        end=local("19:00"),
        corridors=(
            ExpectedCorridor("gate", "The gate", "البوابة", waves=((400.0, 460.0), (300.0, 350.0))),
            ExpectedCorridor("bridge", "The bridge", located=False),
            ExpectedCorridor("road", "The road", users="armed"),
        ),
        planned=PLANNED if planned else None, served=(planned, False, False),
    )  # fmt: skip


def told(*events, at="12:00", planned=True, late=timedelta(0)):
    """Give the document of a situation, which keeps to its schema."""
    made = situation_at(
        record(received(events, late)), expected(planned=planned), local(at)
    ).as_json()
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(made)))
    return made


def gate(document):
    return document["corridors"][0]


def kinds(document):
    return [(alarm["kind"], alarm["corridor"], alarm["level"]) for alarm in document["alarms"]]


def best(people):
    return people["best"]


def people(low, middle=None, high=None):
    middle = low if middle is None else middle
    return {"low": low, "best": middle, "high": middle if high is None else high}


def test_a_day_keeps_to_the_schema():
    found = situation_at(record(small_day()), Expected.of_case(load_case("aleppo-2016-11-04")),
                         local("13:02"))  # fmt: skip
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(found.as_json())))
    assert found.corridor("sheikh-saeed")["state"] == "closed"
    assert found.corridor("bustan-al-qasr")["passed"]["best"] == 798
    assert found.document["exercise"]
    assert "EXERCISE" in str(found)
    assert "passed 798 (723 to 893)" in str(found)


def test_nothing_received_tells_nothing():
    found = told()
    assert found["people_out"] is None
    assert [row["passed"] for row in found["corridors"]] == [None] * 3
    assert found["curve"]["passed"] == {"low": [], "best": [], "high": []}
    assert found["curve"]["projection"] is None
    assert found["ledger"]["hash"] == HEAD.hash


def test_two_counters_of_one_crossing_are_never_added():
    found = told(
        over(1, "gate", "10:00", "11:00", 100, "a"), over(2, "gate", "10:00", "11:00", 90, "b")
    )
    assert gate(found)["passed"] == people(90, 100)
    assert [(c["source"], best(c["people"])) for c in gate(found)["counters"]] == [
        ("a", 100),
        ("b", 90),
    ]
    assert found["people_out"] == people(90, 100)


def test_the_surer_counter_is_the_best_and_the_other_widens():
    found = told(
        over(1, "gate", "10:00", "11:00", {"low": 95, "best": 100, "high": 110}, "a"),
        over(
            2,
            "gate",
            "10:00",
            "11:00",
            {"low": 110, "best": 120, "high": 125},
            "b",
            status="verified",
        ),
    )
    assert gate(found)["passed"] == people(95, 120, 125)


def test_an_allegation_counts_only_where_nobody_else_did():
    alleged = over(
        2, "gate", "10:00", "12:00", 1200, "side", status="alleged", means="announcement"
    )
    found = told(over(1, "gate", "10:00", "11:00", 100, "a"), alleged, at="12:01")
    assert gate(found)["passed"] == people(700)
    hours = gate(found)["by_hour"]
    assert [hour["passed"] for hour in hours] == [None, people(100), people(600), None]
    assert ("counters disagree", "gate", "warning") in kinds(found)


def test_the_rest_of_an_hour_is_filled_from_the_best():
    found = told(
        over(1, "gate", "10:00", "11:00", 60, "a"), over(2, "gate", "10:00", "10:30", 40, "b")
    )
    # b has 40 in its half hour, where a has 30; a's other 30 are added
    assert gate(found)["passed"] == people(60, 60, 70)


def test_one_counter_that_counts_minutes_twice_counts_them_once():
    found = told(
        over(1, "gate", "10:00", "10:30", 30, "a"), over(2, "gate", "10:20", "10:50", 60, "a")
    )
    # 20 minutes of 1, 10 of the mean of 1 and 2, 20 of 2; at most all of both
    assert gate(found)["passed"] == people(75, 75, 90)
    assert any("10 minutes more than once" in each["text"] for each in found["uncounted_remarks"])


def test_running_totals_are_taken_apart_by_the_hour():
    found = told(
        in_all(1, "gate", "10:30", 60, "a", since=local("10:00").isoformat()),
        in_all(2, "gate", "11:30", 180, "a", since=local("10:00").isoformat()),
    )
    assert gate(found)["passed"] == people(180)
    assert [hour["passed"] for hour in gate(found)["by_hour"]] == [None, people(120), people(60)]


def test_a_running_total_that_falls_is_corrected_by_the_later_one():
    since = {"since": local("10:00").isoformat()}
    found = told(
        in_all(1, "gate", "10:30", 90, "a", **since), in_all(2, "gate", "10:50", 40, "a", **since)
    )
    assert gate(found)["passed"] == people(40, 40, 130)  # at most it began anew
    assert any("fell from 90 to 40 at 10:50" in each["text"] for each in found["uncounted_remarks"])


def test_a_running_total_that_began_anew_is_added_to_what_was():
    found = told(
        in_all(1, "gate", "11:00", 100, "a", since=local("10:00").isoformat()),
        in_all(2, "gate", "11:30", 30, "a", since=local("11:00").isoformat()),
    )
    assert gate(found)["passed"] == people(130)


def test_a_running_total_begins_with_the_first_count_of_others():
    found = told(over(1, "gate", "10:00", "11:00", 100, "a"), in_all(2, "gate", "11:00", 104, "b"))
    assert [hour["passed"] for hour in gate(found)["by_hour"]] == [
        None,
        people(100, 100, 104),
        None,
    ]


def test_minutes_that_nobody_counted_are_told_and_are_in_the_high_figure_alone():
    one, two = (
        over(1, "gate", "10:00", "10:15", 15, "a"),
        over(2, "gate", "10:45", "11:00", 30, "a"),
    )
    found = told(one, two)
    assert gate(found)["passed"] == found["people_out"] == people(45, 45, 45 + 30 * 2)
    assert gate(found)["uncounted"] == {"minutes": 30, "high": 60}
    assert [hour["passed"] for hour in gate(found)["by_hour"]] == [None, people(45), None]
    assert [found["curve"]["passed"]["high"][m] for m in (75, 105, 120)] == [15, 75, 105]
    assert (
        "The gate: nobody counted from 10:15 to 10:45; for all minutes that nobody counted, high "
        "has 60 more."
    ) in [r["text"] for r in found["uncounted_remarks"]]


@pytest.mark.parametrize(
    ("closed", "opened", "again", "until", "minutes"),
    [
        ("10:20", "10:40", "10:45", "11:00", 10),
        ("08:00", "10:00", "13:30", "13:45", 60),
        ("18:00", "18:40", "20:00", "20:15", 60 + 20),  # the hours end at 19:00
    ],
)
def test_nobody_is_taken_to_have_passed_where_it_was_closed_or_far_from_any_count(
    closed, opened, again, until, minutes
):
    document = told(
        over(1, "gate", "10:00", "10:15", 15, "a"),
        over(2, "gate", again, until, 0, "a"),
        event(3, "status", closed, corridor="gate", state="closed"),
        event(4, "status", opened, corridor="gate", state="open"),
        at="21:00",
    )  # fmt: skip
    assert gate(document)["uncounted"] == {"minutes": minutes, "high": minutes}


def test_a_correction_holds_whenever_it_comes():
    wrong = over(1, "gate", "10:00", "11:00", 900, "a")
    right = over(2, "gate", "10:00", "11:00", 90, "a")
    fix = event(3, "correction", "10:50", corrects=uid(1), instead=uid(2), text="A slip")
    for order in ((wrong, right, fix), (fix, wrong, right), (right, fix, wrong)):
        pairs = [(local("11:30"), each) for each in order]
        found = situation_at(record(pairs), expected(), local("12:00")).as_json()
        assert gate(found)["passed"] == people(90)
        assert found["corrections"] == 1


def test_a_correction_of_a_correction_brings_the_event_back():
    events = [
        over(1, "gate", "10:00", "11:00", 90, "a"), over(2, "gate", "10:00", "11:00", 9, "a"),
        event(3, "correction", "11:05", corrects=uid(1), instead=uid(2), text="A slip"),
        event(4, "correction", "11:10", corrects=uid(3), text="It was no slip"),
    ]  # fmt: skip
    assert gate(told(*events[:3]))["passed"] == people(9)
    found = told(*events)
    assert gate(found)["passed"] == people(90)
    assert found["corrections"] == 1


def test_what_stands_in_anothers_place_and_did_not_arrive_is_told():
    fix = event(3, "correction", "11:05", corrects=uid(1), instead=uid(2), text="A slip")
    found = told(over(1, "gate", "10:00", "11:00", 90, "a"), fix)
    assert gate(found)["passed"] is None
    assert any("did not arrive yet" in each["text"] for each in found["uncounted_remarks"])


def test_corrections_in_a_circle_change_nothing():
    found = told(
        over(1, "gate", "10:00", "11:00", 90, "a"),
        event(2, "correction", "11:05", corrects=uid(3), text="No"),
        event(3, "correction", "11:06", corrects=uid(2), text="Yes"),
    )
    assert gate(found)["passed"] == people(90)
    assert found["corrections"] == 0
    assert any("in a circle" in each["text"] for each in found["uncounted_remarks"])


def test_a_situation_is_what_the_ledger_had_received():
    early = over(1, "gate", "10:00", "11:00", 90, "a")
    late = over(2, "gate", "10:00", "11:00", 100, "b", status="verified")
    pairs = [(local("11:10"), early), (local("12:30"), late)]
    before, after = (
        situation_at(record(pairs), expected(), local(at)) for at in ("12:29", "12:30")
    )
    assert gate(before.document)["passed"] == people(90)
    assert before.document["ledger"]["sequence"] == 1
    assert best(gate(after.document)["passed"]) == 100


def test_a_withdrawn_event_counts_no_more_live_or_read_again(tmp_path):
    rows = entries_of([(local("11:10"), over(1, "gate", "10:00", "11:00", 90, "a"))])
    gone = replace(rows[0], salt=None, payload=None)
    payload = json.dumps({
        **event(9, "note", "11:20", text="x").model_dump(mode="json"), "kind": "withdrawal",
        "withdraws": gone.id,
    })  # fmt: skip
    tombstone = Entry.made(
        2, uid(9), "2016-11-04T09:30:00.000000Z", payload, bytes(32), rows[0].hash
    )
    after = Recorded(HEAD, "after", (gone, tombstone))
    live = Fold(expected(), after)
    live.add(rows[0])
    assert best(gate(live.situation(local("12:00")).document)["passed"]) == 90
    live.add(tombstone)
    assert gate(live.situation(local("12:00")).document)["passed"] is None
    assert gate(situation_at(after, expected(), local("12:00")).document)["passed"] is None


def test_a_ledger_in_a_file_tells_the_same(tmp_path):
    pairs = small_day()
    aleppo = Expected.of_case(load_case("aleppo-2016-11-04"))
    with SqliteLedger.restore(tmp_path / "day.ledger", HEAD, entries_of(pairs)) as ledger:
        there = situation_at(ledger, aleppo, local("13:02")).as_json()
    assert there == situation_at(record(pairs), aleppo, local("13:02")).as_json()


def test_an_altered_entry_is_refused_by_name():
    row = entries_of([(local("11:10"), over(1, "gate", "10:00", "11:00", 90, "a"))])[0]
    bad = replace(row, payload='{"kind":1}')
    with pytest.raises(InputError, match="entry 1: holds no event"):
        situation_at(Recorded(HEAD, "bad", (bad,)), expected(), local("12:00"))


def test_every_kind_may_arrive_in_any_order():
    """The plain twin covers counts; here are the other kinds, too."""
    aleppo = Expected.of_case(load_case("aleppo-2016-11-04"))
    events = [each for _, each in small_day()]
    found = []
    for seed in range(4):
        chance(seed).shuffle(events)
        rows = [(local("13:02"), each) for each in events]
        found.append(situation_at(record(rows), aleppo, local("13:02")).as_json())
        del found[-1]["ledger"]
    assert found[0]["incidents_total"] == 2
    assert all(each == found[0] for each in found)


def test_what_happened_last_is_the_state_and_others_dispute_it():
    words = [
        event(1, "status", "11:00", corridor="gate", state="open", source="a"),
        event(2, "status", "11:40", corridor="gate", state="closed", source="b", by="Side A"),
        event(3, "status", "11:20", known="11:50", corridor="gate", state="open", source="c"),
    ]
    row = gate(told(*words))
    assert (row["state"], row["state_source"], row["state_by"]) == ("closed", "b", "Side A")
    assert row["state_age_min"] == 19
    assert {each["source"] for each in row["disputed"]} == {"a", "c"}
    alleged = event(
        4, "status", "11:55", corridor="gate", state="open", source="d", status="alleged"
    )
    assert gate(told(*words, alleged))["state"] == "closed"
    assert gate(told(*words, alleged, at="12:30"))["state"] == "open"  # nobody else's word is fresh


def test_a_state_stands_since_it_was_first_said():
    row = gate(told(
        event(1, "status", "10:00", corridor="gate", state="closed"),
        event(2, "status", "10:30", corridor="gate", state="open"),
        event(3, "status", "11:00", corridor="gate", state="open"),
    ))  # fmt: skip
    assert row["state_since"] == "2016-11-04T08:30:00Z"


@pytest.mark.parametrize(
    ("at", "alarm"),
    [
        ("09:29", None), ("09:30", "nobody has said"), ("11:31", None),
        ("11:32", "last confirmed at 11:01"),
    ],
)  # fmt: skip
def test_a_status_is_unknown_when_not_renewed_for_half_an_hour(at, alarm):
    words = [event(1, "status", "11:00", corridor="gate", state="open")]
    texts = [a["text"] for a in told(*words, at=at)["alarms"] if (a["kind"], a["corridor"]) ==
             ("status unknown", "gate")]  # fmt: skip
    assert (len(texts), alarm is None or alarm in texts[0]) == (int(alarm is not None), True)


def hhmm(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def flows(*quarters, begin=10 * 60):
    return [
        over(n, "gate", hhmm(begin + 15 * n), hhmm(begin + 15 * n + 15), count, "a")
        for n, count in enumerate(quarters)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quarters", "level"),
    [
        ((60, 60, 60, 60), None),  # as planned
        ((6, 6, 6, 6), None),  # few all day: no alarm each quarter of an hour
        ((60, 60, 60, 25), "alarm"),  # under half of the last, and of the day's pace
        ((60, 60, 60, 31), None),
        ((200, 60, 60, 40), "warning"),  # behind the day's pace only
        ((0, 0, 0, 0), "warning"),  # planned, and nobody passes
        ((10, 10, 120, 50), "warning"),  # a burst is over
    ],
)
def test_a_count_that_falls_off_is_told(quarters, level):
    found = told(*flows(*quarters), at="11:02")
    levels = [a["level"] for a in found["alarms"] if a["kind"] == "count falls off"]
    assert levels == ([level] if level else [])


def test_a_fall_that_was_planned_is_none():
    found = situation_at(
        record(received(flows(60, 60, 60, 20))),
        Expected(**{**fields(), "planned": np.minimum(PLANNED, 180)}), local("11:05"),
    ).as_json()  # fmt: skip
    assert "count falls off" not in {alarm["kind"] for alarm in found["alarms"]}


def fields():
    base = expected()
    return {name: getattr(base, name) for name in base.__slots__ if name != "index"}


def test_a_counter_that_falls_silent_is_told():
    found = told(*flows(60, 60), at="11:00")
    (alarm,) = [a for a in found["alarms"] if a["kind"] == "count falls off"]
    assert "nobody has counted since 10:30" in alarm["text"]
    assert alarm["since"] == "2016-11-04T09:00:00Z"
    closed = event(90, "status", "10:40", corridor="gate", state="closed")
    assert "count falls off" not in {k for k, *_ in kinds(told(*flows(60, 60), closed, at="11:00"))}


@pytest.mark.parametrize(
    ("corridor", "carried", "raised"),
    [("gate", ["unarmed"], False), ("gate", ["mixed"], True), ("gate", ["unarmed", "armed"], True),
     ("gate", ["armed"], True), ("road", ["armed"], False), ("road", ["unarmed"], True),
     ("road", ["not known"], False)],
)  # fmt: skip
def test_armed_and_unarmed_mixed_is_told(corridor, carried, raised):
    counts = [
        over(n, corridor, "11:00", "11:30", 5, f"t{n}", carrying=carrying)
        for n, carrying in enumerate(carried)
    ]
    alarm = ("armed and unarmed mixed", corridor, "alarm")
    assert (alarm in kinds(told(*counts))) == raised
    assert alarm not in kinds(told(*counts, at="12:45"))  # of the last hour


def test_armed_corridors_are_not_among_the_people_out():
    found = told(
        over(1, "road", "10:00", "11:00", 30, "a"), over(2, "gate", "10:00", "11:00", 5, "a")
    )
    assert found["people_out"] == people(5)
    assert any("not among the people out" in each["text"] for each in found["uncounted_remarks"])


def test_no_number_of_fighters_is_told():
    found = told(
        over(1, "road", "10:00", "11:00", 37, "a"),
        over(2, "road", "10:00", "11:00", 91, "b"),
        event(3, "movement", "11:00", corridor="road", stage="reached", people=73),
    )
    (row,) = (each for each in found["corridors"] if each["users"] == "armed")
    assert (row["passed"], row["counters"], row["by_hour"], row["stages"]) == (None, [], [], {})
    assert not {"37", "91", "73"} & set(re.findall(r"\d+", json.dumps(row)))
    assert not [each for each in found["alarms"]
                if each["corridor"] == "road" and "count" in each["kind"]]  # fmt: skip


def test_the_latest_time_to_set_out_follows_the_hours():
    assert gate(told())["last_safe_departure"] == "2016-11-04T13:40:00Z"
    shorter = event(1, "window", "10:00", by="Side A", start=local("09:00").isoformat(),
                    end=local("15:00").isoformat())  # fmt: skip
    found = told(shorter)
    assert gate(found)["last_safe_departure"] == "2016-11-04T12:00:00Z"
    late = ("last safe departure passed", "gate", "warning")
    assert late not in kinds(told(shorter, at="13:59"))
    assert late in kinds(told(shorter, at="14:00"))
    assert late not in kinds(told(shorter, at="15:00"))  # the window is over


def test_counters_that_cannot_both_be_right_are_told():
    first = over(1, "gate", "10:00", "11:00", 100, "a")
    near = told(first, over(2, "gate", "10:00", "11:00", 82, "b"))
    assert "counters disagree" not in {kind for kind, *_ in kinds(near)}
    far = told(first, over(2, "gate", "10:00", "11:00", 70, "b"))
    assert ("counters disagree", "gate", "alarm") in kinds(far)
    (alarm,) = [a for a in far["alarms"] if a["kind"] == "counters disagree"]
    assert alarm["text"] == ("The gate, 10:00 to 11:00: a (observed) gives 100, b (observed) 70.")


def test_notifications_that_stand_are_told_the_newest_first():
    def step(n, clock, name, **more):
        return event(n, "notification", clock, party="Side A", step=name, pack_sha256="5a" * 32,
                     **more)  # fmt: skip

    wrong = event(4, "correction", "11:10", corrects=uid(2), text="It was about another.")
    made = told(step(1, "09:10", "sent"), step(2, "11:00", "objected", text="Not before noon"),
                step(3, "10:00", "received"), wrong)  # fmt: skip
    assert [each["step"] for each in made["notifications"]] == ["received", "sent"]
    assert made["notifications"][0]["pack_sha256"] == "5a" * 32


def test_an_assurance_that_ends_before_the_window_is_told():
    given = event(1, "assurance", "10:00", party="Side A", words="Until noon.",
                  expires_at=local("12:00").isoformat())  # fmt: skip
    wanted = "assurance expires"
    assert wanted not in {k for k, *_ in kinds(told(given, at="11:29"))}
    assert (wanted, None, "warning") in kinds(told(given, at="11:30"))
    assert (wanted, None, "alarm") in kinds(told(given, at="12:00"))
    renewed = event(2, "assurance", "11:40", party="side a", words="Until seven.",
                    expires_at=local("19:00").isoformat())  # fmt: skip
    assert wanted not in {k for k, *_ in kinds(told(given, renewed, at="12:00"))}


def test_no_plan_adopted_is_told_from_an_hour_before():
    plan = event(1, "plan", "08:00", by="coordinator", plan_sha256="ab" * 32)
    none = ("no plan adopted", None, "warning")
    assert none not in kinds(told(at="07:59"))
    assert none in kinds(told(at="08:00"))
    found = told(plan, at="08:10")
    assert none not in kinds(found)
    assert found["plan"]["by"] == "coordinator"


def window(number, at, by, start, end, **more):
    return event(number, "window", at, by=by, start=local(start).isoformat(),
                 end=local(end).isoformat(), **more)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "at", "state", "end", "left"),
    [
        ([], "08:00", "before", "19:00", 660), ([], "12:00", "open", "19:00", 420),
        ([], "19:00", "over", "19:00", 0),
        ([("10:00", "A", "09:00", "21:00")], "20:00", "open", "21:00", 60),
        (
            [("10:00", "A", "09:00", "21:00"), ("10:30", "B", "09:00", "17:00")],
            "12:00", "open", "17:00", 300,
        ),
        (
            [("10:00", "A", "09:00", "15:00"), ("10:30", "a", "09:00", "18:00")],
            "12:00", "open", "18:00", 360,
        ),
        ([("10:00", "A", "09:00", "09:00")], "12:00", "called off", "09:00", 0),
    ],
)  # fmt: skip
def test_the_hours_in_force_are_what_every_party_last_allowed(changes, at, state, end, left):
    found = told(*(window(n, *change) for n, change in enumerate(changes)), at=at)["window"]
    assert (found["state"], found["end"], found["minutes_left"]) == (
        state, local(end).isoformat().replace("+00:00", "Z"), left
    )  # fmt: skip
    assert found["announced"]["end"] == "2016-11-04T17:00:00Z"
    assert len(found["changes"]) == len(changes)


def test_hours_of_another_year_are_told_and_not_taken():
    """A slip in a year must not lay out minutes by the million."""
    slip = event(1, "window", "10:00", by="A", start=local("09:00").isoformat(),
                 end="9999-12-31T23:59:00+00:00")  # fmt: skip
    found = told(slip, *flows(60, 60, 60, 60, 60, 60, 60), at="12:00")
    assert found["window"]["end"] == "2016-11-04T17:00:00Z"
    assert any("hours of another time: not taken" in r["text"] for r in found["uncounted_remarks"])
    assert len(found["curve"]["projection"]["best"]) < MINUTES


def test_another_plan_may_be_followed_without_reading_all_again():
    rows = entries_of(received(flows(60, 60, 60, 60)))
    live = Fold(expected(planned=False), Recorded(HEAD, "live", rows))
    live.catch_up()
    assert live.situation(local("12:00")).document["curve"]["planned"] is None
    live.record = Recorded(HEAD, "gone", ())  # not to be read again
    live.follow(expected())
    assert live.situation(local("12:00")).as_json()["curve"]["planned"][-1] == 4 * (MINUTES - 60)
    later = Expected(**{**fields(), "start": local("08:00")})
    live.record = Recorded(HEAD, "live", rows)
    live.follow(later)
    assert live.situation(local("12:00")).as_json() == situation_at(
        live.record, later, local("12:00")
    ).as_json()  # fmt: skip


def test_one_corridor_may_have_hours_of_its_own():
    found = told(window(1, "10:00", "A", "09:00", "13:00", corridor="gate"))
    assert found["window"]["end"] == "2016-11-04T17:00:00Z"
    assert gate(found)["window"]["end"] == "2016-11-04T11:00:00Z"
    assert found["corridors"][1]["window"] is None


def test_stages_of_several_sources_make_an_interval():
    def moved(number, count, source, status="observed"):
        return event(number, "movement", "11:00", corridor="gate", stage="held", people=count,
                     source=source, status=status)  # fmt: skip

    found = told(
        moved(1, 5, "a"), moved(2, 4, "a"), moved(3, 20, "b", "reported"), moved(4, 2, "c")
    )
    assert gate(found)["stages"] == {"held": people(9, 9, 31)}
    assert found["received"] is None


def test_counts_of_no_corridor_or_another_day_are_told_and_not_counted():
    found = told(
        over(1, "gatte", "10:00", "11:00", 5, "a"),
        in_all(2, "gate", "11:00", 7, "a", since=(local("11:00") - timedelta(days=3)).isoformat()),
    )
    texts = " ".join(each["text"] for each in found["uncounted_remarks"])
    assert "1 event on corridors that the case does not have (gatte)" in texts
    assert "1 count of other days" in texts
    assert found["people_out"] is None


def test_the_curve_adds_up_to_the_people_out():
    found = told(*flows(60, 30, 20, 80), at="11:01")
    curve = found["curve"]
    assert len(curve["passed"]["best"]) == 122  # from 09:00 to 11:01, both ends
    assert curve["passed"]["best"][60] == 0
    assert curve["passed"]["best"][75] == 60
    assert curve["passed"]["best"][-1] == best(found["people_out"]) == 190
    assert curve["planned"][120] == 240
    assert gate(found)["planned"] == 244
    assert [hour["planned"] for hour in gate(found)["by_hour"]] == [0, 240, 4]


def test_a_corridor_whose_counts_come_later_is_waited_for():
    """Else the pace would seem to fall wherever one counter reports before another."""
    both = Expected(**{
        **fields(), "served": (True, True, False), "planned": PLANNED[[0, 0, 1]],
    })  # fmt: skip

    other = [
        over(50 + n, "bridge", hhmm(600 + 15 * n), hhmm(615 + 15 * n), 60, "b") for n in range(7)
    ]
    made = situation_at(record(received([*flows(*[60] * 8), *other])), both, local("12:05"))
    projection = made.document["curve"]["projection"]
    assert projection["from"] == "2016-11-04T09:45:00Z"
    assert projection["best"][-1] == 2 * 4 * 540


def test_the_newest_incidents_are_listed_and_all_are_counted():
    many = [
        event(n, "incident", "11:00", what="shooting", corridor="gate", source=f"s{n % 7}")
        for n in range(1, 450)
    ]
    found = told(*many)
    assert (len(found["incidents"]), found["incidents_total"]) == (200, 449)
    wrong = [event(1000 + n, "correction", "11:30", corrects=uid(n), text="No")
             for n in range(150, 450)]  # fmt: skip
    found = told(*many, *wrong)
    assert found["incidents_total"] == 149
    assert {each["id"] for each in found["incidents"]} == {uid(n) for n in range(1, 150)}
