"""Read what a first reader's texts got wrong: denials, hours that are over, lost answers."""

from __future__ import annotations

import pytest

from safepassage.base.errors import NothingAnnounced
from safepassage.declaration import read

HEAD = "ALEPPO, Nov 2, 2016 - The army announced a humanitarian pause in Aleppo on Friday from "


@pytest.mark.parametrize(
    "text",
    [
        "OSLO, June 1, 2026 - Reports that a humanitarian corridor would open in Oslo from 6 am to "
        "6 pm on Tuesday are false, the defence ministry said. No pause has been agreed.",
        "OSLO, June 1, 2026 - The army denied reports that a humanitarian pause will begin in "
        "Oslo on Tuesday from 6 am to 6 pm.",
        "OSLO, June 1, 2026 - It is untrue that a ceasefire will hold in Oslo from 6 am to 6 pm "
        "on Tuesday, the ministry said.",
        "OSLO, June 1, 2026 - Civilians will be able to leave Oslo through a humanitarian corridor "
        "on Tuesday from 6 am to 6 pm, posts claimed. The reports are false, the army said.",
        "OSLO, June 1, 2026 - The ministry denied that a humanitarian pause will be held in Oslo "
        "on Tuesday from 6 am to 6 pm.",
        "OSLO, June 1, 2026 - Rumours of a humanitarian corridor on Tuesday from 6 am to 6 pm are "
        "baseless, the army in Oslo said. No such corridor will open.",
        "OSLO, June 1, 2026 - A humanitarian pause in Oslo on Tuesday from 6 am to 6 pm has not "
        "been agreed, the army said.",
        "OSLO, June 1, 2026 - No agreement on a humanitarian pause in Oslo on Tuesday from 6 am "
        "to 6 pm exists, the army said.",
    ],
)
def test_a_denial_announces_nothing(text):
    with pytest.raises(NothingAnnounced):
        read(text)


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
