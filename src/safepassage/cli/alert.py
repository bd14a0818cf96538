"""Run ``alert`` and ``release``: what is told through public channels, once a person says so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from safepassage.base.errors import InputError
from safepassage.base.files import alone_in
from safepassage.cli.progress import shown, telling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from safepassage.case import LoadedCase
    from safepassage.publish.alerts import Terms

__all__ = ["alert", "assurances_in", "release"]

Flag = Parameter(negative="")


def alert(
    kind: str, case: str, /, *, to: str | None = None,
    say: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    exercise: Annotated[bool, Flag] = False,
) -> None:  # fmt: skip
    """Draft an alert (CAP 1.2): an opening, a change, a suspension or an end.

    It is a draft until a role that the case names releases it (`safepassage release`).

    Parameters
    ----------
    kind
        opening, change, suspension or end.
    case
        A built-in case, a folder with case.toml, or a file.
    to
        The folder of alerts; safepassage-CASE/alerts if not given.
    say
        What changed or happened, as LANGUAGE=WORDS, once for each language; a change needs it.
    exercise
        Mark it as an exercise's.

    """
    from datetime import UTC, datetime  # noqa: PLC0415

    from safepassage.publish.alert_folder import write_draft  # noqa: PLC0415
    from safepassage.publish.alerts import KINDS, draft  # noqa: PLC0415

    if kind not in KINDS:
        raise InputError.one("alert", f"knows no kind {kind[:40]!r}", f"Name {', '.join(KINDS)}.")
    loaded, terms = _terms(case)
    made = draft(kind, terms, now=datetime.now(UTC), words=_said(say), exercise=exercise)
    folder = Path(to) if to else Path(f"safepassage-{loaded.case.id}", "alerts")
    path = write_draft(folder, made)
    _tell(f"Drafted, not released: {made.infos[0].headline}", [path])


def release(
    case: str, draft: str, /, *, by: str, ledger: str | None = None,
) -> None:  # fmt: skip
    """Release a draft alert, or a folder of leaflets: from now on it may be sent or handed out.

    Leaflets, an opening or a change are refused unless every corridor is located and every actor
    in control has confirmed its consent in its own words. Role and time are kept beside it.

    Parameters
    ----------
    case
        The case that it was drafted for.
    draft
        The draft's file, or the folder that `safepassage leaflets` wrote.
    by
        The role that releases it; the case names those that may, under [release].
    ledger
        A ledger whose assurances confirm consent as well.

    """
    from datetime import UTC, datetime  # noqa: PLC0415

    from safepassage.publish.alert_folder import release_alert  # noqa: PLC0415
    from safepassage.publish.release import release_leaflets  # noqa: PLC0415

    loaded, terms = _terms(case)
    path, now = Path(draft), datetime.now(UTC)
    releases = release_leaflets if path.is_dir() else release_alert
    assured = assurances_in(ledger)
    with alone_in(path if path.is_dir() else path.resolve().parent.parent):
        written = releases(
            path, terms, by=by, roles=loaded.case.release.roles, now=now, assurances=assured
        )
    _tell(f"Released by {by}.", written)


def _tell(what: str, written: Sequence[Path]) -> None:
    with telling(written):
        sys.stdout.write("\n".join([what, *map(str, written)]) + "\n")


def _terms(case: str) -> tuple[LoadedCase, Terms]:
    from safepassage.plan.setting import prepare  # noqa: PLC0415
    from safepassage.publish.alerts import terms_of  # noqa: PLC0415

    with shown() as progress:
        prepared = prepare(case, progress=progress)
        return prepared.loaded, terms_of(prepared)


def _said(say: Sequence[str]) -> dict[str, str]:
    said = {}
    for each in say:
        language, sign, words = each.partition("=")
        if not sign or not words.strip() or language in said:
            raise InputError.one("--say", f"cannot be read ({each[:40]!r})",
                                 "Write it once for each language, as --say en=WORDS.")  # fmt: skip
        said[language] = words
    return said


def assurances_in(ledger: str | None) -> list[Mapping[str, object]]:
    """List who assured what in its own words, seen or checked; none of an exercise."""
    if ledger is None:
        return []
    from safepassage.ledger.assurances import assurances_of  # noqa: PLC0415
    from safepassage.ledger.opening import open_record  # noqa: PLC0415

    with open_record(ledger) as record:
        if record.head.exercise:
            raise InputError.one(ledger, "is an exercise's ledger: it confirms nobody's consent",
                                 "Name the ledger of what happened.")  # fmt: skip
        return assurances_of(record)
