"""Define the command ``report``: what people hand over, as pages to print and texts to send."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

__all__ = ["report"]

Flag = Parameter(negative="")
Many = Parameter(negative="")


def report(
    case: str,
    *,
    kind: Annotated[tuple[str, ...], Many] = ("sitrep",),
    ledger: str | None = None,
    at: str | None = None,
    since: str | None = None,
    language: Annotated[tuple[str, ...], Many] = ("en",),
    level: str = "internal",
    corridor: str | None = None,
    forecast: str | None = None,
    paper: str = "A3",
    exercise: Annotated[bool, Flag] = False,
    to: str | None = None,
) -> None:
    """Write what people hand over: situation report, handover, text message, tally sheets, board.

    Works with no connection; tally sheets and boards without a ledger as well. Example:
    `safepassage report aleppo-2016-11-04 --kind tally --kind board --language ar`

    Parameters
    ----------
    case
        A built-in case's name, a folder with case.toml, or the plan.json that `safepassage plan`
        wrote: then people out stand beside the plan.
    kind
        sitrep (one A4 page), handover, update (a text message, printed as well), tally or board;
        may be repeated.
    ledger
        A ledger, or its export as JSON Lines (.jsonl).
    at
        As known at this time, such as 2016-11-04T12:00 on the clock of the case, or 12:00; now
        if not given.
    since
        Of a handover: when the shift began; 8 hours before if not given.
    language
        en or ar; may be repeated.
    level
        internal, partners, or public: redacted, and of a quarter of an hour at least an hour ago.
    corridor
        Of tally sheets: only this one.
    forecast
        Of a situation report: the forecast.json that `safepassage forecast` wrote.
    paper
        Of a board: A3 or A4.
    exercise
        Write EXERCISE on pages without a ledger; a ledger of an exercise says so itself.
    to
        Folder for the files; a new one here if not given.

    """
    from safepassage.cli.reporting import Asked, run_report  # noqa: PLC0415

    asked = Asked(
        kinds=kind, languages=language, ledger=ledger, at=at, since=since, level=level,
        corridor=corridor, forecast=forecast, paper=paper, exercise=exercise,
    )  # fmt: skip
    run_report(case, to=to, asked=asked)
