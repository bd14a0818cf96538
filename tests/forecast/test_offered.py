"""The conditions of a case: stated by the case, else read from texts, else not known."""

import pytest

from safepassage.case import load_case
from safepassage.case.conditions import CaseCondition
from safepassage.case.model import CaseConsent
from safepassage.declaration import read_announcements
from safepassage.declaration.model import Consent, Declaration, Previous
from safepassage.forecast.offered import offered
from safepassage.forecast.precedents import load_precedents

CASE = load_case("aleppo-2016-11-04").case.model_copy(update={"conditions": (), "consent": ()})


def said(**fields):
    return Declaration(text_name="t", text_sha256="0" * 64, **fields)


def answers(**by):
    return tuple(Consent(party=party, status=status) for party, status in by.items())


def code(name, *declarations, case=CASE):
    stated, conditions = offered(case, declarations)
    (one,) = [each for each in stated if each.condition == name]
    assert conditions.get(name) == one.code
    assert one.because
    return one.code


@pytest.mark.parametrize(
    ("consent", "told"),
    [
        ((), "one"),
        (answers(Army="approved"), "one"),
        (answers(Army="approved", Rebels="rejected"), "rejected"),
        (answers(Rebels="rejected"), "rejected"),
        (answers(Army="approved", Rebels="silent"), "one"),
        (answers(Army="approved", Rebels="not asked"), "one"),
        (answers(Army="approved", Rebels="silent", Council="rejected"), "rejected"),
        ((Consent(party="both sides", status="approved"),), "all"),
        ((Consent(party="the warring parties", status="approved"),), "all"),
        # two that approved may be allies
        (answers(Russia="approved", Syria="approved"), ""),
    ],
)
def test_consent_is_the_least_agreed_answer(consent, told):
    assert code("consent", said(consent=consent)) == told


def test_a_refusal_stands_whichever_text_is_read_last():
    yes, no = (said(consent=answers(Rebels=each)) for each in ("approved", "rejected"))
    assert code("consent", yes, no) == code("consent", no, yes) == "rejected"


def test_a_refusal_that_the_case_records_stands_against_a_text():
    case = CASE.model_copy(update={"consent": (CaseConsent(party="Rebels", status="rejected"),)})
    assert code("consent", said(consent=answers(Rebels="approved")), case=case) == "rejected"


def test_without_texts_and_statements_nothing_is_known():
    stated, conditions = offered(CASE, ())
    assert {each.code for each in stated} == {""}
    assert {each.because for each in stated} == {"no statement read says so"}
    assert conditions.consent == ""


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, ""),
        ({"escorts": ("the Red Cross",)}, "neutral"),
        ({"monitors": ("United Nations monitors",)}, "neutral"),
        ({"escorts": ("military police",), "monitors": ("ICRC",)}, "neutral"),
        ({"escorts": ("military police",)}, "party"),
        ({"escorts": ("the UNITED party",)}, "party"),
    ],
)
def test_an_escort_is_neutral_by_its_name(fields, told):
    assert code("escort", said(**fields)) == told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, ""),
        ({"guarantors": ("Qatar",)}, "third"),
        ({"guarantors": ("Russia",), "issuer": "Russia"}, "party"),
        ({"guarantors": ("Rebels",), "consent": answers(Rebels="approved")}, "party"),
        ({"guarantors": ("Russia", "Turkey"), "issuer": "Russia"}, "third"),
    ],
)
def test_a_guarantor_among_the_sides_is_a_party(fields, told):
    assert code("guarantor", said(**fields)) == told


@pytest.mark.parametrize(
    ("outcome", "told"),
    [("collapsed", "yes"), ("violated", "yes"), ("failed", "yes"), ("cancelled", "yes"),
     ("extended", ""), ("ended", ""), ("expired", ""), (None, "")],
)  # fmt: skip
def test_an_earlier_attempt_counts_as_collapsed_only_where_it_failed(outcome, told):
    earlier = (Previous(kind="ceasefire", outcome=outcome),)
    assert code("earlier_collapse", said(earlier=earlier)) == told


def test_the_case_s_own_statement_stands_before_everything():
    stated = CaseCondition(condition="consent", code="all", source="minutes, item 2")
    case = CASE.model_copy(update={"conditions": (stated,)})
    every, conditions = offered(case, [said(consent=answers(Rebels="rejected"))])
    assert conditions.consent == "all"
    assert every[0].because == "minutes, item 2"


@pytest.mark.parametrize(
    ("condition", "bad"), [("consent", "yes"), ("escort", "third"), ("front_moving", "")]
)
def test_a_case_cannot_state_a_code_outside_the_codebook(condition, bad):
    with pytest.raises(ValueError, match="must be one of"):
        CaseCondition(condition=condition, code=bad, source="x")


def test_the_founding_case_is_coded_as_its_precedent_is():
    loaded = load_case("aleppo-2016-11-04")
    texts = read_announcements([loaded.path(each) for each in loaded.case.announcements])
    _, conditions = offered(loaded.case, texts)
    (row,) = [row for row in load_precedents() if row.id == loaded.case.precedent]
    for name in ("consent", "escort", "guarantor", "destination_choice", "earlier_collapse"):
        assert conditions.get(name) == row.codes[name], name
