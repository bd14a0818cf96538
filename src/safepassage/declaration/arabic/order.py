"""Put glossed Arabic words into English order: actor before verb, adjective before noun."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.arabic.verbs import LEADS, verbs_behind
from safepassage.declaration.arabic.word import Word, is_count, said, spaced_as
from safepassage.declaration.english.dates import MONTHS
from safepassage.declaration.nations import ADJECTIVES, country

if TYPE_CHECKING:
    from safepassage.declaration.gloss import Piece

__all__ = ["in_order"]

_UNITS = re.compile(r"(?P<count>\d{1,4}|two|one) ?(?P<unit>hour|day|week|month)s?")
_UNIT = re.compile(r"(?:minute|hour|day|week|month|year)s?")
_AGO_UNITS = re.compile(r"(?:\d{1,4}|two|one|several|an?) ?(?:hour|day|week|month|year)s?")
_PAUSE = re.compile(r"(?:truce|ceasefire|pause|hostilities|silence)\b")
_COUNTRIES = {word.title(): code for code, words in ADJECTIVES.items() for word in words}
_BASES = {"is": "be", "has": "have", "does": "do", "leaves": "leave", "closes": "close"}
_ALONE = frozenset({"hour", "day", "week", "month"})
_SORTS = frozenset({"movement", "group", "organisation"})
_CLOCK = re.compile(r"\d\d:\d\d|midnight|noon")
_ENDS = frozenset({".", ",", ";", "on", "and", '"'})


def in_order(words: list[Word]) -> list[Piece]:
    """Put words into English order; give their pieces."""
    told = [word for word in words if word.english]
    words = _lengths_of_pauses(_lengths(_dated(_once(_unquoted(told)))))
    words = _small_words(_with_adjectives(words))
    words = _into_force(verbs_behind(words))
    return [piece for word in words for piece in word.pieces if piece.english]


def _once(words: list[Word]) -> list[Word]:
    """Tell a month once that is written by two of its names: "تشرين الثاني/نوفمبر"."""
    kept: list[Word] = []
    at = 0
    while at < len(words):
        word, following = words[at], words[at + 1 : at + 4]
        month = word.has("%") and word.english.lower() in MONTHS
        texts = [other.english for other in following]
        if month and texts[:1] in (["/"], ["-"]) and texts[1:2] == [word.english]:
            kept.append(_joined(words[at : at + 3]))
            at += 3
        elif month and texts[:1] == ["("] and texts[1:] == [word.english, ")"]:
            kept.append(_joined(words[at : at + 4]))
            at += 4
        elif month and texts[:1] == ["/"] and texts[1:2] and texts[1].lower() in MONTHS:
            kept.append(_unclear(words[at : at + 3]))
            at += 3
        else:
            kept.append(word)
            at += 1
    return kept


def _dated(words: list[Word]) -> list[Word]:
    """Drop "tomorrow" before the whole date of it: "tomorrow Saturday 2 April 2016"."""
    if not any(word.english in _TO_COME for word in words):
        return words  # nothing else would tell that it is to come
    return [
        word
        for at, word in enumerate(words)
        if not (word.english == "tomorrow" and _is_whole_date(words[at + 1 : at + 5]))
    ]


def _is_whole_date(row: list[Word]) -> bool:
    texts = " ".join(word.english for word in row)
    return row[:1] != [] and row[0].has("%") and _WHOLE_DATE.match(texts) is not None


_TO_COME = frozenset({"will", "begins", "starting from", "comes into force", "takes effect"})
_WHOLE_DATE = re.compile(r"(?:[A-Z][a-z]+day )?\d{1,2} [A-Z][a-z]+ (?:19|20)\d\d\b")


def _unquoted(words: list[Word]) -> list[Word]:
    """Take the quotation marks off an actor's name, and "movement" from before it."""
    kept: list[Word] = []
    at = 0
    while at < len(words):
        row = words[at : at + 3]
        texts = [word.english for word in row]
        if len(row) == 3 and texts[::2] == ['"', '"'] and row[1].has("@"):
            kept.append(spaced_as(row[1], spaced=row[0].pieces[0].spaced))
            at += 3
        else:
            kept.append(row[0])
            at += 1
    return [
        word
        for at, word in enumerate(kept)
        if not (word.english in _SORTS and any(other.has("@") for other in kept[at + 1 : at + 2]))
    ]


def _joined(words: list[Word]) -> Word:
    first, last = words[0].pieces[0], words[-1].pieces[-1]
    return replace(words[0], pieces=(replace(first, end=last.end),))


def _unclear(words: list[Word]) -> Word:
    """Give words that no rule takes for a month, where two months are written as one."""
    first, last = words[0].pieces[0], words[-1].pieces[-1]
    return Word((replace(first, english="unclear-month", end=last.end),))


def _lengths(words: list[Word]) -> list[Word]:
    """Make one word of a number and its unit of time; put a stroke between words apart."""
    kept: list[Word] = []
    apart = False
    for word in words:
        now = spaced_as(word, spaced=True) if apart else word
        apart = word.english == "/"
        if apart:
            now = spaced_as(said(word, "-"), spaced=True)
        if kept and is_count(kept[-1]) and _UNIT.fullmatch(now.english):
            kept[-1] = Word((*kept[-1].pieces, *now.pieces))
        else:
            kept.append(now)
    return kept


def _lengths_of_pauses(words: list[Word]) -> list[Word]:
    """Turn the length that stands right behind a pause into an adjective: "a 72-hour truce"."""
    kept: list[Word] = []
    for word in words:
        length = _UNITS.fullmatch(word.english) if kept else None
        if length and _PAUSE.search(_noun_before(kept)):
            text = f"{length['count']}-{length['unit']}"
            piece = replace(word.pieces[0], english=text, end=word.pieces[-1].end)
            kept.append(Word((piece,), frozenset("^")))
        elif length and (kept[-1].has("&") or kept[-1].english in _HELD):
            first = replace(word.pieces[0], english=f"for {word.pieces[0].english}")
            kept.append(replace(word, pieces=(first, *word.pieces[1:])))
        else:
            kept.append(word)
    return kept


_HELD = frozenset({"airstrikes", "military operations", "combat operations", "shelling", "fire"})
"""What is halted, before the length of it: "will halt airstrikes five days"."""


def _noun_before(words: list[Word]) -> str:
    """Give the noun at the end of a row, adjectives behind it left out."""
    for word in reversed(words):
        if word.slot is not None:
            return word.english
        if not word.has("^"):
            break
    return ""


def _with_adjectives(words: list[Word]) -> list[Word]:
    """Put adjectives before their noun, and a country behind a comma after its town."""
    kept: list[Word] = []
    for word in words:
        last = kept[-1] if kept else None
        behind = word.has("^") or (word.has("#") and last is not None and last.slot is not None)
        if last is None or not behind:
            kept.append(word)
        elif last.has("&") and word.english in _COUNTRIES:
            kept[-1] = _in_country(last, word)
        elif last.has("%") and word.english in {"coming", "last"}:
            kept[-1] = _before(last, word, len(last.pieces) - 1)
        elif last.slot is not None:
            kept[-1] = _before(last, word, last.slot)
        else:
            kept.append(word)
    return kept


def _before(noun: Word, adjective: Word, slot: int) -> Word:
    """Put an adjective, or a number with the article, into a noun's slot."""
    spaced = noun.pieces[0].spaced
    pieces = [replace(piece, spaced=True) for piece in noun.pieces]
    added = [replace(piece, spaced=True) for piece in adjective.pieces]
    pieces[slot:slot] = added
    pieces[0] = replace(pieces[0], spaced=spaced)
    moved = slot if noun.slot is not None else None
    return replace(noun, pieces=tuple(pieces), slot=moved)


def _in_country(town: Word, adjective: Word) -> Word:
    name = country(_COUNTRIES[adjective.english]).removeprefix("the ")
    comma = replace(adjective.pieces[0], english=f", {name}", spaced=False)
    return replace(town, pieces=(*town.pieces, comma))


def _small_words(words: list[Word]) -> list[Word]:
    """Settle small words by what stands beside them."""
    settled: list[Word] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else None
        before = words[at - 1] if at else None
        now = _beside(word, before) if before is not None else word
        settled.append(_small(now, before, following))
    return _ago(settled)


def _beside(word: Word, before: Word) -> Word:
    """Settle a word by the one before it."""
    if is_count(before) and word.pieces[0].english in {"a", "an", "the"}:
        return _without_article(word)
    if before.has("+") and word.signs & {"!", "$"}:
        return _base(word)
    if before.english in {"for", "lasting"} and word.english in _ALONE:
        return said(word, f"one {word.english}")
    return word


def _small(word: Word, before: Word | None, following: Word | None) -> Word:
    """Settle a word by the one that follows."""
    english = word.english
    if english == "after" and (following is None or following.english in _ENDS):
        return said(word, "")  # "not yet"
    if following is None:
        return word
    if english == "not" and following.slot is not None:
        return said(word, "no")
    if english in {"in", "with", "from", "during"}:
        return said(word, _preposition(english, before, following))
    if word.slot is None or word.has("&") or not following.has("&"):
        return word
    return word if english.endswith(LEADS) else _of(word)


_COUNTED = re.compile(r"(?:the )?\d{1,3}(?: |$)")
_HALTED = ("suspension of military operations", "cessation of hostilities", "opening of")


def _preposition(english: str, before: Word | None, following: Word) -> str:
    """Give the preposition that English has before a clock, a day or a place."""
    if english == "during" and _AGO_UNITS.fullmatch(following.english):
        return "within"
    if english == "with" and following.english.endswith(_HALTED):
        return ""  # "ordered with a halt"
    if english == "in" and _CLOCK.fullmatch(following.english):
        return "at"
    english = "in" if english == "with" and following.has("&") else english
    if english == "from" and before is not None:
        if _CLOCK.fullmatch(before.english) and (following.has("%") or is_count(following)):
            return "on"
        share = is_count(before) and _COUNTED.match(following.english)  # "six of the eight"
        if share or (following.has("&") and _ends_in_part(before)):
            return "of"
    return english


def _of(noun: Word) -> Word:
    """Tie a noun to the place behind it: "the residents of Gaza City"."""
    tie = replace(noun.pieces[-1], english="of", spaced=True)
    return replace(noun, pieces=(*noun.pieces, tie))


def _ends_in_part(word: Word) -> bool:
    return word.has("&") and word.english.rpartition(" ")[2] in {"districts", "areas"}


def _without_article(word: Word) -> Word:
    first = replace(word.pieces[1], spaced=True) if len(word.pieces) > 1 else None
    if first is None:
        return word
    slot = None if word.slot is None else max(0, word.slot - 1)
    return replace(word, pieces=(first, *word.pieces[2:]), slot=slot)


def _base(verb: Word) -> Word:
    """Give a verb behind "will" its plain form."""
    head, _, rest = verb.english.partition(" ")
    plain = _BASES.get(head)
    if plain is None:
        plain = re.sub(r"(?<=[cs]h)es$|s$", "", re.sub(r"ies$", "y", head))
    return said(verb, f"{plain} {rest}".strip())


def _ago(words: list[Word]) -> list[Word]:
    """Put "before three weeks" as "three weeks ago"."""
    kept: list[Word] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else None
        if word.english == "before" and following and _AGO_UNITS.fullmatch(following.english):
            continue
        kept.append(word)
        if at and words[at - 1].english == "before" and _AGO_UNITS.fullmatch(word.english):
            before = words[at - 1].pieces[0]
            kept.append(Word((replace(before, english="ago", spaced=True),)))
    return kept


def _into_force(words: list[Word]) -> list[Word]:
    """Put "into force" next to the verb that it belongs to."""
    kept: list[Word] = []
    for word in words:
        tail = kept[-_FAR:]
        verbs = [at for at, other in enumerate(tail) if other.english in _ENTERS]
        if word.english == "into force" and verbs:
            kept.insert(len(kept) - len(tail) + verbs[-1] + 1, word)
        else:
            kept.append(word)
    return kept


_ENTERS = frozenset({"enters", "enter", "entered", "entry of"})
_FAR = 12
"""Words between a verb and its end (an assumption)."""
