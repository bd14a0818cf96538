"""Say a page's words, numbers and times in one language, every number tied to its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from markupsafe import Markup, escape

from safepassage.publish.retold import retold
from safepassage.publish.tongue import tongue
from safepassage.publish.wording import MONTHS, REASONS, clock, moment, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from safepassage.publish.sources import Cited
    from safepassage.publish.tongue import Tongue

__all__ = ["ENGLISH", "Spoken"]

_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_DATE = re.compile(rf"\d{{1,2}} (?:{'|'.join(MONTHS)})(?: \d{{4}})?")


class Spoken:
    """Say things to the reader of one page: as HTML, nothing in it taken for markup."""

    def __init__(
        self, say: Tongue, cited: Cited | None = None, *, names: Mapping[str, str] | None = None
    ) -> None:
        """Take a language, what is noted of a page's numbers, if they are, and names to retell."""
        self.tongue, self.cited, self.names = say, cited, names or {}
        self.places: Mapping[str, int] = {}
        self.language, self.direction = say.language, say.direction

    def __call__(self, text: str, /, **values: Any) -> Markup:
        """Say a sentence of the catalogue, with its values put in; these may be HTML."""
        count = values.get("n", 0)
        plain = count.striptags() if isinstance(count, Markup) else count
        said = escape(self.tongue.form(text, plain))
        if not values:
            return said
        return said.format(**{key: self._apart(each) for key, each in values.items()})

    def _apart(self, value: Any) -> Any:
        """Keep words from turning a sentence round that runs from right to left."""
        if self.direction == "ltr" or not isinstance(value, str):
            return value
        if self.tongue.ours(value):  # it runs as the page does, whatever it begins with
            return Markup("\u2067{}\u2069").format(value)
        return Markup("\u2068{}\u2069").format(value) if any(map(str.isalpha, value)) else value

    def retold(self, text: str | None) -> str:
        """Say a sentence that a document holds in English; what is not known stays so, marked."""
        if not text:
            return ""
        if self.language == "en":
            return text
        said = retold(text, self.tongue, names=self.names)
        if said == text and re.search("[A-Za-z]", text):
            return Markup('<bdi lang="en">{}</bdi>').format(text)
        return said

    def told(self, text: str | None, source: str) -> str:
        """Retell a sentence; if it has numbers, with a mark that leads to where they come from."""
        said = self.retold(text)
        if text and re.search(r"\d", _DATE.sub("", _CLOCK.sub("", text))):
            return escape(said) + self.mark(source)
        return said

    def fig(self, source: str, shown: object) -> Markup:
        """Write a number as a link to where it comes from."""
        if self.cited is None:
            return escape(shown)
        key = self.cited.key(source)
        return Markup('<a class="fig" href="#from-{}" data-key="{}">{}</a>').format(
            source, key, shown
        )  # fmt: skip

    def mark(self, source: str) -> Markup:
        """Write a small sign that leads to where the numbers of a sentence or picture come from."""
        if self.cited is None:
            return Markup()
        key = self.cited.key(source)
        return Markup(
            '<a class="from" href="#from-{}" data-key="{}" aria-label="{}"></a>'
        ).format(source, key, self("Where this comes from"))  # fmt: skip

    def caption(self, source: str) -> Markup:
        """Write a table's caption: the link to where its numbers come from."""
        if self.cited is None:
            return Markup()
        return Markup(
            '<caption><a class="from-table" href="#from-{}" data-key="{}">{}</a></caption>'
        ).format(source, self.cited.key(source), self("Where these numbers come from"))

    def to(self, section: str, words: object) -> Markup:
        """Write a link to a section, whose number stands after it on paper."""
        return Markup('<a class="to" href="#{}" data-number="{}">{}</a>').format(
            section, self.places[section], words
        )

    def own(self, text: object) -> Markup:
        """Write a name or words of the case, kept from turning what is around.

        They stand as they are, unless the catalogue has them, as it has those of built-in cases.
        """
        if self.language != "en" and isinstance(text, str) and not isinstance(text, Markup):
            text = retold(text, self.tongue, names=self.names)
        if self.tongue.ours(str(text)):  # it runs as the page does, whatever it begins with
            return Markup('<bdi dir="rtl">{}</bdi>').format(text)
        return Markup("<bdi>{}</bdi>").format(text)

    def name(self, thing: Mapping[str, Any]) -> str:
        """Give a name in this language, or as it stands where there is none."""
        return self.tongue.name(thing)

    def number(self, value: float | None) -> str:
        """Write a count; the digits are the same in every language."""
        return number(value)

    def between(self, low: float, high: float) -> Markup:
        """Write an interval."""
        return self("{low} to {high}", low=number(low), high=number(high))

    def interval(self, value: Mapping[str, Any] | None) -> str:
        """Write ``best (low to high)``, or the one number where there is no spread."""
        if value is None:
            return "–"
        if value["low"] == value["high"]:
            return number(value["best"])
        return Markup("{} ({})").format(
            number(value["best"]), self.between(value["low"], value["high"])
        )

    def hours(self, minutes: int) -> Markup:
        """Write minutes as hours and minutes."""
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self("{n} min", n=rest)
        return self("{h} h {m} min", h=hours, m=rest) if rest else self("{h} h", h=hours)

    def chance(self, share: float) -> Markup:
        """Write a share of 1 as whole per cent; nothing reads as none, or as all, that is not."""
        if 0 < share < 0.01:
            return self("under {n} %", n=1)
        return self("{n} %", n=min(int(share * 100 + 0.5), 99) if share < 1 else 100)

    def percent(self, share: float) -> Markup:
        """Write a share of 1 as per cent to one place, rounded down."""
        return self("{n} %", n=number(int(share * 1000 + 1e-9) / 10))

    def day(self, local: str) -> Markup:
        """Write the date of a local time in words, months as they are called at the place."""
        return self._date(local, "EEEE d MMMM y")

    def month(self, local: str) -> Markup:
        """Write the month and year of a local time in words."""
        return self._date(local, "MMMM y")

    def _date(self, local: str, form: str) -> Markup:
        date = moment(local).date()
        told = format_date(date, form, locale=self.tongue.locale)
        return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), told)

    def span(self, start: str, end: str) -> Markup:
        """Write from when until when, hours and minutes."""
        return self("{low} to {high}", low=clock(start), high=clock(end))

    def reason(self, code: str | None) -> str:
        """Write why a plan leaves people, in words where the code alone says little."""
        return self.retold(REASONS.get(code or "", code)) or "–"

    def listed(self, names: Iterable[object]) -> Markup:
        """Join names with the commas of the language."""
        return self(", ").join(self._apart(escape(each)) for each in names)

    def joined(self, names: Iterable[object]) -> Markup:
        """Join names with commas and a last ``and``."""
        items = list(names)
        if len(items) < 2:
            return self.listed(items)
        return self("{names} and {last}", names=self.listed(items[:-1]), last=items[-1])


ENGLISH = Spoken(tongue("en", "UTC"))
"""What a page says that nobody gave a language, and that names no sources of numbers."""
