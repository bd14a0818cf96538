"""Write the update for a phone: 160 signs in English, 70 in other scripts, shortened by rule."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from safepassage.publish.report_words import edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from safepassage.publish.redaction import Level
    from safepassage.publish.report_words import Edition

__all__ = ["GSM_7", "GSM_SIGNS", "UCS2_SIGNS", "update_160"]

GSM_SIGNS = 160
"""Signs in one message of the GSM 7-bit alphabet (3GPP TS 23.038)."""

UCS2_SIGNS = 70
"""Signs in one message of UCS-2, for scripts that the GSM alphabet lacks (the same)."""

GSM_7 = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""Signs of the GSM alphabet that take one septet each, the ends of lines left out."""

_PLAIN = str.maketrans({
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"',
    "×": "x", "·": "-", "[": "(", "]": ")", "{": "(", "}": ")", "؛": ";",
})  # fmt: skip


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
    written, most = (_gsm, GSM_SIGNS) if language == "en" else (_ucs2, UCS2_SIGNS)
    return _fitted(_parts(issue), written, most)


def _fitted(parts: Iterable[Sequence[str]], written: Callable[[str], str], most: int) -> str:
    """Put parts after each other: first as many as fit in their shortest wording, then longer ones.

    Parts and wordings come with what matters most, and the longest, first.
    """
    chosen: list[str] = []
    wordings: list[list[str]] = []
    for part in parts:
        ways = [written(each) for each in part]
        shortest = min(ways, key=len)
        if len(" ".join([*chosen, shortest])) <= most:
            chosen.append(shortest)
            wordings.append(ways)
    for place, ways in enumerate(wordings):
        for way in ways:
            longer = [*chosen[:place], way, *chosen[place + 1 :]]
            if len(" ".join(longer)) <= most:
                chosen = longer
                break
    return " ".join(chosen)


def _gsm(text: str) -> str:
    """Write a text in the GSM alphabet, a letter without its accent where that lacks it."""
    signs = []
    for sign in text.translate(_PLAIN):
        if sign in GSM_7:
            signs.append(sign)
        else:
            plain = unicodedata.normalize("NFKD", sign)
            signs += [each for each in plain if each in GSM_7] or [_unwritten(sign)]
    return " ".join("".join(signs).split())


def _ucs2(text: str) -> str:
    """Write a text in UCS-2: each sign one unit."""
    text = "".join(sign if ord(sign) < 0x10000 else "?" for sign in text)
    return " ".join(text.split())


def _unwritten(sign: str) -> str:
    """Stand for a sign that the alphabet lacks; marks and blanks are let go."""
    return "" if unicodedata.category(sign)[0] in "MC" else " " if sign.isspace() else "?"


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
                names = [_short(say.name(each)) for each in found]
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


def _short(name: str) -> str:
    """Leave out what a name says in brackets or after a dash."""
    short = re.split(r"\s+[–—-]\s+|\s*\(", name, maxsplit=1)[0].strip()
    return short or name
