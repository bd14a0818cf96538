"""Write a forecast into one folder, with the plan it is of and the brief that tells both."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from safepassage.publish.folder import write_plan

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_forecast"]


def write_forecast(
    forecast: dict[str, Any], plan: dict[str, Any], map_: dict[str, Any], folder: Path
) -> list[Path]:
    """Write ``forecast.json`` and everything of the plan, the brief first.

    Raises
    ------
    InputError
        If the folder cannot be written to, or the web bundle is not there.

    """
    text = json.dumps(forecast, ensure_ascii=False, indent=1) + "\n"
    return write_plan(plan, map_, folder, forecast=forecast, beside={"forecast.json": text})
