"""Trace the brief's numbers: which input each rests on, which computation, which file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safepassage.publish.sources_told import ORDER, PLANNED_FROM, told
from safepassage.publish.wording import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepassage.publish.spoken import Spoken

__all__ = ["Cited", "Input", "Source", "inputs", "sources"]

_BESIDE = "check"
"""Cited under the page, after the list of sources has been written."""


class Cited:
    """Note which sources a page names; each has the same number in every brief."""

    def __init__(self) -> None:
        """Begin with none."""
        self.named: set[str] = set()

    def key(self, source: str) -> int:
        """Give a source's number.

        Raises
        ------
        ValueError
            If nobody describes such a source.

        """
        self.named.add(source)
        return ORDER.index(source) + 1


@dataclass(frozen=True, slots=True)
class Source:
    """Hold where a number comes from: its key, what it is, inputs, computation, files, docs."""

    id: str
    key: int
    title: str
    how: str
    rests_on: tuple[str, ...]
    files: tuple[str, ...]
    docs: tuple[str, ...]

    @property
    def on_all(self) -> bool:
        """Tell whether it rests on all that the plan rests on."""
        return self.rests_on == PLANNED_FROM


@dataclass(frozen=True, slots=True)
class Input:
    """Hold what numbers rest on: figures, each with its source, and where the page tells more."""

    title: str
    figures: tuple[tuple[Any, Any], ...]
    more: str = ""


def sources(plan: dict[str, Any], say: Spoken) -> list[Source]:
    """List the sources that a page has named so far, in the order of their keys."""
    if say.cited is None:
        return []
    say.cited.key(_BESIDE)
    known = told(plan, say)
    return [
        Source(id_, key, each.title, each.how, each.rests_on, each.files, each.docs)
        for key, id_ in enumerate(ORDER, 1)
        if id_ in say.cited.named
        for each in [known[id_]]
    ]


def inputs(plan: dict[str, Any], say: Spoken) -> dict[str, Input]:
    """List what the numbers rest on, by id: each with its interval and source, or assumption."""
    window, people = plan["window"], plan["people"]
    issuers = dict.fromkeys(each.get("issuer") or "" for each in plan["declarations"])
    announced = say.listed(say.retold(each) for each in issuers if each) or say("the case")
    sun = [each for each in (window["sunrise"], window["sunset"], window["civil_dusk"]) if each]
    where = Markup("{}, {}").format(plan["case"]["place"]["lat"], plan["case"]["place"]["lon"])
    return {
        "announced": Input(say("Hours announced"), (
            (_span(window["announced"], say), announced),), "statements"),
        "daylight": Input(say("Sunrise, sunset, end of dusk"), (
            (say.listed(map(clock, sun)) or "–",
             say("worked out for {where} on that day", where=where)),)),
        "people": Input(say("People inside"), (
            (say.interval(people), _source(people, say)),), "zones"),
        "rates": Input(say("People a minute at each crossing"), _rates(plan, say), "corridors"),
        "speeds": Input(say("Walking speed, metres a second"), _speeds(plan, say)),
        "streets": Input(say("Streets and crossings"), (
            ("", say.listed(plan["attribution"]) or say("the case")),), "assumptions"),
        "kept": Input(say("What is closed, kept free or not cleared"), _blocks(plan, say),
                      "hazards" if plan["hazards"] else "assumptions"),
        "consent": Input(say("Consent"), (
            ("", say("the statements read, and the case")),), "statements"),
        "precedents": Input(say("Earlier pauses"), (
            ("", say("the table of precedents, each with its sources: {file}",
                     file="docs/precedents.md")),), "forecast"),
        "behaviour": Input(say("What people do under way"), (
            ("", say("assumptions, each with an interval: {file}",
                     file="docs/forecast.md#simulation")),), "forecast"),
        "case": Input(say("All else that the case says"), (
            ("", say("each with its source, or marked as an assumption")),), "assumptions"),
    }  # fmt: skip


def _span(hours: Mapping[str, str], say: Spoken) -> Markup:
    return say.span(hours["start"], hours["end"])


def _source(figure: Mapping[str, Any], say: Spoken) -> Markup:
    return say.own(figure["source"]) if figure.get("source") else say("assumption")


def _rates(plan: dict[str, Any], say: Spoken) -> tuple[tuple[Any, Any], ...]:
    served = [c for c in plan["corridors"] if c["users"] == "civilian" and c["people_per_min"]]
    return tuple(
        (Markup("{}: {}").format(say.own(say.name(each)), say.interval(each["people_per_min"])),
         _source(each["people_per_min"], say))
        for each in served
    )  # fmt: skip


def _speeds(plan: dict[str, Any], say: Spoken) -> tuple[tuple[Any, Any], ...]:
    rows = []
    for each in plan["groups"]:
        speed = each["speed_m_per_s"]
        spread = say("{low} to {high}", low=speed["low"], high=speed["high"])
        figure = (
            Markup("{} ({})").format(speed["best"], spread) if speed["low"] != speed["high"]
            else speed["best"]
        )  # fmt: skip
        name = say.own(say.retold(each["name"]))
        rows.append((Markup("{}: {}").format(name, figure), _source(speed, say)))
    return tuple(rows)


def _blocks(plan: dict[str, Any], say: Spoken) -> tuple[tuple[Any, Any], ...]:
    names = {c["id"]: say.name(c) for c in plan["corridors"]}
    return tuple(
        (Markup("{}: {}").format(say.own(names.get(each["corridor"], each["corridor"])),
                                 say.span(each["from"], each["until"])),
         say("{n} m around, {m} min before and after", n=round(each["setback_m"]),
             m=each["gap_min"]))
        for each in plan["blocks"]
    ) or (("", say("the case")),)  # fmt: skip
