"""docs/rehearsal.md tells what is so: example, keys, options and figures."""

import inspect
import re
from pathlib import Path

from safepassage.case import load_case
from safepassage.cli.rehearse import rehearse
from safepassage.ledger.rehearsal_reports import COUNTERS
from safepassage.ledger.rehearsal_script import Inject, Script, load_script, script_of

PAGE = (Path(__file__).parents[2] / "docs" / "rehearsal.md").read_text("utf-8")


def test_its_example_is_a_script(tmp_path):
    path = tmp_path / "rehearsal.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1], "utf-8")
    script = load_script(path)
    assert [each.name for each in script.injects] == ["gate-closed"]
    assert (script.hours, script.share, script.collapse) == ("10:30-12:30", 0.1, "11:40")


def test_it_lists_every_key_and_option():
    for key in Inject.model_fields:
        assert f"| `{key}` |" in PAGE, key
    for option in inspect.signature(rehearse).parameters:
        name = f"--{option.strip('_').replace('_', '-')}"
        assert option == "case" or f"`{name}`" in PAGE, name


def test_it_states_what_counters_are_assumed_to_do():
    for each in COUNTERS:
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| {each.role} |"))
        for share in each.finds:
            assert f"{share:.0%}".removesuffix("%") in row
        if each.role != "watch":  # which is told without its delay
            assert f"{each.late_min[0]} to {each.late_min[1]} minutes late" in row
        if each.unsure:
            assert f"known to {each.unsure:.0%}".replace("%", " %") in row


def test_the_minutes_of_the_founding_cases_script_are_its_injects():
    script = script_of(load_case("aleppo-2016-11-04"))
    assert isinstance(script, Script)
    begin = 14 * 60 + 45
    assert script.hours.startswith("14:45")
    for each in script.injects[:3]:
        hour, minute = map(int, each.at.split(":"))
        assert f"| {hour * 60 + minute - begin} | {each.at} |" in PAGE
    for each in script.injects:
        assert each.at in PAGE or each.name in {"mixed-line", "assurance-withdrawn"}, each.name
