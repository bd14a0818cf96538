"""Solve again from a step on, with what lies before it frozen and people under way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import InputError
from safepassage.base.progress import Progress, silent
from safepassage.flow.arrival import Arrival, Cut, Route, earliest_arrival
from safepassage.flow.changes import Changes
from safepassage.flow.network import one_number
from safepassage.flow.street_first import street_first

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Resumed", "UnderWay", "resume"]

Ints = NDArray[np.int64]
Int32s = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class UnderWay:
    """Hold the people who have left home and not arrived: one row per next node and step.

    People of different sources who get to one node in one step are one row.

    Attributes
    ----------
    node, step
        Where they get to next, and when, shape (rows,).
    people
        How many, shape (rows,).
    sheltered
        Those of them who wait in a loop, in a shelter; the others are exposed.

    """

    node: Ints
    step: Ints
    people: Ints
    sheltered: Ints

    @property
    def exposed(self) -> Ints:
        """Count those in the street, shape (rows,)."""
        return self.people - self.sheltered


@dataclass(frozen=True, eq=False)
class Resumed:
    """Hold a flow that is frozen before a step and the best possible from it on.

    Attributes
    ----------
    before
        The answer that was being followed.
    at
        The step of the re-solve: what enters, leaves or passes before it is frozen.
    changes
        What has changed.
    rest
        The answer from then on; its step 0 is step ``at``. Its sources are the old ones,
        the new ones, people who come later, and those under way, in this order.
    source
        For each source of ``rest`` the old or new source it is, or −1 where it is a row
        of ``under_way``, shape (sources of rest,).
    under_way
        The people under way at step ``at``.
    arrivals
        People reaching a sink at each step of the whole horizon, shape (steps + 1,).

    """

    before: Arrival
    at: int
    changes: Changes
    rest: Arrival
    source: Ints
    under_way: UnderWay
    arrivals: Ints

    @property
    def steps(self) -> int:
        """Give the last step of the whole horizon."""
        return self.before.steps

    @property
    def total(self) -> int:
        """Count the people who reach a sink by the last step."""
        return int(self.arrivals.sum())

    @property
    def exposed(self) -> int:
        """Count the people in the street at step ``at``."""
        return int(self.under_way.exposed.sum())

    @property
    def gain(self) -> Ints:
        """Count how many more have arrived by each step than before, shape (steps + 1,)."""
        return np.cumsum(self.arrivals - self.before.arrivals)

    @property
    def proven(self) -> int:
        """Give the last step up to which the arrivals are proven to be the most possible."""
        return self.at + self.rest.proven

    @property
    def upper(self) -> Ints:
        """Give the most people who can have arrived by each step, shape (steps + 1,)."""
        out = np.cumsum(self.before.arrivals[: self.at])
        return np.concatenate([out, self.rest.upper + self._out])

    @property
    def _out(self) -> int:
        return int(self.before.arrivals[: self.at].sum())

    @property
    def held(self) -> int:
        """Count those under way who stop at their next node for a step or longer."""
        way = self._way
        on = self.rest.sent[way, self.under_way.step - self.at]
        return int(self.under_way.people.sum() - on.sum())

    @property
    def turned_back(self) -> int:
        """Count those in the street who go back to where they came from, as routes tell."""
        return self._joined[1]

    @property
    def _way(self) -> Ints:
        return np.flatnonzero(self.source < 0)

    def flow(self) -> Int32s:
        """Give the people entering each arc at each step, shape (arcs, steps + 1)."""
        return np.concatenate([self.before.flow[:, : self.at], self.rest.flow], axis=1)

    def sent(self) -> Ints:
        """Give the people leaving each source, old ones and new, shape (sources, steps + 1)."""
        n = len(self.before.sources) + len(self.changes.new_sources)
        sent = np.zeros((n, self.steps + 1), np.int64)
        sent[: len(self.before.sources), : self.at] = self.before.sent[:, : self.at]
        home = self.source >= 0
        np.add.at(sent[:, self.at :], self.source[home], self.rest.sent[home])
        return sent

    def passed(self) -> Int32s:
        """Give the people passing each sink, old ones and new, shape (sinks, steps + 1)."""
        passed = np.zeros((len(self.rest.sinks), self.steps + 1), np.int32)
        passed[: len(self.before.sinks), : self.at] = self.before.passed[:, : self.at]
        passed[:, self.at :] = self.rest.passed
        return passed

    def holding(self) -> Ints:
        """Count those under way who stand at their next node, shape (rows, steps + 1).

        Column k holds who stands there through step k into the next; the last column,
        who is there at the end.
        """
        way = self.under_way
        came = np.arange(self.steps + 1) >= way.step[:, None]
        holding = np.where(came, way.people[:, None], 0)
        holding[:, self.at :] -= np.cumsum(self.rest.sent[self._way], axis=1, dtype=np.int64)
        return holding

    def cut(self, step: int) -> Cut:
        """Give the cut that proves the arrivals up to a step, from ``at`` on.

        Its value counts those who arrived before ``at``; its sources are those of
        ``rest``, its steps those of the whole horizon.

        Raises
        ------
        InputError
            If ``step`` is not between ``at`` and ``proven``.

        """
        step = one_number(step, "step", low=-(2**31), high=2**31)
        if not self.at <= step <= self.proven:
            raise InputError.one(
                "step",
                f"must be between {self.at} and {self.proven} (is {step})",
                "What lies before is frozen: ask before.cut for it.",
            )
        cut = self.rest.cut(step - self.at)
        return replace(
            cut,
            step=step,
            value=cut.value + self._out,
            arc_steps=cut.arc_steps + self.at,
            sink_steps=cut.sink_steps + self.at,
        )

    def routes(self) -> tuple[Route, ...]:
        """Take the whole flow apart into routes, frozen parts and new parts joined.

        Who is under way keeps the source that the old routes tell; where people of several
        sources get to a node together, which of them goes which way is a choice, made so
        that as few as possible turn back. Those who hold to the end have no route.
        """
        return self._joined[0]

    @cached_property
    def _joined(self) -> tuple[tuple[Route, ...], int]:
        return _join(self)


def resume(
    arrival: Arrival,
    changes: Changes,
    *,
    at: int,
    budget_s: float | None = None,
    progress: Progress = silent,
) -> Resumed:
    """Solve again from step ``at`` on, after something has changed.

    Who entered a street before ``at`` finishes it, even if it has closed since; from its
    end they go on, turn back or hold, there and nowhere else. Who is at home waits at
    home. The arrivals by each step are the most possible, given what lies before; among
    such flows it is one that leaves few in the street, where others at home could wait.
    ``at=0`` freezes nothing: it tells what the changes would have been worth.

    Parameters
    ----------
    arrival
        The answer that was being followed.
    changes
        What has changed.
    at
        The step from which on everything may be decided anew, from 0 to the last.
    budget_s
        As for ``earliest_arrival`` [seconds].
    progress
        Told of a first compilation.

    Raises
    ------
    InputError
        If a change names a place or step that is not there, or takes people off who have
        gone; all faults together.

    """
    if not isinstance(changes, Changes):
        raise InputError.one(
            "changes", f"is no Changes ({type(changes).__name__})", "Make one with flow.Changes."
        )
    step = one_number(at, "at", low=0, high=arrival.steps)
    faults = changes.faults(arrival)
    if faults:
        raise InputError(faults)
    source, node, people, release = changes.at_home(arrival, step)
    n = len(node)
    way = _under_way(arrival, step)
    sinks, room = changes.sinks(arrival, step)
    rest = earliest_arrival(
        changes.network(arrival, step),
        np.concatenate([node, way.node]),
        np.concatenate([people, way.people]),
        sinks,
        room,
        arrival.steps - step,
        release=np.concatenate([release, way.step]) - step,
        progress=progress,
        budget_s=budget_s,
    )
    return Resumed(
        before=arrival,
        at=step,
        changes=changes,
        rest=street_first(rest, n, progress),
        source=np.concatenate([source, np.full(len(way.node), -1)]),
        under_way=way,
        arrivals=np.concatenate([arrival.arrivals[:step], rest.arrivals]),
    )


def _under_way(arrival: Arrival, at: int) -> UnderWay:
    """Find who is on an arc when a step begins: entered before it, off it in it or later."""
    network, width = arrival.network, arrival.steps + 1
    first = max(0, at - _longest(arrival, at))
    arc, enter = np.nonzero(arrival.flow[:, first:at])
    enter += first
    off = enter + _takes(arrival, arc, enter)
    still = off >= at
    arc, enter, off = arc[still], enter[still], off[still]
    walking = arrival.flow[arc, enter].astype(np.int64)
    head = network.head[arc].astype(np.int64)
    key, row = np.unique(head * width + off, return_inverse=True)
    people, sheltered = np.zeros(len(key), np.int64), np.zeros(len(key), np.int64)
    np.add.at(people, row, walking)
    np.add.at(sheltered, row, np.where(network.tail[arc] == head, walking, 0))
    node, step = np.divmod(key, width)
    for array in (node, step, people, sheltered):
        array.setflags(write=False)
    return UnderWay(node, step, people, sheltered)


def _longest(arrival: Arrival, at: int) -> int:
    """Give the longest time that any arc took before a step."""
    transit, _ = arrival.network.over(arrival.steps)
    columns = arrival.network.columns(arrival.steps)
    return int(transit[:, : max(1, int(np.searchsorted(columns, at)))].max(initial=0))


def _takes(arrival: Arrival, arc: Ints, enter: Ints) -> Ints:
    """Give the steps that arcs take when entered at given steps."""
    transit, _ = arrival.network.over(arrival.steps)
    column: Any = 0
    if transit.shape[1] > 1:
        column = np.searchsorted(arrival.network.columns(arrival.steps), enter, "right") - 1
    steps: Ints = transit[arc, column].astype(np.int64)
    return steps


@dataclass(frozen=True, slots=True)
class _Piece:
    """Hold part of a route: of the old one up to a node, or of the new one from there."""

    people: int
    beyond: int  # the node before, or after, in the street; below 0 where there is none
    route: Route


def _join(resumed: Resumed) -> tuple[tuple[Route, ...], int]:
    """Join old routes and new ones at the nodes people were under way to; count who turns."""
    before, rest, at, way = resumed.before, resumed.rest, resumed.at, resumed.under_way
    row_of = {place: row for row, place in enumerate(zip(way.node, way.step, strict=True))}
    whole: list[Route] = []
    came: dict[int, list[_Piece]] = defaultdict(list)
    goes: dict[int, list[_Piece]] = defaultdict(list)
    tail, head = before.network.tail, before.network.head
    for route in before.routes():
        if route.arrive < at:
            whole.append(route)
        elif route.depart < at:
            n = int(np.searchsorted(route.enter, at))
            arc, enter = route.arcs[n - 1], route.enter[n - 1]
            off = enter + int(_takes(before, np.array([arc]), np.array([enter]))[0])
            beyond = -1 if tail[arc] == head[arc] else int(tail[arc])
            part = replace(route, arcs=route.arcs[:n], enter=route.enter[:n])
            came[row_of[int(head[arc]), off]].append(_Piece(route.people, beyond, part))
    rows = {int(s): row for row, s in enumerate(np.flatnonzero(resumed.source < 0))}
    for route in rest.routes():
        later = replace(
            route,
            depart=route.depart + at,
            arrive=route.arrive + at,
            enter=tuple(k + at for k in route.enter),
        )
        if route.source in rows:
            beyond = next((int(head[a]) for a in route.arcs if tail[a] != head[a]), -2)
            goes[rows[route.source]].append(_Piece(route.people, beyond, later))
        else:
            whole.append(replace(later, source=int(resumed.source[route.source])))
    turned = 0
    for row in sorted(goes):
        for i, j, people in _pairs(came[row], goes[row]):
            old, new = came[row][i], goes[row][j]
            turned += people if old.beyond == new.beyond else 0
            whole.append(
                replace(
                    new.route,
                    source=old.route.source,
                    depart=old.route.depart,
                    people=people,
                    arcs=old.route.arcs + new.route.arcs,
                    enter=old.route.enter + new.route.enter,
                )
            )
    return tuple(whole), turned


def _pairs(came: list[_Piece], goes: list[_Piece]) -> Iterable[tuple[int, int, int]]:
    """Pair those who came with ways on, so that as few as possible go back: (came, goes, people).

    Whoever has no way on holds to the end.
    """
    stay = sum(piece.people for piece in came) - sum(piece.people for piece in goes)
    here = [piece.people for piece in came]
    room = [piece.people for piece in goes] + [stay]
    beyond = [piece.beyond for piece in goes] + [-2]
    paired: dict[tuple[int, int], int] = defaultdict(int)

    def pair(i: int, j: int, people: int) -> None:
        paired[i, j] += people
        here[i] -= people
        room[j] -= people

    for j in range(len(room)):
        for i, piece in enumerate(came):
            if piece.beyond != beyond[j]:
                pair(i, j, min(here[i], room[j]))
    # those left all came from where all ways left lead: swap with pairs that have neither
    for i, j in [(i, j) for i in range(len(here)) for j in range(len(room))]:
        for a, b in list(paired):
            people = min(here[i], room[j], paired[a, b])
            if people and came[a].beyond != beyond[j] and came[i].beyond != beyond[b]:
                pair(a, b, -people)
                pair(i, b, people)
                pair(a, j, people)
        pair(i, j, min(here[i], room[j]))
    return [(i, j, n) for (i, j), n in sorted(paired.items()) if n and j < len(goes)]
