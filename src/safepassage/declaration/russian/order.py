"""Give glossed words the prepositions and the order that English has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.russian.towns import is_nominative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.russian.word import Word

__all__ = ["arranged"]

_INSTRUMENTAL = ("ом", "ем", "ой", "ей", "ою", "ами", "ями", "ью", "им", "ым", "ими", "ыми", "мя")
_GENITIVE = ("ов", "ев", "ей", "ых", "их", "ия", "ний")
_GENITIVE_ADJECTIVE = ("ых", "их", "ого", "его")
_WAYS = ("corridor", "route", "road", "street", "highway", "exit", "passage")
_MEDIA = frozenset({"TASS", "RIA Novosti", "RIA", "Interfax", "RBC", "Reuters", "SANA"})
_WHO = frozenset({"actor", "person", "name", "place"})
_TIME = frozenset({"day", "clock"})
_REACH = 8
"""Most words between a verb and who says it, or between a zone and its clocks."""


def arranged(words: Sequence[Word]) -> list[Word]:
    """Settle prepositions by what follows, add "of", "by" and "on", and put speakers first."""
    found = [_settled(words, at) for at in range(len(words))]
    found = [_tied(found, at) for at in range(len(found))]
    found = _users_last(_conditions(_headed(found)))
    return _cleared(_speakers_first(_zones_last(found)))


# --- prepositions ---------------------------------------------------------------------


def _settled(words: Sequence[Word], at: int) -> Word:
    """Choose the English of a preposition by the word it governs."""
    word = words[at]
    if word.english.endswith(_LASTS) and at + 1 < len(words) and words[at + 1].kind == "number":
        return replace(word, english=f"{word.english} for")
    if word.kind != "preposition" or at + 1 >= len(words):
        return word
    english = _preposition(word.first if word.first == word.last else "", words, at)
    return word if english is None else replace(word, english=english)


def _preposition(russian: str, words: Sequence[Word], at: int) -> str | None:
    following = words[at + 1]
    kind = following.kind
    length = kind == "number" and following.english.endswith(_LENGTH)
    if russian in {"с", "со"}:
        if kind in {"actor", "person"}:
            return None
        instrumental = following.first.endswith(_INSTRUMENTAL) and kind not in _TIME
        return None if instrumental else "from"
    if russian in {"в", "во"}:
        if following.english in _WHICH and at + 2 < len(words) and words[at + 2].kind == "day":
            return ""
        return "on" if kind == "day" else "at" if kind == "clock" else None
    if russian == "на":
        if kind == "day" or length:
            return "for"
        place = kind == "place"
        return ("in" if following.last.endswith(("е", "и", "ах")) else "to") if place else None
    if russian == "до":
        if kind == "number":
            return "up to"
        return "to" if kind == "place" or following.english.startswith("border") else None
    if russian == "по":
        if kind in _TIME:
            return "to"
        ahead = words[at + 1 : at + 4]
        return (
            "via" if any(one.english.endswith((*_WAYS, *_PLURAL_WAYS)) for one in ahead) else None
        )
    if russian in {"к", "ко"}:
        return "by" if kind in _TIME else None
    if russian == "от":
        return "dated" if kind == "day" else None
    if russian in {"из", "изо"} and at and words[at - 1].kind == kind == "number":
        return "of the"
    return None


_WHICH = frozenset({"last", "next", "this coming", "this"})
_LASTS = ("last", "lasts", "lasted")
_LENGTH = ("hour", "hours", "day", "days", "week", "weeks", "minutes")
_PLURAL_WAYS = tuple(f"{way}s" for way in _WAYS)


def _tied(words: Sequence[Word], at: int) -> Word:
    """Add "of" to a genitive, "by" to an agent, "on" to a day."""
    if at == 0:
        return words[at]
    word, before = words[at], words[at - 1]
    if before.kind in {"noun", "actor", "person"} and _is_genitive(word, before):
        return replace(word, english=f"of {word.english}")
    if before.english.endswith(_BE) and (told := _without_be(word.english)) is not None:
        return replace(word, english=told)
    if word.english.endswith(_WAYS) and _counted(words, at):
        return replace(word, english=f"{word.english}s")
    agent = word.kind in {"actor", "person", "place"} and not before.english.endswith("with")
    if before.kind == "done" and agent and before.first != word.first:
        return replace(word, english=f"by {word.english}")
    bare = before.kind not in {"preposition", "stop", "day", "number"} and before.english not in {
        "and", "or", "to", "until", "from", "for", "by", "on",
    }  # fmt: skip
    if word.kind == "day" and bare and before.english not in _WHICH and not word.english.startswith(_ADVERBS):
        return replace(word, english=f"on {word.english}") if _is_date(word) else word
    return word


_ADVERBS = ("today", "tomorrow", "yesterday", "the day", "two days", "this", "tonight")


def _is_date(word: Word) -> bool:
    return not word.english.isdecimal()


_BE = (" be", "was", "were", "been")
_IS = ("has been ", "have been ", "are ", "is ", "was ")


def _without_be(english: str) -> str | None:
    """Give "agreed" for "has been agreed" where "will be" stands before."""
    return next((english.removeprefix(one) for one in _IS if english.startswith(one)), None)


def _counted(words: Sequence[Word], at: int) -> bool:
    """Tell whether a number above one stands before, adjectives between them left out."""
    place = at - 1
    while place > 0 and at - place < 3 and words[place].kind == "":
        place -= 1
    return words[place].kind == "number" and words[place].english not in {"one", "1"}


def _is_genitive(word: Word, before: Word) -> bool:
    """Tell whether a word depends on the noun before it."""
    if word.kind == "place":
        return not (before.kind == "actor" and is_nominative(word.first))
    if word.kind == "actor":
        return before.kind in {"noun", "person"}
    if word.kind == "" and before.kind == "noun":
        return word.first.endswith(_GENITIVE_ADJECTIVE)
    return word.kind == "noun" and before.kind == "noun" and word.first.endswith(_GENITIVE)


# --- order ----------------------------------------------------------------------------


def _cleared(words: list[Word]) -> list[Word]:
    """Drop an "of" that nothing follows, and the comma between a day and its verb."""
    found = []
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else None
        bare = after is None or after.kind in {"stop", "preposition", "day", "clock"}
        if word.english.endswith(" of") and (
            bare or (word.english.endswith("city of") and after and after.kind not in _NAMES)
        ):
            word = replace(word, english=word.english[:-3])
        closes = word.english == "," and at and words[at - 1].kind == "day"
        if closes and after and after.kind == "verb":
            word = replace(word, english="")
        found.append(word)
    return found


_NAMES = frozenset({"place", "name"})


def _headed(words: list[Word]) -> list[Word]:
    """Read the colon of "Минобороны РФ: пауза продлена" as one of saying."""
    end = 0
    while end < len(words) and (words[end].kind in _WHO or words[end].english == ","):
        end += 1
    acts = any(word.kind == "actor" for word in words[:end])
    if not acts or end == len(words) or words[end].english != ":":
        return words
    said = replace(words[end], english="said:", spaced=True)
    return [*words[:end], said, *words[end + 1 :]]


def _conditions(words: list[Word]) -> list[Word]:
    """Give "если ... прекратят" the present that English has after "if"."""
    found, open_ = [], False
    for word in words:
        open_ = word.english.startswith(("if", "in case if")) or (open_ and word.english != ",")
        will = open_ and word.english.startswith("will ")
        found.append(replace(word, english=word.english[5:]) if will else word)
    return found


def _users_last(words: list[Word]) -> list[Word]:
    """Put "для жителей" behind the corridors that are opened for them."""
    found = list(words)
    for at, word in enumerate(words):
        begins = at == 0 or words[at - 1].english in {",", ";", "and", ":", "-", "while"}
        if word.first != "для" or not begins or word.kind != "preposition":
            continue
        verb = next((i for i in range(at + 1, min(len(words), at + _REACH)) if _opens(words[i])), 0)
        ways = _counted_ways(words, verb + 1) if verb else 0
        if ways:
            found[at : ways + 1] = [*words[verb : ways + 1], *words[at:verb]]
            found[at : ways + 1] = [
                replace(one, spaced=one.kind != "stop") for one in found[at : ways + 1]
            ]
            return found
    return found


def _opens(word: Word) -> bool:
    return word.kind == "" and word.english.startswith(
        ("are ", "will ", "have been ", "opened", "is ")
    )


def _counted_ways(words: Sequence[Word], start: int) -> int:
    """Find the corridors, with their number, that follow right behind a verb."""
    numbered = False
    for at in range(start, min(len(words), start + 6)):
        numbered = numbered or words[at].kind == "number"
        if words[at].english.endswith((*_WAYS, *_PLURAL_WAYS)):
            return at if numbered else 0
        if words[at].kind in {"stop", "preposition"}:
            return 0
    return 0


def _zones_last(words: list[Word]) -> list[Word]:
    """Put a time zone right behind the clocks that it is told of."""
    places = [float(at) for at in range(len(words))]
    for at, word in enumerate(words):
        if word.kind == "zone":
            target = _behind_day(words, at)
            if target is None and not (at and _is_clock(words, at - 1)):
                target = _last_clock(words, at + 1)
            places[at] = at if target is None else target - 0.5
    order = sorted(range(len(words)), key=places.__getitem__)
    return [
        replace(words[at], spaced=True) if places[at] != at else words[at] for at in order
    ]


def _is_clock(words: Sequence[Word], at: int) -> bool:
    return words[at].kind == "clock" or (
        words[at].english in {"(", ","} and at > 0 and words[at - 1].kind == "clock"
    )


def _behind_day(words: Sequence[Word], at: int) -> int | None:
    """Find the place for the zone of "с 9:00 до 19:00 4 ноября по московскому времени"."""
    place = at
    while (
        place > 0
        and at - place < 4
        and (words[place - 1].kind == "day" or words[place - 1].english in {"on", ",", "and"})
    ):
        place -= 1
    return place if 0 < place < at and words[place - 1].kind == "clock" else None


def _last_clock(words: Sequence[Word], start: int) -> int | None:
    """Find the place behind the last of the clocks that follow."""
    last = None
    for place in range(start, min(len(words), start + _REACH)):
        word = words[place]
        if word.kind == "zone":
            return None
        if word.kind == "clock":
            last = place + 1
        elif word.kind not in {"preposition", "day"} and word.english not in {",", "-", ":", "and"}:
            break
    return last


def _speakers_first(words: list[Word]) -> list[Word]:
    """Put who says something before the verb: "сообщило Минобороны"."""
    found = list(words)
    at = 0
    while at < len(found):
        if found[at].kind == "verb":
            at = _turned(found, at)
        at += 1
    return found


def _turned(words: list[Word], verb: int) -> int:
    """Move the speaker that follows one verb before it; give the verb's new place."""
    start = verb + 1
    while start < len(words) and start - verb < _REACH and _is_aside(words, start):
        start += 1
    drops = start < len(words) and words[start].first in {"в", "во"}
    start += drops
    end = _group_end(words, start)
    subject = _subject(words, verb)
    if end == start or (drops and words[start].kind not in {"actor", "person"}):
        _drop_in(words, verb)
        return verb
    if subject is not None and not (
        verb - subject == 1 and words[subject].english in _MEDIA and words[start].kind != "name"
    ):
        return verb
    group = words[start:end]
    rest = [*words[verb + 1 : start - drops]]
    media = words[subject:verb] if subject is not None else []
    head = verb if subject is None else subject
    turned = [*group, words[verb], *media, *rest]
    words[head:end] = [replace(word, spaced=word.kind != "stop") for word in turned]
    return head + len(group)


_PRONOUNS = frozenset({"he", "she", "it", "they"})


def _is_aside(words: Sequence[Word], at: int) -> bool:
    """Tell what may stand between a verb and who says it: to whom, and on which day."""
    word = words[at]
    if word.kind in {"to_whom", "day"}:
        return True
    return word.kind == "preposition" and at + 1 < len(words) and words[at + 1].kind == "day"


def _group_end(words: Sequence[Word], start: int) -> int:
    """Give the end of an actor with rank, name and country; ``start`` where there is none."""
    if start >= len(words):
        return start
    if words[start].english in _PRONOUNS:
        return start + 1
    if words[start].kind not in _WHO:
        return start
    first = words[start]
    if first.kind == "place" and not is_nominative(first.first):
        return start
    end = start + 1
    while end < len(words):
        word = words[end]
        if word.kind in _WHO and (word.kind != "place" or word.english.startswith("of ")):
            end += 1
        elif word.first == "и" and end + 1 < len(words) and words[end + 1].kind == "actor":
            end += 2
        elif word.kind == "" and (office := _office_end(words, end)):
            end = office
        else:
            break
    return end


def _office_end(words: Sequence[Word], at: int) -> int:
    """Give the end of "главного управления" in an office that goes on with an actor."""
    end = at
    while (
        end < len(words)
        and end - at < 4
        and (words[end].kind == "" and words[end].last.endswith(_GENITIVE_ENDINGS))
    ):
        end += 1
    return end if end < len(words) and words[end].kind in _WHO else 0


_GENITIVE_ENDINGS = ("го", "ой", "ей", "ых", "их", "я", "а", "ы", "и", "ов", "ев")


def _subject(words: Sequence[Word], verb: int) -> int | None:
    """Give where the subject before a verb begins, ``None`` where none stands there."""
    last = verb - 1
    while last >= 0 and (_is_aside(words, last) or words[last].english in _ADVERBIAL):
        last -= 1
    if last < 0:
        return None
    if words[last].english in {*_PRONOUNS, "who", "which", "we"}:
        return last
    first = last
    while first > 0 and words[first].kind in _WHO and words[first - 1].kind in _WHO:
        first -= 1
    if words[first].kind not in _WHO:
        return None
    if first and words[first - 1].kind in {"preposition", "noun"}:
        return None
    if words[first].english.startswith(("of ", "by ")):
        return None
    if words[first].kind == "place" and not is_nominative(words[first].first):
        return None
    return first


_ADVERBIAL = frozenset({"also", "already", "earlier", "later", "then", "immediately", ""})


def _drop_in(words: list[Word], verb: int) -> None:
    """Make "в Минобороны заявили" a speaker: drop the preposition."""
    first = verb - 1
    while first > 0 and words[first].kind in _WHO:
        first -= 1
    if (
        0 <= first < verb - 1
        and words[first].first in {"в", "во"}
        and (words[first + 1].kind in {"actor", "person"} and words[verb].first.endswith(("ли", "ют", "ят")))
    ):
        words[first] = replace(words[first], english="")
