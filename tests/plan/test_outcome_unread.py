"""What came of a pause is read by no plan and no forecast: a pause must not foretell itself."""

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.case.outcome import INCIDENTS, KINDS_OF_PASSAGE
from safepassage.forecast.codebook import CODES
from safepassage.forecast.make import make_forecast
from safepassage.ledger.events import Incident

OUTCOME = """
[outcome]
ended = "collapsed"
ended_at = 2016-11-04T10:00:00
kind = "voluntary"
country = "Syria"
source = "a test"
exits = { low = 700, best = 800, high = 900, source = "a test" }

[[outcome.incidents]]
at = 2016-11-04T09:30:00
what = "shelling"
corridor = "gate"
status = "verified"
reported_by = "monitor"
source = "a test"
"""


def documents(folder):
    made = plan(folder)
    forecast = make_forecast(made, replications=4, seed=7, workers=1).as_json()
    return made.as_json(), forecast


def test_plan_and_forecast_are_the_same_with_and_without(tmp_path):
    with_it = documents(line_town(tmp_path / "a", LINE + OUTCOME))
    without = documents(line_town(tmp_path / "b", LINE))
    for one, other in zip(with_it, without, strict=True):
        assert one.pop("inputs") != other.pop("inputs")  # the case's own hash
        assert one == other


def test_one_list_of_incidents_and_one_of_kinds():
    assert set(INCIDENTS) == set(Incident.model_fields["what"].annotation.__args__)
    assert CODES["kind"] == KINDS_OF_PASSAGE
