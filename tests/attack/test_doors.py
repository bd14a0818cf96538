"""Who comes from another site, under another name, slowly, or with too much, is kept out."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import replace

import pytest

from attack.house import OPEN, received, said, served
from safepassage.api.front import Front

HEAD = "GET /api/me HTTP/1.1\r\n{}\r\n\r\n"


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def get(house, *lines, path="/api/me", version="1.1"):
    """Ask with head lines as they are; PORT stands for the server's."""
    text = "\r\n".join((f"GET {path} HTTP/{version}", *lines, "Connection: close", "", ""))
    return house.raw(text.replace("PORT", str(house.server.port)).encode("latin-1"))


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:PORT:PORT",
        "127.0.0.1:PORT@evil.example", "evil.example#127.0.0.1:PORT", "127.0.0.1:PORT/",
        "127.0.0.1.:PORT", "127.0.0.1:PORT, evil.example", "0:PORT", "127.1:PORT",
        "2130706433:PORT",
        "localhost.evil.example:PORT", "", " ", "[::ffff:127.0.0.1]:PORT", "*", "null",
        "127.0.0.1:PORT\tx", "ｌocalhost:PORT".encode().decode("latin-1"),
    ],
)  # fmt: skip
def test_no_other_host_is_answered(house, host):
    """A page of another name that was pointed at this machine reads nothing."""
    assert status(get(house, f"Host: {host}")) == 400


def test_own_hosts_are_answered(house):
    for host in ("127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"):
        assert status(get(house, f"Host: {host}")) == 200


def test_a_host_is_said_once_and_not_left_out(house):
    assert status(get(house)) == 400
    assert status(get(house, version="1.0")) == 400
    assert status(get(house, "Host: 127.0.0.1:PORT", "Host: evil.example")) == 400
    assert status(get(house, "Host: 127.0.0.1:PORT", "Host: 127.0.0.1:PORT")) == 400
    evil = get(house, "Host: evil.example", path="http://127.0.0.1:PORT/api/me")
    assert status(evil) == 400
    for name in ("X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL"):
        assert status(get(house, "Host: evil.example", f"{name}: 127.0.0.1:PORT")) == 400
        told = get(house, "Host: 127.0.0.1:PORT", f"{name}: /api/events")
        assert status(told) == 200
        assert b'"role"' in told


@pytest.mark.parametrize(
    "origin",
    [
        "null", "http://evil.example", "https://127.0.0.1:PORT", "http://127.0.0.1", "file://", "",
        "http://127.0.0.1:PORT.evil.example", "http://evil.example#http://127.0.0.1:PORT",
        "http://user@127.0.0.1:PORT", "http://127.0.0.1:PORT/", "http://127.0.0.1:PORT http://x",
        "http://127.0.0.1:1", "chrome-extension://abcdef", "HTTP://EVIL.EXAMPLE",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("method", "path"), [("GET", "/api/me"), ("POST", "/api/events")])
def test_no_other_site_is_answered(house, origin, method, path):
    heads = {"Origin": origin.replace("PORT", str(house.server.port))}
    body = {"events": [said(1)]} if method == "POST" else None
    answer = house.ask(method, path, "coordinator", json=body, headers=heads)
    assert answer.status_code == 403
    assert not any(name.startswith("access-control") for name in answer.headers)


def test_no_header_lets_another_site_read(house):
    own = {"Origin": house.server.url}
    for path in ("/", "/health", "/api/me", "/api/situation", "/openapi.json"):
        answer = house.ask("GET", path, headers=own)
        assert answer.status_code == 200
        assert not any(name.startswith("access-control") for name in answer.headers)
    asked = house.ask("OPTIONS", "/api/events", headers={
        **own, "Access-Control-Request-Method": "POST"})  # fmt: skip
    assert asked.status_code == 405
    for site in ("cross-site", "same-site"):
        assert house.ask("GET", "/api/me", headers={"Sec-Fetch-Site": site}).status_code == 403


def test_a_form_of_another_site_stores_nothing(house):
    """What a page may send without asking first: plain text and forms."""
    body = json.dumps({"events": [said(2)]})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = house.ask("POST", "/api/events", "coordinator", content=body,
                           headers={"Content-Type": kind})  # fmt: skip
        assert answer.status_code == 415


def test_every_answer_says_how_pages_are_to_be_handled(house):
    for path in ("/", "/report", "/api/me", "/api/nothing", "/api/events", "/health", "/x"):
        heads = house.ask("GET", path).headers
        policy = heads["content-security-policy"]
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
        assert "'unsafe-eval'" not in policy
        assert "default-src 'none'" in policy or "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert heads["x-content-type-options"] == "nosniff"
        assert heads["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in heads
        assert "server" not in heads
        assert not {"x-powered-by", "via"} & set(heads)
        assert path != "/api/me" or heads["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/api/situation?at=%0d%0aSet-Cookie:%20a=b", "/api/reports/x%0d%0aX-Split:%201",
        "/assets/%0d%0aX-Split:%201", "/api/replan/%0d%0aX-Split:%201/adopt",
        "/api/events?after=1%0d%0aX-Split:%201", "/api/stream?full=%0d%0aX-Split:1",
        "/%0d%0aX-Split:1",
    ],
)  # fmt: skip
def test_nothing_asked_for_becomes_a_line_of_the_answers_head(house, path):
    for role in ("public", "coordinator"):
        method = "POST" if "adopt" in path else "GET"
        answer = house.ask(method, path, role)
        assert answer.status_code in {400, 401, 403, 404, 422}
        assert "x-split" not in answer.headers
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../../../etc/passwd", "/assets/..%2f..%2f..%2fetc%2fpasswd", "/assets/%2e%2e/",
        "/assets/....//....//etc/passwd", "/assets/%252e%252e%252fetc%252fpasswd",
        "/assets//etc/passwd",
        "/assets/..\\..\\etc\\passwd", "/assets/%5c..%5c..%5cetc%5cpasswd",
        "/assets/file:///etc/passwd",
        "/assets/%00", "/assets/%2f", "/assets/.", "/assets/..", "/assets/",
        "/assets/%c0%ae%c0%ae/x",
        "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/CON", "/assets/index.html%00.js",
        "/assets/%e2%80%ae", "/api/reports/..%2f..%2fetc%2fpasswd", "/api/reports/%2e%2e",
    ],
)  # fmt: skip
def test_no_file_but_the_pages_own_is_given(house, path):
    for role in ("public", "administrator"):
        token = house.auth(role).get("Authorization", "")
        told = get(house, "Host: 127.0.0.1:PORT", *([f"Authorization: {token}"] if token else ()),
                   path=path)  # fmt: skip
        assert status(told) in {400, 401, 404, 422}, told
        assert b"root:" not in told


def test_leftover_bytes_are_no_request_of_their_own(house):
    """What a liar says after the body it announced is not answered as somebody's request."""
    inner = "GET /api/export.jsonl HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
    for lie in (
        "Content-Length: 4\r\nTransfer-Encoding: chunked", "Content-Length : 4",
        "Content-Length: 4\r\nContent-Length: 9", "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked\r\nContent-Length: 4", "Transfer-Encoding:\x0bchunked",
        "Content-Length: 4\r\n Transfer-Encoding: chunked",
    ):  # fmt: skip
        text = f"POST /api/events HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n{lie}\r\n\r\n0\r\n\r\n{inner}"
        told = house.raw(text.replace("PORT", str(house.server.port)).encode("latin-1"), wait_s=0.3)
        assert told.count(b"HTTP/1.1 ") <= 1, (lie, told)
        assert status(told) in {0, 400, 401, 413, 415}


def test_a_body_that_comes_too_slowly_is_cut_off(told, tmp_path):
    with served(tmp_path, told, limits=replace(OPEN, body_s=0.4)) as house:
        body = json.dumps({"events": [said(3)]}).encode()
        head = (
            f"POST /api/events HTTP/1.1\r\nHost: 127.0.0.1:{house.server.port}\r\n"
            f"Authorization: Bearer {house.tokens['coordinator']}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", house.server.port), 5) as sock:
            sock.sendall(head + body[:10])
            answer = received(sock)
        assert status(answer) == 408
        assert b"too slowly" in answer
        assert time.monotonic() - began < 2  # and the connection is not kept for more of it
        assert house.entries() == []
        assert house.ask("GET", "/api/me").status_code == 200


def test_a_head_that_comes_too_slowly_is_cut_off(told, tmp_path):
    with served(tmp_path, told, limits=replace(OPEN, head_s=0.4)) as house:
        for said_first in (b"", b"GET /api/me HT", b"GET /api/me HTTP/1.1\r\nHost: x\r\nX: "):
            began = time.monotonic()
            with socket.create_connection(("127.0.0.1", house.server.port), 5) as sock:
                try:
                    for byte in said_first + b"a" * 200:  # ten seconds of it
                        sock.sendall(bytes([byte]))
                        time.sleep(0.0 if byte != ord("a") else 0.05)
                    received(sock)
                except ConnectionError:
                    pass
            assert time.monotonic() - began < 5
        assert house.ask("GET", "/api/me").status_code == 200


def test_requests_one_after_the_other_on_a_connection_are_all_answered(house):
    asked = house.first("/api/me") + "\r\n"
    assert house.raw(asked.encode() * 5, wait_s=0.5).count(b"HTTP/1.1 200 ") == 5
    body = json.dumps({"events": [said(4)]}).encode()
    token = house.auth("coordinator")["Authorization"]
    sent = (
        f"{house.first('/api/events', 'POST')}Authorization: {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    told = house.raw(asked.encode() + sent[:-20], more=(sent[-20:], sent), wait_s=0.5)
    assert told.count(b"HTTP/1.1 200 ") == 3
    upgrade = house.first("/api/me") + "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
    assert status(house.raw(upgrade.encode(), wait_s=0.5)) == 200
    for garbage in (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\x00" + bytes(99)):
        assert status(house.raw(garbage)) == 400


def test_a_body_nobody_asked_for_does_not_hold_the_connection(house):
    """A GET is answered at once; who then goes on to send its body slowly is let go."""
    head = (f"GET /api/me HTTP/1.1\r\nHost: 127.0.0.1:{house.server.port}\r\n"
            "Content-Length: 1000\r\n\r\n").encode()  # fmt: skip
    began = time.monotonic()
    answer = house.raw(head + b"x", wait_s=5)
    assert status(answer) == 200
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("what", ["one long line", "many lines", "a long path", "a long name"])
def test_a_head_too_large_is_refused_before_it_fills_memory(house, what):
    big = b"x" * 65_536
    first = f"GET /api/me HTTP/1.1\r\nHost: 127.0.0.1:{house.server.port}\r\n".encode()
    starts = {"one long line": first + b"X: ", "many lines": first, "a long path": b"GET /",
              "a long name": first}  # fmt: skip
    part = b"".join(b"X-%d: %d\r\n" % (n, n) for n in range(5000)) if what == "many lines" else big
    sent = 0
    with socket.create_connection(("127.0.0.1", house.server.port), 5) as sock:
        try:
            sock.sendall(starts[what])
            for _ in range(1000):
                sock.sendall(part)
                sent += len(part)
        except ConnectionError:
            pass
        answer = received(sock)
    assert sent < 8_000_000  # what fits into the buffers between, not all of it
    assert status(answer) in {0, 400, 431}
    assert house.ask("GET", "/api/me").status_code == 200


def test_one_address_cannot_take_all_connections(told, tmp_path):
    with served(tmp_path, told, limits=replace(OPEN, connections_per_address=20)) as house:
        held = []
        try:
            at = ("127.0.0.1", house.server.port)
            held += [socket.create_connection(at, 5) for _ in range(60)]
            time.sleep(0.2)
            open_now = 0
            for sock in held:
                sock.settimeout(0.02)
                try:
                    open_now += sock.recv(1) != b""
                except TimeoutError:
                    open_now += 1
                except ConnectionError:
                    pass
            assert open_now <= 20
        finally:
            for sock in held:
                sock.close()
        time.sleep(0.2)
        assert house.ask("GET", "/api/me").status_code == 200


def test_behind_a_proxy_only_what_the_proxy_saw_counts(told, tmp_path):
    """Whoever says they are another is counted as who the proxy saw."""
    front = Front(origins=frozenset({"https://room.example"}), proxies=frozenset({"127.0.0.1"}))
    limits = replace(OPEN, public_per_s=0.001, public_burst=5)
    with served(tmp_path, told, limits=limits, front=front) as house:

        def ask(seen, said_to_be=""):
            forwarded = f"{said_to_be}, {seen}" if said_to_be else seen
            return house.ask("GET", "/api/me", headers={
                "Host": "room.example", "X-Forwarded-For": forwarded}).status_code  # fmt: skip

        assert [ask("198.51.100.7", f"203.0.113.{n}") for n in range(7)] == [200] * 5 + [429] * 2
        assert ask("198.51.100.8") == 200
        assert [ask(f"2001:db8:1:2::{n:x}") for n in range(1, 8)] == [200] * 5 + [429] * 2
        assert ask("2001:db8:1:3::1") == 200


def test_no_header_makes_another_address_of_one(told, tmp_path):
    with served(tmp_path, told, limits=replace(OPEN, public_per_s=0.001, public_burst=8)) as house:
        names = (
            "X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "CF-Connecting-IP",
            "X-Client-IP", "X-Cluster-Client-IP", "Via", "X-Originating-IP", "Client-IP",
        )  # fmt: skip
        seen = [
            house.ask("GET", "/api/me", headers={name: f"for=203.0.113.{n}", "User-Agent": f"u{n}"})
            for n, name in enumerate(names)
        ]
        assert [each.status_code for each in seen] == [200] * 8 + [429] * 2
        assert int(seen[-1].headers["retry-after"]) > 0
        assert house.ask("GET", "/api/me", "reporter").status_code == 200


def test_whoever_does_not_take_an_answer_is_let_go(told, tmp_path):
    with served(tmp_path, told, limits=replace(OPEN, stuck_s=0.3)) as house:
        asked = f"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1:{house.server.port}\r\n\r\n"
        one = len(house.raw(asked.replace("1.1\r", "1.1\r\nConnection: close\r", 1).encode()))
        with socket.create_connection(("127.0.0.1", house.server.port), 5) as sock:
            sock.sendall(asked.encode() * 300)
            time.sleep(1.5)
            assert len(received(sock)) < 300 * one
        assert house.ask("GET", "/api/me").status_code == 200


def watching(house, role, among):
    """Begin to watch as a role; tell the status."""
    sock = socket.create_connection(("127.0.0.1", house.server.port), 5)
    among.append(sock)
    token = "".join(f"{name}: {value}\r\n" for name, value in house.auth(role).items())
    sock.sendall(f"GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1:{house.server.port}\r\n{token}\r\n"
                 .encode())  # fmt: skip
    return status(sock.recv(65536))


def test_watchers_are_bounded_and_the_public_leaves_room(told, tmp_path):
    limits = replace(OPEN, watchers=20, watchers_per_address=16)
    held = []
    with served(tmp_path, told, limits=limits) as house:
        try:
            assert [watching(house, "public", held) for _ in range(13)] == [200] * 10 + [503] * 3
            assert [watching(house, "reporter", held) for _ in range(8)] == [200] * 6 + [503] * 2
            assert house.ask("GET", "/api/situation").status_code == 200
        finally:
            for sock in held:
                sock.close()
        for _ in range(50):  # who went makes room
            time.sleep(0.05)
            again = []
            gone = watching(house, "public", again) == 200
            again[0].close()
            if gone:
                break
        assert gone


def test_many_who_begin_to_watch_at_once_are_bounded_too(told, tmp_path):
    with served(tmp_path, told, limits=replace(OPEN, watchers_per_address=5)) as house:
        at = ("127.0.0.1", house.server.port)
        held = [socket.create_connection(at, 5) for _ in range(40)]
        for sock in held:
            sock.sendall(f"GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1:{at[1]}\r\n\r\n".encode())
        found = [status(sock.recv(65536)) for sock in held]
        for sock in held:
            sock.close()
        assert sorted(found) == [200] * 5 + [503] * 35
