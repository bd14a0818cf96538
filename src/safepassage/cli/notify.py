"""Run ``notify``: tell all parties the same of a movement, and log what they did with it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from cyclopts import Parameter

from safepassage.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from safepassage.ledger.notifications import Notified
    from safepassage.publish.movement_notification import Pack

__all__ = ["notify"]

Flag = Parameter(negative="")
Many = Parameter(negative="")
_STEPS = ("sent", "received", "objected")


def notify(
    case: str | None = None, *, to: str | None = None, until: str | None = None,
    language: Annotated[tuple[str, ...], Many] = ("en", "ar"),
    exercise: Annotated[bool, Flag] = False, no_pdf: Annotated[bool, Flag] = False,
    ledger: str | None = None, party: str | None = None, step: str | None = None,
    pack: str | None = None, text: str | None = None, by: str = "coordinator",
    at: str | None = None,
) -> None:  # fmt: skip
    """Make a movement notification, the same for every party; or log who was sent it.

    With a case it writes the pack: form, positions in degrees and MGRS, hours, vehicles, duty
    lines. With --ledger it adds a line to the log, or tells it. An acknowledgement is neither
    permission nor protection.

    Parameters
    ----------
    case
        A built-in case's name, or a folder with case.toml.
    to
        Folder for the pack; safepassage-CASE/movement-notification if not given.
    until
        When it expires, on the clock of the place; as the announced hours end if not given.
    language
        A language of the form; may be repeated. English and Arabic if not given.
    exercise
        Mark all of it as an exercise's.
    no_pdf
        Write the forms as HTML alone.
    ledger
        The ledger that holds the log; alone, it tells the log.
    party
        Whom the line is about: a side, an authority, an organisation.
    step
        sent, received or objected.
    pack
        The movement-notification.json that it was.
    text
        What the party said, if anything.
    by
        The role that logs it.
    at
        When it happened, on the clock of the place; now if not given.

    """
    from safepassage.cli.parse import refuse_odd_names  # noqa: PLC0415

    refuse_odd_names(("the case", case), ("--to", to), ("--ledger", ledger), ("--pack", pack))
    if (case is None) == (ledger is None):
        raise InputError.one(
            "notify", "needs either a case or --ledger",
            "Name a case to make a pack, or a ledger for the log of who was sent it.",
        )  # fmt: skip
    if case is not None:
        _made(case, to, until, language, exercise=exercise, pdf=not no_pdf)
    elif ledger is not None:
        if party is not None or step is not None or pack is not None:
            _logged(ledger, party, step, pack, text=text, by=by, at=at)
        else:
            _told(ledger)


def _made(
    case: str, to: str | None, until: str | None, languages: Sequence[str], *, exercise: bool,
    pdf: bool,
) -> None:  # fmt: skip
    from safepassage.base.files import write_together  # noqa: PLC0415
    from safepassage.cli.progress import shown, telling  # noqa: PLC0415
    from safepassage.plan.make import make_plan  # noqa: PLC0415
    from safepassage.publish.movement_notification import PACK, make_notification  # noqa: PLC0415
    from safepassage.publish.pdf import pdf_of, pdf_way  # noqa: PLC0415
    from safepassage.publish.tongue import tongue  # noqa: PLC0415

    for each in languages:
        tongue(each, "UTC")  # refused before the plan is made
    with shown() as progress:
        plan = make_plan(case, progress=progress)
        ends = until and _moment(until, "--until", plan.case.place.tz)
        progress("Writing the notification")
        made = make_notification(
            plan.as_json(), plan.map_json(), release=plan.case.release, valid_until=ends or None,
            languages=languages, exercise=exercise, issued_at=datetime.now(UTC),
        )  # fmt: skip
        way = pdf_way() if pdf else None
        papers = {
            name.removesuffix("html") + "pdf": pdf_of(page)
            for name, page in made.items()
            if way and isinstance(page, str) and name.endswith(".html")
        }
        folder = Path(to) if to else Path(f"safepassage-{plan.case.id}", "movement-notification")
        written = write_together(folder, {**made, **papers})
    with telling(written):
        from safepassage.base.provenance import sha256  # noqa: PLC0415

        lines = [f"{'EXERCISE. ' * exercise}SHA-256 of the pack: {sha256(made[PACK])}",
                 "Give all of it to every party alike."]  # fmt: skip
        if pdf and not way:
            lines.append("No PDF: neither Chromium nor WeasyPrint is here. Print the pages.")
        sys.stdout.write("\n".join([*lines, *map(str, written)]) + "\n")


def _moment(text: str, option: str, tz: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=ZoneInfo(tz)) if found.tzinfo is None else found
    except ValueError:
        raise InputError.one(option, f"is no time ({text[:40]!r})",
                             "Write it like 2016-11-04T19:00.") from None  # fmt: skip


def _logged(
    where: str, party: str | None, step: str | None, pack: str | None, *, text: str | None,
    by: str, at: str | None,
) -> None:  # fmt: skip
    """Add a line to the log."""
    from uuid import uuid4  # noqa: PLC0415

    from safepassage.ledger.events import event_of  # noqa: PLC0415
    from safepassage.ledger.opening import open_ledger  # noqa: PLC0415
    from safepassage.publish.movement_notification import read_pack  # noqa: PLC0415

    if party is None or pack is None or step not in _STEPS:
        raise InputError.one(
            "a line of the log", f"needs --party, --pack, and --step {', '.join(_STEPS)}",
            "Give all three, or --ledger alone to read the log.",
        )  # fmt: skip
    read = read_pack(Path(pack))
    moment = _moment(at, "--at", read.document["case"]["tz"]) if at else datetime.now(UTC)
    event = event_of(
        {"id": str(uuid4()), "kind": "notification", "happened_at": moment,
         "known_at": max(moment, datetime.now(UTC)), "source": by, "party": party, "step": step,
         "means": "own action" if step == "sent" else "message",
         "status": "observed" if step == "sent" else "reported",
         "pack_sha256": read.sha256, **({"text": text} if text else {})},
        "notification",
    )  # fmt: skip
    with open_ledger(where) as store:
        _refuse_mixed(where, read, exercise=store.head.exercise)
        (receipt,) = store.append([event])
    _tell([f"Logged as entry {receipt.sequence}: {party}, {step}, pack {read.sha256[:8]}.",
           *(["That it was received is neither permission nor protection."] * (step == "received"))]
          )  # fmt: skip


def _refuse_mixed(where: str, read: Pack, *, exercise: bool) -> None:
    if bool(read.document.get("exercise")) != exercise:
        one, other = ("an exercise's", "not") if exercise else ("not an exercise's", "is one's")
        raise InputError.one(where, f"is {one} ledger, and the pack {other}",
                             "Keep exercises apart from what happened.")  # fmt: skip


def _told(where: str) -> None:
    from safepassage.ledger.notifications import notifications_of  # noqa: PLC0415
    from safepassage.ledger.opening import open_record  # noqa: PLC0415

    with open_record(where) as record:
        rows, exercise = notifications_of(record), record.head.exercise
    _tell([*(["EXERCISE"] if exercise else []), *_lines(rows)])


def _lines(rows: Sequence[Notified]) -> Iterator[str]:
    if not rows:
        yield "No notification is logged."
    for pack in dict.fromkeys(row.pack_sha256 for row in rows):
        yield f"Pack {pack}"
        for row in rows:
            if row.pack_sha256 == pack:
                steps = [f"{step} {when:%Y-%m-%d %H:%M}Z" for step in _STEPS
                         if (when := getattr(row, step))]  # fmt: skip
                if row.received is None and row.objected is None:
                    steps.append("no answer")
                said = f" “{row.text}”" if row.text else ""
                yield f"  {row.party}: {', '.join(steps)}{said}"


def _tell(lines: Sequence[str]) -> None:
    from safepassage.base.signs import without_controls  # noqa: PLC0415
    from safepassage.cli.progress import telling  # noqa: PLC0415

    with telling():
        sys.stdout.write(without_controls("\n".join(lines)) + "\n")
