"""docs/case.md names every key, with its default, and its cases load and plan."""

import re
import tomllib

import pytest
from pydantic import BaseModel

from city.extracts import helsinki
from docs.papers import blocks, tables
from safepassage.base.errors import InputError
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case import Case, load_case
from safepassage.case.model import DEFAULT_GROUPS
from safepassage.city import build_city

CASES = blocks("case.md", "toml", "complete")
KEYS = ("key", "type", "unit", "default", "meaning")


def model_in(annotation):
    """Find the table that a field holds, alone or in a list; and whether it is a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    listed = getattr(annotation, "__origin__", None) is tuple
    for inner in getattr(annotation, "__args__", ()):
        found, deeper = model_in(inner)
        if found:
            return found, listed or deeper
    return None, False


def fields(model, prefix=""):
    for name, field in model.model_fields.items():
        key = f"{prefix}{field.alias or name}"
        inner, listed = model_in(field.annotation)
        if inner is LowBestHigh or inner is None:
            yield key, field, None
        else:
            yield key, field, inner
            yield from fields(inner, f"{key}{'[]' if listed else ''}.")


def default_of(field, inner):
    """Write a default as the page does."""
    if field.is_required():
        return "required"
    value = field.default
    plain = {None: "none", "": "empty", (): "empty", DEFAULT_GROUPS: "families on foot"}
    if isinstance(value, LowBestHigh):
        return f"`{{ low = {value.low:g}, best = {value.best:g}, high = {value.high:g} }}`"
    if inner is not None and value not in plain:
        return "as below"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float):
        return f"`{value:g}`"
    return plain.get(value, f'`"{value}"`')


def test_every_key_stands_in_the_table_with_its_default():
    rows = tables("case.md", *KEYS)
    written = {row["key"].strip("`"): row["default"] for row in rows}
    assert len(written) == len(rows), "a key stands twice"
    intervals = {key: written.pop(key) for key in ("low", "best", "high", "source")}
    assert intervals == {"low": "`best`", "best": "middle", "high": "`best`", "source": "empty"}
    assert written == {key: default_of(field, inner) for key, field, inner in fields(Case)}


def test_every_row_says_what_it_means():
    assert all(row["type"] and row["meaning"] for row in tables("case.md", *KEYS))


def test_types_in_the_table_are_those_of_the_model():
    kinds = {
        "text": {"str"}, "interval": {"LowBestHigh", "LowBestHigh | None"},
        "yes/no": {"bool"}, "local time": {"datetime", "datetime | None"},
        "path": {"Path", "Path | None"}, "day": {"date", "date | None"},
    }  # fmt: skip
    told = {row["key"].strip("`"): row["type"] for row in tables("case.md", *KEYS)}
    for key, field, inner in fields(Case):
        kind = told[key].split(",")[0].split(" above")[0].split(" in ")[0]
        shown = re.sub(r"safepassage\.base\.lowbesthigh\.|datetime\.", "", str(field.annotation))
        shown = getattr(field.annotation, "__name__", shown).replace("pathlib.", "")
        if kind in kinds:
            assert shown in kinds[kind], key
        elif kind in {"number", "whole number"}:
            plain = {"number": "float", "whole number": "int"}[kind]
            assert shown in {plain, f"{plain} | None"}, key
        elif kind in {"table", "list of tables"}:
            assert inner is not None, key
            assert (model_in(field.annotation)[1]) == (kind != "table"), key
        elif " or " in kind or told[key].startswith("`"):
            options = set(field.annotation.__args__)
            assert {str(option) for option in options} == set(told[key].replace("`", "").replace(
                " or ", ", ").split(", ")), key  # fmt: skip
        else:
            lists = {"paths", "text", "pairs of numbers", "four numbers"}
            assert kind.removeprefix("list of ") in lists, key


@pytest.fixture
def folder(tmp_path):
    """Write the files that the page's cases name."""
    for name in ("helsinki.osm.pbf", "finland.osm.pbf", "roads.gpkg"):
        (tmp_path / name).write_bytes(helsinki().read_bytes())
    for name in ("zones.csv", "links.csv", "districts.csv", "events.csv"):
        (content,) = blocks("case.md", "csv", name)
        (tmp_path / name).write_text(content, encoding="utf-8")
    for name in ("low.tif", "people.tif", "high.tif"):
        (tmp_path / name).write_bytes(b"named, not read")
    (tmp_path / "damage.csv").write_text("lat,lon,grading\n60.17,24.94,Destroyed\n", "utf-8")
    return tmp_path


def write(folder, content):
    (folder / "case.toml").write_text(content, encoding="utf-8")
    return str(folder)


def test_the_page_has_its_two_cases():
    assert len(CASES) == 3
    ten_lines = [line for line in CASES[0].splitlines() if line and line != "[[corridors]]"]
    assert len(ten_lines) == 10 + 1  # and the head of the corridor's table


@pytest.mark.parametrize("number", range(len(CASES)))
def test_complete_cases_load_and_have_a_city(folder, number):
    loaded = load_case(write(folder, CASES[number]))
    city = build_city(loaded)
    assert city.people.best > 0
    assert len(city.crossings) == 1


@pytest.mark.parametrize("part", blocks("case.md", "toml", "part"))
def test_parts_fit_into_a_case(folder, part):
    drop = "people = " if "people = " in part and "[[" not in part else "\0"
    drop = "city = " if part.startswith(("city = ", "[city]")) else drop
    base = "\n".join(line for line in CASES[0].splitlines() if not line.startswith(drop))
    content = f"{part}\n{base}" if part[0] != "[" else f"{base}\n{part}"
    tomllib.loads(content)
    assert load_case(write(folder, content)).case


def test_every_toml_block_is_marked():
    assert len(blocks("case.md", "toml")) == len(CASES) + len(blocks("case.md", "toml", "part"))


@pytest.mark.parametrize("column", ["name", "lat", "lon"])
def test_columns_called_needed_are(folder, column):
    rows = {row["column"]: row["needed"] for row in tables(
        "case.md", "column", "needed", "unit", "meaning")}  # fmt: skip
    assert rows[f"`{column}`"] == "yes"
    (content,) = blocks("case.md", "csv", "zones.csv")
    (folder / "zones.csv").write_text(content.replace(column, "other", 1), encoding="utf-8")
    with pytest.raises(InputError, match=f"lacks the columns {column}"):
        build_city(load_case(write(folder, CASES[1])))


def test_weights_need_people(folder):
    table = ["id,name,lat,lon,weight", "near,Near,36.2027,37.2,1", "middle,Middle,36.2081,37.2,2"]
    (folder / "zones.csv").write_text("\n".join([*table, "far,Far,36.2189,37.2,3"]), "utf-8")
    with pytest.raises(InputError, match="gives weights"):
        build_city(load_case(write(folder, CASES[1])))
    city = build_city(load_case(write(folder, "people = 601\n" + CASES[1])))
    assert city.zones.best.tolist() == [100, 200, 301]
