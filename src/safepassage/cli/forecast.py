"""Run the command ``forecast``: who is likely to come, and what if it collapses."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from safepassage.base.errors import InputError
from safepassage.base.signs import all_without_controls
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import print_json, shown, tell_pages, telling
from safepassage.cli.show import two_numbers
from safepassage.forecast import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from safepassage.base.progress import Progress
    from safepassage.forecast.make import Engine
    from safepassage.forecast.model import Forecast

__all__ = ["run_forecast"]

_TOLD = ("consent", "escort")
"""Conditions shown on the screen: those that change most; the brief shows all."""


def run_forecast(
    case: str, *, replications: int, seed: int, without: Sequence[str], tables: Sequence[str],
    to: str | None, engine: str, scheduler: str | None, workers: int | None,
    ignore_daylight: bool, as_json: bool,
) -> None:  # fmt: skip
    """Forecast a case, write the files, and tell the result."""
    refuse_odd_names(("the case", case), ("--to", to), *(("--with", each) for each in tables))
    folder = Path(to if to is not None else f"safepassage-{Path(case).stem}")
    written: list[Path] = []
    try:
        if folder.exists() and not folder.is_dir():
            raise InputError.one(f"--to {folder}", "is a file", "Name a folder.")
    except OSError as error:
        reason = error.strerror or error
        raise InputError.one("--to", f"is no folder's name ({reason})", "Name another.") from error
    with shown() as progress, _left_tidy(folder):
        forecast = _made(
            case, progress, dark=ignore_daylight, replications=replications, seed=seed,
            without=without, tables=tables, engine=engine, scheduler=scheduler, workers=workers,
            keep=folder if to is not None or not as_json else None,
        )  # fmt: skip
        document = forecast.as_json()
        if to is not None or not as_json:
            from safepassage.publish.forecast_files import write_forecast  # noqa: PLC0415

            progress("Writing the brief")
            plan = forecast.plan
            written = write_forecast(document, plan.as_json(), plan.map_json(), folder)
    with telling(written):
        if as_json:
            print_json(document)
        else:
            _show(all_without_controls(document), written)


@contextmanager
def _left_tidy(folder: Path) -> Iterator[None]:
    """Leave no empty folder where nothing came of it; tell of what is kept when stopped."""
    was_there, parts = folder.exists(), folder / "replications"
    try:
        yield
    except BaseException as error:
        for each in (parts,) if was_there else (parts, folder):
            with suppress(OSError):  # it holds something, or is not there
                each.rmdir()
        if isinstance(error, KeyboardInterrupt) and parts.exists():
            raise KeyboardInterrupt(
                f"the replications done are kept in {parts}, and the same command goes on from them"
            ) from None
        raise


def _made(
    case: str, progress: Progress, *, dark: bool, replications: int, seed: int,
    without: Sequence[str], tables: Sequence[str], engine: str, scheduler: str | None,
    workers: int | None, keep: Path | None,
) -> Forecast:  # fmt: skip
    from safepassage.forecast.make import check_asked, make_forecast  # noqa: PLC0415
    from safepassage.forecast.precedents import load_precedents  # noqa: PLC0415
    from safepassage.plan.make import make_plan  # noqa: PLC0415

    check_asked(replications, seed, engine, scheduler, workers)
    precedents = load_precedents(*(Path(each) for each in tables))
    precedents.without(*without)  # said before minutes of planning
    plan = make_plan(case, ignore_daylight=dark, progress=progress)
    return make_forecast(
        plan, replications=replications, seed=seed, precedents=precedents, without=without,
        engine=cast("Engine", engine), scheduler=scheduler, workers=workers, keep=keep,
        progress=progress,
    )  # fmt: skip


def _show(document: dict[str, Any], written: Sequence[Path]) -> None:
    """Tell the two numbers, why, and what if it collapses, on one screen."""
    console = Console(highlight=False)
    console.print(Text(document["case"]["title"], style="bold"))
    ceiling, interval = document["ceiling"], document["ceiling_interval"]
    span = f"{interval['low']:,} to {interval['high']:,}"
    console.print(two_numbers(f"{ceiling:,}", span, document["likely"], " people (8 in 10)"))
    console.print(Text(document["because"]))
    console.print(Text(document["caution"], style="italic"))
    console.print(_by_condition(document["effects"]))
    console.print(_by_hour(document["at_hours"]))
    console.print(_by_driver(document["drivers"]))
    seen = document["replications"]
    console.print(
        Text(f"\n{seen:,} replications, seed {document['seed']}; left out: "
             f"{', '.join(document['without']) or 'no precedent'}.", style="dim")
    )  # fmt: skip
    tell_pages(console, "Open", [page for page in written if page.suffix == ".html"])


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), title_justify="left")
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="right" if i else "left", style="bold" if not i else "")
    return table


def _by_condition(effects: Sequence[dict[str, Any]]) -> Table:
    """Show what would change most: conditions as they stand, and as they could be."""
    table = _table("If it were so", "leave (8 in 10)", "precedents")
    for each in effects:
        if each["condition"] not in _TOLD or not (each["rests_on"] or each["stands"]):
            continue
        mark = " (as it stands)" if each["stands"] else ""
        table.add_row(
            f"{each['text']}{mark}",
            f"{words.share_text(each['p10'])} to {words.share_text(each['p90'])}",
            str(each["rests_on"]),
        )
    return table


def _by_hour(rows: Sequence[dict[str, Any]]) -> Table:
    table = _table("If it collapses at", "out", "on the road", "held so far")
    for each in rows:
        table.add_row(
            each["at"][11:16], _range(each["out"]), _range(each["on_the_road"]),
            f"{100 * each['holds']['p50']:.0f} %",
        )  # fmt: skip
    return table


def _by_driver(rows: Sequence[dict[str, Any]]) -> Text:
    told = [
        f"{each['unknown']} {100 * each['share']:.0f} %" for each in rows if each["share"] >= 0.01
    ]
    few = "nothing by itself" if rows else "too few simulations to tell"
    return Text("What drives the spread: " + ("; ".join(told) or few) + ".")


def _range(people: dict[str, int]) -> str:
    return f"{people['p10']:,} to {people['p90']:,}"
