"""Catalogues: whole, with the same values in every language, and more languages are more files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import safepassage.publish as package
from docs.papers import tool
from safepassage.base.errors import InputError
from safepassage.ledger.reconcile import RULE
from safepassage.publish.report_words import CODES
from safepassage.publish.tongue import DOMAIN, languages, tongue

ROOM = Path(package.__file__).parent
OTHERS = [each for each in languages() if each != "en"]
VALUES = re.compile(r"\{(\w+)\}")


def catalogue(language):
    with (ROOM / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return {text: words for each in read_po(file, locale=language) if each.id
                for text, words in pairs(each)}  # fmt: skip


def pairs(message):
    """Give the text for one, and that for more, with the words for each kind of count."""
    texts = (message.id,) if isinstance(message.id, str) else message.id
    return [(text, message.string) for text in texts]


def said():
    yield from tool("catalogue.py")["said"]()
    yield from (*CODES, RULE)


@pytest.mark.parametrize("language", OTHERS)
def test_everything_that_is_said_has_words(language):
    missing = set(said()) - set(catalogue(language))
    assert not missing, missing


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_the_same_values(language):
    for text, words in catalogue(language).items():
        assert words, text
        if isinstance(words, str):
            assert sorted(VALUES.findall(text)) == sorted(VALUES.findall(words)), text
            continue
        for form in words:  # one and two may be words, and none may say nothing of the rest
            assert form, text
            assert set(VALUES.findall(form)) <= set(VALUES.findall(text)), text
        assert set(VALUES.findall(words[-1])) == set(VALUES.findall(text)), text


@pytest.mark.parametrize("language", OTHERS)
def test_counts_have_the_words_that_the_language_has_for_them(language):
    say = tongue(language, "UTC")
    for text, words in catalogue(language).items():
        if not isinstance(words, str):
            assert len(words) == len({*say.locale.plural_form.tags, "other"}), text


def test_what_has_no_words_stays_english():
    say = tongue("ar", "Asia/Damascus")
    assert say("nobody ever said this {n}", n=3) == "nobody ever said this 3"


def test_times_are_the_places_own_and_digits_those_of_phones():
    say = tongue("ar", "Asia/Damascus")
    assert say.day("2016-11-04T23:30:00Z") == "5 تشرين الثاني 2016"  # past midnight there
    assert say.clock("2016-11-04T10:45:00Z") == "12:45"
    assert tongue("ar", "Africa/Cairo").day("2016-11-04T10:00:00Z") == "4 نوفمبر 2016"
    assert say.number(1234567) == "1,234,567"
    assert say.when("2016-11-05T10:00:00Z", "2016-11-04T10:00:00Z") == "5/11 12:00"


def test_names_of_another_script_do_not_turn_a_page_round():
    page, plain = (tongue("ar", "Asia/Damascus", isolating=each) for each in (True, False))
    assert "\u2068Gate\u2069" in page("{corridor}: ask whether it is open.", corridor="Gate")
    assert "\u2068" not in plain("{corridor}: ask whether it is open.", corridor="Gate")
    assert "\u2068" not in tongue("en", "Asia/Damascus", isolating=True)("by {by}", by="Gate")


def test_people_are_told_with_what_they_lie_between():
    say = tongue("en", "UTC")
    assert say.people({"low": 5, "best": 5, "high": 5}) == "5"
    assert say.people({"low": 900, "best": 1000, "high": 1300}) == "1,000 (900 to 1,300)"
    assert say.people({"low": 0, "best": None, "high": 9}) == "fewer than 10"
    assert say.people(None) == "not known"
    assert [say.minutes(each) for each in (5, 60, 135, None)] == ["5 min", "1 h", "2 h 15 min", "–"]


def test_arabic_counts_one_two_few_and_many():
    say = tongue("ar", "UTC")
    told = [say("{n} people", n=each) for each in (1, 2, 3, 11, 100, "1,003")]
    assert told == ["شخص واحد", "شخصان", "3 أشخاص", "11 شخصًا", "100 شخص", "1,003 أشخاص"]
    assert say("{n} person", n=1) == say("{n} people", n=1)
    assert tongue("en", "UTC")("{n} people", n=2) == "2 people"


def test_a_language_without_a_catalogue_is_refused():
    with pytest.raises(InputError, match=r"There are en, ar; another is a file in publish/locale"):
        tongue("../../etc", "UTC")
