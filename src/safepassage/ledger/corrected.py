"""Say which events stand: corrections, corrections of corrections, in whatever order they come."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Corrected", "Standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold what stands.

    Attributes
    ----------
    out
        Ids of events that do not count.
    corrections
        How many corrections stand.
    circles
        Corrections that correct each other in a circle: none of them counts.
    awaited
        Ids of events that corrections put in the place of others.

    """

    out: frozenset[str] = frozenset()
    corrections: int = 0
    circles: tuple[str, ...] = ()
    awaited: frozenset[str] = frozenset()


@dataclass(slots=True)
class Corrected:
    """Keep corrections, and work out what stands.

    An event does not count where a correction that stands corrects it. One that a correction
    puts in another's place counts only while such a correction stands. Corrections of
    corrections follow the same rule; those that correct each other in a circle have no effect.
    The same corrections give the same answer in any order, also before the events they are of.
    """

    by: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Id of a correction → the event that it corrects, and the one in its place."""

    def add(self, id_: str, corrects: str, instead: str | None) -> None:
        """Take in a correction."""
        self.by[id_] = (corrects, instead)

    def standing(self) -> Standing:
        """Work out what stands."""
        against: dict[str, list[str]] = {}
        named: dict[str, list[str]] = {}
        for id_, (corrects, instead) in self.by.items():
            against.setdefault(corrects, []).append(id_)
            if instead is not None:
                named.setdefault(instead, []).append(id_)
        stands = _settled({*self.by, *against, *named}, against, named)
        out = {id_ for id_, yes in stands.items() if not yes}
        out |= {id_ for id_ in named if id_ not in stands and id_ not in self.by}
        kept = [id_ for id_ in self.by if stands.get(id_)]
        return Standing(
            out=frozenset(out), corrections=len(kept),
            circles=tuple(sorted(id_ for id_ in self.by if id_ not in stands)),
            awaited=frozenset(
                instead for id_ in kept if (instead := self.by[id_][1]) is not None
            ),
        )  # fmt: skip


def _settled(
    ids: set[str], against: dict[str, list[str]], named: dict[str, list[str]]
) -> dict[str, bool]:
    """Settle what follows from what is settled already, until nothing more does."""
    stands: dict[str, bool] = {}
    touched: dict[str, list[str]] = {}
    for table in (against, named):
        for target, corrections in table.items():
            for each in corrections:
                touched.setdefault(each, []).append(target)
    todo = sorted(ids)
    while todo:
        id_ = todo.pop()
        if id_ in stands:
            continue
        said = _stands(
            [stands.get(each) for each in against.get(id_, ())],
            [stands.get(each) for each in named.get(id_, ())],
        )
        if said is not None:
            stands[id_] = said
            todo += touched.get(id_, ())
    return stands


def _stands(against: list[bool | None], named: list[bool | None]) -> bool | None:
    if any(against) or (named and not any(each is not False for each in named)):
        return False
    if all(each is False for each in against) and (not named or any(named)):
        return True
    return None
