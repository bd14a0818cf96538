"""Keep alerts in a folder: drafts, those a person released, their feed and the log of releases.

- ``drafts/`` holds what may not be sent.
- ``released/`` holds what was released, each alert naming all released before it.
- ``alerts.atom`` lists the released ones (RFC 4287), the newest first.
- ``releases.jsonl`` tells which role released what, when, with its SHA-256.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from safepassage.base.errors import InputError
from safepassage.base.files import read_at_most, write_together
from safepassage.publish.cap import Alert, Info, moment, read_alert, to_xml
from safepassage.publish.releasing import LOG, logged, refuse_obstacles, refuse_role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from lxml import etree

    from safepassage.publish.alerts import Terms

__all__ = ["feed", "release_alert", "released_in", "write_draft"]

_ATOM = "http://www.w3.org/2005/Atom"
_MOST_BYTES = 2_000_000
_NEEDS_CONSENT = (".opening", ".change")


def write_draft(folder: Path, alert: Alert) -> Path:
    """Write a draft into a folder of alerts."""
    (path,) = write_together(folder / "drafts", {f"{alert.identifier}.xml": to_xml(alert)})
    return path


def released_in(folder: Path) -> list[Alert]:
    """Read the alerts that were released in a folder, oldest first: each names all before it."""
    files = sorted((folder / "released").glob("*.xml")) if folder.is_dir() else []
    alerts = [read_alert(_read(path), str(path)) for path in files]
    return sorted(alerts, key=lambda each: len(each.references))


def release_alert(
    path: Path, terms: Terms, *, by: str, roles: Sequence[str], now: datetime,
    assurances: Sequence[Mapping[str, object]] = (),
) -> list[Path]:  # fmt: skip
    """Release a draft: a named role says that it may be sent.

    Parameters
    ----------
    path
        The draft, in ``drafts`` of its folder.
    terms
        Of the case as it stands now.
    by
        The role that releases it.
    roles
        The roles that may.
    now
        When, aware.
    assurances
        A ledger's, for whose consent it confirms.

    Returns
    -------
    The released alert, the feed and the log.

    Raises
    ------
    InputError
        If the role may not; if consent or a place stands against an opening or a change; if it
        is another case's, was edited out of shape, or was released before.

    """
    refuse_role(by, roles)
    alert = read_alert(_read(path), str(path))
    folder = path.resolve().parent.parent
    before = released_in(folder)
    _refuse(alert, path, terms, before)
    if alert.identifier.endswith(_NEEDS_CONSENT):
        refuse_obstacles(
            path.name, terms, assurances=assurances, now=now, again="release it again"
        )  # fmt: skip
    sent = now.astimezone(alert.sent.tzinfo).replace(microsecond=0)
    references = tuple(each.reference for each in before)
    out = replace(
        alert, sent=sent, source=by, references=references,
        status="Exercise" if alert.note == "EXERCISE" else "Actual",
        message="Update" if references else "Alert",
        infos=tuple(replace(info, effective=sent) for info in alert.infos),
    )  # fmt: skip
    data = to_xml(out)
    entry = {"identifier": out.identifier, "released_at": moment(sent), "by": by,
             "status": out.status, "sha256": sha256(data).hexdigest()}  # fmt: skip
    written = write_together(
        folder,
        {
            f"released/{out.identifier}.xml": data, "alerts.atom": feed([*before, out]),
            LOG: logged(folder, entry),
        },
    )  # fmt: skip
    path.unlink()
    return written


def _refuse(
    alert: Alert, path: Path, terms: Terms, before: Sequence[Alert]
) -> None:  # fmt: skip
    if alert.status != "Draft":
        raise InputError.one(str(path), f"is no draft (its status is {alert.status})",
                             "What was released stays as it is; draft another.")  # fmt: skip
    if path.resolve().parent.name != "drafts":
        raise InputError.one(str(path), "does not lie in a folder named drafts",
                             "Name it where `safepassage alert` wrote it.")  # fmt: skip
    if not alert.identifier.startswith(f"{terms.case}.") or alert.sender != terms.sender:
        raise InputError.one(str(path), f"is not of the case {terms.case} and its sender",
                             "Name the case that it was drafted for.")  # fmt: skip
    if any(each.identifier == alert.identifier for each in before):
        raise InputError.one(str(path), "was released before", "Draft another.")


def _read(path: Path) -> bytes:
    return read_at_most(path, _MOST_BYTES, what="an alert", remedy="Name one that was drafted.")


def feed(alerts: Sequence[Alert]) -> bytes:
    """List released alerts as an Atom feed (RFC 4287), the newest first."""
    from lxml import etree  # noqa: PLC0415 - heavy

    last = alerts[-1]
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add(root, "id", uuid5(NAMESPACE_URL, f"cap:{last.sender}").urn)
    _add(root, "title", last.infos[0].sender_name)
    _add(root, "updated", moment(last.sent))
    _add(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", last.infos[0].sender_name)
    for alert in reversed(alerts):
        entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
        _add(entry, "id", uuid5(NAMESPACE_URL, f"cap:{alert.sender}:{alert.identifier}").urn)
        _add(entry, "title", " · ".join(_marked(alert, info) for info in alert.infos))
        _add(entry, "updated", moment(alert.sent))
        _add(entry, "summary", alert.infos[0].description or alert.infos[0].headline)
        link = etree.SubElement(entry, f"{{{_ATOM}}}link")
        link.set("type", "application/cap+xml")
        link.set("href", f"released/{alert.identifier}.xml")
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def _marked(alert: Alert, info: Info) -> str:
    exercise = alert.status == "Exercise" and "EXERCISE" not in info.headline
    return f"EXERCISE. {info.headline}" if exercise else info.headline


def _add(parent: etree._Element, name: str, text: str) -> None:
    from lxml import etree  # noqa: PLC0415

    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = text
