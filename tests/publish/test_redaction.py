"""Try to get each protected fact out of what the public is given, and fail."""

from __future__ import annotations

import copy
import json
import re
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.sample_situation import AT, situation
from safepassage.base.errors import InputError
from safepassage.publish.redaction import (
    FEW,
    LEVELS,
    PUBLIC_DELAY,
    PUBLIC_STEP,
    known_by,
    level_of,
    policy,
    redacted,
)
from safepassage.publish.reports import report

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FAN = {"p10": [0, 3], "p50": [5, 9], "p90": [7, 12]}
RANGE = {"p10": 400, "p50": 900, "p90": 1605}
FORECAST = {
    "schema_version": "1.0", "kind": "forecast", "tool": {"name": "safepassage", "version": "0"},
    "inputs": [{"name": "case.toml", "sha256": "ab" * 32}], "attribution": ["somebody"],
    "case": {"id": "town", "title": "A town"}, "caution": "a range", "ceiling_note": "no proof",
    "ceiling": 5_703, "ceiling_interval": {"low": 4_000, "best": 5_703, "high": 6_000},
    "out": RANGE, "uptake": RANGE, "uptake_by_day": [{"day": 1, **RANGE}], "likely": "4 to 7",
    "exposed_peak": RANGE, "caught": RANGE, "replications": 500, "seed": 7, "because": "of all",
    "nobody": 0.3, "precedents": [{"case": "x", "place": "x", "start": "2014", "weight": 0.2}],
    "prior_weight": 0.1, "without": ["x"], "conditions": [{"condition": "x", "text": "x"}],
    "effects": [{"condition": "x", "text": "x", **RANGE}], "first_incident": {"pauses": 3},
    "early_end": {"pauses": 3}, "drivers": [{"unknown": "uptake", "share": 0.9}],
    "window": {"usable": {"start": "2016-11-04T10:07", "end": "2016-11-04T16:31"},
               "announced": {"start": "2016-11-04T09:00", "end": "2016-11-04T19:00"}},
    "by_minute": {"out": FAN, "on_the_road": FAN, "queued": FAN, "ceiling": [17, 34]},
    "at_hours": [{"at": "2016-11-04T11:07", "minute": 60, "out": RANGE, "on_the_road": RANGE}],
    "assumptions": ["x"], "events": {"rows": [{"corridor": "x", "events": 3}]},
}  # fmt: skip
SCHEMAS = files("safepassage.base") / "schemas"
LABELS = {"kind", "users", "state", "as_known_at", "happened_at", "known_at", "received_at"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")

STAMP = {"attribution[]", "case.id", "case.title", "case.tz", "schema_version",
         "tool.name", "tool.version"}  # fmt: skip
PUBLIC = {
    "situation": {
        "corridors[].id", "corridors[].name", "corridors[].name_ar", "corridors[].located",
        "corridors[].state_status", "corridors[].state_by", "corridors[].disputed[].status",
        "incidents[].what", "incidents[].status", "window.changes[].by", "window.changes[].status",
        "window.changes[].corridor", "exercise",
    },
    "plan": {
        "conditional", "consent[].party", "consent[].status",
        "consent[].stated_by", "protection[]", "corridors[].id", "corridors[].name",
        "corridors[].name_ar", "corridors[].located", "corridors[].assumed",
        "corridors[].destination", "corridors[].controlled_near", "corridors[].controlled_far",
        "corridors[].screening", "corridors[].returning", "corridors[].source",
        "case.place.name", "case.place.lat", "case.place.lon",
    },
    "forecast": {"ceiling_note", "caution", "replications"},
}  # fmt: skip
"""What the public may see besides times and coarsened counts, written down a second time."""


def leaves(value, path=""):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, f"{path}[]")
    else:
        yield path, value


def marked(document):
    """Put a sign of its own into each field: what comes out can be traced to where it was."""
    signs = {}

    def mark(value, path, key):
        if isinstance(value, dict):
            return {k: mark(v, f"{path}.{k}" if path else k, k) for k, v in value.items()}
        if isinstance(value, list):
            return [mark(each, f"{path}[]", key) for each in value]
        if key in LABELS or value is None or (isinstance(value, str) and TIME.match(value)):
            return value
        sign = 1_000_003 + 10 * len(signs)  # no multiple of ten: none survives as a coarse count
        signs[sign] = path
        if isinstance(value, bool):
            return {"was": sign}  # a flag has two values only; this one is seen if it is kept
        return f"§{sign}§" if isinstance(value, str) else sign

    return mark(document, "", ""), signs


def told(document, signs):
    """Find the fields whose signs stand anywhere in a text."""
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return {path for sign, path in signs.items() if str(sign) in text}


@pytest.fixture(scope="module")
def documents(sample_pair):
    changed = situation()
    changed["window"]["changes"] = [
        {"at": AT, "known_at": AT, "by": "x", "source": "x", "status": "x", "start": AT, "end": AT,
         "corridor": "x", "event": "x"}
    ]  # fmt: skip
    return {"situation": changed, "plan": sample_pair[0], "forecast": FORECAST}


@pytest.mark.parametrize("kind", PUBLIC)
def test_the_public_gets_these_fields_and_no_others(documents, kind):
    document, signs = marked(documents[kind])
    out = told(redacted(document, "public", now=NOW), signs)
    flags = {path for path, value in leaves(documents[kind]) if isinstance(value, bool)}
    assert out - flags == (PUBLIC[kind] | STAMP) & set(signs.values()) - flags
    kept = dict(leaves(redacted(documents[kind], "public", now=NOW)))
    assert kept.keys() & flags == (PUBLIC[kind] & flags)


@pytest.mark.parametrize("kind", PUBLIC)
def test_times_that_the_public_sees_are_of_a_quarter_or_announced(documents, kind):
    for path, value in leaves(redacted(documents[kind], "public", now=NOW)):
        if isinstance(value, str) and TIME.match(value):
            announced = path.split(".")[0] == "window" and not path.endswith("].at")
            assert announced or value[14:16] in {"00", "15", "30", "45"}, (path, value)


@pytest.mark.parametrize("kind", ["situation", "plan", "forecast"])
def test_partners_get_no_schedule_no_cut_and_nobody_on_the_road(documents, kind):
    document, signs = marked(documents[kind])
    internal = re.compile(
        r"schedule|optimum|planned|wave|bottleneck|collapse|on_the_road|at_hours|by_minute|caught|"
        r"exposed|curve|last_safe|usable|headline|blocks|go_stop|assurances|contacts|notes|"
        r"decisions|departed|\.text$|streets|timetable"
    )
    out = told(redacted(document, "partners", now=NOW), signs)
    words = re.compile(r"(conflicts|declarations|precedents|effects|conditions)\b")
    assert not [path for path in out if internal.search(path) and not words.match(path)]


def test_fighters_are_counted_for_nobody_outside():
    for level in ("public", "partners"):
        (road,) = (each for each in redacted(situation(), level, now=NOW)["corridors"]
                   if each["id"] == "castello-road")  # fmt: skip
        assert road["state"] == "closed"
        assert not {"passed", "counters", "by_hour", "planned", "stages", "carrying"} & set(road)


def test_no_count_under_ten_is_told_and_others_are_tens():
    out = redacted(situation(), "public", now=NOW)
    assert out["people_out"] == {"low": 1180, "best": 1240, "high": 1409}
    assert out["incidents"][0]["injured"] == {"low": 0, "best": None, "high": 9}
    few = situation() | {"people_out": {"low": 0, "best": 0, "high": 0}}
    assert redacted(few, "public", now=NOW)["people_out"]["best"] is None
    assert redacted(situation() | {"people_out": None}, "public", now=NOW)["people_out"] is None


@given(st.integers(0, 3_000), st.integers(1, FEW - 1))
def test_two_editions_never_tell_that_fewer_than_ten_passed(before, more):
    def out(best):
        people = {"low": best, "best": best, "high": best}
        return redacted({**SMALL, "people_out": people}, "public", now=NOW)["people_out"]

    first, second = out(before), out(before + more)
    # the same two editions come of nobody, or of ten and more: nothing tells them apart
    others = [out(each) for each in (before, before // 10 * 10 + 10, before // 10 * 10 + 19)]
    assert second in others
    assert first == out(before // 10 * 10) == out(before // 10 * 10 + 9)


SMALL = {key: situation()[key] for key in ("kind", "as_known_at", "people_out")}


def test_editions_change_at_quarters_only_whatever_happens_each_minute():
    start = datetime(2016, 11, 4, 12, 0, tzinfo=UTC)
    seen = {}
    for minute in range(31):
        now = start + timedelta(minutes=minute)
        at = known_by("public", now)
        assert at <= now - PUBLIC_DELAY
        document = situation() | {"as_known_at": at.isoformat(), "ledger": {"sequence": minute}}
        seen.setdefault(json.dumps(redacted(document, "public", now=now)), []).append(minute)
    assert list(seen.values()) == [list(range(15)), list(range(15, 30)), [30]]


@given(st.integers(0, 10**9), st.integers(-9_000, 9_000))
def test_what_the_public_may_know_is_old_and_of_a_quarter(seconds, ahead):
    now = NOW - timedelta(seconds=seconds)
    at = now + timedelta(minutes=ahead)
    known = known_by("public", now, at=at)
    assert known <= min(at, now - PUBLIC_DELAY)
    assert (known - datetime(1970, 1, 1, tzinfo=UTC)) % PUBLIC_STEP == timedelta(0)
    assert min(at, now - PUBLIC_DELAY) - known < PUBLIC_STEP
    assert known_by("partners", now, at=at) == known_by("internal", now, at=at) == at


@pytest.mark.parametrize(
    ("at", "now"),
    [
        (AT, "2016-11-04T11:44:59Z"),  # a second too fresh
        ("2016-11-04T10:46:00Z", "2026-01-01T00:00:00Z"),  # old enough, between two quarters
        (None, "2026-01-01T00:00:00Z"),
    ],
)
def test_a_situation_too_fresh_for_the_public_is_refused(at, now):
    with pytest.raises(InputError, match="quarter of an hour at least 60 minutes ago"):
        redacted(situation() | {"as_known_at": at}, "public", now=datetime.fromisoformat(now))
    assert redacted(situation(), "public", now=datetime.fromisoformat("2016-11-04T11:45:00Z"))


EVENT = {"happened_at": "2016-11-04T09:12:00Z", "known_at": "2016-11-04T09:15:00Z",
         "received_at": "2016-11-04T09:16:10.5Z", "id": "secret-id", "source": "secret-team",
         "means": "radio", "status": "reported", "text": "secret words"}  # fmt: skip


def test_the_public_gets_old_states_hours_and_incidents_without_their_place():
    events = [
        EVENT | {"kind": "status", "corridor": "gate", "state": "closed", "by": "Near side"},
        EVENT | {"kind": "incident", "what": "shelling", "corridor": "secret", "place": "secret",
                 "times": 7, "claims": [{"by": "secret", "holds_responsible": "secret"}]},
        EVENT | {"kind": "passage", "corridor": "gate", "people": {"low": 1, "best": 1, "high": 1}},
        EVENT | {"kind": "status", "corridor": "young", "state": "open",
                 "received_at": "2016-11-04T10:31:00Z"},
        EVENT | {"kind": "note"}, EVENT | {"kind": "decision", "decision": "go"},
    ]  # fmt: skip
    document = {"kind": "events", "as_known_at": AT, "events": events}
    now = datetime.fromisoformat("2016-11-04T11:45:00Z")
    out = redacted(document, "public", now=now - timedelta(minutes=0))
    assert [each["kind"] for each in out["events"]] == ["status", "incident", "status"]
    out = redacted(document | {"as_known_at": "2016-11-04T10:15:00Z"}, "public",
                   now=now - timedelta(minutes=30))  # fmt: skip
    assert [each["kind"] for each in out["events"]] == ["status", "incident"]
    assert "secret" not in json.dumps(out)
    assert out["events"][0]["happened_at"] == "2016-11-04T09:00:00Z"


def test_no_n_minus_1_table_leaves():
    lost = {"change": "without the bridge", "kind": "lost", "people_gained": {"best": -900}}
    document = {"kind": "ask", "changes": [lost], "limits": ["the bridge"], "zones": [],
                "headline": ["the bridge is worth most"], "protection": ["A choice."]}  # fmt: skip
    for level in ("public", "partners"):
        out = redacted(document, level, now=NOW)
        assert "bridge" not in json.dumps(out)
        assert out["protection"] == document["protection"]


def test_a_new_plan_leaves_to_nobody():
    document = {"kind": "replan", "schema_version": "1.0", "changed": [{"zone": "east"}],
                "waves": [1], "anything": "new"}  # fmt: skip
    for level in ("public", "partners"):
        out = redacted(document, level, now=NOW)
        assert set(out) == {"kind", "schema_version", "redaction"}


def test_a_map_keeps_streets_and_loses_what_is_cut_off(sample_pair):
    document = {**sample_pair[1], "areas": [{"name": "front"}]}
    document["streets"] = [{**document["streets"][0], "mark": "not cleared"}]
    out = redacted(document, "public", now=NOW, kind="map")
    assert out["streets"][0]["line"] == document["streets"][0]["line"]
    assert "mark" not in out["streets"][0]
    assert not {"areas", "zone_areas"} & set(out)


@pytest.mark.parametrize("level", ["public", "partners"])
@pytest.mark.parametrize("kind", ["situation", "plan", "forecast"])
def test_ceiling_and_forecast_leave_together_or_not_at_all(documents, kind, level):
    out = redacted(documents[kind], level, now=NOW)
    likely = "likely_to_come" in out or {"ceiling", "out"} <= set(out)
    assert ("ceiling" in out) == likely


@given(st.data())
def test_what_the_table_does_not_name_leaves_to_nobody(data):
    document = situation()
    at = document
    while isinstance(at, dict):
        inner = [key for key, each in at.items()
                 if isinstance(each, dict) or (isinstance(each, list) and each
                                               and isinstance(each[0], dict))]  # fmt: skip
        key = data.draw(st.sampled_from([None, *inner]))
        if key is None:
            break
        at = at[key][0] if isinstance(at[key], list) else at[key]
    value = data.draw(st.sampled_from(["leak", ["leak"], {"leak": "leak"}, [{"best": "leak"}]]))
    at[data.draw(st.sampled_from(["new", "position", "passed_by"]))] = value
    assert "leak" not in json.dumps(redacted(document, "public", now=NOW))


def test_a_field_that_grows_inside_is_kept_from_the_public():
    grown = situation()
    grown["window"]["state"] = {"word": "open", "position": "leak"}
    assert "leak" not in json.dumps(redacted(grown, "public", now=NOW))


def test_a_document_is_not_changed_and_its_level_is_told():
    document = situation()
    before = copy.deepcopy(document)
    assert redacted(document, "public", now=NOW)["redaction"] == {
        "level": "public", "delay_min": 60, "fewer_than": FEW
    }  # fmt: skip
    assert redacted(document, "internal", now=NOW) == before == document


def test_redacting_once_more_changes_nothing():
    for level in ("public", "partners"):
        once = redacted(situation(), level, now=NOW)
        assert redacted(once, level, now=NOW) == once


def test_a_document_that_only_says_it_was_redacted_is_redacted():
    sly = situation() | {"redaction": {"level": "public"}}
    assert "903" not in report("sitrep", sly, level="public", now=NOW)


def test_documents_that_the_table_does_not_know_are_refused():
    for kind in ("*", "secret", ""):
        with pytest.raises(InputError, match="no rule says who may see"):
            redacted({"kind": kind}, "public", now=NOW)
    with pytest.raises(InputError, match="none of public, partners, internal"):
        level_of("everybody")
    assert [level_of(each) for each in LEVELS] == list(LEVELS)


@pytest.mark.parametrize("kind", ["situation", "plan", "forecast", "ask"])
def test_somebody_decided_on_every_field_of_a_schema(kind):
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    decided = {re.split(r"[.\[]", row.field)[0] for row in policy() if row.document in {"*", kind}}
    assert set(schema["properties"]) <= decided, set(schema["properties"]) - decided


def test_every_row_can_be_meant():
    rows = policy()
    assert len({(row.document, row.field) for row in rows}) == len(rows)
    wider = {"keep": 0, "count": 1, "hour": 1, "delay": 1, "drop": 2}
    for row in rows:
        assert wider[row.partners] <= wider[row.public], row  # partners never get less
        assert row.why
        assert row.public != "keep" or not row.field.endswith("**"), row


# ---------------------------------------------------------------- what people are handed

SECRETS = ("team-1", "team-2", "team-3", "team-4", "camera-2", "centre-1", "liaison-1",
           "903", "880", "940", "337", "1,243", "1243", "431", "12:02", "11:12", "09:40",
           "17:41", "6.4", "2,400",
           "1,500", "Hold until", "water point", "No fire", "Seven impacts", "responsible:",
           "abababab", "cdcdcdcd", "armed and unarmed", "coordinator", "610")  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", ["sitrep", "update", "board", "tally"])
def test_no_report_for_the_public_tells_a_secret(kind, language):
    inside = report(kind, situation(), language=language)
    out = report(kind, situation(), language=language, level="public", now=NOW)
    body = out.split("</style>")[-1]
    assert [each for each in SECRETS if each in body] == []
    if kind in {"sitrep", "board"}:
        assert sum(each in inside for each in SECRETS) > 8  # they are there to be told


def test_a_handover_is_for_those_inside():
    for level in ("public", "partners"):
        with pytest.raises(InputError, match="is for those inside"):
            report("handover", situation(), level=level, now=NOW)
