"""Read what was announced: text in, one declaration per issuer out, and where they clash."""

from __future__ import annotations

from safepassage.declaration.conflicts import Conflict, conflicts
from safepassage.declaration.daylight import Daylight, daylight
from safepassage.declaration.document import to_json
from safepassage.declaration.gazetteer import Town, find_town
from safepassage.declaration.model import Declaration, Evidence
from safepassage.declaration.open_questions import questions
from safepassage.declaration.reader import CalledOff, read, read_announcements, read_file
from safepassage.declaration.versions import Pause, standing, versions

__all__ = [
    "CalledOff",
    "Conflict",
    "Daylight",
    "Declaration",
    "Evidence",
    "Pause",
    "Town",
    "conflicts",
    "daylight",
    "find_town",
    "questions",
    "read",
    "read_announcements",
    "read_file",
    "standing",
    "to_json",
    "versions",
]
