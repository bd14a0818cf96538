from __future__ import annotations

import os
import pwd
import random
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.ledgers import NOW, chance, events, said
from safepassage.base.errors import InputError
from safepassage.ledger.checkpoints import checkpoint, public_key
from safepassage.ledger.events import event_of
from safepassage.ledger.opening import bring_in, bring_out, make_ledger, open_ledger
from safepassage.ledger.store import IdTaken, NoRoom
from safepassage.ledger.verify import verify
from safepassage.ledger.withdraw import sign_withdrawal, withdraw

psycopg = pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/nowhere"))
KEYS = [Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (7, 8)]


class Server:
    """Be a PostgreSQL server in a folder of its own."""

    def __init__(self, folder, *initdb):
        self.folder = folder
        self.as_whom = []
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            self.as_whom = ["runuser", "-u", "postgres", "--"]
            shutil.chown(folder, pwd.getpwnam("postgres").pw_uid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.call("initdb", "-D", f"{folder}/data", "-U", "tester", "-A", "trust", "-E", "UTF8",
                  "--no-sync", *initdb)  # fmt: skip
        self.start()

    def call(self, name, *words):
        subprocess.run(
            [*self.as_whom, str(BIN / name), *words], check=True, cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self):
        # The server is stopped here, never the machine: what it wrote is kept without a slow fsync.
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self.call("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log",
                  "-o", options, "start")  # fmt: skip

    def stop(self, how):
        self.call("pg_ctl", "-D", f"{self.folder}/data", "-w", "-m", how, "stop")

    def database(self):
        name = f"db{random.randrange(10**9)}"  # noqa: S311 - a name of its own
        with psycopg.connect(self.address("postgres"), autocommit=True) as db:
            db.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, name):
        return f"postgresql://tester:secret@127.0.0.1:{self.port}/{name}"


@contextmanager
def started(*initdb):
    if not (BIN / "initdb").exists():
        pytest.skip("LEFT OUT, NOT PASSED: no PostgreSQL here; apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="sp-pg-", dir="/tmp"))
    running = Server(folder, *initdb)
    yield running
    with suppress(subprocess.CalledProcessError):  # it may have stopped by itself
        running.stop("immediate")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server():
    with started() as running:
        yield running


@pytest.fixture
def address(server):
    return server.database()


@pytest.fixture
def ledger(address):
    with make_ledger(address, administrators=[public_key(key) for key in KEYS]) as made:
        yield made


def payloads(ledger):
    return [entry.data for entry in ledger.entries()]


def test_what_was_stored_is_there_when_it_is_opened_again(address, ledger):
    sent = events(700)
    receipts = ledger.append(sent, now=NOW)
    assert [r.sequence for r in receipts] == list(range(1, 701))
    with open_ledger(address) as again:
        assert [event_of(data) for data in payloads(again)] == sent
        assert again.tip() == (700, receipts[-1].hash)
        assert again.head == ledger.head
        assert verify(again).whole
    assert "secret" not in ledger.name


def test_sending_twice_counts_once_and_another_content_is_refused(ledger):
    first, second = events(2)
    ledger.append([first], now=NOW)
    assert [r.outcome for r in ledger.append([first, second], now=NOW)] == ["already", "stored"]
    with pytest.raises(IdTaken):
        ledger.append([event_of(said(50, kind="note", text="x")),
                       first.model_copy(update={"text": "another"})], now=NOW)  # fmt: skip
    assert len(payloads(ledger)) == 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_entries SET payload = '{}' WHERE sequence = 2",
        "UPDATE ledger_entries SET payload = NULL, salt = NULL WHERE sequence = 2",
        "DELETE FROM ledger_entries WHERE sequence = 3", "TRUNCATE ledger_entries",
        "INSERT INTO ledger_entries VALUES (9, 'x', '', NULL, NULL, '', '')",
        "UPDATE ledger_head SET head = ''", "DELETE FROM ledger_head",
    ],
)  # fmt: skip
def test_the_database_itself_refuses_changes(address, ledger, change):
    ledger.append(events(3), now=NOW)
    with psycopg.connect(address) as other, pytest.raises(
        psycopg.errors.RaiseException, match=r"never changed|follows the last"
    ):  # fmt: skip
        other.execute(change)
    assert verify(ledger).entries == 3


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_entries SET payload = payload || ' ' WHERE sequence = 7",
        "UPDATE ledger_entries SET salt = '\\x00' WHERE sequence = 7",
        "UPDATE ledger_entries SET received_at = '' WHERE sequence = 7",
        "UPDATE ledger_entries SET hash = upper(hash) WHERE sequence = 7",
        "UPDATE ledger_entries SET payload = NULL, salt = NULL WHERE sequence = 7",
        "DELETE FROM ledger_entries WHERE sequence = 7",
    ],
)
def test_a_change_by_whom_owns_the_database_is_found(address, ledger, change):
    ledger.append(events(12), now=NOW)
    with psycopg.connect(address) as other:
        other.execute("ALTER TABLE ledger_entries DISABLE TRIGGER ALL")
        other.execute(change)
    verdict = verify(ledger)
    assert verdict.first.sequence == 7
    assert "entries_are_kept" in str(verdict.others[0])


def test_two_administrators_withdraw_and_the_chain_stays_whole(ledger):
    rows = events(12)
    ledger.append(rows, now=NOW)
    mark = checkpoint(ledger, KEYS[0])
    withdraw(ledger, rows[3].id, "r", [sign_withdrawal(ledger, rows[3].id, "r", k) for k in KEYS])
    assert ledger.find(rows[3].id).payload is None
    verdict = verify(ledger, mark)
    assert verdict.whole
    assert verdict.withdrawn == 1
    assert ledger.append([rows[3]], now=NOW)[0].outcome == "withdrawn"


def test_a_ledger_goes_to_a_file_and_back_into_a_database(server, address, ledger, tmp_path):
    ledger.append(events(24), now=NOW)
    bring_out(address, tmp_path / "a.jsonl", tmp_path / "a.csv")
    bring_in(tmp_path / "a.jsonl", tmp_path / "a.ledger")
    other = server.database()
    assert bring_in(tmp_path / "a.ledger", other).added == 24
    with open_ledger(other) as copy:
        assert list(copy.entries()) == list(ledger.entries())
    assert bring_in(tmp_path / "a.csv", other).already == 24
    with pytest.raises(InputError, match="holds a ledger already"):
        make_ledger(other)


def test_several_programs_write_one_chain(address, ledger):
    rows = events(120)

    def send(share):
        with open_ledger(address) as own:
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
    assert verdict.entries == 120


def test_a_server_restarted_between_loses_nothing_and_it_goes_on(server, ledger):
    acknowledged = []
    for n in range(3):
        for event in events(36, start=10 * n):
            acknowledged += [receipt.id for receipt in ledger.append([event], now=NOW)]
        server.stop("immediate")  # as if it had crashed
        late = events(12, start=10 * n + 5)
        with pytest.raises(InputError, match="cannot be reached"):
            ledger.append(late, now=NOW)
        server.start()
        acknowledged += [receipt.id for receipt in ledger.append(late, now=NOW)]
    stored = [entry.id for entry in ledger.entries()]
    assert stored == acknowledged
    assert len(stored) == 3 * 48
    assert verify(ledger).whole


def test_a_server_that_crashes_while_it_is_written_to_loses_nothing(server, ledger):
    batches = [events(5, start=n) for n in range(400)]
    acknowledged, refusals = [], []
    stop = threading.Event()

    def send():
        for batch in batches:
            if stop.is_set():
                return
            while True:
                try:
                    acknowledged.extend(receipt.id for receipt in ledger.append(batch, now=NOW))
                    break
                except InputError as error:
                    refusals.append(error)
                    time.sleep(0.02)

    writer = threading.Thread(target=send)
    writer.start()
    for _ in range(3):
        time.sleep(0.15)
        server.stop("immediate")
        server.start()
    stop.set()
    writer.join()
    with suppress(InputError):  # the crash broke the line to it off; who asks again gets another
        next(ledger.entries(), None)
    stored = [entry.id for entry in ledger.entries()]
    assert refusals
    assert stored == acknowledged
    assert verify(ledger).whole


@contextmanager
def small_disk(megabytes):
    """Give a folder on a disk of its own, held in memory."""
    folder = Path(tempfile.mkdtemp(prefix="sp-disk-", dir="/tmp"))
    asked = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        if os.geteuid() != 0 or subprocess.run(asked, check=False, capture_output=True).returncode:
            pytest.skip("LEFT OUT, NOT PASSED: a full disk; this user may mount none")
        shutil.chown(folder, pwd.getpwnam("postgres").pw_uid)
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
    finally:
        folder.rmdir()


def filled(ledger):
    """Write until the disk is full; give the ids acknowledged, the batch refused, and why."""
    acknowledged = []
    words = "".join(chance(1).choices("abcdefghijklmnopqrstuvwxyz", k=1_900))  # not to be packed
    for n in range(2_000):
        batch = [event_of(said(50 * n + i, kind="note", text=words)) for i in range(50)]
        try:
            acknowledged += [receipt.id for receipt in ledger.append(batch, now=NOW)]
        except InputError as error:
            return acknowledged, batch, error
    pytest.fail("the disk was never full")


def test_a_full_disk_is_refused_and_writing_goes_on_once_there_is_room(server):
    with small_disk(11) as folder:
        (folder / "ballast").write_bytes(bytes(1_000_000))
        with psycopg.connect(server.address("postgres"), autocommit=True) as db:
            db.execute(f"CREATE TABLESPACE small LOCATION '{folder}'".encode())
            db.execute("CREATE DATABASE on_small TABLESPACE small")
        address = server.address("on_small")
        with make_ledger(address, administrators=[public_key(key) for key in KEYS]) as ledger:
            acknowledged, refused, error = filled(ledger)
            assert isinstance(error, NoRoom)
            assert "the disk is full; nothing of this was stored" in str(error)
            assert acknowledged
            assert [entry.id for entry in ledger.entries()] == acknowledged
            assert verify(ledger).whole
            (folder / "ballast").unlink()
            acknowledged += [receipt.id for receipt in ledger.append(refused, now=NOW)]
            assert [entry.id for entry in ledger.entries()] == acknowledged
            assert verify(ledger).whole
        with psycopg.connect(server.address("postgres"), autocommit=True) as db:
            db.execute("DROP DATABASE on_small")
            db.execute("DROP TABLESPACE small")


def test_a_disk_too_full_for_the_servers_own_log_loses_nothing_acknowledged():
    """The server stops then, and starts again once there is room."""
    with small_disk(8) as disk, started("-X", f"{disk}/wal", "--wal-segsize=1") as own:
        (disk / "ballast").write_bytes(bytes(3_000_000))
        with make_ledger(own.database()) as ledger:
            acknowledged, refused, error = filled(ledger)
            assert re.search("cannot be reached|disk is full", str(error))
            (disk / "ballast").unlink()
            own.stop("immediate")
            own.start()
            stored = [entry.id for entry in ledger.entries()]
            assert stored[: len(acknowledged)] == acknowledged
            ledger.append(refused, now=NOW)  # whether or not it was stored, it is once
            ids = [str(event.id) for event in refused]
            assert [entry.id for entry in ledger.entries()] == acknowledged + ids
            assert verify(ledger).whole


def test_a_database_without_a_ledger_is_told_so(address):
    with pytest.raises(InputError, match="holds no ledger"):
        open_ledger(address)
