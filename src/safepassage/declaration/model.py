"""Hold what one issuer announced, each field with the words it came from."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from safepassage.declaration.definition import definition_of

__all__ = [
    "AnnouncedWindow",
    "Appeal",
    "Change",
    "Consent",
    "ConsentStatus",
    "Conversion",
    "CorridorTerms",
    "Declaration",
    "Evidence",
    "GroupWeapons",
    "Kind",
    "OpenWindow",
    "Place",
    "Previous",
    "Reviewed",
    "RouteEnd",
    "SourceLink",
    "Users",
    "WeaponsRule",
    "Withdrawal",
]

Users = Literal["civilian", "armed"]

Kind = Literal[
    "humanitarian pause",
    "humanitarian corridor",
    "ceasefire",
    "cessation of hostilities",
    "local agreement",
]
WeaponsRule = Literal["keep", "light", "surrender", "none"]
ConsentStatus = Literal["approved", "rejected", "not asked", "silent"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Frozen):
    """Quote the words a field came from: ``text[start:end] == quote``.

    ``set_by`` names the role of a person who accepted or corrected the field; a value
    typed by a person where the text has no words for it has an empty quote.
    """

    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    confidence: float = Field(ge=0, le=1)
    set_by: str | None = None


class Place(_Frozen):
    """Name a place, in English where the gazetteer has it, degrees WGS 84."""

    name: str
    lat: float | None = Field(default=None, ge=-90, le=90, allow_inf_nan=False)
    lon: float | None = Field(default=None, ge=-180, le=180, allow_inf_nan=False)


class AnnouncedWindow(_Frozen):
    """Hold hours in which passage is promised, local clock, no offset."""

    start: datetime
    end: datetime
    recurrence: Literal["daily"] | None = None

    until: date | None = None
    """Last day of a daily window, where the text says it."""


class OpenWindow(_Frozen):
    """Hold hours of which the text gives one end only; never planned with."""

    start: datetime | None = None
    end: datetime | None = None
    recurrence: Literal["daily"] | None = None


class CorridorTerms(_Frozen):
    """Count the corridors by who may use them; ``None`` where the text does not say."""

    total: int | None = None
    civilian: int | None = None
    armed: int | None = None


class Consent(_Frozen):
    """Record what is said of a side's consent, and who says so."""

    party: str
    status: ConsentStatus
    stated_by: str | None = None
    to_which_terms: str | None = None


class RouteEnd(_Frozen):
    """Name where corridors of one group of users lead, or the road they follow."""

    users: Users | None = None
    name: str


class GroupWeapons(_Frozen):
    """Hold the rule on weapons for one group of users."""

    users: Users
    rule: WeaponsRule


class Withdrawal(_Frozen):
    """Hold who is to pull back, in the text's own words."""

    party: str | None = None
    terms: str


class Appeal(_Frozen):
    """Hold what the issuer asks of somebody, in the text's own words."""

    to: str
    words: str


class Conversion(_Frozen):
    """Hold an end of the hours told on another zone's clock, and on the local one if it is."""

    edge: Literal["start", "end"]
    local: time | None = None
    other: time
    zone: str


class Change(_Frozen):
    """Hold what a text does to an earlier announcement.

    Attributes
    ----------
    what
        It extends, changes or cancels.
    by_min, by_days
        By how much longer, where it says so: in hours or minutes, or in days or weeks.
    until
        The new end where it says so; naive, local.
    until_clock
        The new end's time of day, where the day is not said.

    """

    what: Literal["extends", "changes", "cancels"]
    by_min: int | None = None
    by_days: int | None = None
    until: datetime | None = None
    until_clock: time | None = None


class Reviewed(_Frozen):
    """Tell whether decisions of people beside the text were applied.

    They are stale where the text has changed since; then none is applied.
    """

    status: Literal["applied", "stale"]
    by: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class SourceLink(_Frozen):
    """Name one link of the chain that an announcement came through."""

    role: Literal["ordered by", "decided by", "issued by", "reported by", "carried by"]
    name: str
    on: date | None = None


class Previous(_Frozen):
    """Hold what the text says of an earlier attempt.

    ``when`` is how the text puts it; ``days_before`` counts back from the announcement.
    """

    kind: str | None = None
    when: str | None = None
    days_before: int | None = None
    around: date | None = None
    outcome: str | None = None


class Declaration(_Frozen):
    """Hold one issuer's announcement. Unknown is ``None`` or empty, never guessed.

    Attributes
    ----------
    kind, called
        The kind by the United Nations' definitions, and the text's own term.
    carried_by, carried_on
        The page the text was taken from where it says so, and its dateline.
    windows, open_windows
        Hours with both ends known, which may be planned with; and hours of which one
        end is unknown. In JSON both stand under ``windows``, an unknown end as null.
    weapons, weapons_by_group
        The rule for armed groups, or for all where the text makes no difference; and the
        rules for each group where it does.
    corridor_names
        Corridors that the text calls by a name.
    means
        How people are to travel: on foot, by bus and so on.
    monitors, escorts
        Who watches, and who goes with people; apart from who guarantees.
    prohibited
        What is to stop or is forbidden while it lasts.
    appeals
        What the issuer asks of others; ``appeal`` and ``appeal_to`` hold the first.
    earlier
        Earlier attempts; ``previous`` holds the one told most fully.
    conditions, deadlines
        What it hangs on, and what must be done by when, in the text's own words.
    change
        What the text does to an earlier announcement: extends, changes or cancels it.
    conversions
        Hours told on the clock of another zone.
    remarks
        What was read but not decided, in plain sentences.
    text
        The text itself, in whose characters the evidence's offsets count.
    evidence
        Maps a field to the words it came from. Fields with parts have an entry for
        each part (``windows.0``, ``corridors.total``, ``consent.0``) and one for the
        whole under the bare name, equal to that of the first part.

    """

    text_name: str
    text_sha256: str
    kind: Kind | None = None
    called: str | None = None
    issuer: str | None = None
    on_order_of: str | None = None
    decided_by: str | None = None
    reported_by: tuple[str, ...] = ()
    carried_by: str | None = None
    carried_on: date | None = None
    announced_on: date | None = None
    place: Place | None = None
    place_status: str | None = None
    tz: str | None = None
    windows: tuple[AnnouncedWindow, ...] = ()
    open_windows: tuple[OpenWindow, ...] = ()
    corridors: CorridorTerms = CorridorTerms()
    civilian_users: str | None = None
    armed_users: str | None = None
    corridor_names: tuple[RouteEnd, ...] = ()
    weapons: WeaponsRule | None = None
    weapons_by_group: tuple[GroupWeapons, ...] = ()
    means: tuple[str, ...] = ()
    destinations: tuple[RouteEnd, ...] = ()
    routes: tuple[RouteEnd, ...] = ()
    consent: tuple[Consent, ...] = ()
    guarantors: tuple[str, ...] = ()
    monitors: tuple[str, ...] = ()
    escorts: tuple[str, ...] = ()
    prohibited: tuple[str, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    conditions: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    appeal: str | None = None
    appeal_to: str | None = None
    appeals: tuple[Appeal, ...] = ()
    purpose: str | None = None
    previous: Previous | None = None
    earlier: tuple[Previous, ...] = ()
    change: Change | None = None
    conversions: tuple[Conversion, ...] = ()
    remarks: tuple[str, ...] = ()
    reviewed: Reviewed | None = None
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    text: str = Field(default="", repr=False)

    @property
    def chain(self) -> tuple[SourceLink, ...]:
        """Tell through whom the announcement came, from the order to the page."""
        links = [
            SourceLink(role=role, name=name)
            for role, name in (
                ("ordered by", self.on_order_of),
                ("decided by", self.decided_by),
                ("issued by", self.issuer),
            )
            if name
        ]
        links += [SourceLink(role="reported by", name=name) for name in self.reported_by]
        if self.carried_by:
            links.append(SourceLink(role="carried by", name=self.carried_by, on=self.carried_on))
        return tuple(links)

    @property
    def cancels(self) -> bool:
        """Tell whether it calls an earlier announcement off."""
        return self.change is not None and self.change.what == "cancels"

    def as_json(self, *, with_text: bool = False) -> dict[str, Any]:
        """Give the declaration in the pinned JSON shape of ``safepassage read --json``.

        Parameters
        ----------
        with_text
            Put the text itself in, too, for what shows each field in its words.

        """
        data = self.model_dump(mode="json", exclude=set() if with_text else {"text"})
        data["windows"] += [{**window, "until": None} for window in data.pop("open_windows")]
        for window in data["windows"]:
            for end in ("start", "end"):
                window[end] = window[end] and window[end][:16]
        for each in data["conversions"]:
            each["local"], each["other"] = each["local"] and each["local"][:5], each["other"][:5]
        for each in data["evidence"].values():
            if each["set_by"] is None:
                del each["set_by"]
        if (change := data["change"]) is not None:
            change["until"] = change["until"] and change["until"][:16]
            change["until_clock"] = change["until_clock"] and change["until_clock"][:5]
        data["chain"] = [link.model_dump(mode="json") for link in self.chain]
        definition = definition_of(self)
        data["definition"] = definition.as_json() if definition else None
        return data
