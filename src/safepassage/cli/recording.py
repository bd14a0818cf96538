"""Run the command ``record``: read case, plan and ledger, write the record, add a precedent."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import InputError
from safepassage.base.files import write_together
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import shown, telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepassage.case import LoadedCase
    from safepassage.declaration import Declaration
    from safepassage.ledger.aftermath import Aftermath
    from safepassage.ledger.expected import Expected
    from safepassage.publish.redaction import Level

__all__ = ["Asked", "NotOverError", "Read", "as_of", "recorded", "run_record"]

_QUARTER = timedelta(minutes=15)


class NotOverError(InputError):
    """Say that a pause is not over, or not for long enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold what was asked for, as it was typed."""

    ledger: str | None
    plan: str | None
    to: str | None
    add_to: str | None
    level: str
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class Read:
    """Hold what a record is made of."""

    loaded: LoadedCase
    declarations: tuple[Declaration, ...]
    expected: Expected
    plan: Mapping[str, Any] | None


def run_record(case: str, asked: Asked) -> None:
    """Write the record, and add the row where that was asked for: all of it, or nothing."""
    from safepassage.publish.redaction import level_of  # noqa: PLC0415

    refuse_odd_names(("the case", case), ("--ledger", asked.ledger), ("--plan", asked.plan),
                     ("--to", asked.to), ("--add-to", asked.add_to))  # fmt: skip
    level = level_of(asked.level)
    with shown() as progress:
        progress("Reading the case")
        read = _read(case, asked.plan)
        progress("Writing the record")
        made, files = recorded(read, asked.ledger, level, languages=asked.languages)
        table = None if asked.add_to is None else _table(Path(asked.add_to), made, read)
        folder = Path(asked.to or f"safepassage-{read.loaded.case.id}-record")
        written = write_together(folder, files)
        if asked.add_to is not None and table is not None:
            path = Path(asked.add_to).resolve()
            write_together(path.parent, {path.name: table})
            written.append(Path(asked.add_to))
    with telling(written):
        for path in written:
            sys.stdout.write(f"{path}\n")


def recorded(
    read: Read, ledger: str | None, level: Level, *, languages: tuple[str, ...] = ("en",)
) -> tuple[dict[str, Any], dict[str, str]]:  # fmt: skip
    """Give the record's document, and its files for these readers.

    Raises
    ------
    NotOverError
        If the pause is not over, for the public not over for an hour.

    """
    from safepassage.publish.record import record_document  # noqa: PLC0415
    from safepassage.publish.record_files import make_record  # noqa: PLC0415

    told, at, now = _told(ledger, read.expected, level)
    made = record_document(read.loaded, read.declarations, read.expected, told=told,
                           plan=read.plan, at=at)  # fmt: skip
    return made, make_record(made, level=level, now=now, languages=languages)


def _table(path: Path, made: Mapping[str, Any], read: Read) -> bytes:
    """Give the table with this pause as a row; every fault is told before anything is written."""
    from safepassage.forecast.precedents_added import table_with  # noqa: PLC0415
    from safepassage.publish.record_precedent import precedent_cells  # noqa: PLC0415

    return table_with(path, precedent_cells(made, read.loaded, read.declarations))


def _read(case: str, plan: str | None) -> Read:
    from safepassage.case import load_case  # noqa: PLC0415
    from safepassage.cli.situation import expected_of  # noqa: PLC0415
    from safepassage.declaration import read_announcements  # noqa: PLC0415
    from safepassage.ledger.expected import Expected  # noqa: PLC0415

    loaded = load_case(case)
    texts = [loaded.path(each) for each in loaded.case.announcements]
    declarations = tuple(read_announcements(texts))
    if plan is None:
        return Read(loaded, declarations, Expected.of_case(loaded), None)
    path = Path(plan) / "plan.json" if Path(plan).is_dir() else Path(plan)
    if path.suffix != ".json":
        raise InputError.one("--plan", f"is neither a folder nor a plan.json ({plan[:80]!r})",
                             "Name what `safepassage plan CASE --to FOLDER` wrote.")  # fmt: skip
    expected = expected_of(str(path))
    if expected.case_id != loaded.case.id:
        raise InputError.one("--plan", f"is a plan of another case ({expected.case_id[:80]})",
                             f"Make one with `safepassage plan {case}`.")  # fmt: skip
    return Read(loaded, declarations, expected, _document(path))


def _document(path: Path) -> dict[str, Any]:
    import json  # noqa: PLC0415

    document: dict[str, Any] = json.loads(path.read_bytes())
    return document


def _told(
    ledger: str | None, expected: Expected, level: Level
) -> tuple[Aftermath | None, datetime, datetime]:
    """Read what the ledger tells, as these readers may know it; and as of when; and the clock."""
    from safepassage.cli.situation import moment_of  # noqa: PLC0415
    from safepassage.ledger.aftermath import aftermath  # noqa: PLC0415
    from safepassage.ledger.opening import open_record  # noqa: PLC0415

    if ledger is None:
        now = datetime.now(UTC)
        return None, as_of(expected.end, expected.end, now, level), now
    with open_record(ledger) as record:
        now = moment_of(None, expected, record)
        told = aftermath(record, expected)
        exercise = record.head.exercise
        if exercise and level == "internal":
            return told, told.at, now
        at = as_of(told.at, told.end, now, level)
        if level == "public":
            told = aftermath(record, expected, until=at)
        return told, at, now


def as_of(at: datetime, end: datetime, now: datetime, level: Level) -> datetime:
    """Settle as known at which moment a record is.

    Parameters
    ----------
    at
        The last that was heard.
    end
        When the hours ended.
    now
        The clock.
    level
        Who reads it.

    Raises
    ------
    NotOverError
        If the pause is not over, for the public not over for an hour.

    """
    from safepassage.publish.redaction import PUBLIC_DELAY, known_by  # noqa: PLC0415

    if now < end:
        raise NotOverError.one(
            "the pause", f"is not over: its hours end at {end:%Y-%m-%d %H:%M} UTC",
            "Make its record afterwards; `safepassage report` tells of it now.",
        )  # fmt: skip
    if level != "public":
        return at
    quarter = datetime.fromtimestamp(-(-at.timestamp() // 900) * 900, UTC)
    known = known_by("public", now, at=quarter)
    if known < end:
        hour = PUBLIC_DELAY + _QUARTER
        raise NotOverError.one(
            "--level public", "tells of a pause only when it is over for an hour",
            f"Make it from {end + hour:%Y-%m-%d %H:%M} UTC on.",
        )  # fmt: skip
    return known
