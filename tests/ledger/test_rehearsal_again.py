"""A recorded pause played again, what became of injects, and exercises kept apart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ledger.ledgers import said
from plan.towns import line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.ledger.events import event_of
from safepassage.ledger.opening import bring_in, bring_out, make_ledger, open_record
from safepassage.ledger.rehearsal import simulated
from safepassage.ledger.rehearsal_debrief import debrief, note_of
from safepassage.ledger.rehearsal_recorded import recorded_day
from safepassage.ledger.sqlite import SqliteLedger
from safepassage.ledger.store import prepared

START = datetime(2016, 11, 4, 7, tzinfo=UTC)
"""Of the town's hours."""


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return plan(line_town(tmp_path_factory.mktemp("town")))


def told(number, minute, *, day=START, late=2, **fields):
    happened = day + timedelta(minutes=minute)
    moments = {"happened_at": happened, "known_at": happened + timedelta(minutes=1)}
    return happened + timedelta(minutes=late), event_of(said(number, **{**fields, **moments}))


def recorded(path, events, *, exercise=False):
    with make_ledger(path, exercise=exercise, now=START) as ledger:
        for received, event in events:
            ledger.append([event], now=received)
    bring_out(path, path.with_suffix(".jsonl"))
    return path.with_suffix(".jsonl")


def real(day=START):
    count = {"kind": "passage", "corridor": "gate", "people": 40, "counted": "over"}
    return [
        told(1, 60, day=day, since=day + timedelta(minutes=45), **count),
        told(2, 61, day=day, late=30, since=day + timedelta(minutes=46), **count),
        told(3, 70, day=day, kind="decision", by="coordinator", decision="stop", text="Wait"),
        told(4, 71, day=day, kind="plan", by="coordinator", plan_sha256="ab" * 32),
        told(5, 80, day=day, kind="incident", what="shooting", text="شائعة"),
        told(6, 90, day=day, kind="correction", corrects=said(5)["id"], text="Nobody heard it"),
        told(7, 95, day=day, kind="correction", corrects=said(3)["id"], text="It was hold"),
        told(8, 100, day=day, kind="assurance", party="Side B", words="Until noon",
             expires_at=day + timedelta(hours=3)),
    ]  # fmt: skip


def test_a_recorded_pause_keeps_its_times_and_is_marked(tmp_path, town):
    path = recorded(tmp_path / "real.ledger", real())
    before = path.read_bytes()
    day = recorded_day(open_record(path), town)
    assert path.read_bytes() == before
    first, incident, second, mended, promised = day.timed
    assert [each.at - START for each in day.timed] == [
        timedelta(minutes=m) for m in (62, 82, 91, 92, 102)
    ]
    assert first.event.since == START + timedelta(minutes=45)
    assert promised.event.words == "EXERCISE: Until noon"
    assert incident.event.text == "EXERCISE: شائعة"
    assert mended.event.corrects == incident.event.id
    assert second.event.happened_at - first.event.happened_at == timedelta(minutes=1)
    assert all(each.event.text.startswith("EXERCISE") for each in day.timed)
    assert not {str(each.event.id) for each in day.timed} & {str(said(n)["id"]) for n in range(9)}
    assert all(prepared([each.event], each.at) for each in day.timed)


def test_closures_and_changed_hours_are_looked_at_in_the_debrief(tmp_path, town):
    events = [
        told(1, 30, kind="status", corridor="gate", state="closed"),
        told(2, 40, kind="status", corridor="gate", state="open"),
        told(3, 50, kind="window", by="Side B", start=START, end=START + timedelta(hours=2)),
    ]
    day = recorded_day(open_record(recorded(tmp_path / "real.ledger", events)), town)
    assert [each.inject for each in day.injects] == ["gate closed", "hours changed"]
    assert day.injects[0].note == "gate closed (as team-1 told it then)"
    assert day.injects[1].event.end == START + timedelta(hours=2)


def test_its_decisions_are_left_to_the_trainees_and_told_afterwards(tmp_path, town):
    day = recorded_day(open_record(recorded(tmp_path / "real.ledger", real())), town)
    assert [what for _, what in day.then] == [
        "coordinator decided stop: Wait", "coordinator adopted plan abababababab",
    ]  # fmt: skip
    assert "debrief: 2 decisions" in day.told[1]


def test_another_days_record_is_moved_by_whole_days(tmp_path, town):
    other = START - timedelta(days=400)
    path = recorded(tmp_path / "real.ledger", real(other))
    day = recorded_day(open_record(path), town)
    here = recorded_day(open_record(recorded(tmp_path / "same.ledger", real())), town)
    assert [each.at for each in day.timed] == [each.at for each in here.timed]
    assert day.timed[-1].event.expires_at == START + timedelta(hours=3)
    assert "moved by 400 days" in day.told[0]


def test_a_record_read_from_a_file_long_after_arrives_when_it_was_known(tmp_path, town):
    events = [(received + timedelta(days=900), event) for received, event in real()]
    day = recorded_day(open_record(recorded(tmp_path / "real.ledger", events)), town)
    assert day.timed[0].at == START + timedelta(minutes=61)


def test_records_that_cannot_be_played(tmp_path, town):
    with pytest.raises(InputError, match="nothing to play"):
        recorded_day(open_record(recorded(tmp_path / "empty.ledger", [])), town)
    strange = [told(1, 5, kind="status", corridor="elsewhere", state="open")]
    with pytest.raises(InputError, match="elsewhere"):
        recorded_day(open_record(recorded(tmp_path / "strange.ledger", strange)), town)
    path = recorded(tmp_path / "altered.ledger", real())
    path.write_text(path.read_text("utf-8").replace("Nobody heard", "Somebody heard"), "utf-8")
    with pytest.raises(InputError, match="altered"):
        recorded_day(open_record(path), town)


def test_an_exercise_never_gets_into_a_real_ledger(tmp_path, town):
    day = simulated(town, seed=1)
    exercise = recorded(
        tmp_path / "exercise.ledger", [(each.at, each.event) for each in day.timed[:20]],
        exercise=True,
    )  # fmt: skip
    bring_out(tmp_path / "exercise.ledger", tmp_path / "exercise.csv")
    recorded(tmp_path / "real.ledger", real())
    for source in (exercise, tmp_path / "exercise.csv", tmp_path / "exercise.ledger"):
        with pytest.raises(InputError, match="exercise"):
            bring_in(source, tmp_path / "real.ledger")
    with SqliteLedger(tmp_path / "real.ledger") as ledger:
        assert ledger.tip()[0] == len(real())


def test_the_debrief_tells_when_the_room_knew_and_when_it_acted(tmp_path, town):
    day = simulated(town, seed=1)
    closed, opened = day.injects
    act = closed.at + timedelta(minutes=12)
    decision = event_of(said(
        9, kind="decision", by="coordinator", decision="stop", text="Wait", corridor="gate",
        happened_at=act, known_at=act,
    ))  # fmt: skip
    early = replace_time(decision, closed.at - timedelta(minutes=1))
    with make_ledger(tmp_path / "x.ledger", exercise=True) as ledger:
        ledger.append([early], now=closed.at - timedelta(minutes=1))
        ledger.append([closed.event], now=closed.at)
        ledger.append([decision], now=act)
        found = debrief(day, ledger, ended=opened.at)
        ledger.append([note_of(found)], now=opened.at)
    first, second = found.lived
    assert (first.known, first.acted, first.took_min) == (closed.at, act, 12)
    assert (second.known, second.acted) == (None, None)
    text = str(found)
    assert text.startswith("EXERCISE: debrief of")
    assert f"the room knew at {day.clock(closed.at)}; acted on at {day.clock(act)}" in text
    assert "after 12 min (coordinator: stop on gate)" in text
    assert "never reached the room; nothing was decided after that" in text
    assert "2 events of its own, 2 decisions among them" in text
    assert note_of(found).text.startswith("EXERCISE: debrief. closed-by-chance: put in")


def replace_time(event, moment):
    return event.model_copy(
        update={"id": event_of(said(77, kind="note", text="t")).id, "happened_at": moment,
                "known_at": moment}
    )  # fmt: skip


def test_a_decision_on_another_corridor_is_no_answer(tmp_path, town):
    day = simulated(town, seed=1)
    (closed, _), late = day.injects, day.injects[0].at + timedelta(minutes=5)
    other = event_of(said(9, kind="decision", by="coordinator", decision="go", text="Go on",
                          corridor="elsewhere", happened_at=late, known_at=late))  # fmt: skip
    with make_ledger(tmp_path / "x.ledger", exercise=True) as ledger:
        ledger.append([closed.event], now=closed.at)
        ledger.append([other], now=late)
        assert debrief(day, ledger, ended=late).lived[0].acted is None


def test_a_debrief_is_made_of_an_exercise_only(tmp_path, town):
    with (
        make_ledger(tmp_path / "real.ledger") as ledger,
        pytest.raises(InputError, match="no exer"),
    ):
        debrief(replace(simulated(town, seed=1)), ledger, ended=START)
