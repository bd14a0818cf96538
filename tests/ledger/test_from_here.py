"""Where people are, by what was counted, is where a new plan starts from."""

from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest

from ledger.small_day import event, in_all, local, over, received, record
from plan.replans import TWO_GATES
from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.ledger.from_here import start_of
from safepassage.ledger.situation import Expected, situation_at
from safepassage.plan.replan import Replanner
from safepassage.plan.replan_adopted import parted
from safepassage.plan.start import Closed

TOWN = LINE.replace("[[groups]]", TWO_GATES + "\n[[groups]]").replace("T12:00", "T11:00")
QUARTERS = ("09:00", "09:15", "09:30", "09:45", "10:00")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    made = plan(line_town(tmp_path_factory.mktemp("town"), TOWN))
    return Replanner(made), made.as_json(), made


def counted(document, share=1.0, until="10:00"):
    """Count at both gates, each quarter of an hour, a share of what was planned by then."""
    expected, number = Expected.of_document(document), 10
    for gate in ("gate", "gate-2"):
        for start, end in pairwise(QUARTERS):
            by = [int((local(t) - expected.start) / timedelta(minutes=1)) for t in (start, end)]
            first, last = (expected.planned_by(expected.index[gate], minute) for minute in by)
            people = round(last * share) - round(first * share)
            number += 1
            if people and end <= until:
                yield over(number, gate, start, end, people, f"{gate}-team")


def start_from(town, clock, events, **more):
    replanner, document, _ = town
    expected = Expected.of_document(document)
    situation = situation_at(record(received(events)), expected, local(clock))
    return start_of(situation, document, replanner, **more)


def planned_at(town, minute):
    then = parted(town[2].schedule.waves, minute)
    return [sum(each.people for each in part) for part in (then.out, then.road, then.home)]


def test_nobody_counted_means_as_planned(town):
    start = start_from(town, "09:30", [])
    out, road, _ = planned_at(town, 30)
    assert (start.minute, start.out.sum(), start.on_road) == (30, out, road)
    assert start.people == 1400
    assert start.as_planned
    assert any("nobody counted" in said for said in start.told)
    assert sum("state unknown, taken as open" in said for said in start.told) == 2
    before = start_from(town, "08:00", [])
    assert (before.minute, before.out.sum(), before.on_road) == (0, 0, 0)
    assert (start.notice_min, before.notice_min) == (15, 0)
    assert not any("counted" in said for said in before.told)


def test_counts_as_planned_change_nothing(town):
    replanner, document, made = town
    start = start_from(town, "10:02", counted(document))
    out, road, _ = planned_at(town, 62)
    assert (start.out.sum(), start.on_road) == (out, road)
    assert start.as_planned
    new = replanner.replan(start, adopted_waves=document)
    assert [(len(each.changed), each.total) for each in new.alternatives] == [
        (0, made.schedule.total)
    ]


def test_who_was_told_and_did_not_come_is_at_home_and_may_be_told_again(town):
    replanner, document, _ = town
    start = start_from(town, "10:02", counted(document, 0.5))
    out, road, _ = planned_at(town, 62)
    assert start.out.sum() == pytest.approx(out / 2, abs=4)
    assert start.on_road == pytest.approx(road / 2, abs=10)
    assert start.people == 1400
    assert (start.at_home <= replanner.setting.supply).all()
    assert not start.as_planned
    assert any("50% of those told to leave" in said for said in start.told)
    new = replanner.replan(start, adopted_waves=document)
    assert len(new.alternatives) > 1
    assert new.proposed.total > new.alternatives[0].total


def test_more_than_planned_come_from_home_and_none_twice(town):
    start = start_from(town, "10:02", counted(town[1], 1.4))
    out, road, _ = planned_at(town, 62)
    assert start.out.sum() == pytest.approx(1.4 * out, abs=4)
    assert start.on_road == road
    assert (start.at_home >= 0).all()
    assert start.people == 1400
    everybody = start_from(town, "10:02", [in_all(1, "gate", "10:00", 5000, "gate-team")])
    assert everybody.out[0] >= 5000
    assert (everybody.at_home == 0).all()


def test_who_would_have_passed_since_it_closed_stands_before_the_crossing(town):
    shut = event(1, "status", "09:20", corridor="gate", state="closed", by="Side A")
    start = start_from(town, "09:32", [shut])
    assert start.closed == (Closed("gate", 20),)
    standing = [each for each in start.road if each.gate == 0 and each.arrive < 32]
    assert sum(each.people for each in standing) == (
        planned_at_gate(town, 32) - planned_at_gate(town, 20)
    )
    new = town[0].replan(start, adopted_waves=town[1])
    assert all(each.gate == 1 for each in new.on_road.all)
    assert np.diff(new.proposed.passed[0])[20:].sum() == 0
    adopted = new.plan_document()
    expected = Expected.of_document(adopted)
    later = situation_at(record(received([shut])), expected, local("09:40"))
    again = start_of(later, adopted, town[0])
    assert not any(each.gate == 0 for each in again.road)  # they were sent on, or turned back
    assert again.people == 1400
    opened = event(2, "status", "09:40", corridor="gate", state="open", by="Side A")
    assert start_from(town, "09:45", [shut, opened]).closed == ()


def planned_at_gate(town, minute):
    then = parted(town[2].schedule.waves, minute)
    return sum(each.people for each in then.out if each.gate == 0)


def test_a_restricted_crossing_serves_what_was_counted_last(town):
    events = [
        event(1, "status", "09:40", corridor="gate", state="restricted", by="Side A"),
        over(2, "gate", "09:15", "09:45", 60, "gate-team"),
    ]
    start = start_from(town, "09:48", events)
    assert start.rates == {"gate": 2.0}
    silent = start_from(town, "09:48", events[:1])
    assert silent.rates == {}
    assert any("nobody says by how much" in said for said in silent.told)


def test_hours_that_changed_are_taken_in_local_time(town):
    def window(end):
        return event(
            3, "window", "09:25", by="Side A", start=local("09:00").isoformat(),
            end=local(end).isoformat(),
        )  # fmt: skip

    later = start_from(town, "09:30", [window("12:30")])
    assert str(later.window.end) == "2016-11-04 12:30:00"
    new = town[0].replan(later, adopted_waves=town[1])
    assert new.proposed.total > town[2].schedule.total
    off = start_from(town, "09:30", [window("09:00")])
    assert off.window.minutes == 0
    over_ = town[0].replan(off, adopted_waves=town[1])
    assert not over_.waves
    assert start_from(town, "09:30", []).window is None


def test_a_situation_of_another_case_is_refused(town):
    replanner, document, _ = town
    other = {"case": {"id": "elsewhere"}}
    with pytest.raises(InputError, match="elsewhere"):
        start_of(other, document, replanner)
