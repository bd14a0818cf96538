"""Say again, in another language, the English sentences that documents of the tool hold.

Plans, forecasts and asks are computed once, in English. The catalogue's English is what their
sentences look like, with ``{values}`` in braces: a sentence that fits is said in the other
language, its values said again in turn. No pattern is ever a regular expression with choices to
go back on, so that no sentence takes long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_date

from safepassage.publish.wording import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from safepassage.publish.tongue import Entry, Tongue

__all__ = ["known", "retold"]

_SLOT = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r"(?<![ (]ch)(?<![ (]no)(?<! sec)(?<! art)(?<! Art)[.!?][”’]? (?=[“A-Z0-9])")
"""Where a sentence ends and another begins; not after "sec." and the like."""
_QUOTED = re.compile(r"“[^”]*”")
_NUMBER = re.compile(r"[+−-]?[\d,.]*\d(?: ?%)?")
_DATE = re.compile(r"(?:(\d{1,2}) )?([A-Z][a-z]+)(?: (\d{1,4}))?(?:,? (\d\d:\d\d))?")
_TIME = re.compile(r"(?:\d{1,2} [A-Z][a-z]+ )?\d\d:\d\d|–")
_TYPED = {
    **dict.fromkeys(("n", "n1", "n2", "n3", "n4", "low", "best", "high", "h", "m", "all"), _NUMBER),
    **dict.fromkeys(("time", "start", "end", "from", "until", "slow"), _TIME),
    "day": re.compile(r"\d{1,2} [A-Z][a-z]+ \d{1,4}"),
    "month": re.compile(r"[A-Z][a-z]+ \d{1,4}"),
    "lanes": re.compile(r"[\d,]+ more lanes?"),
    "buses": re.compile(r"[\d,]+ more bus(?:es)?"),
    "id": re.compile(r"[\w.-]+"),
}
"""What values of these names look like; others are any words."""
_AS_THEY_STAND = frozenset({"words", "quote", "titles"})
"""Values that are somebody's own words, never said again in others."""
_LEAST = 4
"""A pattern with fewer signs of its own fits too much to be one; a value of a known kind counts as
one, of these as two."""
_TELLING = frozenset({"time", "start", "end", "from", "until", "day", "month", "lanes", "buses"})
_LONGEST_ITEM = 80
"""An item of a list longer than this is no item [characters]."""
_MOST_JOINED = 9
"""Pieces of a name that holds commas or an "and", with these, at most."""
_LONGEST = 4_000
"""A text longer than this is no sentence of ours [characters]."""
_MOST = 400
"""Pieces of one text that are looked at, at most: a text that is taken apart further is none of
ours."""
_DEEPEST = 6


def retold(text: str, tongue: Tongue, *, names: Mapping[str, str] | None = None) -> str:
    """Say an English sentence, or several, of a document in the tongue.

    Parameters
    ----------
    text
        What the document holds.
    tongue
        The language to say it in; English gives the text back as it is, byte for byte.
    names
        Names of places, corridors, groups in the tongue by what they are called in the text.

    Returns
    -------
    str
        The sentence in the tongue; what the catalogue does not know stands as it is.

    """
    if tongue.language == "en" or not text:
        return text
    found = _Teller(tongue, names or {}).tell(text)
    return text if found is None else found


def known(text: str, tongue: Tongue, *, names: Mapping[str, str] | None = None) -> bool:
    """Tell whether the tongue has words for all of a text (numbers and times need none)."""
    if tongue.language == "en" or not _WORD.search(text):
        return True
    return _Teller(tongue, names or {}).tell(text) is not None


@dataclass(frozen=True, slots=True)
class _Pattern:
    """An English sentence of the catalogue, cut at its values."""

    msgid: str
    literals: tuple[str, ...]
    slots: tuple[str, ...]

    def fit(self, text: str, strict: bool) -> dict[str, str] | None:
        """Give the values with which the text is this sentence, each as short as it can be."""
        first, last = self.literals[0], self.literals[-1]
        end = len(text) - len(last)
        if not text.startswith(first) or not text.endswith(last) or end < len(first):
            return None
        values: dict[str, str] = {}
        for slot, (start, till) in zip(
            self.slots, self._cuts(text, len(first), end, strict), strict=False
        ):
            if values.setdefault(slot, text[start:till]) != text[start:till]:
                return None
        return values or None

    def _cuts(self, text: str, at: int, end: int, strict: bool) -> list[tuple[int, int]]:
        """Find where the values stand; nothing where they cannot. No place is tried twice."""
        dead: set[tuple[int, int]] = set()

        def rest(k: int, at: int) -> list[tuple[int, int]]:
            if (k, at) in dead:
                return []
            slot, literal, final = self.slots[k], self.literals[k + 1], k + 1 == len(self.slots)
            till = end if final else text.find(literal, at + 1, end)
            while at < till:
                if _fits(slot, text[at:till], strict):
                    after = [] if final else rest(k + 1, till + len(literal))
                    if final or after:
                        return [(at, till), *after]
                elif slot not in _TYPED:  # a longer value holds the same end of a sentence
                    break
                till = -1 if final else text.find(literal, till + 1, end)
            dead.add((k, at))
            return []

        return rest(0, at)


def _fits(slot: str, value: str, strict: bool) -> bool:
    kind = _TYPED.get(slot)
    if kind is not None:
        return kind.fullmatch(value) is not None
    return not strict or _NEXT.search(_QUOTED.sub("", value)) is None


@dataclass(slots=True)
class _Book:
    """The patterns of a catalogue, by a word that each must hold."""

    by_word: dict[str, list[_Pattern]] = field(default_factory=dict)
    wordless: list[_Pattern] = field(default_factory=list)

    def add(self, msgid: str) -> None:
        parts = _SLOT.split(msgid)
        pattern = _Pattern(msgid, tuple(parts[::2]), tuple(parts[1::2]))
        typed = sum((each in _TYPED) + (each in _TELLING) for each in pattern.slots)
        own = len("".join(_SLOT.sub("", msgid).split()))
        if own + typed < _LEAST and not all(each in _TYPED for each in pattern.slots):
            return
        whole = list(_whole_words(pattern.literals))
        if whole:
            self.by_word.setdefault(max(whole, key=len), []).append(pattern)
        else:
            self.wordless.append(pattern)

    def candidates(self, text: str) -> list[_Pattern]:
        found = [each for word in set(_WORD.findall(text)) for each in self.by_word.get(word, ())]
        return sorted(
            [*found, *self.wordless],
            key=lambda each: (-sum(map(len, each.literals)), len(each.slots), each.msgid),
        )


def _whole_words(literals: tuple[str, ...]) -> Iterator[str]:
    """Give the words that no value can grow together with."""
    for k, part in enumerate(literals):
        for word in _WORD.finditer(part):
            after_value = k > 0 and word.start() == 0
            before_value = k < len(literals) - 1 and word.end() == len(part)
            if not (after_value or before_value):
                yield word.group()


_books: dict[int, tuple[Mapping[str, Entry], _Book]] = {}


def _book_of(catalogue: Mapping[str, Entry]) -> _Book:
    """Give the patterns of a catalogue, made once; it is kept, so that its number stays its own."""
    held = _books.get(id(catalogue))
    if held is None:
        book = _Book()
        for msgid in catalogue:
            if _SLOT.search(msgid):
                book.add(msgid)
        held = _books[id(catalogue)] = (catalogue, book)
    return held[1]


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tell texts in one tongue; None is what it has no words for."""

    tongue: Tongue
    names: Mapping[str, str]
    told: dict[str, str | None] = field(default_factory=dict)

    def tell(self, text: str, depth: int = 0) -> str | None:
        if text not in self.told:
            if depth > _DEEPEST or len(self.told) > _MOST or len(text) > _LONGEST or "\n" in text:
                return None
            self.told[text] = None
            self.told[text] = self.new(text, depth)
        return self.told[text]

    def new(self, text: str, depth: int) -> str | None:
        return (
            self.exact(text)
            or self.date(text)
            or self.items(text, depth, every=True)
            or self.pattern(text, depth, strict=True)
            or self.sentences(text, depth)
            or self.labelled(text, depth)
            or self.stopped(text, depth)
            or self.pattern(text, depth, strict=False)
            or self.clause(text, depth)
            or self.items(text, depth, every=False)
        )

    def exact(self, text: str) -> str | None:
        if text in self.names:
            return self.names[text]
        entry = self.tongue.catalogue.get(text)
        if not isinstance(entry, str) or _SLOT.search(entry):
            return None
        return entry

    def pattern(self, text: str, depth: int, *, strict: bool) -> str | None:
        for each in _book_of(self.tongue.catalogue).candidates(text):
            values = each.fit(text, strict)
            if values is not None:
                told = {
                    slot: value if slot in _AS_THEY_STAND else self.value(value, depth + 1)
                    for slot, value in values.items()
                }
                return self.tongue(each.msgid, **told)
        return None

    def value(self, text: str, depth: int) -> str:
        """Tell a value: a name that the catalogue lacks stands as it is."""
        if not _WORD.search(text):  # a sign stays on the left of its number
            return f"\u2066{text}\u2069" if text[:1] in "+−" and self.tongue.isolating else text
        found = self.tell(text, depth)
        return text if found is None else found

    def date(self, text: str) -> str | None:
        """Tell a day, or a month, with its hour if it has one."""
        found = _DATE.fullmatch(text)
        if not found or found[2] not in MONTHS or not (found[1] or found[3]):
            return None
        form = " ".join(["d"] * bool(found[1]) + ["MMMM"] + ["y"] * bool(found[3]))
        try:
            moment = date(int(found[3] or 2000), MONTHS.index(found[2]) + 1, int(found[1] or 1))
        except ValueError:
            return None
        day = str(format_date(moment, form, locale=self.tongue.locale))
        return self.tongue("{day}, {time}", day=day, time=found[4]) if found[4] else day

    def sentences(self, text: str, depth: int) -> str | None:
        """Tell sentences one after another, as many at once as the catalogue has together."""
        cuts = [0, *(found.end() for found in _NEXT.finditer(text)), len(text) + 1]
        if len(cuts) == 2:
            return None
        told, at = [], 0
        while at < len(cuts) - 1:
            for till in range(len(cuts) - 1, at, -1):
                if at == 0 and till == len(cuts) - 1:
                    continue
                found = self.sentence(text[cuts[at] : cuts[till] - 1], depth)
                if found is not None:
                    break
            else:
                return None
            told.append(found)
            at = till
        return " ".join(told)

    def sentence(self, text: str, depth: int) -> str | None:
        """Tell one or more sentences that the catalogue has together, or a list or a label."""
        key = f"\n{text}"  # apart from the same text taken as a whole
        if key not in self.told and len(self.told) <= _MOST:
            self.told[key] = (
                self.exact(text)
                or self.pattern(text, depth, strict=True)
                or self.stopped(text, depth)
            )
        return self.told.get(key)

    def clause(self, text: str, depth: int) -> str | None:
        """Tell a sentence that has lost its capital or its full stop on the way here."""
        if text.endswith((".", "!", "?", ":", "”")):
            return None
        for whole in (
            f"{text}.",
            f"{text[:1].upper()}{text[1:]}.",
            f"{text[:1].upper()}{text[1:]}",
        ):
            found = self.exact(whole) or self.pattern(whole, depth, strict=True)
            if found is not None:
                return found.rstrip(".")
        return None

    def stopped(self, text: str, depth: int) -> str | None:
        """Tell a label, or a list, that ends in a full stop."""
        if not text.endswith("."):
            return None
        found = self.items(text[:-1], depth, every=True) or self.labelled(text[:-1], depth)
        return found and f"{found}."

    def labelled(self, text: str, depth: int) -> str | None:
        """Tell what stands after a name and a colon; or several such, after semicolons."""
        told = []
        for each in text.split("; "):
            name, colon, rest = each.partition(": ")
            found = self.tell(rest, depth + 1) if colon and len(name) < _LONGEST_ITEM else None
            if found is None:
                return None
            told.append(f"{self.tongue.apart(self.exact(name) or name)}: {found}")
        return self.tongue("; ").join(told)

    def items(self, text: str, depth: int, *, every: bool) -> str | None:
        """Tell items joined by semicolons, or by commas and a last "and".

        With ``every``, only where the catalogue or the names have each of them; names may hold
        commas and an "and" themselves.
        """
        for sign in ("; ", ", "):
            found = re.split("(, | and )", text) if sign == ", " else re.split("(; )", text)
            parts, signs = _joined(found, self.exact)
            if len(parts) == 1:
                continue
            if every:
                told = [self.exact(each) for each in parts]
            else:
                told = [
                    self.tell(each, depth + 1) if _WORD.search(each) else each for each in parts
                ]
            unknown = told.count(None)
            if (every or sign == "; ") and unknown:
                continue
            if 2 * unknown > len(parts) or max(map(len, parts)) > _LONGEST_ITEM:
                continue
            apart = [
                self.tongue.apart(each or part) for each, part in zip(told, parts, strict=True)
            ]
            if signs[-1] == " and ":
                return self.tongue.series(apart)
            return self.tongue(sign).join(apart)
        return None


def _joined(found: list[str], known: Callable[[str], str | None]) -> tuple[list[str], list[str]]:
    """Join again what was cut inside a name that is known, the longest such first."""
    parts, signs, at = [], [""], 0
    while at < len(found):
        longest = min(len(found), at + _MOST_JOINED)
        ends = (end for end in range(longest, at + 1, -2) if known("".join(found[at:end])))
        till = next(ends, at + 1)
        parts.append("".join(found[at:till]))
        signs += found[till : till + 1]
        at = till + 1
    return parts, signs
