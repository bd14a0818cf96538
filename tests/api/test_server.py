"""A server that runs: what each role sees of the same minutes, new plans, tokens that go."""

from __future__ import annotations

import json
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from attack.house import OPEN, town
from safepassage.api.apart import Apart
from safepassage.api.desk import Settings
from safepassage.api.limits import Buckets, Limits
from safepassage.api.plans import Plans
from safepassage.api.rights import rights_table
from safepassage.api.server import Server
from safepassage.api.telling import Teller
from safepassage.api.tokens import Access, new_token, revoke
from safepassage.base.errors import InputError
from safepassage.ledger.checkpoints import public_key
from safepassage.ledger.exchange import read_jsonl
from safepassage.ledger.sqlite import SqliteLedger
from safepassage.ledger.verify import verify
from safepassage.ledger.withdraw import sign_withdrawal, withdraw

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2016, 11, 4, 8, 20, tzinfo=UTC)


class Clock:
    """Stand still until it is put forward."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def on(self, minutes):
        self.now += timedelta(minutes=minutes)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return town(tmp_path_factory.mktemp("town"))


class Room:
    """Hold a server on a clock of ours, and ask it."""

    def __init__(self, server, clock, access):
        self.server, self.clock, self.access = server, clock, access
        self.client = httpx.Client(base_url=server.url, timeout=30)
        self.tokens = {"coordinator": server.token("coordinator", "desk"),
                       "administrator": server.token("administrator", "chief"),
                       "reporter": server.token("reporter", "gate-2", ["gate"])}  # fmt: skip

    def ask(self, path, role="coordinator", method="GET", **more):
        heads = {} if role == "public" else {"Authorization": f"Bearer {self.tokens[role]}"}
        return self.client.request(method, path, headers=heads, **more)

    def post(self, path, role="coordinator", body=None):
        return self.ask(path, role, "POST", json={} if body is None else body)

    def tell(self, role="coordinator", **fields):
        at = self.clock().isoformat()
        event = {"id": str(uuid4()), "happened_at": at, "known_at": at, "source": "gate-2",
                 "means": "radio", "status": "observed", **fields}  # fmt: skip
        if fields["kind"] not in {"plan", "decision", "withdrawal"}:
            event.setdefault("corridor", "gate")
        answer = self.post("/api/events", role, {"events": [event]})
        assert answer.status_code == 200, answer.text
        return answer.json()["receipts"][0]

    def until(self, path, role, true):
        for _ in range(1_200):
            answer = self.ask(path, role).json()
            if true(answer):
                return answer
            time.sleep(0.05)
        raise AssertionError(answer)


def opened(folder, told, limits=OPEN, *, apart=False):
    if not (folder / "pause.ledger").exists():
        SqliteLedger.make(folder / "pause.ledger", now=START).close()
    clock, access = Clock(), folder / "pause.access"
    settings = Settings(**told, ledger=folder / "pause.ledger", access=Access(access), clock=clock,
                        limits=limits, plans=folder / "pause.plans", apart=apart)  # fmt: skip
    return Server(settings), clock, access


@pytest.fixture
def room(tmp_path, told):
    server, clock, access = opened(tmp_path, told)
    with server:
        made = Room(server, clock, access)
        yield made
        made.client.close()


def gate(document):
    return next(each for each in document["corridors"] if each["id"] == "gate")


def test_each_role_sees_the_same_hour_in_its_own_time(room):
    room.tell(kind="passage", people=64, counted="in all")
    room.clock.on(1)
    seen = room.until("/api/situation", "coordinator", lambda d: gate(d)["passed"])
    assert gate(seen)["passed"]["best"] == 64
    public = room.ask("/api/situation", "public").json()
    assert public["redaction"]["level"] == "public"
    assert public["people_out"] is None
    asked = room.ask(
        "/api/situation?at=" + room.clock().isoformat().replace("+00:00", "Z"), "public"
    )
    assert asked.json()["people_out"] is None  # asking for now does not help

    room.clock.on(70)
    assert gate(room.ask("/api/situation?at=2016-11-04T08:19:00Z").json())["passed"] is None
    later = room.until("/api/situation", "public", lambda d: d["people_out"])
    assert later["people_out"] == {"low": 60, "best": 60, "high": 69}
    assert "passed" not in gate(later)
    assert later["as_known_at"] == "2016-11-04T08:30:00Z"  # it is 09:31


def test_a_reporter_tells_of_its_own_corridor_as_itself_and_of_nothing_else(room):
    assert room.tell("reporter", kind="status", state="open")["outcome"] == "stored"
    for wrong, status in (
        ({"kind": "status", "state": "open", "corridor": "east"}, 403),
        ({"kind": "status", "state": "open", "source": "gate-9"}, 403),
        ({"kind": "note", "text": "no corridor", "corridor": None}, 403),
        ({"kind": "decision", "by": "desk", "decision": "go", "text": "x"}, 403),
        ({"kind": "withdrawal", "text": "x"}, 422),
    ):
        with pytest.raises(AssertionError, match="faults") as caught:
            room.tell("reporter", **wrong)
        assert f" {status}" in str(caught.value)
    with pytest.raises(AssertionError, match="no corridor of this case"):
        room.tell(kind="status", state="open", corridor="gat")


def test_a_closure_gives_a_new_plan_that_a_person_adopts_and_that_stands_after_a_restart(
    room, tmp_path, told
):
    room.clock.on(30)
    first = room.ask("/api/plan").headers["etag"]
    room.tell(kind="status", state="closed")
    made = room.post("/api/replan", body={"reason": "The gate is closed"})
    assert made.status_code == 200, made.text
    proposal = made.json()
    assert (proposal["state"], room.ask("/api/replan/latest").json()) == ("open", proposal)
    assert room.ask("/api/plan").headers["etag"] == first  # nothing changes by itself
    adopted = room.post(f"/api/replan/{proposal['proposal']}/adopt").json()
    assert room.ask("/api/plan").headers["etag"] == f'"{adopted["plan_sha256"]}"'
    room.clock.on(2)
    for minutes, then in ((2, f'"{adopted["plan_sha256"]}"'), (3, first)):
        at = (room.clock() - timedelta(minutes=minutes)).isoformat()
        assert room.ask("/api/plan", params={"at": at}).headers["etag"] == then
    assert room.ask("/api/plan?at=2099-01-01T00:00:00Z").status_code == 422
    situation = room.ask("/api/situation").json()
    assert situation["plan"]["sha256"] == adopted["plan_sha256"]
    entry = room.ask(f"/api/events?after={adopted['receipt']['sequence'] - 1}").json()["events"][0]
    assert entry["event"]["text"] == "The gate is closed"
    assert entry["event"]["replaces_sha256"] == first.strip('"')
    for again in ("adopt", "discard"):
        assert room.post(f"/api/replan/{proposal['proposal']}/{again}").status_code == 409
    assert room.post("/api/replan/nothing/adopt").status_code == 404
    assert room.post("/api/replan", body={"reason": "ring 0933 123 456"}).status_code == 422

    server, clock, access = opened(tmp_path, told)
    with server:
        clock.on(40)
        after = Room(server, clock, access)
        assert after.ask("/api/plan").headers["etag"] == f'"{adopted["plan_sha256"]}"'
        planned = after.ask("/api/situation").json()["curve"]["planned"]
        assert planned == room.ask("/api/situation").json()["curve"]["planned"]
        after.client.close()


def test_the_first_plan_is_adopted_by_a_person_too(room):
    kinds = [each["kind"] for each in room.ask("/api/situation").json()["alarms"]]
    assert "no plan adopted" in kinds
    first = room.post("/api/replan/first/adopt")
    assert first.status_code == 200, first.text
    assert f'"{first.json()["plan_sha256"]}"' == room.ask("/api/plan").headers["etag"]
    told = room.ask("/api/situation").json()
    assert "no plan adopted" not in [each["kind"] for each in told["alarms"]]
    assert told["plan"]["by"] == "desk"
    assert room.post("/api/replan/first/adopt").status_code == 409


def test_a_proposal_for_a_plan_that_was_replaced_since_is_not_adopted(room):
    first = room.ask("/api/plan").headers["etag"].strip('"')
    room.tell(kind="status", state="closed")
    one, two = (room.post("/api/replan").json()["proposal"] for _ in range(2))
    assert room.post(f"/api/replan/{one}/adopt").status_code == 404  # two is the latest
    assert room.post(f"/api/replan/{two}/adopt").status_code == 200
    three = room.post("/api/replan").json()["proposal"]
    room.clock.on(1)
    room.tell(kind="plan", by="desk", plan_sha256=first)  # back to the first plan
    assert room.post(f"/api/replan/{three}/adopt").status_code == 409
    assert room.post(f"/api/replan/{three}/discard").json()["state"] == "discarded"


def test_news_comes_at_once_and_then_once_a_second_at_most(room):
    heard, heads = [], {"Authorization": f"Bearer {room.tokens['coordinator']}"}

    def listen():
        with httpx.stream("GET", f"{room.server.url}/api/stream?full=1", headers=heads) as answer:
            heard.extend(
                (time.monotonic(), json.loads(line[6:]))
                for line in answer.iter_lines() if line.startswith("data: ")
            )  # fmt: skip

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    while not heard:
        time.sleep(0.01)
    until = time.monotonic() + 2.5
    while time.monotonic() < until:
        room.tell(kind="note", text="again")
    gaps = [b[0] - a[0] for a, b in pairwise(heard)]
    assert 2 <= len(gaps) <= 5
    assert min(gaps[1:], default=1) > 0.7  # one that comes late makes the next seem early
    assert [d["ledger"]["sequence"] for _, d in heard] == sorted(
        d["ledger"]["sequence"] for _, d in heard)  # fmt: skip


def test_a_process_of_its_own_tells_the_same_and_is_replaced_when_it_dies(tmp_path, told):
    server, clock, access = opened(tmp_path, told, apart=True)
    with server:
        room = Room(server, clock, access)
        room.tell(kind="passage", people=64, counted="in all")
        room.until("/api/situation", "coordinator", lambda d: gate(d)["passed"])
        live = server._server.config.app.state.desk.live
        apart, then = live._telling, (START, clock())
        with SqliteLedger(tmp_path / "pause.ledger", read_only=True) as ledger:
            here = Teller(ledger, Plans(told["plan"]))
            assert here.news(clock()).views == live.views
            assert here.past("partners", *then) == apart.past("partners", *then)
        first = apart._child._process
        first.kill()
        room.tell(kind="status", state="closed", by="council")
        room.until("/api/situation", "coordinator", lambda d: gate(d)["state"] == "closed")
        assert room.ask("/health").status_code == 200
        assert apart._child._process.pid != first.pid
        none = Apart(tmp_path / "none", told["plan"], first_sha256="", folder=tmp_path)
        with closing(none), pytest.raises(InputError, match="no such ledger"):
            none.news(START)
        room.client.close()
    assert apart._child._process.poll() is not None


def test_a_token_that_is_revoked_is_refused_at_once_and_what_it_watches_ends(room):
    text, token = new_token(room.access, role="coordinator", label="night")
    room.tokens["night"] = text
    assert room.ask("/api/me", "night").json()["label"] == "night"
    with httpx.stream("GET", f"{room.server.url}/api/stream",
                      headers={"Authorization": f"Bearer {text}"}) as answer:  # fmt: skip
        assert answer.status_code == 200
        revoke(room.access, token.id)
        assert room.ask("/api/me", "night").status_code == 401
        began = time.monotonic()
        for _ in answer.iter_lines():
            pass
        assert time.monotonic() - began < 3
    assert text.split("_", 2)[2] not in room.access.read_text()


def test_what_the_ledger_holds_goes_out_whole_and_signed(room, tmp_path):
    room.tell(kind="note", text="مرحبا")
    out = tmp_path / "out.jsonl"
    out.write_bytes(room.ask("/api/export.jsonl", "administrator").content)
    mark = room.ask("/api/checkpoint", "administrator").json()
    record = read_jsonl(out)
    assert verify(record).whole
    assert [e.hash for e in record.entries()][-1] == mark["hash"]
    schema = json.loads((ROOT / "src/safepassage/base/schemas/checkpoint.schema.json").read_text())
    validator_for(schema, Draft202012Validator)(schema).validate(mark)


def test_plans_are_packed_and_what_many_write_into_is_not(room):
    assert room.ask("/api/plan").headers["content-encoding"] == "gzip"
    assert room.ask("/api/map").headers["content-encoding"] == "gzip"
    plain = {**dict(room.client.headers), "accept-encoding": "identity",
             "authorization": f"Bearer {room.tokens['coordinator']}"}  # fmt: skip
    bare = httpx.get(f"{room.server.url}/api/plan", headers=plain)
    assert "content-encoding" not in bare.headers
    assert bare.json() == room.ask("/api/plan").json()
    for path in ("/api/situation", "/api/events"):
        assert "content-encoding" not in room.ask(path).headers


def test_what_was_withdrawn_is_not_told_again_for_any_minute(tmp_path, told):
    keys = [Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (7, 8)]
    path = tmp_path / "pause.ledger"
    SqliteLedger.make(path, administrators=[public_key(k) for k in keys], now=START).close()
    assert path.stat().st_mode & 0o077 == 0
    server, clock, access = opened(tmp_path, told)
    with server:
        room = Room(server, clock, access)
        text = "The baker from the corner told us"
        receipt = room.tell(kind="note", text=text)
        room.clock.on(5)
        then = "/api/situation?at=2016-11-04T08:22:00Z"
        assert text in room.ask(then).text
        with SqliteLedger(path) as ledger:
            id_ = UUID(receipt["id"])
            signed = [sign_withdrawal(ledger, id_, "Names a person", key) for key in keys]
            withdraw(ledger, id_, "Names a person", signed, now=clock())
        room.until("/api/situation", "coordinator", lambda d: d["ledger"]["sequence"] == 2)
        assert text not in room.ask("/api/situation").text
        assert text not in room.ask(then).text
        assert room.ask("/api/events").json()["events"][0]["event"] is None
        room.client.close()


def test_reports_are_of_the_minute_and_for_the_readers_asked_for(room):
    room.tell(kind="incident", what="shelling", text="Near the gate", times=3)
    room.clock.on(5)
    assert "Near the gate" in room.ask("/api/reports/sitrep").text
    assert "Near the gate" not in room.ask("/api/reports/sitrep?at=2016-11-04T08:10:00Z").text
    assert "Near the gate" not in room.ask("/api/reports/sitrep?level=public").text
    update = room.ask("/api/reports/update")
    assert update.headers["content-type"] == "text/plain; charset=utf-8"
    assert len(update.text.strip()) <= 160
    assert 'lang="ar"' in room.ask("/api/reports/handover?language=ar").text


def test_who_asks_too_often_is_told_to_wait_and_others_are_not(tmp_path, told):
    server, clock, access = opened(tmp_path, told, Limits(per_token_s=0.01, per_token_burst=3))
    with server:
        one = Room(server, clock, access)
        assert [one.ask("/api/me").status_code for _ in range(5)] == [200] * 3 + [429] * 2
        assert int(one.ask("/api/me").headers["retry-after"]) > 60
        assert one.ask("/api/me", "administrator").status_code == 200
        one.client.close()


def test_buckets_fill_again_and_forget_the_oldest_key():
    now = [0.0]
    buckets = Buckets(2, 3, most=2, timer=lambda: now[0])
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    now[0] = 1.0
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 0.5]
    buckets.take("b")
    buckets.take("c")
    assert buckets.take("a") == 0  # forgotten, and begun anew


def test_the_page_on_the_server_shows_the_table_of_rights_as_it_is_kept():
    assert rights_table() in (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
