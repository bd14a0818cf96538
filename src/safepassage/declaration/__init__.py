"""Read what was announced: text in, one declaration per issuer out, and where they clash."""

from __future__ import annotations

from safepassage.declaration.conflicts import Conflict, conflicts
from safepassage.declaration.daylight import Daylight, daylight
from safepassage.declaration.document import to_json
from safepassage.declaration.gazetteer import Town, find_town
from safepassage.declaration.model import Declaration, Evidence
from safepassage.declaration.reader import read, read_file

__all__ = [
    "Conflict",
    "Daylight",
    "Declaration",
    "Evidence",
    "Town",
    "conflicts",
    "daylight",
    "find_town",
    "read",
    "read_file",
    "to_json",
]
