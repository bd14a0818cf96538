"""``read`` shows terms, clashes and questions; ``read --review`` keeps what people decide."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest

from declaration import corpus
from safepassage.cli import main
from safepassage.declaration import read_file
from safepassage.declaration.review import blanked, review_of, save_review
from safepassage.declaration.values import FIELDS

RUSSIAN, SYRIAN = sorted(corpus.BUILT_IN.glob("*.txt"))
SCHEMAS = corpus.ROOT / "src/safepassage/base/schemas"


@pytest.fixture
def text(tmp_path):
    return shutil.copy(RUSSIAN, tmp_path / "text.txt")


def ask(capsys, *words):
    status = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return status, out, err


def decisions(text):
    stored = json.loads(text.with_name("text.txt.review.json").read_text(encoding="utf-8"))
    return {each["field"]: each for each in stored["decisions"]}


def test_one_screen_shows_terms_clashes_and_questions(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    status, out, _ = ask(capsys, "read", RUSSIAN, SYRIAN)
    assert status == 0
    assert len(out.splitlines()) <= 50
    assert [line for line in out.splitlines() if line.startswith("≠ ")] == [
        line for line in out.splitlines() if line[2:].startswith(("Corridors ", "Weapons ",
                                                                  "Destinations "))
    ]  # fmt: skip
    clashes, _, rest = out.partition("Where the statements clash")[2].partition("Open questions")
    assert clashes.count("•") == 3
    assert "Who guarantees it?" in rest
    assert "Who announced it?" not in rest


def test_one_text_is_shown_with_its_words(capsys):
    _, out, _ = ask(capsys, "read", RUSSIAN)
    assert "“with their weapons”" in " ".join(out.split())
    assert "Open questions" in out


def test_what_options_decide_is_stored_and_counts_from_then_on(capsys, text):
    status, out, _ = ask(
        capsys, "read", text, "--set", "weapons=light", "--set",
        "windows=2016-11-04T09:00/16:00", "--set", "corridors.total=7", "--blank", "purpose",
        "--by", "access officer", "--json",
    )  # fmt: skip
    assert status == 0
    document = json.loads(out)
    (declaration,) = document["declarations"]
    assert declaration["weapons"] == "light"
    assert declaration["weapons_by_group"] == []
    assert declaration["windows"][0]["end"] == "2016-11-04T16:00"
    assert declaration["corridors"] == {"total": 7, "civilian": 6, "armed": 2}
    assert declaration["purpose"] is None
    assert declaration["evidence"]["weapons"]["set_by"] == "access officer"
    assert declaration["evidence"]["weapons"]["quote"] == "with their weapons"
    assert "set_by" not in declaration["evidence"]["place"]
    assert "purpose" not in declaration["evidence"]
    assert declaration["reviewed"]["by"] == ["access officer"]
    schema = json.loads((SCHEMAS / "declarations.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    stored = decisions(text)
    assert (stored["weapons"]["before"], stored["weapons"]["after"]) == ("keep", "light")
    assert (stored["purpose"]["decision"], stored["purpose"]["after"]) == ("blanked", None)
    assert stored["weapons"]["by"] == "access officer"
    assert stored["weapons"]["at"].endswith("Z")
    review = json.loads(text.with_name("text.txt.review.json").read_text(encoding="utf-8"))
    jsonschema.validate(
        review, json.loads((SCHEMAS / "review.schema.json").read_text(encoding="utf-8"))
    )
    assert text.read_bytes() == RUSSIAN.read_bytes()


def test_the_last_decision_counts_and_all_are_kept(capsys, text):
    for rule in ("light", "none"):
        ask(capsys, "read", text, "--set", f"weapons={rule}", "--by", "A")
    assert read_file(text).weapons == "none"
    stored = json.loads(text.with_name("text.txt.review.json").read_text(encoding="utf-8"))
    assert [each["after"] for each in stored["decisions"]] == ["light", "none"]


def test_accepting_all_signs_every_field_and_changes_none(capsys, text):
    before = read_file(text)
    status, _, _ = ask(capsys, "read", text, "--review", "--accept-all", "--by", "monitor")
    after = read_file(text)
    assert status == 0
    left = {"evidence", "reviewed"}
    assert after.model_dump(exclude=left) == before.model_dump(exclude=left)
    assert {each.set_by for each in after.evidence.values()} == {"monitor"}
    assert {each["decision"] for each in decisions(text).values()} == {"accepted"}


def test_a_changed_text_makes_decisions_stale(capsys, text):
    ask(capsys, "read", text, "--set", "weapons=none", "--by", "A")
    text.write_text(text.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    status, out, _ = ask(capsys, "read", text)
    assert status == 0
    said = " ".join(out.replace("•", " ").split())
    assert "The text has changed since it was reviewed; none of the decisions beside it" in said
    declaration = read_file(text)
    assert declaration.weapons == "keep"
    assert declaration.reviewed.status == "stale"
    ask(capsys, "read", text, "--set", "weapons=light", "--by", "B")
    assert read_file(text).weapons == "light"
    (kept,) = text.parent.glob("text.txt.review.*.json")
    assert json.loads(kept.read_text(encoding="utf-8"))["decisions"][0]["after"] == "none"


def test_a_plan_uses_what_was_decided(capsys, text, monkeypatch):
    # what plans are tried over takes long, and changes no window
    monkeypatch.setattr(import_module("safepassage.plan.make"), "_SMALL_CELLS", 0)
    ask(capsys, "read", text, "--set", "windows=2016-11-04T09:00/15:00", "--by", "A")
    status, out, _ = ask(capsys, "plan", text, "--json")
    assert status == 0
    assert json.loads(out)["window"]["announced"]["end"] == "2016-11-04T15:00"
    text.write_text(text.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    status, out, err = ask(capsys, "plan", text, "--json")
    assert json.loads(out)["window"]["announced"]["end"] == "2016-11-04T19:00"
    assert "text.txt: The text has changed since it was reviewed" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--review"], "--review: needs a terminal to ask at"),
        (["--accept-all"], "--by: is missing"),
        (["--set", "weapons=light"], "--by: is missing"),
        (["--by", "A"], "needs a terminal"),
        (["--set", "weapons=bazooka", "--by", "A"], "weapons: cannot be 'bazooka'"),
        (["--set", "weapons=", "--by", "A"], "weapons: needs a value"),
        (["--set", "weapons", "--by", "A"], "--set: is not FIELD=VALUE"),
        (["--set", "colour=red", "--by", "A"], "colour: is no field"),
        (["--blank", "colour", "--by", "A"], "colour: is no field"),
        (["--set", "corridors.total=-3", "--by", "A"], "corridors.total: cannot be '-3'"),
        (["--set", "corridors.total=many", "--by", "A"], "corridors.total: cannot be 'many'"),
        (["--set", "windows=2016-11-04T19:00/09:00", "--by", "A"], "windows: cannot be"),
        (["--set", "windows=tomorrow", "--by", "A"], "windows: cannot be 'tomorrow'"),
        (["--set", "windows=2016-02-30T09:00/10:00", "--by", "A"], "windows: cannot be"),
        (["--set", "tz=Moon/Base", "--by", "A"], "tz: cannot be 'Moon/Base'"),
        (["--set", "tz=../etc", "--by", "A"], "tz: cannot be '../etc'"),
        (["--set", "announced_on=soon", "--by", "A"], "announced_on: cannot be 'soon'"),
        (["--set", "place=X=91,0", "--by", "A"], "place: cannot be"),
        (["--set", "consent=Russia", "--by", "A"], "consent: cannot be 'Russia'"),
        (["--set", "previous={", "--by", "A"], "previous: cannot be '{'"),
        (["--set", 'previous={"colour": 1}', "--by", "A"], "previous: cannot be"),
        (["--set", f"issuer={'x' * 501}", "--by", "A"], "issuer: cannot be"),
        (["--set", "issuer=x\x1b[31m", "--by", "A"], "issuer: cannot be 'x\\x1b[31m'"),
        (["--set", "guarantors=a; b\x07", "--by", "A"], "guarantors: cannot be"),
        (["--set", "weapons=light", "--by", "  "], "--by: must name a role"),
        (["--set", "weapons=light", "--by", "x" * 61], "--by: must name a role"),
    ],
)  # fmt: skip
def test_what_is_no_decision_is_refused_and_nothing_stored(capsys, monkeypatch, text, words, says):
    with Path(os.devnull).open(encoding="utf-8") as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        status, out, err = ask(capsys, "read", text, *words)
    assert (status, out) == (2, "")
    assert says in err
    assert not text.with_name("text.txt.review.json").exists()


def test_all_faults_are_told_together(capsys, text):
    _, _, err = ask(
        capsys, "read", text, "--set", "weapons=x", "--set", "tz=y", "--blank", "z", "--by", "A"
    )
    assert "3 things are wrong" in err


def test_a_text_cannot_command_the_terminal(capsys, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text(
        "2 November 2016\n\nThe army announced a humanitarian pause in Aleppo, Syria, on 4 "
        "November 2016 from 9 am to 7 pm. We call on the armed groups to let\x1b[2J "
        "all civilians go.",
        encoding="utf-8",
    )
    assert "\x1b" in read_file(text).evidence["appeals"].quote
    _, out, _ = ask(capsys, "read", text)
    assert "\x1b" not in out
    assert "�" in out


def test_decisions_need_a_file_and_one_text(capsys, text):
    assert "cannot be reviewed" in ask(capsys, "read", "-", "--accept-all", "--by", "A")[2]
    several = ask(capsys, "read", text, SYRIAN, "--set", "weapons=none", "--by", "A")
    assert "are about one text" in several[2]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"kind": "review"}', "\x00", "9" * 5000])
def test_a_broken_review_is_named(capsys, text, content):
    text.with_name("text.txt.review.json").write_text(content, encoding="utf-8")
    status, _, err = ask(capsys, "read", text)
    assert status == 2
    assert "text.txt.review.json: is no review that can be read" in err


def test_a_review_with_a_value_that_is_none_is_named(capsys, text):
    ask(capsys, "read", text, "--set", "weapons=none", "--by", "A")
    beside = text.with_name("text.txt.review.json")
    beside.write_text(
        beside.read_text(encoding="utf-8").replace('"after": "none"', '"after": "gun"'),
        encoding="utf-8",
    )
    assert "weapons: cannot be 'gun'" in ask(capsys, "read", text)[2]


def test_nothing_is_half_written_where_nothing_can_be(capsys, text, monkeypatch):
    def refused(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("safepassage.base.files.os.fsync", refused)
    status, _, err = ask(capsys, "read", text, "--set", "weapons=none", "--by", "A")
    assert status == 2
    assert "cannot be written (No space left on device); nothing was stored" in err
    assert [path.name for path in text.parent.iterdir()] == ["text.txt"]


def test_extensions_are_followed_on_the_screen(capsys, tmp_path):
    first, later = tmp_path / "first.txt", tmp_path / "later.txt"
    first.write_text(
        "17 October 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo, "
        "Syria, on Thursday, 20 October 2016, from 8 am to 4 pm.", encoding="utf-8",
    )  # fmt: skip
    later.write_text(
        "19 October 2016\n\nThe Russian Defence Ministry has extended the humanitarian pause in "
        "Aleppo until 19:00.", encoding="utf-8",
    )  # fmt: skip
    _, out, _ = ask(capsys, "read", first, later)
    said = " ".join(out.split())
    assert "later.txt extends first.txt" in said
    assert "The hours that stand: 20 October 2016, 08:00 to 19:00." in said
    later.write_text(
        "19 October 2016\n\nThe Russian Defence Ministry called off the humanitarian pause in "
        "Aleppo.", encoding="utf-8",
    )  # fmt: skip
    status, out, err = ask(capsys, "read", first, later)
    assert status == 0
    assert "Nothing of first.txt stands." in out
    assert err == ""
    assert ask(capsys, "read", later)[0] == 3


class Terminal:
    """A person at a terminal."""

    def __init__(self, text):
        self.pid, self.end = pty.fork()
        if not self.pid:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # shells ignore it for what runs behind
            os.environ["COLUMNS"] = "90"
            words = [sys.executable, "-m", "safepassage.cli", "read", str(text), "--review"]
            os.execv(sys.executable, words)  # noqa: S606
        self.said = ""

    def wait_for(self, words, seconds=60):
        until = time.monotonic() + seconds
        while words not in self.said:
            if not select.select([self.end], [], [], max(0, until - time.monotonic()))[0]:
                raise AssertionError(f"{words!r} was not said in:\n{self.said}")
            try:
                self.said += os.read(self.end, 65536).decode()
            except OSError as error:
                raise AssertionError(f"{words!r} was not said in:\n{self.said}") from error

    def answer(self, question, keys):
        self.wait_for(question)
        self.said = self.said.partition(question)[2]
        os.write(self.end, keys.encode())

    def done(self):
        while True:
            try:
                data = os.read(self.end, 65536)
            except OSError:
                break
            if not data:
                break
            self.said += data.decode()
        os.close(self.end)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


KEYS = "q ends: "


def test_a_person_accepts_corrects_and_blanks_and_ctrl_c_keeps_it(text):
    person = Terminal(text)
    person.answer("role or initials: ", "\n")  # asked again
    person.answer("role or initials: ", "observer\n")
    person.answer(KEYS, "\n")
    person.answer(KEYS, "c\n")
    person.answer(": ", "\n")  # goes back
    person.answer(KEYS, "b\n")
    person.answer(KEYS, "x\n")  # no such key: asked again
    person.answer(KEYS, "c\n")
    person.answer("issuer: ", "General Staff\n")
    person.answer(KEYS, "\x03")
    status = person.done()
    assert status == 130
    assert "3 decisions are stored in" in " ".join(person.said.split())
    stored = decisions(text)
    assert [(f, each["decision"]) for f, each in stored.items()] == [
        ("kind", "accepted"), ("called", "blanked"), ("issuer", "corrected"),
    ]  # fmt: skip
    assert {each["by"] for each in stored.values()} == {"observer"}
    assert read_file(text).issuer == "General Staff"


def test_ctrl_c_before_a_decision_says_that_nothing_was_stored(text):
    person = Terminal(text)
    person.answer("role or initials: ", "\x03")
    assert person.done() == 130
    assert "nothing new was stored" in person.said
    assert not text.with_name("text.txt.review.json").exists()


def test_a_pasted_text_is_read_in_under_five_seconds(tmp_path):
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "safepassage.cli", "read", str(RUSSIAN), str(SYRIAN)],
        check=True, capture_output=True, timeout=60, cwd=tmp_path,
    )  # fmt: skip
    assert time.monotonic() - started < 15  # 5 s is the aim; a busy machine is slow to start


def stored(text, decision):
    """Store a decision as another program might, about the text as it stands."""
    review = {
        "schema_version": "1.0", "kind": "review", "text_name": text.name,
        "text_sha256": read_file(text, with_review=False).text_sha256,
        "decisions": [{"decision": "corrected", "by": "A", "at": "2026-01-01T00:00:00Z",
                       **decision}],
    }  # fmt: skip
    text.with_name(f"{text.name}.review.json").write_text(json.dumps(review), encoding="utf-8")


@pytest.mark.parametrize(
    "decision",
    [
        {"field": "colour", "decision": "blanked"},
        {"field": "windows", "after": {}},
        {"field": "windows", "after": [{"start": "2016-11-04T09:00", "end": "2016-11-04T19:00",
                                        "recurrence": None, "colour": 1}]},
        {"field": "windows", "decision": "accepted", "after": [{"end": 7}]},
        {"field": "place", "after": {"name": "X", "lat": 999, "lon": 1}},
        {"field": "place", "after": {"name": "X", "lat": float("nan"), "lon": 1}},
        {"field": "place", "after": {"name": " ", "lat": None, "lon": None}},
        {"field": "corridors.total", "after": True},
        {"field": "announced_on", "after": 1478044800},
    ],
)  # fmt: skip
def test_a_stored_decision_of_another_shape_is_named(capsys, text, decision):
    stored(text, decision)
    status, out, err = ask(capsys, "read", text)
    assert (status, out) == (2, "")
    assert f"is no review that can be read ({decision['field']}: " in err


def test_a_review_as_long_as_no_review_is_refused_unread(capsys, text):
    beside = text.with_name("text.txt.review.json")
    beside.write_bytes(b" " * 10_000_001)
    assert "it is longer than 10 MB" in ask(capsys, "read", text)[2]


@pytest.mark.parametrize(
    "said",
    [
        "from 9 am on 4 November 2016.",
        "on 4 November 2016 from 9 am to 7 pm. We call on the armed groups to let\x07\n"
        "all civilians go " + "and go " * 90 + "home.",
    ],
)
def test_all_that_is_read_can_be_accepted_and_read_again(capsys, tmp_path, said):
    text = tmp_path / "text.txt"
    text.write_text(
        "2 November 2016\n\nThe army announced a humanitarian pause in Aleppo, Syria, " + said,
        encoding="utf-8",
    )
    before = read_file(text).as_json()
    assert ask(capsys, "read", text, "--accept-all", "--by", "A")[0] == 0
    after = read_file(text).as_json()
    assert after["windows"] == before["windows"] != []
    assert after["appeals"] == before["appeals"]
    assert ask(capsys, "read", text)[0] == 0


@pytest.mark.parametrize(
    "value",
    [
        "windows=;", "windows={}", "windows=2016-11-04T09:00/2016-11-06T19:00 daily",
        'place={"name": "X", "lat": 999, "lon": 1}', "place=1,2", "place==1,2",
        "guarantors= ; ", "destinations=armed=",
    ],
)  # fmt: skip
def test_what_says_nothing_is_no_value(capsys, text, value):
    status, _, err = ask(capsys, "read", text, "--set", value, "--by", "A")
    assert status == 2
    assert value.partition("=")[0] in err
    assert not text.with_name("text.txt.review.json").exists()


def test_one_field_is_decided_on_once(capsys, text):
    words = ("--set", "weapons=keep", "--set", "weapons=light", "--blank", "tz", "--blank", "tz")
    _, _, err = ask(capsys, "read", text, *words, "--by", "A")
    assert "weapons: is decided on twice" in err
    assert "tz: is decided on twice" in err


def test_what_another_stored_meanwhile_is_kept(text):
    declaration = read_file(text, with_review=False)
    mine = theirs = review_of(declaration, text)
    theirs = theirs.with_decision(blanked(declaration, "tz", by="B"))
    save_review(text, theirs)
    for field in ("weapons", "kind"):
        mine = mine.with_decision(blanked(declaration, field, by="A"))
        save_review(text, mine)
    assert list(decisions(text)) == ["tz", "weapons", "kind"]


def test_many_at_once_lose_nothing(text):
    declaration = read_file(text, with_review=False)
    start = threading.Barrier(8)

    def store(number):
        start.wait()
        save_review(text, review_of(declaration, text).with_decision(
            blanked(declaration, FIELDS[number], by="A")))  # fmt: skip

    threads = [threading.Thread(target=store, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(decisions(text)) == set(FIELDS[:8])


def test_a_review_without_decisions_says_nothing(capsys, text):
    beside = text.with_name("text.txt.review.json")
    review = {"text_name": "text.txt", "text_sha256": "x", "decisions": []}
    beside.write_text(json.dumps(review), encoding="utf-8")
    status, out, _ = ask(capsys, "read", text)
    assert status == 0
    assert "review" not in out


def test_nothing_turns_the_direction_of_writing_round(capsys, text):
    ask(capsys, "read", text, "--set", "issuer=\u202e00:91 to 00:90\u2066", "--by", "A")
    _, out, _ = ask(capsys, "read", text)
    assert "�00:91 to 00:90�" in out


def test_a_file_name_cannot_command_the_terminal(capsys, tmp_path):
    _, _, err = ask(capsys, "read", tmp_path / "x\x1b[31m\u202ey")
    assert "x�[31m�y: is not there" in err


def test_a_text_that_a_person_calls_a_calling_off_announces_nothing(capsys, text):
    status, _, err = ask(capsys, "read", text, "--set", 'change={"what": "cancels"}', "--by", "A")
    assert status == 3
    assert "text.txt: calls a pause off, and announces none." in err


def test_it_is_said_of_which_text_nothing_stands(capsys, tmp_path):
    first, off = tmp_path / "first.txt", tmp_path / "off.txt"
    first.write_text(
        "MOSCOW, Nov 2, 2016. Russia's defence ministry announced a humanitarian pause in Aleppo "
        "on 4 November 2016 from 9:00 to 19:00 local time.",
        encoding="utf-8",
    )
    off.write_text(
        "МОСКВА, 4 ноября 2016 года. Министерство обороны России объявило, что гуманитарная "
        "пауза в Алеппо отменена.",
        encoding="utf-8",
    )
    _, out, err = ask(capsys, "read", first, off)
    assert "Nothing of first.txt stands." in out
    assert err == ""


def test_a_narrow_terminal_cuts_no_word(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    for texts in ([RUSSIAN], [RUSSIAN, SYRIAN]):
        _, out, _ = ask(capsys, "read", *texts)
        table = out.partition("Open questions")[0]
        assert max(map(len, out.splitlines())) <= 40
        assert not re.search(r"\w…", table)


def test_a_text_whose_name_leaves_no_room_for_a_review_is_read(capsys, text):
    long = text.with_name("ح" * 124 + ".txt")
    text.rename(long)
    assert ask(capsys, "read", long)[0] == 0
    status, _, err = ask(capsys, "read", long, "--blank", "tz", "--by", "A")
    assert status == 2
    assert "(File name too long); nothing was stored" in err


def test_a_clash_says_whose_reading_it_rests_on(capsys, text):
    ask(capsys, "read", text, "--set", "weapons=light", "--by", "AB")
    _, out, _ = ask(capsys, "read", text, SYRIAN)
    said = " ".join(out.split())
    assert "fighters may carry light weapons only, as reviewed by AB" in said
    ask(capsys, "read", text, "--set", "windows=2016-11-04T01:00/02:00", "--by", "CD")
    _, out, _ = ask(capsys, "read", text, SYRIAN)
    assert "01:00 on 4 November 2016 to 02:00, as reviewed by CD" in " ".join(out.split())
