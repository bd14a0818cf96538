"""Any extract and the README's ten lines: from file to check-up, plan and brief."""

import json
import re
import shutil
from pathlib import Path

import pytest

from city.extracts import finnish_town
from safepassage.cli import main

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    toml = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    (case,) = toml.findall(README.read_text("utf-8"))
    assert len(case.splitlines()) <= 10
    folder = tmp_path_factory.mktemp("town")
    (folder / "case.toml").write_text(case, encoding="utf-8")
    shutil.copy(finnish_town(), folder / "town.osm.pbf")
    return folder


def test_the_town_is_checked(folder, tmp_path, capsys):
    assert main(["map", str(folder), "--to", str(tmp_path / "map.html"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["people"]["best"] == 2000
    assert (tmp_path / "map.html").stat().st_size > 100_000


def test_the_town_is_planned(folder, tmp_path, capsys):
    assert main(["plan", str(folder), "--to", str(tmp_path), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    # one lane lets 8 a minute pass: 180 minutes are left of 240 after the test movement
    optimum = document["optimum"]["total"]
    assert 8 * 150 < optimum <= 8 * 180
    assert 0.9 * optimum < document["schedule"]["total"] <= optimum
    assert (tmp_path / "brief.html").is_file()
