"""The founding case rehearsed: from the link to a closed corridor and an adopted new plan."""

import httpx
import pytest

from safepassage.api.desk import Settings
from safepassage.api.exercise import ExerciseClock, Player, tell_before
from safepassage.api.posting import Posting
from safepassage.api.server import Server
from safepassage.base.provenance import sha256
from safepassage.ledger.opening import make_ledger
from safepassage.ledger.rehearsal import simulated
from safepassage.ledger.rehearsal_debrief import debrief
from safepassage.ledger.rehearsal_frame import CONTROL
from safepassage.ledger.rehearsal_script import script_of
from safepassage.publish import plan_json

SPEED, PATIENCE_S = 60, 120


@pytest.fixture(scope="module")
def day(aleppo_plan):
    return simulated(aleppo_plan, script=script_of(aleppo_plan.prepared.loaded))


@pytest.fixture(scope="module")
def room(aleppo_plan, day, tmp_path_factory):
    """The exercise, played until both corridors are closed."""
    path = tmp_path_factory.mktemp("rehearsal") / "EXERCISE.ledger"
    document = aleppo_plan.as_json()
    sha = sha256(plan_json(document))
    with make_ledger(path, exercise=True) as ledger:
        tell_before(ledger, day, plan_sha256=sha)
    clock = ExerciseClock(day.start, speed=SPEED)
    settings = Settings(
        plan=document, plan_sha256=sha, made=aleppo_plan, case=aleppo_plan.prepared.loaded,
        ledger=path, clock=clock,
    )  # fmt: skip
    with Server(settings) as server:
        tokens = {name: server.token("reporter", name, of) for name, of in day.reporters.items()}
        trainee = server.token("coordinator", "EX-coordinator")
        control = server.token("coordinator", CONTROL)
        with (
            Posting(server.url, control=control, reporters=tokens) as posting,
            httpx.Client(
                base_url=server.url, headers={"Authorization": f"Bearer {trainee}"}, timeout=60
            ) as http,
        ):
            player = Player(day, posting, clock)
            closed = next(each for each in day.injects if each.inject == "bustan-al-qasr-closed")
            list(player.skip_to(closed.at, clock))
            yield http, posting, clock


def test_both_corridors_are_closed_within_half_a_minute(room, day):
    http, _, _ = room
    at = {each.inject: (each.at - day.start).total_seconds() / SPEED for each in day.injects}
    assert at["castello-closed"] < at["bustan-al-qasr-closed"] < 30 < PATIENCE_S
    now = http.get("/api/me").json()["now"]
    told = http.get("/api/situation", params={"at": now}).json()
    states = {each["id"]: each["state"] for each in told["corridors"]}
    assert states["castello-road"] == states["bustan-al-qasr"] == "closed"
    assert states["sheikh-saeed"] == "open"
    assert told["exercise"] is True
    (shells,) = [each for each in told["incidents"] if each["what"] == "shelling"]
    assert (shells["status"], shells["times"]) == ("alleged", 7)
    assert 0 < told["people_out"]["best"] < 17_805
    assert told["plan"]["by"] == CONTROL


def test_a_new_plan_is_made_adopted_and_found_in_the_debrief(room, day):
    http, posting, clock = room
    proposed = http.post("/api/replan", json={"reason": "Bustan al-Qasr is closed"})
    assert proposed.status_code == 200, proposed.text
    assert proposed.json()["changes"]
    closed = {each["corridor"] for each in proposed.json()["took"]["closed"]}
    assert closed == {"bustan-al-qasr"}  # nobody was to go by the other
    adopted = http.post(f"/api/replan/{proposed.json()['proposal']}/adopt")
    assert adopted.status_code == 200, adopted.text
    found = debrief(day, posting.record(), ended=clock())
    acted = {each.put_in.inject: each for each in found.lived}["bustan-al-qasr-closed"]
    assert "EX-coordinator adopted plan" in acted.how
    assert 0 <= acted.took_min < 30
    assert found.own == 1
