"""Every route, as every role, with every method: allowed or refused as it is written down."""

from __future__ import annotations

import json
import re

import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import Route

from attack.house import ROLES, said
from safepassage.api.app import make_app
from safepassage.api.desk import Settings
from safepassage.api.rights import RIGHTS

TABLE = """
GET  /                               yes yes yes yes
GET  /report                         yes yes yes yes
GET  /assets/{name}                  yes yes yes yes
GET  /sw.js                          yes yes yes yes
GET  /manifest.webmanifest           yes yes yes yes
GET  /health                         yes yes yes yes
GET  /openapi.json                   yes yes yes yes
GET  /api/me                         yes yes yes yes
GET  /api/case                       yes yes yes yes
GET  /api/situation                  yes yes yes yes
GET  /api/stream                     yes yes yes yes
GET  /api/plan                       no  no  yes yes
GET  /api/map                        no  no  yes yes
GET  /api/events                     no  no  yes yes
POST /api/events                     no  yes yes yes
POST /api/replan                     no  no  yes yes
GET  /api/replan/latest              no  no  yes yes
POST /api/replan/{proposal}/adopt    no  no  yes yes
POST /api/replan/{proposal}/discard  no  no  yes yes
GET  /api/reports/{report}           no  no  yes yes
GET  /api/forms/passage.xlsx         no  no  yes yes
GET  /api/forms/passage.xml          no  no  yes yes
POST /api/kobo                       no  yes no  no
GET  /api/checkpoint                 no  no  no  yes
GET  /api/export.jsonl               no  no  no  yes
"""
WRITTEN = {
    (method, path): dict(zip(ROLES, (word == "yes" for word in words), strict=True))
    for method, path, *words in (line.split() for line in TABLE.split("\n") if line)
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
"""CONNECT is for proxies, and no path of ours."""
PLACES = {"name": "nothing.js", "report": "sitrep", "proposal": "0"}
BODIES = {"/api/events": {"events": [said(1)]}}


def routes_of(app):
    """Give every method and path that an application answers, however its parts were joined."""

    def all_of(routes):
        for each in routes:
            if isinstance(each, Route):
                yield each
            for inner in ("original_router", "app"):
                yield from all_of(getattr(getattr(each, inner, None), "routes", ()))

    return {(way, each.path) for each in all_of(app.routes) for way in each.methods or METHODS}


@pytest.fixture(scope="module")
def app(told, tmp_path_factory):
    return make_app(Settings(ledger=tmp_path_factory.mktemp("none") / "x", **told))


def ask(house, method, path, role, **more):
    """Ask for a route with what it takes, and hang up at once where it would go on for ever."""
    at = re.sub(r"\{(\w+)\}", lambda found: PLACES[found[1]], path)
    request = house.client.build_request(
        method, at, headers={**house.auth(role), **more.pop("headers", {})},
        json=BODIES.get(path) if method == "POST" else None, **more,
    )  # fmt: skip
    answer = house.client.send(request, stream=True)
    try:
        body = next(answer.iter_raw(), b"") if path == "/api/stream" else answer.read()
    finally:
        answer.close()
    return answer.status_code, answer.headers, body


def refused(status, body, place):
    """Tell whether it is a refusal of the guard for that reason, told in one message."""
    if status not in {401, 403, 404, 405}:
        return False
    (fault,) = json.loads(body)["faults"]
    return fault["place"] == place and bool(fault["what"]) and bool(fault["remedy"])


def test_what_the_server_keeps_is_what_is_written_here():
    kept = {(each.method, each.path): {r: r in each.roles for r in ROLES} for each in RIGHTS}
    assert kept == WRITTEN


def test_every_route_of_the_application_stands_in_the_table(app):
    assert routes_of(app) == set(WRITTEN)


def test_a_route_beside_the_table_would_be_seen(app):
    beside = APIRouter()
    beside.get("/beside")(lambda: None)
    other = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    other.include_router(beside, prefix="/api")
    other.mount("/files", FastAPI())
    assert ("GET", "/api/beside") in routes_of(other) or ("GET", "/beside") in routes_of(other)
    assert ("GET", "/docs") in routes_of(other)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("method", "path"), WRITTEN, ids=" ".join)
def test_each_role_is_let_in_or_refused(house, method, path, role):
    status, headers, body = ask(house, method, path, role)
    assert status < 500, body
    assert headers["x-content-type-options"] == "nosniff"
    if WRITTEN[method, path][role]:
        assert not refused(status, body, "Authorization")
        assert not refused(status, body, "role")
        assert not refused(status, body, "path") or "{" in path
        assert status != 405
    elif role == "public":
        assert status == 401
        assert refused(status, body, "Authorization")
    else:
        assert status == 403
        assert refused(status, body, "role")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", sorted({path for _, path in WRITTEN}))
def test_no_other_method_is_let_in(house, method, path):
    if (method, path) in WRITTEN:
        return
    for role in ROLES:
        status, headers, body = ask(house, method, path, role)
        assert status == 405, (method, path, role)
        assert method == "HEAD" or refused(status, body, "method")
        allowed = {m for m, p in WRITTEN if p == path}
        assert {each.strip() for each in headers["allow"].split(",")} == allowed


@pytest.mark.parametrize(("method", "path"), WRITTEN, ids=" ".join)
def test_a_wrong_token_opens_nothing_not_even_what_is_public(house, method, path):
    wrong = house.tokens["administrator"][:-1] + "x"
    status, _, body = ask(house, method, path, "public",
                          headers={"Authorization": f"Bearer {wrong}"})  # fmt: skip
    assert status == 401
    assert refused(status, body, "Authorization")


@pytest.mark.parametrize(
    "path",
    [
        "/api/events/", "//api/events", "/API/events", "/api/Events", "/api//events",
        "/api/./events", "/api/%65vents", "/api%2fevents", "/x/../api/events", "/api/events%00",
        "/api/events;a=b", "/api/events.json", "/api/events/%2e%2e/plan", "/api/../api/events",
        "/assets/../api/events", "/assets/..%2fapi%2fevents", "/health/../api/events",
        "/docs", "/redoc", "/api", "/api/", "/metrics", "/.env", "/.git/config", "/admin",
        "*", "http://127.0.0.1/api/events", "\\api\\events", "/api/events\\",
    ],
)  # fmt: skip
def test_no_other_spelling_of_a_path_goes_round_the_table(house, path):
    """What the server takes for the same path is kept the same; all else is not there."""
    told = house.raw(
        b"GET "
        + path.encode()
        + b" HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % house.server.port
    )
    status = int(told.split(b" ", 2)[1])
    assert status in {400, 401, 404}, told
    assert b'"events"' not in told.partition(b"\r\n\r\n")[2]
