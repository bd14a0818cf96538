"""Hold Russian words and phrases with the English that the rules know them by."""

from __future__ import annotations

__all__ = ["PHRASES"]

PHRASES = """
министерств* обороны (рф|россии) = Russian Defence Ministry
минобороны рф|россии = Russian Defence Ministry
объявил|объявила|объявило|объявили = announced
гуманитарн* пауз* = humanitarian pause
в|во = in
алеппо = Aleppo
ноябр* = November
с|со = from
до = until
восемь|восьми = eight
коридор* = corridors
будет|будут = will be
открыт|открыта|открыты|открыто = opened
шесть|шести = six
из них = of them
для = for
мирных жителей = civilians
по местному времени = local time
четверг|четверга = Thursday
"""
