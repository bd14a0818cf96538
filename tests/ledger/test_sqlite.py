from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.ledgers import NOW, chance, each_kind, events, said
from lengths import at_length
from safepassage.base.errors import InputError
from safepassage.ledger.events import event_of
from safepassage.ledger.sqlite import SqliteLedger
from safepassage.ledger.store import FUTURE_TOLERANCE, IdTaken, NoRoom
from safepassage.ledger.verify import verify

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ledger(tmp_path):
    with SqliteLedger.make(tmp_path / "a.ledger") as made:
        yield made


def payloads(ledger):
    return [entry.data for entry in ledger.entries()]


def test_what_was_stored_is_there_when_it_is_opened_again(tmp_path, ledger):
    sent = [event_of(row) for row in each_kind()]
    receipts = ledger.append(sent, now=NOW)
    assert [r.sequence for r in receipts] == list(range(1, len(sent) + 1))
    assert {r.outcome for r in receipts} == {"stored"}
    ledger.close()
    with SqliteLedger(tmp_path / "a.ledger") as again:
        assert [event_of(data) for data in payloads(again)] == sent
        assert again.tip() == (len(sent), receipts[-1].hash)
        assert again.head == ledger.head


def test_it_is_synced_as_promised(ledger):
    for setting, value in (("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1)):
        assert ledger._db.execute(f"PRAGMA {setting}").fetchone() == (value,)


def test_sending_twice_counts_once(ledger):
    first, second = events(2)
    (one,) = ledger.append([first], now=NOW)
    again = ledger.append([first, second, first], now=NOW + timedelta(minutes=5))
    assert [(r.sequence, r.outcome) for r in again] == [(1, "already"), (2, "stored")]
    assert again[0].hash == one.hash
    assert len(payloads(ledger)) == 2


def test_one_id_for_two_events_is_refused_and_nothing_of_the_batch_stored(ledger):
    first, second = events(2)
    other = event_of(said(0, kind="note", text="another"))
    ledger.append([first], now=NOW)
    with pytest.raises(
        IdTaken, match=rf"event {first.id}: its id belongs to another event"
    ) as caught:
        ledger.append([second, other], now=NOW)
    assert len(caught.value.faults) == 1
    assert len(payloads(ledger)) == 1
    with pytest.raises(InputError, match="its id belongs to another event") as caught:
        ledger.append([second, second.model_copy(update={"text": "other"})], now=NOW)
    assert len(payloads(ledger)) == 1


def test_events_come_late_and_in_any_order(ledger):
    rows = events(60)
    chance(4).shuffle(rows)
    for event in rows:
        ledger.append([event], now=NOW)
    assert [UUID(data["id"]) for data in payloads(ledger)] == [event.id for event in rows]
    assert verify(ledger).whole


def test_the_future_is_refused_beyond_what_clocks_differ_by(ledger):
    row = said(1, kind="note", text="x")
    ahead = (NOW + FUTURE_TOLERANCE).isoformat()
    ledger.append([event_of({**row, "happened_at": ahead, "known_at": ahead})], now=NOW)
    late = (NOW + FUTURE_TOLERANCE + timedelta(seconds=1)).isoformat()
    with pytest.raises(InputError) as caught:
        ledger.append([event_of({**row, "happened_at": late, "known_at": late})], now=NOW)
    assert [f.where.split(".")[-1] for f in caught.value.faults] == ["happened_at", "known_at"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET payload = '{}' WHERE sequence = 2",
        "UPDATE entries SET payload = NULL, salt = NULL WHERE sequence = 2",
        "UPDATE entries SET received_at = received_at || ' ' WHERE sequence = 1",
        "UPDATE OR REPLACE entries SET sequence = 1 WHERE sequence = 2",
        "DELETE FROM entries WHERE sequence = 3",
        (
            "INSERT OR REPLACE INTO entries SELECT 1, 'x', '', salt, payload, digest, hash "
            "FROM entries WHERE sequence = 1"
        ),
        (
            "INSERT OR REPLACE INTO entries SELECT 4, id, '', salt, payload, digest, hash "
            "FROM entries WHERE sequence = 1"
        ),
        (
            "INSERT INTO entries SELECT 9, 'x', '', salt, payload, digest, hash FROM entries "
            "WHERE sequence = 1"
        ),
        "UPDATE head SET head = '{}'",
        "DELETE FROM head",
    ],
)
def test_the_file_itself_refuses_changes(ledger, change):
    ledger.append(events(3), now=NOW)
    with (
        sqlite3.connect(ledger.path) as other,
        pytest.raises(sqlite3.IntegrityError, match=r"never changed|follows the last"),
    ):
        other.execute(change)
    other.close()
    assert verify(ledger).whole
    assert len(payloads(ledger)) == 3


def test_nothing_is_overwritten(ledger):
    with pytest.raises(InputError, match="is there already"):
        SqliteLedger.make(ledger.path)
    assert verify(ledger).whole


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all, but long enough" * 9, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_ledger_is_told_so_and_left(tmp_path, content):
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"is no ledger|but no ledger") as caught:
        SqliteLedger(path)
    assert len(caught.value.faults) == 1
    assert path.read_bytes() == content


def test_another_programs_database_is_told_so_and_left(tmp_path):
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE entries (a)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="is a database, but no ledger"):
        SqliteLedger(path)
    assert path.read_bytes() == before


def test_a_later_versions_ledger_is_told_so(ledger):
    ledger._db.execute("PRAGMA user_version = 2")
    ledger.close()
    with pytest.raises(InputError, match=r"later version \(format 2\).*reads format 1"):
        SqliteLedger(ledger.path)


def test_no_file_and_no_folder_are_told(tmp_path):
    with pytest.raises(InputError, match="no such ledger"):
        SqliteLedger(tmp_path / "gone")
    with pytest.raises(InputError, match="cannot be written"):
        SqliteLedger.make(tmp_path / "no" / "folder")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_refused_and_it_goes_on_once_there_is_room(ledger):
    ledger.append(events(12), now=NOW)
    (pages,) = ledger._db.execute("PRAGMA page_count").fetchone()
    ledger._db.execute(f"PRAGMA max_page_count = {pages + 2}").fetchall()
    with pytest.raises(NoRoom, match=r"disk is full; nothing of this was stored"):
        ledger.append(events(240, start=50), now=NOW)
    assert len(payloads(ledger)) == 12
    assert verify(ledger).whole
    ledger._db.execute("PRAGMA max_page_count = 100000").fetchall()
    ledger.append(events(240, start=50), now=NOW)
    assert len(payloads(ledger)) == 252
    assert verify(ledger).whole


def test_reading_needs_no_right_to_write(ledger):
    ledger.append(events(3), now=NOW)
    with SqliteLedger(ledger.path, read_only=True) as reader:
        assert len(payloads(reader)) == 3
        with pytest.raises(InputError, match="cannot be written"):
            reader.append(events(4), now=NOW)


def test_several_threads_and_programs_write_one_chain(ledger):
    rows = events(240)

    def send(share):
        with SqliteLedger(ledger.path) as own:
            for event in share:
                own.append([event], now=NOW)
                ledger.append([event], now=NOW)

    threads = [threading.Thread(target=send, args=(rows[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = verify(ledger)
    assert verdict.whole
    assert verdict.entries == 240


@settings(
    max_examples=at_length(8, 20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(st.integers(0, 30), max_size=8), max_size=8))
def test_any_order_of_any_batches_stores_each_event_once(tmp_path_factory, batches):
    rows = events(31)
    with SqliteLedger.make(tmp_path_factory.mktemp("any") / "l") as ledger:
        for batch in batches:
            ledger.append([rows[i] for i in batch], now=NOW)
        order = list(dict.fromkeys(i for batch in batches for i in batch))
        assert [UUID(data["id"]) for data in payloads(ledger)] == [rows[i].id for i in order]
        assert verify(ledger).whole


WRITER = """
import sys
from datetime import UTC, datetime
from ledger.ledgers import NOW, events
from safepassage.ledger.sqlite import SqliteLedger
with SqliteLedger(sys.argv[1]) as ledger:
    for start in range(int(sys.argv[2]), 10**6, 3):
        for receipt in ledger.append(events(25, start=start), now=NOW):
            sys.stdout.write(receipt.id + "\\n")
        sys.stdout.flush()
"""


def test_killed_while_writing_nothing_acknowledged_is_lost_or_doubled(tmp_path):
    path = tmp_path / "killed.ledger"
    SqliteLedger.make(path).close()
    rng = chance(20)
    acknowledged: set[str] = set()
    for n in range(20):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, path, str(1000 * n)], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}"},
        )  # fmt: skip
        acknowledged.add(writer.stdout.readline().strip())  # it is at work
        time.sleep(rng.uniform(0, 0.08))
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        acknowledged |= {line for line in rest.split("\n")[:-1] if len(line) == 36}
    with SqliteLedger(path) as ledger:
        stored = [entry.id for entry in ledger.entries()]
        assert acknowledged <= set(stored)
        assert len(stored) == len(set(stored))
        assert len(stored) % 25 == 0  # a batch is stored whole
        assert verify(ledger).whole
    assert len(acknowledged) > 20 * 20


def test_what_is_in_the_file_can_be_read_by_any_program(ledger):
    ledger.append(events(2), now=NOW)
    with sqlite3.connect(ledger.path) as other:
        rows = other.execute("SELECT id, json_extract(payload, '$.kind') FROM entries").fetchall()
        (head,) = other.execute("SELECT head FROM head").fetchone()
    other.close()
    assert [kind for _, kind in rows] == ["passage", "movement"]
    assert json.loads(head)["ledger"] == ledger.head.ledger
