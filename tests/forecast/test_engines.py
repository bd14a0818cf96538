"""The same replications wherever they run, none lost with a worker, none made twice over."""

import os
import socket

import pytest

from forecast.fakes import KillsItsWorkerOnce, Plain, outcome
from safepassage.base.errors import InputError
from safepassage.forecast.engines import batches, on_cores, on_dask
from safepassage.forecast.store import Store, read_outcomes, table_of

MANY = range(40)


def gathered(made):
    rows = sorted((row for batch in made for row in batch), key=lambda row: row.number)
    return table_of(rows, "r")


EXPECTED = table_of([outcome(number) for number in MANY], "r")


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as made:
        yield made


def test_batches_hold_every_number_once():
    assert [n for batch in batches(list(MANY)) for n in batch] == list(MANY)
    assert batches([]) == []


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_cores_make_every_replication_whatever_their_number(workers):
    assert gathered(on_cores(Plain(), MANY, workers=workers)).equals(EXPECTED)


def test_an_error_of_a_replication_comes_out():
    def broken(number):
        raise RuntimeError(f"at {number}")

    with pytest.raises(RuntimeError, match="at "):
        list(on_cores(broken, MANY))


def test_leaving_early_leaves_no_work_running():
    made = on_cores(Plain(), range(10_000), workers=2)
    next(made)
    made.close()


def test_a_cluster_makes_the_same(cluster):
    assert gathered(on_dask(Plain(), MANY, scheduler=cluster.scheduler_address)).equals(EXPECTED)


def test_a_worker_that_is_killed_loses_no_replication(cluster, tmp_path):
    mark = tmp_path / "killed"
    task = KillsItsWorkerOnce(str(mark), home=os.getpid())
    assert gathered(on_dask(task, MANY, scheduler=cluster.scheduler_address)).equals(EXPECTED)
    assert mark.exists()


def test_a_scheduler_that_is_not_there_is_said(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("safepassage.forecast.engines._CONNECT_S", 1)
    with pytest.raises(InputError, match="does not answer"):
        list(on_dask(Plain(), MANY, scheduler="tcp://127.0.0.1:9"))


def test_an_address_that_is_none_is_said(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("safepassage.forecast.engines._CONNECT_S", 1)
    for odd in ("nowhere", "http://127.0.0.1:80", "tcp://:8786", "tcp://127.0.0.1:x", "tcp://[:1"):
        with pytest.raises(InputError, match="is no address"):
            list(on_dask(Plain(), MANY, scheduler=odd))
    with pytest.raises(InputError, match="does not answer"):
        list(on_dask(Plain(), MANY, scheduler="tcp://no-such-host.invalid:8786"))


def test_a_scheduler_behind_tls_without_certificates_is_said():
    pytest.importorskip("distributed")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(InputError, match="speaks TLS"):
            list(on_dask(Plain(), MANY, scheduler=f"tls://127.0.0.1:{port}"))


def test_a_cluster_without_workers_is_said(monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("safepassage.forecast.engines._CONNECT_S", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty,
        pytest.raises(InputError, match="has no workers"),
    ):
        list(on_dask(Plain(), MANY, scheduler=empty.scheduler_address))


def test_what_was_kept_is_found_again(tmp_path):
    store = Store(tmp_path / "kept", "recipe-1")
    store.keep([outcome(3), outcome(1)])
    store.keep([outcome(7)])
    found = store.done()
    assert sorted(found) == [1, 3, 7]
    assert table_of(found.values(), "r").equals(table_of([outcome(n) for n in (1, 3, 7)], "r"))


def test_another_recipe_finds_nothing_and_destroys_nothing(tmp_path):
    Store(tmp_path, "recipe-1").keep([outcome(1)])
    assert Store(tmp_path, "other-00").done() == {}
    Store(tmp_path, "other-00").keep([outcome(1, seed=2)])
    assert list(Store(tmp_path, "recipe-1").done()) == [1]


def test_a_batch_cut_short_is_passed_over(tmp_path):
    store = Store(tmp_path, "recipe-1")
    store.keep([outcome(1)])
    store.keep([outcome(2)])
    first = min(tmp_path.glob("*.parquet"))
    first.write_bytes(first.read_bytes()[:-50])
    assert list(store.done()) == [2]


def test_finishing_makes_one_file_and_clears_away(tmp_path):
    store = Store(tmp_path / "parts", "recipe-1")
    store.keep([outcome(1)])
    store.finish(tmp_path / "replications.parquet", [outcome(1), outcome(0)])
    assert [p.name for p in tmp_path.iterdir()] == ["replications.parquet"]
    assert [row.number for row in read_outcomes(tmp_path / "replications.parquet", "recipe-1")] == [
        0,
        1,
    ]


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        Store(tmp_path / "file" / "kept", "r")


def test_replications_of_another_make_are_nothing_kept(tmp_path):
    import pyarrow.parquet as pq

    table = table_of([outcome(1)], "recipe-1")
    pq.write_table(table.drop(["rates"]), tmp_path / "batch-recipe-1-000001.parquet")
    assert Store(tmp_path, "recipe-1").done() == {}
