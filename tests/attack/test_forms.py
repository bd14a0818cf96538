"""Spoilt submissions of the field form: refused clearly, or stored as they were meant."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from uuid import UUID

import soak_attack
from spoilt import spoilt

from attack.house import LABELS
from lengths import at_length

HAPPENED = "2016-11-04T10:10:00.000+02:00"
DROPPED = {
    "deviceid": "collect:9sXq0drop", "phonenumber": "+963944000111", "username": "drop.enumerator",
    "_geolocation": [36.19, 37.12], "_attachments": [{"filename": "drop-hand.jpg"}],
    "_submitted_by": "drop.enumerator", "start": "2016-11-04T10:01:00.000+02:00",
}  # fmt: skip
OWN = (
    {"report": "passage", "counted": "over", "since": "2016-11-04T10:00:00.000+02:00",
     "people": "40", "people_high": "45", "carrying": "unarmed"},
    {"report": "movement", "stage": "turned_back", "people": "12"},
    {"report": "incident", "what": "shelling", "times": "7", "injured": "2", "text": "Seven"},
    {"report": "status", "state": "closed"},
    {"report": "test_movement", "result": "passed"},
    {"report": "note", "text": "Fog"},
)  # fmt: skip


def form(rng):
    """Give a valid submission of any kind, as KoboToolbox sends it."""
    return {
        **DROPPED, **rng.choice(OWN), "corridor": "gate", "happened_at": HAPPENED,
        "means": "eyewitness_count", "how_sure": "observed",
        "meta/instanceID": f"uuid:{UUID(int=rng.getrandbits(128), version=4)}",
    }  # fmt: skip


def as_meant(event, answers):
    """Tell whether an event says what the form's answers said, read plainly."""
    moment = datetime.fromisoformat(answers["happened_at"]).astimezone(UTC)
    people = event.get("people", {}).get("best")
    return (
        event["source"] == LABELS["reporter"]
        and event["corridor"] == "gate" == answers["corridor"]
        and event["kind"] == answers["report"].replace("_", " ")
        and datetime.fromisoformat(event["happened_at"]) == moment
        and (people is None or str(people) == str(int(answers["people"])))
        and event.get("text") == (answers.get("text") or None)
        and not any("drop" in str(value) or "963944" in str(value) for value in event.values())
    )


def test_spoilt_forms_are_refused_or_stored_as_meant(house):
    rng = random.Random(5)  # noqa: S311 - a test that repeats
    sender = soak_attack.Sender(house.server.port)
    known, taken, refused = len(house.entries()), 0, 0
    for n in range(at_length(300, 3000)):
        request = spoilt(rng, form(rng))
        answer = sender.post("/api/kobo", request.body, house.tokens["reporter"],
                             heads=request.heads, framing=request.framing)  # fmt: skip
        how = (request.ways, answer.status, answer.body[:300], request.body[:600])
        if answer.status != 200:
            refused += 1
            too_long = answer.status == 0 and len(request.body) > 256 * 1024
            assert too_long or (400 <= answer.status < 500 and not soak_attack.unclear(answer)), how
        else:
            receipts = json.loads(answer.body)["receipts"]
            new = house.entries()[known:]
            taken += len(new)
            assert len(new) == sum(each["outcome"] == "stored" for each in receipts), how
            answers = json.loads(request.body if request.framing != "short" else request.body[:-7])
            assert all(as_meant(event, answers) for event in new), f"{answers} {new}"
            known += len(new)
        if n % 50 == 49:
            assert len(house.entries()) == known, how  # what was refused was not stored
    assert taken > refused / 20
    assert refused > taken / 20
