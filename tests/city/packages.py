"""Change a city's GeoPackage as a person would, read it again, and compare cities."""

import sqlite3
from contextlib import closing

import numpy as np
import shapely

from safepassage.case import load_case
from safepassage.city.checkup import check_up


def again(tmp_path):
    return check_up(load_case(str(tmp_path)))


def change(path, *statements):
    """Change cells as a person would, by SQL; GDAL's triggers need functions it has not."""
    with closing(sqlite3.connect(path)) as base, base:
        names = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            base.execute(f'DROP TRIGGER "{name}"')
        for each in statements:
            base.executescript(each)
        base.execute("UPDATE gpkg_ogr_contents SET feature_count = NULL")  # a trigger's work


def move(path, layer, where, shape):
    """Put another shape into one row."""
    blob = b"GP\x00\x01" + (4326).to_bytes(4, "little") + shapely.to_wkb(shape)
    with closing(sqlite3.connect(path)) as base, base:
        names = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            base.execute(f'DROP TRIGGER "{name}"')
        base.execute(f'UPDATE "{layer}" SET geom = ? WHERE {where}', (blob,))  # noqa: S608


def same_city(one, other):
    a, b = one.streets, other.streets
    for key in a.__slots__:
        mine, its = getattr(a, key), getattr(b, key)
        if key in ("highway", "name", "access"):
            names = {"highway": "highway_names", "name": "street_names", "access": "access_tags"}
            mine, its = (
                [(*getattr(s, names[key]), None)[i] for i in getattr(s, key)] for s in (a, b)
            )
        if not key.endswith(("_names", "_tags")):
            assert np.array_equal(mine, its), key
    for key in one.zones.__slots__:
        assert np.array_equal(getattr(one.zones, key), getattr(other.zones, key)), key
    for key in ("name", "schematic", "mode", "crossings", "people", "attribution"):
        assert getattr(one, key) == getattr(other, key), key
    assert set(one.assumptions) == set(other.assumptions)
    for mine, its in zip(one.hazards, other.hazards, strict=True):
        for key in mine.__slots__:
            assert np.array_equal(getattr(mine, key), getattr(its, key)), key
    for mine, its in zip(one.cleared, other.cleared, strict=True):
        for key in mine.__slots__:
            assert np.array_equal(getattr(mine, key), getattr(its, key)), key
