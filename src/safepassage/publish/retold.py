"""Say again, in another language, the English sentences that documents of the tool hold.

Plans, forecasts and asks are computed once, in English. The catalogue's English is what their
sentences look like, with ``{values}`` in braces: a sentence that fits is said in the other
language, its values said again in turn. No pattern is ever a regular expression with choices to
go back on, so that no sentence takes long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safepassage.publish.tongue import Entry, Tongue

__all__ = ["known", "retold"]

_SLOT = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r"(?<=[.!?:])[”’]? (?=[“A-Z0-9])")
_QUOTED = re.compile(r"“[^”]*”")
_NUMBER = re.compile(r"[+−-]?[\d,.]*\d(?: %)?")
_TIME = re.compile(r"(?:\d{1,2} [A-Z][a-z]+ )?\d\d:\d\d|–")
_TYPED = {
    **dict.fromkeys(("n", "n1", "n2", "n3", "n4", "low", "best", "high", "h", "m", "all"), _NUMBER),
    **dict.fromkeys(("time", "start", "end", "until", "slow"), _TIME),
}
_FEWEST_LETTERS = 4
"""A pattern with fewer letters of its own fits too much to be one."""
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
        at = len(first)
        for slot, literal in zip(self.slots, self.literals[1:], strict=True):
            till = end if literal is last else text.find(literal, at + 1, end)
            if till <= at:
                return None
            value = text[at:till]
            if values.setdefault(slot, value) != value or not _fits(slot, value, strict):
                return None
            at = till + len(literal)
        return values


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
        words = _WORD.findall(_SLOT.sub(" ", msgid))
        typed = all(each in _TYPED for each in pattern.slots)
        if not typed and sum(map(len, words)) < _FEWEST_LETTERS:
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

    def tell(self, text: str, depth: int = 0) -> str | None:
        if depth > _DEEPEST:
            return None
        return (
            self.exact(text)
            or self.pattern(text, depth, strict=True)
            or self.sentences(text, depth)
            or self.pattern(text, depth, strict=False)
            or self.clause(text, depth)
            or self.listed(text, depth)
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
                told = {slot: self.value(value, depth + 1) for slot, value in values.items()}
                return self.tongue(each.msgid, **told)
        return None

    def value(self, text: str, depth: int) -> str:
        """Tell a value: a name that the catalogue lacks stands as it is."""
        if not _WORD.search(text):
            return text
        found = self.tell(text, depth)
        return text if found is None else found

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
                part = text[cuts[at] : cuts[till] - 1]
                found = self.exact(part) or self.pattern(part, depth, strict=True)
                if found is not None:
                    break
            else:
                return None
            told.append(found)
            at = till
        return " ".join(told)

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

    def listed(self, text: str, depth: int) -> str | None:
        """Tell items joined by semicolons, by commas, or by commas and a last "and"."""
        for sign in ("; ", ", "):
            parts = text.split(sign)
            if sign == ", " and " and " in parts[-1]:
                parts = [*parts[:-1], *parts[-1].rsplit(" and ", 1)]
            if len(parts) == 1:
                continue
            told = [self.tell(each, depth + 1) if _WORD.search(each) else each for each in parts]
            if all(each is None for each in told) or (sign == "; " and None in told):
                continue
            items = [self.tongue.apart(told[k] or part) for k, part in enumerate(parts)]
            last = " and " in text and sign == ", "
            return self.tongue(sign).join(items) if not last else self.tongue.series(items)
        return None
