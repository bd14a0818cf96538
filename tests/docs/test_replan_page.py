"""docs/replan.md tells what is so: its example runs, its numbers are those of the code."""

import re
from pathlib import Path

from safepassage.ledger.from_here import FEW
from safepassage.plan.replan_model import REACH
from safepassage.plan.robust import LONGEST_WAIT_MIN
from safepassage.plan.start import NOTICE_MIN

PAGE = (Path(__file__).parents[2] / "docs" / "replan.md").read_text("utf-8")


def test_its_example_runs():
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    made = {}
    exec(code, made)  # noqa: S102 - the page's own
    replanner, nobody = made["replanner"], made["nobody"]
    start = made["Start"](
        minute=0, at_home=replanner.setting.supply, out=replanner.setting.supply[0, :3] * 0,
        closed=(made["Closed"](replanner.corridors[0], 0),), as_planned=False, notice_min=0,
    )  # fmt: skip
    new = replanner.replan(start, adopted_waves=())
    assert len(nobody) == 3
    assert new.upper.total * 0.99 < new.proposed.total <= new.upper.total


def test_its_assumptions_are_the_codes():
    words = " ".join(PAGE.split())
    assert f"waiting there for {LONGEST_WAIT_MIN} minutes at most" in words
    assert f"begins within {NOTICE_MIN} minutes (an assumption" in words
    assert f"which changes the fewest of all that have {REACH * 100:.0f} % of" in words
    assert f"fewer than {FEW} past a crossing" in words
