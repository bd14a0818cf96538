"""Put glossed words in the order that English has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.russian.clauses import mended
from safepassage.declaration.russian.counts import settled
from safepassage.declaration.russian.halts import halted
from safepassage.declaration.russian.objects import objects_behind
from safepassage.declaration.russian.prepositions import WAYS, governed, joined
from safepassage.declaration.russian.towns import is_nominative
from safepassage.declaration.russian.unnamed import answered_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.russian.word import Word

__all__ = ["arranged"]

_MEDIA = frozenset({"TASS", "RIA Novosti", "RIA", "Interfax", "RBC", "Reuters", "SANA"})
_WHO = frozenset({"actor", "person", "name", "place"})
_REACH = 8
"""Most words between a verb and who says it, or between a zone and its clocks."""


def arranged(words: Sequence[Word]) -> list[Word]:
    """Settle prepositions by what follows, add "of", "by" and "on", and put speakers first."""
    words = settled(_unquoted(list(words)))
    found = [governed(words, at) for at in range(len(words))]
    found = objects_behind(found)
    found = halted([joined(found, at) for at in range(len(found))])
    found = _users_last(_conditions(_headed(_midnights(_early(_nights(found))))))
    return mended(_cleared(_speakers_first(_zones_last(found))))


def _cleared(words: list[Word]) -> list[Word]:
    """Drop an "of" that nothing follows, and the comma between a day and its verb."""
    found = []
    for at, word in enumerate(words):
        after = words[at + 1].kind if at + 1 < len(words) else "stop"
        english = word.english
        if english.endswith(" of") and (after in _NO_NOUN or not _may_follow(english, after)):
            english = english.removesuffix(" of")
        elif english == "," and at and words[at - 1].kind == "day" and _closes_day(words, at + 1):
            english = ""
        found.append(word if english is word.english else replace(word, english=english))
    return found


def _closes_day(words: Sequence[Word], at: int) -> bool:
    """Tell whether a comma behind a day leads to its verb, another name of it, or its hour."""
    if at >= len(words):
        return False
    word = words[at]
    if word.kind == "preposition":
        after = words[at + 1].kind if at + 1 < len(words) else ""
        return word.first in {"в", "во"} and after in {"day", "clock"}
    return word.kind == "verb" or (word.kind == "day" and word.english.startswith("on "))


_NO_NOUN = frozenset({"stop", "preposition", "day", "clock"})


def _may_follow(english: str, kind: str) -> bool:
    return kind in {"place", "name"} or not english.endswith("city of")


def _unquoted(words: list[Word]) -> list[Word]:
    """Drop the quotation marks around a known name: "«Хезболла» отвергла"."""
    found = list(words)
    for at in range(len(words) - 2):
        first, name, last = words[at : at + 3]
        if first.english == last.english == '"' and name.kind in {"actor", "place"}:
            found[at], found[at + 2] = replace(first, english=""), replace(last, english="")
            found[at + 1] = replace(name, spaced=True)
    return found


def _first_day(words: Sequence[Word]) -> int:
    return next((at for at, word in enumerate(words) if word.kind == "day"), len(words))


def _nights(words: list[Word]) -> list[Word]:
    """Read "до 00:00 с воскресенья на понедельник": midnight begins the second day.

    Beside a clock, two such days are one night; where the first clock has a day of its
    own, only the second clock is of that night.
    """
    found = list(words)
    first = _first_day(words)
    for at in range(1, len(words) - 3):
        pair = [word.first for word in words[at : at + 4 : 2]]
        days = [word.kind for word in words[at + 1 : at + 4 : 2]]
        if pair not in (["с", "на"], ["со", "на"]) or days != ["day", "day"]:
            continue
        clock = at - 1 - (words[at - 1].kind == "zone" or words[at - 1].english in {")", "]"})
        while clock > 0 and words[clock].kind in {"zone", "stop"}:
            clock -= 1
        if words[clock].kind != "clock":
            continue
        opening = words[clock].english in _MIDNIGHT and words[clock - 1].first != "до"
        if first < clock or opening:
            late = words[clock].english in _MIDNIGHT
            found[clock] = replace(words[clock], english="0:00") if late else words[clock]
            link = replace(words[at + 2], english="on" if late else "or")
            drop = replace(words[at], english=""), replace(words[at + 1], english="")
            found[at : at + 3] = [*(drop if late else words[at : at + 2]), link]
        else:
            found[at] = replace(words[at], english="on the night of")
    return found


_MIDNIGHT = frozenset({"0:00", "24:00", "midnight"})


def _early(words: list[Word]) -> list[Word]:
    """Read "в ночь на 6 марта, в 00:01" as on 6 March: the hour is after midnight."""
    found = list(words)
    for at in range(len(words) - 3):
        if words[at].english != "in the night before" or words[at + 1].kind != "day":
            continue
        clocks = [one.english for one in words[at + 2 : at + 7] if one.kind == "clock"]
        hour = clocks[0].partition(":")[0] if clocks else ""
        if hour.isdecimal() and int(hour) < _MORNING and "-" not in clocks[0]:
            found[at] = replace(words[at], english="on")
    return found


_MORNING = 7
"""First hour of the day that is of no night any more."""


def _midnights(words: list[Word]) -> list[Word]:
    """Leave the end of "с 18:00 19 апреля до полуночи 21 апреля" open: either end of the 21st."""
    found = list(words)
    first = _first_day(words)
    for at in range(2, len(words) - 1):
        opened = first < at
        closes = words[at - 1].first == "до" and words[at + 1].kind == "day"
        if words[at].english == "midnight" and opened and closes:
            found[at] = replace(words[at], english="night", kind="")
    return found


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
    """Put "для жителей" and "чтобы жители вышли" behind the corridors opened for them."""
    words = _shares(words)
    for at, word in enumerate(words):
        begins = at == 0 or words[at - 1].english in _BEGINS
        if not (word.english == "so that" or (begins and word.first == "для")):
            continue
        verb = next((i for i in range(at + 1, min(len(words), at + _REACH)) if _opens(words[i])), 0)
        ways = _counted_ways(words, verb + 1) if verb else 0
        if ways:
            users = [replace(one, english="") if one.english == "," else one
                     for one in words[at:verb]]  # fmt: skip
            turned = [*words[verb : ways + 1], *users]
            spaced = [replace(one, spaced=one.kind != "stop") for one in turned]
            return [*words[:at], *spaced, *words[ways + 1 :]]
    return words


def _shares(words: list[Word]) -> list[Word]:
    """Put the number of "для боевиков - два" first."""
    found = list(words)
    for at, word in enumerate(words):
        if word.first != "для" or word.kind != "preposition":
            continue
        until = next((i for i in range(at + 1, len(words)) if words[i].first == "для"), len(words))
        dash = next((i for i in range(at + 2, min(until, at + 6)) if _is_dash(words, i)), 0)
        if not dash:
            continue
        whole = [word.english == "of the" for word in words[dash + 2 : dash + 3]] == [True]
        end = dash + (4 if whole else 2)
        if end == len(words) or words[end].kind == "stop":
            number = replace(words[dash + 1], spaced=True)
            moved = [number, *words[dash + 2 : end], *words[at:dash]]
            found[at:end] = [*moved, replace(words[dash], english="")]
    return found


def _is_dash(words: Sequence[Word], at: int) -> bool:
    return words[at].english == "-" and at + 1 < len(words) and words[at + 1].kind == "number"


_BEGINS = frozenset({",", ";", "and", ":", "-", "while"})
_OPENING = ("are ", "will ", "have been ", "is ", "open")


def _opens(word: Word) -> bool:
    return word.kind == "" and word.english.startswith(_OPENING)


def _counted_ways(words: Sequence[Word], start: int) -> int:
    """Find the corridors, with their number, that follow right behind a verb."""
    numbered = False
    for at in range(start, min(len(words), start + 6)):
        numbered = numbered or words[at].kind == "number"
        if words[at].english.endswith(WAYS):
            return at if numbered or words[at].english.endswith(WAYS[::2]) else 0
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
    return [replace(words[at], spaced=True) if places[at] != at else words[at] for at in order]


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
            _object_last(found, at)
            at = _turned(found, at)
        at += 1
    return found


def _object_last(words: list[Word], verb: int) -> None:
    """Put the pause of "власти паузу поддержали" behind the verb that ends its clause."""
    first = verb
    while first > 0 and verb - first < 4 and words[first - 1].kind in {"noun", ""}:
        first -= 1
    ends = verb + 1 == len(words) or words[verb + 1].kind == "stop"
    acts = 0 < first < verb and (
        _may_answer(words[first - 1])
        or (first > 1 and words[first - 1].kind == "place" and words[first - 2].kind == "actor")
    )
    if ends and acts:
        moved = [replace(one, english="agreement") if one.english == "documents" else one
                 for one in words[first:verb]]  # fmt: skip
        words[first : verb + 1] = [words[verb], *moved]


def _may_answer(word: Word) -> bool:
    abbreviated = word.kind == "name" and word.english.isupper()
    return (
        word.kind == "actor" or abbreviated or (word.kind == "place" and is_nominative(word.first))
    )


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
    rest += [replace(one, english="") for one in words[start - drops : start]]
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
        elif word.first == "и" and end + 1 < len(words) and _names_who(words[end + 1]):
            end += 2
        elif word.english == "," and (last := _row_end(words, end)):
            end = last
        elif word.kind == "" and (office := _office_end(words, end)):
            end = office
        else:
            break
    return end


def _names_who(word: Word) -> bool:
    """Tell whether a word names someone who acts, in the nominative as far as can be told."""
    return word.kind == "actor" or (word.kind == "place" and is_nominative(word.first))


def _row_end(words: Sequence[Word], at: int) -> int:
    """Give the end of the ", B and C" that a comma begins; 0 where it is no such row."""
    texts = [one.english for one in words[at : at + 2]]
    if texts == [",", "and"] and at + 2 < len(words) and _names_who(words[at + 2]):
        return at + 3
    while at + 1 < len(words) and words[at].english in {",", "and"} and _names_who(words[at + 1]):
        last = words[at].english == "and"
        at += 2
        if last:
            return at
    return 0


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
    word = words[first]
    depends = first > 0 and words[first - 1].kind in {"preposition", "noun"}
    oblique = word.kind == "place" and not is_nominative(word.first)
    if word.kind not in _WHO or depends or oblique or word.english.startswith(("of ", "by ")):
        return None
    return first


_ADVERBIAL = frozenset({"also", "already", "earlier", "later", "then", "immediately", ""})


def _drop_in(words: list[Word], verb: int) -> None:
    """Make "в Минобороны заявили" a speaker: drop the preposition.

    So too "в Южной Осетии предложение отвергли", where the verb is one of answering.
    """
    if answered_in(words, verb):
        return
    first = verb - 1
    while first > 0 and words[first].kind in _WHO:
        first -= 1
    if (
        0 <= first < verb - 1
        and words[first].first in {"в", "во"}
        and (
            words[first + 1].kind in {"actor", "person"}
            and words[verb].first.endswith(("ли", "ют", "ят"))
        )
    ):
        words[first] = replace(words[first], english="")
