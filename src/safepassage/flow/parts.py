"""Count in parts of a person where capacities are not whole per step, and spread rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import InputError
from safepassage.flow.network import UNBOUNDED, one_number

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["MOST_PARTS", "Parts", "in_parts", "one_real_number", "real_numbers", "spread"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

MOST_PARTS: Final = 60
"""The most parts a person is counted in: whole rates per minute are whole in 1/60 s steps."""

_WHOLE: Final = 1e-9


def real_numbers(values: ArrayLike, name: str, *, low: float) -> Floats:
    """Take finite numbers from ``low`` on, or say which one is not.

    Raises
    ------
    InputError
        If the values are masked, complex, dates or no numbers, or if one is not finite or
        below ``low``; the message names the index of the first one.

    """
    if isinstance(values, np.ma.MaskedArray):
        raise InputError.one(
            name, "is a masked array", "Fill its gaps, as with array.filled(0), or leave them out."
        )
    try:
        array = np.asarray(values)
        numeric = array.dtype.kind in "biufO"
        numbers = array.astype(np.float64) if numeric else None
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError.one(name, "must hold numbers", "Give an array of numbers.") from error
    if numbers is None and array.size:
        raise InputError.one(
            name, f"must hold numbers, not {array.dtype.name}", "Give an array of numbers."
        )
    found = np.zeros(array.shape) if numbers is None else numbers
    bad, what = ~np.isfinite(found), "is not finite"
    if not bad.any():
        bad, what = found < low, f"is below {low:g}"
    if bad.any():
        index = tuple(int(i) for i in np.argwhere(bad)[0])
        place = f"{name}[{', '.join(map(str, index))}]" if index else name
        raise InputError.one(
            place, f"{what} ({array[index]!s})", f"Give finite numbers from {low:g} on."
        )
    return found


def one_real_number(value: ArrayLike, name: str, *, low: float = 0.0) -> float:
    """Take one finite number from ``low`` on; otherwise as ``real_numbers``."""
    array = real_numbers(value, name, low=low)
    if array.ndim:
        raise InputError.one(name, f"has shape {array.shape}", "Give one number.")
    return float(array)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Hold people counted in q-ths.

    Attributes
    ----------
    q
        Parts to a person: multiply supplies by it, divide arrivals by it.
    whole
        The values in parts, whole, in the order given; never above the exact ones.
    lost
        The most any one value was lowered by [people per step]; 0 where all are exact.
    lost_share
        The largest share by which any one value was lowered.

    """

    q: int
    whole: tuple[Ints, ...]
    lost: float
    lost_share: float


def in_parts(*values: ArrayLike, most: int = MOST_PARTS) -> Parts:
    """Find the fewest parts of a person in which capacities are whole per step.

    A street for 37.5 people a minute lets 9.375 through in 15 s: 75 eighths. Spread over
    steps as 9, 9, 10 … it would not be the same street: nobody may wait there, and two
    streets spread out of phase can pass nobody. Counted in parts, and solved with supplies
    times ``q``, the flow is exact; a schedule makes whole people of it.

    Where no q up to ``most`` will do, q is ``most``, values are rounded down, and what is
    lost is told. ``UNBOUNDED`` stays what it is, and so does all above it in parts.

    Parameters
    ----------
    values
        Capacities [people per step], arrays of any shape: streets and crossings together.
    most
        The most parts.

    Raises
    ------
    InputError
        If a value is negative or not finite; the message names the index.

    """
    limit = one_number(most, "most", low=1, high=10**6)
    exact = [real_numbers(each, f"values[{i}]", low=0) for i, each in enumerate(values)]
    distinct = np.unique(np.concatenate([each.ravel() for each in exact] or [np.zeros(0)]))
    bounded = distinct[distinct < UNBOUNDED]
    q = next(
        (
            parts
            for parts in range(1, limit + 1)
            if (np.abs(bounded * parts - np.rint(bounded * parts)) <= _WHOLE).all()
        ),
        limit,
    )
    whole = tuple(_whole(each, q) for each in exact)
    kept = _whole(bounded, q) / q
    lowered = np.where(bounded * q < UNBOUNDED, np.maximum(bounded - kept, 0), 0)
    lowered[lowered <= _WHOLE] = 0
    share = np.divide(lowered, bounded, out=np.zeros_like(bounded), where=bounded > 0)
    return Parts(q, whole, float(lowered.max(initial=0)), float(share.max(initial=0)))


def _whole(exact: Floats, q: int) -> Ints:
    scaled = np.minimum(np.floor(exact * q + _WHOLE), UNBOUNDED)
    return np.where(exact >= UNBOUNDED, UNBOUNDED, scaled).astype(np.int64)


def spread(per_min: ArrayLike, steps: int, *, step_s: float = 60.0) -> Ints:
    """Spread a rate over whole people per step, such as 2, 3, 2, 3 for 2.5.

    The running sum never passes the exact one and stays within one person of it. For
    crossings and timetables only, where people can be held back: on streets, where nobody
    may wait, count in parts (``in_parts``).

    Parameters
    ----------
    per_min
        People per minute, of any shape.
    steps
        The last step.
    step_s
        Length of a step [s].

    Returns
    -------
    People per step, shape (…, steps + 1).

    Raises
    ------
    InputError
        If a rate is negative or not finite, or the step is not above 0; with the index.

    """
    rate = real_numbers(per_min, "per_min", low=0)
    length = one_real_number(step_s, "step_s", low=1e-3)
    last = one_number(steps, "steps", low=0, high=2**24)
    per_step = rate[..., None] * length / 60
    over = per_step > UNBOUNDED
    if over.any():
        index = tuple(int(i) for i in np.argwhere(over)[0][:-1])
        place = f"per_min[{', '.join(map(str, index))}]" if index else "per_min"
        raise InputError.one(
            place, f"is above {UNBOUNDED:,} people a step", "Nothing binds above that: give less."
        )
    exact = np.arange(last + 2) * per_step
    # a float may fall short of a whole sum, by more the larger the sum
    behind = np.floor(exact + np.maximum(_WHOLE, 4 * np.finfo(np.float64).eps * exact))
    return np.asarray(np.diff(behind), np.int64)
