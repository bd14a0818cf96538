"""Hold what has changed since a flow was solved, and apply it from a step on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Fault, InputError
from safepassage.flow.network import LONGEST, UNBOUNDED, Network, whole_numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from safepassage.flow.arrival import Arrival

__all__ = ["Changes"]

Ints = NDArray[np.int64]

_COLUMNS: Final = {  # field -> per column: what it is, least, most
    "arc_capacity": (("arc", 0, None), ("step", 0, None), ("people per step", 0, UNBOUNDED)),
    "arc_transit": (("arc", 0, None), ("step", 0, None), ("steps", 0, LONGEST)),
    "sink_capacity": (("sink", 0, None), ("step", 0, None), ("people per step", 0, UNBOUNDED)),
    "supply": (("source", 0, None), ("step", 0, None), ("people", -UNBOUNDED, UNBOUNDED)),
    "new_sources": (("node", 0, None), ("people", 0, UNBOUNDED), ("step", 0, None)),
    "new_sinks": (("node", 0, None), ("people per step", 0, UNBOUNDED), ("step", 0, None)),
}


@dataclass(frozen=True, init=False, eq=False, slots=True)
class Changes:
    """Hold what differs from the question that was solved, as rows of three whole numbers.

    Each row holds from its step on, until a later row names the same place. A step
    before the re-solve's counts from the re-solve on: what lies before is frozen.

    Attributes
    ----------
    arc_capacity
        Rows of arc, step, people who may enter per step: 0 closes it.
    arc_transit
        Rows of arc, step, transit [steps] for those who enter from then on.
    sink_capacity
        Rows of sink, step, people who may pass per step: 0 closes it. New sinks are
        numbered after the old ones.
    supply
        Rows of source, step, people more who may leave from then on. Below zero, so
        many fewer: the step must not be after the re-solve's, and they must be at home.
        New sources are numbered after the old ones.
    new_sources
        Rows of node, people, first step at which they may leave.
    new_sinks
        Rows of node, people who may pass per step, first step at which they may.

    Raises
    ------
    InputError
        If something is no table of three columns, or a number is no whole one, or out
        of range; the message names the row.

    """

    arc_capacity: Ints
    arc_transit: Ints
    sink_capacity: Ints
    supply: Ints
    new_sources: Ints
    new_sinks: Ints

    def __init__(
        self,
        *,
        arc_capacity: ArrayLike = (),
        arc_transit: ArrayLike = (),
        sink_capacity: ArrayLike = (),
        supply: ArrayLike = (),
        new_sources: ArrayLike = (),
        new_sinks: ArrayLike = (),
    ) -> None:
        given = {
            "arc_capacity": arc_capacity,
            "arc_transit": arc_transit,
            "sink_capacity": sink_capacity,
            "supply": supply,
            "new_sources": new_sources,
            "new_sinks": new_sinks,
        }
        faults: list[Fault] = []
        for name, values in given.items():
            try:
                rows = _rows(name, values)
            except InputError as error:
                faults += error.faults
                continue
            object.__setattr__(self, name, rows)
            faults += _outside(name, rows, {})
        if faults:
            raise InputError(faults)

    def faults(self, arrival: Arrival) -> list[Fault]:
        """List what names a place or a step that the solved question does not have."""
        n_sources = len(arrival.sources) + len(self.new_sources)
        n_sinks = len(arrival.sinks) + len(self.new_sinks)
        most = {
            "arc": arrival.network.n_arcs - 1,
            "node": arrival.network.n_nodes - 1,
            "source": n_sources - 1,
            "sink": n_sinks - 1,
            "step": arrival.steps,
        }
        found: list[Fault] = []
        for name in _COLUMNS:
            found += _outside(name, getattr(self, name), most)
        for name in ("arc_capacity", "arc_transit", "sink_capacity"):
            found += _twice(name, getattr(self, name))
        return found

    def network(self, arrival: Arrival, at: int) -> Network:
        """Give the network from step ``at`` on, which becomes step 0.

        Its arrays have one column for each step at which something changes.
        """
        old = arrival.network
        transit, capacity = old.over(arrival.steps)
        constant = transit.shape[1] == capacity.shape[1] == 1
        if constant and len(self.arc_transit) == len(self.arc_capacity) == 0:
            return old
        columns = old.columns(arrival.steps).astype(np.int64)
        transit, first = _from(transit, columns, self.arc_transit, at)
        capacity, second = _from(capacity, columns, self.arc_capacity, at)
        since = np.union1d(first, second)
        return Network(
            old.n_nodes,
            old.tail,
            old.head,
            _spread(transit, first, since),
            _spread(capacity, second, since),
            since=since if len(since) > 1 else None,
        )

    def sinks(self, arrival: Arrival, at: int) -> tuple[Ints, NDArray[np.int32]]:
        """Give the sinks' nodes and their capacity from step ``at`` on."""
        old, steps = arrival.sink_capacity, np.arange(arrival.steps + 1)
        nodes, room, first = self.new_sinks.T
        rows = np.concatenate(  # closed until a row opens them: theirs first, others after
            [np.column_stack([np.arange(len(nodes)) + len(old), first, room]), self.sink_capacity]
        )
        both = np.concatenate([old, np.zeros((len(nodes), old.shape[1]), np.int32)])
        capacity, since = _from(both, steps, rows, at)
        where = np.concatenate([arrival.sinks.astype(np.int64), nodes])
        return where, _spread(capacity, since, steps[: len(steps) - at])

    def at_home(self, arrival: Arrival, at: int) -> tuple[Ints, Ints, Ints, Ints]:
        """Give source, node, people and release of those not under way at step ``at``.

        First every old source and every new one, in order, then those who come later.

        Raises
        ------
        InputError
            If more people are taken off a source than are at home by then.

        """
        node = np.concatenate([arrival.sources.astype(np.int64), self.new_sources[:, 0]])
        release = np.concatenate([arrival.release.astype(np.int64), self.new_sources[:, 2]])
        release = np.maximum(release, at)
        gone = arrival.sent[:, :at].sum(axis=1, dtype=np.int64)
        people = np.concatenate([arrival.supply - gone, self.new_sources[:, 1]])
        source, step, more = self.supply.T
        later = step > release[source]
        np.add.at(people, source[~later], more[~later])
        self._refuse_too_few(people, later, at)
        # people who come at the same step to the same source are one supply
        key, where = np.unique(
            source[later] * (arrival.steps + 1) + step[later], return_inverse=True
        )
        coming = np.zeros(len(key), np.int64)
        np.add.at(coming, where, more[later])
        late_source, late_step = np.divmod(key, arrival.steps + 1)
        return (
            np.concatenate([np.arange(len(node)), late_source]),
            np.concatenate([node, node[late_source]]),
            np.concatenate([people, coming]),
            np.concatenate([release, late_step]),
        )

    def _refuse_too_few(self, people: Ints, later: NDArray[np.bool_], at: int) -> None:
        source, step, more = self.supply.T
        faults = [
            Fault(
                f"changes.supply[{row}]",
                f"takes {-more[row]} people off source {source[row]} at step {step[row]}, after "
                f"the re-solve's {at}",
                "Who of them has left by then is not known: take them off at the re-solve's step.",
            )
            for row in np.flatnonzero((more < 0) & (step > at))
        ]
        for short in np.flatnonzero(people < 0):
            row = int(np.flatnonzero((source == short) & (more < 0) & ~later)[-1])
            faults.append(
                Fault(
                    f"changes.supply[{row}]",
                    f"takes {-people[short]} people more off source {short} than are at home at "
                    f"step {at}",
                    "Those who have gone cannot be taken off.",
                )
            )
        if faults:
            raise InputError(faults)


def _rows(name: str, values: ArrayLike) -> Ints:
    array = whole_numbers(values, f"changes.{name}", low=-UNBOUNDED, high=UNBOUNDED)
    if array.size == 0:
        array = array.reshape(0, 3)
    if array.ndim != 2 or array.shape[1] != 3:
        meant = ", ".join(column for column, _, _ in _COLUMNS[name])
        raise InputError.one(
            f"changes.{name}", f"has shape {array.shape}", f"Give rows of {meant}."
        )
    array = array.copy()
    array.setflags(write=False)
    return array


def _outside(name: str, rows: Ints, most: dict[str, int]) -> list[Fault]:
    """Name the first number of each column that is out of range."""
    found = []
    for column, (what, low, most_of_all) in enumerate(_COLUMNS[name]):
        high = most.get(what, UNBOUNDED if most_of_all is None else most_of_all)
        bad = np.flatnonzero((rows[:, column] < low) | (rows[:, column] > high))
        if len(bad):
            found.append(
                Fault(
                    f"changes.{name}[{bad[0]}]",
                    f"{what} {rows[bad[0], column]} is not between {low} and {high}",
                    "Change or leave out the row.",
                )
            )
    return found


def _twice(name: str, rows: Ints) -> list[Fault]:
    """Name the first row that gives a place another value at the same step."""
    key = rows[:, 0] * 2**31 + rows[:, 1]
    _, first, where = np.unique(key, return_index=True, return_inverse=True)
    again = np.flatnonzero(first[where] != np.arange(len(rows)))
    return [
        Fault(
            f"changes.{name}[{row}]",
            f"names {_COLUMNS[name][0][0]} {rows[row, 0]} at step {rows[row, 1]} once more",
            "Leave out one of the two.",
        )
        for row in again[:1]
    ]


def _from(
    old: NDArray[np.int32], columns: Ints, rows: Ints, at: int
) -> tuple[NDArray[np.int32], Ints]:
    """Give an array over time from step ``at`` on, changed, and the steps its columns begin at.

    Steps are counted from ``at``. No two neighbouring columns are the same.
    """
    index, step, value = rows[np.argsort(rows[:, 1], kind="stable")].T
    columns = columns if old.shape[1] > 1 else columns[:1]
    first = int(np.searchsorted(columns, at, "right")) - 1
    begins = np.union1d(np.maximum(columns[first:], at), step[step > at])
    column = np.searchsorted(columns, begins, "right") - 1
    whole = len(begins) == len(columns) - first
    new = np.array(old[:, first:]) if whole else old[:, column]
    effect = np.maximum(step, at)
    for each in np.unique(effect):  # of rows for one place the last holds, and they are in order
        these = effect == each
        new[index[these], np.searchsorted(begins, each) :] = value[these, None]
    differs = np.concatenate([[True], (new[:, 1:] != new[:, :-1]).any(axis=0)])
    return (new if differs.all() else new[:, differs]), begins[differs] - at


def _spread(array: NDArray[np.int32], since: Ints, columns: Ints) -> NDArray[np.int32]:
    """Give an array one column for each step named, or no columns where it is constant."""
    if array.shape[1] == 1:
        return array[:, 0]
    return array[:, np.searchsorted(since, columns, "right") - 1]
