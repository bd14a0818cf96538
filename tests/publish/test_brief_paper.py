"""A brief on paper, and in a language that runs from right to left."""

from __future__ import annotations

import io
import re
from unicodedata import normalize

import pytest

from publish.page import read
from safepassage.base.errors import InputError
from safepassage.publish import brief_html
from safepassage.publish.paper import still
from safepassage.publish.pdf import pdf_of
from safepassage.publish.plan_curve import plan_curve, road_curve
from safepassage.publish.plan_map import plan_map


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_page_one_is_one_sheet_and_contents_follow(plan, city):
    from pypdf import PdfReader

    sheets = PdfReader(io.BytesIO(pdf_of(still(brief_html(plan, city))))).pages
    said = [" ".join(normalize("NFKC", each.extract_text()).split()) for each in sheets[:2]]
    for words in ("Protection comes first", plan["ceiling_note"], plan["protection"][-1]):
        assert words in said[0]
    assert "Contents" in said[1]
    assert "Protection comes first" not in said[1]
    for number, words in enumerate(said, 1):
        assert f"{number} / {len(sheets)}" in words
        assert f"Internal · {plan['case']['title']}" in words
    box = sheets[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((595, 842), abs=1)


def test_what_goes_to_paper_needs_no_script_and_loses_no_words(plan, city):
    html = brief_html(plan, city)
    page, paper = read(html), read(still(html))
    assert not paper.find_all("script")
    assert not paper.find_all("button")
    main = (each.find_all("main")[0].text for each in (page, paper))
    assert next(main) == next(main)


def test_no_title_ends_the_style_of_the_paper(plan, city):
    plan["case"]["title"] = '"} body { display: none } </style><script>alert(1)</script> \\'
    style = read(brief_html(plan, city)).find_all("style")[0].children[0]
    foot = re.search(r'@bottom-left \{ content: "([^"]*)"; font', style)
    assert foot
    assert "{" not in foot[1]
    assert "<" not in foot[1]
    unescaped = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), foot[1])
    assert unescaped.startswith(f"Internal · {plan['case']['title']} · ")


def test_the_still_map_draws_every_zone_crossing_and_way(plan, city):
    drawn = read(str(plan_map(plan, city)))
    served = [c for c in plan["corridors"] if c["users"] == "civilian" and c["located"]]
    letters = [each.text for each in drawn.find_all("text") if len(each.text) == 1]
    assert letters == [*"ABCDEF"[: len(served)], "N"]
    armed = [c for c in plan["corridors"] if c["users"] == "armed" and c["located"]]
    hatched = [e for e in drawn.find_all("circle") if "hatch" in e.attributes["fill"]]
    assert len(hatched) == len(armed)
    rings = drawn.find_all("circle", **{"fill-opacity": ".7"})
    assert len(rings) == len(plan["zones"])
    walked = {street for wave in plan["schedule"]["waves"] for street in wave["streets"]}
    ways = [e for e in drawn.find_all("path") if e.attributes.get("stroke") == "#1f6fb2"]
    lines = [s for s in city["streets"] if walked & {s["i"], *s.get("also", ())}]
    assert len(ways) == len(lines) > 0


def test_a_plan_without_places_has_no_still_map(plan, city):
    assert plan_map({**plan, "zones": [], "corridors": []}, city) == ""


def test_the_still_curves_end_where_the_plan_does(plan):
    lines = read(str(plan_curve(plan))).find_all("polyline")
    ends = [float(each.attributes["points"].split(",")[-1]) for each in lines]
    ceiling, optimum, schedule = (
        plan[key]["cumulative"][-1] for key in ("ceiling", "optimum", "schedule")
    )
    low, high = (float(each.attributes["points"].split(",")[1].split()[0]) for each in lines[:2])
    ground = high if low == high else max(low, high)
    heights = [ground - each for each in ends]
    assert heights[1] / heights[0] == pytest.approx(optimum / ceiling, rel=0.01)
    assert heights[2] / heights[1] == pytest.approx(schedule / optimum, rel=0.01)
    told = read(str(road_curve(plan))).find_all("desc")[0].text
    assert told == f"Most at once: {max(plan['schedule']['on_the_road']):,}"


def test_the_arabic_edition_runs_from_right_to_left_with_letters_of_its_own(plan, city):
    page = read(brief_html(plan, city, language="ar"))
    (html,) = page.find_all("html")
    assert (html.attributes["lang"], html.attributes["dir"]) == ("ar", "rtl")
    policy = page.find_all("meta", **{"http-equiv": "Content-Security-Policy"})[0]
    assert policy.attributes["content"].endswith("font-src data:")
    assert "Page Arabic" in page.find_all("style")[0].children[0]
    named = [each for each in plan["zones"] if each["name_ar"]]
    waves = page.test("waves").text
    assert named[0]["name_ar"] in page.text
    assert any(each["name_ar"] in waves for each in named)
    assert page.test("ceiling-total").text == f"{plan['ceiling']['total']['best']:,}"


def test_a_language_that_is_not_there_is_refused(plan, city):
    with pytest.raises(InputError, match="has no words here"):
        brief_html(plan, city, language="xx")
