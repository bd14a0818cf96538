"""Small networks to simulate on, with every array that the kernel takes."""

from __future__ import annotations

import numpy as np

from safepassage.forecast.kernel_simulate import UNITS
from safepassage.forecast.world import lay_net

ENDLESS = 10**15
MANY = 10**9


def still(array):
    out = np.ascontiguousarray(array)
    out.setflags(write=False)
    return out


class Net:
    """Hold one network of one group; crossings lie at ``ends``, people live at ``homes``."""

    def __init__(
        self, nodes, arcs, ends, *, homes=(0,), serves=MANY, minutes=60, room=None, cap=None,
        receives=None, routes=(), **options,
    ):  # fmt: skip
        """Take arcs as (tail, head, minutes, people a minute)."""
        tail, head, transit, rate = (np.array(x, np.int64) for x in zip(*arcs, strict=True))
        units = lambda x: np.minimum(np.array(x, np.int64) * UNITS, ENDLESS)  # noqa: E731
        m = len(arcs)
        self.minutes, self.tail, self.head, self.times = minutes, tail, head, transit
        groups = options.pop("groups", 1)
        self.net = lay_net(
            nodes, head, np.array(homes, np.int64), cap=units(rate if cap is None else cap),
            room=np.full(m, ENDLESS) if room is None else units(room), groups=groups,
            minutes=minutes, **options,
        )  # fmt: skip
        thousand = still(np.full((groups, m), UNITS))
        self.pace = (still(np.tile(transit, (groups, 1))), thousand, thousand)
        onward, away = self._trees(nodes, ends)
        flat = [arc for route in routes for arc in route]
        self.ways = (
            still(np.tile(np.array(ends), (groups, 1))), still(np.stack([onward] * groups)),
            still(np.stack([away] * groups)),
            still(np.cumsum([0, *map(len, routes)])), still(np.array(flat, np.int64)),
        )  # fmt: skip
        serves = np.array(serves)
        table = np.broadcast_to(serves.reshape(-1, 1) if serves.ndim < 2 else serves,
                                (len(ends), minutes))  # fmt: skip
        whole = np.full(len(ends), MANY) if receives is None else np.array(receives)
        self.gates = (still(np.minimum(table * UNITS, ENDLESS).astype(np.int64)), still(whole))

    def _trees(self, nodes, ends):
        onward = np.full((len(ends), nodes), -1, np.int64)
        away = np.full((len(ends), nodes), np.inf)
        for e, end in enumerate(ends):
            away[e, end] = 0
            for _ in range(nodes):
                for a in range(len(self.tail)):
                    there = away[e, self.head[a]] + self.times[a] + 1e-6
                    if there < away[e, self.tail[a]] - 1e-9:
                        away[e, self.tail[a]], onward[e, self.tail[a]] = there, a
        return onward, away

    def run(self, households, *, by=None, collapse=-1, closures=(), minutes=None):
        """Simulate households given as dictionaries; with the kernel, or another."""
        from safepassage.forecast.kernel_simulate import run

        usual = {"size": 1, "kind": 0, "group": 0, "zone": 0, "route": -1, "gate": 0,
                 "depart": 0, "delay": 0, "turning": 0}  # fmt: skip
        rows = sorted((usual | each for each in households), key=lambda row: row["depart"])
        who = tuple(np.array([row[name] for row in rows], np.int64) for name in usual)
        shut = np.ascontiguousarray(np.array(closures, np.int64).reshape(-1, 3).T)
        events = (collapse, *shut)
        return (by or run)(
            self.net, self.pace, self.ways, self.gates, who, events, minutes or self.minutes
        )
