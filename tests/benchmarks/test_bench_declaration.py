"""The figures on reading are counted right, and hold on the texts that rules are tuned on."""

from __future__ import annotations

import csv
import sys

import bench_declaration as bench
import pytest
from bench_declaration import Score, compare, judge

LABEL = {
    "kind": "humanitarian pause|ceasefire",
    "place": "(east )?Aleppo",
    "weapons": None,
    "windows": [
        {"start": "2016-11-04T09:00", "end": "2016-11-04T19:00", "recurrence": None},
        {"start": "2016-11-05T09:00", "end": None, "recurrence": "daily"},
    ],
    "corridors": {"total": 8, "civilian": 6, "armed": None},
    "consent": [["Hamas", "approved"], [".*Syria.*", "rejected"]],
    "guarantors": [],
}


def read_as(**changes):
    return {
        "kind": "ceasefire",
        "place": {"name": "Aleppo", "lat": 36.2, "lon": 37.16},
        "weapons": None,
        "issuer": "Hamas",
        "announced_on": None,
        "windows": LABEL["windows"],
        "corridors": {"total": 8, "civilian": 6, "armed": None},
        "consent": [
            {"party": "Government of Syria", "status": "rejected"},
            {"party": "Hamas", "status": "approved"},
        ],
        "guarantors": [],
        **changes,
    }


def test_what_is_read_as_labelled_is_right():
    scores = judge(LABEL, read_as())
    assert scores == {
        "announces": Score(1, 1, 1),
        "windows": Score(2, 2, 2),
        "window starts": Score(2, 2, 2),
        "window ends": Score(1, 1, 1),
        "recurrence": Score(1, 1, 1),
        "corridor counts": Score(2, 2, 2),
        "weapons": Score(0, 0, 0),
        "kind": Score(1, 1, 1),
        "place": Score(1, 1, 1),
        "consent": Score(2, 2, 2),
        "guarantors": Score(0, 0, 0),
    }


def test_what_is_wrong_costs_precision_and_recall_and_what_is_missing_recall_alone():
    late = {"start": "2016-11-04T10:00", "end": "2016-11-04T19:00", "recurrence": None}
    scores = judge(
        LABEL,
        read_as(
            windows=[late],
            place={"name": "Homs"},
            kind=None,
            weapons="keep",
            corridors={"total": 9, "civilian": 6, "armed": 3},
            consent=[{"party": "Hamas", "status": "rejected"}],
            guarantors=["United Nations"],
        ),
    )
    assert scores["windows"] == Score(2, 1, 0)
    assert scores["window ends"] == Score(1, 1, 1)
    assert scores["place"] == Score(1, 1, 0)
    assert scores["kind"] == Score(1, 0, 0)
    assert scores["weapons"] == Score(0, 1, 0)
    assert scores["corridor counts"] == Score(2, 3, 1)
    assert scores["consent"] == Score(2, 1, 0)
    assert scores["guarantors"] == Score(0, 1, 0)
    assert (scores["windows"].precision, scores["windows"].recall) == (0, 0)
    assert (scores["kind"].precision, scores["kind"].recall) == (None, 0)


def test_a_text_taken_for_silent_misses_all_and_one_taken_to_speak_is_wrong_in_all():
    missed = judge(LABEL, None)
    assert missed["announces"] == Score(1, 0, 0)
    assert missed["windows"] == Score(2, 0, 0)
    invented = judge({"nothing": True}, read_as())
    assert invented["announces"] == Score(0, 1, 0)
    assert invented["windows"] == Score(0, 2, 0)
    assert invented["issuer"] == Score(0, 1, 0)
    assert judge({"nothing": True}, None) == {"announces": Score(0, 0, 0)}


def test_each_value_read_counts_once_and_names_are_matched_whole():
    assert compare(["a", "a"], ["a"]) == Score(2, 1, 1)
    assert compare(["Hamas"], ["Hamas officials"]) == Score(1, 1, 0)
    assert compare(["Army (of Syria)"], ["Army (of Syria)"]) == Score(1, 1, 1)


def test_the_table_is_written(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "texts"
    folder.mkdir()
    said = "2 November 2016\n\nThe army announced a humanitarian pause in Aleppo on 4 November from"
    (folder / "one.txt").write_text(f"{said} 9 am to 7 pm.\n", "utf-8")
    (folder / "one.json").write_text('{"place": "Aleppo", "weapons": "keep"}', "utf-8")
    (folder / "ru-two.txt").write_text("Шёл дождь.\n", "utf-8")
    (folder / "ru-two.json").write_text('{"nothing": true}', "utf-8")
    (folder / "README.md").write_text("Not a text.", "utf-8")
    monkeypatch.setattr(bench, "SETS", {"tuned": folder})
    monkeypatch.setattr(sys, "argv", ["bench", "--csv", str(tmp_path / "a.csv"), "--wrong"])
    bench.main()
    out = capsys.readouterr().out
    assert "one: weapons: Score(labelled=1, read=0, right=0)" in out
    assert "| place | 1.000 / 1.000 | - / - | 1.000 / 1.000 |" in out
    with (tmp_path / "a.csv").open(encoding="utf-8") as file:
        rows = {(one["language"], one["field"]): one for one in csv.DictReader(file)}
    assert rows["English", "weapons"]["recall"] == "0.000"
    assert rows["Russian", "announces"]["read"] == "0"
    assert rows["all", "place"]["number"] == "2"
    assert float(rows["all", "place"]["s_per_10_kb"]) < 1


@pytest.fixture(scope="module")
def tuned():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench, "pace", lambda _: 0.0)  # the longest part; the table above has it
        _, scores, wrong = bench.measure(bench.SETS["tuned"])
    return scores, wrong


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
@pytest.mark.parametrize("field", bench.FIELDS)
def test_the_texts_that_rules_are_tuned_on_are_read_as_well_as_is_aimed_at(tuned, language, field):
    scores, wrong = tuned
    score = scores[language][field]
    precision, recall = bench.AIM
    assert score.labelled > 0
    assert score.precision >= precision, wrong
    assert score.recall >= recall, wrong


KEYS = {"kind", "issuer", "announced_on", "place", "tz", "windows", "corridors", "weapons",
        "consent", "guarantors"}  # fmt: skip


@pytest.mark.parametrize(("texts", "least"), [("seen since", 300), ("held out", 57)])
def test_texts_held_out_are_labelled_in_three_languages(texts, least):
    paths = bench.texts_of(bench.SETS[texts])
    assert len(paths) >= least
    for language in ("en", "ru", "ar"):
        own = [path for path in paths if bench.language_of(path) == language]
        assert len(own) >= least / 3
        labels = [bench.json.loads(path.with_suffix(".json").read_text("utf-8")) for path in own]
        silent = sum(label == {"nothing": True} for label in labels)
        assert least / 30 <= silent < len(own) / 4
        for label, path in zip(labels, own, strict=True):
            assert label == {"nothing": True} or set(label) <= KEYS, path.name
            assert label == {"nothing": True} or len(label) >= 4, path.name


@pytest.mark.parametrize(
    ("name", "language"), [("en-a", "en"), ("ru2-a", "ru"), ("ar2-b", "ar"), ("ruin", "en")]
)
def test_the_language_of_a_text_is_told_by_its_name(name, language):
    assert bench.language_of(bench.Path(f"{name}.txt")) == language
