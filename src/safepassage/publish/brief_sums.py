"""Sum up parts of a plan in a sentence each, in the reader's language, numbers linked."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safepassage.publish.wording import clock, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepassage.publish.spoken import Spoken

__all__ = [
    "behind", "consent_sum", "left_by_schedule", "made_for", "made_for_told", "not_leaving",
    "scenarios", "schedule_spread", "schedule_total",
]  # fmt: skip


def made_for(plan: dict[str, Any]) -> dict[str, str]:
    """Tell for which figures the schedule in use is made: the best, unless others were tried."""
    tried = plan["robust"]["schedules"] if plan["robust"] else []
    best = {"people": "best", "rates": "best"}
    return next((each["made_for"] for each in tried if each["in_use"]), best)


def made_for_told(plan: dict[str, Any], say: Spoken) -> Markup:
    """Tell the same in words."""
    found = made_for(plan)
    told = (
        say("made for these figures") if _planned(found["people"], found["rates"])
        else say("made for the {people} figure of people inside and the {rates} figure of what "
                 "crossings serve", people=say.retold(found["people"]),
                 rates=say.retold(found["rates"]))
    )  # fmt: skip
    return Markup('<span data-test="made-for">{}</span>').format(told)


def schedule_total(plan: dict[str, Any], say: Spoken) -> Markup:
    """Write how many the schedule brings past the crossings."""
    total = plan["schedule"]["total"]
    return Markup('<strong data-test="schedule-total" data-value="{}">{}</strong>').format(
        total, say.fig("schedule", number(total))
    )


def scenarios(
    plan: dict[str, Any], names: Mapping[str, str], say: Spoken
) -> list[dict[str, Any]]:  # fmt: skip
    """List what the plan was tried over; figures of people that are the same count once."""
    used = made_for(plan)
    return [_scenario(each, names, used, say) for each in _tried(plan)]


def _tried(plan: dict[str, Any]) -> list[dict[str, Any]]:
    tried = plan["robust"]["scenarios"] if plan["robust"] else []
    best = plan["people"]["best"]
    return [
        each for each in tried if each["people"] == "best" or plan["people"][each["people"]] != best
    ]


def _scenario(
    each: dict[str, Any], names: Mapping[str, str], used: Mapping[str, str], say: Spoken
) -> dict[str, Any]:
    """Tell which figure crossings serve in a scenario, and whether it is what was planned for."""
    figures = {rate["figure"] for rate in each["rates"]}
    one = figures.pop() if len(figures) == 1 else ""
    odd = say.listed(
        Markup("{} {}").format(say.own(names.get(rate["corridor"], rate["corridor"])),
                               say.retold(rate["figure"]))
        for rate in each["rates"] if rate["figure"] != "best"
    )  # fmt: skip
    planned, aside = _planned(each["people"], one), Markup()
    if planned:
        as_planned = _planned(used["people"], used["rates"])
        aside = say("as planned") if as_planned else say("as on page one")
    elif each["people"] == used["people"] and one == used["rates"]:
        aside = say("made for this")
    told = say.retold(one) if one else say("best, but {odd}", odd=odd)
    return {**each, "planned": planned, "aside": aside, "rates_told": told}


def _planned(people: str, rates: str) -> bool:
    return people == "best" and rates == "best"


def schedule_spread(plan: dict[str, Any], say: Spoken) -> Markup | None:
    """Tell between which counts the schedule ends where other figures turn out to be so."""
    ends = [each["out"] for each in _tried(plan)]
    if not ends or min(ends) == max(ends):
        return None
    spread = Markup('<span data-test="schedule-interval">{}</span>').format(
        say.fig("robust", say.between(min(ends), max(ends)))
    )
    link = say.to("robust", say("turn out otherwise"))
    return say("{range} where the figures for people inside or for crossings {link}",
               range=spread, link=link)  # fmt: skip


def consent_sum(consent: list[dict[str, Any]], say: Spoken) -> Markup:
    """Sum up who is said to have agreed."""
    if not consent:
        return say("No party's consent was read from the text or given by the case. Check the "
                   "text itself.")  # fmt: skip
    approving = sum(each["status"] == "approved" for each in consent)
    if approving == len(consent):
        return say(
            "Every party listed is said to have approved. Whether it has is not verified here."
        )
    rejecting = sum(each["status"] == "rejected" for each in consent)
    others = len(consent) - approving - rejecting

    def fig(count: int) -> Markup:
        return say.fig("consent", count)

    counts = [
        say("{n} said to have approved", n=fig(approving)) if approving else None,
        say("{n} rejected it", n=fig(rejecting)) if rejecting else None,
        say("{n} silent or not asked", n=fig(others)) if others else None,
    ]
    return say("Not every party has agreed: {list}.", list=say.listed(filter(None, counts)))


def behind(schedule: dict[str, Any], say: Spoken) -> Markup:
    """Tell how near the schedule comes to the optimum, at closing, in all and at its worst."""
    told = say("The schedule reaches {close} of the optimum at closing, and {all} of it over all "
               "minutes.", close=_tenths(schedule["share_of_optimum_at_close"], say),
               all=_tenths(schedule["share_of_optimum_area"], say))  # fmt: skip
    worst = schedule["worst_hour"]
    if not worst or worst["behind"] <= 0:
        return told
    hour = say("At its worst, between {start} and {end}, it is {n} people behind ({share} of the "
               "optimum then).", start=clock(worst["from"]), end=clock(worst["until"]),
               n=number(worst["behind"]), share=_tenths(worst["share"], say))  # fmt: skip
    return Markup("{} {}").format(told, hour)


def _tenths(share: float, say: Spoken) -> Markup:
    return say("{n} %", n=floor(share * 100 * 10) / 10)


def left_by_schedule(rows: list[dict[str, Any]], say: Spoken) -> Markup:
    """Tell whom the schedule leaves, by reason."""
    listed = [
        Markup("{} ({})").format(number(each["people"]), say.reason(each["reason"]))
        for each in rows
    ]
    return say("The schedule leaves {list}.", list=say.listed(listed) or say("nobody"))


def not_leaving(plan: dict[str, Any], say: Spoken) -> list[Markup]:
    """Tell who is said to stay or to be unable to walk, a sentence for each count."""
    names = {zone["id"]: say.name(zone) for zone in plan["zones"]}
    told = []
    for each in plan["left_behind"]["not_leaving"]:
        stays, zone = each["why"] == "chose to stay", each["zone"]
        values = {"people": say.interval(each["people"]), "source": each["source"],
                  "zone": names.get(zone, zone) if zone else ""}  # fmt: skip
        if stays and zone:
            said = say("Said to have chosen to stay: {people} in {zone} ({source}).", **values)
        elif stays:
            said = say("Said to have chosen to stay: {people} ({source}).", **values)
        elif zone:
            said = say("Said to have no means to leave, and to be unable to walk: {people} in "
                       "{zone} ({source}).", **values)  # fmt: skip
        else:
            said = say("Said to have no means to leave, and to be unable to walk: {people} "
                       "({source}).", **values)  # fmt: skip
        told.append(said)
    return told
