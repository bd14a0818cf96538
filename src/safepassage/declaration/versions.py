"""Follow one pause through its texts: which extends, changes or calls off which.

Nothing is merged unless it is certain that two texts are of one pause: the later one
says that it extends, changes or cancels, both are dated, of one place and by one issuer
or state, and no other text fits as well. What is not certain is told as a doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from safepassage.declaration.model import Consent, CorridorTerms, Declaration
from safepassage.declaration.new_hours import new_windows
from safepassage.declaration.same import are_near, by_one_issuer, by_one_state, of_one_pause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.model import Evidence

__all__ = ["Link", "Pause", "doubts_of", "standing", "versions"]


@dataclass(frozen=True, slots=True)
class Link:
    """Tell that one text supersedes another, in which words; texts by name and SHA-256."""

    later: str
    later_sha256: str
    earlier: str
    earlier_sha256: str
    how: Literal["extends", "changes", "cancels"]
    quote: str | None

    def as_json(self) -> dict[str, Any]:
        """Give it as it stands in JSON."""
        return {
            "text_name": self.later, "supersedes": self.earlier,
            "supersedes_sha256": self.earlier_sha256, "how": self.how, "quote": self.quote,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pause:
    """Hold one pause: its texts in order of time, and the terms that stand.

    Attributes
    ----------
    declaration
        The terms that stand: each field from the latest text that states it.
    came_from
        Maps each field to the name of the text it comes from; ``windows.end`` is named
        apart where an extension gave it.
    called_off
        The last text calls it off: nothing stands.

    """

    texts: tuple[Declaration, ...]
    declaration: Declaration
    came_from: dict[str, str]
    links: tuple[Link, ...] = ()
    doubts: tuple[str, ...] = ()
    called_off: bool = False

    def as_json(self) -> dict[str, Any]:
        """Give it as it stands in JSON; evidence counts in the text that ``from`` names."""
        terms = self.declaration.as_json()
        return {
            "texts": [each.text_name for each in self.texts],
            "status": "called off" if self.called_off else "stands",
            "terms": terms, "from": self.came_from,
            "links": [link.as_json() for link in self.links], "doubts": list(self.doubts),
        }  # fmt: skip


def versions(declarations: Sequence[Declaration]) -> tuple[Pause, ...]:
    """Group texts into pauses, and merge the terms of each; the order of texts is kept."""
    pauses: list[Pause] = []
    for declaration in sorted(declarations, key=lambda each: each.announced_on or date.max):
        fits = [i for i, pause in enumerate(pauses) if _goes_on(pause, declaration)]
        if len(fits) == 1:
            pauses[fits[0]] = _merged(pauses[fits[0]], declaration)
        else:
            pauses.append(_new(declaration, len(fits), alone=len(declarations) == 1))
    order = {each.text_name: index for index, each in reversed(list(enumerate(declarations)))}
    return tuple(sorted(pauses, key=lambda pause: order[pause.texts[0].text_name]))


def standing(declarations: Sequence[Declaration]) -> tuple[Declaration, ...]:
    """Give the terms that stand, one declaration for each pause that is not called off."""
    return tuple(pause.declaration for pause in versions(declarations) if not pause.called_off)


def doubts_of(declarations: Sequence[Declaration]) -> tuple[str, ...]:
    """Tell in a sentence each what is not certain about which text follows which."""
    pauses = versions(declarations)
    found = [doubt for pause in pauses for doubt in pause.doubts]
    for index, first in enumerate(pauses):
        for second in pauses[index + 1 :]:
            one, other = first.declaration, second.declaration
            if (
                by_one_issuer(one, other)
                and of_one_pause(one, other)
                and one.windows and other.windows
                and one.windows != other.windows
            ):  # fmt: skip
                found.append(
                    f"{one.text_name} and {other.text_name}, both by {one.issuer}, give different "
                    "hours, and neither says that it replaces the other."
                )
    return tuple(dict.fromkeys(found))


_LONGEST_TALK = timedelta(days=31)


def _goes_on(pause: Pause, later: Declaration) -> bool:
    """Tell whether a text certainly extends, changes or cancels a pause."""
    known = pause.declaration
    if later.change is None or pause.called_off or not by_one_state(known, later):
        return False
    if known.place is None or later.place is None or known.place.name != later.place.name:
        return False
    return _follows(known, later)


def _follows(known: Declaration, later: Declaration) -> bool:
    """Tell whether a text was made after another, before the hours of that one were long over."""
    if later.announced_on is None or known.announced_on is None:
        return False
    if not timedelta(0) <= later.announced_on - known.announced_on <= _LONGEST_TALK:
        return False
    if not known.windows:
        return of_one_pause(known, later)
    last = known.windows[-1]
    over = max(last.end.date(), last.until or date.min)
    if over < later.announced_on - timedelta(days=1):
        return False
    return not later.windows or are_near(known, later)


_SAYS = {"extends": "extends", "changes": "changes", "cancels": "calls off"}


def _new(declaration: Declaration, fitting: int, *, alone: bool) -> Pause:
    doubts: tuple[str, ...] = ()
    change = declaration.change
    if change is not None:
        says = f"{declaration.text_name} {_SAYS[change.what]} an earlier announcement"
        if fitting:
            doubts = (f"{says}; which of {fitting} is not certain, so nothing was merged.",)
        elif not alone or change.what == "cancels":
            doubts = (f"{says}; none of the texts read is certainly the one meant.",)
        elif not declaration.windows:
            doubts = (f"{says} that was not given; read the two together.",)
    names = dict.fromkeys(_stated(declaration), declaration.text_name)
    return Pause((declaration,), declaration, names, doubts=doubts,
                 called_off=declaration.cancels)  # fmt: skip


_OF_THE_TEXT = frozenset({
    "text_name", "text_sha256", "text", "remarks", "evidence", "reviewed", "change",
})  # fmt: skip
_OF_THE_FIRST = frozenset({"kind", "called", "place", "tz", "previous", "earlier", "purpose"})
"""What the text that began a pause tells best; taken from a later one where it is silent."""


def _stated(declaration: Declaration) -> list[str]:
    unsaid = (None, (), CorridorTerms())
    names = (name for name in Declaration.model_fields if name not in _OF_THE_TEXT)
    return [name for name in names if getattr(declaration, name) not in unsaid]


@dataclass(slots=True)
class _Merge:
    """Gather merged fields, the words and the text each comes from."""

    fields: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    came_from: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, pause: Pause, declaration: Declaration) -> None:
        """Take a field with its words; those of a merged declaration keep their texts."""
        self.fields[name] = getattr(declaration, name)
        for key, evidence in declaration.evidence.items():
            if key == name or key.startswith(f"{name}."):
                self.evidence[key] = evidence
        known = declaration is pause.declaration
        self.came_from[name] = pause.came_from[name] if known else declaration.text_name
        for key, text in pause.came_from.items() if known else ():
            if key.startswith(f"{name}."):
                self.came_from[key] = text

    def borrow(self, key: str, other: str, pause: Pause, declaration: Declaration) -> None:
        """Take the words of one part, and name their text."""
        if other in declaration.evidence:
            self.evidence[key] = declaration.evidence[other]
        known = declaration is pause.declaration
        whole = other.partition(".")[0]
        earlier = pause.came_from.get(other) or pause.came_from.get(whole)
        self.came_from[key] = (known and earlier) or declaration.text_name


def _merged(pause: Pause, later: Declaration) -> Pause:
    """Put a later text on top of a pause."""
    if later.change is None:
        return pause
    known, change = pause.declaration, later.change
    words = later.evidence.get("change")
    quote = None if words is None else words.quote
    last = pause.texts[-1]
    link = Link(later.text_name, later.text_sha256, last.text_name, last.text_sha256,
                change.what, quote)  # fmt: skip
    grown = replace(pause, texts=(*pause.texts, later), links=(*pause.links, link))
    if change.what == "cancels":
        return replace(grown, called_off=True)
    merge = _Merge()
    for name in dict.fromkeys((*_stated(known), *_stated(later))):
        if name in {"windows", "open_windows"}:
            continue
        theirs = name in _stated(known) and (name in _OF_THE_FIRST or name not in _stated(later))
        merge.take(name, pause, known if theirs else later)
    _put_corridors(merge, pause, later)
    _put_consent(merge, pause, later)
    doubts = _put_windows(merge, pause, later)
    declaration = Declaration(
        text_name=later.text_name, text_sha256=later.text_sha256, change=change,
        remarks=tuple(dict.fromkeys((*known.remarks, *later.remarks))),
        evidence=merge.evidence, **merge.fields,
    )  # fmt: skip
    return replace(grown, declaration=declaration, came_from=merge.came_from,
                   doubts=(*pause.doubts, *doubts))  # fmt: skip


def _put_windows(merge: _Merge, pause: Pause, later: Declaration) -> list[str]:
    known = pause.declaration
    hours = new_windows(known.windows, later)
    merge.fields["windows"] = hours.windows
    if hours.source == "both" and "windows" in pause.came_from:
        merge.take("windows", pause, known)
        merge.came_from["windows.end"] = later.text_name
        if "change" in later.evidence:
            merge.evidence["windows.end"] = later.evidence["change"]
    elif hours.source == "later":
        merge.take("windows", pause, later)
    elif hours.windows:
        merge.take("windows", pause, known)
    merge.fields["windows"] = hours.windows
    if not hours.windows and later.open_windows:
        merge.take("open_windows", pause, later)
    return [f"{later.text_name}: {doubt}" for doubt in hours.doubts]


def _put_corridors(merge: _Merge, pause: Pause, later: Declaration) -> None:
    """Take the later counts, and the earlier ones of parts that it leaves unsaid.

    Of another number of corridors in all, the earlier parts need not hold.
    """
    old, new = pause.declaration.corridors, later.corridors
    if CorridorTerms() in {old, new} or new.total not in {None, old.total}:
        return
    for part, count in old.model_dump().items():
        key = f"corridors.{part}"
        if count is not None and getattr(new, part) is None:
            new = new.model_copy(update={part: count})
            merge.borrow(key, key, pause, pause.declaration)
    merge.fields["corridors"] = new


def _put_consent(merge: _Merge, pause: Pause, later: Declaration) -> None:
    """Take each party's latest answer, each with its own words."""
    answers: dict[str, tuple[Consent, str, Declaration]] = {}
    for declaration in (pause.declaration, later):
        for index, each in enumerate(declaration.consent):
            answers[each.party] = (each, f"consent.{index}", declaration)
    for key in [key for key in merge.evidence if key.partition(".")[0] == "consent"]:
        del merge.evidence[key]
    for index, (_, key, declaration) in enumerate(answers.values()):
        merge.borrow(f"consent.{index}", key, pause, declaration)
    merge.fields["consent"] = tuple(each for each, _, _ in answers.values())
