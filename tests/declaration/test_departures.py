"""When people are taken out under a deal, passage begins; other departures give no hours."""

import pytest

from safepassage.base.errors import NothingAnnounced
from safepassage.declaration import read


def starts(text):
    try:
        document = read(text).as_json()
    except NothingAnnounced:
        return None
    return [(one["start"], one["end"]) for one in document["windows"]]


DEAL = "Homs, 20 September 2016. Under the agreement reached on Monday, "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DEAL + "buses will take the fighters out on Thursday at 9 a.m.", "2016-09-22T09:00"),
        (DEAL + "the first group of fighters leaves at 9 a.m. on Thursday.", "2016-09-22T09:00"),
        (
            (
                "ДАМАСК, 18 апреля 2018 г. Боевики согласились оставить Думейр. По условиям "
                "договоренности автобусы с боевиками отправятся 19 апреля в 10:00."
            ),
            "2018-04-19T10:00",
        ),
        (
            (
                "دمشق، 25 آب 2016 – أُنجز اتفاق لإخلاء داريا. يبدأ خروج المقاتلين غداً الجمعة عند "
                "الساعة العاشرة صباحاً نحو إدلب."
            ),
            "2016-08-26T10:00",
        ),
    ],
)
def test_a_departure_under_a_deal_opens_passage(text, expected):
    assert starts(text) == [(expected, None)]


@pytest.mark.parametrize(
    "text",
    [
        DEAL + "the fighters left on Monday at 9 a.m.",
        DEAL + "the fighters must decide by 9 a.m. on Thursday.",
        "Homs, 20 September 2016. Talks on a deal under which fighters leave go on.",
    ],
)
def test_no_hours_of_what_is_over_or_only_demanded(text):
    assert not starts(text)


def test_hours_of_the_pause_outweigh_a_departure():
    text = DEAL + (
        "a ceasefire runs from 8 a.m. to 6 p.m. on Thursday. Buses for the fighters leave at "
        "9 a.m. on Thursday."
    )
    assert starts(text) == [("2016-09-22T08:00", "2016-09-22T18:00")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BEIRUT, 26 November 2024 - Fire will cease at 4 a.m. on Wednesday.", True),
        ("KHARTOUM, 20 May 2023. A 7-day truce takes effect on 22 May at 21:45.", True),
        ("The wildlife corridor at Lewa opens for elephants on 4 May 2016 at 6 a.m.", False),
        ("The school corridor opens to pupils and families at 8 a.m. on 4 May 2016.", False),
    ],
)
def test_a_timed_ceasefire_needs_no_further_words_of_war(text, expected):
    assert (starts(text) is not None) is expected
