"""Tell what a language's catalogue lacks, of what pages say and of what documents hold.

    python tools/catalogue.py ar [plan.json forecast.json ask.json …]

Without documents: what code and templates say. With them also each sentence of theirs in which
English is left when it is said again, names and quotes apart. Exit status 1 if anything is lacking.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, nodes

import safepassage.publish as package
from safepassage.publish.retold import known, retold
from safepassage.publish.tongue import tongue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.publish.tongue import Tongue

ROOM = Path(package.__file__).parent

SENTENCES = {
    "plan": (
        "headline.*", "warnings.*", "protection.*", "ceiling_note", "likely_to_come",
        "protection_check.*.finding", "protection_check.*.level", "protection_check.*.text",
        "protection_check.*.basis", "assumptions.*.text", "consent.*.status",
        "window.cuts.*.reason", "declarations.*.definition.text", "conflicts.*.text",
        "schedule.order.choice", "schedule.order.text", "schedule.order.cost.text",
        "schedule.families", "optimum.certificate.text", "groups.*.excluded", "not_moved.*.text",
        "left_behind.note", "left_behind.rows.*.changes.*.text", "equity.formula",
        "go_stop.note", "go_stop.cards.*.items.*.asks", "robust.rule", "safety.setback_from.*",
        "bottleneck.*.text", "hazards.*.effect",
    ),
    "forecast": (
        "because", "caution", "ceiling_note", "likely", "conditions.*.text", "effects.*.text",
        "drivers.*.unknown", "assumptions.*",
    ),
    "ask": ("headline.*", "changes.*.change", "changes.*.note", "limits.*", "meaning.*"),
}  # fmt: skip
"""Where documents hold sentences of ours that the brief shows, by kind of document."""

_NAMING = frozenset(
    {
        "name", "zone_name", "party", "stated_by", "issuer", "source", "text_name", "destination",
        "controlled_near", "controlled_far", "by", "case", "place", "on_order_of",
    }
)  # fmt: skip
_OWN_WORDS = re.compile(r"«[^»]*»|“[^”]*”|\(\u2068[^\u2069]*\u2069\)$")
"""Quotes, and the source behind a note of the case."""
_LATIN = re.compile(r"[A-Za-z]{3,}")
_STAND = re.compile(
    r"safepassage ask|city\.mode|walk|vehicle|shuttles|[\w-]+\.(?:csv|json|txt|toml)"
)
"""Commands, keys and files, which are called the same in every language."""


def said() -> Iterator[str]:
    """Give each text that code and templates say, both of ``say(one if … else other)``."""
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _called(node) in {"say", "self"}:
                yield from _constants(node.args[0])
    for path in sorted(ROOM.glob("templates/*.j2")):
        tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "say":
                yield from _consts(call.args[0])


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_constants(node.body), *_constants(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _consts(node: nodes.Expr) -> Iterator[str]:
    if isinstance(node, nodes.CondExpr):
        yield from _consts(node.expr1)
        if node.expr2 is not None:
            yield from _consts(node.expr2)
    elif isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value


def sentences(document: dict[str, Any]) -> dict[str, str]:
    """Give the sentences of a plan, forecast or ask that the brief shows, with where they stand."""
    found: dict[str, str] = {}
    for path in SENTENCES[document["kind"]]:
        for text in _at(document, path.split(".")):
            found.setdefault(text, f"{document['kind']}: {path}")
    return found


def _at(value: Any, path: list[str]) -> Iterator[str]:
    if value is None:
        return
    if not path:
        if value:
            yield value
    elif path[0] == "*":
        for each in value:
            yield from _at(each, path[1:])
    else:
        yield from _at(value.get(path[0]), path[1:])


def names(value: Any) -> Iterator[str]:
    """Give what a document calls places, parties and sources: it stays in its own script."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key in _NAMING and isinstance(each, str):
                yield each
            else:
                yield from names(each)
    elif isinstance(value, list):
        for each in value:
            yield from names(each)


def lacking(document: dict[str, Any], say: Tongue, *own: str) -> dict[str, str]:
    """Give the sentences of a document in which English is left, each as it is said again.

    ``own`` are further words of the case itself.
    """
    stand = {name: "·" for name in (*names(document), *own) if name}
    found = {}
    for text in sentences(document):
        told = retold(text, say, names=stand)
        if not known(text, say, names=stand) or _english(told, text):
            found[text] = told
    return found


def _english(told: str, text: str) -> bool:
    if text.startswith(("Asked by", "Gini")):  # titles of what is cited
        return False
    return bool(_LATIN.search(_STAND.sub("", _OWN_WORDS.sub("", told))))


def main() -> int:
    """Read the command line and print what is lacking."""
    language, *paths = sys.argv[1:] or ["ar"]
    say = tongue(language, "UTC", isolating=True)
    missing = sorted({each for each in said() if each not in say.catalogue})
    for text in missing:
        print(f"not in the catalogue: {text}")
    left: dict[str, str] = {}
    for path in paths:
        left |= lacking(json.loads(Path(path).read_text(encoding="utf-8")), say)
    for text, told in left.items():
        print(f"English is left: {text}\n    said as: {told}")
    print(f"{len(missing)} not in the catalogue, {len(left)} with English left")
    return 1 if missing or left else 0


if __name__ == "__main__":
    sys.exit(main())
