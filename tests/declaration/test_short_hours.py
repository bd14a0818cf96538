"""Short announcements in three languages: the hours they give, or that they announce nothing."""

from __future__ import annotations

import pytest

from safepassage.base.errors import NothingAnnounced
from safepassage.declaration import read

NOTHING = "nothing"


def told(text):
    """Give windows, whole or open, as "start..end", with "daily" and the last day."""
    try:
        document = read(text, name="x").as_json()
    except NothingAnnounced:
        return NOTHING
    found = [*document.get("windows", []), *document.get("open_windows", [])]
    return " & ".join(_window(each.get("value", each)) for each in found)


def _window(each):
    ends = "..".join((each.get(end) or "?")[:16] for end in ("start", "end"))
    daily = " daily" if each.get("recurrence") else ""
    return f"{ends}{daily}{' until ' + each['until'] if each.get('until') else ''}"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        (
            (
                "Aleppo, 3 May 2026 - The army will hold its fire from 8 a.m. to 4 p.m. on "
                "Tuesday 5 May so that civilians can leave, the defence ministry said."
            ),
            "2026-05-05T08:00..2026-05-05T16:00",
        ),
        (
            (
                "Khartoum, 3 May 2026 - A lull in the fighting was agreed by the army and the "
                "RSF. It takes hold at 6 a.m. tomorrow and is to stand for 24 hours."
            ),
            "2026-05-04T06:00..2026-05-05T06:00",
        ),
        (
            (
                "Gaza, 3 May 2026 - Guns will be still between nine and noon on Monday, the "
                "military said, so that aid trucks can pass."
            ),
            "2026-05-04T09:00..2026-05-04T12:00",
        ),
        (
            (
                "Sumy, 3 May 2026 - Safe passage for civilians is guaranteed along the Poltava "
                "road from 10:00 to 18:00 on 4 May, the governor said."
            ),
            "2026-05-04T10:00..2026-05-04T18:00",
        ),
        (
            (
                "Taiz, 3 May 2026 - The road to Hawban opens to civilians tomorrow at 07:00 and "
                "closes at 19:00, both sides said."
            ),
            "2026-05-04T07:00..2026-05-04T19:00",
        ),
        (
            ("Homs, 3 May 2026 - The ceasefire came into force at noon today, the governor said."),
            "2026-05-03T12:00..?",
        ),
        (
            (
                "Mariupol, 3 May 2026 - The ceasefire, to run from 9 a.m. to 9 p.m. on 4 May, was "
                "announced by the Russian defence ministry."
            ),
            "2026-05-04T09:00..2026-05-04T21:00",
        ),
        (
            (
                "Goma, 3 May 2026 - Under the deal, M23 and the army cease fire for five days as "
                "of midnight on 4 May."
            ),
            "",
        ),
        (
            (
                "Goma, 3 May 2026 - Fighters of M23 said they might stop shooting at 6 p.m. on "
                "Monday if the army did."
            ),
            NOTHING,
        ),
        (
            (
                "Kyiv, 3 May 2026 - Ukraine proposed a 30-day ceasefire starting on 5 May at "
                "09:00. Russia has not answered."
            ),
            NOTHING,
        ),
        (
            (
                "Idlib, 3 May 2026 - Last year's pause began at 6 a.m. on 5 May. No new one is "
                "planned."
            ),
            NOTHING,
        ),
        (
            (
                "Juba, 3 May 2026 - The president ordered his troops to observe a ceasefire from "
                "18:00 on Monday 4 May until further notice."
            ),
            "2026-05-04T18:00..?",
        ),
        (
            (
                "Sanaa, 3 May 2026 - Fighting will stop daily from 5 a.m. until 11 a.m. from 4 "
                "May to 10 May to let convoys through."
            ),
            "2026-05-04T05:00..2026-05-04T11:00 daily until 2026-05-10",
        ),
        (
            "Gaza, 3 May 2026 - Talks resume at 10 a.m. on Monday over a pause.",
            NOTHING,
        ),
        (
            (
                "Gaza, 3 May 2026 - A curfew will be in force from 8 p.m. to 6 a.m. The ceasefire "
                "begins on Monday at 7 a.m."
            ),
            "2026-05-04T07:00..?",
        ),
        (
            (
                "Aleppo, 3 May 2026 - The evacuation of the wounded from Sukkari begins at 6 a.m. "
                "on 4 May, the Red Cross said."
            ),
            "2026-05-04T06:00..?",
        ),
        (
            (
                "Aleppo, 3 May 2026 - The truce that was to begin at 6 a.m. on 4 May has been "
                "called off."
            ),
            NOTHING,
        ),
        (
            (
                "Marawi, 3 May 2026 - For eight hours on Sunday 10 May, beginning at six in the "
                "morning, troops will not fire."
            ),
            "2026-05-10T06:00..2026-05-10T14:00",
        ),
        (
            (
                "Sarajevo, 3 May 1994 - The parties have signed an armistice. All guns fall "
                "silent at 1300 hours on 5 May."
            ),
            "1994-05-05T13:00..?",
        ),
        (
            (
                "Fallujah, 3 May 2004 - Residents may leave through the northern checkpoint "
                "between 8 in the morning and 5 in the afternoon on Tuesday, marines said."
            ),
            "2004-05-04T08:00..2004-05-04T17:00",
        ),
        (
            (
                "Fallujah, 3 May 2004 - Residents left through the northern checkpoint between 8 "
                "a.m. and 5 p.m. on Sunday, marines said."
            ),
            NOTHING,
        ),
        (
            ("Grozny, 3 May 2026 - The corridor will be closed from 8 a.m. to 5 p.m. on Tuesday."),
            NOTHING,
        ),
        (
            (
                "Lugansk, 3 May 2026 - Shelling resumed at 9 a.m. on Sunday, an hour after the "
                "truce was to begin."
            ),
            NOTHING,
        ),
        (
            (
                "Rafah, 3 May 2026 - The Rafah crossing will be open for trucks from 9:00 to "
                "17:00 on Monday, the customs office said."
            ),
            NOTHING,
        ),
        (
            (
                "Tskhinvali, 3 May 2026 - Both sides agreed to silence their guns for three "
                "hours, from 15:00 to 18:00 today."
            ),
            "2026-05-03T15:00..2026-05-03T18:00",
        ),
        (
            (
                "Beirut, 3 May 2026 - There will be no strikes on the southern suburbs from 4 "
                "a.m. on Wednesday, the army said."
            ),
            "2026-05-06T04:00..?",
        ),
        (
            (
                "Beirut, 3 May 2026 - The cessation of hostilities shall commence at 04:00 local "
                "time (02:00 GMT) on 6 May and continue for 60 days."
            ),
            "2026-05-06T04:00..2026-07-05T04:00",
        ),
        (
            (
                "Vukovar, 3 May 1991 - The convoy sets out at 8 a.m. on 5 May. The federal army "
                "promised to hold fire until it has passed."
            ),
            "",
        ),
        (
            ("Stepanakert, 3 May 2026 - The supermarket's price truce ends at 6 p.m. on Monday."),
            NOTHING,
        ),
        (
            (
                "Irpin, 3 May 2026 - From nine o'clock tomorrow morning until six in the evening "
                "there is a ceasefire for evacuation, the mayor wrote."
            ),
            "2026-05-04T09:00..2026-05-04T18:00",
        ),
        (
            (
                "Daraa, 3 May 2026 - The regime and rebels extended their truce by 48 hours, to 3 "
                "p.m. on 6 May."
            ),
            "?..2026-05-06T15:00",
        ),
        (
            (
                "Kupiansk, 3 May 2026 - Nobody is to shoot on 9 May, the two commanders agreed, "
                "between 00:00 and 24:00."
            ),
            "2026-05-09T00:00..2026-05-10T00:00",
        ),
        (
            (
                "Алеппо, 3 мая 2026 года. Гуманитарная пауза в Алеппо будет действовать 5 мая с 8 "
                "утра до 4 часов дня, заявил Генштаб ВС РФ."
            ),
            "2026-05-05T08:00..2026-05-05T16:00",
        ),
        (
            (
                "Дамаск, 3 мая 2026 года. Боевики договорились с армией не стрелять с 14:00 до "
                "16:00 сегодня."
            ),
            "2026-05-03T14:00..2026-05-03T16:00",
        ),
        (
            (
                "Донецк, 3 мая 2026 года. Обстрелы возобновились в 9:00, хотя перемирие должно "
                "было действовать до 18:00."
            ),
            NOTHING,
        ),
        (
            "Киев, 3 мая 2026 года. Украина предложила перемирие на 30 дней с 5 мая.",
            NOTHING,
        ),
        (
            (
                "Хартум, 3 мая 2026 года. Армия объявила перемирие на 24 часа. Оно начнётся в 6 "
                "часов утра 4 мая."
            ),
            "2026-05-04T06:00..2026-05-05T06:00",
        ),
        (
            "Идлиб, 3 мая 2026 года. Режим прекращения огня вводится с 00:01 5 мая.",
            "2026-05-05T00:01..?",
        ),
        (
            (
                "Гута, 3 мая 2026 года. Со вторника, 5 мая, каждый день с 9 до 14 часов в Гуте "
                "будет гуманитарная пауза."
            ),
            "2026-05-05T09:00..2026-05-05T14:00 daily",
        ),
        (
            (
                "Цхинвал, 3 мая 2026 года. Грузия прекратит огонь на три часа, с 15 до 18 часов 4 "
                "мая, чтобы люди могли уйти."
            ),
            "2026-05-04T15:00..2026-05-04T18:00",
        ),
        (
            "Изюм, 3 мая 2026 года. Режим тишины продлён до 20:00 4 мая.",
            "?..2026-05-04T20:00",
        ),
        (
            "Изюм, 3 мая 2026 года. Режим тишины 4 мая отменён.",
            NOTHING,
        ),
        (
            "Харьков, 3 мая 2026 года. Магазины работают с 9:00 до 18:00.",
            NOTHING,
        ),
        (
            "Ирпень, 3 мая 2026 года. Переговоры о перемирии начнутся 4 мая в 10:00.",
            NOTHING,
        ),
        (
            "Ирпень, 3 мая 2026 года. В прошлом году перемирие начиналось 4 мая в 10:00.",
            NOTHING,
        ),
        (
            (
                "Рубежное, 3 мая 2026 года. С девяти утра до шести вечера 4 мая дорога на "
                "Славянск будет открыта для мирных жителей."
            ),
            "2026-05-04T09:00..2026-05-04T18:00",
        ),
        (
            (
                "Кобани, 3 мая 2026 года. Эвакуация раненых начнётся 4 мая в 7:30, военные "
                "обещали не стрелять."
            ),
            "2026-05-04T07:30..?",
        ),
        (
            ("Ялта, 3 мая 2026 года. Стороны прекратят боевые действия в ночь на 5 мая, в 00:00."),
            "2026-05-05T00:00..?",
        ),
        (
            "Сана, 3 мая 2026 года. Коалиция остановит удары в полдень 5 мая на пять дней.",
            "2026-05-05T12:00..2026-05-10T12:00",
        ),
        (
            "Горловка, 3 мая 2026 года. Если огонь прекратится, автобусы пойдут 4 мая в 9:00.",
            NOTHING,
        ),
        (
            (
                "Купянск, 3 мая 2026 года. В оба дня, 4 и 5 мая, тишина с 10:00 до 13:00, "
                "договорились военные."
            ),
            "2026-05-04T10:00..2026-05-04T13:00 & 2026-05-05T10:00..2026-05-05T13:00",
        ),
        (
            (
                "Попасная, 3 мая 2026 года. Прекращение огня с 11:00 по киевскому времени 4 мая "
                "объявило командование."
            ),
            "2026-05-04T11:00..?",
        ),
        (
            (
                "حلب، 3 أيار 2026 - أعلن الجيش السوري هدنة إنسانية يوم الثلاثاء 5 أيار من الساعة "
                "الثامنة صباحا حتى الرابعة عصرا."
            ),
            "2026-05-05T08:00..2026-05-05T16:00",
        ),
        (
            (
                "غزة، 3 مايو 2026 - أعلن الجيش الإسرائيلي هدنة يومية من العاشرة صباحا حتى الثامنة "
                "مساء اعتبارا من الاثنين 4 مايو."
            ),
            "2026-05-04T10:00..2026-05-04T20:00 daily",
        ),
        (
            (
                "الخرطوم، 3 مايو 2026 - يبدأ وقف إطلاق النار في السادسة من صباح غد الاثنين ويستمر "
                "24 ساعة، بحسب بيان الجيش."
            ),
            "2026-05-04T06:00..2026-05-05T06:00",
        ),
        (
            "صنعاء، 3 مايو 2026 - يتوقف القتال عند منتصف ليل الثلاثاء 5 مايو.",
            "",
        ),
        (
            (
                "الحديدة، 3 مايو 2026 - دخل وقف إطلاق النار حيز التنفيذ عند الساعة 00:00 من اليوم "
                "3 مايو."
            ),
            "2026-05-03T00:00..?",
        ),
        (
            "الفاشر، 3 مايو 2026 - دعا المبعوث الأممي إلى هدنة تبدأ في السادسة صباح 5 مايو.",
            NOTHING,
        ),
        (
            "الفاشر، 3 مايو 2026 - انتهت الهدنة التي بدأت في السادسة صباح 1 مايو.",
            NOTHING,
        ),
        (
            (
                "درعا، 3 أيار 2026 - تفتح المعابر أمام المدنيين غدا من التاسعة صباحا إلى الثانية "
                "ظهرا، وفق المحافظ."
            ),
            "2026-05-04T09:00..2026-05-04T14:00",
        ),
        (
            (
                "تعز، 3 مايو 2026 - يفتح طريق الحوبان أمام المدنيين يوميا من السادسة صباحا حتى "
                "السادسة مساء ابتداء من 5 مايو."
            ),
            "2026-05-05T06:00..2026-05-05T18:00 daily",
        ),
        (
            (
                "بيروت، 3 مايو 2026 - يسري وقف الأعمال العدائية اعتبارا من الرابعة فجر الأربعاء 6 "
                "مايو لمدة 60 يوما."
            ),
            "2026-05-06T04:00..2026-07-05T04:00",
        ),
        (
            (
                "الموصل، 3 مايو 2026 - حظر التجول من الثامنة مساء حتى السادسة صباحا. يفتح ممر آمن "
                "للمدنيين يوم 4 مايو من التاسعة صباحا حتى الثالثة بعد الظهر."
            ),
            "2026-05-04T09:00..2026-05-04T15:00",
        ),
        (
            "القاهرة، 3 مايو 2026 - تستأنف مفاوضات الهدنة يوم 4 مايو عند العاشرة صباحا.",
            NOTHING,
        ),
        (
            ("حمص، 3 أيار 2026 - تبدأ هدنة لثلاثة أيام الساعة 12 ظهرا يوم 5 أيار لإخراج المدنيين."),
            "2026-05-05T12:00..2026-05-08T12:00",
        ),
        (
            (
                "الغوطة، 3 أيار 2026 - هدنة إنسانية لخمس ساعات يوميا بين التاسعة صباحا والثانية "
                "بعد الظهر، تبدأ الثلاثاء 5 أيار، أعلن وزير الدفاع الروسي."
            ),
            "2026-05-05T09:00..2026-05-05T14:00 daily",
        ),
        (
            (
                "بنغازي، 3 مايو 2026 - أمر القائد العام قواته بوقف إطلاق النار من الثانية ظهرا "
                "حتى الثامنة مساء يوم 4 مايو."
            ),
            "2026-05-04T14:00..2026-05-04T20:00",
        ),
        (
            (
                "الحسكة، 3 أيار 2026 - اتفق الطرفان على وقف إطلاق النار اعتبارا من الثانية بعد "
                "ظهر اليوم."
            ),
            "2026-05-03T14:00..?",
        ),
        (
            "عدن، 3 مايو 2026 - نفى التحالف وجود هدنة تبدأ في السادسة مساء 4 مايو.",
            NOTHING,
        ),
        (
            "إدلب، 3 أيار 2026 - في مثل هذا اليوم قبل عام بدأت هدنة عند السادسة مساء.",
            NOTHING,
        ),
    ],
)
def test_hours_of_short_announcements(text, hours):
    assert told(text) == hours
