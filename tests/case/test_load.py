"""A case's faults come together, each with its line, key and remedy."""

import pytest

from safepassage.base.errors import InputError
from safepassage.case import built_in_cases, load_case
from safepassage.case.locate import line_of

GOOD = """
schema = 1
id = "town"
title = "A town"

[place]
name = "Town"
lat = 60.17
lon = 24.94
tz = "Europe/Helsinki"

[window]
start = 2026-05-01T09:00:00
end = 2026-05-01T15:00:00

[city]
streets = "town.osm"

[people]
low = 100
high = 300

[[corridors]]
id = "north"
name = "North"
people_per_min_per_lane = 10
[corridors.position]
lat = 60.17
lon = 24.94
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "town.osm").write_text("<osm/>")
    return tmp_path


def load(folder, text):
    (folder / "case.toml").write_text(text, encoding="utf-8")
    return load_case(str(folder))


def faults(folder, text):
    with pytest.raises(InputError) as caught:
        load(folder, text)
    return [str(fault).removeprefix(str(folder / "case.toml")) for fault in caught.value.faults]


def test_a_small_case_is_enough(folder):
    loaded = load(folder, GOOD)
    assert loaded.case.people.best == 200
    assert loaded.case.corridors[0].people_per_min.best == 10
    assert [source.name for source in loaded.inputs] == ["case.toml"]


def test_the_built_in_cases_load():
    assert "aleppo-2016-11-04" in built_in_cases()
    case = load_case("aleppo-2016-11-04").case
    civilian = [c for c in case.corridors if c.users == "civilian"]
    assert len(civilian) == 6
    assert sum(c.position is None for c in civilian) == 3
    assert all(c.position.assumed for c in case.corridors if c.position)


def test_all_faults_are_reported_together_with_their_lines(folder):
    text = GOOD.replace('name = "Town"', 'name = ""').replace("lat = 60.17\nlon = 24.94\ntz", "tz")
    text = text.replace("people_per_min_per_lane = 10", "people_per_min_per_lane = -10\nlanse = 2")
    found = faults(folder, text)
    assert any(f.startswith(", line 7: place.name: ") for f in found)
    assert any(f.startswith(", line 6: place.lat: is missing") for f in found)
    assert any("corridors[0].lanse: is not a known key" in f for f in found)
    assert len(found) >= 4


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("people_per_min_per_lane = 10", "people_per_min_per_lane = -1", "must not be negative"),
        ("people_per_min_per_lane = 10", "", "needs people_per_min_per_lane"),
        ("end = 2026-05-01T15", "end = 2026-05-01T08", "ends (08:00) before it starts (09:00)"),
        ("low = 100\nhigh = 300", "low = 300\nhigh = 100", "low ≤ best ≤ high"),
        ("low = 100", "low = -5", "must not be negative"),
        ("Europe/Helsinki", "Europe/Atlantis", "is no IANA time zone"),
        ("schema = 1", "schema = 2", "schema: input should be 1"),
        ("town.osm", "nowhere.osm", "there is no file 'nowhere.osm'"),
        ("lat = 60.17\nlon = 24.94\ntz", "lat = 160.17\nlon = 24.94\ntz", "line 8: place.lat"),
        ("[window]\nstart", "[wnidow]\nstart", "wnidow: is not a known key"),
        ('id = "north"', 'id = "North gate"', "corridors[0].id"),
        ("end = 2026-05-01T15:00:00", "end = 2026-05-01T15:00:00+02:00", "without an offset"),
    ],
)
def test_each_fault_is_named(folder, old, new, says):
    assert old in GOOD
    assert any(says in fault for fault in faults(folder, GOOD.replace(old, new)))


def test_shares_must_add_up(folder):
    text = GOOD + '[[groups]]\nid = "a"\nname = "A"\nshare = 0.5\nspeed_m_per_s = 1\n'
    assert "the groups' shares add up to 0.5" in faults(folder, text)[0]


def test_an_override_of_clearance_is_signed(folder):
    text = GOOD + "[clearance]\ntreat_as_cleared = true\n"
    assert "needs `by` (who decided) and `reason`" in faults(folder, text)[0]


def test_not_toml_names_the_line(folder):
    assert "line 3" in faults(folder, 'schema = 1\nid = "x"\ntitle = = 3\n')[0]


def test_not_text(folder):
    (folder / "case.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="is not UTF-8 text"):
        load_case(str(folder))


@pytest.mark.parametrize("name", ["no-such-case", "../etc", "/no/such/folder"])
def test_an_unknown_name_lists_what_there_is(name):
    with pytest.raises(InputError, match="aleppo-2016-11-04"):
        load_case(name)


def test_line_of_finds_nested_tables():
    assert line_of(GOOD, ("corridors", 0, "position", "lon")) == 29
    assert line_of(GOOD, ("people", "low")) == 20
    assert line_of(GOOD, ("people", "missing")) == 19
