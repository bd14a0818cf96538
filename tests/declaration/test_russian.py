"""Read Russian words as English: numbers, cases, clocks, days, order."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.base.errors import NothingAnnounced
from safepassage.declaration import read
from safepassage.declaration.english import words
from safepassage.declaration.english.actors import find_actors
from safepassage.declaration.english.numbers import number
from safepassage.declaration.gloss import tokens_of
from safepassage.declaration.russian import gloss
from safepassage.declaration.russian.gloss import fold, spell
from safepassage.declaration.russian.phrases import PHRASES
from safepassage.declaration.text import prepare


def english(russian):
    line = ""
    for piece in gloss(tokens_of(russian, 0, len(russian))):
        if piece.english:
            line += " " * (bool(line) and piece.spaced) + piece.english
    return line


# --- numbers --------------------------------------------------------------------------

UNITS = (  # noqa: SIM905 (words are easier to check in a row)
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
    "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
).split()
UNITS_OF = (  # noqa: SIM905
    "нуля одного двух трёх четырёх пяти шести семи восьми девяти десяти одиннадцати двенадцати "
    "тринадцати четырнадцати пятнадцати шестнадцати семнадцати восемнадцати девятнадцати"
).split()
TENS = {20: "двадцать", 30: "тридцать", 40: "сорок", 50: "пятьдесят", 60: "шестьдесят"}
TENS_OF = {20: "двадцати", 30: "тридцати", 40: "сорока", 50: "пятидесяти", 60: "шестидесяти"}


def written(value, units, tens):
    if value < 20:
        return units[value]
    rest = value % 10
    return tens[value - rest] + (f" {units[rest]}" if rest else "")


@given(st.integers(1, 60), st.sampled_from([(UNITS, TENS), (UNITS_OF, TENS_OF)]))
def test_numbers_in_words_are_read_back(value, forms):
    said = english(f"{written(value, *forms)} человек").removesuffix(" people")
    assert number(said) == value


@pytest.mark.parametrize(
    ("russian", "wanted"),
    [
        ("восемью коридорами", "eight corridors"),
        ("двумя гуманитарными коридорами", "two humanitarian corridors"),
        ("по двум коридорам", "via two corridors"),
        ("три специальных коридора", "three special corridors"),
        ("один коридор", "one corridor"),
        ("шесть из восьми коридоров", "six of the eight corridors"),
        ("ещё два - для боевиков", "another two for militants"),
        ("до восьми коридоров", "up to eight corridors"),
        ("обе стороны", "both sides"),
    ],
)
def test_counts_come_in_every_case(russian, wanted):
    assert english(russian) == wanted


# --- clocks ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("russian", "wanted"),
    [
        ("с 9:00 до 19:00", "from 9:00 until 19:00"),
        ("с 09.00 до 19.00", "from 9:00 until 19:00"),
        ("с 9-00 до 19-30", "from 9:00 until 19:30"),
        ("09:00-19:00", "9:00 - 19:00"),
        ("9.00-19.00", "9:00 - 19:00"),
        ("с 9 до 19 часов", "from 9:00 until 19:00"),
        ("с 9 часов до 19 часов", "from 9:00 until 19:00"),
        ("с 9 до 19 по местному времени", "from 9:00 until 19:00 local time"),
        ("с девяти утра до семи вечера", "from 9:00 until 19:00"),
        ("с 9 утра до 7 вечера", "from 9:00 until 19:00"),
        ("с 9 до 7 вечера", "from 9:00 until 19:00"),
        ("с восьми до одиннадцати утра", "from 8:00 until 11:00"),
        ("с десяти часов утра до часа дня", "from 10:00 until 13:00"),
        ("с 9 утра до полудня", "from 9:00 until noon"),
        ("с 9 часов 30 минут до 19 часов 15 минут", "from 9:30 until 19:15"),
        ("в 9 ч. утра", "at 9:00"),
        ("в час ночи", "at 1:00"),
        ("в 12 часов дня", "at noon"),
        ("в двенадцать ночи", "at midnight"),
        ("в 2 часа дня", "at 14:00"),
        ("в десять вечера", "at 22:00"),
        ("в 11 часов ночи", "at 23:00"),
        ("до полуночи", "until midnight"),
        ("в 19 часов вечера", "at 19:00"),
        ("с 10:00 мск", "from 10:00 Moscow time"),
        ("с 10.00 по московскому времени", "from 10:00 Moscow time"),
        ("по московскому времени с 10:00 до 20:00", "from 10:00 until 20:00 Moscow time"),
        ("с 9:00 до 19:00 4 ноября по Москве", "from 9:00 until 19:00 Moscow time on 4 November"),
        ("в 6:00 по Гринвичу", "at 6:00 GMT"),
        ("с 9 часов по киевскому времени", "from 9:00 Kyiv time"),
    ],
)
def test_clocks_in_digits_and_words(russian, wanted):
    assert english(russian) == wanted


@pytest.mark.parametrize(
    "russian",
    [
        "с двух до пяти дня",  # the night, or the day?
        "с 8 до 10 вечера",
        "с 9 до 19 человек",
        "12 утра",
        "6 вечеров",
        "счёт 3-00",
        "выросли на 9.30 процента",
        "в пункте 9.10",
        "с 04.11 по 06.11",
        "продлить до 10 часов",
        "два часа пути",
        "25:00",
    ],
)
def test_what_may_be_no_clock_is_left(russian):
    told = english(russian)
    assert not {"2:00", "3:00", "8:00", "9:00", "9:30", "9:10", "12:00", "4:11"} & set(told.split())


@pytest.mark.parametrize(
    ("russian", "wanted"),
    [
        ("на 10 часов", "for 10 hours"),
        ("продлится десять часов", "will last for 10 hours"),
        ("в течение двух суток", "for 48 hours"),
        ("двое суток", "48 hours"),
        ("на сутки", "for 24 hours"),
        ("полтора часа", "90 minutes"),
        ("на полутора суток", "for 36 hours"),
        ("трёхдневное перемирие", "3-day truce"),
        ("двухсуточная пауза", "48-hour pause"),
        ("десятичасовая пауза", "10-hour pause"),
        ("24-часовая пауза", "24-hour pause"),
        ("72-х часовое перемирие", "72-hour truce"),
        ("пауза продлена на сутки", "pause has been extended by 24 hours"),
        ("пауза продлена до 19:00", "pause has been extended until 19:00"),
        ("пять часов в день", "5 hours a day"),
        ("ежедневно с 9:00", "every day from 9:00"),
        ("каждый день", "every day"),
    ],
)
def test_lengths_and_recurrence(russian, wanted):
    assert english(russian) == wanted


# --- days -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("russian", "wanted"),
    [
        ("2 ноября 2016 года", "2 November 2016"),
        ("2 ноября 2016 г.", "2 November 2016."),
        ("2 нояб. 2016", "2 November 2016"),
        ("19 ноя 2016", "19 November 2016"),
        ("4-го ноября", "4 November"),
        ("четвёртого ноября", "4 November"),
        ("двадцать первого октября", "21 October"),
        ("с 4 по 6 ноября", "from 4 to 6 November"),
        ("4-6 ноября", "4-6 November"),
        ("4 и 5 ноября", "4 and 5 November"),
        ("4, 5 и 6 ноября", "4, 5 and 6 November"),
        ("04.11.2016", "04.11.2016"),
        ("в пятницу, 4 ноября", "on Friday, 4 November"),
        ("во вторник", "on Tuesday"),
        ("со среды", "from Wednesday"),
        ("на пятницу", "for Friday"),
        ("от 2 ноября", "dated 2 November"),
        ("пауза 4 ноября", "pause on 4 November"),
        ("завтра, послезавтра и вчера", "tomorrow, the day after tomorrow and yesterday"),
        ("с завтрашнего дня", "from tomorrow"),
        ("две недели назад", "2 weeks ago"),
        ("в прошлую пятницу", "last Friday"),
        ("по пятницам", "on Fridays"),
        ("в октябре 2016 года", "in October 2016"),
        ("5 мая", "5 May"),
        ("31 марта", "31 March"),
    ],
)
def test_days(russian, wanted):
    assert english(russian) == wanted


# --- names and cases ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("russian", "wanted"),
    [
        ("в Алеппо", "in Aleppo"),
        ("из Хомса", "from Homs"),
        ("в Восточной Гуте", "in Eastern Ghouta"),
        ("жителей Мариуполя", "residents of Mariupol"),
        ("из Мариуполя и Волновахи", "from Mariupol and Volnovakha"),
        ("в Сумах", "in Sumy"),
        ("из Сум", "from Sumy"),
        ("на Полтаву", "to Poltava"),
        ("на Украине", "in Ukraine"),
        ("в секторе Газа", "in Gaza Strip"),
        ("в Изюме", "in Izyum"),
        ("в Тростянце", "in Trostyanets"),
        ("из Купянска", "from Kupyansk"),
        ("в Хан-Юнисе", "in Khan Younis"),
        ("между Россией и Турцией", "between Russia and Turkey"),
        ("в Нагорном Карабахе", "in Nagorno-Karabakh"),
        ("в городе Дума", "in the city of Douma"),
    ],
)
def test_places_in_every_case(russian, wanted):
    assert english(f"и {russian}") == f"and {wanted}"


@pytest.mark.parametrize("name", ["Конашенков", "Игорь", "Шойгу", "Лавровым", "Путина", "Асадом"])
def test_a_person_is_no_town(name):
    assert english(f"и {name}")[4:] in {spell(name), "Shoigu", "Lavrov"}


@pytest.mark.parametrize(
    "russian",
    [
        "гуманитарная пауза", "гуманитарную паузу", "гуманитарных пауз", "перемирием",
        "режим прекращения огня", "режиме тишины", "прекращении боевых действий",
        "прекращение огня", "временного перемирия", "приостановка боевых действий",
        "трёхдневном перемирии", "режима прекращения боевых действий",
    ],
)  # fmt: skip
def test_pauses_are_named_as_the_rules_name_them(russian):
    assert words.PAUSE.search(english(russian)), english(russian)
    assert not find_actors(prepare(f"{russian.capitalize()} введено.")), russian


@pytest.mark.parametrize(
    "russian",
    ["гуманитарный коридор", "гуманитарными коридорами", "коридоре", "безопасных маршрутов",
     "пункта пропуска", "путям выхода", "зелёного коридора", "выходов"],
)  # fmt: skip
def test_corridors_are_named_as_the_rules_name_them(russian):
    assert words.CORRIDOR.search(english(russian)), english(russian)


@pytest.mark.parametrize(
    ("russian", "name"),
    [
        ("Минобороны РФ", "Russian Defence Ministry"),
        ("Министерством обороны Российской Федерации", "Russian Defence Ministry"),
        ("министр обороны России Сергей Шойгу", "Defence Minister of the Russian Federation"),
        ("Генеральный штаб ВС РФ", "Russian General Staff"),
        ("МИД Сирии", "Syrian Foreign Ministry"),
        ("власти Сирии", "Government of Syria"),
        ("командование сирийской армии", "Syrian Army Command"),
        ("президентом Сирии", "President of the Syrian Arab Republic"),
        ("ХАМАС", "Hamas"),
        ("Силами быстрой поддержки", "Rapid Support Forces"),
        ("МККК", "International Committee of the Red Cross"),
        ("вооружённые группировки", "armed groups"),
        ("сирийская оппозиция", "Syrian opposition"),
        ("РИА Новости", "RIA Novosti"),
    ],
)
def test_actors(russian, name):
    assert [actor.name for actor in find_actors(prepare(f"Сообщили {russian}."))] == [name]


# --- order ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("russian", "wanted"),
    [
        ("Паузу объявила Россия", "pause Russia announced"),
        ("Об этом сообщило Минобороны РФ", "Russian Defence Ministry said so"),
        ("сообщили в Минобороны", "Defence Ministry said"),
        ("В Минобороны РФ заявили", "Russian Defence Ministry said"),
        ("сказал он", "he said"),
        ("ТАСС сообщил представитель Минобороны", "spokesman of Defence Ministry said TASS"),
        ("Паузу отвергли боевики и оппозиция", "pause militants and opposition rejected"),
        ("Россия объявила о перемирии", "Russia announced truce"),
        ("Минобороны в среду сообщило", "Defence Ministry on Wednesday said"),
        ("Минобороны сообщило ООН", "Defence Ministry said United Nations"),
        ("Согласована с властями Сирии", "was agreed with authorities of Syria"),
        ("Пауза одобрена Дамаском", "pause approved by Damascus"),
        ("Минобороны РФ: пауза продлена", "Russian Defence Ministry said: pause has been extended"),
        ("Для жителей откроют шесть коридоров", "will open six corridors for residents"),
        ("если боевики прекратят огонь", "if militants cease fire"),
        ("будет согласована", "will be agreed"),
    ],
)
def test_word_order(russian, wanted):
    assert english(russian) == wanted


def test_speakers_are_quoted_with_their_words_in_between():
    text = prepare("Об этом сообщило в среду Минобороны РФ, отметив успех.")
    start = text.cased.index("Russian Defence Ministry")
    end = text.cased.index("Wednesday") + len("Wednesday")
    assert text.quote(start, end) == "Об этом сообщило в среду Минобороны РФ"


# --- the phrasebook and the rest ------------------------------------------------------


def test_spelling_keeps_capitals_and_makes_no_english_word():
    assert spell("Щёлково") == "Shchyolkovo"
    assert spell("то") == "to'"
    assert fold("Трёх") == "трех"


def lines():
    for topics in PHRASES.values():
        for topic in topics:
            yield from filter(None, topic.splitlines())


def test_phrases_are_russian_on_the_left_and_english_on_the_right():
    latin = {
        "utc",
        "gmt",
        "reuters",
        "bbc",
        "cnn",
        "afp",
        "associated press",
        "telegram",
        "interfax . ru -",
    }
    for line in lines():
        left, _, right = line.partition("=")
        assert right.isascii(), line
        assert not left.isascii() or left.strip() in latin or not any(map(str.isalpha, left)), line


SOME = st.lists(
    st.sampled_from([
        "Минобороны", "РФ", "сообщило", "в", "среду", ",", "что", "пауза", "с", "9", "до", "19",
        "часов", "4", "ноября", "2016", "года", "по", "московскому", "времени", "для", "жителей",
        "открыты", "два", "коридора", "ТАСС", "(", ")", ":", "-", "если", "г", ".", "Алеппо",
        "он", "Иван", "которые", "согласована", "боевиками", "9:00", "утра", '"', "из", "шести",
    ]),
    max_size=40,
)  # fmt: skip


@given(SOME)
def test_no_word_is_lost_or_told_twice(tokens):
    text = " ".join(tokens)
    pieces = sorted(gloss(tokens_of(text, 0, len(text))), key=lambda piece: piece.start)
    covered = "".join(text[piece.start : piece.end] for piece in pieces)
    assert covered.replace(" ", "") == text.replace(" ", "")


@settings(max_examples=60, deadline=None)
@given(SOME)
def test_any_words_give_a_declaration_or_say_that_nothing_is_announced(tokens):
    text = "Минобороны РФ объявило гуманитарную паузу в Алеппо. " + " ".join(tokens)
    with suppress(NothingAnnounced):
        declaration = read(text)
        for field, evidence in declaration.evidence.items():
            assert text[evidence.start : evidence.end] == evidence.quote, field
        for window in declaration.windows:
            assert window.start < window.end


@pytest.mark.parametrize(
    "piece", ["с 9 до ", "4, ", "сообщило Минобороны ", "для жителей ", "по московскому времени "]
)
def test_time_grows_with_the_text_not_faster(piece):
    english(piece * 40)

    def spent(count):
        begin = time.process_time()
        english(piece * count)
        return time.process_time() - begin

    small, large = min(spent(300) for _ in range(3)), min(spent(1200) for _ in range(3))
    assert large < 12 * small
