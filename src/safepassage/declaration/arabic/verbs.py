"""Put Arabic verbs behind the actor or noun that they stand before, as English does."""

from __future__ import annotations

from safepassage.declaration.arabic.word import Word, is_count, said, spaced_as

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
        if verb is None or not verb.signs & {"!", "$"} or _has_subject(kept):
            kept.append(words[at])
            at += 1
            continue
        group = words[at : end + 1]
        told = end + 1
        while told < len(words) and _is_day(words, told):
            told += 1
        last = _subject_end(words, told, verb)
        between = words[end + 1 : told]
        kept.extend(_swapped(words[told:last], group, between) if last > told else group)
        at = last if last > told else end + 1
        if verb.english in _TELLS:
            at = _without_about(words, at, kept)
        if verb.english in _STATES:
            at = _answer(words, at, kept, verb)
    return kept


def _answer(words: list[Word], at: int, kept: list[Word], verb: Word) -> int:
    """Put "announced its approval of" as "agreed to", "announced its refusal" as "rejected"."""
    told = words[at].english if at < len(words) else ""
    if told not in {"approval", "rejected"} or _is_of_another(words, at + 1):
        return at
    place = max(i for i, word in enumerate(kept) if word.english == verb.english)
    kept[place] = said(kept[place], "agreed to" if told == "approval" else "rejected")
    at += 1
    if at < len(words) and words[at].english in {"on", "for", "of"}:
        at += 1
    return at


def _is_of_another(words: list[Word], at: int) -> bool:
    """Tell "announced the government's approval" from its own."""
    return at < len(words) and bool(words[at].signs & {"@", "&"})


_STATES = frozenset({"announced", "announces", "confirmed", "expressed", "declared"})


def _without_about(words: list[Word], at: int, kept: list[Word]) -> int:
    """Drop the word that ties a verb of telling to what it tells, days between them kept."""
    tie = at
    while tie < len(words) and _is_day(words, tie):
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
    end = at
    while end < len(words) and words[end].has("@") and words[end].english.endswith(LEADS):
        end += 1
    if end >= len(words):
        return at
    word = words[end]
    if wanted:
        return end + 1 if word.signs & set(wanted) else at
    if is_count(word) and end + 1 < len(words) and words[end + 1].slot is not None:
        return end + 2
    return end + 1 if word.slot is not None or word.has("@") else at


LEADS = (" for", " in", "both", " of", " to", "deputy")


def _swapped(subject: list[Word], verb: list[Word], between: list[Word]) -> list[Word]:
    spaced = verb[0].pieces[0].spaced
    moved = [spaced_as(word, spaced=True) for word in (*subject, *verb, *between)]
    moved[0] = spaced_as(moved[0], spaced=spaced)
    return moved
