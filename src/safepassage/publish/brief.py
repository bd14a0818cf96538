"""Make the brief: one page that tells the plan, works from disk and asks nothing of a network."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from safepassage.base.signs import all_without_controls
from safepassage.publish.ask_page import ask_view
from safepassage.publish.brief_view import brief_view
from safepassage.publish.bundle import arabic_letters
from safepassage.publish.contents import sections
from safepassage.publish.forecast_view import forecast_view, with_forecast
from safepassage.publish.page import clean_map, map_parts, template
from safepassage.publish.paper import paper
from safepassage.publish.retold import retold
from safepassage.publish.script_words import script_words
from safepassage.publish.sources import Cited, inputs, sources
from safepassage.publish.spoken import Spoken
from safepassage.publish.tongue import Tongue, tongue

__all__ = ["brief_html"]


def brief_html(
    plan: dict[str, Any],
    map_: dict[str, Any],
    *,
    asked: dict[str, Any] | None = None,
    forecast: dict[str, Any] | None = None,
    language: str = "en",
) -> str:
    """Make one self-contained HTML page of a plan.

    Page one reads without JavaScript. The map, the slider and the curve come from the
    web bundle, which stands in the page; its security policy forbids every connection.

    Parameters
    ----------
    plan
        A plan as ``plan.schema.json`` has it.
    map_
        The streets to draw: ``schematic``, ``nodes``, ``streets``, ``bounds``.
    asked
        What changes to this plan's case are worth, as ``ask.schema.json`` has it, if known.
    forecast
        Who is likely to come, as ``forecast.schema.json`` has it, if known.
    language
        ``en``, or one that has a catalogue; what it lacks stays English, and marked as such.

    Raises
    ------
    InputError
        If there is no such language, or the package was installed without its web bundle.

    """
    plan, map_ = all_without_controls(plan), clean_map(map_)
    asked, forecast = all_without_controls(asked), all_without_controls(forecast)
    plan = with_forecast(plan, forecast)
    words = tongue(language, plan["case"]["tz"], isolating=True)
    say = Spoken(words, Cited(), names=_names(plan, words))
    there = sections(plan, say)
    say.places = {each.id: each.number for each in there.values()}
    parts = map_parts(plan=_renamed(plan, say), city=map_, words=script_words(say.tongue))
    if language != "en":
        parts["policy"] += "; font-src data:"
    return template("brief.html.j2").render(
        plan=plan, view=brief_view(plan, map_, say), say=say, sections=there,
        asked=asked, asked_view=asked and ask_view(asked, say),
        forecast=forecast, forecast_view=forecast and forecast_view(forecast, say),
        sources=lambda: sources(plan, say), inputs=inputs(plan, say),
        letters=Markup(arabic_letters() if language != "en" else ""),  # noqa: S704 - our bundle
        paper=paper(plan, say), **parts,
    )  # fmt: skip


def _names(plan: dict[str, Any], words: Tongue) -> dict[str, str]:
    """Give what places are called in a language, by what sentences call them.

    A name that neither the case nor the catalogue has in it stands as it is, whole.
    """
    key = f"name_{words.language}"
    named = [*plan["corridors"], *plan["zones"], *plan["shuttles"], *plan["hazards"],
             *plan["groups"], plan["case"]["place"]]  # fmt: skip
    return {
        each["name"]: each.get(key) or each["name"]
        for each in named
        if each.get(key) or each["name"] not in words.catalogue
    }


def _renamed(plan: dict[str, Any], say: Spoken) -> dict[str, Any]:
    """Give the script names and limits in the language that the page is in."""
    if say.language == "en":
        return plan

    def told(text: str) -> str:
        return retold(text, say.tongue, names=say.names)

    def renamed(rows: list[dict[str, Any]], key: str = "name") -> list[dict[str, Any]]:
        return [{**each, key: told(each[key])} for each in rows]

    schedule = {**plan["schedule"], "waves": renamed(plan["schedule"]["waves"], "zone_name")}
    optimum = {**plan["optimum"], "groups": renamed(plan["optimum"]["groups"])}
    return {**plan, "corridors": renamed(plan["corridors"]), "zones": renamed(plan["zones"]),
            "schedule": schedule, "optimum": optimum,
            "bottleneck": renamed(plan["bottleneck"], "text")}  # fmt: skip
