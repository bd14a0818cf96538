"""Say what the numbers of a situation leave out, and what in the ledger does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from safepassage.base.phrases import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.ledger.situation_view import CorridorView, View

__all__ = ["remarks_of"]

_GAP_MIN: Final = 15
_MOST: Final = 5


def remarks_of(view: View) -> list[dict[str, Any]]:
    """Give remarks, each with the corridor that it is of, or None."""
    return [
        *({"corridor": None, "text": text} for text in _of_all(view)),
        *(
            {"corridor": each.corridor.id, "text": text}
            for each in view.corridors
            for text in _of_corridor(view, each)
        ),
    ]


def _of_all(view: View) -> Iterator[str]:
    fold = view.fold
    if strange := len(fold.strange):
        names = sorted({value for _, value in fold.strange.kept})
        more = " and others" if fold.strange.lost or len(names) > _MOST else ""
        yield (
            f"{counted(strange, 'event')} on corridors that the case does not have "
            f"({', '.join(names[:_MOST])}{more}): not counted."
        )
    if fold.outside:
        yield f"{counted(fold.outside, 'count')} of other days than the window's: not counted."
    if view.strange_hours:
        yield f"{counted(view.strange_hours, 'change')} to hours of another time: not taken."
    if view.hours.differ:
        yield (
            f"The hours that {listed(view.hours.differ)} gave last differ: what all of them "
            "allow is shown."
        )
    if fold.standing.circles:
        yield (
            f"{counted(len(fold.standing.circles), 'correction')} correct each other in a circle: "
            "they change nothing."
        )
    if fold.awaited:
        yield (
            f"{counted(len(fold.awaited), 'event')} that corrections put in the place of others "
            "did not arrive yet."
        )
    adopted = view.listed("plan")
    sha256 = view.expected.plan_sha256
    if adopted and sha256 and adopted[0]["plan_sha256"] != sha256:
        yield "The plan shown is not the one that was adopted last."


def _of_corridor(view: View, each: CorridorView) -> Iterator[str]:
    name = each.corridor.name

    def clock(minute: int) -> str:
        return view.moment(minute).astimezone(view.expected.zone).strftime("%H:%M")

    if each.corridor.armed and each.counted.total is not None:
        yield f"{name}: it is for armed groups; its counts are not among the people out."
    gaps = [(a, b) for a, b in each.uncounted() if b - a >= _GAP_MIN]
    if gaps:
        told = listed(f"{clock(a)} to {clock(b)}" for a, b in gaps[:_MOST])
        more = f" and {len(gaps) - _MOST} times more" if len(gaps) > _MOST else ""
        missed = each.counted.uncounted
        yield f"{name}: nobody counted from {told}{more}; " + (
            f"for all minutes that nobody counted, high has {missed:,} more."
            if missed else "who passed then is missing."
        )  # fmt: skip
    for counter, dense in each.dense.items():
        if dense.twice:
            yield (
                f"{name}: {counter.source} ({counter.means}) counted "
                f"{counted(dense.twice, 'minute')} more than once; they count once, and in full "
                "only for the high figure."
            )
        if dense.fell:
            minute, before, now = dense.fell[-1]
            yield (
                f"{name}: the running total of {counter.source} fell from {before:,} to {now:,} "
                f"at {clock(minute)}; the later is taken, and for the high figure a new beginning."
            )
    passed = [sums for (stage, *_), sums in view.fold.stages[each.row].items() if stage == "passed"]
    if passed:
        told = "it is shown by itself and" if each.dense else "nobody sent a count: it"
        yield f"{name}: people were told to have passed without a count; {told} is not added."
