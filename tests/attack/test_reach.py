"""What a role may reach within its routes: a reporter's own, the public's redacted and late."""

from __future__ import annotations

import json
import socket
from datetime import timedelta
from uuid import UUID

import pytest

from attack.house import START, chance, said
from ledger.ledgers import each_kind
from safepassage.api.rights import REPORTER_KINDS
from safepassage.ledger.events import event_of

UNSEEN = "Nobody past the second barrier"


def event(kind, number, **more):
    """Give an event of a kind, as the reporter of the gate would send it."""
    made = next(each for each in each_kind() if each["kind"] == kind)
    own = said(number)
    made |= {key: own[key] for key in ("id", "happened_at", "known_at", "source")}
    if "since" in made:
        made["since"] = "2016-11-04T07:00:00Z"
    placed = "corridor" in type(event_of(made)).model_fields
    return {**made, **({"corridor": "gate"} if placed else {}), **more}


def stored(house):
    return len(house.entries())


@pytest.mark.parametrize("kind", [each["kind"] for each in each_kind()])
def test_a_reporter_sends_only_what_is_theirs(house, kind):
    number = 1000 + 10 * [each["kind"] for each in each_kind()].index(kind)
    theirs = event(kind, number)
    before = stored(house)
    answer = house.send(theirs, role="reporter")
    if kind in REPORTER_KINDS:
        assert answer.status_code == 200
        assert stored(house) == before + 1
        before += 1
    else:
        assert answer.status_code == 403
    for change in ({"source": "gate-3"}, {"source": "desk"}, {"corridor": "east"}):
        made = event(kind, number + 1)
        other = {**made, **{key: value for key, value in change.items() if key in made}}
        assert house.send(other, role="reporter").status_code == 403
        good = event("note", number + 2)
        assert house.send(good, other, role="reporter").status_code == 403  # all or nothing
    if kind in {"incident", "note"}:  # without a corridor it would be everybody's
        other = event(kind, number + 3)
        del other["corridor"]
        assert house.send(other, role="reporter").status_code == 403
    assert stored(house) == before


def test_a_withdrawal_comes_in_by_no_door(house):
    before = stored(house)
    made = {**said(7), "kind": "withdrawal", "withdraws": said(1)["id"], "digest": "0" * 64,
            "text": "r", "signatures": [{"key": "0" * 64, "signature": "0" * 128}] * 2}  # fmt: skip
    made = {key: made[key] for key in made if key not in {"corridor", "people", "counted"}}
    for role in ("reporter", "coordinator", "administrator"):
        assert house.send(made, role=role).status_code == 422
    assert stored(house) == before


def test_what_is_new_is_not_for_the_public(house):
    now = START - timedelta(minutes=2)
    at = now.isoformat().replace("+00:00", "Z")
    id_ = str(UUID(int=chance(77).getrandbits(128), version=4))
    new = event("note", 77, id=id_, happened_at=at, known_at=at, text=UNSEEN)
    assert house.send(new).status_code == 200
    assert UNSEEN in json.dumps(house.entries())
    paths = [
        "/", "/report", "/health", "/openapi.json", "/api/me", "/api/case", "/api/situation",
        "/api/situation?at=2016-11-04T08:30:00Z", "/api/situation?at=2016-11-04T08:29:00Z",
        "/api/situation?at=2016-11-04T10:30:00%2B02:00", "/api/situation?at=2099-01-01T00:00:00Z",
    ]  # fmt: skip
    for path in paths:
        text = house.ask("GET", path).text
        assert UNSEEN not in text
        assert id_ not in text
        if path.startswith("/api/case"):
            assert '"lat"' not in json.dumps(json.loads(text)["corridors"])
    with socket.create_connection(("127.0.0.1", house.server.port), 5) as sock:
        sock.sendall(f"{house.first('/api/stream?full=1')}\r\n".encode())
        told = b""
        while b"\n\n" not in told:
            told += sock.recv(65536)
    assert b"event: situation" in told
    assert UNSEEN.encode() not in told


def test_a_public_page_of_a_past_minute_is_of_a_full_quarter(house):
    """Two neighbouring minutes compared would tell who passed between them."""
    seen = {
        house.ask("GET", f"/api/situation?at=2016-11-04T07:{minute:02}:00Z").json()["as_known_at"]
        for minute in range(15, 30)
    }
    assert len(seen) == 1


def test_asking_for_the_distant_past_quarter_by_quarter_keeps_nobody_busy(house, monkeypatch):
    live = house.server._server.config.app.state.desk.live
    worked, work = [], live._known_at
    monkeypatch.setattr(live, "_known_at", lambda *at: worked.append(at) or work(*at))
    for n in range(60):
        at = (START - timedelta(days=30, minutes=15 * n)).isoformat().replace("+00:00", "Z")
        told = house.ask("GET", "/api/situation", params={"at": at})
        assert told.status_code == 200
        assert told.json()["as_known_at"] < "2016-11-04T08"
    assert len(worked) <= 1
