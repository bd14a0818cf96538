"""Write the update for a phone: 160 signs in English, 70 in other scripts, shortened by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.publish.report_words import edition
from safepassage.publish.shortened import GSM_SIGNS, UCS2_SIGNS, fitted, gsm, short_name, ucs2

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from safepassage.publish.redaction import Level
    from safepassage.publish.report_words import Edition

__all__ = ["update_160"]


def update_160(
    document: Mapping[str, Any],
    *,
    language: str = "en",
    level: Level = "internal",
    now: datetime | None = None,
) -> str:
    """Write one text message: as of when, people out, corridors by state, incidents, hours.

    What does not fit is told more shortly (names become their number) or left out whole, what
    matters least first. No word is ever cut; EXERCISE where it is one, and as of when, stand first.

    Parameters
    ----------
    document
        A situation, as ``situation.schema.json`` has it.
    language
        ``en`` gives a message in the GSM alphabet, any other one in UCS-2.
    level
        Who reads it.
    now
        The clock, for the delay of what the public sees; the machine's if not given.

    Raises
    ------
    InputError
        If there is no such language, or the situation is too fresh for these readers.

    """
    issue = edition(document, language=language, level=level, now=now, page=False)
    written, most = (gsm, GSM_SIGNS) if language == "en" else (ucs2, UCS2_SIGNS)
    return fitted(_parts(issue), written, most)


def _parts(issue: Edition) -> Iterator[Sequence[str]]:
    """Give the parts of a message, what matters most first, each in wordings ever shorter."""
    document, say = issue.document, issue.say
    local = say.local(document["as_known_at"])
    mark = f"{say('EXERCISE')} " if document.get("exercise") else ""
    date = f"{local.day}/{local.month}"
    yield (f"{mark}{date} {local:%H:%M}:",)
    called_off = document["window"]["state"] == "called off"
    if called_off:
        yield (say("The pause was called off."),)
    yield _out(issue)
    corridors = {
        state: [each for each in document["corridors"] if each["state"] == state]
        for state in ("closed", "restricted", "open", "unknown")
    }
    short = {"closed": say("Closed"), "restricted": say("Restricted"), "open": say("Open"),
             "unknown": say("Not known")}  # fmt: skip
    for state, found in corridors.items():
        if found:
            number = say("{what}: {n}.", what=short[state], n=len(found))
            if state == "unknown":
                yield (number,)
            else:
                names = [short_name(say.name(each)) for each in found]
                yield (say("{what}: {n}.", what=short[state], n=say.listed(names)), number)
    if told := len(document.get("incidents", ())):
        total = document.get("incidents_total", told)
        yield (say("{what}: {n}.", what=say("Incidents told"), n=total),)
    alarms = sum(each["level"] == "alarm" for each in document.get("alarms", ()))
    if alarms:
        yield (say("{what}: {n}.", what=say("Alarms"), n=alarms),)
    if not called_off:
        yield (_until(issue),)
    yield (say("Not permission, not protection."),)


def _out(issue: Edition) -> Sequence[str]:
    say, out = issue.say, issue.document.get("people_out")
    if out is None:
        return (say("Out: not known."),)
    low, best, high = out["low"], out["best"], out["high"]
    if best is None:
        return (say("Out: under {n}.", n=high + 1),)
    if low == high:
        return (say("Out: {n}.", n=best),)
    return (say("Out: {n} ({low} to {high}).", n=best, low=low, high=high),
            say("Out: about {n}.", n=best))  # fmt: skip


def _until(issue: Edition) -> str:
    window, say = issue.document["window"], issue.say
    if window["state"] == "over":
        return say("Hours over.")
    return say("Hours end {time}.", time=say.when(window["end"], issue.document["as_known_at"]))
