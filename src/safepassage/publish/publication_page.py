"""List what was published on one page: each file, what it is, and who may have it."""

from __future__ import annotations

from fnmatch import fnmatch
from itertools import groupby
from typing import TYPE_CHECKING, Any

from safepassage.base.signs import all_without_controls
from safepassage.publish.page import STILL_POLICY, template
from safepassage.publish.wording import clock, day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from safepassage.publish.redaction import Level

__all__ = ["READERS", "WHAT", "publication_html"]

_INTERNAL = (
    "Shows when and where people would move. Do not publish it, and do not pass it to a party to "
    "the fighting."
)
_PARTNERS = (
    "No schedule, no number of people at any place. The movement notification goes to every party "
    "alike."
)
_TO_RELEASE = (
    "Drafts: nobody may hand them out or send them before. See: safepassage release --help."
)
READERS = {
    "internal": ("Internal", _INTERNAL), "partners": ("Partners", _PARTNERS),
    "public": ("Public", "No schedule, no position, counts in tens."),
    "to-release": ("To be released by a named role", _TO_RELEASE),
}  # fmt: skip
"""Folder → its title, and what holds for its readers."""

WHAT = (
    ("internal/brief*", "The brief: what is possible, what is likely, what limits it"),
    ("internal/zones.html", "A page for each neighbourhood"),
    ("internal/ask.*", "What to ask for, and what it is worth"),
    ("internal/forecast.json", "Who is likely to come"),
    ("*/index.html", "The list of this folder alone"),
    ("*/publication.json", "The list of this folder alone"),
    ("*/plan.json", "The plan as data, as these readers may see it"),
    ("internal/curve.csv*", "People out by the minute"),
    ("internal/waves.csv*", "Who sets out when, by which corridor"),
    ("internal/timetable.csv*", "Departures of buses"),
    ("*/tables/*", "Tables with HXL tags"),
    ("*/maps/*", "Maps: GeoPackage with styles for QGIS, GeoJSON, KML"),
    ("*/record/*", "The record of the pause"),
    ("partners/movement-notification/*", "Movement notification, the same for every party"),
    ("to-release/leaflets/leaflets/*", "Leaflets, one A5 sheet a neighbourhood"),
    ("to-release/leaflets/loudspeaker/*", "Scripts to be read out"),
    ("to-release/leaflets/*messages.csv", "Text messages"),
    ("to-release/leaflets/leaflets.json", "What a release of the leaflets checks"),
    ("to-release/alerts/*", "Alerts (CAP 1.2)"),
)
"""Names of files → what they are, the first that fits."""

_FEW = 8
"""Files of one kind that are listed at once; of more, the list is folded."""


def publication_html(document: Mapping[str, Any], reader: Level | None = None) -> str:
    """Make the page that lists a publication.

    Parameters
    ----------
    document
        As ``publication.schema.json`` has it.
    reader
        Whose own folder it lists, and nothing else; all folders if not given.

    """
    document = all_without_controls(dict(document))
    made = document["made_at"]
    own = f"{reader}/" if reader else ""
    return template("publication.html.j2").render(
        document=document, readers=list(_readers([own + name for name in document["files"]])),
        own=own, policy=STILL_POLICY, made=f"{day(made)}, {clock(made)} UTC", few=_FEW,
    )  # fmt: skip


def _readers(names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for folder, (title, caution) in READERS.items():
        theirs = [name for name in names if name.startswith(f"{folder}/")]
        yield {"title": title, "caution": caution, "folder": folder, "kinds": list(_kinds(theirs))}


def _kinds(names: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    told = [what for _, what in WHAT]
    ordered = sorted(names, key=lambda name: (told.index(_what(name)), name))
    for what, each in groupby(ordered, key=_what):
        yield what, list(each)


def _what(name: str) -> str:
    return next(what for pattern, what in WHAT if fnmatch(name, pattern))
