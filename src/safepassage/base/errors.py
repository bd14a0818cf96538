"""Hold the one tree of errors; every message says what, where, and what to do.

SafepassageError
├── InputError          something given to the program is wrong        exit 2
├── NothingAnnounced    a text was read and announces no pause         exit 3
└── Defect              a promise of the program was broken            exit 1
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Defect", "Fault", "InputError", "NothingAnnounced", "SafepassageError"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Describe one fault of an input: where it stands, what is wrong, what to do."""

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        """Tell the fault in one line."""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{self.where}: {self.what}.{remedy}"


class SafepassageError(Exception):
    """Be the root of every error that the program raises on purpose."""

    exit_code: int = 1


class InputError(SafepassageError):
    """Report everything that is wrong with an input, all faults together.

    Parameters
    ----------
    faults
        One fault or several; at least one.

    """

    exit_code = 2

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    @classmethod
    def one(cls, where: str, what: str, remedy: str = "") -> InputError:
        """Make an error of a single fault."""
        return cls(Fault(where, what, remedy))


class NothingAnnounced(SafepassageError):
    """Say that a text was read and announces no pause, corridor or ceasefire."""

    exit_code = 3


class Defect(SafepassageError):
    """Say that the program broke a promise of its own: a result failed its check."""
