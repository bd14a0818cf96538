"""Leaflets are read back: what is told, what must not be, and the marks on all of it."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import unicodedata
from html import unescape

import jsonschema
import pytest
from pypdf import PdfReader

from safepassage.base.errors import InputError
from safepassage.publish import pdf
from safepassage.publish.leaflet_pages import cut
from safepassage.publish.leaflets import make_leaflets

BOTH = "NOT FOR DISTRIBUTION · ليس للتوزيع"


def text_of(html):
    body = html.split("<body>")[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u2068", "")
                    .replace("\u2069", "").split())  # fmt: skip


def paper(data):
    sheets = PdfReader(io.BytesIO(data)).pages
    text = "".join(each.extract_text() for each in sheets)
    text = "".join(unicodedata.normalize("NFKC", text).split())
    return len(sheets), text, sheets[0].mediabox


def agreed(plan):
    """Settle all that stands against it."""
    plan = copy.deepcopy(plan)
    plan["corridors"] = [each for each in plan["corridors"] if each["located"]]
    here = {each["id"] for each in plan["corridors"]}
    for each in plan["corridors"]:
        each["assumed"] = False
        each |= {"controlled_near": "Council", "controlled_far": "Government"}
    for zone in plan["zones"]:
        zone["corridors"] = [row for row in zone["corridors"] if row["id"] in here]
    plan["consent"] = [{"party": each, "status": "approved", "stated_by": each}
                       for each in ("Council", "Government")]  # fmt: skip
    return plan


@pytest.fixture(scope="module")
def pair(sample_pair):
    plan, city = copy.deepcopy(sample_pair)
    first = plan["schedule"]["waves"][0]["zone"]
    told = next(each for each in plan["zones"] if each["id"] == first)
    other = next(each for each in plan["zones"] if each["corridor"] and each["id"] != first)
    return plan, city, [told["id"], other["id"]]


@pytest.fixture(scope="module")
def made(pair):
    plan, city, zones = pair
    return make_leaflets(plan, city, zones=zones, pdf=False)


def test_there_is_a_page_and_a_script_for_each_zone_and_language(made, pair):
    names = {f"NOT-FOR-DISTRIBUTION.{zone}.{language}" for zone in pair[2]
             for language in ("en", "ar")}  # fmt: skip
    assert set(made) == {
        "leaflets.json", "NOT-FOR-DISTRIBUTION.messages.csv",
        *(f"leaflets/{name}.html" for name in names),
        *(f"loudspeaker/{name}.txt" for name in names),
    }  # fmt: skip


def test_every_one_is_marked_in_both_languages_with_the_reasons(made):
    for name, content in made.items():
        if name.endswith(".html"):
            assert text_of(content).count(BOTH) == 2
            assert BOTH in re.search("<title>(.*?)</title>", content)[1]
        elif name.endswith(".txt"):
            lines = content.splitlines()
            assert lines[0] == lines[-1] == f"*** {BOTH} ***"
    english = next(text_of(c) for n, c in made.items() if n.endswith(".en.html"))
    assert "Not located: Civilian corridor 4, Civilian corridor 5, Civilian corridor 6" in english
    assert "No consent is confirmed in its own words: armed opposition groups" in english
    arabic = next(text_of(c) for n, c in made.items() if n.endswith(".ar.html"))
    assert "لم يُحدَّد موقعها" in arabic
    for row in csv.DictReader(io.StringIO(made["NOT-FOR-DISTRIBUTION.messages.csv"])):
        own = "NOT FOR DISTRIBUTION" if row["language"] == "en" else "ليس للتوزيع"
        assert row["text"].startswith(own)
        assert row["mark"] == BOTH


def test_a_page_tells_every_corridor_its_terms_and_the_rights(made, pair):
    plan, _, (zone, _) = pair
    text = text_of(made[f"leaflets/NOT-FOR-DISTRIBUTION.{zone}.en.html"])
    row = next(each for each in plan["zones"] if each["id"] == zone)
    corridors = {each["id"]: each for each in plan["corridors"]}
    for each in row["corridors"]:
        assert corridors[each["id"]]["name"] in text
    for sentence in (
        "Leaving is a choice. Nobody may be forced to leave, or kept from leaving.",
        "Those who stay remain civilians and keep their protection.",
        "Set out only when you have heard that your way is confirmed end to end.",
        "This is a sketch of neighbourhoods and no way to follow",
        "Past a crossing is not yet safe", "How people are checked: all of them.",
        "Announced for armed groups, keep away:", "neither permission nor protection",
        "armed opposition groups", "Government of Syria", "Papers, yours",
    ):  # fmt: skip
        assert sentence in text, sentence
    waves = [each for each in plan["schedule"]["waves"] if each["zone"] == zone]
    assert f"{min(w['from'] for w in waves)[11:]} to " in text
    arabic = text_of(made[f"leaflets/NOT-FOR-DISTRIBUTION.{zone}.ar.html"])
    assert "المغادرة خيار" in arabic
    assert "الحكومة السورية" in arabic
    assert 'dir="rtl"' in made[f"leaflets/NOT-FOR-DISTRIBUTION.{zone}.ar.html"]


def test_no_safe_time_is_promised(made):
    for name, content in made.items():
        if ".en." in name:
            assert not re.search(r"\bsafe\b", content.replace("not yet safe", "")), name


def clocks(text):
    return set(re.findall(r"\b\d\d:\d\d\b", text))


def test_nothing_tells_how_many_go_or_when_other_zones_go(pair):
    """Mark each count and each other zone's hours; none of them may be found."""
    plan, city, (zone, _) = copy.deepcopy(pair)
    for wave in plan["schedule"]["waves"]:
        wave |= {"people": 77123, "people_per_min": 771.23}
        if wave["zone"] != zone:
            wave |= {key: f"{wave[key][:11]}03:33" for key in ("from", "until")}
    for each in plan["zones"]:
        each |= {"people": {"low": 77124, "best": 77125, "high": 77126}, "out_schedule": 77127,
                 "out_optimum": 77128}  # fmt: skip
    made = make_leaflets(plan, city, zones=[zone], pdf=False)
    own = [each for each in plan["schedule"]["waves"] if each["zone"] == zone]
    hours = {each[key][11:] for each in own for key in ("from", "until")}
    allowed = hours | {"09:00", "19:00"}
    for name, content in made.items():
        text = text_of(content) if name.endswith(".html") else content
        if name != "leaflets.json":
            assert "771" not in text.replace(",", ""), name
            assert "03:33" not in text, name
            others = clocks(text) - allowed  # what is left are latest times to set out
            assert all(int(each[3:]) % 5 == 0 for each in others), name
    assert "7712" not in re.sub('"[0-9a-f]{64}"', "", made["leaflets.json"])


def test_the_latest_time_is_the_end_of_the_hours_less_the_walk(pair):
    plan, city, (zone, _) = copy.deepcopy(pair)
    row = next(each for each in plan["zones"] if each["id"] == zone)["corridors"][0]
    row["walk_min"] = 60
    for each in plan["groups"]:
        each |= {"means": "walk"}
        each["speed_m_per_s"] |= {"low": 0.5, "best": 1.0, "high": 1.0}
    plan["window"]["usable"]["end"] = "2016-11-04T16:32"
    text = make_leaflets(plan, city, zones=[zone], pdf=False, languages=["en"])
    page = text_of(text[f"leaflets/NOT-FOR-DISTRIBUTION.{zone}.en.html"])
    assert "Latest time to set out: 15:30. With children, the old or the ill: 14:30." in page
    script = text[f"loudspeaker/NOT-FOR-DISTRIBUTION.{zone}.en.txt"]
    assert script.count("Do not set out after 15:30.\n") == 2
    assert script.count("not after 14:30.\n") == 2


def test_with_every_consent_they_are_drafts_until_a_role_releases_them(pair):
    plan, city, zones = pair
    drafts = make_leaflets(agreed(plan), city, zones=zones, pdf=False)
    assert all(n.rpartition("/")[2].startswith("DRAFT.") for n in drafts if n != "leaflets.json")
    assert "DRAFT · مسودة" in text_of(drafts[f"leaflets/DRAFT.{zones[0]}.ar.html"])
    out = make_leaflets(agreed(plan), city, zones=zones, pdf=False, released_by="duty officer",
                        exercise=True)  # fmt: skip
    text = text_of(out[f"leaflets/EXERCISE.{zones[0]}.en.html"])
    assert "DRAFT" not in text
    assert "Released by duty officer." in text
    assert text.count("EXERCISE · تمرين") == 2
    with pytest.raises(InputError, match=r"may not be released\. No consent is confirmed"):
        make_leaflets(plan, city, released_by="duty officer")


def test_the_list_of_files_keeps_to_its_schema(made):
    from importlib.resources import files

    schema = json.loads((files("safepassage.base") / "schemas/leaflets.schema.json").read_text())
    jsonschema.validate(json.loads(made["leaflets.json"]), schema)


def test_what_has_no_arabic_name_stands_as_given_and_it_says_so(pair):
    plan, city, (zone, _) = copy.deepcopy(pair)
    row = next(each for each in plan["zones"] if each["id"] == zone)
    row |= {"name": "Nameless <b>Quarter</b>", "name_ar": ""}
    page = make_leaflets(plan, city, zones=[zone], pdf=False, languages=["ar"])[
        f"leaflets/NOT-FOR-DISTRIBUTION.{zone}.ar.html"
    ]
    assert "Nameless &lt;b&gt;Quarter&lt;/b&gt;" in page
    assert "ما ليس له اسم بهذه اللغة" in page


def test_a_zone_that_is_told_no_hours_loses_no_right(pair):
    plan, city, (zone, _) = copy.deepcopy(pair)
    plan["schedule"]["waves"] = [w for w in plan["schedule"]["waves"] if w["zone"] != zone]
    made = make_leaflets(plan, city, zones=[zone], pdf=False, languages=["en"])
    page = text_of(made[f"leaflets/NOT-FOR-DISTRIBUTION.{zone}.en.html"])
    assert "No hours are proposed to this neighbourhood" in page
    assert "That takes away nobody's right to go." in page


@pytest.mark.parametrize("id_", ["../../x", "a/b c", "أبراج", ""])
def test_a_zones_id_never_leads_out_of_the_folder(pair, id_):
    plan, city, (zone, _) = copy.deepcopy(pair)
    for each in (*plan["zones"], *plan["schedule"]["waves"]):
        for key in ("id", "zone"):
            if each.get(key) == zone:
                each[key] = id_
    plan["zones"] = [each for each in plan["zones"] if each["id"] == id_]
    made = make_leaflets(plan, city, pdf=False, languages=["en"])
    assert all(re.fullmatch(r"((leaflets|loudspeaker)/)?[\w.-]+", name) for name in made)
    assert not any(".." in name for name in made)


def test_a_zone_or_language_that_is_not_there_is_refused(pair):
    plan, city, _ = pair
    with pytest.raises(InputError, match="names no zone with people"):
        make_leaflets(plan, city, zones=["nowhere"])
    with pytest.raises(InputError, match="has no words here"):
        make_leaflets(plan, city, languages=["xx"])


@pytest.mark.parametrize("way", [pytest.param("chromium", marks=pytest.mark.browser), "weasyprint"])
def test_a_pdf_is_one_sheet_of_a5_that_can_be_read(pair, way, monkeypatch):
    plan, city, zones = pair
    if way == "weasyprint":
        pytest.importorskip("weasyprint", exc_type=(ImportError, OSError),
                            reason="the libraries of WeasyPrint are not installed")  # fmt: skip
        monkeypatch.setattr(pdf, "chromium", lambda: None)
        zones = zones[:1]
    made = make_leaflets(plan, city, zones=zones, languages=["ar"])
    for zone in zones:
        sheets, text, box = paper(made[f"leaflets/NOT-FOR-DISTRIBUTION.{zone}.ar.pdf"])
        assert sheets == 1
        assert (float(box.width), float(box.height)) == pytest.approx((419.5, 595.3), abs=1)
        assert text.count("NOTFORDISTRIBUTION") == 2
        assert zone in text
        if way == "chromium":
            assert "المغادرة" in text


@pytest.mark.browser
def test_a_leaflet_that_needs_two_sheets_keeps_both_and_the_next_its_own():
    style = "@page{{size:A5}}article{{break-after:page}}"
    page = (f"<html><head><style>{style}</style></head><body>"
            "<article class=x>{}<p>case<!--number--></p></article></body></html>")  # fmt: skip
    long, short = page.format("<p>long</p>" * 30), page.format("<p>short</p>")
    (first, two, _), (last, one, _) = map(paper, cut([long, short]))
    assert (first, last) == (2, 1)
    assert ("short" in two, "long" in one) == (False, False)
    assert "[1]" in two
