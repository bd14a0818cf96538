"""Make street grids to measure on: jittered, with gaps, arterials, zones and crossings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["Instance", "street_grid"]

WALKING_M_PER_MIN = 66.0  # 1.1 m/s


@dataclass(frozen=True)
class Instance:
    """Hold one question for the flow engine."""

    n_nodes: int
    tail: np.ndarray
    head: np.ndarray
    transit: np.ndarray
    capacity: np.ndarray
    sources: np.ndarray
    supply: np.ndarray
    sinks: np.ndarray
    sink_capacity: np.ndarray


def street_grid(
    nodes: int,
    crossing_per_min: int,
    *,
    seed: int = 1,
    people: int = 275_000,
    n_zones: int = 300,
    n_crossings: int = 6,
    missing: float = 0.18,
) -> Instance:
    """Make a jittered street grid with ``people`` in zones of Pareto weight."""
    rng = np.random.default_rng(seed)
    side = round(nodes**0.5)
    n = side * side
    x, y = np.meshgrid(np.arange(side), np.arange(side))
    east = (x + rng.uniform(-0.25, 0.25, x.shape)).ravel() * 90.0
    north = (y + rng.uniform(-0.25, 0.25, y.shape)).ravel() * 90.0
    index = np.arange(n).reshape(side, side)
    a = np.concatenate([index[:, :-1].ravel(), index[:-1].ravel()])
    b = np.concatenate([index[:, 1:].ravel(), index[1:].ravel()])
    arterial = np.concatenate([(y[:, :-1] % 10 == 0).ravel(), (x[:-1] % 10 == 0).ravel()])
    keep = arterial | (rng.random(len(a)) >= missing)
    a, b, arterial = a[keep], b[keep], arterial[keep]
    length = np.hypot(east[a] - east[b], north[a] - north[b])
    transit = np.maximum(1, np.round(length / WALKING_M_PER_MIN)).astype(int)
    capacity = np.where(arterial, 240, 60)
    rim = np.concatenate([index[0], index[:, -1], index[-1, ::-1], index[::-1, 0]])
    sinks = rim[(np.arange(n_crossings) * len(rim)) // n_crossings]
    sources = rng.choice(n, min(n_zones, n // 4), replace=False)
    weight = rng.pareto(1.5, len(sources)) + 0.2
    supply = np.floor(people * weight / weight.sum()).astype(int)
    supply[0] += people - supply.sum()
    return Instance(
        n,
        np.concatenate([a, b]),
        np.concatenate([b, a]),
        np.tile(transit, 2),
        np.tile(capacity, 2),
        sources,
        supply,
        sinks,
        np.full(len(sinks), crossing_per_min),
    )
