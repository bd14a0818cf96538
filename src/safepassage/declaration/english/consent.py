"""Find in English text who agreed, who refused, who was not asked, and who says so."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.actor_words import IN_NAME_OF
from safepassage.declaration.english.answers import (
    ACTIVE,
    ANSWERS,
    JOINT_FROM,
    LABELLED,
    PASSIVE,
)
from safepassage.declaration.english.asides import ends_of
from safepassage.declaration.english.between import verbs_of
from safepassage.declaration.english.echoes import echoed, follower, ourselves
from safepassage.declaration.english.nominal import told_by_noun
from safepassage.declaration.english.questions import asked, of_them
from safepassage.declaration.english.referring import referred
from safepassage.declaration.english.sides import COLLECTIVE, each_side, once_each, side_of
from safepassage.declaration.english.stated import stated_by, terms_of
from safepassage.declaration.findings import RESOLVED, STATED, Finding, short_quote
from safepassage.declaration.model import Consent

if TYPE_CHECKING:
    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.model import ConsentStatus
    from safepassage.declaration.text import Sentence

__all__ = ["find_consent", "joined"]

_NEGATION = re.compile(r"(?:\bnot|n't|never|yet to|neither|nor|no longer)\b[^,;]{0,30}$")
_CONDITION = re.compile(
    r"(?<![\w-])(?:if|unless|hop(?:es?|ed|ing)|expect(?:s|ed)?|wait(?:s|ed|ing)|"
    r"would|could|might|(?<!\d )may(?! \d)|until|whether|should)(?![\w])"
    r"[^,;]{0,50}$"
)
_AND = re.compile(
    r"(?:[\w' -]{0,24})?[ ]?(?:[,;]? and |,? nor |[,;] |,? as well as |,? along with |"
    r",? (?:on (?:the )?one side,?)? ?and )(?:the |by the |by |from |"
    r"with |"
    r"of the |of |from the |both )?(?:so-called |main |paramilitary |rival |rebel |"
    r"internationally recogni[sz]ed |transitional |interim |(?:chief|head|commander|leader|"
    r"secretary|spokes\w+|representatives?) of (?:the )?(?:headquarters |general staff )?(?:of )?)?"
)
_BETWEEN = re.compile(r"\bbetween (?:the )?$")


def find_consent(
    reading: Reading, issuer: Actor | None, *, own_words: bool, elsewhere: frozenset[int]
) -> tuple[list[Finding[Consent]], list[str]]:
    """Find each party's answer, told once, and remarks on answers that the words leave open.

    Parameters
    ----------
    own_words
        The text is the issuer's statement itself: what nobody else is said to say,
        the issuer says.

    """
    found: dict[str, Finding[Consent]] = {}
    clashing: set[str] = set()
    left: list[str] = []
    latest: list[ConsentStatus] = []
    rows = sorted(
        reading.rows(), key=lambda row: (row[0].is_heading and row[0].index < 3, row[0].index)
    )
    for sentence, role in rows:
        if sentence.index in elsewhere:
            continue
        if not (role.names or _refers_back(reading, sentence)):
            continue
        if sentence.plain.rstrip("\"' ").endswith("?"):
            answers = asked(reading, sentence, issuer)
        else:
            answers = _in_sentence(reading, sentence, issuer, own_words=own_words, before=latest)
            answers = (
                answers or of_them(reading, sentence, issuer) or referred(reading, sentence, issuer)
            )
        if _is_open(reading, sentence, issuer, answers):
            left += (
                []
                if role.denies
                else [short_quote(reading.text.quote(sentence.start, sentence.end))]
            )
            continue
        told = bool(found)
        latest = [one.value.status for one in answers]
        for finding in (one for one in answers if not _is_over(role, one)):
            party = finding.value.party
            known = found.get(party)
            if known is None and sentence.is_heading and told and sentence.index < 3:
                continue  # a headline repeats what the text tells better
            if known is None:
                found[party] = finding
            elif known.value.status != finding.value.status:
                clashing.add(party)
    kept = [finding for party, finding in found.items() if party not in clashing]
    kept = each_side(reading, once_each(reading, kept))
    named = {finding.value.status for finding in kept if finding.value.party not in COLLECTIVE}
    kept = [f for f in kept if f.value.party not in COLLECTIVE or f.value.status not in named]
    left += [f"{party} is told to have answered in two ways." for party in sorted(clashing)]
    remarks = [f"Said of consent and not decided: {words_}" for words_ in left]
    return sorted(kept, key=lambda finding: finding.start), remarks[:_MOST_REMARKS]


def _is_over(role: Role, finding: Finding[Consent]) -> bool:
    """Tell whether an answer was given to an earlier pause."""
    return role.is_past(finding.start) or role.is_past(finding.end - 1)


_MOST_REMARKS = 8
_BUT = r"(?<![\w-])but (?:has |have |had |also |it |they ){0,2}"
_SOME = re.compile(
    rf"(?<![\w-])(?:reject|refus|dismiss|declin|oppos)\w{{0,3}} .{{2,120}}?{_BUT}"
    r"(?:agreed|accepted|approved|endorsed)(?![\w])"
    rf"|(?<![\w-])(?:agreed|accepted|approved|endorsed) .{{2,120}}?{_BUT}"
    r"(?:rejected|refused|dismissed|declined|opposed)(?![\w])"
)
"""Some terms taken and others refused, in one breath."""


def _is_open(
    reading: Reading, sentence: Sentence, issuer: Actor | None, answers: list[Finding[Consent]]
) -> bool:
    """Tell whether a sentence speaks of consent and the rules cannot tell whose, or to what."""
    if _SOME.search(sentence.plain):
        return True
    told = bool(answers) or _is_told(reading, sentence, issuer)
    return not told and ANSWERS.search(sentence.plain) is not None


def _is_told(reading: Reading, sentence: Sentence, issuer: Actor | None) -> bool:
    """Tell whether the issuer itself agrees, which goes without saying."""
    plain = reading.text.plain
    own = [a for a in reading.actors_in(sentence) if issuer is not None and a.name == issuer.name]
    answers = [_active(plain, sentence, actor) for actor in own]
    return any(answer is not None and answer[0] == "approved" for answer in answers)


def _refers_back(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence speaks of "the offer" just after one that names the pause."""
    if not ANSWERS.search(sentence.plain) and not re.search(
        r"(?<![\w-])(?:it|offer|proposal|plan|terms|announcement|initiative|deal|extension|"
        r"reply|answer|word|asked|informed|notified|approached|blessing|scorn\w*|board|say|reached|"
        r"learn\w*|heard|"
        r"promised|pledged|word|consulted|step|approval|arrangements?|terms|confirmed|"
        r"move|text|"
        r"comment|respond\w*|leave|response|reaction|withdraw|decision|measure)(?![\w])",
        sentence.plain,
    ):
        return False
    if _CONSENT_GIVEN.search(sentence.plain):
        return True
    far = (
        _FAR
        if ANSWERS.search(sentence.plain)
        or any(pattern.search(sentence.plain) for _, pattern in LABELLED)
        else _NEAR
    )
    lead = range(max(0, sentence.index - far), sentence.index)
    return any(reading.roles[i].names and not reading.roles[i].looks_back for i in lead)


_OFFER = re.compile(
    r"(?<![\w-])(?:ultimatum|offer|proposal|truce|pause|cease-?fire|initiative|corridors?|lull|"
    r"deal|"
    r"these hours|those hours)(?![\w])"
)
_CONSENT_GIVEN = re.compile(
    r"(?<![\w-])(?:gave|given|give|gives) (?:their|its) (?:\w+ )?(?:consent|approval|agreement|"
    r"word)"
    r"(?![\w])"
)
_NEAR, _FAR = 5, 10
"""Sentences after one that names the pause, in running text and in lists (assumptions)."""


def _in_sentence(
    reading: Reading,
    sentence: Sentence,
    issuer: Actor | None,
    *,
    own_words: bool,
    before: list[ConsentStatus],
) -> list[Finding[Consent]]:
    role = reading.roles[sentence.index]
    settled = role.live or not (role.looks_back or role.doubtful)
    plain = reading.text.plain
    here = [a for a in reading.actors_in(sentence) if a.kind != "media"]
    found: list[Finding[Consent]] = []
    for position, actor in enumerate(here):
        if _GO_BETWEEN.search(actor.name):
            continue
        if position and _APPOSED.fullmatch(plain, here[position - 1].end, actor.start):
            continue  # "Jaysh al-Islam, the largest rebel group" is one party
        others = joined(plain, here, position, forward=False)
        told = (
            _active(plain, sentence, actor, joint=bool(others))
            or _passive(plain, sentence, actor)
            or told_by_noun(plain, sentence, actor)
            or (_between(plain, sentence, here, position) if settled else None)
            or echoed(plain, sentence, actor, before)
            or _further(plain, sentence, here, position)
        )
        own = ourselves(plain, sentence, actor)
        told = own or told
        if told is None:
            continue
        status, start, end = told
        if status == "rejected" and _OF_BLAME.search(plain, start, min(end + 40, sentence.end)):
            continue
        forward = start < actor.start
        also = None if forward else follower(plain, sentence, here, end)
        parties = [actor, *(joined(plain, here, position, forward=True) if forward else others)]
        parties += [also] if also is not None else []
        for party in map(side_of, _spelled_out(reading, sentence, parties)):
            if (len(parties) == 1 or also is not None) and _is_own(party, issuer):
                continue
            if any(known.value.party == party.name for known in found) or (
                party.kind == "body" and any(one.kind != "body" for one in parties) and not also
            ):
                continue
            consent = Consent(
                party=party.name, status=status,
                stated_by=stated_by(reading, sentence, party, issuer, own_words=own_words),
                to_which_terms=terms_of(sentence),
            )  # fmt: skip
            found.append(
                Finding(
                    consent,
                    min(start, party.start),
                    max(end, party.end),
                    STATED if party.sure else RESOLVED,
                )
            )
    return found


_OF_BLAME = re.compile(
    r"(?<![\w-])(?:reject|den|dismiss|refus|refut)\w+ (?:(?:the|an?|all|these|those|any|such|"
    r"\w+'s|its|their|as \w+) ){0,2}(?:accus\w+|alleg\w+|charges?|claims?|reports?|criticism|blame|"
    r"suggestions?|responsib\w+|rumou?rs?)(?![\w])"
)
"""What a party turns down that is no offer."""
_AGREED_BETWEEN = re.compile(
    r"(?<![\w-])(?:agreement|deal|accord|understanding|protocol|agreed|reached|signed|"
    r"concluded|worked out|settled|negotiated|struck|arranged|brokered|made|settlement)"
    r"(?: (?!(?:talks|war|fighting|clashes|meeting|negotiations|line|border|"
    r"contact|front|not)\b)[\w'-]{1,16}){0,8},? between (?:the )?$"
)


def _between(
    plain: str, sentence: Sentence, here: list[Actor], position: int
) -> tuple[ConsentStatus, int, int] | None:
    """Read "an agreement between A and B", which both have made."""
    actor = here[position]
    told = _AGREED_BETWEEN.search(plain, max(sentence.start, actor.start - 140), actor.start)
    if told is None or not joined(plain, here, position, forward=True):
        return None
    before = plain[max(sentence.start, told.start() - 60) : told.start()]
    if _NEGATION.search(before) or _CONDITION.search(before) or _HOPED.search(sentence.plain):
        return None
    return "approved", told.start(), actor.end


_GO_BETWEEN = re.compile(r"Contact Group|mediat|facilitat", re.IGNORECASE)
_HOPED = re.compile(
    r"(?<![\w-])(?:call\w* for|urg\w+|hop\w+|demand\w*|propos\w+|possible|draft|seek\w*|talks on|"
    r"discuss\w*|negotiat\w+)(?![\w])"
)
_APPOSED = re.compile(r", (?:the|an?|one of the) (?:[\w'-]{1,16} ){0,4}")


def _is_own(party: Actor, issuer: Actor | None) -> bool:
    """Tell whether a party is the issuer or acts for the same state."""
    if issuer is None:
        return False
    same_state = party.code is not None and party.code == issuer.code
    return party.name == issuer.name or (same_state and "group" not in {party.kind, issuer.kind})


_NEITHER = re.compile(r"(?<![\w-])(?:neither|nor|none of|not all of|no one in)(?![\w])[^,;]{0,40}$")


def _active(
    plain: str, sentence: Sentence, actor: Actor, *, joint: bool = False
) -> tuple[ConsentStatus, int, int] | None:
    clause = plain[sentence.start : actor.start]
    before = _OBJECT.search(plain[max(sentence.start, actor.start - 12) : actor.start])
    if before and IN_NAME_OF.search(plain, max(sentence.start, actor.start - 80), actor.start):
        before = None
    neither = _NEITHER.search(clause) is not None
    earlier = _HAD.search(clause) is not None
    ends = ends_of(plain, sentence, actor)
    for status, pattern in ACTIVE if joint else ACTIVE[:JOINT_FROM]:
        match = pattern.match(plain, actor.end, sentence.end) or next(
            (found for end in ends if (found := pattern.match(plain, end, sentence.end))), None
        )
        if match is None:
            continue
        if before:
            asked = before[0].startswith("from") and _THERE.match(match[0])
            return (status, actor.start, match.end()) if asked else None
        if (
            _CONDITION.search(clause)
            or (neither and status != "silent")
            or (earlier and status == "rejected")
        ):
            return None
        return status, actor.start, match.end()
    if neither:
        spoke = _SPOKE.match(plain, actor.end, sentence.end)
        return ("silent", actor.start, spoke.end()) if spoke else None
    return None if before else _labelled(plain, sentence, actor)


def _further(
    plain: str, sentence: Sentence, here: list[Actor], position: int
) -> tuple[ConsentStatus, int, int] | None:
    """Read the answer that stands further on: "the SDF saw no need for it and refused"."""
    actor = here[position]
    clause = plain[sentence.start : actor.start]
    if _CONDITION.search(clause) or _NEITHER.search(clause) or _HAD.search(clause):
        return None
    found = [
        (match, status)
        for status, pattern in ACTIVE[:JOINT_FROM]
        if (match := verbs_of(pattern, plain, sentence, actor, here)) is not None
    ]
    if not found:
        return None
    match, status = min(found, key=lambda one: one[0].start())
    return status, actor.start, match.end()


_HAD = re.compile(r"(?:^|[,;] |\band )had (?:the )?$")
"""What was so before: "and had the army rejected the plan", as Arabic word order has it."""
_OBJECT = re.compile(r"(?<![\w-])(?:by|of|with|to|from|for) (?:the )?$")
_THERE = re.compile(r" (?:there|so far|no) ")
_SPOKE = re.compile(
    r" (?:has |have |had )?(?:yet |so far )?(?:commented|responded|replied|answered|"
    r"reacted)(?![\w])"
)


def _labelled(
    plain: str, sentence: Sentence, actor: Actor
) -> tuple[ConsentStatus, int, int] | None:
    """Read an answer in a list, where the party stands first: "Army: yes; rebels: no"."""
    clause = re.split(r"[;.:,|]", plain[sentence.start : actor.start])[-1]
    if len(clause.split()) > 2:
        return None
    for status, pattern in LABELLED:
        match = pattern.match(plain, actor.end, sentence.end)
        if match is not None:
            return status, actor.start, match.end()
    return None


def _passive(plain: str, sentence: Sentence, actor: Actor) -> tuple[ConsentStatus, int, int] | None:
    lead = max(sentence.start, actor.start - 70)
    # An actor may begin with "the", which the pattern also allows before it.
    for status, pattern in PASSIVE:
        match = pattern.search(plain, lead, actor.start)
        if match is None:
            continue
        before = plain[max(sentence.start, match.start() - 50) : match.start()]
        negated = "neg" in match.re.groupindex and match["neg"] is not None
        if negated or (
            status in {"approved", "rejected"}
            and (_NEGATION.search(before) or _CONDITION.search(before))
        ):
            return None
        return status, match.start(), actor.end
    return None


def joined(plain: str, here: list[Actor], position: int, *, forward: bool) -> list[Actor]:
    """Give the actors tied to one by "and": after it for a passive, before it for an active."""
    others: list[Actor] = []
    step = 1 if forward else -1
    at = position
    while 0 <= at + step < len(here):
        first, second = sorted((here[at], here[at + step]), key=lambda actor: actor.start)
        if not _AND.fullmatch(plain, first.end, second.start):
            break
        if (
            not forward
            and re.search(
                r"(?<![\w-])(?:by|of|with|to|from|for|against) (?:the )?$",
                plain[max(0, first.start - 9) : first.start],
            )
            and not IN_NAME_OF.search(plain[max(0, first.start - 80) : first.start])
        ):
            break
        if forward and _TELLS.match(plain, second.end):
            break  # "agreed with Syria, the ministry said"
        at += step
        others.append(here[at])
    return others


_TELLS = re.compile(rf" {words.SAYS}(?![\w])")


def _spelled_out(reading: Reading, sentence: Sentence, parties: list[Actor]) -> list[Actor]:
    """Put the two sides that a sentence names for "both sides"."""
    if not any(
        actor.name
        in {"both sides", "both parties", "two sides", "warring parties", "warring sides"}
        for actor in parties
    ):
        return parties
    here = reading.actors_in(sentence)
    for first, second in itertools.pairwise(here):
        between = _BETWEEN.search(
            reading.text.plain, max(sentence.start, first.start - 12), first.start
        )
        if between and _AND.fullmatch(reading.text.plain, first.end, second.start):
            return [first, second]
    return parties
