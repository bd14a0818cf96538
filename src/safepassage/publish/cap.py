"""Write alerts of the Common Alerting Protocol 1.2, and check them against its tables.

The standard is OASIS, *Common Alerting Protocol Version 1.2*, July 2010. The schema that alerts
are checked by, ``base/schemas/cap-1.2.xsd``, is written from its tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from safepassage.base.errors import Defect, Fault, InputError
from safepassage.base.signs import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

__all__ = ["Alert", "Area", "Info", "MessageType", "Reference", "Status", "read_alert", "to_xml"]

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_SCHEMA = Path(__file__).parents[1] / "base" / "schemas" / "cap-1.2.xsd"

Status = Literal["Draft", "Actual", "Exercise"]
MessageType = Literal["Alert", "Update", "Cancel"]


@dataclass(frozen=True, slots=True)
class Area:
    """Hold where an alert is for: ``polygon`` as (latitude, longitude) in degrees, closed."""

    name: str
    polygon: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """Hold an alert in one language; the standard's terms for urgency and the like."""

    language: str
    event: str
    response: str
    urgency: str
    severity: str
    certainty: str
    sender_name: str
    headline: str
    description: str
    instruction: str
    effective: datetime
    expires: datetime
    onset: datetime | None = None
    contact: str = ""
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Name an earlier alert."""

    sender: str
    identifier: str
    sent: str

    def __str__(self) -> str:
        """Write it as the standard does."""
        return f"{self.sender},{self.identifier},{self.sent}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Hold one alert: an opening, a change, a suspension or an end."""

    identifier: str
    sender: str
    sent: datetime
    status: Status
    message: MessageType
    infos: tuple[Info, ...]
    source: str = ""
    note: str = ""
    references: tuple[Reference, ...] = field(default=())

    @property
    def reference(self) -> Reference:
        """Name it as later alerts do."""
        return Reference(self.sender, self.identifier, moment(self.sent))


def moment(value: datetime) -> str:
    """Write a time with its offset in figures, to the second, as the standard asks."""
    return value.isoformat(timespec="seconds")


def to_xml(alert: Alert) -> bytes:
    """Write an alert, checked.

    Raises
    ------
    InputError
        If an area's border crosses itself or does not close.
    Defect
        If what was written does not fit the schema.

    """
    from lxml import etree  # noqa: PLC0415 - heavy

    _refuse_crossing(alert)
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    _add(root, _head(alert))
    for info in alert.infos:
        part = etree.SubElement(root, f"{{{NAMESPACE}}}info")
        _add(part, _told(info))
        for area in info.areas:
            _add(etree.SubElement(part, f"{{{NAMESPACE}}}area"), _where(area))
    if not _schema().validate(root):
        raise Defect(f"An alert does not fit its schema: {_schema().error_log.last_error}")
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def _head(alert: Alert) -> Iterator[tuple[str, str]]:
    yield "identifier", alert.identifier
    yield "sender", alert.sender
    yield "sent", moment(alert.sent)
    yield "status", alert.status
    yield "msgType", alert.message
    yield "source", alert.source
    yield "scope", "Public"
    yield "note", alert.note
    yield "references", " ".join(map(str, alert.references))


def _told(info: Info) -> Iterator[tuple[str, str]]:
    yield "language", info.language
    yield "category", "Safety"
    yield "event", info.event
    yield "responseType", info.response
    yield "urgency", info.urgency
    yield "severity", info.severity
    yield "certainty", info.certainty
    yield "effective", moment(info.effective)
    yield "onset", moment(info.onset) if info.onset else ""
    yield "expires", moment(info.expires)
    yield "senderName", info.sender_name
    yield "headline", info.headline
    yield "description", info.description
    yield "instruction", info.instruction
    yield "contact", info.contact


def _where(area: Area) -> Iterator[tuple[str, str]]:
    yield "areaDesc", area.name
    yield "polygon", " ".join(f"{lat:.5f},{lon:.5f}" for lat, lon in area.polygon)


def _add(parent: etree._Element, parts: Iterator[tuple[str, str]]) -> None:
    from lxml import etree  # noqa: PLC0415

    for name, text in parts:
        if text:
            etree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = without_controls(text)


def _refuse_crossing(alert: Alert) -> None:
    from shapely import Polygon  # noqa: PLC0415
    from shapely.validation import explain_validity  # noqa: PLC0415

    faults = []
    for area in {area for info in alert.infos for area in info.areas if area.polygon}:
        if len(area.polygon) < 4 or area.polygon[0] != area.polygon[-1]:
            why = "does not close"
        elif (shape := Polygon([(lon, lat) for lat, lon in area.polygon])).is_valid:
            continue
        else:
            why = f"is no plain polygon ({explain_validity(shape).lower()})"
        faults.append(Fault(f"area {area.name}", why, "Draw its border so that it does not cross "
                            "itself, and ends where it begins."))  # fmt: skip
    if faults:
        raise InputError(faults)


@cache
def _schema() -> etree.XMLSchema:
    from lxml import etree  # noqa: PLC0415

    return etree.XMLSchema(file=str(_SCHEMA))


def read_alert(data: bytes, name: str) -> Alert:
    """Read an alert that ``to_xml`` wrote.

    Raises
    ------
    InputError
        If it is none, or was edited so that it no longer fits the schema.

    """
    from lxml import etree  # noqa: PLC0415

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError.one(name, "is no alert", "Name a file that `safepassage alert` wrote.",
                             ) from error  # fmt: skip
    if not _schema().validate(root):
        fault = _schema().error_log.last_error
        raise InputError.one(
            f"{name}, line {fault.line}", f"does not fit CAP 1.2 ({fault.message})",
            "Draft it anew with `safepassage alert`.",
        )  # fmt: skip
    return Alert(
        identifier=_text(root, "identifier"), sender=_text(root, "sender"),
        sent=datetime.fromisoformat(_text(root, "sent")),
        status=_text(root, "status"), message=_text(root, "msgType"),
        source=_text(root, "source"), note=_text(root, "note"),
        references=tuple(
            Reference(*each.split(",")) for each in _text(root, "references").split()
        ),
        infos=tuple(_info(part) for part in root.findall(f"{{{NAMESPACE}}}info")),
    )  # fmt: skip


def _text(part: etree._Element, name: str) -> Any:
    return part.findtext(f"{{{NAMESPACE}}}{name}") or ""


def _info(part: etree._Element) -> Info:
    onset = _text(part, "onset")
    return Info(
        language=_text(part, "language"), event=_text(part, "event"),
        response=_text(part, "responseType"), urgency=_text(part, "urgency"),
        severity=_text(part, "severity"), certainty=_text(part, "certainty"),
        sender_name=_text(part, "senderName"), headline=_text(part, "headline"),
        description=_text(part, "description"), instruction=_text(part, "instruction"),
        effective=datetime.fromisoformat(_text(part, "effective")),
        onset=datetime.fromisoformat(onset) if onset else None,
        expires=datetime.fromisoformat(_text(part, "expires")), contact=_text(part, "contact"),
        areas=tuple(
            Area(_text(each, "areaDesc"), _points(_text(each, "polygon")))
            for each in part.findall(f"{{{NAMESPACE}}}area")
        ),
    )  # fmt: skip


def _points(text: str) -> tuple[tuple[float, float], ...]:
    pairs: Sequence[list[str]] = [pair.split(",") for pair in text.split()]
    return tuple((float(lat), float(lon)) for lat, lon in pairs)
