"""Make the readiness checklist: one A4 page as HTML, and the same as Markdown."""

from __future__ import annotations

import re
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

from safepassage.base.files import write_together
from safepassage.base.signs import without_controls
from safepassage.publish.page import STILL_POLICY, template
from safepassage.publish.wording import clock, day

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["checklist_html", "checklist_markdown", "write_checklist"]

_STATUSES = {"disputed": "disputed", "open": "open", "partly": "partly", "settled": "settled"}
_SIZE_PT, _LINES = 7.1, 120
"""Of this type, about so many lines fit into the two columns of one sheet (measured)."""
_SMALLEST_PT, _LARGEST_PT = 6.2, 8.0
_PARTS = (
    ("Settle first: left open, people may be killed, forced or held", 1),
    ("Then: left open, people may be hurt or turned back", 2),
    ("And: left open, people may be late or lost", 3),
)


def checklist_html(document: dict[str, Any]) -> str:
    """Make one self-contained page that prints in black and white and needs no script.

    Parameters
    ----------
    document
        Readiness as ``readiness.schema.json`` has it.

    """
    page = template("checklist.html.j2", finalize=_shown)
    return page.render(document=document, view=_view(document), policy=STILL_POLICY)


def checklist_markdown(document: dict[str, Any]) -> str:
    """Make the same as Markdown, with why each question matters and full references."""
    view = _view(document)
    lines = [f"# {_plain(document['case']['title'])}: readiness", "", view["summary"], ""]
    lines += [f"> {document['note']}", ""]
    for each in document["reviews"]:
        lines += [f"> {_plain(each['told'])}", ""]
    for part in view["parts"]:
        lines += [f"## {part['title']}", ""]
        for each in part["questions"]:
            lines += _item(each)
    lines += ["## References", ""]
    for number, each in enumerate(view["references"], start=1):
        link = f" <{each['url']}>" if each["url"] else ""
        lines.append(f"{number}. {_cited(each)}{link}")
    lines += ["", view["seen_note"], ""]
    if document["attribution"]:
        lines += [f"Credit: {'; '.join(_plain(each) for each in document['attribution'])}.", ""]
    return "\n".join(lines)


def _item(each: dict[str, Any]) -> list[str]:
    box = "x" if each["status"] == "settled" else " "
    lines = [
        f"- [{box}] **{each['question']}** ({each['status']})",
        f"  {_plain(each['answer'])}",
    ]
    lines += [
        f"  - {_plain(said['who'])}: “{_plain(said['words'])}” ({_plain(said['text_name'])})"
        for said in each["said"]
    ]
    if each["source"]:
        lines.append(f"  - Source: {_plain(each['source'])}")
    lines += [f"  - Why: {each['why']}", f"  - Guidance: {each['cites']}", ""]
    return lines


def _plain(text: str) -> str:
    """Keep signs of Markdown and HTML in a text from taking effect, and lines together."""
    marked = re.sub(r"([\\`*_\[\]#|])", r"\\\1", " ".join(without_controls(text).split()))
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write_checklist(document: dict[str, Any], folder: Path) -> list[Path]:
    """Write ``checklist.html`` and ``checklist.md`` together, the page first.

    Raises
    ------
    InputError
        If the folder cannot be written to.

    """
    return write_together(
        folder,
        {
            "checklist.html": checklist_html(document),
            "checklist.md": checklist_markdown(document),
        },
    )


def _shown(value: Any) -> Any:
    """Keep a quoted sign that turns writing round from reaching beyond its quote."""
    return without_controls(value) if type(value) is str else value


def _view(document: dict[str, Any]) -> dict[str, Any]:
    """Group the questions and number the references as pages show them."""
    numbers: dict[str, int] = {}
    for question in document["questions"]:
        for place in question["references"]:
            numbers.setdefault(place["id"], len(numbers) + 1)
    questions = [
        {
            **each, "cites": _cites(each["references"], numbers), "voices": _voices(each["said"]),
        }
        for each in document["questions"]
    ]  # fmt: skip
    parts = [
        {"title": title, "questions": [
            each for each in questions
            if each["gravity"] == gravity and each["status"] != "settled"
        ]}
        for title, gravity in _PARTS
    ]  # fmt: skip
    settled = [each for each in questions if each["status"] == "settled"]
    parts.append({"title": "Settled: stated, and nothing read contradicts it",
                  "questions": settled})  # fmt: skip
    return {
        "summary": _summary(document), "parts": [part for part in parts if part["questions"]],
        "references": [document["references"][name] for name in numbers],
        "cited": [_cited(document["references"][name]) for name in numbers],
        "seen_note": _seen_note(document["references"], numbers), "hours": _hours(document),
        "size_pt": _size_pt(questions),
    }  # fmt: skip


def _lines(questions: list[dict[str, Any]]) -> int:
    """Estimate the lines that the questions take in a column of the page."""
    return sum(
        ceil((len(each["question"]) + len(each["cites"]) + 8) / 62)
        + ceil((len(each["answer"]) + len(each["source"])) / 68)
        + ceil(sum(len(said["words"]) + 15 for said in each["said"]) / 80)
        * (each["status"] != "settled")
        for each in questions
    )


def _size_pt(questions: list[dict[str, Any]]) -> float:
    """Choose the type with which everything fits on one sheet, if any that can be read does."""
    fits = _SIZE_PT * sqrt(_LINES / max(_lines(questions), 1))
    return round(min(_LARGEST_PT, max(_SMALLEST_PT, fits)), 2)


def _voices(said: list[dict[str, str]]) -> dict[str, list[str]]:
    """Gather the words quoted by who said them."""
    voices: dict[str, list[str]] = {}
    for each in said:
        voices.setdefault(each["who"], []).append(each["words"])
    return voices


def _cites(places: list[dict[str, str]], numbers: dict[str, int]) -> str:
    return "; ".join(
        f"[{numbers[place['id']]}] {place['section']}".strip().replace(" ", "\u00a0")
        for place in places
    )


def _cited(reference: dict[str, Any]) -> str:
    year = f" {reference['year']}" if reference["year"] else ""
    mark = {"text": "", "contents": "*", "no": "**"}[reference["seen"]]
    return f"{reference['publisher']}{year}, {reference['title']}{mark}."


def _seen_note(references: dict[str, dict[str, Any]], numbers: dict[str, int]) -> str:
    seen = {references[name]["seen"] for name in numbers}
    notes = []
    if "contents" in seen:
        notes.append("* Only its summary or list of contents was looked up for this list.")
    if "no" in seen:
        notes.append("** Not looked up for this list.")
    return " ".join(notes)


def _summary(document: dict[str, Any]) -> str:
    counts = document["counts"]
    told = [f"{counts[status]} {word}" for status, word in _STATUSES.items()]
    return f"Of {sum(counts.values())} questions: {', '.join(told[:-1])} and {told[-1]}."


def _hours(document: dict[str, Any]) -> str:
    """Tell in one line from when until when, or that it is not known."""
    announced = document["worked_out"]["hours"]["announced"]
    if announced is None:
        return "hours not stated"
    start, end = announced["start"], announced["end"]
    last = clock(end) if start[:10] == end[:10] else f"{day(end)}, {clock(end)}"
    return f"{day(start)}, {clock(start)} to {last} local time"
