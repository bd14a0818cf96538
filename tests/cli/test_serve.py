"""`serve` and `token` as people type them, with what goes wrong."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft202012Validator

from plan.towns import LINE, line_town
from safepassage.cli.app import run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    line_town(folder, LINE)
    return folder


def said(capsys, *words):
    status = run([str(word) for word in words])
    out = capsys.readouterr()
    return status, out.out, out.err


def test_one_command_opens_the_room_and_says_how_to_come_in(town, tmp_path):
    with subprocess.Popen(
        [sys.executable, "-m", "safepassage", "serve", str(town), "--port", "0"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
    ) as running:  # fmt: skip
        lines = []
        while not lines or "Ctrl-C" not in lines[-1]:
            lines.append(running.stdout.readline())
            assert lines[-1], running.stderr.read()
        text = "".join(lines)
        url, token = re.search(r"(http://127\.0\.0\.1:\d+)/#token=(\S+)", text).groups()
        heads = {"Authorization": f"Bearer {token}"}
        assert httpx.get(f"{url}/api/me", headers=heads).json()["role"] == "coordinator"
        assert httpx.get(f"{url}/api/me").json()["role"] == "public"
        assert httpx.get(f"{url}/health").json()["status"] == "ok"
        with httpx.stream("GET", f"{url}/api/stream", headers=heads) as watched:
            next(watched.iter_lines())
            running.send_signal(signal.SIGINT)  # who watches does not hold it up
            assert running.wait(20) == 130
        told = running.stderr.read()
    assert "what was acknowledged is in the ledger" in told
    assert "127.0.0.1" not in told
    assert token not in told
    found = {path.name for path in tmp_path.iterdir()}
    assert {"line-town.ledger", "line-town.ledger.key"} <= found
    assert (tmp_path / "line-town.ledger.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--host", "0.0.0.0"], "nothing would be encrypted"),  # noqa: S104
        (["--behind-proxy", "http://room.example.org"], "is not encrypted"),
        (["--tls-key", "key.pem"], "belong together"),
        (["--plan", "nowhere"], "plan.json: cannot be read"),
        (["--ledger", "plan.json"], "is no ledger"),
        (["--port", "99999"], "cannot be listened on"),
    ],
)
def test_what_cannot_be_served_is_refused_with_one_message(
    town, tmp_path, monkeypatch, capsys, words, message
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.json").write_text(json.dumps({"kind": "plan", "case": {"id": "x"}}))
    port = [] if "--port" in words else ["--port", "0"]
    status, _, error = said(capsys, "serve", town, *port, *words)
    assert (status, message in error) == (2, True), error
    assert {path.name for path in tmp_path.iterdir()} == {"plan.json"}


def test_a_port_that_is_taken_is_told_before_any_planning(town, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, _, error = said(capsys, "serve", town, "--port", taken.getsockname()[1])
    assert (status, "Address already in use" in error) == (2, True)


def test_a_plan_of_another_case_is_refused(town, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.json").write_text(json.dumps({"kind": "plan", "case": {"id": "other"}}))
    status, _, error = said(capsys, "serve", town, "--port", "0", "--plan", ".")
    assert (status, "is a plan of 'other'" in error) == (2, True)


def test_tokens_are_made_shown_once_listed_and_revoked(tmp_path, capsys):
    file = tmp_path / "room.access"
    status, made, warned = said(
        capsys, "token", "new", "--access", file, "--role", "reporter", "--label", "gate-2",
        "--corridor", "castello-road", "--at", "https://room.example.org",
    )  # fmt: skip
    token, link = made.split()
    assert (status, link) == (0, f"https://room.example.org/report#token={token}")
    assert "not shown again" in warned
    assert file.stat().st_mode & 0o077 == 0
    assert token.split("_", 2)[2] not in file.read_text()  # what is random may hold a "_"
    _, listed, _ = said(capsys, "token", "list", "--access", file)
    assert "reporter gate-2, valid" in listed
    assert said(capsys, "token", "revoke", "gate-2", "--access", file)[0] == 0
    _, listed, _ = said(capsys, "token", "list", "--access", file, "--json")
    schema = json.loads((ROOT / "src/safepassage/base/schemas/access.schema.json").read_text())
    Draft202012Validator(schema).validate(json.loads(listed))
    (held,) = json.loads(listed)["tokens"]
    assert held["revoked_at"] is not None
    assert "secret" not in listed


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--role", "chief", "--label", "a"], "is no role"),
        (["--role", "public", "--label", "a"], "is no role"),
        (["--role", "reporter", "--label", "a"], "--corridor: is missing"),
        (["--role", "coordinator", "--label", "a", "--corridor", "b"], "is not for a coordinator"),
        (["--role", "coordinator", "--label", "Ann Example"], "is no code"),
        (["--role", "coordinator", "--label", "0933123456"], "looks like a phone"),
        (["--role", "coordinator", "--label", "a", "--days", "0"], "is not a time"),
        (["--role", "coordinator", "--label", "a", "--days", "nan"], "is no number of days"),
    ],
)
def test_a_token_that_cannot_be_is_refused(tmp_path, capsys, words, message):
    status, out, error = said(capsys, "token", "new", "--access", tmp_path / "room.access", *words)
    assert (status, out, message in error) == (2, "", True), error
    assert not list(tmp_path.iterdir())


def test_two_valid_tokens_of_one_label_would_hide_who_reported(tmp_path, capsys):
    words = ("token", "new", "--access", tmp_path / "a", "--role", "coordinator", "--label", "desk")
    assert said(capsys, *words)[0] == 0
    status, _, error = said(capsys, *words)
    assert (status, "has a valid token already" in error) == (2, True)
    (tmp_path / "a").write_text('{"kind": "access", "tokens": [{}]}')
    assert "is no file of tokens" in said(capsys, *words)[2]
