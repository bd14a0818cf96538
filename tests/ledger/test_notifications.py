from __future__ import annotations

from ledger.ledgers import NOW, said, uuid
from safepassage.ledger.events import event_of
from safepassage.ledger.notifications import notifications_of
from safepassage.ledger.sqlite import SqliteLedger

A, B = "aa" * 32, "bb" * 32


def step(number, party, what, pack=A, **more):
    return event_of(
        said(number, kind="notification", party=party, step=what, pack_sha256=pack, **more)
    )


def test_each_party_has_a_line_for_each_pack_with_what_stands(tmp_path):
    events = [  # `said` sets the later number the earlier
        step(90, "Side A", "sent"), step(80, "Side B", "sent"), step(70, "Side A", "received"),
        step(60, "Side B", "objected", text="Not by that road"),
        step(50, "Side A", "objected", text="By mistake"), step(40, "Side A", "sent", pack=B),
        event_of(said(30, kind="correction", corrects=uuid(50), text="It did not")),
        event_of(said(20, kind="contact", party="Side A", answered=True)),
    ]  # fmt: skip
    with SqliteLedger.make(tmp_path / "l") as ledger:
        ledger.append(events, now=NOW)
        rows = notifications_of(ledger)
    at = {each.id: each.happened_at for each in events}
    when = [at[each.id] for each in events]
    assert [row[:5] for row in rows] == [
        (A, "Side A", when[0], when[2], None),
        (A, "Side B", when[1], None, when[3]),
        (B, "Side A", when[5], None, None),
    ]
    assert [row.text for row in rows] == ["", "Not by that road", ""]
