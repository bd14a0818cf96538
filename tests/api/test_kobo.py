"""Submissions of the field form become events: once each, and with nothing about a phone or person.

The payloads are written by us after KoboToolbox's REST services and ODK Central's OData.
"""

from __future__ import annotations

import json

import httpx
import pytest

from publish.sample_plan import sample
from safepassage.api.desk import Settings
from safepassage.api.kobo import MOST_SUBMISSIONS, events_of, submissions_of
from safepassage.api.server import Server
from safepassage.base.errors import InputError
from safepassage.case.load import load_case
from safepassage.ledger.events import payload_of
from safepassage.ledger.opening import make_ledger, open_ledger

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
        ({"how_sure": ["observed"]}, "submission.status"),
        ({"meta/instanceID": "uuid:\ud800"}, "without the instance's id"),
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


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    ledger = tmp_path_factory.mktemp("kobo") / "pause.ledger"
    make_ledger(ledger, exercise=True).close()
    case = load_case("aleppo-2016-11-04")
    with Server(Settings(plan=sample()[0], ledger=ledger, case=case)) as server:
        yield server


@pytest.fixture(scope="module")
def gates(server):
    """Give who sends for two gates, and the coordinator."""

    def client(role, label, *corridors):
        token = server.token(role, label, corridors)
        heads = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=server.url, headers=heads, timeout=60)

    with (
        client("reporter", "gate-1", "salah-al-din", "sheikh-saeed") as first,
        client("reporter", "gate-2", "salah-al-din") as second,
        client("coordinator", "room") as room,
    ):
        yield first, second, room


def recorded(server):
    with open_ledger(server.settings.ledger, read_only=True) as ledger:
        return [entry.payload for entry in ledger.entries()]


def test_a_submission_sent_twice_counts_once(server, gates):
    first, _, room = gates
    answers = [first.post("/api/kobo", json=KOBO) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert [each.json()["receipts"][0]["outcome"] for each in answers] == ["stored", "already"]
    (kept,) = recorded(server)
    assert '"source":"gate-1"' in kept
    assert not [each for each in SECRETS if each in kept]
    assert room.post("/api/kobo", json=KOBO).status_code == 403
    assert httpx.post(f"{server.url}/api/kobo", json=KOBO).status_code == 401


def test_an_edit_stands_in_place_of_the_first_unless_another_sent_that(server, gates):
    first, second, _ = gates
    edited = {**KOBO, "people": "44", "_uuid": EDITED, "meta/instanceID": f"uuid:{EDITED}",
              "meta/deprecatedID": f"uuid:{SENT}"}  # fmt: skip
    refused = second.post("/api/kobo", json=edited)
    assert (refused.status_code, "another source" in refused.text) == (422, True)
    before = len(recorded(server))
    for _ in range(2):
        assert first.post("/api/kobo", json=edited).status_code == 200
    kinds = [json.loads(each)["kind"] for each in recorded(server)[before:]]
    assert kinds == ["passage", "correction"]


def other(**changes):
    return json.dumps({**KOBO, "meta/instanceID": "uuid:another", **changes})


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"[" * 3000, 400), (b"[]", 422), (b"5", 422), (b"{}", 422),
     (other(corridor="civilian-4"), 422), (other(text="0944 123 456"), 422),
     (other(text="\ud800"), 422)],
)  # fmt: skip
def test_what_is_none_of_the_forms_is_refused_and_nothing_of_it_stored(server, gates, body, status):
    before = recorded(server)
    answer = gates[0].post("/api/kobo", content=body)
    assert answer.status_code == status
    (fault,) = answer.json()["faults"]
    assert set(fault) == {"place", "what", "remedy"}
    assert recorded(server) == before


def test_the_form_is_handed_to_the_room_alone(gates):
    first, _, room = gates
    xlsx, xml = (room.get(f"/api/forms/passage.{kind}?language=ar") for kind in ("xlsx", "xml"))
    assert (xlsx.content[:2], xlsx.status_code) == (b"PK", 200)
    assert "<h:title>EXERCISE: East Aleppo" in xml.text
    assert first.get("/api/forms/passage.xlsx").status_code == 403
    assert room.get("/api/forms/passage.xlsx?language=fr").status_code == 422
