"""Say why something may not be handed to the people it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from safepassage.base.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

__all__ = ["NOT_FOR_DISTRIBUTION", "Obstacle", "obstacles", "what_stands_against"]

NOT_FOR_DISTRIBUTION = "NOT FOR DISTRIBUTION"

_SIDES = {
    "controlled_near": "Who controls the near side is not known: {names}.",
    "controlled_far": "Who controls the far side is not known: {names}.",
}


class Obstacle(NamedTuple):
    """Hold one thing that stands against handing out: a sentence, and whom or what it names."""

    text: str
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Tell it in English."""
        return self.text.format(names=listed(self.names))


def obstacles(
    corridors: Sequence[Mapping[str, Any]], consent: Sequence[Mapping[str, Any]],
    *, assurances: Sequence[Mapping[str, Any]] = (), now: datetime | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Tell all that stands against handing out leaflets, messages and alerts of opening.

    Every actor that controls a way must have confirmed its consent in its own words: an
    approval that another party tells of is a claim. Every civilian corridor must be located,
    by a source and not by assumption.

    Parameters
    ----------
    corridors
        Rows with ``name``, ``users``, ``located``, ``assumed``, ``controlled_near``,
        ``controlled_far``, as ``plan.json`` has them.
    consent
        Rows with ``party``, ``status``, ``stated_by``, as ``plan.json`` has them.
    assurances
        A ledger's, with ``party`` and ``expires_at`` (an aware datetime, or None).
    now
        When assurances must hold; needed where there are any that expire.

    Returns
    -------
    A sentence for each obstacle; none where it may be handed out.

    """
    against = what_stands_against(corridors, consent, assurances=assurances, now=now)
    return tuple(map(str, against))


def what_stands_against(
    corridors: Sequence[Mapping[str, Any]], consent: Sequence[Mapping[str, Any]],
    *, assurances: Sequence[Mapping[str, Any]] = (), now: datetime | None = None,
) -> tuple[Obstacle, ...]:  # fmt: skip
    """Give what ``obstacles`` tells, for who says it in another language."""
    civilian = [each for each in corridors if each["users"] != "armed"]
    return tuple(
        dict.fromkeys(
            [
                *_refusals(consent),
                *_places(civilian),
                *_controllers(civilian, _confirmed(consent, assurances, now)),
            ]
        )
    )


def _refusals(consent: Sequence[Mapping[str, Any]]) -> Iterator[Obstacle]:
    if refused := dict.fromkeys(str(c["party"]) for c in consent if c["status"] == "rejected"):
        yield Obstacle("Rejected by {names}.", tuple(refused))


def _places(corridors: Iterable[Mapping[str, Any]]) -> Iterator[Obstacle]:
    rows = list(corridors)
    if not rows:
        yield Obstacle("No corridor is open to civilians.")
    if lost := [str(each["name"]) for each in rows if not each["located"]]:
        yield Obstacle("Not located: {names}.", tuple(lost))
    if guessed := [str(each["name"]) for each in rows if each["assumed"]]:
        yield Obstacle("The position is an assumption: {names}.", tuple(guessed))


def _controllers(
    corridors: Iterable[Mapping[str, Any]], confirmed: frozenset[str]
) -> Iterator[Obstacle]:
    rows = list(corridors)
    for side, sentence in _SIDES.items():
        if unsaid := [str(each["name"]) for each in rows if not _actor(each, side)]:
            yield Obstacle(sentence, tuple(unsaid))
    actors = dict.fromkeys(_actor(each, side) for each in rows for side in _SIDES)
    if silent := [each for each in actors if each and _plain(each) not in confirmed]:
        yield Obstacle("No consent is confirmed in its own words: {names}.", tuple(silent))


def _actor(corridor: Mapping[str, Any], side: str) -> str:
    return str(corridor[side] or "").strip()


def _confirmed(
    consent: Sequence[Mapping[str, Any]], assurances: Sequence[Mapping[str, Any]],
    now: datetime | None,
) -> frozenset[str]:  # fmt: skip
    own = {
        _plain(c["party"])
        for c in consent
        if c["status"] == "approved" and _plain(c["stated_by"] or "") == _plain(c["party"])
    }
    given = {
        _plain(each["party"])
        for each in assurances
        if each["expires_at"] is None or (now is not None and each["expires_at"] > now)
    }
    return frozenset(own | given)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
