"""Run ``leaflets``: what each zone is handed, sent and read out, as drafts."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from safepassage.base.errors import InputError
from safepassage.cli.alert import assurances_in
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import shown, telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.base.progress import Progress

__all__ = ["documents_of", "leaflets"]

Many = Parameter(negative="")
Flag = Parameter(negative="")
Documents = tuple[dict[str, Any], dict[str, Any]]

_MOST_BYTES = 400_000_000
_WROTE = "Name the folder that `safepassage plan` wrote, or the case."


def leaflets(
    case: str,
    /,
    *,
    to: str,
    zone: Annotated[tuple[str, ...], Many] = (),
    language: Annotated[tuple[str, ...], Many] = (),
    ledger: str | None = None,
    exercise: Annotated[bool, Flag] = False,
    pdf: bool = True,
) -> None:
    """Write what each zone is handed, sent and read out: leaflets, text messages, scripts.

    They are drafts until a role that the case names releases the folder (`safepassage release`).
    Where a corridor is not located, or an actor in control has not confirmed its consent in its
    own words, all of it is marked NOT FOR DISTRIBUTION.

    Parameters
    ----------
    case
        A built-in case, a folder with case.toml, or the folder that `safepassage plan` wrote.
    to
        Folder for the files.
    zone
        Only this zone, by its id; may be repeated.
    language
        en or ar; may be repeated; all there are if not given.
    ledger
        A ledger whose assurances confirm consent as well.
    exercise
        Mark all of it as an exercise's.
    pdf
        Write PDFs as well as HTML.

    """
    from datetime import UTC, datetime  # noqa: PLC0415

    from safepassage.base.files import write_together  # noqa: PLC0415
    from safepassage.publish.leaflets import make_leaflets  # noqa: PLC0415
    from safepassage.publish.release import refuse_other_leaflets  # noqa: PLC0415
    from safepassage.publish.tongue import languages, tongue  # noqa: PLC0415

    refuse_odd_names(("the case", case), ("--to", to))
    for each in language:
        tongue(each, "UTC")
    assured = assurances_in(ledger)
    with shown() as progress:
        plan, map_ = documents_of(case, progress)
        progress("Writing the leaflets")
        made = make_leaflets(
            plan, map_, languages=language or languages(), exercise=exercise, zones=zone,
            assurances=assured, now=datetime.now(UTC), pdf=pdf,
        )  # fmt: skip
        refuse_other_leaflets(Path(to), list(made))
        written = write_together(Path(to), made)
    told = json.loads(made["leaflets.json"])
    with telling(written):
        named = "CASE" if _is_plan(Path(case)) else case  # a plan's folder cannot be released for
        sys.stdout.write("\n".join(_told(told, named, to)) + "\n")


def _told(listed: dict[str, Any], case: str, to: str) -> Sequence[str]:
    pages = sum(name.endswith(".html") for name in listed["files"])
    head = f"{listed['mark']}: {pages} leaflets, their messages and scripts in {to}"
    if listed["obstacles"]:
        return [head, *(f"  {each}" for each in listed["obstacles"])]
    return [head, f"Once a person has read them: safepassage release {case} {to} --by ROLE"]


def documents_of(case: str, progress: Progress) -> Documents:
    """Give a plan and its map as documents: those in a folder, or of a case planned now.

    Raises
    ------
    InputError
        If there is no such case, or the folder's files cannot be read.

    """
    if _is_plan(Path(case)):
        return _written(Path(case))
    from safepassage.case import load_case  # noqa: PLC0415
    from safepassage.plan.make import make_plan  # noqa: PLC0415

    plan = make_plan(load_case(case), progress=progress)
    return plan.as_json(), plan.map_json()


def _is_plan(path: Path) -> bool:
    """Tell whether it is the folder of a plan, and of no case."""
    try:
        return not (path / "case.toml").exists() and (path / "plan.json").is_file()
    except OSError:  # such as a name too long
        return False


def _written(folder: Path) -> Documents:
    """Read a plan, and the map that its brief holds."""
    from safepassage.base.files import read_at_most  # noqa: PLC0415

    def read(name: str) -> str:
        data = read_at_most(folder / name, _MOST_BYTES, what="a plan", remedy=_WROTE)
        return data.decode("utf-8", "replace")

    try:
        plan = json.loads(read("plan.json"))
        brief = read("brief.html")
        told, map_ = (_inside(brief, name) for name in ("sp-plan", "sp-city"))
        if plan["kind"] == "plan" and plan["schedule"]["waves"] == told["schedule"]["waves"]:
            return plan, map_
    except (ValueError, KeyError, TypeError):
        pass
    raise InputError.one(str(folder), "holds no plan and brief that belong together", _WROTE)


def _inside(page: str, name: str) -> dict[str, Any]:
    begins = rf'<script type="application/json" id="{name}">'
    found = re.search(f"{begins}(.*?)</script>", page, re.DOTALL)
    if not found:
        raise ValueError(name)
    document: dict[str, Any] = json.loads(found[1])
    return document
