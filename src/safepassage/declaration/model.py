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
    "Place",
    "Previous",
    "WeaponsRule",
]

Kind = Literal[
    "humanitarian pause", "humanitarian corridor", "ceasefire",
    "cessation of hostilities", "local agreement",
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


class Previous(_Frozen):
    """Hold what the text says of an earlier attempt."""

    kind: str | None = None
    days_before: int | None = None
    around: date | None = None
    outcome: str | None = None


class Declaration(_Frozen):
    """Hold one issuer's announcement. Unknown is ``None`` or empty, never guessed.

    ``evidence`` maps a field's name (``windows``, ``corridors.total``,
    ``consent.0`` …) to the words of the text it came from.
    """

    text_name: str
    text_sha256: str
    kind: Kind | None = None
    issuer: str | None = None
    on_order_of: str | None = None
    reported_by: tuple[str, ...] = ()
    announced_on: date | None = None
    place: Place | None = None
    place_status: str | None = None
    tz: str | None = None
    windows: tuple[AnnouncedWindow, ...] = ()
    corridors: CorridorTerms = CorridorTerms()
    civilian_users: str | None = None
    armed_users: str | None = None
    weapons: WeaponsRule | None = None
    consent: tuple[Consent, ...] = ()
    guarantors: tuple[str, ...] = ()
    appeal: str | None = None
    appeal_to: str | None = None
    purpose: str | None = None
    previous: Previous | None = None
    evidence: dict[str, Evidence] = Field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give the declaration in the pinned JSON shape of ``safepassage read --json``."""
        data = self.model_dump(mode="json")
        for window in data["windows"]:
            for end in ("start", "end"):
                window[end] = window[end][:16]
        return data
