"""The command ``check``: screen, files, JSON and exit statuses."""

from __future__ import annotations

import io
import json
from importlib.resources import files

import pytest
from jsonschema import validate

from plan.towns import LINE, line_town
from safepassage.cli import main

SCHEMA = json.loads(
    (files("safepassage.base") / "schemas" / "readiness.schema.json").read_text(encoding="utf-8")
)
PAUSE = (
    "Moscow, 2 November 2016\n\nThe Ministry of Defence of the Russian Federation declares a "
    "humanitarian pause in Aleppo on 4 November 2016, from 09:00 to 19:00 local time.\n"
)


def ask(capsys, *words):
    status = main(["check", *words])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def pause(tmp_path):
    path = tmp_path / "pause.txt"
    path.write_text(PAUSE, encoding="utf-8")
    return path


def test_the_screen_leads_with_what_is_most_dangerous(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    status, out, err = ask(capsys, "aleppo-2016-11-04")
    assert status == 0
    assert "30 questions: 2 disputed, 23 open, 4 partly, 1 settled." in out
    places = [out.index(words) for words in (
        "Settle first", "Consent of every side", "Not stated: Screening rules", "Then\n",
        "Settled\n", "neither permission nor",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "--to FOLDER" in out
    assert len(out.splitlines()) <= 60
    assert "Traceback" not in err


def test_json_fits_its_schema_and_writes_nothing(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, _ = ask(capsys, "aleppo-2016-11-04", "--json")
    assert status == 0
    validate(json.loads(out), SCHEMA)
    assert list(tmp_path.iterdir()) == []


def test_files_are_written_where_asked(capsys, tmp_path):
    folder = tmp_path / "out"
    status, out, _ = ask(capsys, line_town(tmp_path / "case"), "--to", str(folder))
    assert status == 0
    assert {path.name for path in folder.iterdir()} == {"checklist.html", "checklist.md"}
    assert str(folder / "checklist.html") in out


def test_a_text_is_checked_by_itself(capsys, pause):
    status, out, _ = ask(capsys, str(pause), "--json")
    assert status == 0
    document = json.loads(out)
    validate(document, SCHEMA)
    assert document["inputs"][0]["name"] == "pause.txt"
    assert document["case"]["place"]["name"] == "Aleppo"


def test_a_text_takes_its_streets_from_the_city_named(capsys, pause, tmp_path):
    status, out, _ = ask(capsys, str(pause), "--city", line_town(tmp_path / "town"), "--json")
    assert status == 0
    assert json.loads(out)["worked_out"]["travel"]["farthest"] == "far"


def test_texts_are_compared_and_standard_input_is_one(capsys, pause, monkeypatch):
    other = PAUSE.replace("Ministry of Defence of the Russian Federation", "Syrian army").replace(
        "09:00", "08:00"
    )
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(other.encode())))
    status, out, _ = ask(capsys, str(pause), "-", "--json")
    assert status == 0
    document = json.loads(out)
    (hours,) = [each for each in document["questions"] if each["id"] == "hours"]
    assert hours["status"] == "disputed"
    assert {said["text_name"] for said in hours["said"]} == {"pause.txt", "standard input"}


def test_a_text_that_calls_the_pause_off_counts_beside_it_and_ends_with_3_alone(
    capsys, pause, tmp_path
):
    off = tmp_path / "off.txt"
    off.write_text(
        "Moscow, 3 November 2016\n\nThe Ministry of Defence of the Russian Federation has "
        "cancelled the humanitarian pause in Aleppo that was announced for 4 November 2016.\n",
        encoding="utf-8",
    )
    assert ask(capsys, str(off))[0] == 3
    status, out, _ = ask(capsys, str(pause), str(off), "--json")
    assert status == 0
    (consent,) = [each for each in json.loads(out)["questions"] if each["id"] == "consent-sides"]
    assert consent["answer"].startswith("Called off by")


def test_a_text_that_announces_nothing_ends_with_3(capsys, tmp_path):
    path = tmp_path / "weather.txt"
    path.write_text("It rained in Helsinki on Friday. Shops were open as usual.\n", "utf-8")
    status, out, err = ask(capsys, str(path))
    assert (status, out) == (3, "")
    assert "weather.txt" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["no-such-case"], "is neither a built-in case"),
        ([" "], "the case: is an empty name"),
        (["aleppo-2016-11-04", "--to", " "], "--to: is an empty name"),
        (["aleppo-2016-11-04", "--city", "x"], "--city: is for announcements"),
        (["x" * 5000], "is neither a built-in case"),
        (["bad\0name"], "is a name that is not UTF-8 text, or holds a zero byte"),
        ([], "needs a case or a text"),
        (["aleppo-2016-11-04", "--jason"], "--jason: is no option of check"),
        (["aleppo-2016-11-04", "no.txt"], "2 things are wrong"),
    ],
)
def test_bad_words_end_with_2_and_a_remedy(capsys, words, says):
    status, out, err = ask(capsys, *words)
    assert (status, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_all_unknown_questions_of_a_case_are_told_together(capsys, tmp_path):
    more = "".join(
        f'\n[[readiness]]\nquestion = "{name}"\nstatus = "open"\nanswer = "x"\n'
        for name in ("one", "two")
    )
    status, out, err = ask(capsys, line_town(tmp_path / "case", LINE + more), "--to",
                           str(tmp_path / "out"))  # fmt: skip
    assert (status, out) == (2, "")
    assert "2 things are wrong" in err
    assert "readiness[0].question: is no question ('one')" in err
    assert "readiness[1].question: is no question ('two')" in err
    assert not (tmp_path / "out").exists()


def test_what_people_decided_about_a_text_is_said_and_so_is_that_it_no_longer_counts(
    capsys, pause, tmp_path
):
    words = ["--set", "guarantors=Somebody", "--by", "AB"]
    main(["read", str(pause), *words])
    capsys.readouterr()
    told = "In pause.txt people decided on guarantors (AB)"
    _, out, _ = ask(capsys, str(pause), "--to", str(tmp_path / "out"))
    assert told in " ".join(out.split())
    for page in ("checklist.html", "checklist.md"):
        assert told in (tmp_path / "out" / page).read_text(encoding="utf-8")
    pause.write_text(PAUSE + "\n", encoding="utf-8")
    _, out, _ = ask(capsys, str(pause))
    assert "pause.txt has changed since it was reviewed" in " ".join(out.split())
    document = json.loads(ask(capsys, str(pause), "--json")[1])
    validate(document, SCHEMA)
    assert [each["status"] for each in document["reviews"]] == ["stale"]


def test_a_case_cannot_command_the_terminal(capsys, tmp_path):
    more = """
[[readiness]]
question = "go-stop"
status = "open"
answer = "x\\u001b[2J[bold]\\u202ey"
"""
    _, out, _ = ask(capsys, line_town(tmp_path / "case", LINE + more))
    assert "x�[2J[bold]�y" in out


def test_a_folder_that_cannot_be_written_ends_with_2(capsys, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    status, _, err = ask(capsys, line_town(tmp_path / "case"), "--to", str(tmp_path / "file"))
    assert status == 2
    assert "cannot be written" in err


def test_help_teaches(capsys):
    status, out, _ = ask(capsys, "--help")
    assert status == 0
    for words in ("before people walk", "--to", "--city", "--json", "checklist.html"):
        assert words in out
