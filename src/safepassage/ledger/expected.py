"""Hold what a plan or a case leads one to expect, so that a situation needs neither."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

import numpy as np

from safepassage.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from safepassage.case import LoadedCase

__all__ = ["Expected", "ExpectedCorridor"]

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ExpectedCorridor:
    """Hold one corridor as the case announces it.

    ``waves`` are those of the plan: until when each sets out and when its last are past the
    crossing, in minutes after the window's start.
    """

    id: str
    name: str
    name_ar: str = ""
    users: str = "civilian"
    located: bool = True
    waves: tuple[tuple[float, float], ...] = ()

    @property
    def armed(self) -> bool:
        """Tell whether it is for armed groups."""
        return self.users == "armed"

    def last_departure_min(self, end_min: float) -> float | None:
        """Give until when the last wave sets out of those that are past by ``end_min``."""
        return max((out for out, past in self.waves if past <= end_min), default=None)


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """Hold what a case, and its plan where there is one, lead one to expect.

    Attributes
    ----------
    case_id, title, tz
        Of the case; ``tz`` as the IANA database names it.
    start, end
        The announced window, in UTC.
    corridors
        In the order of the case.
    planned
        People that the plan has past each corridor by ``start`` and each minute after it,
        cumulative, (corridors, minutes + 1); None without a plan.
    served
        Whether the plan leads anybody through each corridor.
    plan_sha256
        Of the plan's ``plan.json``; empty where not known.
    attribution
        Whom to credit.

    """

    case_id: str
    title: str
    tz: str
    start: datetime
    end: datetime
    corridors: tuple[ExpectedCorridor, ...]
    planned: NDArray[np.int64] | None = None
    served: tuple[bool, ...] = ()
    plan_sha256: str = ""
    attribution: tuple[str, ...] = ()
    index: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rows = {corridor.id: i for i, corridor in enumerate(self.corridors)}
        object.__setattr__(self, "index", rows)

    @property
    def minutes(self) -> int:
        """Count the whole minutes of the announced window."""
        return int((self.end - self.start) / _MINUTE)

    @property
    def zone(self) -> ZoneInfo:
        """Give the time zone."""
        return ZoneInfo(self.tz)

    def planned_by(self, corridor: int, minute: int) -> int:
        """Tell how many the plan has past a corridor by a minute after the window's start."""
        if self.planned is None:
            return 0
        return int(self.planned[corridor, min(max(minute, 0), self.planned.shape[1] - 1)])

    def last_departure(self, corridor: int, end: datetime) -> datetime | None:
        """Give the latest time to set out for a corridor that is open until ``end``."""
        last = self.corridors[corridor].last_departure_min((end - self.start) / _MINUTE)
        return None if last is None else self.start + timedelta(minutes=last)

    @classmethod
    def of_document(cls, plan_document: Mapping[str, Any], *, sha256: str = "") -> Self:
        """Take it from a plan's document, as ``plan.json`` holds it.

        Parameters
        ----------
        plan_document
            Of schema version 1.x.
        sha256
            Of the bytes of ``plan.json``, where they are at hand.

        Raises
        ------
        InputError
            If it is no such document.

        """
        try:
            return cls._of(plan_document, sha256)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError.one(
                "the plan", f"is no plan.json of this program ({type(error).__name__}: {error})",
                "Make one with `safepassage plan CASE --to FOLDER`.",
            ) from error  # fmt: skip

    @classmethod
    def _of(cls, document: Mapping[str, Any], sha256: str) -> Self:
        case, window = document["case"], document["window"]
        zone = ZoneInfo(case["tz"])
        start, end = (_utc(window["announced"][key], zone) for key in ("start", "end"))
        first = int((_utc(window["usable"]["start"], zone) - start) / _MINUTE)
        minutes = int((end - start) / _MINUTE)
        planned = np.zeros((len(document["corridors"]), minutes + 1), np.int64)
        for row, corridor in zip(planned, document["corridors"], strict=True):
            _fill(row, corridor["schedule_passed"] or (), first)
        waves: dict[str, list[tuple[float, float]]] = {}
        for wave in document["schedule"]["waves"]:
            out, past = (
                (_utc(wave[key], zone) - start) / _MINUTE for key in ("until", "passes_until")
            )
            waves.setdefault(wave["corridor"], []).append((out, past))
        return cls(
            case_id=case["id"], title=case["title"], tz=case["tz"], start=start, end=end,
            corridors=tuple(
                ExpectedCorridor(
                    id=each["id"], name=each["name"], name_ar=each["name_ar"],
                    users=each["users"], located=each["located"],
                    waves=tuple(sorted(waves.get(each["id"], ()))),
                )
                for each in document["corridors"]
            ),
            planned=planned, served=tuple(each["schedule_passed"] is not None
                                          for each in document["corridors"]),
            plan_sha256=sha256, attribution=tuple(document["attribution"]),
        )  # fmt: skip

    @classmethod
    def of_case(cls, loaded: LoadedCase) -> Self:
        """Take what a case says by itself, without a plan: corridors and announced hours.

        Raises
        ------
        InputError
            If neither the case nor its announcements say the hours.

        """
        from safepassage.declaration import read_announcements  # noqa: PLC0415 - takes a second
        from safepassage.plan.setting import announced_window  # noqa: PLC0415

        case = loaded.case
        declarations = read_announcements([loaded.path(each) for each in case.announcements])
        window = announced_window(loaded, declarations)
        zone = ZoneInfo(case.place.tz)
        return cls(
            case_id=case.id, title=case.title, tz=case.place.tz,
            start=window.start.replace(tzinfo=zone).astimezone(UTC),
            end=window.end.replace(tzinfo=zone).astimezone(UTC),
            corridors=tuple(
                ExpectedCorridor(
                    id=each.id, name=each.name, name_ar=each.name_ar, users=each.users,
                    located=each.position is not None,
                )
                for each in case.corridors
            ),
            served=(False,) * len(case.corridors),
        )  # fmt: skip


def _utc(local: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)


def _fill(row: NDArray[np.int64], passed: Sequence[int], first: int) -> None:
    """Lay a curve of column k = the minute [k, k + 1) on one of instants."""
    if not len(passed):
        return
    begin = first + 1
    take = min(len(passed), len(row) - begin)
    row[begin : begin + take] = passed[:take]
    row[begin + take :] = passed[take - 1] if take else 0
