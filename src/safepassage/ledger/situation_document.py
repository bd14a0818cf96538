"""Write a situation as plain data, as ``situation.schema.json`` describes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from safepassage.base.provenance import Source, stamp
from safepassage.ledger.alarms import alarms_of
from safepassage.ledger.counters import carried
from safepassage.ledger.fold import LISTED
from safepassage.ledger.projection import PROJECTION_RULE
from safepassage.ledger.reconcile import RULE, STATUSES, figure_of
from safepassage.ledger.remarks import remarks_of
from safepassage.ledger.situation_view import viewed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from safepassage.ledger.expected import Expected
    from safepassage.ledger.fold import Fold
    from safepassage.ledger.reconcile import Figure, Hour, Name
    from safepassage.ledger.situation_view import CorridorView, View

__all__ = ["SCHEMA_VERSION", "STAGE_RULE", "Situation", "told"]

SCHEMA_VERSION: Final = "1.0"

STAGE_RULE: Final = (
    "People told of at each stage, each report added to its source's others. Best is the source "
    "that is surest, then tells of most; low what one source alone tells of at most; high all "
    "sources together."
)
_MINUTE = timedelta(minutes=1)
_NOTHING_STATED: dict[str, Any] = {
    "state": "unknown", "state_since": None, "state_known_at": None, "state_age_min": None,
    "state_source": None, "state_status": None, "state_by": None, "disputed": [],
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """Hold a situation as a ledger knew it at a moment.

    Attributes
    ----------
    at
        The moment, in UTC.
    expected
        What the plan or the case said.
    document
        All of it, as ``situation.schema.json`` describes it; not to be changed.

    """

    at: datetime
    expected: Expected
    document: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Give it as documents hold it."""
        return dict(self.document)

    def corridor(self, id_: str) -> Mapping[str, Any]:
        """Give one corridor's row; KeyError if there is none of that id."""
        row: Mapping[str, Any] = self.document["corridors"][self.expected.index[id_]]
        return row

    def __str__(self) -> str:
        """Tell it on one screen of plain text."""
        from safepassage.ledger.situation_words import screen  # noqa: PLC0415 - only when told

        return "\n".join(screen(self.document))


NO_FIGHTERS: dict[str, Any] = {
    "passed": None, "rule": "A corridor for armed groups: nobody on it is counted here.",
    "planned": None, "counters": [], "counted_until": None, "uncounted": None,
    "by_hour": [], "stages": {},
    "last_safe_departure": None,
    "flow_per_min": {"last_15": None, "planned": None, "until": None},
}  # fmt: skip
"""What is told of a corridor for armed groups beside its state: no numbers of fighters."""


def told(fold: Fold, at: datetime) -> Situation:
    """Tell the situation of a moment, in UTC, from what was folded."""
    view = viewed(fold, at)
    return Situation(at, fold.expected, _document(view))


def _document(view: View) -> dict[str, Any]:
    fold, expected = view.fold, view.expected
    head = fold.record.head
    corridors = [
        _corridor(view, each) | (NO_FIGHTERS if each.corridor.armed else {})
        for each in view.corridors
    ]
    civilian = [row for row in corridors if row["users"] != "armed"]
    inputs = (Source("plan.json", expected.plan_sha256),) if expected.plan_sha256 else ()
    return {
        **stamp("situation", SCHEMA_VERSION, inputs, expected.attribution),
        "exercise": head.exercise,
        "as_known_at": iso(view.at),
        "ledger": {"id": head.ledger, "sequence": fold.sequence, "hash": fold.hash},
        "case": {"id": expected.case_id, "title": expected.title, "tz": expected.tz},
        "window": _window(view),
        "people_out": added(row["passed"] for row in civilian),
        "received": added(row["stages"].get("received") for row in civilian),
        "stage_rule": STAGE_RULE,
        "corridors": corridors,
        "curve": _curve(view),
        "incidents": [_incident(each) for each in view.listed("incident")[: LISTED["incident"]]],
        "incidents_total": len(fold.lists["incident"]),
        "alarms": alarms_of(view),
        "assurances": [
            {"expires_at": None, **each, "expired": _expired(each, view.at)}
            for each in _plain(view, "assurance")
        ],
        "contacts": _plain(view, "contact"),
        "notifications": _plain(view, "notification"),
        "decisions": _plain(view, "decision"),
        "test_movements": _plain(view, "test movement"),
        "notes": _plain(view, "note"),
        "plan": _plan(view),
        "corrections": fold.standing.corrections,
        "uncounted_remarks": remarks_of(view),
    }


def iso(moment: datetime) -> str:
    """Write a moment as documents hold it: UTC, whole seconds, Z."""
    return moment.astimezone(UTC).isoformat()[:19] + "Z"


def _window(view: View) -> dict[str, Any]:
    hours, state = view.hours, view.hours.state(view.at)
    left = int((hours.end - view.at) / _MINUTE) if state in {"before", "open"} else 0
    return {
        "start": iso(hours.start), "end": iso(hours.end),
        "announced": {"start": iso(view.expected.start), "end": iso(view.expected.end)},
        "changes": [
            {
                "at": each["happened_at"], "known_at": each["known_at"], "by": each["by"],
                "source": each["source"], "status": each["status"],
                "start": iso(each["start"]), "end": iso(each["end"]),
                "corridor": each["corridor"], "event": each["id"],
            }
            for each in view.changes[-LISTED["window"] :]
        ],
        "state": state, "minutes_left": left,
    }  # fmt: skip


def _corridor(view: View, each: CorridorView) -> dict[str, Any]:
    corridor, flow = each.corridor, each.flow
    served = view.expected.planned is not None and view.expected.served[each.row]
    tests = each.tests.newest if each.tests.kept else None
    last = each.last_departure
    return {
        "id": corridor.id, "name": corridor.name, "name_ar": corridor.name_ar,
        "users": corridor.users, "located": corridor.located,
        **_state(view, each),
        "window": {"start": iso(each.hours.start), "end": iso(each.hours.end)}
        if each.own_hours else None,
        "passed": people(each.counted.total),
        "rule": RULE,
        "planned": view.expected.planned_by(each.row, view.at_min) if served else None,
        "counters": _counters(view, each),
        "counted_until": None if each.counted_until is None
        else iso(view.moment(each.counted_until)),
        "uncounted": None if each.counted_until is None
        else {"minutes": each.counted.uncounted_min, "high": each.counted.uncounted},
        "by_hour": [_hour(view, each, hour, served=served)
                    for hour in each.counted.hours[view.empty_hours :]],
        "stages": _stages(view, each.row),
        "carrying": carried(each.carrying),
        "test_movement": tests and {
            "result": tests["result"], "at": tests["happened_at"], "source": tests["source"],
            "status": tests["status"],
        },
        "last_safe_departure": None if last is None else iso(last),
        "flow_per_min": {
            "last_15": None if flow is None or flow.now is None or view.at_min - flow.until > 30
            else round(flow.now / 15, 1),
            "planned": round(flow.planned / 15, 1) if flow and served else None,
            "until": None if flow is None else iso(view.moment(flow.until)),
        },
    }  # fmt: skip


def _state(view: View, each: CorridorView) -> dict[str, Any]:
    if each.state is None:
        return dict(_NOTHING_STATED)
    word = each.state.word
    return {
        "state": word.state, "state_since": iso(word.since), "state_known_at": iso(word.known),
        "state_age_min": max(0, int((view.at - word.known) / _MINUTE)),
        "state_source": word.source, "state_status": word.status, "state_by": word.by,
        "disputed": [
            {
                "state": other.state, "source": other.source, "known_at": iso(other.known),
                "status": other.status, "event": other.event,
            }
            for other in each.state.disputed
        ],
    }  # fmt: skip


def _counter(
    view: View, each: CorridorView, name: Name, figure: Figure, first: int, until: int
) -> dict[str, Any]:
    """Write what one counter counted in some minutes."""
    begin = each.counted.first
    seen = np.flatnonzero(each.dense[name].covered[first - begin : until - begin])
    span = (first + int(seen[0]), first + int(seen[-1]) + 1) if len(seen) else None
    counter = view.fold.counters[each.row][name]
    return {
        "source": name.source, "means": name.means, "status": name.status,
        "counted": name.counted, "people": people(figure),
        "from": None if span is None else iso(view.moment(span[0])),
        "until": None if span is None else iso(view.moment(span[1])),
        "armed": carried(counter.carrying(*(span or (0, 0)))),
    }  # fmt: skip


def _counters(view: View, each: CorridorView) -> list[dict[str, Any]]:
    first = each.counted.first
    until = first + len(each.counted.covered)
    return [
        _counter(view, each, name, figure_of(dense.people.sum(axis=1)), first, until)
        for name, dense in each.dense.items()
    ]


def _hour(view: View, each: CorridorView, hour: Hour, *, served: bool) -> dict[str, Any]:
    by = [view.expected.planned_by(each.row, minute) for minute in (hour.first, hour.until)]
    return {
        "from": iso(view.moment(hour.first)), "until": iso(view.moment(hour.until)),
        "planned": by[1] - by[0] if served else None,
        "passed": people(hour.people),
        "counters": [
            _counter(view, each, name, figure, hour.first, hour.until)
            for name, figure in hour.counters
        ],
    }  # fmt: skip


def people(told_: Figure | None) -> dict[str, int] | None:
    """Write people as documents hold them."""
    return None if told_ is None else dict(zip(("low", "best", "high"), told_, strict=True))


def added(rows: Iterable[dict[str, int] | None]) -> dict[str, int] | None:
    """Add people up; None where nobody told of any."""
    told_ = [row for row in rows if row is not None]
    if not told_:
        return None
    return {end: sum(row[end] for row in told_) for end in ("low", "best", "high")}


def _stages(view: View, row: int) -> dict[str, dict[str, int]]:
    """Reconcile what sources tell of each stage, by the stage rule."""
    found: dict[str, dict[str, list[int]]] = {}
    rank: dict[tuple[str, str], int] = {}
    for (stage, source, status), sums in sorted(view.fold.stages[row].items()):
        by_source = found.setdefault(stage, {}).setdefault(source, [0, 0, 0])
        for i in range(3):
            by_source[i] += sums[i]
        least = STATUSES.index(status)
        rank[stage, source] = min(rank.get((stage, source), least), least)
    rows = {}
    for stage, sources in found.items():
        best = max(sources, key=lambda s: (rank[stage, s], sources[s][1], s))
        figure = sources[best][1]
        rows[stage] = {
            "low": min(figure, max(each[0] for each in sources.values())),
            "best": figure,
            "high": sum(each[2] for each in sources.values()),
        }
    return rows


def _curve(view: View) -> dict[str, Any]:
    counted = any(each.counted_until is not None for each in view.civilian)
    low, best, high = (np.floor(row + 0.5).astype(int).tolist() for row in view.people)
    until = view.at_min + 1 if counted and view.at_min >= 0 else 0
    end = int((view.hours.end - view.expected.start) / _MINUTE)
    return {
        "start": iso(view.expected.start), "step_min": 1,
        "planned": None if view.planned is None else view.planned.tolist(),
        "passed": {"low": low[:until], "best": best[:until], "high": high[:until]},
        "projection": _projection(view, max(end, 0)),
        "projection_rule": PROJECTION_RULE,
    }  # fmt: skip


def _projection(view: View, end: int) -> dict[str, Any] | None:
    made = view.projected
    if made is None or view.hours.state(view.at) != "open" or made.first > end:
        return None
    rows = made.people[:, : end - made.first + 1]
    if rows.shape[1] < end - made.first + 1:  # the hours were extended beyond the plan
        rows = np.pad(rows, ((0, 0), (0, end - made.first + 1 - rows.shape[1])), mode="edge")
    low, best, high = rows.tolist()
    return {"from": iso(view.moment(made.first)), "low": low, "best": best, "high": high}


_INCIDENT = (
    "id", "happened_at", "known_at", "source", "means", "status", "what", "corridor", "place",
    "times", "killed", "injured", "claims", "text",
)  # fmt: skip


def _incident(data: dict[str, Any]) -> dict[str, Any]:
    row = {key: data.get(key) for key in _INCIDENT}
    row["claims"] = data.get("claims", [])
    return row


def _plain(view: View, kind: str) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in each.items() if key != "kind"}
        for each in view.listed(kind)[: LISTED[kind]]
    ]


def _expired(assurance: dict[str, Any], at: datetime) -> bool:
    expires = assurance.get("expires_at")
    return expires is not None and datetime.fromisoformat(expires) <= at


def _plan(view: View) -> dict[str, Any] | None:
    adopted = view.listed("plan")
    if not adopted:
        return None
    newest = adopted[0]
    return {
        "sha256": newest["plan_sha256"], "adopted_at": newest["happened_at"], "by": newest["by"],
        "event": newest["id"],
    }  # fmt: skip
