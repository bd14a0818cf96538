"""Read short sentences of ours on ways out and on arms, in three languages, traps among them.

Each row of ``ways_and_arms.json`` has the language, the sentence, how many ways there are in
all, for civilians and for armed groups, and the rule on arms; ``null`` where it tells none.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from safepassage.declaration import read

ROWS = json.loads(Path(__file__).with_name("ways_and_arms.json").read_text("utf-8"))
HEADS = {
    "en": "2 November 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in "
    "Aleppo, Syria, on 4 November 2016 from 9 am to 7 pm.\n\n",
    "ru": "2 ноября 2016 года\n\nМинобороны России объявило гуманитарную паузу в Алеппо "
    "4 ноября 2016 года с 9:00 до 19:00.\n\n",
    "ar": "2 تشرين الثاني 2016\n\nأعلنت وزارة الدفاع الروسية هدنة إنسانية في حلب يوم "
    "4 تشرين الثاني 2016 من الساعة 9:00 إلى الساعة 19:00.\n\n",
}


@pytest.mark.parametrize(("language", "more", "counts", "rule"), ROWS)
def test_ways_out_and_arms(language, more, counts, rule):
    declaration = read(HEADS[language] + more)
    found = declaration.corridors
    assert [found.total, found.civilian, found.armed] == counts
    assert declaration.weapons == rule


@pytest.mark.parametrize(
    ("language", "more"),
    [
        (
            "en",
            "Six of the eight are open again. Three corridors are for civilians, two for rebels.",
        ),
        ("ru", "Шесть из восьми открыты. Три коридора – для мирных жителей, два – для боевиков."),
        ("ar", "ستة من الثمانية مفتوحة. ثلاثة ممرات للمدنيين واثنان للمسلحين."),
    ],
)
def test_a_sum_that_another_total_disputes_is_left_open_and_told(language, more):
    declaration = read(HEADS[language] + more)
    assert declaration.corridors.total is None
    assert any("add up to 5, while 8" in remark for remark in declaration.remarks)
