"""`safepassage rehearse`: a day played to its end, and what must never be played into."""

from __future__ import annotations

import os
import re
import sys
import threading

import pytest

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.api.desk import Settings
from safepassage.api.exercise import ExerciseClock
from safepassage.api.server import Server, bound
from safepassage.cli import main, rehearsing
from safepassage.cli.keys import keys
from safepassage.ledger.opening import make_ledger
from safepassage.ledger.rehearsal import simulated
from safepassage.ledger.rehearsal_script import script_of
from safepassage.ledger.sqlite import SqliteLedger
from safepassage.ledger.verify import verify

SCRIPT = """
schema = 1
title = "A gate closed"
hours = "11:00/12:05"
[[injects]]
name = "closed"
at = "11:20"
note = "Who stops the waves?"
event = { kind = "status", corridor = "gate", state = "closed" }
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    case = line_town(folder, LINE)
    (folder / "rehearsal.toml").write_text(SCRIPT, encoding="utf-8")
    return case


@pytest.fixture(scope="module")
def planned(town):
    return plan(town)


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def ran(*words):
        status = main(["rehearse", *map(str, words)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return ran


def test_a_day_is_played_to_its_end_and_told(run, town, tmp_path):
    status, out, err = run(town, "--speed", 3600, "--port", 0, "--to", "x", "--without-window")
    assert status == 0, err
    assert all(line.endswith(" …") for line in err.splitlines())  # what is being made
    assert re.search(r"http://127\.0\.0\.1:\d+/#token=sp1_\S{40}", out)
    assert "/report#token=sp1_" in out
    assert "11:20  Who stops the waves? (invented for the exercise)" in out
    page = (tmp_path / "x" / "EXERCISE-debrief.txt").read_text("utf-8")
    assert page.startswith("EXERCISE: debrief of “A gate closed”, 11:00 to 12:05")
    assert "closed: Who stops" in page
    assert page.strip() in out
    with SqliteLedger(tmp_path / "x" / "EXERCISE.ledger") as ledger:
        assert ledger.head.exercise
        assert verify(ledger).whole
        rows = [entry.data for entry in ledger.entries()]
        received = [entry.received_at[:16] for entry in ledger.entries()]
    assert all(row["text"].startswith("EXERCISE") for row in rows)
    assert rows[-1]["kind"] == "note"
    assert received == sorted(received)
    assert received[0] < "2016-11-04T07:00"
    assert received[-1] >= "2016-11-04T10:00"
    day = simulated(plan(town), hours="11:00/12:05")
    assert len(rows) > len(day.before) + len(day.played) // 2


def test_a_recorded_pause_is_played(run, town, tmp_path):
    first = run(town, "--speed", 3600, "--port", 0, "--to", "first")
    assert first[0] == 0
    status, out, _ = run(
        town, "--from", tmp_path / "first" / "EXERCISE.ledger", "--speed", 3600, "--port", 0,
        "--hours", "11:30/12:30", "--to", "again",
    )  # fmt: skip
    assert status == 0
    assert "It plays a record of an EXERCISE again" in out
    assert "EX-control adopted plan" in out
    with SqliteLedger(tmp_path / "again" / "EXERCISE.ledger") as ledger:
        assert ledger.head.exercise
        assert ledger.tip()[0] > 30


@pytest.fixture
def room(planned, tmp_path):
    """A server that runs, of an exercise or not; its clock stands until the day is played."""
    made = []

    def opened(*, exercise, now):
        path = tmp_path / "room.ledger"
        make_ledger(path, exercise=exercise).close()
        clock = ExerciseClock(now)
        clock.stop()
        server = Server(Settings(plan=planned.as_json(), ledger=path, clock=clock))
        made.append(server.__enter__())
        return server.url, server.token("coordinator", "trainer"), path, clock

    yield opened
    for server in made:
        server.__exit__()


def test_a_day_is_played_into_a_server_that_runs_by_its_clock(
    run, town, planned, room, monkeypatch
):
    day = simulated(planned, script=script_of(planned.prepared.loaded))
    url, token, path, clock = room(exercise=True, now=day.start)

    def hurried(player, own):
        clock.skip_to(day.end)
        play(player, own)
        assert own is None  # nobody turns another server's clock
        assert player.to_come == ()

    play = rehearsing._play
    monkeypatch.setattr(rehearsing, "_play", hurried)
    status, out, _ = run(town, "--server", url, "--token", token)
    assert status == 0
    assert "by its own clock" in out
    assert "the room knew at 12:05" in out
    with SqliteLedger(path) as ledger:
        assert ledger.tip()[0] == len(day.before) + len(day.played) + 1  # the debrief's note


def test_it_is_never_played_into_what_happens(run, town, planned, room):
    day = simulated(planned)
    url, token, path, _ = room(exercise=False, now=day.start)
    status, out, err = run(town, "--server", url, "--token", token)
    assert (status, out) == (2, "")
    assert "keeps the record of what happens, not an exercise's. Nothing was sent" in err
    with SqliteLedger(path) as ledger:
        assert ledger.tip()[0] == 0


def test_a_server_of_another_day_is_refused(run, town, planned, room):
    day = simulated(planned)
    url, token, path, _ = room(exercise=True, now=day.end.replace(year=2026))
    status, _, err = run(town, "--server", url, "--token", token)
    assert status == 2
    assert "its clock reads 2026-11-04" in err
    with SqliteLedger(path) as ledger:
        assert ledger.tip()[0] == 0


def test_what_cannot_be_done_is_said_before_a_plan_is_made(run, town, tmp_path):
    taken = bound("127.0.0.1", 0)
    taken.listen()
    faulty = tmp_path.with_name(f"{tmp_path.name}.toml")
    faulty.write_text(SCRIPT.replace('corridor = "gate"', 'corridor = "door"'), "utf-8")
    (tmp_path / "there").mkdir()
    for words, said in (
        (("--speed", "0"), "--speed"),
        (("--seed", "-1", "--to", "there"), "2 things are wrong"),
        (("--server", "http://127.0.0.1:9"), "go together"),
        (("--hours", "9-19"), "is no time"),
        (("--port", taken.getsockname()[1]), "cannot be listened on"),
        (("--injects", "none.toml", "--port", 0), "none.toml"),
        (("--from", "none.jsonl", "--port", 0), "none.jsonl"),
        (("--injects", faulty, "--port", 0), "line 9: injects[0].event.corridor: the case has no"),
    ):
        status, out, err = run(town, *words)
        assert (status, out) == (2, ""), words
        assert said in err
    taken.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["there"]


def test_keys_are_read_one_by_one_and_the_terminal_is_left_as_it_was(monkeypatch):
    import pty
    import termios

    far, near = pty.openpty()
    with os.fdopen(near, encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        before = termios.tcgetattr(near)
        with keys() as pressed:
            os.write(far, b" +")
            assert [pressed(1), pressed(1), pressed(0)] == [" ", "+", ""]
        assert termios.tcgetattr(near) == before
    os.close(far)


def test_there_are_no_keys_without_a_terminal():
    with keys() as pressed:
        assert pressed is None
    assert threading.current_thread() is threading.main_thread()
