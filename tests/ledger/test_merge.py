from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.ledgers import NOW, chance, events, said
from lengths import at_length
from safepassage.base.errors import InputError
from safepassage.ledger.checkpoints import public_key
from safepassage.ledger.events import event_of
from safepassage.ledger.exchange import read_jsonl, to_jsonl
from safepassage.ledger.merge import merge
from safepassage.ledger.sqlite import SqliteLedger
from safepassage.ledger.verify import verify
from safepassage.ledger.withdraw import sign_withdrawal, withdraw

KEYS = [Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (7, 8)]


@pytest.fixture
def two(tmp_path):
    named = [public_key(key) for key in KEYS]
    with (
        SqliteLedger.make(tmp_path / "a", administrators=named) as a,
        SqliteLedger.make(tmp_path / "b", administrators=named) as b,
    ):
        yield a, b


def stored(ledger):
    return {entry.id: entry.payload for entry in ledger.entries()}


def test_two_ledgers_become_one_and_each_event_counts_once(two):
    a, b = two
    rows = events(700)
    a.append(rows[:300], now=NOW)
    b.append(rows[200:], now=NOW)
    merged = merge(a, b, now=NOW)
    assert (merged.added, merged.already) == (400, 100)
    assert [*merged.conflicts, *merged.refused, *merged.withdrawn] == []
    assert set(stored(a)) == {str(event.id) for event in rows}
    assert verify(a).whole
    again = merge(a, b, now=NOW)
    assert (again.added, again.already) == (0, 500)


@settings(
    max_examples=at_length(6, 15), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)), st.integers(0, 9))
def test_it_does_not_matter_which_is_merged_into_which(tmp_path_factory, here, there, seed):
    rows = events(41)
    folder = tmp_path_factory.mktemp("merge")

    def made(name, numbers):
        ledger = SqliteLedger.make(folder / name)
        order = sorted(numbers)
        chance(seed).shuffle(order)
        ledger.append([rows[i] for i in order], now=NOW)
        return ledger

    with made("a", here) as a, made("b", there) as b, made("c", here) as c:
        merge(a, b, now=NOW)
        merge(b, c, now=NOW)
        assert stored(a) == stored(b)
        assert len(stored(a)) == len(here | there)
        assert verify(a).whole
        assert verify(b).whole


def test_one_id_for_two_events_is_told_and_both_stay_where_they_are(two):
    a, b = two
    a.append([event_of(said(50, kind="note", text="here")), *events(3)], now=NOW)
    b.append([event_of(said(50, kind="note", text="there")), *events(12)], now=NOW)
    merged = merge(a, b, now=NOW)
    assert merged.conflicts == [said(50)["id"]]
    assert merged.added == 9
    assert "here" in stored(a)[said(50)["id"]]
    assert "there" in stored(b)[said(50)["id"]]


def test_what_was_withdrawn_is_not_brought_back_and_what_stands_is_told(two):
    a, b = two
    rows = events(12)
    for ledger in two:
        ledger.append(rows, now=NOW)
    signatures = [sign_withdrawal(b, rows[3].id, "r", key) for key in KEYS]
    withdraw(b, rows[3].id, "r", signatures, now=NOW)
    assert merge(b, a, now=NOW).withdrawn == [str(rows[3].id)]
    assert b.find(rows[3].id).payload is None
    merged = merge(a, b, now=NOW)
    assert merged.withdrawn == [str(rows[3].id)]
    assert (merged.added, merged.already) == (0, 11)
    assert verify(a).whole
    assert verify(b).whole


def test_what_may_not_be_stored_today_is_told_and_the_rest_added(two):
    a, b = two
    b.append(events(12), now=NOW)
    a_day_ahead = event_of(said(50, kind="note", text="x", happened_at="2016-11-05T09:00:00Z"))
    b.append([a_day_ahead], now=a_day_ahead.happened_at)
    merged = merge(a, b, now=NOW)
    assert merged.added == 12
    assert ["future" in fault.what for fault in merged.refused] == [True]


def test_an_altered_ledger_is_not_merged(two, tmp_path):
    a, b = two
    b.append(events(12), now=NOW)
    lines = "".join(to_jsonl(b)).replace("Fog", "Fig")
    path = tmp_path / "b.jsonl"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.jsonl: entry 12 .* was altered"):
        merge(a, read_jsonl(path), now=NOW)
    assert stored(a) == {}


def test_an_exercise_never_mixes_with_what_happened(two, tmp_path):
    with SqliteLedger.make(tmp_path / "x", exercise=True) as exercise:
        for one, other in ((two[0], exercise), (exercise, two[0])):
            with pytest.raises(InputError, match="Keep exercises apart"):
                merge(one, other)
