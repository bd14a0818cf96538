"""Hold a network over time, checked once at the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Fault, InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["LONGEST", "UNBOUNDED", "Network", "one_number", "whole_numbers"]

Int32s = NDArray[np.int32]

LONGEST: Final = 2**30
"""The longest transit [steps]."""

UNBOUNDED: Final = 2**31 - 1
"""A capacity that never binds [people per step]."""


def whole_numbers(values: ArrayLike, name: str, *, low: int, high: int) -> NDArray[np.int64]:
    """Take whole numbers between two bounds, or say which one is not.

    Raises
    ------
    InputError
        If the values are masked, complex, dates or no numbers, or if one is not finite,
        not whole, below ``low`` or above ``high``; the message names the index of the
        first one.

    """
    if isinstance(values, np.ma.MaskedArray):
        raise InputError.one(
            name, "is a masked array", "Fill its gaps, as with array.filled(0), or leave them out."
        )
    try:
        array = np.asarray(values)
        numeric = array.dtype.kind not in "cmMV"  # astype would take these, and lose a part
        as_float = array.astype(np.float64) if numeric else None
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError.one(name, "must hold numbers", "Give an array of integers.") from error
    if as_float is None:
        raise InputError.one(
            name, f"must hold numbers, not {array.dtype.name}", "Give an array of integers."
        )
    bad = ~np.isfinite(as_float)
    what = "is not finite"
    if not bad.any():
        bad, what = as_float != np.round(as_float), "is not a whole number"
    if not bad.any():
        bad, what = as_float < low, f"is below {low}"
    if not bad.any():
        bad, what = as_float > high, f"is above {high}"
    if bad.any():
        index = tuple(int(i) for i in np.argwhere(bad)[0])
        place = f"{name}[{', '.join(map(str, index))}]" if index else name
        raise InputError.one(
            place, f"{what} ({array[index]!s})", f"Give whole numbers from {low} to {high}."
        )
    # text such as "1.0" is a number, but not to int()
    return np.asarray(as_float if array.dtype.kind in "USO" else array, dtype=np.int64)


def one_number(value: ArrayLike, name: str, *, low: int, high: int) -> int:
    """Take one whole number between two bounds; otherwise as ``whole_numbers``."""
    array = whole_numbers(value, name, low=low, high=high)
    if array.ndim:
        raise InputError.one(name, f"has shape {array.shape}", "Give one number.")
    return int(array)


@dataclass(frozen=True, init=False, eq=False)
class Network:
    """Hold a directed graph with transit times and capacities that may change.

    Parameters
    ----------
    n_nodes
        Number of nodes; nodes are 0 … n_nodes − 1.
    tail, head
        Nodes an arc leaves and enters, shape (arcs,). Parallel arcs and loops are allowed.
    transit
        Whole steps from entering an arc to leaving it, not negative, shape (arcs,),
        or (arcs, steps + 1): column k holds for those who enter during minute [k, k + 1).
    capacity
        People who may enter an arc per step, whole, shapes as ``transit``.
    since
        For arrays with fewer columns than steps: the step from which on each column
        holds, rising from 0, shape (columns,). Night speed from step 420 on needs two
        columns and ``since=[0, 420]``.

    Raises
    ------
    InputError
        If a shape does not fit or a value is out of range; the message names the index.

    """

    n_nodes: int
    tail: Int32s
    head: Int32s
    transit: Int32s
    capacity: Int32s
    since: Int32s | None

    def __init__(
        self,
        n_nodes: int,
        tail: ArrayLike,
        head: ArrayLike,
        transit: ArrayLike,
        capacity: ArrayLike,
        *,
        since: ArrayLike | None = None,
    ) -> None:
        n = one_number(n_nodes, "n_nodes", low=1, high=2**31 - 1)
        tails = whole_numbers(tail, "tail", low=0, high=n - 1)
        heads = whole_numbers(head, "head", low=0, high=n - 1)
        transits = whole_numbers(transit, "transit", low=0, high=LONGEST)
        capacities = whole_numbers(capacity, "capacity", low=0, high=UNBOUNDED)
        _same_arcs(tails, heads, transits, capacities)
        for name, value in (
            ("n_nodes", n),
            ("tail", _int32(tails)),
            ("head", _int32(heads)),
            ("transit", _int32(transits)),
            ("capacity", _int32(capacities)),
            ("since", None if since is None else _rising(since, transits, capacities)),
        ):
            object.__setattr__(self, name, value)

    @property
    def n_arcs(self) -> int:
        """Count the arcs."""
        return len(self.tail)

    def columns(self, steps: int) -> Int32s:
        """Give the step from which on each column of an array over time holds."""
        return np.arange(steps + 1, dtype=np.int32) if self.since is None else self.since

    def over(self, steps: int) -> tuple[Int32s, Int32s]:
        """Give transit and capacity as (arcs, 1) or (arcs, columns).

        Raises
        ------
        InputError
            If an array over time does not have ``steps + 1`` columns, or one for each
            entry of ``since``.

        """
        return (self._columns("transit", steps), self._columns("capacity", steps))

    def at_every_step(self, steps: int) -> tuple[Int32s, Int32s]:
        """Give transit and capacity as (arcs, 1) or (arcs, steps + 1)."""
        return tuple(  # type: ignore[return-value]
            array if array.shape[1] == 1 or self.since is None
            else array[:, np.searchsorted(self.since, np.arange(steps + 1), "right") - 1]
            for array in self.over(steps)
        )  # fmt: skip

    def with_waiting(self, nodes: ArrayLike, people: ArrayLike) -> Network:
        """Let people wait at some nodes, as in shelters or at assembly points.

        The new network has one more arc for each node, a loop that takes one step: who
        enters it in step k waits there until k + 1.

        Parameters
        ----------
        nodes
            Nodes where people may wait, shape (places,).
        people
            How many there is room for, shape (places,), or (places, columns) as
            ``capacity``.

        Raises
        ------
        InputError
            If a node is none of the network's, or the shapes do not fit.

        """
        places = np.atleast_1d(whole_numbers(nodes, "nodes", low=0, high=self.n_nodes - 1))
        room = np.atleast_1d(whole_numbers(people, "people", low=0, high=UNBOUNDED))
        if places.ndim != 1 or room.ndim > 2 or room.shape[0] != len(places):
            raise InputError.one(
                "people", f"has shape {room.shape}, nodes has {places.shape}",
                "Give one number per place.",
            )  # fmt: skip
        return Network(
            self.n_nodes,
            np.concatenate([self.tail, places]),
            np.concatenate([self.head, places]),
            _below(self.transit, np.ones(len(places), np.int64), "people"),
            _below(self.capacity, room, "people"),
            since=self.since,
        )

    def _columns(self, name: str, steps: int) -> Int32s:
        array: Int32s = getattr(self, name)
        if array.ndim == 1:
            return array.reshape(-1, 1)
        needed = steps + 1 if self.since is None else len(self.since)
        if array.shape[1] != needed:
            raise InputError.one(
                name,
                f"has {array.shape[1]} columns, {needed} are needed for {steps} steps",
                "Column k is the minute [k, k + 1), from 0 to steps.",
            )
        return array


def _below(array: Int32s, more: NDArray[np.int64], name: str) -> NDArray[np.int64]:
    """Append rows, widening what is constant."""
    if max(array.ndim, more.ndim) == 1:
        return np.concatenate([array.astype(np.int64), more])
    columns = max(part.shape[1] for part in (array, more) if part.ndim > 1)
    parts = []
    for part in (array.astype(np.int64), more):
        two = part if part.ndim > 1 else part[:, None]
        if two.shape[1] not in {1, columns}:
            raise InputError.one(
                name, f"has {two.shape[1]} columns, the network has {columns}",
                "Give as many columns as the network has.",
            )  # fmt: skip
        parts.append(np.broadcast_to(two, (len(two), columns)))
    return np.concatenate(parts)


def _rising(since: ArrayLike, transit: NDArray[np.int64], capacity: NDArray[np.int64]) -> Int32s:
    steps = np.atleast_1d(whole_numbers(since, "since", low=0, high=2**30))
    if steps.ndim != 1 or len(steps) == 0 or steps[0] != 0 or (np.diff(steps) <= 0).any():
        raise InputError.one(
            "since", f"does not rise from 0 ({steps.tolist()})",
            "Name the first step of each column, beginning with 0.",
        )  # fmt: skip
    for name, array in (("transit", transit), ("capacity", capacity)):
        if array.ndim > 1 and array.shape[1] != len(steps):
            raise InputError.one(
                name, f"has {array.shape[1]} columns, since names {len(steps)}",
                "Give one column for each step that since names.",
            )  # fmt: skip
    return _int32(steps)


def _int32(array: NDArray[np.int64]) -> Int32s:
    out = np.ascontiguousarray(array, dtype=np.int32)
    out.setflags(write=False)
    return out


def _same_arcs(tail: NDArray[np.int64], *others: NDArray[np.int64]) -> None:
    faults = []
    if tail.ndim != 1:
        faults.append(Fault("tail", f"has {tail.ndim} dimensions, one is needed"))
    for name, array in zip(("head", "transit", "capacity"), others, strict=True):
        allowed = (1,) if name == "head" else (1, 2)
        if array.ndim not in allowed or array.shape[:1] != tail.shape[:1]:
            faults.append(
                Fault(
                    name,
                    f"has shape {array.shape}, which does not fit tail's {tail.shape}",
                    "Give one row per arc.",
                )
            )
    if faults:
        raise InputError(faults)
