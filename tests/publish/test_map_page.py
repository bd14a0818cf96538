"""The map page tells what the check-up found, lets nothing out, and is written whole."""

import json

import pytest

from publish.page import read
from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.city.checkup import check_up
from safepassage.publish import map_html, write_map


@pytest.fixture(scope="module")
def pair():
    found = check_up(load_case("aleppo-2016-11-04"))
    return found.as_json(), found.map_json()


@pytest.fixture(scope="module")
def page(pair):
    return read(map_html(*pair))


def test_counts_are_those_of_the_check_up(page, pair):
    told = pair[0]
    assert page.test("people").attributes["data-value"] == str(told["people"]["best"])
    assert page.test("zones").attributes["data-value"] == str(len(told["zones"]))
    assert page.test("schematic").text == "Schematic: not streets"
    assert "126,500 to 275,000" in page.test("counts").text


def test_every_line_to_look_at_first_stands_there(page, pair):
    assert all(line in page.test("look-first").text for line in pair[0]["look_first"])


def test_every_crossing_stands_in_the_table_and_armed_groups_have_no_way(page, pair):
    rows = page.test("crossings").find_all("tbody")[0].find_all("tr")
    assert len(rows) == len(pair[0]["crossings"])
    armed = [row.text for row in rows if "armed groups" in row.text]
    assert len(armed) == 2
    assert all("no way to it is measured or shown" in text and " km" not in text for text in armed)


def test_every_assumption_says_that_it_is_one(page, pair):
    rows = page.test("assumptions").find_all("tbody")[0].find_all("tr")
    assumed = [row for row in rows if row.find_all("em")]
    assert len(rows) == len(pair[0]["assumptions"])
    assert len(assumed) == sum(not each["source"] for each in pair[0]["assumptions"])


def test_zones_that_are_stuck_are_named(pair):
    told, drawn = json.loads(json.dumps(pair[0])), pair[1]
    told["zones"][3] |= {"way": "none", "corridor": None, "metres": None}
    told["zones"][4]["name"] = "<b>x</b>"
    page = read(map_html(told, drawn))
    (row,) = page.test("stuck").find_all("tbody")[0].find_all("tr")
    assert told["zones"][3]["name"] in row.text
    assert "no street leads to a crossing" in row.text
    assert "<b>x</b>" in page.test("all-zones").text


def test_credit_hashes_and_a_policy_without_connections_stand_on_it(page, pair):
    told = pair[0]
    assert all(each in page.test("provenance").text for each in told["attribution"])
    assert all(each["sha256"] in page.test("provenance").text for each in told["inputs"])
    (policy,) = page.find_all("meta", http_equiv="Content-Security-Policy")
    assert "default-src 'none'" in policy.attributes["content"]


def test_data_stands_in_it_whole(page, pair):
    held = {s.attributes["id"]: s for s in page.find_all("script") if "id" in s.attributes}
    assert json.loads("".join(held["sp-checkup"].children)) == pair[0]
    assert json.loads("".join(held["sp-city"].children)) == json.loads(json.dumps(pair[1]))


def test_it_is_written_whole_or_not_at_all(pair, tmp_path):
    assert write_map(*pair, tmp_path / "new" / "map.html").read_text("utf-8").endswith("</html>")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_map(*pair, tmp_path / "file" / "map.html")
