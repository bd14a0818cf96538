"""Name countries by their ISO 3166 codes, in English."""

from __future__ import annotations

from functools import cache

from babel import Locale

__all__ = ["ADJECTIVES", "adjective", "country", "formal", "names_of_countries"]

ADJECTIVES = {
    "AF": ("afghan",), "AM": ("armenian",), "AZ": ("azerbaijani", "azeri"), "BA": ("bosnian",),
    "BF": ("burkinabe",), "BI": ("burundian",), "BY": ("belarusian",), "CD": ("congolese",),
    "CF": ("central african",), "CM": ("cameroonian",), "CN": ("chinese",), "CO": ("colombian",),
    "CY": ("cypriot",), "DE": ("german",), "DZ": ("algerian",), "EG": ("egyptian",),
    "ER": ("eritrean",), "ET": ("ethiopian",), "FR": ("french",), "GB": ("british",),
    "GE": ("georgian",), "HR": ("croatian",), "HT": ("haitian",), "ID": ("indonesian",),
    "IL": ("israeli",), "IN": ("indian",), "IQ": ("iraqi",), "IR": ("iranian",),
    "JO": ("jordanian",), "KE": ("kenyan",), "KG": ("kyrgyz",), "KH": ("cambodian",),
    "KP": ("north korean",), "KR": ("south korean",), "LB": ("lebanese",), "LK": ("sri lankan",),
    "LY": ("libyan",), "MD": ("moldovan",), "ML": ("malian",), "MM": ("myanmar", "burmese"),
    "MZ": ("mozambican",), "NE": ("nigerien",), "NG": ("nigerian",), "NP": ("nepalese",),
    "PH": ("philippine", "filipino"), "PK": ("pakistani",), "PS": ("palestinian",),
    "QA": ("qatari",), "RS": ("serbian",), "RU": ("russian",), "RW": ("rwandan",),
    "SA": ("saudi",), "SD": ("sudanese",), "SO": ("somali",), "SS": ("south sudanese",),
    "SY": ("syrian",), "TD": ("chadian",), "TH": ("thai",), "TJ": ("tajik",),
    "TR": ("turkish",), "UA": ("ukrainian",), "UG": ("ugandan",), "US": ("american", "u.s.", "us"),
    "AE": ("emirati",), "AL": ("albanian",), "AO": ("angolan",), "BD": ("bangladeshi",),
    "BR": ("brazilian",), "CH": ("swiss",), "CI": ("ivorian",), "CU": ("cuban",),
    "GH": ("ghanaian",), "GR": ("greek",), "GT": ("guatemalan",), "IT": ("italian",),
    "KW": ("kuwaiti",), "KZ": ("kazakh",), "LR": ("liberian",), "MA": ("moroccan",),
    "MR": ("mauritanian",), "MX": ("mexican",), "NI": ("nicaraguan",), "NO": ("norwegian",),
    "OM": ("omani",), "PE": ("peruvian",), "SL": ("sierra leonean",), "SN": ("senegalese",),
    "SV": ("salvadoran",), "TL": ("timorese",), "TN": ("tunisian",), "TZ": ("tanzanian",),
    "UZ": ("uzbek",), "VE": ("venezuelan",), "ZA": ("south african",), "ZW": ("zimbabwean",),
    "VN": ("vietnamese",), "XK": ("kosovar",), "YE": ("yemeni",),
}  # fmt: skip
"""Adjectives of countries where pauses were declared or brokered, the usual one first.
A country that is missing is still known by its name."""

_SHORT = {
    "BA": "Bosnia and Herzegovina", "CD": "the Democratic Republic of the Congo", "MM": "Myanmar",
    "PS": "Palestine", "TR": "Turkey", "GB": "the United Kingdom", "US": "the United States",
    "CF": "the Central African Republic", "PH": "the Philippines",
}  # fmt: skip
_FORMAL = {"RU": "the Russian Federation", "SY": "the Syrian Arab Republic"}
_ALSO = {
    "syrian arab republic": "SY", "russian federation": "RU", "united states of america": "US",
    "u.s.": "US", "usa": "US", "britain": "GB", "united kingdom": "GB", "burma": "MM",
    "myanmar": "MM", "turkey": "TR", "türkiye": "TR", "congo": "CD", "dr congo": "CD",
    "democratic republic of the congo": "CD", "bosnia": "BA", "ivory coast": "CI",
    "palestine": "PS", "central african republic": "CF", "philippines": "PH",
    "united states": "US", "south korea": "KR", "north korea": "KP",
}  # fmt: skip
_TOO_COMMON = frozenset({"GE", "JO", "TD", "TO"})
"""Left out as bare names: Georgia, Jordan, Chad and the like are also people or states."""


@cache
def country(code: str) -> str:
    """Give the usual English name, with "the" where English wants it."""
    return _SHORT.get(code) or str(Locale("en").territories.get(code, code))


@cache
def formal(code: str) -> str:
    """Give the name that goes with an office: "President of the Russian Federation"."""
    return _FORMAL.get(code) or country(code)


def adjective(code: str) -> str:
    """Give the adjective with its capital, or the name where none is known."""
    if code == "US":
        return "United States"
    words = ADJECTIVES.get(code)
    return words[0].title() if words else country(code)


@cache
def names_of_countries() -> dict[str, str]:
    """Map every known lower-case name of a country to its code."""
    territories = Locale("en").territories
    names = {
        str(name).lower(): str(code)
        for code, name in territories.items()
        if len(code) == 2
        and code.isalpha()
        and code not in _TOO_COMMON
        and code not in {"EU", "UN", "EZ", "ZZ", "QO"}
    }
    return names | _ALSO
