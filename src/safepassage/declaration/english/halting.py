"""Hold the English ways to say that fire stops, or that a way out opens, without naming either.

Closed classes stand behind each: what fires, what makes it stop, what may be passed along.
"""

from __future__ import annotations

import re

from safepassage.declaration.english.words import words

__all__ = [
    "AGREED_LEAVING",
    "EVACUATES",
    "FIRE",
    "OPENS_ROAD",
    "PERMITS",
    "REFRAINS",
    "SUSPENDS",
    "TIMED",
]

_OF_ARMS = (
    r"(?:military|combat|offensive|ground|air|artillery|rocket|missile|drone|mortar|aerial|active|"
    r"hostile|armed|enemy|cross-border|sniper|tank|naval|all|any|further)"
)
FIRE = (
    rf"(?:(?:{_OF_ARMS} ){{0,2}}(?:air ?strikes?|strikes|bombings?|bombardments?|shelling|"
    r"(?<!under )fire|firing|gunfire|shooting|hostilities|operations?|operational activity|"
    r"activity|activities|attacks?|fighting|combat|clashes|raids?|flights|sorties|offensives?|"
    r"assaults?|hostile (?:acts|actions)|actions?(?<=offensive action)|"
    r"actions?(?<=offensive actions)|actions?(?<=military actions)|actions?(?<=combat actions)))"
)
"""What is fired or done in a war, as a noun."""
_GUNS = rf"(?:guns|weapons|arms|artillery|cannons?|mortars|batteries|snipers|{FIRE})"
_NOT = (
    r"(?<!not )(?<!n't )(?<!never )(?<!refused to )(?<!refuses to )(?<!refuse to )(?<!failed to )"
    r"(?<!unable to )(?<!no one )(?<!nobody )"
)
_STOP = (
    r"(?:suspend(?:s|ed|ing)?|halt(?:s|ed|ing)?|stop(?:s|ped|ping)?|ceas(?:e|es|ed|ing)|"
    r"paus(?:es|ed|ing|e(?! (?:in|of|for|from)\b))|fr(?:eeze|eezes|oze|ozen|eezing)|"
    r"hold(?:s|ing)?(?= (?:\w+ )?(?:fire|strikes|firing|back))|silenc(?:e|es|ed|ing)|"
    r"cessation of|(?:refrain|abstain|desist)(?:s|ed|ing)? from)"
)
_BETWEEN = (
    r"(?: (?!(?:to|so|for|because|when|if|at|until|from|after|before|and|but|that|who|which|by|"
    r"in|as)\b)[\w'-]{1,16}){0,5}?"
)
_SHALL = r"(?:will|would|shall|must|should|is to|are to|has to|have to|was to|were to|is due to)"
SUSPENDS = re.compile(
    rf"(?<![\w-]){_NOT}(?:"
    rf"{_STOP}{_BETWEEN} (?P<what>{FIRE}|guns|flying(?= missions| sorties))"
    rf"|(?:all |the |any |our |its |their )?{_GUNS}(?: (?!(?:which|who|that|but|and|if)\b)"
    rf"[\w'-]{{1,16}}){{0,5}}? "
    rf"(?:(?<=guns )(?:stop|cease)|{_SHALL} (?:\w+ ){{0,2}}?(?:stop|cease|halt|pause|end|"
    r"fall silent|(?:be|stay|go|remain) (?:silent|still|quiet)|not fire|be fired|"
    r"be (?:\w+ )?(?:stopped|ceased|halted|paused|ended|suspended|frozen))"
    r"|stops|ceases|halts|pauses|falls? silent|is silent|are silent|(?:is|are) (?:now )?(?:being )?"
    r"(?:suspended|halted|stopped|paused))"
    r"|there (?:will|shall|is to|are to) be no (?:shooting|shelling|firing|fire|fighting|strikes|"
    r"bombing|attacks|(?:military |combat )?operations)"
    r"|no (?:further |military |combat |offensive |air ){0,2}(?:operations?|attacks?|strikes?|"
    r"bombing|shelling|raids?|fire|shots?) (?:will|shall|would|are to|is to) (?:be|take place)"
    r"|(?:nobody|no (?:soldier|gun|shot|shell|side|one|unit|fighter)s?)(?: of ours|"
    r" on either side)? (?:will|"
    r"shall|is to|may|are to|would) (?:fire|shoot|shell|strike|attack|bomb|be fired|open fire)"
    r"|(?:will|shall|would|to|we|not) (?:not )?(?:hold (?:our|its|their) fire|"
    r"open fire(?<=not open fire))"
    r"|(?:silence|quiet|calm) (?:is|are|will be|shall be) (?:kept|observed|held)"
    r"|take no (?:offensive|hostile|military) (?:action|operations?|steps?))(?![\w])"
)
"""A pause in the fighting, as a verb."""

_DEFENCE = (
    r"(?:limit|confine|restrict)(?:s|ed|ing)? (?:themselves|itself|their \w+|its \w+) to "
    r"(?:\w+ ){0,4}?(?:defen\w+|self-defen\w+)|"
    r"only (?:\w+ )?defensive (?:operations|actions?|measures)|"
    r"(?:start|launch|begin|carry out|conduct|make|open|fly) no (?:new |further )?(?:attacks?|"
    r"offensives?|"
    r"assaults?|strikes|operations?)"
)
REFRAINS = words(
    _DEFENCE,
    r"(?:(?:will|shall|would|do|does|must|may|to|ordered|orders|are|is|am) not|(?:won|don|doesn|"
    r"shan|mustn|wouldn)'t|nobody (?:will|may)|without) (?:be )?(?:\w+ )?"
    r"(?:fir(?:e|ed|ing)|shoot|shooting|shell(?:ed|ing)?|bomb(?:ed|ing)?|strike|attack(?:ed|ing)?|"
    r"shot at|fired (?:on|upon|at)|fly (?:strikes|missions|sorties)|conduct (?:any |air )?strikes|"
    r"carry out (?:any |air )?(?:strikes|attacks)|launch (?:any |air )?(?:strikes|attacks))",
)
"""Words that forswear fire; with hours or days beside them they name a pause."""
TIMED = words(
    r"\d{1,2}[:.]\d\d|noon|midnight|midday|hours?|hrs|o'clock|\d{1,2} ?[ap]\.?m|today|tomorrow|"
    r"tonight|\w{3,6}day|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|during|until|days?|\d{4}h?"
)

_ROAD = (
    r"(?:roads?|routes?|crossings?|streets?|highways?|bridges?|checkpoints?|gates?|exits?|"
    r"ways? out|tracks?|tunnels?|passages?)"
)
_WHOM = (
    r"(?:(?:all |any |the |unarmed |ordinary |foot |private |civilian )?(?:civilians?|residents|"
    r"people|families|inhabitants|population|women|evacu\w+|traffic|those who|anyone|everyone|"
    r"everybody|humanitarian \w+|aid|ambulances|refugees|wounded|townspeople|citizens|passengers|"
    r"pedestrians|travell?ers|cars|vehicles|buses|displaced)|you|your famil\w+)"
)
_HOURS = r"(?:from|between|daily|every day|each day|every|until|till|at|tomorrow|today|on|this)"
OPENS_ROAD = re.compile(
    rf"(?<![\w-])(?:(?:(?:open|keep|kept|opened|opening|opens|keeping|clear|cleared)"
    rf"(?: [\w'-]{{1,16}}){{0,6}}? {_ROAD}(?: [\w'-]{{1,16}}){{0,5}}?"
    rf"|{_ROAD}(?: [\w'-]{{1,16}}){{0,8}}? (?:open|opened|opens)"
    rf"|{_ROAD} out of (?:the )?[\w'-]{{2,20}}(?: [\w'-]{{1,16}}){{0,4}}? (?:open|opened|opens))"
    rf"(?: [\w'-]{{1,16}}){{0,3}}? (?:to|for|so that) {_WHOM}"
    rf"|(?:the )?(?:exit|way out|road|crossing|passage)s?(?: [\w'-]{{1,16}}){{0,3}}? (?:is|are|"
    rf"will be|remains?|stays?|be) (?:also )?open(?:ed)?(?:,? (?!to\b)[\w'-]{{1,12}}){{0,5}}?,? "
    rf"{_HOURS}"
    rf"|{_ROAD},?(?: [\w',-]{{1,16}}){{0,9}}? (?:re)?(?:opens?|(?:will|shall|to|would|be|are|is|"
    rf"was|were) "
    rf"(?:be )?(?:re)?open(?:ed)?) (?:(?:{_HOURS} )?{_HOURS} (?:the )?(?:\d\w*|noon|\w{{3,6}}day|"
    rf"today|tomorrow|"
    rf"\w{{3,6}} in the)|"
    rf"(?:to|for) {_WHOM})"
    rf"|(?:\w+ )?{_ROAD} (?:out |to \w+ )?(?:have been|has been|are|is|will be) (?:secured|cleared|"
    rf"set aside|designated|opened))(?![\w])"
)
"""A way out that is opened, without the word corridor."""

_DEAL = r"(?:agreement|deal|accord|settlement)"
_LEAVERS = (
    r"(?:fighters|rebels|militants|gunmen|insurgents|families|civilians|residents|people|garrison|"
    r"combatants|soldiers|troops|wounded|inhabitants|population|opposition|defenders)"
)
_LEAVE = (
    r"(?:leav(?:e|es|ing)|depart\w{0,4}|evacuat\w{1,4}|withdraw\w{0,4}|quit|move out|"
    r"be (?:\w+ )?(?:evacuated|bussed|bused|taken|transferred|moved))"
)
_ANY = r"(?: [\w',-]{1,18})"
AGREED_LEAVING = re.compile(
    rf"(?<![\w-])(?:under|by|in line with|according to|as part of|following|after) (?:an?|the|"
    rf"this) "
    rf"(?:[\w-]{{2,16}} ){{0,2}}{_DEAL}(?![\w])"
    r"(?=[^.;]{0,220}(?<![\w-])(?:will|are to|is to|begin|began|start|started|may|must|have to) "
    r"(?:\w+ ){0,2}?(?:leav|depart|evacuat|be evacuated|withdraw|go to|be taken|"
    r"move)\w{0,3}(?![\w]))"
    r"|(?<![\w-])(?:first|next|second|new|last) (?:batch|group|convoy|wave)(?: of [\w' -]{3,50}?)? "
    r"(?:(?:will|is to|is due to) (?:leave|set out|depart|go)|leaves|sets out|departs)(?![\w])"
    rf"|(?<![\w-]){_LEAVERS}(?![\w]){_ANY}{{0,14}}? (?:will|are to|may|begin|are due to)"
    rf"(?: begin| be able to| start)? {_LEAVE}(?![\w])(?=[^.;]{{0,200}}(?<![\w-])(?:under|by|"
    rf"as part "
    rf"of|in line with) (?:an?|the) (?:\w+ ){{0,2}}{_DEAL}(?![\w]))"
    rf"|(?<![\w-]){_LEAVERS}(?![\w]),?{_ANY}{{0,14}}? (?:have |has )?(?:agree|consent)(?:d|s|"
    rf"ed)? to "
    rf"(?:{_LEAVE}|(?:go|move) to)(?![\w])(?! (?:the )?(?:talks|table|negotiat|meeting|government|"
    rf"coalition|conference))"
    rf"|(?<![\w-]){_DEAL}(?![\w])(?:{_ANY}{{0,6}}?,?) (?:provid\w+|stipulat\w+|foresees|envisages|"
    rf"allow\w*|under which|by which|on|for|calls|lets|says|states|covers)(?: (?!(?:talks|not)\b)"
    rf"[\w'-]{{1,16}}){{0,5}}? (?:(?:exit|departure|evacuation|leaving|withdrawal|removal|"
    rf"transfer) of"
    rf"{_ANY}{{0,5}}? {_LEAVERS}|{_LEAVERS}{_ANY}{{0,6}}? (?:to|will|may|are to|must) "
    rf"(?:be able to )?{_LEAVE})(?![\w])"
)
"""People who leave under an agreement, which is a local one."""
PERMITS = words(
    rf"(?:it|this|that|which) is (?:now )?the only (?:{_ROAD}|way)(?: out)?",
    r"(?:be |are |is )(?:let|allowed|permitted|waved) (?:through|out|across|past)",
    r"(?:allow(?:s|ed|ing)?|permit(?:s|ted)?|lets?|may|can|(?:is|are|be) (?:free|able|allowed) to|"
    r"safe) (?:you |them |residents |civilians |people |families |to |the |safe |for |your ){0,4}"
    r"(?:mov(?:e|ing|ement)|travel(?:ling)?|pass|passage|cross(?:ing)?|evacuat(?:e|ion)|drive|walk)"
    r"(?: [\w'-]{1,16}){0,10}? (?:road|street|route|crossing|bridge|south|north|east|west|highway|"
    r"checkpoint|gate|passage)",
    rf"(?:will|shall|would|to|pledg\w+ to|promis\w+ to) (?:\w+ )?(?:allow|let|permit)"
    rf"(?: (?:through|out))? {_WHOM}(?: (?!(?:and|but|not)\b)[\w'-]{{1,16}}){{0,8}}? (?:to |with )?"
    r"(?:leav(?:e|ing)|exit|depart|get out|go out|out|through|from besieged)",
    rf"(?:may|can|will be able to) (?:leave|exit|get out|go out|walk out|drive out)"
    rf"(?: [\w'-]{{1,16}}){{0,10}}? (?:by|through|along|via|over|"
    rf"across)(?: [\w'-]{{1,16}}){{0,5}}? {_ROAD}",
)
"""People who are let along a way; with hours beside them they name a corridor."""
EVACUATES = words(
    r"(?:today|tomorrow|we|will)[^.;]{0,24}? evacuate (?:people|civilians|residents|families|women)"
    r"(?= from)",
    r"(?<!order )(?<!orders )(?<!forced )(?<!mandatory )(?<!ordered )evacuations?"
    r"(?: (?:of|for|from) (?!(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b)"
    r"[\w',-]{2,16}(?: [\w',-]{1,16}){0,8}?)? "
    r"(?:will (?:be (?:held|carried out|conducted|organi[sz]ed)|begin|start|take place|continue|"
    r"run|resume)|begins|starts|resumes|is (?:scheduled|planned|due|set) |takes place|is to "
    r"(?:begin|start)|"
    r"(?:to begin|to start|starting|beginning) (?:at|from|on))",
)
"""People who are let out at hours that are told."""
