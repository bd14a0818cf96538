"""Known answers, worked out with sha256sum from the words of docs/ledger.md."""

from __future__ import annotations

import subprocess

import pytest

from safepassage.ledger.chain import Entry, Head, canonical, digest_of, hash_of

HEAD = Head(ledger="11111111-1111-4111-8111-111111111111", made_at="2016-11-04T06:00:00Z")
HEAD_TEXT = (
    '{"administrators":[],"exercise":false,"format":1,'
    '"ledger":"11111111-1111-4111-8111-111111111111","made_at":"2016-11-04T06:00:00Z"}'
)


def by_hand(data: bytes) -> str:
    return (
        subprocess.run(["sha256sum"], input=data, capture_output=True, check=True)
        .stdout[:64]
        .decode()
    )


def test_json_has_one_way_to_be_written():
    assert canonical({"ب": '\n"', "a": [1, {"c": None, "b": True}]}) == (
        '{"a":[1,{"b":true,"c":null}],"ب":"\\n\\""}'
    )


@pytest.mark.parametrize("value", [{"a": 1.0}, {"a": [1.5]}, {"a": {"b": [{"c": 0.1}]}}])
def test_numbers_that_are_not_whole_are_refused(value):
    with pytest.raises(TypeError, match="whole"):
        canonical(value)


def test_the_head_is_hashed_as_written():
    assert HEAD.written() == HEAD_TEXT
    assert HEAD.hash == by_hand(HEAD_TEXT.encode())
    assert Head.read(HEAD_TEXT) == HEAD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        HEAD_TEXT + " ",
        HEAD_TEXT[:-1] + ',"x":1}',
        HEAD_TEXT.replace("1,", "2,", 1),
        HEAD_TEXT.replace("[]", "[1]"),
        HEAD_TEXT.replace("false", "0"),
    ],
)
def test_a_head_that_is_none_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        Head.read(text)


def test_an_entry_is_hashed_as_documented():
    payload, salt = '{"text":"ضباب"}', bytes(range(32))
    digest = by_hand(salt + payload.encode())
    assert digest_of(salt, payload) == digest
    link = (
        f'{{"digest":"{digest}","id":"an-id","previous":"{HEAD.hash}",'
        '"received_at":"2016-11-04T07:00:00.000000Z","sequence":1}'
    )
    assert hash_of(1, "an-id", "2016-11-04T07:00:00.000000Z", digest, HEAD.hash) == by_hand(
        link.encode()
    )
    entry = Entry.made(1, "an-id", "2016-11-04T07:00:00.000000Z", payload, salt, HEAD.hash)
    assert (entry.digest, entry.hash) == (digest, by_hand(link.encode()))
    assert entry.data == {"text": "ضباب"}
