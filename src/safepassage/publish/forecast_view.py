"""Prepare a forecast for the brief: fans, tables, and the words beside the ceiling."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from safepassage.forecast.words import CONDITION_NAMES, share_text
from safepassage.publish.fan_chart import Fan, Over, fans
from safepassage.publish.found import answer_in
from safepassage.publish.page import template
from safepassage.publish.retold import retold
from safepassage.publish.spoken import ENGLISH
from safepassage.publish.svg import for_both
from safepassage.publish.wording import moment

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.publish.spoken import Spoken

__all__ = ["forecast_of", "forecast_view", "with_forecast"]

_FIRST_PRECEDENTS = 8
_FAR = 8
"""Times the highest of the fan at which the ceiling hides it, and it is drawn alone as well."""
_HOUR_MIN = 60


def with_forecast(plan: dict[str, Any], forecast: dict[str, Any] | None) -> dict[str, Any]:
    """Give the plan with what the forecast says beside its ceiling, wherever that stands."""
    if forecast is None:
        return plan
    said = f"{forecast['likely']} by closing ({_in_ten(forecast)} in 10 simulations)"
    return {**plan, "likely_to_come": said}


def _in_ten(forecast: dict[str, Any]) -> int:
    """Count the simulations, of ten, of which the words for the range hold."""
    return 8 if forecast["out"]["p90"] >= 1 else 9


def forecast_view(document: dict[str, Any], say: Spoken = ENGLISH) -> dict[str, Any]:
    """Prepare a forecast's fans and rows."""
    days = document["uptake_by_day"]
    precedents = [
        {**each, "place": say.retold(each["place"].replace("->", "→"))}
        for each in document["precedents"]
    ]
    return {
        **_charts(document, say),
        "in_ten": _in_ten(document),
        "in_ten_told": say("{n} of 10 simulations", n=_in_ten(document)),
        "because": _with_places(document["because"], precedents, say),
        "conditions": _conditions(document),
        "effects": [
            {**each, "name": CONDITION_NAMES[each["condition"]], "share": _shares(each, say)}
            for each in document["effects"]
            if each["rests_on"] and not each["stands"]
        ],
        "as_it_stands": {"share": _shares(days[-1], say), "nobody": _nobody(document)},
        "uptake": _shares(document["uptake"], say),
        "days": [{"day": each["day"], "share": _shares(each, say)} for each in (days[0], days[-1])],
        "still": _still(document),
        "drivers_told": _drivers(document["drivers"], say),
        "without": say.listed(Markup("<code>{}</code>").format(e) for e in document["without"]),
        "precedents": precedents[:_FIRST_PRECEDENTS],
        "more_precedents": precedents[_FIRST_PRECEDENTS:],
        "more_weight": sum(each["weight"] for each in precedents[_FIRST_PRECEDENTS:]),
    }


def _drivers(drivers: list[dict[str, Any]], say: Spoken) -> Markup:
    named = [
        Markup("{} {}").format(say.retold(each["unknown"]), say.chance(each["share"]))
        for each in drivers if each["share"] >= 0.01
    ]  # fmt: skip
    return say.listed(named) or say("nothing")


def _charts(document: dict[str, Any], say: Spoken) -> dict[str, Any]:
    minutes = document["by_minute"]
    start = moment(document["window"]["usable"]["start"])
    clocks = [f"{start + timedelta(minutes=i + 1):%H:%M}" for i in range(len(minutes["ceiling"]))]
    out, ceiling = minutes["out"], Over(say("ceiling"), minutes["ceiling"])
    title, up = say("People past the crossings, by the minute"), say("people past the crossings")
    road, alone = minutes["on_the_road"], say("{what}, without the ceiling", what=title)
    road_title, road_up = say("People on the road, by the minute"), say("people on the road")
    return {
        "out_chart": _fan(out, clocks, "fan-out", title, up, ceiling, say),
        "out_alone": _fan(out, clocks, "fan-out-alone", alone, up, None, say)
        if document["out"]["p90"] * _FAR < document["ceiling"]
        else "",
        "road_chart": _fan(road, clocks, "fan-road", road_title, road_up, None, say),
    }


def _fan(
    quantiles: dict[str, list[int]], clocks: list[str], name: str, title: str, up: str,
    over: Over | None, say: Spoken,
) -> Markup:  # fmt: skip
    fan = Fan(**quantiles)
    return for_both(
        lambda width: fans(
            fan, clocks, over=over, name=name, title=title, up=up, width=width, say=say
        )
    )


def _with_places(because: str, precedents: list[dict[str, Any]], say: Spoken) -> Markup:
    """Put places and years where the sentence names precedents by their ids."""
    places = {
        each["case"]: Markup("{}{}{}").format(each["place"], say(", "), say.month(each["start"]))
        for each in precedents
    }
    if say.language != "en":  # the places are part of the sentence, and run as it does
        plain = {case: told.striptags() for case, told in places.items()}
        return escape(retold(because, say.tongue, names={**say.names, **plain}))
    said = str(escape(because))
    told = re.sub(r"[\w.-]*\w", lambda found: str(places.get(found[0], found[0])), said)
    return Markup(told)  # noqa: S704 - escaped, and so is what was put in


def _conditions(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Tell each condition with how many precedents had the same."""
    same = {each["condition"]: each["rests_on"] for each in document["effects"] if each["stands"]}
    return [
        {**each, "name": CONDITION_NAMES[each["condition"]], "same": same.get(each["condition"])}
        for each in document["conditions"]
    ]


def _shares(interval: dict[str, float], say: Spoken) -> str:
    low, high = (say.retold(share_text(interval[key])) for key in ("p10", "p90"))
    return say("{low} to {high}", low=low, high=high)


def _nobody(document: dict[str, Any]) -> float:
    """Give the chance that nobody leaves by the last day, as it stands."""
    standing = [each["nobody"] for each in document["effects"] if each["stands"]]
    return float(standing[0] if standing else document["nobody"])


def _still(document: dict[str, Any]) -> dict[str, Any]:
    """Take how things stand in earlier pauses after about as many hours as these."""
    announced = document["window"]["announced"]
    lasts = moment(announced["end"]) - moment(announced["start"])
    hours = lasts.total_seconds() / _HOUR_MIN**2
    by_hours = {
        name: {each["hours"]: each for each in document[name]["not_yet"]}
        for name in ("first_incident", "early_end")
    }
    known = sorted(set(by_hours["first_incident"]) & set(by_hours["early_end"]))
    after = max([each for each in known if each <= hours] or known[:1])
    return {
        "hours": after,
        **{name: {**document[name], **rows[after]} for name, rows in by_hours.items()},
    }


def _section(document: dict[str, Any]) -> str:
    page = template("forecast.html.j2")
    return page.render(forecast=document, forecast_view=forecast_view(document))


def forecast_of(plan: dict[str, Any], folder: Path) -> dict[str, Any] | None:
    """Find the forecast that was written into a folder, if it is of this very plan."""
    return answer_in(
        folder, "forecast", plan,
        lambda found: (
            all(each in found["inputs"] for each in plan["inputs"])
            and found["ceiling"] == plan["ceiling"]["total"]["best"]
            and bool(_section(found))  # it holds all that is shown
        ),
    )  # fmt: skip
