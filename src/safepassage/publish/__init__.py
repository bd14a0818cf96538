"""Tell a plan to people: a brief that works from disk, and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safepassage.publish.brief import brief_html
    from safepassage.publish.checklist import (
        checklist_html,
        checklist_markdown,
        write_checklist,
    )
    from safepassage.publish.folder import write, write_plan
    from safepassage.publish.map_page import map_html, write_map
    from safepassage.publish.tables import curve_csv, plan_json, waves_csv

__all__ = [
    "brief_html",
    "checklist_html",
    "checklist_markdown",
    "curve_csv",
    "map_html",
    "plan_json",
    "waves_csv",
    "write",
    "write_checklist",
    "write_map",
    "write_plan",
]

_HOMES = {
    "brief_html": "brief",
    "checklist_html": "checklist",
    "checklist_markdown": "checklist",
    "curve_csv": "tables",
    "map_html": "map_page",
    "plan_json": "tables",
    "waves_csv": "tables",
    "write": "folder",
    "write_checklist": "checklist",
    "write_map": "map_page",
    "write_plan": "folder",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for: a server needs few of them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'safepassage.publish' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    value = getattr(import_module(f"safepassage.publish.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
