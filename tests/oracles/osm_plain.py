"""Read, measure and simplify streets the slow way: plain Python, dictionaries, one by one.

Shares no code with the product: lists of classes and values are written out anew.
"""

import heapq
import math
from collections import Counter, defaultdict
from itertools import pairwise

import osmium

RADIUS_M = 6_371_008.8


def _words(text):
    return set(text.split())


FOOT = _words(
    """trunk trunk_link primary primary_link secondary secondary_link tertiary tertiary_link
    unclassified residential living_street service road track pedestrian footway path trail
    cycleway bridleway steps"""
)
CAR = _words(
    """motorway motorway_link trunk trunk_link primary primary_link secondary secondary_link
    tertiary tertiary_link unclassified residential living_street service road"""
)
EITHER = FOOT | CAR | {"busway"}
NO_CARS_EVER = {"steps", "busway"}
YES = _words("yes designated permissive destination official public")
NO = _words(
    """no private customers delivery agricultural forestry military permit residents employees
    staff emergency use_sidepath restricted"""
)
CARS_PASS = _words(
    """no gate lift_gate swing_gate toll_booth border_control checkpoint cattle_grid entrance
    sally_port height_restrictor kerb kerb_ramp"""
)


def metres(a, b):
    """Measure by the haversine formula; a and b are (lat, lon) in degrees."""
    la, lo, lb, mo = map(math.radians, (*a, *b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((mo - lo) / 2) ** 2
    return 2 * RADIUS_M * math.asin(math.sqrt(h))


def says(tags, keys):
    """Tell what the first telling key says: True, False or None."""
    for key in keys:
        if tags.get(key) in YES | NO:
            return tags[key] in YES
    return None


def allowed(tags, mode):
    """Tell (along, against) for a way's tags."""
    highway = tags.get("highway")
    if highway not in EITHER or tags.get("area") == "yes" or tags.get("impassable") == "yes":
        return False, False
    if mode == "walk":
        keys, usual = ["foot"], highway in FOOT and tags.get("motorroad") != "yes"
        oneway, implied = tags.get("oneway:foot"), False
    else:
        keys, usual = ["motorcar", "motor_vehicle", "vehicle"], highway in CAR
        oneway = tags.get("oneway")
        implied = tags.get("junction") in ("roundabout", "circular") or highway == "motorway"
    answer = says(tags, keys)
    if answer is None:
        answer = usual and tags.get("access") not in NO
    if not answer or (mode == "vehicle" and highway in NO_CARS_EVER) or oneway == "reversible":
        return False, False
    back = oneway in ("-1", "reverse")
    ahead = oneway in ("yes", "true", "1") or (implied and oneway not in ("no", "false", "0"))
    return not back, back or not ahead


def shut(tags, mode):
    """Tell whether a barrier node stops the mode."""
    answer = says(tags, ["foot"] if mode == "walk" else ["motorcar", "motor_vehicle", "vehicle"])
    if answer is not None:
        return not answer
    if tags.get("access") in NO or tags.get("locked") == "yes":
        return True
    return mode == "vehicle" and tags["barrier"] not in CARS_PASS


class Plain:
    """Hold the segments of a file: (a, b) → [length, may go a→b, may go b→a, class]."""

    def __init__(self, path, mode):
        self.where, self.segments, barriers, ways = {}, {}, set(), []
        for item in osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY):
            tags = dict(item.tags)
            if item.is_node():
                self.where[item.id] = (item.lat, item.lon)
                if "barrier" in tags and shut(tags, mode):
                    barriers.add(item.id)
            elif "highway" in tags and any(allowed(tags, mode)):
                ways.append((tags, [node.ref for node in item.nodes]))
        pieces = [
            (tags, a, b)
            for tags, refs in ways
            for a, b in pairwise(refs)
            if a in self.where and b in self.where and a != b
        ]
        visits = Counter(point for _, a, b in pieces for point in (a, b))
        parted = {point for point in barriers if visits[point] > 1}
        for number, (tags, a, b) in enumerate(pieces):
            length = metres(self.where[a], self.where[b])
            ends = [("barrier", p, number) if p in parted else p for p in (a, b)]
            self._add(*ends, length, *allowed(tags, mode), tags["highway"])

    def _add(self, a, b, length, along, against, highway):
        if (b, a) in self.segments:
            a, b, along, against = b, a, against, along
        if (a, b) in self.segments:
            old = self.segments[a, b]
            old[1], old[2] = old[1] or along, old[2] or against
        else:
            self.segments[a, b] = [length, along, against, highway]

    def neighbours(self):
        """Give the directed graph: point → [(point, length)]."""
        graph = defaultdict(list)
        for (a, b), (length, along, against, _) in self.segments.items():
            if along:
                graph[a].append((b, length))
            if against:
                graph[b].append((a, length))
        return graph

    def keep_largest_part(self, mode):
        """Keep the part with the most length: weak on foot, strong for vehicles."""
        label = self._weak() if mode == "walk" else self._strong()
        total = defaultdict(float)
        for (a, b), (length, *_) in self.segments.items():
            if label[a] == label[b]:
                total[label[a]] += length
        best = max(total, key=total.get)
        self.segments = {
            pair: what
            for pair, what in self.segments.items()
            if label[pair[0]] == label[pair[1]] == best
        }

    def _weak(self):
        both = defaultdict(list)
        for a, b in self.segments:
            both[a].append(b)
            both[b].append(a)
        return _flood(both, list(both))

    def _strong(self):
        ahead, back = defaultdict(list), defaultdict(list)
        points = set()
        for (a, b), (_, along, against, _) in self.segments.items():
            points |= {a, b}
            for one, other, yes in ((a, b, along), (b, a, against)):
                if yes:
                    ahead[one].append(other)
                    back[other].append(one)
        finished, seen = [], set()
        for root in points:
            stack = [(root, iter(ahead[root]))] if root not in seen else []
            seen.add(root)
            while stack:
                point, rest = stack[-1]
                for other in rest:
                    if other not in seen:
                        seen.add(other)
                        stack.append((other, iter(ahead[other])))
                        break
                else:
                    finished.append(point)
                    stack.pop()
        return _flood(back, finished[::-1])

    def streets(self):
        """Walk from junction to junction: set of (points of a street, its open directions).

        Loops are taken away until there are none.
        """
        while True:
            found = [s for s in self._walks() if s[0] != s[-1]]
            kept = {pair for s in found for pair in pairwise(s)}
            rest = {p: w for p, w in self.segments.items() if p in kept or p[::-1] in kept}
            if len(rest) == len(self.segments):
                return found
            self.segments = rest

    def _walks(self):
        at = defaultdict(list)
        for a, b in self.segments:
            at[a].append(b)
            at[b].append(a)

        def junction(point):
            if len(at[point]) != 2:
                return True
            one, other = at[point]
            in_one, out_one, kind = self._open(one, point)
            in_other, out_other, other_kind = self._open(other, point)
            return kind != other_kind or in_one != out_other or in_other != out_one

        for start in at:
            if not junction(start):
                continue
            for first in at[start]:
                line = [start, first]
                while not junction(line[-1]):
                    line.append(next(p for p in at[line[-1]] if p != line[-2]))
                if self._open(line[0], line[1])[0]:
                    yield tuple(line)

    def _open(self, a, b):
        """Tell (may go a→b, may go b→a, class)."""
        if (a, b) in self.segments:
            _, along, against, kind = self.segments[a, b]
        else:
            _, against, along, kind = self.segments[b, a]
        return along, against, kind

    def length(self, line):
        """Measure along points."""
        return sum(
            self.segments[pair if pair in self.segments else pair[::-1]][0]
            for pair in pairwise(line)
        )

    def distances(self, start):
        """Measure the shortest ways from a point to all others (Dijkstra)."""
        graph, best, queue = self.neighbours(), {start: 0.0}, [(0.0, str(start), start)]
        while queue:
            so_far, _, point = heapq.heappop(queue)
            if so_far > best[point]:
                continue
            for other, length in graph[point]:
                if so_far + length < best.get(other, math.inf):
                    best[other] = so_far + length
                    heapq.heappush(queue, (so_far + length, str(other), other))
        return best


def _flood(graph, order):
    label = {}
    for root in order:
        if root in label:
            continue
        label[root], stack = root, [root]
        while stack:
            for other in graph[stack.pop()]:
                if other not in label:
                    label[other] = root
                    stack.append(other)
    return label


def osm_id(point):
    """Give the OpenStreetMap node of a point; barriers are parted into several points."""
    return point[1] if isinstance(point, tuple) else point
