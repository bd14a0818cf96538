"""Each zone has a sheet with every corridor for civilians and its terms."""

from __future__ import annotations

from publish.page import read
from safepassage.publish.zone_pages import zone_pages_html


def sheets(plan):
    return {
        each.attributes["data-zone"]: each
        for each in read(zone_pages_html(plan)).find_all(data_test="zone")
    }


def corridor(sheet, name):
    (row,) = sheet.find_all("tr", data_corridor=name)
    return row


def test_every_zone_lists_every_corridor_for_civilians(plan):
    found = sheets(plan)
    civilian = {each["id"] for each in plan["corridors"] if each["users"] == "civilian"}
    assert set(found) == {zone["id"] for zone in plan["zones"] if zone["people"]["high"]}
    for zone in plan["zones"]:
        sheet = found[zone["id"]]
        rows = [row for row in sheet.find_all("tr") if "data-corridor" in row.attributes]
        assert {row.attributes["data-corridor"] for row in rows} == civilian
        proposed = [
            row.attributes["data-corridor"]
            for row in rows
            if row.attributes["data-status"] == "proposed"
        ]
        assert proposed == ([zone["corridor"]] if zone["corridor"] else [])
        waves = [wave for wave in plan["schedule"]["waves"] if wave["zone"] == zone["id"]]
        if waves:
            assert len(sheet.test("departures").find_all("tr")) == len(waves) + 1
            assert waves[0]["from"][11:] in sheet.test("departures").text
        else:
            assert "No wave is laid from here" in sheet.text


def test_what_the_case_states_is_told_and_the_rest_is_not_stated(plan):
    first = plan["corridors"][0]
    first |= {"screening": "men are listed", "returning": "nobody came back", "destination": "West"}
    sheet = next(iter(sheets(plan).values()))
    row = corridor(sheet, first["id"]).text
    for said in ("men are listed", "nobody came back", "West", "far: Government of Syria"):
        assert said in row
    other = corridor(sheet, "civilian-4").text
    assert "nobody says where" in other
    assert other.count("not stated") == 3  # destination, screening, return


def test_families_of_fighters_and_the_order_are_told(plan):
    page = read(zone_pages_html(plan))
    families = page.test("families").text
    assert "Relatives of fighters are civilians" in families
    armed = [each["name"] for each in plan["corridors"] if each["users"] == "armed"]
    assert all(name in families for name in armed)
    assert page.test("order").text.startswith("Order: most people.")
    plan["schedule"]["order"]["cost"] = {"text": "Seven people fewer."}
    assert "Seven people fewer." in read(zone_pages_html(plan)).test("order").text


def test_two_corridors_a_zone_are_told_as_such(plan):
    assert "each family takes one" not in zone_pages_html(plan)
    plan["schedule"]["corridors_per_zone"] = 2
    assert "each family takes one" in zone_pages_html(plan)


def test_names_cannot_become_markup_and_nothing_is_fetched(plan):
    plan["zones"][0]["name"] = "<script>alert(1)</script>"
    plan["corridors"][0]["screening"] = "<img src=x>"
    page = read(zone_pages_html(plan))
    assert not any(page.find_all(tag) for tag in ("script", "img", "link", "iframe"))
    (policy,) = page.find_all("meta", http_equiv="Content-Security-Policy")
    assert policy.attributes["content"].startswith("default-src 'none'")
    assert "Internal." in page.text


def test_what_must_be_read_first_stands_before_any_zone(plan):
    page = read(zone_pages_html(plan))
    first = page.test("read-first").text
    assert "Conditional on assumptions" in first
    assert all(warning in first for warning in plan["warnings"])
    assert page.text.index(plan["warnings"][0]) < page.text.index("People inside")
    assert all("Conditional" in sheet.text for sheet in sheets(plan).values())
    plan |= {"conditional": False, "warnings": []}
    assert not read(zone_pages_html(plan)).find_all(data_test="read-first")


def test_minutes_of_the_quickest_group_are_not_told_as_everybodys(plan):
    zone = plan["zones"][0]
    row = zone["corridors"][0]
    second = {**plan["groups"][0], "id": "slow", "name": "Slow walkers"}
    plan["groups"] = [plan["groups"][0], second]
    row["groups"] = [each["id"] for each in plan["groups"]]
    told = " ".join(corridor(sheets(plan)[zone["id"]], row["id"]).text.split())
    assert f"for the quickest of {plan['groups'][0]['name']}, Slow walkers" in told
    row["groups"] = ["slow"]
    assert "min for Slow walkers" in corridor(sheets(plan)[zone["id"]], row["id"]).text
