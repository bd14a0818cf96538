from __future__ import annotations

import json
import sqlite3
from importlib.resources import files

import jsonschema
import pytest

from ledger.ledgers import NOW, events
from safepassage.cli import main
from safepassage.ledger.sqlite import SqliteLedger


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def ran(*words):
        status = main(list(words))
        told = capsys.readouterr()
        return status, told.out, told.err

    return ran


@pytest.fixture
def made(run):
    keys = [run("ledger", "key", f"{name}.key")[1].strip() for name in "ab"]
    status, out, _ = run(
        "ledger", "new", "x.ledger", "--administrator", keys[0], "--administrator", keys[1]
    )
    assert status == 0
    assert out.startswith("Ledger ")
    with SqliteLedger("x.ledger") as ledger:
        ledger.append(events(24), now=NOW)
    return keys


def test_a_ledger_is_verified_against_a_checkpoint(run, made):
    status, out, _ = run("verify", "x.ledger")
    assert status == 0
    assert "Whole: 24 entries" in out
    assert "--against" in out
    assert run("ledger", "checkpoint", "x.ledger", "--key", "a.key", "--to", "c.json")[0] == 0
    status, out, _ = run("verify", "x.ledger", "--against", "c.json", "--key", made[0])
    assert status == 0
    assert "The first 24 entries are those that stood" in out
    status, _, err = run("verify", "x.ledger", "--against", "c.json", "--key", made[1])
    assert status == 2
    assert "another key" in err


def test_an_altered_ledger_is_told_with_the_first_altered_event(run, made):
    other = sqlite3.connect("x.ledger")
    other.execute("DROP TRIGGER entries_are_kept")
    other.execute(
        "UPDATE entries SET payload = replace(payload, '2016', '2017') WHERE sequence = 13"
    )
    other.commit()
    other.close()
    status, out, err = run("verify", "x.ledger")
    assert (status, out) == (2, "")
    assert "entry 13 (" in err
    assert "entries_are_kept" in err
    status, out, _ = run("verify", "x.ledger", "--json")
    assert status == 2
    document = json.loads(out)
    assert document["findings"][0]["sequence"] == 13
    schema = files("safepassage.base") / "schemas" / "verification.schema.json"
    jsonschema.validate(document, json.loads(schema.read_text("utf-8")))
    for words in (["export", "x.ledger", "--to", "x.csv"], ["import", "x.ledger", "new"],
                  ["checkpoint", "x.ledger", "--key", "a.key"]):  # fmt: skip
        status, _, err = run("ledger", *words)
        assert status == 2
        assert "entry 13" in err


def test_a_ledger_goes_out_and_comes_in(run, made, tmp_path):
    assert run("ledger", "export", "x.ledger", "--to", "x.jsonl", "--to", "x.csv")[0] == 0
    status, out, _ = run("ledger", "import", "x.jsonl", "same.ledger")
    assert (status, out) == (0, "24 events added, 0 there already.\n")
    assert run("verify", "same.ledger")[0] == 0
    assert run("verify", "x.jsonl")[0] == 0
    status, out, _ = run("ledger", "import", "x.csv", "x.ledger")
    assert (status, out) == (0, "0 events added, 24 there already.\n")


def test_a_clash_is_told_after_what_was_added(run, made):
    from ledger.ledgers import said
    from safepassage.ledger.events import event_of

    with SqliteLedger.make("y.ledger") as other:
        clash = event_of({**said(0), "kind": "note", "text": "another"})
        other.append([clash, *events(30)[24:]], now=NOW)
    status, out, err = run("ledger", "import", "y.ledger", "x.ledger")
    assert status == 2
    assert out.startswith("6 events added")
    assert f"event {clash.id}: is another event in this ledger" in err


def test_two_administrators_withdraw_together_and_apart(run, made):
    first, second = (str(event.id) for event in events(2))
    words = ("ledger", "withdraw", "x.ledger", first, "--reason", "Names a person")
    status, out, _ = run(*words, "--key", "a.key", "--key", "b.key")
    assert status == 0
    assert "entry 25 stands for it" in out
    words = ("ledger", "withdraw", "x.ledger", second, "--reason", "Names a person")
    status, signature, _ = run(*words, "--key", "a.key")
    assert status == 0
    assert run("verify", "x.ledger")[1].startswith("Whole: 25 entries, 1 of them withdrawn")
    status, _, err = run(*words, "--key", "a.key", "--signature", signature.strip())
    assert status == 2
    assert "not signed by two administrators" in err
    assert run(*words, "--key", "b.key", "--signature", signature.strip())[0] == 0
    assert run("verify", "x.ledger")[1].startswith("Whole: 26 entries, 2 of them withdrawn")


def test_an_exercise_says_so(run):
    assert run("ledger", "new", "x.ledger", "--exercise")[1].startswith("EXERCISE ")
    assert run("verify", "x.ledger")[1].startswith("EXERCISE\nWhole: 0 entries")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["verify", "gone"], "no such ledger"),
        (["verify", ""], "empty name"),
        (["verify", "x.ledger", "--key", "ab"], "--against"),
        (["verify", "x.ledger", "--against", "a.key"], "is no checkpoint"),
        (["verify", "a.key"], "is no ledger"),
        (["ledger", "new", "x.ledger"], "is there already"),
        (["ledger", "new", "y", "--administrator", "me"], "public keys"),
        (["ledger", "key", "a.key"], "is there already"),
        (["ledger", "checkpoint", "x.ledger", "--key", "x.ledger"], "holds no key"),
        (["ledger", "withdraw", "x.ledger", "7", "--reason", "r", "--key", "a.key"],
         "no event's id"),
        (["ledger", "withdraw", "x.ledger", "7" * 32, "--reason", "r", "--key", "a.key"],
         "is not in"),
        (["ledger", "withdraw", "x.ledger", str(events(1)[0].id), "--reason", "r"], "two admin"),
        (["ledger", "withdraw", "x.ledger", str(events(1)[0].id), "--reason", "r", "--signature",
          "x"], "KEY:SIGNATURE"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_one_message(run, made, words, message):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("safepassage:") == 1


def test_every_command_of_the_ledger_teaches(run):
    _, out, _ = run("ledger", "--help")
    for command in ("checkpoint", "export", "import", "key", "new", "withdraw"):
        assert command in out
        status, told, _ = run("ledger", command, "--help")
        assert status == 0
        assert len(told) > 300
