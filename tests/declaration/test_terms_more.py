"""Names, means, helpers, acts that stop, withdrawals, conditions, deadlines, changes, clocks."""

from __future__ import annotations

from datetime import time

import pytest

from safepassage.declaration import read
from safepassage.declaration.reader import CalledOff

HEAD = (
    "2 November 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo, "
    "Syria, on 4 November 2016 from 9 am to 7 pm. "
)


def said(more):
    return read(HEAD + more)


def values(declaration, field):
    return [getattr(each, "name", each) for each in getattr(declaration, field)]


@pytest.mark.parametrize(
    ("more", "field", "wanted"),
    [
        ("Civilians may leave on foot or in buses.", "means", ["on foot", "buses"]),
        ("Ambulances will take the wounded.", "means", ["ambulances"]),
        ("Families may leave in their own cars.", "means", ["private vehicles"]),
        ("No private cars may leave.", "means", []),
        ("Leaving by car is forbidden.", "means", []),
        ("Aid will be discussed by officials on foot of a letter.", "means", []),
        ("Russian peacekeepers will escort the columns.", "escorts", ["Russian peacekeepers"]),
        ("The Red Crescent will accompany the wounded.", "escorts", ["Red Crescent"]),
        ("No one will escort the columns, and the Red Crescent was not asked to escort them.",
         "escorts", []),
        ("The United Nations will monitor the pause.", "monitors", ["United Nations"]),
        ("The pause will be monitored by the OSCE.", "monitors", ["OSCE"]),
        ("The United Nations will not monitor the pause.", "monitors", []),
        ("The United Nations called on both sides to observe the pause.", "monitors", []),
        ("The pause is guaranteed by Turkey.", "monitors", []),
        ("The army will suspend air strikes and artillery fire.", "prohibited",
         ["air strikes", "shelling"]),
        ("All air strikes, shelling and flights will be suspended.", "prohibited",
         ["air strikes", "shelling", "flights"]),
        ("Air strikes and shelling will stop.", "prohibited", ["air strikes", "shelling"]),
        ("Military flights over the city are banned.", "prohibited", ["flights"]),
        ("Fighters refused to stop shelling.", "prohibited", []),
        ("No flights were seen over Aleppo yesterday.", "prohibited", []),
        ("The army stopped shelling on Monday.", "prohibited", []),
        ("There will be no shelling during the pause.", "prohibited", ["shelling"]),
        ("Fighters and civilians will leave by a corridor through Ramouseh.", "corridor_names",
         ["Ramouseh"]),
        ("The army demanded that the armed groups stop shelling.", "prohibited", []),
        ("The corridors will run through Bustan al-Qasr, Salah al-Din and Sheikh Saeed.",
         "corridor_names", ["Bustan al-Qasr", "Salah al-Din", "Sheikh Saeed"]),
        ("Civilians leave by the Castello corridor.", "corridor_names", ["Castello"]),
        ("The Russian corridor will stay open.", "corridor_names", []),
        ("Humanitarian corridors will open at noon.", "corridor_names", []),
        ("Corridor 1: Bustan al-Qasr - Mashariqa", "corridor_names",
         ["Bustan al-Qasr - Mashariqa"]),
        ("The pause will hold provided that the armed groups hold their fire.", "conditions",
         ["provided that the armed groups hold their fire"]),
        ("The pause can be extended if armed groups do not shell the corridors.", "conditions",
         ["if armed groups do not shell the corridors"]),
        ("Civilians may leave if they wish.", "conditions", []),
        ("Fighters must leave by 18:00 on 4 November.", "deadlines",
         ["must leave by 18:00 on 4 November"]),
        ("The ultimatum expires on Friday at 7 pm.", "deadlines",
         ["ultimatum expires on Friday at 7 pm"]),
        ("The pause will last until 19:00.", "deadlines", []),
    ],
)  # fmt: skip
def test_what_a_sentence_states_is_read_and_nothing_else(more, field, wanted):
    declaration = said(more)
    assert values(declaration, field) == wanted
    for index in range(len(wanted)):
        assert declaration.evidence[f"{field}.{index}"].quote in HEAD + more


def test_a_list_of_corridors_is_read_by_its_numbers():
    declaration = read(
        "5 March 2022\n\nThe army agreed to a ceasefire in Mariupol, Ukraine, from 9 a.m. to "
        "4 p.m. on 5 March for the evacuation of civilians.\n\nCorridors:\n"
        "1. Portivskyi Avenue - Zaporizhzhia\n2. Nikolske - Rozivka\n\nWeapons: none."
    )
    assert values(declaration, "corridor_names") == [
        "Portivskyi Avenue - Zaporizhzhia", "Nikolske - Rozivka",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "rules", "weapons"),
    [
        ("Civilians must not carry weapons. Fighters may leave with their weapons.",
         {"civilian": "none", "armed": "keep"}, "keep"),
        ("Civilians may not carry arms; fighters may keep their light weapons.",
         {"civilian": "none", "armed": "light"}, "light"),
        ("Fighters may leave with their weapons.", {"armed": "keep"}, "keep"),
        ("No weapons may be carried.", {}, "none"),
        ("Fighters must lay down their weapons. Rebels may leave with their weapons.", {}, None),
    ],
)  # fmt: skip
def test_each_group_has_its_own_rule_on_weapons(more, rules, weapons):
    declaration = said(more)
    assert {each.users: each.rule for each in declaration.weapons_by_group} == rules
    assert declaration.weapons == weapons


def test_who_pulls_back_is_no_fighter_who_leaves():
    (first, second) = said(
        "Syrian troops will pull back 500 metres from the corridors. "
        "Both sides will withdraw heavy weapons from the road."
    ).withdrawals
    assert first.terms == "Syrian troops will pull back 500 metres from the corridors"
    assert (second.party, second.terms) == ("both sides", "withdraw heavy weapons from the road")
    assert said("Fighters will withdraw with their weapons to Idlib.").withdrawals == ()


def test_several_appeals_and_earlier_attempts_are_all_kept():
    declaration = said(
        "A similar pause on 20 October collapsed after two days. A pause on 18 August failed. "
        "We call on the armed groups to let civilians go. We urge residents to use the corridors."
    )
    assert [(each.to, each.words) for each in declaration.appeals] == [
        ("the armed groups", "let civilians go"), ("residents", "use the corridors"),
    ]  # fmt: skip
    assert declaration.appeal_to == "the armed groups"
    assert [(each.around.isoformat(), each.outcome) for each in declaration.earlier] == [
        ("2016-10-20", "collapsed"), ("2016-08-18", "failed"),
    ]  # fmt: skip
    assert declaration.previous == declaration.earlier[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("has extended the humanitarian pause in Aleppo until 19:00.",
         {"what": "extends", "until_clock": "19:00:00"}),
        ("has extended the humanitarian pause in Aleppo by 24 hours.",
         {"what": "extends", "by_min": 1440}),
        ("announces that the humanitarian pause in Aleppo is extended for another three days.",
         {"what": "extends", "by_days": 3}),
        ("said the pause in Aleppo had been extended by three hours until 7 p.m. on Thursday.",
         {"what": "extends", "by_min": 180, "until": "2016-10-20T19:00:00"}),
        ("announced that the start of the pause in Aleppo had been moved to 9 a.m.",
         {"what": "changes"}),
        ("announced a humanitarian pause in Aleppo. It can be extended by 24 hours.", None),
        ("announced a humanitarian pause in Aleppo. It will be extended if it holds.", None),
        ("has extended the humanitarian pause in Aleppo 24 hours.",
         {"what": "extends", "by_min": 1440}),
        ("has extended the 72-hour ceasefire in Aleppo.", {"what": "extends"}),
        ("announced a 24-hour extension of the ceasefire in Aleppo.",
         {"what": "extends", "by_min": 1440}),
        ("has extended the ceasefire of 72 hours in Aleppo.", {"what": "extends"}),
        ("has extended the ceasefire in Aleppo, which began 24 hours ago.", {"what": "extends"}),
    ],
)  # fmt: skip
def test_what_a_text_does_to_an_earlier_one(text, wanted):
    change = read(f"20 October 2016\n\nThe Russian Defence Ministry {text}").change
    assert (change and change.model_dump(mode="json", exclude_none=True)) == wanted


def test_a_text_that_calls_a_pause_off_announces_none_but_says_which():
    with pytest.raises(CalledOff, match="it calls one off: “The Russian") as caught:
        read(
            "3 November 2016\n\nThe Russian Defence Ministry called off the humanitarian pause in "
            "Aleppo planned for 4 November from 09:00 to 19:00."
        )
    declaration = caught.value.declaration
    assert declaration.cancels
    assert declaration.windows == declaration.open_windows == ()
    assert (declaration.issuer, declaration.place.name) == ("Russian Defence Ministry", "Aleppo")


@pytest.mark.parametrize(
    ("hours", "wanted"),
    [
        ("from 9 a.m. (0700 GMT) to 7 p.m. (1700 GMT)",
         [("start", time(9), time(7)), ("end", time(19), time(17))]),
        ("from 09:00 to 19:00 (07:00 to 17:00 GMT)",
         [("start", time(9), time(7)), ("end", time(19), time(17))]),
        ("from 0700 GMT to 1700 GMT", [("start", None, time(7)), ("end", None, time(17))]),
        ("from 9 a.m. to 7 p.m.", []),
    ],
)  # fmt: skip
def test_hours_told_on_two_clocks_are_kept_as_they_are_told(hours, wanted):
    declaration = read(
        "2 November 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo, "
        f"Syria, on Friday, 4 November, {hours}."
    )
    assert [(e.edge, e.local, e.other) for e in declaration.conversions] == wanted
    assert declaration.windows[0].start.isoformat() == "2016-11-04T09:00:00"


@pytest.mark.parametrize(
    ("who", "more", "meets", "ends"),
    [
        ("The army announced", "", "not shown", " Not shown: the agreement of all sides."),
        ("The army announced", "Armed rebels have rejected the pause.", "no",
         " Not met, by what is stated: the agreement of all sides."),
        ("Both sides agreed to", "", "yes",
         "a set time and a named area. All of it is stated."),
    ],
)  # fmt: skip
def test_the_facts_are_set_beside_the_un_definition(who, more, meets, ends):
    definition = read(
        f"2 November 2016\n\n{who} a humanitarian pause in Aleppo, Syria, on 4 November 2016 from "
        f"9 am to 7 pm. {more}"
    ).as_json()["definition"]
    assert (definition["kind"], definition["meets"]) == ("humanitarian pause", meets)
    assert definition["text"].endswith(ends)


def test_a_ceasefire_for_hours_is_told_to_be_a_pause_by_the_un_s_usage():
    definition = read(
        "2 November 2016\n\nThe army announced a 48-hour ceasefire in Aleppo, Syria, on 4 November "
        "2016 from 9 am to 7 pm so that civilians can leave."
    ).as_json()["definition"]
    assert definition["text"].startswith(
        "Called “48-hour ceasefire”; by the UN's glossary a humanitarian pause, since it is for a "
        "time and for a humanitarian purpose, which asks for"
    )
