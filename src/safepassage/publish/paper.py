"""Set the paper of a page that tells a plan: A4, and what runs along the foot of each sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from safepassage.publish.spoken import Spoken

__all__ = ["paper", "still"]

_LONGEST = 70
_SCRIPT = re.compile(r"<script\b.*?</script>\s*", re.DOTALL)
_BUTTON = re.compile(r"</?button\b[^>]*>")
_PAPER = """@page {{ size: A4; margin: 10mm 13mm 13mm;
@bottom-{near} {{ content: {told}; font: 7.5pt {fonts}; vertical-align: top; padding-top: 2mm; \
width: 160mm; white-space: nowrap; text-align: {near} }}
@bottom-{far} {{ content: counter(page) " / " counter(pages); font: 7.5pt {fonts}; \
vertical-align: top; padding-top: 2mm; width: 24mm; text-align: {far} }} }}"""
_FONTS = 'system-ui, "Noto Sans", "Liberation Sans", "Page Arabic", sans-serif'


def paper(plan: dict[str, Any], say: Spoken) -> Markup:
    """Write the style of the paper: the case and its day, "Internal", the number of the page."""
    title = say.own(plan["case"]["title"]).striptags()
    day = say.day(plan["window"]["announced"]["start"]).striptags()
    short = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
    near, far = ("left", "right") if say.direction == "ltr" else ("right", "left")
    internal = str(say("Internal.").striptags()).rstrip(".")
    told = _string(f"{internal} · {short} · {day}")
    style = _PAPER.format(near=near, far=far, told=told, fonts=_FONTS)
    return Markup(style)  # noqa: S704 - all that is the case's in it is escaped sign by sign


def still(page: str) -> str:
    """Take the scripts and their data out of a page that is to be printed.

    What they draw stands in the page as pictures, so that a PDF needs no browser that runs them,
    and no time to wait for. Buttons lose their tags and keep their words.
    """
    return _BUTTON.sub("", _SCRIPT.sub("", page))


def _string(words: str) -> str:
    """Write words as a string of CSS that nothing in them can end."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in words) + '"'
