"""Readiness: known answers on the founding case, on a case with all settled, and bad input."""

from __future__ import annotations

import json
from datetime import date, datetime
from importlib import import_module
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator, validate

from plan.towns import LINE, line_town
from safepassage.base.errors import InputError
from safepassage.base.window import Window
from safepassage.case import load_case
from safepassage.declaration import Declaration, read
from safepassage.declaration.model import Consent
from safepassage.plan.questions import Catalogue, catalogue
from safepassage.plan.readiness import check_readiness, check_texts
from safepassage.plan.readiness_times import warned

QUESTIONS = catalogue().questions
clashes = import_module("safepassage.declaration.conflicts")  # a function has its name, too
SCHEMA = json.loads(
    (files("safepassage.base") / "schemas" / "readiness.schema.json").read_text(encoding="utf-8")
)
RUSSIAN, SYRIAN = "Russian Defence Ministry", "Syrian General Staff"


@pytest.fixture(scope="module")
def aleppo():
    return check_readiness("aleppo-2016-11-04")


def answered(*answers):
    """Write answers as a case has them."""
    return "".join(
        f'\n[[readiness]]\nquestion = "{question}"\nstatus = "{status}"\n'
        f'answer = "{answer}"\nsource = "{source}"\n'
        for question, status, answer, source in answers
    )


def town(tmp_path, more="", text=LINE):
    return check_readiness(line_town(tmp_path / "case", text + more))


# --- the list itself


def test_every_question_has_words_and_guidance():
    for question in QUESTIONS:
        assert question.text.endswith("?")
        assert question.why.endswith(".")
        assert len(question.text) <= 100  # they share one sheet of paper
    assert len(QUESTIONS) == 30


def test_all_topics_of_negotiators_are_asked():
    ids = {question.id for question in QUESTIONS}
    assert {
        "consent-sides", "consent-corridors", "guarantor", "monitor", "voluntary", "destination",
        "return", "medical", "mobility", "families", "separation", "screening-rules",
        "screening-watch", "reception", "mines", "warning", "informing", "suspension", "contact",
        "expiry", "kind", "go-stop", "confirm-test", "abort", "daylight", "travel",
    } <= ids  # fmt: skip


def test_what_was_not_looked_up_names_no_section():
    unseen = {name for name, each in catalogue().references.items() if each.seen == "no"}
    for question in QUESTIONS:
        assert not any(place.section for place in question.references if place.id in unseen)


def test_a_list_with_a_dangling_reference_is_refused():
    data = catalogue().model_dump()
    data["references"].popitem()
    with pytest.raises(ValueError, match="references differ"):
        Catalogue.model_validate(data)


def test_a_list_with_a_question_twice_is_refused():
    data = catalogue().model_dump()
    data["questions"] = [*data["questions"], data["questions"][0]]
    with pytest.raises(ValueError, match="stands twice"):
        Catalogue.model_validate(data)


# --- the founding case


def test_aleppo_is_disputed_where_its_two_statements_clash(aleppo):
    disputed = {each.question.id for each in aleppo.answers if each.status == "disputed"}
    assert disputed == {"weapons", "corridors"}
    weapons = aleppo["weapons"]
    assert {(said.who, said.words) for said in weapons.said} >= {
        (RUSSIAN, "with their weapons"), (SYRIAN, "lay down their weapons"),
    }  # fmt: skip
    assert "3 not located" in aleppo["corridors"].text


def test_aleppo_has_its_hours_settled_by_both_statements(aleppo):
    settled = {each.question.id for each in aleppo.answers if each.status == "settled"}
    assert settled == {"hours"}
    assert "4 November 2016, 09:00 to 19:00" in aleppo["hours"].text
    assert {said.who for said in aleppo["hours"].said} == {RUSSIAN, SYRIAN}


def test_aleppo_has_no_consent_of_a_side(aleppo):
    consent = aleppo["consent-sides"]
    assert consent.status == "open"
    assert consent.text.startswith("Rejected: Armed opposition groups in east Aleppo.")
    assert f"Government of Syria (as stated by {RUSSIAN})" in consent.text
    assert "middleeastobserver.org" in consent.source


def test_what_nobody_says_of_aleppo_stays_open(aleppo):
    unsaid = {each.question.id for each in aleppo.answers if each.basis == "nobody"}
    assert {"screening-rules", "screening-watch", "families", "reception", "go-stop", "abort",
            "contact", "suspension"} <= unsaid  # fmt: skip
    assert all(aleppo[each].status == "open" for each in unsaid)
    assert all(aleppo[each].text == "Not stated." for each in unsaid)


def test_aleppo_daylight_and_hours(aleppo):
    text = aleppo["daylight"].text
    assert aleppo["daylight"].status == "partly"
    for words in ("Of 10 h announced", "2 h 29 min in the dark", "sunset 16:32",
                  "6 h 31 min, 10:00 to 16:31"):  # fmt: skip
        assert words in text


def test_aleppo_warning_time(aleppo):
    """From the day of 2 November, 00:00 to 24:00, to 4 November, 09:00."""
    assert "33 to 57 h before" in aleppo["warning"].text
    worked = aleppo.as_json()["worked_out"]["warning"]
    assert (worked["low_min"], worked["high_min"]) == (33 * 60, 57 * 60)
    assert worked["announced_on"] == "2016-11-02"


def test_aleppo_opens_with_the_gravest_open_questions(aleppo):
    first = aleppo.answers[0]
    assert first.question.id == "consent-sides"
    order = [(each.status == "settled", each.question.gravity) for each in aleppo.answers]
    assert order == sorted(order)
    assert len(aleppo.answers) == len(QUESTIONS) == sum(aleppo.counts.values())
    assert {each.question.id for each in aleppo.answers} == {each.id for each in QUESTIONS}


def test_a_refusal_beats_the_definition(aleppo):
    assert aleppo["kind"].status == "open"
    assert "Not shown: the agreement of all sides." in aleppo["kind"].text
    assert "refusal: Armed opposition groups" in aleppo["kind"].text


def test_close_crossings_are_told_with_what_is_unsure(aleppo):
    assert "117 m apart" in aleppo["separation"].text
    assert "600 m wrong together" in aleppo["separation"].text


def test_json_fits_its_schema(aleppo):
    Draft202012Validator.check_schema(SCHEMA)
    document = aleppo.as_json()
    validate(json.loads(json.dumps(document, allow_nan=False)), SCHEMA)
    assert {each["name"] for each in document["inputs"]} >= {"case.toml", "zones.csv", "links.csv"}


# --- answers of the case


def test_a_case_may_settle_everything(tmp_path):
    answers = [(each.id, "settled", f"Agreed on {each.id}", "minutes of 3 November")
               for each in QUESTIONS]  # fmt: skip
    found = town(tmp_path, answered(*answers))
    assert found.counts == {"disputed": 0, "open": 0, "partly": 0, "settled": len(QUESTIONS)}
    assert found["abort"].text == "Agreed on abort."
    assert found["abort"].source == "minutes of 3 November"
    assert "Of 3 h announced" in found["daylight"].text  # what was worked out is still told


def test_no_answer_settles_consent_that_a_side_refused(tmp_path):
    refusal = '\n[[consent]]\nparty = "North"\nstatus = "rejected"\n'
    answer = answered(("consent-sides", "settled", "All agreed", "minutes"))
    found = town(tmp_path, refusal + answer)["consent-sides"]
    assert found.status == "disputed"
    assert found.text == "All agreed. Rejected: North."


def test_a_settled_answer_without_source_is_refused(tmp_path):
    more = answered(("abort", "settled", "It is agreed", ""))
    with pytest.raises(InputError, match=r"line \d+.*needs `source`"):
        town(tmp_path, more)


def test_an_unknown_question_is_refused_with_its_line_and_all_faults(tmp_path):
    more = answered(("abort", "open", "x", ""), ("aborts", "open", "x", ""),
                    ("watch", "open", "x", ""))  # fmt: skip
    with pytest.raises(InputError) as caught:
        town(tmp_path, more)
    assert len(caught.value.faults) == 2
    line = (LINE + more).splitlines().index('question = "aborts"') + 1
    assert f"line {line}" in caught.value.faults[0].where
    assert "is no question ('aborts')" in str(caught.value)
    assert "consent-sides" in caught.value.faults[0].remedy


def test_a_question_answered_twice_is_refused(tmp_path):
    more = answered(("abort", "open", "x", ""), ("abort", "partly", "y", ""))
    with pytest.raises(InputError, match="readiness answers use the same id twice: abort"):
        town(tmp_path, more)


def test_a_case_that_is_not_there_is_refused():
    with pytest.raises(InputError, match="is neither a built-in case"):
        check_readiness("no-such-case")


def test_a_clash_stays_disputed_until_a_source_settles_it():
    loaded = load_case("aleppo-2016-11-04")
    for status, told in (("partly", "disputed"), ("settled", "settled")):
        data = loaded.case.model_dump(exclude={"schema_number"})
        data |= {"schema": 1, "readiness": [
            {"question": "weapons", "status": status, "answer": "Handed in", "source": "minutes"}
        ]}  # fmt: skip
        case = type(loaded)(type(loaded.case).model_validate(data), loaded.folder, loaded.inputs)
        found = check_readiness(case)["weapons"]
        assert found.status == told
        assert found.text.startswith("Handed in.")
        assert {said.who for said in found.said} == {RUSSIAN, SYRIAN}


# --- worked out


def test_walking_times_by_hand(tmp_path):
    """300, 900 and 2,100 m at 1 m/s: 5, 15 and 35 minutes; 180 minutes can be used."""
    found = town(tmp_path)
    zones = {each["id"]: each for each in found.as_json()["worked_out"]["travel"]["zones"]}
    minutes = {name: zones[name]["minutes"]["best"] for name in zones}
    assert minutes == pytest.approx({"near": 5, "middle": 15, "far": 35}, rel=0.05)
    assert {each["corridor"] for each in zones.values()} == {"gate"}
    assert found["travel"].text.startswith("From Far, the farthest, 0.6 h")


def test_who_cannot_arrive_is_counted_over_the_interval(tmp_path):
    """In 20 minutes, at 0.5, 1 or 2 m/s: far needs 70, 35 or 17.5, middle 30, 15 or 7.5."""
    text = LINE.replace("12:00:00", "09:20:00").replace(
        "speed_m_per_s = 1.0", "speed_m_per_s = { low = 0.5, best = 1.0, high = 2.0 }"
    )
    found = town(tmp_path, text=text)
    travel = found.as_json()["worked_out"]["travel"]
    assert travel["too_far"] == {"low": 0, "best": 1000, "high": 1950}
    assert found["travel"].status == "partly"
    assert "1,000 (0 to 1,950) of 1,400 (700 to 2,100) people cannot arrive" in found["travel"].text


def test_groups_count_at_their_own_pace(tmp_path):
    """Half walk at 1 m/s and arrive within 36 minutes; half at 0.5 m/s, of whom far's do not."""
    slow = '\n[[groups]]\nid = "slow"\nname = "Slow"\nshare = 0.5\nspeed_m_per_s = 0.5\n'
    text = LINE.replace("12:00:00", "09:37:00").replace("share = 1.0", "share = 0.5")
    travel = town(tmp_path, slow, text).as_json()["worked_out"]["travel"]
    assert travel["too_far"] == {"low": 250, "best": 500, "high": 750}


def test_hours_in_the_dark_are_an_open_question_not_an_error(tmp_path):
    text = LINE.replace("T09:00", "T20:00").replace("T12:00", "T23:00")
    found = town(tmp_path, text=text)
    assert found["daylight"].status == "open"
    assert "has no usable minute" in found["daylight"].text
    assert found["travel"].status == "open"
    assert found.as_json()["worked_out"]["hours"]["usable_min"] == 0
    validate(found.as_json(), SCHEMA)


def test_a_case_with_no_located_crossing_leaves_walking_open(tmp_path):
    text = LINE.replace("[corridors.position]\nlat = 36.2\nlon = 37.2\n", "")
    found = town(tmp_path, text=text)
    assert found["travel"].status == "open"
    assert found["travel"].text == "No civilian corridor has a position."
    validate(found.as_json(), SCHEMA)


def announced(day, hour):
    """Give hours from then until the evening of 5 November, on the local clock."""
    return Window(
        datetime.fromisoformat(f"2016-11-{day:02}T{hour:02}:00"),
        datetime.fromisoformat("2016-11-05T19:00"),
    )


@pytest.mark.parametrize(
    ("day", "start", "low", "high"),
    [
        (2, (4, 9), 33 * 60, 57 * 60),
        (4, (4, 9), 0, 9 * 60),  # the same day: it may have been said just before
        (5, (4, 9), 0, -15 * 60),  # told after it had begun
    ],
)
def test_warning_by_hand(day, start, low, high):
    window = announced(*start)
    said = Declaration(text_name="a.txt", text_sha256="0", announced_on=date(2016, 11, day))
    found = warned([said, said.model_copy(update={"announced_on": None})], window)
    assert (found.low, found.high) == (low, high)


def test_no_warning_time_without_a_day():
    assert warned([Declaration(text_name="a.txt", text_sha256="0")], announced(4, 9)) is None


# --- an announcement by itself

PAUSE = (
    "Moscow, 2 November 2016\n\nThe Ministry of Defence of the Russian Federation declares a "
    "humanitarian pause in {place} on 4 November 2016, from 09:00 to 19:00 local time. "
    "Six corridors will be open for civilians.\n"
)


def test_a_text_takes_only_streets_from_the_built_in_city():
    found = check_texts([read(PAUSE.format(place="Aleppo"), name="pause.txt")])
    assert found["travel"].status == "partly"  # crossings of that case are assumptions
    assert found["hours"].status == "partly"  # one issuer only
    for question in ("consent-corridors", "voluntary", "monitor", "mines", "destination"):
        assert found[question].basis == "nobody", question
    assert "opposition" not in json.dumps(found.as_json()["questions"])
    validate(found.as_json(), SCHEMA)


def test_a_text_about_another_place_is_asked_without_streets():
    found = check_texts([read(PAUSE.format(place="Homs"), name="pause.txt")])
    assert found["travel"].text.startswith("Not worked out: no built-in city")
    assert "sunset" in found["daylight"].text
    assert found["warning"].status == "partly"
    validate(found.as_json(), SCHEMA)


def test_texts_about_one_pause_are_compared():
    texts = [read(PAUSE.format(place="Homs").replace("Six", count), name=f"{count}.txt")
             for count in ("Six", "Four")]  # fmt: skip
    other = texts[1].model_copy(update={"issuer": "Syrian General Staff"})
    found = check_texts([texts[0], other])
    assert found["hours"].status == "settled"
    assert found["corridors"].status == "disputed"
    assert "6 corridors" in found["corridors"].text
    assert "4 corridors" in found["corridors"].text


def test_hours_of_every_day_say_so():
    text = PAUSE.format(place="Homs").replace(
        "on 4 November 2016, from 09:00 to 19:00", "from 09:00 to 19:00 daily from 4 November 2016"
    )
    assert "every day" in check_texts([read(text, name="pause.txt")])["hours"].text


def test_a_text_with_a_city_that_is_none_is_refused():
    with pytest.raises(InputError, match="is neither a built-in case"):
        check_texts([read(PAUSE.format(place="Homs"), name="pause.txt")], city="nowhere")


def test_a_text_without_hours_leaves_light_and_warning_open():
    text = PAUSE.format(place="Aleppo").replace(
        " on 4 November 2016, from 09:00 to 19:00 local time", ""
    )
    found = check_texts([read(text, name="pause.txt")])
    assert found["daylight"].text == "No hours are stated."
    assert found["hours"].basis == found["warning"].basis == "nobody"
    validate(found.as_json(), SCHEMA)


def spoken(**fields):
    """Make a declaration of one issuer by hand, evidence left out."""
    made = {"text_name": "a.txt", "text_sha256": "0" * 64, "issuer": "North", **fields}
    return Declaration.model_validate(made)


def asked(tmp_path, *declarations):
    return check_readiness(
        load_case(line_town(tmp_path / "case")), declarations=tuple(declarations)
    )


def test_agreement_of_all_who_are_named_is_half_an_answer(tmp_path):
    said = spoken(consent=[Consent(party="South", status="approved")])
    found = asked(tmp_path, said)["consent-sides"]
    assert found.status == "partly"
    assert found.text == "Approved: South. Whether these are all sides is not said."


def test_a_party_told_to_agree_and_to_refuse_is_disputed(tmp_path):
    one = spoken(consent=[Consent(party="South", status="approved")])
    other = spoken(issuer="South", consent=[Consent(party="South", status="rejected")])
    found = asked(tmp_path, one, other)["consent-sides"]
    assert found.status == "disputed"
    assert "North: South approved it" in found.text
    assert "South: South rejected it" in found.text


@pytest.mark.parametrize(("issuers", "status"), [(("North",), "partly"), (("North", "South"),
                                                                          "settled")])  # fmt: skip
def test_what_two_issuers_say_alike_is_settled(tmp_path, issuers, status):
    said = [spoken(issuer=issuer, weapons="light") for issuer in issuers]
    assert asked(tmp_path, *said)["weapons"].status == status


def test_monitors_guarantors_and_acts_are_read(tmp_path):
    said = spoken(
        guarantors=["East"], monitors=["UN"], escorts=["Red Crescent"], prohibited=["shelling"],
        withdrawals=[{"party": "North", "terms": "guns 2 km"}],
    )  # fmt: skip
    found = asked(tmp_path, said)
    assert found["guarantor"].text.startswith("Guarantee: East.")
    assert found["monitor"].text.startswith("Watch: UN. Escort: Red Crescent.")
    assert found["acts"].text == "Stop or forbidden: shelling. To pull back: guns 2 km."
    assert {found[each].status for each in ("guarantor", "monitor", "acts")} == {"partly"}


def test_hours_with_one_end_are_open_and_nothing_is_worked_out_from_them():
    found = check_texts([spoken(open_windows=[{"start": "2016-11-04T09:00"}])])
    assert found["hours"].text == "Only one end of the hours is stated."
    assert found["daylight"].status == found["hours"].status == "open"
    assert found["warning"].basis == "nobody"


def test_word_given_for_both_sides_at_once_is_told_as_such(tmp_path):
    said = spoken(consent=[Consent(party="both sides", status="approved")])
    assert "Each side's own word is not quoted." in asked(tmp_path, said)["consent-sides"].text


ALEPPO = {"place": {"name": "Aleppo"}, "tz": "Asia/Damascus"}
FIRST = {**ALEPPO, "announced_on": "2016-11-02", "windows": [
    {"start": "2016-11-04T09:00", "end": "2016-11-04T16:00"}], "guarantors": ["East"]}  # fmt: skip


def test_an_extension_gives_the_hours_that_stand(tmp_path):
    later = spoken(
        text_name="b.txt", **ALEPPO, announced_on="2016-11-04",
        change={"what": "extends", "by_min": 60},
    )  # fmt: skip
    found = asked_without_hours(tmp_path, spoken(**FIRST), later)
    assert "09:00 to 17:00" in found["hours"].text
    assert found["expiry"].text == "North extends it."
    assert found["guarantor"].text.startswith("Guarantee: East.")


def test_a_pause_called_off_leaves_everything_open(tmp_path):
    later = spoken(text_name="b.txt", **ALEPPO, announced_on="2016-11-03",
                   change={"what": "cancels"})  # fmt: skip
    found = asked_without_hours(tmp_path, spoken(**FIRST), later)
    assert found["consent-sides"].text == "Called off by North: nothing announced stands."
    assert found["hours"].text == "Called off by North: nothing announced stands."
    assert found["expiry"].text == "North calls it off."
    assert found["guarantor"].basis == "nobody"
    assert found["daylight"].text == "No hours are stated."


def asked_without_hours(tmp_path, *declarations):
    text = LINE.replace(
        "[window]\nstart = 2016-11-04T09:00:00\nend = 2016-11-04T12:00:00\n", ""
    ).replace("schema = 1", 'schema = 1\nannouncements = ["zones.csv"]')
    loaded = load_case(line_town(tmp_path / "case", text))
    return check_readiness(loaded, declarations=declarations)


def test_every_field_on_which_statements_may_clash_has_its_question():
    asked_of = [field for question in QUESTIONS for field in question.fields]
    assert len(asked_of) == len(set(asked_of))
    assert set(clashes._TOPICS) <= set(asked_of)


def test_a_destination_for_civilians_is_named_with_what_it_leaves_open(tmp_path):
    said = spoken(destinations=[{"users": "civilian", "name": "East Town"},
                                {"users": "armed", "name": "West Town"}])  # fmt: skip
    found = asked(tmp_path, said)["destination"]
    assert found.status == "partly"
    assert "East Town" in found.text
    assert "West Town" not in found.text


def test_what_rests_on_disputed_hours_says_whose_they_are():
    first = read(PAUSE.format(place="Homs"), name="first.txt")
    other = read(PAUSE.format(place="Homs").replace("19:00", "15:00"), name="second.txt")
    other = other.model_copy(update={"issuer": SYRIAN})
    assert first.windows[0].end != other.windows[0].end
    alone, both = check_texts([first]), check_texts([first, other])
    assert both["hours"].status == "disputed"
    for question in ("daylight", "warning"):
        assert both[question].text.startswith("By the hours that ")
        assert SYRIAN in both[question].text
        assert both[question].text.endswith(alone[question].text)
        assert both[question].status != "settled"
