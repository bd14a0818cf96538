"""Households that move through a network with queues, one object each: the kernel's slow twin."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

BACK, ON = 0, 1
UNITS = 1000


@dataclass(eq=False)
class Household:
    size: int
    kind: int
    group: int
    zone: int
    route: list | None
    gate: int
    depart: int
    delay: int
    turning: int
    where: str = "home"
    at: int = -1
    entered: int = 0
    walked: int = 0
    done: int = 0
    stands: bool = False


class Simulation:
    def __init__(self, net, pace, ways, gates, who, events):
        self.head, self.served, base, into, self.road, self.cap = (x.tolist() for x in net[:6])
        self.room, self.turn, self.shut_row, self.shut = (x.tolist() for x in net[6:10])
        self.seat_row, self.seats = (x.tolist() for x in net[10:])
        self.transit, self.use, self.fill = (x.tolist() for x in pace)
        self.end, self.onward, self.away = (x.tolist() for x in ways[:3])
        self.serves, self.receives = (x.tolist() for x in gates)
        self.collapse, closures = events[0], [x.tolist() for x in events[1:]]
        self.closures = list(zip(*closures, strict=True))
        first, arcs = ways[3].tolist(), ways[4].tolist()
        routes = [arcs[a:b] for a, b in pairwise(first)]
        self.people = [
            Household(size, kind, group, zone, list(routes[route]) if route >= 0 else None, *rest)
            for size, kind, group, zone, route, *rest in zip(
                *(x.tolist() for x in who), strict=True
            )
        ]
        self.into = [into[a:b] for a, b in pairwise(base)]
        self.line = [[] for _ in self.head]
        self.had, self.by_now = [0.0] * len(self.head), [0.0] * len(self.into)
        self.out_left, self.in_left = [0] * len(self.road), [0] * len(self.road)
        self.on_it = [0] * len(self.road)
        self.may, self.closed = [0] * len(self.receives), [None] * len(self.receives)
        self.passed = [0] * len(self.receives)
        self.coming = {}
        self.getting_home = {}
        self.work, self.again = deque(), []
        self.back = 0
        self.caught = [0, 0]

    def knows(self, h, since, k):
        return since is not None and since + h.delay <= k

    def knows_collapse(self, h, k):
        return self.collapse >= 0 and self.knows(h, self.collapse, k)

    def visit(self, node):
        if node not in self.work:
            self.work.append(node)

    def stand(self, h, q):
        node = self.served[q]
        if not self.line[q]:
            self.had[q] = max(self.had[q], self.by_now[node])
        self.line[q].append(h)
        h.stands = h.where == "road"
        self.visit(node)

    def minute(self, k):
        self.begin(k)
        for h in self.people:
            if h.where == "road" and 0 <= self.collapse == k - h.delay:
                self.learn(h, k)
        for line in self.line:
            line[:] = [h for h in line if h.where == "road" or not self.knows_collapse(h, k)]
        self.back += self.getting_home.pop(k, 0)
        for h in self.coming.pop(k, []):
            if h.where == "road":
                self.stand(h, h.at)
        for h in self.people:
            if h.where == "home" and h.at < 0 and h.depart <= k and not self.knows_collapse(h, k):
                h.at = len(self.road) + h.zone
                self.stand(h, h.at)
        while self.work:
            node = self.work.popleft()
            self.serve(node, k)
            if any(self.line[q] for q in self.into[node]) and node not in self.again:
                self.again.append(node)

    def begin(self, k):
        for e, serves in enumerate(self.serves):
            shut = any(e == g and first <= k < last for g, first, last in self.closures)
            self.closed[e] = (k if self.closed[e] is None else self.closed[e]) if shut else None
            self.may[e] = min(self.may[e], 0) + (0 if shut else serves[k])
        for a, cap in enumerate(self.cap):
            self.out_left[a] = min(self.out_left[a], 0) + cap
            self.in_left[a] = min(self.in_left[a], 0) + cap
        self.seats_left = [row[k] for row in self.seats]
        self.work, self.again = deque(self.again), []
        if k == self.collapse:
            self.caught[0] = self.count("road")

    def learn(self, h, k):
        if h.turning == ON:
            return
        whole = self.transit[h.kind][h.at]
        here = min(k - h.entered, whole)
        if h.turning != BACK:
            node = self.head[h.at]
            e = self.nearest(h, node, k)
            ahead = self.away[h.group][e][node] if e >= 0 else math.inf
            if whole - here + ahead <= h.walked + here:
                h.gate, h.route = e, None
                return
        h.where = "back"
        self.on_it[self.road[h.at]] -= self.fill[h.group][h.at] * h.size
        if h in self.line[h.at]:
            self.line[h.at].remove(h)
        home = k + h.walked + here
        self.getting_home[home] = self.getting_home.get(home, 0) + h.size

    def nearest(self, h, node, k):
        best = -1
        for e, closed in enumerate(self.closed):
            away = self.away[h.group][e][node]
            if self.knows(h, closed, k) or away == math.inf:
                continue
            if best < 0 or away < self.away[h.group][best][node]:
                best = e
        return best

    def serve(self, node, k):
        stuck = set()
        while True:
            waiting = [q for q in self.into[node] if self.line[q] and q not in stuck]
            if not waiting:
                return
            q = min(waiting, key=lambda q: self.had[q])
            h = self.line[q][0]
            to = self.following(h, self.head[q], k)
            if not self.lets(h, q, to, k):
                stuck.add(q)
                continue
            self.line[q].pop(0)
            self.by_now[node] = self.had[q]
            self.had[q] += h.size * self.turn[q]
            self.go(h, q, to, k)

    def following(self, h, node, k):
        if self.knows(h, self.closed[h.gate], k):
            other = self.nearest(h, node, k)
            if other >= 0:
                h.gate, h.route = other, None
        if node == self.end[h.group][h.gate]:
            return "pass"
        if h.route is not None and h.done < len(h.route):
            return h.route[h.done]
        arc = self.onward[h.group][h.gate][node]
        return arc if arc >= 0 else "stay"

    def lets(self, h, q, to, k):
        if to == "stay" or (q < len(self.road) and self.out_left[q] <= 0):
            return False
        if to == "pass":
            return self.may[h.gate] > 0 and self.receives[h.gate] >= h.size
        row, seat, road = self.shut_row[h.group][to], self.seat_row[to], self.road[to]
        if row >= 0 and self.shut[row][k]:
            return False
        enters = self.seats_left[seat] >= h.size if seat >= 0 else self.in_left[road] > 0
        more = self.fill[h.group][to] * h.size
        return enters and (self.on_it[road] == 0 or self.on_it[road] + more <= self.room[road])

    def go(self, h, q, to, k):
        if q < len(self.road):
            self.out_left[q] -= self.use[h.group][q] * h.size
            self.on_it[self.road[q]] -= self.fill[h.group][q] * h.size
            h.walked += self.transit[h.kind][q]
        elif self.collapse >= 0 and k >= self.collapse:
            self.caught[1] += h.size
        h.where, h.stands = "road", False
        if to == "pass":
            h.where = "out"
            self.may[h.gate] -= h.size * UNITS
            self.receives[h.gate] -= h.size
            self.passed[h.gate] += h.size
            return
        if self.seat_row[to] >= 0:
            self.seats_left[self.seat_row[to]] -= h.size
        else:
            self.in_left[self.road[to]] -= self.use[h.group][to] * h.size
        self.on_it[self.road[to]] += self.fill[h.group][to] * h.size
        h.at, h.entered = to, k
        h.done += 1
        until = k + self.transit[h.kind][to]
        if until == k:
            self.stand(h, to)
        else:
            self.coming.setdefault(until, []).append(h)

    def count(self, where):
        """Count people; who walks home is on the road until there."""
        people = sum(h.size for h in self.people if h.where == where)
        if where == "road":
            people += sum(h.size for h in self.people if h.where == "back") - self.back
        return people


def run(net, pace, ways, gates, who, events, minutes):
    """Answer as the kernel does."""
    made = Simulation(net, pace, ways, gates, who, events)
    rows, passed, queued = [], [], []
    for k in range(minutes):
        made.minute(k)
        rows.append((made.count("out"), made.count("road"), made.back))
        passed.append(list(made.passed))
        queued.append([
            sum(h.size for h in made.people if h.where == "road" and h.stands and h.gate == e)
            for e in range(len(made.receives))
        ])  # fmt: skip
    names = ["home", "road", "out", "back"]
    return (
        np.array(rows).T, np.array(passed).T, np.array(queued).T, np.array(made.caught),
        np.array([names.index(h.where) for h in made.people]),
    )  # fmt: skip
