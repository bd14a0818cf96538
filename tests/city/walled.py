"""The town of squares with two zones, a wall between them and other things to draw."""

import json
from importlib.resources import files

from jsonschema import validate

from city.squares import CASE, at, streets
from safepassage.case import load_case
from safepassage.city.checkup import check_up

SCHEMA = json.loads(
    (files("safepassage.base") / "schemas" / "checkup.schema.json").read_text("utf-8")
)


def zone(name, x, y, people):
    lat, lon = at(x, y)
    return f'[[zones]]\nname = "{name}"\nlat = {lat}\nlon = {lon}\npeople = {people}\n'


NEAR, FAR = zone("Near", 3, 4, 300), zone("Far", 9, 9, 100)
WALL = """
[[hazards]]
name = "Wall"
line = [[60.0045, 24.99], [60.0045, 25.02]]
setback_m = 5
source = "seen"
"""
ARMED = """
[[corridors]]
id = "armed"
name = "Road"
users = "armed"
position = { lat = 60.008, lon = 25.0, source = "statement" }
[[corridors]]
id = "lost"
name = "Lost"
"""


def document(tmp_path, more=""):
    """Check the town up; give the document, as its schema has it, and the drawing."""
    streets(tmp_path)
    path = tmp_path / "case.toml"
    path.write_text(f'{CASE}\n{NEAR}{FAR}{more}\n[city]\nstreets = "town.osm"\n', "utf-8")
    found = check_up(load_case(str(tmp_path)))
    told = found.as_json()
    validate(told, SCHEMA)
    return told, found.map_json()
