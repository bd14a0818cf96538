from __future__ import annotations

import json
from hashlib import sha256

import pytest

from plan.towns import LINE, line_town
from safepassage.cli import main
from safepassage.ledger.opening import make_ledger

LATE = LINE.replace("2016-11-04", "2090-11-04")
PACK = "out/movement-notification.json"
NEITHER = "neither permission nor protection"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Make a pack and two ledgers, once."""
    made = tmp_path_factory.mktemp("notify")
    line_town(made / "town", LATE)
    status = main(["notify", str(made / "town"), "--to", str(made / "out"), "--no-pdf"])
    assert status == 0
    for name in ("real", "drill"):
        make_ledger(made / name, exercise=name == "drill").close()
    return made


@pytest.fixture
def run(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)

    def ran(*words):
        status = main(["notify", *words])
        told = capsys.readouterr()
        return status, told.out, told.err

    return ran


def test_a_pack_is_written_with_its_forms(folder):
    pack = json.loads((folder / PACK).read_text("utf-8"))
    assert pack["valid_until"] == "2090-11-04T12:00+03:00"
    assert pack["issued_at"]
    names = {each.name for each in (folder / "out").iterdir()}
    assert names >= {"movement-notification.en.html", "movement-notification.ar.html"}
    assert not [name for name in names if name.endswith(".pdf")]
    page = (folder / "out" / "movement-notification.en.html").read_text("utf-8")
    assert NEITHER in page
    assert "expired" not in page


def test_who_was_sent_it_received_it_and_objected_is_logged_and_told(run, folder):
    line = ("--ledger", "real", "--pack", PACK, "--party")
    assert run("--ledger", "real") == (0, "No notification is logged.\n", "")
    assert run(*line, "Council", "--step", "sent", "--at", "2016-11-04T08:00")[0] == 0
    status, out, _ = run(*line, "Council", "--step", "received", "--at", "2016-11-04T08:30")
    assert status == 0
    assert NEITHER in out
    run(*line, "Government", "--step", "sent", "--at", "2016-11-04T08:01")
    run(*line, "Militia", "--step", "objected", "--text", "Not by that road")
    digest = sha256((folder / PACK).read_bytes()).hexdigest()
    status, out, _ = run("--ledger", "real")
    lines = out.splitlines()
    assert lines[0] == f"Pack {digest}"
    assert lines[1] == "  Council: sent 2016-11-04 06:00Z, received 2016-11-04 06:30Z"
    assert lines[2] == "  Government: sent 2016-11-04 06:01Z, no answer"
    assert lines[3].startswith("  Militia: objected")
    assert lines[3].endswith("“Not by that road”")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "notify: needs either a case or --ledger"),
        (("town", "--ledger", "real"), "notify: needs either a case or --ledger"),
        (("town", "--until", "soon"), "--until: is no time ('soon')"),
        (("town", "--until", "2090-11-04T08:00"), "before the announced hours begin"),
        (("town", "--language", "xx"), "has no words here ('xx')"),
        (("--ledger", "real", "--party", "Council"), "needs --party, --pack, and --step"),
        (("--ledger", "real", "--party", "A", "--step", "agreed", "--pack", PACK), "and --step"),
        (("--ledger", "real", "--party", "A", "--step", "sent", "--pack", "town/case.toml"),
         "town/case.toml: is no movement notification"),
        (("--ledger", "drill", "--party", "A", "--step", "sent", "--pack", PACK),
         "drill: is an exercise's ledger, and the pack not"),
        (("--ledger", "real", "--party", "A", "--step", "sent", "--pack", PACK, "--by", "J Doe"),
         "notification.source"),
        (("--ledger", "real", "--party", "A", "--step", "sent", "--pack", PACK, "--text",
          "Call +44 7700 900123"), "phone"),
    ],
)  # fmt: skip
def test_bad_input_is_told_in_one_message(run, words, message):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert message in err
