"""Make the page that says what to ask for, with its chart; and the folder it stands in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safepassage.base.files import write_together
from safepassage.base.signs import without_controls
from safepassage.publish.chart import Bar, bars
from safepassage.publish.found import answer_in
from safepassage.publish.page import STILL_POLICY, template
from safepassage.publish.sketch import sketch
from safepassage.publish.spoken import ENGLISH
from safepassage.publish.svg import WIDTH, for_both

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.publish.spoken import Spoken

__all__ = ["ask_chart", "ask_html", "ask_view", "asked_of", "write_ask"]


def ask_html(document: dict[str, Any]) -> str:
    """Make one self-contained page that prints in black and white and needs no script.

    Parameters
    ----------
    document
        What changes are worth, as ``ask.schema.json`` has it.

    """
    page = template("ask.html.j2", finalize=_shown)
    return page.render(document=document, view=ask_view(document), policy=STILL_POLICY)


def ask_view(document: dict[str, Any], say: Spoken = ENGLISH) -> dict[str, Any]:
    """Group the changes as pages show them, with their chart."""
    changes = document["changes"]
    return {
        "single": [each for each in changes if each["kind"] not in ("both", "lost")],
        "joined": [each for each in changes if each["kind"] == "both"],
        "lost": [each for each in reversed(changes) if each["kind"] == "lost"],
        "chart": for_both(lambda width: ask_chart(document, say, width=width)),
        "sketch": _sketch(document, say),
        "spread": any(_spread(each["people_gained"]) for each in changes),
    }


def _sketch(document: dict[str, Any], say: Spoken) -> Markup | None:
    """Draw where corridors might cross that nobody located, if the case says where."""
    places = [
        {**each, "name": _plain(say.retold(without_controls(each["name"])))}
        for each in document["places"]
    ]
    guessed = any(each["kind"] == "plausible" for each in places)
    if not guessed:
        return None
    return for_both(lambda width: sketch(places, document["zones"], width=width, say=say))


def asked_of(plan: dict[str, Any], folder: Path) -> dict[str, Any] | None:
    """Find the answer that ``ask`` wrote into a folder, if it is of this very plan.

    It is where case, inputs and usable hours are the same; anything else is left alone.
    """
    return answer_in(
        folder, "ask", plan,
        lambda found: (
            found["inputs"] == plan["inputs"]
            and found["out"]["best"] == plan["optimum"]["total"]
            and bool(ask_html(found))  # it holds all that is shown
        ),
    )  # fmt: skip


def ask_chart(
    document: dict[str, Any], say: Spoken = ENGLISH, *, width: int = WIDTH
) -> Markup:  # fmt: skip
    """Draw what single changes gain and what each corridor's loss costs, most first."""
    rows = sorted(
        (each for each in document["changes"] if each["kind"] != "both"),
        key=lambda each: -each["people_gained"]["best"],
    )
    return bars(
        [
            Bar(_plain(say.retold(without_controls(each["change"]))), **each["people_gained"],
                assumed=each["assumed"])
            for each in rows
        ],
        name="ask", title=say("What each change is worth"), width=width,
        unit=say("people past the crossings by closing, more or fewer than with nothing changed"),
    )  # fmt: skip


def write_ask(document: dict[str, Any], folder: Path) -> list[Path]:
    """Write ``ask.html`` and ``ask.json`` together, the page first.

    Raises
    ------
    InputError
        If the folder cannot be written to.

    """
    data = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return write_together(folder, {"ask.html": ask_html(document), "ask.json": data})


def _plain(words: str) -> str:
    """Give words without tags, for a picture."""
    return words.striptags() if isinstance(words, Markup) else words


def _spread(figures: dict[str, int]) -> bool:
    return figures["low"] != figures["high"]


def _shown(value: Any) -> Any:
    """Keep a sign that turns writing round from reaching beyond its text."""
    return without_controls(value) if type(value) is str else value
