"""Hold what every release asks and writes down: the role, what stands against it, the log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from safepassage.base.errors import Fault, InputError
from safepassage.base.files import read_at_most
from safepassage.publish.distribution import obstacles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from safepassage.publish.alerts import Terms

__all__ = ["LOG", "logged", "refuse_obstacles", "refuse_role"]

LOG = "releases.jsonl"
_MOST_BYTES = 2_000_000


def refuse_role(by: str, roles: Sequence[str]) -> None:
    """Go no further where the role may not release."""
    if not roles:
        raise InputError.one("release.roles", "names nobody who may release",
                             "Write the roles under [release] in case.toml.")  # fmt: skip
    if by not in roles:
        raise InputError.one("--by", f"is no role that may release ({by[:60]!r})",
                             f"It may be: {', '.join(roles)}.")  # fmt: skip


def refuse_obstacles(
    where: str, terms: Terms, *, assurances: Sequence[Mapping[str, object]], now: datetime,
    again: str,
) -> None:  # fmt: skip
    """Go no further while anything stands against it.

    Parameters
    ----------
    where
        What is to be released.
    terms
        Of the case as it stands now.
    assurances, now
        As ``obstacles`` takes them.
    again
        What to do once all is settled.

    """
    against = obstacles(terms.corridors, terms.consent, assurances=assurances, now=now)
    if against:
        raise InputError(
            Fault(where, f"may not be released. {each}",
                  f"Settle it, write it into the case or its ledger, and {again}.")
            for each in against
        )  # fmt: skip


def logged(folder: Path, entry: Mapping[str, str]) -> str:
    """Give the folder's log of releases with one more."""
    path = folder / LOG
    before = b""
    if path.exists():
        before = read_at_most(path, _MOST_BYTES, what="a log of releases",
                              remedy="Name the folder that the program wrote.")  # fmt: skip
    return before.decode("utf-8") + json.dumps(entry, ensure_ascii=False) + "\n"
