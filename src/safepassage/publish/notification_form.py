"""Write the form of a movement notification: a page for A4 in black and white."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safepassage.publish.bundle import arabic_letters
from safepassage.publish.leaflet_marks import Marks
from safepassage.publish.notified import DUTIES, GAPS
from safepassage.publish.page import STILL_POLICY, template
from safepassage.publish.tongue import tongue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safepassage.publish.tongue import Tongue

__all__ = ["MEANS", "NEITHER", "form"]

NEITHER = (
    "An acknowledgement of this notification is neither permission nor protection.",
    "It asks for no permission: parties must spare civilians, notified or not.",
    "What is not notified here is no less protected.",
)
"""What stands on every form, and in every pack."""

MEANS = {
    "walk": "on foot", "stretcher": "carried on stretchers", "car": "by car",
    "ambulance": "by ambulance", "bus": "by bus",
}  # fmt: skip
_IN_A_LINE = 8


def form(document: Mapping[str, Any], pack_sha256: str, language: str) -> str:
    """Write the form.

    Parameters
    ----------
    document
        A notification, as ``movement-notification.schema.json`` has it: the form says nothing
        that is not in it.
    pack_sha256
        The SHA-256 of the file that holds it.
    language
        ``en``, ``ar``, or another that has a catalogue.

    Raises
    ------
    InputError
        If there is no such language.

    """
    say = tongue(language, document["case"]["tz"], isolating=True)
    words = _Words(say)
    named = {each["id"]: words.name(each) for key in ("crossings", "buses")
             for each in document[key]}  # fmt: skip
    hours = document["hours"]
    first = hours["announced"]["start"]
    rows = {key: [_row(words, each, named, first) for each in document[key]]
            for key in ("crossings", "buses")}  # fmt: skip
    return template("movement_notification.html.j2").render(
        say=say, words=words, doc=document, exercise=Marks("", exercise=True).told,
        policy=f"{STILL_POLICY}; font-src data:",
        letters=Markup(arabic_letters()) if language != "en" else "",  # noqa: S704 - our bundle
        pack=[pack_sha256[i : i + _IN_A_LINE] for i in range(0, len(pack_sha256), _IN_A_LINE)],
        neither=[say(each) for each in document["terms"]],
        issued=_when(say, document["issued_at"]), until=_when(say, document["valid_until"]),
        late=_expired(document),
        hours=[
            (say("Hours that were announced"), _span(say, hours["announced"])),
            (say("Planned: ways are confirmed and a test movement goes"),
             _span(say, hours["test_movement"])),
            (say("Planned: civilians move, once the ways are confirmed"),
             _span(say, hours["movement"])),
        ],
        **rows,
        means=[{**each, "name": words(each["name"]), "said": say(MEANS[each["means"]])}
               for each in document["means"]],
        duties=[
            {"name": named[each["id"]], "lines": [
                (say(label), words(each["duty"][key])) for key, label in DUTIES.items()
                if each["duty"][key]
            ]}
            for each in document["crossings"] if any(each["duty"].values())
        ],
        gaps=list(_gaps(say, document, named)),
    )  # fmt: skip


def _gaps(say: Tongue, document: Mapping[str, Any], named: Mapping[str, str]) -> Iterator[str]:
    """Say what is not known; what no located crossing has is said once for all."""
    placed = {each["id"] for each in document["crossings"] if each["lat"] is not None}
    for each in document["gaps"]:
        if not each["of"]:
            yield say(GAPS[each["id"]])
        elif len(placed) > 1 and set(each["of"]) == placed:
            yield say(GAPS[each["id"]], names=say("every crossing that is located"))
        else:
            names = say.listed(named[one] for one in each["of"])
            yield say(GAPS[each["id"]], names=names)


class _Words:
    """Say what the case says, in the form's language where there are words for it."""

    def __init__(self, say: Tongue) -> None:
        self.say = say
        self.missing = False

    def __call__(self, text: str) -> str:
        self.missing |= self.say.language != "en" and text not in self.say.catalogue
        return self.say(text)

    def name(self, thing: Mapping[str, Any]) -> str:
        own = thing.get(f"name_{self.say.language}")
        return str(own) if own else self(str(thing["name"]))


def _row(
    words: _Words, each: Mapping[str, Any], named: Mapping[str, str], first: str
) -> dict[str, Any]:
    """Give a crossing or a stop as the form shows it; ``first`` is the day of the hours."""
    say, leads = words.say, each.get("destination", "").strip()
    told = {
        **each, "name": named[each["id"]], "leads": words(leads) if leads else "",
        "only": [words(one) for one in each.get("only_for", ())],
        "to": named.get(each.get("crossing", ""), ""),
        "degrees": None if each["lat"] is None else f"{each['lat']:.5f}, {each['lon']:.5f}",
        "off": None if each["accuracy_m"] is None else say.number(each["accuracy_m"]),
    }  # fmt: skip
    if "departures" in each:
        told["departs"] = [say.when(one, first) for one in each["departures"]]
    return told


def _when(say: Tongue, moment: str | None) -> str:
    """Write a moment with its day, on the place's clock and on UTC's."""
    if moment is None:
        return ""
    universal = datetime.fromisoformat(moment).astimezone(UTC)
    return _dated(say, moment, f"{say.clock(moment)} ({universal:%H:%M}Z)")


def _dated(say: Tongue, moment: str, clock: str) -> str:
    """Put a day before hours, which run from left to right in every language."""
    return f"{say.day(moment)}{say(', ')}\u2066{clock}\u2069"


def _span(say: Tongue, hours: Mapping[str, str] | None) -> str:
    if hours is None:
        return ""
    start, end = (datetime.fromisoformat(hours[key]).astimezone(UTC) for key in ("start", "end"))
    last = say.when(hours["end"], hours["start"])
    local = f"{say.clock(hours['start'])}–{last}"
    return _dated(say, hours["start"], f"{local} ({start:%H:%M}–{end:%H:%M}Z)")


def _expired(document: Mapping[str, Any]) -> bool:
    """Tell whether it had expired before it was issued: it then notifies of nothing to come."""
    issued = document["issued_at"]
    return issued is not None and datetime.fromisoformat(issued) >= datetime.fromisoformat(
        document["valid_until"]
    )
