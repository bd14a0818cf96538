"""Careless and hostile tables, folders and answers: one message each, and never a wrong number."""

import json
import socket
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from forecast.fakes import Plain, Slow, outcome
from forecast.rows import precedents, shared, table
from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.forecast import engines
from safepassage.forecast.conditions import Conditions
from safepassage.forecast.events import load_events, rates, rates_document, read_events
from safepassage.forecast.make import expected
from safepassage.forecast.model import Range
from safepassage.forecast.precedents import load_precedents, read_precedents
from safepassage.forecast.store import Store, read_outcomes, table_of
from safepassage.forecast.uptake import uptake_of
from safepassage.forecast.words import because, likely

START = datetime.fromisoformat("2016-11-04T09:00")
GATE = {"gate": (36.2, 37.2)}


def near(text, start=START):
    found = rates(read_events(text.encode(), "events.csv"), GATE, start=start)
    json.dumps(rates_document(found), allow_nan=False)
    return found


def refused(data, name="bad.csv"):
    with pytest.raises(InputError) as caught:
        read_precedents(data, name)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of POSIX")
@pytest.mark.parametrize("read", [load_precedents, load_events])
def test_a_device_that_never_ends_is_no_table(read):
    with pytest.raises(InputError, match="too large"):
        read(Path("/dev/zero"))


def test_a_table_of_many_faults_tells_a_hundred_and_counts_the_others():
    said = refused(table(*({"consent": "maybe"} for _ in range(300))))
    assert len(said) == 101
    assert said[-1] == "bad.csv: and 200 more faults."


def test_a_table_without_rows_is_said():
    assert refused(table()) == ["bad.csv: holds no rows. Add at least one."]


def test_ids_end_somewhere():
    assert precedents({"id": "x" * 80})
    assert "80 at most" in refused(table({"id": "x" * 81}))[0]


def test_a_day_on_which_more_left_than_were_inside_is_refused():
    many = shared(0.1) | {"left_by_day": "D:2020-01-01=1001"}
    assert "left_by_day: counts more than were inside (1,001 of 1,000)" in refused(table(many))[0]
    assert precedents(many | {"no_share": "counted with those of the next town"})


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_days_at_the_ends_of_the_calendar(day):
    found = near(f"date,lat,lon\n{day},36.2,37.2\n2016-10-20,36.2,37.2\n")
    assert sum(ring.events for ring in found.corridors[0].rings) == 1


@pytest.mark.parametrize("code", ["²", "9" * 5000, "=1", "-1"])
def test_odd_codes_of_precision_end_in_no_traceback(code):
    near(f"date,lat,lon,date_prec\n2016-10-20,36.2,37.2,{code}\n")


def test_events_of_another_place_are_not_told_as_calm():
    swapped = near("date,lat,lon\n2016-10-20,37.2,36.2\n2016-10-21,37.2,36.2\n")
    assert "far from every crossing" in swapped.notes[0]
    assert "latitude and longitude" in swapped.notes[0]
    one_near = near("date,lat,lon\n2016-10-20,37.2,36.2\n2016-10-21,36.21,37.2\n")
    assert not any("far from every crossing" in note for note in one_near.notes)


def test_many_events_are_told_in_digits():
    told = near("date,lat,lon\n" + "2016-10-20,36.2,37.2\n" * 3000).corridors[0].told
    assert "2,931 to 3,071 a day" in told


def test_leaving_out_all_that_says_how_long_pauses_held_is_said(tmp_path):
    timed = [row.id for row in load_precedents() if row.ended_h or row.first_incident_h]
    with pytest.raises(InputError, match="--without: leaves no precedent that says how long"):
        expected(plan(line_town(tmp_path)), without=timed)


def test_kept_replications_that_were_damaged_are_made_again_and_never_believed(tmp_path):
    rows = [outcome(number) for number in range(20)]
    whole = table_of(rows, "recipe-1")
    path = tmp_path / "replications.parquet"
    Store(tmp_path / "parts", "recipe-1").finish(path, rows)
    good, chance = path.read_bytes(), np.random.default_rng(3)
    refused = 0
    for _ in range(300):
        bad = bytearray(good)
        bad[chance.integers(len(bad) // 2)] ^= 1 << int(chance.integers(8))  # pages, not the footer
        path.write_bytes(bad)
        found = read_outcomes(path, "recipe-1")
        refused += not found
        assert not found or table_of(found, "recipe-1").equals(whole)
    assert refused > 200


def test_a_run_that_ends_leaves_another_its_batches_and_its_folder(tmp_path):
    mine, other = Store(tmp_path / "parts", "mine-000"), Store(tmp_path / "parts", "other-00")
    mine.keep([outcome(0)])
    other.keep([outcome(0, seed=2)])
    mine.finish(tmp_path / "replications.parquet", [outcome(0)])
    assert list(other.done()) == [0]
    other.finish(tmp_path / "replications.parquet", [outcome(0, seed=2)])
    assert not (tmp_path / "parts").exists()
    other.keep([outcome(1, seed=2)])  # a third of the same recipe is still at it
    assert list(other.done()) == [1]


def test_what_a_killed_run_left_half_written_is_cleared_away(tmp_path):
    store = Store(tmp_path / "parts", "recipe-1")
    (tmp_path / "parts" / ".batch-recipe-1-000008.parquet.x1y2").write_bytes(b"half")
    store.finish(tmp_path / "replications.parquet", [outcome(0)])
    assert [path.name for path in tmp_path.iterdir()] == ["replications.parquet"]


def test_folders_named_like_batches_are_passed_over(tmp_path):
    store = Store(tmp_path / "parts", "recipe-1")
    (tmp_path / "parts" / "batch-recipe-1-000000.parquet").mkdir()
    assert store.done() == {}
    store.finish(tmp_path / "replications.parquet", [outcome(0)])
    assert (tmp_path / "replications.parquet").is_file()


@pytest.fixture
def impatient(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(engines, "_CONNECT_S", 2)
    monkeypatch.setattr(engines, "_ALONE_S", 1)


def test_something_else_that_listens_there_is_said(impatient):
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(InputError, match="does not answer"):
            list(engines.on_dask(Plain(), range(8), scheduler=address))


@pytest.mark.parametrize(("what", "says"), [("scheduler", "went away"), ("workers", "lost all")])
def test_a_cluster_that_dies_half_way_is_said_and_what_came_is_kept(impatient, what, says):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        made = engines.on_dask(Slow(), range(80), scheduler=cluster.scheduler_address)
        assert len(next(made)) == 8
        if what == "workers":
            cluster.scale(0)
        else:
            cluster.close()
        with pytest.raises(InputError, match=says):
            list(made)


def test_rounding_lifts_no_figure_above_the_ceiling():
    assert likely(Range(0, 660, 1754), 1760) == "nobody to 1,760"
    assert likely(Range(0, 660, 1754), 1800) == "nobody to 1,800"
    assert likely(Range(0, 660, 1760), 1400) == "nobody to 1,800"  # it was above before
    assert likely(Range(73, 73, 73), 1400) == "73"
    assert likely(Range(0, 0, 0.5), 0) == "most likely nobody"


def test_one_precedent_is_not_all_of_them_and_nobody_not_more_than_nobody(tmp_path):
    made = plan(line_town(tmp_path))
    rest = [row.id for row in load_precedents() if row.pooled and row.id != "homs_20120621"]
    said = because(expected(made, without=rest))
    assert "The only earlier pause to compare it with is homs_20120621" in said
    none = precedents(*(shared(0) for _ in range(60)))
    uptake = uptake_of(Conditions(), none)
    assert because(replace(expected(made), uptake=uptake)).endswith("a chance of 100 %.")


def test_a_condition_stated_twice_is_refused(tmp_path):
    stated = '\n[[conditions]]\ncondition = "consent"\ncode = "{}"\nsource = "x"\n'
    folder = line_town(tmp_path, LINE + stated.format("all") + stated.format("rejected"))
    with pytest.raises(InputError, match=r"case.toml, conditions: states consent twice"):
        expected(plan(folder))


def test_two_columns_that_differ_in_capitals_alone_are_refused():
    with pytest.raises(InputError, match="has latitude twice"):
        near("date,latitude,Latitude,lon\n2016-10-20,36.2,5,37.2\n")
