"""Turn exact walking times into whole steps without ever being early, or ever late.

Rounding each street by itself is off by half or more. These two roundings use a
clock of their own at each node, so that errors do not add up along a route to the
nearest crossing. On the way to other crossings some are lost: ``rounding_loss`` tells how
much, ``finer_step`` what step makes it small. ``docs/flow.md`` has the proofs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from safepassage.base.errors import Fault, InputError
from safepassage.flow.network import LONGEST, one_number, whole_numbers
from safepassage.flow.parts import one_real_number, real_numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = [
    "MOST_LOSS",
    "Finer",
    "Loss",
    "Rounded",
    "finer_step",
    "round_down",
    "round_up",
    "rounding_loss",
    "steps_to_sink",
]

MOST_LOSS: Final = 0.02
"""The share of the window that rounding may cost the way to a crossing, on average. It is a
choice of this project: coarser grids were seen to be off by 1 to 5 % in its trials."""

FINER_S: Final = (60.0, 15.0, 12.0, 10.0)
"""Steps tried in turn [s]: the minute, and what lies between 10 and 15 s and divides it."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_PARTS = 60_000_000
"""Times are counted in whole parts of a step, microseconds of a minute, so that no sum is a
hair off: three times forty seconds are two minutes."""
_TINY = 1e-12  # an explicit zero would count as no arc


@dataclass(frozen=True, slots=True)
class Rounded:
    """Hold whole transits and what the clock at each node reads.

    At node v, step k begins ``clock[v]`` steps after k (``round_up``) or before k
    (``round_down``, where it is negative). Shapes (arcs,) and (nodes,).
    """

    transit: Ints
    clock: Floats


def steps_to_sink(
    n_nodes: int, tail: ArrayLike, head: ArrayLike, exact: ArrayLike, sinks: ArrayLike,
    *, start: ArrayLike | None = None,
) -> Floats:  # fmt: skip
    """Measure the exact time from each node to the nearest sink [steps], ``inf`` if none.

    ``start`` adds a time of its own to each sink, shape (sinks,).
    """
    tail, head = np.asarray(tail, np.int64), np.asarray(head, np.int64)
    sinks = np.asarray(sinks, np.int64)
    offset = np.zeros(len(sinks)) if start is None else np.asarray(start, np.float64)
    graph = _backwards(
        n_nodes + 1,
        np.concatenate([tail, sinks]),
        np.concatenate([head, np.full(len(sinks), n_nodes)]),
        np.concatenate([np.asarray(exact, np.float64), offset]),
    )
    away = np.asarray(dijkstra(graph, indices=n_nodes)[:n_nodes], np.float64)
    away[away < 1e-6] = 0.0  # what the trifles for zeros added up to
    return away


def _backwards(n: int, tail: Ints, head: Ints, exact: Floats) -> csr_array:
    """Make the graph of all arcs turned round, for ways *to* a node."""
    weight = np.maximum(exact, _TINY)
    # parallel arcs: keep the quickest, scipy would add them up
    order = np.lexsort((weight, tail, head))
    rows, columns, weight = head[order], tail[order], weight[order]
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    return coo_array((weight[first], (rows[first], columns[first])), shape=(n, n)).tocsr()


def _arcs(
    n_nodes: int, tail: ArrayLike, head: ArrayLike, exact: ArrayLike, sinks: ArrayLike
) -> tuple[int, Ints, Ints, Floats, Ints]:
    """Check a street network and its exact times at the door."""
    n = one_number(n_nodes, "n_nodes", low=1, high=2**31 - 1)
    tails = whole_numbers(tail, "tail", low=0, high=n - 1)
    heads = whole_numbers(head, "head", low=0, high=n - 1)
    times = real_numbers(exact, "exact", low=0)
    if (times > LONGEST).any():
        index = int(np.flatnonzero((times > LONGEST).ravel())[0])
        raise InputError.one(
            f"exact[{index}]", f"is above {LONGEST:,} steps", "Leave such a street out."
        )
    ends = np.atleast_1d(whole_numbers(sinks, "sinks", low=0, high=n - 1))
    faults = [
        Fault(name, f"has shape {array.shape}, tail has {tails.shape}", "Give one for each arc.")
        for name, array in (("head", heads), ("exact", times))
        if array.shape != tails.shape
    ]
    if tails.ndim != 1:
        faults.append(Fault("tail", f"has {tails.ndim} dimensions", "Give one node for each arc."))
    if ends.ndim != 1 or not len(ends):
        faults.append(Fault("sinks", f"has shape {ends.shape}", "Name at least one crossing."))
    if faults:
        raise InputError(faults)
    return n, tails, heads, times, ends


def _up(parts: Ints) -> Ints:
    return -(-parts // _PARTS)


def _away(
    n_nodes: int, tail: Ints, head: Ints, parts: Ints, sinks: ArrayLike,
    *, start: ArrayLike | None = None,
) -> tuple[Ints, NDArray[np.bool_]]:  # fmt: skip
    """Measure in parts from each node to the nearest sink, and tell which nodes reach one."""
    exact = steps_to_sink(n_nodes, tail, head, parts, sinks, start=start)
    reached = np.isfinite(exact)
    return np.rint(np.where(reached, exact, 0)).astype(np.int64), reached


def round_up(
    n_nodes: int, tail: ArrayLike, head: ArrayLike, exact: ArrayLike, sinks: ArrayLike
) -> Rounded:
    """Round transits so that no route is ever early.

    With p(v) the exact time from v to the nearest sink, an arc (a, b) of exact time
    τ takes ⌈p(a)⌉ − ⌈p(b)⌉ + ⌈τ − p(a) + p(b)⌉ steps. It is never negative, and a
    quickest route to the nearest sink is late by less than one step in all.

    Parameters
    ----------
    n_nodes, tail, head
        The network.
    exact
        Exact times [steps], not negative, shape (arcs,).
    sinks
        Crossing nodes.

    Raises
    ------
    InputError
        If a time is negative or not finite, or a shape does not fit; it names the index.

    """
    n, tails, heads, times, ends = _arcs(n_nodes, tail, head, exact, sinks)
    tau = np.ceil(times * _PARTS - 1e-3).astype(np.int64)
    p, reached = _away(n, tails, heads, tau, ends)
    slack = np.maximum(tau - p[tails] + p[heads], 0)
    transit = _up(p)[tails] - _up(p)[heads] + _up(slack)
    lost = ~(reached[tails] & reached[heads])
    transit[lost] = _up(tau[lost])
    return Rounded(transit, (_up(p) * _PARTS - p) / _PARTS)


def round_down(
    n_nodes: int, tail: ArrayLike, head: ArrayLike, exact: ArrayLike, sinks: ArrayLike
) -> Rounded:
    """Round transits so that no route is ever late: for upper bounds.

    The clock at v runs f(v) ahead, 0 ≤ f(v) < 1: the part of p(v) past a whole step,
    lowered where a short street needs it, so that f(a) ≤ τ + f(b) on every arc. Then
    ⌊τ − f(a) + f(b)⌋ is never negative, and whoever really takes τ arrives, on these
    clocks, at that step or later. Exact where waiting is allowed or not needed.
    Arguments and errors as ``round_up``.
    """
    n, tails, heads, times, ends = _arcs(n_nodes, tail, head, exact, sinks)
    tau = np.floor(times * _PARTS + 1e-3).astype(np.int64)
    p, _ = _away(n, tails, heads, tau, ends)
    part = p % _PARTS
    everywhere = np.arange(n)
    lowered, _ = _away(n, tails, heads, tau, everywhere, start=part)
    ahead = np.minimum(part, lowered)
    transit = (tau - ahead[tails] + ahead[heads]) // _PARTS
    return Rounded(transit, -ahead / _PARTS)


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """Hold how late rounding makes people at each crossing; all of shape (sinks,).

    Attributes
    ----------
    mean_steps, worst_steps
        Lateness of the quickest planned way to the crossing against the quickest real
        one: on average over the people, and from the worst place [steps].
    mean_share, worst_share
        The same as shares of the real way's time: all lateness over all time, and the
        largest share from any one place.
    people
        How many were counted: those who can reach the crossing. Where it is 0 the rest is.

    """

    mean_steps: Floats
    worst_steps: Floats
    mean_share: Floats
    worst_share: Floats
    people: Floats

    def of_window(self, steps: float) -> Floats:
        """Give the mean lateness as a share of a window of so many steps: (sinks,)."""
        return self.mean_steps / steps


def rounding_loss(
    n_nodes: int, tail: ArrayLike, head: ArrayLike, exact: ArrayLike, sinks: ArrayLike,
    sources: ArrayLike, people: ArrayLike, *, transit: ArrayLike | None = None,
) -> Loss:  # fmt: skip
    """Measure how late whole transits make people at each crossing.

    Someone at v who is ready as step k begins reaches the crossing at best k plus the
    exact time of the quickest way, and as planned k plus the whole transits of the
    quickest way on the grid. The difference is the lateness; it holds the wait for the
    clock at v, less than one step.

    Parameters
    ----------
    n_nodes, tail, head, exact, sinks
        As for ``round_up``; times in steps.
    sources, people
        Nodes people start from and how many, shape (sources,); or how many go from each
        to each crossing, shape (sources, sinks), such as a solved flow's.
    transit
        Whole transits to judge, shape (arcs,); those of ``round_up`` if not given.

    Raises
    ------
    InputError
        If an argument is out of range or a shape does not fit; it names the index.

    """
    n, tails, heads, times, ends = _arcs(n_nodes, tail, head, exact, sinks)
    places = np.atleast_1d(whole_numbers(sources, "sources", low=0, high=n - 1))
    weight = np.atleast_1d(real_numbers(people, "people", low=0))
    if weight.shape not in {places.shape, (len(places), len(ends))} or places.ndim != 1:
        raise InputError.one(
            "people", f"has shape {weight.shape}, sources has {places.shape}",
            "Give one number for each source, or one for each source and crossing.",
        )  # fmt: skip
    if transit is None:
        steps = round_up(n, tails, heads, times, ends).transit
    else:
        steps = whole_numbers(transit, "transit", low=0, high=2**30)
        if steps.shape != tails.shape:
            raise InputError.one(
                "transit", f"has shape {steps.shape}, tail has {tails.shape}",
                "Give one for each arc.",
            )  # fmt: skip
    real, planned = (
        np.asarray(dijkstra(_backwards(n, tails, heads, each), indices=ends))[:, places]
        for each in (times, steps.astype(np.float64))
    )
    reaches = np.isfinite(real)
    real = np.where(reaches, real, 0.0)
    late = np.where(reaches, np.rint(np.where(reaches, planned, 0.0)) - real, 0.0)
    late[np.abs(late) < 1e-6] = 0.0  # what the trifles for zeros added up to
    counted = np.where(reaches, weight.T if weight.ndim == 2 else weight, 0.0)
    return _summed(late, real, counted)


def _summed(late: Floats, real: Floats, counted: Floats) -> Loss:
    """Sum lateness up over the sources; all of shape (sinks, sources)."""
    people = counted.sum(axis=1)
    lost, walked = (late * counted).sum(axis=1), (real * counted).sum(axis=1)
    here = np.where(counted > 0, late, 0.0)
    nowhere = np.zeros_like(real)
    share = np.divide(here, real, out=nowhere, where=(real > 0) & (counted > 0))
    empty = np.zeros(len(people))
    return Loss(
        mean_steps=np.divide(lost, people, out=empty.copy(), where=people > 0),
        worst_steps=here.max(axis=1, initial=0.0),
        mean_share=np.divide(lost, walked, out=empty.copy(), where=walked > 0),
        worst_share=share.max(axis=1, initial=0.0),
        people=people,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Finer:
    """Propose a step: the coarsest one tried whose loss is small enough.

    Attributes
    ----------
    step_s
        The step [s].
    loss
        The loss at each crossing with it.
    share
        The worst crossing's mean loss, as a share of the window.
    enough
        Whether that is small enough. If not, ``step_s`` is the finest one tried.
    tried
        Each step tried [s], and its worst crossing's share.

    """

    step_s: float
    loss: Loss
    share: float
    enough: bool
    tried: tuple[tuple[float, float], ...]


def finer_step(
    n_nodes: int, tail: ArrayLike, head: ArrayLike, seconds: ArrayLike, sinks: ArrayLike,
    sources: ArrayLike, people: ArrayLike, *, window_s: float | None,
    steps_s: tuple[float, ...] = FINER_S, most: float = MOST_LOSS,
) -> Finer:  # fmt: skip
    """Find the coarsest step with which rounding costs no crossing more than a share.

    The share is of the window: a crossing that people reach L late for stands idle L of
    the window's W, and lets L / W fewer pass if it binds. Of the way's own time the
    lateness is a larger share, and on ways past a dozen junctions with slack no step from
    10 to 15 s brings that under 2 %; ``window_s=None`` asks for it all the same.

    Parameters
    ----------
    n_nodes, tail, head, sinks, sources, people
        As for ``rounding_loss``.
    seconds
        Exact times [s], shape (arcs,).
    window_s
        Length of the usable window [s]; None to compare with the time of the way.
    steps_s
        Steps to try in turn, from coarse to fine [s].
    most
        The share that may be lost at any crossing, on average over the people.

    Raises
    ------
    InputError
        If a step or the window is not above 0, or as ``rounding_loss``.

    """
    times = real_numbers(seconds, "seconds", low=0)
    grid = np.atleast_1d(real_numbers(steps_s, "steps_s", low=1e-3))
    if grid.ndim > 1:
        raise InputError.one("steps_s", f"has shape {grid.shape}", "Give a list of steps.")
    window = None if window_s is None else one_real_number(window_s, "window_s", low=1e-3)
    share_of = one_real_number(most, "most")
    if not len(grid):
        raise InputError.one("steps_s", "holds no step", "Give at least one, such as 60.")
    tried: list[tuple[float, float]] = []
    for step in grid.tolist():
        loss = rounding_loss(n_nodes, tail, head, times / step, sinks, sources, people)
        shares = loss.mean_share if window is None else loss.of_window(window / step)
        worst = float(shares.max())
        tried.append((step, worst))
        if worst <= share_of:
            break
    return Finer(step, loss, worst, worst <= share_of, tuple(tried))
