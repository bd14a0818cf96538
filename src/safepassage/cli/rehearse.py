"""Define `rehearse`: the day of an exercise, played into a server."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

__all__ = ["rehearse"]


def rehearse(
    case: str,
    /,
    *,
    speed: float = 60.0,
    seed: int = 1,
    from_: Annotated[str | None, Parameter(name="--from")] = None,
    injects: str | None = None,
    hours: str | None = None,
    port: int = 8000,
    to: str | None = None,
    server: str | None = None,
    token: str | None = None,
    without_window: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Rehearse a pause: a simulated day in a server of its own, EXERCISE on all of it.

    Counters that disagree, reports that come late, corridors that close: the room is the
    trainees', and a debrief tells what it knew when, and what it did. Begin with
    `safepassage rehearse aleppo-2016-11-04 --speed 60` and open the link that it prints.
    docs/rehearsal.md holds a script for the trainer.

    Parameters
    ----------
    case
        A built-in case's name, or a folder with case.toml; a rehearsal.toml beside it is its
        script.
    speed
        Seconds of the exercise in one: 60 plays an hour in a minute, 1 as it would be.
    seed
        The same seed gives the same day.
    from_
        Play a recorded ledger, or its export, instead of a simulated day: its times kept, each
        event marked, its decisions left to the trainees.
    injects
        A file of injects (TOML) in place of the case's own.
    hours
        What is played on the local clock, such as 14:45-19:30; what comes before is in the
        ledger when the room opens.
    port
        Where the server answers, on this machine alone; 0 takes a free one.
    to
        A new folder for the exercise's ledger, plan and debrief; one here if not given.
    server
        Play into a server that runs, such as http://127.0.0.1:8000, by its clock; refused unless
        its ledger is an exercise's.
    token
        With --server: a coordinator's token.
    without_window
        Open no browser.

    """
    from safepassage.cli.rehearsing import Asked, run_rehearse  # noqa: PLC0415

    run_rehearse(
        Asked(
            case=case, speed=speed, seed=seed, record=from_, injects=injects, hours=hours or "",
            port=port, server=server, token=token, to=to, window=not without_window,
        )
    )  # fmt: skip
