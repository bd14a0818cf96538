"""Run the commands ``cases``, ``read`` and ``plan``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import InputError, NothingAnnounced
from safepassage.base.provenance import stamp
from safepassage.case import built_in_cases, load_case
from safepassage.cli import show
from safepassage.cli.parse import crossing_of, number_of
from safepassage.cli.progress import shown

if TYPE_CHECKING:
    from safepassage.base.progress import Progress
    from safepassage.plan.model import Plan

__all__ = ["run_cases", "run_plan", "run_read"]


def run_cases(*, as_json: bool) -> None:
    """List the built-in cases."""
    found = []
    for name in built_in_cases():
        case = load_case(name).case
        located = sum(1 for corridor in case.corridors if corridor.position)
        found.append(
            {
                "id": case.id, "title": case.title, "place": case.place.name,
                "tz": case.place.tz, "corridors": len(case.corridors), "located": located,
            }
        )  # fmt: skip
    if as_json:
        _print_json({**stamp("cases", "1.0", (), ()), "cases": found})
    else:
        show.cases(found)


def run_read(files: tuple[str, ...], *, as_json: bool) -> None:
    """Read texts and compare what they say."""
    from safepassage.declaration import conflicts, read, read_file, to_json  # noqa: PLC0415

    if not files:
        raise InputError.one("read", "needs a file", "Name a text file, or - for standard input.")
    declarations = []
    silent_files = []
    for name in files:
        try:
            if name == "-":
                declarations.append(read(_standard_input(), name="standard input"))
            else:
                declarations.append(read_file(Path(name)))
        except NothingAnnounced as error:
            silent_files.append(str(error))
    if not declarations:
        raise NothingAnnounced("\n".join(silent_files))
    for said in silent_files:
        sys.stderr.write(f"safepassage: {said}\n")
    if as_json:
        _print_json(to_json(declarations))
    else:
        show.declarations(declarations, conflicts(declarations))


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError.one(
            "standard input", "is not UTF-8 text", "Save it as UTF-8 first."
        ) from None


def run_plan(
    case: str, *, to: Path | None, city: str | None, streets: Path | None, people: str | None,
    crossings: tuple[str, ...], ignore_daylight: bool, as_json: bool,
) -> None:  # fmt: skip
    """Plan a case or a text, write the files, and tell the result."""
    with shown() as progress:
        plan = _planned(case, city, streets, people, crossings, progress, dark=ignore_daylight)
        document = plan.as_json()
        folder = to if to is not None or as_json else Path(f"safepassage-{plan.case.id}")
        written: list[Path] = []
        if folder is not None:
            from safepassage.publish import write_plan  # noqa: PLC0415

            progress("Writing the brief")
            written = write_plan(document, plan.map_json(), folder)
    if as_json:
        _print_json(document)
    else:
        show.plan(document, written)


def _planned(
    case: str, city: str | None, streets: Path | None, people: str | None,
    crossings: tuple[str, ...], progress: Progress, *, dark: bool,
) -> Plan:  # fmt: skip
    from safepassage.plan.make import make_plan  # noqa: PLC0415

    path = Path(case)
    if not (path.is_file() and path.suffix != ".toml"):
        _no_text_options(city, streets, people, crossings)
        return make_plan(case, ignore_daylight=dark, progress=progress)
    from safepassage.declaration import read_file  # noqa: PLC0415
    from safepassage.plan.from_text import case_on_city, case_on_streets  # noqa: PLC0415

    if city and streets:
        raise InputError.one("--city", "and --streets exclude each other", "Name one of them.")
    declaration = read_file(path)
    if streets is None:
        loaded = case_on_city(declaration, city)
    else:
        inside = None if people is None else number_of(people, "--people")
        gates = tuple(crossing_of(text) for text in crossings)
        loaded = case_on_streets(declaration, streets, inside, gates)
    return make_plan(loaded, declarations=(declaration,), ignore_daylight=dark, progress=progress)


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


def _print_json(document: Any) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
