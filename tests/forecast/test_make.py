"""A whole forecast: a range beside the ceiling, one for one seed, taken up where it stopped."""

import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import numpy as np
import pytest

from forecast.rows import table
from plan.towns import line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.forecast import make
from safepassage.forecast.make import expected, make_forecast
from safepassage.forecast.precedents import load_precedents, read_precedents
from safepassage.forecast.store import read_outcomes, table_of

SCHEMA = json.loads(
    (files("safepassage.base") / "schemas" / "forecast.schema.json").read_text("utf-8")
)


@pytest.fixture(scope="module")
def forecast(aleppo_plan):
    return make_forecast(aleppo_plan, replications=200, seed=3)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return plan(line_town(tmp_path_factory.mktemp("town")))


def test_what_happened_in_aleppo_lies_in_the_range(forecast):
    """No exit was confirmed; the pause itself is left out."""
    assert forecast.expected.without == ("aleppo_pause_20161104",)
    assert forecast.out.p10 == 0
    assert "aleppo_pause_20161104" not in dict(forecast.expected.uptake.precedents)
    told = forecast.as_json()["because"]
    assert "refused by a side" in told
    assert "aleppo_pause_20161020" in told


def test_it_keeps_to_its_schema(forecast):
    document = forecast.as_json()
    jsonschema.validate(document, SCHEMA)
    json.dumps(document)
    for key in ("out", "uptake", "exposed_peak"):
        assert document[key]["p10"] <= document[key]["p50"] <= document[key]["p90"]
    assert document["out"]["p90"] <= document["ceiling"]
    weights = sum(each["weight"] for each in document["precedents"]) + document["prior_weight"]
    assert weights == pytest.approx(1, abs=1e-4)


def test_crossings_let_no_more_past_than_the_ceiling_of_the_high_figures_has(aleppo_plan, forecast):
    curves = np.array([each.out for each in forecast.outcomes])
    household = 12 * len(aleppo_plan.gate.nodes)
    assert curves[:, -1].max() <= aleppo_plan.ceiling.total.high + household
    assert (np.diff(curves, axis=1) >= 0).all()
    assert all(row.total <= row.came <= row.willing <= row.inside for row in forecast.outcomes)


def test_the_ceiling_stands_beside_every_forecast(forecast):
    assert "ceiling" in str(forecast)
    assert "no measure of how many want to leave" in str(forecast)


def test_one_seed_gives_one_forecast_and_another_seed_another(town):
    tables = [
        table_of(make_forecast(town, replications=20, seed=seed, workers=workers).outcomes, "")
        for seed, workers in ((5, 1), (5, 3), (6, 2))
    ]
    assert tables[0].equals(tables[1])
    assert not tables[0].equals(tables[2])


def test_a_cluster_gives_the_same_forecast(town):
    distributed = pytest.importorskip("distributed")
    here = make_forecast(town, replications=24, seed=5)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        there = make_forecast(
            town, replications=24, seed=5, engine="dask", scheduler=cluster.scheduler_address
        )
    assert table_of(here.outcomes, "").equals(table_of(there.outcomes, ""))
    assert here.as_json() == there.as_json()


class Stop(Exception):
    """Stand for somebody who stops the program."""


def test_an_ensemble_that_was_stopped_keeps_what_it_has_and_goes_on(town, tmp_path, monkeypatch):
    whole = make_forecast(town, replications=40, seed=5)

    def two_batches(task, numbers, *, workers=None):
        yield [task(number) for number in numbers[:8]]
        yield [task(number) for number in numbers[8:16]]
        raise Stop

    with monkeypatch.context() as patched:
        patched.setattr(make, "on_cores", two_batches)
        with pytest.raises(Stop):
            make_forecast(town, replications=40, seed=5, keep=tmp_path)
    made = []

    def counting(task, numbers, *, workers=None):
        made.extend(numbers)
        yield [task(number) for number in numbers]

    monkeypatch.setattr(make, "on_cores", counting)
    again = make_forecast(town, replications=40, seed=5, keep=tmp_path)
    assert made == list(range(16, 40))
    assert table_of(again.outcomes, "").equals(table_of(whole.outcomes, ""))
    assert [path.name for path in tmp_path.iterdir()] == ["replications.parquet"]
    made.clear()
    more = make_forecast(town, replications=50, seed=5, keep=tmp_path)
    assert made == list(range(40, 50))
    assert len(more.outcomes) == 50
    made.clear()
    make_forecast(town, replications=10, seed=6, keep=tmp_path)
    assert made == list(range(10))


def test_replications_are_read_back_by_their_recipe_alone(town, tmp_path):
    made = make_forecast(town, replications=4, keep=tmp_path)
    assert read_outcomes(tmp_path / "replications.parquet", "another") == []
    assert len(made.outcomes) == 4


def test_with_more_agreed_conditions_more_come(town):
    """The same town, its pause agreed by all with a neutral escort, or refused."""
    from safepassage.case.conditions import CaseCondition

    def out(consent, escort):
        conditions = tuple(
            CaseCondition(condition=name, code=code, source="test")
            for name, code in (("consent", consent), ("escort", escort))
        )
        return expected(replace(town, case=town.case.model_copy(update={"conditions": conditions})))

    agreed, refused = out("all", "neutral"), out("rejected", "none")
    assert agreed.uptake.quantile(0.9, 1) > 3 * refused.uptake.quantile(0.9, 1)
    assert agreed.uptake.zero < refused.uptake.zero


def test_a_precedent_that_overlaps_in_place_and_time_is_left_out_unasked(town):
    own = read_precedents(
        table({
            "place": "Line Town, Land", "start_local": "2016-11-01", "end_local": "2016-11-05",
            "people_inside_low": 900, "people_inside_high": 900, "left": 900,
        }),
        "own.csv",
    )  # fmt: skip
    known = load_precedents()
    both = replace(known, rows=(*known.rows, *own))
    assert expected(town, precedents=both).without == ("p1",)


def test_a_case_whose_own_precedent_no_table_has_is_refused(town):
    odd = replace(town, case=town.case.model_copy(update={"precedent": "aleppo_pause_2016"}))
    with pytest.raises(InputError, match="no table of precedents has 'aleppo_pause_2016'"):
        expected(odd)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"replications": 0}, "1 to 1,000,000 replications"),
        ({"replications": -3}, "1 to 1,000,000 replications"),
        ({"seed": -1}, "0 to 2"),
        ({"engine": "spark"}, "local or dask"),
        ({"engine": "dask"}, "needs --scheduler"),
        ({"scheduler": "tcp://127.0.0.1:1"}, "is for --engine dask"),
        ({"workers": 0}, "1 or more"),
        ({"without": ["nowhere"]}, "no precedent is called 'nowhere'"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is(town, asked, told):
    with pytest.raises(InputError, match=told):
        make_forecast(town, **asked)


def test_all_faults_are_told_together(town):
    with pytest.raises(InputError) as caught:
        make_forecast(town, replications=0, seed=-1, workers=0)
    assert len(caught.value.faults) == 3


def test_events_near_a_crossing_weigh_in_which_one_closes(town, tmp_path):
    csv = "event_date,latitude,longitude\n" + "2016-11-01,36.2,37.2\n" * 5
    (tmp_path / "events.csv").write_text(csv, encoding="utf-8")
    case = town.case.model_copy(update={"events": tmp_path / "events.csv"})
    found = expected(replace(town, case=case))
    assert found.events is not None
    near = found.events.corridors[0].rings[0]
    assert near.events == 5
    document = make_forecast(replace(town, case=case), replications=4).as_json()
    jsonschema.validate(document, SCHEMA)
    assert document["events"]["corridors"][0]["rings"][0]["events"] == 5


def test_where_nothing_stands_out_no_precedent_is_named(town):
    told = make_forecast(town, replications=2).as_json()["because"]
    assert "Nothing is known of its conditions" in told
    assert "about equally like it" in told


def test_no_hour_has_fewer_out_than_the_one_before(forecast):
    rows = forecast.at_hours
    for name in ("p10", "p50", "p90"):
        assert np.all(np.diff([getattr(row.out, name) for row in rows]) >= 0), name
        assert np.all(np.diff([getattr(row.holds, name) for row in rows]) <= 0), name
    assert rows[-1].minute == forecast.plan.hours.usable.minutes
