"""Prepare a forecast for the brief: fans, tables, and the words beside the ceiling."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from safepassage.forecast.words import CONDITION_NAMES, share_text
from safepassage.publish.fan_chart import Fan, Over, fans
from safepassage.publish.svg import for_both
from safepassage.publish.wording import moment

if TYPE_CHECKING:
    from pathlib import Path

    from markupsafe import Markup

__all__ = ["forecast_of", "forecast_view", "with_forecast"]


def with_forecast(plan: dict[str, Any], forecast: dict[str, Any] | None) -> dict[str, Any]:
    """Give the plan with what the forecast says beside its ceiling, wherever that stands."""
    if forecast is None:
        return plan
    return {**plan, "likely_to_come": f"{forecast['likely']} (8 in 10 simulations)"}


def forecast_view(document: dict[str, Any]) -> dict[str, Any]:
    """Prepare a forecast's fans and rows."""
    minutes = document["by_minute"]
    start = moment(document["window"]["usable"]["start"])
    clocks = [f"{start + timedelta(minutes=i + 1):%H:%M}" for i in range(len(minutes["ceiling"]))]
    codes = [each for each in document["effects"] if each["rests_on"] or each["stands"]]
    return {
        "out_chart": _fan(
            minutes["out"], clocks, "fan-out", "People past the crossings, by the minute",
            "people past the crossings", Over("ceiling", minutes["ceiling"]),
        ),
        "out_alone": _fan(
            minutes["out"], clocks, "fan-out-alone",
            "People past the crossings, by the minute, without the ceiling",
            "people past the crossings", None,
        ),
        "road_chart": _fan(
            minutes["on_the_road"], clocks, "fan-road", "People on the road, by the minute",
            "people on the road", None,
        ),
        "far_below": document["out"]["p90"] * 4 < document["ceiling"],
        "effects": [
            {**each, "name": CONDITION_NAMES[each["condition"]], "low": share_text(each["p10"]),
             "high": share_text(each["p90"])}
            for each in codes
        ],
        "drivers": [each for each in document["drivers"] if each["share"] >= 0.01],
        "conditions": [
            {**each, "name": CONDITION_NAMES[each["condition"]]} for each in document["conditions"]
        ],
        "share_text": share_text,
        "first_precedents": document["precedents"][:8],
    }  # fmt: skip


def _fan(
    quantiles: dict[str, list[int]], clocks: list[str], name: str, title: str, up: str,
    over: Over | None,
) -> Markup:  # fmt: skip
    fan = Fan(**quantiles)
    return for_both(
        lambda width: fans(fan, clocks, over=over, name=name, title=title, up=up, width=width)
    )


def forecast_of(plan: dict[str, Any], folder: Path) -> dict[str, Any] | None:
    """Find the forecast that was written into a folder, if it is of this very plan."""
    try:
        found = json.loads((folder / "forecast.json").read_text(encoding="utf-8"))
        same = (
            found["kind"] == "forecast"
            and found["schema_version"].split(".")[0] == "1"
            and found["case"]["id"] == plan["case"]["id"]
            and all(each in found["inputs"] for each in plan["inputs"])
            and found["window"]["usable"] == plan["window"]["usable"]
            and found["ceiling"] == plan["ceiling"]["total"]["best"]
            and bool(forecast_view(found))  # it holds all that is shown
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return found if same else None
