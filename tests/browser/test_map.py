"""What is drawn on the map at a minute is what the plan holds for it."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NO_WEBGL = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return String(kind).startsWith('webgl') ? null : real.call(this, kind, ...rest);
};
"""


def drawn(opened, layer):
    return opened.page.evaluate(
        """layer => window.safepassage.map.gl.queryRenderedFeatures({ layers: [layer] })
          .map(f => ({ id: f.id, properties: f.properties, state: f.state }))""",
        layer,
    )


def by_id(opened, layer):
    return {each["id"]: each for each in drawn(opened, layer)}


def source(opened, name):
    return opened.page.evaluate(
        "name => window.safepassage.map.gl.getSource(name).getData()", name
    )["features"]


def closed_points(opened):
    points = source(opened, "closed-points")
    return {each["properties"]["name"]: each["properties"] for each in points}


def test_zones_are_shaded_by_people_left(brief):
    for minute in (0, 120, 391):
        brief.set_minute(minute)
        brief.idle()
        zones = by_id(brief, "zone-left")
        assert sorted(zones) == list(range(len(brief.plan["zones"])))
        for index, zone in enumerate(brief.plan["zones"]):
            left = zone["people"]["best"] - zone["departed"][minute]
            share = zones[index]["state"]["share"]
            assert share == pytest.approx(left / zone["people"]["best"], abs=1e-9)


def test_crossings_tell_what_passed_and_that_they_are_assumed(brief):
    opened = brief
    opened.set_minute(300)
    opened.idle()
    shown = {each["properties"]["name"]: each["properties"] for each in source(opened, "crossings")}
    served = [each for each in opened.plan["corridors"] if each["schedule_passed"]]
    assert len(shown) == len(served) == 3
    sizes = {}
    for corridor in served:
        properties = shown[corridor["name"] + " (assumed)"]
        assert properties["detail"].startswith(f"{corridor['schedule_passed'][300]:,} passed")
        assert properties["assumed"]
        assert properties["limits"]
        sizes[corridor["schedule_passed"][300]] = properties["size"]
    assert [sizes[passed] for passed in sorted(sizes)] == sorted(sizes.values())
    assert len(drawn(opened, "crossings-west")) + len(drawn(opened, "crossings-east")) == 3


def test_what_limits_is_marked_at_its_minute_only(brief):
    opened = brief
    street = brief.plan["bottleneck"][1]["streets"][0]
    marked = {}
    for minute in (5, 60, 300):
        opened.set_minute(minute)
        opened.idle()
        marked[minute] = [
            each for each in drawn(opened, "streets-limit") if each["state"].get("limit") == 1
        ]
    assert [len(marked[minute]) for minute in (5, 60, 300)] == [0, 1, 0]
    assert street // 2 == marked[60][0]["id"]


def test_people_are_on_streets_only_while_waves_are_under_way(brief):
    opened = brief
    busy = {}
    for minute in (0, 150, 391):
        opened.set_minute(minute)
        opened.idle()
        busy[minute] = {
            each["id"] for each in drawn(opened, "streets-load") if each["state"].get("width")
        }
    used = {street // 2 for wave in opened.plan["schedule"]["waves"] for street in wave["streets"]}
    assert 0 < len(busy[150]) <= len(used)
    assert busy[150] <= used
    assert busy[391] <= busy[150] | used


def test_armed_corridors_are_areas_without_numbers(brief):
    opened = brief
    opened.set_minute(0)
    opened.idle()
    closed = {
        each["properties"]["name"]: each["properties"] for each in source(opened, "closed-points")
    }
    armed = [each["name"] for each in opened.plan["corridors"] if each["users"] == "armed"]
    assert sorted(name.removesuffix(" (armed groups)") for name in closed) == sorted(armed)
    assert all(set(properties) == {"name", "now"} for properties in closed.values())
    souk = "Souk al-Hal to Mashariqa (armed groups)"
    assert not closed[souk]["now"]
    opened.set_minute(180)
    opened.idle()
    assert {
        each["properties"]["name"]: each["properties"] for each in source(opened, "closed-points")
    }[souk]["now"]


def test_picture_is_not_blank_and_differs_between_minutes(brief):
    opened = brief
    pictures = []
    for minute in (0, 391):
        opened.set_minute(minute)
        opened.idle()
        pictures.append(opened.page.locator("#sp-map canvas").first.screenshot())
    assert all(len(each) > 20_000 for each in pictures)
    assert pictures[0] != pictures[1]


def test_a_zone_tells_about_itself_and_leads_to_its_waves(open_brief):
    opened = open_brief()
    opened.set_minute(391)
    opened.idle()
    zone = opened.plan["schedule"]["waves"][0]["zone"]
    place = next(each for each in opened.plan["zones"] if each["id"] == zone)
    at = opened.page.evaluate(
        "at => { const { x, y } = window.safepassage.map.gl.project(at); return [x, y]; }",
        [place["lon"], place["lat"]],
    )
    opened.page.locator("#sp-map canvas").first.click(position={"x": at[0], "y": at[1]})
    popup = opened.page.locator(".maplibregl-popup")
    left = place["people"]["best"] - place["departed"][391]
    assert place["name"] in popup.inner_text()
    assert f"{left:,} of {place['people']['best']:,} people still inside" in popup.inner_text()
    popup.get_by_role("button", name="Show its waves").click()
    assert opened.page.locator("[data-test=waves-zone]").input_value() == zone
    own = sum(wave["zone"] == zone for wave in opened.plan["schedule"]["waves"])
    assert opened.value("waves-count") == own


def test_a_street_map_names_its_streets_once(open_brief, city, plan):
    city["schematic"] = False
    for street in city["streets"][:6]:
        street["name"] = "Long Street"
    opened = open_brief()
    opened.idle()
    names = source(opened, "names")
    assert {each["properties"]["name"] for each in names} == {"Long Street"}
    assert len(names) <= 6
    drawn_points = sum(len(each["geometry"]["coordinates"]) - 1 for each in names)
    assert drawn_points == 6
    assert opened.page.locator("[data-test=schematic]").count() == 0


def test_without_webgl_the_page_says_so_and_the_rest_works(open_brief):
    opened = open_brief(before=NO_WEBGL)
    opened.set_minute(100)
    assert opened.value("out-schedule") == opened.plan["schedule"]["cumulative"][100]
    opened.page.get_by_text("The map cannot be drawn on this device").wait_for()
    assert opened.page.locator("[data-test=curve] svg").is_visible()
