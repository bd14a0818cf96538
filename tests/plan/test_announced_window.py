"""The hours that are planned are those of the latest text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plan.towns import LINE, line_town
from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.declaration import read_announcements
from safepassage.declaration.review import corrected, review_of, save_review
from safepassage.plan.make import make_plan
from safepassage.plan.setting import announced_window

FIRST = (
    "17 October 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo, "
    "Syria, on Thursday, 20 October 2016, from 8 am to 11 am."
)
LATER = "19 October 2016\n\nThe Russian Defence Ministry {} the humanitarian pause in Aleppo{}."


WINDOW = "[window]\nstart = 2016-11-04T09:00:00\nend = 2016-11-04T12:00:00\n"


def case_with(tmp_path, *texts, window=False):
    names = [f"text-{i}.txt" for i in range(len(texts))]
    assert WINDOW in LINE
    toml = LINE if window else LINE.replace(WINDOW, "")
    folder = line_town(tmp_path / "case", f"announcements = {json.dumps(names)}\n{toml}")
    for name, text in zip(names, texts, strict=True):
        Path(folder, name).write_text(text, encoding="utf-8")
    loaded = load_case(folder)
    return loaded, read_announcements([loaded.path(Path(name)) for name in names])


def test_an_extension_is_planned(tmp_path):
    loaded, texts = case_with(tmp_path, FIRST, LATER.format("has extended", " until 12:00"))
    window = announced_window(loaded, texts)
    assert (window.start.isoformat(), window.end.isoformat()) == (
        "2016-10-20T08:00:00", "2016-10-20T12:00:00",
    )  # fmt: skip
    assert make_plan(loaded).hours.announced == window


def test_a_pause_called_off_is_not_planned(tmp_path):
    loaded, texts = case_with(tmp_path, FIRST, LATER.format("called off", ""))
    with pytest.raises(InputError, match=r"text-1\.txt: calls the pause off"):
        announced_window(loaded, texts)


def test_the_case_may_say_otherwise(tmp_path):
    loaded, texts = case_with(tmp_path, FIRST, LATER.format("called off", ""), window=True)
    assert announced_window(loaded, texts).start == loaded.case.window.start


def test_a_review_beside_an_announcement_counts(tmp_path):
    loaded, (declaration,) = case_with(tmp_path, FIRST)
    path = loaded.path(Path("text-0.txt"))
    decision = corrected(declaration, "windows", "2016-10-20T08:00/10:00", by="planner")
    save_review(path, review_of(declaration, path).with_decision(decision))
    assert make_plan(loaded).hours.announced.end.hour == 10
