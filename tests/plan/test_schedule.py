"""What can be announced: one route a zone, near the optimum, in a stated order."""

import json
from importlib.resources import files

import jsonschema
import numpy as np
import pytest

from plan.towns import LINE, LINKS, ZONES, line_town
from safepassage import load_case, plan
from safepassage.base.errors import InputError
from safepassage.cli import main
from safepassage.plan.movement import Moving

TWO_GROUPS = """
[[groups]]
id = "wounded"
name = "Wounded"
share = 0.1
speed_m_per_s = 0.5

[[groups]]
id = "others"
name = "Others"
share = 0.9
speed_m_per_s = 1.0
"""
EAST = """
[[corridors]]
id = "east"
name = "East gate"
people_per_min_per_lane = 10
destination = "Eastern district"
screening = "papers of men are asked for"
[corridors.position]
lat = 36.2300
lon = 37.2
"""


def with_options(text: str, options: str) -> str:
    return text.replace("confirm_and_test_min = 0", f"confirm_and_test_min = 0\n{options}")


def routes_of(waves: tuple[Moving, ...]) -> dict[int, set[tuple[int, ...]]]:
    found: dict[int, set[tuple[int, ...]]] = {}
    for wave in waves:
        found.setdefault(wave.zone, set()).add(wave.arcs)
    return found


def test_aleppo_is_within_three_per_cent_of_the_optimum(aleppo_plan):
    row = aleppo_plan.as_json()["schedule"]
    assert row["share_of_optimum_at_close"] >= 0.97
    assert row["share_of_optimum_area"] >= 0.97
    assert (aleppo_plan.schedule.cumulative <= aleppo_plan.optimum.cumulative).all()


def test_every_zone_has_one_route_and_keeps_to_slots(aleppo_plan):
    assert all(len(routes) == 1 for routes in routes_of(aleppo_plan.schedule.waves).values())
    rates = [rate.best for rate in aleppo_plan.gate.rates]
    for wave in aleppo_plan.schedule.waves:
        start = int(wave.depart + 1e-9)
        assert start // 15 == (start + wave.lasting - 1) // 15
        assert wave.people_per_min <= rates[wave.gate]


def test_the_same_case_gives_the_same_schedule(tmp_path):
    """That of Aleppo is the same in another process, says ``test_wheel.py``."""
    text = LINE[: LINE.index("[[groups]]")] + LINE[LINE.index("[movement]") :] + TWO_GROUPS + EAST
    folder = line_town(tmp_path, text)
    assert plan(folder).schedule.waves == plan(folder).schedule.waves != ()


def test_groups_of_a_zone_are_told_the_same_way(tmp_path):
    text = LINE[: LINE.index("[[groups]]")] + LINE[LINE.index("[movement]") :] + TWO_GROUPS + EAST
    made = plan(line_town(tmp_path, text))
    assert {wave.group for wave in made.schedule.waves} == {0, 1}
    for zone, routes in routes_of(made.schedule.waves).items():
        assert len(routes) == 1, zone


def test_a_group_too_slow_for_its_zones_corridor_goes_by_a_nearer_one(tmp_path):
    zones = ZONES + "rim,Rim,36.2250,37.2,100,100,100\n"
    links = LINKS + "far,rim,700,250\n"
    text = LINE[: LINE.index("[[groups]]")] + LINE[LINE.index("[movement]") :] + TWO_GROUPS + EAST
    made = plan(line_town(tmp_path, text.replace("0.5", "0.06"), zones=zones, links=links))
    slow = [wave for wave in made.schedule.waves if wave.group == 0]
    assert slow
    for wave in slow:
        assert wave.arrive + wave.lasting <= made.hours.usable.minutes


def test_farthest_first_is_told_with_what_it_costs(tmp_path):
    text = with_options(LINE, 'order = "farthest first"').replace("12:00", "10:40")
    made = plan(line_town(tmp_path / "far", text))
    usual = plan(line_town(tmp_path / "most", LINE.replace("12:00", "10:40")))
    far = made.city.zones.names.index("Far")
    # the far zone walks 35 minutes, then takes every minute of the crossing to the end
    assert made.schedule.departed[far, -1] == 10 * (100 - 35)
    assert usual.schedule.departed[far, -1] < made.schedule.departed[far, -1]
    row = made.as_json()["schedule"]["order"]
    assert row["choice"] == "farthest first"
    assert row["cost"]["fewer_at_close"] == usual.schedule.total - made.schedule.total
    worst = (usual.schedule.cumulative - made.schedule.cumulative).max()
    assert row["cost"]["fewer_at_worst"] == worst
    assert usual.as_json()["schedule"]["order"]["cost"] is None


def test_wounded_and_families_first_lays_their_waves_first(tmp_path):
    groups = TWO_GROUPS.replace("share = 0.1", "share = 0.5").replace("share = 0.9", "share = 0.5")
    others, wounded = groups.split("\n\n")[1].strip(), groups.split("\n\n")[0].strip()
    body = LINE[: LINE.index("[[groups]]")] + LINE[LINE.index("[movement]") :]
    case = f"{body}\n{others}\n\n{wounded}\n".replace("12:00", "11:00")
    usual = plan(line_town(tmp_path / "usual", case))
    text = with_options(case, 'order = "wounded and families first"')
    made = plan(line_town(tmp_path / "first", text))

    def moved(of, group):
        return sum(wave.people for wave in of.schedule.waves if wave.group == group)

    assert made.case.groups[1].id == "wounded"
    assert moved(made, 1) > moved(usual, 1)
    assert moved(made, 1) + moved(made, 0) == made.schedule.total
    assert "wounded" in made.as_json()["schedule"]["order"]["text"]


def test_wounded_first_needs_somebody_to_be_first(tmp_path, capsys):
    text = with_options(LINE, 'order = "wounded and families first"')
    text = text.replace('"families"', '"all"').replace('"Families"', '"Everybody"')
    with pytest.raises(InputError, match="needs a group of wounded or of families"):
        load_case(line_town(tmp_path, text))
    assert main(["plan", str(tmp_path), "--json"]) == 2
    assert "needs a group" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ('order = "nearest first"', "options.order"),
        ("corridors_per_zone = 3", "options.corridors_per_zone"),
        ("corridors_per_zone = 0", "options.corridors_per_zone"),
        ("corridors_per_zone = 1.5", "options.corridors_per_zone"),
    ],
)
def test_options_that_mean_nothing_are_refused(tmp_path, options, named):
    with pytest.raises(InputError, match=named):
        load_case(line_town(tmp_path, with_options(LINE, options)))


def test_two_corridors_a_zone_move_more_where_the_case_allows(tmp_path):
    zones = ZONES.splitlines()[0] + "\nmid,Mid,36.215,37.2,5000,5000,5000\n"
    zones += "low,Low,36.2026,37.2,1,1,1\ntop,Top,36.2275,37.2,1,1,1\n"
    links = LINKS.splitlines()[0] + "\nmid,low,1400,250\nmid,top,1400,250\n"
    one = plan(line_town(tmp_path / "one", LINE + EAST, zones=zones, links=links))
    text = with_options(LINE + EAST, "corridors_per_zone = 2")
    two = plan(line_town(tmp_path / "two", text, zones=zones, links=links))
    assert {len(found) for found in routes_of(one.schedule.waves).values()} == {1}
    assert two.schedule.total > 1.5 * one.schedule.total
    assert len({wave.gate for wave in two.schedule.waves if wave.zone == 0}) == 2
    statuses = [row["status"] for row in two.as_json()["zones"][0]["corridors"]]
    assert statuses == ["proposed", "proposed"]


def test_a_zone_lists_every_corridor_for_civilians(tmp_path):
    zones = ZONES + "remote,Remote,36.30,37.2,5,5,5\n"
    links = LINKS + "far,remote,30000,250\n"
    text = LINE + EAST + '\n[[corridors]]\nid = "third"\nname = "Third"\n'
    text += '\n[[corridors]]\nid = "fighters"\nname = "Fighters"\nusers = "armed"\n'
    document = plan(line_town(tmp_path, text, zones=zones, links=links)).as_json()
    rows = {zone["id"]: zone["corridors"] for zone in document["zones"]}
    assert {row["id"] for row in rows["near"]} == {"gate", "east", "third"}
    for zone, listed in rows.items():
        third = next(row for row in listed if row["id"] == "third")
        assert (third["status"], third["walk_min"], third["groups"]) == ("not located", None, [])
        told = next(z["corridor"] for z in document["zones"] if z["id"] == zone)
        assert [r["id"] for r in listed if r["status"] == "proposed"] == ([told] if told else [])
    assert {row["status"] for row in rows["remote"]} <= {"too far", "no way", "not located"}
    gate = next(row for row in rows["near"] if row["id"] == "gate")
    assert gate["walk_min"] == 5
    assert gate["groups"] == ["families"]
    assert "Relatives of fighters are civilians" in document["schedule"]["families"]


def test_the_document_is_what_its_schema_says(aleppo_plan):
    schema = json.loads(
        (files("safepassage.base") / "schemas" / "plan.schema.json").read_text("utf-8")
    )
    jsonschema.validate(aleppo_plan.as_json(), schema)
    assert (
        np.array(aleppo_plan.as_json()["schedule"]["cumulative"])[-1] == aleppo_plan.schedule.total
    )


def test_where_nobody_can_be_there_in_time_there_is_no_wave(tmp_path):
    text = LINE[: LINE.index("[[groups]]")] + LINE[LINE.index("[movement]") :] + TWO_GROUPS
    text = text.replace("speed_m_per_s = 0.5", "speed_m_per_s = 0.05")
    text = text.replace("speed_m_per_s = 1.0", "speed_m_per_s = 0.06").replace("12:00", "10:00")
    made = plan(line_town(tmp_path, text))  # 300 m take 83 minutes
    assert made.schedule.waves == ()
    assert made.schedule.total == made.optimum.total == 0
    near = made.as_json()["zones"][0]["corridors"]
    assert [(row["status"], row["groups"]) for row in near] == [("too far", [])]
