"""The page that says what to ask for: everything on it stands in the document."""

import json
import re
import xml.etree.ElementTree as ET
from html import unescape

import pytest

from safepassage import ask, write
from safepassage.publish.ask_page import ask_chart, ask_html, write_ask
from safepassage.publish.chart import Bar, bars, round_steps
from safepassage.publish.sketch import sketch
from safepassage.publish.svg import PHONE, WIDTH

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def document():
    return ask("aleppo-2016-11-04").as_json()


def parsed(picture):
    return ET.fromstring(str(picture))  # noqa: S314 - our own


def changed(document, **values):
    """Give the document with its first single change changed."""
    copy = json.loads(json.dumps(document))
    first = next(each for each in copy["changes"] if each["kind"] == "lane")
    first.update(values)
    return copy


def test_every_change_stands_on_the_page_with_its_people(document):
    page = ask_html(document)
    for each in document["changes"]:
        row = re.search(rf">{re.escape(each['change'])}(<br><small>.*?)?</td>(.*?)</tr>", page)
        assert row, each["change"]
        best = each["people_gained"]["best"]
        assert f"{best:+,}".replace("-", "−") in row[2] or not best
    assert "not estimated" in page
    assert "rejected" in page


def test_the_page_needs_no_script_and_reaches_out_for_nothing(document):
    page = ask_html(document)
    assert "<script" not in page
    assert not re.search(r"(src|href)=", page)
    assert "default-src 'none'" in unescape(page)


def test_the_chart_has_a_bar_for_each_single_change_and_tells_them(document):
    tree = parsed(ask_chart(document))
    single = [each for each in document["changes"] if each["kind"] != "both"]
    drawn = tree.findall(f"{SVG}rect")
    assert len(drawn) == len(single)
    told = tree.findtext(f"{SVG}desc")
    assert all(each["change"] in told for each in single)
    assert "people past the crossings" in told


def test_bars_are_as_long_as_their_figures():
    rows = [Bar("more", 5, 10, 20), Bar("less", -40, -20, -20), Bar("none", 0, 0, 0, assumed=True)]
    tree = parsed(bars(rows, name="x", title="t", unit="people"))
    width = [float(each.get("width")) for each in tree.findall(f"{SVG}rect")]
    assert width[1] == pytest.approx(2 * width[0], abs=0.2)
    assert width[2] == 0
    left = [float(each.get("x")) for each in tree.findall(f"{SVG}rect")]
    assert left[1] + width[1] == pytest.approx(left[0], abs=0.2)
    fills = [each.get("fill") for each in tree.findall(f"{SVG}rect")]
    assert fills[1] == "url(#x-loss)"
    assert tree.findall(f"{SVG}rect")[2].get("stroke-dasharray")


@pytest.mark.parametrize(
    ("least", "most", "steps"),
    [
        (0, 10, [0, 2, 4, 6, 8, 10]),
        (-5, 5, [-4, -2, 0, 2, 4]),
        (0, 0, [0]),
        (-7, 0, [-6, -4, -2, 0]),
    ],
)
def test_axes_have_round_steps(least, most, steps):
    assert round_steps(least, most) == steps


def test_no_change_at_all_is_a_page_too(document):
    page = ask_html({**document, "changes": []})
    assert "One change at a time" in page


def test_names_cannot_break_the_page(document):
    evil = "<script>alert(1)</script>\u202e & 'x'"
    page = ask_html(changed(document, change=evil, note=evil))
    assert "<script>" not in page
    assert "\u202e" not in page
    parsed(ask_chart(changed(document, change=evil)))


def test_an_interval_is_shown_where_there_is_one(document):
    gain = {"low": -5, "best": 1200, "high": 3400}
    page = ask_html(changed(document, people_gained=gain))
    assert "−5 to +3,400" in page
    assert "with fewest to most inside" in page
    assert "with fewest to most inside" not in ask_html(document)


def test_page_and_data_are_written_together(document, tmp_path):
    page, data = write_ask(document, tmp_path / "new")
    assert page.name == "ask.html"
    assert json.loads(data.read_text("utf-8")) == document


@pytest.fixture
def planned(aleppo_plan):
    return aleppo_plan


def section(folder):
    page = (folder / "brief.html").read_text("utf-8")
    return page.split('<section id="what-to-ask"')[1].split('<section id="')[0]


def test_the_brief_holds_what_ask_wrote_beside_it(document, planned, tmp_path):
    write_ask(document, tmp_path)
    write(planned, tmp_path)
    told = section(tmp_path)
    assert "+10,017" in told
    assert "What must not be lost" in told
    assert "ask CASE --to FOLDER" not in told


@pytest.mark.parametrize(
    "change",
    [
        {"case": {"id": "another"}},
        {"inputs": []},
        {"out": {"low": 1, "best": 1, "high": 1}},
        {"changes": [{}]},
        {"changes": 7},
        {"schema_version": "2.0"},
        {"kind": "plan"},
    ],
)
def test_an_answer_to_something_else_stays_out_of_the_brief(document, planned, tmp_path, change):
    (tmp_path / "ask.json").write_text(json.dumps({**document, **change}), encoding="utf-8")
    write(planned, tmp_path)
    assert "+10,017" not in section(tmp_path)
    assert "ask CASE --to FOLDER" in section(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "nothing", "\udcff"])
def test_what_is_no_answer_stays_out_of_the_brief(planned, tmp_path, text):
    (tmp_path / "ask.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    write(planned, tmp_path)
    assert "ask CASE --to FOLDER" in section(tmp_path)


def test_an_unfinished_answer_says_so_in_the_brief(document, planned, tmp_path):
    part = {**document, "complete": False, "answered": 3, "changes": document["changes"][:3]}
    write_ask(part, tmp_path)
    write(planned, tmp_path)
    assert "Not everything was answered: 3 of" in section(tmp_path)


def test_places_that_nobody_confirmed_are_drawn_otherwise_and_named_so(document):
    tree = parsed(sketch(document["places"], document["zones"]))
    marks = tree.findall(f"{SVG}rect")
    dashed = [each.get("stroke-dasharray") is not None for each in marks]
    kinds = [each["kind"] == "plausible" for each in document["places"]]
    assert dashed == kinds
    assert sum(dashed) == 2
    assert len(tree.findall(f"{SVG}circle")) == len(document["zones"])
    names = [each.text for each in tree.findall(f"{SVG}text") if each.get("class") == "label"]
    assert all(name.endswith("(assumed)") for name in names)
    assert "a place that nobody confirmed" in tree.findtext(f"{SVG}desc")
    assert "2 km" in [each.text for each in tree.findall(f"{SVG}text")]


def test_on_a_phone_the_sketch_numbers_places_and_names_them_below(document):
    places = document["places"]
    tree = parsed(sketch(places, document["zones"], width=PHONE))
    marks = [float(each.get("x")) for each in tree.findall(f"{SVG}rect")]
    assert all(0 <= x <= PHONE - 14 for x in marks)
    labels = [each.text for each in tree.findall(f"{SVG}text") if each.get("class") == "label"]
    assert labels[: len(places)] == [str(i) for i in range(1, len(places) + 1)]
    below = " ".join(labels[len(places) :])
    for i, place in enumerate(places, 1):
        assert f"{i} {place['name']}" in " ".join(below.split())


def test_bars_on_a_phone_stay_inside_and_say_the_same(document):
    wide, narrow = (parsed(ask_chart(document, width=width)) for width in (WIDTH, PHONE))
    assert wide.findtext(f"{SVG}desc") == narrow.findtext(f"{SVG}desc")
    assert wide.findtext(f"{SVG}title").strip()
    bars_ = list(narrow.findall(f"{SVG}rect"))
    assert len(bars_) == len(wide.findall(f"{SVG}rect"))
    for each in bars_:
        assert float(each.get("x")) >= 0
        assert float(each.get("x")) + float(each.get("width")) <= PHONE
    ids = [{each.get("id") for each in tree.iter() if each.get("id")} for tree in (wide, narrow)]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_no_sketch_where_no_place_is_guessed(document):
    places = [each for each in document["places"] if each["kind"] == "crossing"]
    page = ask_html({**document, "places": places})
    assert "Places that nobody confirmed" not in page


def test_a_single_point_can_be_sketched(document):
    place = {**document["places"][0], "kind": "plausible"}
    for width in (WIDTH, PHONE):
        parsed(sketch([place], [], width=width))


@pytest.mark.parametrize("kilometres", [0.3, 1.2, 4.7, 5.1, 11, 42, 120])
def test_a_sketch_has_a_scale_of_some_length(document, kilometres):
    one = {**document["places"][0], "lat": 36.0}
    other = {**one, "lat": 36.0 + kilometres / 111.195}
    for width in (WIDTH, PHONE):
        tree = parsed(sketch([one, other], [], width=width))
        told = [each.text for each in tree.findall(f"{SVG}text") if each.get("class") == "tick"]
        length, unit = next(text for text in told if text != "N").split()
        assert 0 < float(length) * (1 if unit == "km" else 0.001) < kilometres
