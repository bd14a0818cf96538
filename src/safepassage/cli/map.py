"""Run the command ``map``: a city as it is before anything is planned on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safepassage.base.signs import all_without_controls
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import print_json, shown, tell_pages, telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.base.progress import Progress
    from safepassage.city.checkup import CheckUp

__all__ = ["run_map"]

_MOST_ZONES = 10
_MOST_HAZARDS = 10


def run_map(case: str, *, to: tuple[str, ...], place: str | None, as_json: bool) -> None:
    """Check the city of a case, write what was asked for, and tell the result."""
    refuse_odd_names(("the case", case), *(("--to", name) for name in to), ("--place", place))
    with shown() as progress:
        found = _checked(case, place, progress)
        document = found.as_json()
        if not to and not as_json:
            to = (f"safepassage-{document['case']['id']}",)
        written = [_written(found, document, Path(name), progress) for name in to]
    with telling(written):
        if as_json:
            print_json(document)
        else:
            _show(all_without_controls(document), written)


def _checked(case: str, place: str | None, progress: Progress) -> CheckUp:
    from safepassage.case import load_case  # noqa: PLC0415
    from safepassage.city.checkup import check_up  # noqa: PLC0415
    from safepassage.city.streets import with_place  # noqa: PLC0415

    loaded = load_case(case)
    return check_up(loaded if place is None else with_place(loaded, place), progress=progress)


def _written(found: CheckUp, document: dict[str, Any], path: Path, progress: Progress) -> Path:
    """Write layers or the page, this into a folder if no page is named."""
    if path.suffix.lower() == ".gpkg":
        progress("Writing the layers")
        return found.geopackage(path)
    from safepassage.publish import write_map  # noqa: PLC0415

    progress("Drawing the map")
    if path.suffix.lower() not in (".html", ".htm"):
        path = path / "map.html"
    return write_map(document, found.map_json(), path)


def _show(document: dict[str, Any], written: Sequence[Path]) -> None:
    """Show a check-up on one screen."""
    console = Console(highlight=False)
    counts, people = document["counts"], document["people"]
    console.print(Text(f"{document['case']['title']}: the city", style="bold"))
    spread = f" ({people['low']:,} to {people['high']:,})" if people["low"] < people["high"] else ""
    assumed = "" if people["source"] else ", assumed"
    kind = "links" if document["schematic"] else "streets"
    for line in (
        f"{people['best']:,} people{spread}{assumed} in {counts['zones']:,} zone"
        + ("" if counts["zones"] == 1 else "s"),
        f"{counts['streets']:,} {kind}, {counts['km']:,.1f} km",
        f"{counts['junctions']:,} junctions, in {counts['parts']:,} part"
        + ("" if counts["parts"] == 1 else "s"),
        f"{counts['located']} of {counts['corridors']} corridors located",
    ):
        console.print(Text(f"  {line}."))
    if document["look_first"]:
        console.print(Text("\nLook at this first", style="bold"))
        for line in document["look_first"]:
            console.print(Padding(Text(f"• {line}", style="yellow"), (0, 0, 0, 2)))
    _show_crossings(console, document["crossings"])
    _show_hazards(console, document["hazards"])
    _show_stuck(console, document["zones"])
    unsourced = sum(not each["source"] for each in document["assumptions"])
    console.print(Text(f"\n{unsourced} figures are assumptions; the page lists them.", style="dim"))
    tell_pages(console, "Open", written)
    if not written:
        console.print(Text("A map that opens offline: add --to FOLDER.", style="dim"))


def _show_crossings(console: Console, crossings: list[dict[str, Any]]) -> None:
    reached = [each for each in crossings if each["reach"]]
    if not reached:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column("crossing", style="bold")
    for heading in ("nearest for", "in reach of", "half within", "farthest"):
        table.add_column(heading, justify="right")
    for each in reached:
        reach = each["reach"]
        table.add_row(
            Text(each["name"]), f"{reach['nearest_to']:,}", f"{reach['people']:,}",
            _km(reach["half_within_m"]), _km(reach["farthest_m"]),
        )  # fmt: skip
    console.print()
    console.print(table)


def _show_hazards(console: Console, hazards: list[dict[str, Any]]) -> None:
    """Tell what each hazard takes; where several meet, each counts the street."""
    if not hazards:
        return
    console.print(Text("\nHazards", style="bold"))
    for each in hazards[:_MOST_HAZARDS]:
        streets = f"{each['streets']:,} street" + ("" if each["streets"] == 1 else "s")
        over = ", planned over by choice" if each["overridden"] else ""
        console.print(
            Text(f"  • {each['name']}: {each['effect']}, {streets}, {each['km']:,.1f} km{over}")
        )
    if len(hazards) > _MOST_HAZARDS:
        console.print(Text(f"  and {len(hazards) - _MOST_HAZARDS:,} more"))


def _show_stuck(console: Console, zones: list[dict[str, Any]]) -> None:
    stuck = [zone for zone in zones if zone["way"] in ("none", "closed")]
    if not stuck:
        return
    stuck.sort(key=lambda zone: -zone["people"]["best"])
    console.print(Text("\nZones with no way out", style="bold"))
    for zone in stuck[:_MOST_ZONES]:
        cut = ", cut off by what is closed" if zone["way"] == "closed" else ""
        console.print(Text(f"  • {zone['name']}: {zone['people']['best']:,} people{cut}"))
    if len(stuck) > _MOST_ZONES:
        console.print(Text(f"  and {len(stuck) - _MOST_ZONES:,} more"))


def _km(metres: int | None) -> str:
    return "–" if metres is None else f"{metres / 1000:,.1f} km"
