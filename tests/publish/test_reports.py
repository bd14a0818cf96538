"""What people hand over: nothing that is known is lost, nothing that is not is made up."""

from __future__ import annotations

import html.parser
from datetime import UTC, datetime, timedelta

import pytest

from publish.page import read
from publish.sample_situation import AT, people, situation
from safepassage.base.errors import InputError
from safepassage.cli.situation import expected_of
from safepassage.publish.case_document import case_document
from safepassage.publish.handover import handover
from safepassage.publish.next_checks import next_checks
from safepassage.publish.report_words import clip, edition
from safepassage.publish.reports import KINDS, kind_of, report
from safepassage.publish.situation_report import situation_report
from safepassage.publish.status_board import status_board
from safepassage.publish.tally_sheets import tally_sheets

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = [kind for kind in KINDS if kind != "update"]


@pytest.fixture(scope="module")
def case():
    return case_document(expected_of("aleppo-2016-11-04"), exercise=True)


class Balance(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        if tag not in {"meta", "br", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", PAGES)
def test_pages_are_well_formed_ask_for_nothing_and_say_exercise(kind, language):
    page = report(kind, situation(), language=language)
    balance = Balance()
    balance.feed(page)
    assert balance.open == []
    assert "<script" not in page
    assert "http://" not in page.replace("http-equiv", "")
    assert "https://" not in page
    tree = read(page)
    (root,) = tree.find_all("html")
    assert (root.attributes["lang"], root.attributes["dir"]) == (
        (language, "rtl") if language == "ar" else (language, "ltr")
    )
    sheets = tree.find_all(data_test="sheet")
    marks = tree.find_all(data_test="exercise")
    assert len(marks) == max(len(sheets), 1)  # a repeated head where there are no sheets
    assert all("EXERCISE" in each.text for each in marks)
    assert all("تمرين" in each.text for each in marks) == (language == "ar")
    if not sheets:
        assert "thead" in {each.tag for each in marks[0].ancestors()}
    calm = report(kind, situation() | {"exercise": False}, language=language)
    assert "EXERCISE" not in calm
    assert "تمرين" not in calm


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_names_stay_text(language):
    document = situation()
    hostile = "<script>alert(1)</script>\u202e"
    document["case"]["title"] = hostile
    for corridor in document["corridors"]:
        corridor["name"], corridor["name_ar"] = hostile, ""
    document["incidents"][0]["text"] = document["incidents"][0]["claims"][0]["by"] = hostile
    document["assurances"][0]["words"] = document["notes"][0]["text"] = hostile
    document["uncounted_remarks"][0]["text"] = hostile
    for kind in PAGES:
        page = report(kind, document, language=language)
        assert "<script" not in page
        assert "\u202e" not in page


def test_the_report_leads_with_what_is_known_and_ends_with_what_is_not():
    page = read(situation_report(situation()))
    assert page.test("as-of").text == "As known at 12:45 on 4 November 2016 (10:45 UTC)"
    lines = [each.text for each in page.test("headline").find_all("p")]
    assert lines[0] == (
        "Past the crossings: 1,243 (1,180 to 1,402). The plan had 2,400 by now. "
        "Received: 610 (580 to 640). Turned back: 7."
    )
    assert lines[1] == "The hours of passage end at 19:00, in 6 h 15 min."
    assert "Restricted: Salah al-Din and Saif al-Dawla – Hamdaniyah." in lines
    rows = [each.text for each in page.find_all(data_test="corridor")]
    assert len(rows) == 8
    assert "09:05; 12 min ago team-1 (reported) 903 (880 to 940) 1,500 6.4 17:41" in rows[0]
    assert "restricted but: open (camera-2)" in rows[1]
    unknown = page.test("unknowns").text
    assert "Where these cross: Fourth civilian corridor" in unknown
    assert "How many are on the road now" in unknown
    assert "centre-1 (announcement)" in page.test("sources").text


def test_what_was_claimed_stays_a_claim():
    (first, second) = read(situation_report(situation())).test("incidents").find_all("li")
    assert first.text.startswith(
        "12:02: shelling × 7, Castello Road, Castello Road (armed groups) –"
    )
    assert "– alleged ( centre-1 )" in first.text
    assert "a claim by Far side: Near side is responsible" in first.text
    assert "observed" in second.text


def test_ceiling_and_forecast_stand_together_or_not_at_all():
    document = situation()
    alone = read(situation_report(document)).test("bounds").text
    assert "not estimated here" in alone
    assert "at most" not in alone
    forecast = {"kind": "forecast", "ceiling": 5_703, "out": {"p10": 4, "p50": 900, "p90": 1_605}}
    both = "allow at most 5,703 by closing; 4 to 1,605 are likely to come"
    assert both in read(situation_report(document, forecast=forecast)).test("bounds").text
    public = situation_report(document, forecast=forecast, level="public", now=NOW)
    assert "at most 5,709 by closing; 0 to 1,609 are likely" in read(public).test("bounds").text
    (without,) = (forecast.pop(key) for key in ["out"])
    assert without
    assert "at most" not in read(situation_report(document, forecast=forecast)).test("bounds").text


def test_nothing_told_is_said_to_be_nothing_told():
    document = situation() | {
        "people_out": None, "received": None, "incidents": [], "incidents_total": 0, "alarms": [],
        "assurances": [], "contacts": [], "notifications": [], "decisions": [],
        "test_movements": [], "notes": [],
        "plan": None, "uncounted_remarks": [], "corridors": situation()["corridors"][3:6],
    }  # fmt: skip
    page = read(situation_report(document)).text
    assert "No count of people has come in." in page
    assert "None was told." in page
    assert "Nothing presses." not in read(handover(document)).text  # the hours end
    document["window"]["state"] = "over"
    assert "Nothing presses." in read(handover(document)).text


def test_what_to_do_next_is_said_once_the_gravest_first():
    issue = edition(situation(), language="en", level="internal", now=None)
    checks = [each.text for each in next_checks(issue)]
    assert checks[0].startswith("Salah al-Din and Saif al-Dawla – Hamdaniyah: armed and unarmed")
    assert "decide whether “hold” still stands (since 11:40, by coordinator)" in checks[3]
    assert sum("Sheikh Saeed" in each for each in checks) == 1  # its alarm and its age are one
    assert "Near side: its assurance ends at 13:30. Ask for a new one." in checks
    assert "Far side: no answer at 12:31. Try again." in checks
    assert not any("Near side: no answer" in each for each in checks)
    assert not any("Fourth" in each for each in checks)  # nobody knows whom to ask


def test_a_decision_that_was_resumed_is_open_no_more():
    document = situation()
    held = {**document["decisions"][1]}
    document["decisions"].insert(0, {**held, "decision": "resume",
                                     "happened_at": "2016-11-04T10:00:00Z"})  # fmt: skip
    assert "None." in read(handover(document)).text
    assert "decide whether" not in read(handover(document)).text


def test_the_handover_tells_what_happened_since_and_nothing_older():
    page = read(handover(situation(), since=datetime(2016, 11, 4, 9, 30, tzinfo=UTC)))
    told = page.test("happened").text
    for words in ("Incident: shelling (alleged)", "“hold”, decided by coordinator",
                  "Note: The water", "restricted, says team-2",
                  "Near side answered", "Far side did not"):  # fmt: skip
        assert words in told
    for words in ("crowding", "“go”", "gave an assurance", "Plan cdcdcdcd", "test movement passed"):
        assert words not in told
    assert "Near side 12:20 12:20 liaison-1" in page.test("contacts").text
    assert "Far side 12:31 – liaison-1" in page.test("contacts").text
    assert "Far side objected to movement notification 5a5a5a5a. Not before 13:00" in told
    assert "Movement notification 5a5a5a5a was sent" not in told
    assert "5a5a5a5a Far side 08:05 11:50 12:05" in page.test("notified").text
    assert "5a5a5a5a Near side 08:00 08:30 –" in page.test("notified").text
    assert "team-1 12:30" in page.test("corridors").text
    assert "A count of team-3 overlaps" in page.test("remarks").text
    everything = read(handover(situation())).test("happened").text
    assert "Plan cdcdcdcd adopted by coordinator." in everything
    with pytest.raises(InputError, match="is not before"):
        handover(situation(), since=datetime.fromisoformat(AT))


def test_a_full_day_is_cut_to_what_a_page_holds_and_says_so():
    document = situation()
    document["incidents"] = [document["incidents"][0]] * 90
    document["incidents_total"] = 300
    document["corridors"] = [{**each, "id": f"{each['id']}-{i}"} for i in range(5)
                             for each in document["corridors"]]  # fmt: skip
    page = read(situation_report(document))
    shown = len(page.test("incidents").find_all("li"))
    assert f"And earlier ones: {300 - shown}." in page.text
    rows = len(page.find_all(data_test="corridor"))
    assert f"And more corridors, on the board: {40 - rows}." in page.text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sheets_have_every_quarter_of_the_window_once(case, language):
    page = read(tally_sheets(case, language=language))
    sheets = page.find_all(data_test="sheet")
    assert len(sheets) == 2 * 5  # corridors that were located, armed ones too; two halves of a day
    first = [each.text for sheet in sheets[:2] for each in sheet.find_all("th")
             if "–" in each.text and each.text[0].isdigit()]  # fmt: skip
    start = datetime(2016, 11, 4, 9, tzinfo=UTC)
    assert first == [
        f"{start + timedelta(minutes=15 * k):%H:%M}–{start + timedelta(minutes=15 * k + 15):%H:%M}"
        for k in range(40)
    ]


def test_sheets_of_odd_hours_begin_and_end_with_whole_quarters(case):
    odd = case | {"window": {"start": "2016-11-04T07:20:00Z", "end": "2016-11-04T07:50:00Z"}}
    page = read(tally_sheets(odd, corridor="sheikh-saeed"))
    assert "09:15–09:30" in page.text
    assert "09:45–10:00" in page.text
    assert len(page.find_all(data_test="sheet")) == 1


def test_sheets_that_cannot_be_made_are_refused(case):
    off = case | {"window": {"start": AT, "end": AT}}
    long = case | {"window": {"start": AT, "end": "2016-11-08T10:45:00Z"}}
    for document, said in ((off, "called off"), (long, "3 days at most")):
        with pytest.raises(InputError, match=said):
            tally_sheets(document)
    with pytest.raises(InputError, match=r"names no corridor of the case \('nowhere'\)"):
        tally_sheets(case, corridor="nowhere")


@pytest.mark.parametrize(("paper", "pages"), [("A3", 1), ("A4", 1)])
def test_a_board_of_a_case_has_each_corridor_and_nothing_ticked(case, paper, pages):
    page = read(status_board(case, paper=paper))
    assert len(page.find_all(data_test="corridor")) == 8
    assert len(page.find_all(data_test="sheet")) == pages
    assert not page.find_all(**{"class": "tick on"})
    assert len(page.find_all(**{"class": "tick"})) == 8 * 4
    assert "10:45" not in page.text


def test_a_board_of_a_situation_is_filled_in():
    page = read(status_board(situation()))
    ticked = [each.text for each in page.find_all(**{"class": "tick on"})]
    assert ticked == ["✕ open", "✕ restricted", "✕ closed", *["✕ unknown"] * 3, "✕ closed",
                      "✕ unknown"]  # fmt: skip
    assert "903 (880 to 940)" in page.text
    assert "passed 09:40" in page.text
    with pytest.raises(InputError, match="none of A3, A4"):
        status_board(situation(), paper="A5")


def test_arabic_pages_use_arabic_names_words_and_months():
    page = read(situation_report(situation(), language="ar")).text
    assert "4 تشرين الثاني 2016" in page
    assert "صلاح الدين: عُدّ مسلحون وغير مسلحين معاً." in page  # the alarm's own words
    assert "Salah" not in page
    assert "يُذكر كما هو" in page  # three corridors have no Arabic name, and it says so


def test_public_reports_say_how_old_they_are():
    page = read(situation_report(situation(), level="public", now=NOW))
    assert "at least 60 minutes old" in page.test("level").text
    assert "in the hour from 09:00" in page.text
    assert page.find_all(data_test="alarms") == []
    assert not read(situation_report(situation())).find_all(data_test="level")


def test_few_are_told_as_fewer_than_ten_to_the_public():
    document = situation() | {"people_out": people(7)}
    page = read(situation_report(document, level="public", now=NOW))
    assert "Past the crossings: fewer than 10." in page.text


def test_texts_are_cut_between_words():
    assert clip("one two three", 13) == "one two three"
    assert clip("one two, three", 12) == "one two …"
    assert clip("unbreakable", 5) == "…"


def test_reports_that_there_are_not_are_refused():
    assert [kind_of(kind) for kind in KINDS] == list(KINDS)
    with pytest.raises(InputError, match="none of sitrep, handover, update, tally, board"):
        kind_of("poem")
    with pytest.raises(InputError, match="There are en, ar"):
        report("sitrep", situation(), language="tlh")
