"""Run the commands ``read`` and ``plan``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from safepassage.base.errors import InputError, NothingAnnounced
from safepassage.base.signs import all_without_controls
from safepassage.cli.parse import crossing_of, people_of, refuse_odd_names
from safepassage.cli.progress import print_json, shown, telling

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, BinaryIO

    from safepassage.base.progress import Progress
    from safepassage.cli.review import Asked
    from safepassage.declaration import Declaration
    from safepassage.plan.model import Plan

__all__ = ["run_plan", "run_read", "standard_input"]


def run_read(files: tuple[str, ...], *, as_json: bool, asked: Asked | None = None) -> None:
    """Read texts and compare what they say; store first what people decided about them."""
    from safepassage.declaration import to_json  # noqa: PLC0415

    refuse_odd_names(*(("a file", name) for name in files))
    for name in files:
        if name.startswith("-") and name != "-":
            raise InputError.one(
                name, "is no option of read", "For a file of that name, write ./ before it."
            )
    if not files:
        raise InputError.one("read", "needs a file", "Name a text file, or - for standard input.")
    if asked is not None and asked.anything:
        from safepassage.cli.review import run_review  # noqa: PLC0415

        run_review(files, asked)
    declarations = _read_all(files)
    with telling():
        if as_json:
            print_json(to_json(declarations))
        else:
            from safepassage.cli.show_read import show_declarations  # noqa: PLC0415

            show_declarations(declarations)


def _read_all(files: tuple[str, ...]) -> list[Declaration]:
    """Read every text; those that announce nothing are told of, unless none announces any."""
    from safepassage.declaration import CalledOff, read, read_file  # noqa: PLC0415

    declarations: list[Declaration] = []
    silent: list[str] = []
    called_off: list[str] = []
    for name in files:
        try:
            if name == "-":
                declarations.append(read(standard_input(), name="standard input"))
            else:
                declarations.append(read_file(Path(name)))
        except CalledOff as off:
            declarations.append(off.declaration)
            called_off.append(str(off))
        except NothingAnnounced as error:
            silent.append(str(error))
    if all(each.cancels for each in declarations):
        told = [*silent, *called_off] or [
            f"{each.text_name}: calls a pause off, and announces none." for each in declarations
        ]
        raise NothingAnnounced("\n".join(told))
    for said in silent:
        sys.stderr.write(f"safepassage: {said}\n")
    return declarations


def _tell_stale(declarations: Sequence[Declaration]) -> None:
    """Say of which texts decisions were not applied."""
    for each in declarations:
        if each.reviewed is not None and each.reviewed.status == "stale":
            sys.stderr.write(f"safepassage: {each.text_name}: {each.remarks[0]}\n")


def standard_input() -> BinaryIO:
    """Give what is piped in."""
    return sys.stdin.buffer


def run_plan(
    case: str, *, to: str | None, city: str | None, streets: str | None, people: str | None,
    crossings: tuple[str, ...], place: str | None, ignore_daylight: bool, thorough: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Plan a case or a text, write the files, and tell the result."""
    from safepassage.cli import show  # noqa: PLC0415
    from safepassage.publish.forecast_view import with_forecast  # noqa: PLC0415

    refuse_odd_names(
        ("the case", case), ("--to", to), ("--streets", streets), ("--city", city),
        ("--place", place),
    )  # fmt: skip
    with shown() as progress:
        street_map = None if streets is None else Path(streets)
        plan = _planned(
            case, city, street_map, people, crossings, place, progress, dark=ignore_daylight,
            thorough=thorough,
        )  # fmt: skip
        name = to if to is not None or as_json else f"safepassage-{plan.case.id}"
        folder = None if name is None else Path(name)
        document = plan.as_json()
        forecast = quick_forecast(plan, document, folder, progress)
        document = with_forecast(document, forecast)
        written: list[Path] = []
        if folder is not None:
            from safepassage.publish import write_plan  # noqa: PLC0415

            asked = None
            if place is None and _is_case(case):
                asked = quick_ask(plan, progress, dark=ignore_daylight)
            progress("Writing the brief")
            written = write_plan(document, plan.map_json(), folder, asked=asked, forecast=forecast)
    _tell_stale(plan.declarations)
    with telling(written):
        if as_json:
            print_json(document)
        else:
            show.plan(all_without_controls(document), written)


def quick_ask(plan: Plan, progress: Progress, *, dark: bool) -> dict[str, Any] | None:
    """Ask what changes are worth, for the brief, where that takes seconds."""
    from safepassage.plan.ask import ask_if_quick  # noqa: PLC0415

    worth = ask_if_quick(plan.prepared, ignore_daylight=dark, progress=progress)
    return None if worth is None else worth.as_json()


def quick_forecast(
    plan: Plan, document: dict[str, Any], folder: Path | None, progress: Progress
) -> dict[str, Any] | None:
    """Say who is likely to come: as told in the folder before, else where that takes seconds."""
    from safepassage.forecast.make import forecast_if_quick  # noqa: PLC0415
    from safepassage.publish.forecast_view import forecast_of  # noqa: PLC0415

    if folder is not None and (told := forecast_of(document, folder)):
        return told
    found = forecast_if_quick(plan, progress=progress)
    return None if found is None else found.as_json()


def _planned(
    case: str, city: str | None, streets: Path | None, people: str | None,
    crossings: tuple[str, ...], place: str | None, progress: Progress, *, dark: bool,
    thorough: bool,
) -> Plan:  # fmt: skip
    from safepassage.city.streets import with_place  # noqa: PLC0415
    from safepassage.plan.make import make_plan  # noqa: PLC0415

    path = Path(case)
    if _is_case(case):
        _no_text_options(city, streets, people, crossings)
        from safepassage.case import load_case  # noqa: PLC0415

        named = case if place is None else with_place(load_case(case), place)
        return make_plan(named, ignore_daylight=dark, thorough=thorough, progress=progress)
    from safepassage.declaration import read_file  # noqa: PLC0415
    from safepassage.plan.from_text import case_on_city, case_on_streets  # noqa: PLC0415

    given = {"--city": city, "--streets": streets, "--place": place}
    if len(both := [name for name, value in given.items() if value]) > 1:
        raise InputError.one(" and ".join(both), "exclude each other", "Name one of them.")
    declaration = read_file(path)
    if place:
        from safepassage.city.overpass import fetch_streets  # noqa: PLC0415

        streets = fetch_streets(place, progress=progress).path
    if streets is None:
        loaded = case_on_city(declaration, city)
    else:
        inside = None if people is None else people_of(people, "--people")
        gates = tuple(crossing_of(text) for text in crossings)
        loaded = case_on_streets(declaration, streets, inside, gates)
    return make_plan(
        loaded, declarations=(declaration,), ignore_daylight=dark, thorough=thorough,
        progress=progress,
    )  # fmt: skip


def _is_case(named: str) -> bool:
    """Tell a case from an announcement in a text file."""
    path = Path(named)
    return path.suffix == ".toml" or not _is_file(path)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # such as a name too long
        return False


def _no_text_options(
    city: str | None, streets: Path | None, people: str | None, crossings: tuple[str, ...]
) -> None:
    given = [
        name
        for name, value in (
            ("--city", city), ("--streets", streets), ("--people", people),
            ("--crossing", crossings),
        )
        if value
    ]  # fmt: skip
    if given:
        raise InputError.one(
            ", ".join(given), "is for announcements in a text file, and this is a case",
            "Set it in case.toml instead.",
        )  # fmt: skip
