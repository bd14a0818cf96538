"""Run the command ``situation``: what is happening, on one screen."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import InputError
from safepassage.base.signs import all_without_controls
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import print_json, shown, telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console
    from rich.table import Table

    from safepassage.ledger.expected import Expected
    from safepassage.ledger.store import Record

__all__ = ["expected_of", "moment_of", "run_situation"]

_INCIDENTS = 5
_WIDEST = 10_000
_STYLES = {"open": "green", "closed": "bold red", "restricted": "yellow", "unknown": "bold yellow"}


def run_situation(where: str, *, case: str, at: str | None, as_json: bool) -> None:
    """Tell the situation as a ledger knew it."""
    from safepassage.ledger.opening import open_record  # noqa: PLC0415
    from safepassage.ledger.situation import situation_at  # noqa: PLC0415

    refuse_odd_names(("the ledger", where), ("--case", case), ("--at", at))
    with shown() as progress:
        progress("Reading the case")
        expected = expected_of(case)
        progress("Reading the ledger")
        with open_record(where) as record:
            situation = situation_at(record, expected, moment_of(at, expected, record))
    with telling():
        if as_json:
            print_json(situation.as_json())
        else:
            _show(all_without_controls(situation.as_json()))


def expected_of(case: str) -> Expected:
    """Read what to expect: of a plan's file or folder, or else of a case.

    Raises
    ------
    InputError
        If it is neither.

    """
    from safepassage.case import load_case  # noqa: PLC0415
    from safepassage.ledger.expected import Expected  # noqa: PLC0415

    path = Path(case)
    try:
        if path.is_dir() and not (path / "case.toml").exists() and (path / "plan.json").exists():
            path /= "plan.json"
        if path.suffix != ".json":
            return Expected.of_case(load_case(case))
        data = path.read_bytes()
    except OSError as error:
        raise InputError.one(
            case, f"cannot be read ({error.strerror or error})", "Name a case, or a plan.json."
        ) from error
    try:
        document = json.loads(data)
    except ValueError as error:
        raise InputError.one(
            case, f"is no JSON ({error})", "Name the plan.json that `safepassage plan` wrote."
        ) from error
    return Expected.of_document(document, sha256=hashlib.sha256(data).hexdigest())


def moment_of(text: str | None, expected: Expected, record: Record) -> datetime:
    """Read a time as people type it; now if not given, in an exercise when it was last heard of.

    Parameters
    ----------
    text
        ``2016-11-04T12:00``, on the clock of the case where no offset is told, or ``12:00`` on
        the day of the window.

    Raises
    ------
    InputError
        If it is no time.

    """
    if text is None:
        last = None
        if record.head.exercise:  # its clock is its own
            for last in record.entries():  # noqa: B007 - the last one is wanted
                pass
        return datetime.now(UTC) if last is None else datetime.fromisoformat(last.received_at)
    zone = expected.zone
    try:
        if ":" in text[:3]:
            text = f"{expected.start.astimezone(zone):%Y-%m-%d}T{text:0>5}"
        found = datetime.fromisoformat(text)
        return (found.replace(tzinfo=zone) if found.tzinfo is None else found).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError.one(
            "--at", f"is no time ({text[:40]!r})", "Write it like 2016-11-04T12:00, or 12:00."
        ) from None


def _show(document: Mapping[str, Any]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from safepassage.ledger.situation_words import clock, headlines  # noqa: PLC0415

    console = Console(highlight=False)
    if document["exercise"]:
        console.print(Text(" EXERCISE ", style="bold reverse"))
    console.print(Text(document["case"]["title"], style="bold"))
    entry = document["ledger"]["sequence"]
    known = f"entry {entry:,}" if entry else "nothing yet"
    console.print(Text(f"As known at {_day(document)}{clock(document, document['as_known_at'])}, "
                       f"from {known} of the ledger.", style="dim"))  # fmt: skip
    for line in headlines(document):
        console.print(Text(line))
    for alarm in document["alarms"]:
        style = "bold red" if alarm["level"] == "alarm" else "yellow"
        console.print(Text(f"{alarm['level'].upper()} ", style).append(alarm["text"], style=""))
    _tell_table(console, _corridors(document))
    if any(row["by_hour"] and row["passed"] for row in document["corridors"]):
        _tell_table(console, _hours(document))
        _tell_table(console, _counters(document))
    _tell_rest(console, document)


def _day(document: Mapping[str, Any]) -> str:
    """Give the day where it is not the window's."""
    day, start = document["as_known_at"][:10], document["window"]["announced"]["start"][:10]
    return "" if day == start else f"{day} "


def _tell_table(console: Console, table: Table) -> None:
    """Print a table, never narrower than its numbers: a terminal may break lines, not hide any."""
    from rich.cells import cell_len  # noqa: PLC0415

    for column in table.columns:
        if column.no_wrap:
            column.min_width = max(cell_len(str(each)) for each in (column.header, *column.cells))
    least = console.measure(table, options=console.options.update(max_width=_WIDEST)).minimum
    console.print(table, width=max(console.width, least), crop=False)


def _table(
    title: str, *headings: str, left: Iterable[int] = (0,), wraps: int | None = None
) -> Table:
    """Make a table; numbers stand to the right, and only one column is broken into lines."""
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), title=f"\n{title}",
                  title_justify="left", title_style="bold")  # fmt: skip
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="left" if i in left else "right", no_wrap=i != wraps)
    return table


def _corridors(document: Mapping[str, Any]) -> Table:
    from rich.text import Text  # noqa: PLC0415

    from safepassage.ledger.situation_words import clock, people_text  # noqa: PLC0415

    planned = document["curve"]["planned"] is not None
    headings = ("planned", "15 min", "set out by") if planned else ("15 min",)
    table = _table("Corridors", "", "state", "passed", *headings, left=(0, 1), wraps=1)
    for row in document["corridors"]:
        flow, state, age = row["flow_per_min"], row["state"], row["state_age_min"]
        words = Text(state, style=_STYLES[state])
        if age is not None:
            words.append(f" {age} min", style="dim")
        if row["disputed"]:
            words.append(" (disputed)", style="yellow")
        cells = ["—" if flow["last_15"] is None else f"{15 * flow['last_15']:,.0f}"]
        if planned:
            cells.insert(0, "—" if row["planned"] is None else f"{row['planned']:,}")
            cells.append(clock(document, row["last_safe_departure"]))
        table.add_row(row["id"], words, people_text(row["passed"]), *cells)
    return table


def _hours(document: Mapping[str, Any]) -> Table:
    from safepassage.ledger.situation_document import added  # noqa: PLC0415
    from safepassage.ledger.situation_words import clock, people_text  # noqa: PLC0415

    rows = [row for row in document["corridors"] if row["passed"] is not None]
    civilian = [row["users"] != "armed" for row in rows]
    table = _table("People out by hour", "", *(row["id"] for row in rows), "for civilians")
    for each in zip(*(row["by_hour"] for row in rows), strict=True):
        hour = f"{clock(document, each[0]['from'])}-{clock(document, each[0]['until'])}"
        passed = [cell["passed"] for cell in each]
        told = [*passed, added(compress(passed, civilian))]
        table.add_row(hour, *(people_text(people) for people in told))
    return table


def _counters(document: Mapping[str, Any]) -> Table:
    from safepassage.ledger.situation_words import clock, people_text  # noqa: PLC0415

    table = _table("Counters, each by itself", "", "corridor", "how", "from-until", "people",
                   left=(0, 1, 2, 3), wraps=2)  # fmt: skip
    for row in document["corridors"]:
        for each in row["counters"]:
            carrying = "" if each["armed"] == "not known" else f"; {each['armed']}"
            table.add_row(
                each["source"], row["id"],
                f"{each['status']}; {each['means']}, {each['counted']}{carrying}",
                f"{clock(document, each['from'])}-{clock(document, each['until'])}",
                people_text(each["people"]),
            )  # fmt: skip
    return table


def _tell_rest(console: Console, document: Mapping[str, Any]) -> None:
    from rich.text import Text  # noqa: PLC0415

    from safepassage.ledger.situation_words import clock  # noqa: PLC0415

    total = document["incidents_total"]
    newest = f", newest {_INCIDENTS}" if total > _INCIDENTS else ""
    console.print(Text(f"\nIncidents: {total:,}{newest}", style="bold"))
    for each in document["incidents"][:_INCIDENTS]:
        place = ", ".join(filter(None, (each["corridor"], each["place"]))) or "no place told"
        times = f" ({each['times']}×)" if each["times"] else ""
        said = f": {each['text']}" if each["text"] else ""
        told = f"{clock(document, each['happened_at'])} {each['what']}{times}, {place}; "
        console.print(Text(f"{told}{each['status']} by {each['source']}{said}"))
    if document["uncounted_remarks"]:
        console.print(Text("\nWhat the numbers leave out", style="bold"))
    for each in document["uncounted_remarks"]:
        console.print(Text(f"• {each['text']}", style="dim"))
