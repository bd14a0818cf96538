"""Ask what the texts leave open: each term that nobody states, as a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.declaration.versions import doubts_of, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from safepassage.declaration.model import Declaration

__all__ = ["questions"]


def questions(declarations: Sequence[Declaration]) -> tuple[str, ...]:
    """Give the questions that the terms that stand leave open, the gravest first.

    A term that one of several statements gives is not asked for; where they clash is
    told by ``conflicts``.
    """
    found = list(doubts_of(declarations))
    known = standing(declarations)
    if known:
        found += [ask for is_said, ask in _ASKED if not any(is_said(each) for each in known)]
        found += _unsettled(known)
    return tuple(dict.fromkeys(found))


def _has(*names: str) -> Callable[[Declaration], bool]:
    return lambda declaration: any(bool(getattr(declaration, name)) for name in names)


def _both_ends(declaration: Declaration) -> bool:
    return bool(declaration.windows)


def _counted(declaration: Declaration) -> bool:
    counts = declaration.corridors
    return any(count is not None for count in (counts.total, counts.civilian, counts.armed))


_ASKED: tuple[tuple[Callable[[Declaration], bool], str], ...] = (
    (_both_ends, "From when until when does it hold, on whose clock?"),
    (_has("place"), "Where does it hold?"),
    (_has("issuer"), "Who announced it?"),
    (_has("announced_on"), "When was it announced?"),
    (_has("consent"), "Has every side agreed, and who says so?"),
    (_has("guarantors"), "Who guarantees it?"),
    (_has("monitors"), "Who watches that it is kept?"),
    (_has("prohibited"), "Which acts are to stop while it lasts?"),
    (_counted, "How many corridors are there, and for whom?"),
    (_has("corridor_names", "routes"), "Where are the corridors?"),
    (_has("destinations"), "Where do the corridors lead, and may people choose?"),
    (_has("civilian_users"), "Who may use them?"),
    (_has("weapons", "weapons_by_group"), "What may those who leave carry?"),
    (_has("means"), "How will people travel?"),
    (_has("escorts"), "Who goes with them?"),
    (_has("conditions"), "On what does it depend, and who may end it?"),
)


def _unsettled(known: Sequence[Declaration]) -> Iterator[str]:
    """Ask about answers that fall short of consent, and hours with one end."""
    for each in known:
        who = each.issuer or each.text_name
        for answer in each.consent:
            if answer.status in {"silent", "not asked"}:
                yield f"Does {answer.party} agree?"
            elif answer.status == "approved" and answer.to_which_terms == "in principle":
                yield f"{answer.party} is said to agree in principle: to which terms?"
        if not each.windows and each.open_windows:
            half = "end" if each.open_windows[0].end is None else "begin"
            yield f"When does it {half}, by {who}'s statement?"
        if each.windows and each.tz is None:
            yield f"On which clock are the hours that {who} states?"
