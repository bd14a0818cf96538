"""Write a ledger as JSON Lines or CSV with HXL tags, and read both again.

JSON Lines hold all of it: the chain, salts and tombstones, so that a ledger made of them is the
same ledger. CSV is for tables: it holds the events, and reading it adds them as new entries.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import Fault, InputError
from safepassage.base.provenance import stamp
from safepassage.ledger.chain import Entry, Head, canonical
from safepassage.ledger.events import event_of
from safepassage.ledger.store import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from safepassage.ledger.events import Event
    from safepassage.ledger.store import Record

__all__ = ["COLUMNS", "read_csv", "read_jsonl", "to_csv", "to_jsonl"]

_PEOPLE = {"people": "#affected", "killed": "#affected+killed", "injured": "#affected+injured"}
_COUNTS = {
    f"{name}_{figure}": f"{tag}+{figure}"
    for name, tag in _PEOPLE.items()
    for figure in ("low", "best", "high")
}
COLUMNS: dict[str, str] = {
    "sequence": "#meta+sequence", "received_at": "#date+received", "id": "#meta+id",
    "kind": "#event+type", "happened_at": "#date+occurred", "known_at": "#date+known",
    "source": "#meta+source", "means": "#meta+means", "status": "#status+verification",
    "corridor": "#loc+corridor", **_COUNTS, "counted": "#meta+counted",
    "since": "#date+counted_from", "carrying": "#event+carrying", "stage": "#event+stage",
    "what": "#event+incident", "place": "#loc+name", "times": "#event+num",
    "claims": "#cause+claimed", "state": "#access+state", "by": "#org+by",
    "start": "#date+start", "end": "#date+end", "party": "#org+party",
    "answered": "#status+answered", "words": "#description+words", "expires_at": "#date+expires",
    "step": "#status+notification", "pack_sha256": "#meta+pack",
    "decision": "#event+decision", "plan_sha256": "#meta+plan",
    "replaces_sha256": "#meta+plan_replaced", "result": "#status+result",
    "corrects": "#meta+id_corrected", "instead": "#meta+id_instead",
    "withdraws": "#meta+id_withdrawn", "text": "#description", "hash": "#meta+hash",
    "ledger": "#meta+ledger",
}  # fmt: skip
"""Column → HXL tag (Humanitarian Exchange Language 1.1)."""

_NOT_OF_EVENTS = {"sequence", "received_at", "hash", "ledger"}
_WHOLE = {*_COUNTS, "times"}
_GONE = "withdrawn"
_EXERCISE = "EXERCISE "
_RUNS = re.compile(r"\s*[=+\-@'\t\r]")
"""A cell that a spreadsheet might run as a formula (OWASP, "CSV injection"), or begins with '."""
_MOST_FAULTS = 20


def to_jsonl(record: Record) -> Iterator[str]:
    """Give a ledger line by line: its head, then each entry.

    Raises
    ------
    InputError
        If an entry is not as it was stored; ``verify`` tells more.

    """
    head = {**stamp("ledger", "1.0", (), ()), "head": asdict(record.head)}
    yield json.dumps(head, ensure_ascii=False) + "\n"
    for entry in record.entries():
        row = asdict(entry)
        row["salt"] = None if entry.salt is None else entry.salt.hex()
        row["payload"] = _data(record, entry)
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _data(record: Record, entry: Entry) -> dict[str, Any] | None:
    try:
        data = entry.data
        if data is None or canonical(data) == entry.payload:
            return data
    except (ValueError, TypeError):
        pass
    raise InputError.one(f"{record.name}, entry {entry.sequence}", "was altered",
                         "`safepassage verify` tells more.")  # fmt: skip


def read_jsonl(path: Path) -> Recorded:
    """Read a ledger from JSON Lines; whether it is whole is for ``verify`` to say.

    Raises
    ------
    InputError
        If it is none, with the first line that cannot be read.

    """
    lines = _text(path).split("\n")
    try:
        first = json.loads(lines[0])
        if first["kind"] != "ledger" or not first["schema_version"].startswith("1."):
            raise ValueError  # noqa: TRY301 - all that is no export is told alike
        head = Head.read(canonical(first["head"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError.one(
            f"{path}, line 1", "is not the head of an exported ledger (format 1)",
            "Name a file that `safepassage ledger export` wrote.",
        ) from error  # fmt: skip
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if not line and number == len(lines):
            break
        try:
            rows.append(_entry(json.loads(line)))
        except (ValueError, TypeError, KeyError) as error:
            raise InputError.one(
                f"{path}, line {number}", "is no entry of a ledger",
                "The file may be cut off: export it again.",
            ) from error  # fmt: skip
    return Recorded(head, str(path), tuple(rows))


def _entry(row: Mapping[str, Any]) -> Entry:
    salt, payload = row["salt"], row["payload"]
    texts = {name: row[name] for name in ("id", "received_at", "digest", "hash")}
    if type(row["sequence"]) is not int or any(type(each) is not str for each in texts.values()):
        raise TypeError
    return Entry(
        sequence=row["sequence"], salt=None if salt is None else bytes.fromhex(salt),
        payload=None if payload is None else canonical(payload), **texts,
    )  # fmt: skip


def to_csv(record: Record) -> Iterator[str]:
    """Give a ledger as CSV (RFC 4180): names, HXL tags, then a row for each entry."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    mark = _EXERCISE * record.head.exercise + record.head.ledger
    writer.writerow(COLUMNS)
    writer.writerow(COLUMNS.values())
    for entry in record.entries():
        data = _data(record, entry) or {"id": entry.id, "kind": _GONE}
        cells = {**_cells(data), "sequence": str(entry.sequence), "ledger": mark,
                 "received_at": entry.received_at, "hash": entry.hash}  # fmt: skip
        writer.writerow([_kept_from_running(cells.get(name, "")) for name in COLUMNS])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _cells(data: dict[str, Any]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, value in data.items():
        if isinstance(value, dict):
            cells |= {f"{name}_{figure}": str(number) for figure, number in value.items()}
        elif isinstance(value, str):
            cells[name] = value
        elif isinstance(value, int) and not isinstance(value, bool):
            cells[name] = str(value)
        else:
            cells[name] = canonical(value) if isinstance(value, list) else str(value).lower()
    return cells


def _kept_from_running(cell: str) -> str:
    return f"'{cell}" if _RUNS.match(cell) else cell


def read_csv(path: Path, *, exercise: bool) -> list[Event]:
    """Read events from CSV, by column names or HXL tags; tombstones are passed over.

    Parameters
    ----------
    path
        The file, UTF-8.
    exercise
        Whether they are for an exercise's ledger.

    Raises
    ------
    InputError
        With the faults of its rows, each with its line.

    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    events: list[Event] = []
    faults: list[Fault] = []
    names: list[str] = []
    try:
        for row in reader:
            if not names:
                names = list(row)
            elif not events and not faults and all(cell[:1] in {"#", ""} for cell in row):
                names = _by_tags(names, row)
            elif any(row):
                _refuse_unknown(path, names)
                _read_row(f"{path}, line {reader.line_num}", names, row, events, faults, exercise)
    except csv.Error as error:
        raise InputError.one(f"{path}, line {reader.line_num}", f"is no CSV ({error})",
                             "Save it as CSV, UTF-8, with commas.") from error  # fmt: skip
    if faults:
        raise InputError(faults[:_MOST_FAULTS])
    return events


def _by_tags(names: list[str], tags: list[str]) -> list[str]:
    of_tag = {tag: name for name, tag in COLUMNS.items()}
    return [of_tag.get(tag, name) for name, tag in zip(names, tags, strict=False)]


def _refuse_unknown(path: Path, names: list[str]) -> None:
    if unknown := [name for name in names if name not in COLUMNS]:
        raise InputError(
            Fault(f"{path}, column {name[:40]!r}", "is no column of a ledger",
                  "Take it out, or name it as docs/ledger.md does.") for name in unknown
        )  # fmt: skip


def _read_row(
    where: str, names: list[str], row: list[str], events: list[Event], faults: list[Fault],
    exercise: bool,
) -> None:  # fmt: skip
    cells = {name: _unquoted(cell) for name, cell in zip(names, row, strict=False) if cell}
    if len(row) != len(names):
        faults.append(Fault(where, f"has {len(row)} cells, not {len(names)}", "Mend its commas."))
    elif "ledger" in cells and cells["ledger"].startswith(_EXERCISE) != exercise:
        faults.append(Fault(where, "is of an exercise, or the ledger is",
                            "Keep exercises apart from what happened."))  # fmt: skip
    elif cells.get("kind") not in {_GONE, "withdrawal"}:
        try:
            events.append(event_of(_payload(cells), where))
        except InputError as error:
            faults += error.faults


def _unquoted(cell: str) -> str:
    return cell[1:] if cell[0] == "'" and _RUNS.match(cell[1:]) else cell


def _payload(cells: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, cell in cells.items():
        if name in _NOT_OF_EVENTS:
            continue
        value = _value(name, cell)
        stem, _, figure = name.rpartition("_")
        if stem in _PEOPLE:
            data.setdefault(stem, {})[figure] = value
        else:
            data[name] = value
    return data


def _value(name: str, cell: str) -> Any:
    if name in _WHOLE and re.fullmatch(r"[0-9]{1,12}", cell):
        return int(cell)
    if name == "answered" and cell.lower() in {"true", "false"}:
        return cell.lower() == "true"
    if name == "claims":
        try:
            return json.loads(cell)
        except ValueError:
            return cell  # refused as what it is, with its place
    return cell


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError.one(str(path), f"cannot be read ({error.strerror})",
                             "Mend the name.") from error  # fmt: skip
    except UnicodeDecodeError as error:
        raise InputError.one(str(path), "is not written in UTF-8", "Save it as UTF-8.") from error
