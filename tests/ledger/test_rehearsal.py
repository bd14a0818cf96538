"""A simulated day: the same for one seed, marked throughout, told by counters that disagree."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.ledger.events import payload_of
from safepassage.ledger.rehearsal import simulated, simulated_day
from safepassage.ledger.rehearsal_frame import CONTROL, Desk, LocalDay, marked
from safepassage.ledger.rehearsal_people import closures_of, walked
from safepassage.ledger.rehearsal_script import NO_SCRIPT, load_script, put_in, script_of
from safepassage.ledger.store import prepared

DAY = LocalDay(datetime(2016, 11, 4, tzinfo=ZoneInfo("UTC")).date(), "Asia/Damascus")


def at(text):
    return DAY.at(text, "test")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    text = LINE.replace("confirm_and_test_min = 0", "confirm_and_test_min = 60")
    return plan(line_town(tmp_path_factory.mktemp("town"), text))


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    path = tmp_path_factory.mktemp("script") / "rehearsal.toml"
    path.write_text(
        """
schema = 1
title = "A gate closed"
share = 1.0
share_why = "everybody, for the test"
hours = "10:30/12:00"
[[injects]]
name = "closed"
at = "11:03"
note = "Who stops the waves?"
event = { kind = "status", corridor = "gate", state = "closed", happened_at = "11:00" }
[[injects]]
name = "open"
at = "11:32"
note = "And now?"
event = { kind = "status", corridor = "gate", state = "open", happened_at = "11:30" }
[[injects]]
name = "not-so"
at = "11:40"
note = "It was open before."
event = { kind = "correction", corrects = "open", text = "it opened at 11:25" }
""",
        encoding="utf-8",
    )
    return load_script(path)


@pytest.fixture(scope="module")
def day(town, script):
    return simulated(town, seed=4, script=script)


def test_one_seed_is_one_day(town, script, day):
    again = simulated_day(town, seed=4, script=script)
    assert again == list(day.timed)
    assert simulated_day(town, seed=5, script=script) != again
    assert len({each.event.id for each in again}) == len(again)


def test_all_of_it_is_marked_and_can_be_stored(day):
    assert all(each.event.text.startswith("EXERCISE") for each in day.timed)
    assert marked(marked("told")) == "EXERCISE: told"
    for each in day.timed:
        assert each.event.happened_at <= each.event.known_at <= each.at
        assert prepared([each.event], each.at)
    assert list(day.timed) == sorted(day.timed, key=lambda each: each.at)


def test_a_reporter_tells_of_its_corridor_and_the_rest_is_said_by_the_control(day):
    own = {"passage", "movement", "incident", "status", "test movement", "note"}
    for each in day.timed:
        if each.sender != CONTROL:
            assert each.event.kind in own
            assert each.event.source == each.sender
            assert each.event.corridor in day.reporters[each.sender]
    assert not {"decision", "plan"} & {each.event.kind for each in day.timed}  # the trainees'


def counts(day, role):
    return [
        each.event for each in day.timed
        if each.event.kind == "passage" and each.sender == f"EX-{role}-gate"
    ]  # fmt: skip


def test_counters_are_off_by_as_much_as_is_stated(town, script, day):
    shut = closures_of([each.event for each in day.injects], at("12:00"))
    people = walked(town, DAY, seed=4, script=script, shut=shut)
    true = int(people.passed[0, -1])
    assert true > 500
    tally = sum(event.people.best for event in counts(day, "gate"))
    register = max(event.people.best for event in counts(day, "reception"))
    assert 0.9 * true <= tally <= true
    assert 0.98 * true - 4 <= register <= 1.1 * true + 4  # whole people, each half hour
    assert len({tally, register, sum(event.people.best for event in counts(day, "watch"))}) == 3
    assert all(
        event.since is None and event.counted == "in all" for event in counts(day, "reception")
    )


def test_nobody_passes_a_closed_crossing_and_everybody_says_so(day):
    closed = [each for each in counts(day, "gate")
              if at("11:00") <= each.since and each.happened_at <= at("11:30")]  # fmt: skip
    assert len(closed) == 2
    assert all(each.people.best == 0 for each in closed)
    assert sum(each.people.best for each in counts(day, "gate")) > 0
    said = [
        each.event for each in day.timed
        if each.event.kind == "status" and at("11:00") <= each.event.happened_at < at("11:30")
    ]  # fmt: skip
    assert {each.source for each in said} == {CONTROL, "EX-gate-gate"}
    assert {each.state for each in said} == {"closed"}


def test_a_test_movement_passes_before_anybody_sets_out(town, day):
    told = [each.event for each in day.timed if each.event.kind == "test movement"]
    assert [each.result for each in told] == ["started", "failed", "started", "passed"]
    assert at("09:00") <= told[0].happened_at
    assert told[-1].happened_at < DAY.utc(town.hours.usable.start) == at("10:00")
    assert min(each.since for each in counts(day, "gate")) >= at("10:00")


def test_a_gate_falls_silent_and_sends_all_at_once_the_last_first(day):
    sent = [each for each in day.timed if each.sender == "EX-gate-gate"]
    gaps = [(b.at - a.at, i) for i, (a, b) in enumerate(pairwise(sent))]
    longest, i = max(gaps)
    assert longest >= timedelta(minutes=40)
    late = [
        each for each in sent[i + 1 :]
        if each.at - sent[i + 1].at < timedelta(minutes=1)
        and each.event.happened_at < at("12:00")  # then the gate closes, as it says at once
    ]  # fmt: skip
    assert len(late) >= 3
    assert [each.event.known_at for each in late] == sorted(
        (each.event.known_at for each in late), reverse=True
    )


def test_reports_come_late_and_out_of_order(day):
    happened = [each.event.happened_at for each in day.timed if each.event.kind == "passage"]
    assert happened != sorted(happened)


def test_rumours_are_alleged_and_later_corrected(day):
    alleged = {each.event.id: each.at for each in day.timed
               if each.event.kind == "incident" and each.event.status == "alleged"}  # fmt: skip
    mended = {each.event.corrects: each for each in day.timed
              if each.event.kind == "correction" and not each.inject}  # fmt: skip
    assert len(alleged) == 2
    assert alleged.keys() == mended.keys()
    assert all(mended[id_].at > moment for id_, moment in alleged.items())
    ids = {each.event.id for each in day.timed}
    assert sum(each.event.instead in ids for each in mended.values()) == 1


def test_what_is_played_and_what_went_before(day):
    assert (day.clock(day.start), day.clock(day.end)) == ("10:30", "12:00")
    assert all(each.at < day.start for each in day.before)
    assert {each.inject for each in day.played} >= {"closed", "open", "not-so"}
    assert "everybody, for the test" in day.told[1]


def test_without_a_script_the_busiest_crossing_closes_for_a_while(town):
    day = simulated(town, seed=1)
    first, second = day.injects
    assert (first.event.state, second.event.state) == ("closed", "open")
    assert second.event.happened_at - first.event.happened_at == timedelta(minutes=45)
    assert "invented for the exercise" in first.note
    assert (day.clock(day.start), day.clock(day.end)) == ("07:30", "12:30")
    assert "the least that an exercise plays" in day.told[1] or "forecast has it" in day.told[1]


def test_hours_are_written_either_way(town):
    moments = [
        (day.start, day.end)
        for day in (simulated(town, hours=each) for each in ("10:00-12:00", "10:00/12:00"))
    ]
    assert moments == [(at("10:00"), at("12:00"))] * 2


@pytest.mark.parametrize("hours", ["10:00", "12:00/09:00", "noon/13:00", "9/10", "9-19"])
def test_hours_that_are_none(town, hours):
    with pytest.raises(InputError, match="--hours"):
        simulated(town, hours=hours)


def test_a_pause_that_collapses_lets_fewer_out(town, script):
    holds, ends = (
        walked(town, DAY, seed=4, script=replace(script, collapse=collapse))
        for collapse in ("", "10:40")
    )
    assert 0 < ends.passed[0, -1] < holds.passed[0, -1]
    assert ends.by(at("10:40"), 0) == holds.by(at("10:40"), 0) > 0
    with pytest.raises(InputError, match="collapse"):
        walked(town, DAY, seed=4, script=replace(script, collapse="08:00"))


def test_every_fault_of_a_script_is_told_with_its_line(tmp_path, town):
    path = tmp_path / "faulty.toml"
    path.write_text(
        """schema = 1
title = "Faulty"
[[injects]]
name = "one"
at = "25:00"
note = "n"
event = { kind = "status", corridor = "elsewhere", state = "closed" }
[[injects]]
name = "two"
at = "10:00"
note = "n"
event = { kind = "correction", corrects = "three", text = "t" }
[[injects]]
name = "three"
at = "10:00"
note = "n"
event = { kind = "status", corridor = "gate", state = "ajar", happened_at = "09:00" }
[[injects]]
name = "four"
at = "10:00"
note = "n"
event = { kind = "note", happened_at = "11:00" }
""",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as told:
        simulated(town, script=load_script(path))
    said = str(told.value)
    for part in ("line 5", "25:00", "no corridor 'elsewhere'", "names no inject before it",
                 "injects[2].event.state", "injects[3].at: is before it happened"):  # fmt: skip
        assert part in said, part


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema = 1\ntitle = 't'\nshare = 0.5", "share_why"),
        ("schema = 2\ntitle = 't'", "schema"),
        ("schema = 1\ntitle = 't'\nwho = 3", "not a known key"),
        (("schema = 1\ntitle = 't'\n[[injects]]\nname='a'\nat='10:00'\nnote='n'\ninvented=false\n"
         "event={}"), "needs `source`"),
        ("schema = ", "is not TOML"),
    ],
)  # fmt: skip
def test_scripts_that_are_refused(tmp_path, text, said):
    path = tmp_path / "script.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        load_script(path)


def test_the_founding_case_tells_one_sides_report_as_that(tmp_path):
    loaded = load_case("aleppo-2016-11-04")
    script = script_of(loaded)
    desk = Desk("aleppo", 1)
    put_in(desk, script, DAY, loaded.case)
    told = {each.inject: each for each in desk.told}
    shells = told["seven-impacts"]
    assert payload_of(shells.event) | {"id": ""} == {
        "id": "", "kind": "incident", "what": "shelling", "corridor": "castello-road",
        "place": "Castello Road", "times": 7, "injured": {"low": 3, "best": 3, "high": 3},
        "source": "EX-media-desk", "means": "media", "status": "alleged",
        "happened_at": "2016-11-04T13:00:00Z", "known_at": "2016-11-04T13:03:00Z",
        "claims": [{
            "by": "Ministry of Defence of the Russian Federation",
            "holds_responsible": "Armed groups in the east of the city (its word: militants)",
        }],
        "text": shells.event.text,
    }  # fmt: skip
    assert "as told in: arkansasonline.com 5 November 2016" in shells.note
    others = [each for each in desk.told if each is not shells]
    assert all(each.note.endswith("(invented for the exercise)") for each in others)
    assert told["castello-closed"].event.state == "closed"
    start = at(script.hours.partition("-")[0])
    assert told["bustan-al-qasr-closed"].at - start <= timedelta(minutes=30)  # half a minute at 60


def test_a_case_without_a_script_has_none(tmp_path):
    assert script_of(load_case(line_town(tmp_path))) == NO_SCRIPT
