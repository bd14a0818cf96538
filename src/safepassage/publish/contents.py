"""List the brief's sections in their order, each with the question that it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safepassage.publish.spoken import Spoken

__all__ = ["Section", "sections"]


@dataclass(frozen=True, slots=True)
class Section:
    """Hold a section: its place on the page (``id``), number, title, and what it answers."""

    id: str
    number: int
    title: str
    asks: str


def sections(plan: dict[str, Any], say: Spoken) -> dict[str, Section]:
    """Give the sections after page one, by their ids, in the order in which they stand.

    The order is told in ``docs/brief.md``: who may come before what could be done, what is done
    hour by hour before whom it leaves out, then what may go wrong, what to check, and sources.
    """
    told = [*_whether(say), *_what(plan, say), *_what_if(say), *_whence(plan, say)]
    return {
        id_: Section(id_, number, title, asks) for number, (id_, title, asks) in enumerate(told, 1)
    }


_Rows = list[tuple[str, str, str]]


def _whether(say: Spoken) -> _Rows:
    return [
        ("forecast", say("Who is likely to come"),
         say("How many may set out, and what if the pause collapses at an hour?")),
        ("limits", say("What limits it, and what is assumed"),
         say("What holds people back by the hour, and which figures rest on no source?")),
        ("what-to-ask", say("What to ask for"),
         say("What is one more hour, lane or corridor worth in people?")),
    ]  # fmt: skip


def _what(plan: dict[str, Any], say: Spoken) -> _Rows:
    rows: _Rows = [
        ("minute-by-minute", say("Minute by minute"),
         say("Where are people at each minute, on the map and by count?")),
        ("waves", say("Waves"), say("Who sets out when, and toward which corridor?")),
        ("corridors", say("Corridors"),
         say("Where does each corridor lead, and who controls its sides?")),
        ("zones", say("Zones"), say("How many are inside each zone, and how many get out?")),
    ]  # fmt: skip
    if _moves_otherwise(plan):
        rows.append(("means", say("Who moves how, and what lies beyond"),
                     say("Which groups move by what means, and are they received?")))  # fmt: skip
    rows += [
        ("left-behind", say("Whom it leaves behind, and why"),
         say("Who is not moved, and what is the least that would move them?")),
        ("equity", say("How evenly it serves"), say("Which zones gain, and which do not?")),
    ]  # fmt: skip
    return rows


def _moves_otherwise(plan: dict[str, Any]) -> bool:
    """Tell whether anything but families on foot is planned."""
    groups = plan["groups"]
    return bool(
        len(groups) > 1
        or plan["timetable"]
        or plan["beyond"]["received_before_closing"] is not None
        or groups[0]["slowest"]
        or groups[0]["means"] != "walk"
    )


def _what_if(say: Spoken) -> _Rows:
    return [
        ("collapse", say("If the pause collapses early"),
         say("How many would be out, on the road and at home at each hour?")),
        ("robust", say("If the figures are wrong"),
         say("Does the schedule hold if more people are inside, or crossings are slower?")),
        ("safety", say("Safety against speed"),
         say("What would shorter walks and wider distances cost?")),
        ("go-stop", say("Go and stop"), say("Who says go, who says stop, and what is missing?")),
        ("protection-in-full", say("Protection check in full"),
         say("What endangers people, and by which rule is it judged?")),
    ]  # fmt: skip


def _whence(plan: dict[str, Any], say: Spoken) -> _Rows:
    rows: _Rows = [
        ("statements", say("What was announced"),
         say("Which words does each term come from, and where do statements clash?")),
    ]  # fmt: skip
    if plan["hazards"]:
        rows.append(("hazards", say("Where people are not led"),
                     say("What does each hazard close, and what was cleared?")))  # fmt: skip
    rows += [
        ("assumptions", say("Figures and assumptions"),
         say("Which figures does the plan rest on, and who says so?")),
        ("numbers", say("Where each number comes from"),
         say("From which input, by which computation, in which file?")),
    ]  # fmt: skip
    return rows
