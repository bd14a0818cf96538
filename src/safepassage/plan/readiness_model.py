"""Hold what readiness answers are made of: what is known, what was found, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepassage.base.window import Window
    from safepassage.case import Case
    from safepassage.city import City
    from safepassage.declaration import Conflict, Declaration
    from safepassage.plan.hours import Hours
    from safepassage.plan.readiness_times import Travel, Warned

__all__ = ["Basis", "Finding", "Known", "Said", "Status"]

Status = Literal["disputed", "open", "partly", "settled"]
Basis = Literal["announcement", "case", "worked out", "nobody"]


@dataclass(frozen=True, slots=True)
class Said:
    """Quote who said what, in their words, and in which text."""

    who: str
    words: str
    text_name: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what is known on one question. ``refused``: a side is said to have said no."""

    status: Status
    text: str
    basis: Basis
    said: tuple[Said, ...] = ()
    source: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Hold everything that answers rest on. What is None is not known.

    ``texts`` are all that was read; ``declarations`` the terms that stand, after extensions,
    changes and calling off; ``came_from`` maps a standing declaration's name and a field to
    the text that states it. ``case`` gives terms and is None for texts by themselves, whose
    streets may still be those of a case; ``no_hours`` and ``no_travel`` say why something
    was not worked out.
    """

    texts: tuple[Declaration, ...]
    declarations: tuple[Declaration, ...]
    came_from: Mapping[str, Mapping[str, str]]
    conflicts: tuple[Conflict, ...]
    case: Case | None
    confirm_and_test_min: int
    window: Window | None
    hours: Hours | None
    no_hours: str
    warned: Warned | None
    travel: Travel | None
    no_travel: str
    city: City | None
    assumed_positions: int
    close: tuple[tuple[str, str, float, float], ...]

    @property
    def disputed_hours(self) -> tuple[Said, ...]:
        """Give what each issuer says of the hours where they differ and the case has none."""
        if self.case is not None and self.case.window is not None:
            return ()
        told = [said for each in self.conflicts if each.field == "windows" for said in each.values]
        return tuple(dict.fromkeys(Said(each.issuer, each.value, each.text_name) for each in told))
