"""Many senders, one transaction: nobody's fault is another's, and what is acknowledged is there."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from ledger.ledgers import NOW, said
from safepassage.api.writer import Busy, LedgerAway, Writer
from safepassage.base.errors import InputError
from safepassage.ledger.events import event_of
from safepassage.ledger.sqlite import SqliteLedger
from safepassage.ledger.store import IdTaken, NoRoom
from safepassage.ledger.verify import verify


@pytest.fixture
def ledger(tmp_path):
    with SqliteLedger.make(tmp_path / "pause.ledger") as made:
        yield made


def noted(text):
    return event_of({**said(1), "kind": "note", "id": str(uuid4()), "text": text})


def all_at_once(store, batches, most=1000):
    async def go():
        writer = Writer(store, lambda: NOW, most=most)
        waiting = [asyncio.create_task(writer.append(batch)) for batch in batches]
        await asyncio.sleep(0)  # all of them wait before the first is written
        writer.start()
        found = await asyncio.gather(*waiting, return_exceptions=True)
        await writer.stop()
        return found, writer.written

    return asyncio.run(go())


def test_who_sends_together_shares_one_transaction(ledger):
    batches = [[noted(f"{n}"), noted(f"{n}, too")] for n in range(20)]
    found, transactions = all_at_once(ledger, batches)
    assert transactions == 1
    assert [r.id for some in found for r in some] == [str(e.id) for b in batches for e in b]
    assert verify(ledger).whole
    assert ledger.tip()[0] == 40


def test_a_faulty_batch_among_others_is_refused_alone(ledger):
    first, second, third = noted("first"), noted("second"), noted("third")
    other = first.model_copy(update={"text": "another event under its id"})
    phone = noted("ring 0933 123 456")
    found, transactions = all_at_once(
        ledger, [[first], [second, other], [phone, noted("with it")], [third], [first]]
    )
    assert isinstance(found[1], IdTaken)
    assert str(first.id) in str(found[1])
    assert isinstance(found[2], InputError)
    assert [each[0].outcome for each in (found[0], found[3], found[4])] == [
        "stored", "stored", "already"
    ]  # fmt: skip
    assert [e.id for e in ledger.entries()] == [str(first.id), str(third.id)]
    assert (transactions, verify(ledger).whole) == (1, True)


class Failing:
    """Be a store that fails as it is told to, once it is given more than one batch or always."""

    def __init__(self, store, error, *, alone=False):
        self.store, self.error, self.alone = store, error, alone

    def append_each(self, batches, *, now):
        if self.alone or len(batches) > 1:
            raise self.error
        return self.store.append_each(batches, now=now)

    def tidy(self):
        self.store.tidy()


@pytest.mark.parametrize("error", [NoRoom.one("disk", "is full"), RuntimeError("odd")])
def test_where_all_together_fail_each_is_tried_alone(ledger, error):
    found, _ = all_at_once(Failing(ledger, error), [[noted("a")], [noted("b")]])
    assert [each[0].outcome for each in found] == ["stored", "stored"]


def test_a_ledger_that_is_away_is_told_to_all_and_may_be_sent_again(ledger):
    away = Failing(ledger, InputError.one("ledger", "cannot be reached"), alone=True)
    found, _ = all_at_once(away, [[noted("a")], [noted("b")]])
    assert [type(each) for each in found] == [LedgerAway, LedgerAway]


def test_more_than_may_wait_is_refused_before_it_waits(ledger):
    found, _ = all_at_once(
        ledger, [[noted("a")] * 2, [noted("b")], [noted("c"), noted("d")]], most=3
    )
    assert [type(each) for each in found] == [tuple, tuple, Busy]
    assert ledger.tip()[0] == 2


def test_who_gives_up_waiting_harms_nobody(ledger):
    async def go():
        writer = Writer(ledger, lambda: NOW, most=10)
        gone, waits = (asyncio.create_task(writer.append([noted(t)])) for t in ("gone", "waits"))
        await asyncio.sleep(0)
        gone.cancel()
        writer.start()
        receipts = await waits
        await writer.stop()
        return receipts

    assert asyncio.run(go())[0].outcome == "stored"
    assert ledger.tip()[0] == 2  # what was sent is stored, whether or not its sender stayed


def test_the_log_is_moved_into_the_file_beside_those_who_write(ledger):
    for n in range(40):
        ledger.append([noted(f"{n}")])
    before = ledger.path.stat().st_size
    ledger.tidy()
    assert ledger.path.stat().st_size > before
    ledger.append([noted("later")])
    ledger.tidy()
    with SqliteLedger(ledger.path, read_only=True) as again:
        assert again.tip()[0] == 41
        assert verify(again).whole
