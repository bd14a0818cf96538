"""Hold how English text names places, as patterns."""

from __future__ import annotations

import re

__all__ = [
    "CAPITALISED",
    "CAPITALISED_ROW",
    "LABEL",
    "MOST_PARTS",
    "NAME",
    "NO_NAME",
    "NO_PLACE",
    "SCOPE",
    "STRONG",
    "TEMPORAL",
]

NAME = r"(?:[A-Z][\w'-]{1,24})(?:[ -](?:al|el|as|ar|ad|ash|ez|ed|de|of|[A-Z])[\w'-]{0,24}){0,2}"
CAPITALISED = re.compile(rf"(?<![\w'-]){NAME}")
CAPITALISED_ROW = re.compile(
    r"(?<![\w'-])[A-Z][\w'-]{1,24}(?:[ -](?:al|el|as|ar|ad|ash|ez|ed|de|of|[A-Z])[\w'-]{0,24}){0,6}"
)
MOST_PARTS = 3
PART = (
    r"(?:(?:east|eastern|west|western|north|northern|south|southern|central|old|greater|the|"
    r"besieged|encircled|embattled|divided|rebel-held|opposition-held|government-held|port|city|"
    r"town|village|enclave|district|province|region|suburb|cities|towns|of|Syria's|Ukraine's|"
    r"Syrian|Ukrainian|"
    r"Yemeni|Sudanese|East|Eastern|West|Western|North|Northern|South|Southern|Central|Old|"
    r"City|Town|Yemen's|Sudan's|Iraq's|"
    r"neighbourhoods|neighborhoods|districts|parts|quarters|areas|city's)[ -]){0,5}"
)
SCOPE = re.compile(
    rf"(?<![\w-])(?P<lead>in|In|In and around|IN|for|of|around|from|within|inside|leave|"
    rf"leaving|besieged|across|over|near|Place:|"
    rf"Location:|Where:|City:|at|throughout|into|on) (?P<part>{PART})(?P<name>{NAME})"
)
STRONG = frozenset(
    {
        "in",
        "leave",
        "leaving",
        "besieged",
        "within",
        "inside",
        "around",
        "across",
        "throughout",
        "in and around",
    }
)
LABEL = frozenset({"place:", "location:", "where:", "city:"})
NO_PLACE = re.compile(
    r"[ ](?:time|said|says|announced|declared|ministry|government|army|news|agency|talks|"
    r"border)\b|/"
)
TEMPORAL = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "ramadan", "eid", "easter", "christmas", "gmt", "utc", "the", "this",
    "that", "these", "those", "there", "president", "minister", "ministry", "government",
    "united", "russian", "syrian",
})  # fmt: skip
NO_NAME = re.compile(
    r"(?:Old|New|The|This|That|Our|Your|All|Both|Every|East|West|North|South|Eastern|Western|"
    r"Northern|Southern|Central|Upper|Lower|Industrial|Military|Security|City|Town|Village|Mayor|"
    r"Governor|Army|Government|Regional|District|Local|Any|Each|From|People|Refugee|Green|In|At|"
    r"Red|United|Civil|National|Federal|State|General|Joint|Monday|Tuesday|Wednesday|Thursday|"
    r"Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|President|Minister|Ministry|Special|Humanitarian|International|War)(?![\w])"
)
"""Capitalised words that begin no name of a place by themselves."""
