"""Hold how English text names those who act, as patterns."""

from __future__ import annotations

import re

from safepassage.declaration.english.names import GENERIC, ORGANISED

__all__ = [
    "ACRONYM",
    "ANSWER_BEFORE",
    "ASKS",
    "DATED",
    "DATELINE",
    "FORMAL",
    "GENERIC_PATTERN",
    "IN_NAME_OF",
    "NAMED_BEFORE",
    "NO_ORGANISATION",
    "OF_CLOCK",
    "OPENS",
    "ORGANISATION",
    "OUTLET",
    "PERSON",
    "PLACE_BEFORE",
]

OUTLET = re.compile(
    r"(?<![\w-])(?P<name>(?:[A-Z][\w'-]{1,20} ){1,3})(?P<what>news (?:agency|outlet|site|"
    r"service|website)|newspaper|"
    r"news channel|(?:satellite )?(?:television|TV)(?: channel| station)?|radio|daily|agency|"
    r"news wire)\b"
)
PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|on|of|for|from|to|near|around|towards?|inside|outside|across|throughout|into|via|"
    r"east|west|north|south|eastern|western|northern|southern|besieged|city|town|capital,?|leave|"
    r"leaving|enter|entering|reach|reached|reaching|left|entered|quit)|"
    r"[a-z] -) (?:the )?$"
)
ANSWER_BEFORE = re.compile(
    r"\b(?:comment|response|reaction|reply|answer|word|confirmation|statement|guarantees?|"
    r"consent|approval|agreement)(?: \w+)? (?:from|of) (?:the )?$"
)
GENERIC_PATTERN = re.compile(rf"(?<![\w-])(?:{GENERIC})(?![\w-])")
PERSON = re.compile(
    r"(?: (?:[A-Z]\.|(?:al-|el-|al |el |bin |ibn |van |de )?[A-Z][a-z'-]{1,20})){1,3}"
)
NAMED_BEFORE = re.compile(
    r"(?<![\w'-])(?P<name>[A-Z][\w'-]{1,20}(?: (?:of |the )?[A-Z][\w'-]{1,20}){0,4}), "
    r"(?:the|an?|one of the) (?:[a-z]{2,14} ){0,3}$"
)
"""A group's own name before what it is: "the Northern Front, the largest rebel group"."""
FORMAL = re.compile(r"(?<![\w-])(?:republic|kingdom|state|sultanate|emirate) of (?:the )?$")
DATELINE = re.compile(
    r"[A-Z][A-Z' -]{2,24}(?:, [A-Z][a-z]{2,8}\.? \d| \([A-Z]|, \d| - |, [A-Z][a-z]+ [(-])"
    r"|[A-Z][\w' -]{2,24}(?:[.,] |: | )(?:\d{1,2} [A-Z][a-z]{2,9}(?:,? \d{4})?|[A-Z][a-z]{2,8}\.? "
    r"\d{1,2},? \d{4})|[A-Z][\w'-]{2,20}(?:[ -][A-Z][\w'-]{1,20}){0,2}\.$"
)
DATED = re.compile(r"(?:, [A-Z][a-z]+)?,? (?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+\.? \d{1,2},) \d{4}")
IN_NAME_OF = re.compile(
    r"(?<![\w-])(?:governments?|delegations?|representatives?|presidents|leaders|prime ministers|"
    r"(?:foreign|defen[cs]e) ministers|armies|militaries|authorities|sides|envoys|negotiators|"
    r"commanders|spokes\w+|representative|officials?|delegates?|leader|commander|chief|head|general|"
    r"secretary) (?:of|for|from|(?<=ments )in|(?<=ties )in) (?:both )?(?:the )?"
    r"(?:headquarters of )?(?:[\w'() -]{2,60}? and (?:of )?(?:the )?)?$"
)
"""What stands before a state that acts through somebody."""
OF_CLOCK = re.compile(r" time(?![\w])")
ORGANISATION = re.compile(rf"(?<![\w'-]){ORGANISED}(?![\w'-])")
NO_ORGANISATION = re.compile(
    r"(?:The |An? |Our |This |No |On |In |Announcement of |Statement of |Office of |"
    r"Representatives of |"
    r"Delegations of |Members of |By |At |For |"
    r"From |To |And |But |If |As |When |Both )+"
)
ACRONYM = re.compile(r"(?<![\w'/.-])[A-Z]{2}[A-Z0-9]{1,6}(?:[-/][A-Z][A-Za-z]{0,5})?(?![\w'/.-])")
ASKS = frozenset({"QUESTION", "ANSWER", "HOST", "REPORTER", "SPEAKER", "EDITOR", "JOINT", "ANCHOR"})
OPENS = re.compile(r",|\s?\(|\s?-|\s?/|\.|\s[A-Z]{2}")
"""What stands behind the town of a dateline in capitals."""
