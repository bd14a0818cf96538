from __future__ import annotations

import re

import pytest

from declaration import corpus
from safepassage.base.errors import NothingAnnounced
from safepassage.declaration import read

PLAIN = (
    "kind",
    "issuer",
    "announced_on",
    "tz",
    "corridors",
    "weapons",
    "guarantors",
    "reported_by",
)


def read_json(name):
    return corpus.read_of(name).as_json()


def windows_of(document):
    return [
        {key: window[key] for key in ("start", "end", "recurrence")}
        for window in document["windows"]
    ]


@pytest.mark.parametrize("name", corpus.telling())
def test_what_a_text_says_is_read(name):
    label, document = corpus.label_of(name), read_json(name)
    for field in PLAIN:
        if field in label:
            assert document[field] == label[field], field
    if "place" in label:
        assert (document["place"] or {}).get("name") == label["place"]
    if "windows" in label:
        assert windows_of(document) == label["windows"], document["remarks"]
    if "windows_end_at" in label:
        assert label["windows_end_at"] in {window["end"] for window in document["windows"]}


@pytest.mark.parametrize("name", [n for n in corpus.telling() if "consent" in corpus.label_of(n)])
def test_each_party_and_no_other_gives_its_answer(name):
    wanted = corpus.label_of(name)["consent"]
    answers = [(each["party"], each["status"]) for each in read_json(name)["consent"]]
    assert len(answers) == len(wanted), answers
    for party, status in wanted:
        assert any(re.fullmatch(party, who) and status == said for who, said in answers), answers


@pytest.mark.parametrize("name", [n for n in corpus.telling() if "never" in corpus.label_of(n)])
def test_hours_that_are_not_the_terms_are_not_taken(name):
    moments = {
        m for window in windows_of(read_json(name)) for m in (window["start"], window["end"])
    }
    assert moments.isdisjoint(corpus.label_of(name)["never"])


@pytest.mark.parametrize("name", corpus.silent())
def test_a_text_that_announces_nothing_says_so(name):
    with pytest.raises(NothingAnnounced, match=rf"^{name}: announces no pause"):
        read(corpus.text_of(name), name=name)


@pytest.mark.parametrize("name", corpus.telling())
def test_every_field_is_quoted_where_it_stands(name):
    text = corpus.text_of(name)
    declaration = corpus.read_of(name)
    document = declaration.as_json()
    assert declaration.evidence
    for field, evidence in declaration.evidence.items():
        assert text[evidence.start : evidence.end] == evidence.quote, field
        assert evidence.quote.strip(), field
        assert 0.4 <= evidence.confidence <= 0.95, field
        assert field.partition(".")[0] in {*document, "open_windows"}, field


def test_disagreeing_clocks_are_told():
    remarks = read_json("wrong-gmt")["remarks"]
    assert any("09:00 as 06:00 UTC" in remark and "08:00" in remark for remark in remarks), remarks


def test_hours_without_a_day_are_told():
    assert any("09:00 to 13:00" in remark for remark in read_json("no-date")["remarks"])
