"""Say of each kind of number in the brief what it is, and how it was worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from safepassage.publish.spoken import Spoken

__all__ = ["ORDER", "PLANNED_FROM", "Told", "told"]

ORDER = (
    "protection-check", "warnings", "headline", "ceiling", "people", "forecast", "schedule",
    "robust", "consent", "hours", "protection", "forecast-hours", "precedents", "effects",
    "limits", "assumptions", "optimum", "ask", "on-the-road", "zones", "curve", "waves",
    "corridors", "groups", "beyond", "timetable", "not-moved", "left-behind", "equity",
    "collapse", "safety", "go-stop", "announced", "hazards", "check",
)  # fmt: skip
"""Sources in the order in which a brief names them: a new one goes to the end."""


class Told(NamedTuple):
    """Hold what a number is, how it comes about, which inputs it rests on, where it stands."""

    title: str
    how: str
    rests_on: tuple[str, ...]
    files: tuple[str, ...]
    docs: tuple[str, ...] = ()


PLANNED_FROM = ("announced", "daylight", "people", "rates", "speeds", "streets", "kept", "case")
"""What the optimum, and all that is made from it, rests on."""


def told(plan: dict[str, Any], say: Spoken) -> dict[str, Told]:
    """Describe every source that a page may name, by its id."""
    return {
        **_at_the_top(plan, say), **_given(say), **_planned(say), **_compared(say),
        **_foretold(say), **_checked(say),
    }  # fmt: skip


def _at_the_top(plan: dict[str, Any], say: Spoken) -> dict[str, Told]:
    warned = ("announced", "consent", "streets", "case")
    return {
        "headline": Told(
            say("The sentences at the top"),
            say("What was announced, the hours left of it, corridors nobody located, and the limit "
                "that lasts longest: each is told in full in its own section."),
            ("announced", "daylight", "rates", "streets"), ("plan.json: headline",),
            ("plan.md#hours", "plan.md#limits-and-reasons")),
        "warnings": Told(
            say("What to read first"),
            say("What the case rests on without knowing it, found while the plan was made."),
            warned, ("plan.json: warnings",), ("limits-and-misuse.md",)),
        "protection-check": Told(
            say("Protection check"),
            say("Each finding is judged by a rule that stands beside it in the full table; its "
                "counts are those of the schedule and of the case."),
            ("announced", "consent", "case"), ("plan.json: protection_check",),
            ("plan.md#protection-check",)),
        "protection": Told(
            say("What comes before any number"),
            say("Said on every page; what is counted in it is the case's."),
            ("case",), ("plan.json: protection",), ("limits-and-misuse.md",)),
        "hours": Told(
            say("Hours that can be used"),
            say("The announced hours, less the dark and the time to confirm routes and send a test "
                "movement ({n} minutes cut in all).",
                n=sum(each["minutes"] for each in plan["window"]["cuts"])),
            ("announced", "daylight", "case"), ("plan.json: window",), ("plan.md#hours",)),
        "consent": Told(
            say("Who agreed"),
            say("Parties counted by what is said of each; nobody's word is verified here."),
            ("consent",), ("plan.json: consent",), ("declaration.md",)),
    }  # fmt: skip


def _given(say: Spoken) -> dict[str, Told]:
    return {
        "people": Told(
            say("People inside"),
            say("Given, not computed; spread over the zones as the case says."),
            ("people", "case"), ("plan.json: people",), ("case.md#people",)),
        "announced": Told(
            say("What was announced"),
            say("Read from each statement's own words, which are marked in its text."),
            ("announced",), ("plan.json: declarations, conflicts",), ("declaration.md",)),
        "corridors": Told(
            say("Corridors"),
            say("Rates, positions and who controls them are given, each with its source; who "
                "passes by closing is added up from the waves."),
            ("rates", "kept", "case"), ("plan.json: corridors",), ("case.md#corridors",)),
        "zones": Told(
            say("Zones"),
            say("People inside are given; who gets out is counted in the schedule and the "
                "optimum."),
            ("people", "case"), ("plan.json: zones",), ("case.md#zones",)),
        "groups": Told(
            say("Groups"), say("Given; a household moves at the speed of its slowest member."),
            ("speeds", "case"), ("plan.json: groups",), ("plan.md#groups",)),
        "hazards": Told(
            say("What hazards take"),
            say("Streets that come within a hazard's distance, taken whole, and what they would "
                "let through in a minute."),
            ("kept", "streets"), ("plan.json: hazards, cleared",), ("plan.md#hazards",)),
        "assumptions": Told(
            say("Figures and assumptions"), say("Given by the case, or a default that says so."),
            ("case",), ("plan.json: assumptions",), ("case.md",)),
        "go-stop": Told(
            say("Go and stop"), say("Answers of the case, and those that are missing, counted."),
            ("case",), ("plan.json: go_stop",), ("plan.md#go-and-stop",)),
    }  # fmt: skip


def _planned(say: Spoken) -> dict[str, Told]:
    return {
        "ceiling": Told(
            say("Ceiling"),
            say("One flow of everybody together that errs upwards: the most that can pass; solved "
                "for the low, best and high figures."),
            PLANNED_FROM, ("plan.json: ceiling", "curve.csv: ceiling"), ("plan.md#ceiling",)),
        "optimum": Told(
            say("Optimum"),
            say("The most people past the crossings at every minute, exact, with a cut for each "
                "minute that shows no more could be."),
            PLANNED_FROM, ("plan.json: optimum", "curve.csv: optimum"),
            ("flow.md", "plan.md#groups")),
        "schedule": Told(
            say("Schedule"),
            say("Waves that can be announced, each zone by one corridor and one route, laid one "
                "after another into what is left; added up."),
            PLANNED_FROM, ("plan.json: schedule", "waves.csv: people", "curve.csv: schedule"),
            ("plan.md#schedule",)),
        "waves": Told(
            say("Waves"), say("The schedule's instructions, each with its people and minutes."),
            PLANNED_FROM, ("plan.json: schedule.waves", "waves.csv"), ("plan.md#schedule",)),
        "on-the-road": Told(
            say("On the road"),
            say("People who have set out by the schedule and have not passed, minute by minute."),
            PLANNED_FROM, ("plan.json: schedule.on_the_road", "curve.csv: on_the_road"),
            ("plan.md#schedule",)),
        "curve": Told(
            say("The curves"),
            say("Schedule, optimum and ceiling at the end of each minute; shares are of the "
                "optimum."),
            PLANNED_FROM, ("plan.json: schedule, optimum, ceiling", "curve.csv"),
            ("plan.md#schedule",)),
        "limits": Told(
            say("What limits it"),
            say("The cut that proves the optimum, told for each quarter of an hour."),
            PLANNED_FROM, ("plan.json: bottleneck",), ("plan.md#limits-and-reasons",)),
        "not-moved": Told(
            say("Not moved"),
            say("People inside less those whom the optimum moves, each with one reason."),
            PLANNED_FROM, ("plan.json: not_moved",), ("plan.md#limits-and-reasons",)),
        "left-behind": Told(
            say("Left behind"),
            say("People of each zone less those in its waves, and the smallest change that would "
                "move them by themselves."),
            PLANNED_FROM, ("plan.json: left_behind",), ("plan.md#whom-it-leaves-behind",)),
        "beyond": Told(
            say("Beyond the crossings"),
            say("The schedule's people, followed along the way beyond as far as the case states "
                "it."),
            PLANNED_FROM, ("plan.json: beyond",), ("plan.md#receptions",)),
        "timetable": Told(
            say("Timetable"), say("Departures of the optimum's buses, each within its seats."),
            PLANNED_FROM, ("plan.json: timetable", "timetable.csv"), ("plan.md#buses",)),
    }  # fmt: skip


def _compared(say: Spoken) -> dict[str, Told]:
    return {
        "robust": Told(
            say("Other figures"),
            say("The same waves, followed where people inside or crossings' rates are low or "
                "high."),
            PLANNED_FROM, ("plan.json: robust",), ("plan.md#robust",)),
        "collapse": Told(
            say("Collapse at an hour"),
            say("Where the schedule and the optimum have people as each hour begins."),
            PLANNED_FROM, ("plan.json: collapse", "curve.csv"), ("plan.md#schedule",)),
        "safety": Told(
            say("Safety against speed"),
            say("Schedules made anew for each longest walk and each distance kept."),
            PLANNED_FROM, ("plan.json: safety",), ("plan.md#schedule",)),
        "equity": Told(
            say("Evenness"),
            say("Shares of each zone's people out by the schedule, and their Gini."),
            PLANNED_FROM, ("plan.json: equity",), ("plan.md#equity",)),
        "ask": Told(
            say("What changes are worth"),
            say("The optimum solved anew with the change, less the optimum without it, over the "
                "low, best and high figures."),
            PLANNED_FROM, ("ask.json: changes",), ("ask.md",)),
    }  # fmt: skip


def _foretold(say: Spoken) -> dict[str, Told]:
    rests = ("precedents", "consent", "behaviour", "people", "rates")
    return {
        "forecast": Told(
            say("Likely to come"),
            say("Simulations that draw the share who come from earlier pauses, and follow them on "
                "this plan's streets: what eight in ten of them show."),
            rests, ("forecast.json: likely, out, uptake, by_minute",), ("forecast.md",)),
        "forecast-hours": Told(
            say("Hour by hour, and whether it holds"),
            say("The same simulations at each hour; how long earlier pauses held."),
            rests, ("forecast.json: at_hours, early_end, first_incident",),
            ("forecast.md#will-it-hold",)),
        "precedents": Told(
            say("Weights of earlier pauses"),
            say("How like this pause each is, by the conditions known of both."),
            ("precedents", "consent"), ("forecast.json: precedents, conditions",),
            ("forecast.md#who-comes", "precedents.md")),
        "effects": Told(
            say("One condition changed"),
            say("The same forecast with one condition set otherwise."),
            ("precedents",), ("forecast.json: effects",), ("forecast.md#who-comes",)),
    }  # fmt: skip


def _checked(say: Spoken) -> dict[str, Told]:
    return {
        "check": Told(
            say("The check"),
            say("The plan followed minute by minute by code that shares nothing with the solver."),
            ("streets", "rates"), ("plan.json: check",), ("plan.md#the-check",)),
    }  # fmt: skip
