"""Short texts in many wordings: which announce, which hours they give, and which must not."""

from __future__ import annotations

import pytest

from safepassage.base.errors import NothingAnnounced
from safepassage.declaration import read

HEAD = "ALEPPO, 2 November 2016 - "


def hours_of(text):
    try:
        document = read(text, name="x").as_json()
    except NothingAnnounced:
        return None
    return [(w["start"], w["end"], w["recurrence"]) for w in document["windows"]]


NOON = ("2016-11-03T12:00", None, None)
DAY = ("2016-11-03T09:00", "2016-11-03T17:00", None)
DAILY = ("2016-11-03T09:00", "2016-11-03T17:00", "daily")


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        (("The army will halt its artillery fire at noon tomorrow so that civilians can "
         "leave."), [NOON]),
        (("Tomorrow at noon the guns fall silent, the army said; civilians may then "
         "leave."), [NOON]),
        ("At noon tomorrow the ceasefire takes effect, the army said.", [NOON]),
        (("Rebel mortars are to stop firing from noon on Thursday, a commander "
         "announced."), [NOON]),
        ("The army's batteries will not fire tomorrow between 9 a.m. and 5 p.m.", [DAY]),
        ("Tomorrow from nine in the morning until five no side will shell the old city.", [DAY]),
        (("Troops have orders not to shoot tomorrow from 0900h to 1700h. Residents may "
         "leave."), [DAY]),
        (("The road to Atareb will be open to residents tomorrow, 9 a.m. to 5 p.m., the "
         "army said."), [DAY]),
        (("The army says that its planes will fly no strikes over the city tomorrow, "
         "09:00-17:00."), [DAY]),
        (("Civilians will be let through the Bustan crossing tomorrow from 9.00 to 17.00, "
         "the army said."), [DAY]),
        (("The army will pause its bombardment every day from 9 a.m. to 5 p.m., starting "
         "tomorrow."), [DAILY]),
        ("The army halts fire from tomorrow. Hours: 9 a.m. to 5 p.m. every day.", [DAILY]),
        (
            ("A truce was agreed by the army and the rebels. It takes effect at noon tomorrow "
            "for two months."),
            [("2016-11-03T12:00", "2017-01-03T12:00", None)],
        ),
        (
            "The ceasefire took effect at 6 a.m. today, the army said, and it lasts 48 hours.",
            [("2016-11-02T06:00", "2016-11-04T06:00", None)],
        ),
        (
            ("The pause was to end at 7 p.m. today but will now last until 7 p.m. on Friday, "
            "the army said."),
            [(None, "2016-11-04T19:00", None)],
        ),
        (
            "The army announced a pause from midnight tonight.",
            [("2016-11-03T00:00", None, None)],
        ),
        (
            "The army announced pauses on November 3, 4 and 6, from 9 a.m. to 5 p.m.",
            [(f"2016-11-0{day}T09:00", f"2016-11-0{day}T17:00", None) for day in (3, 4, 6)],
        ),
        (
            ("The army and the rebels agreed on a pause on Thursday from 7 a.m. to 11 a.m. and on "
            "Saturday in the same hours."),
            [(f"2016-11-0{day}T07:00", f"2016-11-0{day}T11:00", None) for day in (3, 5)],
        ),
    ],
)  # fmt: skip
def test_hours_in_many_wordings(text, windows):
    assert hours_of(HEAD + text) == windows


@pytest.mark.parametrize(
    "text",
    [
        "The army did not stop shelling the city tomorrow's convoy was to enter at noon.",
        "Fighting will resume tomorrow at noon, the army said.",
        "The army will not stop its strikes tomorrow at noon, a spokesman said.",
        "The truce that took effect at noon on 12 September collapsed within a week.",
        "On Saturday a five-hour ceasefire, due to run from 9 a.m., was broken off before noon.",
        "The museum of the siege is open every day from 9 a.m. to 5 p.m.; soldiers pay half.",
        ("Residents must evacuate the district by 6 p.m. tomorrow, before the army's "
        "strikes begin."),
        ("The envoy asked both armies to stop firing tomorrow from 9 a.m. to 5 p.m.; "
        "neither answered."),
        "Two years on, the truce is remembered. It was to start at 10 a.m. on the Friday.",
        "The army denied what news sites wrote about a truce from 6 p.m. tomorrow.",
        "The council was still studying the plan for a three-month truce put to it by mediators.",
        ("Two airlines agreed on a truce in their fare war; analysts say prices rise at 9 "
        "a.m. tomorrow."),
        ("Military police patrolled the roads from 7 a.m. to 3 p.m. and recorded 23 "
        "violations of the "
        "ceasefire."),
        ("We need a corridor open from 6 a.m. to 6 p.m., an aid worker said; nobody has "
        "promised one."),
    ],
)  # fmt: skip
def test_what_is_past_denied_hoped_for_or_of_something_else_gives_no_hours(text):
    assert not hours_of(HEAD + text)


RU = "АЛЕППО, 2 ноября 2016 - "


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("Завтра в полдень войска перестанут стрелять, чтобы жители могли уйти.", [NOON]),
        ("Огонь должен смолкнуть завтра в 12 часов, объявила армия.", [NOON]),
        ("Боевые действия прекратятся завтра, 3 ноября, в 12:00, сообщили в армии.", [NOON]),
        ("Завтра с 9:00 до 17:00 войска не будут вести огня.", [DAY]),
        ("Армия обещала не стрелять завтра с девяти утра до пяти вечера.", [DAY]),
        (("Выезд для жителей открыт каждый день с 9:00 до 17:00 начиная с 3 ноября, "
         "сообщила армия."),
         [DAILY]),
        (("Объявлены окна тишины. График:\n3 ноября: с 09:00 до 17:00;\n4 ноября: с 09:00 "
         "до 17:00."),
         [DAY, ("2016-11-04T09:00", "2016-11-04T17:00", None)]),
        ("Перемирие вступило в силу в среду в 4 часа утра, сообщила армия.",
         [("2016-11-02T04:00", None, None)]),
        ("Пауза продлена до 19 часов пятницы, сообщила армия.",
         [(None, "2016-11-04T19:00", None)]),
        ("Бои возобновятся завтра в 12:00, сообщила армия.", []),
        ("Перемирие, вступившее в силу 20 октября в 8:00, сорвалось.", []),
        (("Год назад здесь действовал режим тишины с 9:00 до 17:00. Музей открыт с 10:00 "
         "до 18:00."), []),
    ],
)  # fmt: skip
def test_hours_in_russian(text, windows):
    assert (hours_of(RU + text) or []) == windows


AR = "حلب، 2 تشرين الثاني 2016 - "


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("أعلن الجيش وقفاً فورياً وشاملاً لإطلاق النار يبدأ ظهر غد الخميس.", [NOON]),
        (("أعلن الجيش وقفاً إنسانياً غير مشروط لإطلاق النار غداً من التاسعة صباحاً حتى "
         "الخامسة عصراً."),
         [DAY]),
        (("قال الجيش إن القصف سيتوقف غداً من الساعة 9:00 حتى الساعة 17:00 لإخراج "
         "المدنيين."), [DAY]),
        ("يبدأ عبور المدنيين عبر الممر الآمن غداً في التاسعة صباحاً وينتهي في الخامسة.", [DAY]),
        (("أعلن الجيش هدنة تسري بشكل يومي من التاسعة صباحاً حتى الخامسة عصراً ابتداءً من "
         "غد."), [DAILY]),
        ("أعلن الجيش هدنة كل يوم من التاسعة صباحاً حتى الخامسة عصراً ابتداءً من غد.", [DAILY]),
        ("أعلن الجيش هدنة تبدأ منتصف هذه الليلة.", [("2016-11-03T00:00", None, None)]),
        ("نفى الجيش ما تناقلته مواقع عن هدنة تبدأ غداً من التاسعة صباحاً حتى الخامسة عصراً.", []),
        ("انهارت هدنة بدأت أمس عند السادسة صباحاً.", []),
    ],
)  # fmt: skip
def test_hours_in_arabic(text, windows):
    assert (hours_of(AR + text) or []) == windows
