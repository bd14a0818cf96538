"""Say where people are by what was counted: from a situation to the start of a new plan.

The rule, told in every new plan:

1. Who is out is what was counted, best figures. Where counting ends before now, the minutes
   since then count as planned, times the share of the plan that was counted until then.
2. That share, for each crossing, is also the share of those told to leave by now who left, one
   at most for those still on the road. Where the plan has few past a crossing, or nobody
   counted, it is the share of all crossings together, or one.
3. Who was told to leave and did not is at home, and may be told again.
4. Who would have passed a crossing since it closed stands before it.
5. A crossing said to be closed lets nobody pass until the end; one said to be restricted lets
   pass what was counted in the last 15 minutes, never more than planned for; all others serve
   what the case says. Unknown counts as open: no plan can wait for word, and the new plan says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import InputError
from safepassage.base.window import Window, hhmm
from safepassage.plan.movement import minutes_of, spread_of
from safepassage.plan.replan_adopted import parted
from safepassage.plan.start import NOTICE_MIN, Closed, Start, open_until

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from safepassage.ledger.situation import Situation
    from safepassage.plan.movement import Moving
    from safepassage.plan.replan import Replanner

__all__ = ["FEW", "start_of"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FEW = 50
"""A share is taken of a crossing by itself where the plan has so many past it: an assumption."""


def start_of(
    situation: Situation | Mapping[str, Any], plan: Mapping[str, Any], replanner: Replanner,
    *, notice_min: int = NOTICE_MIN,
) -> Start:  # fmt: skip
    """Say where people are and what has become of crossings and hours.

    Parameters
    ----------
    situation
        As the ledger knows it now, or its document.
    plan
        The document of the plan that was adopted: ``plan.json`` or a new plan's.
    replanner
        For the same case.
    notice_min
        Nobody at home leaves sooner than so long from now on a changed instruction; minutes
        before the usable hours count.

    Raises
    ------
    InputError
        If situation and plan are of different cases.

    """
    document = situation if isinstance(situation, dict) else situation.as_json()  # type: ignore[union-attr]
    if document["case"]["id"] != plan["case"]["id"]:
        raise InputError.one(
            "the situation", f"is of case {document['case']['id']}, the plan of "
            f"{plan['case']['id']}", "Give both of one case.",
        )  # fmt: skip
    return _Here(document, replanner, replanner.waves_of(plan)).start(notice_min)


@dataclass(frozen=True, slots=True)
class _Count:
    """Hold what was counted at a crossing, and what the plan had past it by then."""

    people: int
    minute: int
    planned: int


class _Here:
    def __init__(
        self, document: Mapping[str, Any], replanner: Replanner, waves: Sequence[Moving]
    ) -> None:
        self.document, self.waves = document, waves
        self.setting, self.corridors = replanner.setting, replanner.corridors
        self.zone = ZoneInfo(document["case"]["tz"])
        self.rows = {row["id"]: row for row in document["corridors"]}
        now = self._minute(document["as_known_at"])
        self.minute, self.early = max(now, 0), max(-now, 0)
        self.told: list[str] = []
        last = max((each.arrive + each.lasting for each in waves), default=0)
        self.planned = np.zeros((len(self.corridors), int(last) + 2), np.int64)
        for each in waves:
            self.planned[each.gate, minutes_of(each, each.arrive)] += spread_of(each)
        self.planned = np.cumsum(self.planned, axis=1)

    def start(self, notice_min: int) -> Start:
        """Put everything together."""
        closed, rates, window = self._closed(), self._rates(), self._window()
        until = [open_until(name, closed, self.minute) for name in self.corridors]
        counts = [self._count(i, until[i]) for i in range(len(self.corridors))]
        shares = self._shares(counts)
        out = np.array([self._out(i, counts[i], shares[i], until[i])
                        for i in range(len(self.corridors))], np.int64)  # fmt: skip
        gone, road = self._parts(until, shares)
        at_home = self._at_home(gone, road, out)
        as_planned = all(c is None or c.people == c.planned for c in counts)
        return Start(
            minute=self.minute, at_home=at_home, out=out, road=tuple(road), closed=closed,
            rates=rates, window=window, notice_min=max(notice_min - self.early, 0),
            as_planned=as_planned and not self._elsewhere(), told=tuple(self.told),
        )  # fmt: skip

    def _local(self, moment: str) -> datetime:
        return datetime.fromisoformat(moment).astimezone(self.zone).replace(tzinfo=None)

    def _minute(self, moment: str) -> int:
        """Give the first minute of the plan's clock that begins at a moment or after it."""
        passed = self._local(moment) - self.setting.hours.usable.start
        return ceil(passed.total_seconds() / 60 - 1e-9)

    def _name(self, corridor: str) -> str:
        return str(self.rows[corridor]["name"])

    def _by(self, gate: int, minute: int) -> int:
        """Count whom the plan has past a crossing when a minute begins."""
        if minute <= 0:
            return 0
        return int(self.planned[gate, min(minute, self.planned.shape[1]) - 1])

    def _closed(self) -> tuple[Closed, ...]:
        found = []
        for name in self.corridors:
            row = self.rows.get(name)
            if row is None:
                continue
            if row["state"] == "closed":
                found.append(Closed(name, max(self._minute(row["state_since"]), 0)))
            elif row["state"] == "unknown":
                self.told.append(f"{row['name']}: state unknown, taken as open.")
            if row.get("window"):
                begin, end = (self._minute(row["window"][key]) for key in ("start", "end"))
                if begin > 0:
                    found.append(Closed(name, 0, begin))
                found.append(Closed(name, max(end, 0)))
        return tuple(found)

    def _rates(self) -> dict[str, float]:
        found = {}
        for name in self.corridors:
            row = self.rows.get(name)
            if row is None or row["state"] != "restricted":
                continue
            now, planned = (row["flow_per_min"][key] for key in ("last_15", "planned"))
            most = self.setting.gate.rates[self.corridors.index(name)].best
            if now is None:
                self.told.append(f"{row['name']} is restricted; nobody says by how much.")
                continue
            if planned is None or now < planned:
                found[name] = min(float(now), most)
                self.told.append(
                    f"{row['name']} is restricted: taken to let {found[name]:g} people a minute "
                    "pass, as counted in the last 15 minutes."
                )
        return found

    def _window(self) -> Window | None:
        row, announced = self.document["window"], self.setting.hours.announced
        now = Window(self._local(row["start"]), self._local(row["end"]))
        if row["state"] == "called off":
            begin = min(now.start, now.end)
            return Window(begin, begin)
        return None if now == announced else now

    def _count(self, gate: int, until: int) -> _Count | None:
        row = self.rows.get(self.corridors[gate])
        if row is None or row["passed"] is None:
            return None
        last = row.get("counted_until")
        minute = min(max(self._minute(last), 0), until) if last else until
        return _Count(int(row["passed"]["best"]), minute, self._by(gate, minute))

    def _shares(self, counts: Sequence[_Count | None]) -> list[float]:
        """Give the share of the plan that was counted past each crossing."""
        seen = [each for each in counts if each is not None]
        planned = sum(each.planned for each in seen)
        together = sum(each.people for each in seen) / planned if planned >= FEW else 1.0
        shares = []
        for name, each in zip(self.corridors, counts, strict=True):
            if each is None:
                shares.append(together)
                if not self.minute:
                    continue
                self.told.append(
                    f"{self._name(name)}: nobody counted; {together:.0%} of those told to leave "
                    "are taken to have left."
                )
                continue
            own = each.people / each.planned if each.planned >= FEW else together
            shares.append(own)
            if each.people != each.planned:
                at = hhmm(self.setting.hours.usable.at(each.minute))
                self.told.append(
                    f"{self._name(name)}: {each.people:,} counted by {at}, {each.planned:,} "
                    f"planned; {own:.0%} of those told to leave are taken to have left."
                )
        return shares

    def _out(self, gate: int, count: _Count | None, share: float, until: int) -> int:
        """Count who is out: what was counted, and since then as planned times the share."""
        people, minute, planned = (0, 0, 0) if count is None else (
            count.people, count.minute, count.planned
        )  # fmt: skip
        return people + round(share * (self._by(gate, until) - planned if minute < until else 0))

    def _parts(
        self, until: Sequence[int], shares: Sequence[float]
    ) -> tuple[list[tuple[Moving, float]], list[Moving]]:
        """List who has passed, with the share that did, and who is on the road."""
        gone: list[tuple[Moving, float]] = []
        road: list[Moving] = []
        for gate, share in enumerate(shares):
            own = [wave for wave in self.waves if wave.gate == gate]
            then = parted(own, self.minute, passed_by=until[gate])
            gone += [(each, share) for each in then.out]
            for each in then.road:
                people = int(min(share, 1.0) * each.people + 1e-9)
                if people:
                    rate = each.people_per_min * min(share, 1.0)
                    road.append(replace(each, people=people, people_per_min=rate))
        return gone, road

    def _at_home(
        self, gone: Sequence[tuple[Moving, float]], road: Sequence[Moving], out: Ints
    ) -> Ints:
        """Take everybody who left off those who live in each zone."""
        left = self.setting.supply.copy()
        for each in road:
            left[each.group, each.zone] -= each.people
        left = np.maximum(left, 0)
        for gate, people in enumerate(out.tolist()):
            weight = np.zeros(left.shape)
            for each, share in gone:
                if each.gate == gate:
                    weight[each.group, each.zone] += each.people * share
            left -= _taken(people, weight, left)
        return left - _taken(self._elsewhere(), np.zeros(left.shape), left)

    def _elsewhere(self) -> int:
        """Count those past corridors for civilians that the plan sends nobody through."""
        others = [
            row for name, row in self.rows.items()
            if name not in self.corridors and row["users"] != "armed" and row["passed"]
        ]  # fmt: skip
        return sum(int(row["passed"]["best"]) for row in others)


def _taken(people: int, weight: Floats, left: Ints) -> Ints:
    """Share people out over those who are left: by weight first, then evenly; whole people."""
    taken = np.zeros(left.shape, np.int64)
    for weights in (weight, left.astype(np.float64)):
        while people - taken.sum() > 0:
            room = left - taken
            due = np.where(room > 0, weights, 0.0)
            if not due.sum():
                break
            missing = int(people - taken.sum())
            exact = due / due.sum() * missing
            more = np.minimum(np.floor(exact), room).astype(np.int64)
            if not more.any():  # the largest parts of a person first
                order = np.argsort(-exact, axis=None, kind="stable")[:missing]
                more.flat[order] = np.minimum(1, room.flat[order]) * (due.flat[order] > 0)
            taken += more
    return taken
