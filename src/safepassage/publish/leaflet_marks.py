"""Mark what may not be handed out, or not yet, on pages, in messages, scripts and file names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from safepassage.publish.distribution import NOT_FOR_DISTRIBUTION
from safepassage.publish.tongue import languages, tongue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.publish.tongue import Tongue

__all__ = ["BEGIN", "DRAFT", "END", "Marks", "released_line"]

DRAFT = "DRAFT"
BEGIN, END = "<!--mark-->", "<!--/mark-->"
"""Around a mark in a page: what a release takes away."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Hold what is written on everything: ``kind`` is not for distribution, draft, or empty."""

    kind: str
    exercise: bool = False
    released_by: str = ""

    @property
    def told(self) -> str:
        """Write the marks in every language that there is."""
        return " · ".join(
            dict.fromkeys(tongue(each, "UTC")(word) for word in self._words for each in languages())
        )

    @property
    def _words(self) -> tuple[str, ...]:
        return (*(["EXERCISE"] if self.exercise else []), *([self.kind] if self.kind else []))

    def before(self, say: Tongue) -> str:
        """Write the marks in front of a message, in its own language, with a blank after them."""
        return "".join(f"{say(word)} " for word in self._words)

    def named(self, name: str) -> str:
        """Put the marks into the name of a file, in front."""
        return "".join(f"{word.replace(' ', '-')}." for word in self._words) + name

    def head(self, say: Tongue, reasons: Sequence[str]) -> Markup:
        """Write what stands on top of a page."""
        why = Markup()
        if self.kind == NOT_FOR_DISTRIBUTION:
            why = Markup("<p>{}</p>").format(" ".join([
                say("It may not be handed out, read out or sent, because of this:"), *reasons
            ]))  # fmt: skip
        elif self.kind:
            why = Markup("<p>{}</p>").format(
                say("Nobody has released it: it may not yet be handed out, read out or sent.")
            )
        return self._between(self._band() + why, say)

    def foot(self, say: Tongue) -> Markup:
        """Write what stands at the end of a page."""
        return self._between(self._band(), say, last=True)

    def _band(self) -> Markup:
        return Markup('<p class="band">{}</p>').format(self.told) if self._words else Markup()

    def _between(self, what: Markup, say: Tongue, *, last: bool = False) -> Markup:
        if self.released_by and last:
            what += released_line(self.released_by, say)
        begin, end = Markup(BEGIN), Markup(END)  # noqa: S704 - written above
        return begin + Markup('<div class="mark">{}</div>').format(what) + end


def released_line(role: str, say: Tongue) -> Markup:
    """Write who released a page."""
    return Markup('<p class="released">{}</p>').format(say("Released by {who}.", who=role))
