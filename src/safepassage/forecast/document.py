"""Write a forecast as the document that ``forecast.json`` holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.provenance import stamp
from safepassage.base.window import iso_minute
from safepassage.forecast import words
from safepassage.forecast.events import rates_document
from safepassage.forecast.model import Range
from safepassage.forecast.precedents import day_of
from safepassage.plan import words as plan_words

if TYPE_CHECKING:
    from safepassage.forecast.holds import Weibull
    from safepassage.forecast.model import Expected, Forecast
    from safepassage.forecast.spread import Fan

__all__ = ["SCHEMA_VERSION", "expected_document", "forecast_document"]

SCHEMA_VERSION = "1.0"
_DIGITS = 6


def forecast_document(forecast: Forecast) -> dict[str, Any]:
    """Give a forecast as ``forecast.schema.json`` has it; people are whole, shares 0 to 1."""
    plan, expected = forecast.plan, forecast.expected
    total = plan.ceiling.total
    usable = plan.hours.usable
    return {
        **stamp("forecast", SCHEMA_VERSION, plan.inputs + expected.inputs, plan.city.attribution),
        "case": {"id": plan.case.id, "title": plan.case.title},
        "caution": words.CAUTION,
        "ceiling_note": plan_words.CEILING_NOTE,
        "ceiling": round(total.best),
        "ceiling_interval": total.whole(),
        "out": forecast.out.as_json(round),
        "uptake": forecast.share.as_json(_share),
        "likely": words.likely(forecast.out, total.best),
        "exposed_peak": forecast.exposed_peak.as_json(round),
        "caught": forecast.caught.as_json(round),
        "replications": len(forecast.outcomes),
        "seed": forecast.seed,
        **expected_document(expected),
        "window": {"usable": usable.as_json(), "announced": plan.hours.announced.as_json()},
        "by_minute": {
            "out": _fan(forecast.out_fan), "on_the_road": _fan(forecast.road_fan),
            "queued": _fan(forecast.queue_fan),
            "ceiling": [int(each) for each in plan.ceiling.cumulative],
        },
        "drivers": [{"unknown": d.name, "share": _share(d.share)} for d in forecast.drivers],
        "at_hours": [
            {
                "at": iso_minute(usable.at(each.minute)), "minute": each.minute,
                "holds": each.holds.as_json(_share), "out": each.out.as_json(round),
                "on_the_road": each.on_the_road.as_json(round), "replications": each.held,
            }
            for each in forecast.at_hours
        ],
        "assumptions": list(words.assumptions(forecast.behaviour, forecast.trouble)),
    }  # fmt: skip


def expected_document(expected: Expected) -> dict[str, Any]:
    """Give what is known before anything is simulated."""
    uptake = expected.uptake
    places = {row.id: row for row in expected.compared}
    return {
        "because": words.because(expected),
        "uptake_by_day": [
            {name: value if name == "day" else _share(value) for name, value in row.items()}
            for row in words.uptake_rows(uptake)
        ],
        "nobody": _share(float(uptake.at_most(0.0, 1)[0])),
        "precedents": [
            {
                "case": name, "place": places[name].place,
                "start": day_of(places[name].start).isoformat(), "weight": _share(weight),
            }
            for name, weight in uptake.precedents
        ],
        "prior_weight": _share(uptake.prior),
        "without": list(expected.without),
        "conditions": [
            {
                "condition": each.condition, "code": each.code or None,
                "text": words.condition_text(each.condition, each.code), "because": each.because,
            }
            for each in expected.stated
        ],
        "effects": [
            {
                "condition": each.condition, "code": each.code,
                "text": words.condition_text(each.condition, each.code), "p10": _share(each.p10),
                "p50": _share(each.p50), "p90": _share(each.p90), "nobody": _share(each.zero),
                "stands": each.stands, "rests_on": each.rests_on,
            }
            for each in expected.effects
        ],
        "first_incident": _hazard(expected.incident),
        "early_end": _hazard(expected.end),
        "events": None if expected.events is None else rates_document(expected.events),
    }  # fmt: skip


_HOURS = (1, 3, 6, 12, 24)


def _hazard(hazard: Weibull) -> dict[str, Any]:
    """Tell the chance that nothing has happened after some hours from the pause's start."""
    still = hazard.holds(np.array(_HOURS, dtype=float))
    return {
        "pauses": hazard.pauses, "events": hazard.events, "shape": round(hazard.shape, 3),
        "scale_h": round(hazard.scale_h, 2),
        "not_yet": [
            {"hours": hours, **Range(*(float(v) for v in still[:, i])).as_json(_share)}
            for i, hours in enumerate(_HOURS)
        ],
    }  # fmt: skip


def _fan(fan: Fan) -> dict[str, list[int]]:
    names = ("p10", "p25", "p50", "p75", "p90")
    return {name: [int(each) for each in getattr(fan, name)] for name in names}


def _share(value: float) -> float:
    return round(float(value), _DIGITS)
