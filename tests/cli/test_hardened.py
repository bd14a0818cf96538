"""Closed and full streams, poor terminals and odd names end in a message, never a crash."""

import io
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plan.towns import LINE, line_town
from safepassage.base.errors import InputError
from safepassage.cli.app import run
from safepassage.cli.parse import crossing_of, people_of, window_of
from safepassage.publish.wording import clock, day, moment

SRC = str(Path(__file__).parents[2] / "src")
PYTHON = f"{sys.executable} -m safepassage.cli"
TEXT = (
    "The ceasefire in Aleppo will hold on 4 November 2016 from 9 a.m. to 7 p.m. local time. "
    "Two corridors are open to civilians."
)
ESTIMATE = (
    "estimate --people 1000 --crossings 1 --rate 5 --walk-km 1 "
    "--window 2016-11-04T09:00/19:00 --at Aleppo"
)


def shell(line, cwd, **env):
    """Run a line of shell in a folder."""
    done = subprocess.run(
        ["bash", "-c", line], cwd=cwd, capture_output=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": SRC, **env},
    )  # fmt: skip
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode()


@pytest.mark.parametrize("command", ["cases", "--help", ESTIMATE])
def test_a_full_disk_behind_standard_output_is_told(tmp_path, command):
    code, _, said = shell(f"{PYTHON} {command} >/dev/full", tmp_path)
    assert code == 2
    assert "standard output cannot be written" in said.replace("output:", "output")
    assert "othing was written" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("command", "where"),
    [
        ("cases", ">&-"),
        ("--help", ">&-"),
        # tables, JSON and help are written by three different means
        *(
            (each, "| head -c 1; exit ${PIPESTATUS[0]}")
            for each in ("cases", "cases --json", "--help")
        ),
        ("cases", ">&- 2>&- <&-"),
        ("--help", ">&- 2>&- <&-"),
    ],
)
def test_streams_that_take_nothing(tmp_path, command, where):
    code, _, said = shell(f"{PYTHON} {command} {where}", tmp_path)
    # where the machine is slow, it says what it is at
    told = [line for line in said.splitlines() if not line.endswith("…")]
    assert (code, told) == (0, [])


def test_a_plan_that_cannot_be_told_stays_written(tmp_path):
    line_town(tmp_path / "town")
    code, _, said = shell(f"{PYTHON} plan ./town --to out >/dev/full", tmp_path)
    assert code == 2
    assert "the files in out are written and whole" in said
    assert (tmp_path / "out" / "plan.json").is_file()


def typed(monkeypatch, *words, stdin=b""):
    """Run words in this process on streams that take only ASCII: status, output, errors."""
    of = {"stdin": io.BytesIO(stdin), "stdout": io.BytesIO(), "stderr": io.BytesIO()}
    with monkeypatch.context() as patch:
        streams = {name: io.TextIOWrapper(each, encoding="ascii") for name, each in of.items()}
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        status = run(list(words))
    return status, *(of[name].getvalue().decode("ascii") for name in ("stdout", "stderr"))


def test_a_terminal_of_ascii_only(tmp_path, monkeypatch):
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    ascii_only = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for command in ("read text.txt", "--help", "plan é"):
        code, told, said = shell(f"{PYTHON} {command}", tmp_path, **ascii_only)
        assert code == (2 if "é" in command else 0), said
        assert (told + said).isascii()
        assert "our fault" not in said
    for words in (["read", "--json", str(tmp_path / "text.txt")], shlex.split(ESTIMATE)):
        code, told, said = typed(monkeypatch, *words)
        assert (code, bool(told)) == (0, True), said
    town = line_town(tmp_path / "town", LINE.replace("in a line", "\u2013 in a line"))
    code, told, said = typed(monkeypatch, "plan", town, "--json")
    assert code == 0, said
    assert "\\u2013" in told


def test_read_takes_standard_input(tmp_path, monkeypatch, capsys):
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    code, told, said = shell(f"{PYTHON} read - < text.txt", tmp_path)
    assert (code, said.removeprefix("Starting …\n")) == (0, "")
    assert "Aleppo" in told
    assert shell(f"{PYTHON} read - <&-", tmp_path)[0] in {2, 3}
    code, told, _ = typed(monkeypatch, "read", "-", "--json", stdin=TEXT.encode())
    assert code == 0
    assert told.startswith("{")
    assert run(["read", "--jsno", str(tmp_path / "text.txt")]) == 2
    assert "--jsno" in capsys.readouterr().err


def test_estimate_with_no_standard_input_names_what_is_missing(tmp_path):
    code, _, said = shell(f"{PYTHON} estimate <&-", tmp_path)
    assert code == 2
    assert "--people: is missing" in said


@pytest.mark.parametrize("module", ["cyclopts", "pydantic"])  # at the start; within a command
def test_a_stop_is_quiet_while_a_class_is_being_made(tmp_path, module):
    """Python 3.11 wraps what is raised in ``__set_name__``."""
    (tmp_path / f"{module}.py").write_text(
        "import os, signal\n"
        "class Stopped:\n"
        "    def __set_name__(self, owner, name):\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "class Made:\n"
        "    part = Stopped()\n",
        encoding="utf-8",
    )
    program = "from safepassage.cli import main; raise SystemExit(main(['cases']))"
    path = os.pathsep.join([str(tmp_path), SRC])
    child = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": path}, check=False, timeout=60,
    )  # fmt: skip
    assert (child.returncode, child.stderr) == (130, "Stopped; nothing was written.\n")


@pytest.mark.parametrize("after", [0.05, 0.2, 0.5])
def test_a_stop_is_quiet_from_the_first_import_on(tmp_path, after):
    program = "from safepassage.cli import main; print('ready', flush=True); raise SystemExit(main(['plan', 'aleppo-2016-11-04', '--to', 'out']))"  # noqa: E501
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=tmp_path, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": SRC},
    ) as child:  # fmt: skip
        assert child.stdout.readline() == b"ready\n"
        time.sleep(after)
        child.send_signal(signal.SIGINT)
        said = child.communicate(timeout=60)[1].decode()
    assert child.returncode == 130, said
    assert "Traceback" not in said
    assert "Stopped; nothing was written." in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["a" * 5000, "a\udcff.txt", "a\0b", "", "x/" * 3000])
@pytest.mark.parametrize("command", ["plan", "read"])
def test_names_that_no_file_can_have(capsys, command, name):
    assert run([command, name]) == 2
    said = capsys.readouterr().err
    assert said.startswith("safepassage: ")
    said.encode()


@pytest.mark.parametrize("name", ["", " ", "a\udcff", "a\0b"])
def test_no_folder_to_write_to(capsys, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    assert run(["plan", "aleppo-2016-11-04", "--to", name]) == 2
    assert "name" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A=95,24.94,5", "is not on the earth: 95, 24.94"),
        ("A=60,190,5", "is not on the earth"),
        ("A=nan,nan,5", "is not on the earth"),
        ("A=inf,24.94,5", "is not on the earth"),
        ("A=60.17,24.94,-5", "must be above 0"),
        ("A=60.17,24.94,0", "must be above 0"),
        ("A=60.17,24.94,nan", "is not a number"),
        ("A=60.17,24.94,1e9", "must be at most 10,000"),
    ],
)
def test_crossings_that_are_none(text, says):
    with pytest.raises(InputError, match="--crossing") as caught:
        crossing_of(text)
    assert says in str(caught.value)


def test_people_and_hours_out_of_reach():
    with pytest.raises(InputError, match="--people: must be at most 200,000,000"):
        people_of("3e8", "--people")
    with pytest.raises(InputError, match="--people: must not be negative"):
        people_of("-5..5", "--people")
    with pytest.raises(InputError, match="plan one day at a time"):
        window_of("2016-11-04T09:00/2016-12-04T09:00")
    with pytest.raises(InputError, match="year 500"):
        window_of("0500-11-04T09:00/19:00")


def test_years_below_a_thousand_are_written():
    assert (moment("500-11-04T09:00").year, moment("0500-11-04T09:00").year) == (500, 500)
    assert clock("500-11-04T09:05") == "09:05"
    assert day("1-11-04").endswith("4 November 1")
