"""Put glossed Arabic words into English order: actor before verb, adjective before noun."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from safepassage.declaration.english.dates import MONTHS
from safepassage.declaration.gloss import Piece
from safepassage.declaration.nations import ADJECTIVES, country

__all__ = ["Word", "in_order", "word_of"]

_SIGNS = "!$+@*&%^"
_SLOT = "~"
_UNITS = re.compile(r"(?P<count>\d{1,4}|two|one) ?(?P<unit>hour|day|week|month)s?")
_UNIT = re.compile(r"(?:minute|hour|day|week|month|year)s?")
_AGO_UNITS = re.compile(r"(?:\d{1,4}|two|one|several|an?) ?(?:hour|day|week|month|year)s?")
_PAUSE = re.compile(r"(?:truce|ceasefire|pause|hostilities|silence)\b")
_COUNTRIES = {word.title(): code for code, words in ADJECTIVES.items() for word in words}
_BASES = {"is": "be", "has": "have", "does": "do", "leaves": "leave", "closes": "close"}
_ALONE = frozenset({"hour", "day", "week", "month"})
_SORTS = frozenset({"movement", "group", "organisation"})
_CLOCK = re.compile(r"\d\d:\d\d|midnight|noon")
_MOST_COORDINATED = 4
_ENDS = frozenset({".", ",", ";", "on", "and", '"'})


@dataclass(frozen=True, slots=True)
class Word:
    """Hold English for one entry, how it behaves, and the pieces it is made of."""

    pieces: tuple[Piece, ...]
    signs: frozenset[str] = frozenset()
    slot: int | None = None
    """Which piece the noun's adjectives go before."""

    @property
    def english(self) -> str:
        """Give its words."""
        return " ".join(piece.english for piece in self.pieces if piece.english)

    def upper(self) -> Word:
        """Give the word in capitals."""
        pieces = tuple(replace(piece, english=piece.english.upper()) for piece in self.pieces)
        return replace(self, pieces=pieces)

    def bracketed(self) -> Word:
        """Give the word in brackets."""
        first = replace(self.pieces[0], english=f"({self.english})", end=self.pieces[-1].end)
        return replace(self, pieces=(first,))

    def has(self, sign: str) -> bool:
        """Tell whether it behaves in a way."""
        return sign in self.signs


def word_of(english: str, start: int, end: int, *, spaced: bool, definite: bool = False) -> Word:
    """Make a word of a phrasebook's English, its signs taken off.

    ``definite`` tells that a number has the article: it may stand behind its noun.
    """
    bare = english.lstrip(_SIGNS)
    signs = frozenset(english[: len(english) - len(bare)]) | ({"#"} if definite else set())
    lead, slot, rest = bare.partition(_SLOT)
    if not slot:
        return Word((Piece(bare, start, end, spaced),), signs)
    pieces = [Piece(part.strip(), start, end) for part in (lead, rest) if part.strip()]
    pieces[0] = replace(pieces[0], spaced=spaced)
    return Word(tuple(pieces), signs, len(pieces) - 1)


def in_order(words: list[Word]) -> list[Piece]:
    """Put words into English order; give their pieces."""
    told = [word for word in words if word.english]
    words = _lengths_of_pauses(_lengths(_once(_unquoted(told))))
    words = _small_words(_with_adjectives(words))
    words = _into_force(_verbs_behind(words))
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


def _unquoted(words: list[Word]) -> list[Word]:
    """Take the quotation marks off an actor's name, and "movement" from before it."""
    kept: list[Word] = []
    at = 0
    while at < len(words):
        row = words[at : at + 3]
        texts = [word.english for word in row]
        if len(row) == 3 and texts[::2] == ['"', '"'] and row[1].has("@"):
            kept.append(_spaced(row[1], spaced=row[0].pieces[0].spaced))
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
        now = _spaced(word, spaced=True) if apart else word
        apart = word.english == "/"
        if apart:
            now = _spaced(_said(word, "-"), spaced=True)
        if kept and _is_count(kept[-1]) and _UNIT.fullmatch(now.english):
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
        else:
            kept.append(word)
    return kept


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
    if _is_count(before) and word.pieces[0].english in {"a", "an", "the"}:
        return _without_article(word)
    if before.has("+") and word.signs & {"!", "$"}:
        return _base(word)
    if before.english in {"for", "lasting"} and word.english in _ALONE:
        return _said(word, f"one {word.english}")
    return word


def _small(word: Word, before: Word | None, following: Word | None) -> Word:
    """Settle a word by the one that follows."""
    english = word.english
    if english == "after" and (following is None or following.english in _ENDS):
        return _said(word, "")  # "not yet"
    if following is None:
        return word
    if english == "not" and following.slot is not None:
        return _said(word, "no")
    if english in {"in", "with", "from", "during"}:
        return _said(word, _preposition(english, before, following))
    if word.slot is None or word.has("&") or not following.has("&"):
        return word
    return word if english.endswith(_LEADS) else _of(word)


def _preposition(english: str, before: Word | None, following: Word) -> str:
    """Give the preposition that English has before a clock, a day or a place."""
    if english == "during" and _AGO_UNITS.fullmatch(following.english):
        return "within"
    if english == "in" and _CLOCK.fullmatch(following.english):
        return "at"
    if english == "with" and following.has("&"):
        return "in"
    if english == "from" and before is not None:
        if _CLOCK.fullmatch(before.english) and (following.has("%") or _is_count(following)):
            return "on"
        if following.has("&") and _ends_in_part(before):
            return "of"
    return english


def _said(word: Word, english: str) -> Word:
    return replace(word, pieces=(replace(word.pieces[0], english=english), *word.pieces[1:]))


def _of(noun: Word) -> Word:
    """Tie a noun to the place behind it: "the residents of Gaza City"."""
    tie = replace(noun.pieces[-1], english="of", spaced=True)
    return replace(noun, pieces=(*noun.pieces, tie))


def _ends_in_part(word: Word) -> bool:
    return word.has("&") and word.english.rpartition(" ")[2] in {"districts", "areas"}


def _is_count(word: Word) -> bool:
    return word.english.isdecimal() and len(word.english) <= 3


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
    return _said(verb, f"{plain} {rest}".strip())


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


def _verbs_behind(words: list[Word]) -> list[Word]:
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
    kept[place] = _said(kept[place], "agreed to" if told == "approval" else "rejected")
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
    while end < len(words) and words[end].has("@") and words[end].english.endswith(_LEADS):
        end += 1
    if end >= len(words):
        return at
    word = words[end]
    if wanted:
        return end + 1 if word.signs & set(wanted) else at
    if _is_count(word) and end + 1 < len(words) and words[end + 1].slot is not None:
        return end + 2
    return end + 1 if word.slot is not None or word.has("@") else at


_LEADS = (" for", " in", "both", " of", " to", "deputy")


def _swapped(subject: list[Word], verb: list[Word], between: list[Word]) -> list[Word]:
    spaced = verb[0].pieces[0].spaced
    moved = [_spaced(word, spaced=True) for word in (*subject, *verb, *between)]
    moved[0] = _spaced(moved[0], spaced=spaced)
    return moved


def _spaced(word: Word, *, spaced: bool) -> Word:
    first, *rest = word.pieces
    return replace(word, pieces=(replace(first, spaced=spaced), *rest))
