"""Run the command ``publish``: plan, or read a plan, and write what each reader may have."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import InputError
from safepassage.base.files import refuse_unwritable, write_together
from safepassage.base.provenance import sha256
from safepassage.cli.parse import refuse_odd_names
from safepassage.cli.progress import shown, telling
from safepassage.cli.recording import NotOverError, Read, recorded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from safepassage.base.progress import Progress
    from safepassage.case import LoadedCase
    from safepassage.declaration import Declaration
    from safepassage.publish.alerts import Terms
    from safepassage.publish.publication import Publication
    from safepassage.publish.redaction import Level

__all__ = ["Asked", "run_publish"]

_LIST = "publication.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold what was asked for, as it was typed."""

    to: str
    plan: str | None
    ledger: str | None
    languages: Sequence[str]
    exercise: bool
    pdf: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """Hold a plan, its documents, and what alerts and a record need of its case."""

    loaded: LoadedCase
    declarations: tuple[Declaration, ...]
    terms: Terms
    plan: dict[str, Any]
    map_: dict[str, Any]
    asked: dict[str, Any] | None
    forecast: dict[str, Any] | None


def run_publish(case: str, asked: Asked) -> None:
    """Write everything, all of it or nothing, and tell what there is and what is missing."""
    from safepassage.publish.release import refuse_other_leaflets  # noqa: PLC0415
    from safepassage.publish.tongue import tongue  # noqa: PLC0415

    refuse_odd_names(("the case", case), ("--to", asked.to), ("--plan", asked.plan),
                     ("--ledger", asked.ledger))  # fmt: skip
    for each in asked.languages:
        tongue(each, "UTC")  # refused before the plan is made
    folder = Path(asked.to)
    refuse_unwritable(folder)
    with shown() as progress:
        made = _made(case, asked, progress)
        outdated = list(_outdated(folder, made.files))
        leaflets = "to-release/leaflets/"
        refuse_other_leaflets(
            folder / leaflets,
            [each.removeprefix(leaflets) for each in (*made.files, *outdated)],
        )  # fmt: skip
        written = write_together(folder, made.files)
        for name in outdated:
            (folder / name).unlink(missing_ok=True)
    with telling(written):
        sys.stdout.write("\n".join(_told(made, folder)) + "\n")


def _told(made: Publication, folder: Path) -> Iterator[str]:
    many = Counter(name.split("/")[0] for name in made.files if "/" in name)
    yield ", ".join(f"{reader}/ {count} files" for reader, count in many.items())
    yield from (f"  - {each}" for each in made.remarks)
    yield f"Open: {folder / 'index.html'}"


def _made(case: str, asked: Asked, progress: Progress) -> Publication:
    from safepassage.cli.alert import assurances_in  # noqa: PLC0415
    from safepassage.publish.publication import Given, make_publication  # noqa: PLC0415
    from safepassage.publish.tongue import languages  # noqa: PLC0415

    _refuse_mixed(asked)
    assured = [] if asked.exercise else assurances_in(asked.ledger)
    planned = _planned(case, asked.plan, progress)
    records, why = _records(planned, asked)
    given = Given(
        plan=planned.plan, map_=planned.map_, terms=planned.terms, asked=planned.asked,
        forecast=planned.forecast, release=planned.loaded.case.release, records=records,
        now=datetime.now(UTC), assurances=assured, languages=asked.languages or languages(),
        exercise=asked.exercise, pdf=asked.pdf,
    )  # fmt: skip
    return make_publication(given, remarks=why, progress=progress)


def _refuse_mixed(asked: Asked) -> None:
    if asked.ledger is None:
        return
    from safepassage.ledger.opening import open_record  # noqa: PLC0415

    with open_record(asked.ledger) as record:
        played = record.head.exercise
    if played != asked.exercise:
        remedy = "Add --exercise." if played else "Leave --exercise out, or name its own ledger."
        raise InputError.one(asked.ledger, f"is {'' if played else 'not '}an exercise's ledger",
                             f"Keep exercises apart from what happened. {remedy}")  # fmt: skip


def _planned(case: str, folder: str | None, progress: Progress) -> _Planned:
    from safepassage.case import load_case  # noqa: PLC0415
    from safepassage.publish.alerts import terms_of  # noqa: PLC0415

    loaded = load_case(case)
    if folder is not None:
        return _looked_at(loaded, folder, progress)
    from safepassage.cli.commands import quick_ask, quick_forecast  # noqa: PLC0415
    from safepassage.plan.make import make_plan  # noqa: PLC0415
    from safepassage.publish.forecast_view import with_forecast  # noqa: PLC0415

    plan = make_plan(loaded, progress=progress)
    document = plan.as_json()
    forecast = quick_forecast(plan, document, None, progress)
    return _Planned(
        loaded=plan.prepared.loaded, declarations=plan.declarations, terms=terms_of(plan.prepared),
        plan=with_forecast(document, forecast), map_=plan.map_json(),
        asked=quick_ask(plan, progress, dark=False), forecast=forecast,
    )  # fmt: skip


def _looked_at(loaded: LoadedCase, folder: str, progress: Progress) -> _Planned:
    """Take a plan from its folder, where it is of the case as it stands now."""
    from safepassage.cli.leaflets import documents_of  # noqa: PLC0415
    from safepassage.plan.setting import prepare  # noqa: PLC0415
    from safepassage.publish.alerts import terms_of  # noqa: PLC0415
    from safepassage.publish.ask_page import asked_of  # noqa: PLC0415
    from safepassage.publish.forecast_view import forecast_of  # noqa: PLC0415

    if not (Path(folder) / "plan.json").is_file():
        raise InputError.one("--plan", f"holds no plan.json ({folder[:80]!r})",
                             "Name what `safepassage plan CASE --to FOLDER` wrote.")  # fmt: skip
    plan, map_ = documents_of(folder, progress)
    prepared = prepare(loaded, progress=progress)
    now = [{"name": each.name, "sha256": each.sha256} for each in prepared.inputs]
    if plan["case"]["id"] != loaded.case.id or plan["inputs"] != now:
        raise InputError.one(
            "--plan", f"is not a plan of {loaded.case.id} as the case stands now",
            f"Make it again: safepassage plan CASE --to {folder}",
        )  # fmt: skip
    return _Planned(
        loaded=prepared.loaded, declarations=prepared.declarations, terms=terms_of(prepared),
        plan=plan, map_=map_, asked=asked_of(plan, Path(folder)),
        forecast=forecast_of(plan, Path(folder)),
    )  # fmt: skip


def _records(
    planned: _Planned, asked: Asked
) -> tuple[dict[Level, Mapping[str, str]], list[str]]:  # fmt: skip
    """Make the record's files for each level that may see it by now, and say why others not."""
    from safepassage.ledger.expected import Expected  # noqa: PLC0415
    from safepassage.publish.redaction import LEVELS  # noqa: PLC0415
    from safepassage.publish.tables import plan_json  # noqa: PLC0415
    from safepassage.publish.tongue import languages  # noqa: PLC0415

    if asked.exercise and asked.ledger is None:
        return {}, ["No record: that of an exercise is made of its ledger (--ledger)."]
    expected = Expected.of_document(planned.plan, sha256=sha256(plan_json(planned.plan)))
    read = Read(planned.loaded, planned.declarations, expected, planned.plan)
    spoken = tuple(asked.languages or languages())
    made: dict[Level, Mapping[str, str]] = {}
    why: dict[str, list[str]] = {}
    for level in LEVELS:
        try:
            made[level] = recorded(read, asked.ledger, level, languages=spoken)[1]
        except NotOverError as error:
            why.setdefault(str(error), []).append(level)
    return made, [f"No record yet ({', '.join(levels)}): {each}" for each, levels in why.items()]


def _outdated(folder: Path, made: Mapping[str, str | bytes]) -> Iterator[str]:
    """Name what an earlier run wrote, nobody changed, and this one does not write."""
    try:
        listed: Mapping[str, str] = json.loads((folder / _LIST).read_bytes())["files"]
        for name, digest in listed.items():
            path = folder / name
            plain = not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts
            if name not in made and plain and sha256(path.read_bytes()) == digest:
                yield name
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return  # no list, or not ours: nothing is known to be outdated
