"""Say why something may not be handed to the people it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.base.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

__all__ = ["NOT_FOR_DISTRIBUTION", "obstacles"]

NOT_FOR_DISTRIBUTION = "NOT FOR DISTRIBUTION"


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


def _refusals(consent: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if refused := dict.fromkeys(str(c["party"]) for c in consent if c["status"] == "rejected"):
        yield f"Rejected by {listed(refused)}."


def _places(corridors: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    rows = list(corridors)
    if not rows:
        yield "No corridor is open to civilians."
    if lost := [str(each["name"]) for each in rows if not each["located"]]:
        yield f"Not located: {listed(lost)}."
    if guessed := [str(each["name"]) for each in rows if each["assumed"]]:
        yield f"The position is an assumption: {listed(guessed)}."


def _controllers(
    corridors: Iterable[Mapping[str, Any]], confirmed: frozenset[str]
) -> Iterator[str]:
    silent: dict[str, None] = {}
    for each in corridors:
        for side, words in (("controlled_near", "near"), ("controlled_far", "far")):
            actor = str(each[side] or "").strip()
            if not actor:
                yield f"Who controls the {words} side is not known: {each['name']}."
            elif _plain(actor) not in confirmed:
                silent[actor] = None
    for actor in silent:
        yield f"No consent is confirmed in its own words: {actor}."


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
