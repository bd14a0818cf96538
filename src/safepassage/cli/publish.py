"""Define the command ``publish``: everything that is told of a plan, each reader's apart."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

__all__ = ["publish"]


def publish(
    case: str,
    /,
    *,
    to: str,
    plan: str | None = None,
    ledger: str | None = None,
    language: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    exercise: Annotated[bool, Parameter(negative="")] = False,
    pdf: bool = True,
) -> None:
    """Write everything that is told of a pause into one folder, each reader's apart.

    internal/ the brief, tables, maps and record; partners/ and public/ what each may see, with
    the movement notification; to-release/ leaflets, messages, scripts and alerts as drafts.
    index.html lists all of it. Example: `safepassage publish aleppo-2016-11-04 --to aleppo`

    Parameters
    ----------
    case
        A built-in case's name, or a folder with case.toml.
    to
        Folder for it. What an earlier run wrote there and nobody changed is replaced.
    plan
        The folder of a plan that was looked at, written by `safepassage plan` or `forecast`;
        planned anew if not given.
    ledger
        The pause's ledger: whose assurances confirm consent, and what the record tells.
    language
        en or ar; may be repeated; all there are if not given.
    exercise
        Mark all of it as an exercise's.
    pdf
        Write PDFs as well as HTML.

    """
    from safepassage.cli.publishing import Asked, run_publish  # noqa: PLC0415

    run_publish(case, Asked(to=to, plan=plan, ledger=ledger, languages=language,
                            exercise=exercise, pdf=pdf))  # fmt: skip
