"""Fit the same times with lifelines, in an environment of its own: it holds pandas back.

Reads JSON from standard input, ``{"low": [...], "high": [...], "shortest": h}`` with null for
an unknown end, and writes what lifelines makes of it. ``tests/forecast/test_holds_lifelines.py``
runs it if there is such an environment:

    .venv/bin/uv venv out/lifelines
    .venv/bin/uv pip install --python out/lifelines/bin/python lifelines

or name another interpreter in ``SAFEPASSAGE_LIFELINES``.
"""

import json
import sys
import warnings

import numpy as np
from lifelines import KaplanMeierFitter, WeibullFitter

warnings.simplefilter("ignore")
times = json.load(sys.stdin)
low = np.array(times["low"], dtype=float)
high = np.array([np.inf if end is None else end for end in times["high"]], dtype=float)
seen = np.isfinite(high)
middle = np.where(seen, (low + np.where(seen, high, low)) / 2, low)

curve = KaplanMeierFitter(alpha=0.05).fit(middle, seen)
around = curve.confidence_interval_
hours = [float(hour) for hour in curve.survival_function_.index if hour > 0]
least = np.where(low == high, times["shortest"], 1e-6)  # it takes logarithms of what lasts 0 hours
weibull = WeibullFitter().fit_interval_censoring(np.maximum(low, least), np.maximum(high, least))
json.dump(
    {
        "hours": hours,
        "holds": [float(curve.survival_function_.loc[hour].iloc[0]) for hour in hours],
        "low": [float(around.loc[hour].iloc[0]) for hour in hours],
        "high": [float(around.loc[hour].iloc[1]) for hour in hours],
        "shape": float(weibull.rho_),
        "scale_h": float(weibull.lambda_),
    },
    sys.stdout,
)
