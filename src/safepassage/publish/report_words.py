"""Tell a situation in words, the same in every report: what is known, what is not, what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from safepassage.base.signs import all_without_controls
from safepassage.publish.redaction import redacted
from safepassage.publish.tongue import tongue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from safepassage.publish.redaction import Level
    from safepassage.publish.tongue import Tongue

__all__ = [
    "CODES", "Edition", "alarm_rows", "bounds", "clip", "corridor_rows", "edition", "headline",
    "incident_rows", "names_of", "sources", "unknowns",
]  # fmt: skip

CODES = (
    "open", "closed", "restricted", "unknown",
    "alleged", "reported", "observed", "verified",
    "shelling", "air strike", "shooting", "explosion", "mine or remnant", "detention",
    "obstruction", "looting", "crowding", "illness", "traffic", "other",
    "eyewitness count", "tally sheet", "radio", "phone", "message", "camera", "media",
    "announcement", "third party", "register", "own action", "not known",
    "go", "stop", "hold", "resume",
    "reached", "turned back", "held", "released", "received",
    "before", "over", "called off", "started", "passed", "failed",
    "armed", "unarmed", "mixed",
    "count falls off", "status unknown", "armed and unarmed mixed", "last safe departure passed",
    "counters disagree", "assurance expires", "no plan adopted", "killed", "injured",
    "Open", "Restricted", "Closed", "Not known whether open",
)  # fmt: skip
"""Words of events and situations, as catalogues have them."""

_NAMES = 4
"""Names told one by one in a sentence; the rest is a number."""


class Edition(NamedTuple):
    """Hold a situation as its readers may see it, and the language they read."""

    document: dict[str, Any]
    say: Tongue
    level: Level
    now: datetime

    @property
    def public(self) -> bool:
        """Tell whether everybody may read it."""
        return self.level == "public"

    def names(self) -> dict[str, str]:
        """Give each corridor's name by its id."""
        return {each["id"]: self.say.name(each) for each in self.document["corridors"]}


def edition(
    document: Mapping[str, Any], *, language: str, level: Level, now: datetime | None,
    page: bool = True,
) -> Edition:  # fmt: skip
    """Take a situation for readers: redacted, in their language.

    Raises
    ------
    InputError
        If there is no such language, or the situation is too fresh for these readers.

    """
    say = tongue(language, document["case"]["tz"], isolating=page)
    now = now or datetime.now(UTC)
    document = redacted(document, level, now=now)  # once more does no harm where it was before
    return Edition(all_without_controls(document), say, level, now)


def clip(text: str, most: int) -> str:
    """Shorten a text to so many signs, never within a word."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1].rsplit(" ", 1)[0] if " " in text[: most - 1] else ""
    return f"{cut.rstrip(' ,.;:–-')} …".strip()


def names_of(corridors: Iterable[Mapping[str, Any]], say: Tongue) -> str:
    """Name some corridors, and count the rest."""
    names = [say.name(each) for each in corridors]
    if len(names) <= _NAMES:
        return say.listed(names)
    first = say.listed(names[: _NAMES - 1])
    return say("{names} and {n} more", names=first, n=len(names) - _NAMES + 1)


def headline(issue: Edition) -> list[str]:
    """Tell in a few sentences what is known."""
    document, say = issue.document, issue.say
    lines = [" ".join(filter(None, (_out(issue), _fared(issue)))), _hours(document, say)]
    states: dict[str, list[Any]] = {}
    for each in document["corridors"]:
        states.setdefault(each["state"], []).append(each)
    lines += [
        say("{state}: {names}.", state=say(_heading(state)), names=names_of(states[state], say))
        for state in ("open", "restricted", "closed", "unknown")
        if state in states
    ]
    return lines


def _heading(state: str) -> str:
    return {"open": "Open", "restricted": "Restricted", "closed": "Closed",
            "unknown": "Not known whether open"}[state]  # fmt: skip


def _out(issue: Edition) -> str:
    say, out = issue.say, issue.document.get("people_out")
    if out is None:
        return say("No count of people has come in.")
    told = say("Past the crossings: {people}.", people=say.people(out))
    planned = _planned(issue.document)
    if planned is not None:
        told = say("{told} The plan had {planned} by now.", told=told,
                   planned=say.number(planned))  # fmt: skip
    return told


def _fared(issue: Edition) -> str:
    """Tell how people fared past the crossings and before them, where anybody told of it."""
    say, sums = issue.say, {}
    for stage in ("received", "turned back", "held", "released"):
        told = [
            each["stages"][stage] for each in issue.document["corridors"]
            if each.get("users") != "armed" and stage in each.get("stages", {})
        ]  # fmt: skip
        if told:
            sums[stage] = {end: sum(one[end] for one in told) for end in ("low", "best", "high")}
    return " ".join(
        say("{what}: {n}.", what=say(stage).capitalize(), n=say.people(people))
        for stage, people in sums.items()
    )


def _planned(document: Mapping[str, Any]) -> int | None:
    known = [each["planned"] for each in document["corridors"] if each.get("planned") is not None]
    return sum(known) if known else None


def _hours(document: Mapping[str, Any], say: Tongue) -> str:
    window, at = document["window"], document["as_known_at"]
    start, end = say.when(window["start"], at), say.when(window["end"], at)
    if window["state"] == "called off":
        return say("The pause was called off.")
    if window["state"] == "before":
        return say("The hours of passage begin at {start} and end at {end}.", start=start, end=end)
    if window["state"] == "over":
        return say("The hours of passage ended at {end}.", end=end)
    left = window.get("minutes_left")
    if left is None:
        return say("The hours of passage end at {end}.", end=end)
    return say("The hours of passage end at {end}, in {left}.", end=end, left=say.minutes(left))


def bounds(forecast: Mapping[str, Any] | None, issue: Edition) -> str:
    """Tell ceiling and forecast, together or not at all."""
    say = issue.say
    if forecast is None or "ceiling" not in forecast or "out" not in forecast:
        return say("The plan is what streets, crossings and hours allow. Who is likely to come is "
                   "not estimated here.")  # fmt: skip
    low, high = (_figure(forecast["out"][key], say, end) for key, end in
                 (("p10", "low"), ("p90", "high")))  # fmt: skip
    return say(
        "Streets, crossings and hours allow at most {ceiling} by closing; {low} to {high} are "
        "likely to come (8 in 10 simulations). Neither says that anybody was kept from leaving "
        "or chose to stay.",
        ceiling=_figure(forecast["ceiling"], say, "high"), low=low, high=high,
    )  # fmt: skip


def _figure(value: Any, say: Tongue, end: str) -> str:
    return say.number(value[end] if isinstance(value, dict) else value)


def corridor_rows(issue: Edition) -> list[dict[str, Any]]:
    """Give corridors as tables show them; of a case without a ledger, their names."""
    document, say = issue.document, issue.say
    at = document.get("as_known_at", document["window"]["start"])
    return [
        {
            "id": each["id"], "name": say.name(each), "mark": _mark(each, say),
            "state": each.get("state", ""), "state_word": say(each.get("state", "")),
            "since": _since(each, issue, at),
            "age": say.minutes(each["state_age_min"])
            if each.get("state_age_min") is not None else "",
            "by": each.get("state_by") or "", "source": each.get("state_source") or "",
            "status": say(each["state_status"]) if each.get("state_status") else "",
            "disputed": _disputed(each, say),
            "passed": say.people(each["passed"]) if each.get("passed") else "–",
            "planned": say.number(each.get("planned")),
            "flow": say.number((each.get("flow_per_min") or {}).get("last_15")),
            "set_out_by": "–" if each.get("state") == "closed"
            else say.when(each.get("last_safe_departure"), at),
            "test": _test(each, say, at), "heard": _heard(each, say, at),
            "counters": _counters(each, say, at),
        }
        for each in document["corridors"]
    ]  # fmt: skip


def _since(corridor: Mapping[str, Any], issue: Edition, at: str) -> str:
    since = corridor.get("state_since")
    if not since:
        return ""
    return _hour(since, issue.say, at) if issue.public else issue.say.when(since, at)


def _test(corridor: Mapping[str, Any], say: Tongue, at: str) -> str:
    test = corridor.get("test_movement")
    return f"{say(test['result'])} {say.when(test['at'], at)}" if test else ""


def _heard(corridor: Mapping[str, Any], say: Tongue, at: str) -> str:
    """Tell who was last heard of a corridor, and when."""
    heard = [(each["until"], each["source"]) for each in corridor.get("counters", ())
             if each.get("until")]  # fmt: skip
    if corridor.get("state_known_at") and corridor.get("state_source"):
        heard.append((corridor["state_known_at"], corridor["state_source"]))
    if test := corridor.get("test_movement"):
        heard.append((test["at"], test["source"]))
    if not heard:
        return ""
    when, who = max(heard)
    return f"{who} {say.when(when, at)}"


def _mark(corridor: Mapping[str, Any], say: Tongue) -> str:
    """Tell what a corridor's name does not say."""
    marks = []
    if corridor.get("users") == "armed" and say("armed groups") not in say.name(corridor):
        marks.append(say("armed groups"))
    if not corridor.get("located", True):
        marks.append(say("not located"))
    return say.listed(marks)


def _disputed(corridor: Mapping[str, Any], say: Tongue) -> str:
    """Tell what else is said of a corridor's state, by whom or how surely."""
    others: dict[str, list[str]] = {}
    for each in corridor.get("disputed", ()):
        others.setdefault(each["state"], []).append(each.get("source") or say(each["status"]))
    return say.listed(
        say("{state} ({by})", state=say(state), by=say.listed(dict.fromkeys(by)))
        for state, by in others.items()
    )


def _counters(corridor: Mapping[str, Any], say: Tongue, at: str) -> list[dict[str, str]]:
    return [
        {
            "source": each["source"], "means": say(each["means"]), "status": say(each["status"]),
            "people": say.people(each["people"]), "until": say.when(each.get("until"), at),
        }
        for each in corridor.get("counters", ())
    ]  # fmt: skip


def incident_rows(issue: Edition, *, most: int) -> list[dict[str, Any]]:
    """Give the newest incidents as they were told: what was claimed stays a claim."""
    document, say = issue.document, issue.say
    names, at = issue.names(), document["as_known_at"]
    rows = []
    for each in document.get("incidents", ())[:most]:
        where = [each.get("place"), names.get(each.get("corridor") or "")]
        hurt = [
            say("{what}: {people}", what=say(what), people=say.people(each[key]))
            for key, what in (("killed", "killed"), ("injured", "injured")) if each.get(key)
        ]  # fmt: skip
        claims = [
            say("a claim by {by}: {other} is responsible", by=claim["by"],
                other=claim["holds_responsible"])
            for claim in each.get("claims") or ()
        ]  # fmt: skip
        rows.append({
            "when": _hour(each["happened_at"], say, at) if issue.public
            else say.when(each["happened_at"], at),
            "what": say(each["what"]), "status": say(each["status"]),
            "times": each.get("times"), "where": say.listed(filter(None, where)),
            "source": each.get("source") or "", "hurt": hurt, "claims": claims,
            "text": clip(each.get("text") or "", 160),
        })  # fmt: skip
    return rows


def _hour(instant: str, say: Tongue, at: str) -> str:
    return say("in the hour from {time}", time=say.when(instant, at))


def alarm_rows(issue: Edition) -> list[dict[str, Any]]:
    """Give the alarms in words, those of others than a warning first."""
    say, names, at = issue.say, issue.names(), issue.document["as_known_at"]
    alarms = sorted(issue.document.get("alarms", ()), key=lambda each: each["level"] != "alarm")
    return [
        {
            "level": each["level"], "since": say.when(each["since"], at),
            "text": say.text(each) or say.listed(
                filter(None, (names.get(each.get("corridor") or ""), say(each["kind"])))),
        }
        for each in alarms
    ]  # fmt: skip


def unknowns(issue: Edition, *, estimated: bool) -> list[str]:
    """Tell what is not known."""
    document, say = issue.document, issue.say
    corridors = document["corridors"]
    usable = [
        each for each in corridors
        if each["state"] in {"open", "restricted"} and each.get("users") != "armed"
    ]  # fmt: skip
    told: list[tuple[str, list[Any]]] = [
        (say("Whether these are open: {names}."),
         [each for each in corridors if each["state"] == "unknown"]),
        (say("Which report of the state holds: {names}."),
         [each for each in corridors if each.get("disputed")]),
        (say("Where these cross: {names}."),
         [each for each in corridors if not each.get("located", True)]),
    ]  # fmt: skip
    if not issue.public:
        told += [
            (say("How many passed: {names}."), [e for e in usable if e.get("passed") is None]),
            (say("Whether a test movement passed: {names}."),
             [e for e in usable if (e.get("test_movement") or {}).get("result") != "passed"]),
        ]  # fmt: skip
    lines = [text.format(names=names_of(found, say)) for text, found in told if found]
    if not issue.public and document.get("received") is None:
        lines.append(say("How many were received at the far end."))
    lines.append(say("How many are on the road now, and how many will still come."))
    if not estimated:
        lines.append(say("Who is likely to come in all: not estimated here."))
    return lines


def sources(issue: Edition) -> list[str]:
    """Name who told it and how: codes of roles and organisations, never people."""
    say = issue.say
    told: dict[str, set[str]] = {}
    for corridor in issue.document["corridors"]:
        for each in corridor.get("counters", ()):
            told.setdefault(each["source"], set()).add(say(each["means"]))
        if corridor.get("state_source"):
            told.setdefault(corridor["state_source"], set())
    for each in issue.document.get("incidents", ()):
        if each.get("source"):
            told.setdefault(each["source"], set()).add(say(each["means"]))
    return [f"{name} ({say.listed(sorted(how))})" if how else name
            for name, how in sorted(told.items())]  # fmt: skip
