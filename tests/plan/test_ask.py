"""What changes are worth: each number is the difference of two solves from scratch."""

import json
import re
import shutil
import threading
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from city.extracts import extract
from lengths import at_length
from plan.test_helsinki import CASE
from plan.test_random_towns import towns
from plan.test_shuttles import bus_town
from plan.towns import LINE, ZONES, line_town
from safepassage import ask
from safepassage.base.errors import InputError
from safepassage.plan.ask_solve import Figures, people_out
from safepassage.plan.changes import changes_of, world_of
from safepassage.plan.setting import prepare, settle, solve

ENDS = ("low", "best", "high")
PLACE = """
[[corridors]]
id = "somewhere"
name = "Somewhere"
people_per_min_per_lane = { low = 2, best = 4, high = 6 }
[[corridors.plausible]]
name = "the east"
lat = 36.2081
lon = 37.204
[[corridors.plausible]]
name = "the far end"
lat = 36.2195
lon = 37.203
lanes = 2
people_per_min_per_lane = 3
source = "the test"
"""
HAZARD = """
[[hazards]]
kind = "closed"
name = "the square"
lat = 36.2135
lon = 37.2
radius_m = 40
reason = "the test"
source = "the test"
"""


def with_tables(text, *tables):
    """Put tables of a case before its [movement]."""
    at = text.index("[movement]")
    return text[:at] + "\n".join(tables) + "\n" + text[at:]


def out(folder, people="best"):
    """Count who gets out, on a case loaded and laid out anew: one whole solve."""
    found = prepare(str(folder))
    setting = settle(found.loaded.case, found.city, found.hours, people=people)
    return sum(flow.arrival.total for flow in solve(setting))


def shifted(text, key, minutes):
    """Shift the window's start or end, the first of that name in the file."""

    def later(match):
        total = int(match[2]) * 60 + int(match[3]) + minutes
        return f"{match[1]}{total // 60:02d}:{total % 60:02d}"

    return re.sub(rf"(\n{key} = 2016-11-04T)(\d\d):(\d\d)", later, text, count=1)


def block(text, name):
    """Find a corridor's tables by its name: (start, end)."""
    start = text.rindex("[[corridors]]", 0, text.index(f'name = "{name}"'))
    rest = re.search(r"\n\[\[(?!corridors\.)|\n\[(?!\[|corridors)", text[start + 5 :])
    return start, start + 5 + rest.start()


def moved(text, gain):
    """Take a corridor's position away, or give it one of its plausible ones."""
    if gain.kind == "lost":
        start, end = block(text, gain.change.removesuffix(" lost"))
        kept = text[start:end].split("[corridors.position]")[0]
        return text[:start] + re.sub(r"\npeople_per_min_per_lane.*", "", kept) + text[end:]
    name, place = re.fullmatch(r"(.*), if it crosses at (.*) \(assumed\)", gain.change).groups()
    start, end = block(text, name)
    head, *places = text[start:end].split("[[corridors.plausible]]")
    chosen = next(each for each in places if f'name = "{place}"' in each)
    at = "\n".join(line for line in chosen.splitlines() if line[:3] in ("lat", "lon"))
    own = [
        line
        for line in chosen.splitlines()
        if line.split(" ")[0] in ("lanes", "people_per_min_per_lane")
    ]
    if own:
        head = re.sub(r"\npeople_per_min_per_lane.*", "", head) + "\n".join(own) + "\n"
    return text[:start] + head + f"[corridors.position]\n{at}\nassumed = true\n" + text[end:]


def edited(text, gain):
    """Write a change into the text of a case, as a person would."""
    if gain.kind in ("end", "start"):
        return shifted(text, gain.kind, gain.units if gain.kind == "end" else -gain.units)
    if gain.kind == "lane":
        name = gain.change.removeprefix("1 more lane at ")
        start, end = block(text, name)
        had = re.search(r"\nlanes = (\d+)", text[start:end])
        part = text[start:end].replace(had[0], "") if had else text[start:end]
        lanes = int(had[1]) + 1 if had else 2
        return text[:start] + part.replace("\nname", f"\nlanes = {lanes}\nname", 1) + text[end:]
    if gain.kind == "bus":
        return re.sub(r"fleet = (\d+)", lambda m: f"fleet = {int(m[1]) + gain.units}", text)
    if gain.kind == "screening":
        return re.sub(
            r"(per_lane = \{ low = [\d.]+, best = )[\d.]+(, high = )([\d.]+)", r"\g<1>\3\2\3", text
        )
    if gain.kind in ("lost", "place"):
        return moved(text, gain)
    assert gain.kind == "hazard"
    start = text.index("[[hazards]]")
    return text[:start] + text[text.index("[movement]") :]


def scratch(folder, text, worth, gain, people="best"):
    """Give what a change gains, by two cases written, read and solved from scratch."""
    parts = [next(g for g in worth.gains if g.change == name) for name in gain.parts] or [gain]
    changed = text
    for part in parts:
        changed = edited(changed, part)
    assert changed != text
    folder = Path(folder)
    try:
        (folder / "case.toml").write_text(changed, encoding="utf-8")
        after = out(folder, people)
    except InputError as error:
        assert "no civilian corridor with a position" in str(error)  # noqa: PT017
        after = 0
    finally:
        (folder / "case.toml").write_text(text, encoding="utf-8")
    return after - out(folder, people)


def gained(worth, start):
    """Give what the one single change is worth that is called so, or whose name begins so."""
    single = [gain for gain in worth.gains if gain.kind != "both"]
    found = [gain for gain in single if gain.change == start]
    (gain,) = found or (each for each in single if each.change.startswith(start))
    return gain.people_gained


def test_a_line_has_the_answer_that_can_be_worked_out(tmp_path):
    # ten a minute from minute 5 to 180 is 1,750: of 2,100 some stay, of 1,400 nobody
    worth = ask(line_town(tmp_path))
    assert worth.out == Figures(700, 1400, 1750)
    assert gained(worth, "1 more lane at The gate") == Figures(0, 0, 350)
    assert gained(worth, "End 30 minutes later, at 12:30") == Figures(0, 0, 300)
    assert gained(worth, "End 60 minutes later") == Figures(0, 0, 350)
    assert gained(worth, "Start 30 minutes earlier, at 08:30") == Figures(0, 0, 300)
    assert gained(worth, "The gate lost") == Figures(-700, -1400, -1750)
    assert worth.complete
    assert not any(gain.kind in ("both", "screening") for gain in worth.gains)
    told = " ".join(worth.as_json()["headline"])
    assert "Gains nothing: " in told
    assert "Everybody is out without it" in told


def test_per_unit_is_for_each_unit_and_sorts(tmp_path):
    zones = ZONES.replace("500,1000,1500", "5000,5000,5000")
    worth = ask(line_town(tmp_path, zones=zones))
    for gain in worth.gains:
        assert gain.per_unit == gain.people_gained.best / gain.units
    order = [gain.per_unit for gain in worth.gains]
    assert order == sorted(order, reverse=True)
    assert gained(worth, "End 60").best == 600
    assert {g.per_unit for g in worth.gains if g.kind in ("end", "start")} == {10}


def test_every_kind_of_change_is_the_difference_of_two_solves(tmp_path):
    text = with_tables(LINE, PLACE, HAZARD).replace(
        "people_per_min_per_lane = 10", "people_per_min_per_lane = { low = 5, best = 6, high = 9 }"
    )
    zones = ZONES.replace("150,300,450", "1200,1500,1800")
    folder = line_town(tmp_path, text, zones, LINKS_AROUND)
    worth = ask(folder)
    kinds = {"end", "start", "lane", "place", "lost", "hazard", "screening", "both"}
    assert {gain.kind for gain in worth.gains} == kinds
    for gain in worth.gains:
        for end in ENDS:
            assert getattr(gain.people_gained, end) == scratch(folder, text, worth, gain, end), gain
    assert {gain.assumed for gain in worth.gains if gain.kind == "place"} == {True}
    pairs = [gain for gain in worth.gains if gain.kind == "both"]
    assert len(pairs) == 10
    for gain in pairs:
        one, other = (gained(worth, name) for name in gain.parts)
        assert gain.beyond_sum == gain.people_gained.less(one.plus(other))
    # one corridor is not put at two places, nor is a pause lengthened twice at one end
    assert not any("the east" in g.change and "the far end" in g.change for g in pairs)
    assert not any(g.change.count("End") > 1 for g in pairs)


def test_a_lifted_hazard_lets_those_behind_it_pass(tmp_path):
    folder = line_town(tmp_path, with_tables(LINE, HAZARD))
    worth = ask(folder)
    assert worth.out == Figures(200, 400, 600)  # whoever lives beyond the square stays
    assert gained(worth, "the square (closed) lifted") == Figures(500, 1000, 1150)


def test_buses_are_worth_the_seats_of_their_departures(tmp_path):
    text = bus_town()
    folder = line_town(tmp_path, text)
    worth = ask(folder)
    # every 15 minutes from 5 on: 11 in time; with a third bus every 10 minutes: 17
    assert worth.out.best == 11 * 50
    assert gained(worth, "1 more bus on Bus from the far zone").best == 6 * 50
    for gain in worth.gains:
        assert gain.people_gained.best == scratch(folder, text, worth, gain), gain
    more = next(gain for gain in worth.gains if gain.units == 5)
    assert more.unit == "bus"
    assert more.per_unit == more.people_gained.best / 5
    # one more bus and five more exclude each other
    assert not any(gain.change.count("on Bus") > 1 for gain in worth.gains)


LINKS_AROUND = """a,b,distance_m,shared_border_m
near,middle,700,250
middle,far,1300,250
near,far,3500,250
"""


@settings(
    max_examples=at_length(6, 15), deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(town=towns(), end=st.sampled_from(ENDS), far=st.booleans())
def test_any_town_gains_what_two_solves_differ_by(tmp_path, town, end, far):
    text, zones, links = town
    text = with_tables(text, PLACE if far else "")
    folder = line_town(tmp_path, text, zones, links)
    try:
        worth = ask(folder)
    except InputError as error:  # a gate beyond the town's edge is refused
        assert "far outside" in str(error)  # noqa: PT017
        return
    assert getattr(worth.out, end) == out(folder, end)
    for gain in worth.gains:
        if not gain.note:
            assert getattr(gain.people_gained, end) == scratch(folder, text, worth, gain, end), gain
    for name, _ in worth.refused:
        assert "if it crosses at" in name


@pytest.fixture(scope="module")
def aleppo():
    return ask("aleppo-2016-11-04")


def test_aleppo_gains_what_two_solves_differ_by(tmp_path, aleppo):
    home = files("safepassage.case") / "builtin" / "aleppo-2016-11-04"
    folder = tmp_path / "aleppo"
    shutil.copytree(str(home), folder)
    text = (folder / "case.toml").read_text("utf-8")
    # its window stands in the announcements: here in the case, so that it can be shifted
    text += "\n[window]\nstart = 2016-11-04T09:00:00\nend = 2016-11-04T19:00:00\n"
    (folder / "case.toml").write_text(text, encoding="utf-8")
    for gain in aleppo.gains:
        if not gain.note:
            assert gain.people_gained.best == scratch(folder, text, aleppo, gain), gain


def test_aleppo_rests_on_the_plan(aleppo, aleppo_plan):
    assert aleppo.out.best == aleppo_plan.optimum.total


def test_the_dark_gains_nothing_and_is_named(aleppo):
    for gain in aleppo.gains:
        if gain.kind == "end":
            assert gain.people_gained == Figures(0, 0, 0)
            assert "dark after sunset (from 16:31)" in gain.note
    told = [line for line in aleppo.as_json()["headline"] if "dark" in line]
    assert len(told) == 1
    assert "End 30" in told[0]
    assert "End 60" in told[0]


def test_the_dark_is_used_where_asked_for(tmp_path):
    worth = ask("aleppo-2016-11-04", ignore_daylight=True)
    assert gained(worth, "End 60").best > 0


def test_groups_stay_in_their_order(tmp_path):
    groups = LINE.replace(
        'id = "families"\nname = "Families"\nshare = 1.0',
        'id = "slow"\nname = "Slow"\nshare = 0.4\nspeed_m_per_s = 0.5\n'
        '[[groups]]\nid = "families"\nname = "Families"\nshare = 0.6',
    )
    zones = ZONES.replace("500,1000,1500", "2000,2500,3000")
    folder = line_town(tmp_path, groups, zones)
    worth = ask(folder)
    for gain in worth.gains:
        assert gain.people_gained.high == scratch(folder, groups, worth, gain, "high"), gain


def test_what_cannot_be_tried_is_named_with_its_reason(tmp_path):
    place = PLACE.replace("lat = 36.2081\nlon = 37.204", "lat = 37.2081\nlon = 37.204")
    worth = ask(line_town(tmp_path, with_tables(LINE, place)))
    ((name, reason),) = worth.refused
    assert "the east" in name
    assert "far outside the zones" in reason
    assert worth.complete
    assert [g.change for g in worth.gains if g.kind == "place"] == [
        "Somewhere, if it crosses at the far end (assumed)"
    ]


def test_corridors_of_one_name_are_told_apart(tmp_path):
    second = """
[[corridors]]
id = "second"
name = "The gate"
people_per_min_per_lane = 3
position = { lat = 36.2195, lon = 37.203 }
"""
    zones = ZONES.replace("500,1000,1500", "5000,5000,5000")
    worth = ask(line_town(tmp_path, with_tables(LINE, second), zones))
    names = [gain.change for gain in worth.gains]
    assert len(names) == len(set(names))
    assert gained(worth, "The gate lost (2)").best > gained(worth, "The gate lost").best
    lanes = [g for g in worth.gains if g.change.startswith("1 more lane") and g.kind != "both"]
    assert len({g.people_gained for g in lanes}) == 2
    assert worth.complete


class After(threading.Event):
    """Be set once it has been looked at so often."""

    looks = 40

    def is_set(self):
        self.looks -= 1
        return self.looks < 0 or super().is_set()


def test_what_is_known_when_it_is_stopped_is_told(tmp_path, aleppo):
    worth = ask("aleppo-2016-11-04", stop=After(), workers=1)
    assert 0 < len(worth.gains) < len(aleppo.gains)
    assert not worth.complete
    whole = {gain.change: gain.people_gained for gain in aleppo.gains}
    for gain in worth.gains:
        assert gain.people_gained == whole[gain.change]
    assert worth.as_json()["complete"] is False


def test_stopped_at_once_nothing_is_known():
    stop = threading.Event()
    stop.set()
    with pytest.raises(InputError, match="stopped before anything"):
        ask("aleppo-2016-11-04", stop=stop)


def test_any_number_of_workers_gives_the_same(aleppo):
    again = ask("aleppo-2016-11-04", workers=3)
    assert [(g.change, g.people_gained) for g in again.gains] == [
        (g.change, g.people_gained) for g in aleppo.gains
    ]


@pytest.mark.parametrize("workers", [0, -1, 1.5, "two"])
def test_workers_that_are_no_number_are_refused(workers):
    with pytest.raises(InputError, match="workers"):
        ask("aleppo-2016-11-04", workers=workers)


def test_progress_tells_what_is_going_on():
    told = []
    ask("aleppo-2016-11-04", progress=lambda what, done=None: told.append((what, done)))
    assert ("Solving the case as it is", None) in told


def test_the_document_keeps_to_its_schema(aleppo):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((files("safepassage.base") / "schemas" / "ask.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(aleppo.as_json(), schema)


def test_a_place_on_a_street_map_is_the_crossing_that_a_case_gives_there(tmp_path):
    west = CASE[CASE.index('id = "west"') : CASE.index('id = "east"')]
    guessed = west.replace("[corridors.position]", '[[corridors.plausible]]\nname = "there"')
    for name, text in (("known", CASE), ("guessed", CASE.replace(west, guessed))):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(extract("Helsinki.osm.pbf"), folder / "helsinki.osm.pbf")
        (folder / "case.toml").write_text(text, encoding="utf-8")
    world = world_of(prepare(str(tmp_path / "guessed")))
    (place,) = (change for change in changes_of(world) if change.kind == "place")
    there = place.make(world)
    assert [each.corridor for each in there.city.crossings] == ["north", "west", "east"]
    assert people_out(there, "best") == out(tmp_path / "known")
    assert people_out(world, "best") < people_out(there, "best")


def test_a_hazard_on_a_street_map_is_lifted_whole(tmp_path):
    front = """
[[front_lines]]
name = "a line"
line = [[60.1770, 24.9380], [60.1770, 24.9420]]
not_cleared_m = 60
setback_m = 30
as_of = 2026-05-01
source = "the test"
"""
    text = CASE[: CASE.index("[clearance]")]
    for name, more in (("as it is", front), ("lifted", "")):
        (tmp_path / name).mkdir()
        shutil.copy(extract("Helsinki.osm.pbf"), tmp_path / name / "helsinki.osm.pbf")
        (tmp_path / name / "case.toml").write_text(text + more, encoding="utf-8")
    world = world_of(prepare(str(tmp_path / "as it is")))
    (lifted,) = (change for change in changes_of(world) if change.kind == "hazard")
    assert people_out(lifted.make(world), "best") == out(tmp_path / "lifted")
    assert people_out(world, "best") < out(tmp_path / "lifted")
