"""Take from a document what its readers must not have: one table, and every output obeys it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, get_args

from safepassage.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "FEW", "LEVELS", "PUBLIC_DELAY", "PUBLIC_STEP", "Level", "Row", "known_by", "level_of",
    "policy", "redacted",
]  # fmt: skip

Level = Literal["public", "partners", "internal"]
Action = Literal["keep", "drop", "count", "hour", "delay"]
LEVELS: tuple[Level, ...] = get_args(Level)

PUBLIC_DELAY = timedelta(minutes=60)
"""How old what the public sees is at least: longer than most walks (an assumption)."""

PUBLIC_STEP = timedelta(minutes=15)
"""The public sees how things stood at each quarter of an hour, so that two editions do not show
one group passing between them (an assumption)."""

FEW = 10
"""Counts below it are 'fewer than ten', others are rounded to tens (an assumption)."""


@dataclass(frozen=True, slots=True)
class Row:
    """Say what becomes of one field.

    In ``field``, ``.**`` at the end means all that is below and has no row of its own; ``[armed]``
    means list items whose ``users`` are armed, ``[incident]`` and the like items of that
    ``kind``, and ``[]`` all others. A ``document`` of ``*`` means all documents.
    """

    document: str
    field: str
    public: Action
    partners: Action
    why: str


@cache
def policy() -> tuple[Row, ...]:
    """Read the table: which field of which document is kept for whom, and why."""
    text = (files("safepassage.publish") / "data" / "redaction.csv").read_text(encoding="utf-8")
    return tuple(Row(**row) for row in csv.DictReader(text.splitlines()))  # type: ignore[arg-type]


def level_of(text: str) -> Level:
    """Read a level.

    Raises
    ------
    InputError
        If it is none.

    """
    for level in LEVELS:
        if text == level:
            return level
    raise InputError.one("--level", f"is none of {', '.join(LEVELS)} ({text[:40]!r})",
                         "Leave it out for internal.")  # fmt: skip


def known_by(level: Level, now: datetime, *, at: datetime | None = None) -> datetime:
    """Tell as known at which minute a situation may be shown to these readers.

    Parameters
    ----------
    level
        Who reads it.
    now
        The clock, aware.
    at
        The minute that was asked for, aware; ``now`` if not given.

    Returns
    -------
    That minute; for the public the last full quarter of an hour before it that is at least
    ``PUBLIC_DELAY`` old.

    """
    if level != "public":
        return at or now
    return _floor(min(at or now, now - PUBLIC_DELAY), PUBLIC_STEP)


def redacted(
    document: Mapping[str, Any], level: Level, *, now: datetime, kind: str | None = None
) -> dict[str, Any]:
    """Give a document with what these readers may see; what the table does not name is left out.

    Parameters
    ----------
    document
        A document of JSON; it is not changed.
    level
        Who reads it; ``internal`` gives all of it.
    now
        The clock, aware: what the public sees is old enough by it.
    kind
        Which document it is, where its own ``kind`` does not say (``map``, ``case``).

    Raises
    ------
    InputError
        If the table knows no such document, or a situation is too fresh for these readers: take
        it as known at ``known_by(level, now)``.

    """
    if level == "internal":
        return dict(document)
    kind = kind or str(document.get("kind", ""))
    rules = _rules(kind, level)
    if rules is None:
        raise InputError.one("redaction", f"no rule says who may see a document of kind {kind!r}",
                             "Add its fields to publish/data/redaction.csv.")  # fmt: skip
    newest = known_by(level, now)
    try:
        kept = _mapping(document, rules, newest)
        _refuse_between_quarters(document, kept, rules)
    except _TooFreshError:
        delay = PUBLIC_DELAY // timedelta(minutes=1)
        raise InputError.one(
            f"a {kind} for the public",
            f"must be of a full quarter of an hour at least {delay} "
            f"minutes ago (is as known at {document.get('as_known_at')})",
            "Take it as known at redaction.known_by(level, now).",
        ) from None
    return {**kept, "redaction": _told(level)}


def _refuse_between_quarters(
    document: Mapping[str, Any], kept: Mapping[str, Any], rules: _Rules
) -> None:
    """Refuse a document of another minute than the quarter that it would be told for."""
    for key, each in rules.below.items():
        if each.action == "delay" and document.get(key):
            told, was = (datetime.fromisoformat(one[key]) for one in (kept, document))
            if told != was:
                raise _TooFreshError


def _told(level: Level) -> dict[str, Any]:
    public = level == "public"
    delay = PUBLIC_DELAY // timedelta(minutes=1) if public else 0
    return {"level": level, "delay_min": delay, "fewer_than": FEW if public else None}


# ---------------------------------------------------------------- the table as a tree


@dataclass(slots=True)
class _Rules:
    """Hold what the table says of one place in a document, and of what is below it."""

    public: bool
    action: Action = "drop"
    below: dict[str, _Rules] = field(default_factory=dict)
    rest: Action | None = None


@cache
def _rules(kind: str, level: Level) -> _Rules | None:
    if kind == "*" or not any(row.document == kind for row in policy()):
        return None
    root = _Rules(public=level == "public")
    for row in policy():
        if row.document not in {"*", kind}:
            continue
        at = root
        *steps, last = re.findall(r"[^.\[\]]+|\[[^\]]*\]", row.field)
        for step in steps:
            at = at.below.setdefault(step, _Rules(root.public))
        action: Action = row.public if root.public else row.partners
        if last == "**":
            at.rest = action
        else:
            at.below.setdefault(last, _Rules(root.public)).action = action
    return root


# ---------------------------------------------------------------- a document along the tree


class _TooFreshError(Exception):
    """Say that something is younger than its readers may see."""


_NOTHING: Any = object()


def _mapping(value: Mapping[str, Any], rules: _Rules, newest: datetime) -> dict[str, Any]:
    dated = [key for key, each in rules.below.items() if each.action == "delay"]
    if dated and not any(value.get(key) for key in dated):
        raise _TooFreshError  # what does not say when it was known may be new
    kept = {key: _step(each, rules, key, newest) for key, each in value.items()}
    return {key: each for key, each in kept.items() if each is not _NOTHING}


def _list(value: list[Any], rules: _Rules, newest: datetime) -> list[Any]:
    kept = []
    for item in value:
        try:
            each = _step(item, rules, _label(item, rules), newest)
        except _TooFreshError:
            continue
        if each is not _NOTHING and each != {}:
            kept.append(each)
    return kept


def _label(item: Any, rules: _Rules) -> str:
    """Tell which rows are about this item of a list."""
    if isinstance(item, dict):
        label = "[armed]" if item.get("users") == "armed" else f"[{item.get('kind')}]"
        if label in rules.below:
            return label
    return "[]"


def _step(value: Any, rules: _Rules, step: str, newest: datetime) -> Any:
    """Keep or leave out what stands one step below."""
    found = rules.below.get(step)
    if found is None:
        return value if rules.rest == "keep" else _NOTHING
    if found.action != "drop":
        return _done(found.action, value, newest, public=rules.public)
    if found.rest == "keep" and not found.below:
        return value
    kept = _any_kept(found)
    if kept and isinstance(value, dict):
        return _mapping(value, found, newest)
    if kept and isinstance(value, list):
        return _list(value, found, newest)
    return None if kept and value is None else _NOTHING


def _any_kept(rules: _Rules) -> bool:
    return (
        rules.action != "drop" or rules.rest not in {None, "drop"}
        or any(map(_any_kept, rules.below.values()))
    )  # fmt: skip


def _done(action: Action, value: Any, newest: datetime, *, public: bool) -> Any:
    if action == "keep":
        # the table names no field inside: what may be new in it stays away from the public
        return _NOTHING if public and isinstance(value, (dict, list)) else value
    if value is None:
        return None
    if action == "count":
        return _coarse(value)
    moment = datetime.fromisoformat(value)
    if action == "hour":
        return _written(_floor(moment, timedelta(hours=1)))
    if moment > newest:
        raise _TooFreshError
    return _written(_floor(moment, PUBLIC_STEP))


def _coarse(value: Any) -> dict[str, int | None]:
    """Give a count of people as the tens that it lies in; few are nobody's to tell.

    All of it follows from whole tens, so that no two editions differ by less.
    """
    if not isinstance(value, dict):
        value = {"low": value, "best": value, "high": value}
    best, low, high = (value.get(key) for key in ("best", "low", "high"))
    if best is None:  # coarsened before
        return {"low": low, "best": None, "high": high}
    return {
        "low": low // FEW * FEW, "best": None if best < FEW else best // FEW * FEW,
        "high": high // FEW * FEW + FEW - 1,
    }  # fmt: skip


def _floor(moment: datetime, step: timedelta) -> datetime:
    moment = moment.astimezone(UTC)
    return moment - (moment - datetime(1970, 1, 1, tzinfo=UTC)) % step


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
