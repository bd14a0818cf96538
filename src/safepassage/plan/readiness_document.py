"""Write readiness as plain data: what ``safepassage check --json`` prints and pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.base.provenance import stamp
from safepassage.plan.questions import catalogue
from safepassage.plan.readiness_worked import sun_minute
from safepassage.plan.walkways import ENDS

if TYPE_CHECKING:
    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.base.window import Window
    from safepassage.declaration import Declaration
    from safepassage.plan.readiness import Answer, Readiness
    from safepassage.plan.readiness_model import Known

__all__ = ["READINESS_NOTE", "SCHEMA_VERSION", "readiness_document"]

SCHEMA_VERSION = "1.0"

READINESS_NOTE = (
    "A settled question is a statement, not a promise kept. This list is neither permission nor "
    "protection; leaving is always a choice."
)


def readiness_document(found: Readiness) -> dict[str, Any]:
    """Give readiness as the document that ``readiness.schema.json`` describes."""
    place, known = found.place, found.known
    return {
        **stamp("readiness", SCHEMA_VERSION, found.inputs, found.attribution),
        "case": {
            "id": found.id, "title": found.title,
            "place": None if place is None else {
                "name": place.name, "lat": place.lat, "lon": place.lon, "tz": place.tz
            },
        },
        "note": READINESS_NOTE,
        "reviews": [_review(each) for each in known.texts if each.reviewed is not None],
        "counts": dict(found.counts),
        "worked_out": {
            "hours": _hours(known), "warning": _warning(known), "travel": _travel(known),
        },
        "questions": [_question(each) for each in found.answers],
        "references": {
            name: reference.model_dump() for name, reference in catalogue().references.items()
        },
    }  # fmt: skip


def _review(text: Declaration) -> dict[str, str]:
    """Tell which terms a person decided on, so that no issuer is taken to have said them."""
    known = text.reviewed
    if known is not None and known.status == "applied":
        told = (
            f"In {text.text_name} people decided on {', '.join(known.fields)} "
            f"({', '.join(known.by)}); the words quoted are the text's."
        )
        return {"text_name": text.text_name, "status": "applied", "told": told}
    told = (
        f"{text.text_name} has changed since it was reviewed; "
        "none of the decisions beside it was applied."
    )
    return {"text_name": text.text_name, "status": "stale", "told": told}


def _question(answer: Answer) -> dict[str, Any]:
    question = answer.question
    return {
        "id": question.id, "topic": question.topic, "question": question.text,
        "why": question.why, "gravity": question.gravity, "status": answer.status,
        "answer": answer.text, "basis": answer.basis, "source": answer.source,
        "said": [
            {"who": said.who, "words": said.words, "text_name": said.text_name}
            for said in answer.said
        ],
        "references": [place.model_dump() for place in question.references],
    }  # fmt: skip


def _span(window: Window | None) -> dict[str, str] | None:
    return None if window is None else window.as_json()


def _hours(known: Known) -> dict[str, Any]:
    hours = known.hours
    sun = hours.daylight if hours else None
    return {
        "announced": _span(known.window), "usable": _span(hours.usable if hours else None),
        "announced_min": known.window.minutes if known.window else None,
        "usable_min": hours.usable.minutes if hours else 0 if known.window else None,
        "confirm_and_test_min": known.confirm_and_test_min,
        "sunrise": sun_minute(sun.sunrise) if sun else None,
        "sunset": sun_minute(sun.sunset) if sun else None,
        "civil_dusk": sun_minute(sun.civil_dusk) if sun else None,
        "cuts": [cut.as_json() for cut in (hours.cuts if hours else ())],
        "why_none": known.no_hours,
    }  # fmt: skip


def _warning(known: Known) -> dict[str, Any] | None:
    warned = known.warned
    if warned is None:
        return None
    return {
        "announced_on": f"{warned.announced_on:%Y-%m-%d}", "low_min": warned.low,
        "high_min": warned.high, "text_name": warned.text_name,
    }  # fmt: skip


def _figures(number: LowBestHigh | None) -> dict[str, int] | None:
    return None if number is None else number.whole()


def _travel(known: Known) -> dict[str, Any]:
    found, city = known.travel, known.city
    if found is None or city is None:
        return {"zones": [], "why_none": known.no_travel, "assumed_positions": 0, "farthest": None,
                "farthest_min": None, "too_far": None, "no_way": None, "people": None,
                "paces": []}  # fmt: skip
    zones = [
        {
            "id": city.zones.ids[i], "name": city.zones.names[i],
            "people": {end: round(float(getattr(city.zones, end)[i])) for end in ENDS},
            "corridor": found.nearest[i],
            "minutes": None if found.nearest[i] is None else {
                end: round(float(found.minutes[end][i]), 1) for end in ENDS
            },
        }
        for i in range(len(city.zones))
    ]  # fmt: skip
    return {
        "people": _figures(found.people), "too_far": _figures(found.too_far),
        "no_way": _figures(found.no_way), "assumed_positions": known.assumed_positions,
        "farthest": None if found.farthest is None else city.zones.ids[found.farthest],
        "farthest_min": _figures(found.longest()), "why_none": "",
        "paces": [
            {"group": group.name, "speed_m_per_s": group.speed_m_per_s.model_dump()}
            for group in found.groups
        ],
        "zones": zones,
    }  # fmt: skip
