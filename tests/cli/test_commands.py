"""Commands, their JSON, and their exit statuses."""

import json
import os
import subprocess
import sys
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import validate

from plan.towns import LINE, line_town
from safepassage.cli import main

ESTIMATE = [
    "estimate",
    "--people",
    "126000..275000",
    "--crossings",
    "3",
    "--rate",
    "10..25",
    "--walk-km",
    "1..4",
    "--window",
    "2016-11-04T09:00/19:00",
    "--at",
    "Aleppo",
]


def ask(capsys, *words):
    status = main(list(words))
    out, err = capsys.readouterr()
    return status, out, err


def test_cases_lists_the_founding_case(capsys):
    status, out, _ = ask(capsys, "cases", "--json")
    assert status == 0
    found = json.loads(out)["cases"]
    assert found[0]["id"] == "aleppo-2016-11-04"
    assert (found[0]["corridors"], found[0]["located"]) == (8, 5)
    assert "aleppo-2016-11-04" in ask(capsys, "cases")[1]


def test_estimate_by_hand(capsys):
    status, out, _ = ask(capsys, *ESTIMATE, "--json")
    assert status == 0
    answer = json.loads(out)
    assert answer["window"]["usable"] == ["2016-11-04T10:00", "2016-11-04T16:31"]
    # 1 km at 0.8 m/s is 20.8 minutes: three crossings serve 10, 17.5, 25 a minute from then on
    first = {"low": 1000 / 0.6 / 60, "best": 1000 / 0.8 / 60, "high": 1000 / 1.0 / 60}
    for end, rate in (("low", 10), ("best", 17.5), ("high", 25)):
        by_hand = 3 * rate * (391 - int(first[end]))
        assert answer["ceiling"][end] == pytest.approx(by_hand, abs=3)
    gains = {each["change"]: each["people_gained"]["best"] for each in answer["what_to_ask_for"]}
    assert gains["start 1 hour earlier"] == 3150
    assert gains["end 1 hour later (it is dark by then)"] == 0
    assert gains["1 more crossing"] == pytest.approx(gains["1 more lane at one crossing"], abs=5)
    assert gains["1 more crossing"] == pytest.approx(answer["ceiling"]["best"] / 3, abs=5)
    assert answer["likely_to_come"] == "not estimated"
    assert "not evidence" in answer["ceiling_note"]
    assert answer["protection"]
    assert answer["consent"]


def test_estimate_says_the_same_to_people(capsys):
    status, out, _ = ask(capsys, *ESTIMATE)
    assert status == 0
    for words in ("Ceiling", "not estimated", "not evidence", "10:00 to 16:31", "choice"):
        assert words in out


def test_estimate_names_everything_that_is_missing(capsys, monkeypatch):
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        status, _, err = ask(capsys, "estimate", "--people", "100")
    assert status == 2
    for option in ("--crossings", "--rate", "--walk-km", "--window", "--at"):
        assert f"{option}: is missing" in err


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--people", "many", "--people: is not a number or a range ('many')"),
        ("--people", "9..3", "--people: is not a number or a range"),
        ("--people", "-5", "--people"),
        ("--rate", "10..x", "--rate: is not a number"),
        ("--crossings", "0", "--crossings: must be 1 to 200"),
        ("--walk-km", "1..4000", "--walk-km: must lie between 0 and 500"),
        ("--window", "2016-11-04T19:00/09:00", "ends (2016-11-04 09:00) before it starts"),
        ("--window", "tomorrow", "--window: is not start/end"),
        ("--window", "2016-11-04T20:00/23:00", "has no usable minute"),
        ("--at", "Nowhereville", "--at: names no town"),
        ("--at", "36,37,Moon/Base", "--at: is not latitude,longitude,timezone"),
        ("--lanes", "0", "--lanes: must be 1 to 100"),
    ],
)
def test_estimate_refuses_nonsense(capsys, option, value, says):
    words = list(ESTIMATE)
    if option in words:
        words[words.index(option) + 1] = value
    else:
        words += [option, value]
    status, out, err = ask(capsys, *words)
    assert (status, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_plan_writes_everything_and_nothing_else(capsys, tmp_path):
    case = line_town(tmp_path / "case")
    status, out, _ = ask(capsys, "plan", case, "--to", str(tmp_path / "out"))
    assert status == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"brief.html", "plan.json", "curve.csv", "waves.csv"} <= names
    assert not any(name.startswith(".") for name in names)
    assert str(tmp_path / "out" / "brief.html") in out.replace("\n", "")
    for words in ("8 in 10", "not evidence", "Consent", "choice"):
        assert words in out


def test_plan_as_json_writes_no_files(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    case = line_town(tmp_path / "case")
    status, out, _ = ask(capsys, "plan", case, "--json")
    assert status == 0
    assert json.loads(out)["optimum"]["total"] == 1400
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


BAD_CASES = {
    "missing": (None, "is neither a built-in case"),
    "unknown key": (LINE.replace("detour", "detuor"), "city.detuor: is not a known key"),
    "malformed": (LINE.replace("schema = 1", "schema ="), "is not TOML"),
    "negative capacity": (LINE.replace("per_lane = 10", "per_lane = -10"), "must not be negative"),
    "off the map": (LINE.replace("lat = 36.2\nlon = 37.2\n\n[[g", "lat = 3.2\nlon = 37.2\n\n[[g"),
                    "lies far outside"),
    "backwards": (LINE.replace("T12:00", "T08:00"), "ends (08:00) before it starts (09:00)"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_CASES)
def test_plan_refuses_bad_cases_and_writes_nothing(capsys, tmp_path, name):
    text, says = BAD_CASES[name]
    case = str(tmp_path / "case")
    if text is not None:
        assert text != LINE
        line_town(tmp_path / "case", text)
    status, out, err = ask(capsys, "plan", case, "--to", str(tmp_path / "out"))
    assert (status, out) == (2, "")
    assert says in err
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"\0" * 5000, b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\x80"])
def test_plan_refuses_a_broken_map(capsys, tmp_path, content):
    text = LINE.replace('zones = "zones.csv"\nlinks = "links.csv"', 'streets = "town.osm.pbf"')
    case = line_town(tmp_path / "case", text + "\n[people]\nbest = 100\n")
    (tmp_path / "case" / "town.osm.pbf").write_bytes(content)
    status, _, err = ask(capsys, "plan", case, "--to", str(tmp_path / "out"))
    assert status == 2
    assert "town.osm.pbf" in err
    assert not (tmp_path / "out").exists()


def test_a_text_that_announces_nothing_exits_3(capsys, tmp_path):
    text = tmp_path / "market.txt"
    text.write_text("The vegetable market will be open on Friday from 9 am to 7 pm.\n")
    assert ask(capsys, "read", str(text))[0] == 3
    status, _, err = ask(capsys, "plan", str(text))
    assert status == 3
    assert "market.txt" in err


def test_reading_an_announcement(capsys):
    folder = Path(__file__).parents[2] / "src/safepassage/case/builtin/aleppo-2016-11-04"
    texts = sorted(str(path) for path in (folder / "announcements").glob("*.txt"))
    status, out, _ = ask(capsys, "read", *texts, "--json")
    assert status == 0
    document = json.loads(out)
    assert len(document["declarations"]) == 2
    assert document["conflicts"]
    status, out, _ = ask(capsys, "read", *texts)
    assert status == 0
    assert "clash" in out


def test_planning_from_a_text_takes_the_city_of_its_place(capsys, tmp_path, monkeypatch):
    # what plans are tried over takes long, and changes nothing that is looked at here
    monkeypatch.setattr(import_module("safepassage.plan.make"), "_SMALL_CELLS", 0)
    text = tmp_path / "new pause.txt"
    text.write_text(
        "3 March 2017\n\nThe Defence Ministry announced a humanitarian pause in Aleppo on "
        "5 March from 8 am to 2 pm. Three corridors will be open for civilians.\n"
    )
    status, out, err = ask(capsys, "plan", str(text), "--json")
    assert status == 0, err
    plan = json.loads(out)
    assert plan["case"]["id"] == "new-pause"
    assert plan["window"]["announced"] == {"start": "2017-03-05T08:00", "end": "2017-03-05T14:00"}
    assert not any("Rejected by" in line for line in plan["warnings"])
    assert any("taken from the case aleppo-2016-11-04" in a["text"] for a in plan["assumptions"])


def test_options_for_texts_are_refused_for_cases(capsys):
    status, _, err = ask(capsys, "plan", "aleppo-2016-11-04", "--people", "5")
    assert status == 2
    assert "--people: is for announcements" in err


def test_unknown_options_and_commands_exit_2(capsys):
    assert ask(capsys, "plan", "aleppo-2016-11-04", "--fast")[0] == 2
    assert ask(capsys, "plam")[0] == 2


def run(*words, **kwargs):
    return subprocess.run(
        [sys.executable, "-m", "safepassage", *words], capture_output=True, text=True,
        check=False, **kwargs,
    )  # fmt: skip


@pytest.mark.parametrize("command", [(), ("cases",), ("read",), ("estimate",), ("plan",)])
def test_every_command_has_help(command):
    done = run(*command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout
    assert len(done.stdout.splitlines()) > 5


def test_help_is_quick():
    best = 9.0
    for _ in range(20):  # the quickest: what shares the core makes any one of them slow
        before = os.times()
        run("--help")
        after = os.times()
        spent = after.children_user - before.children_user
        best = min(best, spent + after.children_system - before.children_system)
        if best < 0.3:
            return
    pytest.fail(f"{best:.2f} s of processor time")


def test_a_defect_of_ours_exits_1_without_a_traceback(capsys, monkeypatch):
    monkeypatch.setattr("safepassage.case.built_in_cases", lambda: 1 / 0)
    status, _, err = ask(capsys, "cases")
    assert status == 1
    assert "it is our fault" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("schema", "words"), [("cases", ["cases", "--json"]), ("estimate", [*ESTIMATE, "--json"])]
)
def test_json_fits_its_schema(capsys, schema, words):
    status, out, _ = ask(capsys, *words)
    assert status == 0
    folder = files("safepassage.base") / "schemas"
    validate(json.loads(out), json.loads((folder / f"{schema}.schema.json").read_text()))


def test_cases_are_listed_without_what_compiles_kernels():
    code = "import sys; from safepassage.cli import main; main(['cases'])\n"
    done = subprocess.run(
        [sys.executable, "-c", code + "print('numba' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.endswith("\nFalse\n")
