"""Make the shift handover: what happened since, what is open, and what must be done first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import InputError
from safepassage.publish.next_checks import next_checks, open_decisions, running_out
from safepassage.publish.report_page import rendered
from safepassage.publish.report_words import (
    alarm_rows,
    clip,
    corridor_rows,
    edition,
    headline,
    incident_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from safepassage.publish.redaction import Level
    from safepassage.publish.report_words import Edition

__all__ = ["SHIFT", "handover"]

SHIFT = timedelta(hours=8)
"""How far back a handover looks where nobody says (an assumption about the length of a shift)."""

_FIRST, _WORDS, _HAPPENED = 8, 300, 60


def handover(
    document: Mapping[str, Any],
    *,
    since: datetime | None = None,
    language: str = "en",
    level: Level = "internal",
    now: datetime | None = None,
) -> str:
    """Make one self-contained page for whoever takes over; it prints on A4 and needs no script.

    Parameters
    ----------
    document
        A situation, as ``situation.schema.json`` has it.
    since
        From when on it tells what happened, aware; 8 hours before if not given.
    language
        ``en``, ``ar``, or another that has a catalogue.
    level
        Only ``internal``: it holds what was said in confidence.
    now
        The clock; the machine's if not given.

    Raises
    ------
    InputError
        If there is no such language, the level is another, or ``since`` lies after the situation.

    """
    if level != "internal":
        raise InputError.one("handover", f"is for those inside, and this is for {level}",
                             "Make a situation report or an update for others.")  # fmt: skip
    issue = edition(document, language=language, level=level, now=now)
    at = datetime.fromisoformat(document["as_known_at"])
    since = since or at - SHIFT
    if since >= at:
        raise InputError.one("--since", "is not before the time of the situation",
                             "Give when the last shift began.")  # fmt: skip
    return rendered("handover.html.j2", issue, **_view(issue, since))


def _view(issue: Edition, since: datetime) -> dict[str, Any]:
    document, say = issue.document, issue.say
    at, names = document["as_known_at"], issue.names()
    happened = sorted((each for each in _happened(issue, since) if each[0] > since), reverse=True)
    checks = next_checks(issue)
    return {
        "since": say.when(since.isoformat(), at),
        "first": checks[:_FIRST], "more_first": checks[_FIRST:],
        "headline": headline(issue),
        "happened": [
            {"when": say.when(when.isoformat(), at), "text": text}
            for when, text in happened[:_HAPPENED]
        ],
        "more_happened": len(happened[_HAPPENED:]),
        "decisions": [
            {
                "when": say.when(each["happened_at"], at), "decision": say(each["decision"]),
                "by": each["by"], "text": clip(each.get("text") or "", _WORDS),
                "corridor": names.get(each.get("corridor") or "") or say("all corridors"),
            }
            for each in open_decisions(issue)
        ],
        "alarms": alarm_rows(issue),
        "assurances": [
            {
                "party": each["party"], "words": clip(each["words"], _WORDS),
                "until": say.when(each["expires_at"], at), "ended": each["expires_at"] <= at,
                "corridor": names.get(each.get("corridor") or "") or say("all corridors"),
            }
            for each in running_out(issue)
        ],
        "rows": corridor_rows(issue),
        "contacts": _contacts(issue),
        "notified": _notified(issue),
        "corrections": document.get("corrections", 0),
        "remarks": [each["text"] for each in document.get("uncounted_remarks", ())],
    }  # fmt: skip


def _happened(issue: Edition, since: datetime) -> Iterator[tuple[datetime, str]]:
    """Give what happened since, and what changed at any time, each in a sentence."""
    document, say, names = issue.document, issue.say, issue.names()

    def new(key: str) -> Iterator[tuple[datetime, dict[str, Any]]]:
        for each in document.get(key, ()):
            if (when := datetime.fromisoformat(each["happened_at"])) > since:
                yield when, {**each, "where": names.get(each.get("corridor") or "")
                             or say("all corridors")}  # fmt: skip

    incidents = list(new("incidents"))
    only = issue._replace(document={**document, "incidents": [each for _, each in incidents]})
    told = incident_rows(only, most=len(incidents))
    for (when, _), row in zip(incidents, told, strict=True):
        parts = [f"{row['what']} ({row['status']})", row["where"], *row["hurt"], *row["claims"]]
        yield when, say("Incident: {text}", text=say("; ").join(filter(None, parts)))
    for when, each in new("decisions"):
        yield when, say("{corridor}: “{decision}”, decided by {by}. {text}", by=each["by"],
                        corridor=each["where"], decision=say(each["decision"]),
                        text=clip(each.get("text") or "", _WORDS))  # fmt: skip
    yield from _with_parties(issue, new)
    for when, each in new("test_movements"):
        yield when, say("{corridor}: test movement {result}.", corridor=each["where"],
                        result=say(each["result"]))  # fmt: skip
    for when, each in new("notes"):
        yield when, say("Note: {text}", text=clip(each["text"], _WORDS))
    yield from _changed(issue)


def _with_parties(
    issue: Edition, new: Callable[[str], Iterator[tuple[datetime, dict[str, Any]]]]
) -> Iterator[tuple[datetime, str]]:
    """Give what was said between the parties and who asks them."""
    say = issue.say
    for when, each in new("assurances"):
        yield when, say("{party} gave an assurance: “{words}”", party=each["party"],
                        words=clip(each["words"], _WORDS))  # fmt: skip
    for when, each in new("contacts"):
        text = say("{party} answered.") if each["answered"] else say("{party} did not answer.")
        yield when, text.format(party=each["party"])
    for when, each in new("notifications"):
        text = {
            "sent": say("Movement notification {pack} was sent to {party}."),
            "received": say("{party} received movement notification {pack}."),
            "objected": say("{party} objected to movement notification {pack}."),
        }[each["step"]].format(party=say.apart(each["party"]), pack=each["pack_sha256"][:8])
        yield when, f"{text} {clip(each.get('text') or '', _WORDS)}".strip()


def _changed(issue: Edition) -> Iterator[tuple[datetime, str]]:
    """Give states, hours and plan, each with the time of its last change."""
    document, say, at = issue.document, issue.say, issue.document["as_known_at"]
    for each in document["corridors"]:
        if each.get("state_since"):
            yield datetime.fromisoformat(each["state_since"]), say(
                "{corridor}: {state}, says {source}.", corridor=say.name(each),
                state=say(each["state"]), source=each.get("state_source") or "–")  # fmt: skip
    for each in document["window"].get("changes", ()):
        yield datetime.fromisoformat(each["at"]), say(
            "{by}: hours from {start} to {end}.", by=each["by"],
            start=say.when(each["start"], at), end=say.when(each["end"], at))  # fmt: skip
    if plan := document.get("plan"):
        yield datetime.fromisoformat(plan["adopted_at"]), say(
            "Plan {id} adopted by {by}.", id=plan["sha256"][:8], by=plan["by"])  # fmt: skip


def _contacts(issue: Edition) -> list[dict[str, Any]]:
    """Give each party's last contact, and when it last answered."""
    at = issue.document["as_known_at"]
    found: dict[str, dict[str, str]] = {}
    for each in sorted(issue.document.get("contacts", ()), key=lambda one: str(one["happened_at"])):
        row = found.setdefault(each["party"], {"party": each["party"], "answered": "–"})
        row |= {"tried": issue.say.when(each["happened_at"], at), "by": each["source"]}
        if each["answered"]:
            row["answered"] = row["tried"]
    return list(found.values())


def _notified(issue: Edition) -> list[dict[str, str]]:
    """Give for each party and movement notification when it was last sent, received, objected to.

    The last one that anything was said of stands first.
    """
    at = issue.document["as_known_at"]
    found: dict[tuple[str, str], dict[str, str]] = {}
    events = issue.document.get("notifications", ())
    for each in sorted(events, key=lambda one: str(one["happened_at"])):
        key = each["party"], each["pack_sha256"]
        row = found.pop(key, dict.fromkeys(("sent", "received", "objected"), "–"))
        found[key] = {**row, each["step"]: issue.say.when(each["happened_at"], at)}
    return [
        {"party": party, "pack": pack[:8], **row}
        for (party, pack), row in reversed(found.items())
    ]  # fmt: skip
