"""The update for a phone: it always fits, and no word is ever cut."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from publish.sample_situation import people, situation
from safepassage.publish.shortened import GSM_7, GSM_SIGNS, UCS2_SIGNS, fitted, gsm, ucs2
from safepassage.publish.update_160 import update_160

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("abc ABC صلاح الدين –—'(ğœ😀"),
    min_size=1, max_size=200,
)  # fmt: skip


def test_a_message_in_english_is_this():
    assert update_160(situation()) == (
        "EXERCISE 4/11 12:45: Out: 1243 (1180 to 1402). Closed: 2. Restricted: 1. "
        "Open: Bustan al-Qasr. Not known: 4. Incidents told: 2. Alarms: 1. Hours end 19:00."
    )


def test_a_message_in_arabic_is_this():
    text = update_160(situation(), language="ar")
    assert text == "تمرين 4/11 12:45: خرج: نحو 1243. مغلق: 2. مقيَّد: 1. مفتوح: 1."


def test_what_was_never_counted_and_what_was_called_off():
    document = situation() | {"people_out": None, "exercise": False}
    document["window"]["state"] = "called off"
    text = update_160(document)
    assert text.startswith("4/11 12:45: The pause was called off. Out: not known.")


def test_the_public_gets_tens_and_no_alarms():
    text = update_160(situation() | {"people_out": people(3)}, level="public", now=NOW)
    assert "Out: under 10." in text
    assert "Alarms" not in text
    assert "Incidents" in text


@given(st.lists(NAMES, max_size=9), st.integers(0, 10**8), st.booleans(), st.booleans())
def test_any_message_fits_and_begins_with_its_time(names, out, exercise, alarmed):
    document = situation() | {
        "people_out": {"low": 0, "best": out, "high": 10**8}, "exercise": exercise,
        "alarms": situation()["alarms"] * 50 * alarmed,
    }  # fmt: skip
    for name, corridor in zip(names, document["corridors"], strict=False):
        corridor["name"] = corridor["name_ar"] = name
    for language, most, mark in (("en", GSM_SIGNS, "EXERCISE "), ("ar", UCS2_SIGNS, "تمرين ")):
        text = update_160(document, language=language)
        assert len(text.encode("utf-16-le")) <= 2 * most
        assert text.startswith(f"{mark * exercise}4/11 12:45:")
        assert str(out) in text
        assert language != "en" or set(text) <= GSM_7


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=6), st.integers(1, 200))
def test_parts_are_whole_or_not_there(parts, most):
    for written in (gsm, ucs2):
        text = fitted(parts, written, most)
        assert len(text) <= most
        left = text
        for part in parts:
            ways = sorted((written(each) for each in part), key=len, reverse=True)
            left = next((left[len(way) :].lstrip() for way in ways if left.startswith(way)), left)
        words = {word for part in parts for way in part for word in written(way).split()}
        assert set(text.split()) <= words
        assert left == "" or len(parts) > 1  # a part may begin like another


@given(NAMES)
def test_any_text_can_be_written_in_the_gsm_alphabet(name):
    text = gsm(name)
    assert set(text) <= GSM_7
    assert gsm(text) == text


def test_letters_lose_what_the_alphabet_lacks_and_no_more():
    assert gsm("Zażółć – “gęślą”\u00a0[jaźń] ß Ä é") == 'Zazo?c - "gesla" (jazn) ß Ä é'
    assert ucs2("حلب 😀") == "حلب ?"
