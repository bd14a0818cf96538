"""Run the command ``precedents``: earlier pauses, listed, filtered, and one in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safepassage.base.errors import Fault, InputError
from safepassage.base.phrases import counted
from safepassage.base.signs import all_without_controls
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import print_json, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.forecast.precedents import Precedent, Precedents

__all__ = ["Asked", "run_precedents"]

_WIDE = 110
_LONGEST_ID = 26
_KINDS = {
    "voluntary": "Voluntary: people were free to stay",
    "flight": "Flight: from an attack or an order to leave, no pause",
    "after defeat": "After defeat: a settlement that ended the enclave",
    "convoy": "Convoy: a set list or number of seats",
}
_NOTE = (
    "Only voluntary ones with a share speak for how many may come; they are never pooled with "
    "flight, defeat or seats. All of one: --show PRECEDENT."
)
_COUNTED = {"on": "on", "by": "in all by", "over": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold what is asked for: codes, a part of a place's name, or one precedent."""

    kind: str | None = None
    consent: str | None = None
    escort: str | None = None
    place: str | None = None
    show: str | None = None

    @property
    def filters(self) -> dict[str, str]:
        """Give column → what it is chosen by."""
        names = ("kind", "consent", "escort", "place")
        return {name: str(getattr(self, name)) for name in names if getattr(self, name) is not None}


def run_precedents(asked: Asked, *, tables: tuple[str, ...], as_json: bool) -> None:
    """List precedents, or show one in full."""
    from safepassage.forecast.precedents import load_precedents  # noqa: PLC0415
    from safepassage.forecast.precedents_document import precedents_document  # noqa: PLC0415

    refuse_odd_names(("--place", asked.place), ("--show", asked.show),
                     *(("--with", name) for name in tables))  # fmt: skip
    if faults := list(_faults(asked)):
        raise InputError(faults)
    precedents = load_precedents(*(Path(name) for name in tables))
    rows = tuple(_chosen(precedents, asked))
    document = precedents_document(precedents, rows, asked.filters)
    with telling():
        if as_json:
            print_json(document)
            return
        console = Console(highlight=False)
        if asked.show is None:
            _list(console, all_without_controls(document))
        else:
            _show(console, all_without_controls(document)["precedents"][0])


def _faults(asked: Asked) -> Iterator[Fault]:
    from safepassage.forecast.codebook import CODES  # noqa: PLC0415

    for name, code in asked.filters.items():
        if name in CODES and code not in CODES[name]:
            codes = ", ".join(f"'{each}'" if " " in each else each for each in CODES[name])
            yield Fault(f"--{name}", f"{code[:60]!r} is not in the codebook", f"Codes: {codes}.")
    if asked.show is not None and asked.filters:
        yield Fault("--show", "shows one precedent", "Leave the filters out.")


def _chosen(precedents: Precedents, asked: Asked) -> Iterator[Precedent]:
    if asked.show is not None:
        found = [row for row in precedents if row.id == asked.show]
        if not found:
            near = get_close_matches(asked.show, [row.id for row in precedents], n=3, cutoff=0.4)
            raise InputError.one(
                "--show", f"no precedent is called {asked.show[:80]!r}",
                f"Did you mean {' or '.join(near)}?" if near
                else "`safepassage precedents` lists them.",
            )  # fmt: skip
        yield from found
        return
    words = (asked.place or "").casefold()
    for row in sorted(precedents, key=lambda each: each.start.isoformat()):
        codes = {name: code for name, code in asked.filters.items() if name != "place"}
        alike = all(row.codes.get(name) == code for name, code in codes.items())
        if alike and words in f"{row.place} {row.id}".casefold():
            yield row


def _list(console: Console, document: dict[str, Any]) -> None:
    """List precedents kind by kind, one a line."""
    rows = document["precedents"]
    if not rows:
        console.print(f"None of {counted(document['of'], 'precedent')} is like that.")
        return
    for kind, title in _KINDS.items():
        if found := [row for row in rows if row["kind"] == kind]:
            console.print(Text(title, style="bold"))
            longest = max(len(row["id"]) for row in rows)
            console.print(_table(found, longest, wide=console.width >= _WIDE))
            console.print()
    of = "" if len(rows) == document["of"] else f" of {document['of']}"
    console.print(Text(f"{len(rows)}{of} precedents. {_NOTE}"))


def _table(rows: list[dict[str, Any]], longest: int, *, wide: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(
        "precedent", overflow="fold", width=min(max(longest, len("precedent")), _LONGEST_ID)
    )
    if wide:
        table.add_column("place", overflow="fold")
    table.add_column("from", no_wrap=True)
    table.add_column("consent", min_width=len("in principle"))
    table.add_column("escort", min_width=len("not known"))
    table.add_column("share that left")
    for row in rows:
        told = [row["id"], row["place"]] if wide else [row["id"]]
        codes = (row["conditions"][name] or "not known" for name in ("consent", "escort"))
        cells = (*told, row["start"][:10], *codes, _share(row))
        table.add_row(*(Text(cell) for cell in cells), style="" if row["pooled"] else "dim")
    return table


def _share(row: dict[str, Any]) -> str:
    from safepassage.forecast.precedents_document import share_words  # noqa: PLC0415

    if row["share"]:
        return share_words(row["share"])
    return "none formed" if row["no_share"] else "not known"


def _show(console: Console, row: dict[str, Any]) -> None:
    """Show everything on one precedent."""
    console.print(Text(row["place"], style="bold"))
    console.print(Text(_when(row)))
    console.print()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, told in _told(row):
        table.add_row(name, Text(told))
    console.print(table)
    if row["left_by_day"]:
        console.print(Text("\nPeople who left, as counted", style="bold"))
        console.print(_counts(row))
    for name in ("incidents", "outcome", "confidence", "coding_note"):
        if row[name]:
            console.print(Text(f"\n{name.replace('_', ' ').capitalize()}", style="bold"))
            console.print(Padding(Text(row[name]), (0, 0, 0, 2)))
    console.print(Text("\nSources", style="bold"))
    for source in row["sources"]:
        console.print(Text(f"  {source}"), soft_wrap=True)


def _when(row: dict[str, Any]) -> str:
    start, end = (datetime.fromisoformat(row[key]) for key in ("start", "end"))
    shape = ["%-d %B %Y, %H:%M" if "T" in row[key] else "%-d %B %Y" for key in ("start", "end")]
    first, last = f"{start:{shape[0]}}", f"{end:{shape[1]}}"
    return first if first == last else f"{first} to {last}"


def _told(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give what is known, each with its name."""
    from safepassage.forecast.precedents_document import span_words  # noqa: PLC0415

    def span(key: str, unit: str = "") -> str:
        return f"{span_words(row[key])}{unit}" if row[key] else "not known"

    yield "precedent", row["id"]
    yield "kind", row["kind"]
    yield "people inside", span("people_inside")
    yield "people who left", span("left")
    yield "share that left", _share(row) + (f": {row['no_share']}" if row["no_share"] else "")
    yield "pooled for uptake", "yes" if row["pooled"] else "no"
    for name, code in row["conditions"].items():
        yield name.replace("_", " "), code or "not known"
    for name in ("under_fire", "recurring", "means"):
        yield name.replace("_", " "), row[name] or "not known"
    hours = row["window_hours"]
    yield "hours a day", "not known" if hours is None else f"{hours:g}"
    told = [f"{'all' if name == 'total' else name} {number}"
            for name, number in row["corridors"].items() if number is not None]  # fmt: skip
    yield "corridors", ", ".join(told) or "not known"
    yield "first incident", span("first_incident_hours", " h from the start")
    ended = row["ended"] or "not known"
    yield (
        "ended",
        ended + (f", {span('ended_hours')} h from the start" if row["ended_hours"] else ""),
    )


def _counts(row: dict[str, Any]) -> Table:
    from safepassage.forecast.precedents_document import span_words  # noqa: PLC0415

    table = Table(box=None, padding=(0, 0, 0, 2), show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style="dim", overflow="fold")
    for each in sorted(row["left_by_day"], key=lambda each: (each["counter"] or "", each["until"])):
        days = each["until"] if each["counted"] != "over" else f"{each['since']} to {each['until']}"
        who = each["counter"] or "counter not named"
        when = f"{_COUNTED[each['counted']]} {days}".strip()
        table.add_row(when, span_words(each["people"]), Text(who))
    return table
