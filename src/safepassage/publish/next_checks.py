"""Tell from a situation what must be done next, the most urgent first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.publish.report_words import Edition

__all__ = ["STALE_MIN", "Check", "next_checks", "open_decisions", "running_out"]

STALE_MIN = 30
"""After so many minutes a corridor's state is to be asked for again (an assumption, the same as
that of the alarm)."""

RUNNING_OUT = timedelta(hours=3)
"""An assurance that ends within this time is asked for anew (an assumption)."""


class Check(NamedTuple):
    """Hold one thing to do: how urgent (0 first), by when, what."""

    rank: int
    at: str
    text: str


def next_checks(issue: Edition) -> list[Check]:
    """Give what must be done next, from alarms, disputes, assurances and ages; each thing once."""
    found: dict[str, Check] = {}
    for make in _MAKERS:
        for key, check in make(issue):
            found.setdefault(key, check)
    return sorted(found.values(), key=lambda each: (each.rank, each.at))


_Found = tuple[str, Check]


def _alarms(issue: Edition) -> Iterator[_Found]:
    say, names = issue.say, issue.names()
    asked = {
        "armed and unarmed mixed": say(
            "{corridor}: armed and unarmed people were counted together. Hold others back and ask "
            "who they are."),
        "count falls off": say("{corridor}: fewer pass than before. Ask why."),
        "status unknown": say("{corridor}: ask whether it is open."),
        "last safe departure passed": say(
            "{corridor}: the latest time to set out has passed. Send nobody more."),
        "counters disagree": say("{corridor}: the counters disagree. Ask each how it counts."),
        "no plan adopted": say("No plan is adopted. Adopt one, or say that there is none."),
    }  # fmt: skip
    for each in issue.document.get("alarms", ()):
        kind, corridor = each["kind"], each.get("corridor")
        if kind in asked:
            key = f"state {corridor}" if kind == "status unknown" else f"{kind} {corridor}"
            name = names.get(corridor or "", corridor or "")
            rank = 0 if each["level"] == "alarm" else 1
            yield key, Check(rank, "", asked[kind].format(corridor=name))


def _disputes(issue: Edition) -> Iterator[_Found]:
    say = issue.say
    for each in issue.document["corridors"]:
        others = {other["state"] for other in each.get("disputed", ())} - {each["state"]}
        if others:
            told = say.listed(say(state) for state in sorted({each["state"], *others}))
            yield f"state {each['id']}", Check(
                1, "", say("{corridor}: settle which holds: {states}.", corridor=say.name(each),
                           states=told))  # fmt: skip


def open_decisions(issue: Edition) -> list[dict[str, Any]]:
    """Give what was stopped or held and not let go since, the newest first."""
    latest: dict[str, dict[str, Any]] = {}
    for each in sorted(issue.document.get("decisions", ()), key=lambda one: one["happened_at"]):
        if each["decision"] != "other":
            latest[each.get("corridor") or ""] = each
    waiting = [each for each in latest.values() if each["decision"] in {"stop", "hold"}]
    return sorted(waiting, key=lambda one: one["happened_at"], reverse=True)


def _held(issue: Edition) -> Iterator[_Found]:
    say, names, at = issue.say, issue.names(), issue.document["as_known_at"]
    for each in open_decisions(issue):
        corridor = names.get(each.get("corridor") or "") or say("all corridors")
        yield f"decide {corridor}", Check(
            1, "", say("{corridor}: decide whether “{decision}” still stands (since {time}, by "
                       "{by}).", corridor=corridor, decision=say(each["decision"]), by=each["by"],
                       time=say.when(each["happened_at"], at)))  # fmt: skip


def running_out(issue: Edition) -> list[dict[str, Any]]:
    """Give the assurances that have ended or soon do, the first to end first."""
    until = datetime.fromisoformat(issue.document["as_known_at"]) + RUNNING_OUT
    ending = [
        each for each in issue.document.get("assurances", ())
        if each.get("expires_at") and datetime.fromisoformat(each["expires_at"]) <= until
    ]  # fmt: skip
    return sorted(ending, key=lambda one: str(one["expires_at"]))


def _assurances(issue: Edition) -> Iterator[_Found]:
    say, at = issue.say, issue.document["as_known_at"]
    now = datetime.fromisoformat(at)
    for each in running_out(issue):
        ended = datetime.fromisoformat(each["expires_at"]) <= now
        text = (say("{party}: its assurance ended at {time}. Ask for a new one.") if ended
                else say("{party}: its assurance ends at {time}. Ask for a new one."))  # fmt: skip
        yield f"assurance {each['party']} {each.get('corridor')}", Check(
            1 if ended else 2, each["expires_at"],
            text.format(party=each["party"], time=say.when(each["expires_at"], at)))  # fmt: skip


def _stale(issue: Edition) -> Iterator[_Found]:
    say = issue.say
    for each in issue.document["corridors"]:
        age = each.get("state_age_min")
        if not each.get("located", True) and each["state"] == "unknown":
            continue  # told among what is not known; nobody can be asked about it
        if age is None and each["state"] != "unknown":
            continue
        if age is None or age > STALE_MIN:
            text = say("{corridor}: ask whether it is open.", corridor=say.name(each))
            yield f"state {each['id']}", Check(2, "", text)


def _coming(issue: Edition) -> Iterator[_Found]:
    say, document = issue.say, issue.document
    at = document["as_known_at"]
    for each in document["corridors"]:
        by = each.get("last_safe_departure")
        if by and by > at and each["state"] != "closed":
            yield f"set out {each['id']}", Check(
                3, by, say("{corridor}: nobody more is to set out after {time}.",
                           corridor=say.name(each), time=say.when(by, at)))  # fmt: skip
    if document["window"]["state"] == "open":
        end = document["window"]["end"]
        yield "end", Check(3, end, say("The hours of passage end at {end}.",
                                       end=say.when(end, at)))  # fmt: skip


def _unanswered(issue: Edition) -> Iterator[_Found]:
    say, at = issue.say, issue.document["as_known_at"]
    last: dict[str, dict[str, Any]] = {}
    for each in sorted(issue.document.get("contacts", ()), key=lambda one: one["happened_at"]):
        last[each["party"]] = each
    for party, each in last.items():
        if not each["answered"]:
            yield f"call {party}", Check(2, "", say(
                "{party}: no answer at {time}. Try again.", party=party,
                time=say.when(each["happened_at"], at)))  # fmt: skip


def _notifications(issue: Edition) -> Iterator[_Found]:
    say, at = issue.say, issue.document["as_known_at"]
    last: dict[str, dict[str, Any]] = {}
    events = issue.document.get("notifications", ())
    for each in sorted(events, key=lambda one: (one["happened_at"], one["known_at"])):
        last[each["party"]] = each
    for party, each in last.items():
        when = say.when(each["happened_at"], at)
        if each["step"] == "objected":
            yield f"objection {party}", Check(1, "", say(
                "{party}: objected to the movement notification at {time}. Settle what it asks.",
                party=party, time=when))  # fmt: skip
        elif each["step"] == "sent":
            yield f"notified {party}", Check(2, "", say(
                "{party}: did not say that it received the movement notification of {time}. Ask.",
                party=party, time=when))  # fmt: skip


def _remarks(issue: Edition) -> Iterator[_Found]:
    if remarks := issue.document.get("uncounted_remarks"):
        yield "remarks", Check(3, "~", issue.say(
            "Look through what was not counted: {n}.", n=len(remarks)))  # fmt: skip


_MAKERS: Final = (
    _alarms, _disputes, _held, _assurances, _stale, _coming, _unanswered, _notifications, _remarks,
)  # fmt: skip
