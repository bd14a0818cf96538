"""Tell a plan to people: a brief that works from disk, and tables."""

from safepassage.publish.brief import brief_html
from safepassage.publish.folder import write, write_plan
from safepassage.publish.tables import curve_csv, plan_json, waves_csv

__all__ = ["brief_html", "curve_csv", "plan_json", "waves_csv", "write", "write_plan"]
