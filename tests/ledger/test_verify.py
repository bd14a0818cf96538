from __future__ import annotations

import dataclasses
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.ledgers import NOW, events, said
from safepassage.base.errors import InputError
from safepassage.ledger import sqlite
from safepassage.ledger.chain import Entry, canonical
from safepassage.ledger.checkpoints import checkpoint, public_key
from safepassage.ledger.events import event_of
from safepassage.ledger.sqlite import SqliteLedger
from safepassage.ledger.verify import verify
from safepassage.ledger.withdraw import sign_withdrawal, withdraw

COUNT = 200
KEYS = [Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in range(1, 4)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "whole.ledger"
    with SqliteLedger.make(path, administrators=[public_key(key) for key in KEYS]) as ledger:
        rows = events(COUNT)
        for n in range(0, COUNT, 50):
            ledger.append(rows[n : n + 50], now=NOW + timedelta(minutes=n))
        ledger._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return path


@pytest.fixture
def copy(whole, tmp_path):
    return shutil.copy(whole, tmp_path / "copy.ledger")


def altered(path, *statements):
    """Change a ledger as who knows SQLite can: rules out, change, the same rules in again."""
    other = sqlite3.connect(path, isolation_level=None)
    for name in sqlite._RULES:
        other.execute(f"DROP TRIGGER {name}")
    for statement, *values in statements:
        other.execute(statement, values)
    for rule in sqlite._RULES.values():
        other.execute(rule)
    other.close()


def verdict_of(path, *marks, **more):
    with SqliteLedger(path) as ledger:
        return verify(ledger, *marks, **more)


def test_a_whole_ledger_is_found_whole(whole):
    verdict = verdict_of(whole)
    assert verdict.whole
    assert (verdict.entries, verdict.withdrawn, verdict.findings) == (COUNT, 0, ())
    assert verdict.as_json()["findings"] == []


def test_a_damaged_index_is_found_though_no_value_differs(whole, tmp_path):
    data = whole.read_bytes()
    with SqliteLedger(whole, read_only=True) as ledger:
        row = list(ledger.entries())[99]
    id_ = row.id.encode()
    # the same id stands in the table, and in the payload beside it; the third is the index's
    places = [at for at in range(len(data)) if data.startswith(id_, at)]
    (at,) = [
        at for at in places if row.salt not in data[at : at + 100] and data[at - 1] != ord('"')
    ]
    path = tmp_path / "index.ledger"
    path.write_bytes(data[:at] + b"?" + data[at + 1 :])
    with SqliteLedger(path) as ledger:
        assert ledger.find(UUID(row.id)) is None  # it could be stored twice
        verdict = verify(ledger)
    assert verdict.first is None
    assert "the file is damaged" in str(verdict.findings[0])


def test_a_schema_that_cannot_be_read_is_told_as_damage(whole, tmp_path):
    data = whole.read_bytes()
    at = data.index(b"entries_are_kept")
    path = tmp_path / "schema.ledger"
    path.write_bytes(data[:at] + b"\xff" + data[at + 1 :])
    with pytest.raises(InputError, match="is damaged"):
        verdict_of(path)


def test_an_altered_head_is_found(copy):
    altered(copy, ("UPDATE head SET head = replace(head, 'false', 'true')",))
    assert verdict_of(copy).first.sequence == 1
    altered(copy, ("UPDATE head SET head = '{'",))
    with pytest.raises(InputError, match="head was altered"):
        SqliteLedger(copy)


@pytest.mark.parametrize(
    ("statement", "first", "what"),
    [
        ("DELETE FROM entries WHERE sequence = 70", 70, "missing"),
        ("DELETE FROM entries WHERE sequence = 1", 1, "missing"),
        ("UPDATE entries SET payload = NULL, salt = NULL WHERE sequence = 70", 70, "no payload"),
        ("UPDATE entries SET payload = NULL WHERE sequence = 70", 70, "is gone"),
        ("UPDATE entries SET salt = x'' WHERE sequence = 70", 70, "does not match"),
        ("UPDATE entries SET sequence = -sequence WHERE sequence = 200", 1, "missing"),
        ("INSERT INTO entries SELECT 201, 'x', '', salt, payload, '', hash FROM entries LIMIT 1",
         201, "do not follow"),
    ],
)  # fmt: skip
def test_the_first_altered_entry_is_named(copy, statement, first, what):
    altered(copy, (statement,))
    verdict = verdict_of(copy)
    assert verdict.first.sequence == first
    assert what in verdict.first.what
    named = "" if what == "missing" else " ("
    assert str(verdict.first).startswith(f"entry {first}{named}")


def test_rules_that_were_taken_out_are_told(copy):
    other = sqlite3.connect(copy)
    other.execute("DROP TRIGGER entries_are_kept")
    other.close()
    verdict = verdict_of(copy)
    assert not verdict.whole
    assert verdict.first is None
    assert "entries_are_kept" in str(verdict.findings[0])


def rewritten(path, sequence, text):
    """Change one payload and make the whole chain after it anew, as who holds the file can."""
    with SqliteLedger(path) as ledger:
        entries, previous = [], ledger.head.hash
        for row in ledger.entries():
            data = {**row.data, "text": text} if row.sequence == sequence else row.data
            made = Entry.made(
                row.sequence, row.id, row.received_at, canonical(data), row.salt, previous
            )
            entries.append(made)
            previous = made.hash
    altered(
        path,
        *(("UPDATE entries SET payload = ?, digest = ?, hash = ? WHERE sequence = ?",
           each.payload, each.digest, each.hash, each.sequence) for each in entries),
    )  # fmt: skip


def test_one_entry_rewritten_with_its_hash_is_found_at_the_next(copy):
    with SqliteLedger(copy) as ledger:
        rows = {row.sequence: row for row in ledger.entries()}
    made = Entry.made(70, rows[70].id, rows[70].received_at, "{}", rows[70].salt, rows[69].hash)
    altered(copy, ("UPDATE entries SET payload = '{}', digest = ?, hash = ? WHERE sequence = 70",
                   made.digest, made.hash))  # fmt: skip
    assert verdict_of(copy).first.sequence == 70  # no event
    data = canonical({**rows[70].data, "text": "another"})
    made = Entry.made(70, rows[70].id, rows[70].received_at, data, rows[70].salt, rows[69].hash)
    altered(copy, ("UPDATE entries SET payload = ?, digest = ?, hash = ? WHERE sequence = 70",
                   data, made.digest, made.hash))  # fmt: skip
    assert verdict_of(copy).first.sequence == 71


def test_a_rewritten_chain_is_found_against_a_checkpoint_held_elsewhere(copy):
    with SqliteLedger(copy) as ledger:
        mark = checkpoint(ledger, KEYS[0], now=NOW)
        ledger.append(events(12, start=90), now=NOW)
        assert verify(ledger, mark).whole
    rewritten(copy, 70, "nothing happened")
    assert verdict_of(copy).whole  # by itself it is whole: that is why checkpoints are held
    verdict = verdict_of(copy, mark)
    assert not verdict.whole
    assert "rewritten: the first 200 entries" in str(verdict.findings[0])


def test_what_came_after_a_checkpoint_is_not_its_matter(copy):
    with SqliteLedger(copy) as ledger:
        mark = checkpoint(ledger, KEYS[0], now=NOW)
        ledger.append(events(12, start=90), now=NOW)
    rewritten(copy, 205, "later")
    assert verdict_of(copy, mark).whole


@pytest.mark.parametrize("left", [0, 1, 199])
def test_a_cut_off_end_is_found_against_a_checkpoint(copy, left):
    with SqliteLedger(copy) as ledger:
        mark = checkpoint(ledger, KEYS[0], now=NOW)
    altered(copy, ("DELETE FROM entries WHERE sequence > ?", left))
    assert verdict_of(copy).whole
    assert f"the last {COUNT - left} of the {COUNT}" in str(verdict_of(copy, mark).findings[0])


def test_a_checkpoint_is_checked_itself(copy, tmp_path):
    with SqliteLedger(copy) as ledger:
        mark = checkpoint(ledger, KEYS[0], now=NOW)
        assert verify(ledger, mark, key=public_key(KEYS[0])).whole
        other = verify(ledger, mark, key=public_key(KEYS[1]))
        assert "another key" in str(other.findings[0])
        for change in (
            {"sequence": 199}, {"hash": "0" * 64}, {"made_at": "x"}, {"key": "zz"},
            {"key": public_key(KEYS[1])}, {"signature": "00" * 64},
        ):  # fmt: skip
            found = verify(ledger, dataclasses.replace(mark, **change))
            assert "signature does not match" in str(found.findings[0])
    with SqliteLedger.make(tmp_path / "other") as another:
        assert "another ledger" in str(verify(another, mark).findings[0])


def test_an_empty_ledger_has_a_checkpoint_too(tmp_path):
    with SqliteLedger.make(tmp_path / "empty") as ledger:
        mark = checkpoint(ledger, KEYS[0], now=NOW)
        assert verify(ledger, mark).whole
        ledger.append(events(3), now=NOW)
        assert verify(ledger, mark).whole


def test_two_administrators_withdraw_a_payload_and_the_chain_stays_whole(copy):
    with SqliteLedger(copy) as ledger:
        mark = checkpoint(ledger, KEYS[0], now=NOW)
        entry = next(row for row in ledger.entries(after=70) if row.data["kind"] == "note")
        (event,) = (each for each in events(COUNT) if str(each.id) == entry.id)
        signatures = [
            sign_withdrawal(ledger, event.id, "It named a person", key) for key in KEYS[:2]
        ]
        receipt = withdraw(ledger, event.id, "It named a person", signatures, now=NOW)
        assert receipt.sequence == COUNT + 1
        gone = ledger.find(event.id)
        assert (gone.payload, gone.salt, gone.digest) == (None, None, entry.digest)
        verdict = verify(ledger, mark)
        assert verdict.whole
        assert verdict.withdrawn == 1
        (again,) = ledger.append([event], now=NOW)  # a phone that sends again
        assert again.outcome == "withdrawn"
        assert ledger.find(event.id).payload is None
        with pytest.raises(InputError, match="withdrawn already"):
            sign_withdrawal(ledger, event.id, "x", KEYS[0])
        with pytest.raises(InputError, match="which stays"):
            withdraw(ledger, UUID(receipt.id), "x", signatures)
    assert entry.salt not in Path(copy).read_bytes()


def test_a_withdrawn_payload_is_erased_from_the_file(tmp_path):
    secret = event_of(said(3, kind="note", text="the-words-that-must-go"))
    with SqliteLedger.make(tmp_path / "l", administrators=[public_key(k) for k in KEYS]) as ledger:
        ledger.append([*events(30, start=5), secret, *events(30, start=9)], now=NOW)
        signatures = [sign_withdrawal(ledger, secret.id, "r", key) for key in KEYS[1:]]
        withdraw(ledger, secret.id, "r", signatures, now=NOW)
        assert all(b"words-that-must-go" not in path.read_bytes() for path in tmp_path.iterdir())


def test_one_administrator_alone_withdraws_nothing(copy):
    stranger = Ed25519PrivateKey.generate()
    with SqliteLedger(copy) as ledger:
        event = events(COUNT)[70]

        def by(*keys, reason="r"):
            return [sign_withdrawal(ledger, event.id, reason, key) for key in keys]

        other = [sign_withdrawal(ledger, events(COUNT)[71].id, "r", key) for key in KEYS[:2]]
        for signatures in (by(KEYS[0]), by(KEYS[0], KEYS[0]), by(KEYS[0], stranger), [],
                           by(*KEYS[:2], reason="another"), by(*KEYS), other):  # fmt: skip
            with pytest.raises(InputError, match="not signed by two administrators"):
                withdraw(ledger, event.id, "r", signatures)
        with pytest.raises(InputError, match="what looks like the name"):
            withdraw(
                ledger, event.id, "It named Dr Hassan", by(*KEYS[:2], reason="It named Dr Hassan")
            )
        assert verify(ledger).whole
        assert ledger.find(event.id).payload is not None


def test_a_withdrawal_cannot_be_sent_as_an_event(copy):
    with SqliteLedger(copy) as ledger:
        event = events(COUNT)[70]
        signatures = [sign_withdrawal(ledger, event.id, "r", key) for key in KEYS[:2]]
        withdraw(ledger, event.id, "r", signatures, now=NOW)
        own = event_of(next(ledger.entries(after=COUNT)).data)
        with pytest.raises(InputError, match="is a withdrawal"):
            ledger.append([own], now=NOW + timedelta(minutes=1))


def test_a_tombstone_before_another_alteration_is_told_apart(copy):
    with SqliteLedger(copy) as ledger:
        event = events(COUNT)[70]
        signatures = [sign_withdrawal(ledger, event.id, "r", key) for key in KEYS[:2]]
        withdraw(ledger, event.id, "r", signatures, now=NOW)
    altered(copy, ("UPDATE entries SET digest = '' WHERE sequence = 90",))
    assert verdict_of(copy).first.sequence == 90  # entry 71 was withdrawn as it should be
    altered(copy, ("UPDATE entries SET payload = NULL, salt = NULL WHERE sequence = 80",))
    assert verdict_of(copy).first.sequence == 80


def test_a_tombstone_that_nobody_signed_is_found(copy):
    with SqliteLedger(copy) as ledger:
        event = events(COUNT)[70]
        signatures = [sign_withdrawal(ledger, event.id, "r", key) for key in KEYS[:2]]
        withdraw(ledger, event.id, "r", signatures, now=NOW)
    altered(copy, ("DELETE FROM entries WHERE sequence = ?", COUNT + 1))
    verdict = verdict_of(copy)
    assert verdict.first.sequence == 71
    assert "no two administrators" in verdict.first.what
