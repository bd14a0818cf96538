"""Make a small but real forecast, with its plan and map, for tests of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.forecast.make import make_forecast

if TYPE_CHECKING:
    from pathlib import Path

AGREED = """
[[conditions]]
condition = "consent"
code = "all"
source = "an agreement"

[[conditions]]
condition = "escort"
code = "neutral"
source = "an agreement"
"""


def small_forecast(folder: Path) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Give plan, map and forecast of three zones in a line, to which all sides agreed."""
    made = plan(line_town(folder, LINE + AGREED))
    forecast = make_forecast(made, replications=60, seed=5, workers=1)
    return made.as_json(), made.map_json(), forecast.as_json()
