"""Read what a first reader's texts got wrong: denials, hours that are over, lost answers."""

from __future__ import annotations

import pytest

from safepassage.base.errors import NothingAnnounced
from safepassage.declaration import read

HEAD = (
    "ALEPPO, Nov 2, 2016 - The Russian Defence Ministry announced a humanitarian pause in Aleppo "
    "on Friday from "
)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Reports that a humanitarian corridor would open in Oslo from 6 am to "
            "6 pm on Tuesday are false, the defence ministry said. No pause has been agreed."
        ),
        (
            "The army denied reports that a humanitarian pause will begin in "
            "Oslo on Tuesday from 6 am to 6 pm."
        ),
        (
            "It is untrue that a ceasefire will hold in Oslo from 6 am to 6 pm "
            "on Tuesday, the ministry said."
        ),
        (
            "Civilians will be able to leave Oslo through a humanitarian corridor "
            "on Tuesday from 6 am to 6 pm, posts claimed. The reports are false, the army said."
        ),
        (
            "The ministry denied that a humanitarian pause will be held in Oslo "
            "on Tuesday from 6 am to 6 pm."
        ),
        (
            "Rumours of a humanitarian corridor on Tuesday from 6 am to 6 pm are "
            "baseless, the army in Oslo said. No such corridor will open."
        ),
        (
            "A humanitarian pause in Oslo on Tuesday from 6 am to 6 pm has not "
            "been agreed, the army said."
        ),
        (
            "No agreement on a humanitarian pause in Oslo on Tuesday from 6 am "
            "to 6 pm exists, the army said."
        ),
    ],
)
def test_a_denial_announces_nothing(text):
    with pytest.raises(NothingAnnounced):
        read(f"OSLO, June 1, 2026 - {text}")


def test_a_denial_of_something_else_takes_nothing_back():
    declaration = read(
        "ALEPPO, Nov 2, 2016 - The army, which denied reports of shelling, announced a tactical "
        "pause in Aleppo on Friday from 9 am to 3 pm."
    )
    (window,) = declaration.windows
    assert window.start.isoformat() == "2016-11-04T09:00:00"


def test_a_denial_of_other_hours_leaves_the_announced_ones_and_is_told():
    declaration = read(HEAD + "9 am to 3 pm. Reports that the pause would be from 6 am are false.")
    (window,) = declaration.windows
    assert (window.start.hour, window.end.hour) == (9, 15)
    assert any(remark.startswith("Said to be untrue") for remark in declaration.remarks)


@pytest.mark.parametrize(
    "past",
    [
        "Civilians left Old Homs on Friday during a humanitarian pause from 10 am to 4 pm.",
        "Some 80 people fled during a humanitarian pause from 10 am to 4 pm on Friday.",
        "A humanitarian pause was held from 10 am to 4 pm on Friday.",
        "Families crossed the line on Friday through a humanitarian corridor from 10 am to 4 pm.",
    ],
)
def test_hours_that_are_over_become_no_window(past):
    declaration = read(
        f"HOMS, Feb 10, 2014 - {past} A new humanitarian pause in Homs was announced by the army."
    )
    assert declaration.windows == ()
    assert declaration.open_windows == ()
    assert any("what is over" in remark for remark in declaration.remarks), declaration.remarks


def test_daily_hours_begin_after_the_pause_does():
    declaration = read(
        "SANAA, July 25, 2015 - A five-day ceasefire will start in Taiz at 11:59 pm on Sunday. "
        "Between noon and 3 pm each day civilians may leave through two corridors, a mayor said."
    )
    (window,) = declaration.windows
    assert window.start.isoformat() == "2015-07-27T12:00:00"
    assert window.recurrence == "daily"


@pytest.mark.parametrize(
    ("sentence", "answers"),
    [
        ("The opposition council rejected the pause.", [("opposition council", "rejected")]),
        ("Armed groups in the city said they do not accept it.", [("armed groups", "rejected")]),
        ("Jaish al-Islam, the largest rebel group there, rejected the plan.",
         [("Jaysh al-Islam", "rejected")]),
        ("The Eastern Front, the largest rebel group, rejected the pause.",
         [("Eastern Front", "rejected")]),
        ("Ukraine did not accept the pause.", [("Government of Ukraine", "rejected")]),
        ("Rebels in the Old City have not yet replied.", [("rebels", "silent")]),
        ("Hamas has not commented.", [("Hamas", "silent")]),
        ("Kyiv agreed to the evacuation.", [("Government of Ukraine", "approved")]),
        ("Sudan's army agreed.", [("Sudanese Army", "approved")]),
        ("Both Sudan's army and the RSF signed the agreement.",
         [("Sudanese Army", "approved"), ("Rapid Support Forces", "approved")]),
    ],
)  # fmt: skip
def test_an_answer_is_not_lost(sentence, answers):
    consents = read(f"{HEAD}9 am to 3 pm. {sentence}").consent
    assert [(each.party, each.status) for each in consents] == answers
    assert {each.stated_by for each in consents} <= {None, *(each.party for each in consents)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Hamas has not agreed to it.",
        "Russia has not confirmed it.",
        "Ukraine rejected routes that lead north, but agreed to the corridor from Sumy to Poltava.",
        "The Nusra Front refused to leave.",
        "The Russian government rejected the pause.",
        "The shopkeepers of the bazaar rejected the offer.",
    ],
)
def test_an_answer_left_open_is_told_and_given_to_nobody(sentence):
    declaration = read(f"{HEAD}9 am to 3 pm. {sentence}")
    assert declaration.consent == ()
    assert f"Said of consent and not decided: “{sentence}”" in declaration.remarks


@pytest.mark.parametrize(
    "sentence",
    ["The Free Syrian Army rejected the corridor.", "Hamas did not comment."],
)
@pytest.mark.parametrize("verb", ["announced", "announces", "declares"])
def test_nobody_states_an_answer_that_the_text_gives_to_nobody(sentence, verb):
    declaration = read(
        f"GAZA, July 26, 2025 - The Israeli army {verb} a humanitarian pause in Gaza City on "
        f"Sunday from 10 am to 8 pm. The governor said buses would wait. {sentence}"
    )
    (consent,) = declaration.consent
    assert consent.stated_by is None


def test_what_stays_closed_is_not_counted_as_open():
    declaration = read(f"{HEAD}9 am to 3 pm. Three of the five crossings will stay closed.")
    assert declaration.corridors.total is None


def test_a_count_for_a_whole_country_is_not_one_town_s():
    declaration = read(
        "KYIV, March 26, 2022 - Ten humanitarian corridors were agreed for Sunday, March 27. "
        "The corridor from Mariupol will be open from 7 am to 6 pm, the army said."
    )
    assert declaration.place.name == "Mariupol"
    assert declaration.corridors.total is None
    assert any("more than Mariupol (10)" in remark for remark in declaration.remarks)


def test_a_speaker_set_aside_does_not_make_the_day_that_of_speaking():
    declaration = read(
        "JERUSALEM, Nov 9, 2023 - The Israeli army announced a daily four-hour pause in Gaza. On "
        "Friday, the army said, the coast road will be open for civilians from 09:00 to 16:00."
    )
    assert declaration.announced_on.isoformat() == "2023-11-09"
    (window,) = declaration.windows
    assert window.start.isoformat() == "2023-11-10T09:00:00"
    assert window.recurrence is None


def test_the_dateline_does_not_lend_its_country_to_an_army():
    declaration = read(
        "BEIRUT, May 3, 2016 - The army announced a 48-hour truce in Homs that takes effect at "
        "noon on Wednesday."
    )
    assert declaration.issuer == "Army"


@pytest.mark.parametrize("year", ["99999", "0000", "3021"])
def test_a_year_that_cannot_be_meant_is_not_dropped(year):
    declaration = read(
        "ALEPPO, Nov 2, 2016 - The army announced a humanitarian pause in Aleppo on "
        f"4 November {year} from 9 am to 3 pm."
    )
    assert declaration.windows == ()
    assert any("09:00 to 15:00" in remark for remark in declaration.remarks)


def test_each_of_two_that_agree_states_only_what_it_said():
    declaration = read(
        "KHARTOUM, April 16, 2023 - Sudan's army and the paramilitary Rapid Support Forces agreed "
        "on Sunday to open safe passage in Khartoum from 4 pm, the army said in a statement."
    )
    answers = {each.party: each.stated_by for each in declaration.consent}
    assert answers == {
        "Sudanese Army": "Sudanese Army",
        "Rapid Support Forces": "Sudanese Army",
    }
