from __future__ import annotations

import csv
import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docs.papers import text as page
from ledger.ledgers import NOW, each_kind, events, said
from lengths import at_length
from safepassage.base.errors import InputError
from safepassage.ledger.checkpoints import checkpoint, public_key
from safepassage.ledger.events import event_of, event_schema
from safepassage.ledger.exchange import COLUMNS, read_csv, read_jsonl, to_csv, to_jsonl
from safepassage.ledger.opening import bring_in, bring_out, open_ledger, open_record
from safepassage.ledger.sqlite import SqliteLedger
from safepassage.ledger.verify import verify
from safepassage.ledger.withdraw import sign_withdrawal, withdraw

KEYS = [Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (7, 8)]


def schema(name):
    return json.loads(
        (files("safepassage.base") / "schemas" / f"{name}.schema.json").read_text("utf-8")
    )


@pytest.fixture
def ledger(tmp_path):
    made = SqliteLedger.make(tmp_path / "a.ledger", administrators=[public_key(k) for k in KEYS])
    with made:
        rows = events(60)
        made.append(rows[:40], now=NOW)
        made.append(rows[40:], now=NOW)
        signatures = [sign_withdrawal(made, rows[3].id, "r", key) for key in KEYS]
        withdraw(made, rows[3].id, "r", signatures, now=NOW)
        yield made


def test_json_lines_make_the_same_ledger_again(ledger, tmp_path):
    mark = checkpoint(ledger, KEYS[0], now=NOW)
    bring_out(ledger.path, tmp_path / "out" / "a.jsonl")
    merged = bring_in(tmp_path / "out" / "a.jsonl", tmp_path / "again.ledger")
    assert merged.added == 61
    with open_ledger(tmp_path / "again.ledger") as again:
        assert list(again.entries()) == list(ledger.entries())
        assert again.head == ledger.head
        assert verify(again, mark, key=public_key(KEYS[0])).whole
        assert "".join(to_jsonl(again)) == "".join(to_jsonl(ledger))
        again.append(events(12, start=30), now=NOW)  # and it goes on
        assert verify(again, mark).whole


def test_an_export_can_be_verified_by_itself(ledger, tmp_path):
    path = tmp_path / "a.jsonl"
    bring_out(ledger.path, path)
    assert verify(open_record(path)).whole
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in ((1, lines[1]), (30, lines[30])):
        row = json.loads(line)
        row["payload"]["source"] = "other"
        changed = [*lines[:number], json.dumps(row) + "\n", *lines[number + 1 :]]
        path.write_text("".join(changed), encoding="utf-8")
        assert verify(open_record(path)).first.sequence == number
    path.write_text("".join(lines[:-5]), encoding="utf-8")
    assert not verify(open_record(path)).whole  # the tombstone is cut off
    assert not verify(read_jsonl(path), checkpoint(ledger, KEYS[0])).whole


def test_what_leaves_fits_its_schema(ledger):
    lines = [json.loads(line) for line in to_jsonl(ledger)]
    jsonschema.validate(lines[0], schema("ledger"))
    event = jsonschema.Draft202012Validator(schema("event"))
    for line in lines[1:]:
        if line["payload"] is not None:
            event.validate(line["payload"])
    jsonschema.validate(checkpoint(ledger, KEYS[0]).as_json(), schema("checkpoint"))


def test_csv_goes_through_and_back(ledger, tmp_path):
    path = tmp_path / "a.csv"
    bring_out(ledger.path, path)
    rows = events(60)
    assert read_csv(path, exercise=False) == [row for n, row in enumerate(rows) if n != 3]
    merged = bring_in(path, tmp_path / "new.ledger", now=NOW)
    assert merged.added == 59
    assert bring_in(path, tmp_path / "new.ledger", now=NOW).already == 59
    back = bring_in(path, ledger.path, now=NOW)
    assert (back.added, back.already) == (0, 59)


def test_csv_has_names_and_hxl_tags(ledger):
    rows = list(csv.reader("".join(to_csv(ledger)).splitlines(keepends=True)))
    assert rows[0] == list(COLUMNS)
    assert rows[1] == list(COLUMNS.values())
    assert len(set(rows[1])) == len(rows[1])
    assert len(rows) == 2 + 61
    at = dict(zip(rows[0], rows[2], strict=True))
    assert (at["people_low"], at["people_best"], at["people_high"]) == ("38", "40", "45")
    assert dict(zip(rows[0], rows[5], strict=True))["kind"] == "withdrawn"


def test_every_field_has_a_column():
    fields = {name for each in event_schema()["$defs"].values() for name in each["properties"]}
    inside = {"low", "best", "high", "holds_responsible", "key", "signature"}
    people = {"people", "killed", "injured"}
    kept_in_json_lines = {"digest", "signatures"}
    assert fields - inside - people - kept_in_json_lines <= set(COLUMNS)
    assert {f"{name}_best" for name in people} <= set(COLUMNS)


def test_the_page_tells_every_tag():
    for name, tag in COLUMNS.items():
        stem, _, figure = name.rpartition("_")
        if stem not in {"people", "killed", "injured"}:
            assert f"`{name}` {tag}" in page("ledger.md"), name
        elif figure == "best":
            assert (
                f"`{stem}_low`, `{stem}_best`, `{stem}_high` {tag.removesuffix('+best')}"
                in page("ledger.md")
            )


def test_no_cell_runs_as_a_formula(tmp_path):
    words = ["=1+1", "+9", "-9", "@s", "'quoted'", "'=1", " =1", '"a",b', "a\nb", "  spaced "]
    rows = [event_of(said(n, kind="note", text=word)) for n, word in enumerate(words)]
    with SqliteLedger.make(tmp_path / "l") as ledger:
        ledger.append(rows, now=NOW)
        out = "".join(to_csv(ledger))
    cells = [row["text"] for row in csv.DictReader(out.splitlines(keepends=True))][1:]
    assert not [cell for cell in cells if cell.lstrip()[:1] in set("=+-@")]
    path = tmp_path / "x.csv"
    path.write_bytes(out.encode())
    assert read_csv(path, exercise=False) == rows


TEXTS = st.text(min_size=1, max_size=60)


@settings(
    max_examples=at_length(50, 150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(TEXTS, TEXTS, st.integers(0, 10**8), st.booleans())
def test_any_text_goes_through_both_formats_and_back(tmp_path, text, party, people, answered):
    try:
        rows = [
            event_of(said(1, kind="contact", text=text, party=party, answered=answered)),
            event_of(said(2, kind="incident", what="other", injured=people, place=party,
                          claims=[{"by": party, "holds_responsible": party}])),
        ]  # fmt: skip
    except InputError:
        return
    path = tmp_path / "any"
    path.unlink(missing_ok=True)
    with SqliteLedger.make(path) as ledger:
        try:
            ledger.append(rows, now=NOW)
        except InputError:
            return
        (tmp_path / "any.csv").write_bytes("".join(to_csv(ledger)).encode())
        (tmp_path / "any.jsonl").write_bytes("".join(to_jsonl(ledger)).encode())
        entries = list(ledger.entries())
    assert read_csv(tmp_path / "any.csv", exercise=False) == rows
    assert list(read_jsonl(tmp_path / "any.jsonl").entries()) == entries


def table(tmp_path, *lines):
    path = tmp_path / "t.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


COMMON = "2016-11-04T09:30:00+02:00,2016-11-04T09:31:00+02:00,team-1,tally sheet,observed"
NAMES = "id,kind,happened_at,known_at,source,means,status"


def test_a_table_that_somebody_made_by_hand_is_read(tmp_path):
    path = table(
        tmp_path, f"{NAMES},corridor,people_best,counted",
        f"{said(1)['id']},passage,{COMMON},castello,40,in all",
    )  # fmt: skip
    (event,) = read_csv(path, exercise=False)
    assert event.people.high == 40
    tagged = table(
        tmp_path, "a,b,c,d,e,f,g,h", "#meta+id,#event+type,#date+occurred,#date+known,#meta+source,"
        "#meta+means,#status+verification,#description", f"{said(1)['id']},note,{COMMON},Fog",
    )  # fmt: skip
    (event,) = read_csv(tagged, exercise=False)
    assert event.text == "Fog"


@pytest.mark.parametrize(
    ("names", "row", "message"),
    [
        (f"{NAMES},colour", f"{said(1)['id']},note,{COMMON},red", "column 'colour': is no column"),
        (NAMES, f"{said(1)['id']},note,{COMMON},", "line 2: has 8 cells, not 7"),
        (f"{NAMES},text", f"17,note,{COMMON},Fog", "line 2.id"),
        (f"{NAMES},text", f"{said(1)['id']},rumour,{COMMON},Fog", "line 2: Input tag"),
        (f"{NAMES},people_best", f"{said(1)['id']},passage,{COMMON},4.5", r"line 2\.people"),
        (f"{NAMES},ledger,text", f"{said(1)['id']},note,{COMMON},EXERCISE x,Fog", "exercise"),
        (NAMES, '"', "is no CSV"),
    ],
)
def test_a_faulty_table_is_told_by_its_lines_and_leaves_nothing(tmp_path, names, row, message):
    path = table(tmp_path, names, row)
    with pytest.raises(InputError, match=message):
        bring_in(path, tmp_path / "new.ledger")
    assert not (tmp_path / "new.ledger").exists()


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]\n", b"\xff\xfe", b'{"kind": "plan"}\n', b"null"]
)
def test_a_file_that_is_no_export_is_told_so(tmp_path, content):
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"line 1: is not the head|not written in UTF-8"):
        read_jsonl(path)


@pytest.mark.parametrize("change", [lambda s: s[:-40], lambda s: s + "{}\n", lambda s: s + "[]\n"])
def test_a_cut_off_export_is_told_by_its_line(ledger, tmp_path, change):
    path = tmp_path / "x.jsonl"
    path.write_text(change("".join(to_jsonl(ledger))), encoding="utf-8")
    with pytest.raises(InputError, match=r"line 6[23]: is no entry"):
        bring_in(path, tmp_path / "new.ledger")


def test_an_export_says_that_it_is_an_exercise(tmp_path):
    with SqliteLedger.make(tmp_path / "x", exercise=True) as ledger:
        ledger.append([event_of(row) for row in each_kind()], now=NOW)
        path = tmp_path / "x.csv"
        path.write_bytes("".join(to_csv(ledger)).encode())
    assert path.read_text(encoding="utf-8").count("EXERCISE ") == len(each_kind())
    assert len(read_csv(path, exercise=True)) == len(each_kind())
    with pytest.raises(InputError, match="Keep exercises apart"):
        read_csv(path, exercise=False)


def test_other_endings_are_refused_and_nothing_written(ledger, tmp_path):
    with pytest.raises(InputError, match=r"neither \.jsonl nor \.csv"):
        bring_out(ledger.path, tmp_path / "o" / "a.jsonl", tmp_path / "o" / "a.xlsx")
    assert not Path(tmp_path / "o").exists()


def test_an_address_is_told_without_its_password():
    with pytest.raises(InputError, match="is no address of a ledger") as caught:
        open_ledger("mysql://me:secret@host/db")
    assert "secret" not in str(caught.value)
    with pytest.raises(InputError, match="cannot be reached") as caught:
        open_ledger("postgresql://me:secret@127.0.0.1:1/db")
    assert "secret" not in str(caught.value)
