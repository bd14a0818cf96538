"""Show results in a terminal: one screen each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from safepassage.base.phrases import counted, span
from safepassage.base.window import Window
from safepassage.cli.progress import tell_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from safepassage.plan.estimate import Estimate

__all__ = ["cases", "estimate", "plan", "two_numbers"]


def _console() -> Console:
    return Console(highlight=False)


def _lines(title: str, lines: Iterable[str], style: str = "") -> Group:
    body = [Padding(Text(f"• {line}", style=style), (0, 0, 0, 2)) for line in lines]
    return Group(Text(title, style="bold"), *body)


def cases(found: list[dict[str, Any]]) -> None:
    """Show the built-in cases."""
    table = Table(box=None, pad_edge=False)
    for heading in ("case", "what it is", "corridors", "located"):
        table.add_column(
            heading, justify="right" if heading in {"corridors", "located"} else "left"
        )
    for case in found:
        table.add_row(case["id"], case["title"], str(case["corridors"]), str(case["located"]))
    console = _console()
    console.print(table)
    console.print("\nPlan one with: safepassage plan CASE")


def estimate(result: Estimate) -> None:
    """Show an estimate."""
    data = result.as_json()
    hours, usable = result.hours, result.hours.usable
    low, best, high = (data["ceiling"][end] for end in ("low", "best", "high"))
    console = _console()
    console.print(two_numbers(f"{best:,}", f"{low:,} to {high:,}", data["likely_to_come"]))
    console.print(Text(data["ceiling_note"], style="italic"))
    console.print(Text(f"Consent: {data['consent']}.\n"))
    announced, place = hours.announced, result.asked.place
    rows = [
        (
            f"At {place.name} ({place.lat:.2f}, {place.lon:.2f}; {place.tz}): announced "
            f"{span(announced)}, usable {span(usable)} ({usable.minutes} minutes)."
        ),
        *(f"{span(Window(cut.start, cut.end))}: {cut.reason}." for cut in hours.cuts),
        *(
            f"From {km:g} km, {who}, the last to set out leave at {at:%H:%M}, if nobody queues."
            if at
            else f"From {km:g} km, {who}, nobody can arrive within these hours."
            for who, km, at in result.last_to_set_out
        ),
    ]
    console.print(_lines("Hours", rows))
    console.print(_lines("What limits it", result.limit_texts))
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    table.add_column("What to ask for", style="bold")
    table.add_column("people more", justify="right")
    table.add_column("low to high", justify="right")
    for gain in data["what_to_ask_for"]:
        more = gain["people_gained"]
        table.add_row(gain["change"], f"{more['best']:+,}", f"{more['low']:,} to {more['high']:,}")
    console.print(table)
    console.print()
    console.print(_lines("Before anything else", data["protection"], "dim"))
    for credit in data["attribution"]:
        console.print(Text(f"Place: {credit}", style="dim"))


def two_numbers(ceiling: str, interval: str, likely: str, about: str = "") -> Table:
    """Set the ceiling and who is likely to come side by side; ``about`` follows the latter."""
    table = Table.grid(expand=True, padding=(0, 1))
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    table.add_row(
        Panel(f"[bold]{ceiling}[/] people ({interval})", title="Ceiling: what is possible"),
        Panel(f"[bold]{likely}[/]{about}", title="Likely to come"),
    )
    return table


_LEVEL_STYLES = {"grave": "bold red", "caution": "yellow"}


def _protection(found: Sequence[dict[str, str]]) -> Group:
    """Show the protection check: what it finds, the gravest first to the eye."""
    rows = Table.grid(padding=(0, 1))
    rows.add_column(no_wrap=True)
    rows.add_column(ratio=1)
    for each in found:
        text = Text(each["finding"], style="bold").append(f" {each['text']}", style="not bold")
        rows.add_row(Text(f"  {each['level']}", _LEVEL_STYLES.get(each["level"], "dim")), text)
    return Group(Text("Protection check", style="bold"), rows, Text())


def plan(document: dict[str, Any], written: Sequence[Path]) -> None:
    """Show a plan in short, and where its files are."""
    from safepassage.plan import words  # noqa: PLC0415 - brings what compiles kernels

    console = _console()
    console.print(Text(document["case"]["title"], style="bold"))
    console.print(_protection(document["protection_check"]))
    console.print(_lines("Read first", document["warnings"], "yellow"))
    total = document["ceiling"]["total"]
    interval = f"{total['low']:,} to {total['high']:,}"
    condition = ", conditional on assumptions" if document["conditional"] else ""
    console.print(
        two_numbers(f"{total['best']:,}", interval + condition, document["likely_to_come"])
    )
    console.print(Text(document["ceiling_note"], style="italic"))
    console.print(_lines("In short", document["headline"]))
    console.print(_lines("Consent, as it is said", words.consents(document["consent"])))
    optimum, schedule = document["optimum"], document["schedule"]
    worst, order = schedule["worst_hour"], schedule["order"]
    close, area, least = (
        f"{int(share * 1000 + 1e-9) / 10:g} %"  # never rounded up
        for share in (
            schedule["share_of_optimum_at_close"], schedule["share_of_optimum_area"],
            worst["share"],
        )
    )  # fmt: skip
    console.print(
        _lines(
            "The plan",
            [
                f"Exact optimum: {optimum['total']:,} people past the crossings by closing.",
                (
                    f"Schedule that can be announced: {schedule['total']:,} in "
                    f"{counted(len(schedule['waves']), 'wave')} "
                    f"({close} of the optimum; {area} over all minutes; at its worst, between "
                    f"{worst['from'][11:]} and {worst['until'][11:]}, {least})."
                ),
                f"Order: {order['choice']}. {order['cost']['text'] if order['cost'] else ''}",
                *(each["text"] for each in document["not_moved"]),
                *(
                    f"The schedule leaves {each['people']:,}: {each['reason']}."
                    for each in document["left_behind"]["schedule"]
                    if schedule["total"] != optimum["total"]
                ),
                (
                    f"Checked: {counted(document['check']['routes'], 'route')} and "
                    f"{counted(document['check']['waves'], 'wave')} replayed."
                ),
            ],
        )
    )
    console.print(_lines("Before anything else", document["protection"], "dim"))
    tell_pages(console, "Open the brief", [each for each in written if each.name == "brief.html"])
