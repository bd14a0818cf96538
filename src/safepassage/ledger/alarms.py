"""Raise alarms: what somebody on duty should look at now, each with its reason.

Every threshold is an assumption, told in docs/situation.md, except the quarter and half hours
that were asked for.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from safepassage.ledger.counters import carried
from safepassage.ledger.standing import FRESH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.ledger.reconcile import Name
    from safepassage.ledger.situation_view import CorridorView, Flow, View

__all__ = ["KINDS", "alarms_of"]

KINDS: Final = (
    "count falls off", "status unknown", "armed and unarmed mixed", "last safe departure passed",
    "counters disagree", "assurance expires", "no plan adopted",
)  # fmt: skip

_HALF: Final = 0.5
_FEW: Final = 20
"""People in a quarter of an hour below which a fall says nothing."""
_SILENT: Final = timedelta(minutes=30)
_SOON: Final = timedelta(minutes=30)
_EVE: Final = timedelta(minutes=60)
_QUARTER: Final = timedelta(minutes=15)

Alarm = dict[str, Any]


def alarms_of(view: View) -> list[Alarm]:
    """Give the alarms of a situation: the gravest first, then the newest."""
    found = [alarm for each in view.corridors for alarm in _of_corridor(view, each)]
    found += [*_assurances(view), *_plan(view)]
    found.sort(key=lambda alarm: alarm["id"])
    found.sort(key=lambda alarm: alarm["since"], reverse=True)
    found.sort(key=lambda alarm: alarm["level"] != "alarm")
    return found


def _of_corridor(view: View, each: CorridorView) -> Iterator[Alarm]:
    state = each.hours.state(view.at)
    if state == "called off":
        return
    counted = not each.corridor.armed  # fighters are nobody's to count
    if counted:
        yield from _disagree(view, each)
    yield from _mixed(view, each)
    if state != "open":
        return
    yield from _status(view, each)
    if counted:
        yield from _count(view, each)
        yield from _departure(view, each)


def _alarm(
    view: View, kind: str, since: datetime, level: str, text: str, text_ar: str,
    *, corridor: str | None = None, about: str = "",
) -> Alarm:  # fmt: skip
    return {
        "id": ":".join(filter(None, (kind.replace(" ", "-"), corridor, about))), "kind": kind,
        "corridor": corridor, "since": min(since, view.at).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "level": level, "text": text, "text_ar": text_ar,
    }  # fmt: skip


def _clock(view: View, moment: datetime) -> str:
    return moment.astimezone(view.expected.zone).strftime("%H:%M")


def _names(each: CorridorView) -> tuple[str, str]:
    return each.corridor.name, each.corridor.name_ar or each.corridor.name


def _status(view: View, each: CorridorView) -> Iterator[Alarm]:
    name, name_ar = _names(each)
    kind, id_ = "status unknown", each.corridor.id
    if each.state is None:
        since = each.hours.start + FRESH
        if view.at >= since and _is_used(view, each):
            yield _alarm(
                view, kind, since, "alarm", f"{name}: nobody has said whether it is open.",
                f"{name_ar}: لم يُبلِّغ أحد هل هو مفتوح.", corridor=id_,
            )  # fmt: skip
        return
    word = each.state.word
    if view.at - word.known > FRESH:
        known = _clock(view, word.known)
        yield _alarm(
            view, kind, word.known + FRESH, "alarm",
            f"{name}: “{word.state}” was last confirmed at {known}; ask again.",
            f"{name_ar}: آخر تأكيد للحالة «{_STATES_AR[word.state]}» كان الساعة {known}؛ "
            "اسألوا من جديد.", corridor=id_,
        )  # fmt: skip
    elif word.state == "unknown":
        yield _alarm(
            view, kind, word.since, "alarm", f"{name}: it is not known whether it is open.",
            f"{name_ar}: لا يُعرف هل هو مفتوح.", corridor=id_,
        )  # fmt: skip
    fresh = [other for other in each.state.disputed if view.at - other.known <= FRESH]
    if fresh:
        other = fresh[0]
        yield _alarm(
            view, kind, max(word.known, other.known), "warning",
            f"{name}: {word.source} says {word.state}, {other.source} says {other.state}.",
            f"{name_ar}: {word.source} يقول «{_STATES_AR[word.state]}»، و{other.source} يقول "
            f"«{_STATES_AR[other.state]}».", corridor=id_, about="disputed",
        )  # fmt: skip


_STATES_AR: Final = {
    "open": "مفتوح", "closed": "مغلق", "restricted": "مقيَّد", "unknown": "غير معروف",
}  # fmt: skip


def _is_used(view: View, each: CorridorView) -> bool:
    """Tell whether silence on a corridor says anything: it is located, or was heard of."""
    return each.corridor.located or bool(each.dense) or bool(view.fold.stages[each.row])


def _count(view: View, each: CorridorView) -> Iterator[Alarm]:
    flow = each.flow
    if flow is None or (each.state is not None and each.state.word.state == "closed"):
        return
    name, name_ar = _names(each)
    id_, until = each.corridor.id, view.moment(flow.until)
    served, by = _served(view, each), view.expected.planned_by
    if view.at - until >= _SILENT:
        if not served or by(each.row, view.at_min) - by(each.row, flow.until) >= _FEW:
            yield _alarm(
                view, "count falls off", until + _SILENT, "alarm" if served else "warning",
                f"{name}: nobody has counted since {_clock(view, until)}.",
                f"{name_ar}: لم يعدّ أحد منذ الساعة {_clock(view, until)}.", corridor=id_,
            )  # fmt: skip
        return
    fell, behind = _fell(flow, planned=served), served and _behind(view, each, flow)
    if flow.now is None or not (fell or behind):
        return
    now = round(flow.now)
    parts = [f"{name}: {now} in the quarter of an hour to {_clock(view, until)}"]
    parts_ar = [f"{name_ar}: {now} في ربع الساعة حتى {_clock(view, until)}"]
    if fell:
        before = round(flow.before or 0)
        parts.append(f"{before} in the one before")
        parts_ar.append(f"و{before} في الذي قبله")
    if served:
        parts.append(f"planned {flow.planned}")
        parts_ar.append(f"والمخطط {flow.planned}")
    grave = fell and (behind or not served)
    yield _alarm(
        view, "count falls off", until - _QUARTER, "alarm" if grave else "warning",
        ", ".join(parts) + ".", "، ".join(parts_ar) + ".", corridor=id_,
    )  # fmt: skip


def _served(view: View, each: CorridorView) -> bool:
    return view.expected.planned is not None and view.expected.served[each.row]


def _fell(flow: Flow, *, planned: bool) -> bool:
    """Tell whether a quarter of an hour has under half of the one before, and not by plan."""
    if flow.now is None or flow.before is None or flow.before < _FEW:
        return False
    by_plan = planned and flow.planned < _HALF * flow.planned_before
    return flow.now < _HALF * flow.before and not by_plan


def _behind(view: View, each: CorridorView, flow: Flow) -> bool:
    """Tell whether a quarter has under half of what the plan, at the day's pace, would have.

    Where few come all day, that is told once, by plan and count side by side, not as an alarm
    each quarter of an hour; that nobody at all passes is one.
    """
    if flow.now is None or flow.planned < _FEW:
        return False
    if flow.now == 0:
        return True
    counted = each.counted
    before = max(flow.until - 15 - counted.first, 0)
    planned = view.expected.planned_by(each.row, flow.until - 15)
    pace = float(counted.people[1, :before].sum()) / planned if planned else 0.0
    return pace * flow.planned >= _FEW and flow.now < _HALF * pace * flow.planned


def _mixed(view: View, each: CorridorView) -> Iterator[Alarm]:
    name, name_ar = _names(each)
    odd = {"mixed", "unarmed"} if each.corridor.armed else {"mixed", "armed"}
    if (carrying := carried(each.carrying)) not in odd:
        return
    told_of = np.flatnonzero(each.carrying[:3].any(axis=0))
    first = view.at_min - 60 + int(told_of[0])
    told = {
        "mixed": ("armed and unarmed people use it", "يستعمله مسلحون وغير مسلحين"),
        "armed": ("armed people use a corridor for civilians", "مسلحون في ممر للمدنيين"),
        "unarmed": ("unarmed people use a corridor for armed groups",
                    "غير مسلحين في ممر للمجموعات المسلحة"),
    }[carrying]  # fmt: skip
    yield _alarm(
        view, "armed and unarmed mixed", view.moment(first), "alarm",
        f"{name}: {told[0]}, by counts of the last hour.",
        f"{name_ar}: {told[1]}، بحسب عدّ الساعة الأخيرة.", corridor=each.corridor.id,
    )  # fmt: skip


def _departure(view: View, each: CorridorView) -> Iterator[Alarm]:
    last = each.last_departure
    if last is None or view.at < last:
        return
    name, name_ar = _names(each)
    yield _alarm(
        view, "last safe departure passed", last, "warning",
        f"{name}: the plan's latest time to set out, {_clock(view, last)}, is past.",
        f"{name_ar}: فات آخر موعد للانطلاق في الخطة، {_clock(view, last)}.",
        corridor=each.corridor.id,
    )  # fmt: skip


def _disagree(view: View, each: CorridorView) -> Iterator[Alarm]:
    """Tell of the last hour in which counters cannot all be right."""
    hours = [hour for hour in each.counted.hours if hour.apart]
    if not hours:
        return
    hour = hours[-1]
    apart = min(hour.apart, key=lambda each: (-each.name.rank, each.name))
    name, name_ar = _names(each)
    best, other = hour.counters[0][0], apart.name
    begin, end = _clock(view, view.moment(hour.first)), _clock(view, view.moment(hour.until))
    span, span_ar = (
        (f"by {end} in all", f"حتى {end}")
        if apart.in_all
        else (f"{begin} to {end}", f"{begin}-{end}")
    )
    level = "warning" if other.rank == 0 or view.at_min - hour.until > 60 else "alarm"
    yield _alarm(
        view, "counters disagree", view.moment(hour.first), level,
        f"{name}, {span}: {_told(best)} gives {apart.best:,}, {_told(other)} {apart.people:,}.",
        f"{name_ar}، {span_ar}: {best.source} يعطي {apart.best}، و{other.source} {apart.people}.",
        corridor=each.corridor.id,
    )  # fmt: skip


def _told(name: Name) -> str:
    return f"{name.source} ({name.status})"


def _assurances(view: View) -> Iterator[Alarm]:
    if view.hours.state(view.at) not in {"before", "open"}:
        return
    last: dict[tuple[str, str | None], dict[str, Any]] = {}
    for each in view.listed("assurance"):
        last.setdefault((each["party"].casefold(), each.get("corridor")), each)
    for each in last.values():
        if "expires_at" not in each:
            continue
        expires = datetime.fromisoformat(each["expires_at"])
        if view.at < expires - _SOON or expires >= view.hours.end:
            continue
        over, clock = view.at >= expires, _clock(view, expires)
        party = each["party"]
        yield _alarm(
            view, "assurance expires", expires if over else expires - _SOON,
            "alarm" if over else "warning",
            f"The assurance of {party} {'expired' if over else 'expires'} at {clock}.",
            f"{'انتهى' if over else 'ينتهي'} ضمان {party} الساعة {clock}.",
            corridor=each.get("corridor"), about=each["id"],
        )  # fmt: skip


def _plan(view: View) -> Iterator[Alarm]:
    since = view.hours.start - _EVE
    if view.fold.lists["plan"].kept or view.at < since:
        return
    if view.hours.state(view.at) in {"before", "open"}:
        yield _alarm(
            view, "no plan adopted", since, "warning", "No plan has been adopted.",
            "لم تُعتمد أي خطة.",
        )  # fmt: skip
