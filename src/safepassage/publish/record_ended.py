"""Say how a pause ended: from what was told in its hours, else from what a case says of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from safepassage.ledger.situation_document import iso

if TYPE_CHECKING:
    from safepassage.case.outcome import Outcome
    from safepassage.ledger.aftermath import Aftermath

__all__ = ["ended_of", "utc"]


def utc(local: datetime, tz: str) -> str:
    """Write a time on a place's clock as documents hold it, in UTC."""
    return iso(local.replace(tzinfo=ZoneInfo(tz)))


def ended_of(outcome: Outcome | None, told: Aftermath | None, end: str, tz: str) -> dict[str, Any]:
    """Say how it ended, when, who says so, and on what that rests.

    What was told in its hours stands first: a stop that nobody took back, hours that were
    changed. Then what the case says. That nothing was told of an early end counts as its
    expiry only where the ledger goes on past the end and no corridor for civilians was told closed.

    Parameters
    ----------
    outcome
        What the case says.
    told
        What the ledger says.
    end
        The announced end, in UTC.
    tz
        Of the place.

    """
    if told is not None and (found := _stopped(told) or _changed(told)):
        return found
    if outcome is not None and outcome.ended != "not known":
        at = utc(outcome.ended_at, tz) if outcome.ended_at else None
        return _ended(outcome.ended, at or (end if outcome.ended == "expired" else None), None,
                      "the case", outcome.source)  # fmt: skip
    if told is None:
        return _ended("not known", None, None, "nothing", "Neither a ledger nor the case says so.")
    if told.heard_until is None or told.heard_until < told.end:
        return _ended("not known", None, None, "nothing",
                      "The ledger received nothing after the end.")  # fmt: skip
    closed = [row["id"] for row in told.situation["corridors"]
              if row["users"] != "armed" and row["state"] == "closed"]  # fmt: skip
    if closed:
        because = f"No change of the hours was told, and closed at last: {', '.join(closed)}."
        return _ended("not known", None, None, "nothing", because)
    because = "The ledger goes on past the end, and tells of no change of the hours."
    return _ended("expired", end, None, "no word to the contrary", because)


def _ended(how: str, at: str | None, by: str | None, basis: str, because: str) -> dict[str, Any]:
    return {"how": how, "at": at, "by": by, "basis": basis, "because": because}


def _stopped(told: Aftermath) -> dict[str, Any] | None:
    """Find a stop for all corridors that nobody took back before the end."""
    last = None
    for each in told.events:
        if each["kind"] == "decision" and "corridor" not in each and (
            datetime.fromisoformat(each["happened_at"]) < told.end
        ):  # fmt: skip
            if each["decision"] == "stop":
                last = each
            elif each["decision"] in {"go", "resume"}:
                last = None
    if last is None:
        return None
    return _ended("suspended", last["happened_at"], last["by"], "events",
                  "A stop for all corridors was decided and not taken back.")  # fmt: skip


def _changed(told: Aftermath) -> dict[str, Any] | None:
    """Find out whether the hours ended otherwise than announced."""
    window = told.situation["window"]
    start, end, announced = (
        datetime.fromisoformat(text)
        for text in (window["start"], window["end"], window["announced"]["end"])
    )
    changes = [each for each in window["changes"] if each["corridor"] is None]
    if end == announced or not changes:
        return None
    by = changes[-1]["by"]
    if end > announced:
        return _ended("extended", window["end"], by, "events", "Its hours were made longer.")
    at = changes[-1]["at"] if end <= start else window["end"]
    return _ended("called off", at, by, "events", "Its hours were made shorter, or withdrawn.")
