"""Read an announcement: one text in, one declaration out, each field with its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.base.errors import NothingAnnounced
from safepassage.declaration.conversions import find_conversions
from safepassage.declaration.dates import resolve
from safepassage.declaration.english import words
from safepassage.declaration.english.actors import find_actors
from safepassage.declaration.english.changes import (
    find_canceller,
    find_cancelling,
    find_change,
)
from safepassage.declaration.english.clocks import find_clocks
from safepassage.declaration.english.conditions import find_conditions, find_deadlines
from safepassage.declaration.english.conduct import find_prohibited, find_withdrawals
from safepassage.declaration.english.consent import find_consent
from safepassage.declaration.english.context import (
    find_appeals,
    find_called,
    find_kind,
    find_purpose,
)
from safepassage.declaration.english.corridor_names import find_corridor_names
from safepassage.declaration.english.corridors import find_corridors
from safepassage.declaration.english.dateline import (
    find_announced_on,
    find_dateline,
    with_dated_past,
)
from safepassage.declaration.english.guarantors import find_guarantors
from safepassage.declaration.english.helpers import find_escorts, find_monitors
from safepassage.declaration.english.impossible import find_impossible
from safepassage.declaration.english.means import find_means
from safepassage.declaration.english.of_war import is_of_war
from safepassage.declaration.english.orders import find_decider, find_order
from safepassage.declaration.english.places import (
    countries_in,
    find_place,
    gazetteer_of,
    sentences_elsewhere,
)
from safepassage.declaration.english.previous import find_earlier
from safepassage.declaration.english.reading import Reading
from safepassage.declaration.english.reporters import find_carrier, find_reporters
from safepassage.declaration.english.roles import is_idle, roles_of
from safepassage.declaration.english.routes import find_route_ends
from safepassage.declaration.english.siege import find_status
from safepassage.declaration.english.sources import find_issuer, speaks_for_itself
from safepassage.declaration.english.times import find_clues
from safepassage.declaration.english.weapons import find_group_weapons, find_weapons
from safepassage.declaration.findings import Finding, short_quote
from safepassage.declaration.intake import Intake, load, take
from safepassage.declaration.record import Record
from safepassage.declaration.review import reviewed
from safepassage.declaration.text import Text, prepare
from safepassage.declaration.windows import WindowsFound, build_windows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any, BinaryIO

    from safepassage.declaration.model import Declaration

__all__ = ["CalledOff", "read", "read_announcements", "read_file"]


class CalledOff(NothingAnnounced):
    """Say that a text calls a pause off, and announces none.

    Attributes
    ----------
    declaration
        Who calls off which pause, where; it holds no hours.

    """

    def __init__(self, message: str, declaration: Declaration) -> None:
        super().__init__(message)
        self.declaration = declaration


def read(text: str | bytes | BinaryIO, *, name: str = "text") -> Declaration:
    """Read an announcement or a report of one in English, Russian or Arabic.

    What the text does not say stays unknown; a window, a count or an answer that the
    words leave open is left out and told under ``remarks``.

    Parameters
    ----------
    text
        The whole text, dateline and headline included where there are any; its bytes, or
        an open file, may be in another encoding than UTF-8. Of a web page the article is
        read.
    name
        What to call it in messages and in the declaration.

    Raises
    ------
    NothingAnnounced
        If it announces no pause, corridor or ceasefire.
    InputError
        If it is empty, binary, too long, or in another language.

    """
    return _read(take(text, name), name)


def _read(intake: Intake, name: str) -> Declaration:
    prepared = prepare(intake, name)
    reading = Reading(prepared, roles_of(prepared), find_actors(prepared))
    return _declare(reading)


def read_file(path: Path, *, with_review: bool = True) -> Declaration:
    """Read an announcement from a file, as people reviewed it.

    Parameters
    ----------
    with_review
        Apply the decisions that stand beside the text in ``NAME.review.json``.

    Raises
    ------
    NothingAnnounced
        If it announces no pause, corridor or ceasefire.
    InputError
        If the file cannot be read, or is in another language; or its review cannot.

    """
    declaration = _read(load(path), path.name)
    return reviewed(declaration, path) if with_review else declaration


def read_announcements(paths: Sequence[Path]) -> tuple[Declaration, ...]:
    """Read several texts about one pause, those that call it off with them.

    Raises
    ------
    NothingAnnounced
        If one of them neither announces a pause nor calls one off, or none announces any.
    InputError
        As ``read_file`` has it.

    """
    found: list[Declaration] = []
    last: CalledOff | None = None
    for path in paths:
        try:
            found.append(read_file(path))
        except CalledOff as off:
            last = off
            found.append(off.declaration)
    if last is not None and all(each.cancels for each in found):
        raise last
    return tuple(found)


def _declare(reading: Reading) -> Declaration:
    text = reading.text
    if not any(role.names for role in reading.roles) or is_idle(text) or not is_of_war(reading):
        raise _nothing(text)
    dateline = find_dateline(text)
    announced = find_announced_on(reading, dateline)
    reference = announced.value if announced else None
    if reference is not None:
        reading = with_dated_past(reading, reference)
    countries = countries_in(text)
    gazetteer = gazetteer_of(text, countries)
    where = find_place(reading, gazetteer, countries)
    elsewhere = sentences_elsewhere(text, where, gazetteer)
    clues = find_clues(reading, gazetteer.zone, dateline or announced, elsewhere)
    times = build_windows(clues, reference, where.tz.value if where.tz else None)
    record = Record(text)
    issuer = find_issuer(reading)
    record.one("announced_on", announced)
    record.one("place", where.place)
    record.one("tz", where.tz)
    dated = reference is not None or any(
        resolve(mention, None) for clue in clues for mention in clue.dates
    )
    whole = any(t.hours.opens and t.hours.closes for clue in clues for t in clue.timed)
    if not _announces(reading, times, dated=dated, whole=whole):
        raise _called_off(reading, issuer, record) or _nothing(text)
    record.put("tz", times.tz)
    record.many("windows", times.windows)
    record.many("open_windows", times.open_windows)
    called = find_called(reading)
    record.one("called", called)
    record.one("kind", find_kind(reading, called, [found.value for found in times.windows]))
    record.one("place_status", find_status(text, reading.roles, where.place))
    _who(reading, issuer, record)
    if dateline and "carried_by" in record.fields:
        record.one("carried_on", dateline)
    _terms(reading, issuer, where.place.value.name if where.place else None, elsewhere, record)
    earlier = find_earlier(reading, reference)
    record.one("previous", earlier[0] if earlier else None)
    record.many("earlier", earlier)
    record.one("change", find_change(reading, elsewhere, times.open_windows))
    record.many("conversions", find_conversions(clues))
    if where.others:
        record.remark([f"Named as well, no less firmly, as places: {', '.join(where.others)}."])
    impossible = find_impossible(text, reference)
    record.remark((*times.remarks, *impossible, *_set_aside(reading)))
    return record.declaration()


def _who(reading: Reading, issuer: Finding[Any] | None, record: Record) -> None:
    actor = issuer.value if issuer else None
    if issuer is not None and actor is not None:
        record.one("issuer", Finding(actor.name, issuer.start, issuer.end, issuer.confidence))
    record.one("on_order_of", find_order(reading, actor))
    record.one("decided_by", find_decider(reading, actor))
    record.many("reported_by", find_reporters(reading))
    record.one("carried_by", find_carrier(reading))
    appeals = find_appeals(reading, actor)
    if appeals:
        record.one("appeal", appeals[0].words)
        record.one("appeal_to", appeals[0].to)
    record.many("appeals", [appeal.whole for appeal in appeals])


def _terms(
    reading: Reading,
    issuer: Finding[Any] | None,
    place: str | None,
    elsewhere: frozenset[int],
    record: Record,
) -> None:
    actor = issuer.value if issuer else None
    corridors = find_corridors(reading, elsewhere, place)
    record.parts(
        "corridors",
        {"total": corridors.total, "civilian": corridors.civilian, "armed": corridors.armed},
    )
    record.one("civilian_users", corridors.civilian_users)
    record.one("armed_users", corridors.armed_users)
    weapons, remarks = find_weapons(reading, actor, elsewhere)
    record.one("weapons", weapons)
    record.many("weapons_by_group", find_group_weapons(reading, elsewhere))
    record.many("corridor_names", find_corridor_names(reading, place, elsewhere))
    record.many("means", find_means(reading, elsewhere))
    ends, roads = find_route_ends(reading, place, elsewhere)
    record.many("destinations", ends)
    record.many("routes", roads)
    own = speaks_for_itself(reading, actor)
    answers, undecided = find_consent(reading, actor, own_words=own, elsewhere=elsewhere)
    record.many("consent", answers)
    record.many("guarantors", find_guarantors(reading, actor, elsewhere))
    record.many("monitors", find_monitors(reading, elsewhere))
    record.many("escorts", find_escorts(reading, elsewhere))
    record.many("prohibited", find_prohibited(reading, elsewhere))
    record.many("withdrawals", find_withdrawals(reading, elsewhere))
    record.many("conditions", find_conditions(reading, elsewhere))
    record.many("deadlines", find_deadlines(reading, elsewhere))
    record.one("purpose", find_purpose(reading, actor, elsewhere))
    record.remark((*corridors.remarks, *remarks, *undecided))


_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
"""A year beside an act of announcing, in a text without a date of its own, is history."""


def _announces(reading: Reading, times: WindowsFound, *, dated: bool, whole: bool) -> bool:
    """Tell whether anything is announced: in so many words, or by hours still to come."""
    live = [
        s.index
        for s, role in reading.rows()
        if role.live and (role.strong or dated or (role.acts and not _YEAR.search(s.plain)))
    ]
    cancelled = [s.index for s, role in reading.rows() if role.cancels]
    if cancelled and not any(index > cancelled[-1] for index in live):
        return False
    denied = [s.index for s, role in reading.rows() if _denies_all(reading, s.plain)]
    acted = [s.index for s, role in reading.rows() if role.live and role.acts]
    if denied and not acted and not any(index > denied[-1] for index in live):
        return False
    told = (times.windows or times.open_windows or whole) and not times.past_days
    return bool(live or told)


def _denies_all(reading: Reading, plain: str) -> bool:
    """Tell what calls all untrue; that there is no ceasefire leaves corridors that are told of."""
    if not words.DENIES_ALL.search(plain):
        return False
    only = words.PAUSE.search(plain) is not None and _NONE.match(plain) is not None
    ways = any(r.live and r.strong and words.CORRIDOR.search(s.plain) for s, r in reading.rows())
    return not (only and ways)


_NONE = re.compile(r"[\"']?no (?!such)")


def _set_aside(reading: Reading) -> list[str]:
    """Tell of denials, and of hours in sentences about what was done already."""
    remarks = []
    for sentence, role in reading.rows():
        words_ = short_quote(reading.text.quote(sentence.start, sentence.end))
        if role.denies:
            remarks.append(f"Said to be untrue, and not taken: {words_}")
        elif role.happened and find_clocks(sentence.plain, 0, len(sentence.plain), _no_zone):
            remarks.append(f"Hours of what is over were not taken: {words_}")
    return remarks[:_MOST_REMARKS]


_MOST_REMARKS = 6


def _no_zone(_: str) -> str | None:
    return None


def _called_off(reading: Reading, issuer: Finding[Any] | None, record: Record) -> CalledOff | None:
    """Make the declaration of a text that calls a pause off; it holds no hours."""
    change = find_cancelling(reading)
    if change is None:
        return None
    _who(reading, issuer or find_canceller(reading, change), record)
    record.one("change", change)
    words_ = short_quote(reading.text.quote(change.start, change.end))
    return CalledOff(
        f"{reading.text.name}: announces no pause, corridor or ceasefire; it calls one off: "
        f"{words_}. Read it together with the announcement that it calls off.",
        record.declaration(),
    )


def _nothing(text: Text) -> NothingAnnounced:
    return NothingAnnounced(
        f"{text.name}: announces no pause, corridor or ceasefire. "
        "Give the text of an announcement or of a report about one; "
        "past and hoped-for ones do not count."
    )
