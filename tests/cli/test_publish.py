"""``publish`` as a user calls it: everything, each reader's apart, and nothing left behind."""

from __future__ import annotations

import io
import json
import re
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pyogrio
import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from cli.test_alert import AGREED, READY
from cli.test_record import OUTCOME
from plan.towns import line_town
from safepassage.cli import main
from safepassage.publish import publication

SCHEMAS = files("safepassage.base") / "schemas"
GATE = 'lat = 36.2\nlon = 37.2\nsource = "survey"'
PAST = (
    AGREED.replace("2090-11-04", "2016-11-04").replace(GATE, GATE.replace("36.2", "36.20007"))
    + OUTCOME
)
ENGLISH = ("--language", "en")


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def ran(*words, text=AGREED, to="out", pdf=False):
        line_town(tmp_path / "town", text)
        status = main(["publish", "town", "--to", to, *([] if pdf else ["--no-pdf"]), *words])
        told = capsys.readouterr()
        return status, told.out, told.err

    return ran


def written(folder="out"):
    return {p.relative_to(folder).as_posix() for p in Path(folder).rglob("*") if p.is_file()}


def listed(folder="out"):
    document = json.loads((Path(folder) / "publication.json").read_bytes())
    schema("publication").validate(document)
    return document


def schema(name):
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_bytes()))


def told_by(path):
    """Give all that a file says: a workbook's or a GeoPackage's cells as well."""
    data = path.read_bytes()
    if is_zipfile(io.BytesIO(data)):
        with ZipFile(path) as book:
            data = b"".join(map(book.read, book.namelist()))
    return data.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    """Publish a pause that is over, once: nobody changes it."""
    folder = tmp_path_factory.mktemp("past")
    line_town(folder / "town", PAST)
    assert main(["publish", str(folder / "town"), "--to", str(folder / "out"), "--no-pdf"]) == 0
    return folder / "out"


def test_all_of_it_is_there_listed_and_hashed(past):
    document = listed(past)
    names = written(past)
    assert names == {*document["files"], "index.html", "publication.json"}
    for name, digest in document["files"].items():
        assert sha256((past / name).read_bytes()).hexdigest() == digest
    page = (past / "index.html").read_text("utf-8")
    assert set(re.findall('href="([^"]+)"', page)) == {*document["files"], "publication.json"}
    assert names >= {
        "internal/brief.html", "internal/brief.ar.html", "internal/waves.csv",
        "internal/maps/line-town.gpkg", "internal/maps/routes.geojson",
        "internal/maps/line-town.kml",
        "internal/record/record.json", "partners/record/record.json", "public/record/record.json",
        "partners/movement-notification/movement-notification.ar.html",
        "to-release/leaflets/leaflets/DRAFT.far.ar.html", "to-release/leaflets/DRAFT.messages.csv",
        "to-release/leaflets/loudspeaker/DRAFT.far.en.txt", "public/tables/tables.xlsx",
    }  # fmt: skip


def test_gdal_reads_the_maps_and_the_schema_holds_the_alerts(past):
    maps = past / "internal" / "maps"
    layers = {name for name, _ in pyogrio.list_layers(maps / "line-town.gpkg")}
    assert {"crossings", "zones", "routes"} <= layers
    assert {"Crossings", "Neighbourhoods"} <= {
        n for n, _ in pyogrio.list_layers(maps / "line-town.kml")
    }
    for path in maps.glob("*.geojson"):
        schema("map-layer").validate(json.loads(path.read_bytes()))
        assert pyogrio.read_info(path)["crs"] == "EPSG:4326"
    cap = etree.XMLSchema(etree.fromstring((SCHEMAS / "cap-1.2.xsd").read_bytes()))
    drafts = list((past / "to-release" / "alerts" / "drafts").glob("*.xml"))
    assert [path.name.split(".")[-2] for path in drafts] == ["end"]
    for path in drafts:
        cap.assertValid(etree.parse(path))


def test_no_file_of_the_public_or_partners_tells_who_goes_when_from_where(past):
    plan = json.loads((past / "internal" / "plan.json").read_bytes())
    hours = {wave["from"][11:16] for wave in plan["schedule"]["waves"]}
    hours = {each for each in hours if not each.endswith(":00")}  # the announced ones are full
    assert hours
    places = {str(each["lat"]) for each in plan["corridors"] if each["lat"]}
    assert "36.20007" in places
    secret = {"public": {*(z["name"] for z in plan["zones"]), *hours, *places}, "partners": hours}
    seen = {"public": 0, "partners": 0}
    for level, words in secret.items():
        for path in (past / level).rglob("*"):
            if path.is_file() and "notification" not in path.as_posix():
                seen[level] += 1
                text = told_by(path)
                assert not {word for word in words if word in text}, path
    assert min(seen.values()) > 5
    inside = told_by(past / "internal" / "tables" / "tables.xlsx")
    assert all(word in inside for word in hours | {"Near", "Middle", "Far"})


def test_a_readers_folder_names_its_own_files_and_no_others(past):
    everybodys = past / "public" / "publication.json"
    for level in ("public", "partners"):
        document = listed(past / level)
        assert {*document["files"], "index.html", "publication.json"} == written(past / level)
        for name, digest in document["files"].items():
            assert sha256((past / level / name).read_bytes()).hexdigest() == digest
        page = (past / level / "index.html").read_text("utf-8")
        assert set(re.findall('href="([^"]+)"', page)) == {*document["files"], "publication.json"}
        assert not {"remarks"} & document.keys()
    assert "inputs" not in json.loads(everybodys.read_bytes())
    told = "".join(told_by(path) for path in (past / "public").rglob("*") if path.is_file())
    assert not {each for each in ("internal/", "to-release", "DRAFT", ".far.") if each in told}


def test_no_partner_or_party_is_told_which_neighbourhoods_empty_or_a_hash_of_the_case(past):
    check = json.loads((past / "internal" / "plan.json").read_bytes())["protection_check"]
    (emptied,) = (each["text"] for each in check if each["id"] == "displacement")
    assert "Near, Middle and Far" in emptied
    told = json.loads((past / "partners" / "plan.json").read_bytes())["protection_check"]
    assert [each["finding"] for each in told] == [each["finding"] for each in check]
    for path in (past / "partners").rglob("*"):
        if path.is_file():
            assert "Near, Middle and Far" not in told_by(path), path
    pack = past / "partners" / "movement-notification" / "movement-notification.json"
    schema("movement-notification").validate(json.loads(pack.read_bytes()))
    assert "zones.csv" not in pack.read_text("utf-8")


def test_before_the_hours_there_are_alerts_to_open_and_no_record(run):
    status, out, _ = run(*ENGLISH)
    assert status == 0
    names = written()
    assert {n.split(".")[-2] for n in names if "alerts/drafts" in n} == {
        "opening",
        "suspension",
        "end",
    }
    assert not any("record" in name for name in names)
    assert "No record yet (public, partners, internal): the pause" in out
    assert "Leaflets and messages are marked DRAFT." in out
    assert "internal/brief.ar.html" not in names


def test_what_an_earlier_run_left_goes_but_nothing_that_was_changed(run):
    assert run(text=READY)[0] == 0
    before = written()
    assert any("NOT-FOR-DISTRIBUTION" in name for name in before)
    assert run(*ENGLISH)[0] == 0
    assert written() == {*listed()["files"], "index.html", "publication.json"}
    assert not any("NOT-FOR-DISTRIBUTION" in n or ".ar." in n for n in written())
    changed = Path("out/to-release/leaflets/leaflets/DRAFT.far.en.html")
    changed.write_text("mine", encoding="utf-8")
    Path("out/internal/mine.txt").write_text("mine", encoding="utf-8")
    status, _, err = run(*ENGLISH, text=READY)
    assert (status, "holds other leaflets" in err) == (2, True)
    assert changed.read_text("utf-8") == "mine"
    assert run(*ENGLISH)[0] == 0
    assert Path("out/internal/mine.txt").exists()


def test_a_list_that_names_files_elsewhere_removes_none(run, tmp_path):
    keep = tmp_path / "keep.txt"
    keep.write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    named = dict.fromkeys(["../keep.txt", str(keep)], sha256(b"mine").hexdigest())
    (out / "publication.json").write_text(json.dumps({"files": named}), encoding="utf-8")
    assert run(*ENGLISH)[0] == 0
    assert keep.exists()


def test_the_plan_that_was_looked_at_is_published_and_no_other(run, tmp_path):
    line_town(tmp_path / "town", AGREED)
    assert main(["plan", "town", "--to", "seen"]) == 0
    assert run("--plan", "seen", *ENGLISH)[0] == 0
    waves = "waves.csv"
    assert (Path("seen") / waves).read_bytes() == (Path("out/internal") / waves).read_bytes()
    for text, plan in ((AGREED.replace("12:00:00", "11:00:00"), "seen"), (AGREED, "town")):
        status, _, err = run("--plan", plan, *ENGLISH, text=text, to="no")
        assert (status, err.startswith("safepassage: --plan: ")) == (2, True)
    assert not Path("no").exists()


def test_an_exercise_is_marked_and_takes_no_real_ledger(run):
    assert run("--exercise", *ENGLISH, text=PAST)[0] == 0
    drafts = [n for n in written() if "alerts/drafts" in n]
    assert len(drafts) == 3
    for path in Path("out").rglob("*"):
        if path.suffix in {".html", ".json"} and "metadata" not in path.name:
            told = path.read_text("utf-8")
            assert "EXERCISE" in told or '"exercise": true' in told, path
    assert all("EXERCISE" in n for n in written() if "leaflets/leaflets/" in n or "xlsx" in n)
    assert main(["ledger", "new", "real.db"]) == 0
    status, _, err = run("--exercise", "--ledger", "real.db", *ENGLISH, to="no")
    assert (status, "is not an exercise's ledger" in err) == (2, True)
    assert not Path("no").exists()


def test_pages_are_papers_too_or_it_says_why_not(run, monkeypatch):
    monkeypatch.setattr(publication, "pdf_way", lambda: "a test")
    monkeypatch.setattr(publication, "pdf_of", lambda page, **_: b"%PDF" + page[:9].encode())
    monkeypatch.setattr(publication, "make_leaflets", _leaflets_without_pdf)
    assert run(*ENGLISH, pdf=True)[0] == 0
    papers = {name for name in written() if name.endswith(".pdf")}
    assert papers == {"internal/brief.pdf",
                      "partners/movement-notification/movement-notification.en.pdf"}  # fmt: skip
    monkeypatch.setattr(publication, "pdf_way", lambda: None)
    status, out, _ = run(*ENGLISH, pdf=True)
    assert (status, "No PDF: neither Chromium nor WeasyPrint is here" in out) == (0, True)
    assert not any(name.endswith(".pdf") for name in written())


def test_signs_that_command_a_terminal_or_turn_writing_round_go_nowhere(run):
    text = AGREED.replace('"The gate"', '"The \\u0007gate\\u202e <script>"')
    assert run(*ENGLISH, text=text)[0] == 0
    outside = [p for p in Path("out").rglob("*") if p.is_file() and "internal" not in p.parts]
    for path in outside:
        assert not [
            each
            for each in ("\a", "\u202e", "\\u0007", "\\u202e")
            if f"{each}gate" in told_by(path) or f"gate{each}" in told_by(path)
        ], path
    (alert,) = (path for path in outside if path.name.endswith(".opening.xml"))
    assert "The \ufffdgate\ufffd &lt;script&gt;" in alert.read_text("utf-8")


@pytest.mark.parametrize("to", ["file", "file/below", "n" * 300])
def test_a_folder_that_cannot_be_is_refused_before_anything_is_planned(run, monkeypatch, to):
    monkeypatch.setattr("safepassage.cli.publishing._made", None)
    Path("file").write_text("mine", encoding="utf-8")
    status, _, err = run(to=to)
    assert (status, f"{to}: cannot be written" in err) == (2, True), err
    assert Path("file").read_text("utf-8") == "mine"


def _leaflets_without_pdf(*given, **named):
    from safepassage.publish.leaflets import make_leaflets

    assert named.pop("pdf") in {True, False}
    return make_leaflets(*given, **named, pdf=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--language", "xx"), "There are en, ar"),
        (("--plan", "nowhere"), "--plan: holds no plan.json"),
        (("--ledger", "nowhere.db"), "nowhere.db"),
    ],
)
def test_what_is_not_there_is_refused_in_one_message(run, words, said):
    status, _, err = run(*words)
    assert (status, said in err) == (2, True), err
    assert not Path("out").exists()
