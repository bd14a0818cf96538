"""The form for phones: made from the case, valid, in two languages, and asking nothing personal."""

from __future__ import annotations

import io
import re
from typing import get_args

import openpyxl
import pytest
from lxml import etree

from safepassage.case.load import load_case
from safepassage.ledger.events import Event as AnyKind
from safepassage.ledger.events import Incident, Movement, Passage, StatusChanged, TestMovement
from safepassage.publish.form_questions import CHOICES, QUESTIONS, word_of
from safepassage.publish.forms import field_form, field_xform, form_sheets

ALEPPO = load_case("aleppo-2016-11-04").case
META = {
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username",
    "email", "audit", "geopoint", "geotrace", "geoshape", "start-geopoint", "image", "audio",
    "video", "file", "barcode", "background-audio", "xml-external", "hidden",
}  # fmt: skip


@pytest.fixture(scope="module")
def book():
    return field_form(ALEPPO)


@pytest.fixture(scope="module")
def form():
    return etree.fromstring(field_xform(ALEPPO).encode())


def rows(book, name):
    sheet = openpyxl.load_workbook(io.BytesIO(book))[name]
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_the_corridors_are_the_cases_in_both_languages(book):
    told = {
        row["name"]: (row["label::English (en)"], row["label::Arabic (ar)"])
        for row in rows(book, "choices")
        if row["list_name"] == "corridor"
    }
    assert list(told) == [each.id for each in ALEPPO.corridors]
    assert told["bustan-al-qasr"] == ("Bustan al-Qasr – Mashariqa", "بستان القصر")
    assert told["civilian-5"] == ("Fifth civilian corridor",) * 2  # the case has no Arabic name


def test_nothing_is_asked_of_phone_user_position_or_picture(book, form):
    kinds = {row["type"].split()[0] for row in rows(book, "survey")}
    assert kinds == {"select_one", "dateTime", "integer", "text"}
    assert not kinds & META
    preloads = form.xpath("//*[@*[local-name()='preload']]/@nodeset")
    assert preloads == ["/data/meta/instanceID"]  # by which sending twice counts once
    assert not form.xpath("//*[local-name()='meta']/*[local-name()!='instanceID']")


def test_every_word_is_said_in_both_languages():
    of_answers = [each for many in CHOICES.values() for each in many.values()]
    of_questions = [(asked.label, asked.hint, asked.refused) for asked in QUESTIONS]
    for words in (*of_answers, *(each for three in of_questions for each in three)):
        assert bool(words.en) == bool(words.ar)
        if words.ar:
            assert re.search("[\u0600-\u06ff]", words.ar)
            assert not re.search("[A-Za-z]", words.ar)


@pytest.mark.parametrize(
    ("model", "field", "answers"),
    [(Passage, "counted", "counted"), (Passage, "carrying", "carrying"), (Incident, "what", "what"),
     (StatusChanged, "state", "state"), (TestMovement, "result", "result"),
     (AnyKind, "status", "how_sure")],
)  # fmt: skip
def test_answers_are_the_ledgers_words(model, field, answers):
    words = get_args(model.model_fields[field].annotation)
    assert sorted(map(word_of, CHOICES[answers])) == sorted(words)


def test_some_answers_are_fewer_than_the_ledgers_words():
    for model, field, missing in (
        (Movement, "stage", {"passed"}),  # a passage is counted, not told
        (AnyKind, "means", {"camera", "media", "register", "own action"}),
    ):
        words = set(get_args(model.model_fields[field].annotation))
        assert words - set(map(word_of, CHOICES[field])) == missing


def test_what_is_left_out_or_cannot_be_meant_is_refused_on_the_phone(form):
    binds = {each.get("nodeset"): each for each in form.xpath("//*[local-name()='bind']")}
    assert binds["/data/people"].get("required") == "true()"
    assert ". >= 0" in binds["/data/people"].get("constraint")
    assert "now()" in binds["/data/happened_at"].get("constraint")
    assert "7," in binds["/data/text"].get("constraint")
    assert binds["/data/corridor"].get("required") == "true()"


def test_an_exercise_is_another_form_and_says_so():
    ((_, _), (title, form_id)) = (row[:2] for row in form_sheets(ALEPPO, exercise=True)["settings"])
    assert title.startswith("EXERCISE: East Aleppo")
    assert form_id == "safepassage-aleppo-2016-11-04-exercise"


def test_a_changed_form_has_another_version():
    def version(case):
        return form_sheets(case)["settings"][1][2]

    fewer = ALEPPO.model_copy(update={"corridors": ALEPPO.corridors[:1]})
    assert version(ALEPPO) == version(load_case("aleppo-2016-11-04").case) != version(fewer)


def test_names_that_a_table_or_a_form_would_run_are_only_shown():
    odd = ALEPPO.corridors[0].model_copy(update={"name": "=1+1 ${people} <b>&\x07", "name_ar": ""})
    case = ALEPPO.model_copy(update={"corridors": (odd,), "title": "=${x}\x00"})
    book = field_form(case)
    (cell,) = [
        row[2] for row in openpyxl.load_workbook(io.BytesIO(book))["choices"].iter_rows()
        if row[1].value == odd.id
    ]  # fmt: skip
    assert (cell.data_type, cell.value) == ("s", "=1+1 $ {people} <b>&\ufffd")
    assert "=1+1 $ {people} &lt;b&gt;&amp;\ufffd" in field_xform(case)
