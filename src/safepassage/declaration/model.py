"""Hold what one issuer announced, each field with the words it came from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "AnnouncedWindow",
    "Consent",
    "ConsentStatus",
    "CorridorTerms",
    "Declaration",
    "Evidence",
    "Kind",
    "OpenWindow",
    "Place",
    "Previous",
    "RouteEnd",
    "SourceLink",
    "WeaponsRule",
]

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
    """Quote the words a field came from: ``text[start:end] == quote``."""

    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    confidence: float = Field(ge=0, le=1)


class Place(_Frozen):
    """Name a place, in English where the gazetteer has it, degrees WGS 84."""

    name: str
    lat: float | None = None
    lon: float | None = None


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

    users: Literal["civilian", "armed"] | None = None
    name: str


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
    remarks
        What was read but not decided, in plain sentences.
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
    weapons: WeaponsRule | None = None
    destinations: tuple[RouteEnd, ...] = ()
    routes: tuple[RouteEnd, ...] = ()
    consent: tuple[Consent, ...] = ()
    guarantors: tuple[str, ...] = ()
    appeal: str | None = None
    appeal_to: str | None = None
    purpose: str | None = None
    previous: Previous | None = None
    remarks: tuple[str, ...] = ()
    evidence: dict[str, Evidence] = Field(default_factory=dict)

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

    def as_json(self) -> dict[str, Any]:
        """Give the declaration in the pinned JSON shape of ``safepassage read --json``."""
        data = self.model_dump(mode="json")
        data["windows"] += [{**window, "until": None} for window in data.pop("open_windows")]
        for window in data["windows"]:
            for end in ("start", "end"):
                window[end] = window[end] and window[end][:16]
        data["chain"] = [link.model_dump(mode="json") for link in self.chain]
        return data
