"""Hold the English words the reader knows, by topic, as patterns over lower-case text.

Rules live in the modules beside this one; a new word for a known thing goes here.
"""

from __future__ import annotations

import re

__all__ = [
    "ANNOUNCES",
    "ARMED",
    "CIVILIANS",
    "CONFLICT",
    "CORRIDOR",
    "CORRIDOR_NOUN",
    "DECIDES",
    "DENIES",
    "DENIES_ALL",
    "ENDED",
    "FUTURE",
    "HAPPENS",
    "HARD_CONFLICT",
    "HUMANITARIAN",
    "IDLE",
    "IDLE_TRUCE",
    "NOT_TERMS",
    "NO_PAUSE",
    "PAST",
    "PAUSE",
    "PAUSE_NOUN",
    "SAYS",
    "STATES",
    "VIOLENCE",
    "WAR",
    "WISHES",
    "words",
]


def words(*patterns: str) -> re.Pattern[str]:
    """Make one pattern of several, each on word boundaries."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w])")


_PAUSE_ADJECTIVE = (
    r"humanitarian|temporary|unilateral|short|brief|limited|local|partial|full|complete|"
    r"general|comprehensive|nationwide|tactical|daily|new|second|third|fresh|renewed|"
    r"immediate|mutual|bilateral|joint|christmas|easter|eid|ramadan|orthodox|holiday|"
    r"conditional"
)
_LONG = (
    r"(?:[\w.]{1,12}|twenty-\w{3,5}|thirty-\w{3,5}|forty-\w{3,5}|seventy-\w{3,5})-(?:hour|day|"
    r"week)s?(?:-long)?|day-long|week-long"
)
PAUSE_NOUN = (
    r"(?:ceasefires?|cease-fires?|cease fires?|truces?|armistice"
    r"|(?:humanitarian|tactical|operational|military|fighting|bombing) (?:pauses?|windows?|"
    r"lulls?|breaks?|respites?|halts?|stops?|hours)"
    r"|(?:evacuation|safe) windows?|stand-?downs?|days? of (?:tranquillity|calm|quiet)|"
    r"(?:hours|period) of (?:calm|silence|quiet)"
    r"|pauses? in (?:the )?(?:fighting|hostilities|bombing|bombardment|strikes|air ?strikes|"
    r"attacks)"
    r"|pauses?|(?:lull|break|halt|stop) (?:in|to) (?:the |all )?(?:fighting|shelling|bombing|"
    r"bombardment|"
    r"hostilities|strikes)"
    r"|(?:reduction|de-?escalation) (?:in|of) (?:the )?(?:violence|fighting|hostilities)"
    r"|windows? of (?:silence|calm|quiet)|recess in (?:the )?(?:fighting|fire|bombing|shelling|"
    r"bombardment)|humanitarian recess"
    r"|(?:local|tactical|temporary) (?:suspension|halt)s? of (?:military |operational )?activity"
    r"|cessation of (?:all )?(?:hostilities|combat|fighting|fire|military)\w*(?: activities| "
    r"operations| actions)?"
    r"|(?:suspension|halt|freeze) of (?:all |the |its |their |our )?(?:(?:military|combat|"
    r"offensive|"
    r"ground|air|aerial|artillery|active|further) ){0,2}(?:hostilities|operations|combat|attacks|"
    r"air ?strikes|strikes|fire|shelling|bombing|raids)"
    r"|regime of (?:silence|calm)|(?:silence|calm|quiet) regime|period of (?:calm|silence|quiet)"
    r"|local (?:agreement|settlement)|evacuation (?:deal|agreement)|reconciliation agreement)"
)
PAUSE = re.compile(
    rf"(?<![\w-])(?P<phrase>(?:(?P<pre>(?:{_PAUSE_ADJECTIVE}|{_LONG})(?:,? (?:{_PAUSE_ADJECTIVE}"
    rf"|{_LONG})){{0,3}}) )?"
    rf"(?P<noun>{PAUSE_NOUN}))(?![\w])"
)
"""A pause in the fighting, as a noun, with what stands before it."""

CORRIDOR_NOUN = (
    r"(?:(?:(?:humanitarian|evacuation|green|safe|exit|escape|safety|civilian|secure|aid|"
    r"relief|marked|agreed) ){1,2}"
    r"(?:corridors?|routes?|roads?|passages?|crossings?|exits?|crossing points?|exit points?|"
    r"ways out|passageways?|paths?|lanes?)"
    r"|corridors?|crossing points?|exit points?|exits|ways out|safe passage|passageways?"
    r"|crossings(?= (?:will|would|are to|open|for (?:the )?(?:civilians|residents|fighters|"
    r"people)))"
    r"|passages?(?= (?:for|out|of (?:the )?(?:civilians|people|residents))))"
)
CORRIDOR = re.compile(rf"(?<![\w-])(?P<noun>{CORRIDOR_NOUN})(?![\w])")

SAYS = (
    r"(?:said|says|say|announced|announces|announce|announcing|stated|states|declared|declares|"
    r"declare|reported|reports|told|confirmed|confirms|added|adds|informed|informs|wrote|explained|"
    r"noted|stressed|tweeted|posted|published|issued|revealed|disclosed)"
)
ANNOUNCES = words(
    r"announc(?:e|es|ed|ing|ement)|declar(?:e|es|ed|ing)|introduc(?:e|es|ed|ing)|order(?:s|ed|"
    r"ing)?|establish(?:es|ed|ing)?|impos(?:e|es|ed|ing)|proclaim(?:s|ed)?|inform(?:s|ed)?|"
    r"instruct(?:s|ed|ing)?|(?:has|have) (?:now )?(?:begun|started)(?! to)|extend(?:s|ed|ing)?|"
    r"prolong(?:s|ed)?|issu(?:e|es|ed) (?:\w+ ){0,8}?(?:orders?|instructions?|"
    r"decrees?|decisions?|directives?)|(?:has|have|had) been (?:moved|brought forward|put "
    r"back|changed|delayed)"
)
"""Acts of one side that make a pause."""

DECIDES = words(
    r"agree(?:d|s)?|conclude(?:d|s)?|reach(?:ed|es)?|decid(?:e|es|ed)|approv(?:e|es|ed)|"
    r"sign(?:ed|s)?|"
    r"offer(?:s|ed)?|confirm(?:s|ed)?|plan(?:s|ned)?|grant(?:s|ed)?|(?:re-?)?open(?:s|ed|ing)?|"
    r"pledg(?:e|es|ed)|scheduled|set up|broker(?:ed|s)?|accept(?:s|ed)?|commit(?:s|ted)?|"
    r"promis(?:e|es|ed)|undert(?:ook|akes|aken)|vow(?:s|ed)?"
)
"""Acts, often of two sides, that make a pause or tell of one."""

FUTURE = words(
    r"will|shall|(?:is|are) (?:due |set |scheduled |expected |planned |going )?to(?: be)?|"
    r"(?:from|starting|beginning|until) tomorrow|tomorrow|to (?:begin|start|open|last|run|"
    r"take effect)|starting (?:from|at|on)|beginning (?:from|at|on)|(?:takes?|taking) (?:effect|"
    r"hold)|"
    r"(?:comes?|coming|enters?|entering|goes|going|go) into (?:force|effect)|begins|starts|opens|"
    r"(?:corridors|exits|routes|crossings|windows|pauses) (?:open|begin|start)|would (?:begin|"
    r"start|open|last|run|be (?:opened|held|observed|introduced|in force|extended)|take "
    r"effect|come|hold|halt|stop|suspend|cease|observe)|"
    r"there would be|scheduled for|planned for|set for|due (?:on|at|from)|as of|effective|"
    r"(?:is|are) in (?:force|effect) (?:from|for|until|till|through|as of|between)|"
    r"use (?:this|these) (?:[\w-]{2,14} ){0,2}(?:corridors?|routes?|roads?|passages?|exits?|"
    r"crossings?)|"
    r"remains? (?:open|in force)|announces?|declares?|introduces?|orders|hereby"
)
"""Words that put their clause into the time to come, or do by saying."""

PAST = words(
    r"used to|as (?:usual|before)(?! )|ago|in place since (?!today|\d)|(?:has|have) (?:largely|"
    r"mostly|generally|so far|"
    r"broadly) held|(?:after|when|before) (?:an?|the|that) (?:[\w-]+ ){0,2}(?:truce|ceasefire|"
    r"pause|cessation) "
    r"(?:was|were|had)|remember(?:s|ed|ing)?|recall(?:s|ed)? how|(?:about|some|several|many|"
    r"a dozen|dozens of|at least|more than|\w+) (?:\w+ ){0,2}(?:truces|"
    r"ceasefires|pauses) (?:have|had) been|(?:remain(?:s|ed)|stay(?:s|ed)|exist(?:s|ed)?|was|"
    r"were)(?: only)? on paper|"
    r"c[ao]me to nothing|"
    r"last (?:year|month|week|summer|winter|spring|autumn|fall|night|january|february|"
    r"march|april|may|june|july|august|september|october|november|december|time)|(?:an?|the|"
    r"that|this|another|two|three|several|its|their|all) (?:earlier|previous|prior|"
    r"former(?! (?:\w+ )?(?:government|regime|rulers?|president|rebels|republic))|past)|"
    r"(?:earlier|previous|prior|past|similar|failed|last|"
    r"first(?! (?:\w+ )?corridors?\b)) (?:[\w-]{2,14} "
    r"){0,2}(?:ceasefires?|cease-fires?|truces?|pauses?|lulls?|attempts?|deals?|agreements?|"
    r"corridors?|efforts?|halts?)|earlier (?:this|in) (?:year|month|week|january|february|"
    r"march|april|may|june|july|august|september|october|november|december)|(?:have|has) "
    r"(?:already )?(?:collapsed|failed|expired|ended|broken down|fallen apart)|collapsed|"
    r"broke down|fell apart|expired|unravelled|unraveled|lapsed|did not (?:hold|last)|was "
    r"(?:broken|violated|breached)|were (?:broken|violated|breached)|lasted|ended in "
    r"(?:failure|renewed)|since collapsed|anniversary|history|had (?:not |already |also |been "
    r"|since ){0,2}(?:run|lasted|held|collapsed|expired|ended|begun|in force|in effect|"
    r"observed|broken|violated|failed|taken place|stopped|opened in|been there)|ended|"
    r"(?:which|that|it) ran|(?<!is )(?<!are )(?<!be )resumed|extended (?:once|twice)|(?:was|"
    r"were) (?:soon |quickly )?broken off|(?:was|were) over|"
    r"fared no better|"
    r"(?:grew|grown) out of|when (?:[\w'-]{1,16} ){0,8}?(?:announced|declared|signed)|"
    r"(?:was|were|had been) supposed to|(?:is|are) remembered|on this day in|had been (?:agreed|"
    r"announced|"
    r"declared|signed|brokered|promised)|came to an end|years? (?:on|after|later)|(?:has|have|"
    r"had) (?:repeatedly |also |already )?been "
    r"(?:repeatedly )?(?:violated|broken|breached)|which began on|(?:came|went|entered) into "
    r"(?:force|effect)|took effect|yesterday's|(?:was|were) in (?:force|effect)|took place|"
    r"was (?:first )?(?:declared|announced|agreed|signed|brokered) in|"
    r"(?:declared|announced|agreed) in "
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|in (?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"spring|summer|autumn|winter)(?: \d{4})?(?: [\w'-]{1,14}){0,4} (?:was|were|had)"
)
"""Words that put their clause into the past, before what is announced now."""

ENDED = re.compile(
    r"(?<![\w-])(?P<verb>(?:since |soon |quickly |later |also |ultimately |again |largely |"
    r"never |partly |"
    r"completely |already ){0,2}(?:"
    r"collaps(?:ed|ing|e)|broke down|broken down|fell apart|fallen apart|expired|failed|"
    r"unravell?ed|"
    r"did not hold|didn't hold|failed to hold|never held|did not last|broke up|ended|lapsed|"
    r"(?:was|were) (?:repeatedly |soon |quickly )?(?:violated|broken|breached|abandoned|"
    r"cancelled|suspended|called off|not respected|ignored)|"
    r"held|was extended|breakdown|collapse))(?![\w])"
)
"""How an earlier attempt ended."""

WISHES = words(
    r"ask(?:s|ed|ing)? (?:all|both|the) (?:\w+ ){1,3}for (?:an?|the)",
    r"(?:an?|any) (?:[\w-]{2,14} ){0,2}(?:pause|truce|ceasefire|lull) would (?:let|allow|give|mean|"
    r"make|save|help|enable)",
    r"doubt(?:s|ed|ful)?|allegedly|supposedly",
    r"ask(?:s|ed|ing)? [^.;,]{3,60}? to (?:agree|accept|declare|announce|observe|halt|stop|cease|"
    r"suspend|extend|consider|allow|respect)",
    r"call(?:s|ed|ing)? (?:\w{1,14} ){0,3}for|calls? (?:up)?on|called (?:up)?on|urg(?:e|es|ed|"
    r"ing)|demand(?:s|ed|ing)?|appeal(?:s|ed|ing)? (?:\w{1,12} ){0,2}(?:for|to)|hop(?:e|es|ed|"
    r"ing)|talks (?:on|about|over|for|aimed)|negotiat(?:e|es|ed|ing|ions?)|discuss(?:es|ed|"
    r"ing|ions?)?|(?<!accepted a )(?<!accepted the )(?<!agreed to a )(?<!agreed to the "
    r")(?<!accept a )(?<!accept "
    r"the )(?<!accepts a )(?<!accepts the )(?<!answer to a )(?<!answer to the )(?<!answer to a un )"
    r"(?<!accepted a un )(?<!agreed to )(?<!agree to )(?<!approved )(?<!approved the "
    r")(?<!approved a )propos(?:e|es|ed|ing|als?)|consider(?:s|"
    r"ed|ing)?|possib(?:le|ility|ly)|"
    r"whether|want(?:s|ed)?|seek(?:s|ing)?|sought|push(?:es|ed|ing)? for|plead(?:s|ed)?|plea "
    r"for|resolution|ready (?:for|to)|prepared to|willing to|idea of|prospects?|chances?|"
    r"draft|drills?|rehearsal|in favou?r of|support(?:s|ed)? (?:an?|the idea|any)|(?<!at the )"
    r"request(?:s|ed|ing)?|ask(?:s|ed|ing)? for|debat(?:e|es|ed|ing)|vot(?:e|es|ed|ing)|stud(?:y|"
    r"ies|ied|ying) (?:the|a|an)|"
    r"weigh(?:s|ed|ing)|"
    r"put to (?:it|them|him|us) by|no date (?:has|had) been|needs? (?:an?|these|those|this)|no "
    r"sign|rumou?rs?|petition|"
    r"suggest(?:s|ed|ing)?|(?:if|once|when|unless|provided) (?:an?|any|it is|they are|both|"
    r"(?:the )?(?:ceasefire|truce|"
    r"fire|firing|shooting|shelling|fighting|security|conditions)|"
    r"the (?:other|two|opposition|rebels?|army|government))|(?:may|might|could)(?: not| also| "
    r"soon| then){0,2} (?:be (?:announced|introduced|extended|agreed|declared|opened)|begin|"
    r"start|take effect|come into|agree|announce|declare|open|follow|resume|last|happen|hold|"
    r"lead|pave)",
)
"""Words that make a pause wished for, weighed or talked about, but not announced."""

NO_PAUSE = words(
    rf"(?:no|not (?:an?|any)|never|neither|without|against|reject(?:s|ed|ing)? (?:an?|any|the "
    rf"idea of an?|calls for an?)|rul(?:e|es|ed|ing) out(?: an?| any| the)?|den(?:y|ies|ied|"
    rf"ying)[\w' ]{{0,40}}?|cancel(?:s|led|ed)?(?: an?| the| its| their)?|call(?:s|ed)? off(?: "
    rf"an?| the)?|scrap(?:s|ped)?(?: an?| the)?|withdr(?:e|a)ws?(?: from)?(?: an?| the)?|"
    rf"oppos(?:e|es|ed|ing)(?: an?| any| the)?|absence of an?|lack of an?) "
    rf"(?:(?:[\w-]{{2,14}}) ){{0,3}}(?:{PAUSE_NOUN}|{CORRIDOR_NOUN})|"
    rf"(?:{PAUSE_NOUN}|{CORRIDOR_NOUN}|talks|negotiations) (?:\w{{1,12}} ){{0,4}}"
    rf"(?:(?:will|would|is|was|were|are|has|have|"
    rf"had) not|cannot|won't|(?:has|have|had) (?:been )?(?:cancelled|canceled|called off|"
    rf"postponed|suspended|ruled out)|(?:was|were|is|are) (?:cancelled|canceled|called off|"
    rf"postponed|ruled out|not on the table))|"
    r"(?:declar|announc)\w* (?:an?|the) end (?:to|of)|declar\w* (?:[\w'-]{1,14} ){0,5}(?:over|"
    r"dead|finished|void)|"
    r"(?:will|would|shall|did|does|do) not (?:be )?(?:extend|renew|prolong|announc|declar|introduc)"
    r"\w{0,4} (?:an?|the|its|any|no)|"
    rf"end(?:s|ed|ing)? (?:the|its|their|a) (?:[\w-]{{2,14}} ){{0,2}}(?:{PAUSE_NOUN})|"
    r"fail(?:s|ed)? to (?:agree|reach|secure|produce|announce|declare)|(?:did|have|has|had|"
    r"could) not (?:yet )?(?:agree|agreed|reach|reached|announce|announced|declare|declared)|"
    r"(?:remains?|is|are|still) (?:still )?(?:under (?:negotiation|discussion|consideration)|being "
    r"(?:negotiated|discussed|considered))|no agreement|no deal|not (?:yet )?(?:been )?(?:agreed|"
    r"announced|declared|planned|reached)|no "
    r"plans? (?:for|to)|refus(?:e|es|ed) to (?:declare|announce|agree|order|accept)|"
    r"(?:none of (?:the |these |those )?[\w-]{2,14}(?: [\w-]{2,14}){0,3}|neither (?:side|party)|no "
    r"(?:side|party|one)|nobody) (?:has|have|had) (?:yet )?(?:agreed|announced|declared|called|"
    r"ordered)"
)
"""Words that say there is none."""

_TOLD = (
    r"(?:reports?|claims?|rumou?rs?|suggestions?|news|statements?|allegations?|talk|"
    r"announcements?|messages?|posts?|information|leaflets?|assertions?)"
)
_FALSE = (
    r"(?:false|untrue|fake|baseless|unfounded|incorrect|fabricated|not true|not correct|not "
    r"authentic|lies|a lie|a hoax|disinformation|without foundation|groundless|nonsense|denied)"
)
DENIES = words(
    rf"{_TOLD} (?:[^.;\n]{{0,200}} )?(?:is|are|was|were|as|be|being|been) (?:\w{{3,12}} ){{0,2}}"
    rf"{_FALSE}|den(?:y|ies|ied) (?:\w{{2,14}} ){{0,5}}what|false (?:this|these|the) {_TOLD}|"
    rf"(?:it is|it's|is|was) (?:\w{{3,12}} )?{_FALSE} that|false {_TOLD}|"
    rf"(?:den(?:y|ies|ied|ying)|refut\w+) (?:\w{{2,12}} ){{0,2}}{_TOLD}|"
    r"(?:dismiss|reject)\w* (?:\w{2,12} ){0,2}(?:reports?|claims?|rumou?rs?|allegations?)|"
    r""
    r"den(?:y|ies|ied|ying) (?:that|it|having|any|there|agreeing|announcing|plans)|"
    r"no such (?:[\w-]{2,14} ){0,2}\w+|"
    rf"{CORRIDOR_NOUN}(?:,? [\w-]{{2,18}}){{0,8}}?,?(?: and)? (?:did |was |were |has |have )?"
    r"(?:not|never) open(?:ed)?"
)
"""Words that call what their sentence tells untrue."""

DENIES_ALL = words(
    rf"(?:the|these|those|this|such|all) {_TOLD} (?:is|are|was|were) "
    rf"(?:\w{{3,12}} ){{0,2}}{_FALSE}|"
    rf"den(?:y|ies|ied|ying) (?:the|these|those|this|such) {_TOLD}|"
    r"no such (?:[\w-]{2,14} ){0,2}\w+|"
    rf"no (?:[\w-]{{2,14}} ){{0,2}}(?:{PAUSE_NOUN}|{CORRIDOR_NOUN}|agreement|deal) "
    r"(?:\w+ ){0,2}been (?:agreed|announced|reached|declared)"
)
"""Words that call untrue what was told before them."""

HAPPENS = words(
    r"left(?! (?:in|behind|inside|without|alone|to|open|out|trapped|stranded))|fled|escaped|"
    r"crossed|departed|went(?! into)|walked out|got out|came out|took place|(?:was|were) (?:held|"
    r"observed|evacuated|bused|bussed|led out|taken out|escorted|open)|ran from|worked|recorded|"
    r"registered"
)
"""Verbs that tell what people did in a pause, or what a pause did, and so are over."""

HUMANITARIAN = words(
    r"humanitarian|civilians?|aid|relief|evacuat(?:e|es|ed|ing|ion|ions)|wounded|sick|"
    r"casualties|food|medic(?:al|ine|ines)|residents|population|famil(?:y|ies)|safe passage|"
    r"polio|vaccinat(?:e|ion|ions|ing)"
)
"""Purposes that are humanitarian."""

CONFLICT = words(
    r"army|military|fighters|rebels|rebel|troops|forces|civilians|hostilities|shelling|"
    r"siege|besieged|evacuation|evacuate|humanitarian|wounded|armed|airstrikes|airstrike|"
    r"strikes|combat|bombardment|militants|aid|war|weapons|front|frontline|ceasefire|"
    r"artillery|bombing|insurgents|gunmen|militia|defence|defense|soldiers|fire|corridors|"
    r"corridor|residents|enclave|blockade|refugees|displaced|convoy|ministry|opposition|"
    r"separatists|clashes|fighting|violence|un|syria|ukraine|gaza|yemen|sudan"
)
HARD_CONFLICT = words(
    r"army|fighters|rebels|rebel|troops|forces|civilians|hostilities|shelling|siege|besieged|"
    r"evacuation|evacuate|humanitarian|wounded|armed|airstrikes|airstrike|bombardment|militants|"
    r"weapons|frontline|artillery|bombing|insurgents|gunmen|militia|soldiers|enclave|refugees|"
    r"displaced|convoy|separatists|clashes|military|hospital|commander|commanders|guns"
)
"""Words of war that sport and trade seldom borrow."""
STATES = words(
    r"runs?|lasts?|applies|holds?|is|are|be|may|can|must|should|open|opens|leave|leaves|closes|"
    r"go|goes|walk|"
    r"(?:undert(?:ook|akes|aken)|promis(?:ed|es)|agreed|pledg(?:ed|es)) to (?:let|allow|open|hold)"
)
"""Verbs of a sentence that states terms in the present."""
WAR = words(
    r"civilians?|fighters?|rebels?|army|military|armed|troops|shell(?:ing|s|ed)?|sieges?|"
    r"windows? of silence|"
    r"besieged|evacuat\w+|wounded|(?:air ?)?strikes|hostilities|weapons?|militants?|war|"
    r"regime of silence|green corridors?|combat|humanitarian|bomb\w*|soldiers?|militia|fighting|"
    r"insurgents?|gunmen|enclave|"
    r"refugees?|displaced|front ?line|artillery|guns|marines|battalions?|brigades?"
)
"""Words of which a text about a war holds at least one."""
IDLE = words(
    r"match|league|club|clubs|goal|goals|coach|striker|season|referee|fans|football|soccer|"
    r"midfielder|transfer|stadium|cup|team|teams|player|players|shares|investors|tariff|"
    r"tariffs|stocks|bonds|market|markets|traders|dollar|supermarket|prices|retailer|"
    r"earnings|shareholders|takeover|bid|bidder|lawsuit|patent|court|celebrity|singer|album|"
    r"tour|recipe|garden|neighbours|neighbour|netflix|film|series|novel|chess|tennis|"
    r"cricket|rugby|guitar|brand|brands|chairman|boardroom|subscribers|streaming|telecom|"
    r"operators|sports|carriers?|fares?|airlines?|trade|trading|yuan|economists?|economy|economies|"
    r"analysts?|"
    r"duties|duty|imports?|exports?|importers|exporters|consumers?|customers|sugar|milk|wheat "
    r"sellers|"
    r"wholesalers?|producers|industry|sector|billboards?|newsletter|profits?|margins|revenues?|"
    r"sales|"
    r"shillings|tenge|per cent|banks?|bourse|derby|final|whistle|stands|newspapers?|clubs?|"
    r"programmes?|"
    r"fireworks|spectators|supporters|ticket|tickets|advertis\w+|brands?|chess|festival"
)
IDLE_TRUCE = re.compile(
    r"(?<![\w-])(?:trade|tariff|price|legal|political|takeover|boardroom|transfer|patent|tax|"
    r"tariff-war|budget|family|"
    r"culture|dressing-room|dressing room|touchline|commercial|electoral|uneasy marital|"
    r"twitter|media|pricing|price-war|currency|"
    r"chip|tech|labou?r|strike|fare|fares|sugar|milk|media) (?:war )?(?:ceasefire|cease-fire|"
    r"truce|pause|peace)"
    r"|(?:ceasefire|truce|pause) (?:on|in) (?:the |a |an |its |their )?"
    r"(?:tariffs?|trade|rate|rates|hiring|price|prices|football|rivalry|bidding|ratings)"
    r"|christmas truce of"
)

ARMED = (
    r"(?:(?:members of (?:the )?(?:illegal )?)?armed (?:groups?|men|people|persons|fighters|"
    r"opposition|rebels|militants|factions|"
    r"formations|units|insurgents)"
    r"|(?:opposition|rebel|enemy|militant|insurgent|anti-government|foreign|islamist|"
    r"surrounded) (?:fighters?|forces|groups?|gunmen|factions|units|troops)"
    r"|fighters?|rebels?|militants?|gunmen|insurgents?|combatants?|militiamen|soldiers|"
    r"servicemen|troops"
    r"|(?:encircled|surrounded|trapped|besieged|blocked) (?:[\w'-]+ ){0,3}?(?:units|troops|forces|"
    r"soldiers|servicemen|detachments)"
    r"|terrorists?|garrison|defenders|those (?:with|carrying|bearing) (?:weapons|arms)|people "
    r"(?:with|carrying|bearing) (?:weapons|arms))"
)
CIVILIANS = (
    r"(?:(?:unarmed |ordinary |trapped |besieged )?civilians"
    r"|unarmed (?:people|residents|persons|population)|residents|inhabitants|(?:the "
    r")?(?:civilian |local |peaceful )?population"
    r"|families|women(?:, children)?(?: and (?:children|the elderly))?|(?:the )?(?:sick|"
    r"wounded|ill|elderly)(?:,? and (?:the )?(?:wounded|sick|injured))?"
    r"|non-combatants|refugees|people)"
)

VIOLENCE = words(
    r"killed|raged|struck|shelled|fired|bombed|clashed|clashes (?:erupted|broke|raged)|died|"
    r"attacked|injured|exploded|erupted|fell on|landed|hit"
)

NOT_TERMS = words(
    r"(?:await|(?<!buses )(?<!buses will )wait)(?:s|ed|ing)? for|awaited|ultimatum|curfew|"
    r"briefing|press conference|news "
    r"conference|conference|kick-?off|matche?s?|meeting|"
    r"ceremony|polling|polls?|markets?|shops?|talks|session|interview|prayers?|office hours|"
    r"broadcast|hotline|electricity|power cuts?|vot(?:e|ing)|rally|stations?|offices?|calls|"
    r"schools?|banks?|admission|exhibitions?|museums?|concerts?|lessons?|universit(?:y|ies)"
)
"""Things that have hours of their own."""
