"""Take submissions of the field form from KoboToolbox and ODK: a webhook's payload → events.

Only the form's own questions are read. Whatever else a submission carries, such as a device, a
user, a position or an attachment, is dropped here: never stored, never logged, never echoed.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from safepassage.base.errors import Fault, InputError
from safepassage.ledger.events import event_of
from safepassage.publish.form_questions import CHOICES, KINDS, NOWHERE, QUESTIONS, word_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from safepassage.ledger.events import Event

__all__ = ["MOST_SUBMISSIONS", "events_of", "submissions_of"]

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
    find: Callable[[UUID], Mapping[str, Any] | None],
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
    find
        Gives the payload of an event that is recorded, by its id; None where there is none.
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
    replaced = _meta(submission, "deprecatedID")
    if not replaced:
        return (event,)
    earlier = find(_instance(replaced, where))
    if earlier is None:
        return (event,)
    if earlier.get("source") != source:
        raise InputError.one(
            where, "edits what another source reported", "Correct it in the operations room."
        )
    return (event, event_of(_correction(event, earlier), where))


def _correction(event: Event, earlier: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": "correction", "id": uuid5(event.id, "correction"), "source": event.source,
        "happened_at": event.known_at, "known_at": event.known_at, "means": event.means,
        "status": event.status, "corrects": earlier["id"], "instead": event.id,
        "text": "The form was edited.",
    }  # fmt: skip


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
        if key.rsplit("/", 1)[-1] in _FIELDS
        and value not in (None, "")
        and not isinstance(value, dict)
    }


def _meta(submission: Mapping[str, Any], name: str) -> Any:
    held = submission.get("meta")
    return submission.get(f"meta/{name}") or (held.get(name) if isinstance(held, dict) else None)


def _instance(value: Any, where: str) -> UUID:
    text = value.removeprefix("uuid:").strip() if isinstance(value, str) else ""
    if not text or len(text) > 200:
        raise InputError.one(
            f"{where}.meta/instanceID", "is missing",
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
    own = {"happened_at", "means", "text", *_OWN[report]}
    if answers.get("counted") == "in_all":
        own -= {"since"}
    counts = report in {"passage", "movement"}
    asked = own | (set(_PEOPLE.values()) if counts else set())
    faults = [*_faults(answers, asked, where), *_corridor_faults(answers, corridors, where)]
    if counts and "people" not in answers:
        faults.append(Fault(f"{where}.people", "is missing", "Say how many people."))
    if faults:
        raise InputError(faults)
    payload = {name: _value(name, answers[name]) for name in own if name in answers}
    payload |= {"kind": word_of(report), "status": answers.get("how_sure")}
    if answers.get("corridor") not in {None, NOWHERE}:
        payload["corridor"] = answers["corridor"]
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


def _corridor_faults(
    answers: Mapping[str, Any], corridors: Collection[str], where: str
) -> Iterator[Fault]:
    corridor = answers.get("corridor")
    anywhere = answers["report"] in {"incident", "note"} and corridor in {None, NOWHERE}
    if not anywhere and not (isinstance(corridor, str) and corridor in corridors):
        yield Fault(f"{where}.corridor", "is no corridor that this sender may report on",
                    f"It may be: {', '.join(sorted(corridors)) or 'none'}.")  # fmt: skip


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
    if payload["status"] in {"observed", "verified"}:
        return payload["happened_at"]
    system = submission.get("__system")
    central = system.get("submissionDate") if isinstance(system, dict) else None
    kobo = submission.get("_submission_time")  # in UTC, which it does not say
    return _moment(central) or _moment(f"{kobo}+00:00") or payload["happened_at"]
