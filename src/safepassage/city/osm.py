"""Read streets from an OpenStreetMap file: ``.osm.pbf``, ``.osm``, ``.osm.gz``.

`osm_pbf` and `osm_xml` take the streets out of the file; what the tags mean is
`highways`' business, joining them from junction to junction is that of `join`.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Literal

from safepassage.base.errors import InputError
from safepassage.base.progress import Progress, silent
from safepassage.city.clip import Area, Box, box_area
from safepassage.city.join import join
from safepassage.city.join_both import join_both
from safepassage.city.memory import room

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.city.highways import Mode
    from safepassage.city.model import StreetMap
    from safepassage.city.osm_ways import Extract

__all__ = ["read_osm"]

_log = logging.getLogger(__name__)

_FORMATS = {".osm.pbf": "pbf", ".pbf": "pbf", ".osm.gz": "osm.gz", ".osm": "osm"}


def read_osm(
    path: Path,
    *,
    mode: Mode | Literal["both"] = "walk",
    box: Box | None = None,
    area: Area | None = None,
    progress: Progress = silent,
) -> StreetMap:
    """Read the streets of an OpenStreetMap file that a mode may use.

    Parameters
    ----------
    path
        A file named ``.osm.pbf``, ``.pbf``, ``.osm`` or ``.osm.gz``.
    mode
        ``walk`` for people on foot, who mind one-way signs only where these are
        meant for them; ``vehicle`` for cars and buses; ``both`` for all of them, on one map.
    box, area
        West, south, east, north in degrees, or an area: only segments with both ends
        inside stay.
    progress
        Is told how far the reading is.

    Returns
    -------
    Streets from junction to junction (see `simplify`) of the largest connected part:
    weakly connected on foot, strongly for vehicles. Junctions are numbered by
    OpenStreetMap node id (barriers last), streets by the file's order. A two-way street stands
    twice, with its whole width each time. A barrier that stops the mode stands as
    one junction for each segment that ends at it, all with its node id. What is not
    in the network is counted in ``left_out``; with an area, only ways that touch it are
    counted by reason, and the others as outside.

    Raises
    ------
    InputError
        If the file is missing, damaged, not OpenStreetMap data, too large for this
        machine's memory, or holds no street for the mode (within the area); if the box
        is none.

    """
    if box is not None:
        area = box_area(box)
    file_format = _format(path)
    before = room(path)
    try:
        if mode == "both":
            afoot = _read(path, file_format, "walk", area, progress)
            driven = _read(path, file_format, "vehicle", area, progress)
            streets = join_both(afoot, driven, path, area, progress)
        else:
            streets = join(_read(path, file_format, mode, area, progress), path, area, progress)
    except MemoryError:  # what was worked out beforehand was too little
        raise before.refusal() from None
    _log.info("%s: %d streets, %d junctions", path, streets.n_streets, streets.n_nodes)
    return streets


def _format(path: Path) -> str:
    """Refuse what cannot be read, and tell the format by the name."""
    name = path.name.lower()
    file_format = next((what for end, what in _FORMATS.items() if name.endswith(end)), "")
    if not path.exists():
        raise InputError.one(str(path), "there is no such file", "Check the name and the folder.")
    if not path.is_file():
        raise InputError.one(str(path), "is not a file", "Name an OpenStreetMap file in it.")
    if not os.access(path, os.R_OK):
        raise InputError.one(str(path), "may not be read", "Ask its owner for leave to read it.")
    if not file_format:
        raise InputError.one(
            str(path),
            "is not named like OpenStreetMap data",
            "Give a file that ends in .osm.pbf, .osm or .osm.gz.",
        )
    return file_format


def _read(
    path: Path, file_format: str, mode: Mode, area: Area | None, progress: Progress
) -> Extract:
    """Take the streets out of the file: large PBF by our kernels, all else by osmium."""
    from safepassage.city.osm_xml import damaged, read_with_osmium  # noqa: PLC0415 - as needed

    if file_format == "pbf":
        from safepassage.city.osm_pbf import pays, read_pbf  # noqa: PLC0415 - brings numba
        from safepassage.city.pbf_blocks import BrokenPbf, OtherForm  # noqa: PLC0415

        try:
            if pays(path):
                return read_pbf(path, mode, area, progress)
        except (BrokenPbf, UnicodeDecodeError, OSError) as error:
            raise damaged(path, str(error)) from error
        except OtherForm:
            _log.info("%s is in a rare form: osmium reads it", path)
    return read_with_osmium(path, file_format, mode, area, progress)
