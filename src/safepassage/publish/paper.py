"""Set the paper of a page that tells a plan: A4, and what runs along the foot of each sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from safepassage.publish.spoken import Spoken

__all__ = ["paper"]

_LONGEST = 70
_PAPER = """@page {{ size: A4; margin: 11mm 13mm 14mm;
@bottom-{near} {{ content: {case}; font: 7.5pt {fonts}; vertical-align: top; padding-top: 2mm }}
@bottom-center {{ content: {handling}; font: bold 7.5pt {fonts}; vertical-align: top; \
padding-top: 2mm }}
@bottom-{far} {{ content: counter(page) " / " counter(pages); font: 7.5pt {fonts}; \
vertical-align: top; padding-top: 2mm }} }}"""
_FONTS = 'system-ui, "Noto Sans", "Liberation Sans", "Page Arabic", sans-serif'


def paper(plan: dict[str, Any], say: Spoken) -> Markup:
    """Write the style of the paper: the case and its day, "Internal", the number of the page."""
    title, day = plan["case"]["title"], say.day(plan["window"]["announced"]["start"])
    short = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
    near, far = ("left", "right") if say.direction == "ltr" else ("right", "left")
    style = _PAPER.format(
        near=near, far=far, case=_string(f"{short} · {day}"),
        handling=_string(str(say("Internal.").striptags()).rstrip(".")), fonts=_FONTS,
    )  # fmt: skip
    return Markup(style)  # noqa: S704 - all that is the case's in it is escaped sign by sign


def _string(words: str) -> str:
    """Write words as a string of CSS that nothing in them can end."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in words) + '"'
