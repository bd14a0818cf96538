"""Find in English text where a pause is to hold."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from safepassage.declaration.english.place_words import (
    CAPITALISED,
    CAPITALISED_ROW,
    LABEL,
    MOST_PARTS,
    NAME,
    NO_PLACE,
    SCOPE,
    STRONG,
    TEMPORAL,
)
from safepassage.declaration.findings import DERIVED, RESOLVED, STATED, Finding
from safepassage.declaration.gazetteer import (
    Gazetteer,
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

    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.text import Sentence, Text

__all__ = ["PlaceFound", "countries_in", "find_place", "gazetteer_of", "sentences_elsewhere"]

_HELD_IN = (
    r"(?:ceasefire|cease-fire|truce|pause|corridors?|hostilities|calm|silence|operations|"
    r"strikes|fighting|exits?)"
)
_AFTER_PAUSE = re.compile(
    rf"{_HELD_IN}(?: (?:that|which|is|was|will|to|be|hold|in force|take effect|apply|"
    rf"regime)){{0,4}}[ \"']{{1,3}}$"
)


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


def find_place(
    text: Text, roles: Sequence[Role], gazetteer: Gazetteer, countries: Sequence[str]
) -> PlaceFound:
    """Find the place that the pause is for; a country where several towns fit equally well."""
    seen = _Seen()
    for sentence, role in zip(text.sentences, roles, strict=True):
        _look(sentence, role, gazetteer, seen)
    if len(seen.row) >= 3 and (known := [name for name in seen.row if name in seen.first]):
        others = [name for name in seen.row if name != known[0]]
        return _country_of_all([known[0], *others], seen.first, gazetteer)
    first = seen.first
    if not first:  # the only place that the text names at all
        weak = seen.weak or _only_town(text, roles, gazetteer) or _headed_town(text, gazetteer)
        first = weak if len(weak) == 1 else {}
    return _chosen(seen.scores, first, gazetteer, countries)


@dataclass(slots=True)
class _Seen:
    """Collect the places that sentences name.

    ``first`` holds where each was first named firmly enough, ``weak`` where it was named
    otherwise, ``row`` the longest row of towns named together.
    """

    scores: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    first: dict[str, tuple[int, int]] = field(default_factory=dict)
    weak: dict[str, tuple[int, int]] = field(default_factory=dict)
    row: list[str] = field(default_factory=list)


def _look(sentence: Sentence, role: Role, gazetteer: Gazetteer, seen: _Seen) -> None:
    """Weigh the places that one sentence names."""
    readable = _readable(sentence)
    about = role.names or _ABOUT.search(sentence.plain) is not None
    for match in SCOPE.finditer(readable):
        name = _known_name(match["name"], gazetteer, match["part"])
        if name is None or _is_beside_the_point(match, sentence, name):
            continue
        weight = _weight(match, role.names, looks_back=role.looks_back or role.doubtful)
        before = sentence.plain[max(0, match.start() - 40) : match.start()]
        if role.names and not role.looks_back and _AFTER_PAUSE.search(before):
            weight += 3
        seen.scores[name] += weight
        begin = sentence.start + match.start("name")
        if weight >= 1 and role.names and role.live:
            seen.row = max(seen.row, _row_of_towns(readable, match, gazetteer), key=len)
        if weight >= 1 and (about or match["lead"].lower() in LABEL):
            if not name.startswith(match["name"][: len(name)]):  # "Eastern" stands before
                begin -= len(name) - len(name.rpartition(" ")[2])
            seen.first.setdefault(name, (begin, begin + len(name)))
        else:
            seen.weak.setdefault(name, (begin, begin + len(match["name"])))


def _only_town(
    text: Text, roles: Sequence[Role], gazetteer: Gazetteer
) -> dict[str, tuple[int, int]]:
    """Find the towns that sentences about the pause name in any way: "Mariupol's council"."""
    found: dict[str, tuple[int, int]] = {}
    for sentence, role in zip(text.sentences, roles, strict=True):
        if not role.names or role.looks_back:
            continue
        for match in CAPITALISED.finditer(sentence.cased):
            whole = match[0].removesuffix("'s")
            name = _known_name(whole, gazetteer)
            if name != whole or _is_country(name) or not _is_plainly_a_town(name, gazetteer):
                continue
            if name not in found:
                start = sentence.start + match.start()
                found[name] = (start, start + len(name))
    return found


_OFFICE = re.compile(
    r"(?<![\w-])(?:mayor|council|municipality|administration|town hall|governor\w*|residents|"
    r"people|citizens|humanitarian|schedule|notice|truce|ceasefire|leaflet|corridors?|evacuation|"
    r"convoy|\d{4})(?![\w])"
)
_TOP = 3


def _headed_town(text: Text, gazetteer: Gazetteer) -> dict[str, tuple[int, int]]:
    """Find the town that a notice names as its own in the heading; no wire's dateline."""
    found: dict[str, tuple[int, int]] = {}
    for sentence in text.sentences[:_TOP]:
        if not _OFFICE.search(sentence.plain) or _WIRE.match(sentence.cased):
            continue
        for match in CAPITALISED.finditer(sentence.cased):
            name = match[0].removesuffix("'s")
            towns = [] if name.lower() in TEMPORAL else gazetteer.towns(name)
            if not towns or _is_country(name) or fold(towns[0].name) != fold(name):
                continue
            if _NAME_GOES_ON.match(sentence.cased, match.start() + len(name)):
                continue  # "Rapid" of the "Rapid Support Forces"
            if (
                len({town.country for town in towns}) == 1
                and towns[0].name.lower() not in _capitals()
            ):
                start = sentence.start + match.start()
                found.setdefault(name, (start, start + len(name)))
    return found


_NAME_GOES_ON = re.compile(r" [A-Z][a-z]")
_WIRE = re.compile(r"[A-Z' -]{4,30}(?:,|\(| -)|.{0,80} - ")


def _is_plainly_a_town(name: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a name is a town's own, in a country that the text names, and no capital's.

    A capital stands for its government as often as for itself.
    """
    towns = gazetteer.towns(name)
    return bool(is_region(name)) or bool(
        towns
        and towns[0].country in gazetteer.countries
        and fold(towns[0].name) == fold(name)
        and capital_of(towns[0].country) != name.lower()
    )


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


_ABOUT = re.compile(
    r"(?<![\w-])(?:leav\w+|evacuat\w+|exit\w*|city|town|enclave|civilians|people|residents|"
    r"siege|besieged|aid|strikes)(?![\w])"
)
_BOUND = re.compile(r"(?<![\w-])(?:leav\w+|depart\w*|head\w*|bound|set out|go|goes|going) $")
_ABOUT_TALKS = re.compile(
    r"(?<![\w-])(?:meet|met|meeting|talks|conference|speaking|reporters|statement|briefing|"
    r"released|signed|negotiat\w+|"
    r"arrived|visit|summit|said)(?: \w+){0,2} $"
)


def _is_beside_the_point(match: re.Match[str], sentence: Sentence, name: str) -> bool:
    """Tell a place where people talk, or that is part of another name."""
    if _is_country(name) and match["lead"].lower() not in _OF_COUNTRY:
        return True
    before = sentence.plain[max(0, match.start() - 30) : match.start()]
    if _ABOUT_TALKS.search(before) or (match["lead"] == "for" and _BOUND.search(before)):
        return True
    end = match.start("name") + len(name)
    if match["lead"] == "of" and _NAME_OF_MANY.match(sentence.cased, end):
        return True  # "of the Rapid Support Forces"
    return NO_PLACE.match(sentence.cased, end) is not None


_NAME_OF_MANY = re.compile(
    r"(?: [A-Z][a-z]+){0,3} (?:Forces?|Army|Front|Movement|Party|Council|Brigades?|Group|Union|"
    r"Committee|Organi[sz]ation|Ministry|Agency)(?![\w])"
)


def _chosen(
    scores: dict[str, float],
    first: dict[str, tuple[int, int]],
    gazetteer: Gazetteer,
    countries: Sequence[str],
) -> PlaceFound:
    ranked = sorted(first, key=lambda name: (-scores[name], first[name]))
    towns = [name for name in ranked if not _is_country(name)]
    if not ranked:
        return PlaceFound(None, None)
    chosen = towns[0] if towns and _good(scores, towns[0], ranked) else ranked[0]
    rivals = [name for name in towns[1:] if scores[name] * 1.25 > scores[chosen]]
    if not _is_country(chosen) and len(rivals) >= 2:
        return _country_of_all([chosen, *rivals], first, gazetteer)
    return _found(chosen, first[chosen], gazetteer, countries, tuple(rivals))


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


def _good(scores: dict[str, float], town: str, ranked: list[str]) -> bool:
    """Tell whether a town is named firmly enough beside the country."""
    return scores[town] >= 2 or scores[town] >= scores[ranked[0]] / 3


def _weight(match: re.Match[str], names_pause: bool, *, looks_back: bool) -> float:
    lead = match["lead"].lower()
    if lead in LABEL:
        return 6
    if "besieged" in match["part"] or "encircled" in match["part"]:
        lead = "besieged"
    weight = 2.0 if lead in STRONG else 1.0
    if looks_back:
        return 0.25 * weight
    return weight + (1 if names_pause else 0)


def _known_name(words: str, gazetteer: Gazetteer, part: str = "") -> str | None:
    """Give the longest beginning of the words that is a place.

    ``part`` holds what stands before, as in "Eastern" Ghouta.
    """
    lead = part.strip().rpartition(" ")[2]
    parts = words.split(" ")
    if lead and is_region(f"{lead} {parts[0]}"):
        return f"{lead} {parts[0]}"
    for count in range(len(parts), 0, -1):
        name = " ".join(parts[:count]).removesuffix("'s").rstrip("'")
        lowered = name.lower()
        if lowered in TEMPORAL or not name:
            continue
        if is_region(name) or lowered in names_of_countries():
            return name
        towns = gazetteer.towns(name)
        if towns and (towns[0].country in gazetteer.countries or towns[0].people >= _LARGE):
            return name
    return None


_LARGE = 100_000
"""A town this large is known without its country being named (an assumption)."""
_OF_COUNTRY = frozenset(
    {"in", "across", "throughout", "in and around", "place:", "location:", "where:"}
)


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
            other = (
                _known_name(match["name"], gazetteer) if match["lead"].lower() in _ABROAD else None
            )
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


def _country_of(name: str, gazetteer: Gazetteer) -> str | None:
    code = names_of_countries().get(name.lower()) or is_region(name)
    towns = gazetteer.towns(name)
    return code or (towns[0].country if towns else None)
