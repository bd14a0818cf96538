"""Cut a text into sentences in English words whose offsets are the original's."""

from __future__ import annotations

import itertools
import re
from array import array
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from safepassage.base.errors import InputError
from safepassage.base.provenance import sha256
from safepassage.declaration.findings import short_quote
from safepassage.declaration.gloss import Piece, tokens_of
from safepassage.declaration.intake import Intake, check
from safepassage.declaration.languages import Stretch, glosser_for, of_paragraphs, stretches
from safepassage.declaration.tongues import READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Sentence", "Text", "prepare"]

_ASCII = (
    ("'", "‘’‚‛ʼʻ`´′"),
    ('"', "“”„‟«»″"),
    ("-", "‐‑‒–—―−"),
    ("\n", "\v\f\u0085\u2028\u2029"),
    (" ", "\t\r\u00a0\u00ad\u1680\u180e\u202f\u205f\u3000\ufeff"),
    (" ", "".join(chr(code) for code in (*range(0x2000, 0x2010), *range(0x202A, 0x202F)))),
    (" ", "".join(chr(code) for code in (*range(0x2060, 0x2065), *range(0x2066, 0x206A)))),
    (".", "…"),
    ("(", "["),
    (")", "]"),
    ("*", "•·‣▪●◦"),
    (",", "،"),
    (";", "؛"),
    ("?", "؟"),
    *((str(digit), chr(0x660 + digit) + chr(0x6F0 + digit)) for digit in range(10)),
)
_PLAIN = {ord(sign): plain for plain, signs in _ASCII for sign in signs}

_BREAK = re.compile(r"[.!?][\"')\]]{0,3}(?=\s)|\n")
_BLANK_LINE = re.compile(r"\n[ ]{0,40}(?=\n)")
_WORD = re.compile(r"[^ \n]+")
_ITEM = re.compile(r"[ ]{0,8}(?:[-*]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ ]|[A-Za-z][A-Za-z ]{0,28}:[ ]")
_NEXT = re.compile(r"\s{1,4}[\"'(\[]{0,3}(\w[\w']{0,19})")
_LAST_WORD = re.compile(r"([^\W\d_][^\W\d_.]{0,11}(?:\.[^\W\d_]{1,3}){0,2}|[A-Za-z.]{1,12})\.$")
_ABBREVIATIONS = frozenset({
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon",
    "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "mr", "mrs", "ms", "dr", "gen", "lt",
    "col", "maj", "capt", "sgt", "adm", "st", "no", "nos", "rep", "sen", "gov", "vs", "e.g",
    "i.e", "approx", "dept", "u.s", "u.n", "u.k", "e.u", "d.c", "inc", "ltd", "est",
    "янв", "фев", "февр", "мар", "апр", "авг", "сен", "сент", "окт", "ноя", "нояб", "дек", "ул",
    "им", "пл", "пр", "просп", "пер", "пос", "нп", "дер", "гор", "обл", "р-н", "тов", "ген", "корр",
    "см", "напр", "св", "тел", "стр", "тыс", "млн", "млрд", "гг",
})  # fmt: skip
_AFTER_MERIDIEM = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|gmt|utc|msk|eet|cet|local|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_MERIDIEM = ("a.m", "p.m")
_SHORT_LINE = 50
_LONGEST = 1500
"""Longest sentence [characters]; a longer one is cut, so that work per sentence is bounded."""
_FEW_LETTERS = 40
_MOSTLY_OTHER = 4
"""A text with this many times more letters in other languages than in those that can be read
is refused; the bound is ours."""
_MOST_REMARKS = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence, heading line or list item and where it stands.

    ``plain`` is in lower case with typographic signs made ASCII and blanks made single;
    ``cased`` is the same with its capitals. Offsets count in the text's ``plain``.
    """

    index: int
    start: int
    end: int
    plain: str
    cased: str
    paragraph: int

    @property
    def is_heading(self) -> bool:
        """Tell whether it lacks the stop that ends a sentence."""
        return not self.plain.rstrip("\"')] ").endswith((".", "!", "?"))


@dataclass(frozen=True, slots=True)
class Text:
    """Hold a text and its sentences.

    The rooms' rules work on ``plain`` (or ``cased``), in which each sentence is a line;
    what is not in English stands there in English, word for word. ``original`` turns
    offsets in these into offsets in ``raw``.

    Attributes
    ----------
    languages
        Languages that it is read in (``en``, ``ru``, ``ar``), the most common first.
    remarks
        Sentences on how the text was taken in, and on stretches that were passed over.

    """

    name: str
    raw: str
    plain: str
    cased: str
    sentences: tuple[Sentence, ...]
    languages: tuple[str, ...]
    remarks: tuple[str, ...]
    _starts: tuple[int, ...] = field(repr=False)
    _runs: _Runs = field(repr=False)

    @property
    def sha256(self) -> str:
        """Hash the text as UTF-8."""
        return sha256(self.raw)

    def sentence_at(self, offset: int) -> Sentence:
        """Give the sentence that holds an offset, or the last one before it."""
        return self.sentences[max(0, bisect_right(self._starts, offset) - 1)]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Turn a stretch of ``plain`` into offsets of the original text."""
        return self._runs.original(start, end)

    def quote(self, start: int, end: int) -> str:
        """Give the original's words for a stretch of ``plain``."""
        first, last = self.original(start, end)
        return self.raw[first:last]


class _Runs:
    """Tie runs of ``plain`` to stretches of the original: one each, letter by letter or whole."""

    def __init__(self, flat: str) -> None:
        self.lines: list[str] = []
        self._flat = flat
        self._at = 0
        self._plain = array("L")
        self._start = array("L")
        self._end = array("L")
        self._as_written = array("B")

    def line(self, pieces: Iterable[Piece]) -> tuple[int, int]:
        """Add one sentence; give its start and end in ``plain``."""
        first, line = self._at, ""
        for piece in pieces:
            if not piece.english:
                continue
            line += " " if line and piece.spaced else ""
            self._plain.append(first + len(line))
            self._start.append(piece.start)
            self._end.append(piece.end)
            self._as_written.append(self._flat[piece.start : piece.end] == piece.english)
            line += piece.english
        self.lines.append(line)
        self._at = first + len(line) + 1
        return first, first + len(line)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Turn a stretch of ``plain`` into offsets of the original.

        Words may stand in another order there: the stretch that holds them all is given.
        """
        low = max(0, bisect_right(self._plain, start) - 1)
        high = max(low, bisect_right(self._plain, end - 1) - 1)
        if low == high:
            return self._inside(low, start, end)
        first, last = self._inside(low, start, None)[0], self._inside(high, None, end)[1]
        return min(first, *self._start[low + 1 : high + 1]), max(last, *self._end[low:high])

    def _inside(self, run: int, start: int | None, end: int | None) -> tuple[int, int]:
        """Give the stretch of one run: to the letter where it stands as it was written."""
        first, last = self._start[run], self._end[run]
        moved = first - self._plain[run]
        if not self._as_written[run]:
            return first, last
        return (first if start is None else start + moved), (last if end is None else end + moved)


def prepare(source: str | Intake, name: str = "text") -> Text:
    """Check a text, cut it into sentences, and put these into English where they are not.

    Raises
    ------
    InputError
        If the text is empty, too long, not text at all, or mostly in other languages.

    """
    intake = source if isinstance(source, Intake) else Intake(source)
    raw = intake.text
    check(raw, name)
    lines = raw if "\n" in raw else raw.replace("\r", "\n")
    flat = lines.translate(_PLAIN)
    runs = _Runs(flat)
    spans: list[tuple[int, int, int]] = []
    letters: Counter[str] = Counter()
    unread: list[Stretch] = []
    for paragraph, cut in _stretches(flat):
        for stretch in cut:
            letters[stretch.language] += stretch.letters
        unread.extend(stretch for stretch in cut if not stretch.is_read)
        pieces = [piece for one in cut if one.is_read for piece in _pieces(flat, one)]
        if any(piece.english for piece in pieces):
            first, last = runs.line(pieces)
            spans.append((first, last, paragraph))
    _check_read(letters, name)
    cased = "\n".join(runs.lines)
    plain = _lower(cased)
    sentences = tuple(
        Sentence(index, first, last, plain[first:last], cased[first:last], paragraph)
        for index, (first, last, paragraph) in enumerate(spans)
    )
    starts = tuple(sentence.start for sentence in sentences)
    order = tuple(code for code, _ in letters.most_common() if code in READ) or ("en",)
    remarks = (*intake.remarks, *_not_read(raw, unread))
    return Text(name, raw, plain, cased, sentences, order, remarks, starts, runs)


def _stretches(flat: str) -> Iterator[tuple[int, list[Stretch]]]:
    """Give each sentence's paragraph, and its stretches by language."""
    groups = itertools.groupby(_sentences(flat), key=lambda span: span[2])
    paragraphs = [list(spans) for _, spans in groups]
    languages = of_paragraphs(flat, [(spans[0][0], spans[-1][1]) for spans in paragraphs])
    for spans, told in zip(paragraphs, languages, strict=True):
        for start, end, paragraph in spans:
            yield paragraph, stretches(flat, start, end, told)


def _pieces(flat: str, stretch: Stretch) -> Iterable[Piece]:
    if stretch.language == "en":
        words = _WORD.finditer(flat, stretch.start, stretch.end)
        return (Piece(match[0], match.start(), match.end()) for match in words)
    return glosser_for(stretch.language)(tokens_of(flat, stretch.start, stretch.end))


def _check_read(letters: Counter[str], name: str) -> None:
    """Refuse a text that is mostly in a language that cannot be read."""
    others = Counter({one: count for one, count in letters.items() if one not in READ})
    read = letters.total() - others.total()
    if others.total() > max(_FEW_LETTERS, _MOSTLY_OTHER * read):
        what = f"is not in English, Russian or Arabic: it looks like {others.most_common(1)[0][0]}"
        raise InputError.one(name, what, "Give a text in one of these, or a translation.")


def _not_read(raw: str, unread: Sequence[Stretch]) -> tuple[str, ...]:
    """Tell of the stretches that were passed over."""
    told = [
        f"Not read, as it looks like {one.language}: "
        f"{short_quote(raw[one.start : one.end].strip())}"
        for one in unread[:_MOST_REMARKS]
    ]
    if len(unread) > len(told):
        told.append(f"Not read either, further stretches like these: {len(unread) - len(told)}.")
    return tuple(told)


def _lower(cased: str) -> str:
    """Lower the case without changing any offset (İ has a longer lower case)."""
    lowered = cased.lower()
    if len(lowered) == len(cased):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in cased)


def _sentences(flat: str) -> Iterator[tuple[int, int, int]]:
    """Give each sentence's start, end and paragraph."""
    paragraph = start = 0
    for end in [*(match.end() for match in _BLANK_LINE.finditer(flat)), len(flat)]:
        spans = _cut(flat, start, end)
        for first, last in spans:
            yield first, last, paragraph
        paragraph += bool(spans)
        start = end


def _cut(cased: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut one paragraph into stretches, blanks at both ends left out."""
    breaks = [start]
    deliberate = _line_breaks(cased, start, end)
    for match in _BREAK.finditer(cased, start, end):
        if cased[match.start()] == "\n":
            if match.start() in deliberate:
                breaks.append(match.end())
        elif _ends_sentence(cased, match.start(), match.end()):
            breaks.append(match.end())
    breaks.append(end)
    spans: list[tuple[int, int]] = []
    for first, last in pairwise(breaks):
        piece = cased[first:last]
        body = piece.strip()
        if body:
            begin = first + len(piece) - len(piece.lstrip())
            spans.extend(_chopped(cased, begin, begin + len(body)))
    return spans


def _chopped(cased: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence, between words where there are any."""
    while end - start > _LONGEST:
        blank = cased.rfind(" ", start + 1, start + _LONGEST)
        cut = blank if blank > start else start + _LONGEST
        if cased[start:cut].strip():
            yield start, cut
        start = cut
    yield start, end


def _line_breaks(cased: str, start: int, end: int) -> frozenset[int]:
    """Find the line breaks meant by the writer, not made by wrapping.

    A break is meant where the next line begins like a list item or label, or where
    its first word would still have fitted on the line.
    """
    lines = cased[start:end].split("\n")
    longest = max(len(line.rstrip()) for line in lines)
    meant = set()
    offset = start
    for line, following in pairwise(lines):
        offset += len(line)
        word = following.split(maxsplit=1)[0] if following.strip() else ""
        fits = len(line.rstrip()) + 1 + len(word) < longest
        row = line.count("|") > 1 or line.rstrip().endswith(":")
        if fits or row or longest < _SHORT_LINE or _ITEM.match(following):
            meant.add(offset)
        offset += 1
    return frozenset(meant)


def _ends_sentence(cased: str, stop: int, after: int) -> bool:
    """Tell whether the stop at an offset ends a sentence."""
    following = _NEXT.match(cased, after)
    if following is None:
        return True
    word = following.group(1)
    if cased[stop] != ".":
        return not word[0].islower()
    last = _LAST_WORD.search(cased, max(0, stop - 12), stop + 1)
    lead = last.group(1).lower() if last else ""
    if lead.endswith(_MERIDIEM) or lead in {"am", "pm"}:
        clock_goes_on = _AFTER_MERIDIEM.match(word.lower())
        zone_follows = re.match(r"\s{1,3}[A-Z]\w{1,15} time\b", cased[after : after + 30])
        return word[0].isupper() and not clock_goes_on and not zone_follows
    if lead in {"г", "ч"} and word[0].isupper():
        return _ends_after_number(cased, stop)
    if lead in _ABBREVIATIONS or (len(lead) == 1 and lead.isalpha()):
        return False
    return not word[0].islower()


_COUNTED = re.compile(r"\d\s{0,2}[гч]\.$", re.IGNORECASE)
_ADVERBIAL = re.compile(
    r"(?:^|[.!?:\n])\s*(?:в|во|с|со|на|к|ко|до|по|от|начиная|утром|вечером|дн[её]м|ночью)\s"
    r"[^.!?:;,\n]{1,60}\.$",
    re.IGNORECASE,
)


def _ends_after_number(cased: str, stop: int) -> bool:
    """Tell the Russian "2016 г." and "19 ч." that end a sentence from those inside one.

    "С 4 ноября 2016 г. Минобороны вводит ..." goes on, as does "г. Алеппо".
    """
    lead = cased[max(0, stop - 90) : stop + 1]
    return _COUNTED.search(lead) is not None and _ADVERBIAL.search(lead) is None
