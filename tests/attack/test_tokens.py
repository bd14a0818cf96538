"""Tokens: revoked, expired, altered, in the wrong place, on disk and in logs."""

from __future__ import annotations

import json
import logging
import socket
import stat
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from attack.house import LABELS, OPEN, said, served
from safepassage.api import tokens as module
from safepassage.api.tokens import Access, new_token, read_tokens, revoke

AGENT = "Attackers-Browser/66.6 (Phone of a person)"
SEEN_AT = "203.0.113.77"


def bearer(text):
    return {"Authorization": f"Bearer {text}"}


def role_of(house, **headers):
    answer = house.client.get("/api/me", headers=headers)
    return answer.json()["role"] if answer.status_code == 200 else answer.status_code


def variants(token):
    """Give what is nearly a token."""
    head, id_, secret = token.split("_", 2)
    yield from (token[:-1], token + "A", token.swapcase(), token.replace("sp1", "sp2"), token * 2)
    yield from (f"{head}_{id_}_{'A' * 43}", f"{head}_{'0' * 12}_{secret}", f"{head}_{id_}_")
    yield from (token[: len(token) // 2], token[::-1], f'"{token}"', f"'{token}'", "null", "*")
    yield from (f"{token},{token}", f"{token} {token}", token.replace("_", "%5f"), f"{token}=")
    yield from ("' OR 1=1 --", "../access.json", "x" * 8000, "\u00a0" + token, token + "\u00a0")
    for at in (4, 10, 17, len(token) - 1):
        yield token[:at] + ("b" if token[at] == "a" else "a") + token[at + 1 :]


def test_what_is_nearly_a_token_is_none(house):
    token = house.tokens["administrator"]
    assert role_of(house, **bearer(token)) == "administrator"
    for text in variants(token):
        assert role_of(house, Authorization=f"Bearer {text}".encode()) in {400, 401}, text
    for scheme in ("Basic", "Token", "Digest", "", "BearerBearer", "Bearer:"):
        assert role_of(house, Authorization=f"{scheme} {token}".strip()) == 401
    assert role_of(house, Authorization="Bearer") == 401


def test_a_token_anywhere_else_is_not_read(house):
    """In an address it would stand in histories and logs; cookies go out from other sites, too."""
    token = house.tokens["administrator"]
    for name in ("token", "access_token", "key", "authorization", "Authorization"):
        assert house.client.get("/api/me", params={name: token}).json()["role"] == "public"
        assert house.client.get("/api/events", params={name: token}).status_code == 401
    for name in ("Cookie", "X-Authorization", "X-Api-Key", "Proxy-Authorization", "Sec-Token"):
        value = f"token={token}" if name == "Cookie" else f"Bearer {token}"
        assert role_of(house, **{name: value}) == "public"
    body = {"token": token, "events": [said(1)]}
    assert house.client.post("/api/events", json=body).status_code == 401
    twice = f"Authorization: Bearer {token}\r\nAuthorization: Bearer x\r\nConnection: close"
    two = house.raw(f"{house.first('/api/me')}{twice}\r\n\r\n".encode())
    assert b" 400 " in two.split(b"\r\n")[0]


def test_a_revoked_token_opens_nothing_from_then_on(told, tmp_path):
    with served(tmp_path, told) as house:
        assert house.send(said(1)).status_code == 200
        with socket.create_connection(("127.0.0.1", house.server.port), 5) as sock:
            token = house.auth("coordinator")["Authorization"]
            first = house.first("/api/stream")
            sock.sendall(f"{first}Authorization: {token}\r\n\r\n".encode())
            assert b" 200 " in sock.recv(65536)
            revoke(tmp_path / "access.json", LABELS["coordinator"])
            assert house.send(said(2)).status_code == 401
            began = time.monotonic()
            while not sock.recv(65536).endswith(b"0\r\n\r\n"):  # who watches by it is told no more
                pass
            assert time.monotonic() - began < 4
        assert house.send(said(3), role="reporter").status_code == 200
        assert len(house.entries()) == 2


def test_an_expired_token_opens_nothing(told, tmp_path):
    with served(tmp_path, told) as house:
        path = tmp_path / "access.json"
        past = datetime.now(UTC) - timedelta(hours=2)
        text, _ = new_token(
            path, role="administrator", label="old", lasts=timedelta(hours=1), now=past
        )
        assert role_of(house, **bearer(text)) == 401
        text, _ = new_token(path, role="administrator", label="brief", lasts=timedelta(seconds=2))
        assert role_of(house, **bearer(text)) == "administrator"
        until = time.monotonic() + 60
        while role_of(house, **bearer(text)) != 401:
            assert time.monotonic() < until
            time.sleep(0.1)


@pytest.mark.parametrize("damage", ["{", "", "[]", '{"kind": "access"}', None])
def test_where_the_file_of_tokens_is_damaged_nobody_comes_in(told, tmp_path, damage, caplog):
    with served(tmp_path, told) as house:
        path = tmp_path / "access.json"
        if damage is None:
            path.unlink()
        else:
            path.write_text(damage)
        for role in ("reporter", "coordinator", "administrator"):
            assert house.ask("GET", "/api/me", role).status_code == 401
        assert house.ask("GET", "/api/me").status_code == 200
    assert not any(token in caplog.text for token in house.tokens.values())


def test_a_file_that_says_it_is_public_or_all_powerful_is_not_believed(told, tmp_path):
    with served(tmp_path, told) as house:
        path = tmp_path / "access.json"
        whole = json.loads(path.read_text())
        for change in (
            {"role": "public"}, {"role": "root"}, {"corridors": []}, {"sha256": "x"}, {"extra": 1},
            {"expires_at": "never"}, {"expires_at": "2999-01-01T00:00:00"},
        ):  # fmt: skip
            spoilt = {**whole, "tokens": [{**each, **change} for each in whole["tokens"]]}
            path.write_text(json.dumps(spoilt))
            assert house.ask("GET", "/api/me", "administrator").status_code == 401
        path.write_text(json.dumps(whole))
        assert house.ask("GET", "/api/me", "administrator").status_code == 200


def test_the_file_holds_no_token_and_is_its_owners_alone(house):
    path = house.folder / "access.json"
    text = path.read_text()
    for token in house.tokens.values():
        assert token not in text
        assert token.split("_", 2)[2] not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {each.label for each in read_tokens(path)} == set(LABELS.values()) - {"public"}


def test_a_token_nobody_has_takes_the_same_work_as_one_somebody_has(house, monkeypatch):
    """So that nobody learns by the clock which tokens there are."""
    access = Access(house.folder / "access.json")
    token = house.tokens["administrator"]
    head, id_, secret = token.split("_", 2)
    work = []
    hash_, compare = module._hash, module.hmac.compare_digest
    monkeypatch.setattr(module, "_hash", lambda text: work.append("hash") or hash_(text))
    monkeypatch.setattr(
        module.hmac, "compare_digest", lambda a, b: work.append(len(a) == len(b)) or compare(a, b)
    )
    done = []
    for text in (token, f"{head}_{id_}_{secret[:-1]}A", f"{head}_{'0' * 12}_{secret}"):
        work.clear()
        access.caller(text)
        done.append(tuple(work))
    assert set(done) == {("hash", True)}


def test_who_tries_wrong_tokens_is_slowed_down_and_locks_nobody_out(told, tmp_path):
    limits = replace(OPEN, wrong_tokens_per_s=0.001, wrong_tokens_burst=5)
    with served(tmp_path, told, limits=limits) as house:
        tried = [role_of(house, **bearer(f"wrong-{n}")) for n in range(8)]
        assert tried == [401] * 5 + [429] * 3
        assert role_of(house, **bearer(house.tokens["reporter"])) == "reporter"
        assert role_of(house) == "public"


def test_one_token_cannot_take_what_others_need(told, tmp_path):
    limits = replace(OPEN, per_token_s=0.001, per_token_burst=5)
    with served(tmp_path, told, limits=limits) as house:
        asked = [house.ask("GET", "/api/me", "reporter").status_code for _ in range(7)]
        assert asked == [200] * 5 + [429] * 2
        assert house.ask("GET", "/api/me", "coordinator").status_code == 200


def everything_on_disk(folder):
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_nothing_of_who_asked_is_kept_on_disk_or_told_in_logs(told, tmp_path, caplog, capfd):
    """No address, no token, no browser, nothing of what was refused, whatever goes wrong."""
    caplog.set_level(logging.DEBUG)
    before = set(Path().iterdir())
    name = "Dr Hassan called from +963 944 123 456"
    with served(tmp_path, told) as house:
        traces = {"User-Agent": AGENT, "X-Forwarded-For": SEEN_AT, "Referer": f"http://{SEEN_AT}/",
                  "Cookie": "device=4711-secret", "From": "hassan@example.org"}  # fmt: skip
        for role in ("public", "reporter", "coordinator", "administrator"):
            for path in (
                "/",
                "/api/me",
                "/api/events",
                "/api/situation",
                "/api/nothing",
                "/report",
            ):
                house.ask("GET", path, role, headers=traces)
        assert house.ask("POST", "/api/events", "reporter", json={"events": [said(1)]},
                         headers=traces).status_code == 200  # fmt: skip
        assert house.ask("POST", "/api/events", "reporter", json={"events": [said(2, text=name)]},
                         headers=traces).status_code == 422  # fmt: skip
        house.ask("POST", "/api/events", "reporter", content=b'{"events": [' + name.encode(),
                  headers={**traces, "Content-Type": "application/json"})  # fmt: skip
        house.ask("GET", "/api/me", headers={**traces, **bearer("sp1_nobody_wrong-token-text")})
        house.raw(f"GARBAGE {name} {SEEN_AT}\r\n\r\n".encode())
        first = house.first("/api/events", "POST")
        house.raw(f"{first}Content-Length: 9\r\n\r\n".encode(), wait_s=0.2)
        during = everything_on_disk(tmp_path)
    kept = during + everything_on_disk(tmp_path)
    out, err = capfd.readouterr()
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("http")]
    spoken = "\n".join((*ours, out, err)).encode()  # what the client here tells is its own
    assert b"gate-2" in kept  # what is looked through is what was written
    secrets = [token.split("_", 2)[2] for token in house.tokens.values()]
    for trace in (
        AGENT, "Attackers", SEEN_AT, "4711-secret", "hassan", "Hassan", "944 123", "wrong-token",
        "127.0.0.1", *secrets,
    ):  # fmt: skip
        assert trace.encode() not in kept, trace
        assert trace.encode() not in spoken, trace
    assert set(Path().iterdir()) == before


def test_an_error_of_the_servers_own_tells_nothing_of_what_was_sent(
    told, tmp_path, caplog, monkeypatch
):
    with served(tmp_path, told) as house:
        desk = house.server._server.config.app.state.desk
        words = f"cannot handle {AGENT} {house.tokens['coordinator']}"

        def fails(*_):
            raise RuntimeError(words)

        monkeypatch.setattr(desk.writer, "append", fails)
        answer = house.send(said(5))
        assert answer.status_code == 500
        (fault,) = answer.json()["faults"]
        assert set(fault) == {"place", "what", "remedy"}
        for text in (answer.text, caplog.text):
            assert AGENT not in text
            assert house.tokens["coordinator"] not in text
            assert "cannot handle" not in text
        assert "RuntimeError" in caplog.text
