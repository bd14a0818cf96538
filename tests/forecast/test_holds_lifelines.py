"""A second opinion on curves and hazards: lifelines, run in an environment of its own."""

import json
import math
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from safepassage.forecast import holds
from safepassage.forecast.holds import Lasted, fit_weibull, kaplan_meier, times_of
from safepassage.forecast.precedents import load_precedents

ROOT = Path(__file__).resolve().parents[2]
PYTHON = Path(os.environ.get("SAFEPASSAGE_LIFELINES", ROOT / "out/lifelines/bin/python"))
ORACLE = ROOT / "tests" / "oracles" / "lifelines_fit.py"

pytestmark = pytest.mark.skipif(
    not PYTHON.exists(),
    reason="lifelines has no environment; tests/oracles/lifelines_fit.py says how",
)


def by_lifelines(times):
    asked = {
        "low": [t.low for t in times],
        "high": [None if t.censored else t.high for t in times],
        "shortest": holds._SHORTEST_H,
    }
    done = subprocess.run(
        [PYTHON, ORACLE], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def drawn(seed):
    rng = np.random.default_rng(seed)
    hours = rng.weibull(0.5 + rng.random() * 2, 25) * rng.uniform(3, 60)
    times = []
    for hour in hours.round(2) + 0.05:
        kind = rng.integers(3)
        width = rng.uniform(0.5, 5)
        if kind == 0:
            times.append(Lasted("x", hour, hour))
        elif kind == 1:
            times.append(Lasted("x", hour, hour + width))
        else:
            times.append(Lasted("x", hour, math.inf))
    return times


@pytest.mark.parametrize(
    "times",
    [drawn(1), drawn(2), drawn(3), times_of(load_precedents(), "end"),
     times_of(load_precedents(), "incident")],
    ids=["drawn 1", "drawn 2", "drawn 3", "ends that ship", "incidents that ship"],
)  # fmt: skip
def test_curve_and_hazard_are_those_of_lifelines(monkeypatch, times):
    monkeypatch.setattr(holds, "_SHAPE_PRIOR", 1e6)
    theirs = by_lifelines(times)
    curve, fit = kaplan_meier(times), fit_weibull(times)
    ours = {round(hour, 6): at for at, hour in enumerate(curve.hours)}
    begun = False
    for i, hour in enumerate(theirs["hours"]):
        at = ours[round(hour, 6)]
        assert curve.holds[at] == pytest.approx(theirs["holds"][i], abs=1e-9)
        begun = begun or curve.holds[at] < 1
        if begun and curve.holds[at] > 0:
            assert curve.low[at] == pytest.approx(theirs["low"][i], abs=1e-6)
            assert curve.high[at] == pytest.approx(theirs["high"][i], abs=1e-6)
    assert begun
    assert (fit.shape, fit.scale_h) == pytest.approx((theirs["shape"], theirs["scale_h"]), rel=0.01)
