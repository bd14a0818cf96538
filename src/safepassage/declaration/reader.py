"""Read an announcement: one text in, one declaration out, each field with its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.base.errors import NothingAnnounced
from safepassage.declaration.english import words
from safepassage.declaration.english.actors import find_actors
from safepassage.declaration.english.clocks import find_clocks
from safepassage.declaration.english.consent import find_consent
from safepassage.declaration.english.context import (
    find_appeal,
    find_called,
    find_kind,
    find_purpose,
)
from safepassage.declaration.english.corridors import find_corridors
from safepassage.declaration.english.dateline import (
    find_announced_on,
    find_dateline,
    with_dated_past,
)
from safepassage.declaration.english.helpers import find_escorts, find_guarantors, find_monitors
from safepassage.declaration.english.places import (
    countries_in,
    find_place,
    gazetteer_of,
    sentences_elsewhere,
)
from safepassage.declaration.english.previous import find_previous
from safepassage.declaration.english.reading import Reading
from safepassage.declaration.english.roles import is_idle, roles_of
from safepassage.declaration.english.routes import find_route_ends
from safepassage.declaration.english.siege import find_status
from safepassage.declaration.english.sources import (
    find_carrier,
    find_decider,
    find_issuer,
    find_order,
    find_reporters,
    speaks_for_itself,
)
from safepassage.declaration.english.times import find_clues
from safepassage.declaration.english.weapons import find_weapons
from safepassage.declaration.findings import Finding, evidence_of, short_quote
from safepassage.declaration.model import CorridorTerms, Declaration, Evidence
from safepassage.declaration.text import Text, load, prepare
from safepassage.declaration.windows import WindowsFound, build_windows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

__all__ = ["read", "read_file"]


def read(text: str, *, name: str = "text") -> Declaration:
    """Read an announcement or a report of one in English, Russian or Arabic.

    What the text does not say stays unknown; a window, a count or an answer that the
    words leave open is left out and told under ``remarks``.

    Parameters
    ----------
    text
        The whole text, dateline and headline included where there are any.
    name
        What to call it in messages and in the declaration.

    Raises
    ------
    NothingAnnounced
        If it announces no pause, corridor or ceasefire.
    InputError
        If it is empty, binary, longer than 250 kB, or in another language.

    """
    prepared = prepare(text, name)
    reading = Reading(prepared, roles_of(prepared), find_actors(prepared))
    return _declare(reading)


def read_file(path: Path) -> Declaration:
    """Read an announcement from a file in UTF-8, with or without a byte order mark.

    Raises
    ------
    NothingAnnounced
        If it announces no pause, corridor or ceasefire.
    InputError
        If the file cannot be read, or is in another language.

    """
    return read(load(path), name=path.name)


def _declare(reading: Reading) -> Declaration:
    text = reading.text
    if not any(role.names for role in reading.roles) or is_idle(text) or not _is_of_war(reading):
        raise _nothing(text)
    dateline = find_dateline(text)
    announced = find_announced_on(reading, dateline)
    reference = announced.value if announced else None
    if reference is not None:
        reading = with_dated_past(reading, reference)
    countries = countries_in(text)
    gazetteer = gazetteer_of(text, countries)
    where = find_place(text, reading.roles, gazetteer, countries)
    elsewhere = sentences_elsewhere(text, where, gazetteer)
    clues = find_clues(reading, gazetteer.zone, dateline or announced, elsewhere)
    times = build_windows(clues, reference, where.tz.value if where.tz else None)
    hours = any(clue.timed for clue in clues)
    if not _announces(reading, times, dated=reference is not None, hours=hours):
        raise _nothing(text)
    record = _Record(text)
    issuer = find_issuer(reading)
    record.one("announced_on", announced)
    record.one("place", where.place)
    record.one("tz", where.tz)
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
    record.one("previous", find_previous(reading, reference))
    if where.others:
        record.remark([f"Named as well, no less firmly, as places: {', '.join(where.others)}."])
    record.remark((*times.remarks, *_set_aside(reading)))
    return record.declaration()


def _who(reading: Reading, issuer: Finding[Any] | None, record: _Record) -> None:
    actor = issuer.value if issuer else None
    if issuer is not None and actor is not None:
        record.one("issuer", Finding(actor.name, issuer.start, issuer.end, issuer.confidence))
    record.one("on_order_of", find_order(reading, actor))
    record.one("decided_by", find_decider(reading, actor))
    record.many("reported_by", find_reporters(reading))
    record.one("carried_by", find_carrier(reading))
    appeal = find_appeal(reading, actor)
    if appeal is not None:
        record.one("appeal", appeal.words)
        record.one("appeal_to", appeal.to)


def _terms(
    reading: Reading,
    issuer: Finding[Any] | None,
    place: str | None,
    elsewhere: frozenset[int],
    record: _Record,
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
    ends, roads = find_route_ends(reading, place, elsewhere)
    record.many("destinations", ends)
    record.many("routes", roads)
    own = speaks_for_itself(reading, actor)
    answers, undecided = find_consent(reading, actor, own_words=own, elsewhere=elsewhere)
    record.many("consent", answers)
    record.many("guarantors", find_guarantors(reading, elsewhere))
    record.many("monitors", find_monitors(reading, elsewhere))
    record.many("escorts", find_escorts(reading, elsewhere))
    record.one("purpose", find_purpose(reading, actor, elsewhere))
    record.remark((*corridors.remarks, *remarks, *undecided))


_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
"""A year beside an act of announcing, in a text without a date of its own, is history."""


def _is_of_war(reading: Reading) -> bool:
    """Tell whether a text that names a pause or a corridor is about an armed conflict at all."""
    return words.WAR.search(reading.text.plain) is not None or any(
        actor.code is not None or actor.kind in {"army", "ministry", "body"}
        for actor in reading.actors
    )


def _announces(reading: Reading, times: WindowsFound, *, dated: bool, hours: bool) -> bool:
    """Tell whether anything is announced: in so many words, or by hours still to come."""
    live = [
        s.index
        for s, role in reading.rows()
        if role.live and (role.strong or dated or (role.acts and not _YEAR.search(s.plain)))
    ]
    cancelled = [s.index for s, role in reading.rows() if role.cancels]
    if cancelled and not any(index > cancelled[-1] for index in live):
        return False
    denied = [s.index for s, role in reading.rows() if words.DENIES_ALL.search(s.plain)]
    acted = [s.index for s, role in reading.rows() if role.live and role.acts]
    if denied and not acted and not any(index > denied[-1] for index in live):
        return False
    told = (times.windows or hours) and not times.past_days
    return bool(live or told)


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


def _nothing(text: Text) -> NothingAnnounced:
    return NothingAnnounced(
        f"{text.name}: announces no pause, corridor or ceasefire. "
        "Give the text of an announcement or of a report about one; "
        "past and hoped-for ones do not count."
    )


class _Record:
    """Collect fields and the words they came from."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.fields: dict[str, Any] = {}
        self.evidence: dict[str, Evidence] = {}
        self.remarks: list[str] = []

    def put(self, name: str, value: object) -> None:
        """Set a field that has no words of its own, where nothing is set yet."""
        if value is not None:
            self.fields.setdefault(name, value)

    def one(self, name: str, finding: Finding[object] | None) -> None:
        """Set a field from one finding."""
        if finding is not None:
            self.fields[name] = finding.value
            self.evidence[name] = evidence_of(finding, self.text)

    def many(self, name: str, findings: Sequence[Finding[object]]) -> None:
        """Set a field of several values, with evidence for each."""
        if findings:
            self.fields[name] = tuple(finding.value for finding in findings)
            self.evidence[name] = evidence_of(findings[0], self.text)
            for index, finding in enumerate(findings):
                self.evidence[f"{name}.{index}"] = evidence_of(finding, self.text)

    def parts(self, name: str, findings: dict[str, Finding[int] | None]) -> None:
        """Set the counts of corridors, with evidence for each."""
        known = {part: finding for part, finding in findings.items() if finding is not None}
        if known:
            self.fields[name] = CorridorTerms(**{part: f.value for part, f in known.items()})
            self.evidence[name] = evidence_of(next(iter(known.values())), self.text)
            for part, finding in known.items():
                self.evidence[f"{name}.{part}"] = evidence_of(finding, self.text)

    def remark(self, remarks: Sequence[str]) -> None:
        """Add sentences on what was not settled."""
        self.remarks.extend(remarks)

    def declaration(self) -> Declaration:
        """Give the declaration."""
        return Declaration(
            text_name=self.text.name,
            text_sha256=self.text.sha256,
            text=self.text.raw,
            remarks=tuple(dict.fromkeys(self.remarks)),
            evidence=self.evidence,
            **self.fields,
        )
