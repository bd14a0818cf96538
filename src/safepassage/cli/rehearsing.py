"""Run the command ``rehearse``: the day of an exercise, played into a server."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
import webbrowser
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from safepassage.base.errors import Fault, InputError
from safepassage.base.signs import without_controls
from safepassage.cli.keys import keys
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from safepassage.api.exercise import ExerciseClock, Player
    from safepassage.api.posting import Posting
    from safepassage.api.server import Server
    from safepassage.ledger.rehearsal import Day
    from safepassage.ledger.rehearsal_frame import Timed
    from safepassage.plan.model import Plan

__all__ = ["Asked", "run_rehearse"]

_LOOK_S = 0.2
_KEYS = "space: stop or go on, + and -: faster and slower, n: next inject, q: end"


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what was asked of a rehearsal, as typed."""

    case: str
    speed: float
    seed: int
    record: str | None
    injects: str | None
    hours: str
    port: int
    server: str | None
    token: str | None
    to: str | None
    window: bool


def run_rehearse(asked: Asked) -> None:
    """Play a day, and tell what came of it."""
    _refuse(asked)
    if asked.server is not None:
        _into_another(asked)
    else:
        _in_its_own(asked)


def _refuse(asked: Asked) -> None:
    from safepassage.api.exercise import ExerciseClock  # noqa: PLC0415
    from safepassage.api.server import bound  # noqa: PLC0415
    from safepassage.ledger.rehearsal import read_hours  # noqa: PLC0415
    from safepassage.ledger.rehearsal_frame import LocalDay  # noqa: PLC0415
    from safepassage.ledger.store import now_utc  # noqa: PLC0415

    refuse_odd_names(
        ("the case", asked.case), ("--from", asked.record), ("--injects", asked.injects),
        ("--to", asked.to), ("--server", asked.server), ("--token", asked.token),
    )  # fmt: skip
    ExerciseClock(now_utc(), speed=asked.speed)
    if asked.hours:
        read_hours(asked.hours, LocalDay(date(2000, 1, 1), "UTC"))  # any day: how it is written
    faults = []
    if asked.seed < 0:
        faults.append(Fault("--seed", f"is below 0 ({asked.seed})", "Name another."))
    if (asked.server is None) != (asked.token is None):
        faults.append(Fault("--server and --token", "go together", "A coordinator's token lets "
                            "the exercise send; leave out both to start a server."))  # fmt: skip
    if asked.to is not None and Path(asked.to).exists():
        faults.append(Fault(f"--to {asked.to}", "is there already", "Name a new folder: every "
                            "exercise has its own."))  # fmt: skip
    if faults:
        raise InputError(faults)
    if asked.server is None:
        bound("127.0.0.1", asked.port).close()  # told before a minute of planning


def _day(asked: Asked) -> tuple[Plan, Day]:
    from safepassage.case import load_case  # noqa: PLC0415
    from safepassage.ledger.opening import open_record  # noqa: PLC0415
    from safepassage.ledger.rehearsal import simulated  # noqa: PLC0415
    from safepassage.ledger.rehearsal_recorded import recorded_day  # noqa: PLC0415
    from safepassage.ledger.rehearsal_script import (  # noqa: PLC0415
        NO_SCRIPT,
        check_script,
        load_script,
        script_of,
    )
    from safepassage.plan.make import make_plan  # noqa: PLC0415

    case = load_case(asked.case)
    script = script_of(case) if asked.injects is None else load_script(Path(asked.injects))
    check_script(script, case.case)
    with shown() as progress:
        if asked.record is not None:
            script = NO_SCRIPT if asked.injects is None else script
            with open_record(asked.record) as record:
                plan = make_plan(case, progress=progress)
                return plan, recorded_day(record, plan, script=script, hours=asked.hours)
        plan = make_plan(case, progress=progress)
        progress("Making the day")
        return plan, simulated(plan, seed=asked.seed, script=script, hours=asked.hours)


def _in_its_own(asked: Asked) -> None:
    """Start a server with a ledger of its own, and play into it."""
    from safepassage.api.desk import Settings  # noqa: PLC0415
    from safepassage.api.exercise import ExerciseClock, Player, tell_before  # noqa: PLC0415
    from safepassage.api.posting import Posting  # noqa: PLC0415
    from safepassage.api.server import Server  # noqa: PLC0415
    from safepassage.base.files import write_together  # noqa: PLC0415
    from safepassage.base.provenance import sha256  # noqa: PLC0415
    from safepassage.ledger.opening import make_ledger  # noqa: PLC0415
    from safepassage.ledger.rehearsal_frame import CONTROL  # noqa: PLC0415
    from safepassage.publish import plan_json  # noqa: PLC0415

    plan, day = _day(asked)
    folder = Path(asked.to or f"rehearsal-{day.case_id}-{datetime.now():%Y%m%d-%H%M%S}")  # noqa: DTZ005 - a name
    document = plan.as_json()
    text = plan_json(document)
    write_together(folder, {"plan.json": text})
    path = folder / "EXERCISE.ledger"
    with make_ledger(path, exercise=True) as ledger:
        tell_before(ledger, day, plan_sha256=sha256(text))
    clock = ExerciseClock(day.start, speed=asked.speed)
    clock.stop()
    settings = Settings(
        plan=document, plan_sha256=sha256(text), map=plan.map_json(), made=plan,
        case=plan.prepared.loaded, ledger=path, plans=folder / "plans", clock=clock,
    )  # fmt: skip
    with (
        Server(settings, port=asked.port) as server,
        Posting(
            server.url,
            control=server.token("coordinator", CONTROL),
            reporters={
                name: server.token("reporter", name, of) for name, of in day.reporters.items() if of
            },
        ) as posting,
    ):
        _tell(day, folder, server, plan.gate.corridors, window=asked.window)
        clock.go_on()
        _play(Player(day, posting, clock), clock)
        clock.stop()
        _debrief(day, posting, min(clock(), day.end), folder)


def _into_another(asked: Asked) -> None:
    """Play into a server that runs, by its clock."""
    from safepassage.api.exercise import Player, ServersClock  # noqa: PLC0415
    from safepassage.api.posting import Posting  # noqa: PLC0415

    with Posting(str(asked.server), control=str(asked.token)) as posting:
        posting.refuse_what_happens()  # before a minute of planning
        _, day = _day(asked)
        posting.refuse_another_case(day.case_id)
        clock = ServersClock(posting)
        _refuse_another_day(day, clock(), str(asked.server))
        _said(f"EXERCISE: {day.title}, played into {asked.server} by its own clock.")
        _play(Player(day, posting, clock, before=True), None)
        _debrief(day, posting, min(clock(), day.end), Path(asked.to) if asked.to else None)


def _refuse_another_day(day: Day, now: datetime, url: str) -> None:
    if not day.start - timedelta(days=1) <= now < day.end:
        raise InputError.one(
            url, f"its clock reads {now:%Y-%m-%d %H:%M} UTC, far from the day that would be "
            f"played ({day.start:%Y-%m-%d %H:%M} to {day.end:%H:%M} UTC)",
            "Nothing was sent. Let `safepassage rehearse` start the server: it then has the "
            "exercise's clock.",
        )  # fmt: skip


def _tell(
    day: Day, folder: Path, server: Server, corridors: Sequence[str], *, window: bool
) -> None:
    """Say what this is, where to go, and what will happen."""
    room = f"{server.url}/#token={server.token('coordinator', 'EX-coordinator')}"
    _said(f"EXERCISE: {day.title}", *day.told, "")
    _said("Open the room as a coordinator:", f"  {room}", "")
    if corridors:
        phone = server.token("reporter", "EX-phone", corridors)
        _said(
            "And the reporters' page, on this machine:", f"  {server.url}/report#token={phone}", ""
        )
    _said("Whoever has such a link has its right until this ends.")
    coming = [each for each in day.played if each.inject]
    if coming:
        _said("For the trainer, not for the room:")
        _said(*(f"  {day.clock(each.at)}  {each.note}" for each in coming), "")
    _said(f"It begins at {day.clock(day.start)} and ends at {day.clock(day.end)}. All of it is "
          f"kept in {folder}.", _KEYS if sys.stdin.isatty() else "Ctrl-C ends it.", "")  # fmt: skip
    screen = sys.platform in {"darwin", "win32"} or os.environ.keys() & {
        "DISPLAY",
        "WAYLAND_DISPLAY",
    }
    if window and screen and sys.stdout.isatty():
        threading.Thread(target=webbrowser.open, args=(room,), daemon=True).start()


def _play(player: Player, clock: ExerciseClock | None) -> None:
    """Play until the day is over, or somebody ends it."""
    with keys() as pressed, _stopping(clock), suppress(KeyboardInterrupt):
        while True:
            over = player.over  # asked first: what is due by the end is still told
            _told(player, player.step())
            if over and (pressed is None or clock is None):
                break
            if over and clock is not None and not clock.stopped:
                clock.stop()
                _said("", "The day is over, and the clock stands. q ends it, with a debrief.")
            wait = player.clock.wait_s(player.next_at)
            wait = _LOOK_S if wait is None else min(_LOOK_S, max(wait, 0.01))
            if pressed is None:
                time.sleep(wait)
                continue
            _line(player, clock)
            key = pressed(wait)
            if key in {"q", "\x04"}:
                break
            if clock is not None:
                _turn(key, player, clock)
    if sys.stderr.isatty():
        sys.stderr.write("\n")


def _turn(key: str, player: Player, clock: ExerciseClock) -> None:
    """Do what a key asks."""
    from safepassage.api.exercise import FASTEST  # noqa: PLC0415

    if key == " " and not player.over:
        clock.go_on() if clock.stopped else clock.stop()
    elif key in {"+", "="}:
        clock.set_speed(min(FASTEST, clock.speed * 2))
    elif key == "-":
        clock.set_speed(max(1.0, clock.speed / 2))
    elif key == "n":
        later = next((each.at for each in player.to_come if each.inject), player.day.end)
        _told(player, player.skip_to(later, clock))


@contextmanager
def _stopping(clock: ExerciseClock | None) -> Iterator[None]:
    """Let SIGUSR1 stop the clock and let it go on, where there is such a signal."""
    number = getattr(signal, "SIGUSR1", None)
    if clock is None or number is None or threading.current_thread() is not threading.main_thread():
        yield
        return

    def turned(*_: object) -> None:
        clock.go_on() if clock.stopped else clock.stop()

    before = signal.signal(number, turned)
    try:
        yield
    finally:
        signal.signal(number, before)


def _told(player: Player, events: Iterable[Timed]) -> None:
    for each in events:
        if each.inject:
            if sys.stderr.isatty():  # the line that says how far it is
                sys.stderr.write("\r\x1b[K")
                sys.stderr.flush()
            _said(f"{player.day.clock(each.at)}  {each.note}")


def _line(player: Player, clock: ExerciseClock | None) -> None:
    """Draw how far it is on one line."""
    if not sys.stderr.isatty():
        return
    left = player.to_come
    coming = next(
        (f"{player.day.clock(each.at)} {each.inject}" for each in left if each.inject), ""
    )
    pace = "" if clock is None else " stands" if clock.stopped else f" ×{clock.speed:g}"
    told = (
        f"EXERCISE {player.day.clock(player.clock())}{pace}, {player.sent} told, {len(left)} left"
    )
    whole = f"{told}, next: {coming}" if coming else told
    width = shutil.get_terminal_size().columns - 1  # a line that wraps could not be drawn over
    sys.stderr.write(f"\r\x1b[K{whole[:width]}")
    sys.stderr.flush()


def _debrief(day: Day, posting: Posting, ended: datetime, folder: Path | None) -> None:
    """Tell what came of it, write it beside the ledger, and note it in the ledger."""
    from safepassage.base.files import write_together  # noqa: PLC0415
    from safepassage.ledger.rehearsal_debrief import debrief, note_of  # noqa: PLC0415
    from safepassage.ledger.rehearsal_frame import CONTROL  # noqa: PLC0415

    found = debrief(day, posting.record(), ended=ended)
    _said("", str(found), "")
    posting.send(CONTROL, [note_of(found)])
    if folder is not None:
        (page,) = write_together(folder, {"EXERCISE-debrief.txt": f"{found}\n"})
        _said(f"Written: {page}")


def _said(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{without_controls(line)}\n")
    sys.stdout.flush()
