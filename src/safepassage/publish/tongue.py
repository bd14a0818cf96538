"""Say things in the reader's language: sentences from catalogues, numbers and times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import UnknownLocaleError, get_global
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from safepassage.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["DOMAIN", "Entry", "Tongue", "languages", "tongue"]

_RIGHT = frozenset({"R", "AL"})
_ISOLATES = frozenset("\u2066\u2067\u2068")
_SIGNS = ("+", "-", "−")
_KINDS_OF_COUNT = ("zero", "one", "two", "few", "many", "other")

Entry = str | tuple[str, ...]
"""What a catalogue has for a text: words, or words for each kind of count of its ``{n}``."""

DOMAIN = "safepassage"
"""Catalogues stand in ``publish/locale/LANGUAGE/LC_MESSAGES/`` under this name; English is the
source and needs none."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """Say things in one language, times on the clock of one place.

    Calling it gives a sentence of the catalogue, with its values put in; what the catalogue
    lacks stays English.
    """

    language: str
    locale: Locale
    zone: ZoneInfo
    catalogue: Mapping[str, Entry]
    isolating: bool = False
    """Whether names in another script are kept from turning a sentence round."""

    def __call__(self, text: str, /, **values: Any) -> str:
        """Say a sentence."""
        said = self.form(text, values.get("n", 0))
        if not values:
            return said
        return said.format(**{key: self.apart(each) for key, each in values.items()})

    def form(self, text: str, n: Any = 0) -> str:
        """Give a sentence, its values not yet put in, in the form that goes with a count."""
        entry = self.catalogue.get(text) or text
        return entry if isinstance(entry, str) else self._counted(entry, n)

    def _counted(self, forms: tuple[str, ...], n: Any) -> str:
        """Choose the words that go with a count, which may be written out."""
        number = abs(float(re.sub(r"[^\d.]", "", str(n)) or 0))
        kinds = [
            each for each in _KINDS_OF_COUNT if each in {*self.locale.plural_form.tags, "other"}
        ]
        return forms[kinds.index(self.locale.plural_form(number))]

    def apart(self, value: Any) -> Any:
        """Put words between Unicode's isolates where the sentence runs from right to left.

        What holds words of that script runs as the sentence does, whatever it begins with.
        """
        if not self.isolating or not isinstance(value, str) or self.direction == "ltr":
            return value
        if value.endswith("\u2069") and value.count("\u2069") == 1 and value[0] in _ISOLATES:
            return value  # it stands apart already
        if self.ours(value):
            return f"\u2067{value}\u2069"
        if value[:1] in _SIGNS:  # which else would stand behind its number
            return f"\u2066{value}\u2069"
        return f"\u2068{value}\u2069" if any(map(str.isalpha, value)) else value

    def ours(self, text: str) -> bool:
        """Tell whether a text holds words of a script that runs from right to left."""
        return self.direction == "rtl" and any(bidirectional(sign) in _RIGHT for sign in text)

    @property
    def direction(self) -> str:
        """Tell which way it is written, ``ltr`` or ``rtl``."""
        return str(self.locale.text_direction)

    def number(self, value: float | None) -> str:
        """Write a number; the digits are those of phones and forms in every language."""
        if value is None:
            return "–"
        return str(format_decimal(value, "#,##0.#", locale="en"))

    def people(self, value: Mapping[str, Any] | None) -> str:
        """Write a count of people: the best figure and what it lies between."""
        if value is None:
            return self("not known")
        low, best, high = value["low"], value["best"], value["high"]
        if best is None:  # few, and redacted
            return self("fewer than {n}", n=self.number(high + 1))
        if low == high:
            return self.number(best)
        return f"{self.number(best)} ({self._between(low, high)})"

    def _between(self, low: int, high: int) -> str:
        return self("{low} to {high}", low=self.number(low), high=self.number(high))

    def local(self, instant: str) -> datetime:
        """Put a moment of a document on the place's clock."""
        return datetime.fromisoformat(instant).astimezone(self.zone)

    def clock(self, instant: str | None) -> str:
        """Write hour and minute, local."""
        return f"{self.local(instant):%H:%M}" if instant else "–"

    def day(self, instant: str) -> str:
        """Write the date in words, months as they are called at the place."""
        return str(format_date(self.local(instant).date(), "d MMMM y", locale=self.locale))

    def when(self, instant: str | None, beside: str) -> str:
        """Write a moment: hour and minute, with the day where it is another than ``beside``."""
        if not instant:
            return "–"
        moment = self.local(instant)
        if moment.date() == self.local(beside).date():
            return f"{moment:%H:%M}"
        return f"{moment.day}/{moment.month} {moment:%H:%M}"

    def minutes(self, number: float | None) -> str:
        """Write how long something takes, or how old it is."""
        if number is None:
            return "–"
        hours, rest = divmod(round(number), 60)
        if not hours:
            return self("{n} min", n=rest)
        return self("{h} h {m} min", h=hours, m=rest) if rest else self("{h} h", h=hours)

    def name(self, thing: Mapping[str, Any]) -> str:
        """Give a name in this language, or as it stands where there is none."""
        return str(thing.get(f"name_{self.language}") or thing.get("name") or thing["id"])

    def text(self, thing: Mapping[str, Any]) -> str:
        """Give a text in this language, or as it stands where there is none."""
        return str(thing.get(f"text_{self.language}") or thing.get("text") or "")

    def listed(self, names: Iterable[str]) -> str:
        """Join names with the commas of the language."""
        return self(", ").join(map(str, map(self.apart, names)))

    def series(self, names: Iterable[str]) -> str:
        """Join names with the commas of the language and its ``and`` before the last."""
        *others, last = map(str, map(self.apart, names))
        return (
            self("{names} and {last}", names=self(", ").join(others), last=last) if others else last
        )


@cache
def languages() -> tuple[str, ...]:
    """Give the languages there are: English, and each that has a catalogue."""
    found = (each.name for each in (files("safepassage.publish") / "locale").iterdir()
             if (each / "LC_MESSAGES" / f"{DOMAIN}.po").is_file())  # fmt: skip
    return ("en", *sorted(found))


def tongue(language: str, tz: str, *, isolating: bool = False) -> Tongue:
    """Give a language for a place.

    Parameters
    ----------
    language
        ``en``, or one that has a catalogue.
    tz
        The place's time zone: times are told on its clock, and months by the names used there.
    isolating
        Keep names in another script from turning a sentence round, with signs that pages
        understand and text messages have no room for.

    Raises
    ------
    InputError
        If there is no such language.

    """
    if language not in languages():
        raise InputError.one(
            "--language", f"has no words here ({language[:40]!r})",
            f"There are {', '.join(languages())}; another is a file in publish/locale.",
        )  # fmt: skip
    zone, words = ZoneInfo(tz), _catalogue(language)
    return Tongue(language, _locale(language, tz), zone, words, isolating)


def _locale(language: str, tz: str) -> Locale:
    territory = get_global("zone_territories").get(tz)
    try:
        return Locale.parse(f"{language}_{territory}") if territory else Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language)


@cache
def _catalogue(language: str) -> Mapping[str, Entry]:
    if language == "en":
        return {}
    path = files("safepassage.publish") / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        found = read_po(file, locale=language)
    words: dict[str, Entry] = {}
    for each in found:
        if isinstance(each.id, str):
            words |= {each.id: str(each.string)} if each.id and each.string else {}
        elif isinstance(each.string, tuple) and all(each.string):  # one, and more: all the forms
            words |= dict.fromkeys(each.id, each.string)
    return words
