"""Define the command ``record``: what stays of a pause, and what later forecasts learn of it."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

__all__ = ["record"]

Many = Parameter(negative="")


def record(
    case: str,
    /,
    *,
    ledger: str | None = None,
    plan: str | None = None,
    to: str | None = None,
    add_to: str | None = None,
    level: str = "internal",
    language: Annotated[tuple[str, ...], Many] = ("en",),
) -> None:
    """Write the record of a pause: who said what, planned against counted, incidents, its end.

    Without a ledger it tells what the case says came of it. Claims stay claims: nobody is said
    to be to blame. Example: `safepassage record aleppo-2016-11-04 --add-to our-precedents.csv`

    Parameters
    ----------
    case
        A built-in case's name, or a folder with case.toml.
    ledger
        The ledger of the pause, its export as JSON Lines (.jsonl), or a database's address.
    plan
        The folder that `safepassage plan` wrote, or its plan.json: people planned by hour.
    to
        Folder for record.json, ceasefires.csv, incidents.csv, planned_actual.csv and record.html;
        a new one here if not given.
    add_to
        A CSV table of precedents of your own that gets this pause as a row, or begins with it:
        `safepassage forecast CASE --with TABLE` then knows it. Refused of an exercise.
    level
        internal, partners, or public: redacted, and only once the pause is an hour over.
    language
        Of the page, such as en or ar; may be repeated. Other than English: record.ar.html.

    """
    from safepassage.cli.recording import Asked, run_record  # noqa: PLC0415

    run_record(case, Asked(ledger=ledger, plan=plan, to=to, add_to=add_to, level=level,
                           languages=language))  # fmt: skip
