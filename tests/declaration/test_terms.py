"""Read single sentences on counts, weapons, consent and guarantees, traps among them."""

from __future__ import annotations

import pytest

from safepassage.declaration import read

HEAD = (
    "2 November 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo, "
    "Syria, on 4 November from 9 am to 7 pm. "
)


def said(sentence):
    return read(HEAD + sentence)


@pytest.mark.parametrize(
    ("sentence", "total", "civilian", "armed"),
    [
        ("Eight corridors will be open, six for civilians and two for armed groups.", 8, 6, 2),
        ("Six corridors for civilians and two more for rebels are planned.", 8, 6, 2),
        ("A total of eight corridors (six civilian, two military) will operate.", 8, 6, 2),
        ("Civilians will be able to leave by six corridors and fighters by two.", 8, 6, 2),
        ("Civilians can use six routes; fighters have two.", 8, 6, 2),
        ("Of the eight corridors, two are for fighters and the rest are for civilians.", 8, 6, 2),
        ("Nine corridors will be opened, of which seven for civilians.", 9, 7, None),
        ("Two buses and one corridor will be ready for families.", 1, 1, None),
        ("Six corridors will be open. Two of them are also for fighters.", 6, None, 2),
        ("Two corridors will be opened for fighters.", None, None, 2),
        ("In July four corridors were opened, and hardly anybody used them.", None, None, None),
        ("Four corridors were opened last week for civilians.", None, None, None),
        ("Both corridors are for civilians.", 2, 2, None),
        ("Corridor 3 will be open for 24-hour traffic to 2 camps.", None, None, None),
        ("Between six and eight corridors will be opened for civilians.", None, None, None),
        ("Up to eight corridors will be opened for civilians.", None, None, None),
        ("Humanitarian corridors will be opened for civilians.", None, None, None),
    ],
)
def test_corridors(sentence, total, civilian, armed):
    counts = said(sentence).corridors
    assert (counts.total, counts.civilian, counts.armed) == (total, civilian, armed)


def test_counts_that_do_not_agree_are_left_out_and_told():
    declaration = said("Six corridors will be opened for civilians. Civilians have four corridors.")
    assert declaration.corridors.civilian is None
    assert any("Different numbers of corridors for civilians" in r for r in declaration.remarks)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Fighters may leave with their weapons.", "keep"),
        ("Fighters may leave, weapons and all.", "keep"),
        ("Fighters do not have to lay down their arms.", "keep"),
        ("Fighters may leave without surrendering their weapons.", "keep"),
        ("Fighters may leave with light weapons.", "light"),
        ("Fighters may keep personal weapons only.", "light"),
        ("Fighters must lay down their arms.", "surrender"),
        ("Fighters may not leave with their weapons.", "surrender"),
        ("Fighters may leave without their weapons.", "surrender"),
        ("Rebels who lay down their arms will be let through.", "surrender"),
        ("No weapons may be carried through the corridors.", "none"),
        ("Anyone carrying weapons will be stopped.", "none"),
        ("The Syrian army supplied weapons to the militia.", None),
        ("Six corridors are for unarmed civilians.", None),
        ("The talks on weapons go on.", None),
    ],
)
def test_weapons(sentence, rule):
    assert said(sentence).weapons == rule


@pytest.mark.parametrize(
    ("sentence", "answers"),
    [
        ("The Syrian government approved the pause, the ministry said.",
         [("Government of Syria", "approved", "Russian Defence Ministry")]),
        ("The pause was agreed with Damascus.", [("Government of Syria", "approved", None)]),
        ("Iran, Turkey and Qatar have accepted the pause.",
         [("Government of Iran", "approved", None), ("Government of Turkey", "approved", None),
          ("Government of Qatar", "approved", None)]),
        ("The opposition said it would not accept the pause.",
         [("opposition", "rejected", "opposition")]),
        ("Rebel groups dismissed the offer as a trick.", [("rebel groups", "rejected", None)]),
        ("Jaysh al-Islam rejected and Ahrar al-Sham accepted the pause.",
         [("Jaysh al-Islam", "rejected", None), ("Ahrar al-Sham", "approved", None)]),
        ("Washington did not respond to the announcement.",
         [("Government of the United States", "silent", None)]),
        ("The UN was not informed of the plan.", [("United Nations", "not asked", None)]),
        ("The pause was approved by President Bashar al-Assad.",
         [("President Bashar al-Assad", "approved", None)]),
        ("The Syrian government has not approved the pause.", []),
        ("The Syrian government has yet to approve the pause.", []),
        ("Neither Turkey nor Iran has accepted the pause.", []),
        ("If the opposition accepts the pause, corridors will stay open.", []),
        ("Ankara welcomed the pause.", []),
        ("Moscow and Damascus blame Washington for the failure of the last truce.", []),
    ],
)  # fmt: skip
def test_consent(sentence, answers):
    consents = said(sentence).consent
    assert [(each.party, each.status, each.stated_by) for each in consents] == answers


@pytest.mark.parametrize(
    ("sentence", "guarantors"),
    [
        ("Turkey and Iran guarantee the pause.", ("Government of Turkey", "Government of Iran")),
        ("The pause is guaranteed by Turkey.", ("Government of Turkey",)),
        ("The UN said it had no security guarantees.", ()),
        ("The ministry asked the UN to guarantee the safety of convoys.", ()),
        ("The Red Cross denied that it was a guarantor of the pause.", ()),
    ],
)
def test_guarantors(sentence, guarantors):
    assert said(sentence).guarantors == guarantors


@pytest.mark.parametrize(
    "sentence",
    [
        "The army will resume operations from 7 pm to midnight.",
        "Military operations will begin again at 7 pm on 4 November.",
        "A curfew will apply from 9 pm to 6 am on 5 November.",
        "Talks will resume on 10 November.",
        "The UN's office will answer calls from 8 am to 8 pm on 5 November.",
        "The Syrian opposition proposed a pause from 6 am to 10 pm on 5 November.",
        "In Yemen, a separate ceasefire will begin at 11 pm on 5 November.",
        "A pause on 20 October, from 8 am to 4 pm, collapsed.",
        "Shells fell on the city between 9 am and 11 am on Tuesday.",
        "Fighters must decide by 6 pm on Thursday.",
    ],
)
def test_other_hours_and_days_change_nothing(sentence):
    declaration = said(sentence)
    (window,) = declaration.windows
    assert window.start.isoformat() == "2016-11-04T09:00:00"
    assert window.end.isoformat() == "2016-11-04T19:00:00"
    assert declaration.open_windows == ()


@pytest.mark.parametrize(
    ("sentence", "users", "name"),
    [
        ("Fighters will leave toward Idlib.", "armed", "Idlib"),
        ("Civilians may go toward Jibrin or the western districts.", "civilian", "Jibrin"),
        ("A corridor leads to Idlib.", None, "Idlib"),
    ],
)
def test_destinations(sentence, users, name):
    (end,) = said(sentence).destinations
    assert (end.users, end.name) == (users, name)


@pytest.mark.parametrize(
    ("sentence", "outcome", "days_before"),
    [
        ("Two weeks ago a truce collapsed.", "collapsed", 14),
        ("A pause on 20 October expired without a single person leaving.", "expired", 13),
        ("A similar ceasefire was violated last month.", "violated", None),
    ],
)
def test_earlier_attempts(sentence, outcome, days_before):
    earlier = said(sentence).previous
    assert (earlier.outcome, earlier.days_before) == (outcome, days_before)


def test_the_years_of_a_war_are_no_earlier_attempt():
    assert said("Last year Russia sent aircraft to Syria.").previous is None
