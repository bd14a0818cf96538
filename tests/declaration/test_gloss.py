from __future__ import annotations

import pytest

from safepassage.declaration.gloss import Phrasebook, glossed, tokens_of
from safepassage.declaration.text import prepare


def english(lines, text):
    book = Phrasebook(lines, str.lower)
    return [piece.english for piece in glossed(tokens_of(text, 0, len(text)), book, str.upper)]


@pytest.mark.parametrize(
    ("lines", "text", "wanted"),
    [
        ("ab = x\nab cd = y", "ab cd ab", ["y", "x"]),
        ("ab* = x\nabc = y", "ab abc abcd", ["x", "y", "x"]),
        ("ab* = x\nabc* = y", "abcd", ["y"]),
        ("ab|cd* = x", "ab cde abe", ["x", "x", "ABE"]),
        ("ab (cd|ef) gh = x", "ab gh ab ef gh", ["x", "x"]),
        ("ab cd ef = x\nab = y", "ab cd gh", ["y", "CD", "GH"]),
        ("ab =", "ab cd", ["", "CD"]),
        ("a* b = x\nac d = y", "ac b ac d", ["x", "y"]),
        ("# nothing\n\nab = x # why", "AB.", ["x", "."]),
    ],
)
def test_the_longest_phrase_counts_and_whole_words_come_before_stems(lines, text, wanted):
    assert english(lines, text) == wanted


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("ab", "line 1 is no entry"),
        ("\n= x", "line 2 is no entry"),
        ("ab = x\nab = y", "line 2 says otherwise"),
        ("(ab) = x", "line 1 says otherwise"),
        (" ".join(["a|b"] * 12) + " = x", "line 1 can be written in too many ways"),
    ],
)
def test_a_phrasebook_with_a_slip_is_refused(lines, says):
    with pytest.raises(ValueError, match=says):
        Phrasebook(lines, str.lower)


RUSSIAN = (
    "2 ноября 2016 года. Минобороны России объявило «гуманитарную паузу» в Алеппо (обновлено)."
)


def test_quotes_are_the_text_s_own_words():
    text = prepare(RUSSIAN + " An English sentence, too.")
    assert text.languages == ("ru", "en")
    for words, quote in (
        ("Russian Defence Ministry announced", "Минобороны России объявило"),
        ("Defence", "Минобороны России"),
        ("humanitarian pause", "гуманитарную паузу"),
        ("2 November", "2 ноября"),
        ("English sent", "English sent"),
    ):
        start = text.cased.index(words)
        assert text.quote(start, start + len(words)) == quote


def test_words_in_another_order_are_quoted_whole():
    text = prepare("объявило Минобороны России гуманитарную паузу")
    assert text.quote(0, len(text.plain)) == text.raw
