"""Run the command ``report``: read case and ledger, write the reports, say where they are."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from safepassage.base.errors import Fault, InputError
from safepassage.base.files import read_at_most, write_together
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import shown, telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepassage.publish.redaction import Level
    from safepassage.publish.reports import Kind
    from safepassage.publish.status_board import Paper

__all__ = ["Asked", "run_report"]

_LARGEST_FORECAST = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold what was asked for, as it was typed."""

    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    ledger: str | None
    at: str | None
    since: str | None
    level: str
    corridor: str | None
    forecast: str | None
    paper: str
    exercise: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """Hold what reports are made of."""

    document: Mapping[str, Any]
    now: datetime
    since: datetime | None


def run_report(case: str, *, to: str | None, asked: Asked) -> None:
    """Make the reports, all of them or none, and say where they are."""
    refuse_odd_names(("the case", case), ("--to", to), ("--ledger", asked.ledger),
                     ("--forecast", asked.forecast))  # fmt: skip
    from safepassage.publish.redaction import level_of  # noqa: PLC0415

    kinds, level = _kinds(asked), level_of(asked.level)
    with shown() as progress:
        progress("Reading the case")
        told = _told(case, asked, level)
        forecast = _forecast(asked.forecast)
        progress("Writing the reports")
        made = _made(kinds, told, forecast, level, asked)
        texts = [text for name, text in made.items() if name.endswith(".txt")]
        pages = [name for name in made if not name.endswith(".txt")]
        written = []
        if to is not None or pages:
            folder = Path(to if to is not None else f"safepassage-{told.document['case']['id']}")
            written = write_together(folder, made)
    with telling(written):
        for text in texts:
            sys.stdout.write(text)
        for path in written:
            sys.stdout.write(f"{path}\n")


def _kinds(asked: Asked) -> tuple[Kind, ...]:
    from safepassage.publish.reports import NEED_NO_LEDGER, kind_of  # noqa: PLC0415
    from safepassage.publish.tongue import languages  # noqa: PLC0415

    kinds = tuple(dict.fromkeys(kind_of(each) for each in asked.kinds))
    faults = [
        Fault(f"a report of kind {kind}", "needs a ledger", "Name one with --ledger.")
        for kind in kinds if asked.ledger is None and kind not in NEED_NO_LEDGER
    ]  # fmt: skip
    faults += [
        Fault(name, "is about a ledger, and none is named", "Name one with --ledger.")
        for name, value in (("--at", asked.at), ("--since", asked.since))
        if asked.ledger is None and value is not None
    ]
    if asked.exercise and asked.ledger is not None:
        faults.append(Fault("--exercise", "is said by the ledger itself",
                            "Leave it out where there is a ledger."))  # fmt: skip
    faults += [
        Fault("--language", f"has no words here ({each[:40]!r})",
              f"There are {', '.join(languages())}; another is a file in publish/locale.")
        for each in asked.languages if each not in languages()
    ]  # fmt: skip
    if faults:
        raise InputError(faults)
    return kinds


def _told(case: str, asked: Asked, level: Level) -> _Told:
    """Read the case, and the situation where there is a ledger, as these readers may know it."""
    from safepassage.cli.situation import expected_of, moment_of  # noqa: PLC0415
    from safepassage.ledger.opening import open_record  # noqa: PLC0415
    from safepassage.ledger.situation import situation_at  # noqa: PLC0415
    from safepassage.publish.case_document import case_document  # noqa: PLC0415
    from safepassage.publish.redaction import known_by  # noqa: PLC0415

    expected = expected_of(case)
    if asked.ledger is None:
        return _Told(case_document(expected, exercise=asked.exercise), datetime.now(UTC), None)
    with open_record(asked.ledger) as record:
        now = moment_of(None, expected, record)
        at = known_by(level, now, at=moment_of(asked.at, expected, record))
        since = None
        if asked.since is not None:
            try:
                since = moment_of(asked.since, expected, record)
            except InputError as error:
                raise InputError.one("--since", error.faults[0].what,
                                     error.faults[0].remedy) from None  # fmt: skip
        return _Told(situation_at(record, expected, at).as_json(), now, since)


def _forecast(name: str | None) -> dict[str, Any] | None:
    if name is None:
        return None
    path = Path(name) / "forecast.json" if Path(name).is_dir() else Path(name)
    remedy = "Name the forecast.json that `safepassage forecast` wrote."
    try:
        found = json.loads(read_at_most(path, _LARGEST_FORECAST, what="a forecast", remedy=remedy))
        if found["kind"] == "forecast" and {"p10", "p90"} <= set(found["out"]):
            return cast("dict[str, Any]", found)
    except (ValueError, KeyError, TypeError):
        pass
    raise InputError.one(name, "is no forecast of this program", remedy)


def _made(
    kinds: tuple[Kind, ...], told: _Told, forecast: dict[str, Any] | None, level: Level,
    asked: Asked,
) -> dict[str, str]:  # fmt: skip
    """Give the text of each file by its name."""
    from safepassage.publish.reports import report, suffix  # noqa: PLC0415

    files = {}
    for kind in kinds:
        for language in dict.fromkeys(asked.languages):
            text = report(
                kind, told.document, language=language, level=level, since=told.since,
                corridor=asked.corridor, forecast=forecast, paper=cast("Paper", asked.paper),
                now=told.now,
            )  # fmt: skip
            parts = (kind, _minute(told.document), language, "" if level == "internal" else level)
            files["-".join(filter(None, parts)) + suffix(kind)] = text.rstrip("\n") + "\n"
    return files


def _minute(document: Mapping[str, Any]) -> str:
    """Write the minute of a situation, local, so that files of one folder stand in their order."""
    if "as_known_at" not in document:
        return ""
    local = datetime.fromisoformat(document["as_known_at"]).astimezone(
        ZoneInfo(document["case"]["tz"])
    )
    return f"{local:%Y-%m-%dT%H%M}"
