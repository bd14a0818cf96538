"""Read what OpenStreetMap's tags say of a way: who may use it, how wide, how fast.

Defaults stand in ``data/highways.csv``, one row per highway class, each with its
source or the word *assumption*. Rules that bind:

- The more specific key wins: ``foot`` before ``access``; ``motorcar`` before
  ``motor_vehicle`` before ``vehicle`` before ``access``. ``access`` can close a way
  but never opens one that its class closes. A value not in the lists below (such as
  a time-dependent one) is passed over.
- ``oneway`` binds vehicles only; people on foot are bound by ``oneway:foot``.
- The width is the tagged ``width`` or ``est_width``; else tagged lanes times
  `LANE_WIDTH_M` where a vehicle may drive; else the default of the class.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "KEYS",
    "LANE_WIDTH_M",
    "HighwayClass",
    "Mode",
    "Verdict",
    "barrier_closes",
    "highway_classes",
    "judge",
    "parse_kmh",
    "parse_lanes",
    "parse_layer",
    "parse_metres",
]

Mode = Literal["walk", "vehicle"]

LANE_WIDTH_M = 3.25
"""Width of a traffic lane where only lanes are tagged [m]: half of the 6.5 m on which
two buses pass in RASt 06."""

WIDTH_RANGE_M = (0.3, 100.0)
"""Widths outside are taken for mistakes (assumption; stairs of 64 m exist) [m]."""

KEYS = (
    "highway", "area", "access", "foot", "motor_vehicle", "motorcar", "vehicle", "oneway",
    "oneway:foot", "junction", "width", "est_width", "lanes", "lanes:forward",
    "lanes:backward", "maxspeed", "motorroad", "impassable", "bridge", "tunnel", "layer",
)  # fmt: skip
"""The tags that `judge` looks at, in the order in which it takes their values."""

_OPEN = frozenset({"yes", "designated", "permissive", "destination", "official", "public"})
_CLOSED = frozenset(
    {
        "no", "private", "customers", "delivery", "agricultural", "forestry", "military",
        "permit", "residents", "employees", "staff", "emergency", "use_sidepath", "restricted",
    }
)  # fmt: skip
_DRIVE_KEYS = ("motorcar", "motor_vehicle", "vehicle")
_NOT_THERE = frozenset({None, "", "no"})
_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"no", "false", "0"})
_BACK = frozenset({"-1", "reverse"})
_ROUND = frozenset({"roundabout", "circular"})
_PASSED_BY_VEHICLES = frozenset(
    {
        "no", "gate", "lift_gate", "swing_gate", "toll_booth", "border_control", "checkpoint",
        "cattle_grid", "entrance", "sally_port", "height_restrictor", "kerb", "kerb_ramp",
    }
)  # fmt: skip
_FEET_M = 0.3048
_INCH_M = 0.0254
_MILE_KM = 1.609344
_UNITS = MappingProxyType(
    {
        "": 1.0, "m": 1.0, "metre": 1.0, "metres": 1.0, "meter": 1.0, "meters": 1.0,
        "cm": 0.01, "ft": _FEET_M, "feet": _FEET_M, "'": _FEET_M,
    }
)  # fmt: skip
_METRES = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s*([a-z']*)")
_FEET_AND_INCHES = re.compile(r"(\d{1,3})\s*'\s*(\d{1,2}(?:\.\d{1,2})?)\s*(?:\"|'')")
_LANES = re.compile(r"\d{1,2}(?:\.\d)?")
_LAYER = re.compile(r"-?[0-5]")
_SPEED = re.compile(r"(\d{1,3})\s*(km/h|kmh|mph)?")


@dataclass(frozen=True, slots=True)
class HighwayClass:
    """Hold one row of the table of highway classes.

    Attributes
    ----------
    highway
        OpenStreetMap's value of the key ``highway``.
    kind
        ``street``; ``other`` (not a street) and ``unbuilt`` are never used.
    walk, drive
        Who may use it where no tag says otherwise.
    homes
        Whether people live along it, by its class.
    width_m, lanes, speed_kmh
        Width for people on foot [m], lanes per direction, driving speed [km/h].
    walk_factor, flow_factor
        Pace, and people per metre of width, as a share of those on a level street.
    vehicles_per_lane_per_h
        What a lane carries.
    walking_note, source
        In words.

    """

    highway: str
    kind: str
    walk: bool
    drive: bool
    homes: bool
    width_m: float
    lanes: float
    speed_kmh: float
    walk_factor: float
    flow_factor: float
    vehicles_per_lane_per_h: float
    walking_note: str
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Say what a way is good for.

    Attributes
    ----------
    left_out
        Why it is not in the network of the mode; empty if it is.
    walk_forward, walk_backward
        Whether people on foot may go along or against the way's direction.
    lanes_forward, lanes_backward
        Lanes for vehicles in each direction; 0 where they may not go.
    width_m, speed_kmh
        Width for people [m], 0 where they may not go; driving speed [km/h].
    width_tagged, bad_width
        Whether the width is a tagged one; whether one is tagged that cannot be read or
        cannot be right.
    foot_access, drive_access
        The tag that opens it to people on foot or vehicles, such as ``foot=yes``; empty
        where its class does, or nothing.
    bridge, tunnel, layer
        As tagged; layers from -5 to 5.

    """

    left_out: str
    highway: str = ""
    walk_forward: bool = False
    walk_backward: bool = False
    lanes_forward: float = 0.0
    lanes_backward: float = 0.0
    width_m: float = 0.0
    speed_kmh: float = 0.0
    width_tagged: bool = False
    bad_width: bool = False
    foot_access: str = ""
    drive_access: str = ""
    bridge: bool = False
    tunnel: bool = False
    layer: int = 0


@cache
def highway_classes() -> Mapping[str, HighwayClass]:
    """Give the table of highway classes, in its order."""
    text = resources.files("safepassage.city").joinpath("data/highways.csv").read_text("utf-8")
    rows = (
        HighwayClass(
            highway=row["highway"],
            kind=row["kind"],
            walk=row["walk"] == "yes",
            drive=row["drive"] == "yes",
            homes=row["homes"] == "yes",
            width_m=float(row["width_m"]),
            lanes=float(row["lanes"]),
            speed_kmh=float(row["speed_kmh"]),
            walk_factor=float(row["walk_factor"]),
            flow_factor=float(row["flow_factor"]),
            vehicles_per_lane_per_h=float(row["vehicles_per_lane_per_h"]),
            walking_note=row["walking_note"],
            source=row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    )
    return MappingProxyType({row.highway: row for row in rows})


def parse_metres(text: str | None) -> float | None:
    """Read a width in metres: ``3.5``, ``3,5 m``, ``350 cm``, ``10'``, ``10'6"``, ``10 ft``.

    Gives None where the text is something else or outside `WIDTH_RANGE_M`.
    """
    if text is None:
        return None
    text = text.strip().lower()
    low, high = WIDTH_RANGE_M
    if found := _METRES.fullmatch(text):
        unit = _UNITS.get(found[2])
        metres = float(found[1].replace(",", ".")) * unit if unit else 0.0
    elif found := _FEET_AND_INCHES.fullmatch(text):
        metres = int(found[1]) * _FEET_M + float(found[2]) * _INCH_M
    else:
        return None
    return metres if low <= metres <= high else None


def parse_lanes(text: str | None) -> float | None:
    """Read a number of lanes from 1 to 16, rounded down; None for anything else."""
    if text is None or not _LANES.fullmatch(text.strip()):
        return None
    lanes = float(int(float(text)))
    return lanes if 1 <= lanes <= 16 else None


def parse_kmh(text: str | None) -> float | None:
    """Read a speed limit in km/h (``50``, ``30 mph``) from 5 to 130; None for anything else."""
    found = None if text is None else _SPEED.fullmatch(text.strip().lower())
    if not found:
        return None
    kmh = float(found[1]) * (_MILE_KM if found[2] == "mph" else 1.0)
    return kmh if 5 <= kmh <= 130 else None


def _permission(*values: str | None) -> bool | None:
    """Take the first value that says yes or no; the last one can only say no."""
    for value in values[:-1]:
        if value in _OPEN:
            return True
        if value in _CLOSED:
            return False
    return False if values[-1] in _CLOSED else None


def _opening(keys: tuple[str, ...], *values: str | None) -> str:
    """Give the tag that opens a way, the first one that says yes or no; else nothing."""
    for key, value in zip(keys, values, strict=True):
        if value in _OPEN:
            return f"{key}={value}"
        if value in _CLOSED:
            break
    return ""


def parse_layer(text: str | None) -> int:
    """Read a layer from -5 to 5; 0 for anything else."""
    found = None if text is None else _LAYER.fullmatch(text.strip())
    return int(found[0]) if found else 0


def _directions(oneway: str | None, *, implied: bool) -> tuple[bool, bool]:
    """Tell whether one may go along and against a way."""
    if oneway in _BACK:
        return False, True
    if oneway in _YES or (implied and oneway not in _NO):
        return True, False
    # which way a reversible lane runs at a given hour is not known
    return (False, False) if oneway == "reversible" else (True, True)


def _lanes(
    total: float | None, ahead: float | None, back: float | None, default: float
) -> tuple[float, float]:
    """Share the lanes of a two-way street between its directions, one each at least."""
    if total is not None and ahead is None:
        ahead = float(total // 2) if back is None else total - back
        back = float(total // 2) if back is None else back
    elif total is not None and ahead is not None and back is None:
        back = total - ahead
    return (
        max(1.0, default if ahead is None else ahead),
        max(1.0, default if back is None else back),
    )


def _not_a_street(highway: str, area: str | None, impassable: str | None) -> str:
    row = highway_classes().get(highway)
    if row is None:
        return "streets of a class this program does not know"
    if row.kind == "unbuilt":
        return "streets not built or out of use"
    if row.kind != "street":
        return "things that are not streets (platforms, lifts, race tracks)"
    if area == "yes":
        return "squares and other areas drawn as outlines"
    return "streets tagged as impassable" if impassable == "yes" else ""


def judge(tags: tuple[str | None, ...], mode: Mode) -> Verdict:
    """Tell what a way is good for.

    Parameters
    ----------
    tags
        The values of `KEYS`, in that order, None where the way lacks the tag.
    mode
        Whose network is made.

    """
    (highway, area, access, foot, motor_vehicle, motorcar, vehicle, oneway, oneway_foot,
     junction, width, est_width, lanes, lanes_ahead, lanes_back, maxspeed, motorroad,
     impassable, bridge, tunnel, layer) = tags  # fmt: skip
    if left_out := _not_a_street(highway or "", area, impassable):
        return Verdict(left_out)
    row = highway_classes()[highway or ""]

    on_foot = _permission(foot, access)
    walk_default = row.walk and motorroad != "yes"
    walk = walk_default if on_foot is None else on_foot
    walk_forward, walk_backward = (
        _directions(oneway_foot, implied=False) if walk else (False, False)
    )

    by_car = _permission(motorcar, motor_vehicle, vehicle, access)
    drive = (row.drive if by_car is None else by_car) and row.lanes > 0
    ahead, back = (
        _directions(oneway, implied=junction in _ROUND or highway == "motorway")
        if drive
        else (False, False)
    )
    total, along, against = map(parse_lanes, (lanes, lanes_ahead, lanes_back))
    if ahead and back:
        forward, backward = _lanes(total, along, against, row.lanes)
    else:
        forward = backward = total or (along if ahead else against) or row.lanes

    walk, drive = walk_forward or walk_backward, ahead or back
    if mode == "walk":
        left_out = "" if walk else _closed("people on foot", usually_open=walk_default)
    else:
        left_out = "" if drive else _closed("vehicles", usually_open=row.drive)
    tagged = parse_metres(width)
    if tagged is None:
        tagged = parse_metres(est_width)
    usable = tagged or (total * LANE_WIDTH_M if total and drive else row.width_m)
    return Verdict(
        left_out=left_out,
        highway=row.highway,
        walk_forward=walk_forward,
        walk_backward=walk_backward,
        lanes_forward=forward if ahead else 0.0,
        lanes_backward=backward if back else 0.0,
        width_m=usable if walk else 0.0,
        speed_kmh=(parse_kmh(maxspeed) or row.speed_kmh) if drive else 0.0,
        width_tagged=tagged is not None,
        bad_width=tagged is None and (width is not None or est_width is not None),
        foot_access=_opening(("foot",), foot) if walk else "",
        drive_access=_opening(_DRIVE_KEYS, motorcar, motor_vehicle, vehicle) if drive else "",
        bridge=bridge not in _NOT_THERE,
        tunnel=tunnel not in _NOT_THERE,
        layer=parse_layer(layer),
    )


def _closed(who: str, *, usually_open: bool) -> str:
    return f"streets private or closed to {who}" if usually_open else f"streets not meant for {who}"


def barrier_closes(tags: Mapping[str, str], mode: Mode) -> bool:
    """Tell whether a barrier on a street stops people on foot, or vehicles.

    A tag of access decides. Without one, a locked gate stops both, people on foot
    pass every other barrier, and vehicles pass gates and checkpoints but not
    bollards, blocks and the like.
    """
    keys = ("foot",) if mode == "walk" else _DRIVE_KEYS
    said = _permission(*(tags.get(key) for key in (*keys, "access")))
    if said is not None:
        return not said
    if tags.get("locked") == "yes":
        return True
    return mode == "vehicle" and tags.get("barrier") not in _PASSED_BY_VEHICLES
