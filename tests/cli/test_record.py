"""``record`` as a user calls it: files, a row for the next forecast, and refusals."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from ledger.small_day import HEAD, counts, event, others, received, record
from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.cli import main
from safepassage.cli.recording import as_of
from safepassage.forecast.make import expected
from safepassage.forecast.precedents import load_precedents
from safepassage.ledger.exchange import to_jsonl

OUTCOME = """
[outcome]
ended = "expired"
kind = "voluntary"
source = "the council"
exits = { low = 30, best = 40, high = 50, source = "tally" }
"""


@pytest.fixture
def town(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return line_town(tmp_path / "town", LINE + OUTCOME)


def test_files_and_a_row_are_written(town, tmp_path, capsys):
    assert main(["record", town, "--to", "out", "--add-to", "mine.csv"]) == 0
    said = capsys.readouterr().out.split()
    assert {"out/record.json", "out/record.html", "mine.csv"} <= set(said)
    document = json.loads((tmp_path / "out" / "record.json").read_text("utf-8"))
    assert document["people_out"] == {"low": 30, "best": 40, "high": 50}
    assert main(["precedents", "--with", "mine.csv", "--show", "line-town"]) == 0
    assert "30 to 50" in capsys.readouterr().out
    before = (tmp_path / "mine.csv").read_bytes()
    assert main(["record", town, "--to", "again", "--add-to", "mine.csv"]) == 2
    assert "already" in capsys.readouterr().err
    assert (tmp_path / "mine.csv").read_bytes() == before
    assert not (tmp_path / "again").exists()


def test_the_next_forecast_knows_it_and_its_own_does_not(town, tmp_path):
    assert main(["record", town, "--add-to", "mine.csv"]) == 0
    known = load_precedents(tmp_path / "mine.csv")
    own = expected(plan(town), precedents=known)
    assert "line-town" in own.without
    elsewhere = LINE.replace("Line Town", "Elsewhere").replace('"line-town"', '"elsewhere"')
    other = expected(plan(line_town(tmp_path / "other", elsewhere)), precedents=known)
    assert "line-town" in {row.id for row in other.compared}
    assert "line-town" not in {row.id for row in own.compared}


def test_nothing_is_written_where_the_folder_cannot_be(town, tmp_path, capsys):
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    assert main(["record", town, "--to", "out", "--add-to", "mine.csv"]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert not (tmp_path / "mine.csv").exists()


def test_an_exercise_is_told_as_one_and_added_nowhere(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    day = record(received([*counts(), *others()]), HEAD)
    (tmp_path / "day.jsonl").write_text("".join(to_jsonl(day)), encoding="utf-8")
    call = ["record", "aleppo-2016-11-04", "--ledger", "day.jsonl", "--to", "out"]
    assert main([*call, "--add-to", "mine.csv"]) == 2
    assert "exercise" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "mine.csv").exists()
    assert main(call) == 0
    assert "EXERCISE" in (tmp_path / "out" / "record.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--ledger", "none.ledger"], "none.ledger"),
        (["--plan", "nowhere"], "neither a folder nor a plan.json"),
        (["--level", "everybody"], "--level"),
        (["--add-to", "bad.csv"], "bad.csv"),
    ],
)
def test_bad_input_gets_one_message(town, tmp_path, capsys, more, said):
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00")
    assert main(["record", town, "--to", "out", *more]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert not (tmp_path / "out").exists()


def test_no_hours_no_record(tmp_path, capsys):
    text = LINE.replace("[window]\nstart = 2016-11-04T09:00:00\nend = 2016-11-04T12:00:00\n", "")
    (tmp_path / "said.txt").write_text("The council met and said nothing of hours.\n", "utf-8")
    text = text.replace("schema = 1", 'schema = 1\nannouncements = ["../said.txt"]')
    assert main(["record", line_town(tmp_path / "town", text), "--to", str(tmp_path / "o")]) != 0
    assert not (tmp_path / "o").exists()
    assert capsys.readouterr().err


def test_a_pause_to_come_has_no_record_yet(tmp_path, capsys):
    town = line_town(tmp_path / "town", LINE.replace("2016-11-04", "2116-11-04"))
    assert main(["record", town, "--to", str(tmp_path / "out")]) == 2
    assert "is not over" in capsys.readouterr().err


@pytest.mark.parametrize(("minutes", "level"), [(-5, "internal"), (30, "public"), (59, "public")])
def test_a_record_is_of_a_pause_that_is_over(minutes, level):
    end = datetime(2024, 5, 1, 16, tzinfo=UTC)
    with pytest.raises(InputError):
        as_of(end, end, end + timedelta(minutes=minutes), level)


def test_the_public_gets_a_full_quarter_an_hour_old():
    end = datetime(2024, 5, 1, 15, 50, tzinfo=UTC)
    now = end + timedelta(minutes=75)
    assert as_of(end, end, now, "public") == datetime(2024, 5, 1, 16, tzinfo=UTC)
    assert as_of(end, end, now, "internal") == end


def test_a_ledger_of_another_case_is_refused(town, tmp_path, capsys):
    day = record(received([event(1, "status", "10:00", corridor="bridge", state="open")]))
    (tmp_path / "day.jsonl").write_text("".join(to_jsonl(day)), encoding="utf-8")
    assert main(["record", town, "--ledger", "day.jsonl", "--to", "out"]) == 2
    assert "another case" in capsys.readouterr().err
