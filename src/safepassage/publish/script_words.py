"""Give a brief's script its words in the page's language; English stands in the script itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepassage.publish.tongue import Entry, Tongue

__all__ = ["SCRIPT_SAYS", "script_words"]

_NOT_DRAWN = (
    "The map was not drawn yet when this was printed. Wait until it stands on the screen, and "
    "print again."
)
SCRIPT_SAYS = (
    "A minute", "Ceiling at least {n}", "Ceiling at most {n}", "Ceiling {n}", "Close", "Corridor",
    "Group", "Map", "Nothing is known to limit it at this minute.", "On the way", "Optimum {n}",
    "Passes", "Pause", "People",
    "People on the road by the minute; the same numbers stand in {file}",
    "People past the crossings by the minute; the same numbers stand in {file}",
    "Play", "Schedule {n}", "Sets out", "Show its waves",
    "The first {n} are shown; all stand in {file}.",
    "The map cannot be drawn on this device ({error}). The tables below hold all it shows.",
    _NOT_DRAWN,
    "Use Ctrl + scroll to zoom the map", "Use two fingers to move the map",
    "Use ⌘ + scroll to zoom the map", "Zone", "Zoom in", "Zoom out", "dusk {time}",
    "sunset {time}", "{left} of {n} people still inside at this minute", "{name} (assumed)",
    "{n} min", "{n} passed", "{n} waves, {people} people.", "{place} (armed groups)",
    "{share} in use",
)  # fmt: skip
"""Every text that the script says, as it stands in web/src; a test compares them."""


def script_words(say: Tongue) -> dict[str, Entry]:
    """Give what the script says in a language, or nothing for English.

    Texts that go with a count ``{n}`` have words for each kind of count, in the order of
    ``zero, one, two, few, many, other``.
    """
    if say.language == "en":
        return {}
    return {text: say.catalogue.get(text, text) for text in SCRIPT_SAYS}
