"""Play the day of an exercise into a server, by a clock that can be hurried and stopped."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final, Protocol

from safepassage.base.errors import InputError
from safepassage.ledger.events import event_of
from safepassage.ledger.rehearsal_frame import CONTROL, marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from safepassage.api.posting import Posting
    from safepassage.ledger.events import Event
    from safepassage.ledger.rehearsal import Day
    from safepassage.ledger.rehearsal_frame import Timed
    from safepassage.ledger.store import Store

__all__ = ["FASTEST", "Clock", "ExerciseClock", "Player", "ServersClock", "tell_before"]

FASTEST: Final = 3600.0
"""Seconds of the exercise in one: an hour in a second."""


_ASK_S: Final = 0.2


class Clock(Protocol):
    """Tell an exercise's time."""

    def __call__(self) -> datetime:
        """Give the time, UTC."""

    def wait_s(self, moment: datetime) -> float | None:
        """Tell how many seconds it is until a moment; None while the clock is stopped."""


class ExerciseClock:
    """Be a clock that starts where it is told, and runs so many times as fast.

    Used from several threads at once; it never goes back.

    Parameters
    ----------
    start
        Its first moment, UTC.
    speed
        Seconds of the exercise in one second.
    timer
        Gives seconds.

    Raises
    ------
    InputError
        If the speed is none.

    """

    def __init__(
        self, start: datetime, *, speed: float = 60.0, timer: Callable[[], float] = time.monotonic
    ) -> None:
        _refuse(speed)
        self._timer, self._speed, self._stopped = timer, speed, False
        self._at, self._since = start.astimezone(UTC), timer()
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        """Give the exercise's time."""
        with self._lock:
            return self._now()

    @property
    def speed(self) -> float:
        """Give how many times as fast it runs when it runs."""
        return self._speed

    @property
    def stopped(self) -> bool:
        """Tell whether it stands still."""
        return self._stopped

    def set_speed(self, speed: float) -> None:
        """Run so many times as fast from now on."""
        _refuse(speed)
        with self._lock:
            self._settle()
            self._speed = speed

    def stop(self) -> None:
        """Stand still."""
        with self._lock:
            self._settle()
            self._stopped = True

    def go_on(self) -> None:
        """Run again."""
        with self._lock:
            self._settle()
            self._stopped = False

    def skip_to(self, moment: datetime) -> None:
        """Go ahead to a moment; not back."""
        with self._lock:
            self._settle()
            self._at = max(self._at, moment)

    def wait_s(self, moment: datetime) -> float | None:
        """Tell how many seconds it is until a moment; None while the clock is stopped."""
        with self._lock:
            if self._stopped:
                return None
            return max(0.0, (moment - self._now()).total_seconds() / self._speed)

    def _now(self) -> datetime:
        run = 0.0 if self._stopped else (self._timer() - self._since) * self._speed
        return self._at + timedelta(seconds=run)

    def _settle(self) -> None:
        self._at, self._since = self._now(), self._timer()


def _refuse(speed: float) -> None:
    if not 0.1 <= speed <= FASTEST:
        raise InputError.one("--speed", f"is not from 0.1 to {FASTEST:,.0f} (is {speed:g})",
                             "60 plays an hour in a minute.")  # fmt: skip


class ServersClock:
    """Tell the time of a server that runs, as it said last; asked five times a second at most."""

    def __init__(self, posting: Posting) -> None:
        self._posting = posting
        self._told, self._asked = posting.me(), time.monotonic()

    def __call__(self) -> datetime:
        """Give the server's time."""
        if time.monotonic() - self._asked > _ASK_S:
            self._told, self._asked = self._posting.me(), time.monotonic()
        return datetime.fromisoformat(self._told["now"])

    def wait_s(self, moment: datetime) -> float | None:
        """Ask again in a moment: how fast it runs is the server's matter."""
        return 0.0 if moment <= self() else 0.2


class Player:
    """Play a day: post what is due, in the order in which it reaches the room.

    Parameters
    ----------
    day
        What is played.
    posting
        Where to.
    clock
        By which time.
    before
        Whether what goes before the hours that are played is to be posted, too.

    """

    def __init__(self, day: Day, posting: Posting, clock: Clock, *, before: bool = False) -> None:
        self.day, self.clock = day, clock
        self._posting = posting
        self._left = [*(day.before if before else ()), *day.played]
        self._done = 0

    @property
    def over(self) -> bool:
        """Tell whether the day is over."""
        return self.clock() >= self.day.end

    @property
    def sent(self) -> int:
        """Count the events that were posted."""
        return self._done

    @property
    def to_come(self) -> tuple[Timed, ...]:
        """Give what has not been posted yet."""
        return tuple(self._left[self._done :])

    @property
    def next_at(self) -> datetime:
        """Give when something comes next: an event, or the end."""
        return self._left[self._done].at if self._done < len(self._left) else self.day.end

    def step(self) -> tuple[Timed, ...]:
        """Post what is due by now, and give it."""
        now = self.clock()
        due = [each for each in self.to_come if each.at <= now]
        for sender, some in groupby(due, key=lambda each: each.sender):
            together = list(some)
            self._posting.send(sender, [each.event for each in together])
            self._done += len(together)
        return tuple(due)

    def skip_to(self, moment: datetime, clock: ExerciseClock) -> Iterator[Timed]:
        """Go ahead to a moment, posting what comes before it at its own time."""
        while self.next_at <= moment and not self.over:
            clock.skip_to(self.next_at)
            yield from self.step()
        clock.skip_to(min(moment, self.day.end))


def tell_before(store: Store, day: Day, *, plan_sha256: str) -> None:
    """Write into a new exercise's ledger what reached the room before it opens.

    The plan is adopted as of the beginning, so that there is one to work with.

    Raises
    ------
    InputError
        If it is not an exercise's ledger, or holds anything.

    """
    if not store.head.exercise or store.tip()[0]:
        raise InputError.one(store.name, "is no new ledger of an exercise",
                             "An exercise has a ledger of its own.")  # fmt: skip
    first = min([day.start, *(each.at for each in day.before)]).replace(second=0, microsecond=0)
    store.append([_adopted(first, plan_sha256)], now=first)
    for _, some in groupby(day.before, key=lambda each: each.at.replace(second=0, microsecond=0)):
        together = list(some)
        store.append([each.event for each in together], now=together[-1].at)


def _adopted(moment: datetime, sha256: str) -> Event:
    from uuid import uuid4  # noqa: PLC0415

    return event_of({
        "id": str(uuid4()), "kind": "plan", "source": CONTROL, "by": CONTROL, "status": "reported",
        "means": "own action", "happened_at": moment, "known_at": moment, "plan_sha256": sha256,
        "text": marked("the plan as it stood when the exercise began"),
    })  # fmt: skip
