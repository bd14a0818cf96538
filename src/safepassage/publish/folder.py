"""Write everything that tells a plan into one folder, all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from safepassage.base.files import write_together
from safepassage.publish.ask_page import asked_of
from safepassage.publish.brief import brief_html
from safepassage.publish.forecast_view import forecast_of, with_forecast
from safepassage.publish.tables import (
    curve_csv,
    curve_metadata,
    plan_json,
    timetable_csv,
    timetable_metadata,
    waves_csv,
    waves_metadata,
)
from safepassage.publish.zone_pages import zone_pages_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepassage.plan.model import Plan

__all__ = ["plan_files", "write", "write_plan"]


def write(plan: Plan, folder: str | Path) -> list[Path]:
    """Write a plan's brief, JSON and tables into a folder; see ``write_plan``."""
    return write_plan(plan.as_json(), plan.map_json(), Path(folder))


def write_plan(
    plan: dict[str, Any], map_: dict[str, Any], folder: Path,
    *, asked: dict[str, Any] | None = None, forecast: dict[str, Any] | None = None,
    beside: Mapping[str, str] | None = None,
) -> list[Path]:  # fmt: skip
    """Write the brief, the plan and its tables, each table with its sidecar.

    Parameters
    ----------
    plan
        A plan as ``plan.schema.json`` has it.
    map_
        The streets that the brief draws.
    folder
        Made if it is not there; files of the same names are replaced.
    asked
        What changes to the case are worth, for the brief; if not given, what ``ask.json`` in
        the folder says, where it is of this plan.
    forecast
        Who is likely to come, for the brief; if not given, what ``forecast.json`` in the folder
        says, where it is of this plan.
    beside
        More files to write with them, name → text.

    Returns
    -------
    The paths written, the brief first.

    Raises
    ------
    InputError
        If the folder cannot be written to, or the web bundle is not there.

    """
    forecast = forecast or forecast_of(plan, folder)
    page = brief_html(plan, map_, asked=asked or asked_of(plan, folder), forecast=forecast)
    # a timetable that lies there from another plan must not stay
    stale = (folder / "timetable.csv").exists()
    return write_together(
        folder,
        {"brief.html": page, **plan_files(plan, forecast=forecast, timetable=stale),
         **(beside or {})},
    )  # fmt: skip


def plan_files(
    plan: dict[str, Any], *, forecast: dict[str, Any] | None = None, timetable: bool = False
) -> dict[str, str]:
    """Give what stands beside a plan's brief: pages of its zones, JSON, tables with their sidecars.

    Parameters
    ----------
    plan
        A plan as ``plan.schema.json`` has it.
    forecast
        Who is likely to come, if known.
    timetable
        Whether a timetable is written even where no bus runs.

    """
    told = with_forecast(plan, forecast)
    buses = {
        "timetable.csv": timetable_csv(plan),
        "timetable.csv-metadata.json": timetable_metadata(told),
    } if plan["timetable"] or timetable else {}  # fmt: skip
    return {
        "zones.html": zone_pages_html(told), "plan.json": plan_json(plan),
        "curve.csv": curve_csv(told), "curve.csv-metadata.json": curve_metadata(told),
        "waves.csv": waves_csv(told), "waves.csv-metadata.json": waves_metadata(told), **buses,
    }  # fmt: skip
