from __future__ import annotations

import pytest

from safepassage.declaration import find_town, read
from safepassage.declaration.gazetteer import zone_of_country

TEXT = (
    "2 November 2016\n\n"
    "The army announced a humanitarian pause {where} on 4 November from 9 am to 7 pm."
)


def place_of(where):
    declaration = read(TEXT.format(where=where))
    return declaration.place and declaration.place.name, declaration.tz


@pytest.mark.parametrize(
    ("where", "name", "tz"),
    [
        ("in Aleppo", "Aleppo", "Asia/Damascus"),
        ("in besieged east Aleppo, Syria,", "Aleppo", "Asia/Damascus"),
        ("in the Syrian city of Homs", "Homs", "Asia/Damascus"),
        ("in Eastern Ghouta", "Eastern Ghouta", "Asia/Damascus"),
        ("in the Gaza Strip", "Gaza Strip", "Asia/Gaza"),
        ("in Tripoli, Lebanon,", "Tripoli", "Asia/Beirut"),
        ("in Tripoli, Libya,", "Tripoli", "Africa/Tripoli"),
        ("in Donetsk, where Ukrainian and Russian troops fight,", "Donetsk", "Europe/Kyiv"),
        ("across Yemen", "Yemen", "Asia/Aden"),
        ("in Kyiv, Sumy, Kharkiv and Mariupol", "Ukraine", "Europe/Kyiv"),
        ("after talks in Geneva", None, None),
        ("", None, None),
    ],
)
def test_the_place_and_its_clock(where, name, tz):
    assert place_of(where) == (name, tz)


def test_a_region_has_no_single_position():
    place = read(TEXT.format(where="in Eastern Ghouta")).place
    assert (place.lat, place.lon) == (None, None)


def test_a_heading_in_capitals():
    declaration = read("HUMANITARIAN PAUSE IN EAST ALEPPO\n\n4 November 2016, 09:00 to 19:00.")
    assert declaration.place.name == "Aleppo"


def test_towns_that_are_named_as_firmly_are_told():
    remarks = read(TEXT.format(where="in Kyiv, Sumy, Kharkiv and Mariupol")).remarks
    assert any("Sumy" in remark and "Mariupol" in remark for remark in remarks)


@pytest.mark.parametrize(
    ("name", "country"),
    [("Aleppo", "SY"), ("aleppo", "SY"), ("Tripoli", "LY"), ("Tripoli, Lebanon", "LB")],
)
def test_find_town(name, country):
    assert find_town(name).country == country


@pytest.mark.parametrize("name", ["", "no such town at all", "Paris, Atlantis", ","])
def test_towns_that_are_not_known(name):
    assert find_town(name) is None


def test_a_country_with_several_clocks_has_none():
    assert zone_of_country("RU") is None
    assert zone_of_country("UA") == "Europe/Kyiv"
    assert zone_of_country("XX") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # where somebody sits, meets or speaks is no place of a pause
        (
            "GENEVA, 4 May 2023 - The army said a truce will begin in Yemen at 9 am on 5 May.",
            "Yemen",
        ),
        (
            "Jeddah, 20 May 2023 - The army said a truce in Khartoum will begin at 9 am on 22 May.",
            "Khartoum",
        ),
        (
            "A truce begins in Homs at 9 am on 5 May 2023, the army said in Damascus.",
            "Homs",
        ),
        # nor is where a road leads
        (
            "A corridor from Mariupol to Zaporizhzhia opens at 9 am on 5 May 2022 for civilians.",
            "Mariupol",
        ),
        (
            "The army said a truce will hold in Taiz from 9 am on 5 May 2023. Aden stays shut.",
            "Taiz",
        ),
        # names that only the text knows
        (
            (
                "To the residents of Puthukkudi. Our guns will be silent from 9 am on 5 May so "
                "that civilians can leave. The Sri Lankan army."
            ),
            "Puthukkudi",
        ),
        (
            (
                "Two humanitarian corridors open at 9 am on 5 May 2019 for civilians leaving the "
                "Rukban camp."
            ),
            "Rukban",
        ),
        (
            "The humanitarian truce in the Tigray region takes effect at 9 am on 5 May 2022.",
            "Tigray",
        ),
        # no town named: the country of those who fight
        (
            "The Taliban announced a ceasefire with Afghan forces from 9 am on 5 May 2021.",
            "Afghanistan",
        ),
    ],
)
def test_the_place_among_other_places(text, name):
    place = read(text).place
    assert place is not None
    assert place.name == name


def test_a_name_that_only_the_text_knows_has_no_position():
    place = read(
        "Two humanitarian corridors open at 9 am on 5 May 2019 for civilians leaving the village "
        "of Umm Barara in Syria."
    ).place
    assert (place.name, place.lat, place.lon) == ("Umm Barara", None, None)
