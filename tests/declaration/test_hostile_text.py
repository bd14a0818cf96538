"""Feed the reader text made to be slow: under a second for 10 kB, and linear."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lengths import at_length, soaking
from safepassage.base.errors import InputError, NothingAnnounced
from safepassage.declaration import read
from safepassage.declaration.intake import MAX_BYTES

LEAD = {
    "en": "A humanitarian pause will be opened by the army. ",
    "ru": "Армия объявила гуманитарную паузу. ",
    "ar": "أعلن الجيش هدنة إنسانية. ",
}
LIVE = "The army announced a humanitarian pause in Aleppo on 4 November 2016 from 9 am to 7 pm"
RUSSIAN = "Армия объявила гуманитарную паузу в Алеппо 4 ноября 2016 года с 9:00 до 19:00"
ARABIC = "أعلن الجيش هدنة إنسانية في حلب يوم 4 تشرين الثاني 2016 من الساعة 9 صباحا حتى 7 مساء"
ENGLISH_UNITS = {
    "hours that never end": "from 9 am to ",
    "from": "from ",
    "digits": "1",
    "numbers": "12 ",
    "number and comma": "1,",
    "number and stop": "1.",
    "brackets": "([{",
    "quotes": "\"'«“",
    "clocks": "09:00-19:00 ",
    "zones": "9 am Moscow time (0700 GMT) ",
    "dates": "4 and 5 November, ",
    "days that do not exist": "31 November from 25:00 to ",
    "weekdays": "Friday and ",
    "corridors": "two corridors for civilians and ",
    "shares": "six for civilians, ",
    "announcements": LIVE + ". ",
    "announcements without a stop": LIVE + ", ",
    "actors": "the Russian Defence Ministry and ",
    "lines": "a\n",
    "paragraphs": "a\n\n",
    "line breaks": "\n",
    "stops": "a. ",
    "colons": ":: ",
    "names": "in Aleppo, Homs and ",
    "purposes": "to allow to allow ",
    "weapons": "without laying down their weapons ",
    "hyphens": "twenty-",
    "apostrophes": "o'",
    "slashes": "1/2/",
    "one word": "a",
    "addresses": "http://a.b.c.d/",
    "last week": "Last week a truce collapsed. ",
    "guarantees": "guaranteed by Russia and ",
    "appeals": "we appeal to the leaders ",
    "blanks": " " * 1000 + "a",
    "tabs and other blanks": "\t\u00a0\u2009\u202f",
    "marks over one letter": "a" + "\u0301" * 500,
    "marks alone": "\u0301",
    "letters that join nothing": "a\u200d\u200c\u2060",
    "changes of direction": "\u202e\u2067a\u2069\u202c",
    "three scripts": "the army said армия сказала что قال الجيش إن ",
    "three letters": "a б ع ",
    "pictures": "😀",
    "ligatures": "ﷺ ﬁ ",
    "odd digits": "𝟗٩९",
    "French": "le la les des ",
    "Ukrainian": "і та у що ",
    "Chinese": "国",
}
RUSSIAN_UNITS = {
    "announcements": RUSSIAN + ". ",
    "announcements without a stop": RUSSIAN + ", ",
    "hours that never end": "с 9:00 до ",
    "from": "с ",
    "in": "в ",
    "numbers": "двадцать ",
    "dates": "4 и 5 ноября, ",
    "days that do not exist": "31 ноября в 25:00 до ",
    "clocks": "9 часов утра ",
    "corridors": "два коридора для мирных жителей и ",
    "names": "в Алеппо, Хомсе и ",
    "weapons": "с оружием и без оружия ",
    "actors": "Министерство обороны России и ",
    "guarantees": "гарантами выступают Россия и ",
    "answers": "отвергла паузу и ",
    "one word": "а",
    "capitals": "АБв ",
    "hyphens": "северо-",
}
ARABIC_UNITS = {
    "announcements": ARABIC + ". ",
    "announcements without a stop": ARABIC + "، ",
    "hours that never end": "من الساعة 9 حتى ",
    "from": "من ",
    "and": "و",
    "the": "ال",
    "numbers": "عشرين و",
    "dates": "4 و5 تشرين الثاني، ",
    "digits": "٩",
    "clocks": "الساعة التاسعة صباحا ",
    "corridors": "ممران للمدنيين و",
    "names": "في حلب وحمص و",
    "weapons": "بسلاحهم ودون ",
    "answers": "رفضت الهدنة و",
    "one word": "ا",
    "vowels": "بَّ",
    "stretched": "ـ",
    "letters that join nothing": "می\u200c",
}
UNITS = [
    *(("en", name, unit) for name, unit in ENGLISH_UNITS.items()),
    *(("ru", name, unit) for name, unit in RUSSIAN_UNITS.items()),
    *(("ar", name, unit) for name, unit in ARABIC_UNITS.items()),
]


def text_of(language, unit, size):
    return LEAD[language] + unit * (size // len(unit.encode()))


def seconds(text):
    began = time.process_time()
    with suppress(InputError, NothingAnnounced):
        read(text)
    return time.process_time() - began


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    for lead in LEAD.values():
        seconds(lead)


@pytest.mark.parametrize(
    ("language", "unit"),
    [(language, unit) for language, _, unit in UNITS],
    ids=[f"{language}-{name}" for language, name, _ in UNITS],
)
def test_10_kb_take_less_than_half_a_second(language, unit):
    size = at_length(10_000, 40_000)
    text = text_of(language, unit, size)
    # the quickest of three: a busy machine makes any one of them slow
    assert any(seconds(text) < size / 20_000 for _ in range(3))


@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("en", ENGLISH_UNITS["announcements"]),
        ("en", "a\n"),
        ("en", "("),
        ("en", ENGLISH_UNITS["corridors"]),
        ("ru", RUSSIAN_UNITS["announcements"]),
        ("ru", RUSSIAN_UNITS["weapons"]),
        ("ar", ARABIC_UNITS["announcements"]),
        ("ar", ARABIC_UNITS["weapons"]),
        ("ar", "و"),
    ],
    ids=range(9),
)
def test_eight_times_the_text_takes_about_eight_times_as_long(language, unit):
    size = at_length(5_000, 30_000)
    short, long = (text_of(language, unit, times * size) for times in (1, 8))
    once = min(seconds(short), seconds(short))
    assert seconds(long) < 16 * max(once, 0.05)


@pytest.mark.skipif(not soaking, reason="takes long: eight times the text is tried above")
def test_the_longest_text_is_read_at_the_same_pace():
    text = text_of("en", ENGLISH_UNITS["announcements"], MAX_BYTES - 100)
    assert seconds(text) < MAX_BYTES / 10_000


@given(
    st.sampled_from(list(LEAD)),
    st.lists(
        st.tuples(
            st.sampled_from([unit for _, _, unit in UNITS]) | st.text(min_size=1, max_size=4),
            st.integers(1, 300),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 4),
)
@settings(
    max_examples=at_length(20, 200), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # fmt: skip
def test_any_mixture_is_read_in_a_time_that_its_length_bounds(language, runs, times):
    text = (LEAD[language] + "".join(unit * count for unit, count in runs)) * times
    text = text[:60_000]
    assert seconds(text) < 0.2 + len(text.encode(errors="replace")) / 10_000
