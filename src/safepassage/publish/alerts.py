"""Draft alerts of a pause: opening, change, suspension, end, each in every language there is.

Drafts tell what was announced and by whom, never who walks when. ``alert_folder`` releases them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, get_args
from zoneinfo import ZoneInfo

from safepassage.base.errors import InputError
from safepassage.publish.cap import Alert, Area, Info, to_xml
from safepassage.publish.tongue import Tongue, languages, tongue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safepassage.city import City
    from safepassage.plan.setting import Prepared

__all__ = ["KINDS", "Kind", "Terms", "area_of", "draft", "refuse_no_sender", "terms_of"]

Kind = Literal["opening", "change", "suspension", "end"]
KINDS: tuple[Kind, ...] = get_args(Kind)

STANDS_FOR = timedelta(hours=24)
"""How long a suspension or an end stands in the channels (an assumption)."""
AROUND_M = 300.0
"""How far beyond the middles of zones an alert's area reaches at least (an assumption)."""

_MOST_WORDS = 1000
_URGENCY: dict[Kind, str] = {
    "opening": "Expected", "change": "Expected", "suspension": "Immediate", "end": "Past",
}  # fmt: skip
_CERTAINTY: dict[Kind, str] = {
    "opening": "Possible", "change": "Possible", "suspension": "Observed", "end": "Observed",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Hold what an alert tells of a pause.

    ``start`` and ``end`` are the announced hours, local, aware; ``corridors`` and ``consent``
    rows as ``plan.json`` has them; ``announced`` who announced it on which day (None: not said).
    """

    case: str
    place: Mapping[str, Any]
    tz: str
    start: datetime
    end: datetime
    announced: tuple[tuple[str, str | None], ...]
    corridors: tuple[Mapping[str, Any], ...]
    consent: tuple[Mapping[str, Any], ...]
    sender: str
    sender_name: str
    contact: str
    area: tuple[tuple[float, float], ...]


def terms_of(prepared: Prepared) -> Terms:
    """Gather what alerts tell, from a case and its announcements."""
    from safepassage.plan.words import consent_of  # noqa: PLC0415 - heavy

    case, place = prepared.loaded.case, prepared.loaded.case.place
    zone = ZoneInfo(place.tz)
    window = prepared.hours.announced
    return Terms(
        case=case.id, tz=place.tz,
        place={"id": place.name, "name": place.name, "name_ar": place.name_ar},
        start=window.start.replace(tzinfo=zone), end=window.end.replace(tzinfo=zone),
        announced=tuple(
            (d.issuer, d.announced_on.isoformat() if d.announced_on else None)
            for d in prepared.declarations if d.issuer
        ),
        corridors=tuple(
            {
                "id": each.id, "name": each.name, "name_ar": each.name_ar, "users": each.users,
                "located": each.position is not None,
                "assumed": bool(each.position and each.position.is_assumption),
                "destination": each.destination, "controlled_near": each.controlled_near,
                "controlled_far": each.controlled_far,
            }
            for each in case.corridors
        ),
        consent=tuple(consent_of(case, prepared.declarations)), sender=case.release.sender,
        sender_name=case.release.sender_name, contact=case.release.contact,
        area=area_of(prepared.city),
    )  # fmt: skip


def area_of(city: City) -> tuple[tuple[float, float], ...]:
    """Draw one border round all zones: the hull of their shapes, or of their middles.

    Returns
    -------
    (latitude, longitude) in degrees, closed.

    """
    import numpy as np  # noqa: PLC0415 - heavy
    import shapely  # noqa: PLC0415

    from safepassage.base.geo import EARTH_RADIUS_M  # noqa: PLC0415

    zones = city.zones
    shapes = [shape for shape in zones.shapes if shape is not None]
    points = shapely.points(np.column_stack([zones.lon, zones.lat]))
    middle = np.cos(np.radians(float(zones.lat.mean())))
    around = shapely.affinity.scale(
        shapely.buffer(shapely.Point(0, 0), np.degrees(AROUND_M / EARTH_RADIUS_M), quad_segs=2),
        1 / middle, 1, origin=(0, 0),
    )  # fmt: skip
    spread = [shapely.affinity.translate(around, point.x, point.y) for point in points]
    hull = shapely.convex_hull(shapely.union_all([*shapes, *spread]))
    return tuple((round(float(y), 5), round(float(x), 5)) for x, y in hull.exterior.coords)


def refuse_no_sender(terms: Terms) -> None:
    """Go no further where nobody is said to send it."""
    if not (terms.sender and terms.sender_name):
        raise InputError.one(
            "release.sender", "is not said, nor is release.sender_name: an alert needs both",
            "Write them under [release] in case.toml; docs/case.md says how.",
        )  # fmt: skip


def draft(
    kind: Kind, terms: Terms, *, now: datetime, words: Mapping[str, str] | None = None,
    exercise: bool = False,
) -> Alert:  # fmt: skip
    """Draft an alert in every language; nobody may send it until it is released.

    Parameters
    ----------
    kind
        What it tells.
    terms
        What is told.
    now
        When it is drafted, aware.
    words
        What changed or happened, by language; a change needs it in every language.
    exercise
        Mark it as an exercise's.

    Raises
    ------
    InputError
        If the case names no sender, words are missing, or the hours to open or change are over.

    """
    refuse_no_sender(terms)
    words = {language: " ".join(text.split()) for language, text in (words or {}).items()}
    _refuse_words(kind, words)
    sent = now.astimezone(ZoneInfo(terms.tz)).replace(microsecond=0)
    if kind in {"opening", "change"} and sent >= terms.end and not exercise:
        raise InputError.one(
            f"the window of {terms.case}", f"has been over since {terms.end:%Y-%m-%d %H:%M}",
            "Draft an end, or an exercise's alert with --exercise.",
        )  # fmt: skip
    alert = Alert(
        identifier=f"{terms.case}.{sent:%Y%m%dT%H%M%S}.{kind}", sender=terms.sender, sent=sent,
        status="Draft", message="Alert" if kind == "opening" else "Update",
        note="EXERCISE" if exercise else "",
        infos=tuple(
            _info(kind, terms, tongue(language, terms.tz), words.get(language, ""), sent, exercise)
            for language in languages()
        ),
    )  # fmt: skip
    to_xml(alert)
    return alert


def _refuse_words(kind: Kind, words: Mapping[str, str]) -> None:
    if unknown := sorted(set(words) - set(languages())):
        raise InputError.one("--say", f"is in languages without words here: {', '.join(unknown)}",
                             f"There are {', '.join(languages())}.")  # fmt: skip
    missing = [each for each in languages() if not words.get(each)]
    if kind == "change" and missing:
        raise InputError.one("--say", f"does not tell the change in: {', '.join(missing)}",
                             f"Say it as --say {missing[0]}=WORDS.")  # fmt: skip
    if words and missing:
        raise InputError.one("--say", f"is missing in: {', '.join(missing)}",
                             "Say it in every language, or in none.")  # fmt: skip
    if any(len(text) > _MOST_WORDS for text in words.values()):
        raise InputError.one("--say", f"is longer than {_MOST_WORDS} signs", "Shorten it.")


def _info(
    kind: Kind, terms: Terms, say: Tongue, words: str, sent: datetime, exercise: bool
) -> Info:  # fmt: skip
    expires = terms.end if kind in {"opening", "change"} else sent + STANDS_FOR
    mark = say("EXERCISE") + ". " if exercise else ""
    return Info(
        language=say.language, event=say("Humanitarian pause"),
        response="Shelter" if kind == "suspension" else "Monitor", urgency=_URGENCY[kind],
        severity="Severe" if kind == "suspension" else "Unknown", certainty=_CERTAINTY[kind],
        sender_name=terms.sender_name, headline=mark + _headline(kind, terms, say),
        description="\n".join(_description(kind, terms, say, words)),
        instruction="\n".join(_instruction(kind, say)), effective=sent,
        onset=terms.start if kind == "opening" else None, expires=max(expires, sent),
        contact=terms.contact,
        areas=(Area(say("Around {place}", place=say.name(terms.place)), terms.area),),
    )  # fmt: skip


def _hours(terms: Terms, say: Tongue) -> dict[str, str]:
    return {
        "place": say.name(terms.place), "day": say.day(terms.start.isoformat()),
        "start": f"{terms.start:%H:%M}", "end": f"{terms.end:%H:%M}",
    }  # fmt: skip


def _headline(kind: Kind, terms: Terms, say: Tongue) -> str:
    told = {
        "opening": "Announced: people may leave {place} on {day}, {start} to {end}",
        "change": "Changed: passage out of {place} on {day}",
        "suspension": "Suspended: passage out of {place} on {day}",
        "end": "Over: the hours of passage out of {place} on {day} have ended",
    }[kind]
    return say(told, **_hours(terms, say))


def _description(kind: Kind, terms: Terms, say: Tongue, words: str) -> Iterator[str]:
    if words:
        yield words
    if kind == "end":
        return
    for issuer, day in terms.announced if kind == "opening" else ():
        yield (say("Announced by {issuer} on {day}.", issuer=issuer, day=say.day(f"{day}T12:00Z"))
               if day else say("Announced by {issuer}.", issuer=issuer))  # fmt: skip
    if kind != "suspension":
        yield from _corridors(terms, say)
    if kind == "opening":
        yield from _consents(terms, say)


def _corridors(terms: Terms, say: Tongue) -> Iterator[str]:
    unknown = say("not known")
    for each in terms.corridors:
        if each["users"] == "armed":
            yield say("{corridor}: announced for armed groups. Keep away from it.",
                      corridor=say.name(each))  # fmt: skip
        elif not each["located"]:
            yield say("{corridor}: announced; where it is was not said.", corridor=say.name(each))
        else:
            yield say(
                "{corridor}: leads to {destination}. Near side: {near}. Far side: {far}.",
                corridor=say.name(each), destination=each["destination"] or unknown,
                near=each["controlled_near"] or unknown, far=each["controlled_far"] or unknown,
            )  # fmt: skip


def _consents(terms: Terms, say: Tongue) -> Iterator[str]:
    for each in terms.consent:
        status = say(str(each["status"]))
        yield (say("{party}: {status}, as stated by {who}.", party=each["party"], status=status,
                   who=each["stated_by"])
               if each["stated_by"]
               else say("{party}: {status}.", party=each["party"], status=status))  # fmt: skip


def _instruction(kind: Kind, say: Tongue) -> Iterator[str]:
    if kind in {"opening", "change"}:
        yield say("Leaving is a choice. Nobody may be forced to leave, or kept from leaving.")
        yield say("Set out only when you have heard that your way is confirmed end to end.")
        yield say("Past a crossing is not yet safe: people may wait, be checked or be turned back.")
    elif kind == "suspension":
        yield say("Do not set out now. If you are on the way, take cover and wait for those who "
                  "guide you.")  # fmt: skip
        yield say("Wait for another message.")
    else:
        yield say("Do not set out.")
    yield say("Those who stay remain civilians and keep their protection.")
    yield say("This message is neither permission nor protection.")
