"""Text messages of zones: they fit, their mark stands first, and no word is cut."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.publish.leaflet_marks import DRAFT, Marks
from safepassage.publish.leaflet_route import Ground
from safepassage.publish.leaflet_view import View, told_zones
from safepassage.publish.shortened import GSM_7, gsm, ucs2
from safepassage.publish.text_messages import message, message_row, parts_of
from safepassage.publish.tongue import tongue

NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("abc صلاح الدين –(ğœ😀"),
    min_size=1, max_size=120,
)  # fmt: skip
MARKS = (Marks(""), Marks(DRAFT), Marks("NOT FOR DISTRIBUTION", exercise=True))


@pytest.fixture(scope="module")
def pair(sample_pair):
    return copy.deepcopy(sample_pair)


def view_of(pair, language):
    plan, city = pair
    return View(plan, Ground(city), tongue(language, plan["case"]["tz"]), set())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_message_tells_the_zone_the_way_and_the_hours(pair, language):
    view = view_of(pair, language)
    wave = pair[0]["schedule"]["waves"][0]
    (zone,) = told_zones(view, [wave["zone"]])
    for most in (160, 70):
        text = message(view, zone, Marks(""), most)
        assert len(text) <= most
        assert text.startswith(f"{zone['name']} 4/11:")
        assert wave["from"][11:] in text


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_message_fits_and_cuts_no_word(pair, data):
    language = data.draw(st.sampled_from(["en", "ar"]))
    view = view_of(pair, language)
    zone = next(told_zones(view))
    zone["name"] = data.draw(NAMES)
    for row in zone["rows"]:
        row["name"], row["destination"] = data.draw(NAMES), data.draw(NAMES)
    marks, most = data.draw(st.sampled_from(MARKS)), data.draw(st.sampled_from([160, 70]))
    written = gsm if language == "en" else ucs2
    text = message(view, zone, marks, most)
    assert len(text) <= most
    assert text.startswith(written(marks.before(view.say)))
    words = {
        word
        for part in parts_of(view, zone, brief=True)
        for way in part
        for word in written(way).split()
    }
    rest = text.removeprefix(written(marks.before(view.say))).split()
    assert set(rest) <= words
    assert language != "en" or set(text) <= GSM_7


@pytest.mark.parametrize(
    ("text", "told"),
    [("a" * 160, ("GSM-7", 1)), ("ش" * 70, ("UCS-2", 1)), ("ش" * 71, ("UCS-2", 2)),
     ("ش" * 135, ("UCS-2", 3))],
)  # fmt: skip
def test_it_says_how_many_messages_a_text_takes(text, told):
    assert tuple(message_row("z", "Z", "ar", 160, "", text)[5:7]) == told
