"""Find in English text where a pause is to hold."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from safepassage.declaration.english.mentions import Mentions, weigh
from safepassage.declaration.english.names import HOMES
from safepassage.declaration.english.place_words import (
    CAPITALISED_ROW,
    MOST_PARTS,
    NAME,
    NO_NAME,
    NO_PLACE,
    SCOPE,
    TEMPORAL,
)
from safepassage.declaration.english.sides import AFAR
from safepassage.declaration.findings import DERIVED, RESOLVED, STATED, WEAK, Finding
from safepassage.declaration.gazetteer import (
    Gazetteer,
    Town,
    capital_of,
    fold,
    is_region,
    zone_of_country,
    zone_of_region,
)
from safepassage.declaration.model import Place
from safepassage.declaration.nations import ADJECTIVES, country, names_of_countries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence, Text

__all__ = ["PlaceFound", "countries_in", "find_place", "gazetteer_of", "sentences_elsewhere"]


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """Hold the place, its time zone, and the countries that the text names."""

    place: Finding[Place] | None
    tz: Finding[str] | None
    others: tuple[str, ...] = ()


@cache
def _country_pattern() -> re.Pattern[str]:
    forms = {word for words in ADJECTIVES.values() for word in words if word not in {"us", "u.s."}}
    names = {name for name in names_of_countries() if len(name) > 3}
    both = sorted(map(re.escape, forms | names | _capitals().keys()), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(both)})(?![\w-])")


@cache
def _capitals() -> dict[str, str]:
    return {name: code for code in ADJECTIVES if (name := capital_of(code))} | {"kiev": "UA"}


@cache
def _code_of() -> dict[str, str]:
    return (
        {word: code for code, words in ADJECTIVES.items() for word in words}
        | names_of_countries()
        | _capitals()
    )


def countries_in(text: Text) -> tuple[str, ...]:
    """Give the codes of the countries that the text names, the most frequent first."""
    named: dict[str, int] = defaultdict(int)
    capitals: dict[str, int] = defaultdict(int)
    for match in _country_pattern().finditer(text.plain):
        if text.cased[match.start()].isupper():
            counts = capitals if match[1] in _capitals() else named
            counts[_code_of()[match[1]]] += 1
    counts = named or capitals
    return tuple(sorted(counts, key=lambda code: -counts[code]))


def gazetteer_of(text: Text, countries: Sequence[str]) -> Gazetteer:
    """Look up every capitalised stretch of the text at once."""
    names: set[str] = set()
    for match in CAPITALISED_ROW.finditer(text.cased):
        parts = match[0].split()
        for first in range(len(parts)):
            for last in range(first + 1, min(len(parts), first + MOST_PARTS) + 1):
                names.add(" ".join(parts[first:last]).removesuffix("'s"))
    return Gazetteer(names, countries)


def find_place(reading: Reading, gazetteer: Gazetteer, countries: Sequence[str]) -> PlaceFound:
    """Find the place that the pause is for; a country where several towns fit equally well."""
    foreign = reading.text.languages[0] != "en"
    own = [
        (actor.start, actor.end)
        for actor in reading.actors
        if actor.kind in {"group", "body", "media"}
        and not is_region(actor.name.removesuffix(" authorities"))
    ]
    found = weigh(
        [(sentence, role, _readable(sentence)) for sentence, role in reading.rows()],
        lambda name, part: _known_name(name, gazetteer, part, foreign=foreign),
        lambda name, head: _is_plainly_a_town(name, gazetteer, head=head),
        lambda name: name.lower() in _capitals(),
        own,
    )
    _set_mediators_back(found, reading, gazetteer)
    row = _longest_row(reading, gazetteer)
    if len(row) >= _ROW_OF_TOWNS and (known := [name for name in row if name in found.first]):
        others = [name for name in row if name != known[0]]
        return _country_of_all([known[0], *others], found.first, gazetteer)
    return (
        _chosen(found, gazetteer, countries, least=0.3)
        or _country_of_sides(reading, countries)
        or _chosen(found, gazetteer, countries, least=0.0, state=1.0)
        or PlaceFound(None, None)
    )


def _set_mediators_back(found: Mentions, reading: Reading, gazetteer: Gazetteer) -> None:
    """Weigh towns of states that mediate less, where the text names a group of another state."""
    homes = {HOMES[actor.name] for actor in reading.actors if actor.name in HOMES}
    if not homes:
        return
    for name in found.scores:
        code = _country_of(name, gazetteer)
        if code in AFAR and code not in homes:
            found.scores[name] *= 0.3


_ROW_OF_TOWNS = 3
"""Towns named in one row, from which on their country is the place."""
_LEAST = 0.8
_LEAST_STATE = 3.0
_SHARE_OF_STATE = 0.7
"""Least weight of a place that is taken, of a country, and of a town beside a country
(assumptions, settled on the tuned texts)."""


def _longest_row(reading: Reading, gazetteer: Gazetteer) -> list[str]:
    """Give the longest row of towns that an announcing sentence names."""
    longest: list[str] = []
    for sentence, role in reading.rows():
        if not (role.names and role.live):
            continue
        readable = _readable(sentence)
        for match in SCOPE.finditer(readable):
            if not _is_beside_the_point(match, sentence):
                longest = max(longest, _row_of_towns(readable, match, gazetteer), key=len)
    return longest


def _is_beside_the_point(match: re.Match[str], sentence: Sentence) -> bool:
    """Tell a place where people talk."""
    before = sentence.plain[max(0, match.start() - 30) : match.start()]
    return _ABOUT_TALKS.search(before) is not None


def _is_plainly_a_town(name: str, gazetteer: Gazetteer, *, head: bool) -> bool:
    """Tell whether a name is a region's or a town's own, in a country that the text names.

    At the head of a text it need not name the country.
    """
    towns = gazetteer.towns(name)
    return bool(is_region(name)) or bool(
        len(name) >= _LEAST_LETTERS
        and towns
        and (towns[0].country in gazetteer.countries or (head and _is_one_country(towns)))
        and fold(towns[0].name) == fold(name)
    )


def _is_one_country(towns: Sequence[Town]) -> bool:
    return len({town.country for town in towns}) == 1


_LEAST_LETTERS = 4


def _chosen(
    found: Mentions,
    gazetteer: Gazetteer,
    countries: Sequence[str],
    *,
    least: float,
    state: float = _LEAST_STATE,
) -> PlaceFound | None:
    """Choose the place named most firmly, a town before its country, a known one before others."""
    scores, first = found.scores, found.first
    ranked = sorted(first, key=lambda name: (-scores[name], first[name]))
    towns = [name for name in ranked if not _is_country(name) and name not in found.unknown]
    states = [name for name in ranked if _is_country(name) and scores[name] >= state]
    named = [name for name in ranked if name in found.unknown and scores[name] >= _LEAST]
    firm = [name for name in towns if scores[name] >= _LEAST]
    if firm and not (states and scores[firm[0]] < _SHARE_OF_STATE * scores[states[0]]):
        rivals = [name for name in firm[1:] if scores[name] * 1.25 > scores[firm[0]]]
        if len(rivals) >= 2:
            return _country_of_all([firm[0], *rivals], first, gazetteer)
        if not (named and scores[named[0]] > 2 * scores[firm[0]]):
            return _found(firm[0], first[firm[0]], gazetteer, countries, tuple(rivals))
    if named and not (states and scores[named[0]] < _SHARE_OF_STATE * scores[states[0]]):
        return _by_name_alone(named[0], first[named[0]], countries)
    if states:
        return _found(states[0], first[states[0]], gazetteer, countries, ())
    for name in towns:
        at_home = _country_of(name, gazetteer) not in AFAR - {"RU"}
        if scores[name] >= least and name.lower() not in _capitals() and at_home:
            return _found(name, first[name], gazetteer, countries, ())
    return None


def _by_name_alone(name: str, span: tuple[int, int], countries: Sequence[str]) -> PlaceFound:
    """Give a place that the gazetteer lacks; its clock is the country's, where one is named."""
    zone = zone_of_country(countries[0]) if len(countries) == 1 else None
    place = Finding(Place(name=_proper(name)), *span, RESOLVED)
    return PlaceFound(place, Finding(zone, *span, DERIVED) if zone else None)


_SIDES = frozenset({"army", "government", "ministry", "group", "state", "capital", "person"})


def _country_of_sides(reading: Reading, countries: Sequence[str]) -> PlaceFound | None:
    """Give the one country whose army, government or groups a text that names no place names."""
    told: dict[str, tuple[int, int]] = {}
    named = (s for s, role in reading.rows() if role.names)
    lead = next(named, reading.text.sentences[0])
    for actor in reading.actors:
        if actor.kind in _SIDES:
            code = HOMES.get(actor.name) or actor.code
            if code:
                told.setdefault(code, (actor.start, actor.end))
    homes = {HOMES[actor.name] for actor in reading.actors if actor.name in HOMES}
    rest = set(countries) - AFAR
    codes = homes if len(homes) == 1 else set(told) - AFAR or rest
    if len(codes) != 1:
        return None
    code = codes.pop()
    span = told.get(code, (lead.start, lead.end))
    zone = zone_of_country(code)
    place = Finding(Place(name=country(code).removeprefix("the ")), *span, WEAK)
    return PlaceFound(place, Finding(zone, *span, WEAK) if zone else None)


_ROW = re.compile(rf"(?:,? and |, )(?:the )?(?:town of |city of )?({NAME})")


def _row_of_towns(readable: str, match: re.Match[str], gazetteer: Gazetteer) -> list[str]:
    """Give the towns of "in Kyiv, Sumy, Kharkiv and Mariupol"."""
    name = _known_name(match["name"], gazetteer, match["part"])
    row = [name] if name else []
    at = match.start("name") + len(name or "")
    while (following := _ROW.match(readable, at)) and len(row) < 12:
        other = _known_name(following[1], gazetteer)
        if other is not None and not _is_country(other):
            row.append(other)
        at = following.start(1) + len(other or following[1])
    return row


_ABOUT_TALKS = re.compile(
    r"(?<![\w-])(?:meet|met|meeting|talks|conference|speaking|reporters|statement|briefing|"
    r"released|signed|negotiat\w+|"
    r"arrived|visit|summit|said)(?: \w+){0,2} $"
)


def _country_of_all(
    names: list[str], first: dict[str, tuple[int, int]], gazetteer: Gazetteer
) -> PlaceFound:
    """Give the country of towns that fit equally well; no place where they lie in several."""
    codes = {_country_of(name, gazetteer) for name in names}
    code = codes.pop() if len(codes) == 1 else None
    if code is None:
        return PlaceFound(None, None, tuple(names))
    start = min((name for name in names if name in first), key=lambda name: first[name])
    place = Finding(Place(name=country(code).removeprefix("the ")), *first[start], DERIVED)
    zone = zone_of_country(code)
    return PlaceFound(place, Finding(zone, *first[start], DERIVED) if zone else None, tuple(names))


def _readable(sentence: Sentence) -> str:
    """Give a heading in capitals the case of running text."""
    if not sentence.cased.isupper():
        return sentence.cased
    return " ".join(
        word if word in _SMALL_WORDS else word[:1].upper() + word[1:]
        for word in sentence.plain.split(" ")
    )


_SMALL_WORDS = frozenset(
    {"in", "of", "for", "to", "from", "the", "and", "on", "at", "around", "within", "inside"}
)


def _known_name(
    words: str, gazetteer: Gazetteer, part: str = "", *, foreign: bool = False
) -> str | None:
    """Give the longest beginning of the words that is a place.

    ``part`` holds what stands before, as in "Eastern" Ghouta; in a ``foreign`` text only
    names that the gazetteer has are written like towns.
    """
    lead = part.strip().rpartition(" ")[2]
    parts = words.split(" ")
    if lead and is_region(f"{lead} {parts[0]}"):
        return f"{lead} {parts[0]}"
    for count in range(len(parts), 0, -1):
        name = " ".join(parts[:count]).removesuffix("'s").rstrip("'")
        lowered = name.lower()
        if lowered in TEMPORAL or lowered in _NO_TOWNS or not name:
            continue
        if is_region(name) or lowered in names_of_countries():
            return name
        towns = gazetteer.towns(name)
        if towns and (
            towns[0].country in gazetteer.countries
            or towns[0].people >= _LARGE
            or (
                len(name) >= (_LEAST_LETTERS if foreign else _LONG)
                and not NO_NAME.match(name)
                and towns[0].country in ADJECTIVES
                and _is_one_country(towns)
            )
        ):
            return name
    return None


_NO_TOWNS = frozenset({"time", "date", "hour", "hours", "start", "mayor", "live", "update"})
_LONG = 7
_LARGE = 100_000
"""A town this large is known without its country being named (an assumption)."""


def _is_country(name: str) -> bool:
    return name.lower() in names_of_countries()


def _found(
    name: str,
    span: tuple[int, int],
    gazetteer: Gazetteer,
    countries: Sequence[str],
    others: tuple[str, ...],
) -> PlaceFound:
    towns = gazetteer.towns(name)
    if is_region(name) or (_is_country(name) and not _is_town_too(name, gazetteer)):
        zone = zone_of_region(name) or zone_of_country(names_of_countries().get(name.lower(), ""))
        shown = country(names_of_countries()[name.lower()]) if _is_country(name) else _proper(name)
        place = Finding(Place(name=shown.removeprefix("the ")), *span)
        return PlaceFound(place, Finding(zone, *span, RESOLVED) if zone else None, others)
    town = towns[0]
    same_name = [other for other in towns[1:] if other.country in countries or not countries]
    doubt = town.country not in countries or any(
        other.people * 5 > town.people for other in same_name
    )
    confidence = DERIVED if doubt else STATED
    place = Finding(Place(name=_proper(name), lat=town.lat, lon=town.lon), *span, confidence)
    return PlaceFound(place, Finding(town.tz, *span, min(confidence, RESOLVED)), others)


def _is_town_too(name: str, gazetteer: Gazetteer) -> bool:
    return not _is_country(name) and bool(gazetteer.towns(name))


def _proper(name: str) -> str:
    return name.title() if name.isupper() or (is_region(name) and "-" not in name) else name


def sentences_elsewhere(text: Text, where: PlaceFound, gazetteer: Gazetteer) -> frozenset[int]:
    """Give the sentences that speak of something in another country, and not of the place."""
    if where.place is None:
        return frozenset()
    home = _country_of(where.place.value.name, gazetteer)
    name = where.place.value.name.lower()
    found = set()
    for sentence in text.sentences:
        if home is None or name in sentence.plain:
            continue
        for match in SCOPE.finditer(_readable(sentence)):
            away = match["lead"].lower() in _ABROAD and not match["name"].endswith(_ON_THE_WAY)
            other = _known_name(match["name"], gazetteer) if away else None
            talks = _ABOUT_TALKS.search(sentence.plain[max(0, match.start() - 30) : match.start()])
            code = _country_of(other, gazetteer) if other and not talks else None
            if (
                code is not None
                and code != home
                and not NO_PLACE.match(sentence.cased, match.end())
            ):
                found.add(sentence.index)
    return frozenset(found)


_ABROAD = frozenset({"in", "across", "throughout"})
_ON_THE_WAY = (" Road", " Street", " Bridge", " Market", " Square")


def _country_of(name: str, gazetteer: Gazetteer) -> str | None:
    code = names_of_countries().get(name.lower()) or is_region(name)
    towns = gazetteer.towns(name)
    return code or (towns[0].country if towns else None)
