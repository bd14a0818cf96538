"""The whole path on real streets: central Helsinki, three crossings, 8,000 people."""

import json
import shutil

import numpy as np
import pytest

from city.extracts import extract
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.cli import main

CASE = """
schema = 1
id = "helsinki-exercise"
title = "Central Helsinki: an exercise"

[place]
name = "Helsinki"
lat = 60.17
lon = 24.94
tz = "Europe/Helsinki"

[window]
start = 2026-06-01T09:00:00
end = 2026-06-01T13:00:00

[city]
streets = "helsinki.osm.pbf"

[[zones]]
name = "Kluuvi"
lat = 60.1722
lon = 24.9480
people = { low = 2500, best = 3000, high = 4000 }

[[zones]]
name = "Kamppi"
lat = 60.1675
lon = 24.9365
people = { low = 2500, best = 3500, high = 4500 }

[[zones]]
name = "Kaartinkaupunki"
lat = 60.1655
lon = 24.9475
people = { low = 1000, best = 1500, high = 2000 }

[[corridors]]
id = "north"
name = "North"
people_per_min_per_lane = { low = 8, best = 12.5, high = 20 }
[corridors.position]
lat = 60.1770
lon = 24.9400

[[corridors]]
id = "west"
name = "West"
people_per_min_per_lane = { low = 8, best = 12, high = 20 }
[corridors.position]
lat = 60.1690
lon = 24.9355

[[corridors]]
id = "east"
name = "East"
people_per_min_per_lane = { low = 8, best = 12, high = 20 }
[corridors.position]
lat = 60.1690
lon = 24.9530

[[groups]]
id = "slow"
name = "Slow walkers"
share = 0.1
share_source = "exercise"
speed_m_per_s = 0.7

[[groups]]
id = "families"
name = "Families on foot"
share = 0.9
speed_m_per_s = 1.0

[clearance]
treat_as_cleared = true
by = "the exercise"
reason = "it is one"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("helsinki")
    shutil.copy(extract("Helsinki.osm.pbf"), folder / "helsinki.osm.pbf")
    (folder / "case.toml").write_text(CASE)
    return folder


@pytest.fixture(scope="module")
def made(folder):
    return plan(str(folder))


def test_eight_thousand_people_and_three_full_crossings(made):
    assert made.city.people.best == 8000
    assert not made.city.schematic
    minutes = made.hours.usable.minutes
    assert minutes == 180
    # nobody passes more than the crossings serve; the nearest people are minutes away
    most = int((12.5 + 12 + 12) * minutes)
    assert 0.9 * most < made.optimum.total <= made.ceiling.total.best <= most
    assert made.limits[-1].corridors == ("north", "west", "east")
    assert sum(each.people for each in made.not_moved) == 8000 - made.optimum.total


def test_schedule_optimum_and_ceiling_stand_in_order(made):
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()
    assert (made.schedule.cumulative <= made.ceiling.cumulative).all()
    assert made.schedule.total >= 0.9 * made.optimum.total
    assert made.ceiling.total.low < made.ceiling.total.best < made.ceiling.total.high


def test_each_wave_walks_real_streets_no_faster_than_its_group(made):
    streets = made.city.streets
    speeds = {"slow": 0.7, "families": 1.0}
    document = made.as_json()
    assert {wave["group"] for wave in document["schedule"]["waves"]} == set(speeds)
    for wave in document["schedule"]["waves"]:
        length = float(streets.length_m[wave["streets"]].sum())
        assert wave["walk_min"] >= np.floor(length / speeds[wave["group"]] / 60)
        ends = [streets.head[i] for i in wave["streets"][:-1]]
        assert ends == [streets.tail[i] for i in wave["streets"][1:]]


def test_openstreetmap_is_credited(made):
    assert "© OpenStreetMap contributors, ODbL 1.0" in made.as_json()["attribution"]


def test_a_text_and_a_street_map_are_enough(folder, tmp_path, capsys):
    text = tmp_path / "exercise.txt"
    text.write_text(
        "1 June 2026\n\nThe Defence Ministry announced a humanitarian pause in Helsinki on "
        "2 June from 9 am to 1 pm. Two corridors will be open for civilians.\n"
    )
    words = ["plan", str(text), "--streets", str(folder / "helsinki.osm.pbf"), "--json"]
    words += ["--people", "6000..10000", "--crossing", "North=60.1770,24.9400,8..16"]
    status = main([*words, "--crossing", "East=60.1690,24.9530,10"])
    out, err = capsys.readouterr()
    assert status == 0, err
    document = json.loads(out)
    assert [c["name"] for c in document["corridors"]] == ["North", "East"]
    assert document["people"]["best"] == 8000
    assert any("spread" in each["text"] for each in document["assumptions"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("lat = 60.1770\nlon = 24.9400", "lat = 24.94\nlon = 60.177"), "corridors, north"),
        (("lat = 60.1722\nlon = 24.9480", "lat = 61.1722\nlon = 24.9480"), "zone Kluuvi: lies"),
        (("low = 2500, best = 3000", "low = 4500, best = 3000"), "zones[0].people"),
        (("people = { low = 1000", "people = { low = -1"), "zones[2].people: must not be neg"),
    ],
)
def test_what_lies_off_the_map_is_told(folder, tmp_path, change, says):
    assert change[0] in CASE
    shutil.copy(folder / "helsinki.osm.pbf", tmp_path)
    (tmp_path / "case.toml").write_text(CASE.replace(*change))
    with pytest.raises(InputError) as caught:
        plan(str(tmp_path))
    assert says in str(caught.value)
