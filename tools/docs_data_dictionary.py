"""Write docs/data-dictionary.md: every file, key and column, from the tables that the code goes by.

Documents come from the JSON Schemas, tables from the columns that write them. What a key means is
taken from its schema, from the page that tells of the document, or from docs_meanings.csv.

python tools/docs_data_dictionary.py [--check]
"""

from __future__ import annotations

import csv
import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docs_pages import DOCS, written
from pages import table

from safepassage.forecast import codebook
from safepassage.ledger.events import KINDS
from safepassage.publish import hxl_tables, layers, record_columns, tables
from safepassage.publish.redaction import policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Key", "documents", "keys_of", "page"]

SCHEMAS = Path(tables.__file__).parents[1] / "base" / "schemas"
MEANINGS = Path(__file__).with_name("docs_meanings.csv")

ROWS = {"ceasefires", "curve", "incidents", "planned_actual", "timetable", "waves"}
"""Schemas of one row of a table, as text; their tables are told with their columns."""

HEAD_KEYS = ("schema_version", "kind", "tool", "inputs", "attribution")

UNITS = {
    "_m": "m", "_km": "km", "_min": "min", "_seconds": "s", "_ha": "ha", "_km2": "km²",
    "_per_min": "people a minute", "_per_min_per_lane": "people a minute and lane",
    "_m_per_s": "m/s", "_kmh": "km/h", "_share": "0 to 1", "minutes": "min", "seconds": "s",
    "lat": "°", "lon": "°", "latitude": "°", "longitude": "°", "people": "people",
    "_person_minutes": "person-minutes", "_mb": "MB", "_signs": "signs",
}  # fmt: skip
"""How a name ends → the unit: names say theirs."""

HEAD = """# Data dictionary

Every file that a command writes, every key and every column of it: name, type, unit, what it means.
Made from the tables that the program itself goes by; a test finds it stale. The keys of `case.toml`
stand in [writing a case](case.md), how a version may change in [versions](versioning.md).

Times without an offset are local, on the clock of the case (`case.tz`); a time that ends in `Z` is
UTC. *Public, partners*: what becomes of a key before these readers get it (`keep`, `drop`, `count`,
`hour`, `delay`: [who may see what](redaction.md)); those inside get all. `low`, `best`, `high` are
one figure as an interval: no fewer than, the best figure, no more than. What is not known is null
or left out, in tables an empty cell; it is never zero.

## What every document begins with

"""


class Key(NamedTuple):
    """Hold a key's whole name, its schema, and whether it may be null."""

    name: str
    schema: Mapping[str, Any]
    nullable: bool


@cache
def documents() -> dict[str, dict[str, Any]]:
    """Read every schema of a JSON document, by its name."""
    return {
        name: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(SCHEMAS.glob("*.schema.json"))
        if (name := path.name.removesuffix(".schema.json")) not in ROWS
    }


def _resolved(
    schema: Mapping[str, Any], whole: Mapping[str, Any]
) -> tuple[Mapping[str, Any], bool]:
    """Follow references; tell whether it may be null."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        inner, nullable = _resolved(whole["$defs"][name], whole)
        return {**inner, **{key: each for key, each in schema.items() if key != "$ref"}}, nullable
    options = schema.get("anyOf") or schema.get("oneOf") or ()
    if {"type": "null"} in options:
        others = [each for each in options if each != {"type": "null"}]
        if len(others) == 1:
            inner = _resolved(others[0], whole)[0]
            return {**inner, **{key: each for key, each in schema.items()
                                if key not in {"anyOf", "oneOf"}}}, True  # fmt: skip
    return schema, "null" in schema.get("type", ()) and schema.get("type") != "null"


def keys_of(
    schema: Mapping[str, Any], whole: Mapping[str, Any], told: frozenset[str], path: str = ""
) -> Iterator[Key]:
    """Go through the keys of a schema, down to those that are ``told`` or hold no others."""
    inner, nullable = _resolved(schema, whole)
    items = inner.get("items")
    if items and path not in told and _below(_resolved(items, whole)[0]):
        yield from keys_of(items, whole, told, f"{path}[]")
        return
    below = _below(inner)
    if path and (path in told or not below or _interval(below)):
        yield Key(path, inner, nullable)
        return
    for name, each in below.items():
        yield from keys_of(each, whole, told, f"{path}.{name}" if path else name)


def _interval(below: Mapping[str, Any]) -> bool:
    return {"low", "best", "high"} <= set(below) <= {"low", "best", "high", "source"}


def _below(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    found: dict[str, Any] = dict(schema.get("properties", {}))
    for part in ("oneOf", "anyOf", "allOf"):
        for option in schema.get(part, ()):
            found |= option.get("properties", {})
    return found


@cache
def _meanings() -> dict[tuple[str, str], str]:
    """Read what keys mean: those of pages that tell of a document, and those of the CSV table."""
    found = {("precedents", each.name): each.meaning for each in codebook.COLUMNS}
    rows = csv.DictReader(MEANINGS.read_text(encoding="utf-8").splitlines())
    found |= {(row["document"], row["key"]): row["meaning"] for row in rows}
    for name in documents():
        page = DOCS / f"{name}.md"
        if page.is_file():
            found |= {(name, key): told for key, told in _rows(page) if told}
    return found


def _rows(page: Path) -> Iterator[tuple[str, str]]:
    """Give the rows of a page's tables whose columns are key and meaning."""
    inside = False
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        inside = line.startswith("|") and (
            inside or [c.strip() for c in cells] == ["key", "meaning"]
        )
        if inside and len(cells) == 2 and cells[0].strip().startswith("`"):
            yield cells[0].strip().strip("`"), cells[1].strip().replace("\\|", "|")


def meaning(document: str, key: Key) -> str:
    """Say what a key means, empty where nothing says it."""
    name, told_of = key.name, _meanings()
    leaf, ends = re.split(r"[.\]]", name)[-1], "_".join(name.split(".")[-2:])
    own = [(document, each) for each in (name, f"{name}.best", ends, leaf)]
    told = next((told_of[where] for where in own if where in told_of), "")
    described = str(key.schema.get("description", ""))
    if document != "event":  # whose parts are described once for all that hold them
        told = described or told
    return told or described or told_of.get(("*", name), "") or told_of.get(("*", leaf), "")


def kind_of(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    """Say in words what values a key has."""
    schema, _ = _resolved(schema, whole)
    if _interval(_below(schema)):
        return ", ".join(_below(schema))
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return " / ".join(f"`{each}`" for each in values if each is not None)
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(dict.fromkeys(kind_of(each, whole) for each in options))
    kind = schema.get("type", "")
    kinds = [each for each in ([kind] if isinstance(kind, str) else kind) if each != "null"]
    return " or ".join(_worded(each, schema, whole) for each in kinds) or "any"


def _worded(kind: str, schema: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    if kind == "array":
        items = schema.get("items")
        return f"list of {kind_of(items, whole)}" if items else "list"
    if kind == "string":
        return _text(str(schema.get("pattern", "")), str(schema.get("format", "")))
    words = {"integer": "whole number", "boolean": "true or false"}
    return words.get(kind, kind)


FORMS = {"date-time": "time, UTC", "date": "day", "uuid": "UUID"}
PATTERNS = (
    (r"\^(?:\[0-9\][+*]|\[1-9\]\[0-9\]\*)\$", "whole number"),
    (r"\^(?:-\?)?\[0-9\]\+\(", "number"),
    (r".*\{64\}", "64 hexadecimal digits"),
    (r".*T\[0-9\]\{2\}:.*Z\$", "time, UTC"),
    (r".*T\[0-9\]\{2\}:", "local time"),
    (r"\^\(?\[0-9\]\{(?:1,)?4\}-\[0-9\]", "day"),
)
"""What the pattern of a text looks like → what the text is."""


def _text(pattern: str, form: str) -> str:
    pattern = pattern.replace("\\d", "[0-9]")
    found = (told for shape, told in PATTERNS if re.match(shape, pattern))
    return FORMS.get(form) or next(found, "text")


def unit_of(name: str, kind: str) -> str:
    """Say the unit that a name tells, longest ending first; none for text."""
    if "number" not in kind and "low, best" not in kind:
        return ""
    leaf = re.split(r"[.\]]", name.removesuffix("[]"))[-1]
    leaf = re.sub(r"_(?:low|best|high)$", "", leaf)
    for end in sorted(UNITS, key=len, reverse=True):
        if leaf == end.lstrip("_") or (end.startswith("_") and leaf.endswith(end)):
            return UNITS[end]
    return ""


def document_part(name: str, schema: Mapping[str, Any]) -> str:
    """Write the section of one document."""
    told = frozenset(key for where, key in _meanings() if where == name)
    found = [key for key in keys_of(schema, schema, told)
             if key.name.partition(".")[0].partition("[")[0] not in HEAD_KEYS]  # fmt: skip
    version = schema.get("$id", "").rpartition(":")[2]
    return f"### {name}\n\n{schema['description']} Schema `{name}.schema.json`, {version}.\n\n" + (
        _keys(name, schema, found)
    )


def seen(document: str, key: str) -> str:
    """Say what the public and partners get of a key: by its own row, else by the nearest above."""
    rows = [(re.sub(r"\[\w+\]", "[]", row.field), f"{row.public}, {row.partners}")
            for row in policy() if row.document in {document.replace("-", " "), "*"}]  # fmt: skip
    if not any(row.document == document.replace("-", " ") for row in policy()):
        return ""
    within = [told for field, told in rows if re.match(rf"{re.escape(key)}(?:$|\.|\[)", field)]
    above = [(len(field), told) for field, told in rows if field.endswith(".**")
             and re.match(rf"{re.escape(field.removesuffix('.**'))}(?:$|\.|\[)", key)]  # fmt: skip
    found = within or ([max(above)[1]] if above else ["drop, drop"])
    return " or ".join(dict.fromkeys(found))


def _keys(name: str, whole: Mapping[str, Any], found: Iterable[Key]) -> str:
    rows = []
    for key in found:
        kind = kind_of(key.schema, whole)
        rows.append((f"`{key.name}`", kind + " or null" * key.nullable, unit_of(key.name, kind),
                     seen(name, key.name), meaning(name, key)))  # fmt: skip
    return _table(("key", "type", "unit", "public, partners", "meaning"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a table without the columns in which nothing stands."""
    rows = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    full = [i for i in range(len(head)) if any(row[i] for row in rows)]
    return table(*(tuple(row[i] for i in full) for row in (head, *rows))) + "\n"


def event_part() -> str:
    """Write the kinds of a ledger's events: what all of them hold, and what each holds besides."""
    schema = documents()["event"]
    kinds = {each["properties"]["kind"]["const"]: each for each in schema["$defs"].values()
             if "kind" in each.get("properties", {})}  # fmt: skip
    common = set.intersection(*(set(each["properties"]) for each in kinds.values())) - {"kind"}
    parts = [
        f"### event\n\n{schema['description']} Schema `event.schema.json`. Every kind holds:\n"
    ]
    for kind in ("", *KINDS):
        own = kinds[kind or KINDS[0]]
        found = [Key(name, *_resolved(each, schema)) for name, each in own["properties"].items()
                 if (name in common) == (not kind) and name != "kind"]  # fmt: skip
        deeper = [
            inner for key in found for inner in keys_of(key.schema, schema, frozenset(), key.name)
        ]
        shown = [Key(inner.name, inner.schema, inner.nullable) for inner in deeper]
        title = f"#### `{kind}`\n\n{own.get('description', '')}\n\n" if kind else ""
        parts.append(title + _keys("event", schema, shown))
    return "\n".join(parts)


def _row_schema(name: str) -> dict[str, Any]:
    return dict(json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")))


def table_parts() -> Iterator[str]:
    """Write every table, a section each."""
    plain = {"curve": tables.CURVE_COLUMNS, "waves": tables.WAVES_COLUMNS,
             "timetable": tables.TIMETABLE_COLUMNS}  # fmt: skip
    for name, columns in plain.items():
        schema = _row_schema(name)
        yield f"### {name}.csv\n\n{schema['description']}\n\n" + _columns(schema, columns.items())
    yield "curve.csv has `passed_ID`, too: people past each civilian corridor by the schedule.\n"
    recorded = {"ceasefires": record_columns.CEASEFIRES, "incidents": record_columns.INCIDENTS,
                "planned_actual": record_columns.PLANNED_ACTUAL}  # fmt: skip
    for name, found in recorded.items():
        schema = _row_schema(name)
        given = ((each.name, f"{each.meaning} ({each.origin})") for each in found)
        yield f"### {name}.csv\n\n{schema['description']}\n\n" + _columns(schema, given)
    for name, tagged in hxl_tables.TABLES.items():
        rows = ((f"`{each.name}`", each.tag, unit_of(each.name, "number"), each.means)
                for each in tagged)  # fmt: skip
        yield (f"### {name}.hxl.csv\n\nA sheet of tables.xlsx, too. Row two has the tags.\n\n"
               + _table(("column", "HXL tag", "unit", "meaning"), rows))  # fmt: skip
    yield ("### precedents\n\nA table of one's own, for `--with`, and what `record --add-to` writes"
           " ([precedents](precedents.md)).\n\n"
           + _table(("column", "meaning"),
                    ((f"`{each.name}`", each.meaning) for each in codebook.COLUMNS)))  # fmt: skip


def _columns(schema: Mapping[str, Any], columns: Iterable[tuple[str, str]]) -> str:
    rows = []
    for name, told in columns:
        kind = kind_of(schema["properties"].get(name, {"type": "string"}), schema)
        rows.append((f"`{name}`", kind, unit_of(name, kind), told))
    return _table(("column", "type", "unit", "meaning"), rows)


def layer_part() -> str:
    """Write the layers of a map and their columns."""
    named = {
        "crossings": layers._CROSSING_COLUMNS, "zones": layers._ZONE_COLUMNS,  # noqa: SLF001
        "zone_areas": layers._ZONE_COLUMNS, "routes": layers._ROUTE_COLUMNS,  # noqa: SLF001
    }  # fmt: skip
    rows = ((name, f"`{column}`", unit_of(column, "number"), told)
            for name, columns in named.items() for column, told in columns.items())  # fmt: skip
    return _table(("layer", "column", "unit", "meaning"), rows)


def page() -> str:
    """Write the page."""
    found = documents()
    first = found["plan"]
    head = [key for key in keys_of(first, first, frozenset())
            if key.name.partition(".")[0].partition("[")[0] in HEAD_KEYS]  # fmt: skip
    parts = [HEAD + _keys("head", first, head), "## Tables\n", *table_parts()]
    parts += [
        "## Layers of a map\n\nGeoPackage, GeoJSON (RFC 7946) and KML hold the same columns.\n",
        layer_part(),
    ]
    parts += ["## Documents\n", *(document_part(name, each) for name, each in found.items()
                                  if name != "event")]  # fmt: skip
    return "\n".join([*parts, "## Events of a ledger\n", event_part()]).rstrip() + "\n"


def untold() -> list[tuple[str, str]]:
    """List the keys that nothing tells the meaning of."""
    made = page()
    found, name = [], ""
    for line in made.splitlines():
        name = line.removeprefix("### ") if line.startswith("### ") else name
        if line.startswith("| `") and line.endswith("|  |"):
            found.append((name, line.split("`")[1]))
    return found


if __name__ == "__main__":
    sys.exit(written("data-dictionary.md", page))
