"""Work a situation's counts out anew from all events, slowly and plainly.

Nothing is kept from one event to the next, every minute is gone through by itself, and people
are fractions. The rule is the one of docs/situation.md, written a second time.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

RANK = {"alleged": 0, "reported": 1, "observed": 2, "verified": 3}
CARE = {"open": 0, "restricted": 1, "unknown": 2, "closed": 3}
ENDS = ("low", "best", "high")


def standing(events):
    """Give the events that count, and how many corrections stand."""
    corrections = [e for e in events if e["kind"] == "correction"]
    ids = {e["id"] for e in events} | {c["corrects"] for c in corrections}
    ids |= {c["instead"] for c in corrections if c.get("instead")}
    against = {i: [c["id"] for c in corrections if c["corrects"] == i] for i in ids}
    named = {i: [c["id"] for c in corrections if c.get("instead") == i] for i in ids}
    verdict = dict.fromkeys(ids)
    changed = True
    while changed:
        changed = False
        for i in ids:
            if verdict[i] is not None:
                continue
            a, n = [verdict[c] for c in against[i]], [verdict[c] for c in named[i]]
            if True in a or (n and all(v is False for v in n)):
                verdict[i] = False
            elif all(v is False for v in a) and (not n or True in n):
                verdict[i] = True
            changed |= verdict[i] is not None
    own = {c["id"] for c in corrections}

    def counts(i):
        if verdict[i] is None:  # part of a circle, or touched by one
            return i in own or not named[i]
        return verdict[i]

    return [e for e in events if counts(e["id"])], sum(verdict[c] is True for c in own)


def key(event):
    return event["happened"], event["known"], event["id"]


def by_counter(passages):
    found = defaultdict(list)
    for e in passages:
        found[e["source"], e["means"], e["status"], e["counted"]].append(e)
    return found


def by_minute(start, end):
    """Give each minute between two seconds, and how many seconds of it lie there."""
    for minute in range(start // 60, (end + 59) // 60):
        inside = min(end, 60 * minute + 60) - max(start, 60 * minute)
        if inside > 0:
            yield minute, inside


def minutes_over(events):
    """Give minute → people (low, best, high) and seconds counted."""
    people, seconds = defaultdict(lambda: [Fraction(0)] * 3), defaultdict(int)
    for e in events:
        start, end = e.get("since_s", e["happened"]), e["happened"]
        if start >= end:
            start = end - 60
        for minute, inside in by_minute(start, end):
            seconds[minute] += inside
            people[minute] = [p + Fraction(inside * e["people"][end_], end - start)
                              for p, end_ in zip(people[minute], ENDS, strict=True)]  # fmt: skip
    for minute, count in seconds.items():
        if count > 60:
            low, best, high = people[minute]
            people[minute] = [low * 60 / count, best * 60 / count, high]
            seconds[minute] = 60
    return people, seconds


def minutes_in_all(events, first_told):
    series = defaultdict(dict)
    for e in events:
        begin = e["since_s"] if "since_s" in e else first_told(e["happened"])
        minute = e["happened"] // 60
        old = series[begin, "since_s" in e].get(minute)
        if old is None or key(old) < key(e):
            series[begin, "since_s" in e][minute] = e
    merged = defaultdict(dict)
    for (begin, _), cells in series.items():
        for e in cells.values():
            at = e["happened"]
            mine = merged[begin if begin < at else at - 60]
            if at not in mine or key(mine[at]) < key(e):
                mine[at] = e
    people, seconds = defaultdict(lambda: [Fraction(0)] * 3), defaultdict(int)
    begins = sorted(merged)
    for begin in begins:
        later = [b for b in begins if b > begin]
        cut = min(later, default=10**9)
        times = sorted(merged[begin])
        told = [[merged[begin][t]["people"][end] for end in ENDS] for t in times]
        risen = [[min(row[i] for row in told[n:]) for i in (0, 1)] for n in range(len(told))]
        high, highs = 0, []
        for n, row in enumerate(told):
            before = told[n - 1][2] if n else 0
            high += row[2] - before if row[2] >= before else row[2]
            highs.append(high)
        start, was = begin, [0, 0, 0]
        for at, (low, best), top in zip(times, risen, highs, strict=True):
            now = [low, best, top]
            for minute, inside in by_minute(start, min(at, cut)):
                seconds[minute] += inside
                people[minute] = [
                    p + Fraction(inside * (b - a), at - start)
                    for p, a, b in zip(people[minute], was, now, strict=True)
                ]
            start, was = at, now
    return people, seconds


def beginnings(counters):
    for (*_, counted), events in counters.items():
        if counted == "in all":
            yield from (e["since_s"] for e in events if "since_s" in e)
            continue
        seconds = minutes_over(events)[1]
        yield from (60 * m for m in seconds if m - 1 not in seconds)


def corridor(passages, hours):
    """Give each counter's people, and low, best, high of each hour (None: nobody counted)."""
    counters = by_counter(passages)
    told = sorted(beginnings(counters))

    def first_told(happened):
        later = [t for t in told if t >= 0]
        return later[0] if later and later[0] < happened else 0

    laid = {
        name: minutes_over(events) if name[3] == "over" else minutes_in_all(events, first_told)
        for name, events in counters.items()
    }
    total = {name: sum(seconds.values()) for name, (_, seconds) in laid.items()}
    rows = []
    for begin, until in hours:
        span = range(begin, until)
        there = {n: sum(laid[n][1].get(m, 0) for m in span) for n in laid}
        order = sorted(
            (n for n in laid if there[n]),
            key=lambda n: (-RANK[n[2]], -there[n], n[3] == "in all", -total[n], n),
        )
        rows.append(hour(laid, order, span) if order else None)
    sums = {n: [sum(p[i] for p in people.values()) for i in range(3)]
            for n, (people, _) in laid.items()}  # fmt: skip
    return sums, rows


def hour(laid, order, span):
    best, covered = {}, {}
    for m in span:
        left, people = 60, [Fraction(0)] * 3
        for name in order:
            seconds = laid[name][1].get(m, 0)
            takes = min(seconds, left)
            if takes:
                people = [p + c * Fraction(takes, seconds)
                          for p, c in zip(people, laid[name][0][m], strict=True)]  # fmt: skip
                left -= takes
        best[m], covered[m] = people, 60 - left
    figures = [[sum(best[m][i] for m in span) for i in range(3)]]
    weighed = [n for n in order if n[2] != "alleged"] or order
    for name in weighed:
        people, seconds = laid[name]
        figures.append([
            sum(
                (people[m][i] if m in seconds else 0)
                + (best[m][i] * Fraction(covered[m] - seconds.get(m, 0), covered[m])
                   if covered[m] else 0)
                for m in span
            )
            for i in range(3)
        ])  # fmt: skip
    mid = figures[0][1]
    return min(mid, *(f[0] for f in figures)), mid, max(mid, *(f[2] for f in figures))


def state(statuses, at):
    """Give the state that stands, and who disputes it."""
    last = {}
    for e in sorted(statuses, key=key):
        last[e["source"]] = e
    words = list(last.values())
    if not words:
        return "unknown", set()
    pool = [e for e in words if e["status"] != "alleged"]
    if not any(at - e["known"] <= 1800 for e in pool):
        pool = words
    chosen = max(pool, key=lambda e: (e["happened"], e["known"], RANK[e["status"]],
                                      CARE[e["state"]], e["id"]))  # fmt: skip
    return chosen["state"], {e["source"] for e in words if e["state"] != chosen["state"]}


def stages(movements):
    found = {}
    for stage in {e["stage"] for e in movements}:
        mine = [e for e in movements if e["stage"] == stage]
        sources = sorted({e["source"] for e in mine})
        sums = {s: [sum(e["people"][end] for e in mine if e["source"] == s) for end in ENDS]
                for s in sources}  # fmt: skip
        surest = {s: min(RANK[e["status"]] for e in mine if e["source"] == s) for s in sources}
        best = sums[max(sources, key=lambda s: (surest[s], sums[s][1], s))][1]
        low = min(best, max(each[0] for each in sums.values()))
        found[stage] = {"low": low, "best": best, "high": sum(e[2] for e in sums.values())}
    return found
