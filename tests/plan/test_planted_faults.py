"""On the founding case, the checker finds each fault that is planted in a real schedule."""

import shutil
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest

from safepassage.base.errors import Defect
from safepassage.plan.check import check_movements
from safepassage.plan.check_ground import check_ground
from safepassage.plan.setting import prepare, settle

ALEPPO = "aleppo-2016-11-04"
SEGMENT = "line = [[{0}, {1}], [{2}, {3}]]"


@pytest.fixture
def made(aleppo_plan):
    return aleppo_plan


@pytest.fixture(scope="module")
def setting():
    return settled(ALEPPO)


def settled(name):
    found = prepare(name)
    return settle(found.loaded.case, found.city, found.hours)


def altered(folder, *, text="", old="", new=""):
    """Settle the founding case anew with something added or changed."""
    source = resources.files("safepassage.case") / "builtin" / ALEPPO
    with resources.as_file(source) as path:
        shutil.copytree(path, folder / "case")
    case = folder / "case" / "case.toml"
    before = case.read_text(encoding="utf-8")
    assert old in before
    case.write_text(before.replace(old, new) + text, encoding="utf-8")
    return settled(str(folder / "case"))


def check(setting, waves):
    """Replay waves with everything a plan is checked with."""
    check_ground(waves, setting.ways, setting.city, setting.hours)
    return check_movements(
        waves, setting.by_group,
        speeds_m_per_s=[group.speed_m_per_s.best for group in setting.case.groups],
        supply=setting.supply, gate_nodes=setting.gate.nodes,
        people_per_min=setting.gate.per_min("best", setting.steps), minutes=setting.steps + 1,
        reserved=setting.reserved, allowed=setting.gate.allowed,
        received=setting.gate.received("best"),
    )  # fmt: skip


def far(made):
    """Take a wave with a long way and time to spare before closing."""
    return max(
        (wave for wave in made.schedule.waves if wave.arrive < made.hours.usable.minutes - 60),
        key=lambda wave: len(wave.arcs),
    )


def later(wave, minutes, *, first=0):
    """Move a wave, or its way from one arc on, to a later time."""
    enter = tuple(t + minutes * (i >= first) for i, t in enumerate(wave.enter))
    depart = wave.depart + minutes * (first == 0)
    return replace(wave, depart=depart, enter=enter, arrive=wave.arrive + minutes)


def faster(wave, times):
    enter = tuple(wave.depart + (t - wave.depart) / times for t in wave.enter)
    arrive = wave.depart + (wave.arrive - wave.depart) / times
    return replace(wave, enter=enter, arrive=arrive)


def to_and_fro(wave, i, ways, minutes):
    """Walk the i-th street there, back and there again: its people take it from both ends."""
    a = wave.arcs[i]
    there, back = wave.enter[i], wave.enter[i] + minutes[a]
    again = back + minutes[int(ways.reverse[a])]
    more = again - there
    return replace(
        wave, arcs=(*wave.arcs[:i], a, int(ways.reverse[a]), *wave.arcs[i:]),
        enter=(*wave.enter[:i], there, back, again, *(t + more for t in wave.enter[i + 1 :])),
        arrive=wave.arrive + more,
    )  # fmt: skip


FAULTS = {
    "before opening": (lambda w, _s: replace(w, depart=-1.0), "leaves before the usable window"),
    "past closing": (
        lambda w, s: later(w, s.steps + 1 - w.arrive - w.lasting + 1),
        "passes the crossing after closing",
    ),
    "over the street": (
        lambda w, s: replace(w, people_per_min=1.5 * s.ways.people_per_min[w.arcs[1]]),
        r"is used [1-9][0-9.]* times over",
    ),
    "over the crossing": (
        lambda w, s: replace(w, people_per_min=s.gate.rates[w.gate].best + 1),
        r"people pass crossing \d+ in minute",
    ),
    "people from nothing": (
        lambda w, s: replace(
            w, people=int(s.supply[0, w.zone]) + 1, people_per_min=s.supply[0, w.zone] + 1.0
        ),
        r"Group 0 of zone \d+ moves \d+ people and has",
    ),
    "nobody": (lambda w, _s: replace(w, people=0), "moves 0 people"),
    "more than its stream": (
        lambda w, _s: replace(w, people=int(w.people_per_min * w.lasting) + 1), "moves .* people at"
    ),
    "a route that jumps": (
        lambda w, _s: replace(w, arcs=w.arcs[:1] + w.arcs[2:], enter=w.enter[:1] + w.enter[2:]),
        "jumps to arc",
    ),
    "another end": (
        lambda w, s: replace(w, gate=(w.gate + 1) % len(s.gate.nodes)), "end at its crossing"
    ),
    "faster than the group": (lambda w, _s: faster(w, 1.1), "before it can be there"),
    "waiting in the street": (lambda w, _s: later(w, 5, first=2), "waits before arc .* street"),
    "waiting at the crossing": (
        lambda w, _s: replace(w, arrive=w.arrive + 5), "waits before the crossing, in the street"
    ),
}  # fmt: skip


def test_the_schedule_itself_passes(made, setting):
    assert check(setting, list(made.schedule.waves)).people == made.schedule.total


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_one_wave_is_found(made, setting, fault):
    plant, says = FAULTS[fault]
    wave = far(made)
    waves = [plant(each, setting) if each is wave else each for each in made.schedule.waves]
    with pytest.raises(Defect, match=says):
        check(setting, waves)


def test_a_wave_that_goes_twice_is_found(made, setting):
    with pytest.raises(Defect, match=r"people pass crossing|people and has"):
        check(setting, [*made.schedule.waves, far(made)])


def test_two_directions_over_the_width_are_found(made, setting):
    wave, ways = far(made), setting.by_group[0]
    minutes = ways.minutes(setting.case.groups[0].speed_m_per_s.best)
    width = ways.people_per_min[list(wave.arcs)]
    i = int(width[1:-1].argmin()) + 1
    lasting = int(np.ceil(minutes[wave.arcs[i]])) + 2  # the last come as the first go back
    one_way = replace(wave, people_per_min=float(0.7 * width.min()), lasting=lasting, people=1)
    with pytest.raises(Defect) as found:
        check(setting, [one_way])
    assert "times over" not in str(found.value)  # too many for the crossing, not for a street
    with pytest.raises(Defect, match=r"is used (1\.40|2\.10) times over"):
        check(setting, [to_and_fro(one_way, i, ways, minutes)])


def test_civilians_at_a_crossing_in_an_armed_corridors_block_are_found(made, tmp_path):
    """Souk al-Hal lies 117 m from Bustan al-Qasr: with a setback of 300 m it takes that too."""
    mixed = altered(tmp_path, text="\n[options]\nsetback_m = 300\n")
    assert any(each.crossings.any() for each in mixed.reserved)
    with pytest.raises(Defect) as found:
        check(mixed, list(made.schedule.waves))
    assert "people pass crossing" in str(found.value)
    assert "on a street while it is kept free" in str(found.value)


def across(made, wave):
    """Give a line across the middle of a wave's second street."""
    street = int(made.ways.street[wave.arcs[1]])
    shape = slice(*made.city.streets.shape_start[[street, street + 1]])
    lat, lon = made.city.streets.shape_lat[shape].mean(), made.city.streets.shape_lon[shape].mean()
    return SEGMENT.format(lat - 1e-4, lon - 1e-4, lat + 1e-4, lon + 1e-4)


def test_a_way_through_a_closed_area_is_found(made, tmp_path):
    line = across(made, far(made))
    closed = altered(
        tmp_path,
        text=f'\n[[hazards]]\nname = "The depot"\nkind = "closed"\n{line}\nsetback_m = 20\n',
    )
    with pytest.raises(Defect, match="which The depot closes"):
        check(closed, list(made.schedule.waves))


def test_a_way_that_nobody_cleared_is_found(made, tmp_path):
    line = across(made, far(made))
    front = altered(
        tmp_path, old="treat_as_cleared = true", new="treat_as_cleared = false",
        text=f'\n[[front_lines]]\nname = "The line"\n{line}\nnot_cleared_m = 50\n'
        "as_of = 2016-11-03\n",
    )  # fmt: skip
    with pytest.raises(Defect, match="which The line closes"):
        check(front, list(made.schedule.waves))
