"""Hold the English words the reader knows, by topic, as patterns over lower-case text.

Rules live in the modules beside this one; a new word for a known thing goes here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ANNOUNCES",
    "ARMED",
    "CIVILIANS",
    "CONFLICT",
    "CORRIDOR",
    "CORRIDOR_NOUN",
    "DECIDES",
    "ENDED",
    "FUTURE",
    "HUMANITARIAN",
    "IDLE",
    "IDLE_TRUCE",
    "NOT_TERMS",
    "NO_PAUSE",
    "OPENS_ROAD",
    "PAST",
    "PAUSE",
    "PAUSE_NOUN",
    "SAYS",
    "STATES",
    "SUSPENDS",
    "VIOLENCE",
    "WISHES",
    "words",
]


def words(*patterns: str) -> re.Pattern[str]:
    """Make one pattern of several, each on word boundaries."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w])")


def _one_of(items: Iterable[str]) -> str:
    return "|".join(items)


_PAUSE_ADJECTIVE = _one_of(
    "humanitarian temporary unilateral short brief limited local partial full complete general "
    "comprehensive nationwide tactical daily new second third fresh renewed immediate mutual bilateral joint "
    "christmas easter eid ramadan orthodox holiday conditional".split()
)
_LONG = r"(?:[\w.]{1,12}|twenty-\w{3,5}|thirty-\w{3,5}|forty-\w{3,5}|seventy-\w{3,5})-(?:hour|day|week)s?(?:-long)?|day-long|week-long"
PAUSE_NOUN = (
    r"(?:ceasefires?|cease-fires?|cease fires?|truces?|armistice"
    r"|(?:humanitarian|tactical|operational|military|fighting|bombing) (?:pauses?|windows?|lulls?|breaks?|respites?)"
    r"|pauses? in (?:the )?(?:fighting|hostilities|bombing|bombardment|strikes|air ?strikes|attacks)"
    r"|pauses?|lull in (?:the )?fighting"
    r"|cessation of (?:all )?(?:hostilities|combat|fighting|military)\w*(?: activities| operations| actions)?"
    r"|(?:suspension|halt) of (?:all )?(?:hostilities|military operations|combat operations|combat|air ?strikes|strikes|fire|shelling)"
    r"|regime of (?:silence|calm)|(?:silence|calm|quiet) regime|period of (?:calm|silence|quiet)"
    r"|local (?:agreement|settlement)|evacuation (?:deal|agreement)|reconciliation agreement)"
)
PAUSE = re.compile(
    rf"(?<![\w-])(?P<phrase>(?:(?P<pre>(?:{_PAUSE_ADJECTIVE}|{_LONG})(?:,? (?:{_PAUSE_ADJECTIVE}|{_LONG})){{0,3}}) )?"
    rf"(?P<noun>{PAUSE_NOUN}))(?![\w])"
)
"""A pause in the fighting, as a noun, with what stands before it."""

SUSPENDS = re.compile(
    r"(?<![\w-])(?:suspend|halt|stop|cease|pause|cessation of|hold)(?:s|ed|ing|ped|ping)?"
    r"(?: (?:all|its|their|the|any|military|air|artillery|offensive|combat|ground|and)){0,4}"
    r" (?P<what>air ?strikes?|strikes|bombing|bombardments?|shelling|fire|firing|hostilities|"
    r"(?:military |combat |offensive )?operations|attacks|fighting|combat|raids|flights)(?![\w])"
)
"""A pause in the fighting, as a verb."""

CORRIDOR_NOUN = (
    r"(?:(?:(?:humanitarian|evacuation|green|safe|exit|escape|safety|civilian|secure|aid|relief|marked|agreed) ){1,2}"
    r"(?:corridors?|routes?|roads?|passages?|crossings?|exits?|crossing points?|exit points?|ways out|passageways?|paths?|lanes?)"
    r"|corridors?|crossing points?|exit points?|exits|ways out|safe passage|passageways?"
    r"|passages?(?= (?:for|out|of (?:the )?(?:civilians|people|residents))))"
)
CORRIDOR = re.compile(rf"(?<![\w-])(?P<noun>{CORRIDOR_NOUN})(?![\w])")

OPENS_ROAD = re.compile(
    r"(?<![\w-])(?:(?:open|keep|kept|opened|opening|opens|keeping)(?: [\w'-]{1,16}){0,6} (?:road|route|crossing|street|highway)s?(?: [\w'-]{1,16}){0,5}?"
    r"|(?:road|route|crossing|street|highway)s?(?: [\w'-]{1,16}){0,4} (?:open|opened))(?: [\w'-]{1,16}){0,3}? (?:to|for|so that) (?:the )?"
    r"(?:civilians|residents|people|families|inhabitants|population|women|evacu\w+)(?![\w])"
)
"""A way out that is opened, without the word corridor."""

SAYS = (
    r"(?:said|says|say|announced|announces|announce|announcing|stated|states|declared|declares|"
    r"declare|reported|reports|told|confirmed|confirms|added|adds|informed|informs|wrote|explained|"
    r"noted|stressed|tweeted|posted|published|issued|revealed|disclosed)"
)
ANNOUNCES = words(
    "announc(?:e|es|ed|ing|ement)", "declar(?:e|es|ed|ing)", "introduc(?:e|es|ed|ing)",
    "order(?:s|ed|ing)?", "establish(?:es|ed|ing)?", "impos(?:e|es|ed|ing)",
    "proclaim(?:s|ed)?", "inform(?:s|ed)?", "extend(?:s|ed|ing)?", "prolong(?:s|ed)?",
    "(?:has|have|had) been (?:moved|brought forward|put back|changed|delayed)",
)  # fmt: skip
"""Acts of one side that make a pause."""

DECIDES = words(
    "agree(?:d|s)?", "reach(?:ed|es)?", "decid(?:e|es|ed)", "approv(?:e|es|ed)", "sign(?:ed|s)?",
    "offer(?:s|ed)?", "confirm(?:s|ed)?", "plan(?:s|ned)?",
    "grant(?:s|ed)?", "open(?:s|ed|ing)?", "pledg(?:e|es|ed)", "scheduled", "set up", "broker(?:ed|s)?",
    "accept(?:s|ed)?", "commit(?:s|ted)?",
)  # fmt: skip
"""Acts, often of two sides, that make a pause or tell of one."""

FUTURE = words(
    r"will", r"shall", r"(?:is|are) (?:due |set |scheduled |expected |planned |going )?to(?: be)?",
    r"(?:from|starting|beginning|until) tomorrow", r"tomorrow", r"to (?:begin|start|open|last|run|take effect)",
    r"starting (?:from|at|on)", r"beginning (?:from|at|on)", r"(?:takes?|taking) effect",
    r"(?:comes?|coming|enters?|entering|goes|going) into (?:force|effect)", r"begins", r"starts", r"opens",
    r"(?:corridors|exits|routes|crossings|windows|pauses) (?:open|begin|start)",
    r"would (?:begin|start|open|last|run|be opened|take effect|come|hold|halt|stop|suspend|cease|observe)",
    r"there would be",
    r"scheduled for", r"planned for", r"set for", r"due (?:on|at|from)", r"as of", r"effective", r"remains? (?:open|in force)",
    r"announces?", r"declares?", r"introduces?", r"orders", r"hereby",
)  # fmt: skip
"""Words that put their clause into the time to come, or do by saying."""

PAST = words(
    r"ago", r"last (?:year|month|week|summer|winter|spring|autumn|fall|night|january|february|march|april|may|"
    r"june|july|august|september|october|november|december|time)",
    r"(?:an?|the|that|this|another|two|three|several|its|their|all) (?:earlier|previous|prior|former|past)",
    r"(?:earlier|previous|prior|past|similar|failed|last|first) (?:[\w-]{2,14} ){0,2}(?:ceasefires?|cease-fires?|truces?|pauses?|"
    r"lulls?|attempts?|deals?|agreements?|corridors?|efforts?|halts?)",
    r"earlier (?:this|in) (?:year|month|week|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)",
    r"(?:have|has) (?:already )?(?:collapsed|failed|expired|ended|broken down|fallen apart)",
    r"collapsed", r"broke down", r"fell apart", r"expired", r"unravelled", r"unraveled", r"lapsed",
    r"did not (?:hold|last)", r"was (?:broken|violated|breached)", r"were (?:broken|violated|breached)",
    r"lasted", r"ended in (?:failure|renewed)", r"since collapsed", r"anniversary", r"history",
    r"had (?:not |already |also |been |since ){0,2}(?:run|lasted|held|collapsed|expired|ended|begun|in force|in effect|"
    r"observed|broken|violated|failed|taken place|stopped|opened in|been there)", r"ended", r"(?:which|that|it) ran", r"resumed",
    r"(?:has|have|had) (?:repeatedly |also |already )?been (?:repeatedly )?(?:violated|broken|breached)", r"which began on",
    r"(?:came|went|entered) into (?:force|effect)", r"took effect",
    r"yesterday's", r"(?:was|were) in (?:force|effect)", r"took place", r"was (?:first )?(?:declared|announced|agreed|signed|brokered) in",
)  # fmt: skip
"""Words that put their clause into the past, before what is announced now."""

ENDED = re.compile(
    r"(?<![\w-])(?P<verb>(?:since |soon |quickly |later |also |ultimately |again |largely |never |partly |"
    r"completely |already ){0,2}(?:"
    r"collaps(?:ed|ing|e)|broke down|broken down|fell apart|fallen apart|expired|failed|unravell?ed|"
    r"did not hold|didn't hold|failed to hold|never held|did not last|broke up|ended|lapsed|"
    r"(?:was|were) (?:repeatedly |soon |quickly )?(?:violated|broken|breached|abandoned|cancelled|suspended|called off|not respected|ignored)|"
    r"held|was extended|breakdown|collapse))(?![\w])"
)
"""How an earlier attempt ended."""

WISHES = words(
    r"call(?:s|ed|ing)? (?:\w{1,14} ){0,3}for", r"calls? (?:up)?on", r"called (?:up)?on", r"urg(?:e|es|ed|ing)",
    r"demand(?:s|ed|ing)?", r"appeal(?:s|ed|ing)? (?:\w{1,12} ){0,2}(?:for|to)", r"hop(?:e|es|ed|ing)",
    r"talks (?:on|about|over|for|aimed)", r"negotiat(?:e|es|ed|ing|ions?)", r"discuss(?:es|ed|ing|ions?)?",
    r"propos(?:e|es|ed|ing|als?)", r"consider(?:s|ed|ing)?", r"possib(?:le|ility|ly)", r"whether",
    r"want(?:s|ed)?", r"seek(?:s|ing)?", r"sought", r"push(?:es|ed|ing)? for", r"plead(?:s|ed)?", r"plea for",
    r"resolution", r"ready (?:for|to)", r"prepared to", r"willing to", r"idea of", r"prospects?", r"chances?",
    r"draft", r"in favou?r of", r"support(?:s|ed)? (?:an?|the idea|any)", r"request(?:s|ed|ing)?", r"ask(?:s|ed|ing)? for",
    r"debat(?:e|es|ed|ing)", r"vot(?:e|es|ed|ing)", r"no sign", r"rumou?rs?", r"petition", r"suggest(?:s|ed|ing)?",
    r"(?:if|once|when|unless|provided) (?:an?|any|it is|they are|both|the (?:other|two|opposition|rebels?|army|government))",
    r"(?:may|might|could)(?: not| also| soon| then){0,2} (?:be (?:announced|introduced|extended|agreed|declared|opened)|begin|start|"
    r"take effect|come into|agree|announce|declare|open|follow|resume|last|happen|hold|lead|pave)",
)  # fmt: skip
"""Words that make a pause wished for, weighed or talked about, but not announced."""

NO_PAUSE = words(
    rf"(?:no|not (?:an?|any)|never|neither|without|against|reject(?:s|ed|ing)? (?:an?|any|the idea of an?|calls for an?)"
    rf"|rul(?:e|es|ed|ing) out(?: an?| any| the)?"
    rf"|den(?:y|ies|ied|ying)[\w' ]{{0,40}}?|cancel(?:s|led|ed)?(?: an?| the| its| their)?|call(?:s|ed)? off(?: an?| the)?"
    rf"|scrap(?:s|ped)?(?: an?| the)?|withdr(?:e|a)ws?(?: from)?(?: an?| the)?"
    rf"|oppos(?:e|es|ed|ing)(?: an?| any| the)?|absence of an?|lack of an?)"
    rf" (?:(?:[\w-]{{2,14}}) ){{0,3}}(?:{PAUSE_NOUN}|{CORRIDOR_NOUN})",
    rf"(?:{PAUSE_NOUN}|{CORRIDOR_NOUN}|talks|negotiations) (?:\w{{1,12}} ){{0,4}}(?:(?:will|would|is|was|were|are|has|have|had) not|cannot|won't|"
    rf"(?:has|have|had) (?:been )?(?:cancelled|canceled|called off|postponed|suspended|ruled out)|"
    rf"(?:was|were|is|are) (?:cancelled|canceled|called off|postponed|ruled out|not on the table))",
    rf"(?:declar|announc)\w* (?:an?|the) end (?:to|of)", r"declar\w* (?:[\w'-]{1,14} ){0,5}(?:over|dead|finished|void)",
    rf"end(?:s|ed|ing)? (?:the|its|their|a) (?:[\w-]{{2,14}} ){{0,2}}(?:{PAUSE_NOUN})",
    r"fail(?:s|ed)? to (?:agree|reach|secure|produce|announce|declare)", r"(?:did|have|has|had|could) not (?:yet )?(?:agree|agreed|reach|reached|announce|announced|declare|declared)",
    r"no agreement", r"no deal", r"not (?:been )?(?:agreed|announced|declared|planned|reached)", r"no plans? (?:for|to)", r"refus(?:e|es|ed) to (?:declare|announce|agree|order|accept)",
)  # fmt: skip
"""Words that say there is none."""

HUMANITARIAN = words(
    r"humanitarian", r"civilians?", r"aid", r"relief", r"evacuat(?:e|es|ed|ing|ion|ions)", r"wounded", r"sick",
    r"casualties", r"food", r"medic(?:al|ine|ines)", r"residents", r"population", r"famil(?:y|ies)", r"safe passage",
    r"polio", r"vaccinat(?:e|ion|ions|ing)",
)  # fmt: skip
"""Purposes that are humanitarian."""

CONFLICT = (
    "army military fighters rebels rebel troops forces civilians hostilities shelling siege besieged evacuation "
    "evacuate humanitarian wounded armed airstrikes airstrike strikes combat bombardment militants aid war weapons "
    "front frontline ceasefire artillery bombing insurgents gunmen militia defence defense soldiers fire corridors "
    "corridor residents enclave blockade refugees displaced convoy ministry opposition separatists clashes fighting "
    "violence un syria ukraine gaza yemen sudan"
).split()
STATES = words(
    r"runs?", r"lasts?", r"applies", r"holds?", r"is", r"are", r"be", r"may", r"can", r"must", r"should", r"open", r"leave",
)
"""Verbs of a sentence that states terms in the present."""
IDLE = (
    "match league club clubs goal goals coach striker season referee fans football soccer midfielder transfer stadium "
    "cup team teams player players shares investors tariff tariffs stocks bonds market markets traders dollar "
    "supermarket prices retailer earnings shareholders takeover bid bidder lawsuit patent court celebrity singer album "
    "tour recipe garden neighbours neighbour family-feud netflix film series novel chess tennis cricket rugby guitar "
    "brand brands chairman boardroom subscribers streaming telecom operators"
).split()
IDLE_TRUCE = re.compile(
    r"(?<![\w-])(?:trade|tariff|price|legal|political|takeover|boardroom|transfer|patent|tax|tariff-war|budget|family|"
    r"culture|dressing-room|dressing room|touchline|commercial|electoral|uneasy marital|twitter|media|pricing|price-war|currency|"
    r"chip|tech|labou?r|strike) (?:war )?(?:ceasefire|cease-fire|truce|pause|peace)"
    r"|(?:ceasefire|truce|pause) (?:on|in) (?:the )?(?:tariffs?|trade|rate|rates|hiring|price|prices|football|rivalry)"
    r"|christmas truce of"
)

ARMED = (
    r"(?:armed (?:groups?|men|people|persons|fighters|opposition|rebels|militants|factions|formations|units|insurgents)"
    r"|(?:opposition|rebel|enemy|militant|insurgent|anti-government|foreign|islamist|surrounded) (?:fighters?|forces|groups?|gunmen|factions|units|troops)"
    r"|fighters?|rebels?|militants?|gunmen|insurgents?|combatants?|militiamen|soldiers|servicemen|troops"
    r"|terrorists?|garrison|defenders|those (?:with|carrying|bearing) (?:weapons|arms)|people (?:with|carrying|bearing) (?:weapons|arms))"
)
CIVILIANS = (
    r"(?:(?:unarmed |ordinary |trapped |besieged )?civilians?(?! (?:corridor|route|exit|aircraft|infrastructure|objects|airport))"
    r"|unarmed (?:people|residents|persons|population)|residents|inhabitants|(?:the )?(?:civilian |local |peaceful )?population"
    r"|families|women(?:, children)?(?: and (?:children|the elderly))?|(?:the )?(?:sick|wounded|ill|elderly)(?:,? and (?:the )?(?:wounded|sick|injured))?"
    r"|non-combatants|refugees|people)"
)

VIOLENCE = words(
    "killed", "raged", "struck", "shelled", "fired", "bombed", "clashed", "clashes (?:erupted|broke|raged)",
    "died", "attacked", "injured", "exploded", "erupted", "fell on", "landed", "hit",
)  # fmt: skip

NOT_TERMS = words(
    r"curfew", r"briefing", r"press conference", r"news conference", r"conference", r"kick-?off", r"matche?s?",
    r"meeting", r"ceremony", r"polling", r"polls?", r"markets?", r"shops?", r"talks", r"session", r"interview",
    r"prayers?", r"office hours", r"broadcast", r"hotline", r"electricity", r"power cuts?", r"vot(?:e|ing)", r"rally",
)  # fmt: skip
"""Things that have hours of their own."""
