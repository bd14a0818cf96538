"""Take a question to the engine, checked at the door."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Fault, InputError
from safepassage.flow.network import UNBOUNDED, Network, one_number, whole_numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Question", "asked", "seconds"]

Ints = NDArray[np.int64]
Int32s = NDArray[np.int32]

_MOST_STATES = 2**31 - 1

_BYTES_PER_STATE = 9
"""Label and step of death of each node at each step, and bits of what a look sees."""

_BYTES_PER_ENTRY = 5
"""People entering an arc at a step, as 32-bit numbers, and bits of where there is room."""

_SHARE_OF_MEMORY = 0.8

_FOR_EVER_S = 1e9


@dataclass(frozen=True, slots=True)
class Question:
    """Hold sources, crossings and hours; see ``earliest_arrival``."""

    sources: Int32s
    supply: Ints
    sinks: Int32s
    sink_capacity: Int32s
    steps: int
    release: Int32s


def _memory() -> int | None:
    """Give the machine's memory in bytes, where it can be known."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):  # not on every system
        return None


def _fits(network: Network, last: int, rows: int) -> None:
    """Refuse a question whose answer would not fit into memory, before any work.

    ``rows`` are the sources and crossings, whose people are counted at each step.
    """
    here = _memory()
    if here is None:
        return
    width = last + 1
    given = network.transit.nbytes + network.capacity.nbytes
    per_step = network.n_nodes * _BYTES_PER_STATE + (network.n_arcs + rows) * _BYTES_PER_ENTRY
    needed, room = per_step * width + given, _SHARE_OF_MEMORY * here
    if needed <= room:
        return
    # both the steps and what is given per step shrink as the step grows
    coarser = math.ceil(needed / room)
    raise InputError.one(
        "steps",
        f"{network.n_nodes:,} nodes, {network.n_arcs:,} arcs and {rows:,} sources and crossings "
        f"over {width:,} steps need about "
        f"{needed / 2**30:,.1f} GiB, and this machine has {here / 2**30:,.1f} GiB",
        f"Use a step at least {coarser} times as long, or a smaller network.",
    )


def asked(
    network: Network, sources: ArrayLike, supply: ArrayLike, sinks: ArrayLike,
    sink_capacity: ArrayLike, steps: int, release: ArrayLike | None,
) -> Question:  # fmt: skip
    """Check a question at the door."""
    if not isinstance(network, Network):
        raise InputError.one(
            "network", f"is no Network ({type(network).__name__})", "Make one with flow.Network."
        )
    last = one_number(steps, "steps", low=0, high=2**24)
    if network.n_nodes * (last + 1) > _MOST_STATES:
        coarser = -(-network.n_nodes * (last + 1) // _MOST_STATES)
        raise InputError.one(
            "steps",
            f"{network.n_nodes:,} nodes × {last + 1:,} steps are more states than fit",
            f"Use a step at least {coarser} times as long.",
        )
    source = np.atleast_1d(whole_numbers(sources, "sources", low=0, high=network.n_nodes - 1))
    people = np.atleast_1d(whole_numbers(supply, "supply", low=0, high=UNBOUNDED))
    sink = np.atleast_1d(whole_numbers(sinks, "sinks", low=0, high=network.n_nodes - 1))
    room = np.atleast_1d(whole_numbers(sink_capacity, "sink_capacity", low=0, high=UNBOUNDED))
    faults = [
        Fault(name, f"has shape {array.shape}", "Give a list of nodes, in one dimension.")
        for name, array in (("sources", source), ("sinks", sink))
        if array.ndim != 1
    ]
    if faults:
        raise InputError(faults)
    _fits(network, last, len(source) + len(sink))
    first = np.atleast_1d(
        np.zeros(len(source), np.int64)
        if release is None
        else whole_numbers(release, "release", low=0, high=UNBOUNDED)
    )
    if len(sink) == 0:
        faults.append(Fault("sinks", "holds no crossing", "Name at least one."))
    for name, array in (("supply", people), ("release", first)):
        if array.shape != source.shape:
            faults.append(
                Fault(name, f"has shape {array.shape}, sources has {source.shape}",
                      "Give one number per source.")
            )  # fmt: skip
    if room.shape not in {sink.shape, (len(sink), last + 1)}:
        faults.append(
            Fault("sink_capacity", f"has shape {room.shape}",
                  f"Give ({len(sink)},) or ({len(sink)}, {last + 1}).")
        )  # fmt: skip
    if int(people.sum()) > UNBOUNDED:
        faults.append(
            Fault("supply", f"holds {int(people.sum()):,} people in all",
                  f"At most {UNBOUNDED:,} can be counted.")
        )  # fmt: skip
    if faults:
        raise InputError(faults)
    return Question(
        source.astype(np.int32), people.copy(), sink.astype(np.int32),
        np.ascontiguousarray(room.reshape(len(sink), -1), np.int32), last,
        np.minimum(first, last + 1).astype(np.int32),
    )  # fmt: skip


def seconds(budget_s: object) -> float | None:
    """Take a time budget: seconds above 0, or none.

    Raises
    ------
    InputError
        If it is no number above 0.

    """
    if budget_s is None:
        return None
    if isinstance(budget_s, int | float | np.integer | np.floating) and budget_s > 0:
        return float(budget_s) if budget_s < _FOR_EVER_S else None
    raise InputError.one(
        "budget_s", f"is no time to work in ({budget_s})", "Give seconds above 0, or None."
    )
