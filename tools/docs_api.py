"""Write docs/api.md: what Python and HTTP offer, from docstrings and the server's own words.

python tools/docs_api.py [--check]
"""

from __future__ import annotations

import inspect
import re
import sys
from collections import Counter
from typing import Any

from docs_pages import written
from docstring_parser import parse_from_object
from pages import table

import safepassage as sp
from safepassage.api.app import make_app
from safepassage.api.described import DOCUMENTS, described
from safepassage.api.desk import Settings
from safepassage.api.rights import RIGHTS, ROLES, Right
from safepassage.case import LoadedCase
from safepassage.declaration import Declaration
from safepassage.plan.ask import Worth
from safepassage.plan.estimate import Asked, Estimate
from safepassage.plan.model import Plan

HEAD = """# Python and HTTP

What may be relied upon, and how long, stands in [versions](versioning.md). All else is private.

## Python

"""
RESULTS = """### What is given and taken

Their fields may be read; they are frozen. Those of `Plan` that reach outside are the keys of
[plan.json](data-dictionary.md#plan).

"""
HTTP = """## HTTP

`safepassage serve` and `safepassage rehearse` answer these routes ([the server](server.md)). A
token is sent as `Authorization: Bearer TOKEN`; who has none is the public. The
same, for machines, is at `/openapi.json`.

"""
REFUSALS = """### Refusals

Every refusal is a `Faults`, with one of these statuses. Routes name others of their own.

"""
OBJECTS = """### Objects

Besides the documents of the [data dictionary](data-dictionary.md).

"""
_TYPES = (Asked, Declaration, Estimate, LoadedCase, Plan, Worth)
_WORDS = {"string": "text", "integer": "whole number", "boolean": "true or false"}


def _kept(head: tuple[str, ...], *rows: tuple[str, ...]) -> str:
    """Write a table without the columns in which nothing stands."""
    full = [i for i in range(len(head)) if any(row[i] for row in rows)]
    return table(*(tuple(row[i] for i in full) for row in (head, *rows)))


def _flat(text: str | None) -> str:
    return " ".join((text or "").split()).replace("``", "`")


def python_part() -> str:
    """Write each public name: how it is called, what it does, takes, gives and raises."""
    names = (_name(name) for name in sp.__all__ if name != "__version__")
    return "\n".join([*names, RESULTS, *(_result(each) for each in _TYPES)])


def _name(name: str) -> str:
    value = getattr(sp, name)
    told = parse_from_object(value)
    lines = [f"### `sp.{name}`", "", "```python signature", _signature(name, value), "```", ""]
    lines += [_prose(told), ""]
    if inspect.isclass(value):
        lines += [f"A kind of `{value.__mro__[1].__name__}`; exit status {value.exit_code}.", ""]
    if told.params:
        rows = ((f"`{each.arg_name}`", _flat(each.description)) for each in told.params)
        lines += [table(("takes", "which is"), *rows), ""]
    raised = ((f"`{each.type_name}`", _flat(each.description)) for each in told.raises)
    lines += [table(("raises", "when"), *raised), ""] if told.raises else []
    return "\n".join(lines)


def _prose(told: Any) -> str:
    parts = filter(None, (told.short_description, told.long_description))
    return "\n\n".join(parts).replace("``", "`")


def _signature(name: str, value: Any) -> str:
    if inspect.isclass(value):
        return f"class {name}({value.__mro__[1].__name__})"
    called = inspect.signature(value)
    lines, starred = [f"sp.{name}("], False
    for each in called.parameters.values():
        if each.kind is each.KEYWORD_ONLY and not starred:
            lines.append("    *,")
            starred = True
        default = getattr(each.default, "__name__", repr(each.default))
        ends = "" if each.default is each.empty else f" = {default}"
        lines.append(f"    {each.name}: {each.annotation}{ends},")
    return "\n".join([*lines, f") -> {called.return_annotation}"])


def _result(kind: type) -> str:
    told = parse_from_object(kind)
    meant = {
        name: _flat(each.description)
        for each in told.params
        for name in each.arg_name.split(", ")
    }  # fmt: skip
    rows = (
        (f"`{name}`", f"`{annotation}`", meant.get(name, ""))
        for name, annotation in kind.__annotations__.items()
        if not name.startswith("_") and "ClassVar" not in str(annotation)
    )
    said = f"From `{kind.__module__}`. {_prose(told)}"
    return "\n".join([f"#### `{kind.__name__}`", "", said, "",
                      _kept(("field", "type", "which is"), *rows), ""])  # fmt: skip


def http_part() -> str:
    """Write each route: who may use it, what it takes, what it gives."""
    told = described(make_app(Settings(plan={"corridors": []}, ledger="no.ledger")))
    routes = [told["paths"][right.path][right.method.lower()] for right in RIGHTS]
    said = Counter(
        (status, _flat(answer.get("description")))
        for route in routes for status, answer in route["responses"].items() if status >= "3"
    )  # fmt: skip
    usual = {each for each, times in said.items() if times > 1}
    rows = (
        (f"[`{right.method} {right.path}`](#{_anchor(right)})",
         "all" if right.roles == ROLES else ", ".join(right.roles), right.gives)
        for right in RIGHTS
    )  # fmt: skip
    return "\n".join([
        table(("route", "for", "gives"), *rows), "",
        *(_route(right, route, usual) for right, route in zip(RIGHTS, routes, strict=True)),
        REFUSALS + table(("status", "says"), *sorted(usual)), "",
        OBJECTS + "\n".join(_objects(told["components"]["schemas"])),
    ])  # fmt: skip


def _anchor(right: Right) -> str:
    return re.sub(r"[^a-z0-9_ -]", "", f"{right.method} {right.path}".lower()).replace(" ", "-")


def _route(right: Right, told: dict[str, Any], usual: set[tuple[str, str]]) -> str:
    lines = [f"### `{right.method} {right.path}`", "", told.get("description", "").strip(), ""]
    takes = [
        (f"`{each['name']}`", each["in"], _type(each.get("schema", {})),
         _flat(each.get("description")))
        for each in told.get("parameters", ())
    ] + [
        ("body", kind, _type(content.get("schema", {})), "")
        for kind, content in told.get("requestBody", {}).get("content", {}).items()
    ]  # fmt: skip
    if takes:
        lines += [_kept(("takes", "in", "type", "which is"), *takes), ""]
    gives = [
        (status, _flat(answer.get("description")).replace("Successful Response", ""),
         "; ".join(_contents(answer)))
        for status, answer in told["responses"].items()
        if (status, _flat(answer.get("description"))) not in usual
    ]  # fmt: skip
    return "\n".join([*lines, _kept(("status", "says", "as"), *gives), ""])


def _contents(answer: dict[str, Any]) -> list[str]:
    found = answer.get("content", {}).items()
    return [f"{kind}: {_type(each['schema'])}" if each.get("schema") else kind
            for kind, each in found]  # fmt: skip


def _objects(schemas: dict[str, Any]) -> list[str]:
    made = []
    for name, schema in sorted(schemas.items()):
        if name.partition(".")[0] in DOCUMENTS:
            continue
        rows = ((f"`{key}`", _type(each), _flat(each.get("description")))
                for key, each in schema.get("properties", {}).items())  # fmt: skip
        made += [f"#### `{name}`", "", _flat(schema.get("description")), "",
                 _kept(("key", "type", "which is"), *rows), ""]  # fmt: skip
    return made


def _type(schema: dict[str, Any]) -> str:
    """Say what a value is, in few words."""
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2].rpartition('.')[2]}`"
    if options := schema.get("anyOf") or schema.get("oneOf"):
        kinds = list(dict.fromkeys(_type(each) for each in options))
        events = "Passage" in str(options)
        return "an event of the ledger" if events and len(kinds) > 3 else " or ".join(kinds)
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{each}`" for each in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if schema.get("type") == "object" and "events" in schema.get("properties", {}):
        return "object: " + ", ".join(
            f"`{key}` ({_type(each)})" for key, each in schema["properties"].items()
        )
    kind = schema.get("type", "any")
    kind = " or ".join(kind) if isinstance(kind, list) else kind
    return _WORDS.get(kind, kind) + (f" ({schema['format']})" if "format" in schema else "")


def page() -> str:
    """Write the page."""
    return f"{HEAD}{python_part()}\n{HTTP}{http_part().rstrip()}\n"


if __name__ == "__main__":
    sys.exit(written("api.md", page))
