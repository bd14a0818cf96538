"""Find in English text who announced, and to whom a sentence is attributed."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.english.actors import STATE_KINDS, Actor, actor_for
from safepassage.declaration.english.reporters import find_reporters
from safepassage.declaration.english.roles import names_pause
from safepassage.declaration.english.signatures import (
    leading,
    signatories,
    signed,
    told_behind,
)
from safepassage.declaration.findings import RESOLVED, STATED, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.text import Sentence

__all__ = [
    "find_issuer",
    "speaker_of",
    "speaks_for_itself",
]


_SPOKE = re.compile(
    r"(?:'s|')?(?: special)?(?: (?:envoy|coordinator|representative|spokes\w{3,7}|chief)"
    r"(?: (?:for|on|to|in) [\w'-]{2,16})?)?(?: in (?:the )?[a-z][\w'-]{2,16}(?= (?:has |have )?"
    r"(?:announc|declar|said|will|agree|order|decid)))?[ ,]{0,2}(?:(?!(?:that|to|by|and|which|who|"
    r"as|for|"
    r"in|from|would|could|might|"
    r"may|not|whether|when|had|against|battling)[ ])[\w'.-]{1,18}[ ,]{1,2}){0,9}?"
    r"(?P<verb>announc(?:es|ed|e)|declar(?:es|ed|e)|said|says|stat(?:ed|es)|inform(?:s|ed)|"
    r"report(?:s|ed)|confirm(?:s|ed)|"
    r"told|order(?:s|ed)|introduc(?:es|ed)|decid(?:es|ed)|offer(?:s|ed)|pledg(?:es|ed)|"
    r"agree(?:s|d)|added|adds|extend(?:s|ed)|issued|published|"
    r"will (?:open|introduce|halt|observe|stop|suspend|cease|establish|hold)|extended|"
    r"proclaim(?:s|ed)|made (?:it )?(?:known|public)|makes (?:it )?(?:known|public)|let it be "
    r"known|gave notice|gives notice|notif(?:ied|ies)|instruct(?:s|ed)|unveil(?:s|ed)|"
    r"(?:has|have) (?:opened|halted|suspended|ceased|stopped)|opens|opened|halts|suspends|"
    r"ceases|allows|grants|promis(?:es|ed)|undert(?:ook|akes)|wrote|writes|posted|tweeted|"
    r"warned|warns)(?![\w])"
)
_VERB_WEIGHT = {
    "announc": 4,
    "declar": 4,
    "introduc": 3,
    "order": 3,
    "proclai": 4,
    "inform": 3,
    "decid": 3,
    "extend": 3,
    "made": 3,
    "makes": 3,
    "let": 3,
    "gave": 3,
    "gives": 3,
    "notif": 3,
    "instru": 3,
    "unveil": 3,
    "grants": 1,
    "promis": 1,
    "undert": 1,
    "warn": 1,
    "offer": 3,
    "will": 2,
    "agree": 1,
}
_CITED = re.compile(
    r"(?<![\w-])(?P<how>citing|cited|quoting|quoted|according to|as saying by|"
    r"(?:statement|announcement|communique|decree|order|notice|message|leaflet|restatement)s? "
    r"(?:\w{2,9} )?(?:by|from|of|issued by)|"
    r"(?:announced|declared|ordered|introduced|offered|initiated|proclaimed|unveiled) by|"
    r"decision (?:by|of)|(?:from|issuer|issued by|announced by|source|sender|signed|by):|"
    r"in the name of)"
    r" (?:an? |the |its |sources? in |officials? (?:at|in) |(?:spokes\w+|chief|head|"
    r"commander) (?:for|of) ){0,3}(?:new |joint |late )?$"
)
_PRONOUN_SOURCE = re.compile(
    r"(?<![\w-])(?:according to|in) (?:the|this|its|that|a) (?:statement|announcement|text|"
    r"communique|document|notice|order)(?![\w])"
)


def find_issuer(reading: Reading) -> Finding[Actor] | None:
    """Find who made the announcement: whoever is named most firmly as its speaker."""
    scores: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, Actor]] = {}
    lead = leading(reading)
    for sentence, role in reading.rows():
        if role.looks_back or role.doubtful or _REFUSES.search(sentence.plain):
            continue
        behind = sentence.index - lead if lead is not None else 0
        for actor, weight in _weights(
            reading, sentence, role, is_lead=sentence.index == lead, follows=behind in {1, 2}
        ):
            scores[actor.name] += weight
            if actor.name not in best or weight > best[actor.name][0]:
                best[actor.name] = (weight, actor)
    for author in signed(reading):
        scores[author.name] += _BEHIND
        best.setdefault(author.name, (_BEHIND, author))
    if not scores:
        best = {one.name: (1.0, one) for one in signatories(reading, lead)}
        scores.update(dict.fromkeys(best, 1.0))
    return _chosen(scores, {key: actor for key, (_, actor) in best.items()})


_DATELINE_END = re.compile(r"^(?:.{3,60}?(?:\)|\d{4})?(?: -|:|\.) )?(?:the )?$")


def _does_itself(sentence: Sentence, actor: Actor, position: int) -> bool:
    """Tell whether an actor is the subject of the announcing sentence, and stops the fire."""
    lead = sentence.plain[: actor.start - sentence.start]
    rest = sentence.plain[actor.end - sentence.start :]
    return position == 0 and bool(_DATELINE_END.match(lead)) and bool(_STOPS.search(rest))


_STOPS = re.compile(
    r"^[^,;]{0,70}?(?<![\w-])(?:will |would |shall )?(?:stops?|halts?|suspends?|ceases?|pauses?|"
    r"holds?|"
    r"opens?|introduces?|observes?)(?![\w])"
)
_BY_KIND = {"state": 0.8, "capital": 0.7, "group": 0.6, "body": 0.5, "person": 0.8}


def _weights(
    reading: Reading, sentence: Sentence, role: Role, *, is_lead: bool, follows: bool
) -> Iterator[tuple[Actor, float]]:
    """Weigh everybody whom one sentence names as its speaker."""
    here = reading.actors_in(sentence)
    told = told_behind(reading, sentence, here)
    behind_lead = follows and _SAID_SO.search(sentence.plain) is not None
    plain = reading.text.plain
    for position, actor in enumerate(here):
        if actor.kind == "media" or _COLLECTIVE.match(actor.name) or role.is_past(actor.start):
            continue
        weight = _speaking(reading, sentence, here, position) * (1.0 if role.names else 0.5)
        if len(here) > 1 and _ANSWERS.search(sentence.plain):
            weight *= 0.3  # who tells of another's answer need not be the announcer
        weight *= _BY_KIND.get(actor.kind, 1.0)
        if (
            is_lead
            and told is None
            and not weight
            and actor.kind != "state"
            and _does_itself(sentence, actor, position)
        ):
            weight = 1.5
        if is_lead and (told is actor or (told is None and weight > 0)):
            weight += _BEHIND if told is actor else _LEADING
        if behind_lead and weight > 0:
            weight += _BEHIND
        if is_lead and _TOLD_AT_END.search(plain, sentence.start, actor.start):
            weight += _BEHIND
        if weight > 0:
            yield actor, weight


def _chosen(scores: dict[str, float], actors: dict[str, Actor]) -> Finding[Actor] | None:
    """Take whoever is named most firmly."""
    if not scores:
        return None
    actor = actors[_most_specific(scores, actors)]
    return _for_the_office(
        Finding(actor, actor.start, actor.end, STATED if actor.sure else RESOLVED)
    )


_SAID_SO = re.compile(
    r"(?<![\w-])(?:said|says|reports?|reported|announced|told|confirmed) (?:so|this)(?![\w])"
)
"""Who tells what the sentence before says: "the army said so"."""
_TOLD_AT_END = re.compile(
    r",? (?:according to|as announced by|as told by) (?:the |a |an )?(?:joint |official )?(?:"
    r"spokes\w+ (?:for|of) (?:the )?|(?:statement|announcement) (?:by|from|of) (?:the )?)$"
)
_LEADING, _BEHIND = 1.5, 5.0
"""What it weighs to be told to speak in the sentence that announces: as its subject, or behind it,
or at the head or the foot of a text (assumptions, settled on the tuned texts)."""
_COLLECTIVE = re.compile(r"(?:both|all|two|warring|parties|sides)\b")
_REFUSES = re.compile(
    r"(?<![\w-])(?:(?:reject|refus|dismiss|denounc|condemn|turned down)\w{0,3}|(?:has|have|had|"
    r"did|do|does) not (?:yet )?(?:accept|agree|confirm|respond|repl|comment|answer|react)\w{0,4})"
    r"(?![\w])"
)
_ANSWERS = re.compile(
    r"(?<![\w-])(?:has|have|had) (?:\w+ )?(?:agreed|approved|accepted|endorsed|consented)(?![\w])"
    r"|(?<![\w-])(?:announced|said|confirmed|stated)(?: that)? (?:[\w'-]{1,16} ){1,4}(?:agreed|"
    r"accepted|pledged)(?: to)?(?![\w])"
)


def _most_specific(scores: dict[str, float], actors: dict[str, Actor]) -> str:
    """Take a ministry or army before the state it acts for, where both speak."""
    name = max(scores, key=lambda key: scores[key])
    first = actors[name]
    kinds = {"ministry", "army"}
    if name.startswith("President"):  # whoever tells of the order announces
        kinds |= {"person", "government"}
    if first.kind not in {"state", "capital", "government", "person"}:
        return name
    own = [
        other
        for other, actor in actors.items()
        if other != name and actor.kind in kinds and actor.code and first.code in {actor.code, None}
    ]
    return max(own, key=lambda key: scores[key]) if own else name


def _for_the_office(finding: Finding[Actor]) -> Finding[Actor]:
    """Take a minister's word for the ministry's, and a prime minister's for the government's."""
    actor = finding.value
    told = actor_for(actor)
    return finding if told is actor else replace(finding, value=told, confidence=RESOLVED)


def _speaking(reading: Reading, sentence: Sentence, here: list[Actor], position: int) -> float:
    """Weigh how firmly one actor of a sentence is said to speak."""
    actor, plain = here[position], reading.text.plain
    weight = 0.0
    cited = _CITED.search(plain, max(sentence.start, actor.start - 60), actor.start)
    if cited:
        weight += 2.0 if cited["how"] == "according to" else 3.0
    spoke = _telling(reading, sentence, here, position)
    if spoke:
        verb = spoke["verb"].split(" ")[0]
        weight += next((float(w) for stem, w in _VERB_WEIGHT.items() if verb.startswith(stem)), 2.0)
    if re.match(
        r"(?:'s)?[ ](?:statement|announcement|communique|spokes\w+|press service)",
        plain[actor.end : actor.end + 22],
    ):
        weight += 3.0
    if re.search(
        r",[\"']? (?:said|says|stated|announced) (?:the |a |an )?$",
        plain[max(sentence.start, actor.start - 24) : actor.start],
    ):
        weight += 2.0
    if _SAID_FOR.search(plain, max(sentence.start, actor.start - 90), actor.start):
        weight += 3.0
    if sentence.is_heading and sentence.end - sentence.start <= actor.end - actor.start + 24:
        weight += 3.0
    elif _heads(reading, sentence, here, position):
        weight += 2.0
    return weight


_SAID_FOR = re.compile(
    r"(?<![\w-])(?:said|announced|told|declared|confirmed|explained)(?! that)"
    r"(?: (?!that )[\w',-]{1,16}){0,7} (?:spokes\w+|representatives?|office|head|director|chief|"
    r"envoy|"
    r"officials?) (?:for|of|in|at) (?:the )?$"
)
"""The speaker behind the verb: "said the spokesman for the government that"."""
_TOLD_THAT = re.compile(
    r"(?<![\w-])(?:said|says|announced|announces|stated|declared|confirmed) (?:[\w',-]{1,18} "
    r"){0,9}?"
    r"that (?:the )?$"
)


def _telling(
    reading: Reading, sentence: Sentence, here: list[Actor], position: int
) -> re.Match[str] | None:
    """Match the verb by which an actor announces; not what it only agrees to or is told to do."""
    actor, plain = here[position], reading.text.plain
    spoke = _spoke(reading, sentence, here, position)
    lead = plain[max(sentence.start, actor.start - 30) : actor.start]
    if (
        spoke
        and spoke["verb"].startswith("agree")
        and (_is_one_of_two(plain, here, position) or _OBJECT.search(lead))
    ):
        spoke = None
    if spoke and spoke["verb"].startswith("agree") and not names_pause(sentence.plain):
        spoke = None
    if spoke and re.search(r"(?<![\w-])(?:if|whether|against|battling)(?: \w+)? $", lead):
        spoke = None
    if (
        spoke
        and spoke["verb"].startswith("will")
        and _TOLD_THAT.search(plain, sentence.start, actor.start)
    ):
        spoke = None  # whoever says that another will do something announces it
    return spoke


_HEADS = frozenset({"ministry", "army", "government", "body", "group", "office"})
_NOT_HEAD = re.compile(
    r"(?<![\w-])(?:in|against|to|with|between|for|on|and|near|at|under) (?:the )?$"
)


def _heads(reading: Reading, sentence: Sentence, here: list[Actor], position: int) -> bool:
    """Tell whether an actor is the one that a heading of the text names as its author."""
    actor = here[position]
    if not sentence.is_heading or sentence.index > 2 or actor.kind not in _HEADS:
        return False
    if sum(other.kind != "media" for other in here) > 1:
        return False
    before = reading.text.plain[sentence.start : actor.start]
    after = reading.text.plain[actor.end : sentence.end]
    at_edge = not before.strip() or before.rstrip().endswith((",", "|", "-", " of", " by", ":"))
    at_edge = at_edge or not re.search(r"[a-z]{3}", after)
    return at_edge and not _NOT_HEAD.search(before) and not re.match(r"'s? |[ ]\w+s ", after)


_OBJECT = re.compile(
    r"(?<![\w-])(?:against|battling|fighting|with|by|of|from|to|in)(?: \w+){0,2} $"
)


def _is_one_of_two(plain: str, here: list[Actor], position: int) -> bool:
    """Tell whether an actor stands in a pair: "Israel and Hamas have agreed"."""
    before = here[position - 1].end if position else 0
    gap = plain[before : here[position].start] if position else ""
    return bool(re.fullmatch(r",? (?:and )?(?:the )?", gap))


_OTHER_SAID = re.compile(
    r"[\"']?,[\"']? (?:he|she|it|they|the \w+|(?:[A-Z][\w.'-]{1,20} ){0,2}[A-Z][\w'-]{1,20}) "
    r"(?:said|says|added|stated|noted|explained)(?![\w])"
)
"""Another speaker behind a comma: "approved by the authorities, Gerasimov said"."""
_SAID_AGAIN = re.compile(
    r"(?:^|[,\"'] )(?P<who>[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Tt]he (?:ministry|minister|general|"
    r"army|military|spokes\w+|commander|mayor|council)|[A-Z][\w'-]{2,20}) "
    r"(?:also |then )?(?:said|says|added|stated|noted|explained|told)(?![\w])"
)
_ASIDE = re.compile(r",? (?:as )?(?:quoted|cited) by (?:the )?")


def _spoke(
    reading: Reading, sentence: Sentence, here: list[Actor], position: int
) -> re.Match[str] | None:
    """Match the verb of speaking that an actor is the subject of."""
    plain = reading.text.plain
    end, following = here[position].end, position + 1
    if following < len(here) and _ASIDE.fullmatch(plain, end, here[following].start):
        end = here[following].end
        following += 1
    limit = here[following].start if following < len(here) else sentence.end
    if _OTHER_SAID.match(reading.text.cased, end, limit):
        return None
    return _SPOKE.match(plain, end, min(limit, end + 110))


_STATE_SPEAKS = STATE_KINDS | {"group", "body", "office"}


def speaker_of(
    reading: Reading,
    sentence: Sentence,
    issuer: Actor | None,
    *,
    apart: str = "",
    telling: bool = False,
) -> Actor | None:
    """Find to whom a sentence is attributed; ``apart`` names one who is not meant.

    ``telling`` leaves out who only agrees or promises for itself.
    """
    plain = reading.text.plain
    here = reading.actors_in(sentence)
    for position, actor in enumerate(here):
        if actor.kind not in _STATE_SPEAKS or actor.name == apart:
            continue
        if telling and _only_answers(reading, sentence, here, position):
            continue
        if _speaking(reading, sentence, here, position) >= 2 and not sentence.is_heading:
            return actor
    again = _SAID_AGAIN.search(sentence.cased)
    if again and telling:
        begin, end = sentence.start + again.start("who"), sentence.start + again.end("who")
        named = [actor for actor in here if actor.start < end and begin < actor.end]
        if named:
            return None if named[0].name == apart else named[0]
    if _PRONOUN_SOURCE.search(plain, sentence.start, sentence.end):
        return issuer
    return _spoken_before(reading, sentence, again["who"], issuer) if again else None


def _only_answers(reading: Reading, sentence: Sentence, here: list[Actor], position: int) -> bool:
    """Tell whether an actor agrees or promises for itself: it states nothing of the others."""
    spoke = _spoke(reading, sentence, here, position)
    return spoke is not None and spoke["verb"].startswith(("agree", "pledg", "offer", "will"))


def _spoken_before(
    reading: Reading, sentence: Sentence, who: str, issuer: Actor | None
) -> Actor | None:
    """Find who "he" or a bare surname is: the speaker of the last sentence that tells."""
    surname = who if who[0].isupper() and " " not in who and who.lower() not in _PRONOUNS else ""
    floor = max(0, sentence.index - (20 if surname else 3))
    for earlier in reversed(reading.text.sentences[floor : sentence.index]):
        if surname and surname not in earlier.cased:
            continue
        here = reading.actors_in(earlier)
        for position, actor in enumerate(here):
            if actor.kind in _STATE_SPEAKS and _speaking(reading, earlier, here, position) >= 2:
                return actor
    return issuer if not surname else None


_PRONOUNS = frozenset({"he", "she", "it", "they"})


def speaks_for_itself(reading: Reading, issuer: Actor | None) -> bool:
    """Tell whether the text is the issuer's own statement, not a report about it."""
    if issuer is None or find_reporters(reading):
        return False
    plain, own = reading.text.plain, False
    if _REPORTS.search(plain):
        return False
    for actor in reading.actors:
        spoke = _SPOKE.match(plain, actor.end, actor.end + 80)
        if spoke and spoke["verb"] in _REPORTED:
            return False
        sentence = reading.text.sentence_at(actor.start)
        headed = sentence.is_heading and sentence.index < 4
        declares = spoke is not None and spoke["verb"] in _PERFORMS
        own = own or (actor.name == issuer.name and (headed or declares))
    return own


_REPORTS = re.compile(r"(?<![\w-])(?:said|told|announced|according to)(?![\w])")
_PERFORMS = frozenset({"announces", "declares", "introduces", "informs", "announce", "declare"})
_REPORTED = frozenset({
    "said", "reported", "told", "stated", "announced", "declared", "informed", "added", "confirmed",
})  # fmt: skip
