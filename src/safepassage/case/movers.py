"""Know how fast kinds of people and vehicles move; the table is ``data/speeds.csv``.

Figures are of single people on level ground, in metres a second. Sources:

- Knoblauch, Pietrucha and Nitzburg 1996, Field studies of pedestrian walking speed and
  start-up time, Transportation Research Record 1538.
- Weidmann 1993, Transporttechnik der Fussgänger, ETH Zürich, IVT 90.
- Boyce, Shields and Silcock 1999, Toward the characterization of building occupancies for
  fire safety engineering: capabilities of disabled people moving horizontally and on an
  incline, Fire Technology 35.

A row without a source is an assumption.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

from safepassage.base.lowbesthigh import LowBestHigh

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Mover", "movers"]


@dataclass(frozen=True, slots=True)
class Mover:
    """Hold one row: how fast they move [m/s], and whether they get over steps."""

    name: str
    speed_m_per_s: LowBestHigh
    steps: bool


@cache
def movers() -> Mapping[str, Mover]:
    """Give the table of movers by id, in its order."""
    text = resources.files("safepassage.case").joinpath("data/speeds.csv").read_text("utf-8")
    return MappingProxyType(
        {
            row["mover"]: Mover(
                row["name"],
                LowBestHigh(
                    low=float(row["low"]), best=float(row["best"]), high=float(row["high"]),
                    source=row["source"],
                ),
                row["steps"] == "yes",
            )
            for row in csv.DictReader(text.splitlines())
        }
    )  # fmt: skip
