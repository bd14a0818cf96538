"""Make what schedules are measured on: built-in cases, La Serena and Coquimbo, street grids."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from instances import street_grid

if TYPE_CHECKING:
    from instances import Instance

    from safepassage.plan.blocks import Reserved
    from safepassage.plan.gates import Gate
    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.walkways import Walkways

__all__ = ["Place", "coquimbo_folder", "of_case", "of_grid", "ways_of"]

ROOT = Path(__file__).resolve().parent.parent
LAST_STEP = 599


@dataclass(frozen=True)
class Place:
    """Hold a network with its crossings, and the optimum on it."""

    name: str
    ways: Walkways
    gate: Gate
    flows: tuple[GroupFlow, ...]
    steps: int
    slot_min: int
    reserved: tuple[Reserved, ...]
    supply: np.ndarray


def of_case(name: str, case: str) -> Place:
    """Take a case: its name, folder or file."""
    from safepassage.plan.setting import prepare, settle, solve

    found = prepare(case)
    setting = settle(found.loaded.case, found.city, found.hours)
    return Place(
        name, setting.ways, setting.gate, solve(setting), setting.steps,
        setting.case.options.slot_min, setting.reserved, setting.supply,
    )  # fmt: skip


def ways_of(grid: Instance, pace: float) -> Walkways:
    """Walk a street grid: each direction of a street with room of its own, a door for each zone."""
    from safepassage.plan.walkways import Walkways

    n, m, z = grid.n_nodes, len(grid.tail), len(grid.sources)
    homes = n + np.arange(z)
    return Walkways(
        n_nodes=n + z,
        tail=np.concatenate([grid.tail, homes]),
        head=np.concatenate([grid.head, grid.sources]),
        length_m=np.concatenate([grid.transit * pace * 60, np.zeros(z)]),
        speed_limit_m_per_s=np.full(m + z, np.inf),
        pace=np.ones(m + z),
        people_per_min=np.concatenate([grid.capacity.astype(float), np.full(z, np.inf)]),
        street=np.concatenate([np.arange(m), np.full(z, -1)]),
        closed=np.zeros(m + z, bool),
        reverse=np.full(m + z, -1),
        zone_node=homes,
    )


def of_grid(name: str, nodes: int, crossing_per_min: int) -> Place:
    """Take a street grid of ``instances.py``, each direction of a street with room of its own."""
    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.case.model import Group
    from safepassage.plan.gates import Gate
    from safepassage.plan.groups import solve_groups

    grid = street_grid(nodes, crossing_per_min)
    pace = 1.1
    ways = ways_of(grid, pace)

    def sure(number: float) -> LowBestHigh:
        return LowBestHigh(low=number, best=number, high=number)

    gate = Gate(
        np.asarray(grid.sinks, np.int64),
        tuple(f"crossing-{i}" for i in range(len(grid.sinks))),
        tuple(sure(each) for each in grid.sink_capacity.tolist()),
    )
    group = Group(id="families", name="Families on foot", share=1.0, speed_m_per_s=sure(pace))
    supply = np.asarray(grid.supply, np.int64)[None, :]
    flows = solve_groups(ways, gate, (group,), supply, LAST_STEP)
    return Place(name, ways, gate, flows, LAST_STEP, 15, (), supply)


def coquimbo_folder(folder: Path) -> Path | None:
    """Make the case of ``docs/examples-coquimbo.md``; None where its data is not installed."""
    found = find_spec("aequilibrae")
    wheels = [Path(each) for each in (found.submodule_search_locations or [] if found else [])]
    wheels.append(ROOT / ".venv" / "data" / "aequilibrae")
    data = (
        [Path(os.environ["SAFEPASSAGE_COQUIMBO"])] if "SAFEPASSAGE_COQUIMBO" in os.environ else []
    )
    data += [wheel / "reference_files" / "coquimbo.zip" for wheel in wheels]
    source = next((path for path in data if path.is_file()), None)
    if source is None:
        return None
    page = (ROOT / "docs" / "examples-coquimbo.md").read_text(encoding="utf-8")
    for name in ("prepare.py", "case.toml"):
        block = re.search(rf"^```\w+ {re.escape(name)}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        if block is None:
            raise SystemExit(f"docs/examples-coquimbo.md holds no {name}")
        (folder / name).write_text(block[1], encoding="utf-8")
    subprocess.run([sys.executable, folder / "prepare.py", source, folder], check=True)
    return folder
