from __future__ import annotations

from contextlib import suppress

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from declaration import corpus
from declaration.test_document import SCHEMA
from lengths import at_length
from safepassage.base.errors import InputError, NothingAnnounced
from safepassage.declaration import read, to_json

PIECES = (
    "humanitarian pause", "ceasefire", "truce", "corridor", "two corridors", "six other corridors",
    "for civilians", "for armed fighters", "will open", "announced", "from 9 am", "to 7 pm",
    "until noon",
    "midnight", "09:00-19:00", "0900", "1900 GMT", "Moscow time", "on Friday", "4 November", "2016",
    "November 2, 2016", "31 November", "tomorrow", "every day", "between", "and", "to",
    "the Russian Defence Ministry",
    "Aleppo", "in Homs", "Syria", "has approved", "rejected", "with their weapons", "lay down",
    "guaranteed by",
    "two weeks ago", "collapsed", "said", "Wednesday", "72-hour", "(", ")", ":", ".", ",", "\n",
    "\n\n", "- ",
    "“", "”", "’", "–", "\u00a0", "İ", "ß", "𝟗", "٩", "of the eight corridors", "not", "no",
    "we appeal to",
    "1.", "http://www.example.org/a", "99:99", "25:00", "30 February 2016", "9999",
)  # fmt: skip
QUICK = settings(
    max_examples=at_length(40, 400), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def check(text):
    """Read a text: nothing but the two errors, and every quote where it is said to stand."""
    with suppress(InputError, NothingAnnounced):
        declaration = read(text)
        for field, evidence in declaration.evidence.items():
            assert text[evidence.start : evidence.end] == evidence.quote, field
        for window in declaration.windows:
            assert window.start < window.end
        counts = declaration.corridors
        if None not in {counts.total, counts.civilian}:
            assert counts.civilian <= counts.total
        jsonschema.validate(to_json([declaration]), SCHEMA)


@given(st.text(max_size=400))
@QUICK
def test_any_text_gives_a_declaration_or_one_of_two_errors(text):
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from([" ", "", "\n"]))
@QUICK
def test_words_of_announcements_in_any_order(pieces, joint):
    check("The army announced a humanitarian pause. " + joint.join(pieces))


@given(
    st.sampled_from(corpus.telling()), st.integers(0, 400), st.integers(0, 60), st.text(max_size=12)
)
@QUICK
def test_announcements_with_a_piece_cut_out_or_put_in(name, at, length, other):
    text = corpus.text_of(name)
    check(text[:at] + other + text[at + length :])


@given(st.binary(max_size=300))
@QUICK
def test_any_bytes_in_a_file(data):
    check(data.decode("utf-8", errors="replace"))
