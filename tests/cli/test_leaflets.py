"""Leaflets at the command line: drafts, their release, and what is refused."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader

from cli.test_alert import AGREED, READY
from plan.towns import LINE, line_town
from safepassage.cli import main
from safepassage.publish import release as release_module


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def ran(*words, text=AGREED):
        line_town(tmp_path / "town", text)
        status = main(list(words))
        told = capsys.readouterr()
        return status, told.out, told.err

    return ran


def drafted(run, *words, text=AGREED, to="out"):
    status, out, err = run("leaflets", "town", "--to", to, "--no-pdf", *words, text=text)
    assert status == 0, err
    return out


def release(run, *words, by="duty officer", text=AGREED, folder="out"):
    return run("release", "town", folder, "--by", by, *words, text=text)


def written(folder="out"):
    return {p.relative_to(folder).as_posix() for p in Path(folder).rglob("*") if p.is_file()}


def test_drafts_become_what_was_read_once_a_role_releases_them(run):
    assert "safepassage release town out --by ROLE" in drafted(run)
    before = written()
    page = Path("out/leaflets/DRAFT.near.en.html").read_text(encoding="utf-8")
    status, _, err = release(run)
    assert status == 0, err
    names = {name.replace("DRAFT.", "") for name in before} | {"releases.jsonl"}
    assert written() == names
    for name in names - {"leaflets.json"}:
        text = (Path("out") / name).read_text(encoding="utf-8")
        assert not {"DRAFT", "مسودة"} & set(text.replace(".", " ").split()), name
    after = Path("out/leaflets/near.en.html").read_text(encoding="utf-8")
    assert "Released by duty officer." in after
    tell = "Set out:"
    assert page.split(tell)[1].split("<footer>")[0] == after.split(tell)[1].split("<footer>")[0]
    with Path("out/messages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * 2 * 2
    assert all(row["text"].startswith(("Near", "Middle", "Far")) for row in rows)
    assert all(int(row["signs"]) == len(row["text"]) <= int(row["most_signs"]) for row in rows)
    listed = json.loads(Path("out/leaflets.json").read_text(encoding="utf-8"))
    assert (listed["mark"], listed["released_by"]) == ("", "duty officer")
    for name, hashed in listed["files"].items():
        assert sha256((Path("out") / name).read_bytes()).hexdigest() == hashed
    (entry,) = map(json.loads, Path("out/releases.jsonl").read_text().splitlines())
    assert entry["by"] == "duty officer"
    assert entry["sha256"] == sha256(Path("out/leaflets.json").read_bytes()).hexdigest()
    status, _, err = release(run)
    assert (status, "were released before" in err) == (2, True)


@pytest.mark.browser
def test_two_roles_never_release_at_once(run, monkeypatch):
    def logged(folder, entry):
        handle = os.open(folder, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(handle)
        return json.dumps(entry)

    monkeypatch.setattr(release_module, "logged", logged)
    drafted(run)
    assert release(run)[0] == 0
    assert "were released before" in release(run, by="humanitarian coordinator")[2]


def test_pdfs_are_released_without_their_mark(run):
    words = ("--zone", "far", "--language", "en")
    assert run("leaflets", "town", "--to", "out", *words, "--exercise")[0] == 0
    assert release(run)[0] == 0
    text = PdfReader(io.BytesIO(Path("out/leaflets/EXERCISE.far.en.pdf").read_bytes()))
    told = text.pages[0].extract_text()
    assert "EXERCISE" in told
    assert "Released by duty officer." in told
    assert "DRAFT" not in told


def test_without_every_consent_it_is_marked_and_never_released(run):
    out = drafted(run, text=READY)
    assert out.startswith("NOT FOR DISTRIBUTION")
    assert "No consent is confirmed in its own words: Government." in out
    assert all("NOT-FOR-DISTRIBUTION." in n for n in written() if n != "leaflets.json")
    before = written()
    status, _, err = release(run, text=READY)
    assert (status, "No consent is confirmed in its own words: Government." in err) == (2, True)
    status, _, err = release(run)  # the case is settled, the pages still say that it is not
    assert (status, "are marked NOT FOR DISTRIBUTION" in err) == (2, True)
    assert written() == before


def test_a_release_needs_its_role_its_case_and_drafts_as_they_were_made(run):
    drafted(run)
    before = written()
    status, _, err = release(run, by="intern")
    assert (status, "humanitarian coordinator, duty officer" in err) == (2, True)
    later = AGREED.replace("12:00:00", "11:00:00")
    status, _, err = release(run, text=later)
    assert (status, "tell other hours" in err) == (2, True)
    other = AGREED.replace('id = "line-town"', 'id = "other-town"')
    status, _, err = release(run, text=other)
    assert (status, "holds leaflets of line-town" in err) == (2, True)
    path = Path("out/loudspeaker/DRAFT.far.ar.txt")
    path.write_text(path.read_text(encoding="utf-8") + "!", encoding="utf-8")
    status, _, err = release(run)
    assert (status, "DRAFT.far.ar.txt: was changed since" in err) == (2, True)
    path.unlink()
    assert "DRAFT.far.ar.txt: is not there" in release(run)[2]
    assert written() == before - {"loudspeaker/DRAFT.far.ar.txt"}
    assert "leaflets.json" in release(run, folder="town")[2]


def test_after_the_hours_only_an_exercise_is_released(run):
    past = AGREED.replace("2090-11-04", "2016-11-04")
    words = ("--zone", "far", "--language", "en")
    drafted(run, *words, text=past)
    status, _, err = release(run, text=past)
    assert (status, "has been over since 2016-11-04 12:00" in err) == (2, True)
    drafted(run, *words, "--exercise", text=past, to="drill")
    assert release(run, text=past, folder="drill")[0] == 0
    assert Path("drill/leaflets/EXERCISE.far.en.html").exists()


def test_other_leaflets_never_stay_beside_new_ones(run):
    drafted(run, text=READY)
    status, _, err = run("leaflets", "town", "--to", "out", "--no-pdf")
    assert (status, "holds other leaflets" in err) == (2, True)
    drafted(run, text=READY)


def test_the_folder_of_a_plan_gives_the_same_leaflets(run):
    drafted(run, to="one")
    assert run("plan", "town", "--to", "made")[0] == 0
    assert run("leaflets", "made", "--to", "two", "--no-pdf")[0] == 0
    assert written("one") == written("two")
    same = "leaflets/DRAFT.far.ar.html"
    assert (Path("one") / same).read_bytes() == (Path("two") / same).read_bytes()
    Path("made/brief.html").write_text("another", encoding="utf-8")
    status, _, err = run("leaflets", "made", "--to", "three", "--no-pdf")
    assert (status, "holds no plan and brief that belong together" in err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("town", "--zone", "nowhere"), "There are near, middle, far"),
        (("town", "--language", "xx"), "There are en, ar"),
        (("nowhere",), "nowhere"),
    ],
)
def test_what_is_not_there_is_refused_in_one_message(run, words, said):
    status, _, err = run("leaflets", *words, "--to", "out", "--no-pdf", text=LINE)
    assert status == 2
    assert said in err
    assert not Path("out").exists()
