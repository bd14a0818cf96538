from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.ledgers import NOW, each_kind, said
from safepassage.base.errors import InputError
from safepassage.ledger import screening
from safepassage.ledger.events import event_of
from safepassage.ledger.screening import screen, screened_faults
from safepassage.ledger.store import prepared

FINDS = {
    "phone": [
        "ring 0933 123 456", "+963 (21) 221-2345", "٠٩٣٣١٢٣٤٥٦", "۰۹۳۳ ۱۲۳ ۴۵۶",
        "０９３３１２３４５６",
        "0-9-3-3-1-2-3-4-5-6", "09.33.12.34.56", "0933\u200b123\u200b456", "call 2212345",
        "phone: 45 678", "WhatsApp me 99-8877", "هاتف 45678", "tel.221 22",
    ],
    "identity": [
        "passport N00123456", "N 004412345", "id card no. 5512", "الرقم الوطني ٠٢٠١٢٣", "L1234567",
        "national id 1234", "02010012345",
    ],
    "e-mail": ["write to someone@example.org", "someone @example.org"],
    "account": ["see @some_one", "t.me/somebody", "facebook.com/some.body"],
    "position": [
        "36.2154, 37.1343", "36.215 37.134", "36,2154; 37,1343", "٣٦٫٢١٥٤، ٣٧٫١٣٤٣",
        "at 36.2154N",
        "36°12'55\"N", "36° 12.92'", "37SCA 12345 67890", "8G7XV6+3F house", "///filled.count.soap",
        "lat 36.2154 lon 37.1343°",
    ],
    "name": ["told by Dr Hassan", "Col. Smith said", "Mr. Al-Example", "السيد محمد", "العقيد أحمد"],
}  # fmt: skip
PASSES = [
    "40 people at 09:00, 38 to 45", "126,000 to 275,000 inside", "2016-11-04 09:00 to 19:00",
    "4.11.2016, seven impacts", "counts 120, 140, 150, 160", "Sheikh Maqsoud side, Abu al-Duhur",
    "gate 3, lane 2 of 6; about 1.5 km", "سبع قذائف على طريق الكاستيلو الساعة 15:00",
    "at 2016-11-04T07:30:00Z", "A doctor saw 12 wounded", "The colonel in command agreed",
    "Resolution 2254 (2015) and 2268(2016), S/2016/873", "P-code SY020000", "36.2 degrees fever",
    "Highway M5, km 12.5", "Side A, 3,500 USD", "",
]  # fmt: skip


@pytest.mark.parametrize(("what", "text"), [(k, t) for k, texts in FINDS.items() for t in texts])
def test_what_could_find_a_person_is_found(what, text):
    assert screen(text)
    assert screen(f"At the gate. {text}. People wait.")


@pytest.mark.parametrize(
    ("text", "word"),
    [("someone@example.org", "e-mail"), ("36.2154, 37.1343", "position"), ("Dr Hassan", "name"),
     ("0933 123 456", "phone"), ("passport 55123", "identity"), ("@some_one", "account")],
)  # fmt: skip
def test_it_says_what_it_is(text, word):
    assert word in screen(text)[0]


@pytest.mark.parametrize("text", PASSES)
def test_what_reports_need_to_say_passes(text):
    assert screen(text) == ()


@pytest.mark.parametrize(
    "sign", ["a", "1", "@", ".", " ", "1 ", "1.", "A1", "36.215 ", "tel ", "'"]
)
def test_no_text_takes_long(sign):
    began = time.process_time()
    screen((sign * 2000)[:2000])
    assert time.process_time() - began < 0.1


def test_the_kinds_of_events_pass():
    assert len(prepared([event_of(row) for row in each_kind()], NOW)) == len(each_kind())


@pytest.mark.parametrize(
    "change",
    [
        {"text": "ask 0933 123 456"}, {"place": "Flat 36.2154, 37.1343"}, {"source": "0933123456"},
        {"corridor": "c-0933123456"},
        {"claims": [{"by": "Dr Hassan", "holds_responsible": "Side B"}]},
        {"claims": [{"by": "Side A", "holds_responsible": "Mr Example"}]},
    ],
)  # fmt: skip
def test_every_written_field_is_screened_before_it_is_stored(change):
    (key,) = change
    with pytest.raises(InputError, match=rf"\.{key}.*holds what looks like.*Take it out"):
        prepared([event_of(said(1, kind="incident", what="other", **change))], NOW)


class Everything:
    """Be a pattern that is met by all, or by none."""

    def __init__(self, met):
        self.met = met

    def search(self, _):
        return self.met

    fullmatch = search


@given(st.text(alphabet="ab telphonMrDC.@+/()- 0123456789", max_size=30))
def test_quick_looks_pass_nothing_that_a_close_look_finds(text):
    quick = list(screened_faults({"text": text}, "event"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screening, "_SUSPECT", Everything(met=True))
        patch.setattr(screening, "_PLAIN", Everything(met=False))
        assert list(screened_faults({"text": text}, "event")) == quick
