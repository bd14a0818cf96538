"""The command ``report``: files, readers, and one clear message for what cannot be made."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from plan.towns import LINE, line_town
from safepassage.cli import main
from safepassage.ledger.events import event_of
from safepassage.ledger.opening import make_ledger
from safepassage.publish.update_160 import UCS2_SIGNS

DAY = "2016-11-04T"


def passed(clock, people):
    return event_of({
        "id": str(uuid4()), "kind": "passage", "happened_at": f"{DAY}{clock}:00Z",
        "known_at": f"{DAY}{clock}:30Z", "source": "team-1", "means": "tally sheet",
        "status": "observed", "corridor": "gate", "people": people, "counted": "in all",
    })  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return str(line_town(tmp_path_factory.mktemp("town"), LINE))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    where = tmp_path_factory.mktemp("ledger") / "day.ledger"
    with make_ledger(where, exercise=True) as made:
        for clock, people in (("08:00", 40), ("08:30", 47), ("09:47", 210)):
            received = datetime.fromisoformat(f"{DAY}{clock}:40Z")
            made.append([passed(clock, people)], now=received.astimezone(UTC))
    return str(where)


def report(capsys, *words):
    status = main(["report", *words])
    out, err = capsys.readouterr()
    return status, out, err


def test_sheets_and_board_need_no_ledger(capsys, town, tmp_path):
    status, out, _ = report(capsys, town, "--kind", "tally", "--kind", "board", "--language", "en",
                            "--language", "ar", "--exercise", "--to", str(tmp_path))  # fmt: skip
    assert status == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"tally-en.html", "tally-ar.html", "board-en.html", "board-ar.html"}
    assert set(out.split()) == {str(tmp_path / name) for name in names}
    assert all("EXERCISE" in path.read_text(encoding="utf-8") for path in tmp_path.iterdir())


def test_reports_of_a_ledger_are_named_by_their_minute(capsys, town, ledger, tmp_path):
    status, out, _ = report(capsys, town, "--ledger", ledger, "--at", "10:40", "--kind", "sitrep",
                            "--kind", "handover", "--kind", "update", "--since", "09:00",
                            "--to", str(tmp_path))  # fmt: skip
    assert status == 0
    assert "EXERCISE 4/11 10:40: Out: 47." in out
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{name}-2016-11-04T1040-en.{end}"
        for name, end in (("sitrep", "html"), ("handover", "html"), ("update", "txt"))
    }


def test_a_message_alone_is_printed_and_writes_nothing(capsys, town, ledger, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, _ = report(capsys, town, "--ledger", ledger, "--kind", "update",
                            "--language", "ar")  # fmt: skip
    assert status == 0
    assert "210" in out  # an exercise's now is when it last heard of anything
    assert len(out.strip()) <= UCS2_SIGNS
    assert list(tmp_path.iterdir()) == []


def test_the_public_gets_an_older_quarter(capsys, town, ledger, tmp_path):
    status, out, _ = report(capsys, town, "--ledger", ledger, "--kind", "update", "--level",
                            "public", "--to", str(tmp_path))  # fmt: skip
    assert status == 0
    assert re.search(r"EXERCISE 4/11 10:45: Out: 40 \(40 to 49\)\.", out)
    assert [path.name for path in tmp_path.iterdir()] == ["update-2016-11-04T1045-en-public.txt"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--kind", "sitrep"], "needs a ledger"),
        (["--kind", "poem"], "none of sitrep, handover, update, tally, board"),
        (["--kind", "board", "--at", "12:00"], "is about a ledger, and none is named"),
        (["--kind", "board", "--language", "xx"], "has no words here ('xx')"),
        (["--kind", "board", "--level", "all"], "none of public, partners, internal"),
        (["--kind", "board", "--paper", "A5"], "none of A3, A4"),
        (["--kind", "tally", "--corridor", "nowhere"], "names no corridor of the case"),
        (["--ledger", "LEDGER", "--at", "noon"], "is no time"),
        (["--ledger", "LEDGER", "--kind", "handover", "--since", "x"], "--since: is no time"),
        (["--ledger", "LEDGER", "--kind", "handover", "--level", "partners"], "for those inside"),
        (["--ledger", "LEDGER", "--exercise"], "is said by the ledger itself"),
        (["--ledger", "LEDGER", "--forecast", "LEDGER"], "is no forecast"),
        (["--ledger", "nowhere.ledger"], "nowhere.ledger"),
    ],
)
def test_what_cannot_be_made_is_one_message_and_no_file(
    capsys, town, ledger, tmp_path, words, said
):
    words = [ledger if word == "LEDGER" else word for word in words]
    status, out, err = report(capsys, town, *words, "--to", str(tmp_path / "new"))
    assert status == 2
    assert said in err
    assert out == ""
    assert "Traceback" not in err
    assert not (tmp_path / "new").exists()
