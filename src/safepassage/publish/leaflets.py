"""Make what each zone is handed, sent and read out: leaflets, text messages, scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import Fault, InputError
from safepassage.base.provenance import Source, sha256, stamp
from safepassage.base.signs import all_without_controls
from safepassage.publish.distribution import NOT_FOR_DISTRIBUTION, what_stands_against
from safepassage.publish.leaflet_map import Streets
from safepassage.publish.leaflet_marks import DRAFT, Marks
from safepassage.publish.leaflet_pages import cut, pages
from safepassage.publish.leaflet_route import Ground
from safepassage.publish.leaflet_view import View, told_zones
from safepassage.publish.loudspeaker import script
from safepassage.publish.page import clean_map
from safepassage.publish.text_messages import message_rows, messages_csv
from safepassage.publish.tongue import tongue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from safepassage.publish.distribution import Obstacle

__all__ = ["LEAFLETS_VERSION", "make_leaflets", "manifest", "terms_hash"]

LEAFLETS_VERSION = "1.0"

_TERMS = ("id", "name", "name_ar", "users", "located", "assumed", "destination",
          "controlled_near", "controlled_far")  # fmt: skip


def make_leaflets(
    plan: Mapping[str, Any], map_: Mapping[str, Any], *,
    languages: Sequence[str] = ("en", "ar"), exercise: bool = False,
    released_by: str | None = None, zones: Sequence[str] = (),
    assurances: Sequence[Mapping[str, Any]] = (), now: datetime | None = None,
    pdf: bool = True,
) -> dict[str, str | bytes]:  # fmt: skip
    """Make the leaflets, messages and scripts of a plan, each marked with what it may be used for.

    Parameters
    ----------
    plan, map_
        As ``plan.schema.json`` and ``Plan.map_json()`` have them.
    languages
        Those to write.
    exercise
        Mark all of it as an exercise's.
    released_by
        The role that releases it; a draft if not given.
    zones
        Only these, by id; all with people if not given.
    assurances, now
        A ledger's, whose consent they confirm, and when they must hold.
    pdf
        Whether PDFs are made.

    Returns
    -------
    File name → content: ``leaflets/ZONE.LANGUAGE.html`` and ``.pdf``, ``messages.csv``,
    ``loudspeaker/ZONE.LANGUAGE.txt``, ``leaflets.json``, their marks in front of the names.

    Raises
    ------
    InputError
        If a zone or language is not there, nobody is in any zone, or it is to be released and
        something stands against that.

    """
    plan, map_ = all_without_controls(dict(plan)), clean_map(dict(map_))
    against = what_stands_against(
        plan["corridors"], plan["consent"], assurances=assurances, now=now
    )
    if released_by is not None and against:
        raise InputError(
            Fault("the leaflets", f"may not be released. {each}", "Settle it first.")
            for each in against
        )  # fmt: skip
    _refuse_zones(plan, zones)
    kind = NOT_FOR_DISTRIBUTION if against else "" if released_by else DRAFT
    marks = Marks(kind, exercise=exercise, released_by=released_by or "")
    streets = Streets(Ground(map_))
    made: dict[str, str | bytes] = {}
    rows: list[list[Any]] = []
    for language in dict.fromkeys(languages):
        say = tongue(language, plan["case"]["tz"], isolating=True)
        view = View(plan, streets.ground, say, set())
        written = pages(view, list(told_zones(view, zones)), streets, marks, against)
        names = {slug: f"leaflets/{marks.named(f'{slug}.{language}')}" for slug in written}
        made |= {f"{names[slug]}.html": page for slug, page in written.items()}
        if pdf:
            papers = cut(list(written.values()))
            made |= {f"{names[slug]}.pdf": one for slug, one in zip(written, papers, strict=True)}
        plain = view._replace(say=tongue(language, plan["case"]["tz"]))
        for zone in told_zones(plain, zones):
            rows += message_rows(plain, zone, marks)
            name = marks.named(f"{zone['slug']}.{language}.txt")
            made[f"loudspeaker/{name}"] = script(plain, zone, marks)
    made[marks.named("messages.csv")] = messages_csv(rows)
    head = _head(plan, marks, languages, against)
    made["leaflets.json"] = manifest(head, made, marks)
    return made


def _refuse_zones(plan: Mapping[str, Any], zones: Sequence[str]) -> None:
    known = [each["id"] for each in plan["zones"] if each["people"]["high"]]
    if unknown := [each for each in zones if each not in known]:
        raise InputError(
            Fault("--zone", f"names no zone with people ({each[:40]!r})",
                  f"There are {', '.join(known[:12])}{' …' if len(known) > 12 else ''}.")
            for each in unknown
        )  # fmt: skip
    if not known:
        raise InputError.one("the case", "has no zone with people in it: nobody to tell",
                             "Write people into its zones.")  # fmt: skip


def terms_hash(
    case: str, start: str, end: str, corridors: Sequence[Mapping[str, Any]],
    consent: Sequence[Mapping[str, Any]],
) -> str:  # fmt: skip
    """Hash what leaflets tell of a pause, to see whether the case still says so.

    Parameters
    ----------
    case
        Its id.
    start, end
        The announced hours, local, to the minute.
    corridors, consent
        Rows as ``plan.json`` has them.

    """
    told = {
        "case": case, "hours": [start, end],
        "corridors": [{key: each[key] or "" for key in _TERMS} for each in corridors],
        "consent": [[each[key] for key in ("party", "status", "stated_by")] for each in consent],
    }  # fmt: skip
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True))


def _head(
    plan: Mapping[str, Any], marks: Marks, languages: Sequence[str], against: Sequence[Obstacle]
) -> dict[str, Any]:
    inputs = tuple(Source(each["name"], each["sha256"]) for each in plan["inputs"])
    hours = plan["window"]["announced"]
    return {
        **stamp("leaflets", LEAFLETS_VERSION, inputs, tuple(plan["attribution"])),
        "case": {"id": plan["case"]["id"], "tz": plan["case"]["tz"]},
        "exercise": marks.exercise, "obstacles": [str(each) for each in against],
        "languages": list(dict.fromkeys(languages)),
        "terms": terms_hash(plan["case"]["id"], hours["start"], hours["end"], plan["corridors"],
                            plan["consent"]),
    }  # fmt: skip


def manifest(
    head: Mapping[str, Any], made: Mapping[str, str | bytes], marks: Marks,
    released_at: str | None = None,
) -> str:  # fmt: skip
    """List what was made, as ``leaflets.schema.json`` has it: what a release checks.

    Parameters
    ----------
    head
        What stays whether it is released or not.
    made
        File name → content.
    marks
        What is written on all of it.
    released_at
        When it was released.

    """
    document = {
        **head, "mark": marks.kind, "released_by": marks.released_by or None,
        "released_at": released_at,
        "files": {name: sha256(content) for name, content in sorted(made.items())},
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
