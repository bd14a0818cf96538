"""Known answers for families of Russian wordings, and for what they must not open."""

from __future__ import annotations

import pytest

from safepassage.base.errors import NothingAnnounced
from safepassage.declaration import read
from safepassage.declaration.russian.sounds import town_sounding
from safepassage.declaration.russian.towns import named
from safepassage.declaration.text import prepare

LEAD = "Хомс, 4 ноября 2016 года\n\nАрмия объявила перемирие в Хомсе 5 ноября с 9:00 до 17:00. "


def english(text):
    return [sentence.cased for sentence in prepare(text).sentences]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Договор подписан 4 ноября 2016 г. Стороны его приняли.", 2),
        ("Мост открыт с 9 до 19 ч. Автобусы ждут людей.", 2),
        ("С 4 ноября 2016 г. Минобороны вводит паузу.", 1),
        ("Пауза в г. Алеппо продлится день.", 1),
        ("Колонна пойдёт по ул. Ленина на север.", 1),
        ("Встреча 14 янв. 2026 года прошла в Москве.", 1),
    ],
)
def test_a_sentence_ends_at_a_year_but_not_inside_a_date(text, count):
    assert len(prepare(text).sentences) == count


@pytest.mark.parametrize(
    ("russian", "told"),
    [
        ("Коридоры проложат завтра.", "will set up"),
        ("Пост будет перекрыт.", "will be blocked"),
        ("Не берите лишних вещей.", "must not carry"),
        ("Бойцов выпускают.", "let through"),
    ],
)
def test_forms_that_no_line_spells_out_are_known(russian, told):
    assert told in " ".join(english(russian))


@pytest.mark.parametrize(
    ("terms", "rule"),
    [
        ("Оружие бойцы сдают перед посадкой.", "surrender"),
        ("Оружие у боевиков не отбирают.", "keep"),
        ("Боевикам разрешено взять автомат.", "light"),
        ("Боевики выйдут, личное оружие останется при них.", "light"),
        ("Тяжёлое вооружение боевики оставляют.", "light"),
        ("С оружием через пост не пропустят.", "none"),
        ("Ношение оружия в колонне исключено.", "none"),
        ("Оружия с собой не брать.", "none"),
    ],
)
def test_rules_on_weapons_are_read_in_any_order(terms, rule):
    assert read(LEAD + terms).weapons == rule


@pytest.mark.parametrize(
    ("terms", "counts"),
    [
        ("Для жителей открывают безопасный коридор.", (1, 1, None)),
        ("Число коридоров доведено до семи.", (7, None, None)),
        ("Открыто восемь коридоров: через два выпускают боевиков, через остальные - население.",
         (8, 6, 2)),
        ("Коридоров три.", (3, None, None)),
        ("Коридор на юг работать не будет.", (None, None, None)),
        ("Число погибших в районе коридоров выросло до семи.", (None, None, None)),
    ],
)  # fmt: skip
def test_corridors_are_counted_in_any_order(terms, counts):
    found = read(LEAD + terms).corridors
    assert (found.total, found.civilian, found.armed) == counts


@pytest.mark.parametrize(
    "terms",
    [
        "Гарантом его выступает Иран.",
        "Соблюдение условий гарантирует Иран.",
        "Роль гаранта взял на себя Иран.",
        "Гарант соглашения - Иран.",
    ],
)
def test_who_guarantees_is_read_in_any_order(terms):
    assert list(read(LEAD + terms).guarantors) == ["Government of Iran"]


@pytest.mark.parametrize(
    "text",
    [
        "Сообщения о том, что завтра с 8:00 до 20:00 в Хомсе откроют коридор, - фейк.",
        "Не верьте сообщениям о перемирии в Хомсе с 8:00 до 20:00 завтра.",
        "Как будут устроены паузы в Хомсе, не сообщается.",
        "Спасатели проведут учения: с 9:00 до 12:00 в Хомсе будет открыт коридор для жителей.",
    ],
)
def test_what_is_false_unknown_or_a_drill_is_not_announced(text):
    with pytest.raises(NothingAnnounced, match="announces no pause"):
        read(f"4 ноября 2016 года\n\n{text}")


def test_waiting_for_an_answer_gives_no_hours():
    windows = read(LEAD + "Ответа оппозиции ждут до трёх часов ночи.").windows
    assert [each.end.hour for each in windows] == [17]


@pytest.mark.parametrize(
    ("word", "preposition", "nominative"),
    [
        ("Вафидине", "в", "Вафидин"),
        ("Тальбисы", "из", "Тальбиса"),
        ("Карьятейну", "к", "Карьятейн"),
        ("Вафидине", "о", "Вафидине"),
    ],
)
def test_an_unknown_name_is_given_as_it_is_called(word, preposition, nominative):
    assert named(word, preposition) == nominative


def test_a_large_town_is_known_by_its_sound():
    assert town_sounding("Uagadugu") == "Ouagadougou"
    assert town_sounding("Khafsardzha") is None
