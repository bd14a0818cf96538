"""Submissions of the field form become events: once each, and with nothing about a phone or person.

The payloads are written by us after KoboToolbox's REST services and ODK Central's OData.
"""

from __future__ import annotations

import json

import pytest

from safepassage.api.kobo import MOST_SUBMISSIONS, events_of, submissions_of
from safepassage.base.errors import InputError
from safepassage.ledger.events import payload_of

SENT = "2b5f6a52-96d9-4bd5-a7e1-4f6d4b3a9a10"
EDITED = "7d0f2a35-0fd5-4f6c-8a0e-6f1f7f1f0c11"
KOBO = {
    "_id": 41,
    "formhub/uuid": "0d0a4cd4a3d84a0b9f3d6b0c35a3b6d2",
    "start": "2016-11-04T10:01:00.000+02:00",
    "report": "passage",
    "corridor": "salah-al-din",
    "counted": "over",
    "since": "2016-11-04T10:00:00.000+02:00",
    "happened_at": "2016-11-04T10:10:00.000+02:00",
    "people": "40",
    "people_high": "45",
    "carrying": "unarmed",
    "means": "eyewitness_count",
    "how_sure": "observed",
    "__version__": "vX1",
    "meta/instanceID": f"uuid:{SENT}",
    "_xform_id_string": "aBcD",
    "_uuid": SENT,
    "_attachments": [{"filename": "team/attachments/hand.jpg"}],
    "_status": "submitted_via_web",
    "_geolocation": [36.19112, 37.12361],
    "_submission_time": "2016-11-04T08:12:30",
    "_submitted_by": "h.k.enumerator",
    "deviceid": "collect:9sXq0secret",
    "phonenumber": "+963944123456",
    "username": "h.k.enumerator",
}
ENDS = ("best", "low", "high")
SECRETS = ("hand.jpg", "36.19", "h.k.enum", "collect:", "963944", "vX1", "0d0a4cd4")
CENTRAL = {
    "__id": f"uuid:{SENT}",
    "report": "incident",
    "asked": {"corridor": "sheikh-saeed", "what": "mine_or_remnant", "injured": 2},
    "happened_at": "2016-11-04T10:10:00.000+02:00",
    "place": "Bustan al-Basha",
    "means": "radio",
    "how_sure": "reported",
    "meta": {"instanceID": f"uuid:{SENT}", "instanceName": "Somebody"},
    "__system": {
        "submissionDate": "2016-11-04T08:20:00.000Z",
        "submitterName": "h.k.enumerator",
        "deviceId": "collect:9sXq0secret",
    },
}


def events(submission, *, corridors=("salah-al-din", "sheikh-saeed")):
    return events_of(submission, source="gate-2", corridors=corridors)


def refusal(submission, **options):
    with pytest.raises(InputError) as caught:
        events(submission, **options)
    return str(caught.value)


def test_a_count_of_kobo_becomes_a_passage_and_nothing_else():
    (event,) = events(KOBO)
    assert payload_of(event) == {
        "kind": "passage",
        "id": SENT,
        "source": "gate-2",
        "corridor": "salah-al-din",
        "counted": "over",
        "since": "2016-11-04T08:00:00Z",
        "happened_at": "2016-11-04T08:10:00Z",
        "known_at": "2016-11-04T08:10:00Z",
        "people": {"best": 40, "low": 40, "high": 45},
        "carrying": "unarmed",
        "means": "eyewitness count",
        "status": "observed",
    }


def test_an_incident_of_central_becomes_an_incident_known_when_it_was_sent():
    (event,) = events(CENTRAL, corridors={"sheikh-saeed"})
    assert payload_of(event) == {
        "kind": "incident",
        "corridor": "sheikh-saeed",
        "id": SENT,
        "source": "gate-2",
        "what": "mine or remnant",
        "injured": {"best": 2, "low": 2, "high": 2},
        "place": "Bustan al-Basha",
        "happened_at": "2016-11-04T08:10:00Z",
        "known_at": "2016-11-04T08:20:00Z",
        "means": "radio",
        "status": "reported",
    }


@pytest.mark.parametrize("submission", [KOBO, CENTRAL])
def test_nothing_of_phone_user_position_or_picture_is_left(submission):
    kept = json.dumps([payload_of(event) for event in events(submission)])
    assert not [each for each in SECRETS if each in kept]


@pytest.mark.parametrize(
    ("report", "answers", "held"),
    [
        ("movement", {"stage": "turned_back", "people": 12, "by": "Checkpoint"},
         {"stage": "turned back", "by": "Checkpoint", "people": dict.fromkeys(ENDS, 12)}),
        ("status", {"state": "closed", "by": "Army"}, {"state": "closed", "by": "Army"}),
        ("test_movement", {"result": "passed"}, {"result": "passed"}),
        ("note", {"text": "Buses have arrived"}, {"text": "Buses have arrived"}),
    ],
)  # fmt: skip
def test_every_kind_of_report_becomes_its_event(report, answers, held):
    sent = {
        **{key: KOBO[key] for key in ("_uuid", "corridor", "happened_at", "means", "how_sure")},
        "report": report, "counted": "over", "state": "open", "people": 3, "what": "shelling",
        **answers,
    }  # fmt: skip
    payload = payload_of(events(sent)[0])
    assert payload["kind"] == report.replace("_", " ")
    common = {"id", "kind", "happened_at", "known_at", "source", "means", "status", "corridor"}
    assert {key: payload[key] for key in payload.keys() - common} == held


def test_a_running_total_has_no_beginning():
    (event,) = events({**KOBO, "counted": "in_all"})
    assert (event.counted, event.since) == ("in all", None)


def test_sent_again_it_is_the_same_event():
    assert events(KOBO) == events(json.loads(json.dumps(KOBO)))
    odd = {**KOBO, "meta/instanceID": "uuid:not-a-uuid"}
    assert events(odd)[0].id == events(odd)[0].id != events(KOBO)[0].id


def test_an_edited_form_corrects_what_it_was():
    edited = {**KOBO, "people": "44", "_uuid": EDITED, "meta/instanceID": f"uuid:{EDITED}",
              "meta/deprecatedID": f"uuid:{SENT}"}  # fmt: skip
    event, correction = events(edited)
    assert (str(correction.corrects), correction.instead) == (SENT, event.id)
    assert events(edited) == (event, correction)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"corridor": "castello-road"}, "submission.corridor: is missing, or no"),
        ({"corridor": None}, "submission.corridor: is missing, or no"),
        ({"people": "forty"}, "submission.people: is no whole number"),
        ({"people": -1}, "submission.people: is no whole number"),
        ({"people": True}, "submission.people: is no whole number"),
        ({"people": 4.5}, "submission.people: is no whole number"),
        ({"people": "٤٠"}, "submission.people: is no whole number"),
        ({"people": "9" * 5000}, "submission.people: is no whole number"),
        ({"people": None}, "submission.people: is missing"),
        ({"people_low": "41"}, "submission.people: low ≤ best ≤ high"),
        ({"report": "secret"}, "submission.report: is missing"),
        ({"report": ["passage"]}, "submission.report: is missing"),
        ({"happened_at": "yesterday"}, "submission.happened_at: is no time"),
        ({"happened_at": "2016-11-04T10:10:00"}, "offset from UTC"),
        ({"happened_at": None}, "submission.happened_at: is missing"),
        ({"since": "2016-11-04T11:00:00.000+02:00"}, "'since' must not be after"),
        ({"how_sure": None}, "submission.status"),
        ({"carrying": "bombs"}, "submission.carrying"),
        ({"meta/instanceID": "", "_uuid": ""}, "without the instance's id"),
        ({"meta/instanceID": 5, "_uuid": ["x"]}, "without the instance's id"),
    ],
)
def test_what_is_broken_is_refused_with_one_clear_message(change, said):
    told = refusal({**KOBO, **change})
    assert said in told
    assert len(told.splitlines()) == 1
    assert not [each for each in (*SECRETS, "forty", "bombs", "castello-road") if each in told]


def test_all_faults_of_a_submission_are_told_together():
    told = refusal({**KOBO, "people": "x", "people_high": "y", "corridor": "z"})
    assert len(told.splitlines()) == 3


def test_submissions_come_by_themselves_in_lists_or_as_odata():
    assert submissions_of(KOBO) == submissions_of([KOBO]) == submissions_of({"value": [KOBO]})
    for payload in (None, [], "x", 5, [KOBO, 5], {"value": []}, [KOBO] * (MOST_SUBMISSIONS + 1)):
        with pytest.raises(InputError):
            submissions_of(payload)
