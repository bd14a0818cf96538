"""Write declarations and their conflicts as the JSON that leaves the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.base.provenance import Source, stamp
from safepassage.declaration.conflicts import conflicts
from safepassage.declaration.gazetteer import ATTRIBUTION
from safepassage.declaration.open_questions import questions
from safepassage.declaration.versions import versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.model import Declaration

__all__ = ["SCHEMA_VERSION", "to_json"]

SCHEMA_VERSION = "1.1"


def to_json(declarations: Sequence[Declaration]) -> dict[str, Any]:
    """Give the document of ``safepassage read --json``; its schema is in ``base/schemas``."""
    sources = tuple(Source(one.text_name, one.text_sha256) for one in declarations)
    located = any(one.place is not None and one.place.lat is not None for one in declarations)
    pauses = versions(declarations)
    links = {
        (link.later, link.later_sha256): link.as_json() for pause in pauses for link in pause.links
    }
    return {
        **stamp("declarations", SCHEMA_VERSION, sources, (ATTRIBUTION,) if located else ()),
        "declarations": [
            {**one.as_json(), "supersedes": links.get((one.text_name, one.text_sha256))}
            for one in declarations
        ],
        "pauses": [pause.as_json() for pause in pauses],
        "questions": list(questions(declarations)),
        "conflicts": [conflict.as_json() for conflict in conflicts(declarations)],
    }
