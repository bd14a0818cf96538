"""Zones are told another corridor where theirs is full: no worse than every way of telling them."""

from importlib import import_module
from itertools import product

import numpy as np
import pytest

from city.extracts import helsinki
from plan.test_beyond import corridor, town
from plan.test_helsinki import CASE
from plan.test_mixed import BOTH, HELSINKI
from plan.towns import LINE, line_town
from safepassage.plan.schedule import scheduled
from safepassage.plan.schedule_told import score_of
from safepassage.plan.setting import prepare, settle, solve

schedule = import_module("safepassage.plan.schedule")


def laid_out(folder):
    found = prepare(str(folder))
    setting = settle(found.loaded.case, found.city, found.hours)
    return setting, solve(setting)


def best_of_all(monkeypatch, setting, flows):
    """Lay waves for each way of telling every zone one corridor; give the best score."""
    told_together, best = schedule._told_together, 0
    gates, zones = range(len(setting.gate.nodes)), setting.supply.shape[1]
    monkeypatch.setattr(schedule, "_TRIED_CELLS", 0)
    for choice in product(gates, repeat=zones):

        def told(groups, paths, room, ask, choice=choice):
            chosen = told_together(groups, paths, room, ask)
            lead = max(groups, key=lambda turn: int(turn.flow.supply.sum()))
            for zone, own in paths[lead.number].items():
                chosen[zone] = [p for p in own if p.gate == choice[zone]][:1] or chosen[zone]
            return chosen

        monkeypatch.setattr(schedule, "_told_together", told)
        best = max(best, score_of(scheduled(setting, flows), setting.steps))
    return best


@pytest.mark.parametrize("received", [None, {"west": 1000}, {"west": 1000, "east": 1500}])
@pytest.mark.parametrize("groups", ["walkers", "mixed"])
def test_helsinki_is_told_as_well_as_can_be(tmp_path, monkeypatch, groups, received):
    (tmp_path / "helsinki.osm.pbf").write_bytes(helsinki().read_bytes())
    text = CASE
    if groups == "mixed":
        streets = 'streets = "helsinki.osm.pbf"'
        text = HELSINKI.replace(streets, f'{streets}\nmode = "both"') + BOTH
    for name, people in (received or {}).items():
        at = text.index("[corridors.position]", text.index(f'id = "{name}"'))
        text = f"{text[:at]}[corridors.reception]\npeople = {people}\n{text[at:]}"
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    setting, flows = laid_out(tmp_path)
    waves = scheduled(setting, flows)
    told = {(wave.zone, wave.gate) for wave in waves}
    assert len(told) == len({zone for zone, _ in told})
    found = score_of(waves, setting.steps)
    assert found >= 0.999 * best_of_all(monkeypatch, setting, flows)
    optimum = np.cumsum(sum(flow.arrival.arrivals for flow in flows)).sum()
    assert found / 50 / optimum > 0.9


def test_families_go_elsewhere_once_a_reception_is_full(tmp_path):
    slow = '[[groups]]\nid = "slow"\nname = "Slow"\nshare = 0.1\nspeed_m_per_s = 0.8\n\n'
    text = town(corridor(reception="people = 150"), other_rate=10)
    text = text.replace("share = 1.0", "share = 0.9").replace("[movement]", slow + "[movement]")
    assert "share = 0.1" in text
    assert text != LINE
    setting, flows = laid_out(line_town(tmp_path, text))
    waves = scheduled(setting, flows)
    full, other = (setting.gate.corridors.index(each) for each in ("gate", "other"))
    out = {gate: sum(w.people for w in waves if w.gate == gate) for gate in (full, other)}
    assert out[full] <= 150
    # who would be a hundred too many for the nearest crossing go to the one with room
    middle = setting.city.zones.names.index("Middle")
    assert {w.gate for w in waves if w.zone == middle} == {other}
    assert out[other] >= 1300
