"""What endangers people's protection is found from what is known, and no option hides it."""

from dataclasses import replace

import numpy as np
import pytest

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.cli import main
from safepassage.plan.protection import LEVELS, protection_check

ASKED = ("voluntary", "consent-corridors", "separation", "corridors", "mines", "reception",
         "destination", "return")  # fmt: skip
FEW = LINE.replace("people_per_min_per_lane = 10", "people_per_min_per_lane = 1")
SETTLED = "".join(
    f'\n[[readiness]]\nquestion = "{each}"\nstatus = "settled"\n'
    'answer = "Yes."\nsource = "A letter"\n'
    for each in ("voluntary", "return")
)


def check(folder, text=LINE, **options):
    made = plan(line_town(folder, text), **options)
    return made, {each.id: each for each in protection_check(made)}


def test_each_question_of_readiness_is_answered_by_readiness(tmp_path):
    made, found = check(tmp_path)
    for each in ASKED:
        answer = made.readiness[each]
        assert found[each].level == (
            "stated" if answer.status == "settled"
            else "grave" if answer.question.gravity == 1 else "caution"
        )  # fmt: skip
        assert (answer.text if answer.basis != "nobody" else answer.question.text) in (
            found[each].text
        )
    assert set(LEVELS) >= {each.level for each in found.values()}


def test_a_plan_that_empties_an_area_is_flagged_until_leaving_and_return_are_settled(tmp_path):
    made, found = check(tmp_path)
    assert made.schedule.total == 1400  # everybody
    assert found["displacement"].level == "grave"
    assert "take away 50 % or more of all inside" in found["displacement"].finding
    assert "3 of 3 neighbourhoods" in found["displacement"].text
    assert "100 %" in found["displacement"].text
    _, found = check(tmp_path, LINE + SETTLED)
    assert found["displacement"].level == "caution"
    assert found["voluntary"].level == found["return"].level == "stated"


def test_a_neighbourhood_is_emptied_from_nine_in_ten_on(tmp_path):
    made, _ = check(tmp_path, FEW)  # 175 of 1,400, and of 700 at the low figure
    for near, finding in (
        (89, "This plan empties no area."),
        (90, "Risk of forced displacement: this plan would empty 1 of 3 neighbourhoods."),
    ):
        departed = np.array([[near], [175 - near], [0]])
        other = replace(made, schedule=replace(made.schedule, departed=departed))
        found = {each.id: each for each in protection_check(other)}
        assert found["displacement"].finding == finding
        assert found["displacement"].level == ("stated" if near == 89 else "grave")
        assert "175 of 1,400 people would leave (13 %, 8 % to 25 %" in found["displacement"].text
        assert "1,225 people would still be inside" in found["staying"].text


def test_the_whole_area_is_emptied_from_half_of_the_low_figure_on(tmp_path):
    made, _ = check(tmp_path, FEW)
    for out, flagged in ((349, False), (350, True)):
        cumulative = np.full_like(made.schedule.cumulative, out)
        schedule = replace(
            made.schedule, cumulative=cumulative, departed=np.array([[0], [0], [out]])
        )
        found = protection_check(replace(made, schedule=schedule))
        assert ("of all inside" in found[1].finding) == flagged


def test_a_statement_that_presses_people_to_leave_is_quoted(tmp_path):
    (tmp_path / "said.txt").write_text(
        "The Ministry of Defence announced on 2 November 2016 a humanitarian pause in Aleppo on "
        "4 November 2016 from 9:00 to 10:20. It called on residents to leave the city.\n",
        encoding="utf-8",
    )
    text = FEW.replace("[window]\nstart = 2016-11-04T09:00:00\nend = 2016-11-04T12:00:00\n", "")
    text = text.replace("[place]", 'announcements = ["said.txt"]\n[place]', 1)
    _, found = check(tmp_path, text)
    assert found["displacement"].level == "grave"
    assert "a statement may press people to leave" in found["displacement"].finding
    assert "leave the city" in found["displacement"].text


def test_a_refusal_is_grave_whatever_else_is_said(tmp_path):
    said = '\n[[consent]]\nparty = "A side"\nstatus = "rejected"\nsource = "its word"\n'
    said += SETTLED.replace('"voluntary"', '"consent-sides"')
    _, found = check(tmp_path, LINE + said)
    assert found["consent-sides"].level == "grave"
    assert "rejected by A side" in found["consent-sides"].finding


def test_armed_corridors_near_civilians_or_nowhere_are_grave(tmp_path):
    armed = '\n[[corridors]]\nid = "armed"\nname = "The armed"\nusers = "armed"\n'
    _, found = check(tmp_path, LINE.replace("\n[[groups]]", f"{armed}\n[[groups]]"))
    assert found["separation"].level == "grave"
    assert "Nothing can be kept free for The armed" in found["separation"].text


def test_the_dark_is_told_even_where_a_person_chose_it(tmp_path):
    text = LINE.replace("2016-11-04T12:00", "2016-11-04T20:00")
    _, found = check(tmp_path, text)
    assert found["daylight"].finding == "3 h 29 min of the 11 h announced cannot be used."
    assert found["daylight"].level == "caution"
    _, found = check(tmp_path, text, ignore_daylight=True)
    assert found["daylight"].level == "grave"
    assert "uses the dark" in found["daylight"].finding


@pytest.mark.parametrize("options", [(), ("--ignore-daylight",)])
def test_it_is_printed_before_any_number(tmp_path, monkeypatch, capsys, options):
    monkeypatch.chdir(tmp_path)
    folder = line_town(tmp_path)
    assert main(["plan", str(folder), *options]) == 0
    printed = capsys.readouterr().out
    at = printed.index("Protection check")
    assert at < printed.index("Ceiling")
    assert "That leaving is a choice" in " ".join(printed[at : printed.index("Ceiling")].split())
