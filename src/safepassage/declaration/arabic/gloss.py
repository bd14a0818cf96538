"""Gloss the words of one Arabic sentence."""

from __future__ import annotations

import itertools
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from safepassage.declaration.arabic import clocks, numbers
from safepassage.declaration.arabic.clitics import cut
from safepassage.declaration.arabic.order import in_order
from safepassage.declaration.arabic.phrases import PHRASES
from safepassage.declaration.arabic.spelling import fold, is_arabic, spell
from safepassage.declaration.arabic.towns import LONGEST, town_called
from safepassage.declaration.arabic.word import UNKNOWN, Word, word_of
from safepassage.declaration.english.dates import MONTHS, WEEKDAYS
from safepassage.declaration.gloss import Phrasebook, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.gloss import Token

__all__ = ["gloss"]

_ARTICLE = "ال"
_LEAST_NOUN = 3
"""Letters of a word that is known with the article as without it."""
_LEAST_TOWN = 5
"""Letters of a town that a preposition is cut from (an assumption)."""
_DATE = re.compile(
    r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)[/.-](?P<m2>\d{1,2})[/.-](?P<d2>\d{1,2})"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_MONTH_NAMES = {
    number: name.title() for name, number in sorted(MONTHS.items(), key=lambda row: len(row[0]))
}
_BEFORE_TOWN = frozenset({"in", "from", "to", "with", "of", "towards", "near", "inside"})
_BEGIN_PARTS = frozenset(map(fold, ("صباح", "مساء", "فجر", "ليل", "عصر", "ظهر", "بعد", "قبل")))
_AMONG_DAYS = frozenset(map(fold, (
    "يوم", "عند", "في", "من", "بين", "تمام", "على", "الأول", "الثاني", ",", "(", ")", "/",
    "المقبل", "القادم", "الموافق", "الجاري",
)))  # fmt: skip
"""What may stand among days; the ordinals end the names of months."""
_DAY, _TWO_DAYS, _MONTH, _FROM, _IN = map(fold, ("يوم", "يومي", "شهر", "من", "في"))
_BEFORE_DAY = frozenset({"from", "until", "to", "starting from", "since", "after", "before", "for"})
_MIDNIGHT = tuple(map(fold, ("منتصف", "ليل")))
_DAYS_LIKE_NUMBERS = frozenset(map(fold, ("الاثنين", "الأحد")))
_TWO = frozenset(map(fold, ("اثنان", "اثنين", "اثنتان", "اثنتين")))
_AFTER_DATELINE = frozenset({"-", "(", "/"})
_NO = "no."
_OCLOCK = fold("الساعة")
_HEAD_OF = fold("رئيس")
_TIED = ("!agreed to", "!agrees to")
_SO, _AS_FOR = map(fold, ("ف", "أما"))
_SPEAKER_FOR = ("spokesman for", "spokeswoman for")
_ENDING = frozenset(map(fold, ("ينتهي", "تنتهي", "حتى", "إلى", "لغاية", "يغلق", "تغلق", "غاية")))
_HALT = frozenset(map(fold, ("وقف", "وقفا", "الوقف", "إيقاف", "الإيقاف")))
_TO = fold("ل")
_FIRE = frozenset({
    tuple(map(fold, words.split())) for words in ("إطلاق النار", "اطلاق النار", "إطلاق نار")
})  # fmt: skip
_FIGHTS = frozenset({
    tuple(map(fold, f"{noun} {adjective}".split()))
    for noun in ("الأعمال", "العمليات")
    for adjective in ("القتالية", "العدائية", "الحربية", "العسكرية")
})  # fmt: skip
_FIGHTS_ALONE = frozenset((fold(word),) for word in ("العدائيات", "القتال", "الاقتتال"))
_FAR_OBJECT = 8
"""Words between "halt" and what is halted (an assumption)."""
_LETTERS_OF_NAME = 4
"""Letters of "in the name of"; with more it is "in its name"."""
_SOON = 8
"""Words between a part of the day and its hour (an assumption)."""
_HEAD = 10
"""Words that a dateline has at most (an assumption)."""
_LINKS = frozenset(map(fold, ("/", "-", "و", "على", "إلى")))


def gloss(tokens: Sequence[Token]) -> list[Piece]:
    """Put the words of one sentence into English."""
    reader = _Reader(cut(tokens, _knows))
    reader.read()
    return in_order(reader.found)


class _Reader:
    """Read the tokens of one sentence from first to last."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.texts = [fold(token.text) for token in tokens]
        self.found: list[Word] = []
        self.part: str | None = None
        self.taken: set[int] = set()
        self.last: int | None = None

    def read(self) -> None:
        """Put each word or phrase into English."""
        at = 0
        while at < len(self.tokens):
            if at in self.taken:
                at += 1
                continue
            for reader in _READERS:
                taken = reader(self, at)
                if taken:
                    at += taken
                    break
        self.dateline()

    def dateline(self) -> None:
        """Write the town and the agency that a report opens with as English wires do."""
        texts = ["-", *(word.english for word in self.found[:_HEAD]), "-"]
        if len(texts) > 3 and self.found[0].has("&") and texts[2] in _AFTER_DATELINE:
            self.found[0] = self.found[0].upper()
        for index, word in enumerate(self.found[:_HEAD]):
            if word.has("*") and texts[index] in {"-", "/"} and not self.acts(index + 1):
                self.found[index] = word.bracketed()

    def acts(self, index: int) -> bool:
        """Tell whether a verb stands at a place in the row."""
        return index < len(self.found) and bool(self.found[index].signs & {"!", "$", "+"})

    def put(self, english: str, at: int, count: int, *, definite: bool = False) -> int:
        """Add English for some tokens; give how many."""
        first, last = self.tokens[at], self.tokens[at + count - 1]
        spaced = first.spaced or (bool(self.found) and is_arabic(first.text) and at > 0)
        spaced = first.spaced or (spaced and self.tokens[at - 1].text.isalnum())
        self.found.append(word_of(english, first.start, last.end, spaced=spaced, definite=definite))
        return count

    def midnight(self, at: int) -> int:
        """Read midnight between two days: the end of the first."""
        if tuple(self.texts[at : at + 2]) != _MIDNIGHT:
            return 0
        first = self.weekday(at + 2)
        if first is None:
            return 0
        link = first[1]
        while link < len(self.texts) and self.texts[link] in _LINKS:
            link += 1
        second = self.weekday(link)
        if second is None or (WEEKDAYS[first[0]] + 1) % 7 != WEEKDAYS[second[0]]:
            return 0
        if self.dated(second[1]) == WEEKDAYS[second[0]]:
            return self.put(f"00:00 on {second[0].title()}", at, second[1] - at)
        return self.put(f"24:00 on {first[0].title()}", at, second[1] - at)

    def dated(self, at: int) -> int | None:
        """Give the weekday, from Monday as 0, of a date with its year that stands here."""
        number = numbers.cardinal(self.texts, at) if at < len(self.texts) else None
        month = self.month_at(at + number.count) if number else None
        match = _book().match(self.tokens, month) if month is not None else None
        if number is None or month is None or match is None:
            return None
        year = next((int(text) for text in self.texts[month : month + 8] if _YEAR.match(text)), 0)
        try:
            return date(year, MONTHS[match.english.strip("%").lower()], number.value).weekday()
        except ValueError:
            return None

    def weekday(self, at: int) -> tuple[str, int] | None:
        """Give a weekday that stands here and where it ends."""
        at += self.texts[at : at + 1] == [_DAY]
        match = _book().match(self.tokens, at)
        english = match.english.strip("%").lower() if match else ""
        return (english, at + match.count) if match and english in WEEKDAYS else None

    def clock(self, at: int) -> int:
        """Read a time of day."""
        found = clocks.clock_at(self.texts, at, self.part)
        if found is None:
            found = self.closing(at)
        if found is None:
            return 0
        self.part = None
        told = re.fullmatch(r"(\d\d):(\d\d)", found.english)
        self.last = int(told[1]) * 60 + int(told[2]) if told else None
        return self.put(found.english, at, found.count)

    def closing(self, at: int) -> clocks.ClockFound | None:
        """Read the hour that ends "from half past five in the morning": "and ends at eleven"."""
        said = numbers.hour_of(self.texts, at)
        if said is None or self.last is None or _ENDING.isdisjoint(self.texts[max(0, at - 3) : at]):
            return None
        hour = said.value % 12
        hour += 12 * (hour * 60 <= self.last)
        return clocks.ClockFound(said.count, f"{hour:02d}:00") if hour * 60 > self.last else None

    def ceasefire(self, at: int) -> int:
        """Read "a halt, whatever it is like, to fire": the words of what it is like stay."""
        if self.texts[at] not in _HALT:
            return 0
        for after in range(at + 2, min(at + _FAR_OBJECT, len(self.texts) - 1)):
            if self.texts[after] != _TO or not self.texts[after - 1].isalpha():
                continue
            rest = tuple(self.texts[after + 1 : after + 3])
            named = "~ceasefire" if rest in _FIRE else "~cessation of hostilities"
            count = 2 if rest in _FIRE or rest in _FIGHTS else int(rest[:1] in _FIGHTS_ALONE)
            if count:
                self.taken.update(range(after, after + 1 + count))
                return self.put(named, at, 1)
        return 0

    def figures(self, at: int) -> int:
        """Read a date in figures, the day before the month as Arabic writes it."""
        match = _DATE.fullmatch(self.texts[at])
        if match is None:
            return 0
        day, month, year = (match[group] or match[f"{group}2"] for group in ("d", "m", "y"))
        name = _MONTH_NAMES.get(int(month))
        return self.put(f"%{int(day)} {name} {year}", at, 1) if name else 0

    def number(self, at: int) -> int:
        """Read a number or the day of a month."""
        day = numbers.ordinal_day(self.texts, at)
        month = self.month_at(at + day.count) if day is not None else None
        if day is not None and month is not None:
            return self.put(str(day.value), at, month - at)
        if self.texts[at] in _DAYS_LIKE_NUMBERS:
            return 0
        number = numbers.cardinal(self.texts, at)
        if number is None:
            return 0
        if self.texts[at] in _TWO and self.found and self.found[-1].english.startswith("two "):
            return self.put("", at, number.count)
        written = number.count == 1 and self.texts[at].isdecimal()
        text = self.texts[at] if written else str(number.value)
        behind = number.definite or (number.value == 1 and not written)
        if self.found and self.found[-1].english == _NO:  # "no. 1" counts nothing
            text, behind = f"{_NO}{text}", False
            self.found.pop()
            return self.put(text, at - 1, number.count + 1) - 1
        return self.put(text, at, number.count, definite=behind)

    def month_at(self, at: int) -> int | None:
        """Give where the name of a month stands, behind "of" and "the month" or not."""
        at += self.texts[at : at + 1] == [_FROM]
        at += self.texts[at : at + 1] == [_MONTH]
        match = _book().match(self.tokens, at)
        return at if match and match.english.strip("%").lower() in MONTHS else None

    def part_of_day(self, at: int) -> int:
        """Drop "the morning of" before a day; noon is a time."""
        told = clocks.part_at(self.texts, at)
        if told is None or self.texts[at] not in _BEGIN_PARTS:
            return 0
        part, count = told
        after = at + count
        if not self.is_day(after + (self.texts[after : after + 1] == [_DAY])):
            return 0
        clock = self.clock_soon(after)
        self.part = part if clock else None
        return self.put("noon" if part == "noon" and not clock else "", at, count)

    def clock_soon(self, at: int) -> bool:
        """Tell whether only days stand before an hour: "on Friday evening at the hour 7"."""
        row = itertools.islice(enumerate(self.texts), at, at + _SOON)
        for index, text in row:
            if text == _OCLOCK:
                return True
            match = _book().match(self.tokens, index)
            day = match is not None and match.english.startswith("%")
            figures = text.isdecimal() or _DATE.fullmatch(text)
            if not (day or text in _AMONG_DAYS or figures):
                return False
        return False

    def day_word(self, at: int) -> int:
        """Read "the day" before its name or number as "on", "the month of" as nothing."""
        skip = self.texts[at : at + 2][:1] == [_IN]
        word = self.texts[at + skip] if at + skip < len(self.texts) else ""
        after = at + skip + 1
        if word == _MONTH and self.month_at(after) == after:
            return self.put("in" if skip else "", at, skip + 1)
        if skip and word not in {_DAY, _TWO_DAYS} and not self.weekday(at + 1):
            return self.put("on", at, 1) if self.is_numbered_day(at + 1) else 0
        if word not in {_DAY, _TWO_DAYS} or not self.is_day(after):
            return 0
        before = self.found[-1].english if self.found else ""
        return self.put("" if before in _BEFORE_DAY else "on", at, skip + 1)

    def is_day(self, at: int) -> bool:
        """Tell whether a day by name or by number stands here."""
        if at >= len(self.texts):
            return False
        if self.weekday(at):
            return True
        match = _book().match(self.tokens, at)
        if match and match.english.startswith("%"):
            return True
        return self.is_numbered_day(at)

    def is_numbered_day(self, at: int) -> bool:
        """Tell whether a day of a month stands here."""
        if at >= len(self.texts):
            return False
        if _DATE.fullmatch(self.texts[at]):
            return True
        day = numbers.ordinal_day(self.texts, at) or numbers.cardinal(self.texts, at)
        return day is not None and self._goes_on_to_month(at + day.count)

    def _goes_on_to_month(self, at: int) -> bool:
        """Tell whether a month follows, behind more days or not: "4 and 5 November"."""
        while self.texts[at : at + 1] and self.texts[at] in _LINKS:
            number = numbers.cardinal(self.texts, at + 1) if at + 1 < len(self.texts) else None
            if number is None:
                return False
            at += 1 + number.count
        return self.month_at(at) is not None

    def phrase(self, at: int) -> int:
        """Read what the phrasebook knows."""
        match = _book().match(self.tokens, at)
        if match is None:
            return 0
        english, last = match.english, self.tokens[at + match.count - 1]
        if english == "@~President" and self.texts[at] == _HEAD_OF:
            following = _book().match(self.tokens, at + 1)
            state = following is not None and following.english.startswith("&@")
            english = "@President of" if state else "head of"
        if english.endswith(_SPEAKER_FOR) and last.end - last.start > _LETTERS_OF_NAME:
            english = english.removesuffix(" for")  # "its spokesman"
        if english.endswith(_TIED) and last.end - last.start > len(last.text):
            english = f"{english} it"
        if last.text == _SO and _AS_FOR in self.texts[max(0, at - _SOON) : at]:
            english = ""  # "as for the army, it agreed"
        return self.put(english, at, match.count)

    def town(self, at: int) -> int:
        """Read a town that only the gazetteer knows, behind a word that stands before places."""
        before = self.found[-1] if self.found else None
        if before is None or not (before.english in _BEFORE_TOWN or before.english.endswith(" of")):
            return 0
        for count in range(min(LONGEST, len(self.texts) - at), 0, -1):
            name = town_called(" ".join(self.texts[at : at + count]))
            if name:
                return self.put(f"&~{name}", at, count)
        return 0

    def other(self, at: int) -> int:
        """Spell what nothing knows."""
        token = self.tokens[at]
        piece = Piece(spell(token.text), token.start, token.end, token.spaced)
        unknown = frozenset(UNKNOWN if is_arabic(token.text) else "")
        self.found.append(Word((piece,), unknown))
        return 1


_READERS = (
    _Reader.midnight, _Reader.ceasefire, _Reader.clock, _Reader.figures, _Reader.number,
    _Reader.part_of_day, _Reader.day_word, _Reader.phrase, _Reader.town, _Reader.other,
)  # fmt: skip


def _forms(word: str) -> tuple[str, ...]:
    """Give a word as it is, then without its article."""
    bare = word.removeprefix(_ARTICLE)
    return (word, bare) if bare != word and len(bare) >= _LEAST_NOUN else (word,)


@cache
def _book() -> Phrasebook:
    return Phrasebook(PHRASES, fold, _forms)


@cache
def _vocabulary() -> frozenset[str]:
    """Give every word that phrases, numbers or clocks may hold."""
    entries = (line.partition("#")[0].partition("=")[0] for line in PHRASES.splitlines())
    words = (form.strip("()") for entry in entries for form in re.split(r"[\s|]+", entry))
    return frozenset({fold(word) for word in words if word} | numbers.WORDS | clocks.WORDS)


def _knows(word: str) -> bool:
    if any(form in _vocabulary() for form in _forms(word)):
        return True
    return len(word) >= _LEAST_TOWN and town_called(word) is not None
