from __future__ import annotations

import json

import pytest

from safepassage.base.errors import InputError
from safepassage.publish import write_plan

NAMES = [
    "brief.html", "zones.html", "plan.json", "curve.csv", "curve.csv-metadata.json", "waves.csv",
    "waves.csv-metadata.json",
]  # fmt: skip


def test_everything_is_written_and_nothing_else(plan, city, tmp_path):
    folder = tmp_path / "new" / "out"
    paths = write_plan(plan, city, folder)
    assert paths == [folder / name for name in NAMES]
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    assert json.loads((folder / "plan.json").read_text(encoding="utf-8")) == plan


def test_same_input_same_bytes(plan, city, tmp_path):
    first, second = (
        [path.read_bytes() for path in write_plan(plan, city, tmp_path / name)] for name in "ab"
    )
    assert first == second


def test_nothing_is_left_half_written(plan, city, tmp_path, monkeypatch):
    def fail(_plan):
        raise InputError.one("here", "is wrong")

    monkeypatch.setattr("safepassage.publish.folder.waves_csv", fail)
    with pytest.raises(InputError):
        write_plan(plan, city, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be_is_told(plan, city, tmp_path):
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    with pytest.raises(InputError, match="out"):
        write_plan(plan, city, tmp_path / "out")
