"""`safepassage situation`: one screen, with no connection and no map."""

import json

import pytest

from ledger.small_day import HEAD, entries_of, event, small_day
from safepassage.cli import main
from safepassage.ledger.chain import Entry
from safepassage.ledger.sqlite import SqliteLedger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "day.ledger"
    SqliteLedger.restore(path, HEAD, entries_of(small_day())).close()
    return str(path)


def run(capsys, *words):
    status = main(["situation", *words])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_a_ledger_and_a_case_give_the_status_board(ledger, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    status, out, _ = run(capsys, ledger, "--case", "aleppo-2016-11-04", "--at", "13:02")
    assert status == 0
    for words in (
        "EXERCISE", "As known at 13:02", "Window 09:00 to 17:30, open; 4 h 28 min left",
        "Out: 1,374 (1,126 to 1,530)", "ALARM", "closed 6 min (disputed)", "798 (723 to 893)",
        "People out by hour", "Counters, each by itself", "side-a-office", "alleged",
        "shelling (2×), sheikh-saeed, al-Hadir road; reported by monitor-2", "castelo",
    ):  # fmt: skip
        assert words in out, words


@pytest.mark.parametrize("columns", ["80", "30"])
def test_no_number_is_hidden_where_the_terminal_is_narrow(ledger, capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    out = run(capsys, ledger, "--case", "aleppo-2016-11-04", "--at", "13:02")[1]
    assert "…" not in out
    for words in ("798 (723 to 893)", "290 (140 to 320)", "sheikh-saeed", "637 (454 to 708)"):
        assert words in out, words


def test_an_exercise_is_told_as_it_was_last_heard_of(ledger, capsys):
    status, out, _ = run(capsys, ledger, "--case", "aleppo-2016-11-04", "--json")
    document = json.loads(out)
    assert status == 0
    assert document["as_known_at"] == "2016-11-04T11:17:00Z"
    assert document["ledger"]["sequence"] == len(small_day())


@pytest.mark.parametrize("at", ["2016-11-04T10:31", "2016-11-04T08:31Z", "10:31"])
def test_times_are_read_as_people_type_them(ledger, capsys, at):
    out = run(capsys, ledger, "--case", "aleppo-2016-11-04", "--at", at, "--json")[1]
    assert json.loads(out)["as_known_at"] == "2016-11-04T08:31:00Z"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--case", "aleppo-2016-11-04", "--at", "noon"], "--at: is no time ('noon')"),
        (["--case", "aleppo-2016-11-04", "--at", "25:00"], "--at: is no time"),
        (["--case", "nowhere"], "nowhere"),
        (["--case", "{folder}/no.json"], "cannot be read"),
        (["--case", "{folder}/broken.json"], "is no JSON"),
        (["--case", "{folder}/other.json"], "is no plan.json of this program"),
    ],
)
def test_what_cannot_be_meant_is_refused(ledger, capsys, tmp_path, more, told):
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "other.json").write_text('{"kind": "forecast"}', encoding="utf-8")
    words = [each.replace("{folder}", str(tmp_path)) for each in more]
    status, out, err = run(capsys, ledger, *words)
    assert (status, out) == (2, "")
    assert told in err


def test_no_ledger_is_refused(capsys, tmp_path):
    status, _, err = run(capsys, str(tmp_path / "no.ledger"), "--case", "aleppo-2016-11-04")
    assert (status, "there is no such ledger" in err) == (2, True)


def test_signs_that_command_a_terminal_are_shown_powerless(capsys, tmp_path):
    """No event may hold them; a file that somebody made otherwise may."""
    said = event(1, "incident", "10:00", what="shooting", text="quiet").model_dump(
        mode="json", exclude_none=True
    )
    payload = json.dumps({**said, "text": "A\x1b[2J", "claims": []})
    row = Entry.made(1, said["id"], "2016-11-04T08:02:00.000000Z", payload, bytes(32), HEAD.hash)
    SqliteLedger.restore(tmp_path / "odd.ledger", HEAD, [row]).close()
    out = run(capsys, str(tmp_path / "odd.ledger"), "--case", "aleppo-2016-11-04")[1]
    assert "\x1b[2J" not in out
    assert "A�[2J" in out
