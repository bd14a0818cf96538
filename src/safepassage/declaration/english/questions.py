"""Read in English text what is answered to a question about a party's consent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.findings import RESOLVED, Finding
from safepassage.declaration.model import Consent

if TYPE_CHECKING:
    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.model import ConsentStatus
    from safepassage.declaration.text import Sentence

__all__ = ["asked", "of_them"]

_ASKS = re.compile(
    r"(?<![\w-])(?:has|have|did|does|do|is|are|will|whether) (?:the )?$|(?<![\w-])(?:what )?"
    r"(?:about|from|of) (?:the )?$"
)
_OF_CONSENT = re.compile(
    r"(?<![\w-])(?:agree\w*|accept\w*|consent\w*|approv\w*|sign\w*|do the same|do likewise|follow|"
    r"respond\w*|repl\w+|answer\w*|confirm\w*|on board|observe|respect|honou?r)(?![\w])"
)
_LEAD = r"^(?:[a-z]\.|[a-z]{1,14}:|-|\"| )*"
_ANSWERS: tuple[tuple[ConsentStatus, re.Pattern[str]], ...] = (
    ("silent", re.compile(
        r"(?<![\w-])(?:no (?:word|answer|reply|response|signal)|not (?:to us|yet|so far)|"
        r"(?:haven't|"
        r"have not|has not|hasn't) (?:\w+ )?(?:heard|answered|replied|responded|said)|silen\w+|"
        r"(?:still )?waiting)(?![\w])")),
    ("rejected", re.compile(
        rf"{_LEAD}no(?:pe)?(?![\w]).*(?:refus\w+|reject\w+|won't|will not|turned \w+ down|said no)|"
        rf"{_LEAD}(?:they|it) (?:refused|rejected|turned|said no)")),
    ("approved", re.compile(
        rf"{_LEAD}(?:yes|they (?:have|did|do)(?! not)|it (?:has|did|does)(?! not)|both (?:have|"
        rf"did)|"
        r"(?:they|it|both|he) (?:agreed|accepted|signed|confirmed|gave))(?![\w])")),
)  # fmt: skip
_MOST = 3


def asked(reading: Reading, sentence: Sentence, issuer: Actor | None) -> list[Finding[Consent]]:
    """Read a question whether a party agreed, with the sentences that answer it."""
    plain = reading.text.plain
    here = [a for a in reading.actors_in(sentence) if a.kind not in {"media", "office"}]
    parties = [
        actor
        for actor in here
        if _ASKS.search(plain[max(sentence.start, actor.start - 30) : actor.start])
        and _OF_CONSENT.search(plain[actor.end : sentence.end])
    ]
    answer, end = "", sentence.end
    for later in reading.text.sentences[sentence.index + 1 : sentence.index + 1 + _MOST]:
        if later.plain.rstrip("\"' ").endswith("?"):
            break
        answer, end = f"{answer} {later.plain}", later.end
    status = next((status for status, told in _ANSWERS if told.search(answer.strip())), None)
    if status is None or len(parties) != 1 or (issuer and parties[0].name == issuer.name):
        return []
    party = parties[0]
    consent = Consent(party=party.name, status=status, stated_by=issuer.name if issuer else None)
    return [Finding(consent, party.start, end, RESOLVED)]


_THEY_ARE_SILENT = re.compile(
    r"(?<![\w-])no (?:immediate |official )?(?:answer|word|reply|response|comment|reaction)"
    r"(?: [\w'-]{2,12}){0,3}? (?:from|by) (?:them|it|him)(?![\w])"
    r"|^(?:they|it|he) (?:has|have|had|did) not (?:yet )?(?:answer|respond|comment|repl)\w*"
)


def of_them(reading: Reading, sentence: Sentence, issuer: Actor | None) -> list[Finding[Consent]]:
    """Read "no answer came from them", said of the one party that the sentence before names."""
    told = _THEY_ARE_SILENT.search(sentence.plain)
    if told is None or sentence.index == 0:
        return []
    before = reading.actors_in(reading.text.sentences[sentence.index - 1])
    parties = [a for a in before if a.kind not in {"media", "office", "body"}]
    named = {a.name: a for a in parties if issuer is None or a.name != issuer.name}
    if len(named) != 1:
        return []
    party = next(iter(named.values()))
    consent = Consent(party=party.name, status="silent")
    start, end = sentence.start + told.start(), sentence.start + told.end()
    return [Finding(consent, min(party.start, start), end, RESOLVED)]
