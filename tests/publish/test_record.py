"""The record of a pause: what is told and counted stands in it, and nothing besides."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from ledger.small_day import HEAD, counts, event, local, others, over, received, record, uid
from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.declaration import read_announcements
from safepassage.forecast.precedents import read_precedents
from safepassage.forecast.precedents_added import with_precedent
from safepassage.ledger.aftermath import aftermath
from safepassage.ledger.chain import Head
from safepassage.ledger.expected import Expected
from safepassage.publish.record import record_document
from safepassage.publish.record_columns import CEASEFIRES, INCIDENTS, PLANNED_ACTUAL
from safepassage.publish.record_files import make_record
from safepassage.publish.record_precedent import precedent_cells
from safepassage.publish.record_told import planned_actual

NOW = datetime(2026, 1, 1, tzinfo=UTC)
REAL = Head(ledger=HEAD.ledger, made_at=HEAD.made_at, exercise=False)
SCHEMAS = files("safepassage.base") / "schemas"


def schema(name):
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


@pytest.fixture(scope="module")
def aleppo():
    loaded = load_case("aleppo-2016-11-04")
    texts = read_announcements([loaded.path(each) for each in loaded.case.announcements])
    return loaded, texts, Expected.of_case(loaded)


@pytest.fixture(scope="module")
def silent(aleppo):
    """Give the same case without anything that came of it."""
    loaded, texts, expected = aleppo
    case = loaded.case.model_copy(update={"outcome": None})
    return type(loaded)(case, loaded.folder, loaded.inputs), texts, expected


def made(of, events=(), *, head=REAL, **more):
    told = aftermath(record(received(events), head), of[2]) if events else None
    return record_document(*of, told=told, **more)


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def small(silent):
    return made(silent, [*counts(), *others()])


FEW = {"low": 90, "best": 100, "high": 120}
PASSED = [over(1, "bustan-al-qasr", "10:00", "10:30", FEW, "gate"),
          over(2, "salah-al-din", "10:00", "11:30", 40, "other-gate")]  # fmt: skip
LATE = event(9, "note", "19:30", text="All quiet")


def test_aleppo_is_told_from_its_facts_alone(aleppo):
    document = made(aleppo)
    assert document["people_out"] == {"low": 0, "best": 0, "high": 0}
    assert document["uptake"] == {"low": 0, "best": 0, "high": 0}
    assert document["ended"]["how"] == "expired"
    assert document["ended"]["at"] == "2016-11-04T17:00:00Z"  # 19:00 in Damascus
    assert document["ended"]["basis"] == "the case"
    (incident,) = document["incidents"]
    assert (incident["what"], incident["status"], incident["about"]) == (
        "shelling",
        "alleged",
        True,
    )
    assert incident["reported_by"] == "Ministry of Defence of the Russian Federation"
    assert [side["party"] for side in document["sides"]][:2] == [
        "Russian Defence Ministry", "Syrian General Staff"]  # fmt: skip
    assert document["sides"][-1]["answers"][0]["status"] == "rejected"
    assert any("leaving was confirmed" in each for each in document["unknown"])


def test_uptake_is_out_of_inside_end_by_end(silent):
    document = made(silent, [*PASSED, LATE])
    assert document["people_out"] == {"low": 130, "best": 140, "high": 160}
    assert document["uptake"] == {
        "low": round(130 / 275_000, 6), "best": round(140 / 250_000, 6),
        "high": round(160 / 126_500, 6),
    }  # fmt: skip


def test_counted_hours_add_up_and_stand_beside_the_plan(silent):
    document = made(silent, [*PASSED, LATE])
    by = {
        (row["corridor"], row["from"][11:16]): row["counted"] for row in document["planned_actual"]
    }
    assert by["bustan-al-qasr", "08:00"] == {"low": 90, "best": 100, "high": 120}
    assert sum(row["best"] for (name, _), row in by.items() if row and name == "salah-al-din") == 40
    assert by["sheikh-saeed", "08:00"] is None
    assert not any(name == "castello-road" for name, _ in by)  # nothing of armed groups


def test_a_plan_without_a_ledger_is_laid_out_by_hour(plan):
    laid = planned_actual(Expected.of_document(plan), None, has_plan=True)
    for corridor in plan["corridors"]:
        hours = [row for row in laid if row["corridor"] == corridor["id"]]
        if corridor["users"] == "armed":
            assert not hours
        elif corridor["schedule_passed"]:
            assert sum(row["planned"] for row in hours) == corridor["schedule_passed"][-1]
        assert all(row["counted"] is None for row in hours)


def test_a_correction_is_applied_and_late_words_count(silent):
    wrong = over(3, "bustan-al-qasr", "11:00", "11:30", 900, "gate")
    taken = event(4, "correction", "19:40", corrects=uid(3), text="A slip", known="19:50")
    assert made(silent, [*PASSED, wrong, LATE])["people_out"]["best"] == 1040
    assert made(silent, [*PASSED, wrong, LATE, taken])["people_out"]["best"] == 140


def window(number, at, start, end):
    return event(number, "window", at, by="Side A", start=local(start).isoformat(),
                 end=local(end).isoformat())  # fmt: skip


@pytest.mark.parametrize(
    ("events", "how", "at"),
    [
        ([LATE], "expired", "17:00"),
        ([window(5, "15:00", "09:00", "21:00"), event(9, "note", "21:30", text="x")],
         "extended", "19:00"),
        ([window(5, "12:00", "09:00", "14:00"), LATE], "called off", "12:00"),
        ([event(5, "decision", "12:00", by="lead", decision="stop", text="Stop"), LATE],
         "suspended", "10:00"),
        ([event(5, "decision", "12:00", by="lead", decision="stop", text="Stop"),
          event(6, "decision", "12:30", by="lead", decision="resume", text="On"), LATE],
         "expired", "17:00"),
        ([event(5, "incident", "11:00", what="shelling")], "not known", None),
        ([event(5, "status", "18:00", corridor="bustan-al-qasr", state="closed"), LATE],
         "not known", None),
    ],
)  # fmt: skip
def test_how_it_ended_by_its_events(silent, events, how, at):
    ended = made(silent, events)["ended"]
    assert (ended["how"], ended["at"] and ended["at"][11:16]) == (how, at)


def test_the_case_stands_only_where_events_say_nothing(aleppo):
    collapsed = aleppo[0].case.outcome.model_copy(update={"ended": "collapsed", "ended_at": None})
    case = aleppo[0].case.model_copy(update={"outcome": collapsed})
    of = (type(aleppo[0])(case, aleppo[0].folder, aleppo[0].inputs), *aleppo[1:])
    assert made(of, [LATE])["ended"]["how"] == "collapsed"
    told = made(of, [window(5, "12:00", "09:00", "14:00"), LATE])
    assert told["ended"]["how"] == "called off"
    assert any("called off by the ledger, collapsed by the case" in each
               for each in told["unknown"])  # fmt: skip


def test_an_exercise_is_marked_and_keeps_what_happened_out(aleppo):
    document = made(aleppo, [*counts(), *others()], head=HEAD)
    assert document["exercise"] is True
    assert not any(each["status"] == "alleged" for each in document["incidents"])
    page = make_record(document, now=NOW)["record.html"]
    assert "EXERCISE" in page
    assert "EXERCISE" not in make_record(made(aleppo), now=NOW)["record.html"]
    with pytest.raises(InputError, match="exercise"):
        precedent_cells(document, *aleppo[:2])


@pytest.mark.parametrize("level", ["internal", "partners", "public"])
def test_files_are_what_their_schemas_say(small, level):
    made_ = make_record(small, level=level, now=NOW)
    if level == "internal":
        schema("record").validate(json.loads(made_["record.json"]))
    for name, columns in (
        ("ceasefires", CEASEFIRES), ("incidents", INCIDENTS), ("planned_actual", PLANNED_ACTUAL)
    ):  # fmt: skip
        if f"{name}.csv" not in made_:
            assert (level, name) == ("public", "planned_actual")
            continue
        for row in rows(made_[f"{name}.csv"]):
            assert list(row) == [column.name for column in columns]
            schema(name).validate(row)
        described = json.loads(made_[f"{name}.csv-metadata.json"])["tableSchema"]["columns"]
        assert [each["name"] for each in described] == [column.name for column in columns]
        assert all(each["dc:source"] for each in described)


def test_the_record_of_the_case_alone_is_what_its_schema_says(aleppo, silent):
    for of in (aleppo, silent):
        schema("record").validate(made(of))


def test_nobody_is_made_to_blame(small):
    files_ = make_record(small, now=NOW)
    for row in rows(files_["incidents.csv"]):
        assert not any(row[name] for name in ("actor1", "actor2", "assoc_actor_1", "inter1"))
        if "Side B" in row["notes"]:
            assert "CLAIM, no finding: Side A holds Side B responsible" in row["notes"]
    shelling = next(row for row in rows(files_["incidents.csv"]) if "shelling" in row["notes"])
    assert shelling["sub_event_type"] == "Shelling/artillery/missile attack"
    assert shelling["fatalities"] == ""  # nobody said; that is no zero


def test_the_public_gets_no_minute_no_place_no_source_and_no_hour_by_hour(small):
    files_ = make_record(small, level="public", now=NOW)
    text = "".join(files_.values())
    for secret in ("monitor-2", "sheikh-gate", "11:12", "09:12", "Side B",
                   "people turned back", "126500", "126,500", "event 0000", "1,444"):  # fmt: skip
        assert secret not in text, secret
    for each in json.loads(files_["record.json"])["incidents"]:
        assert each.keys() <= {"at", "about", "what", "status", "killed", "injured"}
    for row in rows(files_["incidents.csv"]):
        assert row["source"] == row["event_id_cnty"] == ""
        assert ":00 local" in row["notes"]
    whole = "".join(make_record(small, now=NOW).values())
    for seen in ("monitor-2", "11:12", "Side B", "126500"):
        assert seen in whole


def leaves(value, path=""):
    if isinstance(value, dict):
        return {leaf for key, each in value.items() for leaf in leaves(each, f"{path}.{key}")}
    if isinstance(value, list):
        return {leaf for each in value for leaf in leaves(each, f"{path}[]")}
    return {path.removeprefix(".")}


PUBLIC = {
    "schema_version", "kind", "tool.name", "tool.version", "attribution[]", "exercise",
    "as_known_at", "case.id", "case.title", "case.tz", "case.place.name", "case.place.lat",
    "case.place.lon", "case.precedent", "caution", "country",
    *(f"window.{which}.{end}" for which in ("announced", "final") for end in ("start", "end")),
    "sides[].party", "sides[].announced[].kind", "sides[].announced[].on",
    "sides[].announced[].hours[].start", "sides[].announced[].hours[].end",
    "sides[].answers[].status", "sides[].answers[].stated_by",
    "ended.how", "ended.at", "ended.basis",
    *(f"corridors[].{key}" for key in ("id", "name", "name_ar", "users", "located", "source")),
    "people_out.low", "people_out.best", "people_out.high",
    *(f"incidents[].{key}" for key in ("at", "about", "what", "status", "killed")),
    "incidents[].injured", *(f"incidents[].injured.{key}" for key in ("low", "best", "high")),
    "redaction.level", "redaction.delay_min", "redaction.fewer_than",
}  # fmt: skip
"""What the public may see of a record, written down a second time."""


def test_the_public_gets_these_fields_and_no_others(small):
    seen = json.loads(make_record(small, level="public", now=NOW)["record.json"])
    assert leaves(seen) == PUBLIC
    assert seen["people_out"] == {"low": 1180, "best": 1440, "high": 1609}


def test_partners_get_no_schedule_and_no_free_text(small):
    text = "".join(make_record(small, level="partners", now=NOW).values())
    assert "people turned back" not in text
    assert '"planned":' not in text


def test_a_ledger_of_another_case_or_pause_is_refused(silent):
    strange = over(1, "river-bridge", "10:00", "10:30", 5, "gate")
    with pytest.raises(InputError, match="another case: it names river-bridge"):
        made(silent, [strange])
    moment = datetime(2017, 3, 1, 9, tzinfo=UTC).isoformat()
    other = event(1, "note", "10:00", text="x", happened_at=moment, known_at=moment)
    with pytest.raises(InputError, match="another pause"):
        made(silent, [other])


def test_a_row_of_precedents_is_read_as_it_was_told(aleppo):
    cells = precedent_cells(made(aleppo), *aleppo[:2])
    assert cells["id"] == "aleppo_pause_20161104"
    assert (cells["kind"], cells["consent"], cells["ended"]) == ("voluntary", "rejected", "held")
    assert (cells["left"], cells["ended_hours"], cells["first_incident_hours"]) == ("0", "10", "6")
    assert "under_fire" not in cells  # alleged only


def test_a_row_of_several_days_counts_each(aleppo):
    longer = window(5, "15:00", "09:00", "36:00")
    late = over(6, "salah-al-din", "33:00", "33:30", 7, "gate")
    document = made(aleppo, [*PASSED, longer, late, event(9, "note", "37:00", text="x")])
    cells = precedent_cells(document, *aleppo[:2])
    assert cells["left_by_day"] == "D:2016-11-04=130..160|D:2016-11-05=7"
    assert (cells["ended"], cells["ended_hours"], cells["end_local"]) == (
        "held", "27", "2016-11-05T12:00")  # fmt: skip
    (row,) = read_precedents(with_precedent(None, cells, "t"), "t")
    assert (row.left.low, row.left.high, row.days) == (137, 167, 2)


def test_a_row_needs_to_know_whether_people_were_free_to_stay(silent):
    with pytest.raises(InputError, match="of which kind"):
        precedent_cells(made(silent), *silent[:2])


def test_the_page_is_told_in_arabic_too(aleppo, small):
    for document in (made(aleppo), small):
        files = make_record(document, now=NOW, languages=("en", "ar"))
        page = files["record.ar.html"]
        assert '<html lang="ar" dir="rtl">' in page
        assert "كيف انتهت" in page
        told = re.findall(r"<(?:li|dd|dt|h2)[^>]*>([^<]*)", page)
        apart = re.compile("[\u2066-\u2068«][^\u2069»]*[\u2069»]")  # names, quotes
        left = [text for text in told if re.search("[A-Za-z]{4,}", apart.sub("", text))]
        assert left == []
        assert files["record.html"] == make_record(document, now=NOW)["record.html"]
    assert "المسؤول" in page
