from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from lxml import etree

from plan.towns import LINE, line_town
from safepassage.cli import main
from safepassage.ledger.events import Assurance, Correction
from safepassage.ledger.opening import make_ledger

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ATOM = "{http://www.w3.org/2005/Atom}"
READY = (
    LINE.replace("2016-11-04", "2090-11-04")
    .replace(
        'name = "The gate"',
        'name = "The gate"\nname_ar = "البوابة"\ncontrolled_near = "Council"\n'
        'controlled_far = "Government"\ndestination = "Hill"',
    )
    .replace("lon = 37.2\n\n[[groups]]", 'lon = 37.2\nsource = "survey"\n\n[[groups]]')
    + """
[release]
roles = ["humanitarian coordinator", "duty officer"]
sender = "coordination.example.org"
sender_name = "Coordination"
[[consent]]
party = "Council"
status = "approved"
stated_by = "Council"
"""
)
AGREED = (
    READY
    + """
[[consent]]
party = "Government"
status = "approved"
stated_by = "Government"
"""
)
CHANGE = ("--say", "en=Open until 13:00.", "--say", "ar=مفتوح حتى 13:00.")


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def ran(*words, text=AGREED):
        line_town(tmp_path / "town", text)
        status = main(list(words))
        told = capsys.readouterr()
        return status, told.out, told.err

    return ran


def drafted(run, kind, *words, text=AGREED):
    status, out, err = run("alert", kind, "town", "--to", "alerts", *words, text=text)
    assert status == 0, err
    return out.splitlines()[-1]


def release(run, draft, *words, by="duty officer", text=AGREED):
    return run("release", "town", draft, "--by", by, *words, text=text)


def test_a_draft_tells_what_was_announced_in_every_language(run):
    root = etree.parse(drafted(run, "opening")).getroot()
    assert root.findtext(f"{CAP}status") == "Draft"
    english, arabic = root.findall(f"{CAP}info")
    assert english.findtext(f"{CAP}headline") == (
        "Announced: people may leave Line Town on 4 November 2090, 09:00 to 12:00"
    )
    assert "The gate: leads to Hill. Near side: Council. Far side: Government." in (
        english.findtext(f"{CAP}description")
    )
    assert "Leaving is a choice." in english.findtext(f"{CAP}instruction")
    assert arabic.findtext(f"{CAP}language") == "ar"
    assert "البوابة" in arabic.findtext(f"{CAP}description")
    assert english.findtext(f"{CAP}expires") == "2090-11-04T12:00:00+03:00"


def test_the_area_holds_every_zone(run):
    from shapely import Point, Polygon

    text = etree.parse(drafted(run, "opening")).findtext(f".//{CAP}polygon")
    border = Polygon([tuple(map(float, pair.split(","))) for pair in text.split()])
    assert all(border.contains(Point(lat, 37.2)) for lat in (36.2026, 36.2081, 36.2189))
    assert not border.contains(Point(36.23, 37.2))


def test_a_released_chain_names_every_alert_before(run):
    for kind, words in (("opening", ()), ("change", CHANGE), ("suspension", ()), ("end", ())):
        status, _, err = release(run, drafted(run, kind, *words))
        assert status == 0, err
    alerts = sorted(
        (etree.parse(path).getroot() for path in Path("alerts/released").iterdir()),
        key=lambda each: len(each.findtext(f"{CAP}references") or ""),
    )
    names = [each.findtext(f"{CAP}identifier") for each in alerts]
    assert [name.rpartition(".")[2] for name in names] == ["opening", "change", "suspension", "end"]
    assert [each.findtext(f"{CAP}msgType") for each in alerts] == ["Alert"] + ["Update"] * 3
    assert {each.findtext(f"{CAP}status") for each in alerts} == {"Actual"}
    assert {each.findtext(f"{CAP}source") for each in alerts} == {"duty officer"}
    named = [each.split(",")[1] for each in alerts[3].findtext(f"{CAP}references").split()]
    assert named == names[:3]
    entries = etree.parse("alerts/alerts.atom").findall(f"{ATOM}entry")
    assert [each.find(f"{ATOM}link").get("href") for each in entries] == [
        f"released/{name}.xml" for name in reversed(names)
    ]
    log = [json.loads(line) for line in Path("alerts/releases.jsonl").read_text().splitlines()]
    assert [each["identifier"] for each in log] == names
    for each in log:
        data = Path(f"alerts/released/{each['identifier']}.xml").read_bytes()
        assert each["sha256"] == sha256(data).hexdigest()
    assert not list(Path("alerts/drafts").iterdir())


@pytest.mark.parametrize(("kind", "words"), [("opening", ()), ("change", CHANGE)])
def test_without_every_consent_an_opening_is_refused(run, kind, words):
    draft = drafted(run, kind, *words, text=READY)
    status, _, err = release(run, draft, text=READY)
    assert status == 2
    assert "No consent is confirmed in its own words: Government." in err
    assert not Path("alerts/released").exists()
    assert Path(draft).exists()


@pytest.mark.parametrize("kind", ["suspension", "end"])
def test_who_says_stop_needs_nobodys_consent(run, kind):
    assert release(run, drafted(run, kind, text=READY), text=READY)[0] == 0


def test_a_role_that_the_case_does_not_name_releases_nothing(run):
    draft = drafted(run, "end")
    status, _, err = release(run, draft, by="intern")
    assert status == 2
    assert "humanitarian coordinator, duty officer" in err
    nobody = AGREED.replace('roles = ["humanitarian coordinator", "duty officer"]', "")
    status, _, err = release(run, draft, text=nobody)
    assert status == 2
    assert "release.roles: names nobody" in err


def test_an_assurance_in_the_ledger_confirms_consent_until_it_is_corrected(run, tmp_path):
    now = datetime.now(UTC)
    common = {"happened_at": now, "known_at": now, "source": "liaison", "means": "message"}
    given = Assurance(
        id=uuid4(),
        **common,
        status="observed",
        party="Government",
        words="Our posts let civilians pass.",
        expires_at=now + timedelta(hours=1),
    )
    told = given.model_copy(update={"id": uuid4(), "status": "reported"})
    with make_ledger(tmp_path / "told.ledger") as ledger:
        ledger.append([told])
    draft = drafted(run, "opening", text=READY)
    assert release(run, draft, "--ledger", "told.ledger", text=READY)[0] == 2
    with make_ledger(tmp_path / "given.ledger") as ledger:
        ledger.append([given])
    assert release(run, draft, "--ledger", "given.ledger", text=READY)[0] == 0
    with make_ledger(tmp_path / "back.ledger") as ledger:
        back = Correction(id=uuid4(), **common, status="observed", corrects=given.id, text="Not so")
        ledger.append([given, back])
    draft = drafted(run, "change", *CHANGE, text=READY)
    assert release(run, draft, "--ledger", "back.ledger", text=READY)[0] == 2
    make_ledger(tmp_path / "drill.ledger", exercise=True).close()
    status, _, err = release(run, draft, "--ledger", "drill.ledger", text=READY)
    assert (status, "exercise's ledger" in err) == (2, True)


def test_an_exercise_says_so_in_every_language_and_its_status(run):
    draft = drafted(run, "suspension", "--exercise")
    assert release(run, draft)[0] == 0
    (path,) = Path("alerts/released").iterdir()
    root = etree.parse(path).getroot()
    assert root.findtext(f"{CAP}status") == "Exercise"
    heads = [each.text for each in root.iter(f"{CAP}headline")]
    assert heads[0].startswith("EXERCISE. ")
    assert heads[1].startswith("تمرين")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("alert", "party", "town"), "opening, change, suspension, end"),
        (("alert", "change", "town"), "does not tell the change in: en, ar"),
        (("alert", "change", "town", "--say", "en=Later"), "does not tell the change in: ar"),
        (("alert", "end", "town", "--say", "xx=Later"), "xx"),
        (("alert", "end", "town", "--say", "Later"), "--say en=WORDS"),
        (("alert", "end", "town", "--say", f"en={'a' * 1001}", "--say", "ar=a"), "longer than"),
        (("release", "town", "nowhere.xml", "--by", "duty officer"), "nowhere.xml"),
        (("release", "town", "town/case.toml", "--by", "duty officer"), "is no alert"),
    ],
)
def test_bad_input_gets_one_clear_message(run, words, said):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_hours_that_are_over_are_opened_in_exercises_alone(run):
    past = AGREED.replace("2090-11-04", "2016-11-04")
    status, _, err = run("alert", "opening", "town", text=past)
    assert status == 2
    assert "has been over since 2016-11-04 12:00" in err
    assert run("alert", "opening", "town", "--exercise", text=past)[0] == 0


def test_a_case_without_a_sender_drafts_nothing(run):
    status, _, err = run("alert", "end", "town", text=LINE)
    assert status == 2
    assert "release.sender" in err
    assert [each.name for each in Path().iterdir()] == ["town"]


def test_what_was_released_is_not_released_again(run):
    draft = drafted(run, "end")
    held = Path(draft).read_bytes()
    assert release(run, draft)[0] == 0
    Path(draft).write_bytes(held)
    status, _, err = release(run, draft)
    assert (status, "released before" in err) == (2, True)
    (out,) = Path("alerts/released").iterdir()
    assert "is no draft" in release(run, str(out))[2]
