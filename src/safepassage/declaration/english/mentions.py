"""Weigh every place that English text names by the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from safepassage.declaration.english.place_words import CAPITALISED, LABEL, NO_NAME, NO_PLACE
from safepassage.declaration.english.words import CORRIDOR_NOUN, PAUSE_NOUN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.text import Sentence

__all__ = ["Mentions", "weigh"]

_KIND = (
    r"(?:(?:city|town|village|settlement|enclave|district|region|province|governorate|oblast|camp|"
    r"suburb|area|quarter|neighbou?rhood|port|island|pocket|valley|outskirts|centre|center|ruins|"
    r"besieged|encircled|old|eastern|western|northern|southern|central|east|west|north|south|"
    r"refugee|whole|entire|greater|rebel-held|government-held|the|of|and|surrounded|parts|rest|"
    r"\w+'s|all|unilateral|towns|villages|districts|areas|cities|streets|front|frontlines?|"
    r"both) ){0,5}"
)
_NOUN = rf"(?:{PAUSE_NOUN}|{CORRIDOR_NOUN}|hostilities|fighting|fire|strikes|operations?|shelling)"
_HELD = re.compile(
    rf"(?<![\w-]){_NOUN}(?: (?!(?:to|via|through|towards?|with|by|and|from)\b)[\w'-]{{1,14}})"
    rf"{{0,4}}? (?:in|for|of|around|across|over|near|throughout|inside|at|on|along|out of|from) "
    rf"{_KIND}\"?$"
)
_OUT = re.compile(
    r"(?<![\w-])(?:leav\w+|evacuat\w+|exit|exits|out|way out|depart\w*|withdraw\w*|flee\w*|"
    r"civilians|residents|people|fighters|militants|wounded|families|inhabitants|trapped|"
    rf"remain\w*|stay\w*|besieged|still) (?:[\w'-]{{1,14}} ){{0,4}}?(?:from|in|inside|of|within) "
    rf"{_KIND}\"?$|(?<![\w-])(?:leav\w+(?: behind)?|evacuat\w+|"
    rf"evacuation of|quit|exit|besieged|encircled) "
    rf"{_KIND}\"?$"
)
_OF_PEOPLE = re.compile(
    r"(?<![\w-])(?:residents|people|civilians|population|inhabitants|citizens|families|defenders|"
    rf"garrison|siege|battle|blockade) (?:of|in|inside) "
    rf"{_KIND}\"?$"
)
_IN_OFFICE = re.compile(rf"(?<![\w-])(?:mayor|governor|council|municipality) (?:of|in) {_KIND}\"?$")
_OPENS = re.compile(r"(?:and )?(?:meanwhile,? )?in (?:the )?(?:capital,? )?")
"""A sentence that opens with a place tells where something was said."""
_KIND_BEFORE = re.compile(
    r"(?<![\w-])(?:city|town|village|settlement|enclave|district|region|province|camp|suburb|area|"
    r"quarter|neighbou?rhood|island|pocket|valley) of (?:the )?\"?$"
)
_IN = re.compile(
    rf"(?<![\w-])(?:in|inside|within|around|across|throughout|over|near|on) {_KIND}\"?$"
    r"|(?<![\w-])(?:encircled|surrounded|trapped) (?:[\w-]{2,14} ){0,2}(?:under|near|at) $"
)
_LEAVES = re.compile(r"(?<![\w-])(?:leav\w+|evacuat\w+|exit\w*|withdraw\w*|taken out)(?![\w])")
_FROM = re.compile(rf"(?<![\w-])from {_KIND}\"?$")
_AWAY = re.compile(
    r"(?<![\w-])(?:to|towards?|via|through|by way of|into|onto|until|reach(?:es|ed)?|bound for|"
    r"(?:head|leav)(?:s|ing|e)? for|or|direction of|as far as|at) "
    rf"{_KIND}\"?$"
)
_AID_TO = re.compile(
    r"(?<![\w-])(?:aid|relief|food|medicines?|supplies|deliver\w*|access|convoys?|notice|"
    r"appeal|message|address|announcement|attention)(?: [\w'-]{1,14}){0,3} (?:to|into|of) "
    rf"{_KIND}\"?$"
)
_TALKS = re.compile(
    r"(?<![\w-])(?:(?:meet|met|meeting|talks|conference|speaking|spoke|reporters|briefing|"
    r"negotiat\w+|arrived|visit|summit|journalists|mediat\w+|embassy|headquarters|office|"
    r"correspondent|recorded|television|born|based|went) (?:[\w'-]{1,14} ){0,3}?"
    r"|(?:said|told|says|signed|brokered|released|agreed|reached|explained|"
    r"statement) (?:(?:on )?\w+day |today |yesterday |here |late |early |it |this \w+ |them |"
    r"reporters ){0,2})(?:in|at|from|near|to) (?:the )?$"
)
_CLOSED = re.compile(
    r"(?<![\w-])(?:closed|closure|reopen\w*|violations?|clashes|attacks?|shelled|bombed|killed|"
    r"died|struck) (?:[\w'-]{1,14} ){0,3}?(?:in|at|of|on|near|around) (?:the )?$"
    r"|(?<![\w-])(?:closed|envoy|commander|mission|ambassador|peacekeepers|chief|"
    r"monitors|spokes\w+|base) (?:in|to|for|of|on) (?:the )?$"
)
"""Where things happened, or somebody serves: no place of a pause."""
_ROUTE = re.compile(
    r"(?<![\w-])(?:road|highway|route|bridge|railway|line|corridor|buses|convoys?|column)s? "
    r"(?:[\w'-]{1,14} ){0,3}?(?:to|towards?|via|through|at|near|between) (?:the )?$"
)
_OFFICE = re.compile(
    r"'?s? (?:\w+ )?(?:mayor|council|municipality|governor|administration|residents|authorities|"
    r"evacuation|corridors?|truce|ceasefire|pause|hospitals?|siege|city|town|camp|region|province|"
    r"governorate|oblast|district|front|pocket|enclave|old city|emergency)(?![\w])",
    re.IGNORECASE,
)
_ROAD_AFTER = re.compile(
    r"(?:-[A-Z]\w+)? (?:road|highway|street|bridge|crossing|checkpoint|gate|route|square|avenue|"
    r"hotel|talks|agreement|protocol|accords?|process|time|conference|summit|river|post)(?![\w])",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?:[\[(])?[A-Z][\w' /.-]{1,40}?(?:, [A-Z][\w ]{2,24})?(?:[,:.] ?|\s?\(|\s?[-/] ?| )"
    r"(?:(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}|jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec|\(?(?:reuters|ap|afp|tass|ria|interfax|xinhua|wire|dpa|suna|spa)|[-(]|$)",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:, [A-Z][a-z]+)?, (?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+\.? \d{1,2},) \d{4}")
_TITLED = re.compile(r"\"[A-Z][\w'-]* $")
"""The first word of a title in quotes: "Komsomolets Donbassa"."""
_HEADS = 3
_WORDS = r"[A-Z][a-z']{1,24}(?:[ -](?:al|el|as|ar|de|[A-Z])[\w']{0,24}){0,2}"
_DEFINED = re.compile(
    r"(?<![\w-])(?:(?i:town|village|settlement|enclave|city|camp|district|suburb|neighbou?rhood|"
    r"island|hamlet|quarter)(?: of(?: the)?|,| called| named)? \"?|(?i:camp|settlement) (?:for "
    rf")?(?:refugees |displaced )?(?:of )?\"?)(?P<a>{_WORDS})"
    r"|(?<![\w-])(?i:residents|people|inhabitants|population|civilians|citizens) (?:of|in|inside) "
    rf"(?:the )?(?:besieged |encircled )?\"?(?P<b>{_WORDS})"
    rf"|(?<![\w-])(?P<c>{_WORDS})\"? (?:[Rr]efugee |[Dd]isplacement |IDP )?(?:camp|village|"
    r"enclave|settlement|pocket|island|[Cc]amp|[Mm]ountains|[Vv]alley|[Oo]blast|[Pp]rovince|"
    r"governorate|region|district|county|township)(?![\w])"
)
"""A name that the text itself says to be a place's."""


@dataclass(slots=True)
class Mentions:
    """Hold how strongly the text ties each place to the pause, and where it is named first.

    ``unknown`` are names that only the text itself says to be places.
    """

    scores: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    first: dict[str, tuple[int, int]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def add(self, name: str, weight: float, start: int) -> None:
        """Count one mention."""
        self.scores[name] += weight
        self.first.setdefault(name, (start, start + len(name)))


def weigh(
    rows: Sequence[tuple[Sentence, Role, str]],
    known: Callable[[str, str], str | None],
    is_plain: Callable[[str, bool], bool],
    is_capital: Callable[[str], bool],
    taken: Sequence[tuple[int, int]],
) -> Mentions:
    """Weigh the places that a text names.

    Parameters
    ----------
    rows
        Sentences with their roles, and their words in the case of running text.
    known
        Gives the place that some words begin with, if any; the second are what stands before.
    is_plain
        Tells whether a name is a place's wherever it stands, or at the head of a text.
    is_capital
        Tells whether it is a capital, which stands for its government as often as for itself.
    taken
        Stretches of the text that name somebody, and no place, in order.

    """
    found = Mentions()
    starts = [first for first, _ in taken]
    for sentence, role, cased in rows:
        names: set[str] = set()
        for name, start in _known_names(cased, known):
            at = sentence.start + start
            before = bisect_right(starts, at) - 1
            if before >= 0 and at < taken[before][1]:
                continue
            names.add(name)
            weight = _weight(sentence, cased, start, start + len(name))
            if 0 < weight < _BARE and not is_plain(name, sentence.index < _HEADS):
                continue
            if weight == _IN_IT and not (role.names and role.live):
                weight = 0.5 if is_capital(name) else 1.0
            far = not role.names and sentence.index >= _HEADS
            if weight == _NAMED_ONLY and (far or is_capital(name)):
                weight = 0.1
            if weight > 0:
                found.add(name, weight * _by_role(role, at), at)
        _add_defined(found, sentence, role, cased, names)
    return found


def _known_names(cased: str, known: Callable[[str, str], str | None]) -> Iterator[tuple[str, int]]:
    """Give the known places among capitalised words, and where they begin."""
    for match in CAPITALISED.finditer(cased):
        for word in _WORD.finditer(match[0]):
            start = match.start() + word.start()
            name = known(match[0][word.start() :], cased[max(0, start - 20) : start])
            if name is None:
                continue
            lead = 0 if word[0].startswith(name[:3]) else name.rfind(" ") + 1
            yield name, max(0, start - lead)
            break


_WORD = re.compile(r"[A-Z][\w'-]*(?: |$|-)")
_BARE = 1.0
_IN_IT = 2.0
_NAMED_ONLY = 0.4


def _by_role(role: Role, at: int) -> float:
    """Weigh a mention by what its sentence does."""
    if role.looks_back or role.doubtful or role.is_past(at):
        return 0.25
    return 1.5 if role.names and role.live else 1.0


def _add_defined(
    found: Mentions, sentence: Sentence, role: Role, cased: str, known: set[str]
) -> None:
    """Add names that no list has and that the text says to be a town's or a camp's."""
    for match in _DEFINED.finditer(cased):
        group = next(group for group in "abc" if match[group])
        name, start = match[group].removesuffix("'s"), match.start(group)
        if name in known or NO_NAME.match(name) or any(one.startswith(name) for one in known):
            continue
        weight = _weight(sentence, cased, start, start + len(name))
        if weight > 0:
            found.unknown.add(name)
            at = sentence.start + start
            found.add(name, 0.8 * max(weight, 1.0) * _by_role(role, at), at)


def _weight(sentence: Sentence, cased: str, start: int, end: int) -> float:
    """Weigh one mention by what stands before and behind it."""
    before, after = sentence.plain[max(0, start - 100) : start], cased[end : end + 40]
    if NO_PLACE.match(cased, end) or _ROAD_AFTER.match(after) or _TITLED.search(cased, 0, start):
        return 0.0
    if before.rstrip().endswith(tuple(LABEL)):
        return 6.0
    head = sentence.index < _HEADS
    if head and ((start < 4 and _DATELINE.match(cased)) or _DATED.match(cased, end)):
        return 0.3
    for pattern, weight in _BEFORE:
        if pattern.search(before):
            return weight
    if _ROUTE.search(before) or _AWAY.search(before):
        return 0.3 if _INTO.search(before) else 0.0
    return _weaker(sentence, cased, before, after)


_BEFORE = (
    (_TALKS, 0.0), (_CLOSED, 0.0), (_HELD, 4.0), (_OUT, 3.0), (_OF_PEOPLE, 3.0), (_AID_TO, 2.0),
)  # fmt: skip
"""What may stand before a place, the strictest first, and its weight."""
_INTO = re.compile(r"(?<![\w-])into (?:the |eastern |western )?$")


def _weaker(sentence: Sentence, cased: str, before: str, after: str) -> float:
    """Weigh a mention that nothing ties to the pause itself."""
    if _IN_OFFICE.search(before):
        return 1.0
    if _OFFICE.match(after) or _KIND_BEFORE.search(before):
        return 2.1
    if _IN.search(before):
        return 0.3 if _OPENS.fullmatch(before) else _IN_IT
    if _FROM.search(before):
        return 2.2 if _LEAVES.search(sentence.plain) else 1.0
    headed = sentence.is_heading and sentence.index < _HEADS and not _DATELINE.match(cased)
    return 1.5 if headed else _NAMED_ONLY
