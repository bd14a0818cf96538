"""Show what was announced on one screen: terms, clashes, open questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safepassage.base.signs import without_controls
from safepassage.declaration import conflicts, questions, standing, versions
from safepassage.declaration.wording import LABELS, fields_stated, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from safepassage.declaration import Declaration

__all__ = ["harmless", "show_declarations"]

_SURE = 0.8
_MOST_BESIDE = 3
"""Most texts shown side by side; with more, each has its own table."""
_NARROWEST = 14
"""Narrowest column for a text's terms [signs]; the terms' names take two."""
_CLASHES_ON = {"corridors.total": "corridors", "corridors.civilian": "corridors",
               "corridors.armed": "corridors", "destinations.civilian": "destinations"}  # fmt: skip


def harmless(text: str) -> str:
    """Write text so that neither a terminal nor the markup of its tables takes it for commands."""
    return escape(without_controls(text))


def show_declarations(read: Sequence[Declaration]) -> None:
    """Show each text's terms with their words, where they clash, and what is open."""
    console = Console(highlight=False)
    clashes = conflicts(read)
    beside = 1 < len(read) <= _MOST_BESIDE and console.width >= _NARROWEST * (len(read) + 2)
    if beside:
        console.print(_beside(read, {_CLASHES_ON.get(c.field, c.field) for c in clashes}))
    else:
        for declaration in read:
            console.print(_one(declaration))
    followed = list(_followed(read))
    defined = _definitions(read) if beside else []
    for title, lines, style in (
        ("By the UN's definition", defined, ""),
        ("Which text follows which", followed, ""),
        ("Where the statements clash", [clash.sentence for clash in clashes], "red"),
        ("Open questions", _in_one_breath(questions(read)), "yellow"),
        ("Read, but not settled", list(_remarks(read)), "dim"),
    ):
        if lines:
            console.print(_lines(title, lines, style))


def _lines(title: str, lines: Iterable[str], style: str) -> Group:
    body = [
        Padding(Text(f"• {without_controls(line)}", style=style), (0, 0, 0, 2)) for line in lines
    ]
    return Group(Text(title, style="bold"), *body)


def _in_one_breath(asked: Sequence[str]) -> list[str]:
    """Join questions into one paragraph; what is told about the texts stays apart."""
    short = " ".join(each for each in asked if each.endswith("?"))
    return [*(each for each in asked if not each.endswith("?")), *([short] if short else [])]


def _one(declaration: Declaration) -> Table:
    data = declaration.as_json()
    table = Table(box=None, pad_edge=False, title=_title(declaration), title_justify="left",
                  title_style="bold reverse")  # fmt: skip
    table.add_column("", style="bold", no_wrap=True)
    table.add_column("read as", ratio=2, overflow="fold")
    table.add_column("in the text's words", ratio=3, style="dim", overflow="fold")
    for field in fields_stated(data):
        value = harmless(told(field, data[field]))
        table.add_row(LABELS[field], value, harmless(_words(declaration, field)))
    return table


def _title(declaration: Declaration) -> Text:
    return Text(without_controls(f" {declaration.text_name} {_set_by(declaration)}"))


def _set_by(declaration: Declaration) -> str:
    known = declaration.reviewed
    if known is None:
        return ""
    if known.status == "stale":
        return "(its review is of another version and was not applied) "
    return f"(reviewed by {', '.join(known.by)}) "


def _words(declaration: Declaration, field: str) -> str:
    """Quote the words a field came from; a question mark where the reader is less sure."""
    quotes = []
    for key, each in declaration.evidence.items():
        if key.split(".")[0] != field:
            continue
        sure = "" if each.confidence >= _SURE else " (?)"
        by = f" [{each.set_by}]" if each.set_by else ""
        quote = f"“{' '.join(each.quote.split())}”" if each.quote else "no words"
        quotes.append(f"{quote}{sure}{by}")
    return " … ".join(dict.fromkeys(quotes))


def _beside(read: Sequence[Declaration], clashing: set[str]) -> Table:
    """Set the texts side by side, one column each; what they clash on is marked."""
    data = [declaration.as_json() for declaration in read]
    stated = {field for each in data for field in fields_stated(each)}
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column("", style="bold", no_wrap=True)
    for declaration in read:
        table.add_column(harmless(_title(declaration).plain.strip()), ratio=1, overflow="fold")
    for field in (name for name in LABELS if name in stated and name != "definition"):
        style = "red" if field in clashing else ""
        mark = "≠ " if field in clashing else ""
        values = [harmless(_cell(field, each)) for each in data]
        table.add_row(f"{mark}{LABELS[field]}", *values, style=style)
    return table


def _definitions(read: Sequence[Declaration]) -> list[str]:
    """Tell, once each, what the United Nations' definitions say; a table of one text has it."""
    defined = (declaration.as_json()["definition"] for declaration in standing(read))
    return list(dict.fromkeys(told("definition", each) for each in defined if each))


def _cell(field: str, data: dict[str, Any]) -> str:
    return told(field, data[field]) or "–"


def _followed(read: Sequence[Declaration]) -> Iterable[str]:
    """Tell which text extends, changes or calls off which, and the hours that stand."""
    verbs = {"extends": "extends", "changes": "changes", "cancels": "calls off"}
    for pause in versions(read):
        for link in pause.links:
            words = f": “{' '.join(link.quote.split())}”" if link.quote else "."
            yield f"{link.later} {verbs[link.how]} {link.earlier}{words}"
        if pause.called_off and pause.links:
            yield f"Nothing of {pause.texts[0].text_name} stands."
        elif pause.links:
            hours = told("windows", pause.declaration.as_json()["windows"])
            yield f"The hours that stand: {hours or 'unknown'}."


def _remarks(read: Sequence[Declaration]) -> Iterable[str]:
    for declaration in read:
        for remark in declaration.remarks:
            yield f"{declaration.text_name}: {remark}" if len(read) > 1 else remark
