"""Hold a network over time, checked once at the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Fault, InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["UNBOUNDED", "Network", "one_number", "whole_numbers"]

Int32s = NDArray[np.int32]

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
    return np.asarray(array, dtype=np.int64)


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

    def __init__(
        self,
        n_nodes: int,
        tail: ArrayLike,
        head: ArrayLike,
        transit: ArrayLike,
        capacity: ArrayLike,
    ) -> None:
        n = one_number(n_nodes, "n_nodes", low=1, high=2**31 - 1)
        tails = whole_numbers(tail, "tail", low=0, high=n - 1)
        heads = whole_numbers(head, "head", low=0, high=n - 1)
        transits = whole_numbers(transit, "transit", low=0, high=2**30)
        capacities = whole_numbers(capacity, "capacity", low=0, high=UNBOUNDED)
        _same_arcs(tails, heads, transits, capacities)
        for name, value in (
            ("n_nodes", n),
            ("tail", _int32(tails)),
            ("head", _int32(heads)),
            ("transit", _int32(transits)),
            ("capacity", _int32(capacities)),
        ):
            object.__setattr__(self, name, value)

    @property
    def n_arcs(self) -> int:
        """Count the arcs."""
        return len(self.tail)

    def over(self, steps: int) -> tuple[Int32s, Int32s]:
        """Give transit and capacity as (arcs, 1) or (arcs, steps + 1).

        Raises
        ------
        InputError
            If an array over time does not have ``steps + 1`` columns.

        """
        return (
            _columns(self.transit, "transit", steps),
            _columns(self.capacity, "capacity", steps),
        )


def _int32(array: NDArray[np.int64]) -> Int32s:
    out = np.ascontiguousarray(array, dtype=np.int32)
    out.setflags(write=False)
    return out


def _columns(array: Int32s, name: str, steps: int) -> Int32s:
    if array.ndim == 1:
        return array.reshape(-1, 1)
    if array.shape[1] != steps + 1:
        raise InputError.one(
            name,
            f"has {array.shape[1]} columns, {steps + 1} are needed for {steps} steps",
            "Column k is the minute [k, k + 1), from 0 to steps.",
        )
    return array


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
