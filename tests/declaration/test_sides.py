from __future__ import annotations

import pytest

from safepassage.declaration import read

HEAD = "4 March 2024\n\nThe Syrian army announced a humanitarian pause in Aleppo on 5 March. "
YEMEN = (
    "4 March 2024\n\nThe United Nations announced a truce in Yemen from 9 am on 5 March 2024, in "
    "the fighting between the Government of Yemen and the Houthis. "
)


def answers(text):
    consent = read(text).as_json()["consent"]
    return {answer["party"]: answer["status"] for answer in consent}


def answer_of(party, text):
    return answers(text).get(party)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Hamas said on Sunday that it had accepted the proposal.", "approved"),
        ("Hamas said no rockets would be fired in those hours.", "approved"),
        ("Hamas (the ruling group) agreed to the pause.", "approved"),
        ("Hamas, whose men hold the old city, accepted the pause.", "approved"),
        ("Hamas announced its full commitment.", "approved"),
        ("Hamas called the offer a ruse.", "rejected"),
        ("Hamas called the proposal cynical.", "rejected"),
        ("Hamas turned the ultimatum down.", "rejected"),
        ("Has Hamas agreed? Not yet. We are waiting.", "silent"),
        ("Has Hamas agreed to it? Yes.", "approved"),
        ("Hamas was told of it at noon. No answer has come from them.", "silent"),
        # none of these is an answer
        ("Has Hamas agreed to the pause? Ask them.", None),
        ("Hamas may agree to the pause.", None),
        ("Hamas did not respect the last pause.", None),
        ("Talks between Hamas and Israel on a longer truce go on.", None),
        ("A union that Hamas backs rejected the draft budget.", None),
        ("If Hamas accepts the pause, aid will follow.", None),
        ("Last month Hamas rejected a pause.", None),
        ("A ceasefire between Hamas and Israel is what mediators hope for.", None),
    ],
)
def test_the_answer_of_a_side(words, status):
    assert answer_of("Hamas", HEAD + words) == status


def test_all_who_sign_agree():
    told = answers(
        "Representatives of the Sudanese Armed Forces and of the Rapid Support Forces signed an "
        "agreement on a ceasefire in Khartoum from 9 am on 5 May 2023."
    )
    assert told == {"Sudanese Armed Forces": "approved", "Rapid Support Forces": "approved"}


def test_both_sides_are_those_who_fight():
    assert answers(YEMEN + "Both sides have agreed to the truce.") == {
        "Government of Yemen": "approved",
        "Houthi movement": "approved",
    }


def test_who_mediates_does_not_agree():
    told = answers(YEMEN + "Talks between Oman and the Houthis took place in Muscat.")
    assert "Government of Oman" not in told


def test_may_in_a_date_is_no_doubt():
    told = answers(
        "Jeddah, 20 May 2023 - Armenia and Azerbaijan signed a ceasefire agreement on Saturday "
        "that takes effect at 9 am on 22 May 2023."
    )
    assert told == {"Government of Armenia": "approved", "Government of Azerbaijan": "approved"}


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("A truce begins at 9 am on 5 May 2023 in Homs, the Syrian army said.", "Syrian Army"),
        (
            "Israel and Lebanon agreed to a truce from 9 am on 5 May 2023, the UN said.",
            "United Nations",
        ),
        (
            (
                "4 May 2022\n\nA humanitarian corridor from Irpin is open from 9 am on 5 May 2022. "
                "Civilians leave on foot.\n\nYour mayor"
            ),
            "Mayor",
        ),
        (
            (
                "Head of Sumy regional administration, 4 May 2022: The green corridor for people "
                "will work on 5 May 2022 from 9 am."
            ),
            "Sumy Regional Administration",
        ),
        (
            "Saudi Foreign Ministry\n4 May 2023\n\nA truce in Sudan will begin at 9 am on 5 May.",
            "Saudi Foreign Ministry",
        ),
        # Whom a text only names, or quotes of something else, announces nothing.
        (
            "A ceasefire begins in Homs at 9 am on 5 May 2023. The Russian army has a base there.",
            None,
        ),
    ],
)
def test_who_announces(text, issuer):
    assert read(text).as_json()["issuer"] == issuer
