"""Run ``estimate``: ask for what is missing, then answer on one screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from safepassage.base.errors import Fault, InputError, SafepassageError
from safepassage.cli import show
from safepassage.cli.parse import number_of, people_of, place_of, window_of
from safepassage.cli.progress import print_json, shown, telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepassage.plan.estimate import Asked

__all__ = ["run_estimate"]

_QUESTIONS = {
    "people": ("How many people are inside? (such as 126000..275000)", "--people"),
    "crossings": ("How many crossings are open to civilians?", "--crossings"),
    "rate": ("How many people a minute does each crossing serve? (such as 10..25)", "--rate"),
    "walk_km": ("How many kilometres do people walk to one? (such as 1..4)", "--walk-km"),
    "window": ("Which hours were announced? (such as 2016-11-04T09:00/19:00)", "--window"),
    "at": ("Where? (a town, or lat,lon,timezone)", "--at"),
}


def run_estimate(
    *, people: str | None, crossings: int | None, rate: str | None, walk_km: str | None,
    window: str | None, at: str | None, lanes: int, confirm_min: int, ignore_daylight: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Estimate, and print the answer."""
    given = {
        "people": people, "crossings": None if crossings is None else str(crossings),
        "rate": rate, "walk_km": walk_km, "window": window, "at": at,
    }  # fmt: skip
    answers = _complete(given)
    asked = _asked(answers, lanes, confirm_min, dark=ignore_daylight)
    with shown() as progress:
        from safepassage.plan.estimate import estimate  # noqa: PLC0415

        result = estimate(asked, progress=progress)
    with telling():
        if as_json:
            print_json(result.as_json())
        else:
            show.estimate(result)


def _complete(given: dict[str, str | None]) -> dict[str, str]:
    """Ask for what is missing where a person can answer; otherwise name all of it."""
    missing = [name for name, value in given.items() if value is None]
    if missing and not sys.stdin.isatty():
        raise InputError(
            [Fault(_QUESTIONS[name][1], "is missing", _QUESTIONS[name][0]) for name in missing]
        )
    answers = {name: value for name, value in given.items() if value is not None}
    for name in missing:
        answers[name] = _ask(name)
    return answers


def _ask(name: str) -> str:
    question, _ = _QUESTIONS[name]
    while True:
        sys.stderr.write(f"{question}\n> ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise InputError.one(_QUESTIONS[name][1], "is missing", question)
        try:
            _READERS[name](line.strip())
        except SafepassageError as error:
            sys.stderr.write(f"{error}\n")
        else:
            return line.strip()


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InputError.one(
            "--crossings", f"is not a whole number ({text!r})", "Count the open crossings."
        ) from None


_READERS: dict[str, Callable[[str], object]] = {
    "people": lambda text: people_of(text, "--people"),
    "crossings": _whole,
    "rate": lambda text: number_of(text, "--rate"),
    "walk_km": lambda text: number_of(text, "--walk-km"),
    "window": window_of,
    "at": place_of,
}


def _asked(answers: dict[str, str], lanes: int, confirm_min: int, *, dark: bool) -> Asked:
    """Read all answers, and report what is wrong with any of them together."""
    from safepassage.declaration.gazetteer import ATTRIBUTION  # noqa: PLC0415
    from safepassage.plan.estimate import Asked  # noqa: PLC0415

    read: dict[str, object] = {}
    faults: list[Fault] = []
    for name, text in answers.items():
        try:
            read[name] = _READERS[name](text)
        except InputError as error:
            faults += error.faults
    if confirm_min < 0:
        faults.append(Fault("--confirm-min", "must not be negative", "Give minutes."))
    if faults:
        raise InputError(faults)
    typed = "," in answers["at"]
    return Asked(
        people=read["people"], crossings=read["crossings"], people_per_min=read["rate"],  # type: ignore[arg-type]
        walk_km=read["walk_km"], announced=read["window"], place=read["at"],  # type: ignore[arg-type]
        attribution=() if typed else (ATTRIBUTION,),
        lanes=lanes, confirm_and_test_min=confirm_min, ignore_daylight=dark,
    )  # fmt: skip
