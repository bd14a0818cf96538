"""An exercise's clock and player: what is due reaches the room once, and never a real record."""

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from plan.towns import line_town
from safepassage import plan
from safepassage.api.exercise import ExerciseClock, Player, ServersClock, tell_before
from safepassage.api.posting import Posting
from safepassage.base.errors import InputError
from safepassage.ledger.opening import make_ledger
from safepassage.ledger.rehearsal import simulated
from safepassage.ledger.rehearsal_frame import CONTROL
from safepassage.ledger.verify import verify

START = datetime(2016, 11, 4, 12, tzinfo=UTC)


class Ticks:
    def __init__(self):
        self.s = 100.0

    def __call__(self):
        return self.s


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    return simulated(plan(line_town(tmp_path_factory.mktemp("town"))), seed=2, hours="10:00/12:20")


def test_a_clock_runs_stops_hurries_and_never_goes_back():
    ticks = Ticks()
    clock = ExerciseClock(START, speed=60, timer=ticks)
    ticks.s += 2
    assert clock() == START + timedelta(minutes=2)
    assert clock.wait_s(START + timedelta(minutes=5)) == pytest.approx(3)
    clock.stop()
    ticks.s += 50
    assert clock() == START + timedelta(minutes=2)
    assert clock.wait_s(START) is None
    clock.go_on()
    clock.set_speed(600)
    ticks.s += 1
    assert clock() == START + timedelta(minutes=12)
    clock.skip_to(START)
    assert clock() == START + timedelta(minutes=12)
    clock.skip_to(START + timedelta(hours=1))
    assert clock() == START + timedelta(hours=1)


@pytest.mark.parametrize("speed", [0, -60, 7200, float("nan"), float("inf")])
def test_a_speed_that_is_none(speed):
    with pytest.raises(InputError, match="--speed"):
        ExerciseClock(START, speed=speed)


class Room:
    """Answer as the server does, and remember."""

    def __init__(self, *, exercise=True, role="coordinator", case="line-town", now=START):
        self.told = {"exercise": exercise, "role": role, "now": now.isoformat()}
        self.case, self.got, self.busy = case, [], []

    def __call__(self, request):
        who = request.headers["Authorization"].removeprefix("Bearer ")
        if request.url.path == "/api/me":
            return httpx.Response(200, json=self.told)
        if request.url.path == "/api/case":
            return httpx.Response(200, json={"case": {"id": self.case}})
        if self.busy:
            return httpx.Response(self.busy.pop())
        events = json.loads(request.content)["events"]
        self.got.append((who, events))
        return httpx.Response(200, json={"receipts": []})


def posting(room, **tokens):
    http = httpx.Client(base_url="http://localhost", transport=httpx.MockTransport(room))
    return Posting("http://localhost", control="ctl", reporters=tokens, http=http)


def test_what_is_due_is_posted_once_by_whom_it_is_of(day):
    room, ticks = Room(), Ticks()
    clock = ExerciseClock(day.start, speed=60, timer=ticks)
    player = Player(day, posting(room, **{"EX-gate-gate": "gate"}), clock)
    while not player.over:
        ticks.s += 7
        player.step()
    assert player.to_come == ()
    sent = [(who, event) for who, events in room.got for event in events]
    assert [event["id"] for _, event in sent] == [str(each.event.id) for each in day.played]
    gates = {who for who, event in sent if event["source"] == "EX-gate-gate"}
    others = {who for who, event in sent if event["source"] != "EX-gate-gate"}
    assert (gates, others) == ({"gate"}, {"ctl"})
    assert all(len(events) <= 50 for _, events in room.got)


def test_skipping_tells_what_lies_between_at_its_own_time(day):
    room, seen = Room(), []
    clock = ExerciseClock(day.start, speed=60, timer=Ticks())
    player = Player(day, posting(room), clock)
    closed = day.injects[0]
    seen += [(each, clock()) for each in player.skip_to(closed.at, clock)]
    assert closed in [each for each, _ in seen]
    assert all(each.at == at for each, at in seen)
    assert clock() == closed.at
    list(player.skip_to(day.end + timedelta(days=1), clock))
    assert clock() == day.end
    assert player.over


def test_a_busy_server_is_asked_again(day, monkeypatch):
    monkeypatch.setattr("safepassage.api.posting._PAUSE_S", 0)
    room = Room()
    room.busy = [429, 503, 408]
    posting(room).send(CONTROL, [each.event for each in day.timed[:55]])
    assert [len(events) for _, events in room.got] == [50, 5]
    room.busy = [503] * 99
    with pytest.raises(InputError, match="is busy"):
        posting(room).send(CONTROL, [day.timed[0].event])


@pytest.mark.parametrize(
    ("room", "said"),
    [(Room(exercise=False), "record of what happens"), (Room(role="reporter"), "is a reporter's")],
)
def test_servers_that_are_refused(room, said):
    with pytest.raises(InputError, match=said):
        posting(room).refuse_what_happens()
    posting(Room()).refuse_what_happens()


def test_a_server_of_another_case_is_refused():
    posting(Room()).refuse_another_case("line-town")
    with pytest.raises(InputError, match="serves another case"):
        posting(Room(case="other-town")).refuse_another_case("line-town")


def test_answers_that_are_none_of_this_program(day):
    other = posting(lambda _: httpx.Response(200, text="<html>"))
    with pytest.raises(InputError, match="no answer of this program"):
        other.me()
    refusing = posting(lambda _: httpx.Response(422, json={"faults": [
        {"place": "event 1", "what": "is wrong", "remedy": "Mend it."}]}))  # fmt: skip
    with pytest.raises(InputError, match="event 1: is wrong"):
        refusing.send(CONTROL, [day.timed[0].event])


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nowhere", "no server's address"),
        ("ftp://a", "no server's address"),
        ("http://[::1", "no server's address"),
        ("http://example.org", "unencrypted"),
    ],
)
def test_addresses_that_are_refused(address, said):
    with pytest.raises(InputError, match=said):
        Posting(address, control="ctl")


def test_a_running_servers_clock_is_its_own():
    clock = ServersClock(posting(Room(now=START)))
    assert clock() == START
    assert clock.wait_s(START) == 0
    assert clock.wait_s(START + timedelta(minutes=1)) > 0


def test_what_went_before_is_in_the_ledger_with_its_times(tmp_path, day):
    with make_ledger(tmp_path / "x.ledger", exercise=True) as ledger:
        tell_before(ledger, day, plan_sha256="ab" * 32)
        assert verify(ledger).whole
        first, *rows = list(ledger.entries())
        assert (first.data["kind"], first.data["plan_sha256"]) == ("plan", "ab" * 32)
        assert first.data["text"].startswith("EXERCISE")
        assert [row.id for row in rows] == [str(each.event.id) for each in day.before]
        received = [datetime.fromisoformat(row.received_at) for row in rows]
        assert all(timedelta() <= at - each.at < timedelta(minutes=1)
                   for at, each in zip(received, day.before, strict=True))  # fmt: skip
        with pytest.raises(InputError, match="no new ledger"):
            tell_before(ledger, day, plan_sha256="ab" * 32)
    with make_ledger(tmp_path / "real.ledger") as ledger:
        with pytest.raises(InputError, match="ledger of its own"):
            tell_before(ledger, day, plan_sha256="ab" * 32)
        assert ledger.tip()[0] == 0
