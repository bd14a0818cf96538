from __future__ import annotations

import random

import soak_tamper

from safepassage.ledger import verify


def test_any_altered_byte_is_found_and_its_entry_named(tmp_path):
    row = soak_tamper.tried(tmp_path, 100, 1000, 7)
    assert soak_tamper.held(row), row
    assert row["values"] == 700
    assert row["bytes"] > 45_000
    assert row["file_found"] > 500
    assert row["file_refused"] > 20


def test_it_tells_what_was_not_found(tmp_path, monkeypatch):
    path = tmp_path / "whole.ledger"
    rng = random.Random(1)  # noqa: S311 - a test that repeats
    (row,) = soak_tamper.made(path, 1, rng)
    monkeypatch.setattr(verify, "digest_of", lambda *_: row.digest)  # as if no payload mattered
    told = soak_tamper.tampered_bytes(path, rng)
    assert told["bytes"] - told["bytes_found"] > len(row.salt)
