"""Take submissions of the field form from KoboToolbox and ODK: a webhook's payload → events.

Only the form's own questions are read. Whatever else a submission carries, such as a device, a
user, a position or an attachment, is dropped here: never stored, never logged, never echoed.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from fastapi import APIRouter, Request, Response

from safepassage.api.answers import ReceiptsTold, dumped, refusals
from safepassage.api.guard import Refused
from safepassage.api.reading import caller_of, desk_of, json_response
from safepassage.base.errors import Fault, InputError
from safepassage.ledger.events import Correction, event_of
from safepassage.publish.form_questions import CHOICES, KINDS, QUESTIONS, word_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from safepassage.api.desk import Desk
    from safepassage.ledger.events import Event

__all__ = ["MOST_SUBMISSIONS", "events_of", "router", "submissions_of"]

router = APIRouter()

MOST_SUBMISSIONS = 50
"""As many as a batch of events may hold."""

_FORM = UUID("6b1f7f0c-6d0e-5b7e-9d55-6a6f0f1b8a5e")
"""The namespace of ids made from instance ids that are no UUIDs; drawn once for this form."""

_FIELDS = frozenset(question.name for question in QUESTIONS)
_NUMBERS = frozenset(question.name for question in QUESTIONS if question.type == "integer")
_TIMES = frozenset(question.name for question in QUESTIONS if question.type == "dateTime")
_PEOPLE = {"best": "people", "low": "people_low", "high": "people_high"}
_OWN: dict[str, tuple[str, ...]] = {
    "passage": ("counted", "since", "carrying"),
    "movement": ("stage", "by"),
    "incident": ("what", "times", "killed", "injured", "place"),
    "status": ("state", "by"),
    "test_movement": ("result",),
    "note": (),
}
"""Which answers belong to which kind: others are left from a kind that was chosen before."""

_SUBMISSION = {"type": "object", "description": "The form's answers, as Kobo or ODK write them."}
_BODY = {
    "required": True,
    "content": {"application/json": {"schema": {"anyOf": [
        _SUBMISSION, {"type": "array", "items": _SUBMISSION, "minItems": 1, "maxItems": 50}]}}},
}  # fmt: skip


@router.post(
    "/api/kobo", response_model=ReceiptsTold, responses=refusals(408, 409, 413, 422, 503, 507),
    openapi_extra={"requestBody": _BODY},
)  # fmt: skip
async def kobo(request: Request) -> Response:
    """Take submissions of the field form, from KoboToolbox's REST services or ODK.

    Only the form's answers are read; devices, users, positions and attachments are dropped.
    """
    desk, caller = desk_of(request), caller_of(request)
    try:
        payload = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Refused(400, Fault("body", "is no JSON", "Choose JSON for the service.")) from None
    ours = desk.corridors.intersection(caller.corridors or ())
    several = submissions_of(payload)
    names = [f"submission {n}" for n in range(1, len(several) + 1)]
    events = [
        event
        for name, each in zip(names, several, strict=True)
        for event in events_of(each, source=caller.label, corridors=ours, where=name)
    ]
    await desk.reading(lambda: _refuse_others(desk, events))
    receipts = await desk.writer.append(events)
    desk.live.stir()
    return json_response(dumped({"receipts": [
        {"id": each.id, "sequence": each.sequence, "hash": each.hash, "outcome": each.outcome}
        for each in receipts
    ]}))  # fmt: skip


def _refuse_others(desk: Desk, events: Sequence[Event]) -> None:
    """Refuse to correct what another source reported."""
    for each in events:
        earlier = desk.record.find(each.corrects) if isinstance(each, Correction) else None
        if earlier and earlier.data and earlier.data["source"] != each.source:
            raise InputError.one("submission", "edits what another source reported",
                                 "Correct it in the operations room.")  # fmt: skip


def submissions_of(payload: Any) -> list[dict[str, Any]]:
    """Give the submissions of a payload: one, a list of them, or OData's ``value``.

    Raises
    ------
    InputError
        If it is none of these, empty, or longer than a batch may be.

    """
    if isinstance(payload, dict) and isinstance(payload.get("value"), list):
        payload = payload["value"]
    several = payload if isinstance(payload, list) else [payload]
    if not several or not all(isinstance(each, dict) for each in several):
        raise InputError.one(
            "submission", "is no submission of a form", "Send it as JSON: one, or a list of them."
        )
    if len(several) > MOST_SUBMISSIONS:
        raise InputError.one(
            "submission", f"holds more than {MOST_SUBMISSIONS}", "Send them in several parts."
        )
    return several


def events_of(
    submission: Mapping[str, Any],
    *,
    source: str,
    corridors: Collection[str],
    where: str = "submission",
) -> tuple[Event, ...]:
    """Turn one submission into its event; an edited one into the new event and a correction.

    The event's id is the submission's own, and nothing is taken from a clock of ours: the same
    submission gives the same events however often it is sent.

    Parameters
    ----------
    submission
        As KoboToolbox's REST services, or ODK Central's OData, write it in JSON.
    source
        The code of who sends, which becomes the events' source.
    corridors
        The ids that the sender may report on.
    where
        What an error calls it.

    Raises
    ------
    InputError
        With every fault of it; no message repeats what an answer holds.

    """
    answers = _answers(submission)
    id_ = _instance(_meta(submission, "instanceID") or submission.get("_uuid")
                    or submission.get("__id"), where)  # fmt: skip
    payload = _payload(answers, corridors, where)
    payload |= {"id": id_, "source": source}
    event = event_of(payload | {"known_at": _known(payload, submission)}, where)
    if not (replaced := _meta(submission, "deprecatedID")):
        return (event,)
    correction = Correction(
        id=uuid5(event.id, "correction"), source=source, happened_at=event.known_at,
        known_at=event.known_at, means=event.means, status=event.status,
        corrects=_instance(replaced, where), instead=event.id, text="The form was edited.",
    )  # fmt: skip
    return (event, correction)


def _answers(submission: Mapping[str, Any]) -> dict[str, Any]:
    """Give the answers to the form's own questions, by themselves or in a group."""
    groups = [
        each for key, each in submission.items()
        if isinstance(each, dict) and not key.startswith(("_", "meta"))
    ]  # fmt: skip
    return {
        key.rsplit("/", 1)[-1]: value
        for held in (*groups, submission)
        for key, value in held.items()
        if key.rsplit("/", 1)[-1] in _FIELDS and value not in (None, "")
    }


def _meta(submission: Mapping[str, Any], name: str) -> Any:
    held = submission.get("meta")
    return submission.get(f"meta/{name}") or (held.get(name) if isinstance(held, dict) else None)


def _instance(value: Any, where: str) -> UUID:
    text = value.removeprefix("uuid:").strip() if isinstance(value, str) else ""
    if not re.fullmatch(r"[!-~]{1,200}", text):
        raise InputError.one(
            f"{where}.meta/instanceID", "is missing, or no id",
            "Send whole submissions: without the instance's id, sending twice would count twice.",
        )  # fmt: skip
    try:
        return UUID(text)
    except ValueError:
        return uuid5(_FORM, text)


def _payload(answers: dict[str, Any], corridors: Collection[str], where: str) -> dict[str, Any]:
    report = answers.get("report")
    if not isinstance(report, str) or report not in KINDS:
        raise InputError.one(
            f"{where}.report", "is missing, or no kind of report of the form",
            "Give out the form anew: safepassage form CASE --to FORM.xlsx.",
        )  # fmt: skip
    own = {"corridor", "happened_at", "means", "text", *_OWN[report]}
    if answers.get("counted") == "in_all":
        own -= {"since"}
    counts = report in {"passage", "movement"}
    asked = own | (set(_PEOPLE.values()) if counts else set())
    faults = list(_faults(answers, asked, where))
    corridor = answers.get("corridor")
    if not isinstance(corridor, str) or corridor not in corridors:
        faults.append(
            Fault(f"{where}.corridor", "is missing, or no corridor that this sender may tell of",
                  f"It may be: {', '.join(sorted(corridors)) or 'none'}.")
        )  # fmt: skip
    if counts and "people" not in answers:
        faults.append(Fault(f"{where}.people", "is missing", "Say how many people."))
    if faults:
        raise InputError(faults)
    payload = {name: _value(name, answers[name]) for name in own if name in answers}
    payload |= {"kind": word_of(report), "status": answers.get("how_sure")}
    if counts:
        payload["people"] = {
            end: int(answers[name]) for end, name in _PEOPLE.items() if name in answers
        }
    return payload


def _faults(answers: Mapping[str, Any], asked: set[str], where: str) -> Iterator[Fault]:
    if "happened_at" not in answers:
        yield Fault(f"{where}.happened_at", "is missing", "Say when it happened.")
    for name in sorted(asked & answers.keys()):
        value = answers[name]
        if name in _NUMBERS and not (
            type(value) in {int, str} and re.fullmatch(r"[0-9]{1,9}", str(value))
        ):
            yield Fault(f"{where}.{name}", "is no whole number, 0 or more", "Mend it in the form.")
        elif name in _TIMES and _moment(value) is None:
            yield Fault(f"{where}.{name}", "is no time with its offset from UTC",
                        "It is written as 2016-11-04T10:10:00.000+02:00.")  # fmt: skip


def _value(name: str, value: Any) -> Any:
    if name in _NUMBERS:
        return int(value)
    return word_of(value) if name in CHOICES and isinstance(value, str) else value


def _moment(value: Any) -> datetime | None:
    """Read a time that says its offset; None where it is none."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment and moment.utcoffset() is not None else None


def _known(payload: Mapping[str, Any], submission: Mapping[str, Any]) -> Any:
    """Give when the source knew: at once where it saw it, else when the form's server had it."""
    if payload["status"] in ("observed", "verified"):
        return payload["happened_at"]
    system = submission.get("__system")
    central = system.get("submissionDate") if isinstance(system, dict) else None
    kobo = submission.get("_submission_time")  # in UTC, which it does not say
    return _moment(central) or _moment(f"{kobo}+00:00") or payload["happened_at"]
