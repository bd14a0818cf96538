"""Read the article that the project was founded on, where it lies beside the repository."""

from __future__ import annotations

from datetime import date

import pytest

from declaration.corpus import FOUNDING
from safepassage.declaration import read_file
from safepassage.declaration.model import Consent, SourceLink

pytestmark = pytest.mark.skipif(
    not FOUNDING.is_file(),
    reason=f"LEFT OUT: the founding article is not at hand ({FOUNDING.name})",
)


@pytest.fixture(scope="module")
def declaration():
    return read_file(FOUNDING)


def test_the_window_is_the_announced_one_on_the_clock_of_the_place(declaration):
    (window,) = declaration.windows
    assert window.start.isoformat() == "2016-11-04T09:00:00"
    assert window.end.isoformat() == "2016-11-04T19:00:00"
    assert window.recurrence is None
    assert declaration.tz == "Asia/Damascus"
    assert declaration.open_windows == ()


def test_eight_corridors_in_two_groups(declaration):
    assert declaration.corridors.model_dump() == {"total": 8, "civilian": 6, "armed": 2}
    assert declaration.civilian_users == "unarmed civilians"
    assert declaration.armed_users == "rebel forces"
    assert declaration.weapons == "keep"


def test_the_total_rests_on_both_groups_and_is_less_sure_than_they_are(declaration):
    total = declaration.evidence["corridors.total"]
    for part in ("civilian", "armed"):
        own = declaration.evidence[f"corridors.{part}"]
        assert total.start <= own.start
        assert own.end <= total.end
        assert total.confidence < own.confidence


def test_who_announced_on_whose_order_and_who_reported_it(declaration):
    assert declaration.issuer == "Russian Defence Ministry"
    assert declaration.on_order_of == "President of the Russian Federation"
    assert declaration.decided_by == "Defence Minister of the Russian Federation"
    assert declaration.reported_by == ("RBC",)
    assert declaration.carried_by == "themoscowtimes.com"
    assert declaration.carried_on == date(2016, 11, 2)
    assert [link.role for link in declaration.chain] == [
        "ordered by", "decided by", "issued by", "reported by", "carried by",
    ]  # fmt: skip
    assert declaration.chain[-1] == SourceLink(
        role="carried by", name="themoscowtimes.com", on=date(2016, 11, 2)
    )


def test_announced_on_the_wednesday_of_the_report(declaration):
    assert declaration.announced_on == date(2016, 11, 2)
    assert declaration.evidence["announced_on"].quote == "Wednesday"


def test_the_place_comes_from_the_gazetteer(declaration):
    assert declaration.place.name == "Aleppo"
    assert declaration.place.lat == pytest.approx(36.20, abs=0.02)
    assert declaration.place.lon == pytest.approx(37.16, abs=0.02)
    assert declaration.place_status == "besieged and encircled since the summer"


def test_one_government_approved_and_the_ministry_says_so(declaration):
    (consent,) = declaration.consent
    assert consent == Consent(
        party="Government of Syria", status="approved", stated_by="Russian Defence Ministry",
        to_which_terms="ceasefire",
    )  # fmt: skip
    assert declaration.guarantors == ()


def test_the_earlier_attempt_and_how_it_ended(declaration):
    earlier = declaration.previous
    assert earlier.kind == "ceasefire"
    assert earlier.days_before == 14
    assert earlier.around == date(2016, 10, 19)
    assert earlier.outcome == "collapsed"


def test_kind_purpose_and_appeal(declaration):
    assert declaration.kind == "humanitarian pause"
    assert declaration.called == "humanitarian ceasefire"
    assert declaration.purpose == "to avoid needless casualties"
    assert declaration.appeal_to == "the leaders of all armed groups"
    assert declaration.appeal.startswith("cease hostilities")


def test_every_quote_stands_where_it_is_said_to(declaration):
    text = FOUNDING.read_text(encoding="utf-8")
    assert len(declaration.evidence) > 20
    for field, evidence in declaration.evidence.items():
        assert text[evidence.start : evidence.end] == evidence.quote, field
