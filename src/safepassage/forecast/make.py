"""Make a forecast of a plan: who is likely to come, and what may become of them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.base.progress import Progress, silent, time_left
from safepassage.forecast.behaviour import USUAL, Behaviour
from safepassage.forecast.effects import effects
from safepassage.forecast.engines import on_cores, on_dask, reach
from safepassage.forecast.events import EventRates, load_events, rates
from safepassage.forecast.holds import fit_weibull, times_of
from safepassage.forecast.model import AtHour, Expected, Forecast, Range
from safepassage.forecast.offered import offered
from safepassage.forecast.precedents import Precedents, day_of, load_precedents
from safepassage.forecast.recipe import USUAL_TROUBLE, Recipe, Trouble
from safepassage.forecast.spread import drivers, fan
from safepassage.forecast.store import Store
from safepassage.forecast.uptake import uptake_of
from safepassage.forecast.world import world_of
from safepassage.plan.collapse import full_hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from safepassage.forecast.outcome import Outcome
    from safepassage.plan.model import Plan

__all__ = ["Engine", "check_asked", "expected", "forecast_if_quick", "make_forecast"]

Engine = Literal["local", "dask"]

_MOST_REPLICATIONS = 1_000_000
_TELLS = 5
"""Times that the time left is told anew."""

_MOST_DAYS = 60
_QUICK_CELLS = 5_000_000
"""Arcs × minutes, up to which a plan is forecast unasked; a few seconds."""

_QUICK_REPLICATIONS = 500
_NEAR_M = 1000
"""Events nearer than this to a crossing weigh in which one closes: an assumption."""

_LARGEST_SEED = 2**63


def expected(
    plan: Plan, *, precedents: Precedents | None = None, without: Sequence[str] = ()
) -> Expected:
    """Say who is likely to come to a plan's pause; takes milliseconds.

    Parameters
    ----------
    plan
        Of a case that may name its own precedent: that is always left out.
    precedents
        Those that ship with the package if not given.
    without
        Precedents to leave out besides, by id.

    Raises
    ------
    InputError
        If there is no precedent of such a name, or the case's table of events cannot be read.

    """
    known = load_precedents() if precedents is None else precedents
    left_out = tuple(dict.fromkeys([*_own(plan, known), *without]))
    rows = known.without(*left_out)
    stated, conditions = offered(plan.case, plan.declarations)
    days = _days(plan)
    pooled = rows.pooled()
    clocks = times_of(rows, "incident"), times_of(rows, "end")
    if not all(clocks):
        raise InputError.one(
            "--without", "leaves no precedent that says how long a pause held",
            "Leave fewer of them out.",
        )  # fmt: skip
    events = _events(plan)
    return Expected(
        conditions=conditions, stated=stated, uptake=uptake_of(conditions, pooled, days=days),
        effects=effects(conditions, pooled, days=days), without=left_out,
        incident=fit_weibull(clocks[0]), end=fit_weibull(clocks[1]),
        events=events, inputs=known.inputs + ((events.source,) if events else ()),
        compared=pooled,
    )  # fmt: skip


def _own(plan: Plan, known: Precedents) -> list[str]:
    """Name the precedents that are this pause itself, or overlap it in place and time.

    Raises
    ------
    InputError
        If the case names one that no table has: a slip there would let a pause forecast itself.

    """
    named = plan.case.precedent
    ids = {row.id for row in known}
    if named and named not in ids:
        raise InputError.one(
            "case.toml, precedent", f"no table of precedents has {named[:80]!r}",
            "Correct it, leave it out, or add the table that has it with --with.",
        )  # fmt: skip
    place, window = plan.case.place.name.lower(), plan.hours.announced
    same = [
        row.id
        for row in known
        if place in row.place.lower()
        and day_of(row.start) <= window.end.date()
        and day_of(row.end) >= window.start.date()
    ]
    return [*([named] if named else []), *same]


def _events(plan: Plan) -> EventRates | None:
    """Count what happened near each crossing, where the case has a table of events."""
    case = plan.case
    if case.events is None:
        return None
    crossings = {
        corridor.id: (corridor.position.lat, corridor.position.lon)
        for corridor in case.corridors
        if corridor.position is not None
    }
    table = load_events(plan.prepared.loaded.path(case.events))
    return rates(table, crossings, start=plan.hours.announced.start)


def _weights(who: Expected, corridors: Sequence[str]) -> NDArray[np.float64]:
    """Give each crossing's chance to be the one that closes: by the events near it, or alike."""
    near = {} if who.events is None else {
        each.corridor: sum(ring.rate.middle for ring in each.rings if ring.to_m <= _NEAR_M)
        for each in who.events.corridors
    }  # fmt: skip
    if not all(near.get(corridor, 0.0) > 0 for corridor in corridors):
        return np.ones(len(corridors))
    return np.array([near[corridor] for corridor in corridors])


def _days(plan: Plan) -> int:
    """Count the days on which these hours are offered; the day that is planned is the first."""
    last = plan.hours.announced.end.date()
    for declaration in plan.declarations:
        for window in declaration.windows:
            last = max(last, window.end.date())
            if window.recurrence and window.until:
                last = max(last, window.until)
    return int(np.clip((last - plan.hours.announced.start.date()).days + 1, 1, _MOST_DAYS))


def make_forecast(
    plan: Plan,
    *,
    replications: int = 500,
    seed: int = 1,
    precedents: Precedents | None = None,
    without: Sequence[str] = (),
    behaviour: Behaviour | None = None,
    trouble: Trouble | None = None,
    engine: Engine = "local",
    scheduler: str | None = None,
    workers: int | None = None,
    keep: Path | None = None,
    progress: Progress = silent,
) -> Forecast:
    """Simulate a plan many times over what is not known.

    Parameters
    ----------
    plan
        As ``make_plan`` gives it.
    replications
        How many; 500 put the percentiles of people out within some 2 per cent of the ranks.
    seed
        The same seed gives the same forecast, whatever the engine.
    precedents, without
        As of ``expected``.
    behaviour, trouble
        What people may do and what incidents do; the stated assumptions if not given.
    engine, scheduler, workers
        ``local``: this machine's cores; ``dask``: a cluster, by its scheduler's address.
    keep
        Folder for ``replications.parquet``; batches are kept in it while it runs, and a run
        that was interrupted goes on from them.
    progress
        Told of replications done and the time left.

    Raises
    ------
    InputError
        If a number is out of range, a precedent unknown, the folder not writable, or the
        cluster does not answer; what was done is kept.

    """
    check_asked(replications, seed, engine, scheduler, workers)
    who = expected(plan, precedents=precedents, without=without)
    progress("Laying out the streets for simulation")
    world = world_of(plan)
    recipe = Recipe(
        world=world, behaviour=behaviour or USUAL, trouble=trouble or USUAL_TROUBLE,
        uptake=who.uptake, inside=plan.city.people, incident=who.incident, end=who.end,
        before_min=_before_min(plan), weights=_weights(who, world.corridors), seed=seed,
    )  # fmt: skip
    store = None if keep is None else Store(keep / "replications", recipe.digest())
    done = {} if store is None or keep is None else store.done(keep / "replications.parquet")
    done = {number: each for number, each in done.items() if number < replications}
    todo = [number for number in range(replications) if number not in done]
    if engine == "dask":
        made = on_dask(recipe, todo, scheduler=str(scheduler))
    else:
        made = on_cores(recipe, todo, workers=workers)
    for batch in _told(made, len(done), replications, progress):
        if store is not None:
            store.keep(batch)
        done |= {each.number: each for each in batch}
    outcomes = tuple(done[number] for number in range(replications))
    if store is not None and keep is not None:
        store.finish(keep / "replications.parquet", outcomes)
    return _gathered(plan, who, recipe, outcomes)


def forecast_if_quick(plan: Plan, *, progress: Progress = silent) -> Forecast | None:
    """Forecast a plan for what stands beside its ceiling, where that takes seconds; else None."""
    if len(plan.ways.tail) * plan.hours.usable.minutes > _QUICK_CELLS:
        return None
    return make_forecast(plan, replications=_QUICK_REPLICATIONS, progress=progress)


def check_asked(
    replications: int, seed: int, engine: str, scheduler: str | None, workers: int | None
) -> None:
    """Refuse what cannot be done before anything is; all faults together.

    Raises
    ------
    InputError
        With every fault.

    """
    faults = []
    if not 1 <= replications <= _MOST_REPLICATIONS:
        faults.append(
            Fault("-n", f"must be 1 to {_MOST_REPLICATIONS:,} replications (is {replications:,})",
                  "500 are enough for the percentiles shown.")
        )  # fmt: skip
    if not 0 <= seed < _LARGEST_SEED:
        faults.append(Fault("--seed", f"must be 0 to 2^63 - 1 (is {seed})", "Name another."))
    if engine not in get_args(Engine):
        faults.append(Fault("--engine", f"is local or dask (is {engine[:40]!r})", "Name one."))
    if engine == "dask" and not scheduler:
        faults.append(Fault("--engine dask", "needs --scheduler", "Such as tcp://host:8786."))
    if engine == "local" and scheduler:
        faults.append(Fault("--scheduler", "is for --engine dask", "Add that, or leave it out."))
    if workers is not None and workers < 1:
        faults.append(
            Fault("--workers", f"must be 1 or more (is {workers})", "Leave it out for all cores.")
        )
    if faults:
        raise InputError(faults)
    if scheduler:
        reach(scheduler)


def _before_min(plan: Plan) -> int:
    since = plan.hours.usable.start - plan.hours.announced.start
    return max(0, int(since.total_seconds() // 60))


def _told(
    made: Iterator[list[Outcome]], before: int, replications: int, progress: Progress
) -> Iterator[list[Outcome]]:
    """Pass batches on, telling how far it is and how long it takes."""
    started, done, said = time.monotonic(), 0, "Simulating"
    told = _TELLS * before // replications
    progress(said, before / replications)
    for batch in made:
        yield batch
        done += len(batch)
        reached = _TELLS * (before + done) // replications
        if told < reached < _TELLS:
            left = time_left(started, done, replications - before)
            said = f"Simulated {before + done:,} of {replications:,} times{left}"
        told = reached
        progress(said, (before + done) / replications)


def _gathered(plan: Plan, who: Expected, recipe: Recipe, outcomes: tuple[Outcome, ...]) -> Forecast:
    """Tell how the replications lie."""
    out = np.array([each.out for each in outcomes])
    road = np.array([each.on_the_road for each in outcomes])
    queue = np.array([each.queued for each in outcomes])
    totals = np.array([each.total for each in outcomes])
    unknowns = {
        "share who would come": [each.share for each in outcomes],
        "people inside": [each.inside for each in outcomes],
        "what crossings serve": [each.rates for each in outcomes],
        "when the pause collapses": [_late(each.collapse_min) for each in outcomes],
        "when an incident closes a crossing": [_late(each.incident_min) for each in outcomes],
        "households leaving early": [each.early for each in outcomes],
        "households leaving late": [each.late for each in outcomes],
        "households going to the nearest crossing": [each.nearest for each in outcomes],
    }
    return Forecast(
        plan=plan, expected=who, outcomes=outcomes, out=Range.of(totals),
        share=Range(*(who.uptake.quantile(p, 1) for p in (0.1, 0.5, 0.9))),
        exposed_peak=Range.of(np.array([each.exposed_peak for each in outcomes])),
        caught=Range.of(np.array([each.caught for each in outcomes])),
        out_fan=fan(out), road_fan=fan(road), queue_fan=fan(queue),
        drivers=drivers({name: np.array(values) for name, values in unknowns.items()}, totals),
        at_hours=_at_hours(plan, who, outcomes, out, road), behaviour=recipe.behaviour,
        trouble=recipe.trouble, seed=recipe.seed,
    )  # fmt: skip


def _late(minute: int) -> int:
    """Order what never happens after everything that does."""
    return minute if minute >= 0 else 10**9


def _at_hours(
    plan: Plan, who: Expected, outcomes: Sequence[Outcome], out: np.ndarray, road: np.ndarray
) -> tuple[AtHour, ...]:
    """Tell how things stand at full hours, over replications in which the pause held.

    Those that held throughout serve every hour, where they are half of all: what a later
    collapse would have changed is not in them, and no hour has fewer out than the one before.
    """
    collapse = np.array([_late(each.collapse_min) for each in outcomes])
    minutes = plan.hours.usable.minutes
    throughout = collapse >= minutes
    rows = []
    for minute in full_hours(plan.hours.usable.start, minutes):
        held = throughout if 2 * throughout.sum() >= len(outcomes) else collapse >= minute
        holds = Range(*who.end.holds(np.array([(minute + _before_min(plan)) / 60]))[:, 0])
        if minute == 0 or not held.any():
            nobody = Range(0.0, 0.0, 0.0)
            rows.append(AtHour(minute, holds, nobody, nobody, int(held.sum())))
            continue
        gone, under_way = (Range.of(curves[held, minute - 1]) for curves in (out, road))
        rows.append(AtHour(minute, holds, gone, under_way, int(held.sum())))
    return tuple(rows)
