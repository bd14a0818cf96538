"""Find what other commands wrote into a folder, for the brief of the plan that it is of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["answer_in"]

Document = dict[str, Any]


def answer_in(
    folder: Path, kind: str, plan: Document, is_of_plan: Callable[[Document], bool]
) -> Document | None:
    """Read ``KIND.json`` of a folder; None if it is not there, or not of this very plan.

    Parameters
    ----------
    folder, kind
        Where, and what: the name of the file and of the document.
    plan
        Case and usable hours must be its own.
    is_of_plan
        Whether the rest is, such as inputs, and the document holds all that is shown; what
        it raises on a document of another make counts as no.

    """
    try:
        found = json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
        same = (
            found["kind"] == kind
            and found["schema_version"].split(".")[0] == "1"
            and found["case"]["id"] == plan["case"]["id"]
            and found["window"]["usable"] == plan["window"]["usable"]
            and is_of_plan(found)
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, TemplateError):
        return None
    return found if same else None
