"""Tell a plan to people: a brief that works from disk, and tables."""

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
