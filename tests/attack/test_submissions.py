"""Spoilt submissions are refused clearly or stored exactly as meant: a tenth of `make soak`."""

from __future__ import annotations

import soak_attack

from attack.house import said
from ledger.ledgers import each_kind
from lengths import at_length

CORRIDORS = {"castello": "gate"}


def valid(number):
    """Give a valid event of any kind, by number."""
    event = dict(each_kind(0)[number % 12])
    own = said(number)
    event |= {key: own[key] for key in ("id", "happened_at", "known_at", "source")}
    if event.get("corridor"):
        event["corridor"] = "gate"
    if "since" in event:
        event["since"] = "2016-11-04T07:00:00Z"
    return event


def test_spoilt_submissions_are_refused_or_stored_as_meant(house):
    told = soak_attack.submitted(
        soak_attack.Sender(house.server.port), house.tokens["coordinator"], valid, house.entries,
        count=at_length(1000, 10_000), seed=at_length(1, 2),
    )  # fmt: skip
    assert not told.wrong, told.wrong[0]
    assert told.stored > told.sent / 20
    assert told.refused > told.sent / 3
    assert told.acknowledged_again
    assert told.statuses[413]
    assert told.statuses[409]
    assert len(told.ways) > 25


def test_what_is_stored_wrongly_is_found(house):
    def altered():
        found = house.entries()
        for each in reversed(found):
            if "text" in each:
                each["text"] += "."
                break
        return found

    told = soak_attack.submitted(
        soak_attack.Sender(house.server.port), house.tokens["coordinator"], valid, altered,
        count=60, seed=3,
    )  # fmt: skip
    assert "not stored as meant" in {what for what, _, _ in told.wrong}
