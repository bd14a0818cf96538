"""Run the command ``cases``: list the built-in cases, or copy one to look at and change."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from safepassage.base.errors import InputError
from safepassage.base.files import write_together
from safepassage.base.provenance import stamp
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import print_json, telling

if TYPE_CHECKING:
    from typing import Any

__all__ = ["run_cases"]


def run_cases(name: str | None, *, to: str | None, as_json: bool) -> None:
    """List the built-in cases; with a name and a folder, copy that case into the folder."""
    if name is None and to is None:
        _list(as_json=as_json)
    elif name is None or to is None:
        raise InputError.one(
            "--to" if name is None else name,
            "needs the name of a built-in case" if name is None else "needs a folder to copy it to",
            "Write, for instance: safepassage cases aleppo-2016-11-04 --to my-aleppo",
        )
    else:
        refuse_odd_names(("the case", name), ("--to", to))
        _copy(name, Path(to))


def _list(*, as_json: bool) -> None:
    from safepassage.case import built_in_cases, load_case  # noqa: PLC0415
    from safepassage.cli import show  # noqa: PLC0415

    found: list[dict[str, Any]] = []
    for name in built_in_cases():
        case = load_case(name).case
        located = sum(1 for corridor in case.corridors if corridor.position)
        found.append(
            {
                "id": case.id, "title": case.title, "place": case.place.name,
                "tz": case.place.tz, "corridors": len(case.corridors), "located": located,
            }
        )  # fmt: skip
    with telling():
        if as_json:
            print_json({**stamp("cases", "1.0", (), ()), "cases": found})
        else:
            show.cases(found)


def _copy(name: str, folder: Path) -> None:
    """Copy every file of a built-in case into a folder that does not hold one."""
    from safepassage.case import built_in_cases, find_case  # noqa: PLC0415

    if name not in built_in_cases():
        known = ", ".join(built_in_cases())
        raise InputError.one(name, "is no built-in case", f"Built-in cases: {known}.")
    if (folder / "case.toml").exists():
        raise InputError.one(
            str(folder), "holds a case already", "Name another folder: nothing is overwritten."
        )
    source = find_case(name).parent
    files = {
        str(path.relative_to(source)): path.read_bytes()
        for path in sorted(source.rglob("*"))
        if path.is_file()
    }
    written = write_together(folder, files)
    with telling(written):
        sys.stdout.write("".join(f"{folder / file}\n" for file in files))
