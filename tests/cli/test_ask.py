"""The command ``ask``: a table, a page, a list; and what stands when it is stopped."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from plan.towns import LINE, line_town
from safepassage.cli import ask as command
from safepassage.cli import main

CASE = "aleppo-2016-11-04"


def test_json_is_a_bare_list_most_per_unit_first(capsys):
    assert main(["ask", CASE, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, list)
    assert len(found) > 15
    for each in found:
        assert set(each) >= {"change", "unit", "people_gained", "per_unit"}
        assert set(each["people_gained"]) == {"low", "best", "high"}
    order = [each["per_unit"] for each in found]
    assert order == sorted(order, reverse=True)


def test_json_and_page_hold_the_same(tmp_path, capsys):
    assert main(["ask", CASE, "--json", "--to", str(tmp_path)]) == 0
    printed = json.loads(capsys.readouterr().out)
    document = json.loads((tmp_path / "ask.json").read_text("utf-8"))
    assert document["kind"] == "ask"
    assert document["schema_version"] == "1.0"
    assert document["changes"] == printed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ask.html", "ask.json"]


def test_the_terminal_shows_tables_and_what_the_numbers_mean(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    assert main(["ask", CASE]) == 0
    out = capsys.readouterr().out
    said = " ".join(out.split())
    for words in (
        "One change at a time", "Two together", "What must not be lost",
        "1 more lane at Bustan al-Qasr – Mashariqa", "2,992 a lane +2,992", "−5,984",
        "Likely to come: not estimated", "dark after sunset (from 16:31)",
        "not how many people will come", "Armed opposition groups in east Aleppo: rejected",
    ):  # fmt: skip
        assert words in said, words
    assert max(map(len, out.splitlines())) <= 120


@pytest.mark.parametrize("columns", ["60", "80"])
def test_it_fits_a_narrow_terminal(capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["ask", CASE]) == 0
    assert "+10,017" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["ask", ""], "the case: is an empty name"),
        (["ask", CASE, "--to", " "], "--to: is an empty name"),
        (["ask", "nowhere-at-all"], "nowhere-at-all"),
        (["ask"], "CASE"),
        (["ask", CASE, "--json", "--to", "/dev/null/x"], "cannot be written"),
    ],
)
def test_bad_words_are_told(capsys, words, says):
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert says in err + out


def test_a_case_that_cannot_be_planned_is_told(tmp_path, capsys):
    start = LINE.index("people_per_min_per_lane")
    text = LINE[:start] + LINE[LINE.index("[[groups]]") :]
    assert main(["ask", line_town(tmp_path / "town", text), "--to", str(tmp_path / "out")]) == 2
    assert "no civilian corridor with a position" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_announcement_is_no_case(tmp_path, capsys):
    text = tmp_path / "text.txt"
    text.write_text("A pause from 9 to 10 am.", encoding="utf-8")
    assert main(["ask", str(text)]) == 2
    assert "text.txt" in capsys.readouterr().err


def stopped_after(looks):
    class After(threading.Event):
        left = looks

        def is_set(self):
            self.left -= 1
            return self.left < 0 or super().is_set()

    return After


def test_what_is_known_is_told_when_it_is_stopped(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(command, "Event", stopped_after(40))
    assert main(["ask", CASE, "--to", str(tmp_path)]) == 130
    out, err = capsys.readouterr()
    assert "Stopped: " in out
    assert "changes were answered" in err
    assert json.loads((tmp_path / "ask.json").read_text("utf-8"))["complete"] is False
    assert "Not everything was answered" in (tmp_path / "ask.html").read_text("utf-8")


def test_stopped_before_anything_nothing_is_written(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(command, "Event", stopped_after(0))
    assert main(["ask", CASE, "--to", str(tmp_path / "out")]) == 130
    assert "nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def interrupted():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.1)


def test_a_first_interrupt_only_asks_to_stop_and_a_second_one_does():
    stop = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    with command._stopping(stop):
        interrupted()
        assert stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            interrupted()
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent another way there")
def test_interrupted_for_real_it_ends_soon_and_says_so(tmp_path):
    words = ["ask", CASE, "--to", str(tmp_path / "out")]
    program = "from safepassage.cli import main; print('ready', flush=True); "
    started = subprocess.Popen(
        [sys.executable, "-c", f"{program}raise SystemExit(main({words}))"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert started.stdout.readline() == "ready\n"  # before that Python itself would die of it
    time.sleep(1.5)
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=120)
    if started.returncode:  # it may have been done by then
        assert started.returncode == 130
        assert "Stopped; " in err
