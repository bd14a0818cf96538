"""Set each statement's terms beside its text, every term tied to its highlighted words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from safepassage.declaration.wording import LABELS, fields_stated, told
from safepassage.publish.spoken import ENGLISH

if TYPE_CHECKING:
    from safepassage.publish.spoken import Spoken

__all__ = ["direction", "marked", "statements"]

_WHOLE = 8_000
"""Longest text that is shown whole [characters]; of a longer one, what stands near the words."""
_NEAR = 400


@dataclass(frozen=True, slots=True)
class _Span:
    """Hold a stretch of the text, the anchor that leads to it, and what it tells."""

    start: int
    end: int
    anchor: str
    label: str


def statements(declarations: list[dict[str, Any]], say: Spoken = ENGLISH) -> list[dict[str, Any]]:
    """Give each statement's terms in words, with links into its text, and the marked text."""
    return [_statement(each, number, say) for number, each in enumerate(declarations)]


def _statement(declaration: dict[str, Any], number: int, say: Spoken) -> dict[str, Any]:
    text = declaration.get("text") or ""
    rows, spans = [], []
    for field in fields_stated(declaration):
        words = []
        for key, each in _evidence(declaration, field):
            here = bool(each["quote"]) and text[each["start"] : each["end"]] == each["quote"]
            anchor = f"said-{number}-{key.replace('.', '-').replace('_', '-')}" if here else ""
            words.append({"quote": " ".join(each["quote"].split()), "anchor": anchor,
                          "set_by": each.get("set_by")})  # fmt: skip
            if here:
                label = Markup(say.retold(LABELS[field])).striptags()  # noqa: S704 - only words
                spans.append(_Span(each["start"], each["end"], anchor, label))
        rows.append(
            {"label": LABELS[field], "value": told(field, declaration[field]), "words": words}
        )
    return {
        "issuer": declaration.get("issuer") or "Issuer not stated",
        "name": declaration.get("text_name") or "",
        "rows": rows,
        "text": marked(text, spans) if spans else Markup(),
        "dir": direction(text),
        "reviewed_told": _reviewed(declaration.get("reviewed"), say),
    }


def _reviewed(reviewed: dict[str, Any] | None, say: Spoken) -> Markup:
    """Tell who looked a text through, and how many terms were decided."""
    if not reviewed:
        return Markup()
    if reviewed["status"] != "applied":
        return say("The text has changed since it was looked through; what was decided then is "
                   "not used.")  # fmt: skip
    many = len(reviewed["fields"])
    told = say("Looked through by {names}: {n} term accepted, corrected or left unknown."
               if many == 1 else
               "Looked through by {names}: {n} terms accepted, corrected or left unknown.",
               names=say.listed(reviewed["by"]), n=many)  # fmt: skip
    return told + say.mark("announced")


def _evidence(declaration: dict[str, Any], field: str) -> list[tuple[str, dict[str, Any]]]:
    """Give the words of a field's parts, or of the whole where it has none; each quote once."""
    found = {
        key: each
        for key, each in (declaration.get("evidence") or {}).items()
        if key == field or key.startswith(f"{field}.")
    }
    parts = {key: each for key, each in found.items() if key != field} or found
    once: dict[tuple[str, int], tuple[str, dict[str, Any]]] = {}
    for key, each in parts.items():
        once.setdefault((each["quote"], each["start"]), (key, each))
    return list(once.values())


def direction(text: str) -> str:
    """Tell which way a text runs: as most of its letters do."""
    kinds = [unicodedata.bidirectional(sign) for sign in text[:4000]]
    rightward = sum(kind in {"R", "AL"} for kind in kinds)
    return "rtl" if rightward > kinds.count("L") else "ltr"


def marked(text: str, spans: list[_Span]) -> Markup:
    """Mark stretches of a text, each with its anchor; a mark that crosses another is cut there."""
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    pieces: list[str | Markup] = []
    open_: list[int] = []
    at = 0
    for first, last in _shown(text, ordered):
        if first > at:
            pieces.append(" […] ")
        at = first
        for span in (each for each in ordered if first <= each.start < last):
            at = _closed(text, at, span.start, open_, pieces)
            pieces.append(escape(text[at : span.start]))
            at = span.start
            pieces.append(Markup('<mark id="{}" title="{}">').format(span.anchor, span.label))
            open_.append(min(span.end, *open_, last))
        at = _closed(text, at, last, open_, pieces)
        pieces.append(escape(text[at:last]))
        at = last
    if at < len(text):
        pieces.append(" […]")
    return Markup().join(pieces)


def _closed(text: str, at: int, until: int, open_: list[int], pieces: list[str | Markup]) -> int:
    """Close the marks that end up to an offset, the innermost first; tell how far that led."""
    while open_ and open_[-1] <= until:
        end = open_.pop()
        pieces.append(escape(text[at:end]))
        pieces.append(Markup("</mark>"))
        at = end
    return at


def _shown(text: str, spans: list[_Span]) -> list[tuple[int, int]]:
    """Give the stretches of the text to show: all of it, or what stands near the words."""
    if len(text) <= _WHOLE:
        return [(0, len(text))]
    near: list[tuple[int, int]] = []
    for span in spans:
        first = text.rfind(" ", 0, max(0, span.start - _NEAR)) + 1
        last = text.find(" ", span.end + _NEAR)
        last = len(text) if last < 0 else last
        if near and first <= near[-1][1]:
            near[-1] = near[-1][0], max(near[-1][1], last)
        else:
            near.append((first, last))
    return near
