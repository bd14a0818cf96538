"""Write what is read out through loudspeakers: short sentences, those that matter said twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safepassage.publish.leaflet_marks import Marks
    from safepassage.publish.leaflet_view import View

__all__ = ["script"]

_TWICE = 2


def script(view: View, zone: Mapping[str, Any], marks: Marks) -> str:
    """Write a zone's script, a sentence in each line; its marks stand first and last.

    Parameters
    ----------
    view, zone
        The language, and what is told to the zone.
    marks
        What nobody may read out, or not yet.

    """
    lines = [line for text, times in _sentences(view, zone) for line in [text] * times]
    mark = [f"*** {marks.told} ***"] if marks.told else []
    released = [view.say("Released by {who}.", who=marks.released_by)] if marks.released_by else []
    return "\n".join([*mark, *released, *lines, *mark]) + "\n"


def _sentences(view: View, zone: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Give each sentence and how often it is said."""
    say, window = view.say, view.plan["window"]["announced"]
    yield say("This is for the people of {zone}.", zone=zone["name"]), _TWICE
    day = say.day(view.at(window["start"]).isoformat())
    yield say("A pause is announced for {day}.", day=day), 1
    yield say("It begins at {start}. It ends at {end}.", start=view.clock(window["start"]),
              end=view.clock(window["end"])), _TWICE  # fmt: skip
    yield say("Leaving is your choice."), _TWICE
    yield say("Nobody may force you to leave. Nobody may keep you from leaving."), 1
    yield say("Those who stay remain civilians. They keep their protection."), _TWICE
    for one in zone["proposals"]:
        yield from _proposed(view, one)
    if not zone["proposals"]:
        yield say("No hours are proposed to {zone}. Your right to go remains.",
                  zone=zone["name"]), _TWICE  # fmt: skip
    yield from _others(view, zone)
    yield say("Do not set out before you hear that your way is confirmed."), _TWICE
    yield say("Families stay together. Bring papers, water and medicine. Bring no weapons."), 1
    yield say("Past a crossing is not yet safe. You may wait. You may be checked. "
              "You may be turned back."), 1  # fmt: skip
    yield say("This is neither permission nor protection."), 1


def _proposed(view: View, one: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    say, row = view.say, one["row"]
    who = say.listed(one["groups"])
    if who:
        yield say("This is for: {groups}.", groups=who), 1
    yield say("This way is proposed to you: {corridor}.", corridor=row["name"]), _TWICE
    yield from _terms(view, row)
    if one["bus"]:
        yield say("By bus from {stop}.", stop=one["bus"]), _TWICE
    for start, until in one["hours"]:
        yield say("Set out between {start} and {until}.", start=start, until=until), _TWICE
    if row["latest"] and not one["bus"]:
        yield from _latest(view, row)


def _latest(view: View, row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    say, slow = view.say, row["slow"]
    yield say("Do not set out after {time}.", time=view.clock(row["latest"])), _TWICE
    if slow and slow != row["latest"]:
        yield say("With children, the old or the ill, not after {time}.",
                  time=view.clock(slow)), _TWICE  # fmt: skip


def _terms(view: View, row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    say = view.say
    yield say("It leads to: {place}.", place=row["destination"]), 1
    yield say("On the near side in control: {near}. On the far side: {far}.", near=row["near"],
              far=row["far"]), 1  # fmt: skip


def _others(view: View, zone: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    say = view.say
    named = {one["row"]["id"] for one in zone["proposals"]}
    others = [row for row in zone["rows"] if row["latest"] and row["id"] not in named]
    if others:
        yield say("You may choose another way."), 1
    for row in others:
        yield say("{corridor}: set out by {time} at the latest.", corridor=row["name"],
                  time=view.clock(row["slow"] or row["latest"])), 1  # fmt: skip
        yield from _terms(view, row)
    if zone["lost"]:
        yield say("Announced, but nobody said where: {names}.", names=say.listed(zone["lost"])), 1
    if zone["armed"]:
        yield say("Keep away from: {names}. It is announced for armed groups.",
                  names=say.listed(zone["armed"])), _TWICE  # fmt: skip
