"""Make a movement notification: one pack, the same for every party, that asks for nothing.

It tells of humanitarian movements and places; never of fighters, of where people are now, or of
how many go. Its SHA-256 stands on the form: whoever has the same number holds the same pack.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from safepassage.base.errors import Fault, InputError
from safepassage.base.files import read_at_most
from safepassage.base.provenance import Source, sha256, stamp
from safepassage.base.signs import all_without_controls
from safepassage.publish.layer_files import geojson_files, kml
from safepassage.publish.layers import Layer, layers_of, notes_of
from safepassage.publish.notification_form import NEITHER, form
from safepassage.publish.notified import gaps_of, notified
from safepassage.publish.page import clean_map
from safepassage.publish.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from safepassage.case.release import Release

__all__ = ["KIND", "NOTIFICATION_VERSION", "PACK", "Pack", "make_notification", "read_pack"]

KIND = "movement notification"
NOTIFICATION_VERSION = "1.0"
PACK = "movement-notification.json"
"""The file whose SHA-256 stands on every form of the pack; it holds those of the maps."""


def make_notification(
    plan: Mapping[str, Any], map_: Mapping[str, Any], *, release: Release,
    valid_until: datetime | None = None, languages: Sequence[str] = ("en", "ar"),
    exercise: bool = False, issued_at: datetime | None = None,
) -> dict[str, str | bytes]:  # fmt: skip
    """Make the pack.

    Parameters
    ----------
    plan, map_
        As ``plan.schema.json`` and ``Plan.map_json()`` have them.
    release
        The case's: in whose name it is sent, and the duty line that answers.
    valid_until
        When it expires, aware; as the announced hours end if not given.
    languages
        Those of the form.
    exercise
        Mark all of it as an exercise's.
    issued_at
        When it is issued, aware; not said if not given.

    Returns
    -------
    File name → content: ``movement-notification.json``, ``movement-notification.LANGUAGE.html``,
    ``movement-notification.kml`` and a ``.geojson`` for crossings, stops and ways, as far as
    the plan has them. The same arguments give the same bytes.

    Raises
    ------
    InputError
        If it would expire before the announced hours begin, or a language is not there.

    """
    plan, map_ = all_without_controls(dict(plan)), clean_map(dict(map_))
    zone = ZoneInfo(plan["case"]["tz"])
    told = notified(plan, release, zone)
    announced = told["hours"]["announced"]
    until = valid_until.astimezone(zone).isoformat(timespec="minutes") if valid_until else ""
    if until and datetime.fromisoformat(until) < datetime.fromisoformat(announced["start"]):
        raise InputError.one(
            "--until", f"lies before the announced hours begin ({announced['start']})",
            "Give when the notification expires, after the movement.",
        )  # fmt: skip
    layers = list(_layers(plan, map_, told))
    maps = _maps(layers, plan, exercise=exercise)
    inputs = tuple(Source(each["name"], each["sha256"]) for each in plan["inputs"])
    document = {
        **stamp(KIND, NOTIFICATION_VERSION, inputs, tuple(plan["attribution"])),
        "exercise": exercise,
        "case": {key: plan["case"][key] for key in ("id", "title", "tz")},
        "issued_at": issued_at and issued_at.astimezone(zone).isoformat(timespec="minutes"),
        "valid_until": until or announced["end"],
        "terms": list(NEITHER), "datum": "WGS 84", **told,
        "gaps": gaps_of(told, ways=any(each.name == "routes" for each in layers)),
        "files": {name: sha256(content) for name, content in sorted(maps.items())},
    }  # fmt: skip
    kept = redacted(
        document, "partners", now=valid_until or datetime.fromisoformat(announced["end"])
    )
    text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
    forms = {
        f"movement-notification.{each}.html": form(kept, sha256(text), each)
        for each in dict.fromkeys(languages)
    }
    return {PACK: text, **forms, **maps}


class Pack(NamedTuple):
    """Hold a pack's SHA-256 and what its file says."""

    sha256: str
    document: Mapping[str, Any]


def read_pack(path: Path) -> Pack:
    """Read a pack by its JSON, and hold the maps that lie beside it against their SHA-256.

    Parameters
    ----------
    path
        Its ``movement-notification.json``, as it was sent: one changed byte is another pack.

    Raises
    ------
    InputError
        If it is none, or a map beside it is not the one that it names.

    """
    remedy = "Name the movement-notification.json that `safepassage notify` wrote."
    data = read_at_most(path, _LARGEST, what="a movement notification", remedy=remedy)
    try:
        document = json.loads(data)
        if document["kind"] != KIND or not document["schema_version"].startswith("1."):
            raise ValueError  # noqa: TRY301 - all that is no pack is told alike
        named, _ = dict(document["files"]), document["case"]["tz"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError.one(str(path), "is no movement notification", remedy) from error
    if faults := [
        Fault(str(beside), "is not the file of this pack", "Ask for the pack as it was sent.")
        for name, digest in named.items()
        if (beside := path.parent / _plain(name)).is_file()
        and sha256(beside.read_bytes()) != digest
    ]:
        raise InputError(faults)
    return Pack(sha256(data), document)


_LARGEST = 10_000_000


def _plain(name: str) -> str:
    """Leave of a name what stands in the pack's own folder."""
    return name.replace("\\", "/").rpartition("/")[2]


def _maps(
    layers: Sequence[Layer], plan: Mapping[str, Any], *, exercise: bool
) -> dict[str, str | bytes]:
    notes = (*(("EXERCISE.",) if exercise else ()), *notes_of(plan), *NEITHER)
    if not layers:
        return {}
    return {
        "movement-notification.kml": kml("movement-notification", layers, notes),
        **geojson_files(layers, notes),
    }


_POINTS = {
    "id": "identifier", "name": "name", "name_ar": "name in Arabic",
    "mgrs": "position as MGRS, WGS 84", "accuracy_m": "how far off the position may be [m]",
    "assumed": "yes where the position is an assumption",
}  # fmt: skip
_WAYS = {"id": "number", "name": "crossing that it leads to", "corridor": "its identifier"}


def _layers(
    plan: Mapping[str, Any], map_: Mapping[str, Any], told: Mapping[str, Any]
) -> Iterator[Layer]:
    """Lay out crossings, stops and ways: without zones, people, or ways of armed groups."""
    import shapely  # noqa: PLC0415 - heavy

    for name, title, rows in (
        ("crossings", "Crossings", told["crossings"]), ("stops", "Bus stops", told["buses"])
    ):  # fmt: skip
        points = tuple(
            (
                shapely.Point(each["lon"], each["lat"]),
                {**{key: each.get(key, "") for key in _POINTS},
                 "assumed": "yes" if each["assumed"] else "no"},
            )
            for each in rows if each["lat"] is not None
        )  # fmt: skip
        if points:
            yield Layer(name, title, "Point", _POINTS, points)
    if not map_["schematic"]:
        bare = {**plan, "corridors": [], "zones": []}
        for layer in layers_of(bare, map_):
            yield replace(layer, columns=_WAYS, rows=tuple(_ways(layer, told)))


def _ways(layer: Layer, told: Mapping[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Give each line once, with its crossing and nothing of who takes it."""
    names = {each["id"]: each["name"] for each in told["crossings"]}
    lines = {(row["corridor"], shape.wkb): shape for shape, row in layer.rows}
    for number, (corridor, wkb) in enumerate(sorted(lines), 1):
        yield lines[corridor, wkb], {"id": number, "name": names[corridor], "corridor": corridor}
