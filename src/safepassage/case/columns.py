"""Say what the columns of somebody's own street lines mean."""

from __future__ import annotations

from pydantic import Field

from safepassage.case.strict import Strict

__all__ = ["CityClass", "CityColumns", "ZoneColumns"]


class CityColumns(Strict):
    """Name the columns of a file of street lines; empty where it has no such column."""

    highway: str = ""
    oneway: str = ""
    width_m: str = ""
    lanes: str = ""
    lanes_forward: str = ""
    lanes_backward: str = ""
    speed_kmh: str = ""
    name: str = ""
    foot: str = ""
    motor_vehicle: str = ""
    bridge: str = ""
    tunnel: str = ""
    layer: str = ""
    id: str = ""


class ZoneColumns(Strict):
    """Name the columns of a table or a file of zones; empty where the usual name stands."""

    id: str = ""
    name: str = ""
    name_ar: str = ""
    pcode: str = ""
    lat: str = ""
    lon: str = ""
    people: str = ""
    people_low: str = ""
    people_best: str = ""
    people_high: str = ""
    weight: str = ""
    h3: str = ""
    wkt: str = ""


class CityClass(Strict):
    """Say which highway class of OpenStreetMap a value of the class column stands for."""

    value: str
    highway: str = Field(min_length=1)
