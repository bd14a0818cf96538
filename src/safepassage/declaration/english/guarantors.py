"""Find in English text who guarantees a pause or the safety of those who leave."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from safepassage.declaration.english.helpers import with_teams
from safepassage.declaration.english.sources import speaker_of
from safepassage.declaration.findings import RESOLVED, Finding
from safepassage.declaration.nations import ADJECTIVES, country, names_of_countries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence

__all__ = ["find_guarantors"]

_KEY = re.compile(r"guarant|vouch|auspices|aegis|patronage|suret|assur|underwr|(?:its|their) word")
_SAFETY = r"(?:safety|security|safe passage|safe conduct|free passage|unhindered)"
_OTHER_NOUNS = r"(?:\w+ (?:and )?){0,2}"
_KINDS = r"(?:(?:security|safety|written|joint|personal|firm|state|official|formal|military) ){0,2}"
_LATIN = r"(?:\w+ly )?"
_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?:guaranteed|vouched for|underwritten) {_LATIN}by"
    rf"|{_SAFETY}[\w ,]{{0,50}} (?:is|are|was|were|will be|be|being)? ?assured {_LATIN}by"
    rf"|(?<!no )guarantees?(?: of {_OTHER_NOUNS}{_SAFETY}(?: \w+){{0,3}})?"
    r"(?: (?:given|offered|provided|issued|extended|made|received|obtained|secured|coming))?"
    r" (?:from|of|by)"
    rf"|(?:under|with) (?:the )?{_OTHER_NOUNS}(?:guarantees?|auspices|aegis|patronage) (?:of|from|"
    rf"by)"
    r"|guarantors?(?: (?:states?|countr(?:y|ies)|powers?|part(?:y|ies)|sides?))?"
    r"(?: (?:of|to|for|behind) (?:the |this |its )?(?:[\w-]+ ){1,5})?"
    r"(?:,? ?(?: will be|are|is|being|include| -|:|,))?"
    r"|(?:role|part|function|duties) of (?:the |a )?guarantors? (?:\w+ ){1,4}(?:to|by|with)"
    r"|(?:acting|serving|act|serve) as (?:the )?guarantors? (?:are|is|will be)"
    r"|with) (?:both )?(?:the )?$"
)
_AUX = (
    r"(?:(?:will|would|shall|is to|are to|has|have|had|agreed to|undertook to|undertakes? to|"
    r"promised? to|offered to|also|both|all|each|together|jointly|in turn|is|are|were|was|to|"
    r"continue to|be|for (?:its|their) part|personally|formally|once again|now) ){0,4}"
)
_ROLE = r"(?:the |a |its |official |international )*(?:co-)?guarantors?"
_AFTER = re.compile(
    r"(?: government| itself| themselves)?(?:'s)?(?:[ ,]{1,2}|: | - )"
    rf"(?:(?:these|those|the) (?:two |three |four |\w+ )?(?:countries|states|powers|sides) )?{_AUX}"
    rf"(?:(?:act|serv|stand|stood|step|appear|perform|remain|work|confirm|nam|sign|attend|witness|agree|com|offer|"
    rf"volunteer|present|propos|put)\w{{0,4}} "
    rf"(?:\w+ ){{0,3}}?as {_ROLE}|as {_ROLE}|(?:stand(?:s|ing)? )?{_ROLE}"
    rf"|(?:tak|took|assum|play|perform|accept|fulfil)\w{{0,4}} (?:\w+ ){{0,4}}?(?:of|as) {_ROLE}"
    r"|guarantee(?:s|d|ing)?(?! (?:from|of|by|was|were|is|are|for themselves)\b)"
    r"|vouch(?:es|ed|ing)?(?: for)?|stand(?:s|ing)? surety|underwrit(?:e|es|ing)|underwrote"
    rf"|assur(?:e|es|ed|ing) (?:the |their |them |people |civilians )?(?:of )?{_SAFETY}"
    rf"|(?:gives?|gave|given|giving|offer|offers|offered|provid(?:e|es|ed)|extend(?:s|ed)?|"
    r"issu(?:e|es|ed)|suppl(?:y|ies|ied)) (?:\w+ ){0,4}?guarantees?"
    r"|(?:gives?|gave|given|pledg(?:e|es|ed)|staked|stakes) (?:its|their|his|her) word"
    r"(?! (?:to (?:leave|withdraw|surrender))))(?![\w-])"
)
_DENIED = re.compile(
    r"(?<![\w-])(?:no|no one|nobody|without|not|n't|cannot|denied|denies|deny|never|lack of|"
    r"ask\w*|demand\w*|seek\w*|call\w*|want\w*|urg\w*|request\w*|invit\w*|expect\w*|if|unless|"
    r"whether|waiting|await\w*|need\w*|insist\w*|wonder\w*) "
    r"(?:[\w']{1,14} ){0,6}?(?:guarant|vouch|assur|underwr|auspices|suret)"
    r"|(?:guarant\w+|assur\w+) (?:\w+ ){0,4}(?:(?:have|has|had) (?:not|yet)|(?:is|are|was|were) "
    r"(?:not|missing|lacking|withdrawn|refused))"
)
_ROW = re.compile(
    r"(?:'s)?(?: \([^)]{2,30}\))?(?:, and |, | and | as well as |,? together with |"
    r",? along with | & |/)(?:the |by |of |with |also |both ){0,2}"
)
_SELF = re.compile(
    r"(?<![\w-])(?P<who>we|it|they|he|she)(?: (?:will|shall|would|also|hereby|fully|both|"
    r"can)){0,2} "
    r"(?:guarantees?|guaranteed|vouch(?:es|ed)? for)(?! (?:from|of|by|was|were|is|are)\b)(?![\w-])"
    r"|(?<![\w-])(?P<our>our) guarantees?(?! (?:from|of|by|was|were|is|are|that)\b)(?![\w-])"
)
_TALKS = re.compile(
    r"(?<![\w-])(?:talks|meeting|negotiat\w+|conference|summit|dialogue|signed|reached|brokered|"
    r"held)(?: [\w'-]+){0,8} under (?:the )?(?:\w+ ){0,3}(?:auspices|aegis|patronage)"
)


def find_guarantors(
    reading: Reading, issuer: Actor | None, elsewhere: frozenset[int]
) -> list[Finding[str]]:
    """Find who is said to guarantee the pause, or the safety of those who leave."""
    found: dict[str, Finding[str]] = {}
    for sentence, role in reading.rows():
        if sentence.index in elsewhere or not _KEY.search(sentence.plain):
            continue
        if _DENIED.search(sentence.plain) or _TALKS.search(sentence.plain):
            continue
        told = [*_named(reading, sentence), *_by_adjective(sentence)]
        for finding in told or _speaking_for_itself(reading, sentence, issuer):
            if not role.is_past(finding.start):
                found.setdefault(finding.value, finding)
    return sorted(found.values(), key=lambda finding: finding.start)


def _named(reading: Reading, sentence: Sentence) -> Iterator[Finding[str]]:
    """Give those whom a sentence names beside words of guaranteeing, whole rows of them."""
    plain = reading.text.plain
    here = [actor for actor in reading.actors_in(sentence) if actor.kind != "media"]
    for team in with_teams(sentence, []):
        told = _AFTER.match(plain, team.end, sentence.end)
        if told:
            yield Finding(team.name, team.start, told.end())
    for position, actor in enumerate(here):
        before = _BEFORE.search(plain, max(sentence.start, actor.start - 90), actor.start)
        after = _AFTER.match(plain, actor.end, sentence.end)
        if before and not after and before[0].startswith("with ") and not _KEY.search(before[0]):
            before = None
        if not before and not after:
            continue
        forward = before is not None and not (before[0].startswith("with ") and after)
        for party in (actor, *_row(plain, here, position, forward=forward)):
            start = min(party.start, before.start()) if before else party.start
            end = max(party.end, after.end()) if after else party.end
            yield Finding(party.name, start, end)


def _row(plain: str, here: list[Actor], position: int, *, forward: bool) -> Iterator[Actor]:
    """Give the others of a row: those after one who is named last, or before."""
    step = 1 if forward else -1
    at = position
    while 0 <= at + step < len(here):
        first, second = sorted((here[at], here[at + step]), key=lambda actor: actor.start)
        if not _ROW.fullmatch(plain, first.end, second.start):
            return
        if forward and re.match(
            r",? (?:has |have |will )?(?:said|says|told|announced|agreed|"
            r"accepted|rejected|refused)\b",
            plain[second.end : second.end + 16],
        ):
            return
        at += step
        yield here[at]


@cache
def _adjectives() -> re.Pattern[str]:
    adjectives = [word for words in ADJECTIVES.values() for word in words]
    names = [name for name in names_of_countries() if len(name) > 3]
    adj = "|".join(sorted(map(re.escape, adjectives), key=len, reverse=True))
    name = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    one = rf"(?:(?:{name})(?:'s|')|{adj})"
    return re.compile(
        rf"(?<![\w-])(?P<first>{one})(?:(?: and |-|/|, )(?P<second>{one}))?"
        rf"(?: and (?P<third>{one}))?(?: {_KINDS}|-)?(?:guarantees?|guarantorship|auspices|"
        r"patronage|security assurances)(?![\w-])"
    )


def _by_adjective(sentence: Sentence) -> Iterator[Finding[str]]:
    """Give the states of "a Russian guarantee" and "under Turkey's and Qatar's auspices"."""
    known = {word: code for code, words in ADJECTIVES.items() for word in words}
    for match in _adjectives().finditer(sentence.plain):
        for group in ("first", "second", "third"):
            if match[group]:
                word = match[group].removesuffix("'s").rstrip("'")
                code = known.get(word) or names_of_countries()[word]
                start, end = sentence.start + match.start(), sentence.start + match.end()
                yield Finding(f"Government of {country(code)}", start, end, RESOLVED)


def _speaking_for_itself(
    reading: Reading, sentence: Sentence, issuer: Actor | None
) -> Iterator[Finding[str]]:
    """Give the speaker who says "we guarantee", or of whom it is said that it does."""
    match = _SELF.search(sentence.plain)
    if match is None:
        return
    speaker = speaker_of(reading, sentence, issuer)
    ours = match["our"] or match["who"] == "we"
    if speaker is None and ours and not any(a.kind != "media" for a in reading.actors_in(sentence)):
        speaker = issuer
    if speaker is not None:
        yield Finding(
            speaker.name, sentence.start + match.start(), sentence.start + match.end(), RESOLVED
        )
