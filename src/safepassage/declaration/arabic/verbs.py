"""Put Arabic verbs behind the actor or noun that they stand before, as English does."""

from __future__ import annotations

from dataclasses import replace

from safepassage.declaration.arabic.word import UNKNOWN, Word, is_count, said, spaced_as

__all__ = ["LEADS", "verbs_behind"]

_MOST_COORDINATED = 4


def verbs_behind(words: list[Word]) -> list[Word]:
    """Put each verb behind the actor or noun that it stands before."""
    kept: list[Word] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end].has("+"):
            end += 1
        verb = words[end] if end < len(words) else None
        if verb is None or not verb.signs & {"!", "$"} or (_has_subject(kept) and end > at):
            kept.append(words[at])
            at += 1
            continue
        group = words[at : end + 1]
        told = end + 1
        if _has_subject(kept):
            kept.append(verb)
            at = told
            if verb.english in _STATES:
                at = _answer(words, at, kept, verb)
            continue
        while told < len(words) and _is_day(words, told):
            told += 1
        last = _subject_end(words, told, verb)
        if last > told and kept and kept[-1].english == "that it":
            kept[-1] = said(kept[-1], "that")
        between = words[end + 1 : told]
        kept.extend(_swapped(words[told:last], group, between) if last > told else group)
        at = last if last > told else end + 1
        at = _object(words, at, kept, verb, denied=group[0].english == "did not")
    return _proposals_taken_up(kept)


def _object(words: list[Word], at: int, kept: list[Word], verb: Word, *, denied: bool) -> int:
    """Settle what stands right behind a verb and its subject; give where it ends."""
    if verb.english in _TELLS:
        at = _without_about(words, at, kept)
    if verb.english in _TELLING:
        at = _aside_end(words, at)
    if verb.english in _STATES or denied:
        at = _answer(words, at, kept, verb)
    return at


def _proposals_taken_up(kept: list[Word]) -> list[Word]:
    """Put "agreed to the plan" for "agreed to the proposal", which would be a wish."""
    return [
        said(word, "plan") if _takes_up(kept[max(0, index - 2) : index], word) else word
        for index, word in enumerate(kept)
    ]


def _takes_up(before: list[Word], word: Word) -> bool:
    """Tell "agreed to the proposal", which proposes nothing."""
    texts = [other.english for other in before if other.english not in {"on", "to", "for", "with"}]
    return word.english in {"proposal", "call for"} and texts[-1:] in _TAKING_UP


_TAKING_UP = (
    ["agreed to"], ["agreed on"], ["agrees to"], ["agreed"], ["agrees"], ["accepted"], ["accepts"],
    ["rejected"], ["rejects"],
)  # fmt: skip


def _answer(words: list[Word], at: int, kept: list[Word], verb: Word) -> int:
    """Put "announced its approval of" as "agreed to", "announced its refusal" as "rejected".

    Another's answer keeps the verb: "announced the factions' refusal" becomes "announced
    factions rejected".
    """
    told = at
    while told < len(words) and (skip := _beside(words, told)):
        told += skip
    noun = words[told].english if told < len(words) else ""
    place = max(i for i, word in enumerate(kept) if word.english == verb.english)
    if noun in _SILENT and place and kept[place - 1].english == "did not":
        kept[place - 1 : place + 1] = [said(kept[place], "has not commented")]
        return told + 1
    answer = _ANSWERS.get(noun) if verb.english in _STATES else None
    if answer is None:
        return at
    last = _subject_end(words, told + 1, replace(words[told], signs=frozenset("!")))
    kept.extend(words[at:told])
    end = max(told + 1, last)
    tied = end < len(words) and words[end].english in {"on", "for", "of", "with"}
    answer = answer if tied else answer.removesuffix(" to")
    if last > told + 1:
        kept.extend((*words[told + 1 : last], said(words[told], answer)))
    elif _is_of_another(words, told + 1):
        kept.append(words[told])
        return told + 1
    else:
        kept[place] = said(kept[place], answer)
    return end + tied


def _beside(words: list[Word], at: int) -> int:
    """Count the words that stand between a verb and its answer: "in a post", "on Monday"."""
    here, row = words[at].english, words[at + 1 : at + 3]
    if here in {",", "in a statement"} or _is_day(words, at):
        return 1
    if here in {"in", "through", "on"} and row and not row[0].has("&"):
        return 2 if row[0].has("@") or row[0].signs <= {UNKNOWN} else 0
    return 0


def _aside_end(words: list[Word], at: int) -> int:
    """Skip what tells where something was said: "said in a post on its page that"."""
    end = at
    while end < min(len(words), at + _LONGEST_ASIDE):
        english = words[end].english
        if english in {"that", "that it"}:
            return end
        if not (words[end].has(UNKNOWN) or english in _ASIDE):
            break
        end += 1
    return at


_LONGEST_ASIDE = 10
_ASIDE = frozenset({
    "in", "on", "with", "to", "page", "post", "statement", "social media", "reporters", "during",
    "press conference", "joint press conference", "interview with", "a", "special",
    "in a statement", "text message", "official", "video", "media",
})  # fmt: skip
_TELLING = frozenset({
    "said", "says", "announced", "announces", "stated", "confirmed", "added", "explained",
    "declared", "wrote", "stressed", "noted", "reported that", "revealed",
})  # fmt: skip
_SILENT = frozenset({"position", "comment", "reply"})
_ANSWERS = {
    "approval": "agreed to",
    "approval in principle": "agreed in principle to",
    "rejected": "rejected",
    "commitment": "pledged to respect",
    "commitment to": "pledged to respect",
}
"""Nouns that tell of an answer, and the verbs for them."""


def _is_of_another(words: list[Word], at: int) -> bool:
    """Tell "announced the government's approval" from its own."""
    return at < len(words) and bool(words[at].signs & {"@", "&"})


_STATES = frozenset({
    "announced", "announces", "confirmed", "confirms", "expressed", "expresses", "declared",
    "informed", "informs", "stated", "stressed", "conveyed", "reported that",
})  # fmt: skip


def _without_about(words: list[Word], at: int, kept: list[Word]) -> int:
    """Drop the word that ties a verb of telling to what it tells, days between them kept."""
    tie = at
    while tie < len(words) and (_is_day(words, tie) or words[tie].english == ","):
        tie += 1
    if tie >= len(words) or words[tie].english != "about":
        return at
    kept.extend(words[at:tie])
    return tie + 1


_TELLS = frozenset({"announced", "announces", "announce", "revealed", "quoted"})
"""Verbs that Arabic joins to what they tell with "about"."""


def _has_subject(kept: list[Word]) -> bool:
    """Tell whether an actor stands right before: "Moscow announces"."""
    return bool(kept) and kept[-1].has("@") and not kept[-1].english.endswith((" for", " in"))


def _is_day(words: list[Word], at: int) -> bool:
    word = words[at]
    return word.has("%") or (
        word.english.isdecimal() and at + 1 < len(words) and words[at + 1].has("%")
    )


def _subject_end(words: list[Word], at: int, verb: Word) -> int:
    """Give where the verb's subject ends; where it begins if there is none."""
    wanted = ("@", "&") if verb.has("!") else ()
    end = at
    for _ in range(_MOST_COORDINATED):
        noun = _noun_end(words, end, wanted)
        if noun == end:
            break
        end = noun
        joint = end + 1 < len(words) and words[end].english == "and"
        if not joint or _noun_end(words, end + 1, ("@",)) == end + 1:
            break
        end += 1
    return end


def _noun_end(words: list[Word], at: int, wanted: tuple[str, ...]) -> int:
    """Give where one noun ends: an actor, or any noun where nothing is wanted of it."""
    end = _name_end(words, at) if wanted else at
    apposed = words[end : end + 2] if end > at else []
    if len(apposed) == 2 and apposed[0].english == "," and apposed[1].has("@"):
        end += 1  # "said X, the minister"
    first = end
    while end < len(words) and words[end].has("@") and words[end].english.endswith(LEADS):
        end += 1
    if end >= len(words):
        return at
    word = words[end]
    if wanted:
        if word.signs & set(wanted):
            if word.has("&") and word.english.endswith(" of"):
                return _noun_end(words, end + 1, wanted)  # "the province of Homs"
            person = end > first or word.english.endswith(_PERSONS)
            return _name_end(words, end + 1) if person else end + 1
        owner = end
        while first < end and owner < min(len(words), end + _LONGEST_NAME):
            if words[owner].signs & _NO_OWNER or words[owner].english in _AFTER_OWNER:
                break
            owner += 1
        return owner if owner > end else at
    if is_count(word) and end + 1 < len(words) and words[end + 1].slot is not None:
        return end + 2
    return end + 1 if word.slot is not None or word.has("@") else at


def _name_end(words: list[Word], at: int) -> int:
    """Give where a run of names that nothing knows, and of ranks, ends."""
    end = at
    while end < min(len(words), at + _LONGEST_NAME):
        if not (words[end].has(UNKNOWN) or words[end].english in _RANKS):
            break
        end += 1
    return end


_LONGEST_NAME = 6
"""Words of a name, with its rank (an assumption)."""
_NO_OWNER = frozenset("!$+%")
_AFTER_OWNER = frozenset({",", ".", ":", "that", "about", "on", "in", "at", '"', "(", "-"})
_RANKS = frozenset({"general", "member of", "political bureau", "press service", "commander of"})
_PERSONS = ("Minister", "President", "spokesman", "spokeswoman", "envoy", "Secretary-General")
LEADS = (" for", " in", "both", " of", " to", "deputy")


def _swapped(subject: list[Word], verb: list[Word], between: list[Word]) -> list[Word]:
    spaced = verb[0].pieces[0].spaced
    moved = [spaced_as(word, spaced=True) for word in (*subject, *verb, *between)]
    moved[0] = spaced_as(moved[0], spaced=spaced)
    return moved
