"""Hold how English text tells that a party agreed, refused, was not asked or keeps silent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words

if TYPE_CHECKING:
    from safepassage.declaration.model import ConsentStatus

__all__ = ["ACTIVE", "ANSWERS", "JOINT_FROM", "LABELLED", "PASSIVE"]

_HAVE = (
    r"(?:(?:decided to|chose to|opted to|resolved to|voted to|"
    r"has|have|had|also|already|both|each|now|then|since|meanwhile|today|yesterday|tonight|"
    r"on \w+day|late on \w+day|on \d{1,2} \w+|jointly|formally|finally|officially|separately|"
    r"reportedly|immediately|earlier|later|all|promptly|quickly|swiftly|publicly|flatly|likewise|"
    r"categorically|provisionally|reluctantly|grudgingly|twice|again|in writing|in a letter|"
    r"in an? \w+ statement|this (?:morning|evening|afternoon)|(?:an?|two|three|some|several) "
    r"(?:hours?|days?) later|\([^)]{2,20}\)|in turn|for (?:their|its|his) part|in the end|at first|"
    r"at last|as well|too|welcom(?:ed|es) (?:\w+ ){1,4}and|,) ?){0,4}"
)
_TERMS = (
    rf"(?:{words.PAUSE_NOUN}|{words.CORRIDOR_NOUN}|it|them|plan|proposal|offer|terms|initiative"
    rf"|deal|agreement|halt|stop|text|document|accord|scheme|hold|cease|fire|guns|move|step|"
    r"suspend|open|allow|let|evacuation|extension|routes?|roads?|announcement|evacuate|passage|"
    r"withdraw\w*|arrangement|idea|convoys?|"
    r"measure|hours|respect|observe|surrender|demand|call|appeal|date|dates|times|request|"
    r"conditions?|invitation|lull|calm|ultimatum|pauses|understanding|roadmap|protocol|formula|"
    r"compromise|timetable|schedule|order|silence|peace|weapons|arms|crossings?|exit)"
)
_AHEAD = rf"(?=[^.;]{{0,90}}\b(?:{_TERMS}s?|not to)\b)"
_WHEN_SAID = (
    r"(?: (?:on \w+day|(?:on|in|through) (?:its|their|his|an?|the) (?:[\w-]{2,12} ?){1,3}|"
    r"late(?:r)?|in turn|separately|earlier|overnight|today|tonight|yesterday|in (?:an? )?\w+|"
    r"at once|also|by letter|in a letter|"
    r"(?:the )?\w+ (?:hours?|days?) later|this \w+)){0,3}"
)
_SAID = (
    r"(?:(?:said|says|say|announced|announces|stated|declared|confirmed|confirms|added|wrote|"
    rf"let it be known|told (?:\w+ ){{1,5}}?){_WHEN_SAID},?(?:(?: that)? (?:it|they|he|she|"
    r"(?:(?:the|its|their) )?(?:movement|group|party|side|organi[sz]ation))|"
    r" that)(?: (?:had|have|has|would|will))?(?: (?:also|now|both|too))? )?"
)
_OWN = (
    r"(?:its|their|his|her|an?|the|full|formal|written|official|oral|verbal|final|prior|in "
    r"principle)"
)
_GO_AHEAD = (
    r"(?:consent|approval|agreement|assent|blessing|backing|support|green light|go-ahead|nod|"
    r"signatures?|word|assurances?|pledges?|promise|commitment)"
)
_COMMENT = (
    r"(?:comment(?:ed)?|respond(?:ed)?|repl(?:y|ied)|answer(?:ed)?|react(?:ed)?|said|say|spoken|"
    r"made (?:any|a|its|their) \w+|taken (?:a|any) position|be drawn)"
)
_UNANSWERED = (
    r"(?:word|answer|reply|response|comment|reaction|statement|confirmation|news|sign of \w+)"
)

ACTIVE: tuple[tuple[ConsentStatus, re.Pattern[str]], ...] = (
    ("not asked", re.compile(
        r"[ ,]{1,2}(?:said (?:it|they) )?(?:(?:was|were|had|has|have) (?:not|never) (?:been )?"
        r"(?:consulted|asked|informed|involved|approached|notified|invited|contacted|sounded out|"
        r"brought in)|(?:was|were|has been|have been) (?:left out|kept out|kept in the dark|"
        r"bypassed|sidelined|excluded from the)|(?:(?:has|have|had) no (?:part|say) in|"
        r"kn(?:ew|ows?) nothing (?:of|about)|"
        r"(?:heard|learn(?:ed|t)) (?:of|about) (?:it|the \w+|this) (?:only )?(?:from|through|on|"
        r"in)))")),
    ("silent", re.compile(
        rf"[ ,]{{1,2}}(?:(?:has|have|had) (?:so far )?(?:(?:not|never)(?: yet| so far)? "
        rf"(?:publicly |"
        rf"officially |formally )?{_COMMENT}"
        rf"|yet to {_COMMENT}|made no (?:comment|statement)|(?:had |given |sent |offered )?no "
        rf"(?:immediate |official |public )?{_UNANSWERED}|(?:remained|been|kept|stayed) "
        r"(?:silent|quiet|mum))"
        rf"|(?:could not (?:immediately |at once )?be (?:reached|contacted)|"
        rf"(?:would|will) not (?:say|comment|be drawn))"
        rf"|(?:(?:has|have|had) )?(?:said nothing|nothing to say)|did not (?:immediately |at "
        rf"once )?{_COMMENT}|(?:declined|refused) to {_COMMENT}|made "
        rf"no (?:immediate )?(?:comment|statement)|(?:remain|stay|keep|kept|stayed)(?:ed|s)? "
        rf"(?:silent|quiet)|(?:gave|sent|offered|gives) no (?:\w+ )?{_UNANSWERED}|(?:is|are|was|"
        rf"were) (?:still )?silent|(?:there|so far) (?:is|was|has been|came|comes) (?:as yet |"
        rf"still |"
        rf"so far )?no {_UNANSWERED}|no {_UNANSWERED} (?:has |had |was |)(?:come|came|been "
        rf"received|received|yet|so far)|(?:is|are) yet to {_COMMENT})(?![\w])")),
    ("rejected", re.compile(
        rf"[ ,]{{1,2}}{_HAVE}{_SAID}(?:reject(?:ed|s)?|"
        rf"refus(?:ed|es|e)|dismiss(?:ed|es)|turn(?:ed|s)? down|rul(?:ed|es) out|denounc(?:ed|"
        rf"es)|declin(?:ed|es)|spurn(?:ed|s)|oppos(?:ed|es)|sa(?:id|ys) no to|thr(?:ew|ows) out|"
        rf"scorn(?:ed|s)|rebuff(?:ed|s)|brush(?:ed|es) (?:aside|off)|shrug(?:ged|s) off|veto(?:ed|"
        rf"es)|"
        rf"balk(?:ed|s) at|walk(?:ed|s) away from|pull(?:ed|s) out of|(?:want|have|has)s? no part "
        rf"(?:in|of)|(?:see|sees|saw) no (?:reason|point)){_AHEAD}")),
    ("rejected", re.compile(
        rf"[ ,]{{1,2}}{_HAVE}(?:turn(?:ed|s)? (?:the|this|that|it|any|their|his) (?:\w+ "
        rf"){{0,3}}down"
        rf"|(?:call|brand|describ|label|denounc|dismiss)(?:ed|s|es)? (?:it|(?:the|this|that) "
        rf"[\w ]{{2,30}}?) "
        rf"(?:as )?(?:an? )?(?:\w+ )?(?:trick|ruse|ploy|trap|sham|stunt|farce|fraud)|vow(?:ed|s) "
        rf"to "
        rf"(?:fight on|keep fighting|continue the fight|go on fighting)"
        rf"|(?:will|would|shall) (?:fight on|keep fighting|go on fighting)"
        rf"|withh(?:eld|olds) (?:its|their) (?:consent|agreement|approval|signature))(?![\w])")),
    ("rejected", re.compile(
        r"[ ,]{1,2}(?:(?:said|says|stated|announced|declared)(?: that)? (?:it|they|fighters|its "
        r"fighters|their fighters) "
        r")?(?:(?:(?:do|does|did) not|didn't) (?=accept|take part|sign|join|recogni|participate|"
        r"agree|"
        r"consent)|(?:(?:will|would|could|can|shall) not|won't|cannot|can't) )"
        r"(?:be bound|feel bound|go along|accept|take part|observe|respect|hold to|sign|join|"
        r"recogni[sz]e|abide|comply|honou?r|participate|agree|consent|stop (?:fighting|"
        r"shooting))")),
    ("rejected", re.compile(
        rf"[ ,]{{1,2}}{_HAVE}(?:(?:call|brand|describ|label)(?:ed|s|es)? (?:it|(?:the|this|that|"
        rf"such) "
        rf"[\w ]{{2,30}}?) (?:as )?(?:an? )?(?:cynical|absurd|immoral|unacceptable|a lie|"
        rf"propaganda|not acceptable|meaningless|blackmail|provocation|deception)"
        rf"|(?:said|says|announced|stated|declared){_WHEN_SAID}(?: that)? (?:the|this|that|such|it|"
        rf"they|these)(?: [\w-]{{2,16}}){{0,3}} (?:is|are|was|were|would be) (?:not acceptable|"
        rf"unacceptable|out of the question|rejected)|(?:will|would|shall|do|did|"
        rf"does) not (?:accept|"
        rf"agree to|stop|take part in|observe|recogni[sz]e){_AHEAD}|rul(?:ed|es) (?:it|that) out|"
        rf"(?:will|would) (?:continue|go on|carry on|keep on) (?:fighting|the fight|attacking|its "
        rf"attacks|their attacks|with the offensive))(?![\w])")),
    ("rejected", re.compile(
        rf"[ ,]{{1,2}}{_HAVE}(?:said )?(?:reject(?:ed|s)?|refused(?: to)?|declined|said no)"
        rf"(?: (?:too|again|as well))?(?= ?[.;]|,| (?:on|at) |"
        rf"$)")),
    ("approved", re.compile(
        rf"[ ,]{{1,2}}{_HAVE}{_SAID}(?:approv(?:ed|es|e)|"
        rf"accept(?:ed|s)?|endors(?:ed|es|e)|agree(?:d|s)?(?: (?:in principle|to|on|upon|"
        rf"with))?|consent(?:ed|s)(?: to)?|assent(?:ed|s) to|acced(?:ed|es) to|concur(?:red|s)|"
        rf"(?:gave|given|gives|give|giving|lent|sent|issued) (?:{_OWN} ){{0,3}}{_GO_AHEAD}(?: "
        rf"(?:to|for|that))?|"
        rf"confirm(?:ed|s)? (?:its|their|his) (?:agreement|participation|commitment|readiness|"
        rf"consent|acceptance|support)|back(?:ed|s)|support(?:ed|s)|(?<=both )support|"
        rf"ratif(?:ied|ies)|"
        rf"(?:express(?:ed|es)|voic(?:ed|es)|announc(?:ed|es)|declar(?:ed|es)|affirm(?:ed|s)|"
    rf"confirm(?:ed|s)) (?:its|their|his)? ?(?:full |strong |firm )?(?:support|backing|commitment|"
    rf"approval|agreement|consent|acceptance|readiness)(?: (?:for|of|to))?|"
    rf"(?:g[ai]ve|given|gives?) (?:an? )?(?:positive|affirmative|favourable) (?:answer|reply|"
    rf"response)(?: to)?|(?:repl|respond)(?:ied|ed) (?:positively|favourably|in the affirmative)"
    rf"(?: to)?|embrac(?:ed|es)|(?:is|are|was|were) (?:ready|prepared|willing) to (?:accept|"
    rf"observe|respect|honour|join|cooperate with|cooperate)|"
    rf"sa(?:id|ys) yes to|(?:go|goes|went|gone|going) along with|subscrib(?:ed|es) to|"
        rf"(?:come|came|comes) out (?:in (?:support|favou?r) of|for)|(?:thr(?:ew|own|ows)) "
        rf"(?:its|their) weight behind|(?:is|are|was|were) (?:in favou?r of|on board with|in "
        rf"agreement)|"
        rf"commit(?:ted|s)?(?: (?:itself|themselves|himself))? to|"
        rf"(?:put|set|affix(?:ed)?|add(?:ed)?) (?:its|their|his|her) (?:names?|signatures?|hand) "
        rf"to|"
        rf"sign(?:ed|s)(?: up to| off on| on to)?|(?:pledg(?:ed|es)|promis(?:ed|es)|"
        rf"vow(?:ed|s)|undert(?:ook|akes|aken)|agreed|swor(?:e|n)) (?:that (?:it|they) would |to |"
        rf"not to )"
        rf"(?:respect|observe|honou?r|abide by|hold|stop|cease|halt|suspend|keep|let|open|fire|"
        rf"comply with|stick to|shell|shoot|attack)|"
        rf"(?:adher(?:ed|es)|stick|sticks|stuck|kept) (?:to|with)){_AHEAD}")),
    ("approved", re.compile(
        rf"[ ,]{{1,2}}{_HAVE}{_SAID}(?:gave|give|gives|given|grant(?:ed|s)?|sent|conveyed) "
        rf"(?:(?:the|this) (?!full|written|formal)\w+ |it )?"
        rf"(?:(?:its|their|his|her|the|full|written|formal|final|prior|joint) )*{_GO_AHEAD}"
        rf"(?! that)(?![\w])"
        rf"|(?:'s|') (?:\w+ )?(?:consent|approval|agreement|acceptance|assent) "
        rf"(?:was|is|has been|had been) (?:obtained|received|secured|given|granted)(?![\w])"
        rf"|[ ,]{{1,2}}{_HAVE}{_SAID}(?:(?:is|are|was|were) on board|agrees|accepts|consents|"
        rf"agree|accept|agreed|accepted|consented|agreed to)"
        rf"(?: (?:in full|fully|in principle|in writing|"
        rf"unconditionally|without (?:\w+ )?conditions|completely|entirely|wholly))?(?= ?[.;,]|$)"
        )),
    ("approved", re.compile(
        rf"[ ,]{{1,2}}{_HAVE}{_SAID}(?:agreed|accepted|approved|consented|signed|said yes|"
        rf"(?:announced|declared|confirmed|expressed|affirmed) (?:its|their) (?:full |total |"
        rf"complete )?"
        rf"commitment|confirmed "
        rf"(?:it|(?:its|their|his) (?:consent|approval|agreement|acceptance|signature))|gave|given "
        rf"(?:its|their|his) (?:consent|approval|agreement|assent|word))"
        rf"(?: (?:first|too|as well|also|likewise|in (?:a letter|writing)|in (?:the )?\w+|at once|"
        rf"(?:an?|two|three|\w+) "
        rf"(?:hours?|days?) (?:later|earlier)|on \w+day))?"
        rf"(?= ?[.;)]|,| and (?:the|its|their|both|so)\b| while\b| whereas\b|"
        rf" (?:and|but) [^.,;]{{3,40}}? (?:has|have|had|did|rejected|refused|said|will|would)\b|"
        rf"$)")),
    ("approved", re.compile(
        rf"[ ,]{{1,2}}(?:{_HAVE})(?:(?:said|says|stated|announced|declared|confirmed|promised|"
        rf"pledged)"
        rf"(?: that)? (?:it|they|its \w+|their \w+|(?:the )?(?:group|movement)) )?(?:will|would|"
        rf"shall|is to|are to|is ready to|"
        rf"are ready to|has promised to|have promised to|to) (?:also |both |likewise |in turn |"
        rf"fully )?"
        rf"(?:(?:respect|observe|honou?r|abide by|comply with|"
        rf"adhere to|uphold|join|hold to|stick to|keep to){_AHEAD}|reciprocate|do the same|do "
        rf"likewise|follow suit|go along)(?![\w])")),
    ("approved", re.compile(
        rf"[ ,]{{1,2}}{_HAVE}(?:said|says|announced|stated|declared|confirmed|promised|pledged|"
        rf"vowed|assured (?:\w+ ){{1,3}}?|wrote|warned){_WHEN_SAID},?(?: that)?(?: (?:in|during|"
        rf"for) "
        rf"(?:these|those|this|that) (?:\w+ )?(?:hours?|time|period|days?))? (?:(?:it|they|he|its|"
        rf"the (?:group|movement|faction|organi[sz]ation|side)|their|his) "
        rf"(?:(?!not\b)\w+ ){{0,2}}?(?:will|would) (?:also |too |in turn |likewise |not (?=fire|"
        rf"shoot|"
        rf"shell|attack|launch|open)){{0,2}}(?:stop|halt|cease|suspend|hold|pause|silence|open|let|"
        rf"allow|lay down|respect|observe|fire|shoot|shell|attack|launch|withhold|refrain from|"
        rf"keep (?:quiet|calm|silent))(?:(?! (?:unless|until|only))[^.;]){{0,60}}"
        rf"|no (?:\w+ )?(?:rockets?|shells?|shots?|missiles?|attacks?|fire) (?:will|would) be "
        rf"(?:fired|launched|opened|carried out|made))(?![\w])")),
    ("approved", re.compile(
        rf"[ ,]{{1,2}}{_HAVE}(?:said|told [^.;,]{{2,60}}?|announced|declared|confirmed)(?: that)? "
        r"(?:it|they|he|she|the (?:group|movement|side)),? (?:(?:too|also|likewise),? )?"
        r"(?:has|have|had) (?:now |also |likewise )?(?:ordered|instructed|told|commanded) "
        r"(?:its|their|his|her|the|all) (?:\w+ )?(?:army|troops|forces|fighters|men|units|"
        r"soldiers) "
        r"(?:to )?(?:observe|respect|hold|stop|cease|halt)(?![\w])"
        rf"|[ ,]{{1,2}}{_HAVE}(?:gave|issued|handed (?:down|over)) (?:[\w']{{2,16}} "
        rf"){{0,4}}?(?:the same|a "
        r"similar|such an|a like) order(?![\w])"
        r"|[ ,]{1,2}(?:has |have |had )?confirmed (?:it|them|this|the \w+) (?:in writing|by "
        r"letter|in a "
        r"letter)(?![\w])"
        r"|[ ,]{1,2}(?:said (?:that )?)?(?:(?:it|they) )?(?:with|to) (?:\w+ ){1,4}(?:agree[ds]?|"
        r"consent(?:ed|s)?)(?= ?[.,;]| and (?:will|would|to|\w+ (?:people|them|it))\b|$)"
        r"|[ ,]{1,2}(?:has |have |had )?(?:informed|notified|told) [^.;,]{2,40}? (?:of )?(?:its |"
        r"their )?"
        r"(?:approval|acceptance|agreement|consent)(?![\w])"
        r"|[ ,]{1,2}(?:has |have |had )?(?:confirmed|announced|expressed|affirmed)(?: in "
        r"[\w'-]{2,16})? "
        r"(?:of )?(?:its |their )?(?:approval|acceptance|consent)(?: (?:of|to|on|for))?(?![\w])"
        rf"|[ ,]{{1,2}}{_HAVE}(?:order(?:ed|s)|instruct(?:ed|s)|told|commanded) (?:(?:its|their|"
        rf"his|the|all|government) )*(?:army|troops|forces|fighters|men|units|soldiers|military) "
        rf"(?:also|likewise|too) (?:to )?(?:observe|respect|hold|stop|cease|halt)"
        rf"(?![\w])"
        rf"|[ ,]{{1,2}}{_HAVE}{_SAID}(?:confirmed that )?(?:its|their|the) (?:troops|forces|units|"
        rf"fighters) (?:had |have )?(?:been )?(?:received|given|got) (?:the |such )?(?:orders?|"
        rf"instructions)")),
    ("approved", re.compile(
        rf"[ ,]{{1,2}}{_HAVE}(?:reach(?:ed|es)?|conclud(?:ed|es?)|str(?:uck|ikes?)|c(?:ame|ome) to|"
        rf"ma(?:de|kes?)|clos(?:ed|es?)|arriv(?:ed|es?) at|hammered out|announc(?:ed|e)|"
        rf"declar(?:ed|e)|"
        rf"finali[sz](?:ed|es?)|introduc(?:ed|es?)|sign(?:ed)?|agree(?:d|s)?(?: on| to)?) "
        rf"(?:an? |the |their )?(?:[\w'-]{{2,14}} ){{0,4}}?(?:agreement|deal|accord|understanding|"
        rf"settlement|{words.PAUSE_NOUN})(?![\w])")),
)  # fmt: skip
JOINT_FROM = len(ACTIVE) - 1
"""Place in ``ACTIVE`` from which answers are only those of two parties together."""
LABELLED: tuple[tuple[ConsentStatus, re.Pattern[str]], ...] = (
    ("approved", re.compile(
        r" ?(?::| - |\() ?(?:yes|agreed|accepted|approved|consents|consented|consent given|signed|"
        r"confirmed|has agreed|have agreed|has accepted)(?= ?[.;,)|]| *$| on | \()")),
    ("rejected", re.compile(
        r" ?(?::| - |\() ?(?:no|refused|rejected|declined|opposed|against|has refused|has "
        r"rejected)(?= ?[.;,)|]| *$| on )")),
    ("silent", re.compile(
        rf" ?(?::| - |\() ?(?:no (?:{_UNANSWERED})(?: yet| so far)?|silent|pending|awaited|"
        rf"awaiting "
        rf"(?:{_UNANSWERED})|not yet|(?:{_UNANSWERED}) (?:awaited|pending))(?= ?[.;,)|]| *$)")),
    ("not asked", re.compile(
        r" ?(?::| - |\() ?(?:not (?:asked|consulted|approached|contacted|involved))"
        r"(?= ?[.;,)|]| *$)")),
)  # fmt: skip
"""Answers in a list: "Army: yes. Rebels: no answer."."""
PASSIVE: tuple[tuple[ConsentStatus, re.Pattern[str]], ...] = (
    ("approved", re.compile(
        r"(?<![\w-])(?:(?P<neg>not (?:yet )?(?:been )?|never )?(?:approved|endorsed|accepted|"
        r"backed|agreed(?: to| upon)?|agreed and approved|supported|confirmed|signed|ratified|"
        r"cosigned|countersigned|consented to) (?:also |separately |jointly |in writing |on "
        r"\w+day )?by:?"
        r"|(?<!to be )(?:signed|concluded)(?: (?!(?:for|behalf|with|between|and|not|"
        r"no)\b)[\w'-]{2,14})"
        r"{1,8} by:?"
        r"|(?:has|have|with|received|given|got|obtained|secured|and|on|by|won) (?:the )?(?:full |"
        r"prior |formal |"
        r"written |express |joint |mutual )*(?:consent|assent|"
        r"approval|agreement|backing|blessing|green light|go-ahead|permission) (?:of|from)|"
        r"(?:consent|approval|agreement|assent|permission|green light|go-ahead|(?:security |"
        r"safety )"
        r"assurances|signatures?|acceptance|a yes|yes) "
        r"(?:(?:has|have|had) (?:now |also |since )?(?:been )?|(?:was|were|is|are) )?(?:now )?"
        r"(?:(?:received|obtained|secured|come|came|arrived|in)? ?(?:both )?from|"
        r"(?:given|granted|issued)? ?(?:both )?(?:from|by))"
        r"|agreed with|coordinated with|in agreement with|with (?=[\w' -]{2,40}'s? "
        r"(?:consent|approval|agreement|blessing|assent))) (?:both )?(?:the )?$")),
    ("rejected", re.compile(
        r"(?<![\w-])(?:rejected|refused|dismissed|turned down|denounced|opposed|spurned|rebuffed|"
        r"vetoed|thrown out|scorned|(?:a |the )?(?:refusal|rejection|no) (?:has )?(?:came|come|was "
        r"received)?"
        r" ?(?:from|by))(?: outright| out of hand| flatly| at once| immediately| again|"
        r" on \w+day| in a statement)* (?:by |from )?"
        r"(?:both )?(?:the )?$")),
    ("not asked", re.compile(
        r"(?<![\w-])(?:without (?:consulting|asking|informing|notifying|the (?:knowledge|"
        r"involvement|participation|consent) of|any (?:consultation|coordination|contact) with|"
        r"reference to|speaking to)|(?:did|has|have|had) not "
        r"(?:consulted?|asked?|informed?|approached?|contacted?|spoken (?:to|with))|"
        r"(?:nobody|no one) (?:has |have |had )?(?:asked|consulted|informed|approached|spoke to)|"
        r"not (?:been )?(?:agreed|discussed|coordinated|consulted) with) (?:the )?$")),
    ("silent", re.compile(
        rf"(?<![\w-])no (?:immediate |official |public |word of |clear |formal )?{_UNANSWERED}"
        r"(?: yet| so far| as yet| had come| has come| came| (?:has|had) (?:yet )?(?:been "
        r"received|arrived)| was (?:received|available)| whatever| at all)? (?:from|by) (?:either "
        r")?(?:the )?$"
        r"|(?<![\w-])(?:awaiting|waiting for|await) (?:an? |the )?(?:answer|reply|response|word) "
        r"(?:from|of) (?:the )?$")),
)  # fmt: skip
ANSWERS = re.compile(
    r"(?<![\w-])(?:no (?:reply|response|answer)|said (?:nothing|the same)|nothing to say|would not "
    r"(?:launch|fire|attack|shoot|shell)|(?:has|have) now ordered|approval|support|commitment|"
    r"positive|launched|unacceptable|"
    r"acceptable|cynical|will stop|would stop|ready to|acceptance|consented|consent|assurances|"
    r"green "
    r"light|go-ahead|went along|go along|said "
    r"(?:yes|no)|"
    r"silent|comment|response|answered|no word|not (?:been )?(?:asked|consulted)|"
    r"reciprocate|do the same|agree[ds]?|accept(?:s|ed)?|approv(?:e|es|ed)|consent(?:s|ed)|"
    r"endors(?:e|es|ed)|"
    r"confirmed it|not (?:yet )?confirm(?:ed)?|sign(?:s|ed)|(?:reject|refus|dismiss|declin|spurn|"
    r"denounc)(?:ed|es|e|s)?|oppos(?:e|es|ed)|turned (?:\w+ ){0,3}?down|respond positively|"
    r"responded|"
    r"replied|commented)(?![\w])"
)
"""Words that speak of agreeing, refusing or keeping silent."""
