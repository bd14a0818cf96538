"""Try a plan over what is not known: how many people are inside, what crossings serve.

A schedule is a list of instructions that holds whatever turns out to be so: nobody else is
called where more people are inside, fewer come where there are fewer, and where a crossing
serves less than was planned those who come to it queue, first come first served.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.base.phrases import share_of
from safepassage.base.progress import Progress, silent
from safepassage.plan.blocks import shut_crossings
from safepassage.plan.movement import minutes_of, spread_of
from safepassage.plan.schedule import scheduled
from safepassage.plan.setting import Setting, settle, solve
from safepassage.plan.walkways import ENDS, End, pick

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from safepassage.case import Case
    from safepassage.city import City
    from safepassage.plan.hours import Hours
    from safepassage.plan.movement import Moving

__all__ = [
    "LONGEST_WAIT_MIN", "Candidate", "Outcome", "Robust", "Scenario", "at_rates", "followed",
    "robust", "scenarios",
]  # fmt: skip

Ints = NDArray[np.int64]

_EVERYBODY = 2**40

LONGEST_WAIT_MIN = 30
"""A schedule under which people may wait longer than this at a crossing is not proposed
[minutes]: an assumption. Those who wait there are exposed when the pause collapses."""

_MADE_FOR: tuple[tuple[End, End], ...] = (
    ("best", "best"), ("low", "low"), ("low", "best"), ("best", "low"), ("best", "high"),
)  # fmt: skip
"""Figures of people and of rates that schedules to compare are made for; first the plan's."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Say what turns out to be so: ``rates`` names the figure of each crossing."""

    people: End
    rates: Mapping[str, End]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what a schedule comes to in a scenario.

    ``out`` people past the crossings at closing, of ``optimum`` at most; ``waiting`` at
    crossings when they close; ``longest_wait_min`` of anybody who passes or not.
    """

    optimum: int
    out: int
    waiting: int
    longest_wait_min: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a schedule made for certain figures, and what it comes to in each scenario.

    ``followed_at_best`` tells whether it can be the plan's: at the best figures nobody is
    called who is not there, and nobody waits at a crossing.
    """

    people: End
    rates: End
    outcomes: tuple[Outcome, ...]
    waves: tuple[Moving, ...] = ()
    followed_at_best: bool = True

    @property
    def worst_out(self) -> int:
        """Count the people out in the scenario in which fewest are."""
        return min(each.out for each in self.outcomes)

    @property
    def worst_share(self) -> float:
        """Give the smallest share of a scenario's optimum that this schedule reaches."""
        return min(share_of(each.out, each.optimum) for each in self.outcomes)

    @property
    def longest_wait_min(self) -> int:
        """Give the longest that anybody waits at a crossing, in any scenario."""
        return max(each.longest_wait_min for each in self.outcomes)

    @property
    def most_waiting(self) -> int:
        """Count the people at closed crossings, in the scenario in which most are."""
        return max(each.waiting for each in self.outcomes)


@dataclass(frozen=True, slots=True)
class Robust:
    """Hold the plan in use (``candidates[in_use]``) and others over all scenarios.

    ``candidates[0]`` is made for the best figures; ``chosen`` is proposed by the rule.
    """

    scenarios: tuple[Scenario, ...]
    candidates: tuple[Candidate, ...]
    chosen: int
    in_use: int = 0

    @property
    def schedule_for(self) -> Candidate:
        """Give the schedule in use."""
        return self.candidates[self.in_use]

    def as_json(self) -> dict[str, Any]:
        """Give it as ``plan.json`` holds it under ``robust``."""
        in_use = self.schedule_for
        return {
            "rule": "Of the schedules under which nobody waits longer than "
            f"{LONGEST_WAIT_MIN} minutes at a crossing in any case (an assumption), or that "
            "keep the longest wait shortest where none does, the one with most people out in "
            "its worst case.",
            "longest_wait_allowed_min": LONGEST_WAIT_MIN,
            "scenarios": [
                {
                    "people": scenario.people, "rates": [
                        {"corridor": name, "figure": end} for name, end in scenario.rates.items()
                    ],
                    "optimum": outcome.optimum, "out": outcome.out,
                    "waiting_at_closing": outcome.waiting,
                    "longest_wait_min": outcome.longest_wait_min,
                }
                for scenario, outcome in zip(self.scenarios, in_use.outcomes, strict=True)
            ],
            "schedules": [
                {
                    "made_for": {"people": each.people, "rates": each.rates},
                    "worst_out": each.worst_out, "worst_share": each.worst_share,
                    "longest_wait_min": each.longest_wait_min,
                    "most_waiting_at_closing": each.most_waiting,
                    "in_use": i == self.in_use, "proposed": i == self.chosen,
                }
                for i, each in enumerate(self.candidates)
            ],
        }  # fmt: skip


def at_rates(case: Case, rates: Mapping[str, End]) -> Case:
    """Give a case whose crossings serve, for certain, what one of their figures says."""
    changed = []
    for each in case.corridors:
        rate = each.people_per_min_per_lane
        if rate is None or each.id not in rates:
            changed.append(each)
            continue
        sure = pick(rate, rates[each.id])
        number = LowBestHigh(low=sure, best=sure, high=sure, source=rate.source)
        changed.append(each.model_copy(update={"people_per_min_per_lane": number}))
    return case.model_copy(update={"corridors": tuple(changed)})


def scenarios(crossings: Sequence[str]) -> tuple[Scenario, ...]:
    """List every figure of people with every figure of all crossings, then each crossing alone."""
    found = [Scenario(people, dict.fromkeys(crossings, rates)) for people in ENDS for rates in ENDS]
    if len(crossings) > 1:
        found += [
            Scenario("best", {**dict.fromkeys(crossings, "best"), crossing: end})
            for crossing in crossings
            for end in ("low", "high")
        ]  # fmt: skip
    return tuple(found)


def robust(
    case: Case, city: City, hours: Hours, waves: Sequence[Moving], optimum: int,
    *, progress: Progress = silent,
) -> Robust:  # fmt: skip
    """Try a schedule for the best figures, and such for others, over every scenario.

    Parameters
    ----------
    case, city, hours
        What the plan was made for.
    waves, optimum
        Its schedule for the best figures, and the people its optimum has out at closing.

    """
    crossings = settle(case, city, hours).gate.corridors
    over = scenarios(crossings)
    settings = [settle(at_rates(case, s.rates), city, hours, people=s.people) for s in over]
    best = next(i for i, s in enumerate(over) if s.people == "best" and _all(s, "best"))
    optima = []
    for i, setting in enumerate(settings):
        progress("Trying the plan over what is not known", i / (len(over) + len(_MADE_FOR)))
        known = i == best
        optima.append(optimum if known else _most(setting))
    schedules: list[Sequence[Moving]] = [waves]
    for i, (people, rates) in enumerate(_MADE_FOR[1:], start=len(over) + 1):
        progress("Trying the plan over what is not known", i / (len(over) + len(_MADE_FOR)))
        sure = at_rates(case, dict.fromkeys(crossings, rates))
        schedules.append(_scheduled(settle(sure, city, hours, people=people)))
    candidates = tuple(
        Candidate(
            people, rates, tuple(_outcomes(schedule, settings, optima)), tuple(schedule),
            followed_at_best="high" not in (people, rates) and _there(schedule, settings[best]),
        )
        for (people, rates), schedule in zip(_MADE_FOR, schedules, strict=True)
    )  # fmt: skip
    in_use = 0
    if case.options.schedule_for == "robust":
        fit = [each for each in candidates if each.followed_at_best]
        in_use = candidates.index(fit[_chosen(fit)])
    return Robust(over, candidates, _chosen(candidates), in_use)


def _there(waves: Sequence[Moving], setting: Setting) -> bool:
    """Tell whether nobody is called who is not there; rounding by groups may differ by one."""
    left = setting.supply.copy()
    for each in waves:
        left[each.group, each.zone] -= each.people
    return bool((left >= 0).all())


def _all(scenario: Scenario, end: End) -> bool:
    return set(scenario.rates.values()) <= {end}


def _most(setting: Setting) -> int:
    return sum(flow.arrival.total for flow in solve(setting, straight=False))


def _scheduled(setting: Setting) -> list[Moving]:
    return scheduled(setting, solve(setting))


def _outcomes(
    waves: Sequence[Moving], settings: Sequence[Setting], optima: Sequence[int]
) -> Iterator[Outcome]:
    for setting, optimum in zip(settings, optima, strict=True):
        arrived, passed = followed(waves, setting)
        waiting = arrived[:, -1] - passed[:, -1]
        yield Outcome(
            max(optimum, int(passed[:, -1].sum())), int(passed[:, -1].sum()), int(waiting.sum()),
            max(_longest_wait(a, p) for a, p in zip(arrived, passed, strict=True)),
        )  # fmt: skip


def _chosen(candidates: Sequence[Candidate]) -> int:
    short = [c for c in candidates if c.longest_wait_min <= LONGEST_WAIT_MIN]
    least = min(c.longest_wait_min for c in candidates)
    allowed = short or [c for c in candidates if c.longest_wait_min == least]
    return candidates.index(
        max(allowed, key=lambda c: (c.worst_out, c.worst_share, -c.longest_wait_min))
    )


def followed(waves: Sequence[Moving], setting: Setting) -> tuple[Ints, Ints]:
    """Follow a schedule's instructions where other figures turn out to be so.

    Nobody more is called than the schedule says, and nobody who is not there. At a
    crossing that serves fewer than come, people wait in the order in which they came.

    Returns
    -------
    People who came to each crossing and who passed it, cumulative by the minute, both of
    shape (crossings, minutes).

    """
    minutes = setting.steps + 1
    came = np.zeros((len(setting.gate.nodes), minutes), np.int64)
    left = setting.supply.copy()
    for each in sorted(waves, key=lambda wave: wave.depart):
        coming = np.minimum(np.cumsum(spread_of(each)), left[each.group, each.zone])
        left[each.group, each.zone] -= coming[-1]
        came[each.gate, minutes_of(each, each.arrive)] += np.diff(coming, prepend=0)
    serves = setting.gate.room("best", setting.steps)
    serves[shut_crossings(setting.reserved, len(serves), setting.steps)] = 0
    arrived = np.cumsum(came, axis=1)
    passed = np.zeros_like(arrived)
    through = np.zeros(len(arrived), np.int64)
    received = np.minimum(setting.gate.received("best"), _EVERYBODY).astype(np.int64)
    for k in range(minutes):
        through = np.minimum(np.minimum(arrived[:, k], through + serves[:, k]), received)
        passed[:, k] = through
    return arrived, passed


def _longest_wait(arrived: Ints, passed: Ints) -> int:
    """Give the longest wait at one crossing [minutes]; who never passes waits until it closes."""
    if not arrived[-1]:
        return 0
    k = np.arange(len(arrived))
    return int((np.searchsorted(passed, arrived) - k)[arrived > 0].max())
