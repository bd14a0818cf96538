"""Hold how English text counts corridors, as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.numbers import NUMBER, number

if TYPE_CHECKING:
    from safepassage.declaration.english.users import Users

__all__ = [
    "COUNTED",
    "IN_NUMBER",
    "LABELLED",
    "MOST",
    "MOST_COUNTS",
    "NONE_OF",
    "NTH",
    "NUMBER_OF_ONE",
    "OPENS",
    "OTHER",
    "OUGHT",
    "REST",
    "SINGLE",
    "STRIP_BESIDE",
    "TAGGED",
    "TOTAL",
    "UNREAL",
    "Count",
    "ways_number",
]

_ADJECTIVE = (
    r"(?:other|more|further|additional|separate|remaining|humanitarian|new|special|civilian|"
    r"exit|evacuation|"
    r"safe|agreed|marked|designated|dedicated|so-called|such|open|existing|different|distinct|"
    r"main|secure|"
    r"temporary|pedestrian|bus|announced|planned|armed|specially|specified|clearly|land|road|"
    r"green|military|"
    r"escape|emergency|short|previously|proposed|safety|guarded|secured|protected|official|"
    r"western|eastern|northern|southern|alternative|parallel|functioning|pre-agreed|aid|civil|"
    r"\"humanitarian\")"
)
_FEW = {"pair of": 2, "couple of": 2, "trio of": 3}


def ways_number(told: str) -> int:
    """Read a number of ways, "a pair of" them included."""
    few = _FEW.get(told)
    return number(told) if few is None else few


COUNTED = re.compile(
    rf"(?<![\w.,:/$-])(?P<lead>(?:(?:the|these|those|all|both|an?|another|only|just|some|up to|"
    rf"at least|about) ){{0,2}}(?:(?:other|further|additional|remaining|first|same) )?)"
    rf"(?P<count>{NUMBER}|{'|'.join(_FEW)})(?![\w-])"
    rf"(?P<of>(?: of (?:the|these|those|its)| (?:out of|of|from among)(?: the| all)?"
    rf"(?= (?:{NUMBER}) ))(?: (?P<whole>{NUMBER}))?)?"
    rf"(?P<adjectives>(?:,? {_ADJECTIVE}){{0,4}}) (?P<noun>{words.CORRIDOR_NOUN}|routes|roads|"
    rf"crossings?(?! (?:by|a day|per day|daily|each day))|passages|exit|corridor|directions|"
    rf"ways? out|paths|lanes|tracks|points of (?:passage|crossing|exit)|passing points|(?P<weak>"
    rf"(?:bridge|gate|checkpoint|street|highway|door|tunnel)s?|axes))(?![\w])"
    rf"(?: (?:out of|of|from among)(?: the| all)? (?P<behind>{NUMBER})(?![\w:-]))?"
)
"""A count of ways; ``weak`` ones may be anything, unless people may leave by them."""
IN_NUMBER = re.compile(
    rf"(?:corridors|exits|routes|crossings|exit points)(?:,? (?P<before>{NUMBER}) in (?:number|"
    rf"all|total)|"
    rf" (?:will |to )?number(?:ing|s)? (?P<after>{NUMBER}))(?![\w-])"
    rf"|(?:corridors|exits|routes|crossings|exit points|roads) - there (?:are|"
    rf"will be) (?P<them>{NUMBER})(?![\w-])"
    rf"|(?:^|(?<=[.;:,] )|(?<=number of ))(?:the )?(?:\w+ )?(?:corridors|exits|routes|crossings|"
    rf"exit points) "
    rf"(?:are |is )?(?P<bare>{NUMBER})(?=[,.;]|$)"
    rf"|(?<![\w-])(?:(?:corridors|exits|routes|roads|crossings|ways out)|(?P<singular>corridor|"
    rf"exit|"
    rf"route|road|crossing|way out))(?: for (?:the )?"
    rf"(?:{words.CIVILIANS}|{words.ARMED}|departure of|exit of|exit|departure))? (?:is |are |now |"
    rf"only |just ){{0,2}}(?P<alone>{NUMBER})(?=[,:]| - (?:through|via|by|along|from|to|on)(?!\w))"
    rf"|number of (?:[\w-]+ ){{0,2}}(?:corridors|exits|routes|"
    rf"crossings) (?:[\w-]+ ){{0,4}}?from (?:{NUMBER}) "
    rf"(?:up )?to (?P<grown>{NUMBER})(?![\w-])"
    rf"|number of (?:[\w-]+ ){{0,2}}(?:corridors|exits|routes|crossings)(?: (?:is|will be|stands "
    rf"at|"
    rf"was set at|remains|rises to|has risen to|grows to))?:? (?P<of>{NUMBER})(?![\w-])"
)
"""A count behind its noun: "corridors, six in number"."""
TAGGED = re.compile(
    rf"(?<![\w.,:/$-])(?P<count>{NUMBER}) (?:(?P<civilian>civilian|civil)|(?P<armed>armed|"
    rf"military))(?= and|,|\)|;|\.| ones?\b|$)"
)
LABELLED = re.compile(
    rf"(?:(?P<kind>civilian|armed|humanitarian|exit)? ?(?:corridors|exits|routes|crossings)(?: "
    rf"open(?:ed)?)?(?: for (?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS})))?"
    rf"|for (?:(?P<armed2>{words.ARMED})|(?P<civilian2>{words.CIVILIANS})))(?: in (?:total|"
    rf"all))?(?: \(total\))? ?[:=-] ?(?P<count>{NUMBER})(?![\w:.-])"
)
REST = re.compile(
    rf"(?<![\w-])the (?:rest|others|remainder|remaining (?:ones|corridors|exits|routes))(?: "
    rf"(?:are|is|will|would|be|being|open|reserved|meant|intended|set|aside)){{0,4}} (?:for|"
    rf"to) (?:the )?"
    rf"(?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))(?![\w-])"
)
SINGLE = re.compile(
    rf"(?<![\w-])(?P<lead>a|an|one|1|a single|only one|just one|single|the only|only|the one|the "
    rf"same|"
    rf"one and the same|a common|a shared|one common|the|this) "
    rf"(?P<adjectives>(?:{_ADJECTIVE} ){{0,3}})\"?(?P<noun>humanitarian corridor|corridor|(?:exit|"
    r"evacuation|safe|escape|civilian|humanitarian|green) (?:route|road|passage|path|lane)|safe "
    r"passage corridor|green corridor|exit|crossing point|exit point|way out|(?:(?<=one )|"
    r"(?<=single )|(?<=only )|(?<= 1 ))(?:route|road|passage|crossing|bridge|lane|path|checkpoint|"
    r"gate|street|way|point|tunnel|highway|entrance))(?![\w-])"
    r"|^[-* \"]{0,4}(?P<none>(?:humanitarian|evacuation|green|safe|civilian) corridor (?:[\w'-]+ )"
    r"{0,6}?(?:is |will be |now )?open(?:s|ed)?(?![\w])|[^.;]{0,80}(?<![\w-])(?:opens?|agrees?|"
    r"announces?|establish|set up) (?:humanitarian|evacuation|green|safe|civilian) "
    r"corridor(?![\w]))"
)
NTH = re.compile(
    rf"(?<![\w-])(?:a|the) (?P<nth>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    rf"(?P<adjectives>(?: {_ADJECTIVE}){{0,3}}) (?P<noun>{words.CORRIDOR_NOUN}|exit|route|crossing|"
    rf"road|passage|checkpoint|gate)(?![\w])"
)
OPENS = re.compile(
    r"(?<![\w-])(?:open|agree|establish|creat|set up|provid|form|leav|use|via|through|along|"
    r"by|only|exclusively|function|operat|organi[sz]|will be|introduc|guarantee|there is|lead|"
    r"run)\w{0,4}(?![\w])"
)
TOTAL = re.compile(r"(?:total of|in total|in all|altogether|overall)(?![\w])")
OTHER = re.compile(
    r"(?<![\w-])(?:other|another|further|additional|more|separate|remaining)(?![\w])"
)
NUMBER_OF_ONE = re.compile(
    r"(?<![\w-])(?:corridor|route|exit|road|crossing|passage|axis|gate|no\.?|number|#) ?"
    r"(?:no\.? ?|number |#)?$"
)
"""What a number that names one way stands behind: "corridor 3 is for fighters"."""
UNREAL = re.compile(
    r"[^.;,]{0,60}?(?<![\w-])(?:(?:are |is |were |still )?to be (?:surveyed|studied|discussed|"
    r"examined|"
    r"inspected|considered|negotiated|cleared of mines|demined|repaired)|(?:had been|were to be|"
    r"were|was) (?:originally |first )?(?:planned|"
    r"proposed|foreseen|promised|expected|requested|demanded)|(?:(?:should|ought to|may|might|"
    r"could) be|need to be) (?:opened|set up|added|agreed)(?! to)|ought to (?:be )?open(?:ed)?)"
    r"(?![\w])"
)
"""Words after ways that are planned, wished for, or were once."""
OUGHT = re.compile(r"(?<![\w-])ought to(?![\w])")
NONE_OF = re.compile(r"(?<![\w-])(?:not|no|never|without)(?: [\w'-]+){0,2}? (?:any )?$")
STRIP_BESIDE = re.compile(r"[^.;]{0,24}(?<![\w-])(?:kilomet\w+|km|metres)(?! long)(?![\w-])")
"""A strip of land beside a road that is called a corridor as well."""
MOST = 99
MOST_COUNTS = 60


@dataclass(frozen=True, slots=True)
class Count:
    """Hold one count of corridors and what is said of it."""

    count: int
    users: Users | None
    start: int
    end: int
    sentence: int
    definite: bool = False
    other: bool = False
    part: bool = False
    total: bool = False
    single: bool = False
