from __future__ import annotations

import pytest

from safepassage.declaration.text import prepare


@pytest.mark.parametrize(
    ("words", "english"),
    [
        ("أعلنت حماس في بيان موافقتها على الهدنة", "Hamas agreed to in a statement the truce"),
        (
            "أعلن المتحدث موافقة الحوثيين على الهدنة",
            "spokesman announced Houthis agreed to the truce",
        ),
        ("أكدت حماس التزامها بالهدنة", "Hamas pledged to respect the truce"),
        ("لم تعلن قوات الدعم السريع موقفها", "Rapid Support Forces has not commented"),
        ("قالت حماس إنها وافقت على مقترح الهدنة", "Hamas said that it agreed to plan the truce"),
        ("رهن موافقة الحوثيين", "if approved by Houthis"),
    ],
)
def test_whose_answer_it_is(words, english):
    assert prepare(words).cased == english


@pytest.mark.parametrize(
    ("words", "english"),
    [
        ("رئيس سوريا", "President of Syria"),
        ("الرئيس السوري", "Syrian President"),
        ("رئيس لجنة", "head of"),
        ("رئيس وزراء العراق", "Prime Minister of Iraq"),
    ],
)
def test_only_a_state_has_a_president(words, english):
    assert prepare(words).cased.startswith(english)


@pytest.mark.parametrize(
    ("words", "english"),
    [
        ("الثامنة ليلة الجمعة", "8 o'clock Friday"),
        ("الثامنة ليل الجمعة", "20:00 Friday"),
        ("الساعة 23,00", "23:00"),
        ("من 8 ص إلى 6 م", "from 08:00 to 18:00"),
        ("منتصف ليل الخميس-الجمعة 30 كانون الأول 2016", "00:00 on Friday 30 December 2016"),
        ("منتصف ليل الخميس-الجمعة 29 كانون الأول 2016", "24:00 on Thursday 29 December 2016"),
    ],
)
def test_hours_that_end_or_open_a_day(words, english):
    assert prepare(words).cased == english
