"""Run the command ``ask``: what each thing that may be asked for is worth."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safepassage.base.errors import InputError
from safepassage.base.phrases import signed
from safepassage.base.signs import all_without_controls
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import print_json, shown, tell_pages, telling
from safepassage.plan import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from safepassage.base.progress import Progress

__all__ = ["run_ask"]

_EXACT = 100
"""Smaller numbers of people per unit are told with one decimal."""

_LONGEST_BAR = 12
_WIDE = 100
"""A terminal of this many columns has room for bars."""


def run_ask(case: str, *, to: str | None, ignore_daylight: bool, as_json: bool) -> None:
    """Ask what changes are worth, write the page where asked, and tell the result.

    A first Ctrl-C ends the search and tells what is known by then; a second one everything.
    """
    refuse_odd_names(("the case", case), ("--to", to))
    stop = Event()
    with shown() as progress:
        with _stopping(stop):
            document = _asked(case, stop, progress, ignore_daylight=ignore_daylight)
        written: list[Path] = []
        if to is not None:
            from safepassage.publish.ask_page import write_ask  # noqa: PLC0415

            progress("Writing the page")
            written = write_ask(document, Path(to))
    with telling(written):
        if as_json:
            print_json(document["changes"])
        else:
            _show(all_without_controls(document), written)
    if not document["complete"]:
        raise KeyboardInterrupt(
            f"{document['answered']} of {document['asked']} changes were answered"
        )


def _asked(case: str, stop: Event, progress: Progress, *, ignore_daylight: bool) -> dict[str, Any]:
    from safepassage.plan.ask import ask  # noqa: PLC0415 - the solver takes a second

    try:
        worth = ask(case, ignore_daylight=ignore_daylight, stop=stop, progress=progress)
    except InputError:
        if stop.is_set():
            raise KeyboardInterrupt from None
        raise
    return worth.as_json()


@contextmanager
def _stopping(stop: Event) -> Iterator[None]:
    """Let a first Ctrl-C only set ``stop`` for the time of a block; a second one interrupts."""
    if current_thread() is not main_thread():
        yield
        return

    def heed(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as signals call it
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, heed)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _show(document: dict[str, Any], written: Sequence[Path]) -> None:
    """Show what to ask for on one screen or two."""
    console = Console(highlight=False)
    changes = document["changes"]
    console.print(Text(f"{document['case']['title']}: what to ask for", style="bold"))
    if not document["complete"]:
        console.print(
            Text(
                f"Stopped: {document['answered']} of {document['asked']} changes were answered.",
                style="bold yellow",
            )
        )
    for line in document["headline"]:
        console.print(Padding(Text(f"• {line}"), (0, 0, 0, 2)))
    said = "; ".join(words.consents(document["consent"]))
    console.print(Text.assemble(("Consent, as it is said: ", "bold"), f"{said}."))
    console.print(Text(f"Likely to come: {document['likely_to_come']}. ", style="bold"), end="")
    console.print(Text(document["ceiling_note"], style="italic"))
    single = [each for each in changes if each["kind"] not in ("both", "lost")]
    _table(console, "One change at a time, most people for each unit first", single)
    _table(console, "Two together", [each for each in changes if each["kind"] == "both"])
    lost = [each for each in reversed(changes) if each["kind"] == "lost"]
    _table(console, "What must not be lost", lost)
    for each in document["refused"]:
        console.print(Text(f"Not tried: {each['change']}: {each['reason']}.", style="yellow"))
    console.print()
    for line in document["meaning"]:
        console.print(Padding(Text(f"• {line}", style="dim"), (0, 0, 0, 2)))
    tell_pages(console, "Open the page", [each for each in written if each.suffix == ".html"])
    if not written:
        console.print(Text("A page with a chart: add --to FOLDER.", style="dim"))


def _table(console: Console, title: str, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    singles = rows[0]["kind"] not in ("both", "lost")
    spread = any(_spread(each["people_gained"]) for each in rows)
    bars = console.width >= _WIDE
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column("change" if singles else "", ratio=1, min_width=24)
    if singles:
        table.add_column("per unit", justify="right", no_wrap=True)
    table.add_column("people", justify="right", style="bold", no_wrap=True)
    if spread:
        table.add_column("low to high", justify="right", no_wrap=True)
    if rows[0]["kind"] == "both":
        table.add_column("beyond sum", justify="right", no_wrap=True)
    if bars:
        table.add_column("", no_wrap=True, min_width=_LONGEST_BAR)
    most = max(abs(each["people_gained"]["best"]) for each in rows) or 1
    for each in rows:
        table.add_row(*_cells(each, most, singles=singles, spread=spread, bars=bars))
    console.print(Text(f"\n{title}", style="bold"))
    console.print(Padding(table, (0, 0, 0, 2)))


def _cells(
    each: dict[str, Any], most: int, *, singles: bool, spread: bool, bars: bool
) -> list[Text]:
    gained = each["people_gained"]
    cells = [Text(each["change"])]
    if singles:
        cells.append(Text(f"{_number(each['per_unit'])} a {each['unit']}"))
    cells.append(Text(signed(gained["best"])))
    if spread:
        same = not _spread(gained)
        told = "the same" if same else f"{signed(gained['low'])} to {signed(gained['high'])}"
        cells.append(Text(told))
    if each["kind"] == "both":
        cells.append(Text(signed(each["beyond_sum"]["best"])))
    if bars:
        sign = "▒" if gained["best"] < 0 else "░" if each["assumed"] else "█"
        cells.append(Text(sign * round(_LONGEST_BAR * abs(gained["best"]) / most)))
    return cells


def _spread(figures: dict[str, int]) -> bool:
    return figures["low"] != figures["high"]


def _number(value: float) -> str:
    text = f"{value:,.1f}" if abs(value) < _EXACT and value % 1 else f"{value:,.0f}"
    return text.replace("-", "−")
