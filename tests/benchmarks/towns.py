"""Small instances for tests of the benchmarks."""

import numpy as np
from instances import Instance


def town(n_nodes, arcs, sources, sinks):
    """Make an instance of (tail, head, transit, capacity), (node, people), (node, rate)."""
    return Instance(
        n_nodes,
        *np.array(arcs, int).reshape(-1, 4).T.copy(),
        *np.array(sources, int).reshape(-1, 2).T.copy(),
        *np.array(sinks, int).reshape(-1, 2).T.copy(),
    )


def random_town(seed, *, most_steps=12):
    """Make a small random instance, with parallel arcs, loops and arcs without time."""
    rng = np.random.default_rng(seed)
    n, arcs = rng.integers(3, 9), rng.integers(3, 22)
    ends = rng.integers(0, n, (2, arcs))
    grid = town(
        n,
        np.array([*ends, rng.integers(0, 4, arcs), rng.integers(0, 5, arcs)]).T,
        [(rng.integers(0, n), rng.integers(0, 25)) for _ in range(rng.integers(1, 4))],
        [(node, rng.integers(0, 6)) for node in rng.permutation(n)[: rng.integers(1, 3)]],
    )
    return grid, int(rng.integers(0, most_steps))
