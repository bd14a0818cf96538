"""A made-up small day on the corridors of the Aleppo case, for tests; nothing of it happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from safepassage.ledger.chain import Entry, Head, canonical
from safepassage.ledger.events import event_of, payload_of
from safepassage.ledger.store import Recorded

DAY = datetime(2016, 11, 4, tzinfo=UTC)
HEAD = Head(
    ledger="11111111-1111-4111-8111-111111111111", made_at="2016-11-04T05:00:00Z", exercise=True
)


def local(clock: str) -> datetime:
    """Give a time of that day in Aleppo, two hours ahead of UTC."""
    hours, minutes = clock.split(":")
    return DAY + timedelta(hours=int(hours) - 2, minutes=float(minutes))


def uid(number: int) -> str:
    return str(UUID(int=number, version=4))


def event(number: int, kind: str, happened: str, *, known: str | None = None, **more: object):
    """Make an event, known a minute after it happened where not told otherwise."""
    at = local(happened)
    said = {
        "id": uid(number), "kind": kind, "happened_at": at.isoformat(),
        "known_at": (local(known) if known else at + timedelta(minutes=1)).isoformat(),
        "source": "gate-team", "means": "radio", "status": "observed", **more,
    }  # fmt: skip
    return event_of({key: value for key, value in said.items() if value is not None})


def entries_of(pairs, head: Head = HEAD) -> tuple[Entry, ...]:
    """Chain (received, event) pairs in their order."""
    rows, previous = [], head.hash
    for number, (received, each) in enumerate(pairs, start=1):
        text = received.isoformat(timespec="microseconds").replace("+00:00", "Z")
        payload = canonical(payload_of(each))
        row = Entry.made(number, str(each.id), text, payload, bytes(32), previous)
        rows.append(row)
        previous = row.hash
    return tuple(rows)


def record(pairs, head: Head = HEAD) -> Recorded:
    return Recorded(head, "small day", entries_of(pairs, head))


def received(events, late=timedelta(minutes=1)):
    """Pair events with when they were received: soon after they were known."""
    return sorted(((each.known_at + late, each) for each in events), key=lambda pair: pair[0])


def over(number, corridor, start, end, people, source, **more):
    return event(
        number, "passage", end, corridor=corridor, counted="over",
        since=local(start).isoformat(), people=people, source=source,
        **{"means": "eyewitness count", "carrying": "unarmed", **more},
    )  # fmt: skip


def in_all(number, corridor, at, people, source, **more):
    return event(
        number, "passage", at, corridor=corridor, counted="in all", people=people, source=source,
        **{"means": "tally sheet", **more},
    )  # fmt: skip


QUARTERS = [f"{h:02}:{m:02}" for h in range(10, 19) for m in (0, 15, 30, 45)]
BUSTAN = [0, 18, 41, 60, 77, 83, 90, 84, 79, 86, 92, 88, 30]
SALAH = [0, 9, 22, 35, 37, 41, 36, 39, 44, 47, 42, 45, 40]
SHEIKH = [0, 4, 9, 16, 13, 0, 0, 0, 0, 0, 0, 0, 0]


def counts():
    """Give quarter-hourly counts on three corridors, and what others count there."""
    number = 100
    for corridor, people in (
        ("bustan-al-qasr", BUSTAN), ("salah-al-din", SALAH), ("sheikh-saeed", SHEIKH),
    ):  # fmt: skip
        for start, end, best in zip(QUARTERS, QUARTERS[1:], people, strict=False):
            number += 1
            if best:
                few = {"low": best - best // 10, "best": best, "high": best + best // 8}
                yield over(number, corridor, start, end, few, f"{corridor[:6].strip('-')}-gate")
    total = 0
    for number, (at, people) in enumerate(zip(QUARTERS[4:13:4], (121, 455, 795), strict=True), 200):
        total = people
        yield in_all(number, "bustan-al-qasr", at, total, "reception")
    for number, (at, people) in enumerate(zip(QUARTERS[4:13:4], (70, 260, 560), strict=True), 210):
        yield in_all(number, "salah-al-din", at, people, "side-a-office", status="alleged",
                     means="announcement")  # fmt: skip
    yield over(220, "salah-al-din", "11:00", "12:00", {"low": 255, "best": 290, "high": 320},
               "monitor-2", means="camera", status="verified", known="12:40")  # fmt: skip
    yield over(221, "sheikh-saeed", "10:15", "10:30", 90, "sheikh-gate", known="10:33")
    yield over(222, "castello-road", "10:30", "11:30", 24, "monitor-1", carrying="mixed")
    yield event(230, "correction", "11:05", corrects=uid(221), source="coordinator",
                means="own action", text="A slip of the keys: ninety for nine")  # fmt: skip


def others():
    """Give statuses, incidents, words of parties and decisions."""
    n = iter(range(300, 400))
    bustan, salah, sheikh = "bustan-al-qasr", "salah-al-din", "sheikh-saeed"
    status = [
        ("08:50", bustan, "open", "bustan-gate"), ("08:55", salah, "open", "salah-gate"),
        ("09:20", sheikh, "restricted", "sheikh-gate"), ("11:20", sheikh, "closed", "sheikh-gate"),
        ("12:50", bustan, "open", "bustan-gate"), ("12:20", salah, "open", "salah-gate"),
        ("12:45", sheikh, "open", "monitor-2"), ("12:55", sheikh, "closed", "sheikh-gate"),
        ("12:40", "castello-road", "open", "monitor-1"),
    ]  # fmt: skip
    for at, corridor, state, source in status:
        yield event(next(n), "status", at, corridor=corridor, state=state, source=source)
    for corridor, result, at in (
        ("bustan-al-qasr", "passed", "09:55"), ("salah-al-din", "passed", "09:58"),
        ("sheikh-saeed", "failed", "09:50"),
    ):  # fmt: skip
        yield event(next(n), "test movement", at, corridor=corridor, result=result)
    yield event(
        next(n), "incident", "11:12", what="shelling", corridor="sheikh-saeed",
        place="al-Hadir road", times=2, status="reported", means="phone", source="monitor-2",
        injured={"low": 1, "best": 2, "high": 4},
        claims=[{"by": "Side A", "holds_responsible": "Side B"}],
        text="Two impacts beside the road; people turned back",
    )  # fmt: skip
    yield event(next(n), "incident", "12:30", what="crowding", corridor="bustan-al-qasr",
                source="bustan-gate", text="About three hundred wait before the gate")  # fmt: skip
    for stage, people, at, corridor, by in (
        ("turned back", 35, "11:30", sheikh, None), ("held", 3, "12:10", bustan, "Side A"),
        ("released", 1, "12:40", bustan, "Side A"), ("received", 430, "12:20", bustan, "SARC"),
        ("received", 190, "12:20", salah, "SARC"), ("reached", 300, "12:30", bustan, None),
    ):  # fmt: skip
        yield event(next(n), "movement", at, stage=stage, people=people, corridor=corridor, by=by,
                    source="reception" if by == "SARC" else "monitor-1")  # fmt: skip
    yield event(next(n), "contact", "11:16", party="Side A", answered=True, source="liaison-1")
    yield event(next(n), "contact", "11:18", party="Side B", answered=False, source="liaison-1")
    yield event(
        next(n), "assurance", "09:10", party="Side A", source="liaison-1",
        words="Nobody who leaves is stopped.", expires_at=local("13:15").isoformat(),
    )  # fmt: skip
    yield event(next(n), "decision", "11:21", by="coordinator", decision="stop",
                corridor="sheikh-saeed", text="Closed by the gate team after two impacts",
                source="coordinator", means="own action")  # fmt: skip
    yield event(next(n), "plan", "08:40", by="coordinator", plan_sha256="ab" * 32,
                source="coordinator", means="own action")  # fmt: skip
    yield event(next(n), "window", "12:35", by="Side A", start=local("09:00").isoformat(),
                end=local("17:30").isoformat(), source="liaison-1", means="announcement",
                status="alleged")  # fmt: skip
    yield event(next(n), "note", "12:05", text="Fog has lifted; the far gate can be seen",
                corridor="salah-al-din")  # fmt: skip
    yield event(next(n), "status", "12:41", corridor="castelo", state="open", source="monitor-9")


def small_day():
    """Give the day as pairs of when each event was received, and the event."""
    return received([*counts(), *others()])
