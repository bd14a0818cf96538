"""``safepassage precedents``: lists, filters, one in full, tables of one's own, JSON."""

import json
import re
from importlib.resources import files

import pytest
from jsonschema import validate
from rich.cells import cell_len

from forecast.rows import shared, table
from safepassage.cli import main
from safepassage.forecast.precedents import load_precedents

SCHEMA = json.loads(
    (files("safepassage.base") / "schemas" / "precedents.schema.json").read_text(encoding="utf-8")
)
ROWS = load_precedents().rows


@pytest.fixture(autouse=True)
def terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes(
        table(
            {
                "id": "ours", "place": "حلب الشرقية، سوريا", "escort": "neutral",
                "left_by_day": "D:2020-01-01=10@\x1b[31mRed\u202e counter|"
                "R:2020-01-02/2020-01-03=20..40@Observer|C:2020-01-03=50@Observer",
                "sources": "minutes of a meeting, item 4", **shared(0.05),
            },
        )
    )  # fmt: skip
    return str(path)


def ask(capsys, *words):
    status = main(["precedents", *words])
    out, err = capsys.readouterr()
    return status, out, err


def found(capsys, *words):
    status, out, _ = ask(capsys, *words, "--json")
    assert status == 0
    document = json.loads(out)
    validate(document, SCHEMA)
    return document


def test_all_are_listed_once_by_kind_and_say_which_are_pooled(capsys):
    status, out, err = ask(capsys)
    assert (status, err) == (0, "")
    listed = re.findall(r"^([\w.-]+) +\d{4}-\d\d-\d\d", out, re.MULTILINE)
    assert sorted(listed) == sorted(row.id for row in ROWS)
    assert re.search(r"^aleppo_pause_20161104 .* rejected +none +0 %", out, re.MULTILINE)
    assert re.search(r"^homs_oldcity_2014 .* all +neutral +47 to 57 %", out, re.MULTILINE)
    for kind in ("Voluntary: ", "Flight: ", "After defeat: ", "Convoy: "):
        assert out.count(f"{kind}") == 1
    assert "never pooled" in " ".join(out.split())


@pytest.mark.parametrize("words", [(), ("--show", "homs_oldcity_2014"), ("--kind", "flight")])
def test_a_terminal_of_80_columns_holds_it(capsys, words):
    _, out, _ = ask(capsys, *words)
    lines = [line for line in out.splitlines() if "://" not in line]  # addresses stay whole
    assert max(cell_len(line) for line in lines) <= 80


def test_a_long_id_is_folded_and_nothing_cut(capsys, tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(table({"id": "x" * 60, "consent": "in principle", **shared(0.004, 0.03)}))
    _, out, _ = ask(capsys, "--with", str(path), "--consent", "in principle")
    assert max(cell_len(line) for line in out.splitlines()) <= 80
    assert out.count("x") >= 60
    assert "share that left" in out
    assert "under 1 to 3 %" in out


def test_a_wide_terminal_tells_places_too(capsys, monkeypatch):
    assert "Old City, Homs" not in ask(capsys)[1]
    monkeypatch.setenv("COLUMNS", "140")
    assert "Old City, Homs" in ask(capsys)[1]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("--kind", "after defeat"), lambda row: row.codes["kind"] == "after defeat"),
        (("--consent", "rejected"), lambda row: row.codes.get("consent") == "rejected"),
        (("--escort", "neutral"), lambda row: row.codes.get("escort") == "neutral"),
        (("--place", "ALEPPO"), lambda row: "aleppo" in f"{row.place} {row.id}".lower()),
        (
            ("--kind", "voluntary", "--escort", "none", "--place", "aleppo"),
            lambda row: row.codes["kind"] == "voluntary" and row.codes.get("escort") == "none"
            and "Aleppo" in row.place,
        ),
    ],
)  # fmt: skip
def test_filters_keep_what_fits_them_all(capsys, words, kept):
    wanted = sorted(row.id for row in ROWS if kept(row))
    document = found(capsys, *words)
    assert sorted(row["id"] for row in document["precedents"]) == wanted
    assert wanted
    assert document["of"] == len(ROWS)
    assert document["filters"] == {
        words[i].removeprefix("--"): words[i + 1] for i in range(0, len(words), 2)
    }
    assert f"{len(wanted)} of {len(ROWS)} precedents." in ask(capsys, *words)[1]


def test_where_none_fits_it_says_so(capsys):
    status, out, _ = ask(capsys, "--place", "Atlantis")
    assert (status, out) == (0, f"None of {len(ROWS)} precedents is like that.\n")
    assert found(capsys, "--place", "Atlantis")["precedents"] == []


def test_one_in_full_has_counts_by_day_and_sources(capsys):
    status, out, _ = ask(capsys, "--show", "aleppo_corridors_jul_2016")
    assert status == 0
    flat = " ".join(out.split())
    assert "in all by 2016-07-30 169 Russian Ministry of Defence" in flat
    assert "in all by 2016-07-29 12 Syrian Observatory for Human Rights" in flat
    (row,) = [row for row in ROWS if row.id == "aleppo_corridors_jul_2016"]
    for source in row.texts["sources"].split():
        assert f"  {source}\n" in out
    for text in (row.texts["incidents"], row.texts["outcome"], row.texts["coding_note"]):
        assert " ".join(text.split()) in flat
    assert re.search(r"^people inside +200,000 to 300,000 *$", out, re.MULTILINE)
    assert re.search(r"^share that left +0 to under 1 % *$", out, re.MULTILINE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_one_can_be_shown(capsys, row):
    status, out, _ = ask(capsys, "--show", row.id)
    assert status == 0
    assert row.id in out


def test_json_holds_what_the_table_says(capsys):
    document = found(capsys, "--show", "homs_oldcity_2014")
    (row,) = document["precedents"]
    assert row["left_by_day"][2] == {
        "counted": "on", "since": "2014-02-09", "until": "2014-02-09",
        "people": {"low": 420, "high": 611}, "counter": None,
    }  # fmt: skip
    assert row["left_by_day"][4]["counted"] == "by"
    assert row["left_by_day"][4]["since"] is None
    assert row["share"]["low"] == pytest.approx(1400 / 3000)
    assert row["pooled"] is True
    assert row["conditions"]["guarantor"] is None
    assert len(row["sources"]) == 5


def test_all_of_json_fits_its_schema(capsys):
    document = found(capsys)
    assert [row["id"] for row in document["precedents"]] == [
        row.id for row in sorted(ROWS, key=lambda row: row.start.isoformat())
    ]
    assert document["inputs"][0]["name"] == "precedents.csv"


def test_a_table_of_ones_own_is_listed_and_shown_safely(capsys, mine):
    document = found(capsys, "--with", mine, "--place", "حلب")
    (row,) = document["precedents"]
    assert (row["id"], row["sources"]) == ("ours", ["minutes of a meeting, item 4"])
    assert [source["name"] for source in document["inputs"]] == ["precedents.csv", "mine.csv"]
    status, out, _ = ask(capsys, "--with", mine, "--show", "ours")
    assert status == 0
    assert out.startswith("حلب الشرقية، سوريا\n1 January 2020\n")
    assert not set("\x1b\u202e") & set(out)
    assert "2020-01-02 to 2020-01-03 20 to 40 Observer" in " ".join(out.split())


def test_bad_filters_are_told_together(capsys):
    status, out, err = ask(capsys, "--kind", "x", "--consent", "yes", "--escort", "un")
    assert (status, out) == (2, "")
    assert "3 things are wrong" in err
    assert "--kind: 'x' is not in the codebook. Codes: voluntary, flight, 'after defeat'" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--show", "homs_oldcity"), "Did you mean homs_oldcity_2014"),
        (("--show", "qqqq"), "`safepassage precedents` lists them"),
        (("--show", "homs_oldcity_2014", "--kind", "voluntary"), "Leave the filters out"),
        (("--show", ""), "is an empty name"),
        (("--place", " "), "is an empty name"),
        (("--with", "not-there.csv"), "not-there.csv: cannot be read"),
        (("--with", ""), "--with: is an empty name"),
    ],
)
def test_one_clear_message_and_exit_2(capsys, words, said):
    status, out, err = ask(capsys, *words)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert said in err


def test_faults_of_two_tables_are_told_together(capsys, tmp_path):
    for name, cells in (("a", {"kind": "x"}), ("b", {"left": "-1"})):
        (tmp_path / f"{name}.csv").write_bytes(table(cells))
    words = [word for name in "ab" for word in ("--with", str(tmp_path / f"{name}.csv"))]
    status, _, err = ask(capsys, *words)
    assert status == 2
    assert "a.csv, row 2, kind: 'x' is not in the codebook" in err
    assert "b.csv, row 2, left: is no number" in err


def test_help_says_what_codes_mean(capsys):
    status, out, _ = ask(capsys, "--help")
    assert status == 0
    for word in ("voluntary", "in principle", "neutral", "docs/precedents.md", "Example"):
        assert word in " ".join(out.split())


def test_short_ids_leave_the_heading_whole(capsys, tmp_path):
    path = tmp_path / "short.csv"
    path.write_bytes(table({"id": "a", "place": "Nowhereville", **shared(0.1)}))
    assert "precedent  from" in ask(capsys, "--with", str(path), "--place", "Nowhereville")[1]
