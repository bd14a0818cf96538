"""``safepassage forecast``: one screen, JSON to its schema, bad words told, a stop that keeps."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from jsonschema import validate
from rich.cells import cell_len

from forecast.rows import shared, table
from plan.towns import line_town
from safepassage.cli import main
from safepassage.forecast.precedents import load_precedents

SCHEMA = json.loads(
    (files("safepassage.base") / "schemas" / "forecast.schema.json").read_text("utf-8")
)
MAKE = import_module("safepassage.plan.make")  # the package has a verb of its name
SRC = str(Path(__file__).parents[2] / "src")


@pytest.fixture
def town(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return line_town(tmp_path / "town")


def ask(capsys, *words):
    status = main(["forecast", *words])
    out, err = capsys.readouterr()
    return status, out, err


def test_help_says_what_it_does_and_names_every_option(capsys):
    assert main(["forecast", "--help"]) == 0
    out = capsys.readouterr().out
    assert "who is likely to come" in out
    for option in ("-n", "--seed", "--without", "--with", "--to", "--engine", "--scheduler",
                   "--workers", "--json"):  # fmt: skip
        assert option in out, option


def test_one_screen_has_the_range_beside_the_ceiling_and_why(capsys, town):
    status, out, _ = ask(capsys, town, "-n", "40", "--to", "out")
    assert status == 0
    lines = out.splitlines()
    assert max(cell_len(line) for line in lines) <= 80
    assert len(lines) <= 50
    (both,) = [line for line in lines if "Ceiling: what is possible" in line]
    assert "Likely to come" in both
    said = " ".join(out.split())
    document = json.loads(Path("out/forecast.json").read_text("utf-8"))
    for words in (
        f"{document['likely']} people (8 in 10)", f"{document['ceiling']:,} people",
        document["because"], document["caution"], "If it were so", "If it collapses at",
        "What drives the spread", "40 replications, seed 1; left out: no precedent.",
        "Open: out/brief.html",
    ):  # fmt: skip
        assert " ".join(words.split()) in said, words


def test_json_keeps_to_its_schema_and_to_one_seed(capsys, town):
    found = []
    for words in ((), (), ("--seed", "2"), ("--without", "sumy_20220308")):
        status, out, _ = ask(capsys, town, "-n", "16", "--json", *words)
        assert status == 0
        found.append(json.loads(out))
        validate(found[-1], SCHEMA)
    first, again, other, without = found
    assert first == again
    assert first["by_minute"] != other["by_minute"]
    assert without["without"] == ["sumy_20220308"]
    assert "sumy_20220308" not in {each["case"] for each in without["precedents"]}
    assert [path.name for path in Path().iterdir()] == ["town"]


def test_files_are_written_where_it_is_told(capsys, town):
    assert ask(capsys, town, "-n", "8", "--json", "--to", "out/deep")[0] == 0
    names = {path.name for path in Path("out/deep").iterdir()}
    assert {"brief.html", "forecast.json", "plan.json", "replications.parquet"} <= names
    assert "replications" not in names
    assert pq.read_table("out/deep/replications.parquet").num_rows == 8


def test_precedents_of_ones_own_are_used(capsys, town):
    Path("ours.csv").write_bytes(
        table(*({"id": f"ours{i}", "consent": "all", **shared(0.9)} for i in range(3)))
    )
    status, out, _ = ask(capsys, town, "-n", "8", "--json", "--with", "ours.csv")
    assert status == 0
    document = json.loads(out)
    assert {"ours0", "ours1", "ours2"} <= {each["case"] for each in document["precedents"]}
    assert "ours.csv" in {each["name"] for each in document["inputs"]}


BAD = [
    (["-n", "0"], "-n: must be 1 to 1,000,000 replications (is 0)"),
    (["-n", "-3"], "1 to 1,000,000"),
    (["-n", "many"], "many"),
    (["--seed", "-1"], "--seed: must be 0 to 2^63 - 1"),
    (["--workers", "0"], "--workers: must be 1 or more"),
    (["--without", "nowhere_2020"], "--without: no precedent is called 'nowhere_2020'"),
    (["--with", "not-there.csv"], "not-there.csv: cannot be read"),
    (["--with", "bad.csv"], "bad.csv, row 2"),
    (["--engine", "spark"], "--engine: is local or dask (is 'spark')"),
    (["--engine", "dask"], "--engine dask: needs --scheduler"),
    (["--scheduler", "tcp://127.0.0.1:9"], "--scheduler: is for --engine dask"),
    (["--engine", "dask", "--scheduler", "nonsense"], "--scheduler nonsense: is no address"),
    (["--to", "town/case.toml"], "--to town/case.toml: is a file"),
    (["--to", " "], "--to: is an empty name"),
    (["--to", "x" * 300], "--to: is no folder's name"),
    (["--to", "town/case.toml/x"], "cannot be written"),
]


@pytest.mark.parametrize(("words", "says"), BAD, ids=[" ".join(words) for words, _ in BAD])
def test_bad_words_are_told_and_nothing_is_written(capsys, town, words, says):
    Path("bad.csv").write_bytes(table({"consent": "maybe", **shared(0.4)}))
    before = sorted(Path().rglob("*"))
    status, out, err = ask(capsys, town, *words)
    assert status == 2
    said = " ".join(re.sub("[│╭╮╰╯─]", " ", out + err).split())
    assert says in said
    assert "Traceback" not in said
    assert said.count("safepassage:") <= 1
    assert sorted(Path().rglob("*")) == before


def test_faults_are_told_together(capsys, town):
    status, _, err = ask(capsys, town, "-n", "0", "--seed", "-1", "--workers", "0")
    assert status == 2
    assert "3 things are wrong" in err


@pytest.mark.parametrize("case", ["nowhere-at-all", ""])
def test_a_case_that_is_none_is_told(capsys, town, case):
    status, _, err = ask(capsys, case, "-n", "4")
    assert status == 2
    assert "case" in err
    assert [path.name for path in Path().iterdir()] == ["town"]


def test_a_scheduler_that_is_not_there_is_told_and_leaves_nothing(capsys, town, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("safepassage.forecast.engines._CONNECT_S", 1)
    for to in ((), ("--to", "out")):
        status, _, err = ask(
            capsys, town, "-n", "4", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9", *to
        )
        assert status == 2
        assert "--scheduler tcp://127.0.0.1:9: does not answer. Start one" in err
        assert "Traceback" not in err
        assert [path.name for path in Path().iterdir()] == ["town"]


def test_what_cannot_be_done_is_said_before_planning(capsys, town, monkeypatch):
    monkeypatch.setattr(MAKE, "make_plan", lambda *_, **__: pytest.fail("planned"))
    for words in (["-n", "0"], ["--without", "nowhere"], ["--to", "town/case.toml"]):
        assert ask(capsys, town, *words)[0] == 2


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_stop_keeps_what_is_done_and_the_same_command_goes_on(capsys, town):
    parts = Path("out/replications")
    words = [sys.executable, "-c", _SLOW, "forecast", town, "-n", "48", "--to", "out"]
    running = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": SRC},
    )  # fmt: skip
    until = time.monotonic() + 120
    while len(list(parts.glob("batch-*"))) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=120)
    assert running.returncode == 130
    assert f"the replications done are kept in {parts}" in err
    assert "nothing was written" not in err
    assert "Traceback" not in err
    done = sum(pq.read_table(path).num_rows for path in parts.glob("batch-*.parquet"))
    assert 16 <= done < 48
    assert {path.name for path in Path("out").iterdir()} == {"replications"}
    assert all(re.fullmatch(r"batch-[0-9a-f]{8}-\d{6}\.parquet", p.name) for p in parts.iterdir())

    made = counted(capsys, town, "out")
    assert made == 48 - done
    assert counted(capsys, town, "whole") == 48
    one, other = (pq.read_table(Path(to) / "replications.parquet") for to in ("out", "whole"))
    assert one.equals(other)
    texts = [(Path(to) / "forecast.json").read_text("utf-8") for to in ("out", "whole")]
    assert texts[0] == texts[1]
    assert not parts.exists()


def counted(capsys, town, to):
    """Run the whole ensemble; count the replications that were made anew."""
    from safepassage.forecast.recipe import Recipe

    made, call = [], Recipe.__call__
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            Recipe, "__call__", lambda self, number: made.append(number) or call(self, number)
        )
        assert ask(capsys, town, "-n", "48", "--to", to)[0] == 0
    return len(made)


_SLOW = """
import sys, time
from safepassage.cli.app import run
from safepassage.forecast.recipe import Recipe

call = Recipe.__call__

def slow(self, number):
    time.sleep(0.1)
    return call(self, number)

Recipe.__call__ = slow
sys.exit(run())
"""


def test_stopped_while_planning_it_leaves_no_folder(capsys, town, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(MAKE, "make_plan", stop)
    status, _, err = ask(capsys, town, "--to", "out")
    assert status == 130
    assert "nothing was written" in err
    assert not Path("out").exists()


def test_the_precedents_that_ship_are_those_it_names(capsys, town):
    document = json.loads(ask(capsys, town, "-n", "4", "--json")[1])
    pooled = {row.id for row in load_precedents().pooled()}
    assert {each["case"] for each in document["precedents"]} == pooled
