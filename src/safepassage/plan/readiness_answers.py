"""Answer readiness questions from announcements and the case; what is not said stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.base.phrases import counted, listed, span
from safepassage.base.window import Window
from safepassage.declaration.definition import definition_of
from safepassage.plan.go_stop import ABORT, CARD, said
from safepassage.plan.readiness_model import Finding, Known, Said, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from safepassage.case import Corridor
    from safepassage.declaration import Declaration
    from safepassage.declaration.definition import Definition

__all__ = ["STATED", "unplaced"]


def _who(declaration: Declaration) -> str:
    return declaration.issuer or declaration.text_name


def _quotes(known: Known, declarations: Iterable[Declaration], *fields: str) -> tuple[Said, ...]:
    """Quote the words that fields, or their parts, came from; each once."""
    found = [
        Said(
            _who(each),
            " ".join(evidence.quote.split()),
            known.came_from.get(each.text_name, {}).get(key.split(".")[0], each.text_name),
        )
        for each in declarations
        for key, evidence in each.evidence.items()
        if evidence.quote
        and (key in fields or any(key.startswith(f"{field}.") for field in fields))
    ]
    return tuple(dict.fromkeys(found))


def _agreed(stated: list[Declaration]) -> Status:
    """Take what two issuers say alike as settled, and what one says alone as half of it."""
    return "settled" if len({_who(each) for each in stated}) > 1 else "partly"


def _consents(known: Known) -> dict[str, list[str]]:
    """List parties by what they are said to have answered."""
    found: dict[str, list[str]] = {}
    case = known.case.consent if known.case else ()
    for each in [c for d in known.declarations for c in d.consent] + list(case):
        by = f" (as stated by {each.stated_by})" if each.stated_by else ""
        found.setdefault(each.status, []).append(each.party + by)
    return found


def _consent(known: Known) -> Finding | None:
    if off := _called_off(known):
        return off
    found = _consents(known)
    if not found:
        return None
    heads = {"rejected": "Rejected", "silent": "No answer", "not asked": "Not asked",
             "approved": "Approved"}  # fmt: skip
    text = " ".join(
        f"{head}: {listed(dict.fromkeys(found[status]))}."
        for status, head in heads.items()
        if status in found
    )
    agreed = set(found) == {"approved"}
    if agreed:
        together = any(each.lower().startswith(("all ", "both ")) for each in found["approved"])
        text += (
            " Each side's own word is not quoted."
            if together
            else " Whether these are all sides is not said."
        )
    case = known.case.consent if known.case else ()
    return Finding(
        "partly" if agreed else "open", text, "announcement" if known.declarations else "case",
        _quotes(known, known.declarations, "consent"),
        "; ".join(dict.fromkeys(each.source for each in case if each.source)),
        refused="rejected" in found,
    )  # fmt: skip


def _corridor_consent(known: Known) -> Finding | None:
    if known.case is None:
        return None
    corridors = known.case.corridors
    named = [each for each in corridors if each.controlled_near and each.controlled_far]
    return Finding(
        "open",
        f"Not stated for any of them ({counted(len(corridors), 'corridor')}). Who controls both "
        f"ends is named for {len(named)}.",
        "case",
    )


def _kind(known: Known) -> Finding | None:
    stated = [each for each in known.declarations if each.kind]
    told = {each.kind: definition for each in stated if (definition := definition_of(each))}
    if not told:
        return None
    text = " ".join(_points(definition) for definition in told.values())
    refusing = [each.party for each in (known.case.consent if known.case else ())
                if each.status == "rejected"]  # fmt: skip
    if refusing:
        text += f" The case records a refusal: {listed(refusing)}."
    against = refusing or any(definition.meets == "no" for definition in told.values())
    return Finding(
        "open" if against else "partly", text, "announcement", _quotes(known, stated, "kind")
    )


def _points(definition: Definition) -> str:
    """Tell which points of a definition are stated, which are not."""
    heads = {"no": "Not met", "not shown": "Not shown", "yes": "Stated"}
    parts = [f"Announced as {definition.kind}."]
    for answer, head in heads.items():
        asks = [point.asks for point in definition.points if point.shown == answer]
        parts += [f"{head}: {listed(asks)}."] if asks else []
    return " ".join(parts)


def _guarantor(known: Known) -> Finding | None:
    return _named(known, "What they do when a term is broken is not stated.", "guarantors")


def _monitor(known: Known) -> Finding | None:
    left = "Whether both sides admit them, and to which crossings, is not stated."
    return _named(known, left, "monitors", "escorts")


def _acts(known: Known) -> Finding | None:
    found = _named(known, "", "prohibited")
    pulled = [(each, one.terms) for each in known.declarations for one in each.withdrawals]
    if not pulled:
        return found
    text = f"To pull back: {listed(dict.fromkeys(terms for _, terms in pulled))}."
    said = _quotes(known, [each for each, _ in pulled], "withdrawals")
    if found:
        text, said = f"{found.text} {text}", (*found.said, *said)
    return Finding("partly", text, "announcement", said)


def _expiry(known: Known) -> Finding | None:
    changing = [each for each in known.texts if each.change]
    if not changing:
        return None
    does = {"extends": "extends it", "changes": "changes its terms", "cancels": "calls it off"}
    text = " ".join(f"{_who(each)} {does[each.change.what]}." for each in changing if each.change)
    status: Status = "open" if any(each.cancels for each in changing) else "partly"
    return Finding(status, text, "announcement", _quotes(known, changing, "change"))


_HEADS = {
    "guarantors": "Guarantee", "monitors": "Watch", "escorts": "Escort",
    "prohibited": "Stop or forbidden",
}  # fmt: skip


def _named(known: Known, left: str, *fields: str) -> Finding | None:
    """List what announcements name under some fields, and what that leaves open."""
    parts, stated = [], []
    for field in fields:
        naming = [each for each in known.declarations if getattr(each, field)]
        if naming:
            names = listed(dict.fromkeys(name for each in naming for name in getattr(each, field)))
            parts.append(f"{_HEADS[field]}: {names}.")
            stated += naming
    if not parts:
        return None
    text = " ".join(filter(None, (*parts, left)))
    return Finding("partly", text, "announcement", _quotes(known, stated, *fields))


_WEAPONS = {
    "keep": "armed people may keep their weapons", "light": "light weapons only",
    "surrender": "weapons must be handed in", "none": "no weapons may be carried",
}  # fmt: skip


def _weapons(known: Known) -> Finding | None:
    stated = [each for each in known.declarations if each.weapons]
    if not stated:
        return None
    rule = listed(dict.fromkeys(_WEAPONS[str(each.weapons)] for each in stated))
    ends = listed(
        dict.fromkeys(
            end.name for each in stated for end in each.destinations if end.users == "armed"
        )
    )
    text = f"{rule[:1].upper()}{rule[1:]}" + (f", toward {ends}." if ends else ".")
    return Finding(
        _agreed(stated), text, "announcement", _quotes(known, stated, "weapons", "destinations")
    )


def _destination(known: Known) -> Finding | None:
    stated = [
        each
        for each in known.declarations
        if any(end.users != "armed" for end in each.destinations)
    ]
    if stated:
        names = listed(
            dict.fromkeys(
                end.name for each in stated for end in each.destinations if end.users != "armed"
            )
        )
        text = f"Named: {names}. Whether each person may choose is not stated."
        return Finding("partly", text, "announcement", _quotes(known, stated, "destinations"))
    ends = [
        each.destination
        for each in (known.case.corridors if known.case else ())
        if each.users == "civilian" and each.destination
    ]
    if not ends:
        return None
    text = f"No announcement names one for civilians; the case names {listed(ends)}."
    return Finding("open", f"{text} No choice is stated.", "case")


def _corridors(known: Known) -> Finding | None:
    stated = [each for each in known.declarations if each.corridors.total is not None]
    parts = []
    for each in stated[:1]:
        counts = each.corridors
        kinds = [
            f"{number} for {users}"
            for number, users in ((counts.civilian, "civilians"), (counts.armed, "armed groups"))
            if number is not None
        ]
        announced = counted(counts.total or 0, "corridor")
        parts.append(f"{announced} announced" + (f", {listed(kinds)}." if kinds else "."))
    nowhere = unplaced(known)
    if nowhere:
        parts.append(nowhere)
    elif not stated:
        return None
    status: Status = "open" if not stated else _agreed(stated)
    return Finding(
        "partly" if nowhere and status == "settled" else status, " ".join(parts),
        "announcement" if stated else "case", _quotes(known, stated, "corridors"),
    )  # fmt: skip


def unplaced(known: Known) -> str:
    """Say how many corridors of the case nobody has placed."""
    if known.case is None:
        return ""
    nowhere = sum(each.position is None for each in known.case.corridors)
    assumed = sum(bool(c.position and c.position.is_assumption) for c in known.case.corridors)
    parts = [f"{nowhere} not located"] * bool(nowhere)
    parts += [f"{assumed} at an assumed position"] * bool(assumed)
    return f"Of {len(known.case.corridors)} in the case, {listed(parts)}." if parts else ""


def _separation(known: Known) -> Finding | None:
    stated = [
        each for each in known.declarations if each.corridors.civilian and each.corridors.armed
    ]
    parts = ["Separate corridors are announced."] if stated else []
    names = {each.id: each.name for each in known.case.corridors} if known.case else {}
    parts += [
        f"{names.get(civilian, civilian)} and {names.get(armed, armed)} lie {apart:,.0f} m apart "
        f"by positions that may be {unsure:,.0f} m wrong together."
        for civilian, armed, apart, unsure in known.close
    ]
    if not parts:
        return None
    quotes = _quotes(known, stated, "corridors.civilian", "corridors.armed")
    status: Status = "open" if known.close else "partly"
    return Finding(status, " ".join(parts), "announcement" if stated else "worked out", quotes)


def _medical(known: Known) -> Finding | None:
    stated = [
        each
        for each in known.declarations
        if any(word in (each.civilian_users or "").lower() for word in ("wounded", "sick"))
    ]
    if not stated:
        return None
    text = "Corridors are announced for them too. Who goes first, and how, is not stated."
    return Finding("partly", text, "announcement", _quotes(known, stated, "civilian_users"))


def _mines(known: Known) -> Finding | None:
    if known.case is None:
        return None
    cleared = known.case.cleared
    if cleared:
        who = listed(dict.fromkeys(f"{each.by} on {each.on:%-d %B %Y}" for each in cleared))
        text = f"Parts were cleared, by {who}. No other street is confirmed as cleared."
    else:
        text = "No street is confirmed as cleared by a dated, named source."
    chosen = known.case.clearance
    if chosen.treat_as_cleared:
        text += f" The plan treats all as cleared; decided by {chosen.by}."
    source = "; ".join(dict.fromkeys(each.source for each in cleared))
    return Finding("partly" if cleared else "open", text, "case", source=source)


def _cards(known: Known) -> tuple[Corridor, ...]:
    """List the corridors that need a card: those that civilians may be sent to."""
    corridors = known.case.corridors if known.case else ()
    return tuple(each for each in corridors if each.users == "civilian" and each.position)


def _carded(known: Known, keys: tuple[str, ...], what: str) -> Finding | None:
    """Say for how many corridors the case states all of some keys of their cards."""
    cards = _cards(known)
    some = [each for each in cards if any(said(each.go_stop, key) for key in keys)]
    if not some:
        return None
    whole = [each for each in cards if all(said(each.go_stop, key) for key in keys)]
    source = "; ".join(dict.fromkeys(each.go_stop.source for each in some if each.go_stop.source))
    text = f"{what} for {len(whole)} of {counted(len(cards), 'located corridor')}."
    missing = listed(
        f"{each.name}: {', '.join(CARD[k].lower() for k in keys if not said(each.go_stop, k))}"
        for each in cards
        if each not in whole
    )
    text += f" Missing: {missing}." if missing else ""
    settled = len(whole) == len(cards) and all(each.go_stop.source for each in cards)
    return Finding("settled" if settled else "partly", text, "case", source=source)


def _go_stop(known: Known) -> Finding | None:
    return _carded(known, ("go", "stop"), "Who may say go and who may say stop is stated")


def _abort(known: Known) -> Finding | None:
    return _carded(known, ABORT, "The abort card is whole")


def _reception(known: Known) -> Finding | None:
    """Say what the case states of the far ends; who receives, and with what, it has no key for."""
    ends = [each for each in _cards(known) if each.reception]
    if not ends:
        return None
    cards = _cards(known)
    parts = []
    for each in ends:
        end = each.reception
        if end is not None:
            told = [f"{end.people} people in all"] if end.people else []
            told += [f"{end.people_per_min} a minute"] if end.people_per_min else []
            parts.append(f"{each.name}: {' and '.join(told)}")
    text = f"Capacity is stated for {len(ends)} of {counted(len(cards), 'located corridor')}: "
    text += f"{'; '.join(parts)}. Who receives, and with what, is not stated."
    source = "; ".join(dict.fromkeys(each.reception.source for each in ends if each.reception))
    return Finding("partly", text, "case", source=source.strip("; "))


def _called_off(known: Known) -> Finding | None:
    """Tell who calls the pause off, where nothing stands any more."""
    cancelling = [each for each in known.texts if each.cancels]
    if known.declarations or not cancelling:
        return None
    who = listed(dict.fromkeys(_who(each) for each in cancelling))
    text = f"Called off by {who}: nothing announced stands."
    return Finding("open", text, "announcement", _quotes(known, cancelling, "change"), refused=True)


def _hours(known: Known) -> Finding | None:
    if off := _called_off(known):
        return off
    if known.window is None:
        half = [each for each in known.declarations if each.open_windows]
        text = "Only one end of the hours is stated."
        return (
            Finding("open", text, "announcement", _quotes(known, half, "windows")) if half else None
        )
    day = f"{known.window.start:%-d %B %Y}"
    same_day = known.window.start.date() == known.window.end.date()
    text = f"{day}, {span(known.window)}" if same_day else f"{span(known.window)}"
    stated = [
        each
        for each in known.declarations
        if any(Window(w.start, w.end) == known.window for w in each.windows)
    ]
    zone = next((each.tz for each in stated if each.tz), None)
    if any(window.recurrence == "daily" for each in stated for window in each.windows):
        text += ", every day"
    text += f", clock of {zone}." if zone else ", local time."
    own = known.case.window if known.case else None
    if own:
        return Finding("settled" if own.source else "partly", text, "case", source=own.source)
    return Finding(_agreed(stated), text, "announcement", _quotes(known, stated, "windows"))


STATED: dict[str, Callable[[Known], Finding | None]] = {
    "consent-sides": _consent,
    "consent-corridors": _corridor_consent,
    "kind": _kind,
    "guarantor": _guarantor,
    "monitor": _monitor,
    "acts": _acts,
    "expiry": _expiry,
    "weapons": _weapons,
    "destination": _destination,
    "corridors": _corridors,
    "separation": _separation,
    "medical": _medical,
    "mines": _mines,
    "hours": _hours,
    "go-stop": _go_stop,
    "abort": _abort,
    "reception": _reception,
}
"""What statements say on a question; None where they say nothing."""
